"""The work of the compression lab behind the window: what is wanted most, and nothing that is wanted no longer."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import Failure, JobRunner
from aestudio.progress import Progress


@dataclass(frozen=True, eq=False)
class Job:
    """Something that is to be computed."""

    key: Hashable
    text: str  # what is going on, for the status line; empty for what nobody waits for
    run: Callable[[Progress], object]


class LabJobs(QObject):
    """Runs one job at a time. Whoever wants one asks again when `free` comes."""

    started = Signal(str)  # what is going on
    progressed = Signal(object)  # Step
    done = Signal(object, object)  # key, what the job returned
    failed = Signal(object, object)  # key, Failure
    free = Signal()  # a job ended, in whatever way
    idle = Signal()  # and nothing else is wanted

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: Job | None = None
        self._next: Job | None = None
        self._runner = JobRunner("compress", self)
        self._runner.progressed.connect(self.progressed)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return self._runner.busy or self._next is not None

    def want(self, job: Job | None) -> None:
        """Run this job next, and only this one: another that runs is stopped. None: nothing is wanted."""
        if self._runner.busy:
            same = job is not None and self._running is not None and self._running.key == job.key
            self._next = None if same else job
            if not same:
                self._runner.cancel()
        elif job is not None:
            self._start(job)

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._next = None
        self._runner.shutdown()

    def _start(self, job: Job) -> None:
        self._running, self._next = job, None
        self._runner.start(job.run)
        if job.text:
            self.started.emit(job.text)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if self._running is not None:
            self.done.emit(self._running.key, result)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._running is not None:
            self.failed.emit(self._running.key, failure)

    @Slot()
    def _on_finished(self) -> None:
        self._running = None
        self._next = None  # what is wanted may have changed with what was made
        self.free.emit()
        if not self._runner.busy:
            self.idle.emit()
