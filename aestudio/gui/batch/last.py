"""Remembers the batch that was begun last: after a power cut, or tomorrow, it is gone on with from there."""

import logging
from contextlib import suppress
from pathlib import Path

from aestudio.batch.job import BatchJob, read_job, write_job
from aestudio.errors import AEStudioError

log = logging.getLogger(__name__)


class LastBatch:
    """Keeps one job in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, job: BatchJob) -> None:
        """A job begins. Where it cannot be kept, it runs all the same."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_job(job, self._path)
        except (AEStudioError, OSError) as exc:
            log.warning("%s", exc)

    @property
    def there(self) -> bool:
        """Whether there is one."""
        return self._path.is_file()

    def read(self) -> BatchJob:
        """The job. Raises SettingsError if its file is gone or damaged; it is forgotten then."""
        try:
            return read_job(self._path)
        except AEStudioError:
            with suppress(OSError):
                self._path.unlink()
            raise
