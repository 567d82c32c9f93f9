"""Shows a mark with its transparency: over a checkerboard, and over grey as in a photo."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aestudio.gui.palette import GAP
from aestudio.tasks.known_mark import KnownMark

LONGEST = 960  # pixels of the picture's longer side: more is not seen
_SQUARE = 8
_LIGHT, _DARK, _GREY = QColor(136, 136, 136), QColor(102, 102, 102), QColor(119, 119, 119)
_LARGEST = 4.0  # a small mark is not blown up further


def mark_picture(mark: KnownMark) -> NDArray[np.uint8]:
    """(h, w, 4) at 8 bits, no larger than is seen, its colours multiplied with its cover; for workers."""
    rgba = np.concatenate((mark.colour * mark.cover[..., None], mark.cover[..., None]), axis=2)
    scale = LONGEST / max(rgba.shape[:2])
    if scale < 1:
        size = max(1, round(rgba.shape[1] * scale)), max(1, round(rgba.shape[0] * scale))
        rgba = cv2.resize(rgba, size, interpolation=cv2.INTER_AREA)
    levels: NDArray[np.uint8] = np.rint(np.clip(rgba, 0, 1) * 255).astype(np.uint8)
    return levels


class MarkView(QWidget):
    """Both halves show the same mark, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(96)
        self.setAccessibleName(self.tr("The mark, over a checkerboard and over grey"))
        self.setToolTip(self.tr("What will be taken off: the fainter it is here, the less of it covers your photos."))

    def sizeHint(self) -> QSize:
        """Qt asks how large it would like to be."""
        return QSize(560, 200)

    def show_picture(self, picture: NDArray[np.uint8]) -> None:
        """Show what `mark_picture` made."""
        height, width, _ = picture.shape
        data = np.ascontiguousarray(picture)
        self._image = QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        half = (self.width() - 2 * GAP) // 2
        left, right = QRect(0, 0, half, self.height()), QRect(self.width() - half, 0, half, self.height())
        painter.fillRect(left, _LIGHT)
        for y in range(0, left.height(), _SQUARE):
            for x in range((y // _SQUARE) % 2 * _SQUARE, left.width(), 2 * _SQUARE):
                painter.fillRect(QRect(x, y, _SQUARE, _SQUARE) & left, _DARK)
        painter.fillRect(right, _GREY)
        for place in (left, right):
            self._draw(painter, place)
        painter.end()

    def _draw(self, painter: QPainter, place: QRect) -> None:
        if self._image.isNull():
            return
        width, height = self._image.width(), self._image.height()
        inner = place.adjusted(2 * GAP, 2 * GAP, -2 * GAP, -2 * GAP)
        scale = min(inner.width() / width, inner.height() / height, _LARGEST)
        target = QRectF(0, 0, width * scale, height * scale)
        target.moveCenter(QRectF(inner).center())
        painter.drawImage(target, self._image)
