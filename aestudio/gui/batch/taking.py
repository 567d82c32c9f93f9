"""Takes the tools of a photo in the studio over as the steps of a batch."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import JobRunner
from aestudio.gui.session import WorkStep
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.batch.job import JobStep


class Taking(QObject):
    """Keeps masks, hints and marks in files: at once where there are none, else in a thread that ends with it."""

    taken = Signal(object)  # tuple of JobSteps
    failed = Signal(object)  # Failure
    finished = Signal()  # after either

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: JobRunner | None = None

    @property
    def busy(self) -> bool:
        """Whether files are being written."""
        return self._runner is not None

    def take(self, steps: Sequence[WorkStep], name: str) -> None:
        """Take steps over; `name` is what files are called after. Nothing happens while others are taken over."""
        from aestudio.batch.keeping import kept_folder, needs_files, step_of

        def kept(folder: Path, progress: Progress) -> "tuple[JobStep, ...]":
            progress.check()
            made = ((step, step_of(step.task, step.settings, folder, name)) for step in steps)
            return tuple(replace(new, model=step.model.name if step.model else None) for step, new in made)

        if self._runner is not None:
            return
        job = partial(kept, kept_folder())
        if not any(needs_files(step.settings) for step in steps):
            self.taken.emit(job(Progress()))
            self.finished.emit()
            return
        self._runner = JobRunner("keeping", self)
        self._runner.succeeded.connect(self.taken)
        self._runner.failed.connect(self.failed)
        self._runner.finished.connect(self._on_finished)
        self._runner.start(job)

    def shutdown(self) -> None:
        """Wait for what is being written; no thread is left afterwards."""
        if self._runner is not None:
            self._runner.shutdown()

    @Slot()
    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.shutdown()  # it is at its end already
            runner.deleteLater()
        self.finished.emit()
