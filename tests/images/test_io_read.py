"""Every kind of file opens by its content, upright and at its own depth."""

import io
import shutil
import struct
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import tifffile
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images.io import photo_paths, read_photo, read_preview, write_photo
from aestudio.images.photo import Metadata, Photo, Pixels

KINDS = [  # what the picture's own project says it holds
    ("pillow/rgb.jpg", "JPEG", 3, 8),
    ("pillow/pil_sample_cmyk.jpg", "JPEG", 3, 8),
    ("pillow/frame_size.mpo", "JPEG", 3, 8),
    ("pillow/flower2.webp", "WEBP", 3, 8),
    ("pillow/tiff_16bit_RGB.tiff", "TIFF", 3, 16),
    ("pillow/tiff_strip_planar_16bit_RGBa.tiff", "TIFF", 4, 16),
    ("pillow/tiff_strip_cmyk_jpeg.tif", "TIFF", 3, 8),
    ("pillow/16bit.MM.deflate.tif", "TIFF", 1, 16),
    ("pillow/12bit.cropped.tif", "TIFF", 1, 16),
    ("pillow/hopper_g4.tif", "TIFF", 1, 8),
    ("pillow/hopper_lzw.tif", "TIFF", 3, 8),
    ("pngsuite/basn0g01.png", "PNG", 1, 8),
    ("pngsuite/basn0g08.png", "PNG", 1, 8),
    ("pngsuite/basn0g16.png", "PNG", 1, 16),
    ("pngsuite/basn2c08.png", "PNG", 3, 8),
    ("pngsuite/basn2c16.png", "PNG", 3, 16),
    ("pngsuite/basi2c16.png", "PNG", 3, 16),
    ("pngsuite/basn3p04.png", "PNG", 3, 8),
    ("pngsuite/basn4a08.png", "PNG", 2, 8),
    ("pngsuite/basn4a16.png", "PNG", 2, 16),
    ("pngsuite/basn6a08.png", "PNG", 4, 8),
    ("pngsuite/basn6a16.png", "PNG", 4, 16),
    ("pngsuite/tbbn0g04.png", "PNG", 2, 8),
    ("pngsuite/tbwn3p08.png", "PNG", 4, 8),
    ("pngsuite/tbgn2c16.png", "PNG", 4, 16),
    ("cc0/saturnian-profile.jpg", "JPEG", 3, 8),
]


@pytest.mark.parametrize(("name", "format_", "channels", "bits"), KINDS)
def test_every_kind_opens(fixture_dir: Path, name: str, format_: str, channels: int, bits: int) -> None:
    path = fixture_dir / name
    photo = read_photo(path)
    assert (photo.format, photo.pixels.shape[2], photo.bit_depth) == (format_, channels, bits)
    assert photo.source == path
    assert photo.pixels.flags.c_contiguous
    with Image.open(path) as image:
        assert {photo.width, photo.height} == set(image.size)


@pytest.mark.parametrize("name", [name for name, _, channels, bits in KINDS if bits == 8])
def test_eight_bits_look_as_pillow_shows_them(fixture_dir: Path, name: str) -> None:
    if "cmyk" in name:
        pytest.skip("Pillow leaves the ink profile out")
    if name == "pngsuite/tbbn0g04.png":
        pytest.skip("Pillow leaves the transparent grey out")
    photo = read_photo(fixture_dir / name)
    mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[photo.pixels.shape[2]]
    with Image.open(fixture_dir / name) as image:
        expected = np.asarray(image.convert(mode)).reshape(photo.pixels.shape)
    assert np.array_equal(photo.pixels, expected)


def test_content_counts_and_not_the_suffix(tmp_path: Path, fixture_dir: Path) -> None:
    path = tmp_path / "사진 폴더" / "휴가 사진.jpg"
    path.parent.mkdir()
    shutil.copy(fixture_dir / "pngsuite" / "basn2c16.png", path)
    photo = read_photo(path)
    assert (photo.format, photo.bit_depth) == ("PNG", 16)


def test_twelve_bits_fill_sixteen(fixture_dir: Path) -> None:
    path = fixture_dir / "pillow" / "12bit.cropped.tif"
    raw = tifffile.imread(path)
    assert raw.max() < 4096
    assert np.array_equal(read_photo(path).pixels[..., 0], np.rint(raw / 4095 * 65535))


@pytest.mark.parametrize("bits", [16, 32])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("planar", ["contig", "separate"])
@pytest.mark.parametrize("order", ["<", ">"])
def test_wide_tiff_is_exact(
    tmp_path: Path, make_pixels: Callable[..., Pixels], bits: int, channels: int, planar: str, order: Literal["<", ">"]
) -> None:
    if channels == 1 and planar == "separate":
        pytest.skip("one channel lies one way only")
    pixels = make_pixels(channels, bits)
    data = np.moveaxis(pixels, -1, 0) if planar == "separate" else pixels
    tifffile.imwrite(
        tmp_path / "a.tif",
        data if channels > 1 else data[..., 0],
        photometric="rgb" if channels > 2 else "minisblack",
        planarconfig=planar if channels > 1 else None,
        extrasamples=["unassalpha"] if channels in (2, 4) else None,
        compression="zlib",
        byteorder=order,
    )
    assert np.array_equal(read_photo(tmp_path / "a.tif").pixels, pixels)


def test_white_is_zero_and_ink_and_associated_alpha_at_sixteen_bits(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, np.full((4, 5), 65535, np.uint16), photometric="miniswhite")
    assert read_photo(path).pixels.max() == 0
    inks = np.zeros((4, 5, 4), np.uint16)
    inks[..., 0] = 65535
    tifffile.imwrite(path, inks, photometric="separated")
    assert read_photo(path).pixels[0, 0].tolist() == [0, 65535, 65535]
    half = np.full((4, 5, 4), 32768, np.uint16)
    tifffile.imwrite(path, half, photometric="rgb", extrasamples=["assocalpha"])
    assert read_photo(path).pixels[0, 0].tolist() == [65535, 65535, 65535, 32768]


def test_not_a_number_does_not_pass(tmp_path: Path) -> None:
    pixels = np.full((4, 5), np.nan, np.float32)
    pixels[0, 0] = 0.25
    tifffile.imwrite(tmp_path / "a.tif", pixels)
    photo = read_photo(tmp_path / "a.tif")
    assert photo.pixels.sum() == 0.25
    saved = write_photo(Photo(pixels[..., None]), tmp_path / "b.tif")
    assert np.array_equal(read_photo(saved).pixels, photo.pixels)


def test_threads_read_side_by_side_and_leave_the_warning_filters_as_they_were(fixture_dir: Path) -> None:
    before = list(warnings.filters)
    paths = [fixture_dir / name for name, *_ in KINDS] * 4
    with ThreadPoolExecutor(4) as pool:
        previews = list(pool.map(lambda path: read_preview(path, 32), paths))
    assert [preview.source for preview in previews] == paths
    assert warnings.filters == before


def test_a_large_panorama_opens_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.linear_gradient("L").resize((13_000, 12_000)).save(path)
    photo = read_photo(path)
    assert photo.megapixels == 156
    with Image.open(path) as image:
        assert np.array_equal(photo.pixels[::997, ::991, 0], np.asarray(image)[::997, ::991])


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_previews_are_small_upright_and_eight_bit(
    tmp_path: Path, make_exif: Callable[..., bytes], format_: str
) -> None:
    pixels = np.zeros((300, 400, 3), np.uint8)
    pixels[:, 200:] = 255  # the right half is white: the lower half once the photo is upright
    path = tmp_path / f"a.{format_.lower()}"
    exif = b"Exif\0\0" + make_exif(orientation=6)
    Image.fromarray(pixels).save(path, format_, exif=exif)
    preview = read_preview(path, 100)
    assert preview.pixels.shape == (100, 75, 3)
    assert preview.bit_depth == 8
    assert preview.format == format_
    assert preview.pixels[:45].max() < 30
    assert preview.pixels[55:].min() > 225


@pytest.mark.parametrize("name", [name for name, *_ in KINDS])
def test_a_preview_is_what_the_photo_is(fixture_dir: Path, name: str) -> None:
    photo, preview = read_photo(fixture_dir / name), read_preview(fixture_dir / name, 24)
    assert max(preview.width, preview.height) <= 24
    assert preview.pixels.shape[2] == photo.pixels.shape[2]
    mean = photo.pixels.mean() / (257 if photo.bit_depth == 16 else 1)
    assert preview.pixels.mean() == pytest.approx(mean, abs=3)


def test_a_preview_never_enlarges(fixture_dir: Path) -> None:
    for name in ("pillow/exif_gps.jpg", "pngsuite/basn2c08.png"):
        path = fixture_dir / name
        assert read_preview(path, 5000).pixels.shape == read_photo(path).pixels.shape


def test_a_preview_of_a_large_jpeg_is_faster_than_the_photo(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    ramp = np.linspace(0, 255, 6000).astype(np.uint8)
    Image.fromarray(np.broadcast_to(ramp[None, :, None], (4000, 6000, 3)).copy()).save(path)

    def took(read: Callable[[], Photo]) -> float:
        start = time.perf_counter()
        read()
        return time.perf_counter() - start

    assert min(took(lambda: read_preview(path, 160)) for _ in range(3)) < took(lambda: read_photo(path))


def test_photos_of_a_folder_come_in_natural_order(tmp_path: Path) -> None:
    for name in ("IMG_10.jpg", "img_2.JPG", "a.txt", "IMG_1.tiff", ".hidden.jpg", "사진 3.png", "10.webp", "9.jpeg"):
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    names = [path.name for path in photo_paths(tmp_path)]
    assert names == ["9.jpeg", "10.webp", "IMG_1.tiff", "img_2.JPG", "IMG_10.jpg", "사진 3.png"]


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="The folder missing cannot be opened"):
        photo_paths(tmp_path / "missing")


def test_odd_resolution_is_none(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("L", (3, 3)).save(buffer, "PNG", dpi=(300, 300))
    data = buffer.getvalue()
    at = data.index(b"pHYs") + 4
    (tmp_path / "a.png").write_bytes(data[:at] + struct.pack(">II", 0, 0) + data[at + 8 :])
    assert read_photo(tmp_path / "a.png").metadata == Metadata()
