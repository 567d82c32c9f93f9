"""A setting that is on or off."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from aestudio.gui.knob_row import translated
from aestudio.gui.switch import Switch

if TYPE_CHECKING:
    from aestudio.tasks.base import Toggle


class ToggleRow(QWidget):
    """Shows one of them and tells what the user makes of it."""

    changed = Signal(str, bool)

    def __init__(self, name: str, toggle: "Toggle", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        label = QLabel(translated(toggle.label))
        label.setToolTip(translated(toggle.help))
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.switch = Switch()
        self.switch.setToolTip(translated(toggle.help))
        self.switch.setAccessibleName(translated(toggle.label))
        self.switch.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.switch)

    def show_value(self, on: bool) -> None:
        """Show a setting without telling anyone."""
        self.switch.setChecked(on)

    @Slot(bool)
    def _on_clicked(self, on: bool) -> None:
        self.changed.emit(self._name, on)
