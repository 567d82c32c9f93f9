"""Tile geometry: which pixels a tile restores, which it looks at, and how its edges are filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.images.photo import Box


@dataclass(frozen=True)
class Tile:
    """The cores of all tiles partition the photo; a context is the core with the overlap around it, inside the photo.

    Both begin at multiples of the network's `multiple_of`, so that a tile falls on the same grid as the whole photo
    would: only then is the tiled result the same.
    """

    core: Box
    context: Box
    padding: tuple[int, int]  # rows below and columns right of the context, up to a multiple of `multiple_of`

    @property
    def inner(self) -> Box:
        """The core, counted from the context's first row and column."""
        y0, x0 = self.context.y0, self.context.x0
        return Box(self.core.y0 - y0, self.core.y1 - y0, self.core.x0 - x0, self.core.x1 - x0)


def round_up(size: int, multiple_of: int) -> int:
    """The smallest multiple that is not below `size`."""
    return -(-size // multiple_of) * multiple_of


def cores(area: Box, side: int, multiple_of: int) -> list[Box]:
    """Partition an area into boxes of at most `side`, all but the last of each row and column equally large.

    Boxes begin at multiples of `multiple_of` from the area's corner. Spread evenly, because a thin rest at the edge
    would cost its overlap for nothing.
    """
    rows = _cuts(area.y0, area.y1, side, multiple_of)
    columns = _cuts(area.x0, area.x1, side, multiple_of)
    return [Box(y0, y1, x0, x1) for y0, y1 in pairwise(rows) for x0, x1 in pairwise(columns)]


def _cuts(start: int, end: int, side: int, multiple_of: int) -> list[int]:
    count = -(-(end - start) // max(side, multiple_of))
    step = round_up(-(-(end - start) // count), multiple_of)
    if step > max(side, multiple_of):  # `side` is not itself a multiple
        step = max(side // multiple_of * multiple_of, multiple_of)
    return [*range(start, end, step), end]


def tile_at(core: Box, photo: Box, overlap: int, multiple_of: int) -> Tile:
    """The tile that restores `core`, which begins at multiples of `multiple_of`; see `cores`."""
    reach = round_up(overlap, multiple_of)
    context = Box(
        max(core.y0 - reach, photo.y0),
        min(round_up(core.y1, multiple_of) + reach, photo.y1),
        max(core.x0 - reach, photo.x0),
        min(round_up(core.x1, multiple_of) + reach, photo.x1),
    )
    return Tile(core, context, (-context.height % multiple_of, -context.width % multiple_of))


def in_view_first(boxes: Iterable[Box], view: Box | None) -> list[Box]:
    """Those that overlap the view come first, from its middle outwards; the rest keeps its order."""
    boxes = list(boxes)
    if view is None:
        return boxes

    def from_the_middle(box: Box) -> int:
        dy = box.y0 + box.y1 - view.y0 - view.y1
        dx = box.x0 + box.x1 - view.x0 - view.x1
        return dy * dy + dx * dx

    seen = sorted((box for box in boxes if box.overlaps(view)), key=from_the_middle)
    return seen + [box for box in boxes if not box.overlaps(view)]


def pad(tile: NDArray[Any], padding: tuple[int, int]) -> NDArray[Any]:
    """(h, w, C) with rows below and columns right of it, reflected; one row or column is repeated.

    Reflected, not repeated: repeated noise looks like a pattern, and the network keeps patterns.
    """
    if padding == (0, 0):
        return tile
    return np.pad(tile, ((0, padding[0]), (0, padding[1]), (0, 0)), mode="reflect")
