"""Opens photos beside everything else: folders are listed and photos decoded in a thread of their own."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.errors import AEStudioError
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.session import OpenPhoto, PhotoCache, names_of
from aestudio.images.formats import FORMATS, READABLE
from aestudio.images.io import photo_paths, read_preview
from aestudio.models.catalog import using
from aestudio.progress import Progress

log = logging.getLogger(__name__)

# of the others, a small picture takes as long as the whole
QUICK_SUFFIXES = frozenset(suffix for suffix, name in READABLE.items() if FORMATS[name].decode_preview is not None)
# longest side of what stands in for the photo until it is decoded: from 20 megapixels on a JPEG is decoded at a quarter
# of its size for it, and at half of it from 5; a preview of 1600 would take as long as the photo
PREVIEW_PIXELS = 640


class Opener(QObject):
    """Decodes the photo that is wanted now; one that is no longer wanted is given up between two steps."""

    previewed = Signal(object, object)  # OpenPhoto, small Photo
    opened = Signal(object, object)  # OpenPhoto, Photo
    found = Signal(object, str, object, object)  # OpenPhoto, task id, Finding, the Parts that found it
    failed = Signal(object, object)  # OpenPhoto, Failure
    finished = Signal()  # nothing is left to do

    def __init__(self, photos: PhotoCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self._running: OpenPhoto | None = None
        self._wanted: OpenPhoto | None = None
        self._runner = JobRunner("open", self)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)

    def open(self, entry: OpenPhoto) -> None:
        """Decode a photo next; whatever was wanted before is given up."""
        if self._running is entry:
            self._wanted = None
            return
        self._wanted = entry
        if self._runner.busy:
            self._runner.cancel()
        else:
            self._start_next()

    def examine(self, entry: OpenPhoto) -> None:
        """Find what is not known, or not any more, about the photo that is wanted."""
        self._wanted = entry  # behind the work in progress, which may be past what is not known any more
        if not self._runner.busy:
            self._start_next()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._wanted = None
        self._runner.shutdown()

    def _start_next(self) -> None:
        if self._wanted is None:
            self.finished.emit()
            return
        self._running, self._wanted = self._wanted, None
        self._runner.start(partial(self._open, self._running))

    def _open(self, entry: OpenPhoto, progress: Progress) -> None:
        """In the worker: preview, pixels, then what the tools find in them."""
        is_plain = not (entry.allow_large or entry.salvage)  # previews are refused where the photo is
        if is_plain and self._photos.find(entry) is None and entry.path.suffix.lower() in QUICK_SUFFIXES:
            self.previewed.emit(entry, read_preview(entry.path, PREVIEW_PIXELS))
            progress.check()
        photo = self._photos.read(entry)
        self.opened.emit(entry, photo)
        from aestudio.tasks import TASKS  # imports torch: not before the first photo is shown

        for task in TASKS:
            if task.id in entry.findings:
                continue
            progress.check()
            parts = entry.parts_of(task)
            with using(names_of(parts)):
                self.found.emit(entry, task.id, task.examine(photo), parts)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._running is not None:
            self.failed.emit(self._running, failure)

    @Slot()
    def _on_finished(self) -> None:
        self._running = None
        self._start_next()


class Lister(QObject):
    """Finds the photos behind files and folders; folders on slow disks must not stop the window."""

    listed = Signal(object)  # list[Path]: those in the order asked for, folders replaced by what is in them
    failed = Signal(object)  # Failure

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Path] = []
        self._runner = JobRunner("list", self)
        self._runner.succeeded.connect(self.listed)
        self._runner.failed.connect(self.failed)
        self._runner.finished.connect(self._on_finished)

    def list(self, paths: Sequence[Path]) -> None:
        """Look through files and folders."""
        self._waiting.extend(paths)
        if not self._runner.busy:
            self._on_finished()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._waiting.clear()
        self._runner.shutdown()

    @Slot()
    def _on_finished(self) -> None:
        if self._waiting:
            paths, self._waiting = tuple(self._waiting), []
            self._runner.start(partial(_photos_behind, paths))


def _photos_behind(paths: Sequence[Path], progress: Progress) -> list[Path]:
    found: list[Path] = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths), path.name)
        if path.is_dir():
            inside = photo_paths(path)
            if not inside and len(paths) == 1:
                raise AEStudioError("There are no photos in {path}.", path=path)
            found.extend(inside)
        else:
            found.append(path.absolute())
    return found
