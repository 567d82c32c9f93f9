"""Undo for what is done to a photo's tools, and to how it is compressed."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtGui import QUndoCommand

from aestudio.gui.lab.state import Compression
from aestudio.gui.session import OpenPhoto, ToolState

if TYPE_CHECKING:
    from aestudio.tasks.base import Task

OnChanged = Callable[[OpenPhoto, bool], None]  # True if the result is wanted at once
S = TypeVar("S")


class Change(QUndoCommand, Generic[S]):
    """A change from one state to another. Changes with the same gesture (one drag of a slider) become one."""

    COMMAND_ID = 0

    def __init__(self, entry: OpenPhoto, old: S, new: S, text: str, on_changed: OnChanged, gesture: Hashable) -> None:
        super().__init__(text)
        self._entry = entry
        self._old = old
        self._new = new
        self._on_changed = on_changed
        self._gesture = gesture

    def id(self) -> int:
        """Qt offers commands with the same id to `mergeWith`."""
        return self.COMMAND_ID

    def redo(self) -> None:
        """Qt calls it also when the command is pushed."""
        self._put(self._new)

    def undo(self) -> None:
        """Go back to the state before."""
        self._put(self._old)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next change of the same gesture."""
        if not isinstance(other, type(self)) or self._gesture is None or other._gesture != self._gesture:
            return False
        self._new = other._new
        return True

    def _put(self, state: S) -> None:
        raise NotImplementedError


class ChangeTool(Change[ToolState]):
    """A change of one tool on one photo."""

    COMMAND_ID = 1

    def __init__(
        self,
        entry: OpenPhoto,
        task: "Task[Any]",
        old: ToolState,
        new: ToolState,
        text: str,
        on_changed: OnChanged,
        gesture: Hashable = None,
    ) -> None:
        super().__init__(entry, old, new, text, on_changed, None if gesture is None else (task.id, gesture))
        self._task = task

    def _put(self, state: ToolState) -> None:
        self._entry.tools[self._task.id] = state
        switched = (self._old.on, self._old.model) != (self._new.on, self._new.model)
        self._on_changed(self._entry, self._task.quick or switched)


class ChangeCompression(Change[Compression]):
    """A change of how one photo is compressed."""

    COMMAND_ID = 2

    def __init__(
        self, entry: OpenPhoto, new: Compression, text: str, on_changed: OnChanged, gesture: Hashable = None
    ) -> None:
        super().__init__(entry, entry.compression, new, text, on_changed, gesture)

    def _put(self, state: Compression) -> None:
        self._entry.compression = state
        at_once = (self._old.on, self._old.aim) != (self._new.on, self._new.aim)
        self._on_changed(self._entry, at_once)
