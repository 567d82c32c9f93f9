"""Odd photos as a list: what stands below each, and files of all of them."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from aestudio.explore.odd import REASONS, Odd, said
from aestudio.gui.i18n import translated
from aestudio.images.atomic import atomic_write
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.photos import Indexed


class Saved(NamedTuple):
    """The list is in a file."""

    path: Path


class Captions(Sequence[str]):
    """What stands below each photo, made when it is asked for: there may be 100,000."""

    def __init__(self, odd: Odd, rows: Sequence[int]) -> None:
        self._odd, self._rows = odd, rows
        self._scores = odd.scores

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Captions(self._odd, self._rows[place])
        row = self._rows[place]
        reason, deviation = self._odd.why(row)[0]
        return f"{self._scores[row]:.1f}  {translated(said(reason, deviation))}"


def list_text(paths: Sequence[Path]) -> str:
    """One path a line."""
    return "".join(f"{path}\n" for path in paths)


def table(photos: "Indexed", odd: Odd, rows: Sequence[int]) -> str:
    """Photos with their scores and all signals as comma-separated values, with a line of titles."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("file", "score", *(reason.value for reason in REASONS)))
    scores = odd.scores
    for row in rows:
        signals = (f"{value:.3f}" for value in odd.signals[row].tolist())
        writer.writerow((str(photos.paths[row]), f"{scores[row]:.3f}", *signals))
    return out.getvalue()


def save_list(
    photos: "Indexed", odd: Odd, rows: Sequence[int], path: Path, overwrite: bool, progress: Progress
) -> Saved:
    """Write that table into a file. Raises ImageError if that cannot be done."""
    progress.check()
    text = table(photos, odd, rows)
    atomic_write(path, lambda file: file.write(text.encode()), overwrite=overwrite)
    return Saved(path)
