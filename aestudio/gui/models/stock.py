"""The models there are: looked through behind the window, and again whenever that may have changed."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.errors import Sentence
from aestudio.gui.jobs import JobRunner
from aestudio.gui.session import ChosenModel
from aestudio.models.catalog import model_folders
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.models.library import Entry
    from aestudio.tasks.base import Task

WEIGHTS = ".safetensors"
Stamp = Mapping[Path, tuple[int, int]]  # size and time of each file
Act = Callable[[Progress], object]


@dataclass(frozen=True)
class Looked:
    """What was found in the folders."""

    stamp: Stamp
    entries: "tuple[Entry, ...]"
    digests: Mapping[Path, str]  # of the weights


@dataclass(frozen=True)
class Acted:
    """What came of something that was done to models."""

    result: object


class ModelStock(QObject):
    """Knows all models, and does one thing after the other to them."""

    changed = Signal()  # other models than before; also once they are known at all
    acted = Signal(object)  # what something that was done returned; the models are looked through next
    failed = Signal(object)  # Failure of something that was to be done
    busy_changed = Signal()

    def __init__(self, folders: Sequence[Path] | None = None, parent: QObject | None = None) -> None:
        """`folders` are those of `model_folders`, the built-in models' first."""
        super().__init__(parent)
        self.folders = tuple(model_folders() if folders is None else folders)
        self.entries: tuple[Entry, ...] = ()
        self.known = False  # looked through at least once
        self._looked: Looked | None = None
        self._acting = False
        self._waiting: deque[Act] = deque()
        self._look_again = False
        self._runner = JobRunner("models", self)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self.failed)
        self._runner.finished.connect(self._on_finished)

    # what there is

    @property
    def own_folder(self) -> Path:
        """Where the user's own models lie."""
        return self.folders[-1]

    @property
    def busy(self) -> bool:
        """Whether something is being done to models."""
        return self._acting or bool(self._waiting)

    @property
    def own(self) -> "tuple[Entry, ...]":
        """The user's own models."""
        return tuple(entry for entry in self.entries if entry.own)

    def of_task(self, task_id: str) -> "tuple[Entry, ...]":
        """The models for one tool, damaged ones included."""
        return tuple(entry for entry in self.entries if entry.card is not None and entry.card.task == task_id)

    def choices(self, task: "Task[Any]") -> "tuple[Entry, ...]":
        """What a tool can work with beside its built-in model; one of that name is in its place already."""
        return tuple(entry for entry in self.of_task(task.id) if entry.own and entry.name != task.model)

    def find(self, task_id: str, name: str) -> ChosenModel | None:
        """The user's own model of that name, as it is now; None if it is gone or cannot be used."""
        entry = self._entry(task_id, name)
        return chosen_model(entry) if entry is not None and entry.problem is None else None

    def find_again(self, task_id: str, model: ChosenModel) -> ChosenModel | None:
        """The same model as it is now, under whatever name; None if it is gone or cannot be used."""
        if self._entry(task_id, model.name) is not None:
            return self.find(task_id, model.name)
        sound = [entry for entry in self.of_task(task_id) if entry.own and entry.problem is None]
        return next((chosen_model(e) for e in sound if e.card and e.card.sha256 == model.sha256), None)

    def why_not(self, task_id: str, name: str) -> Sentence | None:
        """What is wrong with a model; None for one that can be used, or is not there."""
        entry = self._entry(task_id, name)
        return entry.problem if entry is not None else None

    def _entry(self, task_id: str, name: str) -> "Entry | None":
        return next((entry for entry in self.of_task(task_id) if entry.own and entry.name == name), None)

    # what is done

    @Slot()
    def rescan(self) -> None:
        """Look through the folders again; tells only if something is different."""
        self._look_again = True
        self._go_on()

    def act(self, job: Act) -> None:
        """Do something to models when it is its turn."""
        self._waiting.append(job)
        self.busy_changed.emit()
        self._go_on()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._waiting.clear()
        self._look_again = False
        self._runner.shutdown()

    def _go_on(self) -> None:
        if self._runner.busy:
            return
        if self._waiting:
            self._acting, self._look_again = True, True
            self._runner.start(partial(_act, self._waiting.popleft()))
        elif self._look_again:
            self._look_again = False
            self._runner.start(partial(_look, self.folders, self._looked))

    @Slot(object)
    def _on_succeeded(self, result: Looked | Acted | None) -> None:
        if isinstance(result, Acted):
            self.acted.emit(result.result)
        elif isinstance(result, Looked):
            before, self.entries = self.entries, result.entries
            self._looked = result
            if before != self.entries or not self.known:
                self.known = True
                self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self._acting:
            self._acting = False
            self.busy_changed.emit()
        self._go_on()


def chosen_model(entry: "Entry") -> ChosenModel:
    """An entry as what is chosen in a tool."""
    return ChosenModel(entry.name, entry.card.sha256 if entry.card is not None else "")


def _look(folders: Sequence[Path], before: Looked | None, progress: Progress) -> Looked | None:
    """All models; None if no file has changed. Weights are read once, as that takes longer than a blink."""
    from aestudio.models.library import models

    stamp = _stamp(folders)
    if before is not None and stamp == before.stamp:
        return None
    digests, entries = {}, []
    for entry in models(folders=folders):
        progress.check()
        weights = entry.path.with_suffix(WEIGHTS)
        if entry.own and entry.card is not None and entry.problem is None:
            known = before.digests.get(weights) if before and before.stamp.get(weights) == stamp.get(weights) else None
            digests[weights] = known or _digest(weights)
            if digests[weights] != entry.card.sha256:
                problem = Sentence.of(
                    "The weights {path} are damaged or altered. Please install the model again.", path=weights
                )
                entry = replace(entry, problem=problem)
        entries.append(entry)
    return Looked(stamp, tuple(entries), digests)


def _stamp(folders: Sequence[Path]) -> Stamp:
    found = {}
    for folder in folders:
        with suppress(OSError):  # there is no such folder
            for path in folder.iterdir():
                with suppress(OSError):  # gone in this moment
                    state = path.stat()
                    found[path] = state.st_size, state.st_mtime_ns
    return found


def _digest(weights: Path) -> str:
    """Of a file; empty if it cannot be read."""
    try:
        with weights.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _act(job: Act, progress: Progress) -> Acted:
    return Acted(job(progress))
