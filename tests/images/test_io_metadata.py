"""Metadata survive: byte for byte where the format allows it, and the photo is turned upright exactly once."""

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from aestudio.errors import ImageError
from aestudio.images import exif, png
from aestudio.images.decoding import turned
from aestudio.images.exif_edit import has_thumbnail
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Metadata, Photo, Pixels

MakePixels = Callable[..., Pixels]
MakeExif = Callable[..., bytes]
CAMERA, COPYRIGHT = 0x0110, 0x8298


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize(("suffix", "bits"), [("jpg", 8), ("png", 8), ("png", 16), ("webp", 8)])
def test_exif_icc_and_xmp_are_kept_byte_for_byte(
    tmp_path: Path,
    make_pixels: MakePixels,
    metadata: Metadata,
    make_exif: MakeExif,
    suffix: str,
    bits: int,
    endian: str,
) -> None:
    # a WebP has no place for the resolution but the EXIF data
    given = replace(metadata, exif=make_exif(endian=endian), dpi=None if suffix == "webp" else metadata.dpi)
    saved = read_photo(write_photo(Photo(make_pixels(3, bits), given), tmp_path / f"a.{suffix}")).metadata
    assert saved.exif == given.exif
    assert saved.icc == given.icc
    assert saved.xmp == given.xmp
    assert saved.dpi == (pytest.approx(given.dpi, abs=0.01) if given.dpi else None)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_pillow_finds_the_same_metadata(
    tmp_path: Path, make_pixels: MakePixels, metadata: Metadata, suffix: str
) -> None:
    metadata = replace(metadata, dpi=None)  # which would go into the EXIF data of a WebP
    with Image.open(write_photo(Photo(make_pixels(), metadata), tmp_path / f"a.{suffix}")) as image:
        image.load()
        assert image.info["icc_profile"] == metadata.icc
        assert image.info["exif"].removeprefix(b"Exif\0\0") == metadata.exif
        xmp = image.info["xmp"]
        assert (xmp if isinstance(xmp, bytes) else xmp.encode()) == metadata.xmp
        assert image.getexif().get_ifd(0x8825)[1] == "N"


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize("bits", [8, 16, 32])
def test_a_tiff_keeps_every_tag(
    tmp_path: Path, make_pixels: MakePixels, metadata: Metadata, make_exif: MakeExif, bits: int, endian: str
) -> None:
    given = replace(metadata, exif=make_exif(endian=endian))
    path = write_photo(Photo(make_pixels(3, bits), given), tmp_path / "a.tif")
    with tifffile.TiffFile(path) as file:
        tags = file.pages.first.tags
        assert tags[CAMERA].value == "D850"
        assert tags["ExifTag"].value["DateTimeOriginal"] == "2026:03:01 12:00:00"
        assert tags["GPSTag"].value["GPSLatitudeRef"] == "N"
    saved = read_photo(path).metadata
    assert (saved.icc, saved.xmp) == (given.icc, given.xmp)
    assert saved.dpi == pytest.approx((300, 300))
    assert saved.exif is not None
    assert tags_of(saved.exif)[COPYRIGHT].startswith("© 김".encode())
    assert tags_of(saved.exif) == {k: v for k, v in tags_of(given.exif or b"").items() if k != exif.ORIENTATION}


def test_a_tiff_leaves_each_exif_value_at_its_offset(
    tmp_path: Path, make_pixels: MakePixels, make_exif: MakeExif
) -> None:
    blob = make_exif()
    data = write_photo(Photo(make_pixels(3, 16), Metadata(blob)), tmp_path / "a.tif").read_bytes()
    assert data[8 : len(blob)] == blob[8:]


@pytest.mark.parametrize("name", ["rgb.jpg", "photoshop-200dpi.jpg", "exif_gps.jpg", "flower2.webp", "frame_size.mpo"])
def test_metadata_of_real_files_travel_through_all_formats(tmp_path: Path, fixture_dir: Path, name: str) -> None:
    photo = read_photo(fixture_dir / "pillow" / name)
    assert photo.metadata.exif
    expected = {k: v for k, v in tags_of(photo.metadata.exif).items() if k not in LEFT_TO_THE_FILE}
    for suffix in ("jpg", "webp", "avif", "png", "tif"):
        saved = read_photo(write_photo(photo, tmp_path / f"a.{suffix}")).metadata
        assert saved.icc == photo.metadata.icc
        assert saved.xmp == photo.metadata.xmp
        assert saved.exif
        assert {k: v for k, v in tags_of(saved.exif).items() if k not in LEFT_TO_THE_FILE} == expected
        if suffix in ("jpg", "png") and not has_thumbnail(saved.exif):
            assert saved.exif == photo.metadata.exif


LEFT_TO_THE_FILE = frozenset({256, 257, 258, 259, 262, 274, 277, 282, 283, 284, 296, 322, 323, 513, 514, 530, 531, 532})


def tags_of(blob: bytes) -> dict[int, bytes]:
    """Every tag of the first, the Exif, the GPS and the Interoperability directory with its bytes, but no pointers."""
    found: dict[int, bytes] = {}
    waiting = [exif.first_ifd(blob)]
    while waiting:
        for tag, entry in exif.entries(blob, waiting.pop()).items():
            if tag in (exif.EXIF_IFD, exif.GPS_IFD, exif.INTEROP_IFD):
                waiting.append(exif.integer(blob, entry))
            else:
                found[tag] = entry.value
    return found


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_orientation_is_applied_once_and_reset(
    tmp_path: Path, make_exif: MakeExif, orientation: int, format_: str
) -> None:
    pixels = np.zeros((16, 24, 3), np.uint8)
    pixels[:8, :16] = 255  # a corner that tells all eight apart
    blob = make_exif(orientation)
    path = tmp_path / f"a.{format_.lower()}"
    Image.fromarray(pixels).save(path, format_, exif=b"Exif\0\0" + blob)
    with Image.open(path) as image:
        expected = np.asarray(ImageOps.exif_transpose(image))
    photo = read_photo(path)
    assert photo.pixels.shape == expected.shape
    assert np.abs(photo.pixels.astype(int) - expected).max() < 40
    assert photo.metadata.exif
    tags = exif.entries(photo.metadata.exif, exif.first_ifd(photo.metadata.exif))
    if format_ == "TIFF":
        assert exif.ORIENTATION not in tags
    else:
        assert photo.metadata.exif == make_exif(1)
    again = read_photo(write_photo(photo, tmp_path / "b.png"))
    assert np.array_equal(again.pixels, photo.pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_sixteen_bit_files_are_turned_too(
    tmp_path: Path, make_pixels: MakePixels, make_exif: MakeExif, orientation: int
) -> None:
    pixels = make_pixels(3, 16)
    upright = turned(pixels, orientation)
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, pixels, photometric="rgb", extratags=[(274, 3, 1, orientation, True)])
    assert np.array_equal(read_photo(path).pixels, upright)
    (tmp_path / "a.png").write_bytes(png.encode(pixels, Metadata(make_exif(orientation))))
    photo = read_photo(tmp_path / "a.png")
    assert np.array_equal(photo.pixels, upright)
    assert photo.metadata.exif == make_exif(1)


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize("orientation", [0, 1, 9, 65535])
def test_an_orientation_that_asks_for_nothing_leaves_exif_alone(
    make_exif: MakeExif, orientation: int, endian: str
) -> None:
    blob = make_exif(orientation, endian)
    assert exif.upright(blob) == (blob, 1)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_a_saved_photo_asks_nobody_to_turn_it(
    tmp_path: Path, make_pixels: MakePixels, make_exif: MakeExif, suffix: str
) -> None:
    path = write_photo(Photo(make_pixels(), Metadata(make_exif(6))), tmp_path / f"a.{suffix}")
    with Image.open(path) as image:
        assert image.getexif().get(exif.ORIENTATION) == 1
    assert read_photo(path).pixels.shape == make_pixels().shape


def test_only_the_bytes_of_the_tag_change(make_exif: MakeExif) -> None:
    for endian in "<>":
        before = make_exif(6, endian)
        after, orientation = exif.upright(before)
        assert orientation == 6
        assert after is not None
        different = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        assert len(different) == 1
        entry = exif.entries(before, exif.first_ifd(before))[exif.ORIENTATION]
        assert entry.value_at <= different[0] < entry.value_at + 2


def test_broken_exif_is_kept_and_never_followed_outside(make_exif: MakeExif) -> None:
    whole = make_exif(6)
    for cut in range(len(whole)):
        blob, orientation = exif.upright(whole[:cut])
        assert orientation in (1, 6)
        assert len(blob or b"") == cut
    far = whole[:4] + struct.pack("<I", 2**32 - 1) + whole[8:]
    assert exif.upright(far) == (far, 1)
    itself = b"II*\0" + struct.pack("<IHHHII", 8, 1, exif.EXIF_IFD, 4, 1, 8) + bytes(4)
    assert exif.collect(itself, ()) is not None


def test_xmp_is_turned_along_or_viewers_would_turn_again(tmp_path: Path, make_exif: MakeExif) -> None:
    for packet in (b'<r tiff:Orientation="6" a="6"/>', b"<tiff:Orientation>6</tiff:Orientation>"):
        Image.new("RGB", (8, 4)).save(tmp_path / "a.jpg", exif=b"Exif\0\0" + make_exif(6), xmp=packet)
        xmp = read_photo(tmp_path / "a.jpg").metadata.xmp
        assert xmp == packet.replace(b'Orientation="6"', b'Orientation="1"').replace(b">6<", b">1<")
        Image.new("RGB", (8, 4)).save(tmp_path / "b.jpg", xmp=packet)
        assert read_photo(tmp_path / "b.jpg").metadata.xmp == packet


def test_png_metadata_of_other_programs(tmp_path: Path, make_pixels: MakePixels, metadata: Metadata) -> None:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", (metadata.xmp or b"").decode(), zip=True)
    hexed = (b"Exif\0\0" + (metadata.exif or b"")).hex()
    info.add_text("Raw profile type exif", f"\nexif\n{len(hexed) // 2:8}\n{hexed}\n", zip=True)
    path = tmp_path / "a.png"
    Image.fromarray(make_pixels()).save(path, pnginfo=info, icc_profile=metadata.icc, dpi=(72, 72))
    saved = read_photo(path).metadata
    assert (saved.exif, saved.icc, saved.xmp) == (metadata.exif, metadata.icc, metadata.xmp)
    assert saved.dpi == pytest.approx((72, 72), abs=0.01)


def test_an_ink_profile_is_used_and_not_kept(fixture_dir: Path) -> None:
    photo = read_photo(fixture_dir / "pillow" / "pil_sample_cmyk.jpg")
    assert photo.metadata.icc is None
    reference = read_photo(fixture_dir / "pillow" / "rgb.jpg")
    assert photo.pixels.shape[2] == reference.pixels.shape[2] == 3
    assert photo.metadata.exif


def test_more_metadata_than_a_jpeg_holds_is_refused_and_not_cut(tmp_path: Path, make_pixels: MakePixels) -> None:
    for given in (Metadata(exif=b"II*\0" + bytes(70_000)), Metadata(xmp=b"x" * 70_000)):
        with pytest.raises(ImageError, match=r"a\.jpg has more metadata than a JPEG can hold"):
            write_photo(Photo(make_pixels(), given), tmp_path / "a.jpg")
        assert (
            read_photo(write_photo(Photo(make_pixels(), given), tmp_path / "a.png", overwrite=True)).metadata == given
        )


def test_a_large_profile_is_split_and_joined(tmp_path: Path, make_pixels: MakePixels) -> None:
    given = Metadata(icc=np.random.default_rng(1).bytes(2_500_000))
    for suffix in ("jpg", "png", "tif", "webp"):
        photo = Photo(make_pixels(), given)
        assert read_photo(write_photo(photo, tmp_path / f"a.{suffix}")).metadata.icc == given.icc
