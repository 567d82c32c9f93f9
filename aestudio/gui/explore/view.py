"""What the views of the Explore page have in common."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from aestudio.gui.icons import icon
from aestudio.gui.jobs import JobRunner

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed


class ExploreView(QWidget):
    """One way to look at the photos of a folder. Subclasses draw; what takes time they give to `runner`."""

    studio_wanted = Signal(object)  # paths, to be opened there
    batch_wanted = Signal(object)  # paths, to be added there
    failed = Signal(object)  # Failure, to be told below the page

    def __init__(self, title: str, icon_name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.icon_name, self.tip = title, icon_name, tip
        self.photos: Indexed | None = None
        self.coder: Coder | None = None
        self.runner = JobRunner("explore", self)

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos, or other codes of them. Called in the GUI thread; what was computed for others is void.

        Subclasses compute only once they are seen: `showEvent` comes for each view that is turned to.
        """
        self.photos, self.coder = photos, coder

    def leave(self) -> None:
        """Forget the photos."""
        self.photos = None

    def shut_down(self) -> None:
        """End the thread."""
        self.runner.shutdown()

    def add_photo_actions(self, menu: QMenu, paths: Callable[[], Sequence[Path]]) -> tuple[QAction, QAction]:
        """What can be done with photos that are chosen: open in Studio, add to Batch."""
        text = QCoreApplication.translate
        studio = menu.addAction(icon("image-edit-outline"), text("ExploreView", "Open in Studio"))
        batch = menu.addAction(icon("image-multiple-outline"), text("ExploreView", "Add to Batch"))
        studio.triggered.connect(lambda: self.studio_wanted.emit(list(paths())))
        batch.triggered.connect(lambda: self.batch_wanted.emit(list(paths())))
        return studio, batch
