"""The list of earlier trainings and of candidates."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.palette import GAP
from aestudio.gui.train.header import FlatHeader
from aestudio.gui.train.interval import signed, unit
from aestudio.gui.train.past import Run
from aestudio.gui.train.words import tool_word

_ROW = 32  # pixels of a line
_WIDTHS = (220, 160, 160)  # of all columns but the last


class RunList(QTreeWidget):
    """A training in each line; Enter looks at it, Delete deletes it."""

    wanted = Signal()
    delete_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells of a key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class TrainList(QWidget):
    """Shows them, and tells what is wanted of the one that is chosen."""

    go_on_wanted = Signal(object)  # Run
    verdict_wanted = Signal(object)  # Run
    delete_wanted = Signal(object)  # Run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._busy = False
        self.tree = RunList()
        self.tree.setColumnCount(4)
        self.tree.setHeaderLabels([self.tr("Model"), self.tr("Tool"), self.tr("Last change"), self.tr("State")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName(self.tr("Earlier trainings"))
        self.tree.setHeader(FlatHeader(self.tree))
        self.tree.header().setSectionsClickable(False)
        self.tree.header().setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            self.tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.tree.setColumnWidth(column, width)
        self.go_on = self._button(
            "play", self.tr("Go on"), self.tr("Go on with this training where it was stopped, with the same settings.")
        )
        self.look = self._button(
            "scale-balance", self.tr("Look at the verdict"), self.tr("Show how good its model is, and adopt it or not.")
        )
        self.delete = self._button(
            "delete-outline", self.tr("Delete…"), self.tr("Delete this training and its model. Adopted models stay.")
        )
        self.empty = QLabel(self.tr("There are no trainings yet."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GAP)
        buttons.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        for button in (self.go_on, self.look, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(buttons)
        self.tree.itemSelectionChanged.connect(self._show_buttons)
        self.tree.itemDoubleClicked.connect(self._on_wanted)
        self.tree.wanted.connect(self._on_wanted)
        self.tree.delete_wanted.connect(self._on_delete)
        self.go_on.clicked.connect(self._on_go_on)
        self.look.clicked.connect(self._on_look)
        self.delete.clicked.connect(self._on_delete)
        self.show_runs((), busy=False)

    def _button(self, glyph: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setIcon(icon(glyph))
        button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        button.setMinimumHeight(32)
        button.setToolTip(tip)
        button.setAccessibleName(text.rstrip("…"))
        return button

    def show_runs(self, runs: Sequence[Run], *, busy: bool) -> None:
        """Show them; `busy` while a training runs, and no other can be gone on with."""
        chosen = self.chosen
        self._runs, self._busy = tuple(runs), busy
        self.tree.clear()
        for run in runs:
            when = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(round(run.when.timestamp())), QLocale.FormatType.ShortFormat
            )
            item = QTreeWidgetItem(self.tree, [run.name, tool_word(run.task).name, when, self._state(run)])
            item.setToolTip(0, str(run.folder))
            item.setSizeHint(0, QSize(0, _ROW))
            if chosen is not None and run.folder == chosen.folder:
                self.tree.setCurrentItem(item)
        first = self.tree.topLevelItem(0)
        if not self.tree.selectedItems() and first is not None:
            self.tree.setCurrentItem(first)
        self.tree.setVisible(bool(runs))
        self.empty.setVisible(not runs)
        self._show_buttons()

    @property
    def chosen(self) -> Run | None:
        """The one that the buttons are for."""
        item = self.tree.currentItem()
        index = self.tree.indexOfTopLevelItem(item) if item is not None else -1
        return self._runs[index] if 0 <= index < len(self._runs) else None

    def _state(self, run: Run) -> str:
        verdict = run.verdict
        if verdict is None:
            return self.tr("judged, but the verdict cannot be read") if run.judged else self.tr("stopped, not judged")
        if not verdict.compared:
            return self.tr("candidate, nothing to compare with")
        gain = f"{signed(verdict.score, verdict.photos.gain)} {unit(verdict.score)}"
        if verdict.better:
            return self.tr("candidate, better: {gain}").format(gain=gain)
        return self.tr("candidate, not better for sure: {gain}").format(gain=gain)

    @Slot()
    def _show_buttons(self) -> None:
        run = self.chosen
        self.go_on.setEnabled(run is not None and run.can_go_on and not self._busy)
        self.look.setEnabled(run is not None and run.verdict is not None)
        self.delete.setEnabled(run is not None)

    @Slot()
    def _on_wanted(self, *_: object) -> None:
        if self.look.isEnabled():
            self._on_look()
        elif self.go_on.isEnabled():
            self._on_go_on()

    @Slot()
    def _on_go_on(self) -> None:
        self.go_on_wanted.emit(self.chosen)

    @Slot()
    def _on_look(self) -> None:
        self.verdict_wanted.emit(self.chosen)

    @Slot()
    def _on_delete(self) -> None:
        if self.chosen is not None:
            self.delete_wanted.emit(self.chosen)
