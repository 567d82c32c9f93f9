"""A photo at halved sizes in 8 bits, so that painting it small does not touch every pixel."""

import math
import mmap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.images.photo import Box, Pixels

Shown = NDArray[np.uint8]  # (h, w, C) as the screen takes it: 8 bits, colour premultiplied where there is alpha

BAND = 256  # rows of the photo worked on at a time: enough for eight levels
SMALLEST = 256  # no level below this many pixels on the long side
INLINE_PIXELS = 2_000_000  # smaller photos are halved at once, without a thread
DRAFT_SIDE = 1600  # long side of the quick sketch shown while the levels are made


class Source(NamedTuple):
    """Pixels to paint from, with how many of them make one pixel of the photo."""

    pixels: Pixels
    scale_x: float
    scale_y: float
    raw: bool = False  # at the photo's own depth, not yet as the screen takes them


def has_alpha(pixels: Pixels) -> bool:
    """Whether the last channel is alpha."""
    return int(pixels.shape[2]) % 2 == 0


def shown_u8(pixels: Pixels) -> Shown:
    """(h, w, C) of any depth as the screen takes it. Not a number counts as 0."""
    shown: Shown
    if pixels.dtype == np.uint8:
        shown = pixels
    elif pixels.dtype == np.uint16:
        scaled = cv2.convertScaleAbs(pixels, alpha=1 / 257)
        shown = scaled.reshape(pixels.shape).astype(np.uint8, copy=False)
    else:
        light = np.fmin(np.fmax(pixels, 0), 1)
        shown = cv2.convertScaleAbs(light, alpha=255).reshape(pixels.shape).astype(np.uint8, copy=False)
    if has_alpha(pixels):
        alpha = shown[..., -1:].astype(np.uint16)
        shown = shown.copy()
        shown[..., :-1] = ((shown[..., :-1] * alpha + 127) // 255).astype(np.uint8)
    return shown


def halved(shown: Shown, row: int = 0, column: int = 0) -> Shown:
    """Half the size, by averaging two by two. `row` and `column` say where the array begins in its level.

    Where that grid cuts a pair in two, the half at hand stands for both.
    """
    height, width, channels = shown.shape
    top, left = row % 2, column % 2
    bottom, right = (top + height) % 2, (left + width) % 2
    if top or left or bottom or right:
        shown = np.pad(shown, ((top, bottom), (left, right), (0, 0)), mode="edge")
        height, width = shown.shape[:2]
    half = cv2.resize(shown, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return half.reshape(height // 2, width // 2, channels).astype(np.uint8, copy=False)


def halved_box(box: Box) -> Box:
    """The box that covers `box` one level up."""
    return Box(box.y0 // 2, -(-box.y1 // 2), box.x0 // 2, -(-box.x1 // 2))


def zeros(shape: tuple[int, int, int], dtype: np.dtype[Any]) -> Pixels:
    """An array of zeros that takes up memory only where it is written.

    numpy asks for huge pages, and a tile, whose rows lie far apart, would make the system clear hundreds of
    megabytes at once.
    """
    memory = mmap.mmap(-1, max(1, math.prod(shape) * dtype.itemsize))
    return np.frombuffer(memory, dtype, count=math.prod(shape)).reshape(shape)


def empty_levels(pixels: Pixels) -> list[Shown]:
    """Zeroed arrays for all the halved sizes of `pixels`; the system hands out the memory when it is written."""
    height, width, channels = pixels.shape
    levels: list[Shown] = []
    while max(height, width) > SMALLEST and len(levels) < BAND.bit_length() - 1:
        height, width = -(-height // 2), -(-width // 2)
        levels.append(zeros((height, width, channels), np.dtype(np.uint8)))
    return levels


def build_levels(pixels: Pixels, stopped: Callable[[], bool] = lambda: False) -> list[Shown] | None:
    """All the halved sizes in one pass over the photo, band by band; None if stopped on the way."""
    levels = empty_levels(pixels)
    if not levels:
        return levels
    for top in range(0, pixels.shape[0], BAND):
        if stopped():
            return None
        shown = shown_u8(pixels[top : top + BAND])
        for depth, level in enumerate(levels, start=1):
            shown = halved(shown)
            row = top >> depth
            level[row : row + shown.shape[0]] = shown
    return levels


def build_draft(pixels: Pixels) -> Source:
    """A quick sketch: every n-th pixel of every n-th row."""
    step = max(1, -(-max(pixels.shape[:2]) // DRAFT_SIDE))
    first = step // 2 if min(pixels.shape[:2]) > step // 2 else 0
    return Source(shown_u8(np.ascontiguousarray(pixels[first::step, first::step])), 1 / step, 1 / step)


@dataclass(eq=False)
class Pyramid:
    """One side of the comparison: the photo itself, and its halved sizes once they are there."""

    pixels: Pixels
    width: int
    height: int
    pixels_known: bool = True  # False for a preview, which only stands for a photo of that width and height
    icc: bytes | None = None  # whose colours the pixels and all levels have
    draft: Source | None = None
    ready: bool = False  # all levels are there, made of these pixels
    _levels: list[Shown] | None = None

    @classmethod
    def of_photo(cls, pixels: Pixels, icc: bytes | None = None) -> "Pyramid":
        """A whole photo. The levels of a small one are made at once, those of a large one are left to the builder."""
        pyramid = cls(pixels, int(pixels.shape[1]), int(pixels.shape[0]), icc=icc)
        if pyramid.width * pyramid.height <= INLINE_PIXELS:
            pyramid.settle(build_levels(pixels) or [])
        return pyramid

    @classmethod
    def of_preview(cls, preview: Pixels, width: int, height: int, icc: bytes | None = None) -> "Pyramid":
        """A small picture that stands for a photo of another size."""
        draft = Source(shown_u8(preview), preview.shape[1] / width, preview.shape[0] / height)
        return cls(preview, width, height, pixels_known=False, icc=icc, draft=draft, ready=True)

    @classmethod
    def to_fill(cls, pixels: Pixels, icc: bytes | None = None) -> "Pyramid":
        """An after side whose boxes are still to come."""
        pyramid = cls(pixels, int(pixels.shape[1]), int(pixels.shape[0]), icc=icc)
        pyramid.settle(empty_levels(pixels))
        return pyramid

    @property
    def alpha(self) -> bool:
        """Whether something may show through."""
        return has_alpha(self.pixels)

    @property
    def drawable(self) -> bool:
        """Whether there is something to paint from at any zoom."""
        return self._levels is not None or self.draft is not None

    def settle(self, levels: list[Shown]) -> None:
        """Take the finished levels; a draft is not needed any more."""
        self._levels = levels
        self.draft = None
        self.ready = True

    def lean_on(self, other: "Pyramid") -> None:
        """Use another's levels until the own ones are made."""
        self._levels, self.draft = other._levels, other.draft

    def offer_draft(self, draft: Source) -> bool:
        """Take the draft if nothing finer is at hand. True if it was taken."""
        if self._levels is not None or (self.draft and self.draft.pixels.shape[1] >= draft.pixels.shape[1]):
            return False
        self.draft = draft
        return True

    def source(self, zoom: float) -> Source | None:
        """What to paint from at `zoom` screen pixels per photo pixel; None if there is nothing yet."""
        depth = max(0, math.floor(-math.log2(zoom) + 1e-9))
        if not self.pixels_known or (depth > 0 and self._levels is None):
            return self.draft
        depth = min(depth, len(self._levels or ()))
        if depth > 0 and self._levels:
            return Source(self._levels[depth - 1], 0.5**depth, 0.5**depth)
        return Source(self.pixels, 1.0, 1.0, raw=True)

    def value(self, x: int, y: int) -> NDArray[np.float64]:
        """Red, green and blue of one pixel."""
        channels = self.pixels[y, x]
        return np.asarray(channels[[0, 0, 0] if len(channels) < 3 else [0, 1, 2]], dtype=np.float64)

    def put(self, box: Box, pixels: Pixels) -> None:
        """Write a box of restored pixels into the photo, where it is not there already, and into its levels."""
        target = self.pixels[box.slices]
        if not np.may_share_memory(target, pixels):
            target[...] = pixels
        shown = shown_u8(target)
        for level in self._levels or ():
            shown = halved(shown, box.y0, box.x0)
            box = halved_box(box)
            level[box.slices] = shown
