"""The list of all models: which tool each is for, whose it is, and how good it is."""

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from aestudio.gui.i18n import translated
from aestudio.gui.icons import icon
from aestudio.gui.models.words import main_score, place_of, tool_icon, tool_name
from aestudio.gui.palette import GAP

if TYPE_CHECKING:
    from aestudio.models.library import Entry

ROW_HEIGHT = 32
ROOM = 3 * GAP  # left and right of what stands in a cell
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    """What stands in a column."""

    TOOL = 0
    NAME = 1
    WHOSE = 2
    DATE = 3
    SCORE = 4


class ModelsModel(QAbstractTableModel):
    """One row for each model, by tool, the built-in one first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self._working: frozenset[Path] = frozenset()
        self._titles = (self.tr("Tool"), self.tr("Model"), self.tr("Whose"), self.tr("Date"), self.tr("Score"))

    def set_entries(self, entries: "Sequence[Entry]") -> None:
        """Show other models."""
        self.beginResetModel()
        self.entries = tuple(sorted(entries, key=lambda each: (place_of(task_of(each)), each.own, each.name.lower())))
        self.endResetModel()

    def set_working(self, cards: frozenset[Path]) -> None:
        """Show which of the models that work inside tools are in use."""
        self._working = cards
        if self.entries:
            self.dataChanged.emit(self.index(0, Column.WHOSE), self.index(len(self.entries) - 1, Column.WHOSE))

    def row_of(self, name: str, *, own: bool) -> int | None:
        """Where a model is."""
        keys = [(entry.name, entry.own) for entry in self.entries]
        return keys.index((name, own)) if (name, own) in keys else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt asks how many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt asks how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks what stands above."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks for one cell."""
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(entry, column) if column != Column.NAME else self._spoken(entry)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.TOOL:
            return icon(tool_icon(task_of(entry)))
        if role == Qt.ItemDataRole.DecorationRole and column == Column.SCORE and entry.problem is not None:
            return icon("alert")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def _text(self, entry: "Entry", column: int) -> str:
        if column == Column.TOOL:
            return tool_name(task_of(entry))
        if column == Column.NAME:
            return entry.name
        if column == Column.WHOSE:
            whose = self.tr("Your own") if entry.own else self.tr("Built-in")
            return self.tr("{whose}, in use").format(whose=whose) if entry.path in self._working else whose
        if column == Column.DATE:
            return date_of(entry)
        if entry.problem is not None:
            return self.tr("damaged")
        score = main_score(entry.card) if entry.card is not None else None
        return score.text if score is not None else ""

    def _tip(self, entry: "Entry", column: int) -> str:
        if entry.problem is not None:
            return translated(entry.problem)
        score = main_score(entry.card) if entry.card is not None and column == Column.SCORE else None
        return score.name if score is not None else ""

    def _spoken(self, entry: "Entry") -> str:
        """All of a row, for who cannot see it."""
        parts = [entry.name, *(self._text(entry, column) for column in Column if column != Column.NAME)]
        return ", ".join(part for part in parts if part)


class RoomyCells(QStyledItemDelegate):
    """Paints cells with some room around their words; the whole row is highlighted."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks for one cell: its ground first, then what stands on it."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text, ground.icon = "", QIcon()
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        words = QStyleOptionViewItem(option)
        words.rect = option.rect.adjusted(ROOM, 0, -ROOM, 0)
        words.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, words, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt asks how large a cell would like to be."""
        return super().sizeHint(option, index) + QSize(2 * ROOM, 0)


class ModelsList(QTableView):
    """Tells which model is looked at."""

    looked_at = Signal(object)  # Entry, or None
    delete_wanted = Signal()  # by the key
    rename_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries_ = ModelsModel(self)
        self.setModel(self.entries_)
        self.setItemDelegate(RoomyCells(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Models"))
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        columns.setMinimumSectionSize(84)
        columns.setStyleSheet(
            "QHeaderView { background: palette(window); }"
            f"QHeaderView::section {{ background: palette(window); border: none; padding: 0 {ROOM}px; }}"
        )
        columns.setFixedHeight(ROW_HEIGHT)

    @property
    def current(self) -> "Entry | None":
        """The model that is looked at."""
        row = self.currentIndex().row()
        return self.entries_.entries[row] if 0 <= row < len(self.entries_.entries) else None

    def show_entries(self, entries: "Sequence[Entry]") -> None:
        """Show other models. The same one is looked at or, if it is gone, the one in its place."""
        current, place = self.current, self.currentIndex().row()
        self.entries_.set_entries(entries)
        row = self.entries_.row_of(current.name, own=current.own) if current is not None else None
        self.look_at(max(0, min(place, len(entries) - 1)) if row is None else row)
        self.looked_at.emit(self.current)

    def look_at(self, row: int) -> None:
        """Put the keyboard on a row."""
        self.setCurrentIndex(self.entries_.index(row, Column.NAME))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt tells that the keyboard is on another cell."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.looked_at.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and F2 do what their buttons do."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        else:
            super().keyPressEvent(event)


def task_of(entry: "Entry") -> str:
    """The tool that a model is for; empty where its card cannot be read."""
    return entry.card.task if entry.card is not None else ""


def date_of(entry: "Entry") -> str:
    """When one of the user's own models was made; built-in ones came with the program."""
    if not entry.own:
        return ""
    date = QDate.fromString(entry.card.date[:10], Qt.DateFormat.ISODate) if entry.card is not None else QDate()
    if not date.isValid():
        try:
            date = QDateTime.fromSecsSinceEpoch(int(entry.path.stat().st_mtime)).date()
        except OSError:  # gone in the meantime
            return ""
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def _alignment(column: int) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if column in (Column.DATE, Column.SCORE) else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter
