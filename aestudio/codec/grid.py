"""Where the tiles of a stream lie."""

from itertools import pairwise

from aestudio.images.photo import Box


def tile_boxes(height: int, width: int, side: int) -> tuple[Box, ...]:
    """The pixels of each tile, row by row; tiles at the right and lower edge are smaller."""
    downwards = pairwise((*range(0, height, side), height))
    across = tuple(pairwise((*range(0, width, side), width)))
    return tuple(Box(y0, y1, x0, x1) for y0, y1 in downwards for x0, x1 in across)
