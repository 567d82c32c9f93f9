"""Takes a photo's file through one tool into another file."""

import logging
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from aestudio.batch.events import Job, Restored
from aestudio.errors import ImageError, WeightsError
from aestudio.images.atomic import atomic_write
from aestudio.images.formats import SUFFIXES
from aestudio.images.io import read_photo, write_photo
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo
from aestudio.progress import Progress
from aestudio.tasks.base import Settings, Task

if TYPE_CHECKING:  # torch is imported when a model is loaded: wrong usage is told at once
    from aestudio.engine.restorer import Restorer

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class FileRestorer:
    """Takes a file through one tool into another file; see RestoreFile."""

    restorer: "Restorer"
    task: Task[Any]
    settings: Settings
    options: SaveOptions = field(default_factory=SaveOptions)
    overwrite: bool = False  # files that exist, never a source
    allow_large: bool = False  # photos of more than 200 megapixels
    salvage: bool = False  # open what can be read of damaged files

    def __call__(self, job: Job, progress: Progress) -> Restored:
        """Raises ImageError or DeviceMemoryError; the output is then as it was before."""
        check_free(job.output, overwrite=self.overwrite)
        started = time.monotonic()
        photo = read_photo(job.source, allow_large=self.allow_large, salvage=self.salvage)
        restoration = self.restorer.restore(photo, self.task, self.settings, progress)
        result = restoration.blended(self.settings.strength)
        if result is photo and is_copy(photo, job.output, self.options):
            _copy(job, overwrite=self.overwrite)
        else:
            write_photo(result, job.output, self.options, overwrite=self.overwrite)
        seconds = time.monotonic() - started
        log.info("%s: %s, %.1f megapixels, %.1f s", job.source, restoration.finding.summary, photo.megapixels, seconds)
        return Restored(
            job,
            restoration.finding,
            restoration.untouched,
            restoration.scores,
            megapixels=photo.megapixels,
            seconds=seconds,
            notes=(*photo.notes, *restoration.notes),
        )


def is_copy(photo: Photo, output: Path, options: SaveOptions) -> bool:
    """Whether the file itself is what is asked for: encoding a clean JPEG once more would only harm it."""
    plain = SaveOptions(options.format, bit_depth=options.bit_depth)
    return (
        SUFFIXES.get(output.suffix.lower()) == photo.format
        and not photo.partial
        and options == plain
        and options.bit_depth in (None, photo.bit_depth)
    )


def check_free(output: Path, *, overwrite: bool) -> None:
    """Raise ImageError if a file has the name already: now, and not after minutes of work."""
    if not overwrite and os.path.lexists(output):
        raise ImageError("{name} already exists and was not replaced. Please choose another name.", name=output.name)


def load_restorer(
    task: Task[Any],
    model: str | None = None,
    device: str = "auto",
    tile: int | None = None,
    models: Sequence[Path] | None = None,
) -> "Restorer":
    """A restorer with a model, by default the task's own; `models` are the folders of cards, by default all known.

    Raises WeightsError for a model that is missing or made for another tool, SettingsError for an unknown device.
    """
    from aestudio.engine.device import choose_device
    from aestudio.engine.restorer import Restorer
    from aestudio.models.catalog import card_path
    from aestudio.models.loader import load_model

    loaded = load_model(card_path(model or task.model, models), choose_device(device).torch_device)
    if loaded.card.task != task.id:
        raise WeightsError(
            "The model “{model}” is made for “{task}”, not for “{wanted}”. Please choose another model.",
            model=loaded.card.name,
            task=loaded.card.task,
            wanted=task.id,
        )
    return Restorer(loaded, tile)


def _copy(job: Job, *, overwrite: bool) -> None:
    def write(file: BinaryIO) -> None:
        with job.source.open("rb") as source:
            shutil.copyfileobj(source, file)

    atomic_write(job.output, write, source=job.source, overwrite=overwrite)
