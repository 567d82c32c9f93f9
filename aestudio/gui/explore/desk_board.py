"""Small pictures in rows, one of which can be chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPalette, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from aestudio.gui.explore.pictures import photo_pixmap
from aestudio.gui.palette import GAP

if TYPE_CHECKING:
    from aestudio.explore.photos import Levels

Size = tuple[int, int]  # height and width of a photo
_LINE = 5 * GAP  # pixels of the text below a picture
_LARGEST, _SMALLEST = 224, 48  # pixels of a picture's side


class PictureBoard(QListWidget):
    """Pictures as large as there is room for so many columns of them, and for so many rows: 0 for any number."""

    chosen = Signal(int)
    activated_ = Signal(int)  # a double click, or Enter

    def __init__(self, name: str, tip: str, columns: int, rows: int, largest: int = _LARGEST) -> None:
        """`name` is for those who hear it."""
        super().__init__()
        self._columns, self._rows, self._largest = columns, rows, largest
        self._pictures: Sequence[Levels] = ()
        self._sizes: Sequence[Size] = ()
        self._side = 0
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(rows != 1)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if rows == 1:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setFixedHeight(largest + _LINE + 4 * GAP)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Dark)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.currentRowChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_clicked)
        self.itemActivated.connect(self._on_activated)

    def show_pictures(self, pictures: "Sequence[Levels]", sizes: Sequence[Size], texts: Sequence[str]) -> None:
        """Other pictures (128, 128, 3), the sizes of their photos, and what stands below; none is chosen then."""
        same = len(pictures) == self.count() and [self.item(n).text() for n in range(self.count())] == list(texts)
        self._pictures, self._sizes = pictures, sizes
        if not same:  # else what is chosen stays
            self.blockSignals(True)
            self.clear()
            for text in texts:
                item = QListWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
                self.addItem(item)
            self.blockSignals(False)
        self._side = 0
        self._draw()

    def picture(self, place: int) -> "tuple[Levels, Size] | None":
        """The one at a place."""
        return (self._pictures[place], self._sizes[place]) if 0 <= place < len(self._pictures) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        wide = self.viewport().width() // self._columns - 3 * GAP
        high = self.viewport().height() // self._rows - _LINE - 3 * GAP if self._rows else wide
        side = max(_SMALLEST, min(wide, high, self._largest))
        if side == self._side:
            return
        self._side = side
        box = QSize(side, side)
        self.setIconSize(box)
        self.setGridSize(box + QSize(2 * GAP, _LINE + GAP))
        for place, (small, size) in enumerate(zip(self._pictures, self._sizes, strict=True)):
            pixmap = photo_pixmap(small, size, box, self.devicePixelRatioF())
            picture = QIcon(pixmap)
            picture.addPixmap(pixmap, QIcon.Mode.Selected)  # colours must not change
            self.item(place).setIcon(picture)

    @Slot(int)
    def _on_current(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(place)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        """Also on the one that is chosen already: the picture may have been changed since."""
        self.chosen.emit(self.row(item))

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.activated_.emit(self.row(item))
