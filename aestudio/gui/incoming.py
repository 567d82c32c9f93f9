"""Photos that come into the window: from dialogs, the clipboard and drops, to the mode that is shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from aestudio.gui.batch.page import BatchPage
from aestudio.gui.clipboard import files_in, pixels_in
from aestudio.gui.explore.page import ExplorePage
from aestudio.gui.icons import icon
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.studio import Studio
from aestudio.gui.train.page import TrainPage
from aestudio.images.formats import READABLE


class Incoming(QObject):
    """Asks for photos, and hands them to the studio, to the batch, to the training or to what explores."""

    studio_wanted = Signal()  # the studio gets something while it is not shown

    def __init__(
        self,
        window: QWidget,
        keeper: PreferencesKeeper,
        studio: Studio,
        batch: BatchPage,
        train: TrainPage,
        explore: ExplorePage,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = keeper
        self._studio = studio
        self._batch = batch
        self._train = train
        self._explore = explore
        self.to_batch = self.to_train = self.to_explore = False  # where photos go

    @Slot()
    def open_photos(self) -> None:
        """Ask for photos; where a folder is explored, for one."""
        if self.to_explore:
            self.open_folder()
            return
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        filters = ";;".join((self.tr("Photos") + f" ({suffixes})", self.tr("All files") + " (*)"))
        title = self.tr("Add photos") if self.to_batch or self.to_train else self.tr("Open photos")
        names, _ = QFileDialog.getOpenFileNames(self._window, title, self._keeper.folder, filters)
        self._take([Path(name) for name in names])

    @Slot()
    def open_folder(self) -> None:
        """Ask for a folder."""
        if self.to_explore:
            title = self.tr("Explore a folder")
        else:
            title = self.tr("Add folder") if self.to_batch or self.to_train else self.tr("Open folder")
        name = QFileDialog.getExistingDirectory(self._window, title, self._keeper.folder)
        if name:
            self._take([Path(name)])

    @Slot()
    def paste(self) -> None:
        """Take what is on the clipboard."""
        if not self.take_from(QGuiApplication.clipboard().mimeData()):
            pages = ((self.to_train, self._train), (self.to_batch, self._batch), (self.to_explore, self._explore))
            page = next((page for shown, page in pages if shown), self._studio)
            page.messages.show_note(self.tr("There is no photo on the clipboard."))

    def take_from(self, mime: QMimeData) -> bool:
        """Take files and folders, or a picture; False if there are none."""
        paths = files_in(mime)
        pixels = None if paths else pixels_in(mime)
        if paths:
            self._take(paths)
        elif pixels is not None and self.to_batch:
            self._batch.messages.show_note(self.tr("A batch is made of files. Please open the picture in the studio."))
        elif pixels is not None and self.to_train:
            self._train.messages.show_note(self.tr("A model learns from folders of photos. Please drop such a folder."))
        elif pixels is not None and self.to_explore:
            self._explore.messages.show_note(self.tr("Folders are explored. Please open the picture in the studio."))
        elif pixels is not None:
            self.studio_wanted.emit()
            self._studio.open_pixels(pixels)
        return bool(paths) or pixels is not None

    @Slot(object)
    def open_in_studio(self, paths: Sequence[Path]) -> None:
        """Open photos there, whatever is shown."""
        self.studio_wanted.emit()
        self._studio.open_paths(paths)

    def _take(self, paths: Sequence[Path]) -> None:
        if self.to_batch:
            self._batch.add(paths)
        elif self.to_train:
            self._train.add(paths)
        elif self.to_explore:
            self._explore.add(paths)
        elif paths:
            self.open_in_studio(paths)  # what is shown may be neither

    # photos opened before

    @Slot(QAction)
    def take_recent(self, action: QAction) -> None:
        """Open the photo that was chosen in the menu, or clear that."""
        if action.data():
            self._take([Path(action.data())])
        else:
            self._keeper.clear_recent()

    def fill_recent(self, menu: QMenu) -> None:
        """List the photos that were opened last."""
        menu.clear()
        for path in self._keeper.recent:
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.setData(str(path))
        menu.setToolTipsVisible(True)
        if not menu.isEmpty():
            menu.addSeparator()
            menu.addAction(icon("close"), self.tr("Clear the list"))
        menu.setEnabled(not menu.isEmpty())
