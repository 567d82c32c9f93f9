"""The Explore page: a folder is dropped and looked through, and its photos are shown in several ways."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from aestudio.gui.explore.components_view import ComponentsView
from aestudio.gui.explore.desk_view import DeskView
from aestudio.gui.explore.header import DEFAULT_MODEL, ExploreHead, ViewBar
from aestudio.gui.explore.indexing import Explored, Wish
from aestudio.gui.explore.looking import ExploreLooking
from aestudio.gui.explore.map_view import MapView
from aestudio.gui.explore.odd_view import OddView
from aestudio.gui.explore.similar_view import SimilarView
from aestudio.gui.explore.sort_view import SortView
from aestudio.gui.explore.unreadable import UnreadableDialog
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.messages import MessageLine
from aestudio.gui.palette import GAP
from aestudio.gui.services import Services
from aestudio.gui.train.sources import DropZone, folders_of

TASK: Final = "explore"
VIEWS: Final[tuple[Callable[[], ExploreView], ...]] = (
    MapView,
    SimilarView,
    OddView,
    SortView,
    ComponentsView,
    DeskView,
)


class ExplorePage(QWidget):
    """Takes folders, has them looked through, and gives what was found to its views."""

    folder_wanted = Signal()  # a button that asks for one
    studio_wanted = Signal(object)  # paths of photos that are to be opened there,
    batch_wanted = Signal(object)  # and of some to be added there

    def __init__(self, services: Services, keeper: PreferencesKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.indexing = services.indexing
        self._stock = services.models
        self._keeper = keeper
        self._wish: Wish | None = None  # what is to be shown
        self._explored: Explored | None = None  # what is there
        self._model = DEFAULT_MODEL
        self.views: tuple[ExploreView, ...] = ()  # made when there is something to see
        self._view = 0
        self.head = ExploreHead()
        self.drop = DropZone()
        self.looking = ExploreLooking()
        self.messages = MessageLine()
        self._lay_out()
        self._connect()
        self._on_models_changed()
        self._show()

    def _lay_out(self) -> None:
        empty = QWidget()
        empty.setAutoFillBackground(True)
        empty.setBackgroundRole(QPalette.ColorRole.Dark)
        around = QVBoxLayout(empty)
        around.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        around.addWidget(self.drop)
        self.drop.show_text(
            self.tr("Drop a folder here to see all of its photos at once."),
            self.tr(
                "Find photos that are alike, odd ones and duplicates, sort them by example, and look inside the model."
            ),
            self.tr("Photos to explore"),
        )
        self.empty = empty
        self.pages = QStackedWidget()
        self.shown = QWidget()
        self._column = QVBoxLayout(self.shown)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.stack = QStackedWidget()
        for widget in (self.empty, self.looking, self.shown):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.messages)

    def _connect(self) -> None:
        self.drop.dropped.connect(self.add)
        self.head.choose.clicked.connect(self.folder_wanted)
        self.head.again.clicked.connect(self.look_again)
        self.head.unreadable.clicked.connect(self._on_unreadable)
        self.head.model_chosen.connect(self._on_model_chosen)
        self.looking.stop.clicked.connect(self.indexing.stop)
        self.looking.go_on.clicked.connect(self.look_again)
        indexing = self.indexing
        indexing.started.connect(self._on_started)
        indexing.progressed.connect(self.looking.show_step)
        indexing.indexed.connect(self._on_indexed)
        indexing.failed.connect(self._on_failed)
        indexing.stopped.connect(self._on_stopped)
        indexing.ended.connect(self._show)
        self._stock.changed.connect(self._on_models_changed)

    # what others ask

    @Slot(object)
    def add(self, paths: Sequence[Path]) -> None:
        """Explore these folders, or those in which these photos lie, in place of the ones before."""
        if paths:
            self._look(tuple(folders_of(paths)))

    @Slot()
    def look_again(self) -> None:
        """Look for what is new, changed or gone, or go on with what was stopped."""
        if self._wish is not None:
            self._look(self._wish.folders)

    def escape(self) -> None:
        """Esc: what the view has to drop, or else the message."""
        view = self.view
        if not (isinstance(view, MapView) and view.isVisible() and view.escape()):
            self.messages.clear()

    def shut_down(self) -> None:
        """Stop all threads, and wait for them."""
        for view in self.views:
            view.shut_down()

    @property
    def view(self) -> ExploreView | None:
        """The view that is turned to."""
        return self.views[self._view] if self.views else None

    @Slot(int)
    def show_view(self, number: int) -> None:
        """Turn to another view."""
        self._view = number
        if self.views:
            self.bar.show_view(number)
            self.pages.setCurrentIndex(number)

    def showEvent(self, event: QShowEvent) -> None:
        """The page is turned to: models may have come or gone."""
        super().showEvent(event)
        self.drop.begin_at = self._keeper.folder
        self._stock.rescan()

    # looking

    def _look(self, folders: tuple[Path, ...]) -> None:
        self.messages.clear()
        self._wish = Wish(folders, self._model)
        self.indexing.device = self._keeper.value.device
        self.indexing.want(self._wish)
        self._show()

    @Slot(str)
    def _on_model_chosen(self, name: str) -> None:
        if name == self._model:
            return
        self._model = name
        if self._wish is not None:
            self._look(self._wish.folders)

    @Slot()
    def _on_models_changed(self) -> None:
        entries = self._stock.of_task(TASK)
        if self._stock.known and self._model not in {entry.name for entry in entries}:
            self._model = DEFAULT_MODEL
        self.head.show_models(entries, self._model)

    @Slot(object)
    def _on_started(self, wish: Wish) -> None:
        self.looking.show_begun(", ".join(folder.name or str(folder) for folder in wish.folders))
        self._show()

    @Slot(object)
    def _on_indexed(self, explored: Explored) -> None:
        if explored.wish != self._wish:
            return
        self._explored = explored
        if not self.views:
            self._make_views()
        for view in self.views:
            view.take(explored.photos, explored.coder)
        if explored.notes:
            self.messages.show_note(" ".join(translated(note) for note in explored.notes))
        self._show()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.messages.show_failure(failure)
        self._wish = None if self._explored is None else self._explored.wish  # back to what was there
        if self._wish is not None:
            self._model = self._wish.model
        self._on_models_changed()
        self._show()

    @Slot()
    def _on_stopped(self) -> None:
        self.looking.show_stopped()
        self._show()

    def _make_views(self) -> None:
        self.views = tuple(view() for view in VIEWS)
        self.bar = ViewBar(self.views)
        self.bar.chosen.connect(self.show_view)
        for view in self.views:
            view.studio_wanted.connect(self.studio_wanted)
            view.batch_wanted.connect(self.batch_wanted)
            view.failed.connect(self.messages.show_failure)
            self.pages.addWidget(view)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.pages, 1)
        self.show_view(self._view)

    @Slot()
    def _show(self) -> None:
        explored, wish = self._explored, self._wish
        there = explored is not None and explored.wish == wish
        self.stack.setCurrentWidget(self.empty if wish is None else self.shown if there else self.looking)
        self.head.setVisible(wish is not None)
        if explored is not None and there:
            photos = explored.photos
            twice = len(photos) - len(set(photos.digests))
            self.head.show_photos(wish.folders if wish else (), len(photos), len(photos.unreadable), twice)
            self.head.again.setEnabled(not self.indexing.busy)
        else:
            self.head.show_photos(wish.folders if wish else (), None, 0, 0)

    @Slot()
    def _on_unreadable(self) -> None:
        if self._explored is not None:
            UnreadableDialog(self._explored.photos.unreadable, self.window()).open()
