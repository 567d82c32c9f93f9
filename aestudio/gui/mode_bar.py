"""The bar above everything: the modes in one word each, and the commands of the whole window."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.palette import GAP


class Mode(NamedTuple):
    """One word in the mode bar, and what it shows."""

    title: str
    icon: str
    page: QWidget


class ModeBar(QWidget):
    """Shows which mode it is, and tells which one is wanted."""

    chosen = Signal(int)

    def __init__(
        self, modes: Sequence[Mode], actions: Sequence[QAction], menu: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: list[QToolButton] = []  # no QButtonGroup: Tab would reach only one of them
        bar = QHBoxLayout(self)
        bar.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        bar.setSpacing(GAP)
        for number, mode in enumerate(modes):
            button = _tool_button(mode.icon, mode.title, f"{mode.title} ({number + 1})")
            button.setText(mode.title)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setShortcut(str(number + 1))
            button.clicked.connect(self._on_clicked)
            self.buttons.append(button)
            bar.addWidget(button)
        bar.addStretch(1)
        for action in actions:
            button = _tool_button("", action.text().rstrip("…"), action.toolTip())
            button.setDefaultAction(action)
            bar.addWidget(button)
        self.menu_button = _tool_button("menu", self.tr("Menu"), self.tr("All commands"))
        self.menu_button.setMenu(menu)
        self.menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the icon says it
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar.addWidget(self.menu_button)

    def show_mode(self, number: int) -> None:
        """Show which mode it is; a second click must not switch its button off."""
        for own, button in enumerate(self.buttons):
            button.setChecked(own == number)
        if any(button.hasFocus() for button in self.buttons):  # or the frame would stay around another word
            self.buttons[number].setFocus()

    @Slot()
    def _on_clicked(self) -> None:
        for number, button in enumerate(self.buttons):
            if button is self.sender():
                self.chosen.emit(number)


def _tool_button(icon_name: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    if icon_name:
        button.setIcon(icon(icon_name))
    button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
    button.setMinimumSize(32, 32)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tip)
    button.setAccessibleName(name)
    return button
