"""What a mask hides, in parts that are painted by themselves, and how deep each of them is."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Box

CELL = 16  # pixels: masks are taken apart on a grid of such cells
APART = 3  # cells between parts of a mask that are painted by themselves
_BAND = 32 * CELL  # rows of a mask that are looked at together
_MEASURED = 2048  # pixels of a part's longer side at which its depth is measured


@dataclass(frozen=True, eq=False)
class Holes:
    """The parts of a mask, by number. Boxes of two may overlap, what is hidden in them does not."""

    mask: PaintedMask
    boxes: dict[int, Box]
    _labels: NDArray[np.int32]  # number of the part that each cell belongs to
    _y: int  # of the first cell
    _x: int

    @classmethod
    def of(cls, mask: PaintedMask) -> "Holes":
        """All of a mask."""
        box = mask.box
        if box is None:
            return cls(mask, {}, np.zeros((0, 0), np.int32), 0, 0)
        cells, reach = _cells(mask, box), 2 * APART + 1
        grown = cv2.dilate(cells.astype(np.uint8), np.ones((reach, reach), np.uint8))
        count, found = cv2.connectedComponents(grown, connectivity=8)
        labels = np.asarray(found, np.int32)
        rows, columns = np.nonzero(cells)
        numbers = labels[rows, columns]
        ends = np.full((count, 4), -1)
        for column, (places, first) in enumerate(((rows, True), (rows, False), (columns, True), (columns, False))):
            order = np.argsort(-places if first else places, kind="stable")
            ends[numbers[order], column] = places[order]  # the last one that is written stays
        boxes = {
            number: Box(
                box.y0 + y0 * CELL,
                min(box.y1, box.y0 + (y1 + 1) * CELL),
                box.x0 + x0 * CELL,
                min(box.x1, box.x0 + (x1 + 1) * CELL),
            )
            for number, (y0, y1, x0, x1) in enumerate(ends.tolist())
            if number and y0 >= 0
        }
        return cls(mask, boxes, labels, box.y0, box.x0)

    def hidden(self, number: int, box: Box) -> NDArray[np.bool_]:
        """What a part hides within a box that lies in its own (h, w)."""
        rows, columns = ((np.arange(*ends) - start) // CELL for ends, start in ((box[:2], self._y), (box[2:], self._x)))
        own: NDArray[np.bool_] = self._labels[np.ix_(rows, columns)] == number
        return own & (self.mask.part(box) > 0)

    def deepest(self, number: int) -> float:
        """Pixels from a part's edge to its middle. The photo's own edge is none: nothing is to be seen beyond it."""
        box, mask = self.boxes[number], self.mask
        framed = Box(max(0, box.y0 - 1), min(mask.height, box.y1 + 1), max(0, box.x0 - 1), min(mask.width, box.x1 + 1))
        shrink = math.ceil(max(framed.height, framed.width) / _MEASURED)
        hidden = (mask.part(framed) > 0).view(np.uint8)
        if shrink > 1:
            size = max(1, framed.width // shrink), max(1, framed.height // shrink)
            hidden *= 255
            hidden = (cv2.resize(hidden, size, interpolation=cv2.INTER_AREA) == 255).view(np.uint8)
        away = float(cv2.distanceTransform(hidden, cv2.DIST_L2, cv2.DIST_MASK_5).max()) * shrink
        return min(away, float(max(framed.height, framed.width)))


def windows(area: Box, inside: Box, side: int, around: int) -> Iterator[tuple[Box, Box]]:
    """An area cut into squares of a side, each with the box around it that is to be seen, as far as there is one."""
    for top in range(area.y0, area.y1, side):
        for start in range(area.x0, area.x1, side):
            core = Box(top, min(top + side, area.y1), start, min(start + side, area.x1))
            yield core, widened(core, around, inside)


def widened(box: Box, pixels: int, inside: Box) -> Box:
    """The box with so many pixels around it, within another one."""
    return Box(
        max(inside.y0, box.y0 - pixels),
        min(inside.y1, box.y1 + pixels),
        max(inside.x0, box.x0 - pixels),
        min(inside.x1, box.x1 + pixels),
    )


def common(one: Box, other: Box) -> Box:
    """What lies in both of two boxes that overlap."""
    return Box(max(one.y0, other.y0), min(one.y1, other.y1), max(one.x0, other.x0), min(one.x1, other.x1))


def within(box: Box, outer: Box) -> tuple[slice, slice]:
    """A box, for indexing an array that holds the outer one."""
    return slice(box.y0 - outer.y0, box.y1 - outer.y0), slice(box.x0 - outer.x0, box.x1 - outer.x0)


def _cells(mask: PaintedMask, box: Box) -> NDArray[np.bool_]:
    """Which cells of the grid that begins at the box's corner hold some of the mask."""
    columns = -(-box.width // CELL)
    found = []
    for y in range(box.y0, box.y1, _BAND):
        part = mask.part(Box(y, min(y + _BAND, box.y1), box.x0, box.x1))
        rows = -(-part.shape[0] // CELL)
        part = np.pad(part, ((0, rows * CELL - part.shape[0]), (0, columns * CELL - box.width)))
        found.append(part.reshape(rows, CELL, columns, CELL).any(axis=(1, 3)))
    return np.concatenate(found)
