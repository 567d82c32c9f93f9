"""Finds the photos that a job means, and where below the output folder each result goes."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from aestudio.batch.job import BatchJob
from aestudio.errors import ImageError, Sentence, SettingsError
from aestudio.images.formats import READABLE
from aestudio.images.io import natural
from aestudio.progress import Progress


@dataclass(frozen=True)
class Found:
    """A photo, and the folder that its result goes to, counted from the output folder."""

    source: Path
    below: Path


@dataclass
class Scan:
    """The photos in a job's sources, each once, and what could not be looked into."""

    photos: list[Found] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)


def scan(job: BatchJob, progress: Progress, *, may_be_empty: bool = False) -> Scan:
    """Look through a job's sources. Folders that links lead back to are entered once; hidden files are left out.

    Raises SettingsError where the output folder is that of the photos, ImageError where there are no photos and
    there must be some, Cancelled within a folder.
    """
    out = job.output.folder.resolve()
    found = Scan()
    met: set[Path] = set()
    left_out = {path.absolute() for path in job.exclude}
    entered: set[tuple[int, int]] = set()
    for source in job.sources:
        if source.is_dir():
            if source.resolve() == out:
                raise SettingsError(
                    "The results cannot go to {folder}: the photos themselves lie there. Please choose another folder.",
                    folder=source,
                )
            photos = _below(source, job, out, found, entered, progress)
        else:
            photos = iter((Found(source, Path()),))
        for each in photos:
            key = each.source.resolve() if each.source.is_symlink() else each.source.absolute()
            if key not in met and each.source.absolute() not in left_out:
                met.add(key)
                found.photos.append(each)
    if not found.photos and not may_be_empty:
        raise _nothing(job, found)
    return found


def _nothing(job: BatchJob, found: Scan) -> ImageError:
    if found.notes:
        return ImageError(found.notes[0])
    names = ", ".join(str(source) for source in job.sources)
    if job.include:
        return ImageError(
            "There are no photos like {patterns} in {names}. Please choose other ones.",
            patterns=", ".join(job.include),
            names=names,
        )
    if not job.recursive:
        return ImageError(
            "There are no photos in {names}. Please choose another folder, or include its sub-folders.", names=names
        )
    return ImageError("There are no photos in {names}. Please choose another folder.", names=names)


def _below(
    top: Path, job: BatchJob, out: Path, found: Scan, entered: set[tuple[int, int]], progress: Progress
) -> Iterator[Found]:
    """The photos in a folder, folder by folder, in the order of their names."""
    waiting = [Path()]
    while waiting:
        progress.check()
        below = waiting.pop()
        folder = top / below
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: natural(entry.name))
        except OSError as exc:
            found.notes.append(
                Sentence.of("The folder {folder} cannot be opened ({reason}).", folder=folder, reason=exc.strerror)
            )
            continue
        if (status.st_dev, status.st_ino) in entered:  # by a link that leads back, or in another source
            continue
        entered.add((status.st_dev, status.st_ino))
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                folders.append(below / entry.name)
            elif meant(below / entry.name, job.include):
                yield Found(folder / entry.name, below)
        for each in reversed(folders) if job.recursive else ():
            if (top / each).resolve() == out:
                note = "The output folder {folder} lies among the photos: what is in it is left out."
                found.notes.append(Sentence.of(note, folder=out))
            else:
                waiting.append(each)


def meant(path: Path, include: Sequence[str]) -> bool:
    """Whether a file is a photo by its ending, and one that is asked for."""
    if path.suffix.lower() not in READABLE:
        return False
    name, whole = path.name.casefold(), path.as_posix().casefold()
    patterns = [pattern.casefold() for pattern in include]
    return not patterns or any(fnmatch(name, pattern) or fnmatch(whole, pattern) for pattern in patterns)
