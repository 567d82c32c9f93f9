"""A training at work: its curves, and what it makes of photos that it does not learn from."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.palette import GAP
from aestudio.gui.train.curves import LossCurve, ScoreCurve
from aestudio.gui.train.strip import PictureStrip, Row
from aestudio.gui.train.words import number, phase_word, picture_words
from aestudio.training.events import TRAINING, Event, Recalled, RolledBack, Shown, Trained, Validated, Working


class TrainRunning(QWidget):
    """Follows the events of one training."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trained: Trained | None = None
        self.title = Elided()
        font = self.title.font()
        font.setPixelSize(18)
        self.title.setFont(font)
        self.title.setAccessibleName(self.tr("What is being taught"))
        self.phase = QLabel()
        self.phase.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.phase.setAccessibleName(self.tr("What goes on before and after the steps"))
        self.loss, self.score = LossCurve(), ScoreCurve()
        self.loss.legend.toggled.connect(self.score.legend.setVisible)  # empty: both plots begin at one height
        self.strip = PictureStrip((), self.tr("Photos that it does not learn from"))
        self._strip_title = Elided()
        self._strip_title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        self.clear("", "")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4 * GAP)
        head.addWidget(self.title, 1)
        head.addWidget(self.phase)
        curves = QHBoxLayout()
        curves.setSpacing(4 * GAP)
        curves.addWidget(self.loss, 1)
        curves.addWidget(self.score, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 2 * GAP)
        column.setSpacing(3 * GAP)
        column.addLayout(head)
        column.addLayout(curves, 5)
        column.addWidget(self._strip_title)
        column.addWidget(self.strip, 4)

    def clear(self, title: str, task: str) -> None:
        """Another training begins, of a model for that tool."""
        self.trained = None
        self.title.set_text(title)
        self.phase.setText(self.tr("Getting ready…"))
        self.loss.clear()
        self.score.clear()
        self.strip.show_captions(picture_words(task))
        self._strip_title.set_text(
            self.tr("Photos that were kept aside appear here as soon as there is a first result.")
        )

    def take(self, events: Sequence[Event], run_dir: Path) -> None:
        """Show what came."""
        for event in events:
            if isinstance(event, Trained):
                self.trained = event
                self.loss.add(event)
                self.score.reach(event.seconds)
            elif isinstance(event, Recalled):
                self.loss.recall(event.curve)
                self.score.recall(event.history)
            elif isinstance(event, Validated):
                self.score.add(event)
            elif isinstance(event, Shown):
                self._show_pictures(event, run_dir)
            elif isinstance(event, Working) and event.phase != TRAINING:
                self._show_phase(event)
            elif isinstance(event, RolledBack):
                self.phase.setText(
                    self.tr("It went astray, and goes on from step {step}.").format(step=number(event.to))
                )
        if events and isinstance(events[-1], Trained):
            self.phase.clear()  # the line below says it

    def _show_phase(self, working: Working) -> None:
        text = phase_word(working.phase)
        if working.total:
            text = self.tr("{what}: {done} of {total}").format(
                what=text, done=number(working.done), total=number(working.total)
            )
        self.phase.setText(text)

    def _show_pictures(self, shown: Shown, run_dir: Path) -> None:
        rows = []
        for index, pictures in enumerate(shown.pictures):
            name = Path(shown.names[index]).name if index < len(shown.names) else ""
            rows.append(Row(tuple(run_dir / each for each in pictures), name))
        self.strip.show_rows(rows)
        self._strip_title.set_text(
            self.tr("Photos that it does not learn from, after {steps} steps").format(steps=number(shown.step))
        )
