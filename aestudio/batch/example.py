"""Where the first photo of a job would go: an example for whoever makes the rule."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from aestudio.batch.job import BatchJob
from aestudio.batch.places import Places
from aestudio.batch.scan import Found, meant
from aestudio.images.io import natural

PATIENCE = 0.05  # seconds: it is looked for while somebody types


@dataclass(frozen=True)
class Example:
    """A photo, and the file that its result gets."""

    source: Path
    output: Path


def example(job: BatchJob, patience: float = PATIENCE) -> Example | None:
    """One of the first photos of a job; None if none was found in a moment. Nothing is made, and no photo is read."""
    found = _first(job, time.monotonic() + patience)
    if found is None:
        return None
    return Example(found.source, Places(job.output, job.tools, job.models, [found.source]).give(found, 1))


def _first(job: BatchJob, until: float) -> Found | None:
    for source in job.sources:
        found = _first_below(source, job, until) if source.is_dir() else Found(source, Path())
        if found is not None:
            return found
    return None


def _first_below(top: Path, job: BatchJob, until: float) -> Found | None:
    """In the folder itself, or else in those below it; of a very large folder whatever comes first."""
    waiting = [Path()]
    while waiting:
        below = waiting.pop()
        photos: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(top / below) as entries:
                for entry in entries:
                    if time.monotonic() > until:
                        break
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        folders.append(entry.name)
                    elif meant(below / entry.name, job.include):
                        photos.append(entry.name)
        except OSError:
            continue  # the run will tell
        if photos:
            return Found(top / below / min(photos, key=natural), below)
        if time.monotonic() > until or not job.recursive:
            return None
        inner = [below / name for name in sorted(folders, key=natural, reverse=True)]
        waiting += [each for each in inner if top / each != job.output.folder]
    return None
