"""Colour hints in the window: clicks on the photo, the colours chosen for them, files and references."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import cv2
import numpy as np
from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog

from aestudio.errors import AEStudioError
from aestudio.gui.canvas_marks import Mark
from aestudio.gui.colour_picker import ColourPicker
from aestudio.gui.hint_panel import HintPanel
from aestudio.gui.jobs import Failure
from aestudio.gui.lab_colours import lab_colour
from aestudio.gui.session import OpenPhoto, ToolState
from aestudio.gui.task_panel import Section
from aestudio.images.atomic import atomic_write
from aestudio.images.formats import READABLE
from aestudio.images.photo import Photo
from aestudio.progress import Progress

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.gui.studio import Studio
    from aestudio.tasks.colorize import ColorizeSettings
    from aestudio.tasks.colours import ColourSurvey
    from aestudio.tasks.hints import Hint
    from aestudio.tasks.reference import Reference

log = logging.getLogger(__name__)

MARK_LIGHT = 65.0  # of marks on the photo
SURE, UNSURE = 28.0, 48.0  # spread of what a colour might be, in units of Lab: nothing shows, most shows
DENSEST = 130  # of 255
VEIL = QColor(235, 30, 70)
VEIL_SCALE = 4


@dataclass(frozen=True)
class Wanted:
    """A hint that is to get a colour: the number of one that is there, or a new one at a place."""

    entry: OpenPhoto
    x: float
    y: float
    number: int | None


class Hinting(QObject):
    """Works on the Colorize settings of the photo on the canvas, through its section of the panel."""

    def __init__(self, studio: "Studio", section: Section) -> None:
        super().__init__(studio)
        self._studio = studio
        self._section = section
        self._surveys: WeakKeyDictionary[OpenPhoto, ColourSurvey] = WeakKeyDictionary()
        self._chosen: int | None = None
        self._gesture = 0
        self._wanted: Wanted | None = None  # whose colour is asked for in the picker
        self._from_photo: Wanted | None = None  # whose colour is to be taken from a photo by the next click
        self._reference_for: OpenPhoto | None = None
        self.picker: ColourPicker | None = None
        self.panel = HintPanel()
        section.add_means(self.panel)
        section.shown.connect(self._refresh)
        studio.surveyed.connect(self._on_surveyed)
        view = studio.view
        view.place_clicked.connect(self._on_place_clicked)
        view.mark_clicked.connect(self._edit)
        view.mark_moved.connect(self._on_mark_moved)
        view.mark_removed.connect(self._remove)
        panel = self.panel
        panel.add_wanted.connect(self._on_add)
        panel.edit_wanted.connect(self._edit)
        panel.remove_wanted.connect(self._remove)
        panel.clear_wanted.connect(self._on_clear)
        panel.load_wanted.connect(self._on_load)
        panel.save_wanted.connect(self._on_save)
        panel.spread_wanted.connect(self._on_spread)
        panel.reference_wanted.connect(self._on_reference_wanted)
        panel.reference_removed.connect(self._on_reference_removed)
        panel.chosen.connect(self._on_chosen)
        panel.doubt_toggled.connect(self._refresh)
        studio.services.reader.succeeded.connect(self._on_reference_read)
        studio.services.reader.failed.connect(studio.messages.show_failure)
        self._refresh()

    @classmethod
    def of(cls, studio: "Studio") -> "Hinting | None":
        """For the studio's Colorize, if it has that tool."""
        sections = [section for section in studio.panel.sections if section.task.id == "colorize"]
        return cls(studio, sections[0]) if sections else None

    @property
    def settings(self) -> "ColorizeSettings":
        """Of the photo on the canvas."""
        settings: ColorizeSettings = self._section.state.settings  # type: ignore[assignment]  # the section is its own
        return settings

    @property
    def active(self) -> bool:
        """Whether a click on the photo places a hint."""
        return self._section.state.on and self._section.is_open and self._studio.photo is not None

    def stop_taking(self) -> bool:
        """Take no colour from a photo after all. True if one was to be taken."""
        if self._from_photo is None:
            return False
        self._from_photo = None
        self._studio.messages.clear()
        self._refresh()
        return True

    # what is shown

    @Slot()
    def _refresh(self) -> None:
        view, hints = self._studio.view, self.settings.hints
        view.take_places(self.active or self._from_photo is not None)
        shown = hints if self.active else ()
        marks = [Mark(hint.x, hint.y, lab_colour(MARK_LIGHT, hint.a, hint.b)) for hint in shown]
        view.layer.set_marks(marks, self._chosen)
        self.panel.show_hints(hints, self._chosen)
        self.panel.setEnabled(self._section.state.on)
        self.panel.show_reference(self.settings.reference.name if self.settings.reference else "")
        self._show_doubt()

    def _show_doubt(self) -> None:
        from aestudio.tasks.plausible import doubt

        layer, entry = self._studio.view.layer, self._studio.current
        survey = self._surveys.get(entry) if entry is not None else None
        if survey is None or not (self.active and self.panel.doubt.isChecked()):
            layer.set_veil(None)
            return
        spread = (doubt(survey) - SURE) / (UNSURE - SURE)
        height, width = spread.shape
        smooth = cv2.resize(spread, (width * VEIL_SCALE, height * VEIL_SCALE), interpolation=cv2.INTER_CUBIC)
        layer.set_veil((np.clip(smooth, 0, 1) * DENSEST).astype(np.uint8), VEIL)

    @Slot(object, object)
    def _on_surveyed(self, entry: OpenPhoto, survey: "ColourSurvey") -> None:
        self._surveys[entry] = survey
        if self.panel.doubt.isChecked():
            self._show_doubt()

    # hints

    def _change(self, hints: "Sequence[Hint]", text: str, chosen: int | None, *, done: bool = True) -> None:
        """Set the hints; what comes until `done` is undone together."""
        entry = self._studio.current
        finding = entry.findings.get(self._section.task.id) if entry else None
        settings = replace(self.settings, hints=tuple(hints))
        if len(hints) > len(self.settings.hints) and finding is not None and not finding.needed:
            settings = replace(settings, anew=True)  # whoever says what colour it is wants it coloured
        self._chosen = chosen
        self._section.propose(settings, text, ("hint", self._gesture))
        if done:
            self._gesture += 1

    @Slot(float, float, bool)
    def _on_place_clicked(self, x: float, y: float, after: bool) -> None:
        if self._from_photo is not None:
            self._take_colour(x, y, after=after)
        elif self.active:
            self._choose_colour(x, y, None)

    @Slot()
    def _on_add(self) -> None:
        photo, box = self._studio.photo, self._studio.view.visible_box()
        if self.active and photo is not None:
            self._choose_colour((box.x0 + box.x1) / 2 / photo.width, (box.y0 + box.y1) / 2 / photo.height, None)

    @Slot(int)
    def _edit(self, number: int) -> None:
        if self.active and number < len(self.settings.hints):
            hint = self.settings.hints[number]
            self._chosen = number
            self._refresh()
            self._choose_colour(hint.x, hint.y, number)

    def _choose_colour(self, x: float, y: float, number: int | None) -> None:
        """Open the picker beside a place of the photo."""
        from aestudio.tasks.colours import lab_at
        from aestudio.tasks.plausible import suggestions

        entry, photo = self._studio.current, self._studio.photo
        if entry is None or photo is None:
            return
        light = lab_at(photo, x, y)[0]
        survey = self._surveys.get(entry)
        likely = suggestions(survey, x, y, light) if survey is not None else []
        own = None
        if number is not None:
            own = self.settings.hints[number].a, self.settings.hints[number].b
        if self.picker is not None:
            self.picker.close()
        self._wanted = Wanted(entry, x, y, number)
        self._gesture += 1
        self.picker = ColourPicker(light, likely, own, self._studio)
        self.picker.picked.connect(self._on_picked)
        self.picker.pipette_wanted.connect(self._on_pipette_wanted)
        self.picker.removed.connect(self._on_picker_removed)
        self.picker.destroyed.connect(self._on_picker_gone)
        self.picker.adjustSize()
        self.picker.move(self._beside(self._studio.view.place_on_screen(x, y)))
        self.picker.show()

    def _beside(self, point: QPoint) -> QPoint:
        """Where the picker fits on the screen without covering the place."""
        assert self.picker is not None
        size, room = self.picker.sizeHint(), self._studio.screen().availableGeometry()
        x = point.x() + 16 if point.x() + 16 + size.width() <= room.right() else point.x() - 16 - size.width()
        y = min(max(point.y() - size.height() // 3, room.top()), room.bottom() - size.height())
        return QPoint(max(x, room.left()), y)

    @Slot(float, float, bool)
    def _on_picked(self, a: float, b: float, done: bool) -> None:
        if self._wanted is not None:
            self._wanted = self._give_colour(self._wanted, a, b, done=done)

    def _give_colour(self, wanted: Wanted, a: float, b: float, *, done: bool) -> Wanted:
        """Add a hint, or give one another colour; the same hint from now on."""
        from aestudio.tasks.hints import Hint

        hints = list(self.settings.hints)
        hint = Hint(wanted.x, wanted.y, a, b)
        if wanted.number is None:
            hints.append(hint)
            self._change(hints, self.tr("Hint"), len(hints) - 1, done=done)
            return replace(wanted, number=len(hints) - 1)
        if wanted.number < len(hints):
            hints[wanted.number] = hint
            self._change(hints, self.tr("Colour of a hint"), wanted.number, done=done)
        return wanted

    @Slot()
    def _on_pipette_wanted(self) -> None:
        self._from_photo = self._wanted
        self._studio.messages.show_note(
            self.tr("Click on the colour to take, in this photo or in another one. Esc: none.")
        )
        self._refresh()

    def _take_colour(self, x: float, y: float, *, after: bool) -> None:
        """Give the waiting hint the colour of a place of the photo on the canvas, and go back to the hint's photo."""
        from aestudio.tasks.colours import lab_at

        wanted, photo = self._from_photo, self._shown(after=after)
        if wanted is None or photo is None:
            return
        _, a, b = lab_at(photo, x, y)
        self.stop_taking()
        if self._studio.current is not wanted.entry:
            self._studio.filmstrip.select(wanted.entry)
        self._give_colour(wanted, a, b, done=True)

    def _shown(self, *, after: bool) -> Photo | None:
        """What is on the canvas there: the photo, or its result."""
        entry, steps = self._studio.current, self._studio.steps
        if after and entry is not None and steps:
            result = self._studio.services.results.find(entry.full_key(steps))
            if result is not None:
                return result.full
        return self._studio.photo

    @Slot()
    def _on_picker_removed(self) -> None:
        if self._wanted is not None and self._wanted.number is not None:
            self._remove(self._wanted.number)

    @Slot()
    def _on_picker_gone(self) -> None:
        self.picker = None

    @Slot(int, float, float, bool)
    def _on_mark_moved(self, number: int, x: float, y: float, done: bool) -> None:
        hints = list(self.settings.hints)
        if number < len(hints):
            hints[number] = replace(hints[number], x=x, y=y)
            self._change(hints, self.tr("Place of a hint"), number, done=done)

    @Slot(int)
    def _remove(self, number: int) -> None:
        hints = list(self.settings.hints)
        if number < len(hints):
            del hints[number]
            self._change(hints, self.tr("Hint removed"), None)

    @Slot()
    def _on_clear(self) -> None:
        self._change((), self.tr("All hints removed"), None)

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        self._chosen = number if number >= 0 else None
        view = self._studio.view
        view.layer.set_marks(view.layer.marks, self._chosen)

    # files, other photos

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
                self._change(hints, self.tr("Hints loaded"), None)

    @Slot()
    def _on_save(self) -> None:
        from aestudio.tasks.hints import hints_json

        entry = self._studio.current
        if entry is None:
            return
        proposed = entry.path.with_name(f"{entry.path.stem}-hints.json")
        name, _ = QFileDialog.getSaveFileName(self._studio, self.tr("Save hints"), str(proposed), self._filter())
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(f"{name}.json")
        text = hints_json(self.settings.hints)
        try:
            atomic_write(path, lambda file: file.write(text.encode()), source=entry.path, overwrite=True)
        except AEStudioError as exc:
            self._studio.messages.show_failure(Failure.of(exc))
        else:
            self._studio.messages.show_note(self.tr("Hints saved as {name}.").format(name=path.name))

    def _filter(self) -> str:
        return self.tr("Colour hints") + " (*.json)"

    @Slot()
    def _on_spread(self) -> None:
        studio, task = self._studio, self._section.task
        others = [entry for entry in studio.model.entries if entry is not studio.current]
        for entry in others:
            studio.change_tool(entry, task, ToolState(True, self.settings), self.tr("Colours of another photo"))
        studio.messages.show_note(self.tr("%n other photo(s) are coloured this way now.", "", len(others)))

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
        if name and not reader.busy:
            self._reference_for = self._studio.current

            def read(path: Path, progress: Progress) -> "Reference":
                del progress  # done within a second
                return read_reference(path)

            reader.start(partial(read, Path(name)))

    @Slot(object)
    def _on_reference_read(self, reference: "Reference") -> None:
        entry, task = self._reference_for, self._section.task
        if entry is not None:
            state = entry.tool(task)
            settings = replace(state.settings, reference=reference)  # type: ignore[call-arg]  # it is Colorize's
            self._studio.change_tool(entry, task, ToolState(state.on, settings), self.tr("Reference photo"))

    @Slot()
    def _on_reference_removed(self) -> None:
        self._section.propose(replace(self.settings, reference=None), self.tr("No reference photo"))
