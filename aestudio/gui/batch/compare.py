"""A window that shows a saved result beside its original, and goes from one photo of a batch to the next."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from aestudio.batch.journal import Row
from aestudio.errors import ImageError
from aestudio.gui.batch.words import story
from aestudio.gui.canvas.bar import CanvasBar
from aestudio.gui.canvas.image_view import ImageView
from aestudio.gui.elided import Elided
from aestudio.gui.icon_button import icon_button
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.messages import MessageLine
from aestudio.gui.palette import GAP
from aestudio.images.io import read_photo
from aestudio.images.photo import Photo
from aestudio.progress import Progress

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown)


@dataclass(frozen=True, eq=False)
class Pair:
    """A photo and its result, in memory."""

    row: Row
    before: Photo
    after: Photo


class BatchCompare(QWidget):
    """Before is the original's file, after the result's: what others will see of it."""

    moved = Signal(int)  # so many photos further down in the table
    studio_wanted = Signal(object)  # Row
    folder_wanted = Signal(object)  # Row
    shown = Signal(object)  # Row whose two sides are on the canvas

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._row: Row | None = None
        self._next: Row | None = None
        self._runner = JobRunner("batch-compare", self)
        self._runner.succeeded.connect(self._on_read)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)
        self.view = ImageView()
        self.bar = CanvasBar(self.view)
        self.messages = MessageLine()
        self.name = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.name.setAccessibleName(self.tr("Photo"))
        self.flags = QLabel()
        self.flags.setWordWrap(True)
        self.flags.setTextFormat(Qt.TextFormat.PlainText)
        self.flags.setAccessibleName(self.tr("What needs a look"))
        self.back = icon_button("chevron-left", self.tr("Photo before"), self.tr("The photo above in the table (←)."))
        self.forth = icon_button("chevron-right", self.tr("Next photo"), self.tr("The next photo in the table (→)."))
        self.studio = icon_button("image-edit-outline", self.tr("Open original in Studio"))
        self.folder = icon_button("folder-open-outline", self.tr("Show result in its folder"))
        self._lay_out()
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self.studio.clicked.connect(self._on_studio)
        self.folder.clicked.connect(self._on_folder)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        top.setSpacing(GAP)
        buttons: tuple[QToolButton, ...] = (self.studio, self.folder)
        for button in (self.back, self.forth):
            top.addWidget(button)
        top.addSpacing(2 * GAP)
        top.addWidget(self.name, 1)
        for button in buttons:
            top.addWidget(button)
        self.flags.setContentsMargins(3 * GAP, 0, 3 * GAP, 2 * GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.flags)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.messages)
        self.resize(QSize(1100, 760))
        self.setMinimumSize(640, 480)

    @property
    def row(self) -> Row | None:
        """The photo that is shown, or will be."""
        return self._row

    def show_row(self, row: Row, place: str) -> None:
        """Show a photo and its result; `place` says which of how many it is."""
        self._row = row
        self.setWindowTitle(f"{row.source.name} – AEStudio")
        self.name.set_text(f"{row.source.name} → {row.output.name}   {place}")
        said = story(row)
        self.flags.setText(said)
        self.flags.setVisible(bool(said))
        self.messages.clear()
        self._next = row
        if not self._runner.busy:
            self._on_finished()

    def bring(self) -> None:
        """Show the window, in front of the others."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()

    def shut_down(self) -> None:
        """Stop, and wait until all threads are gone."""
        self._next = None
        self._runner.shutdown()
        self.view.shut_down()

    # what Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells of a key that no control wanted."""
        if event.key() in _BACK:
            self.moved.emit(-1)
        elif event.key() in _FORTH:
            self.moved.emit(1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt tells that the window goes: two photos need not stay in memory."""
        super().closeEvent(event)
        self._row = self._next = None
        self.view.set_photo(None)

    def changeEvent(self, event: QEvent) -> None:
        """Another window took the keyboard: the release of a held key will not be told here."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.view.set_show_before(False)

    @Slot()
    def _on_back(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _on_forth(self) -> None:
        self.moved.emit(1)

    @Slot()
    def _on_studio(self) -> None:
        if self._row is not None:
            self.studio_wanted.emit(self._row)

    @Slot()
    def _on_folder(self) -> None:
        if self._row is not None:
            self.folder_wanted.emit(self._row)

    # reading

    @Slot()
    def _on_finished(self) -> None:
        row, self._next = self._next, None
        if row is not None:
            self._runner.start(partial(_read, row))

    @Slot(object)
    def _on_read(self, pair: Pair) -> None:
        if self._next is None and pair.row is self._row:
            self.view.set_photo(pair.before)
            self.view.set_result(pair.after.pixels)
            self.shown.emit(pair.row)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._next is None and self._row is not None:
            self.view.set_photo(None)
            self.messages.show_failure(failure)


def _read(row: Row, progress: Progress) -> Pair:
    """In the worker. Raises ImageError."""
    before = read_photo(row.source, allow_large=True, salvage=True)
    progress.check()
    after = read_photo(row.output, allow_large=True)
    if before.pixels.shape[:2] != after.pixels.shape[:2]:
        raise ImageError("{name} is not the photo any more that its result was made of.", name=row.source.name)
    return Pair(row, before, after)
