"""Checks that streams read alike on every machine, and that damage is always found.

    python benchmarks/stream_safety.py PHOTOS [--tiles 10000] [--damages 20000] [--model CARD]

PHOTOS is a folder of pictures. Their tiles are encoded once; then processes of their own decode all of them under each
combination of thread count, instruction set, oneDNN and precision, and report the digest of the symbols and how far
the pixels are from the first one's. After that, streams are damaged at random: bytes changed, cut, repeated, zeroed or
exchanged, and each must be refused, be marked, or say that a copy took the damaged part's place.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.codec.codec import TILE, Codec, Rgb
from aestudio.codec.container import pack, unpack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.engine.device import Device
from aestudio.errors import AEStudioError
from aestudio.images.decoding import Refusal
from aestudio.images.io import photo_paths, read_photo
from aestudio.images.photo import Photo, to_depth
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress

SIDE = 64  # pixels to a side of what is coded as one tile here: many small ones meet more cases than few large ones
SETTINGS = list(product(("1", "2"), ("default", "avx2", "avx512"), (True, False), (torch.float32, torch.bfloat16)))


@dataclass(frozen=True)
class Tile:
    """A small photo's stream."""

    data: bytes
    height: int
    width: int
    quality: int
    digest: bytes


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, nargs="?")
    parser.add_argument("--tiles", type=int, default=10_000)
    parser.add_argument("--damages", type=int, default=20_000)
    parser.add_argument("--model", type=Path, default=None, help="card of a codec; by default the installed one")
    parser.add_argument("--decode", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bfloat16", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--plain", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    model = args.model or card_path("compress")
    if args.decode:
        decode_all(args.decode, codec_of(model, bfloat16=args.bfloat16), onednn=not args.plain)
        return
    photos = [to_depth(read_photo(path).pixels, 8)[..., :3] for path in photo_paths(args.photos)]
    table = {"machines": machines(model, photos, args.tiles), "damages": damages(model, photos[0], args.damages)}
    print(json.dumps(table, indent=2))


def codec_of(model: Path, *, bfloat16: bool = False) -> Codec:
    """The codec in one of two precisions."""
    precision = torch.bfloat16 if bfloat16 else torch.float32
    return Codec(load_model(model, torch.device("cpu")), Device(torch.device("cpu"), precision, ""))


def machines(model: Path, photos: list[Rgb], count: int) -> dict[str, Any]:
    """Decode the same tiles under every setting, each in a process of its own."""
    codec = codec_of(model)
    rng = np.random.default_rng(0)
    tiles = []
    for _ in range(count):
        photo = photos[int(rng.integers(len(photos)))]
        height, width = (int(n) for n in rng.integers(1, SIDE + 1, 2))
        y, x = (int(rng.integers(n - m + 1)) for n, m in zip(photo.shape, (height, width), strict=False))
        quality = int(rng.integers(codec.finest + 1))
        part = np.ascontiguousarray(photo[y : y + height, x : x + width])
        coded = codec.encode(part, quality, Progress())
        tiles.append(Tile(coded.tiles[0], height, width, quality, coded.digest))
    rows: dict[str, Any] = {}
    first: NDArray[np.uint8] | None = None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tiles"
        file.write_bytes(pickle.dumps(tiles))
        for threads, capability, onednn, precision in SETTINGS:
            name = f"{threads} threads, {capability}, oneDNN {'on' if onednn else 'off'}, {precision}"
            command = [sys.executable, __file__, "--decode", str(file), "--model", str(model)]
            command += ["--bfloat16"] * (precision is torch.bfloat16) + ["--plain"] * (not onednn)
            env = {
                **os.environ,
                "OMP_NUM_THREADS": threads,
                "OPENBLAS_NUM_THREADS": threads,
                "ATEN_CPU_CAPABILITY": capability,
            }
            done = subprocess.run(command, env=env, capture_output=True, check=True)
            mismatches, pixels = pickle.loads(done.stdout)
            first = pixels if first is None else first
            far = int(np.abs(pixels.astype(np.int16) - first).max())
            rows[name] = {"mismatches": mismatches, "largest difference of pixels": far}
            print(name, rows[name], file=sys.stderr, flush=True)
    return {"tiles": count, "settings": rows}


def decode_all(file: Path, codec: Codec, *, onednn: bool) -> None:
    """Decode the tiles, and write how many have other symbols, and all pixels, to the standard output."""
    torch.backends.mkldnn.enabled = onednn  # type: ignore[assignment]  # torch calls a property what it lets one set
    mismatches, pixels = 0, []
    for tile in pickle.loads(file.read_bytes()):
        back = codec.decode([tile.data], tile.height, tile.width, TILE, tile.quality, Progress())
        mismatches += bool(back.lost) or back.digest != tile.digest
        pixels.append(back.pixels.ravel())
    sys.stdout.buffer.write(pickle.dumps((mismatches, np.concatenate(pixels))))


def damages(model: Path, photo: Rgb, count: int) -> dict[str, Any]:
    """Damage a stream of six tiles at random, and decode what is left of it."""
    codec = codec_of(model)
    pixels = np.ascontiguousarray(photo[: TILE + 40, : TILE + 40])
    stream = compressed(codec, Photo(pixels), Wish(quality=30), Progress())
    data = pack(stream)
    rng = np.random.default_rng(1)
    found = {"refused": 0, "marked": 0, "mended from the copy": 0, "unharmed": 0, "missed": 0}
    slowest = 0.0
    for _ in range(count):
        wrong = damaged(data, rng)
        started = time.perf_counter()
        try:
            read = unpack(wrong)
        except (AEStudioError, Refusal):
            found["refused"] += 1
            slowest = max(slowest, time.perf_counter() - started)
            continue
        if wrong == data:
            found["unharmed"] += 1
        elif read.damaged:
            found["marked"] += 1
        elif read.notes and read.tiles == stream.tiles:
            found["mended from the copy"] += 1
        else:
            found["missed"] += 1
        if found["marked"] % 200 == 1 and read.damaged:  # decoding takes long: a share of them goes all the way
            decompressed(codec, read, Progress())
    return {"damages": count, **found, "slowest refusal, ms": round(slowest * 1000, 1)}


def damaged(data: bytes, rng: np.random.Generator) -> bytes:
    """The bytes with one thing wrong."""
    wrong = bytearray(data)
    start = int(rng.integers(len(data)))
    end = min(len(data), start + int(2 ** rng.uniform(0, 12)))
    kind = int(rng.integers(6))
    if kind == 0:
        wrong[start] ^= 1 << int(rng.integers(8))
    elif kind == 1:
        wrong[start:end] = rng.bytes(end - start)
    elif kind == 2:
        del wrong[start:end]
    elif kind == 3:
        wrong[start:end] = bytes(end - start)
    elif kind == 4:
        wrong[start:start] = wrong[start:end]
    else:
        del wrong[start:]
    return bytes(wrong)


if __name__ == "__main__":
    main()
