"""What the view that sorts has computed, and what comes of it."""

import time
from typing import TYPE_CHECKING, NamedTuple

from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.labels import Labels
    from aestudio.explore.photos import Indexed
    from aestudio.explore.sorting import Sorting
    from aestudio.explore.tuning import Tuned


class Sorted(NamedTuple):
    """A sorting, and what it was computed from."""

    photos: "Indexed"
    labels: "Labels"
    sorting: "Sorting"
    seconds: float
    tuned: "Tuned | None" = None  # if it comes of fine-tuning


def sort(photos: "Indexed", labels: "Labels", progress: Progress) -> Sorted:
    """Sort by logistic regression."""
    from aestudio.explore.sorting import sort_photos

    since = time.monotonic()
    return Sorted(photos, labels, sort_photos(photos, labels, progress), time.monotonic() - since)


def tune(photos: "Indexed", labels: "Labels", coder: "Coder", progress: Progress) -> Sorted:
    """Sort, fine-tune, and sort with that if it helped."""
    from aestudio.explore.sorting import sort_photos
    from aestudio.explore.tuning import fine_tune

    since = time.monotonic()
    tuned = fine_tune(photos, labels, coder, sort_photos(photos, labels), progress)
    return Sorted(photos, labels, tuned.sorting, time.monotonic() - since, tuned)
