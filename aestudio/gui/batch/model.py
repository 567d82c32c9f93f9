"""The photos of a batch as rows of a table; fifty thousand of them are no burden."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QPixmap

from aestudio.batch.journal import DONE, SKIPPED, STATES, WAITING, WORKING, Row, working_again
from aestudio.batch.pace import BYTES_PER_MEGAPIXEL
from aestudio.errors import Sentence
from aestudio.gui.batch.words import bytes_text, needs_a_look, pixels_text, remark, seconds_text, state_word, story
from aestudio.gui.i18n import translated
from aestudio.gui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is told of each photo, from left to right."""

    PHOTO = 0
    SIZE = 1
    STATE = 2
    TIME = 3
    LOOK = 4


_PLAIN: Final = frozenset({WAITING, WORKING, SKIPPED})
_DIGITS: Final = re.compile(r"\d+")


def _name_key(row: Row) -> str:
    """Numbers in a name compare as numbers; one string for each photo, as lists take many times as long to compare."""
    return _DIGITS.sub(_padded, os.fspath(row.source).rpartition(os.sep)[2].casefold())


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(20)


def _doubt(row: Row) -> float:
    return 0.0 if row.state in _PLAIN else row.doubt


_KEYS: Final[dict[Column, Callable[[Row], Any]]] = {
    Column.SIZE: lambda row: row.megapixels or row.size / BYTES_PER_MEGAPIXEL,
    Column.STATE: lambda row: STATES.index(row.state),
    Column.TIME: lambda row: row.seconds,
    Column.LOOK: _doubt,
}
NUMBERS: Final = (Column.SIZE, Column.TIME)


class BatchModel(QAbstractTableModel):
    """Knows each photo by its number in the job. A photo that changes stays where it is until it is sorted again."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self.counts: Counter[str] = Counter()  # of photos in each state
        self.bytes = 0  # of all their files
        self.looks = 0  # photos that are done and need a look
        self._rows: dict[int, Row] = {}  # by number, in the order of the job
        self._shown: list[int] = []  # numbers, in the order of the table
        self._places: dict[int, int] = {}  # where each number is shown
        self._folders: tuple[Path, ...] = ()
        self._sorted: tuple[Column | None, Qt.SortOrder] = (None, Qt.SortOrder.AscendingOrder)
        self._name_keys: dict[int, str] = {}  # by number, once they were sorted by
        self._pictured: dict[Path, int] = {}  # numbers of photos whose thumbnails were asked for
        self._broken: dict[Path, Sentence] = {}
        thumbnails.made.connect(self._on_made)
        thumbnails.failed.connect(self._on_failed)

    # what is shown

    @property
    def rows(self) -> list[Row]:
        """All photos, in the order of the job."""
        return list(self._rows.values())

    def row(self, place: int) -> Row:
        """The photo in that line of the table."""
        return self._rows[self._shown[place]]

    def knows(self, number: int) -> bool:
        """Whether there is a photo of that number."""
        return number in self._places

    def place_of(self, number: int) -> int:
        """The line of the table that a photo is in."""
        return self._places[number]

    def set_folders(self, folders: Sequence[Path]) -> None:
        """The folders that photos come from: of a photo, what lies below them is told."""
        self._folders = tuple(folder.absolute() for folder in folders)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these photos. Where they are the same as before, nothing moves."""
        same = _same_photos(rows, self._rows)
        if same and rows:
            self._rows = {row.number: row for row in rows}
            self._count()
            self._tell(0, len(rows) - 1)
            return
        self.beginResetModel()
        self._rows = {row.number: row for row in rows}
        self._pictured.clear()
        self._name_keys.clear()
        self._count()
        self._arrange()
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Further photos, below all others; those that are known already change."""
        new = [row for row in rows if row.number not in self._rows]
        self.change([row for row in rows if row.number in self._rows])
        if new:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows.update({row.number: row for row in new})
            self._shown.extend(row.number for row in new)
            self._places.update({row.number: first + n for n, row in enumerate(new)})
            self._count()
            self.endInsertRows()

    def change(self, rows: Iterable[Row]) -> None:
        """Something became of these photos."""
        places = []
        for row in rows:
            before = self._rows.get(row.number)
            if before is not None and row != before:
                self._rows[row.number] = row
                self.counts[row.state] += 1
                self.counts[before.state] -= 1
                if not self.counts[before.state]:
                    del self.counts[before.state]
                self.looks += needs_a_look(row) - needs_a_look(before)
                places.append(self._places[row.number])
        if places:  # told once for all: the table paints what is in view in any case
            self._tell(min(places), max(places))

    def remove(self, numbers: Iterable[int]) -> None:
        """Take photos out of the table."""
        gone = set(numbers) & self._rows.keys()
        if len(gone) > 1:
            self.set_rows([row for row in self._rows.values() if row.number not in gone])
            return
        for number in gone:
            place = self._places[number]
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[number]
            del self._shown[place]
            self._number_places()
            self._count()
            self.endRemoveRows()

    def stop_working(self) -> None:
        """No photo is in work any more."""
        self.change([working_again(row) for row in self._rows.values() if row.state == WORKING])

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _count(self) -> None:
        self.counts = Counter(row.state for row in self._rows.values())
        self.bytes = sum(row.size for row in self._rows.values())
        self.looks = sum(needs_a_look(row) for row in self._rows.values() if row.state == DONE)

    # sorting

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt asks; -1 stands for the order of the job."""
        self.beginResetModel()  # to move each selected cell to its new place takes seconds: the table sees to that
        self._sorted = (Column(column) if column >= 0 else None, order)
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        column, order = self._sorted
        rows: Iterable[Row] = self._rows.values()
        if column is not None:
            key = self._name_key if column == Column.PHOTO else _KEYS[column]
            rows = sorted(rows, key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = [row.number for row in rows]
        self._number_places()

    def _name_key(self, row: Row) -> str:
        key = self._name_keys.get(row.number)
        if key is None:
            key = self._name_keys[row.number] = _name_key(row)
        return key

    def _number_places(self) -> None:
        self._places = {number: place for place, number in enumerate(self._shown)}

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt asks."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt asks."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks for a cell."""
        if not index.isValid():
            return None
        row, column = self.row(index.row()), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._accessible_text(row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks for the heading of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.PHOTO: self.tr("Photo"),
                Column.SIZE: self.tr("Size"),
                Column.STATE: self.tr("State"),
                Column.TIME: self.tr("Time"),
                Column.LOOK: self.tr("Needs a look"),
            }[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return {
                Column.PHOTO: self.tr("Sort by name. A third click puts back the order of the folders."),
                Column.SIZE: self.tr("Sort by size: megapixels, and the size of the file."),
                Column.STATE: self.tr("Sort by state: waiting, working, done, failed, skipped."),
                Column.TIME: self.tr("Sort by the time that a photo took, from reading to saving."),
                Column.LOOK: self.tr("Sort by what needs a look: failed photos first, then those with flags."),
            }[column]
        if role == Qt.ItemDataRole.InitialSortOrderRole and column in (*NUMBERS, Column.LOOK):
            return int(Qt.SortOrder.DescendingOrder.value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    # cells

    def text(self, row: Row, column: Column) -> str:
        """What is written in a cell."""
        if column == Column.PHOTO:
            return row.source.name
        if column == Column.SIZE:
            return pixels_text(row) or bytes_text(row)
        if column == Column.STATE:
            return state_word(row.state)
        if column == Column.TIME:
            return seconds_text(row)
        return remark(row)

    def below(self, row: Row) -> str:
        """The folder that a photo lies in, counted from the one that was added."""
        parent = row.source.parent
        for folder in self._folders:
            if folder == parent or folder in parent.parents:
                return (Path(folder.name) / parent.relative_to(folder)).as_posix()
        return parent.name

    def thumbnail(self, row: Row) -> QPixmap | None:
        """A photo's thumbnail; asking for one that is not there has it made."""
        self._pictured[row.source] = row.number
        return self.thumbnails.get(row.source)

    def is_broken(self, row: Row) -> bool:
        """Whether no thumbnail can be made."""
        return row.source in self._broken

    def _tool_tip(self, row: Row, column: Column) -> str:
        if column == Column.PHOTO:
            broken = self._broken.get(row.source)
            return f"{row.source}\n{translated(broken)}" if broken and row.state == WAITING else str(row.source)
        if column == Column.SIZE:
            return ", ".join(filter(None, (pixels_text(row), bytes_text(row))))
        return story(row)

    def _accessible_text(self, row: Row, column: Column) -> str:
        if column == Column.PHOTO:
            return f"{row.source.name}, {state_word(row.state)}"
        if column == Column.SIZE:
            return self._tool_tip(row, column)
        return self.text(row, column)

    # thumbnails

    @Slot(object)
    def _on_made(self, path: Path) -> None:
        number = self._pictured.pop(path, None)
        place = None if number is None else self._places.get(number)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    @Slot(object, object)
    def _on_failed(self, path: Path, sentence: Sentence) -> None:
        if path in self._pictured:
            self._broken[path] = sentence
            self._on_made(path)


def _same_photos(rows: Sequence[Row], known: Mapping[int, Row]) -> bool:
    """Whether these are the photos that are known, in their order; paths are compared as text, which is quick."""
    return len(rows) == len(known) and all(
        row.number == before.number and os.fspath(row.source) == os.fspath(before.source)
        for row, before in zip(rows, known.values(), strict=True)
    )
