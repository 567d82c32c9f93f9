"""Puts what a job's settings hold into files, so that the job itself is a small file that can be kept."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import platformdirs

from aestudio.batch.job import BatchJob, JobStep, Value
from aestudio.batch.names import make_folder
from aestudio.errors import ImageError
from aestudio.images.atomic import atomic_write, shortened
from aestudio.images.naming import file_stem
from aestudio.tasks.base import FromFile, Settings, Task, default_of, files, knobs, toggles


def kept_folder() -> Path:
    """Where files lie that were made for jobs which are in no file yet."""
    return platformdirs.user_data_path("aestudio", appauthor=False) / "kept"


def step_of(task: Task[Any], settings: Settings, folder: Path, name: str) -> JobStep:
    """The step with these settings. What is no number is kept in a file in `folder`, called after itself or `name`.

    A mark that was learnt is kept as a logo, and need not be learnt again. Files that hold the same are used again, and
    none is replaced. Raises ImageError if the disk refuses.
    """
    kind = type(settings)
    values: dict[str, Value] = {}
    for setting in (*knobs(kind), *toggles(kind)):
        if (value := getattr(settings, setting)) != default_of(kind, setting):
            values[setting] = value
    for setting, source in files(kind).items():
        if (held := getattr(settings, setting)) != default_of(kind, setting):
            own = file_stem(getattr(held, "name", "").removesuffix(source.ending))
            called = own or file_stem(f"{name}-{setting}")
            values[source.kept_as or setting] = str(_kept(source, held, folder, called))
    return JobStep(task.id, values)


def needs_files(settings: Settings) -> bool:
    """Whether `step_of` would write files, which takes a while where a mask is large."""
    kind = type(settings)
    return any(getattr(settings, setting) != default_of(kind, setting) for setting in files(kind))


def kept_beside(job: BatchJob, path: Path, kept: Path | None = None) -> BatchJob:
    """The same job for a file of that name: what lies in `kept`, by default `kept_folder`, is copied beside it.

    Raises ImageError if a file cannot be read or copied.
    """
    kept = (kept or kept_folder()).absolute()
    folder = path.absolute().with_name(f"{path.stem}-files")
    steps = []
    for step in job.steps:
        copied = {
            setting: str(_put(folder, source.name, source.read_bytes))
            for setting, source in step.paths.items()
            if source.absolute().is_relative_to(kept)
        }
        steps.append(replace(step, values={**step.values, **copied}))
    return replace(job, steps=tuple(steps))


def _kept(source: FromFile, held: object, folder: Path, name: str) -> Path:
    def written() -> bytes:
        with tempfile.TemporaryDirectory(prefix=".aestudio-", dir=folder) as temporary:
            path = Path(temporary) / f"{name}{source.ending}"
            source.write(held, path)
            return path.read_bytes()

    return _put(folder, f"{name}{source.ending}", written)


def _put(folder: Path, name: str, read: Callable[[], bytes]) -> Path:
    """The file of that name, or of one with a number behind it, that holds what `read` gives; written if it is new."""
    make_folder(folder)
    try:
        data = read()
        for number in count(1):
            path = shortened(folder / name, "" if number == 1 else f"-{number}")
            if not os.path.lexists(path):
                return atomic_write(path, lambda file: file.write(data))
            if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
                return path
    except OSError as exc:
        raise ImageError(
            "{name} could not be kept in {folder} ({reason}). Please check the disk.",
            name=name,
            folder=folder,
            reason=exc.strerror or exc,
        ) from exc
    raise AssertionError("numbers do not end")
