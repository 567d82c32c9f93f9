"""Content credentials go from format to format byte for byte, and damaged ones stop no photo from opening."""

import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from aestudio.images import credentials
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metadata import Policy
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Metadata, Photo, Pixels

MakePixels = Callable[..., Pixels]
MakeExif = Callable[..., bytes]
SUFFIXES = ("jpg", "png", "tif", "webp", "avif")
SEGMENT = 65_517  # bytes of a box behind its header that a JPEG segment holds
CREDENTIALS = bytes.fromhex("6332706100110010800000aa00389b71")
OTHER = bytes.fromhex("6a736f6e00110010800000aa00389b71")  # a box of JSON


def box(kind: bytes, content: bytes, *, wide: bool = False) -> bytes:
    if wide:
        return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content
    return struct.pack(">I4s", 8 + len(content), kind) + content


def store(size: int = 300, *, kind: bytes = CREDENTIALS, wide: bool = False, seed: int = 0) -> bytes:
    """Credentials whose signature is so many random bytes."""
    described = box(b"jumd", kind + b"\3c2pa\0")
    signature = box(b"bidb", np.random.default_rng(seed).bytes(size))
    return box(b"jumb", described + signature, wide=wide)


def packets(content: bytes, instance: int, room: int, *, header: int = 8, first: int = 1) -> list[bytes]:
    """Segments as the standard asks for, made apart from the code that is tested."""
    head, body = content[:header], content[header:]
    cut = [body[at : at + room] for at in range(0, len(body), room)]
    return [b"JP" + struct.pack(">HI", instance, first + n) + head + part for n, part in enumerate(cut)]


def jpeg_with(path: Path, *segments: bytes) -> Path:
    Image.new("RGB", (32, 24), "teal").save(path)
    data = path.read_bytes()
    added = b"".join(b"\xff\xeb" + struct.pack(">H", len(part) + 2) + part for part in segments)
    path.write_bytes(data[:2] + added + data[2:])
    return path


def app11(data: bytes) -> list[bytes]:
    """The APP11 segments before the coded data."""
    found, at = [], 2
    while data[at : at + 2] != b"\xff\xda":
        (length,) = struct.unpack_from(">H", data, at + 2)
        if data[at + 1] == 0xEB:
            found.append(data[at + 4 : at + 2 + length])
        at += 2 + length
    return found


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("before", SUFFIXES)
def test_credentials_go_from_format_to_format(
    tmp_path: Path, make_pixels: MakePixels, metadata: Metadata, before: str, suffix: str
) -> None:
    given = store(70_001)  # more than a segment, and odd
    photo = Photo(make_pixels(), Metadata(metadata.exif, metadata.icc, metadata.xmp, c2pa=given))
    opened = read_photo(write_photo(photo, tmp_path / f"a.{before}"))
    assert opened.metadata.c2pa == given
    saved = read_photo(write_photo(opened, tmp_path / f"b.{suffix}"))
    assert saved.metadata.c2pa == given
    assert saved.metadata.icc == metadata.icc
    assert saved.metadata.xmp == metadata.xmp
    assert saved.notes == ()


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("size", [0, 1, SEGMENT - 46, SEGMENT - 45, SEGMENT - 37, SEGMENT, 131_000, 300_000])
def test_a_jpeg_holds_credentials_of_any_size(tmp_path: Path, size: int, wide: bool) -> None:
    given, header = store(size, wide=wide), 16 if wide else 8
    path = write_photo(Photo(np.zeros((16, 16, 3), np.uint8), Metadata(c2pa=given)), tmp_path / "a.jpg")
    segments = app11(path.read_bytes())
    assert len(segments) == -(-(len(given) - header) // (65_533 - 8 - header))
    assert segments == packets(given, 1, 65_533 - 8 - header, header=header)
    assert read_photo(path).metadata.c2pa == given


def test_credentials_as_others_write_them(tmp_path: Path) -> None:
    """Among other boxes, in small segments, numbered from another start, out of order, and with the wide header."""
    given, other = store(5000, wide=True), store(3000, kind=OTHER)
    mixed = [*packets(other, 1, 700), *reversed(packets(given, 2, 900, header=16, first=0)), b"HDR_RI ver=11", b"JP"]
    photo = read_photo(jpeg_with(tmp_path / "a.jpg", *mixed))
    assert photo.metadata.c2pa == given
    assert photo.notes == ()
    saved = write_photo(photo, tmp_path / "b.png")
    data = saved.read_bytes()
    at = data.index(b"caBX")
    assert data[at + 4 : at + 4 + len(given)] == given
    assert data[at - 4 : at] == struct.pack(">I", len(given))
    assert data[at + 4 + len(given) :][:4] == struct.pack(">I", zlib.crc32(b"caBX" + given))
    assert at < data.index(b"IDAT")
    assert read_photo(write_photo(read_photo(saved), tmp_path / "c.jpg")).metadata.c2pa == given


def test_boxes_of_another_kind_are_no_credentials(tmp_path: Path) -> None:
    photo = read_photo(jpeg_with(tmp_path / "a.jpg", *packets(store(kind=OTHER), 1, 60_000)))
    assert photo.metadata.c2pa is None
    assert photo.notes == ()


GIVEN = store(5000)
PARTS = packets(GIVEN, 1, 900)
DAMAGED = {
    "one is missing": [*PARTS[:2], *PARTS[3:]],
    "the last is missing": PARTS[:-1],
    "one is cut": [*PARTS[:2], PARTS[2][:-40], *PARTS[3:]],
    "one has another header": [*PARTS[:2], PARTS[2][:8] + b"\0\0\1\0jumb" + PARTS[2][16:], *PARTS[3:]],
    "no length": packets(b"\0\0\0\0" + GIVEN[4:], 1, 900),
    "too long": packets(b"\xff\xff\xff\xff" + GIVEN[4:], 1, 900),
    "too short": packets(b"\0\0\0\5" + GIVEN[4:], 1, 900),
}


@pytest.mark.parametrize("segments", DAMAGED.values(), ids=list(DAMAGED))
def test_damaged_credentials_are_told_and_left_out(tmp_path: Path, segments: list[bytes]) -> None:
    photo = read_photo(jpeg_with(tmp_path / "a.jpg", *segments))
    assert photo.pixels.shape == (24, 32, 3)
    assert photo.metadata.c2pa is None
    assert photo.notes == (credentials.DAMAGED,)
    assert read_photo(write_photo(photo, tmp_path / "b.jpg")).notes == ()


def test_no_damage_to_credentials_stops_a_photo(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    path = tmp_path / "a.jpg"
    for _ in range(150):
        broken = []
        for part in PARTS:
            mutant = bytearray(part[: int(rng.integers(0, len(part) + 1))] if rng.random() < 0.2 else part)
            for at in rng.integers(0, 60, rng.integers(0, 3)):
                if at < len(mutant):
                    mutant[at] = int(rng.integers(256))
            broken.append(bytes(mutant))
        assert read_photo(jpeg_with(path, *broken)).pixels.shape == (24, 32, 3)
    for junk in (b"", b"\0", b"junk" * 5, b"\0\0\xff\xff" + GIVEN[4:], GIVEN[:4] + b"JUMB", store(kind=OTHER)[:5000]):
        for suffix in ("png", "webp", "avif"):
            plain = write_photo(Photo(np.zeros((8, 8, 3), np.uint8), Metadata(c2pa=GIVEN)), tmp_path / f"b.{suffix}")
            data = plain.read_bytes()
            assert data.count(GIVEN) == 1
            padded = junk.ljust(len(GIVEN), b"\0")
            plain.write_bytes(data.replace(GIVEN, padded))
            opened = read_photo(plain, salvage=True)  # the sum of a PNG's chunk is wrong as well
            assert opened.metadata.c2pa is None
            assert opened.notes == (credentials.DAMAGED,)
            plain.unlink()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("policy", "kept"), [("keep", True), ("basic", False), ("strip", False)])
def test_only_keep_keeps_credentials(
    tmp_path: Path, make_exif: MakeExif, suffix: str, policy: Policy, kept: bool
) -> None:
    photo = Photo(np.zeros((16, 16, 3), np.uint8), Metadata(make_exif(), c2pa=GIVEN), history=("Denoise",))
    path = write_photo(photo, tmp_path / f"a.{suffix}", SaveOptions(metadata=policy))
    assert (read_photo(path).metadata.c2pa == GIVEN) == kept
    assert (CREDENTIALS in path.read_bytes()) == kept


def test_credentials_of_a_tiff_are_no_exif_data(tmp_path: Path, make_exif: MakeExif) -> None:
    photo = Photo(np.zeros((16, 16, 3), np.uint8), Metadata(make_exif(endian=">"), c2pa=store(100_000)))
    opened = read_photo(write_photo(photo, tmp_path / "a.tif"))
    assert CREDENTIALS not in (opened.metadata.exif or b"")
    assert read_photo(write_photo(opened, tmp_path / "b.jpg")).metadata.c2pa == photo.metadata.c2pa


def test_credentials_of_a_jpeg_xl(tmp_path: Path) -> None:
    stream = imagecodecs.jpegxl_encode(np.full((16, 16, 3), 90, np.uint8), lossless=True, usecontainer=True)
    for given in (GIVEN, store(kind=OTHER)):
        (tmp_path / "a.jxl").write_bytes(bytes(stream) + given)
        assert read_photo(tmp_path / "a.jxl").metadata.c2pa == (given if given is GIVEN else None)


def test_credentials_of_a_heic(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    path, pixels = tmp_path / "a.heic", np.full((64, 64, 3), 90, np.uint8)
    pillow_heif.encode("RGB", (64, 64), pixels.tobytes(), path)
    with path.open("ab") as file:
        file.write(credentials.to_box(GIVEN))
    assert read_photo(path).metadata.c2pa == GIVEN


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("channels", [3, 4])
def test_other_programs_open_a_webp_with_credentials(
    tmp_path: Path, make_pixels: MakePixels, channels: int, lossless: bool
) -> None:
    pixels = make_pixels(channels)
    options = SaveOptions(lossless=lossless, quality=90)
    plain, with_them = (
        write_photo(Photo(pixels, Metadata(c2pa=c2pa)), tmp_path / f"{name}.webp", options)
        for name, c2pa in (("a", None), ("b", GIVEN))
    )
    expected = imagecodecs.webp_decode(plain.read_bytes())
    assert np.array_equal(imagecodecs.webp_decode(with_them.read_bytes()), expected)
    with Image.open(with_them) as image:
        assert image.mode == ("RGB" if channels == 3 else "RGBA")
        assert np.array_equal(np.asarray(image), expected)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_exiftool_finds_the_credentials(tmp_path: Path, suffix: str) -> None:
    given = store(140_000)
    path = write_photo(Photo(np.zeros((16, 16, 3), np.uint8), Metadata(c2pa=given)), tmp_path / f"a.{suffix}")
    command = ["exiftool", "-b", "-C2paData", str(path)]
    assert subprocess.run(command, check=True, capture_output=True).stdout == given[-140_000:]
