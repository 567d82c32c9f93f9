"""What the Explore page shows while it looks at photos: how many, how long still, and how to stop."""

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.gui.batch.words import left_text
from aestudio.gui.elided import Elided
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, big_button, thin_bar
from aestudio.progress import Step

_WIDTH = 480  # pixels


class ExploreLooking(QWidget):
    """Only shows: what the buttons do is the page's matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Dark)
        self.title = QLabel()
        font = self.title.font()
        font.setPixelSize(20)
        self.title.setFont(font)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = thin_bar(self.tr("Photos that were looked at"))
        self.numbers = QLabel()
        self.note = Elided()
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stop = big_button("close", self.tr("Stop"), self.tr("Stop looking. What is done is kept for next time."))
        self.go_on = big_button("play", self.tr("Go on"), self.tr("Go on looking where it was stopped."))
        for widget in (self.title, self.numbers, self.note):
            widget.setForegroundRole(QPalette.ColorRole.WindowText)  # else the ground's
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.go_on)
        buttons.addStretch(1)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GAP)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.note)
        column.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addStretch(3)
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(4)

    def show_begun(self, names: str) -> None:
        """A look at folders of these names began."""
        self.title.setText(self.tr("Looking at the photos in {names}").format(names=names))
        self.bar.setValue(0)
        self.numbers.setText(self.tr("Getting ready…"))
        self.note.set_text(self.tr("Photos are only read. What is found is kept, so that next time is fast."))
        self._show_buttons(stopped=False)

    def show_step(self, step: Step) -> None:
        """So many photos were looked at."""
        self.bar.setValue(round(BAR_STEPS * step.fraction))
        self.numbers.setText(counts_text(step))

    def show_stopped(self) -> None:
        """It was stopped."""
        self.title.setText(self.tr("Stopped. What is done is kept."))
        self._show_buttons(stopped=True)

    def _show_buttons(self, *, stopped: bool) -> None:
        self.stop.setHidden(stopped)
        self.go_on.setVisible(stopped)


def counts_text(step: Step) -> str:
    """How many photos of how many, and how long still."""
    locale = QLocale()
    text = QCoreApplication.translate("ExploreLooking", "{done} of {total} photos")
    text = text.format(done=locale.toString(step.done), total=locale.toString(step.total))
    if step.seconds_left is None or step.done >= step.total:
        return text
    return f"{text}, {left_text(step.seconds_left)}"
