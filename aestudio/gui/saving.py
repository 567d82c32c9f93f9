"""Writes photos in a thread of its own, one after the other."""

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.session import COMPRESS, ChosenModel, OpenPhoto
from aestudio.images.io import write_photo
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo
from aestudio.models.catalog import using
from aestudio.progress import Progress


@dataclass(frozen=True, eq=False)
class SaveOrder:
    """One photo that is to be written."""

    entry: OpenPhoto
    make: Callable[[], Photo]  # called in the worker: blending takes time
    key: Hashable  # the steps that the file will hold
    path: Path
    options: SaveOptions
    overwrite: bool = False  # only where the user said so, or the file is our own
    codec: ChosenModel | None = None  # of small files; None: the built-in one

    def write(self, progress: Progress) -> None:
        """Make the photo and write it, in the worker."""
        del progress  # a file is written as a whole
        with using({COMPRESS: self.codec.name} if self.codec is not None else {}):
            write_photo(self.make(), self.path, self.options, overwrite=self.overwrite)


class Saver(QObject):
    """Each order ends in saved or failed."""

    started = Signal(object)  # SaveOrder
    saved = Signal(object)  # SaveOrder
    failed = Signal(object, object)  # SaveOrder, Failure
    finished = Signal()  # nothing is left to write

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[SaveOrder] = deque()
        self._running: SaveOrder | None = None
        self._runner = JobRunner("save", self)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether anything is being written."""
        return self._runner.busy

    def save(self, order: SaveOrder) -> None:
        """Write a photo as soon as those before it are written."""
        self._waiting.append(order)
        if not self._runner.busy:
            self._start_next()

    def shutdown(self) -> None:
        """Finish the file in work (half a photo is worth nothing), drop the others, and wait for the thread."""
        self._waiting.clear()
        self._runner.shutdown()

    def _start_next(self) -> None:
        self._running = self._waiting.popleft()
        self.started.emit(self._running)
        self._runner.start(self._running.write)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        del result
        self.saved.emit(self._running)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.failed.emit(self._running, failure)

    @Slot()
    def _on_finished(self) -> None:
        self._running = None
        if self._waiting:
            self._start_next()
        else:
            self.finished.emit()
