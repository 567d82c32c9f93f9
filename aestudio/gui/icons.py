"""Icons of one family (Material Design) that take their colour from the palette when they are drawn."""

import os

os.environ.setdefault("QT_API", "pyside6")  # qtawesome asks qtpy, which would take the first binding it finds

import qtawesome
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

ICON_PIXELS = 18


class _GlyphEngine(QIconEngine):
    """Draws one glyph in the palette's text colour, so that icons follow a change of theme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Qt asks for the icon at some size."""
        painter.save()
        font = qtawesome.font("mdi6", round(rect.height() * 0.95))
        painter.setFont(font)
        painter.setPen(_colour(mode, state))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, qtawesome.charmap(f"mdi6.{self._name}"))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Qt asks for the icon as a picture."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Qt copies an icon before changing it."""
        return _GlyphEngine(self._name)


def _colour(mode: QIcon.Mode, state: QIcon.State) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    if mode == QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    if state == QIcon.State.On:
        return palette.color(QPalette.ColorRole.Highlight)
    return palette.color(QPalette.ColorRole.ButtonText)


def icon(name: str) -> QIcon:
    """The icon of that Material Design name; what is switched on is drawn in the accent colour."""
    return QIcon(_GlyphEngine(name))
