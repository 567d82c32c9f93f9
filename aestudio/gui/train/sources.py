"""Folders to learn from: zones to drop them on, and rows that name them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from aestudio.gui.clipboard import files_in
from aestudio.gui.elided import Elided
from aestudio.gui.icon_button import icon_button
from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.palette import GAP

_RADIUS = 6


def folders_of(paths: Sequence[Path]) -> list[Path]:
    """The folders that are meant: a photo stands for the one that it lies in."""
    return list(dict.fromkeys((path if path.is_dir() else path.parent).absolute() for path in paths))


class DropZone(QFrame):
    """A field that says what belongs there, and takes it."""

    dropped = Signal(object)  # list[Path] of folders

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = False
        self.setAcceptDrops(True)
        self.title = QLabel()
        self.sentence = QLabel()
        for label, pixels in ((self.title, 20), (self.sentence, 13)):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            font = label.font()
            font.setPixelSize(pixels)
            label.setFont(font)
        self.title.setForegroundRole(QPalette.ColorRole.WindowText)  # else the ground's
        self.sentence.setForegroundRole(QPalette.ColorRole.WindowText)
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setIcon(icon("folder-plus-outline"))
        self.choose.setIconSize(QSize(24, 24))
        self.choose.setMinimumSize(180, 52)
        font = self.choose.font()
        font.setPixelSize(16)
        self.choose.setFont(font)
        self.choose.setToolTip(self.tr("Choose a folder of photos."))
        self.choose.clicked.connect(self._on_choose)
        self.begin_at = ""  # where the dialog begins
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        layout.setSpacing(4 * GAP)
        layout.addStretch(3)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(4)

    def show_text(self, title: str, sentence: str, name: str) -> None:
        """What belongs there; `name` is what they are, in a word or two."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.choose.setAccessibleName(self.tr("Choose a folder: {name}").format(name=name))
        self.setAccessibleName(name)

    @Slot()
    def _on_choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.choose.accessibleName(), self.begin_at)
        if name:
            self.dropped.emit([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders, and photos for the folders that they lie in."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()
            self._hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The pointer went on."""
        super().dragLeaveEvent(event)
        self._hover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Something was dropped here, and not beside it."""
        event.acceptProposedAction()
        self._hover(False)
        self.dropped.emit(folders_of(files_in(event.mimeData())))

    def _hover(self, on: bool) -> None:
        self._hovered = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed rim, in the accent colour while something hovers over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.Highlight if self._hovered else QPalette.ColorRole.PlaceholderText
        painter.setPen(QPen(self.palette().color(role), 2 if self._hovered else 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), _RADIUS, _RADIUS)
        painter.end()


class FolderRows(QWidget):
    """The folders of one kind, each with a button that takes it off; and one to add a further one."""

    changed = Signal()  # by the user

    def __init__(self, title: str, tip: str, parent: QWidget | None = None, *, several: bool = True) -> None:
        """`several` for any number of folders, else one takes the place of the other."""
        super().__init__(parent)
        self.folders: tuple[Path, ...] = ()
        self._several = several
        self.begin_at = ""
        self.title = QLabel(title)
        self.title.setToolTip(tip)
        self.add_button = icon_button("folder-plus-outline", self.tr("Add a folder: {name}").format(name=title), tip)
        self.add_button.clicked.connect(self._on_add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._row_widgets: list[QWidget] = []
        self.setAcceptDrops(True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._rows)

    def add(self, paths: Sequence[Path]) -> None:
        """Further folders."""
        kept = self.folders if self._several else ()
        self.show_folders([*kept, *paths])
        self.changed.emit()

    def show_folders(self, folders: Sequence[Path]) -> None:
        """Show them without telling anyone."""
        self.folders = tuple(dict.fromkeys(folders)) if self._several else tuple(folders[-1:])
        for widget in self._row_widgets:
            widget.hide()
            widget.deleteLater()
        self._row_widgets = [self._row(folder) for folder in self.folders]
        for widget in self._row_widgets:
            self._rows.addWidget(widget)

    def _row(self, folder: Path) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(GAP, 0, 0, 0)
        line.setSpacing(GAP)
        glyph = QLabel()
        glyph.setPixmap(icon("folder-outline").pixmap(ICON_PIXELS, ICON_PIXELS))
        name = Elided(mode=Qt.TextElideMode.ElideMiddle, tip=str(folder))
        name.set_text(folder.name or str(folder))
        name.setAccessibleName(str(folder))
        remove = icon_button("close", self.tr("Take off {name}").format(name=folder.name), "")
        remove.setToolTip(self.tr("Take it off the list. The photos stay."))
        remove.setProperty("folder", str(folder))
        remove.clicked.connect(self._on_remove)
        line.addWidget(glyph)
        line.addWidget(name, 1)
        line.addWidget(remove)
        return row

    @Slot()
    def _on_add(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.title.text(), self.begin_at)
        if name:
            self.add([Path(name)])

    @Slot()
    def _on_remove(self) -> None:
        sender = self.sender()
        gone = Path(str(sender.property("folder"))) if sender is not None else None
        self.show_folders([folder for folder in self.folders if folder != gone])
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Folders were dropped on the rows."""
        event.acceptProposedAction()
        self.add(folders_of(files_in(event.mimeData())))
