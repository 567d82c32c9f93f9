"""The headings of a batch's table: flat, and in line with what stands below them."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from aestudio.gui.batch.model import NUMBERS, BatchModel, Column
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP

HEIGHT: Final = 32
_ARROW: Final = 16
_WIDTHS: Final = {Column.SIZE: 96, Column.STATE: 112, Column.TIME: 104}


class BatchHeader(QHeaderView):
    """A click sorts, a second one the other way round, a third one puts back the order of the folders."""

    def __init__(self, model: BatchModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorClearable(True)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Headings"))

    def arrange(self) -> None:
        """Give the columns their widths; for when the table has its model."""
        # a selection of its own, and empty: to see whether a column is selected, a heading asks for each of its cells
        self.setSelectionModel(QItemSelectionModel(self._model, self))
        for column in Column:
            fixed = column in _WIDTHS
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            self.setSectionResizeMode(column, mode)
            if fixed:
                self.resizeSection(column, _WIDTHS[column])

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Qt asks for one heading."""
        palette = self.palette()
        painter.save()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Window))
        place = rect.adjusted(2 * GAP, 0, -2 * GAP, 0)
        text = str(self._model.headerData(logical_index, Qt.Orientation.Horizontal))
        sorted_by = self.sortIndicatorSection() == logical_index
        width = painter.fontMetrics().horizontalAdvance(text)
        right = logical_index in NUMBERS
        left = place.right() - width + 1 if right else place.left()
        role = QPalette.ColorRole.WindowText if sorted_by else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        painter.drawText(QRect(left, place.top(), width, place.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if sorted_by:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            corner = left - _ARROW - 2 if right else left + width + 2
            arrow = QRect(corner, place.center().y() - _ARROW // 2 + 1, _ARROW, _ARROW)
            icon("menu-up" if up else "menu-down").paint(painter, arrow)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Qt asks how high it would like to be."""
        return QSize(super().sizeHint().width(), HEIGHT)
