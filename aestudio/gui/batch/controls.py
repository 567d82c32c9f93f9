"""What is below a batch's table: start, pause and cancel, and how far the run is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, BUTTON_HEIGHT, big_button, thin_bar


class BatchControls(QWidget):
    """Only shows: what the buttons do is the page's matter. Nothing moves when a run begins or ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = big_button("play", self.tr("Start"), self.tr("Do all photos that are waiting (Ctrl+Enter)."))
        self.pause = big_button("pause", self.tr("Pause"))
        self.cancel = big_button(
            "close", self.tr("Cancel"), self.tr("Stop. What is done stays, and Start goes on from there.")
        )
        self.retry = big_button(
            "refresh", self.tr("Retry failed"), self.tr("Try the photos that failed once more; the others stay.")
        )
        self.worst_first = big_button(
            "sort-descending",
            self.tr("Show failed first"),
            self.tr("Sort the table: failed photos first, then those that need a look."),
        )
        self.open_folder = big_button("folder-open-outline", self.tr("Open folder"), self.tr("Show the results."))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(self.tr("What became of the photos"))
        self.bar = thin_bar(self.tr("Progress of the batch"))
        self.counts = Elided()
        self.counts.setAccessibleName(self.tr("How many photos are done"))
        self.pace = QLabel()
        self.pace.setAccessibleName(self.tr("How fast it goes, and how long it takes"))
        self._lay_out()
        self.show_pause(False)

    def _lay_out(self) -> None:
        first = QStackedWidget()  # one place for both: the hand finds Pause where Start was
        first.addWidget(self.start)
        first.addWidget(self.pause)
        first.setFixedSize(max(self.start.sizeHint().width(), self.pause.sizeHint().width(), 112), BUTTON_HEIGHT)
        self._first = first
        captions = QHBoxLayout()
        captions.setSpacing(4 * GAP)
        captions.addWidget(self.counts, 1)
        captions.addWidget(self.pace)
        running = QWidget()
        column = QVBoxLayout(running)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addStretch(1)
        column.addWidget(self.bar)
        column.addLayout(captions)
        column.addStretch(1)
        resting = QWidget()
        line = QHBoxLayout(resting)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GAP)
        line.addWidget(self.said, 1)
        for button in (self.retry, self.worst_first, self.open_folder):
            line.addWidget(button)
        self._middle = QStackedWidget()
        self._middle.addWidget(resting)
        self._middle.addWidget(running)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GAP, 0, 3 * GAP, 0)
        row.setSpacing(2 * GAP)
        row.addWidget(first)
        row.addWidget(self.cancel)
        row.addSpacing(2 * GAP)
        row.addWidget(self._middle, 1)
        self.setFixedHeight(56)

    def show_resting(self, text: str, *, can_start: bool) -> None:
        """No run is under way: say why not, or what became of the photos."""
        self._first.setCurrentWidget(self.start)
        self._middle.setCurrentIndex(0)
        self.cancel.setEnabled(False)
        self.start.setEnabled(can_start)
        self.said.setText(text)

    def show_after(self, *, failed: bool, looks: bool, results: bool) -> None:
        """What can be done about the photos that are through."""
        self.retry.setVisible(failed)
        self.worst_first.setVisible(failed or looks)
        self.open_folder.setVisible(results)

    def show_running(self) -> None:
        """A run began: how long it takes is not known yet."""
        if self._middle.currentIndex() != 1:
            self._first.setCurrentWidget(self.pause)
            self._middle.setCurrentIndex(1)
            self.start.setEnabled(False)
            self.cancel.setEnabled(True)
            self.bar.setValue(0)
            self.pace.clear()

    def show_pause(self, paused: bool) -> None:
        """Show Go on while the run is paused, else Pause."""
        text = self.tr("Go on") if paused else self.tr("Pause")
        tip = self.tr("Go on where it was paused.") if paused else self.tr("Stop for a while, between two tiles.")
        self.pause.setText(text)
        self.pause.setIcon(icon("play" if paused else "pause"))
        self.pause.setToolTip(tip)
        self.pause.setAccessibleName(text)

    def show_progress(self, fraction: float) -> None:
        """How far the whole run is, in [0, 1]."""
        self.bar.setValue(round(BAR_STEPS * fraction))
