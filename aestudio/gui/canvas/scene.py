"""The two sides of a comparison, and how they are painted: pixels only, no mouse, no window."""

import math
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect, Signal, Slot
from PySide6.QtGui import QColorSpace, QPainter, QRegion

from aestudio.gui.canvas.builder import PyramidBuilder
from aestudio.gui.canvas.overlay import checkerboard, hatching
from aestudio.gui.canvas.pyramid import Pyramid, Shown, Source, zeros
from aestudio.gui.canvas.tiles import TILE, Side, TileCache, TileKey
from aestudio.images.convert import profile_in_colour
from aestudio.images.photo import Box, Photo, Pixels

Value = tuple[int | float, int | float, int | float]


class CanvasScene(QObject):
    """Holds the before and the after side; used in the GUI thread only."""

    changed = Signal(object)  # Box of photo pixels to paint anew, or None for all

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles = TileCache()
        self._photo: Pyramid | None = None  # the before side, unless there is another picture in its place
        self._builders = {Side.BEFORE: PyramidBuilder(), Side.AFTER: PyramidBuilder()}
        for builder in self._builders.values():
            builder.drafted.connect(self._on_drafted)
            builder.built.connect(self._on_built)
        self.in_motion = False  # painted quickly, a little soft
        self._unfinished = QRegion()  # photo pixels of the after side that are not restored yet

    @property
    def width(self) -> int:
        """Columns of the photo, 0 if there is none."""
        return self._tiles.before.width if self._tiles.before else 0

    @property
    def height(self) -> int:
        """Rows of the photo, 0 if there is none."""
        return self._tiles.before.height if self._tiles.before else 0

    @property
    def has_result(self) -> bool:
        """Whether there is an after side, finished or not."""
        return self._tiles.after is not None

    @property
    def finished(self) -> bool:
        """Whether the whole after side is restored."""
        return self.has_result and self._unfinished.isEmpty()

    @property
    def settled(self) -> bool:
        """Whether all sizes of both sides are made: nothing gets sharper by waiting."""
        return all(side is None or side.ready for side in (self._tiles.before, self._tiles.after))

    @property
    def covers(self) -> bool:
        """Whether every pixel of the photo can be painted now: no need of a background under it."""
        return self._tiles.before is not None and self._tiles.before.drawable

    @property
    def strength(self) -> float:
        """Share of the after side, in [0, 1]."""
        return self._tiles.strength

    def set_screen(self, space: QColorSpace) -> None:
        """The colours of the screen."""
        if space != self._tiles.colours.screen:
            self._tiles.colours.screen = space
            self._tiles.forget(*Side)
            self.changed.emit(None)

    def set_photo(self, photo: Photo | None) -> None:
        """Another before side; the after side goes."""
        before = Pyramid.of_photo(photo.pixels, photo.metadata.icc) if photo else None
        shown = self._tiles.before
        if before and shown and not shown.pixels_known and (shown.width, shown.height) == (before.width, before.height):
            before.draft = shown.draft  # the preview, until something finer is there
        self._photo = before
        self._set(Side.AFTER, None)
        self._set(Side.BEFORE, before)

    def set_preview(self, preview: Photo, width: int, height: int) -> None:
        """A small picture in place of a photo of that size."""
        self._photo = Pyramid.of_preview(preview.pixels, width, height, preview.metadata.icc)
        self._set(Side.AFTER, None)
        self._set(Side.BEFORE, self._photo)

    def set_reference(self, pixels: Pixels | None) -> None:
        """Another picture of the photo's size on the before side, in the photo's place; None: the photo again."""
        shown = self._tiles.before
        if pixels is None:
            if shown is not self._photo:
                self._set(Side.BEFORE, self._photo)
            return
        if shown is None or pixels.shape[:2] != (self.height, self.width):
            raise ValueError("the picture is not as large as the photo")
        before = Pyramid.of_photo(pixels, self._icc_of_result(pixels))
        if not before.ready:
            before.lean_on(shown)
        self._set(Side.BEFORE, before)

    def set_result(self, pixels: Pixels | None, finished: bool = True) -> None:
        """Another after side, whole or to be filled by `update_tile`."""
        if pixels is not None and pixels.shape[:2] != (self.height, self.width):
            raise ValueError("the result is not as large as the photo")
        self._unfinished = QRegion()
        if pixels is None:
            self._set(Side.AFTER, None)
        elif finished:
            after, shown = Pyramid.of_photo(pixels, self._icc_of_result(pixels)), self._tiles.after
            if shown and not after.ready:
                after.lean_on(shown)
            self._set(Side.AFTER, after)
        else:
            self._begin(Pyramid.to_fill(pixels, self._icc_of_result(pixels)))

    def begin_result(self, sketch: Pixels) -> None:
        """A new after side to be filled by `update_tile`; a small picture of it stands where no box is yet."""
        room = zeros((self.height, self.width, int(sketch.shape[2])), sketch.dtype)
        icc = self._icc_of_result(sketch)
        self._begin(Pyramid.to_fill(room, icc))
        self._tiles.sketch = Pyramid.of_preview(sketch, self.width, self.height, icc)
        self._tiles.forget(Side.SKETCH)

    def update_tile(self, box: Box, pixels: Pixels) -> None:
        """Take over one restored box. Begins a new after side if there is none, or if that is whole."""
        before, after = self._tiles.before, self._tiles.after
        if before is None or not before.pixels_known:
            raise ValueError("there is no photo to restore")
        if after is None or self._unfinished.isEmpty():
            room = zeros((before.height, before.width, int(pixels.shape[2])), pixels.dtype)
            after = Pyramid.to_fill(room, self._icc_of_result(pixels))
            self._begin(after)
        after.put(box, pixels)
        self._unfinished -= QRegion(box.x0, box.y0, box.width, box.height)
        self._tiles.forget(Side.AFTER, Side.BLEND, box=box, photo_width=self.width)
        self.changed.emit(box)

    def set_strength(self, strength: float) -> None:
        """Another share of the after side: what is in view is blended anew, nothing else."""
        self._tiles.strength = min(max(strength, 0.0), 1.0)
        self.changed.emit(None)

    def value_at(self, x: int, y: int, after: bool) -> Value | None:
        """Red, green, blue of one photo pixel at the photo's own depth; None while they are not known."""
        before, restored = self._tiles.before, self._tiles.after
        if before is None or not before.pixels_known:
            return None
        value, kind = before.value(x, y), before.pixels.dtype
        if after and restored and self.strength > 0 and not self._unfinished.contains(QPoint(x, y)):
            if restored.pixels.dtype != kind:  # a compressed photo has a depth of its own, and is not blended
                value, kind = restored.value(x, y), restored.pixels.dtype
            else:
                value = value + self.strength * (restored.value(x, y) - value)
        if kind.kind == "f":
            return float(value[0]), float(value[1]), float(value[2])
        return round(value[0]), round(value[1]), round(value[2])

    def shut_down(self) -> None:
        """Stop the threads and wait for them."""
        for builder in self._builders.values():
            builder.stop()
            builder.wait()

    def stop(self) -> None:
        """Stop the threads without waiting."""
        for builder in self._builders.values():
            builder.stop()

    def paint(self, painter: QPainter, origin: QPoint, size: tuple[int, int], clip: QRect, after: bool) -> None:
        """Paint one side within `clip`, the whole photo being `size` large at `origin`; all in device pixels."""
        photo = QRect(origin.x(), origin.y(), *size)
        clip &= photo
        if clip.isEmpty():
            return
        if any(side and side.alpha for side in (self._tiles.before, self._tiles.after)):
            painter.setBrushOrigin(origin)
            painter.fillRect(clip, checkerboard())
        if not after or not self.has_result or self.strength == 0:
            self._paint_tiles(painter, Side.BEFORE, origin, size, QRegion(clip))
            return
        side = Side.AFTER if self.strength == 1 else Side.BLEND
        if self._unfinished.isEmpty():
            self._paint_tiles(painter, side, origin, size, QRegion(clip))
            return
        waiting = self._on_screen(self._unfinished, origin, size) & QRegion(clip)
        self._paint_tiles(painter, side, origin, size, QRegion(clip) - waiting)
        self._paint_tiles(painter, Side.BEFORE, origin, size, waiting)
        if self._tiles.sketch is not None:
            painter.setOpacity(self.strength)
            self._paint_tiles(painter, Side.SKETCH, origin, size, waiting)
            painter.setOpacity(1.0)
            return
        painter.setBrushOrigin(origin)
        for rect in _rects(waiting):
            painter.fillRect(rect, hatching())

    def _paint_tiles(
        self, painter: QPainter, side: Side, origin: QPoint, size: tuple[int, int], region: QRegion
    ) -> None:
        area = region.boundingRect().translated(-origin)
        quick = self.in_motion and size[0] < self.width
        for row in range(area.top() // TILE, area.bottom() // TILE + 1):
            for column in range(area.left() // TILE, area.right() // TILE + 1):
                key = TileKey(side, *size, column, row, quick)
                place = key.rect.translated(origin)
                pieces = region & place
                if pieces.isEmpty():
                    continue
                tile = self._tiles.tile(key) or self._tiles.tile(key._replace(side=Side.BEFORE))
                if tile is None:
                    continue
                for piece in _rects(pieces):
                    painter.drawImage(piece.topLeft(), tile.image, piece.translated(-place.topLeft()))

    def _on_screen(self, region: QRegion, origin: QPoint, size: tuple[int, int]) -> QRegion:
        """Photo pixels to device pixels, one wider all round: smooth sampling looks at its neighbours."""
        zoom_x, zoom_y = size[0] / self.width, size[1] / self.height
        edge = 1 + math.ceil(max(zoom_x, zoom_y) / 2) if zoom_x != 1 else 0
        grown = QRegion()
        for rect in _rects(region):
            left, top = math.floor(rect.x() * zoom_x) - edge, math.floor(rect.y() * zoom_y) - edge
            right = math.ceil((rect.x() + rect.width()) * zoom_x) + edge
            bottom = math.ceil((rect.y() + rect.height()) * zoom_y) + edge
            grown |= QRegion(origin.x() + left, origin.y() + top, right - left, bottom - top)
        return grown

    def _icc_of_result(self, pixels: Pixels) -> bytes | None:
        """A result has the photo's profile; one in colour of a grey photo has the one that it was given then."""
        before = self._photo
        if before is None:
            return None
        coloured = before.pixels.shape[2] < 3 <= pixels.shape[2]
        return profile_in_colour(before.icc) if coloured else before.icc

    def _begin(self, after: Pyramid) -> None:
        self._set(Side.AFTER, after)
        self._unfinished = QRegion(0, 0, self.width, self.height)

    def _set(self, side: Side, pyramid: Pyramid | None) -> None:
        if side == Side.BEFORE:
            self._tiles.before = pyramid
        else:
            self._tiles.after = pyramid
            self._tiles.sketch = None
            self._unfinished = QRegion()
        self._tiles.forget(side, Side.BLEND)
        self._builders[side].stop()
        if pyramid and not pyramid.ready:
            self._builders[side].build(pyramid)
        self.changed.emit(None)

    def _side_of(self, pyramid: Pyramid) -> Side | None:
        if pyramid is self._tiles.before:
            return Side.BEFORE
        return Side.AFTER if pyramid is self._tiles.after else None

    @Slot(object, object)
    def _on_drafted(self, pyramid: Pyramid, draft: Source) -> None:
        side = self._side_of(pyramid)
        if side is not None and pyramid.offer_draft(draft):
            self._tiles.forget(side, Side.BLEND)
            self.changed.emit(None)

    @Slot(object, object)
    def _on_built(self, pyramid: Pyramid, levels: list[Shown]) -> None:
        side = self._side_of(pyramid)
        if side is not None:
            pyramid.settle(levels)
            self._tiles.forget(side, Side.BLEND)
            self.changed.emit(None)


def _rects(region: QRegion) -> list[QRect]:
    """The rectangles a region consists of; Qt's type hints do not know that it can be walked over."""
    return list(cast(Iterable[QRect], region))
