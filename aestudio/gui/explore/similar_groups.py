"""Near-duplicates: groups of them, the photos of a group, and which of those to keep."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from aestudio.errors import AEStudioError
from aestudio.explore.duplicates import Group, Kind, duplicates, keeping, table_of
from aestudio.gui.elided import Elided
from aestudio.gui.explore.grid import PhotoGrid
from aestudio.gui.explore.similar_words import group_text, kind_text, kind_tip, kinds_text
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, big_button, thin_bar
from aestudio.images.atomic import atomic_write
from aestudio.progress import Progress, Step

if TYPE_CHECKING:
    from aestudio.explore.photos import Indexed

_ENDING = ".csv"


class _Groups(NamedTuple):
    """What came of looking for near-duplicates."""

    photos: "Indexed"
    groups: tuple[Group, ...]


class SimilarGroups(QWidget):
    """The photos that are proposed to be kept, one for each group, beside all photos of the group that is chosen."""

    def __init__(self, view: ExploreView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.groups: tuple[Group, ...] | None = None  # None until they are found
        self._given_up: Indexed | None = None  # photos that were not looked through to the end
        self.runner = JobRunner("explore-groups", self)
        self._make_controls()
        self._lay_out()
        self._connect()
        self._show()

    def _make_controls(self) -> None:
        self.start = big_button(
            "content-duplicate", self.tr("Find near-duplicates"), self.tr("Compare all photos with one another.")
        )
        self.stop = big_button("close", self.tr("Cancel"), self.tr("Stop looking for near-duplicates."))
        self.working = QLabel(self.tr("Comparing the photos…"))
        self.bar = thin_bar(self.tr("How far looking for near-duplicates is"))
        self.summary = Elided()
        self.summary.setAccessibleName(self.tr("Summary"))
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Kinds of near-duplicates"))
        self.filter.setToolTip(self.tr("Show only groups with near-duplicates of one kind."))
        self.filter.addItem(self.tr("all kinds"), None)
        for number, kind in enumerate(Kind, 1):
            self.filter.addItem(kind_text(kind), kind)
            self.filter.setItemData(number, kind_tip(kind), Qt.ItemDataRole.ToolTipRole)
        self.keepers = PhotoGrid(self._view)
        self.keepers.setAccessibleName(self.tr("Groups of near-duplicates"))
        self.members = PhotoGrid(self._view)
        self.members.setAccessibleName(self.tr("Photos of the groups that are selected"))
        self.members.set_empty_text(self.tr("Select a group to see its photos."))
        self.about = Elided()
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.keep = big_button(
            "check-circle-outline", self.tr("Keep this one"), self.tr("Propose to keep the selected photo instead.")
        )
        self._keep_action = self.members.menu.addAction(icon("check-circle-outline"), self.tr("Keep this one"))
        self.copy = big_button(
            "content-copy",
            self.tr("Copy the others"),
            self.tr("Copy the paths of all photos but those to keep, one a line. No photo is ever deleted here."),
        )
        self.save = big_button(
            "table",
            self.tr("Save as CSV…"),
            self.tr("Save the groups as a table: what to keep, and what the others are."),
        )
        self.to_studio = big_button(
            "image-edit-outline", self.tr("Open in Studio"), self.tr("Open these photos there.")
        )
        self.to_batch = big_button(
            "image-multiple-outline", self.tr("Add to Batch"), self.tr("Put these photos on the list of the batch.")
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        top.setSpacing(2 * GAP)
        for widget in (self.start, self.working):
            top.addWidget(widget)
        top.addWidget(self.bar, 1)
        top.addWidget(self.stop)
        top.addWidget(self.summary, 1)
        top.addWidget(self.filter)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.setHandleWidth(GAP)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.keepers)
        self.parts.addWidget(self.members)
        for part in (self.keepers, self.members):
            part.setMinimumWidth(200)
        self.parts.setSizes([500, 500])
        below = QHBoxLayout()
        below.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        below.setSpacing(2 * GAP)
        below.addWidget(self.about, 1)
        for button in (self.keep, self.copy, self.save, self.to_batch, self.to_studio):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.parts, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        self.start.clicked.connect(self._on_start)
        self.stop.clicked.connect(self._on_stop)
        self.filter.activated.connect(self._show_groups)
        self.keepers.selection_changed.connect(self._show_members)
        self.keepers.row_activated.connect(self._on_studio)
        self.members.selection_changed.connect(self._show_buttons)
        self.members.row_activated.connect(self._on_activated)
        for signal in (self.keep.clicked, self._keep_action.triggered):
            signal.connect(self._on_keep)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.to_studio.clicked.connect(self._on_studio)
        self.to_batch.clicked.connect(self._on_batch)
        self.runner.progressed.connect(self._on_progressed)
        self.runner.succeeded.connect(self._on_succeeded)
        self.runner.failed.connect(self._on_failed)
        self.runner.finished.connect(self.go_on)

    # what others ask

    def take(self) -> None:
        """The view has other photos, or none."""
        self.groups = self._given_up = None
        self.runner.cancel()
        self.keepers.show_rows(())
        self.go_on()

    def shut_down(self) -> None:
        """End the thread."""
        self.runner.shutdown()

    @Slot()
    def go_on(self) -> None:
        """Look for near-duplicates, if that is wanted and not being done."""
        photos = self._view.photos
        wanted = photos is not None and self.groups is None and self._given_up is not photos
        if wanted and self.isVisible() and not self.runner.busy:
            assert photos is not None
            self.bar.setValue(0)
            self.runner.start(partial(_find, photos))
        self._show()

    # finding

    @Slot(object)
    def _on_progressed(self, step: Step) -> None:
        self.bar.setValue(round(BAR_STEPS * step.fraction))

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, _Groups) and result.photos is self._view.photos:
            self.groups = result.groups
            self._show_groups()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._given_up = self._view.photos
        self._view.failed.emit(failure)

    @Slot()
    def _on_start(self) -> None:
        self._given_up = None
        self.go_on()

    @Slot()
    def _on_stop(self) -> None:
        self._given_up = self._view.photos
        self.runner.cancel()

    def _show(self) -> None:
        there, busy = self.groups is not None, self.runner.busy
        for widget in (self.working, self.bar, self.stop):
            widget.setVisible(busy)
        self.start.setVisible(not busy and not there)
        self.start.setEnabled(self._view.photos is not None)
        self.summary.setVisible(there and not busy)
        self.filter.setVisible(there and not busy)
        self._show_buttons()

    # groups

    @property
    def shown(self) -> list[Group]:
        """The groups of the kind that is chosen."""
        kind = self.filter.currentData()
        return [group for group in self.groups or () if kind is None or kind in group.kinds]

    @property
    def chosen(self) -> list[Group]:
        """Those of them that are selected, or all."""
        keep = set(self.keepers.selected_rows())
        return [group for group in self.shown if group.keep in keep] if keep else self.shown

    @Slot()
    def _show_groups(self) -> None:
        shown = self.shown
        self.keepers.set_empty_text(
            self.tr("No photo is a near-duplicate of another one.") if self.groups == () else ""
        )
        self.keepers.show_rows([group.keep for group in shown], [group_text(group) for group in shown])
        if shown:
            self.keepers.select_row(shown[0].keep)
        others = sum(len(group.others) for group in shown)
        groups = self.tr("%n group(s)", "", len(shown))
        beside = self.tr("%n photo(s) besides those to keep", "", others)
        told = self.tr("{groups}, {photos}: {kinds}") if others else self.tr("{groups}")
        self.summary.set_text(told.format(groups=groups, photos=beside, kinds=kinds_text(shown)))
        self._show()

    @Slot()
    def _show_members(self) -> None:
        """The photos of the groups that are selected, those to keep first."""
        groups = self.chosen if self.keepers.selected_count else []
        rows = [row for group in groups for row in (group.keep, *group.others)]
        kinds = {row: kind for group in groups for row, kind in zip(group.rows, group.kinds, strict=True)}
        marked = frozenset(group.keep for group in groups)
        self.members.show_rows(rows, [kind_text(kinds[row]) for row in rows], marked=marked)
        self._show_buttons()

    def _photos(self) -> list[Path]:
        """Those that are selected, or all of the groups that are."""
        photos = self._view.photos
        if self.members.selected_count or photos is None:
            return self.members.selected_paths()
        return [photos.paths[row] for group in self.chosen for row in group.rows]

    @Slot()
    def _show_buttons(self) -> None:
        rows = self.members.selected_rows()
        can_keep = len(rows) == 1 and rows[0] not in self.members.photos_.marked
        self.keep.setEnabled(can_keep)
        self._keep_action.setEnabled(can_keep)
        groups = self.chosen
        for button in (self.copy, self.save, self.to_studio, self.to_batch):
            button.setEnabled(bool(groups))
        if rows:
            self.about.set_text(self._facts(rows))
        elif self.keepers.selected_count:
            self.about.set_text(self.tr("%n group(s) selected", "", len(groups)))
        elif groups:
            self.about.set_text(self.tr("All groups"))
        else:
            self.about.set_text("")

    def _facts(self, rows: Sequence[int]) -> str:
        """What the choice of the one to keep goes by."""
        photos = self._view.photos
        if photos is None or len(rows) > 1:
            return self.tr("%n photo(s) selected", "", len(rows))
        height, width = photos.sizes[rows[0]]
        facts = self.tr("{name}: {width} × {height} pixels, sharpness {sharpness}")
        sharpness = f"{float(photos.sharpness[rows[0]]):.3g}"
        return facts.format(name=photos.paths[rows[0]].name, width=width, height=height, sharpness=sharpness)

    # what can be done

    @Slot()
    def _on_keep(self) -> None:
        rows, photos = self.members.selected_rows(), self._view.photos
        if photos is None or self.groups is None or len(rows) != 1:
            return
        row = rows[0]
        self.groups = tuple(keeping(photos, group, row) if row in group.rows else group for group in self.groups)
        place = self.keepers.verticalScrollBar().value()
        self._show_groups()
        self.keepers.verticalScrollBar().setValue(place)
        self.keepers.select_row(row)
        self.members.select_row(row)

    @Slot()
    def _on_copy(self) -> None:
        photos = self._view.photos
        if photos is not None:
            paths = [photos.paths[row] for group in self.chosen for row in group.others]
            QGuiApplication.clipboard().setText("\n".join(map(str, paths)))
            self.about.set_text(self.tr("The paths of %n photo(s) were copied.", "", len(paths)))

    @Slot()
    def _on_save(self) -> None:
        photos = self._view.photos
        if photos is None:
            return
        kinds = self.tr("Tables") + f" (*{_ENDING})"
        start = str(Path.home() / f"near-duplicates{_ENDING}")
        name, _ = QFileDialog.getSaveFileName(self.window(), self.tr("Save the groups"), start, kinds)
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == _ENDING else Path(f"{name}{_ENDING}")
        table = table_of(photos, self.chosen).encode("utf-8", "surrogateescape")  # a file may be called anything
        try:
            atomic_write(path, lambda file: file.write(table), overwrite=path == asked)  # the dialog asked about that
        except AEStudioError as exc:
            self._view.failed.emit(Failure.of(exc))
        else:
            self.about.set_text(self.tr("Saved as {name}.").format(name=path.name))

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        if self._view.photos is not None:
            self._view.studio_wanted.emit([self._view.photos.paths[row]])

    @Slot()
    def _on_studio(self) -> None:
        self._view.studio_wanted.emit(self._photos())

    @Slot()
    def _on_batch(self) -> None:
        self._view.batch_wanted.emit(self._photos())


def _find(photos: "Indexed", progress: Progress) -> _Groups:
    """In a thread."""
    return _Groups(photos, duplicates(photos, progress))
