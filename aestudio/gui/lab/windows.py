"""Windows of the compression lab that stay open beside the photo: its chart, and its code."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from aestudio.gui.lab.code_view import CodeView
from aestudio.gui.lab.rate_chart import RateChart
from aestudio.gui.palette import GAP


class LabWindow(QDialog):
    """Does not stop the window that it belongs to; Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)

    def hold(self, content: QWidget, width: int, height: int) -> None:
        """Show a widget, at that size to begin with."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.addWidget(content)
        self.resize(width, height)

    def bring(self) -> None:
        """Show the window, in front of the other."""
        self.show()
        self.raise_()
        self.activateWindow()

    def event(self, event: QEvent) -> bool:
        """Qt asks whether a key is taken here before the studio's own keys are, which go on working."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt tells that the window went."""
        super().hideEvent(event)
        self.closed.emit()


class ChartWindow(LabWindow):
    """How size and quality go together."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Size and quality"))
        self.chart = RateChart()
        self.hold(self.chart, 640, 460)


class CodeWindow(LabWindow):
    """The numbers in a file."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What the file holds"))
        self.view = CodeView()
        self.hold(self.view, 760, 560)
