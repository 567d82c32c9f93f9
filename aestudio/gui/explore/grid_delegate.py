"""Draws one photo of a grid: the thumbnail in the shape of its photo, a tick, and what stands below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aestudio.gui.explore.pictures import shape_of
from aestudio.gui.palette import GAP

ROW_ROLE = Qt.ItemDataRole.UserRole
SIZE_ROLE = Qt.ItemDataRole.UserRole + 1
MARKED_ROLE = Qt.ItemDataRole.UserRole + 2
CAPTION_ROLE = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex


class PhotoDelegate(QStyledItemDelegate):
    """Draws a thumbnail in the shape of its photo, and the caption."""

    def __init__(self, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QSize(side, side)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All have the same size."""
        return item_size(self._box.width(), captions=bool(index.data(CAPTION_ROLE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks for each item in view."""
        rect: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), GAP, GAP)
        box = QRect(rect.topLeft() + QPoint((rect.width() - self._box.width()) // 2, 2 * GAP), self._box)
        target = QRect(QPoint(0, 0), shape_of(index.data(SIZE_ROLE), self._box))
        target.moveCenter(box.center())
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        if pixmap is None:
            painter.fillRect(target, palette.color(QPalette.ColorRole.Base))
        else:
            painter.drawPixmap(target, pixmap)
        if selected or state & QStyle.StateFlag.State_HasFocus:
            style = Qt.PenStyle.SolidLine if selected else Qt.PenStyle.DotLine
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2, style))
            painter.drawRect(target.adjusted(-1, -1, 1, 1))
        if index.data(MARKED_ROLE):
            self._paint_tick(painter, target, palette)
        self._paint_caption(painter, box, rect, index, palette)
        painter.restore()

    def _paint_tick(self, painter: QPainter, target: QRect, palette: QPalette) -> None:
        """On a disc in the accent colour, in a corner: it is seen on any photo."""
        disc = QRect(target.right() - 4 * GAP - GAP, target.top() + GAP, 4 * GAP, 4 * GAP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(disc)
        pen = QPen(palette.color(QPalette.ColorRole.HighlightedText), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = disc.center()
        painter.drawPolyline([middle + QPoint(-3, 1), middle + QPoint(0, 4), middle + QPoint(5, -3)])

    def _paint_caption(self, painter: QPainter, box: QRect, rect: QRect, index: Index, palette: QPalette) -> None:
        caption = index.data(CAPTION_ROLE)
        if not caption:
            return
        line = QRect(rect.left() + GAP, box.bottom() + GAP, rect.width() - 2 * GAP, rect.bottom() - box.bottom() - GAP)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        shown = QFontMetrics(painter.font()).elidedText(caption, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, shown)


def item_size(side: int, *, captions: bool) -> QSize:
    """Of a thumbnail with the room around it."""
    return QSize(side + 4 * GAP, side + 4 * GAP + (5 * GAP if captions else 0))
