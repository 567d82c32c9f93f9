"""Headings of the tables of a training: flat, as those of a batch."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP

HEIGHT = 32
_ARROW = 16


class FlatHeader(QHeaderView):
    """Quiet text on the panel's ground, and an arrow where the table is sorted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Headings"))

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Qt asks for one heading."""
        model, across = self.model(), Qt.Orientation.Horizontal
        text = str(model.headerData(logical_index, across) or "")
        alignment = model.headerData(logical_index, across, Qt.ItemDataRole.TextAlignmentRole)
        right = alignment is not None and bool(Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight)
        painter.save()
        painter.fillRect(rect, self.palette().color(QPalette.ColorRole.Window))
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical_index
        role = QPalette.ColorRole.WindowText if is_sorted else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        place = rect.adjusted(GAP, 0, -GAP, 0)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
        if is_sorted:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            width = painter.fontMetrics().horizontalAdvance(text)
            left = place.right() - width - _ARROW if right else place.left() + width + 2
            arrow = QRect(left, place.center().y() - _ARROW // 2 + 1, _ARROW, _ARROW)
            icon("menu-up" if up else "menu-down").paint(painter, arrow)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Qt asks how high it would like to be."""
        return QSize(super().sizeHint().width(), HEIGHT)
