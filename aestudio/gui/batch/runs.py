"""Runs a batch beside everything else, and lets the studio's work go first."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aestudio.batch.job import BatchJob
from aestudio.batch.recorder import Paused, RunEvent, WentOn
from aestudio.batch.run import Summary, run_batch
from aestudio.control import Control
from aestudio.errors import Sentence
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.lab.jobs import LabJobs
from aestudio.gui.restorations import Restorations
from aestudio.progress import Progress

COALESCED_MS: Final = 80  # events of that long are told at once: of tiny photos there are hundreds in a second


@dataclass(frozen=True)
class _Wish:
    """A run that was asked for."""

    job: BatchJob
    device: str
    watch: bool
    anew: bool


class BatchRuns(QObject):
    """One run at a time."""

    started = Signal(object)  # BatchJob
    changed = Signal(object)  # list[RunEvent], as they came
    progressed = Signal(object)  # Step
    ended = Signal(object)  # Summary, Failure, or None where it was cancelled; nothing runs any more
    state_changed = Signal()  # paused, waiting or going on
    _came = Signal()  # from a worker: there are events again

    def __init__(
        self,
        restorations: Restorations,
        compressor: LabJobs,
        models: Sequence[Path] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._wish: _Wish | None = None
        self._control = Control()
        self._result: Summary | Failure | None = None
        self._trouble: Sentence | None = None
        self._studio_works = False
        self._restorations = restorations
        self._compressor = compressor
        self._lock = threading.Lock()
        self._events: list[RunEvent] = []
        self._runner = JobRunner("batch", self)
        self._soon = QTimer(self, singleShot=True, interval=COALESCED_MS)
        self._soon.timeout.connect(self._flush)
        self._came.connect(self._soon.start)
        self._runner.progressed.connect(self.progressed)
        self._runner.succeeded.connect(self._on_result)
        self._runner.failed.connect(self._on_result)
        self._runner.finished.connect(self._on_finished)
        for signal in (restorations.started, restorations.idle, compressor.started, compressor.idle):
            signal.connect(self._give_way)

    @property
    def running(self) -> bool:
        """Whether a run is under way, paused or not."""
        return self._runner.busy

    @property
    def paused(self) -> bool:
        """Whether the user paused the run."""
        return self.running and self._control.paused

    @property
    def polite(self) -> bool:
        """Whether the run waits for the studio."""
        return self.running and self._studio_works

    @property
    def trouble(self) -> Sentence | None:
        """What the run waits for outside of the program: a disk, a drive."""
        return self._trouble

    @property
    def waited(self) -> float:
        """Seconds that the run stood still, of itself or for others."""
        return self._control.waited

    @property
    def watching(self) -> bool:
        """Whether the run goes on with photos that arrive."""
        return self.running and self._wish is not None and self._wish.watch

    @property
    def job(self) -> BatchJob | None:
        """The job of the run that is under way, or was last."""
        return self._wish.job if self._wish else None

    def start(self, job: BatchJob, device: str = "auto", *, watch: bool = False, anew: bool = False) -> None:
        """Do all photos of a job that are not done yet; see `run_batch`. Raises RuntimeError if one is running."""
        if self.running:
            raise RuntimeError("a batch is already running")
        self._wish = _Wish(job, device, watch, anew)
        self._control = Control()
        self._control.give_way(self._studio_works)
        self._result = self._trouble = None
        self._runner.start(partial(self._run, self._wish, self._control))
        self.started.emit(job)
        self.state_changed.emit()

    def retry(self) -> None:
        """The same job again: what is done stays, what failed is tried once more."""
        if self._wish is not None and not self.running:
            self.start(self._wish.job, self._wish.device, watch=self._wish.watch)

    @Slot()
    def pause(self) -> None:
        """Stop between two tiles until `go_on`."""
        self._control.pause()
        self.state_changed.emit()

    @Slot()
    def go_on(self) -> None:
        """End a pause, and try again what the run waits for."""
        self._control.go_on()
        self.state_changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop within one tile. What is done stays, and the same job goes on from there."""
        self._runner.cancel()

    def shutdown(self) -> None:
        """Stop, and wait until the threads are gone."""
        self._runner.shutdown()

    # in the worker

    def _run(self, wish: _Wish, control: Control, progress: Progress) -> Summary:
        from aestudio.batch.pipeline import on_this_machine  # imports torch, which the window does not wait for

        workers = on_this_machine(wish.device, models=self._models)
        return run_batch(wish.job, workers, progress, self._take, control=control, watch=wish.watch, anew=wish.anew)

    def _take(self, event: RunEvent) -> None:
        """In any of the run's threads."""
        with self._lock:
            first = not self._events
            self._events.append(event)
        if first:
            self._came.emit()

    # in the window's thread

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            events, self._events = self._events, []
        if not events:
            return
        before = self._trouble
        for event in events:
            if isinstance(event, Paused):
                self._trouble = event.sentence
            elif isinstance(event, WentOn):
                self._trouble = None
        self.changed.emit(events)
        if self._trouble != before:
            self.state_changed.emit()

    @Slot(object)
    def _on_result(self, result: Summary | Failure) -> None:
        self._result = result

    @Slot()
    def _on_finished(self) -> None:
        self._soon.stop()
        self._flush()
        self._trouble = None
        self.ended.emit(self._result)
        self.state_changed.emit()

    # what goes first

    @Slot()
    def _give_way(self) -> None:
        works = self._restorations.running is not None or self._compressor.busy
        if works != self._studio_works:
            self._studio_works = works
            self._control.give_way(works)
            self.state_changed.emit()
