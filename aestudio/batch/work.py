"""One photo of a batch: opened on one side of the network, and saved on the other."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from aestudio.batch.harm import Flag, harm
from aestudio.batch.job import BatchJob
from aestudio.batch.journal import DONE, FAILED, Row
from aestudio.batch.names import check_depth, make_folder, stamp
from aestudio.batch.restoring import is_copy
from aestudio.errors import AEStudioError, ImageError, LostFolderError, Sentence
from aestudio.images.atomic import atomic_write
from aestudio.images.io import read_contents, read_photo, write_photo
from aestudio.images.photo import Photo

Intend = Callable[[Row], object]  # gets the row as it will be, just before the result gets its name


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo in memory."""

    row: Row  # with size, time, digest and megapixels of the file that was read
    photo: Photo
    data: bytes  # the file itself
    seconds: float


@dataclass(frozen=True)
class Made:
    """What the steps made of one photo."""

    photo: Photo  # the very photo that went in, where all steps left it alone
    found: str = ""  # by each tool
    scores: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Sentence, ...] = ()


def open_photo(row: Row, job: BatchJob) -> Opened:
    """Read a photo. Raises ImageError, or SettingsError where its result could not be saved."""
    started = time.monotonic()
    check_depth(row.output, job.output.options)
    before = stamp(row.source)
    data = read_contents(row.source)
    if stamp(row.source) != before or len(data) != before[0]:
        raise ImageError(
            "{name} changed while it was read. Please run the job again when it is complete.", name=row.source.name
        )
    photo = read_photo(row.source, allow_large=job.large, salvage=job.salvage, data=data)
    known = replace(row, size=before[0], time=before[1], digest=sha256(data).hexdigest(), megapixels=photo.megapixels)
    return Opened(known, photo, data, time.monotonic() - started)


def lost(folder: Path) -> LostFolderError:
    """That a folder is gone, which may come back."""
    return LostFolderError(Sentence.of("The folder {folder} is not there.", folder=folder))


def lost_folder(source: Path, job: BatchJob) -> Path | None:
    """The folder that a photo was found in, if that is not there any more."""
    top = next((each for each in job.sources if each.absolute() in source.parents), source.parent)
    return None if os.path.exists(top) else top


def save_result(
    opened: Opened, made: Made, job: BatchJob, intend: Intend, *, overwrite: bool, colours: bool, seconds: float
) -> Row:
    """Write what was made of a photo and compare it with the photo. Raises ImageError; nothing is left behind then.

    `seconds` is what the network took.
    """
    started = time.monotonic()
    options = job.output.options
    row = replace(opened.row, state=DONE, found=made.found, notes=made.notes, scores=made.scores)
    if not os.path.isdir(job.output.folder):  # it was there when the run began; making it anew could fill another disk
        raise lost(job.output.folder)
    make_folder(row.output.parent)

    def finished(digest: str, flags: Sequence[Flag] = ()) -> Row:
        taken = opened.seconds + seconds + time.monotonic() - started
        worst_first = tuple(sorted(flags, key=lambda flag: -flag.excess))
        return replace(row, output_digest=digest, flags=worst_first, seconds=taken)

    if made.photo is opened.photo and is_copy(opened.photo, row.output, options):
        row = finished(row.digest)
        intend(row)
        atomic_write(row.output, lambda file: file.write(opened.data), source=row.source, overwrite=overwrite)
        return row

    def on_saved(written: Path, saved: Photo) -> None:
        nonlocal row
        flags = harm(opened.photo, saved, colours=colours, stripped=options.metadata != "keep")
        row = finished(sha256(written.read_bytes()).hexdigest(), flags)
        intend(row)

    write_photo(made.photo, row.output, options, overwrite=overwrite, on_saved=on_saved)
    return row


def failed(row: Row, exc: AEStudioError) -> Row:
    """The photo of which nothing was made."""
    return replace(row, state=FAILED, message=exc.sentence, output_digest="")
