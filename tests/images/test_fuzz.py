"""Ten thousand broken photos: each is opened or refused in one sentence; none crashes or hangs the program.

The decoders are written in C: mutants are read in child processes, so that a crash is found and named. AESTUDIO_FUZZ
asks for another number of mutants, for a longer run.
"""

import faulthandler
import io
import multiprocessing
import os
import random
import time
import zlib
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Metadata, Photo, Pixels

pillow_heif = pytest.importorskip("pillow_heif")

MUTANTS = int(os.environ.get("AESTUDIO_FUZZ", "10000"))
CHILDREN = 2
LONGEST = 5.0  # seconds for one photo

MakePixels = Callable[..., Pixels]


def sources(pixels: Pixels, metadata: Metadata, write_dng: Callable[..., Path], folder: Path) -> list[bytes]:
    """Small valid photos of every format."""
    made = [write_photo(Photo(pixels, metadata), folder / f"a{suffix}") for suffix in (".jpg", ".png", ".tif", ".webp")]
    made.append(write_photo(Photo(pixels.astype(np.uint16) * 257, metadata), folder / "16.png"))
    made.append(write_photo(Photo((pixels / 255).astype(np.float32), metadata), folder / "float.tif"))
    made.append(write_photo(Photo(pixels, metadata), folder / "a.avif"))
    made.append(write_dng(folder / "a.dng", pixels / 255))
    found = [path.read_bytes() for path in made]
    for format_, options in (
        ("JPEG", {"progressive": True}),
        ("JPEG", {"quality": 50, "restart_marker_rows": 1}),
        ("WEBP", {"lossless": True}),
        ("BMP", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg"}),
        ("TIFF", {"compression": "packbits"}),
    ):
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, format_, **options)
        found.append(out.getvalue())
    for mode in ("1", "P", "CMYK"):
        out = io.BytesIO()
        Image.fromarray(pixels).convert(mode).save(out, "TIFF" if mode == "CMYK" else "PNG")
        found.append(out.getvalue())
    out = io.BytesIO()
    tifffile.imwrite(out, pixels.astype(np.uint16) * 257, photometric="rgb", tile=(16, 16), compression="zlib")
    found.append(out.getvalue())
    out = io.BytesIO()
    tifffile.imwrite(out, pixels.astype(np.uint16) * 257, photometric="rgb", rowsperstrip=8, compression="lzw")
    found.append(out.getvalue())
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(out)
    found.append(out.getvalue())
    found.append(bytes(imagecodecs.jpegxl_encode(pixels, lossless=True)))
    return found


def mutant(data: bytes, dice: random.Random) -> bytes:
    """A valid photo, damaged as cards and cables damage it, or as somebody who means harm."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(min(len(out), dice.choice((32, 300, len(out)))))
        kind = dice.randrange(7)
        if kind == 0:
            out = out[: max(1, dice.randrange(len(out) + 1))]
        elif kind == 1:
            out[at] ^= 1 << dice.randrange(8)
        elif kind == 2:
            out[at] = dice.choice((0, 1, 0x7F, 0x80, 0xFF))
        elif kind == 3:
            out[at : at + dice.choice((4, 64, 512))] = bytes(min(dice.choice((4, 64, 512)), len(out) - at))
        elif kind == 4:
            size = dice.choice((4, 12, 100))
            other = dice.randrange(len(out))
            out[at : at + size], out[other : other + size] = out[other : other + size], out[at : at + size]
        elif kind == 5:
            out[at : at + 4] = dice.choice(
                (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\0\1\0\0", b"\0\0\xff\xff")
            )
        else:
            out = header_changed(out, dice)
        if not out:
            break
    return bytes(out)


def header_changed(out: bytearray, dice: random.Random) -> bytearray:
    """Another width, height, depth or kind in a PNG's head, with the checksum to match; elsewhere a piece twice."""
    if out[:4] == b"\x89PNG" and len(out) > 33:
        at = dice.choice((16, 20, 24, 25, 28))
        size = 4 if at < 24 else 1
        out[at : at + size] = dice.choice((dice.randrange(256), dice.randrange(2**16), 2**31 - 1, 0)).to_bytes(
            4, "big"
        )[-size:]
        out[29:33] = zlib.crc32(out[12:29]).to_bytes(4, "big")
        return out
    at = dice.randrange(len(out))
    return out[:at] + out[max(0, at - dice.choice((8, 100))) :]


def read_all(folder: Path, found: list[bytes], numbers: range, pipe: Connection) -> None:
    """In a child: tell each number before it is tried, and at the end how many opened."""
    faulthandler.enable()
    path = folder / f"mutant-{numbers.start}"
    opened = 0
    for number in numbers:
        dice = random.Random(number)
        path.write_bytes(mutant(found[number % len(found)], dice))
        pipe.send(number)
        start = time.perf_counter()
        try:
            pixels = read_photo(path, salvage=number % 3 == 0).pixels
        except ImageError as exc:
            if not str(exc).startswith(path.name):
                raise
        else:
            opened += 1
            if pixels.ndim != 3 or pixels.shape[2] not in (1, 2, 3, 4):
                raise ValueError(f"mutant {number} has the shape {pixels.shape}")
        if time.perf_counter() - start > LONGEST:
            raise TimeoutError(f"mutant {number} took {time.perf_counter() - start:.1f} s")
    pipe.send(("opened", opened))


@pytest.mark.timeout(max(300, MUTANTS // 20))
def test_no_mutant_gets_through(
    tmp_path: Path, make_pixels: MakePixels, metadata: Metadata, write_dng: Callable[..., Path]
) -> None:
    found = sources(make_pixels(3, 8, 48, 48), metadata, write_dng, tmp_path)
    assert len(found) == 22  # as docs/formats.md says
    context = multiprocessing.get_context("forkserver")
    children = []
    for child in range(CHILDREN):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=read_all, args=(tmp_path, found, range(child, MUTANTS, CHILDREN), theirs))
        process.start()
        theirs.close()
        children.append((process, ours))
    opened = 0
    for process, pipe in children:
        last: object = None
        while True:
            if not pipe.poll(60):
                process.kill()
                pytest.fail(f"mutant {last} hangs")
            try:
                last = pipe.recv()
            except EOFError:
                break
        process.join()
        assert process.exitcode == 0, f"mutant {last} ended its process with {process.exitcode}"
        assert isinstance(last, tuple)
        opened += last[1]
    assert 0.02 * MUTANTS < opened < 0.9 * MUTANTS  # both kinds were among them
