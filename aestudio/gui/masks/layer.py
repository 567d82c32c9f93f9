"""The mask being painted, as a red veil over the photo, with the outlines of what the hand is drawing."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from aestudio.gui.canvas.pyramid import SMALLEST, halved_box, zeros
from aestudio.images.mask import Mask, Point
from aestudio.images.photo import Box

BAND = 64  # rows halved at a time: they fit into the processor's cache
DENSITY = 0.5  # of the veil where the mask is full
_RED = (255, 45, 45)
_LINE = QColor(255, 255, 255, 235)
_EDGE = QColor(0, 0, 0, 170)  # keeps the white line visible over a white sky


def _shades() -> list[int]:
    """What to paint for each value of a mask: 0xAARRGGBB."""
    return [QColor(*_RED, round(value * DENSITY)).rgba() for value in range(256)]


class MaskLayer(QObject):
    """Looks at an array that its owner changes in place, and only at the part of it that is painted.

    It keeps the mask at halved sizes, two by two pixels becoming the largest of them: so a thin stroke stays visible
    in a small view.
    """

    changed = Signal(object)  # Box of photo pixels to paint anew; outlines may lie beside the photo

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._levels: list[Mask] = []  # the mask itself, then its halved sizes
        self._shown = True
        self._shades = _shades()
        self._ring: tuple[Point, float] | None = None
        self._outline: tuple[Point, ...] = ()
        self._closed = False

    @property
    def mask(self) -> Mask | None:
        """The array shown."""
        return self._levels[0] if self._levels else None

    def set_mask(self, mask: Mask | None, box: Box | None = None) -> None:
        """Show another mask (H, W), or none. It is not copied, and the same array again does nothing: see `touch`.

        `box` may say that nothing is painted outside of it: then a large mask is there at once.
        """
        if mask is self.mask:
            return
        before = self._whole
        self._levels = []
        if mask is not None:
            self._levels = [mask, *_empty_levels(mask)]
            self._halve(self._whole if box is None else box)
        self.changed.emit(Box(0, max(before.y1, self._whole.y1), 0, max(before.x1, self._whole.x1)))

    def set_shown(self, shown: bool) -> None:
        """Show the mask, or hide it: it is kept up to date then, and shown again at once. Outlines stay."""
        if shown != self._shown:
            self._shown = shown
            self.changed.emit(self._whole)

    def touch(self, box: Box) -> None:
        """Those pixels of the array have changed."""
        if self._levels and box.height > 0 and box.width > 0:
            self._halve(box)
            if self._shown:
                self.changed.emit(box)

    def set_ring(self, middle: Point | None, radius: float = 0.0) -> None:
        """Show the outline of a round brush at a point of the photo, or none."""
        before, self._ring = self._ring, None if middle is None else (middle, radius)
        if before != self._ring:
            for ring in (before, self._ring):
                if ring is not None:
                    self.changed.emit(_box_around([ring[0]], ring[1]))

    def set_outline(self, points: Sequence[Point], closed: bool = False) -> None:
        """Show a line through points of the photo, back to the first if it is closed; no points, no line."""
        before, after = self._outline, tuple(points)
        if (after, closed) == (before, self._closed):
            return
        grows = not closed and not self._closed and after[: len(before)] == before
        touched = after[max(0, len(before) - 1) :] if grows else before + after
        self._outline, self._closed = after, closed
        self.changed.emit(_box_around(touched, 0))

    # painting

    def paint(self, painter: QPainter, origin: QPoint, size: tuple[int, int], clip: QRect, quick: bool = False) -> None:
        """Paint the veil within `clip`, the whole photo being `size` large at `origin`; all in device pixels.

        `quick` is for a photo in motion, and coarser.
        """
        clip = clip & QRect(origin.x(), origin.y(), *size)
        if not self._levels or not self._shown or clip.isEmpty():
            return
        area = self._painted_part(clip.translated(-origin), size)
        if area.isEmpty():
            return
        values = np.ascontiguousarray(self._sampled(area, size, quick))
        image = QImage(values.data, area.width(), area.height(), area.width(), QImage.Format.Format_Indexed8)
        image.setColorTable(self._shades)
        # painting the values themselves would be slower than this and painting what it makes
        painter.drawImage(area.topLeft() + origin, image.convertToFormat(_FORMAT))

    def paint_lines(self, painter: QPainter, photos: Sequence[tuple[QRectF, QRectF]], width: int) -> None:
        """Paint ring and outline over a photo that wide.

        `photos` says where the whole of it lies and the part of the canvas that it may be seen in, for each time it is
        shown.
        """
        if self._ring is None and not self._outline:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for photo, window in photos:
            painter.setClipRect(window)
            zoom = photo.width() / width
            line = QPolygonF([_on_screen(point, photo, zoom) for point in self._outline])
            for colour, thickness in ((_EDGE, 3.0), (_LINE, 1.2)):
                painter.setPen(QPen(colour, thickness))
                if self._ring is not None:
                    middle, radius = self._ring
                    painter.drawEllipse(_on_screen(middle, photo, zoom), radius * zoom, radius * zoom)
                if self._closed:
                    painter.drawPolygon(line)
                else:
                    painter.drawPolyline(line)
        painter.restore()

    @property
    def _whole(self) -> Box:
        height, width = self._levels[0].shape if self._levels else (0, 0)
        return Box(0, height, 0, width)

    def _halve(self, box: Box) -> None:
        """Bring the halved sizes up to date within a box of the mask."""
        for below, level in zip(self._levels, self._levels[1:], strict=False):
            box = halved_box(box)
            for top in range(box.y0, box.y1, BAND):
                bottom = min(top + BAND, box.y1)
                part = below[2 * top : 2 * bottom, 2 * box.x0 : 2 * box.x1]
                level[top:bottom, box.x0 : box.x1] = _largest_of_four(part)

    def _painted_part(self, area: QRect, size: tuple[int, int]) -> QRect:
        """As much of an area of the photo on the screen as there is something painted in, by the smallest size."""
        level = self._levels[-1]
        step_x, step_y = self._steps(size, len(self._levels) - 1)
        left, top = max(0, math.floor(area.left() * step_x) - 1), max(0, math.floor(area.top() * step_y) - 1)
        right, bottom = math.ceil((area.right() + 1) * step_x) + 1, math.ceil((area.bottom() + 1) * step_y) + 1
        x, y, width, height = cv2.boundingRect(np.ascontiguousarray(level[top:bottom, left:right]))
        if not width:
            return QRect()
        # two more, for neighbours that are looked at
        x0, y0 = math.floor((left + x) / step_x) - 2, math.floor((top + y) / step_y) - 2
        x1, y1 = math.ceil((left + x + width) / step_x) + 2, math.ceil((top + y + height) / step_y) + 2
        return area & QRect(x0, y0, x1 - x0, y1 - y0)

    def _sampled(self, area: QRect, size: tuple[int, int], quick: bool) -> Mask:
        """An area of the photo on the screen: (h, w), a value for each device pixel."""
        height, width = self._levels[0].shape
        # a little more than whole steps: the size on the screen is rounded, and halves should be taken as halves
        depth = math.floor(math.log2(max(width / size[0], height / size[1])) + 1e-3)
        depth = min(max(0, depth) + quick, len(self._levels) - 1)
        level = self._levels[depth]
        step_x, step_y = self._steps(size, depth)
        if step_x == step_y == 1:
            return level[area.top() : area.top() + area.height(), area.left() : area.left() + area.width()]
        if step_x > 1 or step_y > 1:
            columns = _seconds(area.left(), area.width(), step_x, level.shape[1])
            rows = _seconds(area.top(), area.height(), step_y, level.shape[0])
            return _largest_at(level, rows, columns)
        columns = _middles(area.left(), area.width(), step_x, level.shape[1])
        rows = _middles(area.top(), area.height(), step_y, level.shape[0])
        part = np.ascontiguousarray(level[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
        wide: Mask = np.take(part, columns - columns[0], axis=1)
        squares: Mask = wide[rows - rows[0]]
        return squares

    def _steps(self, size: tuple[int, int], depth: int) -> tuple[float, float]:
        """Pixels of a level for each device pixel, the whole photo being `size` large."""
        height, width = self._levels[0].shape
        return width / size[0] / 2**depth, height / size[1] / 2**depth


_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def _empty_levels(mask: Mask) -> list[Mask]:
    height, width = mask.shape
    levels: list[Mask] = []
    while max(height, width) > SMALLEST:
        height, width = -(-height // 2), -(-width // 2)
        levels.append(zeros((height, width, 1), np.dtype(np.uint8))[..., 0])
    return levels


def _largest_of_four(part: Mask) -> Mask:
    """Half the size, the largest of each two by two; a row or column alone at the end stands for itself."""
    height, width = part.shape
    if height % 2 or width % 2:
        part = cv2.copyMakeBorder(part, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE).astype(np.uint8, copy=False)
    rows = np.maximum(part[::2], part[1::2])
    pairs = rows.view(np.uint16)  # both pixels at once: faster than every second one
    largest: Mask = np.maximum(pairs & 255, pairs >> 8).astype(np.uint8)
    return largest


def _middles(start: int, count: int, step: float, length: int) -> NDArray[np.intp]:
    """Of each device pixel from `start` on, the pixel of the mask that its middle is in."""
    at: NDArray[np.intp] = np.floor((np.arange(start, start + count) + 0.5) * step).astype(np.intp)
    return at.clip(0, length - 1)


def _seconds(start: int, count: int, step: float, length: int) -> NDArray[np.intp]:
    """Of each device pixel from `start` on, the second of the two pixels of the mask nearest to its middle.

    Where a step is less than two pixels, none is left out by looking at both.
    """
    at: NDArray[np.intp] = np.rint((np.arange(start, start + count) + 0.5) * step).astype(np.intp)
    return at.clip(min(1, length - 1), length - 1)


def _largest_at(level: Mask, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Mask:
    """For each row and column the largest of the pixel there, the one above, and the ones to the left of both."""
    left = max(0, int(columns[0]) - 1)
    part = level[:, left : columns[-1] + 1]
    tall: Mask = np.maximum(part[rows], part[np.maximum(rows - 1, 0)])
    if tall.shape[1] > 1:
        tall = np.maximum(tall[:, 1:], tall[:, :-1])
    picked: Mask = np.take(tall, np.maximum(columns - left - 1, 0), axis=1)
    return picked


def _on_screen(point: Point, photo: QRectF, zoom: float) -> QPointF:
    return QPointF(photo.x() + point[0] * zoom, photo.y() + point[1] * zoom)


def _box_around(points: Sequence[Point], reach: float) -> Box:
    if not points:
        return Box(0, 0, 0, 0)
    columns, rows = zip(*points, strict=True)
    return Box(
        math.floor(min(rows) - reach),
        math.ceil(max(rows) + reach),
        math.floor(min(columns) - reach),
        math.ceil(max(columns) + reach),
    )
