"""An on/off switch in the colours of the palette."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

SIZE = QSize(36, 20)


class Switch(QAbstractButton):
    """Accent colour while on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt asks."""
        return SIZE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter switches, too: Space is taken by the canvas while it has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill with a knob."""
        del event
        palette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        role = QPalette.ColorRole.Highlight if self.isChecked() else QPalette.ColorRole.Base
        rim = QPalette.ColorRole.Text if self.hasFocus() else role if self.isChecked() else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(group, rim), 1.5))
        painter.setBrush(palette.color(group, role))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        radius = pill.height() / 2 - 3
        x = pill.right() - radius - 3 if self.isChecked() else pill.left() + radius + 3
        dot = QPalette.ColorRole.HighlightedText if self.isChecked() else QPalette.ColorRole.PlaceholderText
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(group, dot))
        painter.drawEllipse(QRectF(x - radius, pill.center().y() - radius, 2 * radius, 2 * radius))
