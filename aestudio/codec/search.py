"""Finds the quality whose file has a wanted size, or whose picture a wanted PSNR."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aestudio.codec.codec import TILE, Codec, Coded, Rgb
from aestudio.images.metrics import psnr
from aestudio.images.photo import Box
from aestudio.progress import Progress

CLOSE = 0.02  # of a wanted size
CLOSE_DB = 0.05  # of a wanted PSNR
SAMPLE = 9  # tiles that are tried first: a large photo takes seconds for each quality
TRIALS = 5  # on the whole photo


@dataclass(frozen=True, eq=False)
class Tried:
    """A photo at one quality."""

    coded: Coded
    value: float  # what was looked for: bytes of the tiles, or PSNR in dB


def for_size(codec: Codec, pixels: Rgb, size: int, progress: Progress) -> Tried:
    """The quality whose tiles take `size` bytes or up to 2 % less; the nearest one where none does.

    Raises Cancelled between two tiles.
    """

    def whole(quality: int) -> Tried:
        coded = codec.encode(pixels, quality, progress)
        return Tried(coded, float(coded.size))

    def part(sample: Rgb, quality: int) -> float:
        return float(codec.encode(sample, quality, progress).size)

    aim = size * (1 - CLOSE / 2)
    return _searched(codec, pixels, aim, whole, part, lambda value: size * (1 - CLOSE) <= value <= size, relative=True)


def for_psnr(codec: Codec, pixels: Rgb, wanted: float, progress: Progress) -> Tried:
    """The quality whose decoded picture comes within 0.05 dB of a PSNR; the nearest one where none does."""

    def decoded(photo: Rgb, quality: int) -> Tried:
        coded = codec.encode(photo, quality, progress)
        back = codec.decode(coded.tiles, photo.shape[0], photo.shape[1], TILE, quality, progress)
        return Tried(coded, psnr(back.pixels, photo, peak=255))

    def part(sample: Rgb, quality: int) -> float:
        return decoded(sample, quality).value

    return _searched(
        codec,
        pixels,
        wanted,
        lambda quality: decoded(pixels, quality),
        part,
        lambda value: abs(value - wanted) <= CLOSE_DB,
        relative=False,
    )


def _searched(
    codec: Codec,
    pixels: Rgb,
    aim: float,
    whole: Callable[[int], Tried],
    part: Callable[[Rgb, int], float],
    close: Callable[[float], bool],
    *,
    relative: bool,
) -> Tried:
    """Search on a sample of the photo, look at the whole photo there, and search again by what the sample missed by."""
    sample = sample_of(pixels)
    alike = sample is pixels  # a small photo is its own sample
    tried: dict[int, Tried] = {}
    known: dict[int, float] = {}

    def value(quality: int) -> float:
        if quality not in known:
            known[quality] = whole_at(quality).value if alike else part(sample, quality)
        return known[quality]

    def whole_at(quality: int) -> Tried:
        if quality not in tried:
            tried[quality] = whole(quality)
        return tried[quality]

    share = 1.0 if alike else sample.shape[0] * sample.shape[1] / (pixels.shape[0] * pixels.shape[1])
    target = aim * share if relative else aim
    for _ in range(TRIALS):
        quality = bisected(value, target, codec.finest)
        found = whole_at(quality)
        if alike or close(found.value):
            break
        target = target * aim / found.value if relative else target + aim - found.value
    return min(tried.values(), key=lambda each: (not close(each.value), abs(each.value - aim)))


def bisected(value: Callable[[int], float], target: float, most: int) -> int:
    """The quality from 0 to `most` at which `value`, which grows with it, comes nearest to `target`."""
    low, high = 0, most
    for end, beyond in ((low, value(low) >= target), (high, value(high) <= target)):
        if beyond:
            return end
    while high - low > 1:
        middle = (low + high) // 2
        if value(middle) < target:
            low = middle
        else:
            high = middle
    return min((low, high), key=lambda quality: abs(value(quality) - target))


def sample_of(pixels: Rgb) -> Rgb:
    """Tiles from all over a large photo, side by side; a small photo itself."""
    height, width = pixels.shape[:2]
    rows, columns = height // TILE, width // TILE
    if rows * columns <= 2 * SAMPLE:
        return pixels
    side = round(SAMPLE**0.5)
    ys = [round((row + 0.5) * height / side - TILE / 2) for row in range(side)]
    xs = [round((column + 0.5) * width / side - TILE / 2) for column in range(side)]
    boxes = [[Box(y, y + TILE, x, x + TILE) for x in xs] for y in ys]
    return np.concatenate([np.concatenate([pixels[box.slices] for box in row], axis=1) for row in boxes])
