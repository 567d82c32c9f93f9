"""How much of each photo is kept where memory is short: parts of it, from places spread over the whole."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aestudio.images.photo import Box

LEAST = 512  # pixels of a side of a part, or the photo's side where that is shorter


def share_of_each(sizes: Sequence[tuple[int, int]], budget: int, least: int = LEAST) -> tuple[int, int]:
    """How many pixels may be kept of each photo so that all together take `budget`, and of how many photos.

    Small photos are kept whole, and leave their share to the others. Where there are too many for one part each, the
    first ones get it.
    """
    areas = np.array([height * width for height, width in sizes], dtype=np.int64)
    parts = np.array([_kept(size, least * least, least) for size in sizes], dtype=np.int64)
    if areas.sum() <= budget:
        return int(areas.max(initial=0)), len(sizes)
    if parts.sum() > budget:
        return least * least, max(1, int(np.searchsorted(np.cumsum(parts), budget, side="right")))
    # a part for each in any case: the share is what keeps their sum within the budget
    low, high = least * least, int(areas.max())
    while high - low > 1:
        middle = (low + high) // 2
        if sum(_kept(size, middle, least) for size in sizes) <= budget:
            low = middle
        else:
            high = middle
    return low, len(sizes)


def _kept(size: tuple[int, int], share: int, least: int) -> int:
    return sum(box.height * box.width for box in places(*size, share, least))


def places(height: int, width: int, share: int, least: int = LEAST) -> list[Box]:
    """The whole photo if it has no more than `share` pixels, or else parts of it, evenly spread and side by side."""
    if height * width <= share:
        return [Box(0, height, 0, width)]
    high, wide = min(height, least), min(width, least)
    most = max(1, share // (high * wide))
    rows = min(max(1, round((most * height / width) ** 0.5)), height // high, most)
    columns = min(max(1, most // rows), width // wide)
    return [Box(y, y + high, x, x + wide) for y in _spread(height - high, rows) for x in _spread(width - wide, columns)]


def _spread(room: int, count: int) -> list[int]:
    """Where `count` parts begin, each in the middle of its share of the side."""
    if count == 1:
        return [room // 2]
    return [round(room * index / (count - 1)) for index in range(count)]


def middle(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The middle of a photo, `side` pixels at most across and down."""
    top, left = (max(0, (n - side) // 2) for n in pixels.shape[:2])
    return pixels[top : top + side, left : left + side]
