"""What Colorize takes from elsewhere and gives away: files of hints, a reference photo, the same for all photos."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from aestudio.errors import AEStudioError
from aestudio.gui.hints.panel import HintPanel
from aestudio.gui.jobs import Failure
from aestudio.gui.session import OpenPhoto
from aestudio.gui.task_panel import Section
from aestudio.images.atomic import atomic_write
from aestudio.images.formats import READABLE
from aestudio.progress import Progress

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from collections.abc import Sequence

    from aestudio.gui.studio import Studio
    from aestudio.tasks.colorize import ColorizeSettings
    from aestudio.tasks.hints import Hint
    from aestudio.tasks.reference import Reference

ENDING = ".json"


class HintTaker(Protocol):
    """Whoever changes the hints of the photo on the canvas."""

    @property
    def settings(self) -> "ColorizeSettings":
        """Of that photo."""

    def load(self, hints: "Sequence[Hint]") -> None:
        """Take hints from a file."""


class HintFiles(QObject):
    """Asks for files, and tells under the canvas what became of them."""

    def __init__(self, studio: "Studio", section: Section, panel: HintPanel, taker: HintTaker) -> None:
        super().__init__(studio)
        self._studio = studio
        self._section = section
        self._panel = panel
        self._taker = taker
        self._reference_for: OpenPhoto | None = None
        panel.load_wanted.connect(self._on_load)
        panel.save_wanted.connect(self._on_save)
        panel.spread_wanted.connect(self._on_spread)
        panel.reference_wanted.connect(self._on_reference_wanted)
        panel.reference_removed.connect(self._on_reference_removed)
        reader = studio.services.reader
        reader.succeeded.connect(self._on_reference_read)
        reader.failed.connect(studio.messages.show_failure)
        reader.finished.connect(self._on_reader_finished)

    @Slot()
    def _on_load(self) -> None:
        from aestudio.tasks.hints import read_hints

        name, _ = QFileDialog.getOpenFileName(
            self._studio, self.tr("Load hints"), self._studio.keeper.folder, self._filter()
        )
        if name:
            try:
                hints = read_hints(Path(name))
            except AEStudioError as exc:
                self._studio.messages.show_failure(Failure.of(exc))
            else:
                self._taker.load(hints)

    @Slot()
    def _on_save(self) -> None:
        from aestudio.tasks.hints import hints_json

        entry = self._studio.current
        if entry is None:
            return
        proposed = entry.path.with_name(f"{entry.path.stem}-hints{ENDING}")
        name, _ = QFileDialog.getSaveFileName(self._studio, self.tr("Save hints"), str(proposed), self._filter())
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == ENDING else Path(f"{name}{ENDING}")
        text = hints_json(self._taker.settings.hints)
        try:  # the dialog asked about the name that it gave, and no other
            atomic_write(path, lambda file: file.write(text.encode()), source=entry.path, overwrite=path == asked)
        except AEStudioError as exc:
            self._studio.messages.show_failure(Failure.of(exc))
        else:
            self._studio.messages.show_note(self.tr("Hints saved as {name}.").format(name=path.name))

    def _filter(self) -> str:
        return self.tr("Colour hints") + f" (*{ENDING})"

    @Slot()
    def _on_spread(self) -> None:
        """The same for all other photos; whether one in colour is coloured anew is asked of each."""
        studio, task = self._studio, self._section.task
        others = [entry for entry in studio.model.entries if entry is not studio.current]
        if not others:
            studio.messages.show_note(self.tr("There is no other photo. Please open the whole series first."))
            return
        for entry in others:
            anew = entry.tool(task).settings.anew  # type: ignore[attr-defined]  # it is Colorize's
            state = replace(self._section.state, on=True, settings=replace(self._taker.settings, anew=anew))
            studio.change_tool(entry, task, state, self.tr("Colours of another photo"))
        studio.messages.show_note(self.tr("%n other photo(s) will be coloured this way.", "", len(others)))

    @Slot()
    def _on_reference_wanted(self) -> None:
        from aestudio.tasks.reference import read_reference

        reader = self._studio.services.reader
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        name, _ = QFileDialog.getOpenFileName(
            self._studio,
            self.tr("Choose a reference photo"),
            self._studio.keeper.folder,
            self.tr("Photos") + f" ({suffixes})",
        )
        if not name or reader.busy:
            return

        def read(path: Path, progress: Progress) -> "Reference":
            progress.check()
            return read_reference(path)

        self._reference_for = self._studio.current
        self._panel.choose.setEnabled(False)  # one at a time
        reader.start(partial(read, Path(name)))

    @Slot(object)
    def _on_reference_read(self, reference: "Reference") -> None:
        entry, task = self._reference_for, self._section.task
        if entry is not None:
            state = entry.tool(task)
            settings = replace(state.settings, reference=reference)  # type: ignore[call-arg]  # it is Colorize's
            self._studio.change_tool(entry, task, replace(state, settings=settings), self.tr("Reference photo"))

    @Slot()
    def _on_reader_finished(self) -> None:
        self._reference_for = None
        self._panel.choose.setEnabled(True)

    @Slot()
    def _on_reference_removed(self) -> None:
        self._section.propose(replace(self._taker.settings, reference=None), self.tr("No reference photo"))
