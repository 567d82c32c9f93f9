"""The view that sorts photos by example: a few are labelled, the others follow."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QLineEdit, QWidget

from aestudio.errors import SettingsError
from aestudio.explore.sorting import WANTED, FewLabelsError
from aestudio.gui.explore.sort_classes import Shown
from aestudio.gui.explore.sort_keeper import LabelKeeper
from aestudio.gui.explore.sort_panel import SortPanel
from aestudio.gui.explore.sort_photos import SortPhotos
from aestudio.gui.explore.sort_state import SortState
from aestudio.gui.explore.sort_words import quality_text, quality_tip, tuned_text, tuned_tip
from aestudio.gui.explore.sort_work import Sorted, sort, tune
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.labels import Kept
    from aestudio.explore.photos import Indexed

_FAST = 4.0  # seconds: what takes longer is not done after each label
_CSV = ".csv"


class SortView(ExploreView):
    """Classes on the left, their photos beside them."""

    def __init__(self, parent: QWidget | None = None, *, kept: Path | None = None) -> None:
        """`kept` is the folder of labels; None: where the user's own data is."""
        super().__init__("", "tag-multiple-outline", "", parent)
        self.title = self.tr("Sort by example")
        self.tip = self.tr("Label a few photos of each kind, and have the others sorted.")
        self.state = SortState(self)
        self.keeper = LabelKeeper(kept, self)
        self._again = False  # labels changed while the photos are being sorted
        self._closed = False
        self._tuning = False
        self._tuned = False  # what is shown comes of fine-tuning: it is not replaced unasked
        self._seconds = 0.0  # that sorting took last
        self.fast = _FAST
        self.panel = SortPanel()
        self.shown = SortPhotos(self, self.state)
        self.grid = self.shown.grid
        self._lay_out()
        self._connect()
        self._show_all()

    # what is made once

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self.shown, 1)

    def _connect(self) -> None:
        panel = self.panel
        self.shown.watch_keys(panel.classes)
        panel.classes.chosen.connect(self._show_rows)
        panel.classes.rename_wanted.connect(self._on_rename)
        panel.add.clicked.connect(self._on_add)
        panel.rename.clicked.connect(self._on_rename)
        panel.remove.clicked.connect(self._on_remove)
        panel.undo.clicked.connect(self.state.undo)
        panel.sort.clicked.connect(self._on_sort)
        panel.at_once.toggled.connect(self._sort_unasked)
        panel.tune.clicked.connect(self._on_tune)
        panel.save.clicked.connect(self._on_save)
        panel.stop_wanted.connect(self._on_stop)
        self.state.changed.connect(self._on_changed)
        self.state.sorted.connect(self._on_sorted)
        self.keeper.read.connect(self._on_read)
        self.keeper.saved.connect(self._on_saved)
        self.keeper.failed.connect(self.failed)
        self.runner.progressed.connect(panel.show_step)
        self.runner.succeeded.connect(self._on_succeeded)
        self.runner.failed.connect(self._on_failed)
        self.runner.finished.connect(self._on_finished)

    # what others ask

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos, or the same ones looked at again: then all stays."""
        before = self.photos
        super().take(photos, coder)
        if photos.is_like(before):
            self.state.replace_photos(photos)
        else:
            self._begin(photos)
        self._show_rows()

    def leave(self) -> None:
        """Forget the photos."""
        super().leave()
        self._begin(None)
        self._show_rows()

    def escape(self) -> bool:
        """Esc: stop what is being computed; False if nothing is."""
        busy = self.runner.busy
        self._on_stop()
        return busy

    def shut_down(self) -> None:
        """Keep what is not kept yet, and end the threads."""
        self._closed = True  # what they still have to say comes later
        super().shut_down()
        self.keeper.shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        """The view is turned to."""
        super().showEvent(event)
        self._read()

    def _begin(self, photos: "Indexed | None") -> None:
        self.state.begin(photos)
        self._again = self._tuned = False
        self.runner.cancel()
        for label in (self.panel.notes, self.panel.tuned):
            self.panel.say(label, "")
        if self.isVisible():
            self._read()
        self._show_all()

    def _read(self) -> None:
        if self.photos is not None and self.state.labels is None and not self.keeper.reads(self.photos):
            self.keeper.want(self.photos)

    @Slot(object, object)
    def _on_read(self, photos: "Indexed", kept: "Kept") -> None:
        if photos is not self.photos:
            return
        self.state.load(kept.labels)
        self.panel.say(self.panel.notes, translated(kept.note) if kept.note is not None else "")
        self._show_all()
        self._show_rows()
        self._sort_unasked()

    # labels and classes

    @Slot()
    def _on_add(self) -> None:
        self._ask_name(self.tr("Add a class"), "", self.state.add)

    @Slot()
    def _on_rename(self) -> None:
        kind, old = self.panel.classes.shown
        if kind == Shown.CLASS:
            self._ask_name(self.tr("Rename the class"), old, partial(self.state.rename, old))

    @Slot()
    def _on_remove(self) -> None:
        kind, name = self.panel.classes.shown
        if kind == Shown.CLASS:  # nothing is asked: it can be taken back
            self.state.remove(name)

    def _ask_name(self, title: str, before: str, do: Callable[[str], object]) -> None:
        label = self.tr("Name of the class")
        name, agreed = QInputDialog.getText(self.window(), title, label, QLineEdit.EchoMode.Normal, before)
        if agreed and name.strip() != before:
            try:
                do(name)
            except SettingsError as exc:
                self.failed.emit(Failure.of(exc))

    @Slot()
    def _on_changed(self) -> None:
        if self.photos is not None and self.state.labels is not None:
            self.keeper.keep(self.photos, self.state.labels)
        self._show_all()
        self.shown.show_captions()
        self._sort_unasked()

    # computing

    @property
    def _quick(self) -> bool:
        """Whether photos are to be sorted after each change."""
        wanted = self.panel.at_once.isChecked() and not self._tuned
        return wanted and self._seconds < self.fast and self.state.ready

    @Slot()
    def _sort_unasked(self) -> None:
        """After a change of labels, if that is wanted and quick."""
        if self._quick and self.state.stale and not self._tuning:
            self._start_sorting()

    @Slot()
    def _on_sort(self) -> None:
        self._tuned = False
        self.panel.say(self.panel.tuned, "")
        self._start_sorting()

    def _start_sorting(self) -> None:
        photos, labels = self.photos, self.state.labels
        if photos is None or labels is None or self._closed:
            return
        if self.runner.busy:
            self._again = True
            self.runner.cancel()
            return
        self.panel.show_working(self.tr("Sorting"))
        self.runner.start(partial(sort, photos, labels))
        self._show_all()

    @Slot()
    def _on_tune(self) -> None:
        photos, labels, coder = self.photos, self.state.labels, self.coder
        if photos is None or labels is None or coder is None or self.runner.busy:
            return
        self._tuning = True
        self.panel.say(self.panel.tuned, "")
        self.panel.show_working(self.tr("Fine-tuning"))
        self.runner.start(partial(tune, photos, labels, coder))
        self._show_all()

    @Slot()
    def _on_stop(self) -> None:
        self._again = False
        self.runner.cancel()

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if not isinstance(result, Sorted) or not result.photos.is_like(self.photos):
            return
        if not set(result.sorting.classes) <= set(self.state.classes):  # one was renamed or removed in the meantime
            self._again = self._quick
            return
        if result.tuned is None:
            self._seconds = result.seconds
        else:
            self._tuned = result.tuned.helped
            self.panel.say(self.panel.tuned, tuned_text(result.tuned), tuned_tip(result.tuned))
        self.state.show_sorting(result.sorting, result.labels)
        self._again = self.state.stale and self._quick

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if issubclass(failure.kind, FewLabelsError):
            self.panel.say(self.panel.notes, failure.sentence)
        else:
            self.failed.emit(failure)

    @Slot()
    def _on_finished(self) -> None:
        self._tuning = False
        self.panel.show_working("")
        if self._again:
            self._again = False
            self._start_sorting()
        else:
            self._show_all()

    @Slot()
    def _on_sorted(self) -> None:
        sorting = self.state.sorting
        if sorting is not None:
            self.panel.say(self.panel.notes, "\n".join(translated(note) for note in sorting.notes))
        self._show_all()
        if self.panel.classes.shown[0] == Shown.NEXT and self.grid.photos_.rowCount() == 0:
            self._show_rows()
        else:  # the same photos stay where they are: somebody may be labelling them
            self.shown.show_captions()
            self.shown.anew.setEnabled(True)

    # showing

    def _show_all(self) -> None:
        """Everything but the photos."""
        state, panel = self.state, self.panel
        classes, sorting, kind = state.classes, state.sorting, panel.classes.shown[0]
        here = state.labels is not None
        count = len(self.photos) if self.photos is not None else 0
        panel.classes.show_classes(classes, state.counts, state.found, count)
        panel.say(panel.hint, self._hint() if here else "")
        quality = sorting.quality if sorting is not None else None
        tip = quality_tip(sorting) if sorting is not None else ""
        panel.say(panel.quality, quality_text(quality) if quality is not None else "", tip)
        panel.add.setEnabled(here)
        panel.rename.setEnabled(kind == Shown.CLASS)
        panel.remove.setEnabled(kind == Shown.CLASS)
        panel.undo.setEnabled(state.can_undo)
        panel.sort.setEnabled(state.ready and not self._tuning)
        panel.tune.setEnabled(state.ready and not self.runner.busy)
        panel.tune.setToolTip(
            self.tr(
                "Let the last layers of the encoder learn from your labels as well, on a copy. It takes up to a minute "
                "or two, and is kept only if it sorts more labelled photos right."
            )
        )
        panel.save.setEnabled(sorting is not None)
        self.shown.show_classes()

    def _hint(self) -> str:
        """What to do next."""
        counts = self.state.counts
        if len(counts) < 2:
            return self.tr("Add a class for each kind of photo: two at least.")
        missing = {name: WANTED - count for name, count in counts.items() if count < WANTED}
        if missing:
            return self.tr(
                "Select photos and press the number of their class. {count} of each are a good start."
            ).format(count=WANTED)
        return ""

    @Slot()
    def _show_rows(self) -> None:
        """The photos of the chosen line."""
        kind, name = self.panel.classes.shown
        self.shown.show_line(kind, name)
        for button in (self.panel.rename, self.panel.remove):
            button.setEnabled(kind == Shown.CLASS)

    # saving

    @Slot()
    def _on_save(self) -> None:
        photos, sorting = self.photos, self.state.sorting
        if photos is None or sorting is None:
            return
        kinds = self.tr("Tables") + f" (*{_CSV})"
        name, _ = QFileDialog.getSaveFileName(self.window(), self.tr("Save the classes"), f"classes{_CSV}", kinds)
        if name:
            path = Path(name) if name.lower().endswith(_CSV) else Path(f"{name}{_CSV}")
            self.keeper.write_table(path, photos, sorting)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.panel.say(self.panel.notes, self.tr("Saved as {name}.").format(name=path.name), str(path))
