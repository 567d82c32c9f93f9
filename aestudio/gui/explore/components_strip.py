"""The photos of a folder in one row, to choose one of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QListView

from aestudio.gui.explore.grid import PhotoGrid
from aestudio.gui.explore.grid_delegate import ROW_ROLE, item_size
from aestudio.gui.explore.view import ExploreView

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE = 64  # pixels of a thumbnail


class PhotoStrip(PhotoGrid):
    """One row of thumbnails; the arrow keys go along it."""

    row_chosen = Signal(int)  # row of `Indexed`

    def __init__(self, view: ExploreView) -> None:
        super().__init__(view, side=SIDE)
        self.setWrapping(False)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().setSingleStep(24)
        self.setFixedHeight(item_size(SIDE, captions=False).height() + self.horizontalScrollBar().sizeHint().height())
        self.setAccessibleName(self.tr("Photos to choose from"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_photos(self, rows: "Sequence[int]", chosen: int | None = None) -> None:
        """Show those photos, and choose one of them: the first one by default."""
        self.show_rows(rows)
        if rows and (chosen is None or not self.select_row(chosen)):
            self.choose_place(0)

    def choose_place(self, place: int) -> None:
        """Choose the photo at that place of the strip."""
        index = self.photos_.index(place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    @property
    def chosen(self) -> int | None:
        """Its row; None where there are no photos."""
        index = self.currentIndex()
        return int(index.data(ROW_ROLE)) if index.isValid() else None

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        del previous
        if current.isValid():
            self.row_chosen.emit(int(current.data(ROW_ROLE)))
