"""How far a batch is, in words: how many photos, how fast, and how long it still takes."""

import time
from typing import Final

from PySide6.QtCore import QObject, Slot

from aestudio.batch.journal import DONE, FAILED, SKIPPED, WAITING
from aestudio.gui.batch.controls import BatchControls
from aestudio.gui.batch.model import BatchModel
from aestudio.gui.batch.runs import BatchRuns
from aestudio.gui.batch.words import left_text, rate_text
from aestudio.progress import Step

_FEWEST: Final = 3  # photos, and
_SHORTEST: Final = 5.0  # seconds, before it is told how fast it goes


class BatchProgress(QObject):
    """Follows a run, and shows how far it is."""

    def __init__(self, runs: BatchRuns, model: BatchModel, controls: BatchControls) -> None:
        super().__init__(controls)
        self._runs = runs
        self._model = model
        self._controls = controls
        self._step: Step | None = None
        self._since = 0.0
        self._waited = 0.0
        self._before = 0  # photos that were through when the run began
        self._planned = False
        runs.progressed.connect(self._on_progressed)

    @property
    def step(self) -> Step | None:
        """The last that was told of the run."""
        return self._step

    @property
    def through(self) -> int:
        """Photos that nothing more becomes of in this run."""
        counts = self._model.counts
        return counts[DONE] + counts[FAILED] + counts[SKIPPED]

    @property
    def all_done(self) -> bool:
        """Whether no photo is left, now."""
        return self._planned and self.through == self._model.rowCount()

    def begin(self) -> None:
        """A run began, and does not know its photos yet."""
        self._step = None
        self._planned = False
        self.show()

    @property
    def planned_already(self) -> bool:
        """Whether the run knows its photos."""
        return self._planned

    def planned(self) -> None:
        """A run knows its photos."""
        if not self._planned:
            self._planned = True
            self._since, self._waited = time.monotonic(), self._runs.waited
            self._before = self.through
        self.show()

    def show(self) -> None:
        """Show how far it is."""
        if not self._runs.running:
            return
        self._controls.show_running()
        self._controls.show_pause(self._runs.paused)
        self._controls.show_progress(1.0 if self.all_done else self._step.fraction if self._step else 0.0)
        self._controls.counts.set_text(self.counts_text())
        self._controls.pace.setText(self._pace_text())

    def counts_text(self) -> str:
        """How many photos are through, and what became of some of them."""
        if not self._planned:
            return self.tr("Looking through the photos…")
        total = self._model.rowCount()
        if self.all_done and self._runs.watching:
            return self.tr("Watching for new photos; %n done so far.", "", self._model.counts[DONE])
        parts = [self.tr("{done} of {total}").format(done=self.through, total=total)]
        if self._model.counts[FAILED]:
            parts.append(self.tr("%n failed", "", self._model.counts[FAILED]))
        if self._model.looks:
            parts.append(self.tr("%n need(s) a look", "", self._model.looks))
        return ", ".join(parts)

    def summary_text(self) -> str:
        """What became of all photos, in one line."""
        counts, looks = self._model.counts, self._model.looks
        done, failed, skipped, left = (counts[state] for state in (DONE, FAILED, SKIPPED, WAITING))
        parts = [self.tr("%n photo(s) done", "", done)] if done or not any(counts.values()) else []
        parts += [self.tr("%n failed", "", failed)] if failed else []
        parts += [self.tr("%n skipped", "", skipped)] if skipped else []
        parts += [self.tr("%n left", "", left)] if left else []
        parts += [self.tr("%n need(s) a look", "", looks)] if looks else []
        return ", ".join(parts) + "."

    def left_text(self) -> str:
        """How long it still takes; empty while that is not known."""
        step = self._step
        if step is None or step.seconds_left is None or step.fraction >= 1 or self.all_done:
            return ""
        return left_text(step.seconds_left)

    def _pace_text(self) -> str:
        if self._runs.paused:
            return self.tr("Paused")
        if self._runs.trouble is not None:
            return self.tr("Waiting")
        if self._runs.polite and not self.all_done:
            return self.tr("Waits for the studio")
        return ", ".join(filter(None, (self._rate_text(), self.left_text())))

    def _rate_text(self) -> str:
        seconds = time.monotonic() - self._since - (self._runs.waited - self._waited)
        photos = self.through - self._before
        if not self._planned or self.all_done or photos < _FEWEST or seconds < _SHORTEST:
            return ""
        return rate_text(3600 * photos / seconds)

    @Slot(object)
    def _on_progressed(self, step: Step) -> None:
        self._step = step
        self.show()
