"""The right panel: one section per tool, built from what the tool declares."""

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.folding import FoldingSection
from aestudio.gui.icons import icon
from aestudio.gui.knob_row import KnobRow, translated
from aestudio.gui.models.choice import ModelChooser
from aestudio.gui.palette import GAP
from aestudio.gui.session import ChosenModel, OpenPhoto, ToolState, with_value
from aestudio.gui.toggle_row import ToggleRow

if TYPE_CHECKING:
    from aestudio.tasks.base import Finding, Settings, Task

PANEL_WIDTH = 288


class Section(FoldingSection):
    """One tool: a header with its name and switch, and its model and knobs, which can be folded away."""

    changed = Signal(object, object, str, object)  # Task, ToolState, text for undo, gesture
    model_chosen = Signal(object, object)  # Task, ChosenModel or None for the built-in one; before `changed`
    compare_toggled = Signal(object, bool)  # this section, whether two models are to be compared

    def __init__(self, task: "Task[Any]", parent: QWidget | None = None) -> None:
        from aestudio.tasks.base import default_of, knobs, toggles

        super().__init__(translated(task.title), parent)
        self.task = task
        self._state = ToolState(on=False, settings=task.settings_type())
        self.models = ModelChooser()
        self._inside.addWidget(self.models)
        self.models.chosen.connect(self._on_model_chosen)
        self.models.compare_toggled.connect(self._on_compare_toggled)
        self.rows = {
            name: KnobRow(name, knob, default_of(task.settings_type, name))
            for name, knob in knobs(task.settings_type).items()
        }
        self.toggles = {
            name: ToggleRow(name, toggle) for name, toggle in toggles(task.settings_type).items() if toggle.in_panel
        }
        for row in self.rows.values():
            self._inside.addWidget(row)
            row.changed.connect(self._on_knob_changed)
        for toggle_row in self.toggles.values():
            self._inside.addWidget(toggle_row)
            toggle_row.changed.connect(self._on_toggled)
        self.switch.clicked.connect(self._on_switched)

    @property
    def state(self) -> ToolState:
        """What the tool is set to on the current photo."""
        return self._state

    def add_means(self, widget: QWidget) -> None:
        """Further means of this tool, above its knobs, also on the way of Tab."""
        self._inside.insertWidget(self._inside.indexOf(self.models) + 1, widget)
        before: QWidget = self.models.beside
        for control in _tab_stops(widget):
            QWidget.setTabOrder(before, control)
            before = control

    def propose(self, settings: "Settings", text: str, gesture: Hashable = None) -> None:
        """Tell of other settings, as a knob does. Those with the same gesture are undone together."""
        self._state = replace(self._state, settings=settings)
        self.changed.emit(self.task, self._state, text, gesture)

    def show_photo(self, state: ToolState, finding: "Finding | None") -> None:
        """Show what the tool is set to on the current photo, and what was found in it."""
        self._state = state
        self.switch.setChecked(state.on)
        self.models.show_chosen(state.model)
        for name, row in self.rows.items():
            row.show_value(getattr(state.settings, name))
        for name, toggle_row in self.toggles.items():
            toggle_row.show_value(getattr(state.settings, name))
        for name, row in self.rows.items():
            row.show_found(finding.values.get(name) if finding is not None else None)
        needless = finding is not None and self.task.leaves_alone(self._state.settings, finding)
        self.show_note(translated(self.task.needless) if needless else "")
        self.shown.emit()

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:
        self._state = replace(self._state, on=on)
        text = self.tr("{tool} on") if on else self.tr("{tool} off")
        self.changed.emit(self.task, self._state, text.format(tool=self.title), None)
        if self._state.on:  # it may have been refused
            self.unfold()

    @Slot(object)
    def _on_model_chosen(self, model: ChosenModel | None) -> None:
        self._state = replace(self._state, model=model)
        self.model_chosen.emit(self.task, model)
        self.changed.emit(self.task, self._state, self.tr("Model"), None)

    @Slot(bool)
    def _on_compare_toggled(self, on: bool) -> None:
        self.compare_toggled.emit(self, on)

    @Slot(str, object, int)
    def _on_knob_changed(self, name: str, value: float | None, gesture: int) -> None:
        from aestudio.tasks.base import knobs

        label = translated(knobs(self.task.settings_type)[name].label)
        self.propose(with_value(self._state.settings, name, value), label, (name, gesture))

    @Slot(str, bool)
    def _on_toggled(self, name: str, on: bool) -> None:
        from aestudio.tasks.base import toggles

        label = translated(toggles(self.task.settings_type)[name].label)
        self.propose(with_value(self._state.settings, name, on), label)


def _tab_stops(widget: QWidget) -> list[QWidget]:
    """What Tab stops at inside a widget, in its order."""
    stops: list[QWidget] = []
    control = widget.nextInFocusChain()
    while control is not None and widget.isAncestorOf(control):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.focusProxy() is None:
            stops.append(control)
        control = control.nextInFocusChain()
    return stops


class TaskPanel(QWidget):
    """The tools in their order of work, with Run or Cancel and Save below."""

    tool_changed = Signal(object, object, str, object)  # Task, ToolState, text for undo, gesture
    run_requested = Signal()
    cancel_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: list[Section] = []
        self._folding: list[FoldingSection] = []  # those, and others
        self._working = False
        self.setFixedWidth(PANEL_WIDTH)
        self._loading = QLabel(self.tr("The tools are being loaded…"))
        self._loading.setWordWrap(True)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        self._list.setSpacing(2 * GAP)
        self._list.addWidget(self._loading)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.run = QPushButton()
        self.save = QPushButton(self.tr("Save…"))
        self.save.setIcon(icon("content-save-outline"))
        self.save.setToolTip(self.tr("Save the restored photo under a new name (Ctrl+S)."))
        self.save.setAccessibleName(self.tr("Save"))
        for button in (self.run, self.save):
            button.setMinimumHeight(32)
        below = QVBoxLayout()
        below.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        below.setSpacing(2 * GAP)
        below.addWidget(self.run)
        below.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(below)
        self.run.clicked.connect(self._on_run_clicked)
        self.save.clicked.connect(self.save_requested)
        self.show_work(working=False, can_run=False)
        self.save.setEnabled(False)

    def build(self, tasks: "tuple[Task[Any], ...]") -> None:
        """Make the sections; the first one is open."""
        self._loading.hide()
        for number, task in enumerate(tasks):
            section = Section(task)
            section.changed.connect(self.tool_changed)
            self.add_last(section)
            section.fold(number > 0)
            self.sections.append(section)
        self.show_entry(None)

    def add_last(self, section: FoldingSection) -> None:
        """Put a section below all others, folded."""
        section.fold(True)
        section.unfolded.connect(self._on_unfolded)
        self._list.insertWidget(self._list.count() - 1, section)
        self._folding.append(section)

    def show_problem(self, sentence: str) -> None:
        """Say why there are no tools."""
        self._loading.setText(sentence)

    def show_entry(self, entry: OpenPhoto | None) -> None:
        """Show the tools as they are set on a photo."""
        for section in self.sections:
            section.setEnabled(entry is not None)
            if entry is not None:
                section.show_photo(entry.tool(section.task), entry.findings.get(section.task.id))

    def show_work(self, *, working: bool, can_run: bool) -> None:
        """Show Cancel while the photo is in work, else Run."""
        self._working = working
        self.run.setText(self.tr("Cancel") if working else self.tr("Run"))
        self.run.setIcon(icon("close" if working else "play"))
        self.run.setAccessibleName(self.tr("Cancel the restoration") if working else self.tr("Run the tools"))
        self.run.setToolTip(
            self.tr("Stop working on the photo (Esc).")
            if working
            else self.tr("Let the tools that are on work on the photo (Ctrl+Enter).")
        )
        self.run.setEnabled(working or can_run)

    @Slot()
    def _on_run_clicked(self) -> None:
        if self._working:
            self.cancel_requested.emit()
        else:
            self.run_requested.emit()

    @Slot(object)
    def _on_unfolded(self, opened: FoldingSection) -> None:
        for section in self._folding:
            if section is not opened:
                section.fold(True)
