"""What was dropped on a batch, and the list of photos that comes of it."""

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aestudio.batch.job import BatchJob, OutputRule
from aestudio.batch.journal import Row, has_journal
from aestudio.errors import AEStudioError, Sentence, SettingsError
from aestudio.gui.batch.listing import BatchListing, Listing, nowhere
from aestudio.gui.batch.settings import BatchSettings
from aestudio.gui.jobs import Failure
from aestudio.images.formats import READABLE

SOON_MS: Final = 250  # after the last change of a setting the photos are listed anew


class BatchSources(QObject):
    """Keeps files and folders, has them listed when they or the settings change, and makes jobs of both."""

    changed = Signal()  # other sources, or another answer to whether there is a job
    listed = Signal(object)  # Listing
    failed = Signal(object)  # Failure: there are no photos
    left_out = Signal(object)  # list[Path]: files that are no photos

    def __init__(self, listing: BatchListing, settings: BatchSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._settings = settings
        self._excluded: set[Path] = set()
        self._empty: frozenset[Path] = frozenset()  # folders without photos
        self._key: Hashable = None  # of the job that was listed last
        self._unplaced: Sentence | None = None  # why results cannot go where they are to go
        self.paths: tuple[Path, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        settings.changed.connect(self.look_again)
        settings.job_loaded.connect(self.show_job)
        listing.listed.connect(self._on_listed)
        listing.failed.connect(self._on_failed)

    @property
    def busy(self) -> bool:
        """Whether the list is still being made."""
        return self._listing.busy or self._soon.isActive()

    @property
    def folders(self) -> list[Path]:
        """Those of the sources that are folders."""
        return [path for path in self.paths if path.is_dir()]

    def job(self) -> BatchJob:
        """The job that all this makes. Raises SettingsError that says what is missing or wrong."""
        if not self.paths:
            raise SettingsError("There are no photos in the list. Please add some.")
        job = self._settings.job(self.paths)
        if self._unplaced is not None and self._key == _key(job):
            raise SettingsError(self._unplaced)
        return job

    @property
    def problem(self) -> Sentence | None:
        """Why there is no job; None if there is one."""
        try:
            self.job()
        except AEStudioError as exc:
            return exc.sentence
        return None

    def add(self, paths: Sequence[Path]) -> None:
        """Further photos and folders. Folders that had no photos go, unless they are watched."""
        other = [path for path in paths if path.suffix.lower() not in READABLE and path.is_file()]
        kept = [path for path in self.paths if path not in self._empty or self._settings.watch]
        new = [path.absolute() for path in paths if path not in other]
        self._excluded.difference_update(new)  # whoever drops a photo wants it
        self._set((*kept, *new))
        if other:
            self.left_out.emit(other)

    def leave_out(self, rows: Iterable[Row]) -> None:
        """These photos are not meant."""
        gone = {row.source for row in rows}
        self._excluded |= gone.difference(self.paths)
        self._set(path for path in self.paths if path not in gone)

    def clear(self) -> None:
        """Begin with nothing."""
        self._excluded.clear()
        self._set(())

    @Slot(object)
    def show_job(self, job: BatchJob) -> None:
        """The photos and folders of a job, whose settings are shown already."""
        self._excluded = {path.absolute() for path in job.exclude}
        self._set(path.absolute() for path in job.sources)

    def stop_listing(self) -> None:
        """A run begins, which looks for itself."""
        if self.busy:
            self._key = None
        self._soon.stop()
        self._listing.stop()

    def _set(self, paths: Iterable[Path]) -> None:
        self.paths = tuple(dict.fromkeys(paths))
        self._empty = frozenset()
        self._settings.show_sources(self.paths, tuple(sorted(self._excluded)))
        self._look()

    @Slot()
    def _look(self) -> None:
        """Have the photos listed, if they may be others than before."""
        self._soon.stop()
        job = self._any_job()
        key = None if job is None else _key(job)
        if key != self._key:
            self._key, self._unplaced = key, None
            if job is None:
                self._listing.stop()
            else:
                self._listing.list(job)
        self.changed.emit()

    def _any_job(self) -> BatchJob | None:
        """The job, or as much of it as it takes to find its photos."""
        if not self.paths:
            return None
        settings = self._settings
        try:
            return settings.job(self.paths)
        except AEStudioError:
            return BatchJob(
                self.paths,
                (),
                OutputRule(nowhere(self.paths)),
                recursive=settings.choice.is_on("recursive"),
                include=settings.choice.include,
                exclude=tuple(sorted(self._excluded)),
            )

    @Slot()
    def look_again(self) -> None:
        """Something else may come of the photos than before: have them listed soon."""
        self._soon.start()
        self.changed.emit()

    @Slot(object)
    def _on_listed(self, listing: Listing) -> None:
        self._unplaced = listing.problem
        self._empty = frozenset(listing.empty)
        self.listed.emit(listing)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._empty = frozenset(self.paths)
        self.failed.emit(failure)
        self.changed.emit()


def _key(job: BatchJob) -> Hashable:
    """The same for jobs that would do the same photos under the same names."""
    tools = tuple((step.tool, step.model) for step in job.steps)
    begun = has_journal(job.output.folder)  # then it depends on all settings what is done already
    return job.sources, job.recursive, job.include, job.exclude, job.output, tools, job.identity() if begun else ""
