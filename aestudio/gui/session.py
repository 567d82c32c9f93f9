"""What the program remembers while it runs: the open photos, the tools on each, and the results worth keeping."""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from PySide6.QtGui import QUndoStack

from aestudio.gui.lab.state import Compression
from aestudio.images.io import read_photo
from aestudio.images.photo import Photo

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.engine.restorer import Restoration
    from aestudio.gui.jobs import Failure
    from aestudio.tasks.base import Finding, Settings, Task

COMPRESS = "compress"  # the part that makes small files
CACHE_SHARE = 5  # results and decoded photos may each take a fifth of the machine's memory ...
CACHE_BYTES = 3 << 30  # ... and no more than this


@dataclass(frozen=True)
class ChosenModel:
    """A model that works in a tool in place of the built-in one."""

    name: str
    sha256: str  # of its weights: what is in a file of the same name later on is another model


Parts = tuple[tuple[str, ChosenModel], ...]  # models that work inside a tool in place of the usual ones, by part


@dataclass(frozen=True)
class ToolState:
    """One tool on one photo: on or off, its settings, and what it works with."""

    on: bool
    settings: "Settings"
    model: ChosenModel | None = None  # None: the built-in one


@dataclass(frozen=True)
class WorkStep:
    """One tool that is to work on a photo."""

    task: "Task[Any]"
    settings: "Settings"
    model: ChosenModel | None = None  # None: the built-in one
    parts: Parts = ()

    @property
    def model_name(self) -> str:
        """The name of what the tool works with."""
        return self.model.name if self.model is not None else self.task.model

    @property
    def full_key(self) -> Hashable:
        """What the result at full strength depends on."""
        from aestudio.tasks.base import default_of, knobs

        kind = type(self.settings)
        live: Mapping[str, Any] = {name: default_of(kind, name) for name, knob in knobs(kind).items() if knob.live}
        return self.task.id, self.model or self.task.model, replace(self.settings, **live), self.parts


@dataclass(eq=False)
class OpenPhoto:
    """One photo in the filmstrip, with everything done to it."""

    path: Path  # for a pasted photo, where it would be saved
    photo: Photo | None = None  # kept here only if it came from the clipboard: others are read again when needed
    tools: dict[str, ToolState] = field(default_factory=dict)
    usual: Mapping[str, ChosenModel] = field(default_factory=dict)  # what tools begin with, by their ids
    parts: Mapping[str, ChosenModel] = field(default_factory=dict)  # as they are chosen for all photos
    findings: dict[str, "Finding"] = field(default_factory=dict)
    undo: QUndoStack = field(default_factory=QUndoStack)
    failure: "Failure | None" = None
    done: Hashable = None  # the steps whose result was shown last
    saved: Hashable = None  # the steps whose result was saved last
    saved_as: Path | None = None
    untouched: bool = False  # the tools found nothing to do
    compression: Compression = field(default_factory=Compression)  # comes last, after all tools
    compressed: bool = False  # a stream was shown
    allow_large: bool = False  # the user was asked, and said yes
    salvage: bool = False  # the user asked for what can be read of a damaged file
    number: int = field(default_factory=itertools.count(1).__next__)

    @property
    def pasted(self) -> bool:
        """Whether it came from the clipboard, without a file."""
        return self.photo is not None

    def tool(self, task: "Task[Any]") -> ToolState:
        """The state of a tool; off, with its defaults, until something was changed."""
        return self.tools.get(task.id) or ToolState(False, task.settings_type(), self.usual.get(task.id))

    def steps(self, tasks: "tuple[Task[Any], ...]") -> tuple[WorkStep, ...]:
        """The tools that are on, in the order of work."""
        states = ((task, self.tool(task)) for task in tasks)
        return tuple(
            WorkStep(task, state.settings, state.model, self.parts_of(task)) for task, state in states if state.on
        )

    def parts_of(self, task: "Task[Any]") -> Parts:
        """What is chosen of the models that work inside a tool."""
        models = ((part, self.parts.get(part)) for part in task.parts)  # asked once: workers ask, too
        return tuple((part, model) for part, model in models if model is not None)

    @property
    def codec(self) -> ChosenModel | None:
        """What it is compressed with; None: the built-in model."""
        return self.parts.get(COMPRESS)

    def key(self, steps: tuple[WorkStep, ...]) -> Hashable:
        """What the photo after these steps depends on, strength included."""
        return tuple((s.full_key, s.settings) for s in steps)

    def full_key(self, steps: tuple[WorkStep, ...]) -> Hashable:
        """What the last step's result at full strength depends on."""
        return self.number, self.key(steps[:-1]), steps[-1].full_key

    def shown_key(self, steps: tuple[WorkStep, ...]) -> Hashable:
        """What the picture on the canvas depends on: the strength of a single tool is blended while it is painted."""
        return self.full_key(steps) if len(steps) == 1 else (self.full_key(steps), self.key(steps))

    def saved_key(self, steps: tuple[WorkStep, ...]) -> Hashable:
        """What a file of the photo after these steps depends on, compressed where it is to be."""
        return (self.key(steps), self.compression.key, self.codec) if self.compression.on else self.key(steps)

    def unsaved(self, tasks: "tuple[Task[Any], ...]") -> bool:
        """Whether a result was made that is in no file yet."""
        steps = self.steps(tasks)
        restored = bool(steps) and not self.untouched and self.done is not None
        compressed = self.compression.on and self.compressed
        return (restored or compressed) and self.saved != self.saved_key(steps)


def memory_for(share: int) -> int:
    """Bytes that a cache may take which gets the machine's memory divided by `share`."""
    return min(CACHE_BYTES, int(psutil.virtual_memory().total) // share)


class MemoryBound:
    """Keeps what was used last, up to a number of bytes. Used from several threads."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit or memory_for(CACHE_SHARE)
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: Hashable, value: object, size: int) -> None:
        """Keep a value, and forget the oldest others if there is no room. The newest always stays."""
        with self._lock:
            self._kept[key] = (value, size)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(s for _, s in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)

    def get(self, key: Hashable) -> Any:
        """The value, or None if it is not or no longer kept."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


class ResultCache(MemoryBound):
    """The results of steps, by photo, model and settings."""

    def keep(self, key: Hashable, result: "Restoration") -> None:
        """Keep the result of one step."""
        self.put(key, result, result.nbytes)

    def find(self, key: Hashable) -> "Restoration | None":
        """The result of that step, if it is still there."""
        found: Restoration | None = self.get(key)
        return found


class PhotoCache(MemoryBound):
    """Decoded photos, by number."""

    def keep(self, entry: OpenPhoto, photo: Photo) -> None:
        """Keep a decoded photo."""
        self.put(entry.number, photo, photo.pixels.nbytes)

    def find(self, entry: OpenPhoto) -> Photo | None:
        """The photo's pixels, if they are still there."""
        found: Photo | None = entry.photo or self.get(entry.number)
        return found

    def read(self, entry: OpenPhoto) -> Photo:
        """The photo's pixels, decoded again if they were forgotten; for workers."""
        photo = self.find(entry)
        if photo is None:
            photo = read_photo(entry.path, allow_large=entry.allow_large, salvage=entry.salvage)
            self.keep(entry, photo)
        return photo


def names_of(parts: Iterable[tuple[str, ChosenModel]]) -> dict[str, str]:
    """The models' names by part, as `aestudio.models.catalog.using` takes them."""
    return {part: model.name for part, model in parts}


def with_value(settings: "Settings", name: str, value: object) -> "Settings":
    """The settings with one of them changed."""
    values: Mapping[str, Any] = {name: value}
    return replace(settings, **values)
