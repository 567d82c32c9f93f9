"""Photos that come into the window: from dialogs, the clipboard and drops, to the mode that is shown."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from aestudio.gui.batch.page import BatchPage
from aestudio.gui.clipboard import files_in, pixels_in
from aestudio.gui.explore.page import ExplorePage
from aestudio.gui.icons import icon
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.messages import MessageLine
from aestudio.gui.studio import Studio
from aestudio.gui.train.page import TrainPage
from aestudio.images.formats import READABLE


class _Receiver(NamedTuple):
    """A page that takes photos in place of the studio while it is shown."""

    add: Callable[[Sequence[Path]], object]
    messages: MessageLine
    photos_title: str  # of the dialog that asks for them; empty where only folders are taken
    folder_title: str
    only_files: str  # what is said of pixels


class Incoming(QObject):
    """Asks for photos, and hands them to the studio, or to another page while that is shown."""

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
        photos, folder = self.tr("Add photos"), self.tr("Add folder")
        of_batch = self.tr("A batch is made of files. Please open the picture in the studio.")
        of_train = self.tr("A model learns from folders of photos. Please drop such a folder.")
        of_explore = self.tr("Folders are explored. Please open the picture in the studio.")
        self._receivers: dict[QWidget, _Receiver] = {
            batch: _Receiver(batch.add, batch.messages, photos, folder, of_batch),
            train: _Receiver(train.add, train.messages, photos, folder, of_train),
            explore: _Receiver(explore.add, explore.messages, "", self.tr("Explore a folder"), of_explore),
        }
        self._receiver: _Receiver | None = None  # where photos go; None for the studio

    def turn_to(self, page: QWidget) -> None:
        """This page is shown: photos go there from now on, if it takes any."""
        self._receiver = self._receivers.get(page)

    @Slot()
    def open_photos(self) -> None:
        """Ask for photos; where only folders are taken, for one."""
        title = self.tr("Open photos") if self._receiver is None else self._receiver.photos_title
        if not title:
            self.open_folder()
            return
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        filters = ";;".join((self.tr("Photos") + f" ({suffixes})", self.tr("All files") + " (*)"))
        names, _ = QFileDialog.getOpenFileNames(self._window, title, self._keeper.folder, filters)
        self._take([Path(name) for name in names])

    @Slot()
    def open_folder(self) -> None:
        """Ask for a folder."""
        title = self.tr("Open folder") if self._receiver is None else self._receiver.folder_title
        name = QFileDialog.getExistingDirectory(self._window, title, self._keeper.folder)
        if name:
            self._take([Path(name)])

    @Slot()
    def paste(self) -> None:
        """Take what is on the clipboard."""
        if not self.take_from(QGuiApplication.clipboard().mimeData()):
            messages = self._studio.messages if self._receiver is None else self._receiver.messages
            messages.show_note(self.tr("There is no photo on the clipboard."))

    def take_from(self, mime: QMimeData) -> bool:
        """Take files and folders, or a picture; False if there are none."""
        paths = files_in(mime)
        pixels = None if paths else pixels_in(mime)
        if paths:
            self._take(paths)
        elif pixels is not None and self._receiver is not None:
            self._receiver.messages.show_note(self._receiver.only_files)
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
        if self._receiver is not None:
            self._receiver.add(paths)
        elif paths:
            self.open_in_studio(paths)  # what is shown may be another page

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
