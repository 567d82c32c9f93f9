"""Cut files are never taken for whole ones; what can be read of them opens when that is asked for."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import DamagedPhotoError, ImageError, LargePhotoError
from aestudio.images.io import read_photo, read_preview, write_photo
from aestudio.images.photo import Photo, Pixels

pillow_heif = pytest.importorskip("pillow_heif")

MakePixels = Callable[..., Pixels]
WriteDng = Callable[..., Path]


def contents(pixels: Pixels, write_dng: WriteDng, folder: Path) -> dict[str, bytes]:
    """One photo as files of every kind."""
    made: dict[str, bytes] = {}

    def by_pillow(name: str, **options: object) -> None:
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, name.partition(".")[2].upper().replace("JPG", "JPEG"), **options)
        made[name] = out.getvalue()

    by_pillow("baseline.jpg", quality=90)
    by_pillow("progressive.jpg", quality=90, progressive=True)
    by_pillow("restart.jpg", quality=90, restart_marker_rows=1)
    by_pillow("a.png")
    by_pillow("lossy.webp")
    by_pillow("lossless.webp", lossless=True)
    by_pillow("a.avif")
    by_pillow("a.bmp")
    made["16.png"] = bytes(imagecodecs.png_encode(pixels.astype(np.uint16) * 257))
    for compression in (None, "lzw", "zlib"):
        out = io.BytesIO()
        tifffile.imwrite(out, pixels, photometric="rgb", compression=compression, rowsperstrip=16)
        made[f"{compression}.tif"] = out.getvalue()
    out = io.BytesIO()
    tifffile.imwrite(out, pixels.astype(np.uint16) * 257, photometric="rgb", tile=(32, 32), compression="zlib")
    made["tiles.tif"] = out.getvalue()
    made["own.tif"] = write_photo(Photo(pixels), folder / "own.tif").read_bytes()
    made["a.jxl"] = bytes(imagecodecs.jpegxl_encode(pixels, lossless=True))
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(out)
    made["a.heic"] = out.getvalue()
    made["a.dng"] = write_dng(folder / "a.dng", pixels / 255).read_bytes()
    return made


def test_none_of_a_thousand_cut_files_is_taken_for_a_whole_one(
    tmp_path: Path, make_pixels: MakePixels, write_dng: WriteDng
) -> None:
    files = contents(make_pixels(3, 8, 96, 96), write_dng, tmp_path)
    cuts = 0
    for name, data in files.items():
        path = tmp_path / f"cut-{name}"
        path.write_bytes(data)
        read_photo(path)
        for percent in range(1, 100):
            path.write_bytes(data[: max(1, len(data) * percent // 100)])
            with pytest.raises(ImageError, match=f"^{path.name} "):
                read_photo(path)
            cuts += 1
    assert (len(files), cuts) == (17, 1683)  # as docs/formats.md says


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_the_rows_that_are_there_are_opened_when_asked(
    tmp_path: Path, make_pixels: MakePixels, write_dng: WriteDng, share: float
) -> None:
    pixels = make_pixels(3, 8, 96, 96)
    files = contents(pixels, write_dng, tmp_path)
    for name in (
        "baseline.jpg",
        "progressive.jpg",
        "restart.jpg",
        "a.png",
        "16.png",
        "None.tif",
        "lzw.tif",
        "tiles.tif",
    ):
        data = files[name]
        path = tmp_path / f"cut-{name}"
        path.write_bytes(data)
        whole = read_photo(path).pixels
        path.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(DamagedPhotoError):
            read_photo(path)
        photo = read_photo(path, salvage=True)
        assert photo.partial
        assert "damaged" in str(photo.notes[0])
        assert photo.pixels.shape == whole.shape
        assert photo.pixels.dtype == whole.dtype
        if name != "progressive.jpg":  # the whole picture there is coarse first
            # the head of the file and its tables are not rows
            rows = max(0, int(96 * (share - 0.15)) // 32 * 32) if "tif" in name else int(96 * (share - 0.2))
            assert np.array_equal(photo.pixels[:rows], whole[:rows]), name
        saved = write_photo(photo, tmp_path / f"saved-{share}-{name}")
        assert b"damaged file" in (read_photo(saved).metadata.xmp or b"")


def test_what_cannot_be_read_in_part_is_still_refused(
    tmp_path: Path, make_pixels: MakePixels, write_dng: WriteDng
) -> None:
    files = contents(make_pixels(3, 8, 96, 96), write_dng, tmp_path)
    for name in ("lossy.webp", "a.avif", "a.heic", "a.jxl", "a.dng", "own.tif"):
        path = tmp_path / f"cut-{name}"
        path.write_bytes(files[name][: len(files[name]) // 2])
        with pytest.raises(ImageError, match=f"^{path.name} "):
            read_photo(path, salvage=True)


def test_a_whole_photo_is_opened_whole_even_if_parts_would_do(tmp_path: Path, make_pixels: MakePixels) -> None:
    path = write_photo(Photo(make_pixels()), tmp_path / "a.png")
    assert not read_photo(path, salvage=True).partial


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA"])
def test_every_kind_of_png_can_be_read_in_part(
    tmp_path: Path, make_pixels: MakePixels, mode: str, interlaced: bool
) -> None:
    colours = make_pixels(3, 8, 70, 50)
    image = Image.fromarray(colours).convert("RGBA" if mode == "RGBA" else "RGB").convert(mode)
    path = tmp_path / "a.png"
    image.save(path)
    if interlaced:
        path.write_bytes(interlace(path.read_bytes()))
    whole = read_photo(path).pixels
    assert np.array_equal(whole, read_photo(write_photo(Photo(whole), tmp_path / "b.png")).pixels)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    photo = read_photo(path, salvage=True)
    assert photo.partial
    assert photo.pixels.shape == whole.shape
    same = (photo.pixels == whole).all(axis=2).mean()
    assert 0.5 < same < 1


def interlace(data: bytes) -> bytes:
    """A PNG's rows in the seven passes of Adam7; libpng does not write them here, so this does."""
    header = bytearray(data[16:29])
    pixels = stored(data)
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    depth = header[8]
    rows = b""
    for left, top, step_x, step_y in passes:
        part = pixels[top::step_y, left::step_x]
        if part.size:
            for row in part:
                packed = np.packbits(row.ravel()) if depth == 1 else row.ravel()
                rows += b"\0" + packed.tobytes()
    header[12] = 1
    chunks = [(b"IHDR", bytes(header))]
    at = 33
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name in (b"PLTE", b"tRNS"):
            chunks.append((name, data[at + 8 : at + 8 + size]))
        at += 12 + size
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return data[:8] + b"".join(
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big") for name, body in chunks
    )


def stored(data: bytes) -> NDArray[np.uint8]:
    """Samples as a PNG stores them: palette numbers, and bits."""
    with Image.open(io.BytesIO(data)) as image:
        pixels = np.asarray(image).astype(np.uint8)
    return pixels if pixels.ndim == 3 else pixels[..., None]


def test_large_photos_are_opened_only_when_that_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (16_000, 13_000)).save(path)  # 208 megapixels
    with pytest.raises(LargePhotoError, match=r"^a\.png holds 16000 × 13000 pixels, more than 200 megapixels.*--large"):
        read_photo(path)
    with pytest.raises(LargePhotoError):
        read_preview(path, 64)
    assert read_photo(path, allow_large=True).pixels.shape == (13_000, 16_000, 1)
    Image.new("1", (30_000, 17_100)).save(path)  # 513
    with pytest.raises(ImageError, match="more than the 512 megapixels") as caught:
        read_photo(path, allow_large=True)
    assert not isinstance(caught.value, LargePhotoError)


@pytest.mark.parametrize("suffix", [".avif", ".heic", ".jxl", ".bmp", ".webp", ".dng"])
def test_no_format_takes_memory_before_its_size_is_known_to_be_fine(
    tmp_path: Path, make_pixels: MakePixels, write_dng: WriteDng, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """The limits, lowered to what a small picture passes, are met by every format."""
    files = contents(make_pixels(3, 8, 96, 96), write_dng, tmp_path)
    name = next(name for name in files if name.endswith(suffix))
    path = tmp_path / f"a{suffix}"
    path.write_bytes(files[name])
    monkeypatch.setattr("aestudio.images.decoding.ASK_PIXELS", 96 * 96 - 1)
    with pytest.raises(LargePhotoError, match="96 × 96"):
        read_photo(path)
    with pytest.raises(LargePhotoError, match="96 × 96"):
        read_preview(path, 32)
    assert read_photo(path, allow_large=True).pixels.shape[:2] == (96, 96)


@pytest.mark.timeout(20)  # a search that goes back at each byte would take hours
def test_a_jpeg_that_ends_in_erased_memory_is_refused_at_once(tmp_path: Path) -> None:
    """A card that was erased behind the picture fills the rest of the file with FF."""
    out = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (400, 600, 3), dtype=np.uint8)).save(out, "JPEG")
    data = out.getvalue()
    path = tmp_path / "erased.jpg"
    path.write_bytes(data[: len(data) // 2] + b"\xff" * 1_000_000)
    with pytest.raises(DamagedPhotoError):
        read_photo(path)
