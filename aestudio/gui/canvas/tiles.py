"""Pieces of a photo at the size they are painted, kept for the next frame."""

import math
from collections import OrderedDict
from enum import IntEnum
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColorTransform, QImage

from aestudio.gui.canvas.colours import ScreenColours
from aestudio.gui.canvas.pyramid import Pyramid, Shown, Source, has_alpha, shown_u8
from aestudio.images.photo import Box, Pixels

TILE = 256  # device pixels
NEAREST_ABOVE = 2.0  # zoom from which single pixels are shown as squares


class Side(IntEnum):
    """What a tile shows."""

    BEFORE = 0
    AFTER = 1
    BLEND = 2  # after, at the strength wanted
    SKETCH = 3  # a small picture of what the after side will be


class TileKey(NamedTuple):
    """One tile of one side, of the photo painted `width` by `height` device pixels large."""

    side: Side
    width: int
    height: int
    column: int
    row: int
    quick: bool = False  # from half as many pixels: soft, for a photo in motion

    @property
    def rect(self) -> QRect:
        """Where it lies, from the photo's corner, in device pixels."""
        x, y = self.column * TILE, self.row * TILE
        return QRect(x, y, min(TILE, self.width - x), min(TILE, self.height - y))


class Tile:
    """Pixels in the photo's colours, and the image in the screen's.

    Where both are the same, the image looks at the pixels: QImage does not keep them alive itself.
    """

    def __init__(self, bgra: Shown, alpha: bool, transform: QColorTransform | None = None) -> None:
        self.bgra = np.ascontiguousarray(bgra)
        height, width = bgra.shape[:2]
        form = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
        self.alpha = alpha
        self.image = QImage(self.bgra.data, width, height, width * 4, form)
        self.size_bytes = int(self.bgra.nbytes)
        if transform is not None:
            self.image = self.image.colorTransformed(transform)
            self.size_bytes *= 2


class TileCache:
    """Renders tiles of the two sides when they are wanted, and forgets those not wanted for longest."""

    def __init__(self, max_bytes: int = 160 * 2**20) -> None:
        self.before: Pyramid | None = None
        self.after: Pyramid | None = None
        self.sketch: Pyramid | None = None
        self.colours = ScreenColours()
        self._strength = 1.0
        self._max_bytes = max_bytes
        self._bytes = 0
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()

    @property
    def strength(self) -> float:
        """Share of the after side in a blend."""
        return self._strength

    @strength.setter
    def strength(self, strength: float) -> None:
        self._strength = strength
        self.forget(Side.BLEND)

    @property
    def size_bytes(self) -> int:
        """Memory held."""
        return self._bytes

    def tile(self, key: TileKey) -> Tile | None:
        """The tile, from memory or made now; None if its side has nothing to show yet."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
            return tile
        tile = self._blended(key) if key.side == Side.BLEND else self._rendered(key)
        if tile is not None:
            self._tiles[key] = tile
            self._bytes += tile.size_bytes
            while self._bytes > self._max_bytes:
                self._bytes -= self._tiles.popitem(last=False)[1].size_bytes
        return tile

    def forget(self, *sides: Side, box: Box | None = None, photo_width: int = 1) -> None:
        """Drop the tiles of some sides; those that touch a box of a photo that wide, or all."""
        stale = [
            key
            for key in self._tiles
            if key.side in sides and (box is None or _touches(key, box, key.width / photo_width))
        ]
        for key in stale:
            self._bytes -= self._tiles.pop(key).size_bytes

    def _rendered(self, key: TileKey) -> Tile | None:
        pyramid = {Side.BEFORE: self.before, Side.SKETCH: self.sketch}.get(key.side, self.after)
        if pyramid is None:
            return None
        source = pyramid.source(key.width / pyramid.width / (2 if key.quick else 1))
        if source is None:
            return None
        rendered = render(source, pyramid.width, pyramid.height, key)
        return Tile(rendered, has_alpha(source.pixels), self._transform(pyramid))

    def _blended(self, key: TileKey) -> Tile | None:
        before, after = self.tile(key._replace(side=Side.BEFORE)), self.tile(key._replace(side=Side.AFTER))
        if before is None or after is None or self.after is None:
            return after
        blend = cv2.addWeighted(after.bgra, self._strength, before.bgra, 1 - self._strength, 0)
        return Tile(blend.astype(np.uint8, copy=False), before.alpha or after.alpha, self._transform(self.after))

    def _transform(self, pyramid: Pyramid) -> QColorTransform | None:
        return self.colours.transform(pyramid.icc, int(pyramid.pixels.shape[2]))


def render(source: Source, photo_width: int, photo_height: int, key: TileKey) -> Shown:
    """One tile as blue, green, red, alpha, at the size it is painted."""
    rect = key.rect
    step_x = photo_width * source.scale_x / key.width  # source pixels per device pixel
    step_y = photo_height * source.scale_y / key.height
    if step_x == step_y == 1:
        crop = source.pixels[rect.y() : rect.y() + rect.height(), rect.x() : rect.x() + rect.width()]
        return _bgra(_shown(source, crop))
    if key.width > NEAREST_ABOVE * photo_width * 1.0001:
        return _nearest(source, rect, step_x, step_y)
    return _smooth(source, rect, step_x, step_y)


def _shown(source: Source, crop: Pixels) -> Shown:
    return shown_u8(crop) if source.raw else crop


def _nearest(source: Source, rect: QRect, step_x: float, step_y: float) -> Shown:
    columns = _indices(rect.x(), rect.width(), step_x, source.pixels.shape[1])
    rows = _indices(rect.y(), rect.height(), step_y, source.pixels.shape[0])
    crop = source.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    shown: Shown = _bgra(_shown(source, crop))
    wide: Shown = np.take(shown, columns - columns[0], axis=1)
    squares: Shown = np.take(wide, rows - rows[0], axis=0)
    return squares


def _indices(start: int, count: int, step: float, length: int) -> NDArray[np.intp]:
    at: NDArray[np.intp] = np.floor((np.arange(start, start + count) + 0.5) * step).astype(np.intp)
    return at.clip(0, length - 1)


def _smooth(source: Source, rect: QRect, step_x: float, step_y: float) -> Shown:
    """Bilinear. All tiles of a photo sample one grid, so that they join without seams."""
    left, right, shift_x = _span(rect.x(), rect.width(), step_x, source.pixels.shape[1])
    top, bottom, shift_y = _span(rect.y(), rect.height(), step_y, source.pixels.shape[0])
    # four channels before mixing: alpha has to be multiplied in, and OpenCV does four faster than three
    crop = _bgra(_shown(source, source.pixels[top:bottom, left:right]))
    sampled: Shown = cv2.warpAffine(
        crop,
        np.array([[step_x, 0, shift_x - left], [0, step_y, shift_y - top]]),
        (rect.width(), rect.height()),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.uint8, copy=False)
    return sampled


def _span(start: int, count: int, step: float, length: int) -> tuple[int, int, float]:
    """First and last source index that `count` device pixels need, and where the tile's first pixel is sampled."""
    shift = (start + 0.5) * step - 0.5
    first = min(max(0, math.floor(shift) - 1), length - 1)
    last = min(length, math.ceil(shift + count * step) + 2)
    return first, max(last, first + 1), shift


def _bgra(shown: Shown) -> Shown:
    channels = shown.shape[2]
    if channels == 2:
        grey, alpha = shown[..., 0], shown[..., 1]
        return np.dstack((grey, grey, grey, alpha))
    code = {1: cv2.COLOR_GRAY2BGRA, 3: cv2.COLOR_RGB2BGRA, 4: cv2.COLOR_RGBA2BGRA}[channels]
    return cv2.cvtColor(shown, code).astype(np.uint8, copy=False)


def _touches(key: TileKey, box: Box, zoom: float) -> bool:
    rect = key.rect
    reach = max(2.0, 2 * zoom)  # smooth sampling looks at its neighbours
    return (
        rect.x() < box.x1 * zoom + reach
        and box.x0 * zoom - reach < rect.x() + rect.width()
        and rect.y() < box.y1 * zoom + reach
        and box.y0 * zoom - reach < rect.y() + rect.height()
    )
