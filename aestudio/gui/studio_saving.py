"""Saving from the studio: the dialog, the photo as it is shown, and all that is unsaved when the window closes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from aestudio.gui.engine import Outcome, Request
from aestudio.gui.jobs import Failure
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.lab.saving import FORMAT, TASK, StreamOrder, look_alike
from aestudio.gui.lab.work import Subject
from aestudio.gui.save_dialog import SaveDialog
from aestudio.gui.saving import SaveOrder
from aestudio.gui.services import Services
from aestudio.gui.session import OpenPhoto
from aestudio.images.formats import saved_format
from aestudio.images.naming import propose_name
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo, to_depth

if TYPE_CHECKING:
    from aestudio.tasks.base import Task


@dataclass(frozen=True)
class Target:
    """Where and how a photo is to be saved."""

    path: Path
    options: SaveOptions
    overwrite: bool


class StudioSaving(QObject):
    """Asks where to save, has the result made again if it was forgotten, and hands it to the saver."""

    saved = Signal(object)  # OpenPhoto
    failed = Signal(object, object)  # OpenPhoto, Failure
    finished = Signal()  # nothing is left to save

    def __init__(self, services: Services, keeper: PreferencesKeeper, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._keeper = keeper
        self._window = window
        self.tasks: tuple[Task[Any], ...] = ()
        self.dialog: SaveDialog | None = None
        self._asked: OpenPhoto | None = None
        self._once_restored: dict[OpenPhoto, Target] = {}
        # where each photo was saved last, compressed or not
        self._targets: dict[tuple[OpenPhoto, bool], Target] = {}
        services.saver.saved.connect(self._on_saved)
        services.saver.failed.connect(self._on_failed)
        services.saver.finished.connect(self._on_finished)
        services.restorations.restored.connect(self._on_restored)
        services.restorations.failed.connect(self._on_not_restored)
        services.restorations.cancelled.connect(self._on_not_restored)

    @property
    def busy(self) -> bool:
        """Whether anything is still to be saved."""
        return bool(self._once_restored) or self._services.saver.busy

    def save(self, entry: OpenPhoto, photo: Photo) -> None:
        """Save where this photo was saved before; ask the first time."""
        last = self._target(entry)
        if last is None:
            self.save_as(entry, photo)
        else:
            self._order(entry, Target(last.path, last.options, overwrite=True))

    def save_as(self, entry: OpenPhoto, photo: Photo) -> None:
        """Ask where and how."""
        if self.dialog is not None:
            return
        last = self._target(entry)
        proposed = self._propose(entry, photo) if last is None else last.path
        options = self._usual if last is None else last.options
        self._asked = entry
        compressed = entry.compression.on
        # what is compressed has 8 bits
        shown = replace(photo, pixels=to_depth(photo.pixels[:1, :1], 8)) if compressed else photo
        self.dialog = SaveDialog(entry.path, proposed, shown, options, self._window, compressed=compressed)
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    def save_all(self, entries: Sequence[OpenPhoto]) -> None:
        """Save photos without asking: where each was saved before, or under a new name beside the original."""
        for entry in entries:
            photo = self._services.photos.find(entry)
            target = self._target(entry)
            if target is None:
                target = Target(self._propose(entry, photo), self._usual, overwrite=False)
            else:
                target = Target(target.path, target.options, overwrite=True)
            self._order(entry, target)

    def _target(self, entry: OpenPhoto) -> Target | None:
        return self._targets.get((entry, entry.compression.on))

    @property
    def _usual(self) -> SaveOptions:
        """Whatever is not chosen follows the source file."""
        return SaveOptions(metadata=self._keeper.metadata)

    def _propose(self, entry: OpenPhoto, photo: Photo | None) -> Path:
        steps = entry.steps(self.tasks)
        names, model = [step.task.id for step in steps], steps[-1].model_name if steps else ""
        format_ = saved_format(photo.format) if photo else None
        if entry.compression.on:
            names, model, format_ = [*names, TASK], TASK, FORMAT
        name = "-".join(names) or "copy"
        return propose_name(entry.path, name, format_, pattern=self._keeper.value.name_pattern, model=model)

    def _order(self, entry: OpenPhoto, target: Target) -> None:
        steps = entry.steps(self.tasks)
        self._targets[entry, entry.compression.on] = target
        result = self._services.results.find(entry.full_key(steps)) if steps else None
        if steps and result is None:  # forgotten to make room: made again first
            self._once_restored[entry] = target
            self._services.restorations.request(Request(entry, steps))
            return
        where = entry.saved_key(steps), target.path, target.options, target.overwrite
        if entry.compression.on:
            work, subject, wanted = self._services.lab, Subject.of(entry, steps, result), entry.compression
            make = partial(look_alike, work, subject, wanted)
            self._services.saver.save(StreamOrder(entry, make, *where, work=work, subject=subject, wanted=wanted))
            return
        if result is not None:
            make = partial(result.blended, steps[-1].settings.strength)
        else:
            make = partial(self._services.photos.read, entry)
        self._services.saver.save(SaveOrder(entry, make, *where, codec=entry.codec))

    @Slot(int)
    def _on_dialog_finished(self, answer: int) -> None:
        dialog, entry = self.dialog, self._asked
        self.dialog = self._asked = None
        if dialog is None or entry is None:
            return
        if answer == QDialog.DialogCode.Accepted:
            self._keeper.set_metadata(dialog.options.metadata)
            self._order(entry, Target(dialog.path, dialog.options, overwrite=dialog.path.exists()))
        dialog.deleteLater()

    @Slot(object)
    def _on_restored(self, outcome: Outcome) -> None:
        target = self._once_restored.pop(outcome.request.entry, None)
        if target is not None:
            self._order(outcome.request.entry, target)

    @Slot(object)
    @Slot(object, object)
    def _on_not_restored(self, entry: OpenPhoto, failure: Failure | None = None) -> None:
        if self._once_restored.pop(entry, None) is not None:
            if failure is not None:
                self.failed.emit(entry, failure)
            self._on_finished()

    @Slot(object)
    def _on_saved(self, order: SaveOrder) -> None:
        order.entry.saved = order.key
        order.entry.saved_as = order.path
        self.saved.emit(order.entry)

    @Slot(object, object)
    def _on_failed(self, order: SaveOrder, failure: Failure) -> None:
        for compressed in (False, True):
            self._targets.pop((order.entry, compressed), None)  # ask again next time
        self.failed.emit(order.entry, failure)

    @Slot()
    def _on_finished(self) -> None:
        if not self.busy:
            self.finished.emit()
