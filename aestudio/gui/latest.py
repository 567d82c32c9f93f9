"""Work of which only the newest counts: what was asked for before is given up."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import JobRunner
from aestudio.progress import Progress


class LatestJob(QObject):
    """Runs one job at a time, the one that was asked for last. Of those that were given up, nothing is told."""

    progressed = Signal(object)  # Step
    succeeded = Signal(object)  # what the job returned
    failed = Signal(object)  # Failure
    cancelled = Signal()
    finished = Signal()  # in whatever way; nothing runs any more

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: Callable[[Progress], object] | None = None
        self._runner = JobRunner(name, self)
        self._runner.progressed.connect(self._on_progressed)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.cancelled.connect(self._on_cancelled)
        self._runner.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._runner.busy

    def want(self, job: Callable[[Progress], object]) -> None:
        """Run a job, as soon as the one that is under way has been given up."""
        self._next = job
        if self._runner.busy:
            self._runner.cancel()
        else:
            self._on_finished()

    def stop(self) -> None:
        """No job is wanted any more."""
        self._next = None
        self._runner.cancel()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._next = None
        self._runner.shutdown()

    @Slot(object)
    def _on_progressed(self, step: object) -> None:
        if self._next is None:
            self.progressed.emit(step)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if self._next is None:
            self.succeeded.emit(result)

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        if self._next is None:
            self.failed.emit(failure)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._next is None:
            self.cancelled.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self._next is None:
            self.finished.emit()
            return
        job, self._next = self._next, None
        self._runner.start(job)
