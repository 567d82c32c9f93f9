"""The large collection beside the repository: true pixel values, and files that broke other decoders."""

import json
import re
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from aestudio.errors import ImageError
from aestudio.images.formats import READABLE
from aestudio.images.io import read_photo, read_preview
from aestudio.images.photo import Pixels, to_depth

ABLE = READABLE.keys() | {".mpo"}


def test_nothing_but_sentences_comes_out_of_odd_files(shared_photos: Path) -> None:
    opened = 0
    paths = [p for p in sorted((shared_photos / "odd").rglob("*")) if p.is_file() and p.suffix != ".json"]
    for path in paths:
        start = time.perf_counter()
        try:
            photo = read_photo(path)
        except ImageError as exc:
            sentence = str(exc)
            with pytest.raises(ImageError, match=re.escape(sentence)):
                read_preview(path, 64)
        else:
            opened += 1
            assert path.suffix in ABLE
            assert photo.pixels.ndim == 3
            assert photo.pixels.dtype in (np.uint8, np.uint16, np.float32)
            assert max(read_preview(path, 64).pixels.shape[:2]) <= 64
        assert time.perf_counter() - start < 5, path.name
        with suppress(ImageError):
            assert read_photo(path, salvage=True).pixels.ndim == 3
    assert len(paths) >= 734  # as docs/formats.md says
    assert opened >= 0.75 * len(paths)


def rgba(pixels: Pixels) -> Pixels:
    """Any photo as four channels of its own depth."""
    top = np.iinfo(pixels.dtype).max
    colour = np.repeat(pixels[..., :1], 3, axis=2) if pixels.shape[2] < 3 else pixels[..., :3]
    alpha = pixels[..., -1:] if pixels.shape[2] in (2, 4) else np.full_like(pixels[..., :1], top)
    return np.concatenate((colour, alpha), axis=2)


def test_pngsuite_has_its_true_pixels(shared_photos: Path) -> None:
    folder = shared_photos / "odd" / "pngsuite"
    compared = 0
    for path in sorted((folder / "png").glob("*.png")):
        truth = folder / "json" / f"{path.stem}.json"
        if path.name.startswith("x"):
            with pytest.raises(ImageError):
                read_photo(path)
        elif truth.exists():
            pixels = read_photo(path).pixels
            expected = np.array(json.loads(truth.read_bytes())).reshape(*pixels.shape[:2], 4)
            assert np.array_equal(rgba(pixels), expected), path.name
            compared += 1
            reduced = folder / "json" / f"{path.stem}_to8.json"
            if reduced.exists():
                eight = np.array(json.loads(reduced.read_bytes())).reshape(expected.shape)
                assert np.abs(rgba(to_depth(pixels, 8)).astype(int) - eight).max() <= 1  # rounded, not cut off
    assert compared > 150


@pytest.mark.parametrize(
    ("name", "format_", "size"),
    [
        ("IMG_2927.HEIC", "HEIC", (3024, 4032)),
        ("cheers_1440x960.heic", "HEIC", (1440, 960)),
        ("exif-at-eof.heic", "HEIC", (3024, 4032)),
        ("issue-649.avif", "AVIF", (5472, 3648)),
        ("RAW_KODAK_DC50.KDC", "RAW", (768, 512)),
    ],
)
def test_files_of_real_cameras_open(shared_photos: Path, name: str, format_: str, size: tuple[int, int]) -> None:
    pytest.importorskip("pillow_heif")
    photo = read_photo(shared_photos / "formats" / name)
    assert (photo.format, (photo.width, photo.height)) == (format_, size)
    assert photo.pixels.std() > 1
    small = read_preview(shared_photos / "formats" / name, 96)
    assert max(small.pixels.shape) == 96
    assert np.sign(small.width - small.height) == np.sign(photo.width - photo.height)
