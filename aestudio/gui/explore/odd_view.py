"""The view of odd photos: how odd all are, those beyond a line, and what is odd about each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from aestudio.explore.odd import FewPhotosError, Odd, find_odd
from aestudio.gui.elided import Elided
from aestudio.gui.explore.grid import PhotoGrid
from aestudio.gui.explore.odd_detail import Look, OddDetail, look_at
from aestudio.gui.explore.odd_histogram import OddHistogram
from aestudio.gui.explore.odd_list import Captions, Saved, list_text, save_list
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, big_button, thin_bar
from aestudio.progress import Progress, Step

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed

_STEPS: Final = 400  # of the slider
_GRID_MS: Final = 60  # after the line was moved: a grid need not follow each pixel
_CHART_HEIGHT: Final = 176


class _Found(NamedTuple):
    """What came of looking for odd photos."""

    photos: "Indexed"
    odd: Odd


class OddView(ExploreView):
    """A histogram with a line above, the photos beyond it below, and one of them beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "alert-decagram-outline", "", parent)
        self.title = self.tr("Odd photos")
        self.tip = self.tr("Photos that are unlike the others of the folder: misfires, damaged files, screenshots.")
        self.odd: Odd | None = None
        self._failed_for: Indexed | None = None  # photos that were looked through in vain, or not to the end
        self._wanted: int | None = None  # row that is to be looked at
        self._to_save: Callable[[Progress], Saved] | None = None
        self._job = ""  # what runs: find, look, save, or nothing
        self._make_controls()
        self._lay_out()
        self._connect()
        self._show()

    def _make_controls(self) -> None:
        self.histogram = OddHistogram()
        self.histogram.setFixedHeight(_CHART_HEIGHT)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 20)
        self.slider.setAccessibleName(self.tr("Where odd photos begin"))
        self.slider.setToolTip(self.tr("Photos beyond it are shown. More to the left shows more of them."))
        self.usual = big_button(
            "restore", self.tr("Propose"), self.tr("Put the line where photos begin to stand apart from the others.")
        )
        self.grid = PhotoGrid(self)
        self.detail = OddDetail()
        self.note = QLabel(
            self.tr("It knows what is usual in this folder, not what is good: a fair finder, and no oracle.")
        )
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note.setWordWrap(True)
        self.said = Elided()
        self.said.setAccessibleName(self.tr("Message"))
        self.working = QLabel()
        self.bar = thin_bar(self.tr("How far looking for odd photos is"))
        self.stop = big_button("close", self.tr("Cancel"), self.tr("Stop looking for odd photos."))
        self.start = big_button("magnify", self.tr("Look for odd photos"), self.tr("Look through the photos again."))
        self.to_studio = big_button(
            "image-edit-outline",
            self.tr("Open in Studio"),
            self.tr("Open the selected photos there. A double click, or Enter, opens one."),
        )
        self.to_batch = big_button(
            "image-multiple-outline",
            self.tr("Add to Batch"),
            self.tr("Put the selected photos on the list of the batch."),
        )
        self.copy = big_button(
            "content-copy", self.tr("Copy list"), self.tr("Copy the paths of all photos that are shown here.")
        )
        self.save = big_button(
            "table",
            self.tr("Save list…"),
            self.tr("Save the photos that are shown here, with their scores and reasons, as a table."),
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2 * GAP)
        line.addWidget(self.slider, 1)
        line.addWidget(self.usual)
        working = QHBoxLayout()
        working.setSpacing(2 * GAP)
        working.addWidget(self.working)
        working.addWidget(self.bar, 1)
        working.addWidget(self.stop)
        working.addWidget(self.start)
        top = QVBoxLayout()
        top.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        top.setSpacing(GAP)
        top.addWidget(self.histogram)
        top.addLayout(line)
        top.addLayout(working)
        below = QHBoxLayout()
        below.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        below.setSpacing(2 * GAP)
        below.addWidget(self.said, 1)
        for button in (self.copy, self.save, self.to_batch, self.to_studio):
            below.addWidget(button)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(top)
        left.addWidget(self.grid, 1)
        left.addLayout(below)
        note = QVBoxLayout()
        note.setContentsMargins(3 * GAP, 0, 3 * GAP, 2 * GAP)
        note.addWidget(self.note)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.detail, 1)
        right.addLayout(note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addLayout(right)

    def _connect(self) -> None:
        self._soon = QTimer(self, singleShot=True, interval=_GRID_MS)
        self._soon.timeout.connect(self._show_grid)
        self.histogram.dragged.connect(self._on_dragged)
        self.histogram.failed.connect(self.failed)
        self.histogram.saved.connect(self._on_saved)
        self.slider.valueChanged.connect(self._on_slid)
        self.usual.clicked.connect(self._propose)
        self.grid.selection_changed.connect(self._on_selection_changed)
        self.grid.row_activated.connect(self._on_activated)
        self.stop.clicked.connect(self._on_stop)
        self.start.clicked.connect(self._on_start)
        self.to_studio.clicked.connect(self._on_studio)
        self.to_batch.clicked.connect(self._on_batch)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.runner.progressed.connect(self._on_progressed)
        self.runner.succeeded.connect(self._on_succeeded)
        self.runner.failed.connect(self._on_failed)
        self.runner.finished.connect(self._on_finished)

    # what others ask

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos, or other codes of them."""
        super().take(photos, coder)
        self._forget()
        self._go_on()

    def leave(self) -> None:
        """Forget the photos."""
        super().leave()
        self._forget()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The view is turned to."""
        super().showEvent(event)
        self._go_on()

    def _forget(self) -> None:
        self.odd = self._failed_for = self._wanted = self._to_save = None
        self._soon.stop()
        self.runner.cancel()
        self.histogram.clear()
        self.grid.show_rows(())
        self.detail.clear()
        self.said.set_text("")

    # the work

    @Slot()
    def _go_on(self) -> None:
        """Look for odd photos, or at one of them, if that is wanted and nothing else is at work."""
        photos, coder = self.photos, self.coder
        if photos is not None and coder is not None and not self.runner.busy and self.isVisible():
            if self.odd is None and self._failed_for is not photos:
                self._job = "find"
                self.runner.start(partial(_find, photos))
            elif self._to_save is not None:
                job, self._to_save, self._job = self._to_save, None, "save"
                self.runner.start(job)
            elif self._wanted is not None:
                row, self._wanted, self._job = self._wanted, None, "look"
                self.runner.start(partial(look_at, photos, coder, row))
        self._show()

    @Slot(object)
    def _on_progressed(self, step: Step) -> None:
        self.bar.setValue(round(BAR_STEPS * step.fraction))

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, Saved):
            self._on_saved(result.path)
        elif isinstance(result, _Found) and result.photos is self.photos:
            self.odd = result.odd
            self.histogram.show_scores(result.odd.scores, result.odd.fence, result.odd.fence)
            self._propose()
            self._show_grid()
        elif isinstance(result, Look) and result.photos is self.photos and result.row in self._chosen():
            self.detail.show_look(result)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._job == "find" and self.odd is None:
            self._failed_for = self.photos
            self.grid.set_empty_text(failure.sentence)
            if issubclass(failure.kind, FewPhotosError):  # nothing went wrong
                return
        self.failed.emit(failure)

    @Slot()
    def _on_finished(self) -> None:
        self._job = ""
        self._go_on()

    @Slot()
    def _on_stop(self) -> None:
        self._failed_for = self.photos
        self.grid.set_empty_text(self.tr("The photos were not looked through to the end."))
        self.runner.cancel()

    @Slot()
    def _on_start(self) -> None:
        self._failed_for = None
        self._go_on()

    def _show(self) -> None:
        """What can be done now."""
        finding, there = self._job == "find", self.odd is not None
        for widget in (self.working, self.bar, self.stop):
            widget.setVisible(finding)
        self.start.setVisible(not finding and not there and self.photos is not None)
        if finding:
            self.working.setText(self.tr("Looking through the photos…"))
        if finding or self.photos is None:
            self.grid.set_empty_text("")
        for control in (self.slider, self.usual):
            control.setEnabled(there)
        self._show_buttons()

    # the line

    @Slot()
    def _propose(self) -> None:
        if self.odd is not None:
            self._set_line(min(self.odd.fence, self.histogram.most))

    @Slot(float)
    def _on_dragged(self, threshold: float) -> None:
        self._set_line(threshold)

    @Slot(int)
    def _on_slid(self, value: int) -> None:
        self.histogram.set_threshold(value / _STEPS * self.histogram.most)
        self._soon.start()

    def _set_line(self, threshold: float) -> None:
        self.histogram.set_threshold(threshold)
        self.slider.blockSignals(True)  # it has fewer places than the line
        self.slider.setValue(round(threshold / self.histogram.most * _STEPS))
        self.slider.blockSignals(False)
        self._soon.start()

    @Slot()
    def _show_grid(self) -> None:
        """The photos beyond the line; what was selected stays so if it is still there."""
        if self.odd is None:
            return
        chosen = self._chosen()
        order = self.odd.order
        scores = self.odd.scores[order]
        rows: list[int] = order[: int((scores > self.histogram.threshold).sum())].tolist()
        if rows != self.grid.rows:
            self.grid.set_empty_text(self.tr("No photo lies beyond the line."))
            self.grid.show_rows(rows, Captions(self.odd, rows))
            if chosen:
                self.grid.select_row(chosen[0])
        self._show_buttons()

    # photos that are chosen

    def _chosen(self) -> list[int]:
        return self.grid.selected_rows()

    @Slot()
    def _on_selection_changed(self) -> None:
        self._show_buttons()
        chosen, photos = self._chosen(), self.photos
        if not chosen or photos is None or self.odd is None:
            self._wanted = None
            self.detail.clear()
            return
        row = chosen[0]
        self.detail.show_reasons(photos.paths[row].name, float(self.odd.scores[row]), self.odd.why(row))
        if self.detail.look is None or self.detail.look.row != row:
            self._wanted = row
            if self._job == "look":
                self.runner.cancel()
            self._go_on()

    def _show_buttons(self) -> None:
        chosen, shown = self.grid.selectionModel().hasSelection(), self.grid.photos_.rowCount() > 0
        for button in (self.to_studio, self.to_batch):
            button.setEnabled(chosen)
        for button in (self.copy, self.save):
            button.setEnabled(shown)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        if self.photos is not None:
            self.studio_wanted.emit([self.photos.paths[row]])

    @Slot()
    def _on_studio(self) -> None:
        self.studio_wanted.emit(self.grid.selected_paths())

    @Slot()
    def _on_batch(self) -> None:
        self.batch_wanted.emit(self.grid.selected_paths())

    # lists

    @Slot()
    def _on_copy(self) -> None:
        if self.photos is not None:
            rows = self.grid.rows
            QGuiApplication.clipboard().setText(list_text([self.photos.paths[row] for row in rows]))
            self.said.set_text(self.tr("%n path(s) copied.", "", len(rows)))

    @Slot()
    def _on_save(self) -> None:
        photos, odd = self.photos, self.odd
        if photos is None or odd is None:
            return
        begin = Path.home() / "odd-photos.csv"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the list"), str(begin), self.tr("Tables") + " (*.csv)"
        )
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == ".csv" else Path(f"{name}.csv")
        overwrite = path == asked  # the dialog asked about the name that it gave
        self._to_save = partial(save_list, photos, odd, self.grid.rows, path, overwrite)
        self._go_on()

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.said.set_text(self.tr("Saved as {name}.").format(name=path.name))


def _find(photos: "Indexed", progress: Progress) -> _Found:
    return _Found(photos, find_odd(photos, progress))
