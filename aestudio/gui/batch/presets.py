"""The list of presets of a batch: those that come with the program, the user's own, and what can be done with them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget

from aestudio.errors import AEStudioError
from aestudio.gui.i18n import translated as said
from aestudio.gui.knob_row import translated
from aestudio.gui.lab.widgets import QuietBox

if TYPE_CHECKING:
    from aestudio.batch.presets import Preset, PresetFolder

_MOVES = frozenset(
    {
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_F4),
    }
)

NONE, STUDIO, SAVE, DELETE = "none", "studio", "save", "delete"  # rows that are no presets


class PresetBox(QuietBox):
    """Shows which preset the settings are, and tells which one is wanted."""

    chosen = Signal(object)  # Preset
    studio_wanted = Signal()
    save_wanted = Signal()
    failed = Signal(str)  # a sentence

    def __init__(self, folder: "PresetFolder", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._entries: list[object] = []  # by row: a Preset, a word from above, or None for a line between
        self._shown: object = NONE
        self.setAccessibleName(self.tr("Preset"))
        self.setToolTip(self.tr("Steps, names and format under one name."))
        self.activated.connect(self._on_activated)
        self.fill()

    def fill(self) -> None:
        """List the presets there are; tells what is wrong with those that cannot be read."""
        from aestudio.batch.presets import BUILT_IN

        listed = self._folder.listed()
        with QSignalBlocker(self):
            self.clear()
            self._entries.clear()
            self._add(self.tr("No preset"), NONE, self.tr("The settings are not those of a preset."))
            self._add_line()
            for preset in BUILT_IN:
                self._add(translated(preset.name), preset, "")
            if listed.presets:
                self._add_line()
            for preset in listed.presets:
                self._add(preset.name, preset, "")
            self._add_line()
            self._add(self.tr("As in Studio"), STUDIO, self.tr("Take the tools as they are set on the studio's photo."))
            self._add(self.tr("Save as preset…"), SAVE, self.tr("Keep steps, names and format under a name."))
            self._add(self.tr("Delete preset…"), DELETE, self.tr("Take away the chosen preset."))
        self._show()
        if listed.problems:
            self.failed.emit(" ".join(said(problem) for problem in listed.problems))

    def show_preset(self, preset: "Preset | None") -> None:
        """Show that the settings are this preset, or none, without telling anyone."""
        self._shown = NONE if preset is None else preset
        self._show()

    def show_studio(self) -> None:
        """Show that the settings are those of the studio."""
        self._shown = STUDIO
        self._show()

    def save(self, preset: "Preset") -> None:
        """Ask for a name, and keep a preset under it."""
        name, agreed = QInputDialog.getText(
            self.window(), self.tr("Save as preset"), self.tr("Name"), QLineEdit.EchoMode.Normal, preset.name
        )
        if not agreed or not name.strip() or not self._may_replace(name.strip()):
            return
        try:
            saved = self._folder.save(replace(preset, name=name.strip()))
        except AEStudioError as exc:
            self.failed.emit(said(exc.sentence))
            return
        self.fill()
        self.show_preset(saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys open the list: a row that is passed on the way to another must not be taken."""
        if event.key() in _MOVES:
            self.showPopup()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # or a letter would take the first row that begins with it
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is left to the panel."""
        event.ignore()

    @property
    def own(self) -> "Preset | None":
        """The user's own preset that is shown."""
        from aestudio.batch.presets import BUILT_IN, Preset

        return self._shown if isinstance(self._shown, Preset) and self._shown not in BUILT_IN else None

    def row_of(self, entry: object) -> int:
        """Where a preset, or one of the words above, is in the list; the first row if it is not."""
        return self._entries.index(entry) if entry in self._entries else 0

    def _add(self, text: str, entry: object, tip: str) -> None:
        self.addItem(text)
        self.setItemData(self.count() - 1, tip or None, Qt.ItemDataRole.ToolTipRole)
        self._entries.append(entry)

    def _add_line(self) -> None:
        self.insertSeparator(self.count())
        self._entries.append(None)

    def _show(self) -> None:
        self.setCurrentIndex(self.row_of(self._shown))
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.item(self.row_of(DELETE)).setEnabled(self.own is not None)

    def _may_replace(self, name: str) -> bool:
        if not self._folder.has(name):
            return True
        return self._agreed(
            self.tr("Save as preset"), self.tr("There is a preset “{name}” already."), name, self.tr("Replace")
        )

    def _agreed(self, title: str, question: str, name: str, yes: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, title, question.format(name=name), parent=self.window())
        button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        agreed = box.clickedButton() is button
        box.deleteLater()
        return agreed

    def _delete(self) -> None:
        preset = self.own
        question = self.tr("Shall the preset “{name}” be deleted?")
        if preset is None or not self._agreed(self.tr("Delete preset"), question, preset.name, self.tr("Delete")):
            return
        try:
            self._folder.delete(preset.name)
        except AEStudioError as exc:
            self.failed.emit(said(exc.sentence))
            return
        self._shown = NONE
        self.fill()

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        from aestudio.batch.presets import Preset

        wanted = self._entries[row]
        self._show()  # what was shown, until it is something else
        if isinstance(wanted, Preset):
            self.chosen.emit(wanted)
        elif wanted == STUDIO:
            self.studio_wanted.emit()
        elif wanted == SAVE:
            self.save_wanted.emit()
        elif wanted == DELETE:
            self._delete()
