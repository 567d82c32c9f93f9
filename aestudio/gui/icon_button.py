"""Small buttons that show an icon alone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from aestudio.gui.icons import ICON_PIXELS, icon

SIDE = 28


def icon_button(glyph: str, name: str, tip: str = "") -> QToolButton:
    """A button with the icon of that name; `name` is what it does, `tip` says more where that is not enough."""
    button = QToolButton()
    button.setIcon(icon(glyph))
    button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
    button.setFixedSize(SIDE, SIDE)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tip or f"{name}.")
    button.setAccessibleName(name)
    return button
