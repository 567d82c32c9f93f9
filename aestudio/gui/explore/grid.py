"""The grid of thumbnails that the views of Explore share."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QListView, QMenu, QWidget

from aestudio.errors import AEStudioError
from aestudio.gui.explore.grid_delegate import (
    CAPTION_ROLE,
    MARKED_ROLE,
    ROW_ROLE,
    SIZE_ROLE,
    PhotoDelegate,
    item_size,
)
from aestudio.gui.explore.pictures import photo_image
from aestudio.gui.explore.tiles import TileView
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP

if TYPE_CHECKING:
    from aestudio.explore.photos import Indexed

SIDE = 128  # pixels of the longer side of a thumbnail
KEPT = 1_000  # thumbnails: 64 KB each
_AT_ONCE = 12  # thumbnails that are read before they are shown
_POLL_MS = 5  # between looks at whether they are

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PhotoModel(QAbstractListModel):
    """Some rows of `Indexed`, in any order, with what stands below each."""

    wanted = Signal(int)  # place in the list, of a thumbnail that is not there

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.photos: Indexed | None = None
        self.rows: Sequence[int] = ()
        self.captions: Sequence[str] | None = None
        self.marked: frozenset[int] = frozenset()
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()

    def set_rows(
        self, photos: "Indexed | None", rows: Sequence[int], captions: Sequence[str] | None, marked: frozenset[int]
    ) -> None:
        """Show others."""
        self.beginResetModel()
        if photos is not self.photos:
            self._pixmaps.clear()
        self.photos, self.rows, self.captions, self.marked = photos, rows, captions, marked
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt asks how many there are."""
        return 0 if parent.isValid() or self.photos is None else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks; asking for a thumbnail that is not there has it read."""
        if not index.isValid() or self.photos is None:
            return None
        place = index.row()
        row = self.row(place)
        path = self.photos.paths[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return path.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pixmap(row, place)
        if role == ROW_ROLE:
            return row
        if role == SIZE_ROLE:
            return self.photos.sizes[row]
        if role == MARKED_ROLE:
            return row in self.marked
        if role == CAPTION_ROLE:
            return self._caption(place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (path.name, self._caption(place), str(path.parent))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (path.name, self._caption(place))))
        return None

    def row(self, place: int) -> int:
        """The row of `Indexed` at a place."""
        return int(self.rows[place])

    def put(self, row: int, pixmap: QPixmap) -> None:
        """A thumbnail was read."""
        self._pixmaps[row] = pixmap
        while len(self._pixmaps) > KEPT:
            self._pixmaps.popitem(last=False)

    def has(self, row: int) -> bool:
        """Whether its thumbnail is there."""
        return row in self._pixmaps

    def _pixmap(self, row: int, place: int) -> QPixmap | None:
        found = self._pixmaps.get(row)
        if found is None:
            self.wanted.emit(place)
        else:
            self._pixmaps.move_to_end(row)
        return found

    def _caption(self, place: int) -> str:
        return "" if self.captions is None else self.captions[place]


class PhotoGrid(TileView):
    """Thumbnails of photos of a view in the shape of the photos. Only what is seen is read, a few at a time.

    Views may add to `menu` what else can be done with photos that are selected.
    """

    row_activated = Signal(int)  # row of `Indexed`: a double click, or Enter
    selection_changed = Signal()

    def __init__(self, view: ExploreView, parent: QWidget | None = None, *, side: int = SIDE) -> None:
        """`side` is how long thumbnails are at most, in pixels."""
        super().__init__(item_size(side, captions=False), parent)
        self._view = view
        self._side = side
        self._empty = ""
        self._wanted: set[int] = set()  # places without a thumbnail
        self._reading: _Reading | None = None
        self.photos_ = PhotoModel(self)
        self.setModel(self.photos_)
        self.setItemDelegate(PhotoDelegate(side, self))
        self._look_right()
        self.menu = QMenu(self)
        view.add_photo_actions(self.menu, self.selected_paths)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self.photos_.wanted.connect(self._on_wanted)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def _look_right(self) -> None:
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Dark)
        self.setAccessibleName(self.tr("Photos"))

    # what is shown

    def show_rows(
        self, rows: Sequence[int], captions: Sequence[str] | None = None, *, marked: frozenset[int] = frozenset()
    ) -> None:
        """Show those photos of the view, in this order; nothing is selected then.

        `captions` stand below them, one for each. Rows in `marked` get a tick.
        """
        self._wanted.clear()
        self.set_tile(item_size(self._side, captions=captions is not None))
        self.photos_.set_rows(self._view.photos, rows, captions, marked)
        self.scrollToTop()
        self.selection_changed.emit()

    def set_captions(self, captions: Sequence[str] | None, *, marked: frozenset[int] = frozenset()) -> None:
        """Say something else about the photos that are shown; selection and place stay."""
        self.photos_.captions, self.photos_.marked = captions, marked
        self.set_tile(item_size(self._side, captions=captions is not None))
        self.viewport().update()

    def set_empty_text(self, text: str) -> None:
        """What stands there while there are no photos."""
        self._empty = text
        self.viewport().update()

    @property
    def rows(self) -> list[int]:
        """What is shown."""
        return [int(row) for row in self.photos_.rows]

    # what is selected

    @property
    def selected_count(self) -> int:
        """How many photos are selected: cheap, where all of a large folder may be."""
        return sum(last - first for first, last in self._selected())

    def selected_rows(self) -> list[int]:
        """Rows of `Indexed`, in the order that they are shown in."""
        return [int(row) for first, last in self._selected() for row in self.photos_.rows[first:last]]

    def _selected(self) -> list[tuple[int, int]]:
        """The first place of each part that is selected, and the one behind its last."""
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(place) for place in range(chosen.size()))
        return sorted((each.top(), each.bottom() + 1) for each in ranges)

    def selected_paths(self) -> list[Path]:
        """Of the photos that are selected."""
        photos = self.photos_.photos
        return [] if photos is None else [photos.paths[row] for row in self.selected_rows()]

    def select_row(self, row: int) -> bool:
        """Select one photo and bring it into sight. Tells whether it is among those shown."""
        rows = self.rows
        if row not in rows:
            return False
        index = self.photos_.index(rows.index(row))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    # what Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a double click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_double_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click, which selected what is below it, or the menu key."""
        if self.selectionModel().hasSelection():
            self.menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt wants it drawn."""
        super().paintEvent(event)
        if self._empty and self.photos_.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.viewport().rect().adjusted(4 * GAP, 4 * GAP, -4 * GAP, -4 * GAP)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_activated.emit(index.data(ROW_ROLE))

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        del selected, deselected
        self.selection_changed.emit()

    # reading

    @Slot(int)
    def _on_wanted(self, place: int) -> None:
        self._wanted.add(place)
        if not self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def _go_on(self) -> None:
        """Take what was read, and read what is in sight and missing; what was scrolled past is left out."""
        if self._reading is not None and self._reading.read.done():
            done, self._reading = self._reading, None
            self._take(done)
        if self._reading is None and self._wanted:
            self._reading = self._next_ones()
        if self._reading is not None:
            self._timer.start(_POLL_MS)

    def _take(self, done: "_Reading") -> None:
        model = self.photos_
        try:
            images = done.read.result()
        except AEStudioError as exc:
            self._view.failed.emit(Failure.of(exc))
            return
        if done.photos is model.photos:
            for row, image in zip(done.rows, images, strict=True):
                model.put(row, QPixmap.fromImage(image))
            for place in self.places_seen():
                if model.row(place) in done.rows:
                    self.viewport().update(self.visualRect(model.index(place)))

    def _next_ones(self) -> "_Reading | None":
        """Begin with those in sight, the first ones first."""
        model, seen = self.photos_, self.places_seen()
        places = [place for place in sorted(self._wanted) if place in seen]
        rows = list(dict.fromkeys(model.row(place) for place in places))[:_AT_ONCE]
        self._wanted = {place for place in places if model.row(place) not in rows}
        if model.photos is None or not rows:
            return None
        # a thread for each few: nobody need end it, and a view may have as many grids as it likes
        pool = ThreadPoolExecutor(1, thread_name_prefix="grid")
        box, ratio = QSize(self._side, self._side), self.devicePixelRatioF()
        reading = _Reading(model.photos, rows, pool.submit(_read, model.photos, rows, box, ratio))
        pool.shutdown(wait=False)
        return reading


@dataclass(frozen=True, eq=False)
class _Reading:
    """Thumbnails that are being read."""

    photos: "Indexed"
    rows: list[int]
    read: "Future[list[QImage]]"


def _read(photos: "Indexed", rows: list[int], box: QSize, ratio: float) -> list[QImage]:
    """Thumbnails in the shape of their photos. In a thread."""
    smalls = photos.smalls(rows)
    return [photo_image(small, photos.sizes[row], box, ratio) for row, small in zip(rows, smalls, strict=True)]
