"""Asks what a tool wants to know before it works, once while the program runs."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from aestudio.gui.knob_row import translated

if TYPE_CHECKING:
    from aestudio.tasks.base import Task


class Consent(QObject):
    """Remembers for which tools the answer was yes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._given: set[str] = set()

    def given(self, task: "Task[Any]") -> bool:
        """Whether the tool may work; asks if that is not known."""
        if not task.question or task.id in self._given:
            return True
        box = QMessageBox(
            QMessageBox.Icon.Question, translated(task.title), translated(task.question), parent=self._parent
        )
        yes = box.addButton(self.tr("Yes, I have"), QMessageBox.ButtonRole.YesRole)
        box.setDefaultButton(box.addButton(self.tr("No"), QMessageBox.ButtonRole.NoRole))
        box.exec()
        agreed = box.clickedButton() is yes
        box.deleteLater()
        if not agreed:
            return False
        self.remember(task)
        return True

    def remember(self, task: "Task[Any]") -> None:
        """The answer was yes."""
        self._given.add(task.id)
