"""Labels and sorting of the photos at hand, and how to get back to earlier ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.explore.labels import Labels
from aestudio.explore.sorting import FEWEST, UNSURE, Sorting, relabelled, renamed
from aestudio.gui.explore.sort_classes import Shown
from aestudio.gui.explore.sort_words import percent

if TYPE_CHECKING:
    from aestudio.explore.photos import Indexed

_UNDONE = 100  # steps that can be taken back
_NEXT = 60  # photos to label next


class SortState(QObject):
    """What the user said of the photos, and what was found; without photos, nothing."""

    changed = Signal()  # labels or classes, by the user
    sorted = Signal()  # anew

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.photos: Indexed | None = None
        self.labels: Labels | None = None  # None until they are read
        self.sorting: Sorting | None = None
        self.stale = True  # labels changed since the photos were sorted
        self._before: list[tuple[Labels, Sorting | None]] = []

    def begin(self, photos: "Indexed | None") -> None:
        """Other photos, whose labels come later."""
        self.photos, self.labels, self.sorting, self.stale = photos, None, None, True
        self._before.clear()

    def replace_photos(self, photos: "Indexed") -> None:
        """The same photos, looked at again."""
        self.photos = photos

    def load(self, labels: Labels) -> None:
        """Labels as they were kept."""
        self.labels = labels

    def show_sorting(self, sorting: Sorting, labels: Labels) -> None:
        """The photos were sorted by those labels, which may have changed since."""
        if self.photos is None or self.labels is None:
            return
        self.stale = labels is not self.labels
        self.sorting = relabelled(sorting, self.photos, self.labels) if self.stale else sorting
        self.sorted.emit()

    # what the user does

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._before)

    def undo(self) -> None:
        """Take back the last change."""
        if self._before:
            self.labels, self.sorting = self._before.pop()
            self.stale = True
            self.changed.emit()

    def add(self, name: str) -> None:
        """One more class. Raises SettingsError as `Labels` does; so do the others."""
        if self.labels is not None:
            self._change(self.labels.with_class(name), self.sorting)

    def rename(self, old: str, new: str) -> None:
        """Another name for a class."""
        if self.labels is not None:
            labels = self.labels.renamed(old, new)
            name = next(iter(set(labels.classes) - set(self.labels.classes)), old)
            self._change(labels, renamed(self.sorting, old, name) if self.sorting is not None else None)

    def remove(self, name: str) -> None:
        """One class less."""
        if self.labels is not None:
            self._relabel(self.labels.without_class(name))

    def give(self, rows: Sequence[int], name: str | None) -> None:
        """Give photos a label, or take it away."""
        if self.photos is not None and self.labels is not None and rows:
            self._relabel(self.labels.labelled({self.photos.digests[row] for row in rows}, name))

    def _relabel(self, labels: Labels) -> None:
        if self.photos is None or self.sorting is None:
            self._change(labels, None)
            return
        left = {name for name in self.sorting.classes if name in labels.classes}
        self._change(labels, relabelled(self.sorting, self.photos, labels) if left else None)

    def _change(self, labels: Labels, sorting: Sorting | None) -> None:
        assert self.labels is not None
        self._before = [*self._before[1 - _UNDONE :], (self.labels, self.sorting)]
        self.labels, self.sorting, self.stale = labels, sorting, True
        self.changed.emit()

    # what is told

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of all classes."""
        return self.labels.classes if self.labels is not None else ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many labelled photos there are, by class."""
        if self.photos is None or self.labels is None:
            return {}
        return self.labels.counts(self.photos.digests)

    @property
    def found(self) -> Mapping[str, int] | None:
        """How many photos were found, by class; None where the photos are not sorted."""
        if self.sorting is None:
            return None
        return Counter(self.sorting.classes[number] for number in self.sorting.found)

    @property
    def ready(self) -> bool:
        """Whether there are labels enough to sort by."""
        counts = [count for count in self.counts.values() if count]
        return len(counts) > 1 and min(counts) >= FEWEST

    def rows(self, kind: Shown, name: str, *, unsure: bool) -> list[int]:
        """The photos that a line of the list stands for."""
        photos, sorting = self.photos, self.sorting
        if photos is None:
            return []
        if kind == Shown.NEXT:
            return [] if sorting is None else sorting.next_to_label(photos, _NEXT)
        if kind == Shown.ALL:
            doubtful = unsure and sorting is not None
            return [row for row in range(len(photos)) if not doubtful or self._is_unsure(row)]
        if sorting is None:
            return [row for row in range(len(photos)) if self._label(row) == name]
        return sorting.rows_of(sorting.classes.index(name), unsure=unsure) if name in sorting.classes else []

    def caption(self, row: int) -> str:
        """What stands below a photo: its label, or the class that was found with its certainty."""
        label, sorting = self._label(row), self.sorting
        if label is not None or sorting is None:
            return label or ""
        found = sorting.classes[sorting.found[row]]
        return self.tr("{name} {certainty}").format(name=found, certainty=percent(float(sorting.certainty[row])))

    def marked(self, rows: Sequence[int]) -> frozenset[int]:
        """Those that the user labelled."""
        return frozenset(row for row in rows if self._label(row) is not None)

    def _label(self, row: int) -> str | None:
        if self.photos is None or self.labels is None:
            return None
        return self.labels.by_digest.get(self.photos.digests[row])

    def _is_unsure(self, row: int) -> bool:
        return self.sorting is not None and bool(self.sorting.certainty[row] < UNSURE)
