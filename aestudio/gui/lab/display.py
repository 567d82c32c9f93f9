"""What the compression lab shows of what it made: on both sides of the canvas, in its section and in its windows."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.chart_style import OURS, size_text
from aestudio.gui.i18n import translated
from aestudio.gui.lab.chart import Exhibit, LabChart
from aestudio.gui.lab.figures import Figures
from aestudio.gui.lab.section import LabSection
from aestudio.gui.lab.state import Equal, Look, Show
from aestudio.gui.lab.work import (
    Compressed,
    Heat,
    RivalFile,
    Subject,
    code_key,
    difference_key,
    heat_key,
    rival_key,
)
from aestudio.images.photo import Pixels

if TYPE_CHECKING:
    from aestudio.gui.lab.windows import CodeWindow
    from aestudio.gui.studio import Studio

Find = Callable[[Hashable], Any]  # what was made under a key, or None


@dataclass(frozen=True, eq=False)
class OneSide:
    """What is on one side of the canvas."""

    kind: Hashable  # what a newer picture has in common with the one that it takes the place of
    pixels: Pixels | None  # None: the photo itself
    label: str
    file: Compressed | RivalFile | None  # None: what was compressed


class LabDisplay(QObject):
    """Shows what is there. A picture stays until there is a newer one of its kind: nothing flashes."""

    code_toggled = Signal()  # the window with the code opened or closed

    def __init__(self, studio: "Studio", section: LabSection) -> None:
        super().__init__(studio)
        self._studio = studio
        self._section = section
        self._subject: Subject | None = None
        self._look = Look()
        self._before: OneSide | None = None
        self._after: OneSide | None = None
        self._noted: object = None  # what was said of which photo
        self._code_window: CodeWindow | None = None
        self._coded: object = None  # whose code is in that window
        self.chart = LabChart(studio, studio.messages)
        studio.view.mode_changed.connect(self._show_sides)

    @property
    def exhibit(self) -> Exhibit | None:
        """Our file that is on the canvas, and the one that it is compared with."""
        made = self._after.file if self._after is not None else None
        if self._subject is None or not isinstance(made, Compressed):
            return None
        file = self._before.file if self._before is not None else None
        return Exhibit(self._subject, made, file if isinstance(file, RivalFile) and file.made is made else None)

    @property
    def code_visible(self) -> bool:
        """Whether anyone looks at the code."""
        return self._code_window is not None and self._code_window.isVisible()

    def open_code(self) -> None:
        """Show the window with the code."""
        if self._code_window is None:
            from aestudio.gui.lab.windows import CodeWindow

            self._code_window = CodeWindow(self._studio)
            self._code_window.closed.connect(self.code_toggled)
        self._code_window.bring()
        self.code_toggled.emit()

    def clear(self) -> None:
        """Nothing is compressed: the canvas belongs to the tools again."""
        self._subject = self._before = self._after = None
        self._studio.after.uncover()
        self._show_sides()
        self._show_figures()
        self.chart.clear()
        self._show_code(None, None)

    def show_waiting(self) -> None:
        """There is nothing to be compressed yet."""
        if self._after is None:
            self._section.sides.setText(self.tr("The other tools come first."))

    def show(self, subject: Subject, made: Compressed, look: Look, finest: int, find: Find) -> None:
        """What there is of a compressed photo."""
        self._subject, self._look = subject, look
        self._after = self._after_side(subject, made, look, find)
        self._before = self._before_side(subject, made, look, find)
        labels = self._before.label, self._after.label
        assert self._after.pixels is not None
        self._studio.after.cover(self._before.pixels, self._after.pixels, labels)
        self._show_sides()
        self._show_figures()
        self._show_code(made, find(code_key(made)))
        exhibit = self.exhibit
        if exhibit is not None:
            self.chart.show(exhibit, finest, find)
        self._tell_notes(made)

    def _after_side(self, subject: Subject, made: Compressed, look: Look, find: Find) -> OneSide:
        kind = subject.key, look.show
        name = f"{OURS}, {size_text(len(made.specimen.data))}"
        pixels: Pixels | None = None
        if look.show == Show.DIFFERENCE:
            pixels = find(difference_key(made, look.times))
            name = self._difference_label(name, look)
        elif look.show == Show.BITS:
            heat: Heat | None = find(heat_key(made))
            if heat is not None:
                pixels = heat.pixels
                self._section.show_heat(heat.most)
            name = self.tr("{file}, bits").format(file=name)
        else:
            pixels = made.specimen.photo.pixels
        if pixels is not None:
            return OneSide(kind, pixels, name, made)
        if self._after is not None and self._after.kind == kind:
            return self._after
        return self._after_side(subject, made, Look(), find)  # the photo, until then

    def _before_side(self, subject: Subject, made: Compressed, look: Look, find: Find) -> OneSide:
        original = OneSide("", made.original.pixels if subject.steps else None, self._original_label(subject), None)
        if not look.rival:
            return original
        kind = subject.key, look.rival, look.show == Show.DIFFERENCE
        file: RivalFile | None = find(rival_key(made, look.rival, look.equal))
        if file is not None:
            name = f"{file.rival.name}, {size_text(file.size)}"
            if look.show != Show.DIFFERENCE:
                return OneSide(kind, file.pixels, name, file)
            pixels = find(difference_key(file, look.times))
            if pixels is not None:
                return OneSide(kind, pixels, self._difference_label(name, look), file)
        return self._before if self._before is not None and self._before.kind == kind else original

    def _original_label(self, subject: Subject) -> str:
        return self.tr("Not compressed") if subject.steps else self.tr("Original")

    def _difference_label(self, name: str, look: Look) -> str:
        return self.tr("{file}, difference ×{times}").format(file=name, times=look.times)

    @Slot()
    def _show_sides(self) -> None:
        """Say what is where."""
        if self._before is None or self._after is None:
            self._section.sides.clear()
            return
        single = self._studio.view.mode == CompareMode.SINGLE
        text = (
            self.tr("Shown: {after}.\nHold Space: {before}.") if single else self.tr("Left: {before}.\nRight: {after}.")
        )
        text = text.format(before=self._before.label, after=self._after.label)
        file = self._before.file
        if isinstance(file, RivalFile) and not file.reached:
            text += "\n" + self._limit(file)
        self._section.sides.setText(text)

    def _limit(self, file: RivalFile) -> str:
        if self._look.equal == Equal.SIZE:
            return self.tr("{format} makes no smaller file.").format(format=file.rival.name)
        return self.tr("{format} comes no nearer.").format(format=file.rival.name)

    def _show_figures(self) -> None:
        exhibit, name = self.exhibit, self._look.rival
        if exhibit is None:
            self._section.figures.show_figures(None, "")
            return
        made, rival = exhibit.made, exhibit.rival
        point = made.specimen.point
        ours = Figures(OURS, len(made.specimen.data), made.own_size, point.bpp, point.psnr, point.ms_ssim)
        if rival is None or rival.rival.name != name:
            self._section.figures.show_figures(ours, name)
            return
        point = rival.point
        theirs = Figures(name, rival.size, made.own_size, point.bpp, point.psnr, point.ms_ssim)
        self._section.figures.show_figures(ours, theirs)

    def _show_code(self, made: Compressed | None, code: Any) -> None:
        if self._code_window is None or not self.code_visible or self._coded is code:
            return
        if code is not None or made is None:
            self._coded = code
            self._code_window.view.set_code(code)

    def _tell_notes(self, made: Compressed) -> None:
        """Once for each photo."""
        assert self._subject is not None
        notes = self._subject.entry, made.specimen.stream.notes
        if notes != self._noted:
            self._noted = notes
            if notes[1]:
                self._studio.messages.show_note(" ".join(translated(note) for note in notes[1]))
