"""What lies over the photo on the canvas: divider, labels, loupe, patterns."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPalette, QPen

HANDLE_RADIUS = 13.0
GRIP = 7.0  # how far beside the divider the mouse still takes hold of it
_LINE = QColor(255, 255, 255, 235)
_EDGE = QColor(0, 0, 0, 110)  # keeps white lines visible over a white sky
_PILL = QColor(20, 20, 20, 170)
_PILL_TEXT = QColor(238, 238, 238)


@cache
def checkerboard() -> QBrush:
    """What shows through transparent pixels: two greys, squares of 8 device pixels."""
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(QColor(154, 154, 154))
    painter = QPainter(image)
    painter.fillRect(0, 0, 8, 8, QColor(102, 102, 102))
    painter.fillRect(8, 8, 8, 8, QColor(102, 102, 102))
    painter.end()
    return QBrush(image)


@cache
def hatching() -> QBrush:
    """Faint slanted lines over what is not restored yet; grey, so that no colour is shifted."""
    side = 12
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    for x in range(side):
        y = (side - x) % side
        image.setPixelColor(x, y, QColor(255, 255, 255, 46))
        image.setPixelColor((x + 1) % side, y, QColor(0, 0, 0, 40))
    return QBrush(image)


def paint_line(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """The line between before and after, with edges that stand out from a white sky."""
    painter.fillRect(QRectF(x - 2, top, 4, bottom - top), _EDGE)
    painter.fillRect(QRectF(x - 1, top, 2, bottom - top), _LINE)


def paint_divider(painter: QPainter, x: float, top: float, bottom: float, active: QColor | None) -> None:
    """That line with its handle; `active` is its colour while it is held."""
    paint_line(painter, x, top, bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = (top + bottom) / 2
    painter.setPen(QPen(_EDGE, 1))
    painter.setBrush(active or _LINE)
    painter.drawEllipse(QPointF(x, middle), HANDLE_RADIUS, HANDLE_RADIUS)
    pen = QPen(QColor(40, 40, 40), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for way in (-1, 1):
        tip = QPointF(x + way * 7.5, middle)
        root = x + way * 3.5
        painter.drawPolyline([QPointF(root, middle - 4), tip, QPointF(root, middle + 4)])


def paint_label(painter: QPainter, text: str, corner: QPointF, room: QRectF, to_left: bool = False) -> None:
    """A word in a small dark pill at a corner, if `room` is wide enough for it."""
    font = QFont(painter.font())
    font.setPixelSize(11)
    metrics = QFontMetricsF(font)
    size = QSizeF(metrics.horizontalAdvance(text) + 16, metrics.height() + 6)
    left = corner.x() - size.width() if to_left else corner.x()
    pill = QRectF(QPointF(left, corner.y()), size)
    if not room.contains(pill):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PILL)
    painter.drawRoundedRect(pill, 4, 4)
    painter.setFont(font)
    painter.setPen(_PILL_TEXT)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def paint_frame(painter: QPainter, rect: QRectF, palette: QPalette, accent: bool) -> None:
    """A thin light frame with a dark edge; in the accent colour where it is active."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_EDGE, 3.5))
    painter.drawRect(rect)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight) if accent else _LINE, 1.5))
    painter.drawRect(rect)
