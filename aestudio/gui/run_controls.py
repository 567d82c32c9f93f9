"""What starts, stops and shows long work, alike on every page."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QProgressBar, QPushButton

from aestudio.gui.icons import ICON_PIXELS, icon

BAR_STEPS: Final = 1000  # of a bar
BUTTON_HEIGHT: Final = 32  # pixels


def big_button(glyph: str, text: str, tip: str = "") -> QPushButton:
    """A button with an icon and a word."""
    button = QPushButton(text)
    button.setIcon(icon(glyph))
    button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
    button.setMinimumHeight(BUTTON_HEIGHT)
    button.setToolTip(tip)
    button.setAccessibleName(text.rstrip("…"))
    return button


def thin_bar(name: str) -> QProgressBar:
    """A quiet progress bar of BAR_STEPS steps; `name` is for those who hear it."""
    bar = QProgressBar()
    bar.setRange(0, BAR_STEPS)
    bar.setTextVisible(False)
    bar.setFixedHeight(8)
    bar.setAccessibleName(name)
    return bar
