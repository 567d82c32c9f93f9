"""A mark that is known is found by its edges and taken off almost without a trace; none is found where none is."""

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import ImageError, SettingsError
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo, RgbTile
from aestudio.progress import Progress
from aestudio.tasks.known_mark import KnownMark, Placement, laid, read_mark, taken_off
from aestudio.tasks.mark_search import locate


@pytest.fixture(scope="module")
def mark() -> KnownMark:
    canvas = np.zeros((60, 130), np.uint8)
    cv2.circle(canvas, (30, 30), 24, 255, 6, cv2.LINE_AA)
    cv2.putText(canvas, "Weber", (60, 40), cv2.FONT_HERSHEY_DUPLEX, 0.75, 255, 2, cv2.LINE_AA)
    colour = np.full((60, 130, 3), (1.0, 0.9, 0.8), dtype=np.float32)
    return KnownMark("weber", canvas.astype(np.float32) / np.float32(255), colour)


@pytest.fixture(scope="module")
def photo() -> RgbTile:
    """Soft hills with lines over them: edges of its own, but not those of the mark."""
    rng = np.random.default_rng(4)
    soft = cv2.resize(rng.random((9, 14, 3), np.float32), (420, 280), interpolation=cv2.INTER_CUBIC)
    levels = np.rint(np.clip(0.2 + 0.5 * soft, 0, 1) * 255).astype(np.uint8)
    for _ in range(40):
        ends = rng.integers(0, 280, 4)
        shade = tuple(int(v) for v in rng.integers(40, 200, 3))
        cv2.line(levels, (int(ends[0]), int(ends[1])), (int(ends[2]) + 120, int(ends[3])), shade, 2, cv2.LINE_AA)
    noisy = levels.astype(np.float32) / 255 + rng.normal(0, 0.006, levels.shape).astype(np.float32)
    sharp: RgbTile = np.clip(noisy, 0, 1).astype(np.float32)
    return sharp


def marked(
    photo: RgbTile, mark: KnownMark, placement: Placement, quality: int | None = None
) -> tuple[RgbTile, RgbTile]:
    """The photo with the mark and without it, both at 8 bits or through a JPEG file."""
    cover, colour = laid(mark, placement, *photo.shape[:2])
    alpha = (placement.opacity * cover)[..., None]
    return saved(photo * (1 - alpha) + colour * alpha, quality), saved(photo, quality)


def saved(rgb: NDArray[np.float32], quality: int | None) -> RgbTile:
    levels = np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    if quality is not None:
        file = io.BytesIO()
        Image.fromarray(levels).save(file, "JPEG", quality=quality)
        levels = np.asarray(Image.open(file))
    return levels.astype(np.float32) / np.float32(255)


def decibels(one: RgbTile, other: RgbTile, where: NDArray[np.bool_]) -> float:
    return float(-10 * np.log10(np.square(one - other).mean(axis=2)[where].mean()))


@pytest.mark.parametrize(("opacity", "scale", "angle"), [(0.5, 1.0, 0.0), (0.3, 1.3, 0.0), (0.7, 1.0, 2.0)])
def test_a_mark_is_found_and_taken_off(
    photo: RgbTile, mark: KnownMark, opacity: float, scale: float, angle: float
) -> None:
    there = Placement(150, 90, scale, angle, 0.0, opacity)
    dirty, clean = marked(photo, mark, there)
    found = locate(Photo(dirty), mark, Progress())
    assert found is not None
    assert [found.x, found.y] == pytest.approx([150, 90], abs=1)
    assert found.scale == pytest.approx(scale, rel=0.01)
    assert found.angle == pytest.approx(angle, abs=0.3)
    assert found.opacity == pytest.approx(opacity, abs=0.02)
    bare, changed = taken_off(dirty, mark, found)
    cover, _ = laid(mark, there, *photo.shape[:2])
    where = cover * opacity > 0.02
    assert decibels(bare, clean, where) > (45 if scale == 1 and angle == 0 else 35)
    assert np.array_equal(bare[~changed], dirty[~changed])
    assert float(changed.mean()) < 0.15


def test_jpeg_leaves_little_of_it(photo: RgbTile, mark: KnownMark) -> None:
    there = Placement(150, 90, 1.0, 0.0, 0.0, 0.5)
    dirty, clean = marked(photo, mark, there, quality=90)
    found = locate(Photo(dirty), mark, Progress())
    assert found is not None
    where = laid(mark, there, *photo.shape[:2])[0] * 0.5 > 0.02
    bare, _ = taken_off(dirty, mark, found)
    assert decibels(bare, clean, where) > decibels(dirty, clean, where) + 12


def test_a_solid_mark_is_painted_over(photo: RgbTile, mark: KnownMark) -> None:
    there = Placement(150, 90, 1.0, 0.0, 0.0, 0.98)
    dirty, clean = marked(photo, mark, there)
    found = locate(Photo(dirty), mark, Progress())
    assert found is not None
    where = laid(mark, there, *photo.shape[:2])[0] > 0.5
    bare, _ = taken_off(dirty, mark, found)
    assert decibels(bare, clean, where) > decibels(dirty, clean, where) + 8


def test_none_is_found_where_none_is(photo: RgbTile, mark: KnownMark) -> None:
    assert locate(Photo(photo), mark, Progress()) is None
    assert locate(Photo(np.full((40, 40, 3), 0.5, np.float32)), mark, Progress()) is None
    assert locate(Photo(np.zeros((1, 500, 3), np.float32)), mark, Progress()) is None


def test_a_logo_needs_a_shape(tmp_path: Path) -> None:
    pixels = np.full((40, 60, 4), 255, np.uint8)
    with pytest.raises(SettingsError, match=r"rgb\.png has no transparent background"):
        read_mark(write_photo(Photo(pixels[..., :3].copy()), tmp_path / "rgb.png"))
    with pytest.raises(SettingsError, match=r"full\.png is opaque everywhere"):
        read_mark(write_photo(Photo(pixels), tmp_path / "full.png"))
    with pytest.raises(SettingsError, match=r"none\.png is empty"):
        read_mark(write_photo(Photo(np.zeros_like(pixels)), tmp_path / "none.png"))
    with pytest.raises(ImageError, match=r"gone\.png"):
        read_mark(tmp_path / "gone.png")
    pixels[:10] = 0
    read = read_mark(write_photo(Photo(pixels), tmp_path / "logo.png"))
    assert read.cover.shape == (30, 60)
    assert read.name == "logo"
