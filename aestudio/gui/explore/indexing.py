"""Looks through folders behind the window, and knows what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.errors import Sentence
from aestudio.gui.latest import LatestJob
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
        self._store: Store | None = None
        self._jobs = LatestJob("indexing", self)
        self._jobs.progressed.connect(self.progressed)
        self._jobs.succeeded.connect(self.indexed)
        self._jobs.failed.connect(self.failed)
        self._jobs.cancelled.connect(self.stopped)
        self._jobs.finished.connect(self.ended)

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._jobs.busy

    def want(self, wish: Wish) -> None:
        """Look through these folders; a look that is under way is given up for it."""
        self._jobs.want(partial(self._run, wish, self.device))
        self.started.emit(wish)

    @Slot()
    def stop(self) -> None:
        """Stop; what was found so far is kept."""
        self._jobs.stop()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._jobs.shutdown()

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
