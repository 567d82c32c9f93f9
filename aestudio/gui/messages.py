"""The one way to tell the user that something failed, or something worth knowing: a line under the canvas."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP


class MessageLine(QFrame):
    """One message at a time: what, why, what to do; the details fold out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Button)
        self._icon = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called anything
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.text.setAccessibleName(self.tr("Message"))
        self.remedy = QPushButton()
        self.remedy.setAccessibleName(self.tr("Remedy"))
        self.remedy.setToolTip(self.tr("Do something about it."))
        self._on_remedy: Callable[[], object] = lambda: None
        self.more = QToolButton()
        self.more.setText(self.tr("Details"))
        self.more.setToolTip(self.tr("Show what a developer would want to know."))
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close this message."))
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setMaximumHeight(140)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("Details"))
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GAP, GAP, GAP, GAP)
        grid.setHorizontalSpacing(2 * GAP)
        grid.addWidget(self._icon, 0, 0)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.remedy, 0, 2)
        grid.addWidget(self.more, 0, 3)
        grid.addWidget(self.close_button, 0, 4)
        grid.addWidget(self.details, 1, 0, 1, 5)
        self.remedy.clicked.connect(self._on_remedy_clicked)
        self.more.toggled.connect(self.details.setVisible)
        self.close_button.clicked.connect(self.clear)
        self.hide()

    def show_failure(self, failure: Failure, subject: str = "") -> None:
        """Show why something failed; `subject` is the photo's name, unless the sentence names it."""
        sentence = failure.sentence
        named = sentence if not subject or subject in sentence else f"{subject}: {sentence}"
        self._show("alert", named, failure.details)

    def show_note(self, sentence: str) -> None:
        """Show something worth knowing that is no failure."""
        self._show("information-outline", sentence, "")

    def offer(self, text: str, tip: str, remedy: Callable[[], object]) -> None:
        """Put a button beside the message that does something about it."""
        self.remedy.setText(text)
        self.remedy.setAccessibleName(text)
        self.remedy.setToolTip(tip)
        self._on_remedy = remedy
        self.remedy.show()

    @Slot()
    def clear(self) -> None:
        """Nothing to say."""
        self.hide()
        self.text.clear()
        self.remedy.hide()

    @Slot()
    def _on_remedy_clicked(self) -> None:
        self.clear()
        self._on_remedy()

    def _show(self, name: str, sentence: str, details: str) -> None:
        self._icon.setPixmap(icon(name).pixmap(ICON_PIXELS, ICON_PIXELS))
        self.text.setText(sentence)
        self.details.setPlainText(details)
        self.remedy.hide()
        self.more.setVisible(bool(details))
        self.more.setChecked(False)
        self.details.hide()
        self.show()
