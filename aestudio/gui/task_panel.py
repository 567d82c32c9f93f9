"""The right panel: one section per tool, built from what the tool declares."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.icons import icon
from aestudio.gui.knob_row import KnobRow, translated
from aestudio.gui.palette import GAP
from aestudio.gui.session import OpenPhoto, ToolState, with_value
from aestudio.gui.switch import Switch

if TYPE_CHECKING:
    from aestudio.tasks.base import Finding, Task

PANEL_WIDTH = 288


class Section(QFrame):
    """One tool: a header with its name and switch, and its knobs, which can be folded away."""

    changed = Signal(object, object, str, object)  # Task, ToolState, text for undo, gesture
    unfolded = Signal(object)  # this section

    def __init__(self, task: "Task[Any]", parent: QWidget | None = None) -> None:
        from aestudio.tasks.base import default_of, knobs

        super().__init__(parent)
        self.task = task
        self._state = ToolState(on=False, settings=task.settings_type())
        self._title = translated(task.title)
        self.header = QToolButton()
        self.header.setText(self._title)
        self.header.setIcon(icon("chevron-down"))
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setAutoRaise(True)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setToolTip(self.tr("Show or hide the settings of this tool."))
        self.header.setAccessibleName(self.tr("{tool}: settings").format(tool=self._title))
        font = self.header.font()
        font.setBold(True)
        self.header.setFont(font)
        self.switch = Switch()
        self.switch.setToolTip(self.tr("Switch the tool on or off for this photo."))
        self.switch.setAccessibleName(self._title)
        self.rows = {
            name: KnobRow(name, knob, default_of(task.settings_type, name))
            for name, knob in knobs(task.settings_type).items()
        }
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setForegroundRole(self.note.palette().ColorRole.PlaceholderText)
        self.note.hide()

        top = QHBoxLayout()
        top.addWidget(self.header)
        top.addWidget(self.switch)
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(GAP, GAP, 0, GAP)
        inside.setSpacing(2 * GAP)
        inside.addWidget(self.note)
        for row in self.rows.values():
            inside.addWidget(row)
            row.changed.connect(self._on_knob_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._body)
        QWidget.setTabOrder(self.header, self.switch)
        self.header.clicked.connect(self._on_header_clicked)
        self.switch.clicked.connect(self._on_switched)

    @property
    def is_open(self) -> bool:
        """Whether the knobs are shown."""
        return not self._body.isHidden()

    def fold(self, closed: bool) -> None:
        """Hide or show the knobs."""
        self._body.setHidden(closed)
        self.header.setIcon(icon("chevron-right" if closed else "chevron-down"))

    def show_state(self, state: ToolState) -> None:
        """Show what the tool is set to on the current photo."""
        self._state = state
        self.switch.setChecked(state.on)
        for name, row in self.rows.items():
            row.show_value(getattr(state.settings, name))

    def show_finding(self, finding: "Finding | None") -> None:
        """Show what was found in the photo."""
        for name, row in self.rows.items():
            row.show_found(finding.values.get(name) if finding is not None else None)
        needless = finding is not None and self.task.leaves_alone(self._state.settings, finding)
        self.note.setText(translated(self.task.needless) if needless else "")
        self.note.setVisible(needless)

    @Slot()
    def _on_header_clicked(self) -> None:
        self.fold(self.is_open)
        if self.is_open:
            self.unfolded.emit(self)

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:
        self._state = ToolState(on, self._state.settings)
        text = self.tr("{tool} on") if on else self.tr("{tool} off")
        self.changed.emit(self.task, self._state, text.format(tool=self._title), None)
        if on and not self.is_open:
            self.fold(False)
            self.unfolded.emit(self)

    @Slot(str, object, int)
    def _on_knob_changed(self, name: str, value: float | None, gesture: int) -> None:
        from aestudio.tasks.base import knobs

        self._state = ToolState(self._state.on, with_value(self._state.settings, name, value))
        label = translated(knobs(self.task.settings_type)[name].label)
        self.changed.emit(self.task, self._state, label, (name, gesture))


class TaskPanel(QWidget):
    """The tools in their order of work, with Run or Cancel and Save below."""

    tool_changed = Signal(object, object, str, object)  # Task, ToolState, text for undo, gesture
    run_requested = Signal()
    cancel_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: list[Section] = []
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
            section.fold(number > 0)
            section.changed.connect(self.tool_changed)
            section.unfolded.connect(self._on_unfolded)
            self._list.insertWidget(self._list.count() - 1, section)
            self.sections.append(section)
        self.show_entry(None)

    def show_problem(self, sentence: str) -> None:
        """Say why there are no tools."""
        self._loading.setText(sentence)

    def show_entry(self, entry: OpenPhoto | None) -> None:
        """Show the tools as they are set on a photo."""
        for section in self.sections:
            section.setEnabled(entry is not None)
            if entry is not None:
                section.show_state(entry.tool(section.task))
                section.show_finding(entry.findings.get(section.task.id))

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
    def _on_unfolded(self, opened: Section) -> None:
        for section in self.sections:
            if section is not opened:
                section.fold(True)
