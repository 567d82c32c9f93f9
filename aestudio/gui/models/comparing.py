"""Two models side by side: what one makes of the photo is before, what the other makes of it is after."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from aestudio.gui.engine import Compared, Comparison
from aestudio.gui.jobs import Failure
from aestudio.gui.session import ChosenModel, OpenPhoto
from aestudio.gui.task_panel import Section

if TYPE_CHECKING:  # imports torch, which the window does not wait for
    from aestudio.gui.studio import Studio


class Comparing(QObject):
    """Has both sides of the canvas while it is on. The tools go first, and are not disturbed."""

    def __init__(self, studio: "Studio") -> None:
        super().__init__(studio)
        self._studio = studio
        self._section: Section | None = None  # whose models are compared
        self._wanted: Comparison | None = None  # that was asked for
        self._made: Compared | None = None
        studio.work_changed.connect(self.follow)
        restorations = studio.services.restorations
        restorations.compared.connect(self._on_compared)
        restorations.not_compared.connect(self._on_not_compared)
        restorations.failed.connect(self._on_restoring_ended)
        restorations.cancelled.connect(self._on_restoring_ended)

    def connect_sections(self) -> None:
        """The sections of the panel are there."""
        for section in self._studio.panel.sections:
            section.compare_toggled.connect(self._on_toggled)
            section.models.beside_chosen.connect(self.follow)
        self.follow()

    @property
    def on(self) -> bool:
        """Whether two models are compared, or will be when they have worked."""
        return self._section is not None

    @property
    def shown(self) -> bool:
        """Whether both are on the canvas."""
        return self._made is not None and self._studio.after.covered

    def stop(self) -> bool:
        """Show the photo and what the tools made of it again. False if nothing was compared."""
        section, self._section = self._section, None
        if section is None:
            return False
        section.models.show_comparing(False)
        covered, self._made, self._wanted = self.shown, None, None
        self._studio.services.restorations.compare(None)
        if covered:
            self._studio.after.uncover()
        return True

    @Slot()
    def follow(self) -> None:
        """Whatever happened in the studio: see what is to be compared now."""
        for each in self._studio.panel.sections:
            each.models.show_able(self._why_not(each))
        studio, section = self._studio, self._section
        if section is None or (studio.current is not None and studio.photo is None):  # it is being opened
            return
        if self._why_not(section):
            self.stop()
            return
        wanted = self._comparison(section)
        if wanted is None or studio.services.restorations.waits(wanted.entry):
            return
        if self._made is not None and self._made.wanted.key == wanted.key:
            self._show(section, self._made)
        elif self._wanted is None or self._wanted.key != wanted.key:
            self._wanted = wanted
            studio.services.restorations.compare(wanted)

    def _why_not(self, section: Section) -> str:
        """What must be done before models can be compared; empty for nothing."""
        entry = self._studio.current
        if entry is None:
            return self.tr("Open a photo to compare models on it.")
        if not entry.tool(section.task).on:
            return self.tr("Switch the tool on to compare models.")
        if entry.compression.on:
            return self.tr("Switch Compress off to compare models.")
        if len(section.models.beside.usable) < 2:
            return self.tr("There is no other model that could be used.")
        return ""

    def _comparison(self, section: Section) -> Comparison | None:
        entry, steps, beside = self._studio.current, self._studio.steps, section.models.model_beside
        if entry is None:
            return None
        before = tuple(replace(step, model=beside) if step.task is section.task else step for step in steps)
        return Comparison(entry, before, steps, self._studio.keeper.value.device)

    def _show(self, section: Section, made: Compared) -> None:
        if made.wanted.entry is not self._studio.current or self._studio.photo is None:
            return
        before, after = (
            next(step.model for step in steps if step.task is section.task)
            for steps in (made.wanted.before, made.wanted.after)
        )
        self._studio.after.cover(made.before, made.after, (self._label(before), self._label(after)))

    def _label(self, model: ChosenModel | None) -> str:
        return self.tr("Built-in model") if model is None else model.name

    @Slot(object, bool)
    def _on_toggled(self, section: Section, on: bool) -> None:
        if not on:
            self.stop()
            return
        self.stop()  # in another tool
        self._section = section
        section.models.show_comparing(True)
        self.follow()

    @Slot(object)
    def _on_compared(self, made: Compared) -> None:
        if self._section is not None and self._wanted is made.wanted:
            self._made = made
            self.follow()

    @Slot(object, object)
    def _on_not_compared(self, wanted: Comparison, failure: Failure | None) -> None:
        if self._section is None or wanted is not self._wanted:
            return
        self.stop()
        if failure is not None:
            self._studio.messages.show_failure(failure, wanted.entry.path.name)

    @Slot(object)
    @Slot(object, object)
    def _on_restoring_ended(self, entry: OpenPhoto | None, failure: Failure | None = None) -> None:
        """Without a result: there is nothing to compare."""
        del failure
        if entry is self._studio.current:
            self.stop()
