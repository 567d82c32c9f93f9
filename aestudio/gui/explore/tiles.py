"""A list view of tiles of one size: where each one is can be told without going through all of them."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
_SCROLLED = 24  # pixels by a turn of the wheel; Qt takes some turns at once


class TileView(QListView):
    """Rows of tiles from left to right and on below. A list of 100,000 is there, and selected, at once.

    QListView lays out all items, each time that it is resized, too. This one keeps what it does about the mouse, the
    keyboard and screen readers, and computes the rest.
    """

    def __init__(self, tile: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = tile
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    @property
    def tile(self) -> QSize:
        """The size of each."""
        return self._tile

    def set_tile(self, tile: QSize) -> None:
        """Give all of them another size."""
        if tile != self._tile:
            self._tile = tile
            self.scheduleDelayedItemsLayout()

    @property
    def columns(self) -> int:
        """How many tiles stand side by side."""
        return max(1, self.viewport().width() // self._tile.width())

    @property
    def _pitch(self) -> int:
        """Pixels from one tile to the next: what room is left over is shared among them."""
        return max(self._tile.width(), self.viewport().width() // self.columns)

    def places_seen(self) -> range:
        """The tiles that are in sight, if only in part."""
        return self._places_in(self.viewport().rect())

    def _count(self) -> int:
        model = self.model()
        return 0 if model is None else model.rowCount()

    def _places_in(self, rect: QRect) -> range:
        """All tiles of the rows that a part of the viewport meets."""
        top, height = rect.top() + self.verticalOffset(), self._tile.height()
        first, last = max(0, top // height), max(-1, (top + rect.height() - 1) // height)
        return range(min(first * self.columns, self._count()), min((last + 1) * self.columns, self._count()))

    def _rect_of(self, place: int) -> QRect:
        row, column = divmod(place, self.columns)
        corner = QPoint(column * self._pitch, row * self._tile.height() - self.verticalOffset())
        return QRect(corner, QSize(self._pitch, self._tile.height()))

    # what Qt asks

    def visualRect(self, index: Index) -> QRect:
        """Where an item is in the viewport."""
        return self._rect_of(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The item at a place of the viewport."""
        column = point.x() // self._pitch
        place = (point.y() + self.verticalOffset()) // self._tile.height() * self.columns + column
        if 0 <= column < self.columns and 0 <= place < self._count():
            return self.model().index(place, 0)
        return QModelIndex()

    def horizontalOffset(self) -> int:
        """Nothing is scrolled sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Pixels above the viewport."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """None is."""
        del index
        return False

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring an item into sight."""
        if not index.isValid():
            return
        self.updateGeometries()  # the model may just have been filled
        rect, room, bar = self.visualRect(index), self.viewport().height(), self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - room // 2)
        elif rect.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= room or hint == QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(bar.value() + min(rect.top(), rect.bottom() + 1 - room))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt moves what is seen."""
        del dx
        self.viewport().scroll(0, dy)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key goes."""
        del modifiers
        count = self._count()
        if not count:
            return QModelIndex()
        here = self.currentIndex().row()
        if here < 0:
            return self.model().index(0, 0)
        moves = QAbstractItemView.CursorAction
        page = max(1, self.viewport().height() // self._tile.height()) * self.columns
        steps = {
            moves.MoveLeft: -1,
            moves.MovePrevious: -1,
            moves.MoveRight: 1,
            moves.MoveNext: 1,
            moves.MoveUp: -self.columns,
            moves.MoveDown: self.columns,
            moves.MovePageUp: -page,
            moves.MovePageDown: page,
            moves.MoveHome: -here,
            moves.MoveEnd: count - 1 - here,
        }
        there = here + steps.get(action, 0)
        if action in (moves.MoveUp, moves.MoveDown) and not 0 <= there < count:
            there = here  # stays in its column
        return self.model().index(min(max(there, 0), count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select by click, by keys with Shift from where it began, and by a drawn frame."""
        columns, model, found = self.columns, self.model(), QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            frame = rect.normalized()
            first, last = max(0, frame.left()) // self._pitch, min(frame.right() // self._pitch, columns - 1)
            rows = self._places_in(frame)
            for start in range(rows.start, rows.stop, columns):
                left, right = start + first, min(start + last, self._count() - 1)
                if left <= right:
                    found.select(model.index(left, 0), model.index(right, 0))
        else:  # from the corner where the selection began, which may be any, to that where it ends
            places = [self.indexAt(corner).row() for corner in (rect.topLeft(), rect.bottomRight())]
            places = [place for place in places if place >= 0]
            if places:
                found.select(model.index(min(places), 0), model.index(max(places), 0))
        self.selectionModel().select(found, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be drawn anew: what is in sight of it, as whole rows."""
        seen, region = self.places_seen(), QRegion()
        for place in range(selection.size()):
            chosen = selection.at(place)
            top, bottom = max(chosen.top(), seen.start), min(chosen.bottom(), seen.stop - 1)
            if top <= bottom:
                first, last = self._rect_of(top), self._rect_of(bottom)
                region += QRect(0, first.top(), self.viewport().width(), last.bottom() - first.top() + 1)
        return region

    def selectAll(self) -> None:
        """All of them, at once."""
        if self._count():
            every = QItemSelection(self.model().index(0, 0), self.model().index(self._count() - 1, 0))
            self.selectionModel().select(every, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def doItemsLayout(self) -> None:
        """There is nothing to lay out but the scroll bar."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """How far can be scrolled."""
        QAbstractItemView.updateGeometries(self)
        rows = -(-self._count() // self.columns)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(_SCROLLED)
        bar.setRange(0, max(0, rows * self._tile.height() - room))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~QStyle.StateFlag.State_HasFocus
        pointer = self.viewport().mapFromGlobal(self.cursor().pos())
        hovered = self.indexAt(pointer) if self.viewport().underMouse() else QModelIndex()
        current, chosen, model = self.currentIndex(), self.selectionModel(), self.model()
        for place in self._places_in(event.rect()):
            index = model.index(place, 0)
            option.rect = self._rect_of(place)
            option.state = plain
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            if index == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)
        painter.end()
