"""What is asked before something of a training is lost, and how its model is to be called."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from aestudio.gui.icons import icon


class TrainQuestions(QObject):
    """One question at a time; nothing waits for the answer."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._then: Callable[[], object] = lambda: None
        self.box: QMessageBox | None = None
        self.naming: QInputDialog | None = None
        self._named: Callable[[str], object] = lambda name: None

    def ask(self, text: str, more: str, verb: str, then: Callable[[], object]) -> None:
        """Ask whether to do something that cannot be undone, and do it if so."""
        if self.box is not None:
            return
        self._then = then
        self.box = box = QMessageBox(self._page.window())
        box.setWindowTitle("AEStudio")
        box.setIconPixmap(icon("help-circle-outline").pixmap(32, 32))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(more)
        box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(stay)
        box.setDefaultButton(stay)
        box.buttonClicked.connect(self._on_answered)
        box.open()

    def close(self) -> None:
        """What was asked about is over."""
        if self.box is not None:
            self.box.reject()
            self.box.deleteLater()
            self.box = None

    def ask_name(self, proposed: str, then: Callable[[str], object]) -> None:
        """Ask how the model is to be called."""
        if self.naming is not None:
            return
        self._named = then
        self.naming = dialog = QInputDialog(self._page.window())
        dialog.setInputMode(QInputDialog.InputMode.TextInput)
        dialog.setWindowTitle(self.tr("Adopt the model"))
        dialog.setLabelText(self.tr("The model appears under this name in its tool. The models that are there stay."))
        dialog.setTextValue(proposed)
        dialog.setOkButtonText(self.tr("Adopt"))
        dialog.setMinimumWidth(420)
        dialog.finished.connect(self._on_named)
        dialog.open()

    @Slot(object)
    def _on_answered(self, button: object) -> None:
        box, self.box = self.box, None
        if box is None:
            return
        role = next((box.buttonRole(b) for b in box.buttons() if b is button), QMessageBox.ButtonRole.RejectRole)
        box.deleteLater()
        if role == QMessageBox.ButtonRole.DestructiveRole:
            self._then()

    @Slot(int)
    def _on_named(self, result: int) -> None:
        dialog, self.naming = self.naming, None
        if dialog is not None:
            dialog.deleteLater()
            if result == QInputDialog.DialogCode.Accepted:
                self._named(dialog.textValue().strip())
