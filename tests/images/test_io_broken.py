"""What is not one whole photo is refused in one sentence, quickly, and never taken for whole."""

import io
import os
import random
import socket
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images.io import read_photo, read_preview, write_photo
from aestudio.images.photo import Metadata, Photo, Pixels

WHOLE = [
    "pillow/rgb.jpg",
    "pillow/pil_sample_cmyk.jpg",
    "pillow/exif_gps.jpg",
    "pillow/frame_size.mpo",
    "pillow/flower2.webp",
    "pillow/tiff_16bit_RGB.tiff",
    "pillow/tiff_strip_cmyk_jpeg.tif",
    "pillow/hopper_lzw.tif",
    "pillow/hopper_g4.tif",
    "pngsuite/basn2c08.png",
    "pngsuite/basn2c16.png",
    "pngsuite/basn3p04.png",
    "pngsuite/basi2c16.png",
]


def refused(path: Path) -> str:
    """The sentence with which the photo is refused, and its preview too."""
    sentences = set()
    for read in (read_photo, lambda p: read_preview(p, 64)):
        with pytest.raises(ImageError) as caught:
            read(path)
        assert caught.value.__cause__ is not None
        sentences.add(str(caught.value))
    (sentence,) = sentences
    assert sentence.startswith(f"{path.name} ")
    assert sentence.endswith(".")
    assert sentence.count(". ") <= 1
    return sentence


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, fixture_dir: Path, name: str) -> None:
    data = (fixture_dir / name).read_bytes()
    end = len(data)
    if name.endswith(".mpo"):
        with Image.open(io.BytesIO(data)) as image:
            image.seek(1)
            end = image.offset  # type: ignore[attr-defined]
    path = tmp_path / f"cut{Path(name).suffix}"
    for percent in range(1, 100, 2):
        path.write_bytes(data[: max(8, end * percent // 100)])
        assert "incomplete" in (sentence := refused(path)) or "damaged" in sentence or "not a photo" in sentence
    for missing in (1, 2):
        if name.endswith((".jpg", ".png", ".webp")):
            path.write_bytes(data[:-missing])
            assert "is incomplete: the end of the file is missing" in refused(path)


@pytest.mark.parametrize("kind", ["progressive.jpg", "thumbnail.jpg", "a.png", "16.png", "a.tif", "16.tif", "a.webp"])
def test_a_saved_photo_cut_anywhere_is_refused(
    tmp_path: Path, make_pixels: Callable[..., Pixels], metadata: Metadata, kind: str
) -> None:
    path = tmp_path / kind
    pixels = make_pixels(3, 16 if kind.startswith("16") else 8, 120, 90)
    if kind == "progressive.jpg":
        Image.fromarray(pixels).save(path, progressive=True)
    else:
        thumbnail = io.BytesIO()
        Image.new("RGB", (40, 30)).save(thumbnail, "JPEG")  # its end marker is not the photo's
        write_photo(Photo(pixels, replace(metadata, xmp=thumbnail.getvalue())), path)
    data = path.read_bytes()
    for kept in (*(len(data) * percent // 100 for percent in range(1, 100, 3)), len(data) - 2, len(data) - 1):
        path.write_bytes(data[:kept])
        refused(path)


@pytest.mark.parametrize("compression", [None, "zlib", "lzw"])
@pytest.mark.parametrize("bits", [8, 16])
def test_a_tiff_of_another_program_cut_anywhere_is_refused(
    tmp_path: Path, make_pixels: Callable[..., Pixels], compression: str | None, bits: int
) -> None:
    path = tmp_path / "a.tif"
    pixels = make_pixels(3, bits, 120, 90)
    tifffile.imwrite(path, pixels, photometric="rgb", compression=compression, rowsperstrip=16)
    assert np.array_equal(read_photo(path).pixels, pixels)
    data = path.read_bytes()
    for percent in range(1, 100, 7):
        path.write_bytes(data[: len(data) * percent // 100])
        refused(path)


def test_a_png_whose_rows_end_early_is_refused(tmp_path: Path) -> None:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    for depth in (8, 16):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, depth, 2, 0, 0, 0))
        half = zlib.compress(bytes(32 * (1 + 64 * 3 * depth // 8)))
        path = tmp_path / f"{depth}.png"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", half) + chunk(b"IEND", b""))
        assert "damaged" in refused(path)


@pytest.mark.parametrize("name", ["xcsn0g01", "xdtn0g01", "xhdn0g08"])
def test_damaged_pngs_are_refused(fixture_dir: Path, name: str) -> None:
    assert "is damaged" in refused(fixture_dir / "pngsuite" / f"{name}.png")


@pytest.mark.parametrize("name", ["oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif", "timeout-6646305047838720"])
def test_files_that_once_hung_decoders_are_refused_at_once(fixture_dir: Path, name: str) -> None:
    start = time.perf_counter()
    refused(fixture_dir / "pillow" / name)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\0", "is not a photo"),
        (b"Dear diary, today I went to the sea.", "is not a photo"),
        (b"GIF89a" + bytes(100), "is not a photo"),
        (b"\xff\xd8\xff", "is incomplete"),
        (b"\xff\xd8\xff\xd9", "is damaged"),
        (b"\x89PNG\r\n\x1a\n", "is incomplete"),
        (b"II*\0", "is damaged"),
        (b"II*\0" + bytes(200), "is damaged"),
        (b"RIFF\4\0\0\0WEBP", "is damaged"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "is damaged"),
        (b"\0\0\0\x18ftypheic" + bytes(8), "is incomplete"),
        (b"\0\0\0\x18ftypisom" + bytes(40), "is a video"),
        (b"BM" + bytes(60), "is damaged"),
        (b"\xff\x0a", "is damaged"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "is a JPEG XL file of an unknown kind"),
    ],
)
def test_other_contents_are_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "사진 1.jpg"
    path.write_bytes(content)
    assert words in refused(path)


def test_places_that_are_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    assert "is a folder" in refused(folder)
    assert "does not exist" in refused(tmp_path / "missing.jpg")
    (tmp_path / "link.jpg").symlink_to("nowhere")
    assert "does not exist" in refused(tmp_path / "link.jpg")
    assert "cannot be read" in refused(tmp_path / ("a" * 300 + ".jpg"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_pipes_and_sockets_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "is not a photo" in refused(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.jpg"))
        assert "is not a photo" in refused(tmp_path / "s.jpg")


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "may not be read" in refused(path)


def test_what_the_header_says_decides_before_anything_is_decoded(tmp_path: Path) -> None:
    small = io.BytesIO()
    Image.new("L", (8, 8)).save(small, "PNG")
    png = bytearray(small.getvalue())
    png[16:24] = struct.pack(">II", 30_000, 30_000)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    small = io.BytesIO()
    Image.new("L", (8, 8)).save(small, "JPEG")
    jpeg = bytearray(small.getvalue())
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 30_000, 30_000)
    tifffile.imwrite(tmp_path / "a.tif", np.zeros((8, 8), np.uint16))
    tiff = bytearray((tmp_path / "a.tif").read_bytes())
    with tifffile.TiffFile(tmp_path / "a.tif") as file:
        places = [file.pages.first.tags[code].valueoffset for code in (256, 257)]
    for place in places:
        tiff[place : place + 4] = struct.pack("<I", 30_000)
    for name, data in (("a.png", png), ("a.jpg", jpeg), ("a.tif", tiff)):
        (tmp_path / name).write_bytes(data)
        assert "30000 × 30000 pixels, more than the 512 megapixels" in refused(tmp_path / name)


@pytest.mark.parametrize("photometric", ["cfa", "linear_raw"])
def test_camera_raw_is_refused_rather_than_shown_as_a_mosaic(tmp_path: Path, photometric: str) -> None:
    path = tmp_path / "a.dng"
    tifffile.imwrite(path, np.zeros((8, 8), np.uint16), extratags=[(50706, 1, 4, (1, 4, 0, 0), True)])
    assert "is a raw file of a camera that AEStudio does not know" in refused(path)


@pytest.mark.parametrize("name", WHOLE)
def test_flipped_bytes_never_escape(tmp_path: Path, fixture_dir: Path, name: str) -> None:
    data = (fixture_dir / name).read_bytes()
    dice = random.Random(name)
    path = tmp_path / f"flipped{Path(name).suffix}"
    for _ in range(40):
        changed = bytearray(data)
        for _ in range(dice.choice((1, 3, 20))):
            changed[dice.randrange(min(dice.choice((64, 600, len(data))), len(data)))] = dice.randrange(256)
        path.write_bytes(changed)
        try:
            shape = read_photo(path).pixels.shape
        except ImageError:
            continue
        assert len(shape) == 3
        assert shape[2] in (1, 2, 3, 4)
