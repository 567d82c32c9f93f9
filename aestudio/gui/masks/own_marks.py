"""The photographer's own marks in the window: chosen for a photo, added, learnt and removed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from aestudio.errors import AEStudioError
from aestudio.gui.jobs import Failure
from aestudio.gui.masks.learn_mark_dialog import LearnMarkDialog
from aestudio.gui.masks.mark_chooser import MarkChooser
from aestudio.gui.session import OpenPhoto
from aestudio.gui.task_panel import Section
from aestudio.images.formats import READABLE
from aestudio.progress import Progress

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.gui.studio import Studio
    from aestudio.tasks.known_mark import KnownMark
    from aestudio.tasks.mark_library import MarkLibrary
    from aestudio.tasks.unwatermark import UnwatermarkSettings

_OPAQUE = frozenset({"JPEG", "RAW"})  # formats without transparency


@dataclass(frozen=True, eq=False)
class Removed:
    """A mark that was taken out of the library; None if its file could not be read."""

    name: str
    mark: "KnownMark | None"


@dataclass(frozen=True, eq=False)
class Wanted:
    """One thing that is to be done to the marks, and the photo that it is done for."""

    entry: OpenPhoto
    job: Callable[[Progress], "KnownMark | Removed"]
    switch_on: bool = False


class OwnMarks(QObject):
    """Works on the logo of the photo on the canvas, and on the library, through a worker."""

    def __init__(
        self, studio: "Studio", section: Section, chooser: MarkChooser, library: "MarkLibrary", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self._section = section
        self._chooser = chooser
        self._library = library
        self._runner = studio.services.marks
        self._names: list[str] = []
        self._running: Wanted | None = None
        self._next: Wanted | None = None
        self._overtaken: Wanted | None = None  # another mark was chosen while this one was being read
        self._learning_for: OpenPhoto | None = None
        self.dialog: LearnMarkDialog | None = None
        chooser.chosen.connect(self._on_chosen)
        chooser.add_wanted.connect(self._on_add)
        chooser.learn_wanted.connect(self._on_learn)
        chooser.folder_wanted.connect(self._on_folder_wanted)
        chooser.remove_wanted.connect(self._on_remove)
        section.shown.connect(self._refresh)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state_changed)
        self._list()

    @property
    def settings(self) -> "UnwatermarkSettings":
        """Of the photo on the canvas."""
        settings: UnwatermarkSettings = self._section.state.settings  # type: ignore[assignment]  # the section is its own
        return settings

    @Slot()
    def _refresh(self) -> None:
        logo = self.settings.logo
        self._chooser.show_marks(self._names, logo.name if logo is not None else "")

    def _list(self) -> None:
        self._names = self._library.names()
        self._refresh()

    @Slot(Qt.ApplicationState)
    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back from the folder of marks may have put some there."""
        if state == Qt.ApplicationState.ApplicationActive:
            self._list()

    # choosing

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        entry, logo = self._studio.current, self.settings.logo
        self._next, self._overtaken = None, self._running
        if entry is None or name == (logo.name if logo is not None else ""):
            return
        if name:
            self._do(Wanted(entry, partial(_read, self._library, name)))
        else:
            self._section.propose(replace(self.settings, logo=None), self.tr("No mark of my own"))

    def _use(self, entry: OpenPhoto, mark: "KnownMark", *, switch_on: bool) -> None:
        task = self._section.task
        state = entry.tool(task)
        settings = replace(state.settings, logo=mark, mask=None)  # type: ignore[call-arg]  # it is the tool's own
        self._studio.change_tool(
            entry, task, replace(state, on=state.on or switch_on, settings=settings), self.tr("My mark")
        )

    # the library

    @Slot()
    def _on_add(self) -> None:
        entry = self._studio.current
        endings = [ending for ending, format_ in READABLE.items() if format_ not in _OPAQUE]
        suffixes = " ".join(f"*{ending} *{ending.upper()}" for ending in endings)
        name, _ = QFileDialog.getOpenFileName(
            self._studio,
            self.tr("Add a logo"),
            self._studio.keeper.folder,
            self.tr("Pictures that can be transparent") + f" ({suffixes})",
        )
        if name and entry is not None:
            self._do(Wanted(entry, partial(_add, self._library, Path(name)), switch_on=True))

    @Slot()
    def _on_remove(self) -> None:
        entry, logo = self._studio.current, self.settings.logo
        if entry is not None and logo is not None:
            self._do(Wanted(entry, partial(_remove, self._library, logo.name)))

    def _put_back(self, entry: OpenPhoto, removed: Removed) -> None:
        if removed.mark is not None:
            self._do(Wanted(entry, partial(_keep, self._library, removed.mark, removed.name)))

    @Slot()
    def _on_folder_wanted(self) -> None:
        try:
            folder = self._library.make_folder()
        except AEStudioError as exc:
            self._studio.messages.show_failure(Failure.of(exc))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._studio.messages.show_note(self.tr("Your marks are in the folder {folder}.").format(folder=folder))

    # learning

    @Slot()
    def _on_learn(self) -> None:
        from aestudio.tasks.learn_mark import FEWEST

        entry = self._studio.current
        if entry is None or self._runner.busy or self.dialog is not None:
            return
        start = str(entry.path.parent) if entry.path.parent.is_dir() else self._studio.keeper.folder
        self.dialog = LearnMarkDialog(self._runner, self._library, start, FEWEST, self._studio)
        self._learning_for = entry
        self.dialog.kept.connect(self._on_kept)
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    @Slot(object)
    def _on_kept(self, mark: "KnownMark") -> None:
        if self._learning_for is not None:
            self._use(self._learning_for, mark, switch_on=True)

    @Slot()
    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = self._learning_for = None
        self._chooser.show_busy(self._runner.busy)
        self._list()

    # work

    def _do(self, wanted: Wanted) -> None:
        """Begin at once, or behind what is being done; of several that wait the last one counts."""
        if self._runner.busy:
            self._next = wanted
            return
        self._running = wanted
        self._chooser.show_busy(True)
        self._runner.start(wanted.job)

    @Slot(object)
    def _on_succeeded(self, result: "KnownMark | Removed") -> None:
        wanted = self._running
        if wanted is None:  # the dialog's
            return
        if isinstance(result, Removed):
            self._tell_removed(wanted.entry, result)
        elif wanted is not self._overtaken:
            self._use(wanted.entry, result, switch_on=wanted.switch_on)

    def _tell_removed(self, entry: OpenPhoto, removed: Removed) -> None:
        messages = self._studio.messages
        note = self.tr("{name} is no longer among your marks. Photos that it was chosen for still use it.")
        messages.show_note(note.format(name=removed.name))
        if removed.mark is not None:
            tip = self.tr("Keep the mark after all.")
            messages.offer(self.tr("Put back"), tip, partial(self._put_back, entry, removed))

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._running is not None:
            self._studio.messages.show_failure(failure)

    @Slot()
    def _on_finished(self) -> None:
        ours = self._running is not None
        self._running = self._overtaken = None
        self._chooser.show_busy(False)
        if ours:
            self._list()
        following, self._next = self._next, None
        if following is not None:
            self._do(following)


def _read(library: "MarkLibrary", name: str, progress: Progress) -> "KnownMark":
    progress.check()
    return library.read(name)


def _add(library: "MarkLibrary", path: Path, progress: Progress) -> "KnownMark":
    progress.check()
    return library.read(library.add_file(path))


def _keep(library: "MarkLibrary", mark: "KnownMark", name: str, progress: Progress) -> "KnownMark":
    progress.check()
    return library.read(library.keep(mark, name))


def _remove(library: "MarkLibrary", name: str, progress: Progress) -> Removed:
    progress.check()
    try:
        mark = library.read(name)
    except AEStudioError:  # whatever lies there can go all the same
        mark = None
    library.remove(name)
    return Removed(name, mark)
