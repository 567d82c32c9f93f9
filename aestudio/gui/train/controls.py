"""What is below everything on the Train page: start, pause and stop, and what becomes of the model."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, big_button, thin_bar

RESTING, RUNNING, JUDGED = range(3)


class TrainControls(QWidget):
    """Only shows: what the buttons do is the page's matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = big_button("play", self.tr("Start"), self.tr("Begin to learn from these photos (Ctrl+Enter)."))
        self.pause = big_button("pause", self.tr("Pause"))
        self.stop = big_button(
            "stop", self.tr("Stop and keep"), self.tr("Make a model of what was learnt so far, and judge it.")
        )
        self.discard = big_button(
            "delete-outline", self.tr("Stop and discard"), self.tr("Stop, and keep nothing of this training.")
        )
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(self.tr("What is to be done"))
        self.bar = thin_bar(self.tr("Progress of the training"))
        self.counts = Elided()
        self.counts.setAccessibleName(self.tr("How far it is"))
        self.pace = QLabel()
        self.pace.setAccessibleName(self.tr("How long it takes"))
        self.adopt = big_button("check", self.tr("Adopt…"), self.tr("Put the new model into every tool's list."))
        self.keep = big_button(
            "archive-outline",
            self.tr("Keep as candidate"),
            self.tr("Leave it in the list of earlier trainings, to be gone on with or adopted later."),
        )
        self.throw = big_button("delete-outline", self.tr("Discard"), self.tr("Delete the new model and its training."))
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setAccessibleName(self.tr("What can be done with the new model"))
        self._lay_out()
        self.show_pause(False)

    def _lay_out(self) -> None:
        self._kinds = QStackedWidget()
        for buttons, middle in (
            ((self.start,), self.said),
            ((self.pause, self.stop, self.discard), self._running()),
            ((self.adopt, self.keep, self.throw), self.why),
        ):
            page = QWidget()
            row = QHBoxLayout(page)
            row.setContentsMargins(3 * GAP, 0, 3 * GAP, 0)
            row.setSpacing(2 * GAP)
            for button in buttons:
                row.addWidget(button)
            row.addSpacing(2 * GAP)
            row.addWidget(middle, 1)
            self._kinds.addWidget(page)
        for button in (self.start, self.pause):  # in one place: the hand finds Pause where Start was
            button.setFixedWidth(max(self.start.sizeHint().width(), self.pause.sizeHint().width(), 112))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._kinds)
        self.setFixedHeight(56)

    def _running(self) -> QWidget:
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
        return running

    @property
    def kind(self) -> int:
        """What is shown: RESTING, RUNNING or JUDGED."""
        return self._kinds.currentIndex()

    def show_resting(self, text: str, *, can_start: bool) -> None:
        """No training is under way: say why not, or what comes next."""
        self._kinds.setCurrentIndex(RESTING)
        self.start.setEnabled(can_start)
        self.said.setText(text)

    def show_running(self) -> None:
        """A training began: how long it takes is not known yet."""
        if self.kind != RUNNING:
            self._kinds.setCurrentIndex(RUNNING)
            self.start.setEnabled(False)
            self.bar.setValue(0)
            self.counts.set_text("")
            self.pace.clear()

    def show_ending(self, ending: bool) -> None:
        """It was told to stop, and needs no second word."""
        for button in (self.pause, self.stop, self.discard):
            button.setDisabled(ending)

    def show_judged(self, text: str, *, can_adopt: bool) -> None:
        """There is a verdict."""
        self._kinds.setCurrentIndex(JUDGED)
        self.start.setEnabled(False)
        self.adopt.setEnabled(can_adopt)
        self.why.setText(text)

    def show_pause(self, paused: bool) -> None:
        """Show Go on while the training is paused, else Pause."""
        text = self.tr("Go on") if paused else self.tr("Pause")
        self.pause.setText(text)
        self.pause.setIcon(icon("play" if paused else "pause"))
        self.pause.setToolTip(
            self.tr("Go on where it was paused.") if paused else self.tr("Stand still for a while, between two steps.")
        )
        self.pause.setAccessibleName(text)

    def show_progress(self, fraction: float) -> None:
        """How far the training is, in [0, 1]."""
        self.bar.setValue(round(BAR_STEPS * fraction))
