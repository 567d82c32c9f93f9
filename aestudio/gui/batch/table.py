"""The table of a batch: what becomes of each photo, with its thumbnail."""

from collections.abc import Iterable
from typing import Final, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from aestudio.batch.journal import Row
from aestudio.gui.batch.delegate import ROW_HEIGHT, BatchDelegate
from aestudio.gui.batch.header import BatchHeader
from aestudio.gui.batch.model import BatchModel, Column, Index
from aestudio.gui.scroll_pace import ScrollPace

MOST_KEPT: Final = 2000  # selected photos that stay so when the table is sorted, unless all are


class BatchTable(QTableView):
    """Tells which photo the user wants to see, and which ones are to leave the list."""

    opened = Signal(object)  # Row, by a double click or Enter
    removal_wanted = Signal(object)  # list[Row]
    menu_wanted = Signal(object, object)  # list[Row], QPoint on the screen

    def __init__(self, model: BatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._pace = ScrollPace(self, model.thumbnails)
        self.setModel(model)
        self._delegate = BatchDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Photos of the batch"))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        header = BatchHeader(model, self)
        self.setHorizontalHeader(header)
        header.arrange()
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._on_double_clicked)
        self._kept: tuple[int | None, list[int], bool] = (None, [], False)  # current, selected, whether all are
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._put_back)

    @property
    def chosen(self) -> list[Row]:
        """The photos that are selected, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.row(place) for place in places]

    @property
    def current(self) -> Row | None:
        """The photo that the keyboard is on."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def show_worst_first(self) -> None:
        """Sort by what needs a look, and go to the top."""
        self.sortByColumn(Column.LOOK, Qt.SortOrder.DescendingOrder)
        self.scrollToTop()

    def choose(self, row: Row) -> None:
        """Put the keyboard on a photo."""
        self.setCurrentIndex(self._model.index(self._model.place_of(row.number), 0))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt moves what is seen."""
        super().scrollContentsBy(dx, dy)
        self._pace.moved(dy)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt tells that the keyboard is on another cell: the frame is around the whole row."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for some rows. The one that the keyboard is on gets a frame."""
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            place = self.visualRect(index)
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(0, place.top(), self.viewport().width() - 1, place.height() - 1)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells of other colours, among other things."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._delegate.forget_look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells that a key went down."""
        current = self.current
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
        elif event.key() == Qt.Key.Key_Delete and self.chosen:
            self.removal_wanted.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt tells that a menu is asked for, by the mouse or by the keyboard."""
        if self.chosen:
            self.menu_wanted.emit(self.chosen, event.globalPos())

    @Slot()
    def _keep(self) -> None:
        """The rows are about to be arranged anew."""
        selection = self.selectionModel()
        chosen = cast(Iterable[QItemSelectionRange], selection.selection())  # which Qt's type hints do not know
        spans = [(span.top(), span.bottom()) for span in chosen]
        count = sum(last - first + 1 for first, last in spans)
        numbers: list[int] = []
        if count <= MOST_KEPT:
            numbers = [self._model.row(place).number for first, last in spans for place in range(first, last + 1)]
        current = self.current
        self._kept = (current.number if current else None, numbers, 0 < self._model.rowCount() <= count)

    @Slot()
    def _put_back(self) -> None:
        """The same photos are current and selected as before, where they are now."""
        current, numbers, everything = self._kept
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if everything:
            self.selectAll()
        else:
            rows = QItemSelection()
            for number in numbers:
                if self._model.knows(number):
                    index = self._model.index(self._model.place_of(number), 0)
                    rows.select(index, index)
            selection.select(rows, flags.ClearAndSelect | flags.Rows)
        if current is not None and self._model.knows(current):
            index = self._model.index(self._model.place_of(current), 0)
            selection.setCurrentIndex(index, flags.NoUpdate)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.row(index.row()))
