"""Measures how long photos take to be compressed and decompressed, and the memory it takes.

    python benchmarks/compress_speed.py PHOTOS [--sizes 24,102] [--quality 40] [--threads 2]

PHOTOS is a folder of pictures, such as the 24 of the Kodak Lossless True Color Suite, which are laid side by side to
photos of the wanted megapixels. Each is encoded and decoded in a process of its own, whose peak of resident memory
holds the photo, its stream, and what came out of it.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch

from aestudio.codec.codec import TILE, Codec, Rgb
from aestudio.codec.container import pack, unpack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.codec.lab import colours
from aestudio.engine.device import choose_device
from aestudio.images.io import photo_paths, read_photo
from aestudio.images.metrics import psnr
from aestudio.images.photo import Photo
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress


def mosaic(folder: Path, megapixels: float) -> Rgb:
    """A 3:2 photo made of others."""
    height = round((megapixels * 1e6 / 1.5) ** 0.5)
    width = round(1.5 * height)
    photos = [colours(read_photo(path).pixels) for path in photo_paths(folder)]
    photos = [p if p.shape[1] >= p.shape[0] else np.rot90(p) for p in photos]
    canvas = np.empty((height, width, 3), np.uint8)
    number = 0
    for y in range(0, height, 512):
        for x in range(0, width, 768):
            part = canvas[y : y + 512, x : x + 768]
            part[:] = photos[number % len(photos)][: part.shape[0], : part.shape[1]]
            number += 1
    return canvas


def measure(folder: Path, megapixels: float, quality: float) -> dict[str, float | str]:
    """Seconds and memory for one size, in this process."""
    device = choose_device("cpu")
    codec = Codec(load_model(card_path("compress"), device.torch_device), device)
    photo = Photo(mosaic(folder, megapixels))
    small = Photo(np.ascontiguousarray(photo.pixels[:TILE, :TILE]))
    decompressed(codec, compressed(codec, small, Wish(quality=quality), Progress()), Progress())  # warms up
    started = time.monotonic()
    data = pack(compressed(codec, photo, Wish(quality=quality), Progress()))
    encoded = time.monotonic()
    back = decompressed(codec, unpack(data), Progress())
    decoded = time.monotonic()
    return {
        "megapixels": round(photo.megapixels, 1),
        "precision": device.label,
        "bpp": round(8 * len(data) / photo.height / photo.width, 3),
        "psnr": round(psnr(back.pixels, photo.pixels, 255), 2),
        "encode_s": round(encoded - started, 2),
        "decode_s": round(decoded - encoded, 2),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }


def main() -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--sizes", default="24,102")
    parser.add_argument("--quality", type=float, default=40)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--alone", type=float, default=None, help=argparse.SUPPRESS)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.alone is not None:
        print(json.dumps(measure(args.photos, args.alone, args.quality)))
        return
    for size in args.sizes.split(","):
        command = [sys.executable, __file__, str(args.photos), "--alone", size, "--quality", str(args.quality)]
        command += ["--threads", str(args.threads)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
