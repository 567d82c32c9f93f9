"""Streams that were written once and must be read alike for ever, by every version and on every machine."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.codec.container import peek, unpack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.codec.shelf import Shelf
from aestudio.images.photo import Photo
from aestudio.progress import Progress

STREAMS = Path(__file__).resolve().parent.parent / "fixtures" / "streams"
NAMES = sorted(path.stem for path in STREAMS.glob("*.aes"))
DIGEST = """
import sys, torch
from pathlib import Path
from aestudio.codec.codec import Codec
from aestudio.codec.container import unpack
from aestudio.codec.shelf import Shelf
from aestudio.progress import Progress

torch.set_num_threads(int(sys.argv[1]))
shelf = Shelf(device="cpu")
for name in sys.argv[2:]:
    stream = unpack(Path(name).read_bytes())
    header = stream.header
    back = shelf.of(header).decode(
        stream.tiles, header.height, header.width, header.tile_side, header.quality, Progress()
    )
    print(back.digest.hex())
"""


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The installed models."""
    return Shelf(device="cpu")


def test_there_are_streams() -> None:
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_a_stream_gives_the_picture_it_always_gave(shelf: Shelf, name: str) -> None:
    stream = unpack((STREAMS / f"{name}.aes").read_bytes())
    photo = decompressed(shelf.of(stream.header), stream, Progress())  # raises where the symbols are others
    with Image.open(STREAMS / f"{name}.png") as image:
        known = np.array(image)
    known = known.reshape(*known.shape[:2], -1)
    assert not photo.partial
    assert photo.pixels.shape == known.shape
    assert int(np.abs(photo.pixels.astype(int) - known).max()) <= 1
    if stream.header.alpha:
        assert np.array_equal(photo.pixels[..., -1], known[..., -1])


@pytest.mark.parametrize(
    ("threads", "settings"), [("1", {"ATEN_CPU_CAPABILITY": "default"}), ("2", {"DNNL_MAX_CPU_ISA": "SSE41"})]
)
def test_another_process_with_other_settings_reads_the_same_symbols(threads: str, settings: dict[str, str]) -> None:
    files = [str(STREAMS / f"{name}.aes") for name in NAMES]
    command = [sys.executable, "-c", DIGEST, threads, *files]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [peek(Path(file).read_bytes()).symbols.hex() for file in files]


def test_what_is_written_now_is_read_with_one_thread_and_with_two(shelf: Shelf) -> None:
    with Image.open(STREAMS / f"{NAMES[0]}.png") as image:
        rgb = np.array(image.convert("RGB"))
    codec = shelf.newest()
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(1)
        stream = compressed(codec, Photo(rgb), Wish(quality=60), Progress())
        one = decompressed(codec, stream, Progress()).pixels
        torch.set_num_threads(2)
        two = decompressed(codec, stream, Progress()).pixels
    finally:
        torch.set_num_threads(threads)
    assert int(np.abs(one.astype(int) - two).max()) <= 1
