"""What the lines of a chart are, above it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aestudio.gui.chart_style import Style, small_font
from aestudio.gui.palette import GAP

_LINE = 26  # pixels of a line


class LineLegend(QWidget):
    """Lines and their names beside each other; hidden where there are none."""

    toggled = Signal(bool)  # whether there are some

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[tuple[str, Style], ...] = ()
        self.setFont(small_font(self))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the lines are"))
        self.hide()

    def show_lines(self, lines: Sequence[tuple[str, Style]]) -> None:
        """Names and how they are drawn."""
        if self.lines != tuple(lines):
            self.lines = tuple(lines)
            self.setAccessibleDescription(", ".join(name for name, _ in lines))
            self.setVisible(bool(lines))
            self.toggled.emit(bool(lines))
            self.update()

    def sizeHint(self) -> QSize:
        """Qt asks how large it would like to be."""
        return QSize(0, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, metrics = 0.0, self.fontMetrics()
        for name, style in self.lines:
            painter.setPen(style.pen(self.palette()))
            painter.drawLine(QPointF(x, self.height() / 2), QPointF(x + _LINE, self.height() / 2))
            painter.setPen(self.palette().color(self.foregroundRole()))
            wide = metrics.horizontalAdvance(name)
            left = round(x) + _LINE + GAP
            painter.drawText(left, 0, wide + 1, self.height(), Qt.AlignmentFlag.AlignVCenter, name)
            x = left + wide + 4 * GAP
        painter.end()
