"""The right panel of Train: what is taught, from which photos, from which model on, and for how long."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from aestudio.errors import AEStudioError, Sentence
from aestudio.gui.models.stock import ModelStock
from aestudio.gui.palette import GAP
from aestudio.gui.task_panel import PANEL_WIDTH
from aestudio.gui.train.coding import CodingRows
from aestudio.gui.train.length import LengthRow
from aestudio.gui.train.more import MoreSection, choice_box
from aestudio.gui.train.plan import NOTHING, TrainPlan
from aestudio.gui.train.sources import FolderRows
from aestudio.gui.train.words import DENOISE, FIRST, KINDS, MARKED, MORE, NOISED, kind_word, tool_word
from aestudio.training.coding import EXPLORE, Coding
from aestudio.training.data.source import CLEAN, PAIRS, Source

_LABEL_PIXELS: Final = 72  # so that what stands beside labels begins at one line
_NAMED: Final = "{task}-own"  # a model that nobody named


class TrainSettings(QWidget):
    """Makes a plan of what is chosen here."""

    changed = Signal()  # by the user

    def __init__(self, stock: ModelStock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stock = stock
        self._named = False  # by the user
        self._from_nothing = False  # as well
        self.setFixedWidth(PANEL_WIDTH)
        self.tool = choice_box(
            [(tool_word(task).name, task) for task in (*FIRST, *MORE)], self.tr("What is to become better.")
        )
        self.tool.insertSeparator(len(FIRST))
        self.kind = choice_box([(kind_word(kind).name, kind) for kind in KINDS], self.tr("What the photos are."))
        self.tool_said, self.kind_said = _quiet_label(), _quiet_label()
        self.photos = FolderRows(
            self.tr("Folders"), self.tr("Folders of photos to learn from, with all folders below. They are only read.")
        )
        self.noisy = FolderRows(
            self.tr("Noisy photos"), self.tr("The noisy photo of each pair, under the same name as the good one.")
        )
        self.marks = FolderRows(
            self.tr("Own marks (optional)"),
            self.tr("A folder of marks as PNG files with transparency. Its marks are what it learns to know best."),
            several=False,
        )
        self.start = choice_box(
            (),
            self.tr(
                "What the training goes on from. A trained model learns in minutes what is special of your photos; "
                "from nothing takes days and thousands of photos."
            ),
        )
        self.coding = CodingRows()
        self.length = LengthRow()
        self.name_edit = QLineEdit()
        self.name_edit.setToolTip(self.tr("What the new model is called. The old one stays."))
        self.more = MoreSection()
        self._lay_out()
        self._connect()
        self._on_tool_chosen()

    def _lay_out(self) -> None:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(3 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        self._kind_row = _row(self.tr("Photos"), self.kind)
        self._rows: tuple[QWidget, ...] = (
            _row(self.tr("Teach"), self.tool),
            self.tool_said,
            self._kind_row,
            self.kind_said,
            self.photos,
            self.noisy,
            self.marks,
            _row(self.tr("Start from"), self.start),
            self.coding,
            _row(self.tr("Time"), self.length, self.length.box),
            _row(self.tr("Name"), self.name_edit),
        )
        for widget in self._rows:
            column.addWidget(widget)
        column.addSpacing(GAP)
        column.addWidget(self.more)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _connect(self) -> None:
        self.tool.activated.connect(self._on_tool_chosen)
        self.kind.activated.connect(self._on_kind_chosen)
        self.start.activated.connect(self._on_start_chosen)
        self.name_edit.textEdited.connect(self._on_named)
        for rows in (self.photos, self.noisy, self.marks):
            rows.changed.connect(self._on_changed)
        self.coding.changed.connect(self._on_changed)
        self.length.changed.connect(self._on_changed)
        self.more.changed.connect(self._on_changed)
        self._stock.changed.connect(self._on_stock_changed)

    # what is chosen

    @property
    def task(self) -> str:
        """What is taught."""
        return str(self.tool.currentData())

    @property
    def photos_kind(self) -> str:
        """What the photos are."""
        return str(self.kind.currentData()) if self.task == DENOISE else CLEAN

    @property
    def plan(self) -> TrainPlan:
        """All of it; `check` says what is missing."""
        kind = self.photos_kind
        plan = TrainPlan(
            self.task,
            Source(self.photos.folders, kind, self.noisy.folders if kind == PAIRS else ()),
            str(self.start.currentData()),
            self.name_edit.text().strip(),
            self.length.length,
            self.marks.folders[0] if self.marks.folders and self.task in MARKED else None,
            coding=self.coding.coding if self.task == EXPLORE else Coding(),
            becomes_variational=self.coding.becomes_variational,
        )
        return self.more.fill(plan, noise=self._adds_noise)

    @property
    def problem(self) -> Sentence | None:
        """Why nothing can be started; None if it can."""
        try:
            self.plan.check()
        except AEStudioError as exc:
            return exc.sentence
        return None

    @property
    def _adds_noise(self) -> bool:
        return self.task in NOISED and self.photos_kind == CLEAN

    def add(self, folders: Sequence[Path]) -> None:
        """Folders that were dropped anywhere: of pairs, the good ones come first."""
        if self.photos_kind == PAIRS and self.photos.folders and not self.noisy.folders:
            self.noisy.add(folders)
        elif self.photos_kind == PAIRS and not self.photos.folders and len(folders) == 2:
            self.photos.show_folders(folders[:1])
            self.noisy.add(folders[1:])
        else:
            self.photos.add(folders)

    def clear(self) -> None:
        """No folders."""
        for rows in (self.photos, self.noisy):
            rows.show_folders(())
        self._on_changed()

    @Slot()
    def show_models(self) -> None:
        """Other models are there, or another tool was chosen."""
        before = self.start.currentData()
        self.start.clear()
        for entry in self._stock.of_task(self.task):
            if entry.card is None or entry.problem is not None:
                continue
            text = self.tr("{name} (own)") if entry.own else "{name} {version}"
            self.start.addItem(text.format(name=entry.name, version=entry.card.version), entry.name)
        self.start.addItem(self.tr("Nothing"), NOTHING)
        kept = self.start.findData(before)
        self.start.setCurrentIndex(kept if kept >= 0 and (before != NOTHING or self._from_nothing) else 0)
        if self.start.currentData() != before:
            self._show_start()

    def _show_start(self) -> None:
        """What the model is that is started from."""
        name = self.start.currentData()
        cards = [entry.card for entry in self._stock.of_task(self.task) if entry.name == name]
        card = cards[-1] if cards else None
        self.coding.show_start(card.architecture if card else "", card.settings if card else {})

    def set_begin(self, folder: str) -> None:
        """Where dialogs begin."""
        for rows in (self.photos, self.noisy, self.marks):
            rows.begin_at = folder

    def set_locked(self, on: bool) -> None:
        """While a training runs, nothing can be changed."""
        for widget in self._rows:
            widget.setDisabled(on)
        self.more.set_locked(on)

    # what the user does

    @Slot()
    def _on_tool_chosen(self) -> None:
        task = self.task
        self.tool_said.setText(tool_word(task).sentence)
        self.start.clear()
        self.show_models()
        if not self._named:
            self.name_edit.setText(_NAMED.format(task=task))
        self.marks.setVisible(task in MARKED)
        self.coding.setVisible(task == EXPLORE)
        self.more.show_patch(task != EXPLORE)
        self._on_kind_chosen()

    @Slot()
    def _on_kind_chosen(self) -> None:
        kind, denoise = self.photos_kind, self.task == DENOISE
        self._kind_row.setVisible(denoise)
        self.kind_said.setVisible(denoise)
        self.kind_said.setText(kind_word(kind).sentence)
        self.photos.title.setText(self.tr("Good photos") if kind == PAIRS else self.tr("Folders"))
        self.noisy.setVisible(kind == PAIRS)
        self.more.show_noise(self._adds_noise)
        self._on_changed()

    @Slot()
    def _on_start_chosen(self) -> None:
        self._from_nothing = self.start.currentData() == NOTHING
        self._show_start()
        self._on_changed()

    @Slot()
    def _on_stock_changed(self) -> None:
        before = self.start.currentData()
        self.show_models()
        if self.start.currentData() != before:
            self._on_changed()

    @Slot()
    def _on_named(self) -> None:
        self._named = bool(self.name_edit.text())
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _quiet_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _row(text: str, control: QWidget, named: QWidget | None = None) -> QWidget:
    """A label and what it names."""
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GAP)
    grid.setColumnMinimumWidth(0, _LABEL_PIXELS)
    grid.setColumnStretch(1, 1)
    label = QLabel(text)
    label.setToolTip((named or control).toolTip())
    (named or control).setAccessibleName(text)
    grid.addWidget(label, 0, 0)
    grid.addWidget(control, 0, 1)
    return row
