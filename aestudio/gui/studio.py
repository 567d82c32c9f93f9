"""The studio: filmstrip, canvas and tools, and what happens between them."""

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QUndoGroup, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from aestudio.errors import WeightsError
from aestudio.gui.arriving import Arriving
from aestudio.gui.bench import Bench
from aestudio.gui.clipboard import pictures_folder
from aestudio.gui.consent import Consent
from aestudio.gui.engine import Outcome, Ready, Request
from aestudio.gui.filmstrip import FilmstripModel
from aestudio.gui.hints.hinting import Hinting
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.lab.lab import CompressLab
from aestudio.gui.lab.side import CoveredSide
from aestudio.gui.masks.masking import Masking
from aestudio.gui.messages import MessageLine
from aestudio.gui.models.choosing import ModelChoosing
from aestudio.gui.models.comparing import Comparing
from aestudio.gui.remedies import Remedies
from aestudio.gui.services import Services
from aestudio.gui.session import OpenPhoto, Parts, ToolState, WorkStep
from aestudio.gui.studio_saving import StudioSaving
from aestudio.gui.undo import ChangeTool
from aestudio.gui.welcome import Welcome
from aestudio.images.photo import Photo, Pixels

if TYPE_CHECKING:
    from aestudio.engine.restorer import Restoration
    from aestudio.tasks.base import Finding, Task

WAIT_AFTER_KNOB_MS = 300  # a slider on its way must not start the network at every step


class Studio(QWidget):
    """Opens photos, lets the tools work on the one that is shown, saves them."""

    opened = Signal(object)  # OpenPhoto whose pixels are on the canvas
    surveyed = Signal(object, object)  # OpenPhoto on the canvas, what its tool found out about the whole of it
    settled = Signal(object)  # OpenPhoto whose finished result is on the canvas
    work_changed = Signal()  # something started, ended, or can be done now that could not before
    photos_listed = Signal(object)  # list[Path]: added to the filmstrip
    open_requested = Signal()  # the empty state's button

    def __init__(
        self,
        services: Services,
        keeper: PreferencesKeeper,
        samples: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.keeper = keeper
        self.tasks: tuple[Task[Any], ...] = ()
        self.undo_group = QUndoGroup(self)
        self._nothing_to_undo = QUndoStack(self)
        self.current: OpenPhoto | None = None
        self._photo: Photo | None = None  # on the canvas, at full size
        self._pasted = 0
        self.hinting: Hinting | None = None  # once the tools are there
        self.masking: Masking | None = None
        self.lab: CompressLab | None = None
        self.consent = Consent(self)
        self._run_soon = QTimer(self, singleShot=True)
        self._run_soon.timeout.connect(self.run)

        self.model = FilmstripModel(services.thumbnails, self.is_unsaved, self)
        self.bench = Bench(self.model)
        self.filmstrip, self.view, self.panel = self.bench.filmstrip, self.bench.view, self.bench.panel
        self.after = CoveredSide(self.view)
        self.arriving = Arriving(self)
        self.models = ModelChoosing(self)
        self.messages = MessageLine()
        self.comparing = Comparing(self)
        self.remedies = Remedies(self.messages, self)
        self.welcome = Welcome(samples, services.thumbnails)
        self.saving = StudioSaving(services, keeper, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.bench)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.messages)
        self._connect()
        self._show_current()

    def _connect(self) -> None:
        services = self.services
        services.lister.listed.connect(self._on_listed)
        services.lister.failed.connect(self.messages.show_failure)
        services.opener.previewed.connect(self._on_previewed)
        services.opener.opened.connect(self._on_opened)
        services.opener.found.connect(self._on_found)
        services.opener.failed.connect(self._on_failed)
        restorations = services.restorations
        restorations.ready.connect(self._on_ready)
        restorations.started.connect(self._tell_work)
        restorations.found.connect(self._on_found)
        restorations.restored.connect(self._on_restored)
        restorations.failed.connect(self._on_failed)
        restorations.idle.connect(self._tell_work)
        self.filmstrip.selected.connect(self._on_selected)
        self.panel.tool_changed.connect(self._on_tool_changed)
        self.panel.run_requested.connect(self.run)
        self.panel.cancel_requested.connect(self.cancel)
        self.panel.save_requested.connect(self.save)
        self.saving.saved.connect(self._on_saved)
        self.saving.failed.connect(self._on_save_failed)
        self.remedies.reopened.connect(self._on_reopened)
        self.welcome.open_requested.connect(self.open_requested)
        self.welcome.sample_chosen.connect(self.open_paths)

    # what others ask

    def is_unsaved(self, entry: OpenPhoto) -> bool:
        """Whether a photo has a result that is in no file yet."""
        return entry.unsaved(self.tasks)

    @property
    def unsaved(self) -> list[OpenPhoto]:
        """All such photos."""
        return [entry for entry in self.model.entries if self.is_unsaved(entry)]

    @property
    def busy(self) -> bool:
        """Whether a photo is being restored, compressed or saved."""
        return self.services.restorations.running is not None or self.compressing or self.saving.busy

    @property
    def compressing(self) -> bool:
        """Whether the photo on the canvas is being compressed."""
        return self.lab is not None and self.lab.working

    @property
    def photo(self) -> Photo | None:
        """The photo on the canvas, once it is decoded."""
        return self._photo

    @property
    def steps(self) -> tuple[WorkStep, ...]:
        """The tools that are on for the photo on the canvas."""
        return self.current.steps(self.tasks) if self.current else ()

    # opening

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files and what is in folders."""
        if paths:
            self.services.lister.list(paths)

    def open_pixels(self, pixels: Pixels) -> None:
        """Open a picture that is in no file."""
        self._pasted += 1
        photo, name = Photo(pixels), self.tr("Pasted {number}").format(number=self._pasted)
        entry = OpenPhoto(
            pictures_folder() / f"{name}.png", photo, usual=self.models.usual, parts=self.services.parts.models
        )
        self._add([entry])
        self.services.thumbnails.put(entry.path, photo)
        self.filmstrip.select(entry)

    # working

    @Slot()
    def run(self) -> None:
        """Let the tools that are on work on the photo; at once if the result is known."""
        self._run_soon.stop()
        if self.lab is not None:
            self.lab.run()
        entry, steps = self.current, self.steps
        if entry is None or self._photo is None or not steps or self._show_known():
            return
        entry.failure = None
        self.messages.clear()
        first = self.view.loupe_box() or self.view.visible_box()
        self.services.restorations.request(Request(entry, steps, self.keeper.value.device, first))
        self._tell_work()

    def change_tool(
        self, entry: OpenPhoto, task: "Task[Any]", state: ToolState, text: str, gesture: Hashable = None
    ) -> None:
        """Set a tool on a photo, to be undone under that text; not if the user may not use the tool."""
        if state.on and not self.consent.given(task):
            self.panel.show_entry(self.current)  # off, as it was
            return
        entry.undo.push(ChangeTool(entry, task, entry.tool(task), state, text, self._on_tools_changed, gesture))

    def follow(self, entry: OpenPhoto, *, at_once: bool) -> None:
        """The tools of a photo are set otherwise: show them, and what comes of them."""
        if entry is self.current:
            self.panel.show_entry(entry)
            self._follow_tools(at_once=at_once)
        self.model.refresh(entry)

    @Slot()
    def cancel(self) -> None:
        """Stop all work."""
        self._run_soon.stop()
        self.services.restorations.cancel()
        if self.lab is not None:
            self.lab.stop()

    @Slot()
    def save(self) -> None:
        """Save the photo on the canvas; ask where the first time."""
        if self.current is not None and self._photo is not None:
            self.saving.save(self.current, self._photo)

    @Slot()
    def save_as(self) -> None:
        """Ask where to save the photo on the canvas."""
        if self.current is not None and self._photo is not None:
            self.saving.save_as(self.current, self._photo)

    def _show_known(self) -> bool:
        """Show the result of the present steps if it is known; True if it was."""
        entry, steps = self.current, self.steps
        if entry is None or len(steps) != 1:
            return False
        key = entry.full_key(steps)
        result = self.services.results.find(key)
        if result is None:
            return False
        self.services.restorations.forget(entry)
        self.after.show(key, result.full.pixels, steps[0].settings.strength)
        self._tell_survey(entry, result)
        self._finish(entry, steps, untouched=result.untouched)
        return True

    def _tell_survey(self, entry: OpenPhoto, result: "Restoration") -> None:
        if result.survey is not None:
            self.surveyed.emit(entry, result.survey)

    def _finish(self, entry: OpenPhoto, steps: tuple[WorkStep, ...], *, untouched: bool) -> None:
        entry.done = entry.key(steps)
        entry.untouched = untouched
        entry.failure = None
        self.model.refresh(entry)
        self._tell_work()
        if entry is self.current:
            self.settled.emit(entry)

    def _follow_tools(self, *, at_once: bool) -> None:
        """The tools of the photo on the canvas changed: show what is known, or begin to work."""
        entry, steps = self.current, self.steps
        if entry is None or self._photo is None:
            return
        if not steps:
            self._run_soon.stop()
            self.services.restorations.forget(entry)
            self.after.clear()
            self.model.refresh(entry)
        elif self._show_known():
            self._run_soon.stop()
        elif len(steps) == 1 and self._is_requested(entry, steps):
            self.view.set_strength(steps[0].settings.strength)  # the result in work fits: only the blend changed
        elif at_once:
            self.run()
        else:
            self._run_soon.start(WAIT_AFTER_KNOB_MS)
        self._tell_work()

    def _is_requested(self, entry: OpenPhoto, steps: tuple[WorkStep, ...]) -> bool:
        running = self.services.restorations.request_of(entry)
        return running is not None and entry.full_key(running.steps) == entry.full_key(steps)

    # showing

    def _show_current(self) -> None:
        """Another photo, or none, is on the canvas."""
        entry = self.current
        self.stack.setCurrentIndex(0 if entry is None else 1)
        self.undo_group.setActiveStack(entry.undo if entry else self._nothing_to_undo)
        self._photo = None
        self.panel.show_entry(entry)
        self.messages.clear()
        self.after.reset()
        self._run_soon.stop()
        self.view.set_photo(None)
        if entry is not None:
            if entry.failure is not None:
                self.remedies.tell(entry, entry.failure)
            photo = self.services.photos.find(entry)
            if photo is not None:
                self._show_photo(entry, photo)
            self.services.opener.open(entry)
        self._tell_work()

    def _show_photo(self, entry: OpenPhoto, photo: Photo) -> None:
        if self._photo is photo:
            return
        self._photo = photo
        self.view.set_photo(photo)
        if photo.notes and entry.failure is None:
            self.messages.show_note(" ".join(translated(note) for note in photo.notes))
        self.opened.emit(entry)
        if entry.failure is None and not self.services.restorations.waits(entry):
            self._follow_tools(at_once=True)
        self._tell_work()

    @Slot()
    def _tell_work(self) -> None:
        entry = self.current
        working = entry is not None and (self.services.restorations.waits(entry) or self.compressing)
        stale = bool(self.steps) and self._photo is not None
        if entry is not None and len(self.steps) == 1:
            stale = stale and self.after.key != entry.full_key(self.steps)
        self.panel.show_work(working=working, can_run=stale or (self.lab is not None and self.lab.stale))
        self.panel.save.setEnabled(self._photo is not None and not working)
        self.work_changed.emit()

    def _add(self, entries: list[OpenPhoto]) -> None:
        self.model.add(entries)
        for entry in entries:
            self.undo_group.addStack(entry.undo)

    # what happened

    @Slot(object)
    def _on_listed(self, paths: list[Path]) -> None:
        chosen = self.models.usual, self.services.parts.models
        new = {path: OpenPhoto(path, None, {}, *chosen) for path in paths if self.model.find(path) is None}
        self._add(list(new.values()))
        if new:
            self.photos_listed.emit(list(new))
        if paths:
            entry = self.model.find(paths[0])
            if entry is not None:
                self.filmstrip.select(entry)

    @Slot(object)
    def _on_selected(self, entry: OpenPhoto | None) -> None:
        self.current = entry
        self._show_current()

    @Slot(object, object)
    def _on_previewed(self, entry: OpenPhoto, preview: Any) -> None:
        if entry is self.current and self._photo is None:
            self.view.set_preview(preview, (preview.width, preview.height))

    @Slot(object, object)
    def _on_opened(self, entry: OpenPhoto, photo: Photo) -> None:
        self.model.opened(entry, photo)
        if entry is self.current:
            self._show_photo(entry, photo)

    @Slot(object)
    def _on_reopened(self, entry: OpenPhoto) -> None:
        self.model.refresh(entry)
        if entry is self.current:
            self.services.opener.open(entry)

    @Slot(object)
    def _on_ready(self, ready: Ready) -> None:
        self.tasks = self.saving.tasks = ready.tasks
        self.panel.build(ready.tasks)
        self.services.models.rescan()
        self.models.connect_sections()
        self.comparing.connect_sections()
        self.hinting = Hinting.of(self)
        self.masking = Masking.of(self)
        self.lab = CompressLab.of(self)
        self.lab.changed.connect(self._tell_work)
        self.panel.show_entry(self.current)
        self._follow_tools(at_once=True)
        self._tell_work()

    @Slot(object, str, object, object)
    def _on_found(self, entry: OpenPhoto, task_id: str, finding: "Finding", parts: Parts) -> None:
        from aestudio.tasks import task

        if parts != entry.parts_of(task(task_id)):
            return  # others work by now: what they find is on its way
        entry.findings[task_id] = finding
        if entry is self.current:
            self.panel.show_entry(entry)

    @Slot(object, object, str, object)
    def _on_tool_changed(self, task: "Task[Any]", state: ToolState, text: str, gesture: Hashable) -> None:
        if self.current is not None:
            self.change_tool(self.current, task, state, text, gesture)

    def _on_tools_changed(self, entry: OpenPhoto, at_once: bool) -> None:
        """Done, undone or redone."""
        lost = self.models.heal(entry)  # the model of that time may be gone
        self.follow(entry, at_once=at_once)
        self.models.tell(lost)

    @Slot(object)
    def _on_restored(self, outcome: Outcome) -> None:
        entry, steps = outcome.request.entry, outcome.request.steps
        if entry.full_key(entry.steps(self.tasks) or steps) != entry.full_key(steps):
            return  # the settings went on in the meantime: the next result is on its way
        if entry is not self.current or self._photo is None:
            self._finish(entry, entry.steps(self.tasks), untouched=outcome.last.untouched)
            return
        if outcome.last.notes:
            self.messages.show_note(" ".join(translated(note) for note in outcome.last.notes))
        if outcome.blended is None:
            self._show_known()
        else:
            self.after.show(entry.shown_key(steps), outcome.blended.pixels, 1.0)
            self._tell_survey(entry, outcome.last)
            self._finish(entry, steps, untouched=False)

    @Slot(object, object)
    def _on_failed(self, entry: OpenPhoto | None, failure: Failure) -> None:
        if entry is None:  # nothing can be computed at all
            self.panel.show_problem(failure.sentence)
            return self.messages.show_failure(failure)
        entry.failure = failure
        if issubclass(failure.kind, WeightsError):
            self.services.models_changed.emit()  # a model has changed or gone since it was chosen
        self.model.refresh(entry)
        if entry is self.current:
            self.after.drop_partial()
            self._tell_work()
            self.remedies.tell(entry, failure)

    @Slot(object)
    def _on_saved(self, entry: OpenPhoto) -> None:
        self.model.refresh(entry)
        self._tell_work()

    @Slot(object, object)
    def _on_save_failed(self, entry: OpenPhoto, failure: Failure) -> None:
        self.messages.show_failure(failure, entry.path.name)
