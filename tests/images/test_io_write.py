"""What is saved comes back: pixels, depth and metadata, in every format, and never over the original."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from aestudio.errors import ImageError, SettingsError
from aestudio.images.io import read_photo, write_photo
from aestudio.images.naming import propose_name
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Metadata, Photo, Pixels, to_depth

MakePixels = Callable[..., Pixels]


@pytest.mark.parametrize(("suffix", "depths"), [("png", (8, 16)), ("tif", (8, 16, 32))])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("shape", [(37, 53), (1, 1), (1, 700), (700, 1)])
def test_lossless_formats_are_exact(
    tmp_path: Path, make_pixels: MakePixels, suffix: str, depths: tuple[int, ...], channels: int, shape: tuple[int, int]
) -> None:
    for bits in depths:
        pixels = make_pixels(channels, bits, *shape)
        path = write_photo(Photo(pixels), tmp_path / f"{bits}.{suffix}")
        saved = read_photo(path)
        assert saved.pixels.dtype == pixels.dtype
        assert np.array_equal(saved.pixels, pixels)


def test_a_tiff_of_several_strips_is_exact_for_other_readers_too(
    tmp_path: Path, make_pixels: MakePixels, metadata: Metadata, make_exif: Callable[..., bytes]
) -> None:
    for endian in "<>":
        for bits in (8, 16):
            pixels = make_pixels(3, bits, 900, 1100)
            path = tmp_path / f"{bits}{ord(endian)}.tif"
            write_photo(Photo(pixels, replace(metadata, exif=make_exif(endian=endian))), path)
            assert np.array_equal(tifffile.imread(path), pixels)
            if bits == 8:
                with Image.open(path) as image:
                    assert np.array_equal(np.asarray(image), pixels)


@pytest.mark.parametrize("quality", [50, 90, 95])
@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_lossy_formats_come_close(tmp_path: Path, suffix: str, quality: int) -> None:
    x = np.linspace(0, 255, 120)
    pixels = np.stack(np.broadcast_arrays(x[None], x[:90, None], 128), axis=2).astype(np.uint8)
    path = write_photo(Photo(pixels), tmp_path / f"a.{suffix}", SaveOptions(quality=quality))
    saved = read_photo(path).pixels.astype(int)
    assert np.abs(saved - pixels).mean() < 4


@pytest.mark.parametrize(("quality", "full"), [(95, True), (90, True), (89, False)])
def test_jpeg_keeps_colour_at_full_resolution_from_90_on(
    tmp_path: Path, make_pixels: MakePixels, quality: int, full: bool
) -> None:
    path = write_photo(Photo(make_pixels()), tmp_path / "a.jpg", SaveOptions(quality=quality))
    with Image.open(path) as image:
        sampling = [component[1:3] for component in image.layer]  # type: ignore[attr-defined]
    assert sampling[0] == ((1, 1) if full else (2, 2))


def test_grey_stays_grey_in_a_jpeg_and_sixteen_bits_become_eight(tmp_path: Path, make_pixels: MakePixels) -> None:
    saved = read_photo(write_photo(Photo(make_pixels(1, 16)), tmp_path / "a.jpg"))
    assert saved.pixels.shape == (37, 53, 1)
    assert saved.bit_depth == 8


@pytest.mark.parametrize(("before", "after"), [(8, 16), (16, 8), (32, 16), (32, 8)])
@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_depth_is_converted_on_request(
    tmp_path: Path, make_pixels: MakePixels, before: int, after: int, suffix: str
) -> None:
    pixels = make_pixels(3, before)
    path = write_photo(Photo(pixels), tmp_path / f"a.{suffix}", SaveOptions(bit_depth=after))
    assert np.array_equal(read_photo(path).pixels, to_depth(pixels, after))


def test_float_becomes_sixteen_bits_in_a_png(tmp_path: Path, make_pixels: MakePixels) -> None:
    pixels = make_pixels(3, 32)
    saved = read_photo(write_photo(Photo(pixels), tmp_path / "a.png"))
    assert np.array_equal(saved.pixels, to_depth(pixels, 16))


def test_webp_keeps_alpha_and_the_colours_under_it(tmp_path: Path, make_pixels: MakePixels) -> None:
    for channels in (2, 4):
        pixels = make_pixels(channels)
        saved = read_photo(write_photo(Photo(pixels), tmp_path / f"{channels}.webp")).pixels
        assert np.array_equal(saved[..., 3], pixels[..., -1])


def test_jpeg_refuses_transparency_and_drops_full_opacity(tmp_path: Path, make_pixels: MakePixels) -> None:
    for channels in (2, 4):
        pixels = make_pixels(channels, 16)
        path = tmp_path / f"{channels}.jpg"
        with pytest.raises(ImageError, match=r"\.jpg is transparent in places.*PNG, TIFF, WebP or AVIF"):
            write_photo(Photo(pixels), path)
        pixels[..., -1] = 65535
        assert read_photo(write_photo(Photo(pixels), path)).pixels.shape[2] == channels - 1


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("a", SaveOptions(), "has no ending that AEStudio saves"),
        ("a.gif", SaveOptions(), "has no ending that AEStudio saves"),
        ("a.png", SaveOptions(format="JPEG"), "under the name of a PNG"),
        ("a.jpg", SaveOptions(bit_depth=16), "cannot hold 16 bits as JPEG. Please save it as PNG or TIFF"),
        ("a.png", SaveOptions(bit_depth=32), "Please save it as TIFF"),
    ],
)
def test_what_a_format_cannot_do_is_refused(
    tmp_path: Path, make_pixels: MakePixels, name: str, options: SaveOptions, words: str
) -> None:
    with pytest.raises(ImageError, match=words) as caught:
        write_photo(Photo(make_pixels(3, 16)), tmp_path / name, options)
    assert str(caught.value).startswith(f"{name} ")
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(("suffix", "side"), [("webp", 16_384), ("jpg", 65_501)])
def test_sides_beyond_the_format_are_refused(tmp_path: Path, suffix: str, side: int) -> None:
    with pytest.raises(ImageError, match="is too large for"):
        write_photo(Photo(np.zeros((1, side, 3), np.uint8)), tmp_path / f"a.{suffix}")
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("wrong", [{"format": "GIF"}, {"quality": 0}, {"quality": 101}, {"bit_depth": 12}])
def test_options_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"[Pp]lease choose"):
        SaveOptions(**wrong)  # type: ignore[arg-type]


def test_a_name_without_a_suffix_takes_the_format(tmp_path: Path, make_pixels: MakePixels) -> None:
    path = write_photo(Photo(make_pixels()), tmp_path / "a", SaveOptions(format="TIFF"))
    assert read_photo(path).format == "TIFF"


@pytest.mark.parametrize("overwrite", [False, True])
def test_the_original_is_never_overwritten(tmp_path: Path, make_pixels: MakePixels, overwrite: bool) -> None:
    path = write_photo(Photo(make_pixels()), tmp_path / "원본 사진.png")
    before = path.read_bytes()
    photo = read_photo(path)
    os.link(path, tmp_path / "link.png")
    for target in (path, tmp_path / "link.png", tmp_path / "원본 사진.PNG"):
        with pytest.raises(ImageError, match="is the original photo"):
            write_photo(replace(photo, pixels=photo.pixels // 2), target, overwrite=overwrite)
    assert path.read_bytes() == before
    assert len(os.listdir(tmp_path)) == 2


def test_another_file_is_replaced_only_on_request(tmp_path: Path, make_pixels: MakePixels) -> None:
    path = write_photo(Photo(make_pixels()), tmp_path / "a.png")
    other = Photo(make_pixels(1))
    with pytest.raises(ImageError, match=r"a\.png already exists"):
        write_photo(other, path)
    write_photo(other, path, overwrite=True)
    assert np.array_equal(read_photo(path).pixels, other.pixels)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path: Path, make_pixels: MakePixels, suffix: str) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(ImageError, match=rf"a\.{suffix} was not saved") as caught:
            write_photo(Photo(make_pixels(3, 8, 200, 200)), tmp_path / f"a.{suffix}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert not os.listdir(tmp_path)


def test_names_are_proposed_beside_the_original(tmp_path: Path) -> None:
    source = tmp_path / "휴가 IMG_1.JPG"
    source.touch()
    assert propose_name(source, "denoise") == tmp_path / "휴가 IMG_1-denoise.JPG"
    assert propose_name(source, "denoise", "JPEG").name == "휴가 IMG_1-denoise.JPG"
    assert propose_name(source, "denoise", "PNG").name == "휴가 IMG_1-denoise.png"
    assert propose_name(source, "denoise", "TIFF").name == "휴가 IMG_1-denoise.tif"
    assert propose_name(tmp_path / "scan.heic", "denoise").name == "scan-denoise.tif"
    (tmp_path / "휴가 IMG_1-denoise.JPG").touch()
    assert propose_name(source, "denoise").name == "휴가 IMG_1-denoise-2.JPG"


def test_a_proposed_name_always_fits_the_disk(tmp_path: Path) -> None:
    source = tmp_path / ("사" * 83 + ".jpg")
    source.touch()
    for _ in range(3):
        proposed = propose_name(source, "denoise")
        assert not proposed.exists()
        proposed.touch()
