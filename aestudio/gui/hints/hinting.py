"""Colour hints in the window: clicks on the photo, and the colours chosen for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

import cv2
import numpy as np
from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QColor

from aestudio.errors import SettingsError
from aestudio.gui.canvas.marks import Mark
from aestudio.gui.hints.colour_picker import ColourPicker
from aestudio.gui.hints.files import HintFiles
from aestudio.gui.hints.panel import HintPanel
from aestudio.gui.jobs import Failure
from aestudio.gui.lab.colours import lab_colour
from aestudio.gui.session import OpenPhoto
from aestudio.gui.task_panel import Section
from aestudio.images.photo import Box, Photo

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.gui.studio import Studio
    from aestudio.tasks.colorize import ColorizeSettings
    from aestudio.tasks.colours import ColourSurvey
    from aestudio.tasks.hints import Hint

MARK_LIGHT = 65.0  # of marks on the photo
SURE, UNSURE = 28.0, 48.0  # spread of what a colour might be, in units of Lab: nothing shows, most shows
DENSEST = 130  # of 255
VEIL = QColor(235, 30, 70)
VEIL_SCALE = 4


@dataclass(frozen=True)
class Wanted:
    """A colour that is asked for: of a hint that is there, or of a place that is to get one."""

    entry: OpenPhoto
    x: float
    y: float
    hint: "Hint | None"


class Hinting(QObject):
    """Works on the Colorize settings of the photo on the canvas, through its section of the panel."""

    def __init__(self, studio: "Studio", section: Section) -> None:
        super().__init__(studio)
        self._studio = studio
        self._section = section
        self._surveys: WeakKeyDictionary[OpenPhoto, ColourSurvey] = WeakKeyDictionary()
        self._made_anew: WeakSet[OpenPhoto] = WeakSet()  # photos in colour that a hint had coloured anew
        self._entry: OpenPhoto | None = None  # whose hints are shown
        self._chosen: int | None = None
        self._gesture = 0
        self._wanted: Wanted | None = None  # whose colour is asked for in the picker
        self._from_photo: Wanted | None = None  # whose colour is to be taken from a photo by the next click
        self.picker: ColourPicker | None = None
        self.panel = HintPanel()
        section.add_means(self.panel)
        self.files = HintFiles(studio, section, self.panel, self)
        section.shown.connect(self._refresh)
        studio.opened.connect(self._on_opened)
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
        panel.chosen.connect(self._on_chosen)
        panel.doubt_toggled.connect(self._refresh)
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
        if self._studio.current is not self._entry:
            self._entry = self._studio.current
            self._chosen = None
            self._close_picker()
        view, hints = self._studio.view, self.settings.hints
        view.take_places(self.active or self._from_photo is not None)
        shown = hints if self.active and self._from_photo is None else ()
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
            layer.set_veil(self, None)
            return
        spread = (doubt(survey) - SURE) / (UNSURE - SURE)
        height, width = spread.shape
        smooth = cv2.resize(spread, (width * VEIL_SCALE, height * VEIL_SCALE), interpolation=cv2.INTER_CUBIC)
        layer.set_veil(self, (np.clip(smooth, 0, 1) * DENSEST).astype(np.uint8), VEIL)

    @Slot(object, object)
    def _on_surveyed(self, entry: OpenPhoto, survey: object) -> None:
        from aestudio.tasks.colours import ColourSurvey

        if not isinstance(survey, ColourSurvey):
            return  # another tool's
        self._surveys[entry] = survey
        if self.panel.doubt.isChecked():
            self._show_doubt()

    @Slot()
    def _on_opened(self) -> None:
        self._refresh()
        if self._from_photo is not None:
            self._ask_for_photo()

    # hints

    def _change(self, hints: "Sequence[Hint]", text: str, chosen: int | None, *, done: bool = True) -> None:
        """Set the hints; what comes until `done` is undone together."""
        entry = self._studio.current
        if entry is None:
            return
        try:
            settings = replace(self.settings, hints=tuple(hints))
        except SettingsError as exc:  # more than any photo can take
            self._studio.messages.show_failure(Failure.of(exc))
            return
        finding = entry.findings.get(self._section.task.id)
        if hints and not settings.anew and finding is not None and not finding.needed:
            self._made_anew.add(entry)  # whoever says what colour it is wants it coloured
            settings = replace(settings, anew=True)
        elif not hints and settings.anew and entry in self._made_anew:
            self._made_anew.discard(entry)
            settings = replace(settings, anew=False)
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
            self._choose_colour(hint.x, hint.y, hint)

    def _choose_colour(self, x: float, y: float, hint: "Hint | None") -> None:
        """Open the picker beside a place of the photo."""
        from aestudio.tasks.colours import lab_at
        from aestudio.tasks.plausible import suggestions

        entry, photo = self._studio.current, self._studio.photo
        if entry is None or photo is None:
            return
        light = lab_at(photo, x, y)[0]
        survey = self._surveys.get(entry)
        likely = suggestions(survey, x, y, light) if survey is not None else []
        self._close_picker()
        self._wanted = Wanted(entry, x, y, hint)
        self._gesture += 1
        self.picker = ColourPicker(light, likely, (hint.a, hint.b) if hint else None, self._studio)
        self.picker.picked.connect(self._on_picked)
        self.picker.pipette_wanted.connect(self._on_pipette_wanted)
        self.picker.removed.connect(self._on_picker_removed)
        self.picker.destroyed.connect(self._on_picker_gone)
        self.picker.adjustSize()
        self._studio.view.bring_into_view(x, y)
        self.picker.move(self._beside(self._studio.view.place_on_screen(x, y)))
        self.picker.show()

    def _close_picker(self) -> None:
        if self.picker is not None:
            self.picker.destroyed.disconnect(self._on_picker_gone)  # by then there may be another
            self.picker.close()
            self.picker = None

    def _beside(self, point: QPoint) -> QPoint:
        """Where the picker fits on the screen without covering the place."""
        assert self.picker is not None
        size, room = self.picker.sizeHint(), self._studio.screen().availableGeometry()
        x = point.x() + 16 if point.x() + 16 + size.width() <= room.right() else point.x() - 16 - size.width()
        y = point.y() - size.height() // 3
        return QPoint(
            max(room.left(), min(x, room.right() - size.width())),
            max(room.top(), min(y, room.bottom() - size.height())),
        )

    @Slot(float, float, bool)
    def _on_picked(self, a: float, b: float, done: bool) -> None:
        if self._wanted is not None and self._wanted.entry is self._studio.current:
            self._wanted = self._give_colour(self._wanted, a, b, done=done)

    def _give_colour(self, wanted: Wanted, a: float, b: float, *, done: bool) -> Wanted:
        """Add a hint, or give one another colour; what is wanted from now on."""
        from aestudio.tasks.hints import Hint

        hints = list(self.settings.hints)
        if wanted.hint is not None and wanted.hint in hints:
            number, text = hints.index(wanted.hint), self.tr("Colour of a hint")
            hints[number] = replace(wanted.hint, a=a, b=b)
        else:
            number, text = len(hints), self.tr("Hint")
            hints.append(Hint(wanted.x, wanted.y, a, b))
        self._change(hints, text, number, done=done)
        return replace(wanted, hint=hints[number])

    @Slot()
    def _on_pipette_wanted(self) -> None:
        self._from_photo = self._wanted
        self._refresh()
        self._ask_for_photo()

    def _ask_for_photo(self) -> None:
        self._studio.messages.show_note(
            self.tr("Click on the colour to take, in this photo or in another one. Esc: none.")
        )

    def _take_colour(self, x: float, y: float, *, after: bool) -> None:
        """Give the waiting hint the colour of a place of the photo on the canvas, and go back to the hint's photo."""
        from aestudio.tasks.colours import lab_at

        wanted, shown = self._from_photo, self._shown(x, y, after=after)
        if wanted is None:
            return
        if shown is None:
            self._studio.messages.show_note(self.tr("The photo is still in work. Please click again in a moment."))
            return
        _, a, b = lab_at(shown, 0.5, 0.5)
        self.stop_taking()
        if self._studio.current is not wanted.entry:
            self._studio.filmstrip.select(wanted.entry)
        self._give_colour(wanted, a, b, done=True)

    def _shown(self, x: float, y: float, *, after: bool) -> Photo | None:
        """What is on the canvas around a place: of the photo or of its result; None while that is not known."""
        entry, steps, photo = self._studio.current, self._studio.steps, self._studio.photo
        if entry is None or photo is None:
            return None
        column, row = min(int(x * photo.width), photo.width - 1), min(int(y * photo.height), photo.height - 1)
        box = Box(max(0, row - 2), min(row + 3, photo.height), max(0, column - 2), min(column + 3, photo.width))
        if not after or not steps:
            return replace(photo, pixels=photo.pixels[box.slices])
        result = self._studio.services.results.find(entry.full_key(steps))
        if result is None:
            return None
        strength = steps[-1].settings.strength
        return replace(result.full if strength else result.original, pixels=result.blended_box(box, strength))

    @Slot()
    def _on_picker_removed(self) -> None:
        wanted = self._wanted
        if wanted is not None and wanted.entry is self._studio.current and wanted.hint in self.settings.hints:
            self._remove(self.settings.hints.index(wanted.hint))

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

    def load(self, hints: "Sequence[Hint]") -> None:
        """Take hints from a file."""
        self._change(hints, self.tr("Hints loaded"), None)
