"""Looks through folders behind the window, and knows what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.errors import Sentence
from aestudio.gui.jobs import JobRunner
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed
    from aestudio.explore.store import Store


@dataclass(frozen=True)
class Wish:
    """What is to be explored, and with which model."""

    folders: tuple[Path, ...]
    model: str


@dataclass(frozen=True, eq=False)
class Explored:
    """What came of a wish."""

    wish: Wish
    photos: "Indexed"
    coder: "Coder"
    notes: tuple[Sentence, ...] = ()  # worth knowing


class Indexing(QObject):
    """One look at a time. What a stopped one found is kept in the cache, and not looked for again."""

    started = Signal(object)  # Wish
    progressed = Signal(object)  # Step, in photos
    indexed = Signal(object)  # Explored
    failed = Signal(object)  # Failure
    stopped = Signal()
    ended = Signal()  # in whatever way; nothing runs any more

    def __init__(self, models: Sequence[Path] | None = None, parent: QObject | None = None) -> None:
        """`models` are the folders of `model_folders`."""
        super().__init__(parent)
        self.device = "auto"  # for the next look
        self._models = None if models is None else tuple(models)
        self._next: Wish | None = None
        self._store: Store | None = None
        self._runner = JobRunner("indexing", self)
        self._runner.progressed.connect(self._on_progressed)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.cancelled.connect(self._on_cancelled)
        self._runner.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._runner.busy

    def want(self, wish: Wish) -> None:
        """Look through these folders; a look that is under way is given up for it."""
        if self._runner.busy:
            self._next = wish
            self._runner.cancel()
        else:
            self._start(wish)

    @Slot()
    def stop(self) -> None:
        """Stop; what was found so far is kept."""
        self._next = None
        self._runner.cancel()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._next = None
        self._runner.shutdown()

    def _start(self, wish: Wish) -> None:
        self._next = None
        self._runner.start(partial(self._run, wish, self.device))
        self.started.emit(wish)

    def _run(self, wish: Wish, device: str, progress: Progress) -> Explored:
        """In the worker."""
        from aestudio.engine.device import choose_device  # imports torch, which the window does not wait for
        from aestudio.explore.coder import Coder
        from aestudio.explore.index import index
        from aestudio.explore.store import Store

        progress.check()
        coder = Coder.load(wish.model, self._models, str(choose_device(device).torch_device))
        if self._store is None:
            self._store = Store()
        photos = index(wish.folders, coder, self._store, progress)
        return Explored(wish, photos, coder, self._store.notes)

    @Slot(object)
    def _on_progressed(self, step: object) -> None:
        if self._next is None:
            self.progressed.emit(step)

    @Slot(object)
    def _on_succeeded(self, explored: Explored) -> None:
        if self._next is None:
            self.indexed.emit(explored)

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        if self._next is None:
            self.failed.emit(failure)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._next is None:
            self.stopped.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self._runner.busy:  # whoever heard of it has begun another one
            return
        if self._next is not None:
            self._start(self._next)
        else:
            self.ended.emit()
