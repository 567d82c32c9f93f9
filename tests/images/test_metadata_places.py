"""Metadata go where each format has a place for them; none of them, however broken, stops a photo from being saved."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from aestudio.images import exif, exif_edit, photoshop, xmp
from aestudio.images.boxes import item_places
from aestudio.images.colour import adobe_rgb_profile
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metadata import for_saving, iptc_as_xmp
from aestudio.images.photo import Metadata, Photo, Pixels

MakePixels = Callable[..., Pixels]
MakeExif = Callable[..., bytes]
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
def test_exif_data_that_tell_the_orientation_alone(tmp_path: Path, suffix: str) -> None:
    tags = Image.Exif()
    tags[exif.ORIENTATION] = 6
    Image.new("RGB", (32, 16), "teal").save(tmp_path / "a.jpg", exif=tags)
    saved = write_photo(read_photo(tmp_path / "a.jpg"), tmp_path / f"b.{suffix}")
    assert read_photo(saved).pixels.shape == (32, 16, 3)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
def test_broken_exif_data_stop_no_photo_from_being_saved(tmp_path: Path, make_exif: MakeExif, suffix: str) -> None:
    whole = make_exif()
    tries = [whole[:cut] for cut in range(1, len(whole), 13)] + [b"junk" * 10, b"MM\0*" + bytes(30)]
    photo = np.full((16, 16, 3), 128, np.uint8)
    for blob in tries:
        path = write_photo(Photo(photo, Metadata(blob, dpi=(240, 240))), tmp_path / f"a.{suffix}", overwrite=True)
        read_photo(path)
    for cut in (200, len(whole) - 60):  # the camera is still there
        path = write_photo(Photo(photo, Metadata(whole[:cut])), tmp_path / f"a.{suffix}", overwrite=True)
        assert b"D850" in (read_photo(path).metadata.exif or b"")


def test_an_avif_with_broken_exif_data_opens(tmp_path: Path, make_exif: MakeExif) -> None:
    path = write_photo(Photo(np.full((16, 16, 3), 128, np.uint8), Metadata(make_exif())), tmp_path / "a.avif")
    data = path.read_bytes()
    at = data.index(b"II*\0")
    path.write_bytes(data[:at] + b"junk" + data[at + 4 :])
    assert read_photo(path).pixels.shape == (16, 16, 3)


@pytest.mark.parametrize("endian", ["<", ">"])
def test_an_avif_keeps_exif_data_where_they_lie(tmp_path: Path, make_exif: MakeExif, endian: str) -> None:
    """A MakerNote and a thumbnail count on their places."""
    given = make_exif(endian=endian)
    saved = read_photo(write_photo(Photo(np.zeros((16, 16, 3), np.uint8), Metadata(given)), tmp_path / "a.avif"))
    blob = saved.metadata.exif or b""
    assert len(blob) == len(given)
    directory = exif.first_ifd(given)
    end = directory + 2 + 12 * struct.unpack_from(endian + "H", given, directory)[0] + 4
    assert (blob[:directory], blob[end:]) == (given[:directory], given[end:])
    before, after = (exif.entries(data, directory) for data in (given, blob))
    del before[exif.ORIENTATION]
    assert {tag: entry.value for tag, entry in after.items()} == {tag: entry.value for tag, entry in before.items()}


@pytest.mark.parametrize("endian", ["<", ">"])
def test_the_resolution_finds_a_place_in_the_exif_data(make_exif: MakeExif, endian: str) -> None:
    given = make_exif(endian=endian)
    blob = exif_edit.with_resolution(given, (240.0, 239.5))
    assert blob is not None
    assert blob[8 : len(given)] == given[8:]
    assert exif.resolution(blob) == (240.0, 239.5)
    assert exif_edit.with_resolution(blob, (240.0, 239.5)) is blob
    assert exif_edit.with_resolution(blob, None) is blob
    again = exif_edit.with_resolution(blob, (300.0, 300.0))
    assert exif.resolution(again) == (300.0, 300.0)
    assert (
        exif.entries(again or b"", exif.first_ifd(again or b"")).keys()
        == exif.entries(blob, exif.first_ifd(blob)).keys()
    )


@pytest.mark.parametrize("name", ["webp", "avif"])
@pytest.mark.parametrize("blob", [None, "camera"])
def test_resolution_survives_every_change_of_format(
    tmp_path: Path, make_pixels: MakePixels, make_exif: MakeExif, name: str, blob: str | None
) -> None:
    photo = Photo(make_pixels(), Metadata(make_exif() if blob else None, dpi=(240.0, 240.0)))
    for step, suffix in enumerate(("tif", name, "png", name, "tif", "jpg")):
        photo = read_photo(write_photo(photo, tmp_path / f"{step}.{suffix}"))
        assert photo.metadata.dpi == pytest.approx((240, 240), abs=0.01)


@pytest.mark.parametrize(("unit", "expected"), [(1, None), (2, 100.0), (3, 254.0)])
def test_units_of_resolution(unit: int, expected: float | None) -> None:
    tags = Image.Exif()
    tags[282] = tags[283] = 100.0
    tags[296] = unit
    found = exif.resolution(tags.tobytes().removeprefix(b"Exif\0\0"))
    assert found == (None if expected is None else pytest.approx((expected, expected)))


def record(*datasets: tuple[int, bytes]) -> bytes | None:
    content = b"".join(b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text for number, text in datasets)
    return photoshop.with_iptc(None, content)


def texts(packet: bytes | None, name: str) -> list[str | None]:
    root = ElementTree.fromstring((packet or b"").decode("utf-8-sig").rpartition("<?xpacket")[0].partition("?>")[2])
    return [item.text for item in root.findall(f".//{DC}{name}//*") if item.text and item.text.strip()]


def test_iptc_becomes_dublin_core_where_that_is_missing() -> None:
    blocks = record((5, b"Rain"), (25, b"Seoul"), (25, "서울".encode()), (80, b"Kim"), (120, b"Caf\xe9 & <bar>\x01"))
    made = iptc_as_xmp(Metadata(photoshop=blocks))
    assert made.photoshop is None
    assert texts(made.xmp, "title") == ["Rain"]
    assert texts(made.xmp, "subject") == ["Seoul", "서울"]
    assert texts(made.xmp, "creator") == ["Kim"]
    assert texts(made.xmp, "description") == ["Café & <bar> "]
    assert texts(made.xmp, "rights") == []
    again = iptc_as_xmp(Metadata(xmp=made.xmp, photoshop=record((5, b"Other"), (116, b"2024 Kim"))))
    assert texts(again.xmp, "title") == ["Rain"]
    assert texts(again.xmp, "rights") == ["2024 Kim"]


@pytest.mark.parametrize("packet", [b"no XML", b"\xff\xfe", b"<a></b>"])
def test_a_broken_packet_is_kept_as_it_is(packet: bytes) -> None:
    assert iptc_as_xmp(Metadata(xmp=packet, photoshop=record((5, b"Rain")))).xmp == packet


def test_no_viewer_turns_a_saved_photo_by_its_xmp() -> None:
    kept = for_saving(Metadata(xmp=b'<r tiff:Orientation="6"/>'), "keep", (), lambda: None)
    assert kept.xmp == b'<r tiff:Orientation="1"/>'
    assert xmp.upright(kept.xmp) == kept.xmp


@pytest.mark.parametrize("kind", ["tEXt", "zTXt", "iTXt", "iTXt packed"])
def test_comments_of_png_and_jpeg(tmp_path: Path, make_pixels: MakePixels, kind: str) -> None:
    info, text = PngInfo(), "premier tirage é" if kind == "tEXt" else "첫 인화"
    if kind == "zTXt":
        text = "é"
        info.add_text("Comment", text, zip=True)
    elif kind == "tEXt":
        info.add(b"tEXt", b"Comment\0" + text.encode("latin-1"))
    else:
        info.add_itxt("Comment", text, zip="packed" in kind)
    Image.fromarray(make_pixels()).save(tmp_path / "a.png", pnginfo=info)
    photo = read_photo(tmp_path / "a.png")
    assert photo.metadata.comment == text
    for step, suffix in enumerate(("png", "jpg", "png", "tif")):
        photo = read_photo(write_photo(photo, tmp_path / f"{step}.{suffix}"))
        assert photo.metadata.comment == (None if suffix == "tif" else text)


def test_a_packed_comment_that_is_damaged_is_none(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG")
    data = out.getvalue()
    chunk = b"zTXtComment\0\0" + b"no zlib"
    whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    (tmp_path / "a.png").write_bytes(data[:33] + whole + data[33:])
    assert read_photo(tmp_path / "a.png").metadata.comment is None


def test_white_of_a_deep_heic_is_white(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    white = np.full((64, 64, 4), 65535, np.uint16)
    pillow_heif.encode("RGBA;16", (64, 64), white.tobytes(), tmp_path / "a.heic", quality=95, chroma=444)
    photo = read_photo(tmp_path / "a.heic")
    assert photo.bit_depth == 16
    assert np.array_equal(photo.pixels, white)
    write_photo(photo, tmp_path / "a.jpg")  # opaque everywhere


def item_box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


@pytest.mark.parametrize(
    ("version", "within"), [(0, False), (1, False), (1, True), (2, False), (2, True)]
)  # version 0 knows the file alone
def test_items_of_all_kinds_are_found(version: int, within: bool) -> None:
    """ISO/IEC 14496-12: pieces lie in the file, or within the box idat."""
    wide = "I" if version == 2 else "H"
    entry = item_box(b"infe", struct.pack(f">I{wide}H4sx", (3 if version == 2 else 2) << 24, 7, 0, b"Exif"))
    other = item_box(b"infe", struct.pack(">IHH4sx", 2 << 24, 1, 0, b"av01"))
    names = item_box(b"iinf", struct.pack(">IH", 0, 2) + other + entry)
    contents = item_box(b"idat", b"..first.second")

    def whole(at: int) -> bytes:
        method = b"" if version == 0 else struct.pack(">H", within)
        pieces = struct.pack(">IIII", at + 2, 5, at + 8, 6)
        item = struct.pack(f">{wide}", 7) + method + struct.pack(">HH", 0, 2) + pieces
        places = struct.pack(f">IH{wide}", version << 24, 0x4400, 1) + item
        meta = bytes(4) + names + item_box(b"iloc", places) + contents
        return item_box(b"ftyp", b"avif") + item_box(b"meta", meta)

    data = whole(0)
    if not within:
        data = whole(data.index(b"..first"))
    assert [data[start:end] for start, end in item_places(data, b"Exif")] == [b"first", b"second"]
    assert item_places(data, b"none") == []


@pytest.mark.parametrize(
    ("sizes", "pieces", "said"),
    [
        (0x4400, [(10, 9999)], "incomplete"),
        (0x4400, [(0, 50)] * 20, "damaged"),
        (0x0000, [], "damaged"),
    ],
)
def test_items_that_make_no_sense_are_refused(sizes: int, pieces: list[tuple[int, int]], said: str) -> None:
    entry = item_box(b"infe", struct.pack(">IHH4sx", 2 << 24, 7, 0, b"Exif"))
    names = item_box(b"iinf", struct.pack(">IH", 0, 1) + entry)
    places = struct.pack(">IHHHHH", 0, sizes, 1, 7, 0, len(pieces)) + b"".join(struct.pack(">II", *p) for p in pieces)
    with pytest.raises(ValueError, match=said):
        item_places(item_box(b"meta", bytes(4) + names + item_box(b"iloc", places)), b"Exif")


@pytest.mark.parametrize(("offset", "size"), [(2**32 - 1, 4), (124, 2**32 - 1), (0, 0)])
def test_a_bmp_with_a_damaged_profile_opens(tmp_path: Path, offset: int, size: int) -> None:
    header = struct.pack("<IiiHHIIiiII", 124, 2, 2, 1, 24, 0, 16, 0, 0, 0, 0) + struct.pack("<16x4s48x", b"DEBM")
    header += struct.pack("<IIII", 4, offset, size, 0)
    (tmp_path / "a.bmp").write_bytes(b"BM" + struct.pack("<IHHI", 154, 0, 0, 138) + header + bytes(16))
    photo = read_photo(tmp_path / "a.bmp")
    assert photo.pixels.shape == (2, 2, 3)
    assert bool(photo.notes) == bool(photo.metadata.icc)


@pytest.mark.parametrize(("space", "rule", "adobe"), [(0xFFFF, "R03", True), (1, "R03", False), (0xFFFF, "R98", False)])
def test_adobe_rgb_that_a_camera_names_by_tags_alone_becomes_a_profile(
    tmp_path: Path, space: int, rule: str, adobe: bool
) -> None:
    tags = Image.Exif()
    below = tags.get_ifd(exif.EXIF_IFD)
    below[0xA001] = space
    below[exif.INTEROP_IFD] = {1: rule}
    Image.new("RGB", (32, 16), (60, 180, 80)).save(tmp_path / "a.jpg", exif=tags, quality=95)
    photo = read_photo(tmp_path / "a.jpg")
    assert photo.metadata.icc == (adobe_rgb_profile() if adobe else None)
    saved = read_photo(write_photo(photo, tmp_path / "b.jpg"))
    assert saved.metadata.icc == photo.metadata.icc
    assert np.abs(saved.rgb(saved.box) - photo.rgb(photo.box)).max() < 0.03
    assert (photo.rgb(photo.box)[8, 16, 0] < 0.1) == adobe  # greener than sRGB's green of that name
