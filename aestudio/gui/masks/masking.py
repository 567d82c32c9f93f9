"""Masks in the window: strokes over the photo, what changes the whole mask, and what became of the mark."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakSet

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QShortcut

from aestudio.gui.masks.canvas import MaskCanvas
from aestudio.gui.masks.files import MaskFiles
from aestudio.gui.masks.jobs import Job, MaskJobs
from aestudio.gui.masks.mark_chooser import MarkChooser
from aestudio.gui.masks.own_marks import OwnMarks
from aestudio.gui.masks.panel import MaskPanel, MaskTool
from aestudio.gui.session import OpenPhoto
from aestudio.gui.task_panel import Section
from aestudio.images import mask as masks
from aestudio.images.mask import Mask, Point
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo
from aestudio.progress import Progress

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.engine.restorer import Restoration
    from aestudio.gui.studio import Studio
    from aestudio.tasks.mark_library import MarkLibrary
    from aestudio.tasks.unwatermark import UnwatermarkSettings

VEIL = QColor(235, 30, 70)
DENSEST = 130  # of 255
EDGE_STEP = 1500  # the mask grows by one pixel for so many of the photo's longer side
BRUSH_STEP = 1.25  # of one press of a key
# Alt alone would not do: some window managers move windows by it
TAKES_AWAY = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, eq=False)
class ChangedMask:
    """A mask that was made as a whole."""

    entry: OpenPhoto
    base: PaintedMask | None  # what it was made of; no mask for None
    pixels: Mask
    painted: PaintedMask
    text: str  # for undo
    paint_anew: bool | None = None  # None: as it is set


class Masking(QObject):
    """Works on the Remove watermarks settings of the photo on the canvas, through its section of the panel."""

    def __init__(self, studio: "Studio", section: Section, library: "MarkLibrary") -> None:
        super().__init__(studio)
        self._studio = studio
        self._section = section
        self._entry: OpenPhoto | None = None  # whose mask is shown
        self._canvas = MaskCanvas(studio.view.mask_layer)
        self._gesture = 0
        self._stroke_on: PaintedMask | None = None  # the mask that the stroke under way began on
        self._click: tuple[Point, bool] | None = None  # of the wand: where, and whether it takes away
        self._brought_back: WeakSet[OpenPhoto] = WeakSet()  # nothing was painted anew there since marks were corrected
        self._veiled: object = None  # the survey that is shown as a veil
        self.library = library
        self.chooser = MarkChooser()
        section.add_means(self.chooser)
        self.marks = OwnMarks(studio, section, self.chooser, library, self)
        self.panel = MaskPanel()
        section.add_means(self.panel)
        studio.services.masks.failed.connect(studio.messages.show_failure)
        self._jobs = MaskJobs(studio.services.masks, self)  # a whole mask takes a second where photos are large
        self._jobs.done.connect(self._on_made)
        self.files = MaskFiles(studio, self._jobs)
        self.files.loaded.connect(self._on_loaded)
        self._draw_soon = QTimer(self, singleShot=True, interval=0)  # all moves that arrived, at once
        self._draw_soon.timeout.connect(self._on_draw)
        self._keys = [QShortcut(QKeySequence(key), studio) for key in "[]X"]
        for key, slot in zip(self._keys, (self._on_smaller, self._on_larger, self._on_swapped), strict=True):
            key.activated.connect(slot)
        section.shown.connect(self._refresh)
        studio.opened.connect(self._refresh)
        studio.settled.connect(self._refresh)
        view = studio.view
        view.stroke_began.connect(self._on_stroke_began)
        view.stroke_moved.connect(self._on_stroke_moved)
        view.stroke_ended.connect(self._on_stroke_ended)
        view.stroke_dropped.connect(self._on_stroke_dropped)
        self._connect_panel()
        self._refresh()

    def _connect_panel(self) -> None:
        panel = self.panel
        panel.tool_chosen.connect(self._on_tool_chosen)
        panel.size_changed.connect(self._show_brush)
        panel.show_toggled.connect(self._refresh)
        panel.grow_wanted.connect(self._on_grow)
        panel.shrink_wanted.connect(self._on_shrink)
        panel.feather_wanted.connect(self._on_feather)
        panel.invert_wanted.connect(self._on_invert)
        panel.clear_wanted.connect(self._on_clear)
        panel.correct_wanted.connect(self._on_correct)
        panel.load_wanted.connect(self.files.load)
        panel.save_wanted.connect(self._on_save)

    @classmethod
    def of(cls, studio: "Studio") -> "Masking | None":
        """For the studio's Remove watermarks, if it has that tool."""
        from aestudio.tasks.mark_library import MarkLibrary

        sections = [section for section in studio.panel.sections if section.task.id == "unwatermark"]
        return cls(studio, sections[0], MarkLibrary()) if sections else None

    @property
    def settings(self) -> "UnwatermarkSettings":
        """Of the photo on the canvas."""
        settings: UnwatermarkSettings = self._section.state.settings  # type: ignore[assignment]  # the section is its own
        return settings

    @property
    def active(self) -> bool:
        """Whether the section is on and open over a photo."""
        return self._section.state.on and self._section.is_open and self._studio.photo is not None

    @property
    def result(self) -> "Restoration | None":
        """What became of the photo on the canvas with these settings, if that is known."""
        entry, steps = self._studio.current, self._studio.steps
        if entry is None or not steps or steps[-1].task is not self._section.task:
            return None
        return self._studio.services.results.find(entry.full_key(steps))

    # what is shown

    @Slot()
    def _refresh(self) -> None:
        studio, view = self._studio, self._studio.view
        if studio.current is not self._entry:
            self._canvas.forget()
            self._entry = studio.current
        elif self._canvas.in_stroke and self.settings.mask is not self._stroke_on:
            view.drop_stroke()  # undone under the hand
        tool = self._tool
        view.take_strokes(tool != MaskTool.NONE)
        self._show_brush()
        for key in self._keys:
            key.setEnabled(tool != MaskTool.NONE)
        if studio.photo is not None:
            self._canvas.follow(self.settings.mask, studio.photo)
        self.panel.setEnabled(self._section.state.on and studio.photo is not None)
        result, has_mask = self.result, self.settings.mask is not None
        found = not has_mask and result is not None and not result.untouched
        self.panel.show_mask(has_mask=has_mask, found=found)
        self.panel.show_scores(self._scores(result))
        self._show_veils(result)

    def _show_veils(self, result: "Restoration | None") -> None:
        """The mask, while it is painted, while there is no result yet, and when it is asked for; or what was found."""
        asked = self.active and self.panel.shown.isChecked()
        self._canvas.show(shown=self.active and (asked or self._canvas.in_stroke or result is None))
        survey = result.survey if result is not None and asked else None
        if survey is self._veiled:
            return
        self._veiled = survey
        likely = getattr(survey, "likely", None)
        veil = (likely[0, 0].numpy() * DENSEST).astype(np.uint8) if likely is not None else None
        self._studio.view.layer.set_veil(self, veil, VEIL)

    @Slot()
    def _show_brush(self) -> None:
        round_ = self._tool in (MaskTool.BRUSH, MaskTool.ERASER)
        self._studio.view.set_brush(self._radius if round_ else None)

    def _scores(self, result: "Restoration | None") -> str:
        if result is None or not result.scores or not self.active:
            return ""
        residue, damage = (round(100 * result.scores[name]) for name in ("residue", "damage"))
        text = self.tr("Left of the mark: {residue} %. Changed where no mark may be: {damage} %.")
        return text.format(residue=residue, damage=damage)

    # strokes

    @property
    def _tool(self) -> MaskTool:
        """What the mouse does on the canvas."""
        return self.panel.tool if self.active else MaskTool.NONE

    @Slot()
    def _on_tool_chosen(self) -> None:
        hinting = self._studio.hinting
        if hinting is not None and self._tool != MaskTool.NONE:
            hinting.stop_taking()  # a click is a stroke now, and no colour
        self._refresh()

    @property
    def _radius(self) -> float:
        return (self.panel.brush_size.value or 1.0) / 2

    @Slot(float, float)
    def _on_stroke_began(self, x: float, y: float) -> None:
        photo, tool = self._studio.photo, self._tool
        if photo is None or tool == MaskTool.NONE:
            return
        if self._jobs.changing:
            self._studio.messages.show_note(self.tr("The mask is still in work. Please paint again in a moment."))
            return
        erase = tool == MaskTool.ERASER or bool(QGuiApplication.keyboardModifiers() & TAKES_AWAY)
        if tool == MaskTool.WAND:
            self._click = (x, y), erase
            return
        self._stroke_on = self.settings.mask
        self._canvas.begin(photo, (x, y), tool, erase=erase)
        self._canvas.show(shown=True)
        self._draw_soon.start()

    @Slot(float, float)
    def _on_stroke_moved(self, x: float, y: float) -> None:
        if self._canvas.in_stroke:
            self._canvas.move((x, y))
            self._draw_soon.start()

    @Slot()
    def _on_draw(self) -> None:
        if self._canvas.in_stroke:
            self._canvas.draw(self._radius)

    @Slot()
    def _on_stroke_ended(self) -> None:
        photo, click, self._click = self._studio.photo, self._click, None
        if photo is not None and click is not None:
            tolerance = int(self.panel.similarity.value or 0)
            self._change(partial(_with_similar, photo, *click, tolerance), self.tr("Magic wand"))
        if photo is None or not self._canvas.in_stroke:
            return
        painted = self._canvas.end(photo, self._radius)
        if painted is None:
            self._refresh()
            return
        texts = {
            MaskTool.BRUSH: self.tr("Brush stroke"),
            MaskTool.ERASER: self.tr("Eraser stroke"),
            MaskTool.RECTANGLE: self.tr("Rectangle"),
            MaskTool.LASSO: self.tr("Lasso"),
        }
        self._take(painted, texts[self._canvas.tool])

    @Slot()
    def _on_stroke_dropped(self) -> None:
        self._click = None
        self._canvas.drop()
        self._refresh()

    @Slot()
    def _on_smaller(self) -> None:
        self.panel.set_size(min(self._radius * 2 / BRUSH_STEP, self._radius * 2 - 1))

    @Slot()
    def _on_larger(self) -> None:
        self.panel.set_size(max(self._radius * 2 * BRUSH_STEP, self._radius * 2 + 1))

    @Slot()
    def _on_swapped(self) -> None:
        if not self._canvas.in_stroke:
            self.panel.choose(MaskTool.BRUSH if self.panel.tool == MaskTool.ERASER else MaskTool.ERASER)

    # the whole mask

    def _take(self, painted: PaintedMask | None, text: str, *, paint_anew: bool | None = None) -> None:
        """Set another mask, to be undone; an empty one is none."""
        entry, settings = self._studio.current, self.settings
        wanted = None if painted is None or painted.is_empty else painted
        if wanted == settings.mask and paint_anew in (None, settings.paint_anew):
            self._refresh()  # nothing to undo
            return
        if wanted is not None:  # a mask speaks for itself: no logo is looked for
            anew = settings.paint_anew if paint_anew is None else paint_anew
            settings = replace(settings, mask=wanted, paint_anew=anew, logo=None, learn_from=None)
        else:
            settings = replace(settings, mask=None, paint_anew=settings.paint_anew or entry in self._brought_back)
        if entry is None:
            return
        if paint_anew is False and self.settings.paint_anew:
            self._brought_back.add(entry)  # by this program, not by hand: the next mask is as masks are by default
        elif settings.paint_anew:
            self._brought_back.discard(entry)
        self._gesture += 1
        self._section.propose(settings, text, ("mask", self._gesture))

    def _make(
        self,
        text: str,
        make: Callable[[Photo, PaintedMask | None], Callable[[], Mask]],
        *,
        paint_anew: bool | None = None,
    ) -> None:
        """Make a mask outside the window's own thread, of the photo and the mask that it has when its turn comes."""
        entry = self._studio.current

        def prepare() -> Job | None:
            photo, base = self._studio.photo, self.settings.mask
            if entry is None or entry is not self._studio.current or photo is None:
                return None
            whole, pixels_of = photo.box, make(photo, base)

            def job(progress: Progress) -> ChangedMask:
                progress.check()
                pixels = pixels_of()
                before = base if base is not None and _fits(base, photo) else PaintedMask.empty(*pixels.shape)
                return ChangedMask(entry, base, pixels, before.updated(pixels, whole), text, paint_anew)

            return job

        self._jobs.do(prepare)

    @Slot(object)
    def _on_made(self, made: object) -> None:
        if not isinstance(made, ChangedMask) or made.entry is not self._studio.current:
            return
        if made.base is self.settings.mask:  # else that was undone in the meantime, and this with it
            self._canvas.take_over(made.pixels, made.painted)
            self._take(made.painted, made.text, paint_anew=made.paint_anew)

    def _edge_step(self) -> int:
        photo = self._studio.photo
        return max(1, round(max(photo.height, photo.width) / EDGE_STEP)) if photo is not None else 1

    @Slot()
    def _on_grow(self) -> None:
        self._change(partial(masks.grown, pixels=self._edge_step()), self.tr("Mask grown"))

    @Slot()
    def _on_shrink(self) -> None:
        self._change(partial(masks.grown, pixels=-self._edge_step()), self.tr("Mask shrunk"))

    @Slot()
    def _on_feather(self) -> None:
        self._change(partial(masks.feathered, pixels=2 * self._edge_step()), self.tr("Mask softened"))

    @Slot()
    def _on_invert(self) -> None:
        self._change(masks.inverted, self.tr("Mask turned round"))

    def _change(self, change: Callable[[Mask], Mask], text: str) -> None:
        def make(photo: Photo, base: PaintedMask | None) -> Callable[[], Mask]:
            if base is None or not _fits(base, photo):
                base = PaintedMask.empty(photo.height, photo.width)
            return lambda: change(base.pixels())  # not those on the canvas, which go on changing

        self._make(text, make)

    @Slot()
    def _on_correct(self) -> None:
        """What the tool changed by itself becomes a mask, under which it goes on as it did."""
        result = self.result
        if result is not None and not result.untouched:
            made = partial(masks.difference, result.original.pixels, result.full.pixels)
            self._make(self.tr("Found mark as a mask"), lambda photo, base: made, paint_anew=False)

    @Slot()
    def _on_clear(self) -> None:
        self._take(None, self.tr("Mask removed"))

    @Slot(object)
    def _on_loaded(self, painted: PaintedMask) -> None:
        self._take(painted, self.tr("Mask loaded"))

    @Slot()
    def _on_save(self) -> None:
        if self.settings.mask is not None:
            self.files.save(self.settings.mask)


def _fits(mask: PaintedMask, photo: Photo) -> bool:
    return (mask.height, mask.width) == (photo.height, photo.width)


def _with_similar(photo: Photo, seed: Point, erase: bool, tolerance: int, mask: Mask) -> Mask:
    """The mask, which is the caller's own, with what the wand takes."""
    masks.draw_similar(mask, photo.pixels, seed, tolerance, erase=erase)
    return mask
