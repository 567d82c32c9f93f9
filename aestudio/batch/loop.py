"""One photo after the other, as the tools' own commands take them."""

import logging
from collections.abc import Callable, Sequence
from functools import partial

from aestudio.batch.events import BatchReport, D, Event, Failed, Job, Progressed, RestoreFile, Started
from aestudio.batch.names import make_folder
from aestudio.errors import AEStudioError
from aestudio.progress import Progress, Step

log = logging.getLogger(__name__)

PARTS = 1000  # steps that one photo counts for in the progress of the whole run


def restore_photos(
    jobs: Sequence[Job],
    restore_file: RestoreFile[D],
    progress: Progress,
    on_event: Callable[[Event], object] = lambda event: None,
) -> BatchReport[D]:
    """Do one job after the other. A photo that fails is reported and the rest goes on.

    Folders of outputs are made first; raises ImageError if one cannot be. Raises Cancelled within one tile.
    """
    for folder in dict.fromkeys(job.output.parent for job in jobs):
        make_folder(folder)
    report = BatchReport[D]()
    for done, job in enumerate(jobs):
        progress.step(done * PARTS, len(jobs) * PARTS, job.source.name)
        on_event(Started(job, done + 1, len(jobs)))
        try:
            restored = restore_file(job, Progress(partial(_forward, progress, on_event, job, done, len(jobs))))
        except AEStudioError as exc:
            log.warning("%s: %s", job.source, exc, exc_info=exc)
            report.failed.append(Failed(job, str(exc)))
            on_event(report.failed[-1])
        else:
            report.restored.append(restored)
            on_event(restored)
    progress.step(len(jobs) * PARTS, len(jobs) * PARTS)
    return report


def _forward(
    progress: Progress, on_event: Callable[[Event], object], job: Job, done: int, total: int, step: Step
) -> None:
    """Tell a step of one photo, and let a stop of the run reach it."""
    on_event(Progressed(job, step))
    progress.step(done * PARTS + round(step.fraction * PARTS), total * PARTS, job.source.name)
