"""What is above everything on the Train page: a new training, or the earlier ones."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.palette import GAP


class TrainHead(QWidget):
    """Only shows: what the buttons do is the page's matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new = self._button("school-outline", self.tr("Training"), self.tr("Teach a model, or see how it goes."))
        self.past = self._button(
            "history",
            self.tr("Earlier trainings"),
            self.tr("Trainings that were stopped, and candidates: go on, look at the verdict, delete."),
        )
        self.caption = QLabel()
        self.caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        row.setSpacing(2 * GAP)
        row.addWidget(self.new)
        row.addWidget(self.past)
        row.addStretch(1)
        row.addWidget(self.caption)

    def _button(self, glyph: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setIcon(icon(glyph))
        button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setMinimumHeight(28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        return button

    def show_past(self, past: bool, count: int) -> None:
        """Which of both is shown, and how many earlier trainings there are."""
        self.new.setChecked(not past)
        self.past.setChecked(past)
        self.past.setText(
            self.tr("Earlier trainings ({count})").format(count=count) if count else self.tr("Earlier trainings")
        )
