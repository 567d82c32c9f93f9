"""Looks through what was dropped on a batch, before anything is done: the list that the table begins with."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from aestudio.batch.job import BatchJob, OutputRule
from aestudio.batch.journal import Row
from aestudio.batch.run import preview
from aestudio.batch.scan import scan
from aestudio.errors import ImageError, Sentence, SettingsError
from aestudio.gui.latest import LatestJob
from aestudio.progress import Progress


@dataclass(frozen=True, eq=False)
class Listing:
    """What a run of a job would do."""

    job: BatchJob
    rows: tuple[Row, ...]
    notes: tuple[Sentence, ...] = ()  # what could not be looked into, folders without photos
    empty: tuple[Path, ...] = ()  # these folders
    problem: Sentence | None = None  # why the job cannot run


class BatchListing(QObject):
    """Looks through one job at a time: the one that was asked for last."""

    listed = Signal(object)  # Listing
    failed = Signal(object)  # Failure
    finished = Signal()  # nothing is left to look through

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = LatestJob("batch-list", self)
        self._jobs.succeeded.connect(self.listed)
        self._jobs.failed.connect(self.failed)
        self._jobs.finished.connect(self.finished)

    @property
    def busy(self) -> bool:
        """Whether anything is looked through."""
        return self._jobs.busy

    def list(self, job: BatchJob) -> None:
        """Look through the sources of a job; another one is given up."""
        self._jobs.want(partial(look_through, job))

    def stop(self) -> None:
        """No list is wanted any more."""
        self._jobs.stop()

    def shutdown(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._jobs.shutdown()


def look_through(job: BatchJob, progress: Progress) -> Listing:
    """The photos of a job with what became of them; also where the job cannot run, and then why not.

    Raises ImageError where there are no photos, and Cancelled.
    """
    problem = None
    try:
        rows, notes = preview(job, progress)
    except SettingsError as exc:
        problem = exc.sentence
        rows, notes = preview(replace(job, output=OutputRule(nowhere(job.sources))), progress)
    empty = _empty_folders(job, rows, progress)
    return Listing(job, tuple(rows), (*notes, *empty.values()), tuple(empty), problem)


def nowhere(sources: Sequence[Path]) -> Path:
    """A folder that is not there, for jobs whose results have no place yet."""
    return sources[0].absolute().parent / ".aestudio" / "nowhere"


def _empty_folders(job: BatchJob, rows: Sequence[Row], progress: Progress) -> dict[Path, Sentence]:
    """Folders without photos and what is to be said of them, if there are photos elsewhere."""
    found = {}
    for source in job.sources:
        if not source.is_dir():
            continue
        inside = os.path.join(source.absolute(), "")
        if not any(os.fspath(row.source).startswith(inside) for row in rows):
            try:
                scan(replace(job, sources=(source,), output=OutputRule(nowhere(job.sources))), progress)
            except ImageError as exc:
                found[source] = exc.sentence
    return found
