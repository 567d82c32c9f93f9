"""Photos that are like one of them, or like any other photo."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from aestudio.explore.photos import Floats, Levels
from aestudio.explore.similar import Found, Nearness, example_of, similar
from aestudio.gui.clipboard import files_in
from aestudio.gui.elided import Elided
from aestudio.gui.explore.grid import PhotoGrid
from aestudio.gui.explore.similar_example import ExamplePanel
from aestudio.gui.explore.similar_words import nearness_text
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button
from aestudio.images.formats import READABLE
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed


class _Known(NamedTuple):
    """What need not be found a second time while the photos are the same."""

    photos: "Indexed"
    nearness: Nearness
    path: Path  # of the example
    small: Levels
    size: tuple[int, int]
    code: "int | Floats"


class _Answer(NamedTuple):
    """The photos that are like an example."""

    known: _Known
    found: Found


class SimilarSearch(QWidget):
    """An example beside a grid: of all photos, to choose it from, or of those that are like it."""

    groups_wanted = Signal()

    def __init__(self, view: ExploreView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.example: Path | None = None  # that is shown, or is being looked for
        self._known: _Known | None = None
        self._nearness: tuple[Indexed, Nearness] | None = None
        self._asked = False  # an answer is wanted that is not being found
        self.panel = ExamplePanel()
        self.grid = PhotoGrid(view)
        self.grid.setAccessibleName(self.tr("Photos, or those like the example"))
        self.said = Elided()
        self.said.setAccessibleName(self.tr("Message"))
        self.find_similar = big_button(
            "image-search-outline", self.tr("Find similar"), self.tr("Take the selected photo as the example (Enter).")
        )
        self.to_studio = big_button(
            "image-edit-outline", self.tr("Open in Studio"), self.tr("Open the selected photos there.")
        )
        self.to_batch = big_button(
            "image-multiple-outline",
            self.tr("Add to Batch"),
            self.tr("Put the selected photos on the list of the batch."),
        )
        self._find_action = self.grid.menu.addAction(icon("image-search-outline"), self.tr("Find similar"))
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show_selected()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        below.setSpacing(2 * GAP)
        below.addWidget(self.said, 1)
        for button in (self.find_similar, self.to_batch, self.to_studio):
            below.addWidget(button)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.grid, 1)
        right.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.grid.row_activated.connect(self.find_like)
        self.grid.selection_changed.connect(self._show_selected)
        self.panel.changed.connect(self._ask)
        self.panel.choose.clicked.connect(self._on_choose)
        self.panel.all.clicked.connect(self.show_all)
        for signal in (self.find_similar.clicked, self._find_action.triggered):
            signal.connect(self._on_find)
        self.to_studio.clicked.connect(self._on_studio)
        self.to_batch.clicked.connect(self._on_batch)
        runner = self._view.runner
        runner.succeeded.connect(self._on_succeeded)
        runner.failed.connect(self._on_failed)
        runner.finished.connect(self.go_on)

    # what others ask

    def take(self) -> None:
        """The view has other photos; an example stays the example."""
        self._known = self._nearness = None
        self._view.runner.cancel()
        if self.example is None:
            self.show_all()
        else:
            self.grid.show_rows(())
            self._ask()

    def leave(self) -> None:
        """Forget the photos."""
        self.example = self._known = self._nearness = None
        self._asked = False
        self._view.runner.cancel()
        self.panel.show_none()
        self.grid.show_rows(())
        self._show_selected()

    @Slot()
    def go_on(self) -> None:
        """Look for what is wanted, if nothing else is looked for."""
        photos, coder = self._view.photos, self._view.coder
        ready = photos is not None and coder is not None and not self._view.runner.busy and self.isVisible()
        if self._asked and self.example is not None and ready:
            assert photos is not None
            assert coder is not None
            self._asked = False
            known = self._known if self._known is not None and self._known.path == self.example else None
            nearness = self._nearness[1] if self._nearness is not None and self._nearness[0] is photos else None
            wanted = self.panel.count.value(), self.panel.least_score
            self._view.runner.start(partial(_search, photos, coder, self.example, known, nearness, *wanted))
        self._show_selected()

    @Slot(int)
    def find_like(self, row: int) -> None:
        """Show the photos that are like one of the rows."""
        if self._view.photos is not None:
            self.find_like_file(self._view.photos.paths[row])

    def find_like_file(self, path: Path) -> None:
        """Show the photos that are like any photo."""
        self.example = path
        self.panel.name.set_text(path.name)
        self._ask()

    @Slot()
    def show_all(self) -> None:
        """Show all photos, to choose an example from."""
        chosen = self.grid.selected_rows()
        self.example, self._asked = None, False
        self.panel.show_none()
        photos = self._view.photos
        self.grid.show_rows(range(0 if photos is None else len(photos)))
        if chosen:
            self.grid.select_row(chosen[0])
        self._show_selected()

    # finding

    @Slot()
    def _ask(self) -> None:
        if self.example is not None:
            self._asked = True
            self.go_on()

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if not isinstance(result, _Answer) or result.known.photos is not self._view.photos:
            return
        known, found = result.known, result.found
        self._nearness = known.photos, known.nearness
        if known.path != self.example:
            return
        self._known = known
        self.panel.show_example(known.path, known.small, known.size)
        self.grid.set_empty_text(self.tr("No photo is that near."))
        self.grid.show_rows(found.rows.tolist(), [nearness_text(score) for score in found.scores.tolist()])

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._view.failed.emit(failure)
        if not self._asked:  # nothing else is wanted by now
            self._back()

    def _back(self) -> None:
        """To the example before, if there was one."""
        if self._known is None:
            self.show_all()
        else:
            self.example = self._known.path
            self.panel.show_example(self._known.path, self._known.small, self._known.size)

    # what is selected

    @Slot()
    def _show_selected(self) -> None:
        count = self.grid.selected_count
        self.find_similar.setEnabled(count == 1)
        self._find_action.setEnabled(count == 1)
        for button in (self.to_studio, self.to_batch):
            button.setEnabled(count > 0)
        self.panel.all.setEnabled(self.example is not None)
        if count:
            self.said.set_text(self.tr("%n photo(s) selected", "", count))
        elif self.example is None:
            self.said.set_text(self.tr("Double-click a photo to find those that are like it."))
        else:
            self.said.set_text(self.tr("The nearest come first. Double-click one to go on from there."))

    @Slot()
    def _on_find(self) -> None:
        rows = self.grid.selected_rows()
        if len(rows) == 1:
            self.find_like(rows[0])

    @Slot()
    def _on_studio(self) -> None:
        self._view.studio_wanted.emit(self.grid.selected_paths())

    @Slot()
    def _on_batch(self) -> None:
        self._view.batch_wanted.emit(self.grid.selected_paths())

    # photos from elsewhere

    @Slot()
    def _on_choose(self) -> None:
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        filters = ";;".join((self.tr("Photos") + f" ({suffixes})", self.tr("All files") + " (*)"))
        start = "" if self.example is None else str(self.example.parent)
        name, _ = QFileDialog.getOpenFileName(self.window(), self.tr("Choose an example"), start, filters)
        if name:
            self.find_like_file(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file is an example; everything else is left to the window."""
        event.setAccepted(_only_file(files_in(event.mimeData())) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """A photo was dropped."""
        path = _only_file(files_in(event.mimeData()))
        if path is not None:
            self.find_like_file(path)
            event.acceptProposedAction()


def _only_file(paths: Sequence[Path]) -> Path | None:
    return paths[0] if len(paths) == 1 and not paths[0].is_dir() else None


def _search(
    photos: "Indexed",
    coder: "Coder",
    path: Path,
    known: _Known | None,
    nearness: Nearness | None,
    count: int,
    least: float,
    progress: Progress,
) -> _Answer:
    """Find the photos that are like one. In a thread."""
    progress.check()
    nearness = nearness or Nearness(photos.codes)
    progress.check()
    if known is None or known.photos is not photos:
        if path in photos.paths:
            row = photos.paths.index(path)
            known = _Known(photos, nearness, path, photos.smalls([row])[0], photos.sizes[row], row)
        else:
            example = example_of(path, coder)
            known = _Known(photos, nearness, path, example.small, example.size, example.code)
    progress.check()
    return _Answer(known, similar(photos, known.code, count, least, nearness))
