"""The list of classes: how many photos of each are labelled, and how many were found."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from aestudio.explore.sorting import WANTED
from aestudio.gui.palette import GAP

KEYS = 9  # classes that have a key
_ROW = 28


class Column(IntEnum):
    """What stands beside one another."""

    KEY, NAME, LABELLED, FOUND = range(4)


class Shown(IntEnum):
    """What a line stands for."""

    ALL, NEXT, CLASS = range(3)


class ClassList(QTreeWidget):
    """All photos, those that are best labelled next, and the classes."""

    chosen = Signal()  # another line
    rename_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[Shown, str]] = []
        self.setColumnCount(len(Column))
        self.setHeaderLabels(["", self.tr("Class"), self.tr("Labelled"), self.tr("Found")])
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAllColumnsShowFocus(True)
        self.setAccessibleName(self.tr("Classes"))
        head = self.header()
        head.setMinimumSectionSize(24)
        head.setStretchLastSection(False)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        head.setStyleSheet(
            "QHeaderView { background: palette(window); }"
            f"QHeaderView::section {{ background: palette(window); border: none; padding: 0 {GAP}px; }}"
        )
        self.setStyleSheet(f"QTreeWidget::item {{ height: {_ROW}px; padding: 0 {GAP}px; }}")
        for column in (Column.LABELLED, Column.FOUND):
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.currentItemChanged.connect(self._on_current)
        self.itemDoubleClicked.connect(self._on_double_clicked)

    @property
    def shown(self) -> tuple[Shown, str]:
        """What the chosen line stands for, and the name of the class if it is one."""
        row = self.currentIndex().row()
        return self._lines[row] if 0 <= row < len(self._lines) else (Shown.ALL, "")

    def show_classes(
        self,
        classes: Sequence[str],
        labelled: Mapping[str, int],
        found: Mapping[str, int] | None,
        photos: int,
    ) -> None:
        """Show other numbers; what was chosen stays so, if it is there. None: the photos are not sorted."""
        kind, name = self.shown
        before = self.blockSignals(True)
        self.clear()
        self._lines.clear()
        total = sum(labelled.values())
        self._add((Shown.ALL, ""), "", self.tr("All photos"), str(total or ""), f"{photos:,}")
        next_ = self._add((Shown.NEXT, ""), "", self.tr("To label next"), "", "")
        next_.setToolTip(Column.NAME, self.tr("The photos that are least certain: their labels help most."))
        for number, each in enumerate(classes):
            count = labelled.get(each, 0)
            text = (
                f"{count:,}" if count >= WANTED else self.tr("{count} of {wanted}").format(count=count, wanted=WANTED)
            )
            shown = "" if found is None else f"{found.get(each, 0):,}"
            item = self._add((Shown.CLASS, each), str(number + 1) if number < KEYS else "", each, text, shown)
            item.setToolTip(Column.NAME, each)
            missing = WANTED - count
            if missing > 0:
                item.setToolTip(Column.LABELLED, self.tr("Please label %n more.", "", missing))
        self._choose(kind, name)
        self.blockSignals(before)
        if self.shown != (kind, name):
            self.chosen.emit()

    def choose(self, kind: Shown, name: str = "") -> None:
        """Choose a line."""
        if self.shown != (kind, name):
            self._choose(kind, name)

    def _choose(self, kind: Shown, name: str) -> None:
        line = (kind, name)
        row = self._lines.index(line) if line in self._lines else 0
        self.setCurrentIndex(self.model().index(row, 0))

    def _add(self, stands_for: tuple[Shown, str], *texts: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(texts))
        self._lines.append(stands_for)
        for column in (Column.LABELLED, Column.FOUND):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(Column.KEY, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        item.setData(Column.NAME, Qt.ItemDataRole.AccessibleTextRole, ", ".join(text for text in texts if text))
        self.addTopLevelItem(item)
        return item

    @Slot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_current(self, current: QTreeWidgetItem | None, previous: QTreeWidgetItem | None) -> None:
        del previous
        if current is not None:
            self.chosen.emit()

    @Slot(QTreeWidgetItem, int)
    def _on_double_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        del item, column
        if self.shown[0] == Shown.CLASS:
            self.rename_wanted.emit()
