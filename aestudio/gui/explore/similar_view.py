"""The view of similar photos: those that are like an example, and those that are nearly the same."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from aestudio.gui.explore.similar_groups import SimilarGroups
from aestudio.gui.explore.similar_search import SimilarSearch
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BUTTON_HEIGHT

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed


class SimilarView(ExploreView):
    """Two parts, of which one is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "image-search-outline", "", parent)
        self.title = self.tr("Similar photos")
        self.tip = self.tr("Photos that are like one of them, and copies, bursts and edited versions in groups.")
        self.search = SimilarSearch(self)
        self.groups = SimilarGroups(self)
        self.buttons = (
            _part_button(
                "image-search-outline",
                self.tr("Like an example"),
                self.tr("Find the photos that are like one you choose."),
            ),
            _part_button(
                "content-duplicate",
                self.tr("Near-duplicates"),
                self.tr("Find copies, frames of bursts and edited versions, and which of them to keep."),
            ),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.search)
        self.pages.addWidget(self.groups)
        top = QHBoxLayout()
        top.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 0)
        top.setSpacing(GAP)
        for button, part in zip(self.buttons, (self.search, self.groups), strict=True):
            top.addWidget(button)
            button.clicked.connect(partial(self.show_part, part))
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        self.show_part(self.search)

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos, or other codes of them."""
        super().take(photos, coder)
        self.search.take()
        self.groups.take()

    def leave(self) -> None:
        """Forget the photos."""
        super().leave()
        self.search.leave()
        self.groups.take()

    def find_like(self, row: int) -> None:
        """Show the photos that are like one of the rows."""
        self.show_part(self.search)
        self.search.find_like(row)

    def show_part(self, part: QWidget, checked: bool = True) -> None:
        """Turn to one of the parts; a second click must not switch its button off."""
        del checked
        self.pages.setCurrentWidget(part)
        for button, own in zip(self.buttons, (self.search, self.groups), strict=True):
            button.setChecked(own is part)
        self._go_on()

    def shut_down(self) -> None:
        """End the threads."""
        super().shut_down()
        self.groups.shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        """The view is turned to."""
        super().showEvent(event)
        self._go_on()

    def _go_on(self) -> None:
        self.search.go_on()
        self.groups.go_on()


def _part_button(glyph: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(glyph))
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setMinimumHeight(BUTTON_HEIGHT)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    return button
