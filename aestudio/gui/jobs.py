"""Runs work in a thread of its own, so that the window never waits for it."""

import logging
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aestudio.errors import AEStudioError, Cancelled, Sentence
from aestudio.gui.i18n import translated
from aestudio.progress import Progress, Step

log = logging.getLogger(__name__)

SECONDS_BETWEEN_STEPS = 0.05  # a progress bar need not move faster, and the event loop stays free


@dataclass(frozen=True)
class Failure:
    """Why a job failed, as text only: a traceback object would keep its tensors alive."""

    said: Sentence | None  # by an AEStudioError; None for a failure that nobody foresaw
    details: str
    kind: type[BaseException] = Exception

    @classmethod
    def of(cls, exc: BaseException) -> "Failure":
        """What is to be said about an exception."""
        details = "".join(traceback.format_exception(exc)).strip()
        return cls(exc.sentence if isinstance(exc, AEStudioError) else None, details, type(exc))

    @property
    def sentence(self) -> str:
        """What was said, or something general, in the language of the window; for the GUI thread."""
        if self.said is not None:
            return translated(self.said)
        last = self.details.rsplit("\n", 1)[-1]
        return QCoreApplication.translate(
            "Failure", "Something went wrong that AEStudio did not expect ({reason}). The details are in the log."
        ).format(reason=last)


class JobRunner(QObject):
    """Runs one job at a time; emits one of succeeded, failed, cancelled, then finished."""

    progressed = Signal(object)  # Step, at most twenty per second
    succeeded = Signal(object)  # what the job returned
    failed = Signal(object)  # Failure
    cancelled = Signal()
    finished = Signal()  # the runner's own slot is connected first, so listeners find it idle

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._progress: Progress | None = None
        self._last_emit = 0.0
        self.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._progress is not None

    def start(self, job: Callable[[Progress], object]) -> None:
        """Run a job. Raises RuntimeError if one is running."""
        if self._progress is not None:
            raise RuntimeError("a job is already running")
        self._last_emit = 0.0
        self._progress = Progress(self._emit_step)
        self._pool.submit(self._run, job, self._progress)

    def cancel(self) -> None:
        """Ask the running job to stop at its next step; nothing happens without one."""
        if self._progress is not None:
            self._progress.cancel()

    def shutdown(self) -> None:
        """Cancel, and wait until the thread is gone. The runner cannot be used afterwards."""
        self.cancel()
        self._pool.shutdown(wait=True)

    def _emit_step(self, step: Step) -> None:
        now = time.monotonic()
        if now - self._last_emit >= SECONDS_BETWEEN_STEPS or step.done >= step.total:
            self._last_emit = now
            self.progressed.emit(step)

    def _run(self, job: Callable[[Progress], object], progress: Progress) -> None:
        try:
            result = job(progress)
        except Cancelled:
            self.cancelled.emit()
        except Exception as exc:
            log.exception("job failed")
            self.failed.emit(Failure.of(exc))
        else:
            self.succeeded.emit(result)
        finally:
            self.finished.emit()

    @Slot()
    def _on_finished(self) -> None:
        self._progress = None
