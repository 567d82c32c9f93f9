"""Work that follows a hand: while some is done, only the newest of what else is asked for is remembered."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import JobRunner
from aestudio.progress import Progress

Job = Callable[[], object]


class Newest(QObject):
    """Runs short jobs in a thread of its own. What is asked for meanwhile waits, and newer takes its place."""

    made = Signal(object)  # what a job returned
    failed = Signal(object)  # Failure
    idle = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = JobRunner(name, self)
        self._waiting: Job | None = None
        self._void = False
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether something is done, or waits."""
        return self._runner.busy

    def ask(self, job: Job) -> None:
        """Have it done as soon as what is at work is done."""
        if self._runner.busy:
            self._waiting = job
        else:
            self._start(job)

    def forget(self) -> None:
        """Nobody wants to know any more."""
        self._waiting = None
        self._void = self._runner.busy

    def shut_down(self) -> None:
        """End the thread."""
        self.forget()
        self._runner.shutdown()

    def _start(self, job: Job) -> None:
        def run(progress: Progress) -> object:
            progress.check()
            return job()

        self._void = False
        self._runner.start(run)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if not self._void:
            self.made.emit(result)

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        if not self._void:
            self.failed.emit(failure)

    @Slot()
    def _on_finished(self) -> None:
        job, self._waiting = self._waiting, None
        if job is not None:
            self._start(job)
        else:
            self.idle.emit()
