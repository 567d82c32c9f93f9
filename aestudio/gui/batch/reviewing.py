"""Looking at what a batch made: results beside their originals, folders, and what can be done with a photo."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from aestudio.batch.journal import DONE, SKIPPED, Row
from aestudio.gui.batch.compare import BatchCompare
from aestudio.gui.batch.model import BatchModel
from aestudio.gui.batch.table import BatchTable
from aestudio.gui.icons import icon
from aestudio.gui.messages import MessageLine


class BatchReviewing(QObject):
    """Answers the table's double clicks and menus."""

    studio_wanted = Signal(object)  # list[Path]
    removal_wanted = Signal(object)  # list[Row]

    def __init__(self, model: BatchModel, table: BatchTable, messages: MessageLine, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self._table = table
        self._messages = messages
        self._page = page
        self.may_remove = True
        self.compare: BatchCompare | None = None  # once it was asked for
        self.menu: QMenu | None = None
        self._menu_rows: tuple[Row, ...] = ()  # that the menu is for; first the one that the keyboard is on
        table.opened.connect(self.open)
        table.menu_wanted.connect(self._on_menu_wanted)

    @Slot(object)
    def open(self, row: Row) -> None:
        """Show a photo's result beside it; without one, the photo in the studio."""
        if not has_result(row):
            self.studio_wanted.emit([row.source])
            return
        if self.compare is None:
            self.compare = BatchCompare(self._page.window())
            self.compare.moved.connect(self._on_moved)
            self.compare.studio_wanted.connect(self._on_studio_wanted)
            self.compare.folder_wanted.connect(self._on_folder_wanted)
        self._show(row)
        self.compare.bring()

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the desktop's own way."""
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.show_note(self.tr("The results are in {folder}.").format(folder=folder))

    def shut_down(self) -> None:
        """Stop all threads, and wait for them."""
        if self.compare is not None:
            self.compare.shut_down()

    def _show(self, row: Row) -> None:
        assert self.compare is not None
        place = self.tr("{number} of {total}").format(
            number=self._model.place_of(row.number) + 1, total=self._model.rowCount()
        )
        self.compare.show_row(row, f"({place})")

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        """Go on to the next photo with a result, as the table is sorted."""
        shown = self.compare.row if self.compare is not None else None
        if shown is None or not self._model.knows(shown.number):
            return
        place = self._model.place_of(shown.number) + by
        while 0 <= place < self._model.rowCount():
            row = self._model.row(place)
            if has_result(row):
                self._table.choose(row)
                self._show(row)
                return
            place += by

    @Slot(object)
    def _on_studio_wanted(self, row: Row) -> None:
        self.studio_wanted.emit([row.source])

    @Slot(object)
    def _on_folder_wanted(self, row: Row) -> None:
        self.open_folder(row.output.parent)

    @Slot(object, object)
    def _on_menu_wanted(self, rows: Sequence[Row], place: QPoint) -> None:
        current = self._table.current
        first = current if current in rows and current is not None else rows[0]
        self._menu_rows = (first, *(row for row in rows if row is not first))
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu = QMenu(self._table)
        for glyph, text, slot, enabled in (
            ("compare", self.tr("Open result beside original"), self._on_menu_open, has_result(first)),
            ("image-edit-outline", self.tr("Open original in Studio"), self._on_menu_studio, True),
            ("folder-open-outline", self.tr("Show in folder"), self._on_menu_folder, True),
            ("playlist-remove", self.tr("Remove from the list"), self._on_menu_remove, self.may_remove),
        ):
            action = menu.addAction(icon(glyph), text)
            action.setEnabled(enabled)
            action.triggered.connect(slot)
        menu.insertSeparator(menu.actions()[-1])
        menu.popup(place)

    @Slot()
    def _on_menu_open(self) -> None:
        self.open(self._menu_rows[0])

    @Slot()
    def _on_menu_studio(self) -> None:
        self.studio_wanted.emit([row.source for row in self._menu_rows])

    @Slot()
    def _on_menu_folder(self) -> None:
        first = self._menu_rows[0]
        self.open_folder((first.output if has_result(first) else first.source).parent)

    @Slot()
    def _on_menu_remove(self) -> None:
        self.removal_wanted.emit(list(self._menu_rows))


def has_result(row: Row) -> bool:
    """Whether there is a file of the result to look at."""
    return row.state in (DONE, SKIPPED) and os.path.isfile(row.output)
