"""Which photos belong together: by their names, or by the time at which they were taken."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from aestudio.errors import Sentence
from aestudio.images.alike import MOMENT, likeness
from aestudio.images.glance import Glance

_SAID = frozenset(("clean", "noisy", "noise", "gt", "truth", "ref", "reference", "target", "input"))  # parts of a pair
_WORDS = re.compile(r"[-_ .()]+")
_SAME_SCENE = 0.5  # correlation of the details of small pictures; the pixels decide later
_SAME_FRAME = 0.6
_MOST_FRAMES = 12  # of a burst: a longer one is cut
ISO_FACTOR = 2.0

Unpaired = list[tuple[str, Sentence]]


@dataclass(frozen=True)
class Scene:
    """What is learnt from as one.

    A photo alone; noisy frames with the clean photo that they show; or frames of a burst, one the target of another.
    """

    frames: tuple[Glance, ...]
    truth: Glance | None = None

    @property
    def shown(self) -> Glance:
        """The photo that stands for the scene."""
        return self.truth or self.frames[0]

    @property
    def digest(self) -> str:
        """Tells the scene apart."""
        return self.shown.digest

    @property
    def photos(self) -> tuple[Glance, ...]:
        """All files of it."""
        return self.frames if self.truth is None else (*self.frames, self.truth)

    @property
    def examples(self) -> int:
        """How many photos, with their other half, it gives to learn from."""
        return len(self.frames) - 1 if self.truth is None and len(self.frames) > 1 else len(self.frames)


def pairs_by_name(
    clean: Sequence[Glance], noisy: Sequence[Glance], clean_in: Sequence[Path], noisy_in: Sequence[Path]
) -> tuple[list[Scene], Unpaired]:
    """Noisy photos with the clean ones of their names; and which photos have no other half, with why.

    Names are compared without their endings, in lower case, and without words such as "noisy": first with the
    sub-folders below the chosen folders, then without. Several noisy photos may belong to one clean one.
    """
    by_path = _by_key(clean, [_key(each.path, clean_in) for each in clean])
    by_name = _by_key(clean, [_key(each.path, ()) for each in clean])
    taken: dict[Path, list[Glance]] = {}
    unpaired: Unpaired = []
    for each in noisy:
        found = by_path.get(_key(each.path, noisy_in)) or by_name.get(_key(each.path, ()), [])
        why = _no_pair(each, found)
        if why is None:
            taken.setdefault(found[0].path, []).append(each)
        else:
            unpaired.append((str(each.path), why))
    unpaired += [
        (str(each.path), Sentence.of("{name} has no noisy photo of its name.", name=each.path.name))
        for each in clean
        if each.path not in taken
    ]
    return [Scene(tuple(taken[each.path]), each) for each in clean if each.path in taken], unpaired


def _no_pair(noisy: Glance, found: Sequence[Glance]) -> Sentence | None:
    """Why a noisy photo does not belong to what was found by its name."""
    name = noisy.path.name
    if not found:
        return Sentence.of("{name} has no clean photo of its name.", name=name)
    if len(found) > 1:
        return Sentence.of("{name} has several clean photos of its name.", name=name)
    clean = found[0]
    if clean.digest == noisy.digest:
        return Sentence.of("{name} is the same file as its clean photo.", name=name)
    if clean.size != noisy.size:
        return Sentence.of(
            "{name} has {width} × {height} pixels, and its clean photo {clean_width} × {clean_height}.",
            name=name,
            width=noisy.width,
            height=noisy.height,
            clean_width=clean.width,
            clean_height=clean.height,
        )
    if likeness(noisy.luma, clean.luma) < _SAME_SCENE:
        return Sentence.of("{name} shows something else than its clean photo.", name=name)
    return None


def _by_key(photos: Iterable[Glance], keys: Iterable[str]) -> dict[str, list[Glance]]:
    found: dict[str, list[Glance]] = {}
    for photo, key in zip(photos, keys, strict=True):
        found.setdefault(key, []).append(photo)
    return found


def _key(path: Path, below: Sequence[Path]) -> str:
    """What names of a pair have in common; with the sub-folders where the folders are told that it lies in."""
    top = next((folder for folder in below if path.is_relative_to(folder)), path.parent)
    return "/".join(_plain(part) for part in path.relative_to(top).with_suffix("").parts)


def _plain(name: str) -> str:
    words = [word for word in _WORDS.split(name.casefold()) if word]
    return "_".join(word for word in words if word not in _SAID)


def series_by_time(photos: Sequence[Glance]) -> tuple[list[Scene], Unpaired]:
    """ISO series and bursts: photos of one size that follow one another within seconds and show the same.

    The photo of the lowest ISO is the truth of those with twice as much and more; the others of its series are bursts
    of noisy frames.
    """
    unpaired: Unpaired = []
    timed = []
    for photo in photos:
        if photo.taken is None:
            why = Sentence.of("{name} does not say when it was taken.", name=photo.path.name)
            unpaired.append((str(photo.path), why))
        else:
            timed.append((photo.taken, str(photo.path), photo))
    runs: list[list[Glance]] = []
    for _, _, photo in sorted(timed, key=lambda each: each[:2]):
        if runs and _follows(photo, runs[-1][-1]):
            runs[-1].append(photo)
        else:
            runs.append([photo])
    scenes: list[Scene] = []
    for run in runs:
        if len(run) < 2:
            why = Sentence.of("{name} has no other photo of its scene.", name=run[0].path.name)
            unpaired.append((str(run[0].path), why))
        else:
            scenes += _scenes(run)
    return scenes, unpaired


def _follows(photo: Glance, before: Glance) -> bool:
    if photo.size != before.size or photo.taken is None or before.taken is None:
        return False
    # a camera writes down when an exposure began
    soon = photo.taken - before.taken <= MOMENT + before.exposure
    return soon and likeness(before.luma, photo.luma) >= _SAME_FRAME


def _scenes(run: Sequence[Glance]) -> list[Scene]:
    """An ISO series where the sensitivities are told and differ, or else a burst, cut into several where it is long."""
    sensitivities = [photo.iso for photo in run if photo.iso]
    if len(sensitivities) == len(run) and max(sensitivities) >= ISO_FACTOR * min(sensitivities):
        truth = min(run, key=lambda photo: photo.iso or 0)
        noisy = tuple(photo for photo in run if (photo.iso or 0) >= ISO_FACTOR * min(sensitivities))
        return [Scene(noisy, truth)]
    parts = -(-len(run) // _MOST_FRAMES)
    bounds = [round(len(run) * part / parts) for part in range(parts + 1)]
    return [Scene(tuple(run[first:last])) for first, last in pairwise(bounds)]
