"""The no-harm check on photos made up on the spot: what it passes, and what it finds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.batch.harm import BEYOND, KINDS, Flag, harm
from aestudio.images import exif, exif_edit
from aestudio.images.colour import srgb_profile
from aestudio.images.convert import in_colour
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Metadata, Photo

Floats = NDArray[np.float64]


def scene(height: int = 240, width: int = 320, *, least: float = 20, most: float = 235) -> Floats:
    """A soft picture of many colours with flat areas, (height, width, 3) from `least` to `most` of 255."""
    rng = np.random.default_rng(7)
    coarse = cv2.resize(rng.random((4, 6, 3)), (width, height), interpolation=cv2.INTER_CUBIC)
    areas = np.floor(coarse * 6) / 6 + 0.02 * coarse
    return np.asarray(least + (most - least) * (areas - areas.min()) / np.ptp(areas))


def photo(levels: Floats, metadata: Metadata | None = None) -> Photo:
    pixels = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
    return Photo(pixels if pixels.ndim == 3 else pixels[..., None], metadata or Metadata())


def noisy(levels: Floats, sigma: float = 25) -> Photo:
    return photo(levels + np.random.default_rng(1).normal(0, sigma, levels.shape))


def saved(picture: Photo, path: Path) -> Photo:
    return read_photo(write_photo(picture, path))


def kinds(flags: tuple[Flag, ...]) -> list[str]:
    return [flag.kind for flag in flags]


SCENE = scene()


# what restoring may do


def test_the_same_photo_is_not_flagged() -> None:
    assert not harm(photo(SCENE), photo(SCENE))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif"])
def test_another_format_and_depth_are_no_harm(suffix: str, tmp_path: Path, metadata: Metadata) -> None:
    levels = np.rint(SCENE * 257).astype(np.uint16)
    before = Photo(levels, metadata)
    assert not harm(before, saved(before, tmp_path / f"a{suffix}"))


def test_noise_may_go() -> None:
    assert not harm(noisy(SCENE), photo(SCENE))


@pytest.mark.parametrize("levels", [scene(least=-100, most=200), scene(least=55, most=355)])
def test_where_black_or_white_cut_noise_off_a_photo_may_be_as_it_was_or_stay(levels: Floats) -> None:
    true = np.clip(levels, 0, 255)
    before = noisy(true)
    seen = cv2.GaussianBlur(before.pixels, (0, 0), 4).astype(float)
    assert abs(seen.mean() - true.mean()) > 1.5
    assert not harm(before, photo(true))
    assert not harm(before, photo(seen))


def test_chroma_noise_may_go() -> None:
    noise = np.random.default_rng(2).normal(0, 20, SCENE.shape)
    assert not harm(photo(SCENE + noise - noise.mean(axis=2, keepdims=True)), photo(SCENE))


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (255, 60, 0)])
def test_a_mark_may_go(colour: tuple[int, int, int]) -> None:
    marked = SCENE.copy()
    for top in range(0, 240, 60):
        marked[top : top + 12, 20:300] = colour
    assert not harm(photo(marked), photo(SCENE))


def test_colours_may_come_to_a_grey_photo() -> None:
    grey = photo(SCENE.mean(axis=2))
    warm = grey.pixels * np.array([1.08, 0.99, 0.80])
    light = np.array([0.2126, 0.7152, 0.0722])
    coloured = photo(warm * (grey.pixels / (warm @ light)[..., None]))
    assert kinds(harm(grey, coloured)) == ["hue"]
    assert not harm(grey, replace(coloured, metadata=Metadata(icc=srgb_profile())), colours=True)


@pytest.mark.parametrize("gamma", [1.0, 1.8])
@pytest.mark.parametrize("suffix", [".webp", ".jpg"])
def test_a_grey_profile_may_go_where_its_colours_went_into_srgb(suffix: str, gamma: float, tmp_path: Path) -> None:
    texture = np.random.default_rng(3).choice([-60, 60], SCENE.shape[:2])  # whose mean is another one in sRGB
    before = photo(SCENE.mean(axis=2) + texture, Metadata(icc=imagecodecs.cms_profile("gray", gamma=gamma)))
    assert not harm(before, saved(before, tmp_path / f"a{suffix}"))
    assert not harm(before, saved(in_colour(before), tmp_path / f"b{suffix}"), colours=True)


def test_what_transparent_pixels_hide_does_not_count() -> None:
    alpha = np.full((*SCENE.shape[:2], 1), 255)
    alpha[:, :160] = 0
    before, after = np.dstack((SCENE, alpha)), np.dstack((SCENE, alpha))
    after[:, :160, :3] = 0
    assert not harm(photo(before), photo(after))
    assert kinds(harm(photo(before[..., :3]), photo(after[..., :3])))


def test_what_is_no_number_or_brighter_than_white_does_not_count(tmp_path: Path) -> None:
    light = (SCENE / 255).astype(np.float32)
    light[10:20, 10:20] = np.nan
    light[50:60, 50:60] = 40.0
    light[90, 90] = np.inf
    before = Photo(light)
    for name in ("a.jpg", "a.png", "a.tif"):
        assert not harm(before, saved(before, tmp_path / name))


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 40, 3), (900, 1, 1), (3, 2, 4), (2, 700, 2)])
@pytest.mark.parametrize("level", [0, 90, 255])
def test_photos_of_any_shape_and_of_one_colour(shape: tuple[int, int, int], level: int) -> None:
    before = photo(np.full(shape, level))
    assert not harm(before, before)
    other = np.full(shape, level + (40 if level < 128 else -40))
    if shape[2] in (2, 4):
        other[..., -1] = 255
    assert ("tone" in kinds(harm(before, photo(other)))) == (shape[2] not in (2, 4) or level > 0)


def test_a_photo_that_cannot_be_seen_at_all() -> None:
    hidden = photo(np.zeros((30, 40, 4)))
    assert not harm(hidden, hidden)


# what it must not


@pytest.mark.parametrize(
    ("levels", "kind", "said"),
    [
        (SCENE * 1.03, "tone", "% brighter"),
        (255 * (SCENE / 255) ** 1.05, "tone", "% darker"),
        (5 + SCENE * 250 / 255, "black", "Black became"),
        (np.where(SCENE < 110, SCENE * SCENE / 110, SCENE), "black", "Shadows became"),
        (np.minimum(SCENE, SCENE.max() - 25), "white", "White became"),
        (np.where(SCENE > 200, SCENE * 1.05, SCENE), "white", "Lights became"),
        (SCENE + np.array((4, -2, 0)), "hue", "whole photo became more red"),
        (SCENE + np.array((-2, -2, 6)), "hue", "whole photo became more blue"),
        (SCENE[..., ::-1], "hue", "whole photo became"),
    ],
)
def test_what_moved_is_found_and_said(levels: Floats, kind: str, said: str) -> None:
    flags = {flag.kind: flag for flag in harm(photo(SCENE), photo(levels))}
    assert flags[kind].excess > 1
    assert said in str(flags[kind].sentence)


def test_harm_is_found_in_noisy_photos_too() -> None:
    assert "tone" in kinds(harm(noisy(SCENE), photo(SCENE * 1.05)))
    assert "hue" in kinds(harm(noisy(SCENE), photo(SCENE + np.array((9, -4, 0)))))


def test_a_cast_in_a_third_of_the_photo_is_found() -> None:
    levels = SCENE.copy()
    levels[:, :107] += [-4, -4, 8]
    (flag,) = harm(photo(SCENE), photo(levels))
    assert flag.kind == "hue"
    assert "A part of the photo became more blue" in str(flag.sentence)


def test_more_harm_has_a_larger_excess() -> None:
    excesses = [harm(photo(SCENE), photo(SCENE * gain))[0].excess for gain in (1.03, 1.06, 1.09)]
    assert excesses == sorted(excesses)


def test_colours_are_compared_through_their_profiles() -> None:
    adobe = Metadata(icc=imagecodecs.cms_profile("adobergb"))
    assert "hue" in kinds(harm(photo(SCENE, adobe), photo(SCENE, Metadata(icc=srgb_profile()))))


@pytest.mark.parametrize("shape", [(240, 321, 3), (239, 320, 3)])
def test_a_photo_of_another_size_comes_first(shape: tuple[int, int, int]) -> None:
    (flag,) = harm(photo(SCENE), photo(np.zeros(shape)))
    assert (flag.kind, flag.excess) == ("size", BEYOND)
    assert f"320 × 240 pixels, and has {shape[1]} × {shape[0]} now" in str(flag.sentence)


# metadata


@pytest.fixture
def full(metadata: Metadata) -> Photo:
    """A photo that carries everything, with its author in the XMP alone."""
    creator = b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Ann</rdf:li>'
    packet = (metadata.xmp or b"").replace(
        b"</rdf:RDF>", creator + b"</rdf:Seq></dc:creator></rdf:Description></rdf:RDF>"
    )
    return photo(SCENE, replace(metadata, xmp=packet))


def without(metadata: Metadata, what: str) -> Metadata:
    tags = {
        "was taken": exif.EXIF_IFD,
        "date of": exif_edit.DATE,
        "copyright": exif_edit.COPYRIGHT,
        "GPS": exif.GPS_IFD,
    }
    if what in tags:
        return replace(metadata, exif=exif_edit.without(metadata.exif or b"", tags[what]))
    return replace(metadata, **{{"author": "xmp", "resolution": "dpi", "profile": "icc"}[what]: None})


@pytest.mark.parametrize("what", ["was taken", "date of", "copyright", "GPS", "author", "resolution", "profile"])
def test_what_the_saved_file_does_not_tell_any_more_is_said(full: Photo, what: str) -> None:
    after = replace(full, metadata=without(full.metadata, what))
    (flag,) = harm(full, after)
    assert (flag.kind, flag.excess) == ("metadata", BEYOND)
    assert what in str(flag.sentence)
    assert not harm(full, after, stripped=True)  # an sRGB profile says nothing new
    assert not harm(after, full)


def test_metadata_are_found_wherever_a_format_has_a_place_for_them(full: Photo, tmp_path: Path) -> None:
    assert not any(
        harm(full, saved(full, tmp_path / f"a{suffix}")) for suffix in (".jpg", ".png", ".tif", ".webp", ".avif")
    )


def test_blank_texts_tell_nothing(full: Photo) -> None:
    blank = replace(full.metadata, exif=exif_edit.with_text(full.metadata.exif, exif_edit.DATE, "    :  :     :  :  "))
    assert not harm(replace(full, metadata=blank), replace(full, metadata=without(full.metadata, "date of")))


def test_a_lost_profile_counts_even_where_metadata_were_to_go() -> None:
    before = photo(SCENE, Metadata(icc=imagecodecs.cms_profile("adobergb")))
    assert "metadata" in kinds(harm(before, photo(SCENE), stripped=True))


@pytest.mark.parametrize("stripped", [False, True])
def test_a_photo_that_viewers_would_turn_once_more(make_exif: Callable[..., bytes], stripped: bool) -> None:
    turned = Metadata(xmp=b"<x tiff:Orientation='6'/>")
    for metadata in (Metadata(make_exif(6)), turned):
        (flag,) = harm(photo(SCENE), photo(SCENE, metadata), stripped=stripped)
        assert "turn the photo" in str(flag.sentence)


def test_every_kind_is_known(full: Photo) -> None:
    worst = harm(full, photo(50 + SCENE * (0.4, 0.5, 0.6))) + harm(full, photo(SCENE[1:]))
    assert set(kinds(worst)) == set(KINDS)
