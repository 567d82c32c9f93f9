"""Masks kept for undo: each version shares with the one before what did not change."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import NamedTuple

import cv2
import numpy as np

from aestudio.images.mask import FULL, Mask, empty_mask
from aestudio.images.photo import Box

TILE = 256  # pixels
NOWHERE = Box(0, 0, 0, 0)


class _Tile(NamedTuple):
    """One square of a mask with something in it. Tiles of equal pixels are equal: they are packed in one way only."""

    packed: bytes
    painted: int  # pixels above 0
    box: Box  # around these, in pixels of the photo

    @classmethod
    def of(cls, pixels: Mask, place: Box) -> "_Tile | None":
        """None if there is nothing in it."""
        painted = cv2.countNonZero(pixels)
        if not painted:
            return None
        left, top, width, height = cv2.boundingRect(pixels)
        box = Box(place.y0 + top, place.y0 + top + height, place.x0 + left, place.x0 + left + width)
        if painted == pixels.size and pixels.min() == FULL:
            return cls(_packed_full(pixels.size), painted, box)
        return cls(zlib.compress(np.ascontiguousarray(pixels).data, 1), painted, box)

    def pixels(self, place: Box) -> Mask:
        """(h, w), not to be written to."""
        return np.frombuffer(zlib.decompress(self.packed), np.uint8).reshape(place.height, place.width)


@dataclass(frozen=True)
class PaintedMask:
    """What is painted over a photo of that size: a value, never changed, and cheap to keep in many versions.

    Equal to another one of the same size and content, wherever they come from.
    """

    height: int
    width: int
    _tiles: tuple[_Tile | None, ...] = field(repr=False)  # row by row; None where nothing is painted
    name: str = field(default="", compare=False)  # of the file that it came from

    @classmethod
    def empty(cls, height: int, width: int, name: str = "") -> "PaintedMask":
        """Nothing is painted."""
        return cls(height, width, (None,) * (_count(height) * _count(width)), name)

    @classmethod
    def of(cls, mask: Mask, name: str = "") -> "PaintedMask":
        """All of a mask (H, W)."""
        height, width = mask.shape
        return cls.empty(height, width, name).updated(mask, Box(0, height, 0, width))

    def updated(self, mask: Mask, *boxes: Box) -> "PaintedMask":
        """The version after this one: `mask` (H, W) differs from it within the boxes at most.

        Costs what the boxes cost; those along a stroke cost less than the one around it. Raises ValueError if the mask
        has another size.
        """
        self._check(mask)
        tiles = list(self._tiles)
        touched = {number: place for box in boxes for number, place in self._places(box)}
        for number, place in touched.items():
            tile = _Tile.of(mask[place.slices], place)
            if tile != tiles[number]:  # an equal one stays the same object, so that comparing versions is quick
                tiles[number] = tile
        return replace(self, _tiles=tuple(tiles))

    def pixels(self) -> Mask:
        """The whole mask (H, W), the caller's own."""
        return self.part(Box(0, self.height, 0, self.width))

    def part(self, box: Box) -> Mask:
        """The mask within a box (h, w); 0 where the box reaches beyond the photo."""
        part = empty_mask(box.height, box.width)
        for number, place in self._places(box):
            tile = self._tiles[number]
            if tile is not None:
                common = _common(place, box)
                part[_within(common, box).slices] = tile.pixels(place)[_within(common, place).slices]
        return part

    def put_into(self, mask: Mask, other: "PaintedMask") -> Box:
        """Change an array (H, W) that shows `other` so that it shows this. What changed is within the box returned.

        Costs what the tiles that differ cost. Raises ValueError if the sizes are not the same.
        """
        self._check(mask)
        if (other.height, other.width) != (self.height, self.width):
            raise ValueError("the masks are not of one size")
        touched: Box | None = None
        pairs = zip(self._tiles, other._tiles, strict=True)
        for number, (own, shown) in enumerate(pairs):
            if own is shown or own == shown:
                continue
            place = self._place(number)
            mask[place.slices] = 0 if own is None else own.pixels(place)
            touched = _around(touched, place)
        return touched or NOWHERE

    def scaled(self, height: int, width: int) -> "PaintedMask":
        """The same for a photo of another size: linear in between, and no thin line is lost where it is smaller."""
        if (height, width) == (self.height, self.width):
            return self
        smaller = height * width < self.height * self.width
        method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
        pixels = cv2.resize(self.pixels(), (width, height), interpolation=method)
        return PaintedMask.of(pixels.astype(np.uint8, copy=False), self.name)

    @cached_property
    def box(self) -> Box | None:
        """The smallest box around all that is painted, or None if nothing is."""
        box: Box | None = None
        for tile in self._tiles:
            if tile is not None:
                box = _around(box, tile.box)
        return box

    @cached_property
    def share(self) -> float:
        """How much of the photo is painted, even faintly: from 0 to 1."""
        return sum(tile.painted for tile in self._tiles if tile is not None) / max(1, self.height * self.width)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted."""
        return self.box is None

    @cached_property
    def nbytes(self) -> int:
        """Memory held; versions share much of it."""
        return sum(len(tile.packed) for tile in self._tiles if tile is not None)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.height, self.width, self._tiles))

    def _check(self, mask: Mask) -> None:
        if mask.shape != (self.height, self.width):
            raise ValueError("the mask is not as large as the photo")

    def _place(self, number: int) -> Box:
        row, column = divmod(number, _count(self.width))
        y, x = row * TILE, column * TILE
        return Box(y, min(y + TILE, self.height), x, min(x + TILE, self.width))

    def _places(self, box: Box) -> Iterator[tuple[int, Box]]:
        """Number and place of the tiles that a box touches."""
        inside = _common(box, Box(0, self.height, 0, self.width))
        if not inside.height or not inside.width:
            return
        across = _count(self.width)
        for row in range(inside.y0 // TILE, _count(inside.y1)):
            for column in range(inside.x0 // TILE, _count(inside.x1)):
                number = row * across + column
                yield number, self._place(number)


@cache
def _packed_full(size: int) -> bytes:
    """A full tile of so many pixels: most of a large area is made of these."""
    return zlib.compress(bytes([FULL]) * size, 1)


def _count(length: int) -> int:
    """Tiles needed for so many pixels."""
    return -(-length // TILE)


def _common(one: Box, other: Box) -> Box:
    y0, x0 = max(one.y0, other.y0), max(one.x0, other.x0)
    return Box(y0, max(y0, min(one.y1, other.y1)), x0, max(x0, min(one.x1, other.x1)))


def _within(box: Box, outer: Box) -> Box:
    """The box in the pixels of an array that holds `outer`."""
    return Box(box.y0 - outer.y0, box.y1 - outer.y0, box.x0 - outer.x0, box.x1 - outer.x0)


def _around(box: Box | None, other: Box) -> Box:
    if box is None:
        return other
    return Box(min(box.y0, other.y0), max(box.y1, other.y1), min(box.x0, other.x0), max(box.x1, other.x1))
