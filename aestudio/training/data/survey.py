"""Looks through a user's folders before anything is learnt from them: what is there, and what is of use."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aestudio.errors import ImageError, Sentence, TrainingDataError
from aestudio.images.ahead import in_threads
from aestudio.images.alike import MOMENT, alike, joined
from aestudio.images.folders import listed, photos_below, refuse_lost
from aestudio.images.glance import Glance, glance
from aestudio.progress import Progress
from aestudio.training.data.dataset import copy_sizes
from aestudio.training.data.pairing import Scene, Unpaired, pairs_by_name, series_by_time
from aestudio.training.data.refusals import (
    all_alike,
    refuse_bad,
    refuse_few,
    refuse_grey,
    refuse_no_series,
    refuse_unpaired,
)
from aestudio.training.data.source import PAIRS, SERIES, Source
from aestudio.training.data.split import MOST, split
from aestudio.training.events import SCANNING, Found, OnEvent, Working, unheard

COLOURFUL = 6.0  # mean chroma, in units of Lab, of a photo that colours can be learnt from
_TOLD_EVERY = 0.1  # seconds


@dataclass(frozen=True)
class Survey:
    """What can be learnt from a source, and what is kept for the verdict."""

    found: Found
    training: tuple[Scene, ...]
    held_out: tuple[Scene, ...]


@dataclass
class _Seen:
    """What all looks together came to."""

    good: list[Glance] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    grey: list[str] = field(default_factory=list)
    damaged: list[tuple[str, Sentence]] = field(default_factory=list)


def survey(
    source: Source,
    task_id: str,
    progress: Progress,
    *,
    smallest: int,
    on_event: OnEvent = unheard,
    shrunk: bool = False,
    colourful: float = COLOURFUL,
    leave_out: Iterable[Path] = (),
) -> Survey:
    """Look at each photo once, and decide which ones are learnt from. Nothing is written.

    `smallest` is the number of pixels that a side must have; with `shrunk`, on the largest of `shrunk_copies`.
    `colourful` is the mean chroma that photos for colorize must have. Folders in `leave_out` are passed over.
    Raises TrainingDataError with one sentence where the source cannot be trained from, LostFolderError if a folder
    disappears, and Cancelled.
    """
    started = time.monotonic()
    folders = (*source.folders, *source.noisy)
    paths, noisy_paths = _paths(source, progress, tuple(leave_out))
    seen = _Seen()
    for photo in _looked_at([*paths, *noisy_paths], folders, seen, progress, on_event):
        sizes = copy_sizes(*photo.size, smallest) if shrunk else [photo.size]
        if not sizes or min(sizes[0]) < smallest:
            seen.small.append(str(photo.path))
        elif task_id == "colorize" and photo.chroma < colourful:
            seen.grey.append(str(photo.path))
        else:
            seen.good.append(photo)
    refuse_bad(seen.damaged, seen.small, len(paths) + len(noisy_paths), folders, smallest)
    refuse_grey(seen.grey, len(seen.good), folders)
    scenes, unpaired = _scenes(source, seen.good, noisy_paths)
    photos = sum(len(scene.frames) for scene in scenes)
    refuse_few(photos, folders)
    progress.check()
    groups = _groups(scenes, source.kind)
    divided = split([scene.digest for scene in scenes], [len(scene.frames) for scene in scenes], groups)
    if not divided.held_out:
        raise all_alike(folders)
    training, held_out = (tuple(scenes[index] for index in side) for side in divided)
    found = Found(
        usable=len(seen.good),
        small=tuple(seen.small),
        damaged=tuple(seen.damaged),
        grey=tuple(seen.grey),
        alike=tuple(tuple(str(scenes[index].shown.path) for index in group) for group in groups),
        unpaired=tuple(unpaired),
        pairs=photos if source.kind in (PAIRS, SERIES) else 0,
        training=sum(scene.examples for scene in training),
        held_out=min(sum(len(scene.frames) for scene in held_out), MOST),
        seconds=time.monotonic() - started,
    )
    on_event(found)
    return Survey(found, training, held_out)


def _paths(source: Source, progress: Progress, leave_out: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The photos in the folders, and in those of noisy ones. Where one lies in the other, the inner one has its own."""
    paths = photos_below(source.folders, progress, leave_out, refusal=TrainingDataError)
    if source.kind != PAIRS:
        return paths, []
    if not source.noisy:
        raise TrainingDataError("For pairs, please choose the folder of the noisy photos as well.")
    noisy = photos_below(source.noisy, progress, leave_out, refusal=TrainingDataError)
    if set(paths) == set(noisy):
        raise TrainingDataError(
            "The clean and the noisy photos are both looked for in {folder}. Please choose two folders.",
            folder=listed(source.folders),
        )
    both = set(paths) & set(noisy)
    inner = {path for path in both if _depth(path, source.noisy) > _depth(path, source.folders)}
    return [path for path in paths if path not in inner], [p for p in noisy if p not in both or p in inner]


def _depth(path: Path, folders: Sequence[Path]) -> int:
    return max((len(folder.parts) for folder in folders if path.is_relative_to(folder)), default=0)


def _looked_at(
    paths: Sequence[Path], folders: Sequence[Path], seen: _Seen, progress: Progress, on_event: OnEvent
) -> Iterator[Glance]:
    """A glance at each photo, in the order of `paths`; what is damaged goes into `seen`."""
    tell = Teller(SCANNING, len(paths), progress, on_event)
    for path, found in in_threads(glance, paths, progress):
        tell(path.name)
        if isinstance(found, ImageError):
            refuse_lost(folders)
            seen.damaged.append((str(path), found.sentence))
        else:
            yield found
    tell.finished()


class Teller:
    """Tells how far a phase is, ten times a second at most."""

    def __init__(self, phase: str, total: int, progress: Progress, on_event: OnEvent) -> None:
        self._phase, self._total, self._progress, self._on_event = phase, total, progress, on_event
        self._done = 0
        self._told = 0.0

    def __call__(self, note: str) -> None:
        """One more is at work. Raises Cancelled."""
        self._progress.step(self._done, self._total, note)
        now = time.monotonic()
        if now - self._told >= _TOLD_EVERY:
            self._told = now
            self._on_event(Working(self._phase, self._done, self._total, note))
        self._done += 1

    def finished(self) -> None:
        """All are done."""
        self._progress.step(self._total, self._total)
        self._on_event(Working(self._phase, self._total, self._total))


def _scenes(source: Source, good: Sequence[Glance], noisy: Sequence[Path]) -> tuple[list[Scene], Unpaired]:
    """What belongs together. Raises TrainingDataError where that is too little."""
    if source.kind == PAIRS:
        among = set(noisy)
        clean, frames = ([photo for photo in good if (photo.path in among) is side] for side in (False, True))
        scenes, unpaired = pairs_by_name(clean, frames, source.folders, source.noisy)
        refuse_unpaired(scenes, unpaired, noisy, (*source.folders, *source.noisy))
        return scenes, unpaired
    if source.kind == SERIES:
        scenes, unpaired = series_by_time(good)
        refuse_no_series(scenes, source.folders)
        return scenes, unpaired
    return [Scene((photo,)) for photo in good], []


def _groups(scenes: Sequence[Scene], kind: str) -> list[tuple[int, ...]]:
    """The scenes that show the same: near-duplicates, and series that follow one another at once."""
    shown = [scene.shown for scene in scenes]
    near = alike(np.stack([photo.luma for photo in shown]), [photo.taken for photo in shown])
    pairs = [(group[0], index) for group in near for index in group[1:]]
    if kind == SERIES:
        for index in range(1, len(scenes)):
            before, after = scenes[index - 1].frames[-1].taken, scenes[index].frames[0].taken
            if before is not None and after is not None and after - before <= MOMENT:
                pairs.append((index - 1, index))
    return joined(len(scenes), pairs)
