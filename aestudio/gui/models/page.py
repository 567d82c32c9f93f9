"""The models: a list of all there are, what is known about each, and what can be done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure
from aestudio.gui.messages import MessageLine
from aestudio.gui.models.details import ModelDetails
from aestudio.gui.models.list import ModelsList, task_of
from aestudio.gui.palette import GAP
from aestudio.gui.services import Services
from aestudio.models.catalog import PARTS
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.models.library import Entry

PACKED = ".zip"


@dataclass(frozen=True)
class Done:
    """What came of something that was done."""

    name: str  # of the model as it is now; empty for one that is gone
    exported: Path | None = None


class ModelsPage(QWidget):
    """Shows the stock of models, and has done to it what the user asks for."""

    train_wanted = Signal()
    try_wanted = Signal(str, str)  # tool, name of the model

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stock = services.models
        self._parts = services.parts
        self._wanted = ""  # one of the user's own that is to be looked at once it is there
        self._asked = False  # what is being done was asked for here
        self.list = ModelsList()
        self.details = ModelDetails()
        self.messages = MessageLine()
        self.import_ = QPushButton(self.tr("Import…"))
        self.folder = QPushButton(self.tr("Show folder"))
        self.train = QPushButton(self.tr("Train a model"))
        self.none_own = QWidget()
        self._lay_out()
        self._connect()
        self._on_changed()

    def _lay_out(self) -> None:
        for button, glyph, tip in (
            (self.import_, "import", self.tr("Take in a model that was exported, here or elsewhere.")),
            (self.folder, "folder-outline", self.tr("Show the folder of your own models.")),
            (self.train, "school-outline", self.tr("Go to the page where models learn from your photos.")),
        ):
            button.setIcon(icon(glyph))
            button.setMinimumHeight(32)
            button.setToolTip(tip)
            button.setAccessibleName(button.text().rstrip("…"))
        sentence = QLabel(
            self.tr("You have no model of your own yet: one that learns from your photos knows them best.")
        )
        sentence.setWordWrap(True)
        invitation = QHBoxLayout(self.none_own)
        invitation.setContentsMargins(4 * GAP, 2 * GAP, 4 * GAP, 2 * GAP)
        invitation.setSpacing(4 * GAP)
        invitation.addWidget(sentence, 1)
        invitation.addWidget(self.train)
        below = QHBoxLayout()
        below.setContentsMargins(4 * GAP, 2 * GAP, 4 * GAP, 2 * GAP)
        below.setSpacing(2 * GAP)
        below.addWidget(self.import_)
        below.addWidget(self.folder)
        below.addStretch(1)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.list, 1)
        left.addWidget(self.none_own)
        left.addLayout(below)
        left.addWidget(self.messages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.details)

    def _connect(self) -> None:
        stock, details = self._stock, self.details
        stock.changed.connect(self._on_changed)
        self._parts.changed.connect(self._show_working)
        stock.acted.connect(self._on_acted)
        stock.failed.connect(self._on_failed)
        stock.busy_changed.connect(self._show_busy)
        self.list.looked_at.connect(details.show_entry)
        self.list.delete_wanted.connect(self._on_delete)
        self.list.rename_wanted.connect(self._on_rename)
        self.import_.clicked.connect(self._on_import)
        self.folder.clicked.connect(self._on_folder)
        self.train.clicked.connect(self.train_wanted)
        details.try_wanted.connect(self._on_try)
        details.use_wanted.connect(self._on_use)
        details.rename_wanted.connect(self._on_rename)
        details.export_wanted.connect(self._on_export)
        details.delete_wanted.connect(self._on_delete)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells that the page is seen: others may have changed the folder."""
        super().showEvent(event)
        self._stock.rescan()

    def look_at(self, name: str) -> None:
        """Show one of the user's own models, now or as soon as it is there."""
        row = self.list.entries_.row_of(name, own=True)
        self._wanted = name if row is None else ""
        if row is not None:
            self.list.look_at(row)

    # showing

    @Slot()
    def _on_changed(self) -> None:
        self._show_working()
        self.list.show_entries(self._stock.entries)
        if self._wanted:
            self.look_at(self._wanted)
        self.none_own.setVisible(self._stock.known and not self._stock.own)

    @Slot()
    def _show_working(self) -> None:
        entries = (self._parts.working(part) for part in PARTS)
        cards = frozenset(entry.path for entry in entries if entry is not None)
        self.list.entries_.set_working(cards)
        self.details.show_working(cards)

    @Slot()
    def _show_busy(self) -> None:
        self.details.show_busy(self._stock.busy)
        self.import_.setEnabled(not self._stock.busy)

    # what the user asks for

    def _do(self, job: "partial[Done]") -> None:
        self.messages.clear()
        self._asked = True
        self._stock.act(job)

    @Slot()
    def _on_try(self) -> None:
        entry = self.list.current
        if entry is not None:
            self.try_wanted.emit(task_of(entry), entry.name)

    @Slot()
    def _on_use(self) -> None:
        entry = self.list.current
        if entry is not None:
            self._parts.use(task_of(entry), entry.name)

    @Slot()
    def _on_rename(self) -> None:
        entry = self.list.current
        if entry is None or not self.details.rename.isEnabled():
            return
        name, agreed = QInputDialog.getText(
            self.window(), self.tr("Rename the model"), self.tr("Name"), QLineEdit.EchoMode.Normal, entry.name
        )
        if agreed and name.strip() not in ("", entry.name):
            self._do(partial(_rename, entry, name.strip(), self._stock.folders))

    @Slot()
    def _on_export(self) -> None:
        entry = self.list.current
        if entry is None:
            return
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _ = QFileDialog.getSaveFileName(
            self.window(),
            self.tr("Export the model"),
            str(Path(documents) / f"{entry.name}{PACKED}"),
            self.tr("Models") + f" (*{PACKED})",
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever replaced
        )
        if name:
            target = Path(name) if name.lower().endswith(PACKED) else Path(f"{name}{PACKED}")
            self._do(partial(_export, entry, target, self._stock.folders))

    @Slot()
    def _on_delete(self) -> None:
        entry = self.list.current
        if entry is None or not self.details.delete.isEnabled():
            return
        question = QMessageBox(self.window())
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("Delete the model"))
        question.setText(self.tr("Delete the model “{name}” for good?").format(name=entry.name))
        question.setInformativeText(
            self.tr("Tools that work with it go back to the built-in one. Photos stay as saved.")
        )
        delete = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole))
        question.exec()
        if question.clickedButton() is delete:
            self._do(partial(_delete, entry, self._stock.folders))
        question.deleteLater()

    @Slot()
    def _on_import(self) -> None:
        kinds = self.tr("Models") + f" (*{PACKED} *.json)"
        name, _ = QFileDialog.getOpenFileName(self.window(), self.tr("Import a model"), "", kinds)
        if name:
            self._do(partial(_bring_in, Path(name), self._stock.folders))

    @Slot()
    def _on_folder(self) -> None:
        folder = self._stock.own_folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            text = self.tr("The folder {folder} cannot be made ({reason}). Please check the disk.")
            self.messages.show_note(text.format(folder=folder, reason=exc.strerror or exc))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # what became of it

    @Slot(object)
    def _on_acted(self, result: object) -> None:
        if not isinstance(result, Done):
            return
        self._asked = False
        if result.exported is not None:
            self.messages.show_note(self.tr("Exported as {path}.").format(path=result.exported))
        else:
            self._wanted = result.name

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._asked:
            self._asked = False
            self.messages.show_failure(failure)


def _rename(entry: "Entry", name: str, folders: Sequence[Path], progress: Progress) -> Done:
    from aestudio.models.library import rename

    progress.check()
    return Done(rename(entry.name, name, folders).stem)


def _export(entry: "Entry", target: Path, folders: Sequence[Path], progress: Progress) -> Done:
    from aestudio.models.library import export

    progress.check()
    return Done(entry.name, export(entry.name, target, folders))


def _delete(entry: "Entry", folders: Sequence[Path], progress: Progress) -> Done:
    from aestudio.models.library import delete

    progress.check()
    delete(entry.name, folders)
    return Done("")


def _bring_in(place: Path, folders: Sequence[Path], progress: Progress) -> Done:
    from aestudio.models.library import bring_in

    progress.check()
    return Done(bring_in(place, folders=folders).stem)
