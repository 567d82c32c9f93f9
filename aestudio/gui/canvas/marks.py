"""What a tool lays over the photo on the canvas: marks at places of it, and a veil."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen

RADIUS = 8.0
REACH = 11.0  # how far from a mark's middle the mouse still takes hold of it
_RIM = QColor(255, 255, 255, 235)
_EDGE = QColor(0, 0, 0, 150)  # keeps the white rim visible over a white sky


@dataclass(frozen=True)
class Mark:
    """A small disc. `x` and `y` are shares of the photo's width and height."""

    x: float
    y: float
    colour: QColor


class MarkLayer(QObject):
    """Geometry in Qt's pixels: the canvas tells where the whole photo lies, once for each pane that it is in."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Mark, ...] = ()
        self._chosen: int | None = None
        self._veils: dict[object, QImage] = {}  # by who laid them

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks."""
        return self._marks

    @property
    def chosen(self) -> int | None:
        """The number of the mark that keys act on."""
        return self._chosen

    def set_marks(self, marks: Sequence[Mark], chosen: int | None = None) -> None:
        """Show other marks."""
        self._marks = tuple(marks)
        self._chosen = chosen if chosen is not None and chosen < len(self._marks) else None
        self.changed.emit()

    def set_veil(self, owner: object, alpha: NDArray[np.uint8] | None, colour: QColor | None = None) -> None:
        """Lay a colour over the photo, as dense at each place as `alpha` (h, w) says, whatever its size; or none.

        Each owner has a veil of its own, and takes no other one away.
        """
        if alpha is None or colour is None:
            if self._veils.pop(owner, None) is None:
                return
        else:
            height, width = alpha.shape
            rgba = np.empty((height, width, 4), np.uint8)
            rgba[..., :3] = colour.red(), colour.green(), colour.blue()
            rgba[..., 3] = alpha
            veil = QImage(rgba.data, width, height, width * 4, QImage.Format.Format_RGBA8888)
            self._veils[owner] = veil.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # a copy of its own
        self.changed.emit()

    def at(self, point: QPointF, photos: Sequence[tuple[QRectF, QRectF]]) -> int | None:
        """The mark under a point, the last painted first; `photos` as for `paint`."""
        for number in reversed(range(len(self._marks))):
            for photo, window in photos:
                if not window.contains(point):
                    continue
                away = _place(self._marks[number], photo) - point
                if away.x() ** 2 + away.y() ** 2 <= REACH**2:
                    return number
        return None

    def paint(self, painter: QPainter, photos: Sequence[tuple[QRectF, QRectF]]) -> None:
        """Paint all, for each photo (where the whole of it lies, the part of the canvas that it may be seen in)."""
        if not self._veils and not self._marks:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for photo, window in photos:
            painter.setClipRect(window)
            for veil in self._veils.values():
                painter.drawImage(photo, veil)
            for number, mark in enumerate(self._marks):
                self._paint_mark(painter, _place(mark, photo), mark.colour, chosen=number == self._chosen)
        painter.restore()

    @staticmethod
    def _paint_mark(painter: QPainter, middle: QPointF, colour: QColor, *, chosen: bool) -> None:
        radius = RADIUS + 2 * chosen
        painter.setPen(QPen(_EDGE, 4.5))
        painter.setBrush(colour)
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(QPen(_RIM, 3.0 if chosen else 2.0))
        painter.drawEllipse(middle, radius, radius)


def _place(mark: Mark, photo: QRectF) -> QPointF:
    return QPointF(photo.x() + mark.x * photo.width(), photo.y() + mark.y * photo.height())
