"""The steps of a batch, built with the same sections as the tools of the studio."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aestudio.errors import SettingsError
from aestudio.gui.batch.files import FileRows
from aestudio.gui.consent import Consent
from aestudio.gui.folding import FoldingSection
from aestudio.gui.knob_row import translated
from aestudio.gui.models.parts import ChosenParts
from aestudio.gui.models.stock import ModelStock
from aestudio.gui.palette import GAP
from aestudio.gui.session import ChosenModel, ToolState
from aestudio.gui.task_panel import Section
from aestudio.gui.toggle_row import ToggleRow

if TYPE_CHECKING:
    from aestudio.batch.job import JobStep, Value
    from aestudio.tasks.base import Settings, Task


class StepSection(Section):
    """One tool: as in the studio, with rows for what it reads from files. Knobs that are automatic stay so."""

    def __init__(self, task: "Task[Any]", parent: QWidget | None = None) -> None:
        from aestudio.tasks.base import files, toggles

        super().__init__(task, parent)
        self.switch.setToolTip(self.tr("Let the tool work on all photos, or leave it out."))
        for row in self.rows.values():
            row.expect_nothing()
            row.auto.setToolTip(self.tr("Use the value found in each photo."))
        self.files = FileRows(files(task.settings_type))
        self.files.changed.connect(self._on_file_changed)
        if self.files.rows:
            self.add_means(self.files)
        else:
            self.files.setParent(self)
            self.files.hide()
        for name, toggle in toggles(task.settings_type).items():
            if not toggle.in_panel:  # the studio asks when a file is loaded; here it must be said beforehand
                self.toggles[name] = toggle_row = ToggleRow(name, toggle)
                self._inside.addWidget(toggle_row)
                toggle_row.changed.connect(self._on_toggled)
        self.show_step(None)

    @property
    def step(self) -> "JobStep":
        """What the tool is set to; what is as it is anyway is not written out."""
        from aestudio.batch.job import JobStep
        from aestudio.tasks.base import default_of

        kind = self.task.settings_type
        values: dict[str, Value] = {
            name: value
            for name in (*self.rows, *self.toggles)
            if (value := getattr(self.state.settings, name)) != default_of(kind, name)
        }
        values |= {name: str(path) for name, path in self.files.paths.items()}
        model = self.state.model
        return JobStep(self.task.id, values, model.name if model is not None else None)

    def show_step(self, step: "JobStep | None") -> None:
        """Show a step of a job, or the tool switched off with its defaults. Raises SettingsError as `plain` does."""
        settings = plain(step) if step is not None else self.task.settings_type()
        model = step.model if step is not None else None
        self.files.show_paths(step.paths if step is not None else {})
        # which weights that name stands for is seen when the batch runs
        self.show_photo(ToolState(step is not None, settings, ChosenModel(model, "") if model else None), None)

    def check_files(self) -> None:
        """Raises SettingsError if a file is not there."""
        for row in self.files.rows.values():
            if row.missing and row.path is not None:
                raise SettingsError(
                    "{path} is not there any more. Please choose it again, or take it out of the settings of {tool}.",
                    path=row.path,
                    tool=self.title,
                )

    def set_locked(self, on: bool) -> None:
        """Whether nothing can be changed; it can still be looked at."""
        self.switch.setDisabled(on)
        self._body.setDisabled(on)

    @Slot(str)
    def _on_file_changed(self, name: str) -> None:
        self.changed.emit(self.task, self.state, translated(self.files.rows[name].source.label), None)


def plain(step: "JobStep") -> "Settings":
    """The settings of a step but for what is read from files. Raises SettingsError for a value out of range."""
    from aestudio.tasks.base import files

    kind = step.task.settings_type
    values: Mapping[str, Any] = {name: v for name, v in step.values.items() if name not in files(kind)}
    settings: Settings = kind(**values)
    return settings


class BatchSteps(QWidget):
    """All tools in the order of their work, one of them open at a time."""

    changed = Signal()  # by the user

    def __init__(
        self,
        consent: Consent,
        models: ModelStock | None = None,
        parts: ChosenParts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._consent = consent
        self._parts = parts
        self._models = models
        if models is not None:
            models.changed.connect(self._show_models)
        self.sections: list[StepSection] = []
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2 * GAP)

    def build(self, tasks: "tuple[Task[Any], ...]") -> None:
        """Make the sections, folded."""
        for task in tasks:
            section = StepSection(task)
            section.fold(True)
            section.unfolded.connect(self._on_unfolded)
            section.changed.connect(self._on_section_changed)
            self._list.addWidget(section)
            self.sections.append(section)
        self._show_models()

    @property
    def steps(self) -> "tuple[JobStep, ...]":
        """The tools that are on."""
        return tuple(section.step for section in self.sections if section.state.on)

    @property
    def parts(self) -> Mapping[str, str]:
        """The models that work inside the tools, by part: those that are chosen for the whole program."""
        return self._parts.names if self._parts is not None else {}

    def check_files(self) -> None:
        """Raises SettingsError if a file of a tool that is on is not there."""
        for section in self.sections:
            if section.state.on:
                section.check_files()

    def check(self, steps: "Sequence[JobStep]") -> None:
        """Raises SettingsError for steps that cannot be shown: in another order than the tools, or out of range."""
        known = [section.task.id for section in self.sections]
        numbers = [known.index(step.tool) if step.tool in known else -1 for step in steps]
        if -1 in numbers or numbers != sorted(set(numbers)):
            raise SettingsError(
                "The steps {steps} are in an order that the window does not know. Please run that job with "
                "“aestudio batch”.",
                steps=", ".join(step.tool for step in steps),
            )
        for step in steps:
            plain(step)

    def show_steps(self, steps: "Sequence[JobStep]") -> None:
        """Show steps without telling anyone; a tool that the user may not use stays off. Raises as `check` does."""
        self.check(steps)
        by_tool = {step.tool: step for step in steps}
        for section in self.sections:
            step = by_tool.get(section.task.id)
            section.show_step(step if step is None or self._consent.given(section.task) else None)

    def begin_at(self, folder: str) -> None:
        """Where dialogs for files begin."""
        for section in self.sections:
            section.files.begin_at(folder)

    def set_locked(self, on: bool) -> None:
        """Whether nothing can be changed."""
        for section in self.sections:
            section.set_locked(on)

    @Slot()
    def _show_models(self) -> None:
        """Show what the tools can work with."""
        for section in self.sections:
            section.models.show_models(self._models.choices(section.task) if self._models is not None else ())

    @Slot(object, object, str, object)
    def _on_section_changed(self, task: "Task[Any]", state: ToolState, *_: object) -> None:
        section = next(section for section in self.sections if section.task is task)
        if state.on and not self._consent.given(task):
            section.show_photo(replace(state, on=False), None)
            return
        self.changed.emit()

    @Slot(object)
    def _on_unfolded(self, opened: FoldingSection) -> None:
        for section in self.sections:
            if section is not opened:
                section.fold(True)
