"""Every format and every kind of pixels opens, by content, with what should be said about it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images.formats import DEPTHS, FORMATS, READABLE, SUFFIXES, saved_format
from aestudio.images.io import photo_paths, read_photo, read_preview, write_photo
from aestudio.images.options import WRITABLE
from aestudio.images.photo import Metadata, Photo, Pixels

pillow_heif = pytest.importorskip("pillow_heif")

MakePixels = Callable[..., Pixels]
MakeExif = Callable[..., bytes]


def smooth(height: int = 48, width: int = 64, top: int = 255) -> Pixels:
    """A picture that lossy formats keep well."""
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    light = np.stack((0.2 + 0.6 * x, 0.3 + 0.5 * y, 0.8 - 0.6 * x), axis=-1)
    pixels: Pixels = np.rint(light * top).astype(np.uint8 if top == 255 else np.uint16)
    return pixels


def test_the_formats_that_can_be_chosen_are_those_that_can_be_written() -> None:
    assert tuple(DEPTHS) == WRITABLE
    assert set(SUFFIXES.values()) == set(WRITABLE)
    assert all(saved_format(name) in WRITABLE for name in FORMATS)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in READABLE)


def test_folders_list_every_format(tmp_path: Path) -> None:
    for suffix in READABLE:
        (tmp_path / f"a{suffix.upper()}").touch()
    assert len(photo_paths(tmp_path)) == len(READABLE)


@pytest.mark.parametrize(("mode", "channels"), [("1", 1), ("L", 1), ("P", 3), ("RGB", 3)])
def test_bmp(tmp_path: Path, mode: str, channels: int) -> None:
    path = tmp_path / "a.bmp"
    image = Image.fromarray(smooth()).convert(mode)
    image.save(path)
    photo = read_photo(path)
    assert (photo.format, photo.pixels.shape) == ("BMP", (48, 64, channels))
    expected = image.convert({1: "L", 3: "RGB"}[channels])
    assert np.array_equal(photo.pixels.squeeze(), np.asarray(expected))


@pytest.mark.parametrize("lossless", [False, True])
def test_webp_says_whether_it_is_lossless(tmp_path: Path, lossless: bool) -> None:
    path = tmp_path / "a.webp"
    Image.fromarray(smooth()).save(path, lossless=lossless)
    assert read_photo(path).encoding.lossless == lossless


@pytest.mark.parametrize("alpha", [False, True])
def test_avif(tmp_path: Path, alpha: bool) -> None:
    path = tmp_path / "a.avif"
    pixels = smooth()
    image = Image.fromarray(pixels)
    if alpha:
        image.putalpha(128)
    image.save(path, quality=95)
    photo = read_photo(path)
    assert (photo.format, photo.pixels.shape) == ("AVIF", (48, 64, 4 if alpha else 3))
    assert np.abs(photo.pixels[..., :3].astype(int) - pixels).max() < 12
    assert not alpha or np.abs(photo.pixels[..., 3].astype(int) - 128).max() <= 1


@pytest.mark.parametrize("bits", [10, 12])
def test_avif_of_more_than_eight_bits_keeps_them(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "a.avif"
    wide = smooth(top=2**bits - 1)
    path.write_bytes(imagecodecs.avif_encode(wide, level=100, bitspersample=bits, speed=8))
    photo = read_photo(path)
    assert photo.bit_depth == 16
    assert np.abs(photo.pixels / 65535 - wide / (2**bits - 1)).max() < 0.01
    assert np.any(photo.pixels % 257)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["AVIF", "HEIC", "JPEG", "PNG", "TIFF", "WEBP"])
def test_all_orientations_of_all_formats(tmp_path: Path, make_exif: MakeExif, format_: str, orientation: int) -> None:
    """The corner that is brightest once the photo is upright comes out at the top left."""
    upright = np.zeros((64, 96, 3), np.uint8)
    upright[:32, :48] = 255
    image = Image.fromarray(upright)
    # the inverse of what viewers do: these turn a stored picture upright
    stored = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }[orientation]
    for step in stored:
        image = image.transpose(step)
    path = tmp_path / f"a{FORMATS[format_].suffixes[0]}"
    exif = b"Exif\0\0" + make_exif(orientation=orientation)
    if format_ == "HEIC":
        pillow_heif.from_pillow(image).save(path, exif=exif, quality=95)
    else:
        image.save(path, format_, exif=exif)
    for photo in (read_photo(path), read_preview(path, 500)):
        assert photo.format == format_
        assert photo.pixels.shape == (64, 96, 3)
        assert photo.pixels[:24, :40].min() > 200
        assert photo.pixels[40:].max() < 60
        assert photo.pixels[:, 56:].max() < 60


@pytest.mark.parametrize("bits", [8, 10, 12])
def test_heic(tmp_path: Path, make_exif: MakeExif, bits: int) -> None:
    path = tmp_path / "a.heic"
    pixels = smooth(top=255 if bits == 8 else 65535)
    mode = "RGB" if bits == 8 else "RGB;16"
    pillow_heif.options.SAVE_HDR_TO_12_BIT = bits == 12
    pillow_heif.encode(mode, (64, 48), pixels.tobytes(), path, quality=95, exif=make_exif(), chroma=444)
    photo = read_photo(path)
    assert (photo.format, photo.pixels.shape, photo.bit_depth) == ("HEIC", (48, 64, 3), 8 if bits == 8 else 16)
    top = 255 if bits == 8 else 65535
    assert np.abs(photo.pixels / top - pixels / top).max() < 0.03
    assert b"D850" in (photo.metadata.exif or b"")
    assert bits == 8 or np.any(photo.pixels % 257)


@pytest.mark.parametrize(("dtype", "bits"), [(np.uint8, 8), (np.uint16, 16), (np.float32, 32)])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_jpeg_xl(tmp_path: Path, make_pixels: MakePixels, dtype: Any, bits: int, channels: int) -> None:
    path = tmp_path / "a.jxl"
    pixels = make_pixels(channels, bits)
    path.write_bytes(imagecodecs.jpegxl_encode(pixels.squeeze(), lossless=True))
    photo = read_photo(path)
    assert photo.format == "JXL"
    assert photo.pixels.dtype == dtype
    assert np.array_equal(photo.pixels, pixels)
    assert any("JPEG XL" in str(note) for note in photo.notes)


def test_metadata_of_a_jpeg_xl_container(tmp_path: Path, make_exif: MakeExif) -> None:
    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    stream = imagecodecs.jpegxl_encode(smooth(), lossless=True, usecontainer=False)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
    exif = b"\0\0\0\0" + make_exif(orientation=6)
    head = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    packed = box(b"brob", b"xml " + imagecodecs.brotli_encode(xmp))
    path = tmp_path / "a.jxl"
    for packing in (box(b"xml ", xmp), packed):
        path.write_bytes(head + box(b"Exif", exif) + packing + box(b"jxlc", bytes(stream)))
        photo = read_photo(path)
        assert b"D850" in (photo.metadata.exif or b"")
        assert photo.metadata.xmp == xmp
        assert photo.pixels.shape == (48, 64, 3)  # the codestream says how it lies, not the EXIF data


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("photometric", [8, 9])
def test_lab_becomes_srgb_and_says_so(tmp_path: Path, bits: int, photometric: int) -> None:
    # L, a, b of mid grey, and of sRGB's red, under D50
    lab = np.array([[[53.585, 0, 0], [54.29, 80.81, 69.89]]])
    middle, steps, top = (128, 1, 255) if bits == 8 else (32768, 256, 65535)
    coded = np.empty(lab.shape)
    coded[..., 0] = lab[..., 0] / 100 * top
    coded[..., 1:] = np.rint(lab[..., 1:] * steps) + middle
    if photometric == 8:
        coded[..., 1:] = (coded[..., 1:] - middle) % (2 * middle)
    dtype = np.uint8 if bits == 8 else np.uint16
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, np.rint(coded).astype(dtype).repeat(8, axis=0).repeat(8, axis=1), photometric=photometric)
    photo = read_photo(path)
    assert photo.bit_depth == bits
    shown = photo.pixels[4, [4, 12]] / (2**bits - 1)
    assert np.abs(shown - [[0.5, 0.5, 0.5], [1, 0, 0]]).max() < (0.012 if bits == 8 else 0.004)
    assert any("Lab" in str(note) for note in photo.notes)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.uint32])
def test_wide_numbers_in_a_tiff(tmp_path: Path, dtype: Any) -> None:
    light = np.linspace(0, 1, 64 * 48).reshape(48, 64)
    pixels = (light * (2**32 - 1)).astype(dtype) if dtype == np.uint32 else light.astype(dtype)
    tifffile.imwrite(tmp_path / "a.tif", pixels)
    photo = read_photo(tmp_path / "a.tif")
    assert photo.pixels.dtype == np.float32
    assert np.abs(photo.pixels[..., 0] - light).max() < (1e-3 if dtype == np.float16 else 1e-6)


@pytest.mark.parametrize("name", ["a.tif", "a.webp", "a.png", "a.mpo"])
def test_the_first_of_several_pictures_is_taken_and_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    first, second = Image.fromarray(smooth()), Image.new("RGB", (64, 48), "red")
    first.save(path, save_all=True, append_images=[second], lossless=True)  # WebP alone listens to lossless
    photo = read_photo(path)
    assert np.abs(photo.pixels[..., :3].astype(int) - smooth()).max() < 40
    assert any("several pictures" in str(note) for note in photo.notes)
    assert read_photo(write_photo(photo, tmp_path / "one.png")).notes == ()


def test_pages_that_are_small_copies_are_no_pictures(tmp_path: Path) -> None:
    with tifffile.TiffWriter(tmp_path / "a.tif") as file:
        file.write(smooth(), photometric="rgb")
        file.write(smooth()[::4, ::4].copy(), photometric="rgb", subfiletype=1)
    assert read_photo(tmp_path / "a.tif").notes == ()


@pytest.mark.parametrize("size", [8, 16])
def test_inks_are_converted_and_said(tmp_path: Path, size: int) -> None:
    inks = np.zeros((8, 8, 4), np.uint8 if size == 8 else np.uint16)
    inks[..., 1] = np.iinfo(inks.dtype).max
    tifffile.imwrite(tmp_path / "a.tif", inks, photometric="separated")
    photo = read_photo(tmp_path / "a.tif")
    assert photo.pixels[0, 0].tolist() == [np.iinfo(inks.dtype).max, 0, np.iinfo(inks.dtype).max]
    assert any("CMYK" in str(note) for note in photo.notes)


def test_a_palette_with_transparency_and_grey_with_a_transparent_level(tmp_path: Path) -> None:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((0, 0), 0)
    image.save(tmp_path / "a.png", transparency=bytes([0, 200]))
    photo = read_photo(tmp_path / "a.png")
    assert photo.pixels[0, 0].tolist() == [255, 0, 0, 0]
    assert photo.pixels[1, 1].tolist() == [0, 255, 0, 200]


def test_display_p3_named_by_number_becomes_a_profile(tmp_path: Path) -> None:
    """PNG's cICP, and AVIF's nclx, name Display P3 without a profile: the colours would be dull without one."""
    plain = io.BytesIO()
    Image.fromarray(smooth()).save(plain, "PNG")
    data = plain.getvalue()
    chunk = b"cICP" + bytes([12, 13, 0, 1])
    crc = imagecodecs.zlib_crc32(chunk).to_bytes(4, "big")
    path = tmp_path / "a.png"
    path.write_bytes(data[:33] + b"\0\0\0\4" + chunk + crc + data[33:])
    icc = read_photo(path).metadata.icc
    assert icc is not None
    red = Photo(np.array([[[255, 0, 0]]], np.uint8), Metadata(icc=icc))
    assert red.rgb(red.box)[0, 0].tolist() == [1, 0, 0]  # clipped: redder than sRGB's
    path = tmp_path / "a.avif"
    path.write_bytes(imagecodecs.avif_encode(smooth(), primaries=12, transfer=13, matrix=6))
    assert read_photo(path).metadata.icc == icc


def test_heic_without_its_package_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(Image.fromarray(smooth())).save(path)
    monkeypatch.setitem(__import__("sys").modules, "pillow_heif", None)
    with pytest.raises(ImageError, match=r"a\.heic is a HEIC file.*pip install pillow-heif"):
        read_photo(path)
