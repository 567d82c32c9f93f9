"""Reads and writes labels beside everything else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import JobRunner
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.labels import Kept, Labels
    from aestudio.explore.photos import Indexed
    from aestudio.explore.sorting import Sorting

Job = Callable[[Progress], object]


class _Read(NamedTuple):
    """Labels that were kept."""

    photos: "Indexed"
    kept: "Kept"


class _Table(NamedTuple):
    """A table that was written."""

    path: Path


class LabelKeeper(QObject):
    """One thing after the other, in the order that they were asked for; what was asked for is done before the end."""

    read = Signal(object, object)  # Indexed, Kept
    saved = Signal(object)  # Path of a table
    failed = Signal(object)  # Failure
    idle = Signal()

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        """`folder` is where labels are kept; None: where the user's own data is."""
        super().__init__(parent)
        self._folder = folder
        self._queue: list[Job] = []
        self._unkept: tuple[Indexed, Job] | None = None  # labels at the end of the queue, which others may replace
        self._reading: Indexed | None = None
        self._closed = False
        self._runner = JobRunner("labels", self)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self.failed)
        self._runner.finished.connect(self._go_on)

    def reads(self, photos: "Indexed") -> bool:
        """Whether the labels of these photos are about to be read."""
        return self._reading is photos

    def want(self, photos: "Indexed") -> None:
        """Have the labels of photos read."""
        self._unkept = None
        self._reading = photos
        self._add(partial(_read, photos, self._folder))

    def keep(self, photos: "Indexed", labels: "Labels") -> None:
        """Have labels kept."""
        job = partial(_keep, photos, labels, self._folder)
        if self._unkept is not None and self._unkept[0] is photos and self._unkept[1] in self._queue:
            self._queue.remove(self._unkept[1])
        self._unkept = (photos, job)
        self._add(job)

    def write_table(self, path: Path, photos: "Indexed", sorting: "Sorting") -> None:
        """Have a sorting written as CSV, in place of what has that name."""
        self._add(partial(_write_table, path, photos, sorting))

    def shut_down(self) -> None:
        """Do what is left, and end the thread."""
        self._closed = True
        self._runner.shutdown()
        for job in self._queue:
            if isinstance(job, partial) and job.func is not _read:
                job(Progress())
        self._queue.clear()

    def _add(self, job: Job) -> None:
        self._queue.append(job)
        if not self._runner.busy and not self._closed:
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._queue and not self._closed:
            self._runner.start(self._queue.pop(0))
        else:
            self.idle.emit()

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, _Read):
            if self._reading is result.photos:
                self._reading = None
            self.read.emit(result.photos, result.kept)
        elif isinstance(result, _Table):
            self.saved.emit(result.path)


def _read(photos: "Indexed", folder: Path | None, progress: Progress) -> _Read:
    from aestudio.explore.labels import LabelFolder

    progress.check()
    return _Read(photos, LabelFolder(folder).read(photos))


def _keep(photos: "Indexed", labels: "Labels", folder: Path | None, progress: Progress) -> None:
    from aestudio.explore.labels import LabelFolder

    del progress  # it takes a moment, and is never left undone
    LabelFolder(folder).save(photos, labels)


def _write_table(path: Path, photos: "Indexed", sorting: "Sorting", progress: Progress) -> _Table:
    from aestudio.explore.sorting import write_table

    del progress
    return _Table(write_table(path, photos, sorting, overwrite=True))
