"""How far a training is, in words, and what the status line says of it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from aestudio.gui.batch.words import left_text
from aestudio.gui.train.controls import TrainControls
from aestudio.gui.train.running import TrainRunning
from aestudio.gui.train.runs import DISCARD, LEAVE, TrainRuns
from aestudio.gui.train.words import phase_word, rate_text, step_text
from aestudio.progress import Step
from aestudio.training.events import TRAINING, Event, Trained, Working


class TrainProgress(QObject):
    """Follows a training."""

    def __init__(self, runs: TrainRuns, running: TrainRunning, controls: TrainControls) -> None:
        super().__init__(controls)
        self._runs = runs
        self._controls = controls
        self._running = running
        self._trained: Trained | None = None
        self._phase: Working | None = None
        self.name = ""

    def begin(self, name: str) -> None:
        """Another training begins."""
        self.name = name
        self._trained = self._phase = None

    def take(self, events: Sequence[Event]) -> None:
        """Show what came."""
        for event in events:
            if isinstance(event, Trained):
                self._trained, self._phase = event, None
            elif isinstance(event, Working):
                self._phase = event if event.phase != TRAINING else None
        self.show()

    def show(self) -> None:
        """Show how far it is."""
        if not self._runs.running:
            return
        self._controls.show_running()
        self._controls.show_pause(self._runs.paused)
        self._controls.show_ending(bool(self._runs.ending))
        self._controls.show_progress(self.fraction)
        self._controls.counts.set_text(self.counts_text())
        self._controls.pace.setText(self._pace_text())

    @property
    def fraction(self) -> float:
        """Of the phase at work, in [0, 1]."""
        if self._phase is not None:
            return self._phase.done / max(1, self._phase.total)
        return self._trained.fraction if self._trained is not None else 0.0

    @property
    def step(self) -> Step:
        """As the status line has it."""
        left = self._trained.seconds_left if self._trained is not None and self._phase is None else None
        return Step(round(1000 * self.fraction), 1000, seconds_left=None if self._runs.paused else left)

    def counts_text(self) -> str:
        """What it does."""
        if self._runs.ending == DISCARD:
            return self.tr("Stopping…")
        if self._runs.ending == LEAVE:
            return self.tr("Stopping; what was learnt is written down…")
        if self._phase is not None:
            return phase_word(self._phase.phase)
        if self._trained is None:
            return self.tr("Getting ready…")
        return step_text(self._trained)

    def _pace_text(self) -> str:
        if self._runs.paused:
            return self.tr("Paused")
        if self._trained is None or self._phase is not None:
            return ""
        rate = self.tr("{rate} patches/s").format(rate=rate_text(self._trained.patches_per_second))
        left = self._trained.seconds_left
        return rate if left is None else f"{rate}, {left_text(left)}"
