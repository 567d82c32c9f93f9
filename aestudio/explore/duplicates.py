"""Near-duplicates among photos: copies of a file, frames of a burst, edited versions; and which one to keep."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from itertools import combinations, pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.explore.similar import Nearness
from aestudio.images.alike import MOMENT, joined, likeness
from aestudio.images.photo import LUMA
from aestudio.progress import Progress

Pair = tuple[int, int]

_SIDE = 64  # pixels: what `likeness` was made for
_NEAR = 0.35  # score of two codes, from which the pictures are compared
_NEIGHBOURS = 6  # of each photo that are compared with it
_FEW = 100  # photos: all are compared with all, for they may all be of one scene, of which codes tell nothing then
_WINDOWS = (25, 27, 29, 31, 32)  # sides of the part of one picture that the other may be, of 32
_COARSE = 0.55  # correlation of details with the best such part, from which it is looked at closely
_ALIKE = 0.87  # correlation of details, laid over one another: as in `alike`
_ALIKE_AT_ONCE = 0.6  # where the camera says that both were taken within seconds
_SAME_AREA = 0.9  # of the largest photo's area: as large as that
_READ_AT_ONCE = 256  # photos
_PAIRS_AT_ONCE = 256
_CODES_SHARE, _READ_SHARE = 0.15, 0.2  # of the time, about
_FRAME = re.compile(r"(.*?)([0-9]{3,})")

Tell = Callable[[int, int], None]  # done, total


class Kind(StrEnum):
    """What makes a photo a near-duplicate of others."""

    EXACT = "exact"  # the same file, byte for byte
    BURST = "burst"  # taken within seconds of another one
    EDITED = "edited"  # saved again, toned, cropped, resized
    AGAIN = "again"  # the same view, taken some time before or after


@dataclass(frozen=True)
class Group:
    """Photos that are near-duplicates of one another, directly or by way of a third one."""

    rows: tuple[int, ...]  # of `Indexed`, rising
    keep: int  # the row that is proposed to be kept
    kinds: tuple[Kind | None, ...]  # of each row; None for the one that is kept

    @property
    def others(self) -> tuple[int, ...]:
        """All rows but the one that is kept."""
        return tuple(row for row in self.rows if row != self.keep)

    @property
    def main_kinds(self) -> tuple[Kind, ...]:
        """What there is in the group, each once, in the order of `Kind`."""
        return tuple(kind for kind in Kind if kind in self.kinds)


def duplicates(photos: Indexed, progress: Progress, nearness: Nearness | None = None) -> tuple[Group, ...]:
    """Groups of near-duplicates, in the order of their first photos. Raises Cancelled.

    Codes find the photos that are worth a look, and the pictures decide: the details of one, or of a part of it, are
    laid over those of the other. So both must agree, where there are more than a few photos. Pictures are compared at
    64×64 pixels: what differs only in finer detail counts as the same. Of 100,000 photos 500 MB are held where all of
    them have something near.
    """
    first: dict[str, int] = {}
    copies = [(first.setdefault(digest, row), row) for row, digest in enumerate(photos.digests)]
    rows = np.array(sorted(first.values()), dtype=np.int64)  # each content once
    at_once = _at_once([photos.taken[row] for row in rows])
    ready = nearness if nearness is not None and len(rows) == len(photos) else Nearness(photos.codes[rows])
    near = _near(ready, _part(progress, 0, _CODES_SHARE)) if len(rows) > _FEW else combinations(range(len(rows)), 2)
    wanted = dict.fromkeys(near, _ALIKE)
    wanted.update(dict.fromkeys(at_once, _ALIKE_AT_ONCE))
    places = sorted({place for pair in wanted for place in pair})
    pictures = _pictures(photos, rows, places, _part(progress, _CODES_SHARE, _READ_SHARE))
    found = [pair for pair in copies if pair[0] != pair[1]]
    same = _same(wanted, pictures, _part(progress, _CODES_SHARE + _READ_SHARE, 1 - _CODES_SHARE - _READ_SHARE))
    found.extend((int(rows[one]), int(rows[other])) for one, other in same)
    return tuple(_group(photos, group, best_of(photos, group)) for group in joined(len(photos), found))


def keeping(photos: Indexed, group: Group, row: int) -> Group:
    """The same group, of which another row is kept."""
    return _group(photos, group.rows, row)


def table_of(photos: Indexed, groups: Sequence[Group]) -> str:
    """The groups as comma-separated values, one line for each photo, with a line of titles."""
    text = StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    write(("group", "keep", "kind", "width", "height", "sharpness", "path"))
    for number, group in enumerate(groups, 1):
        for row, kind in zip(group.rows, group.kinds, strict=True):
            height, width = photos.sizes[row]
            keep = "yes" if kind is None else "no"
            write((number, keep, kind or "", width, height, f"{photos.sharpness[row]:.4g}", photos.paths[row]))
    return text.getvalue()


def best_of(photos: Indexed, rows: Sequence[int]) -> int:
    """Which of some near-duplicates to keep: the sharpest of those that are large.

    Large is what has nine tenths of the area of the largest one: with less there is less to be sharp, however sharp it
    looks. What is equally sharp is told by its area, and then by its path.
    """
    areas = {row: photos.sizes[row][0] * photos.sizes[row][1] for row in rows}
    most = max(areas.values())
    large = [row for row in rows if areas[row] >= _SAME_AREA * most]
    return max(large, key=lambda row: (float(photos.sharpness[row]), areas[row], -row))


# which


def _part(progress: Progress, begin: float, share: float) -> Tell:
    """Tells of a part of the work as that part of the whole. Raises Cancelled."""
    return lambda done, total: progress.step(round(1000 * (begin + share * (done / total if total else 1))), 1000)


def _near(nearness: Nearness, tell: Tell) -> Iterator[Pair]:
    """The pairs whose codes are near."""
    tell(0, 1)
    for done, pairs, _ in nearness.neighbours(_NEIGHBOURS, _NEAR):
        tell(done, len(nearness))
        yield from ((min(one, other), max(one, other)) for one, other in pairs.tolist())


def _at_once(taken: Sequence[float | None]) -> Iterator[Pair]:
    """The pairs of photos that were taken one after the other, within seconds."""
    known = sorted((time, place) for place, time in enumerate(taken) if time is not None)
    return ((min(i, j), max(i, j)) for (a, i), (b, j) in pairwise(known) if b - a <= MOMENT)


@dataclass(frozen=True, eq=False)
class _Picture:
    luma: NDArray[np.uint8]  # (64, 64)
    details: NDArray[np.uint8]  # (32, 32)


def _pictures(photos: Indexed, rows: NDArray[np.int64], places: Sequence[int], tell: Tell) -> dict[int, _Picture]:
    found: dict[int, _Picture] = {}
    for start in range(0, len(places), _READ_AT_ONCE):
        tell(start, len(places))
        some = places[start : start + _READ_AT_ONCE]
        smalls = photos.smalls([int(rows[place]) for place in some])
        found.update((place, _picture(small)) for place, small in zip(some, smalls, strict=True))
    return found


def _picture(small: Levels) -> _Picture:
    rgb = cv2.resize(small, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    luma = (rgb @ LUMA).round().astype(np.uint8)
    half = cv2.resize(luma, (_SIDE // 2, _SIDE // 2), interpolation=cv2.INTER_AREA)
    return _Picture(luma, _details(half.astype(np.float32)))


def _details(luma: Floats) -> NDArray[np.uint8]:
    """Details at one contrast all over the picture."""
    fine = np.asarray(cv2.blur(luma, (3, 3)), dtype=np.float32)
    high = fine - _soft(fine)
    spread = np.sqrt(np.maximum(_soft(high * high), 0))
    return np.asarray(np.clip(high / (spread + 3) * 40 + 128, 0, 255), dtype=np.uint8)


def _soft(x: Floats) -> Floats:
    return np.asarray(cv2.blur(cv2.blur(x, (7, 7)), (7, 7)), dtype=np.float32)


def _same(wanted: dict[Pair, float], pictures: dict[int, _Picture], tell: Tell) -> Iterator[Pair]:
    """The pairs whose pictures are the same, or one of them a part of the other."""
    pairs = list(wanted)

    def same(pair: Pair) -> bool:
        return _is_same(pictures[pair[0]], pictures[pair[1]], wanted[pair])

    with ThreadPoolExecutor(thread_name_prefix="duplicates") as pool:
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            tell(start, len(pairs))
            some = pairs[start : start + _PAIRS_AT_ONCE]
            yield from (pair for pair, is_same in zip(some, pool.map(same, some), strict=True) if is_same)
    tell(1, 1)


def _is_same(one: _Picture, other: _Picture, least: float) -> bool:
    score, window, whole, part = max(
        (*_window(one, other), one, other), (*_window(other, one), other, one), key=lambda found: found[0]
    )
    if score < min(_COARSE, least):
        return False
    y, x, side = (2 * length for length in window)
    cut = whole.luma[y : y + side, x : x + side]
    if side < _SIDE:
        cut = np.asarray(cv2.resize(cut, (_SIDE, _SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    return likeness(cut, part.luma) >= least


def _window(whole: _Picture, part: _Picture) -> tuple[float, tuple[int, int, int]]:
    """How well the details of one picture fit some part of another one, and that part: top, left, side, of 32."""
    best, where = -1.0, (0, 0, _SIDE // 2)
    for side in _WINDOWS:
        shrunk = cv2.resize(part.details, (side, side), interpolation=cv2.INTER_AREA)
        _, score, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(whole.details, shrunk, cv2.TM_CCOEFF_NORMED))
        if score > best:
            best, where = float(score), (y, x, side)
    return best, where


# what they are


def _group(photos: Indexed, rows: tuple[int, ...], keep: int) -> Group:
    return Group(rows, keep, tuple(None if row == keep else _kind(photos, row, keep, rows) for row in rows))


def _kind(photos: Indexed, row: int, keep: int, rows: Sequence[int]) -> Kind:
    digests = [photos.digests[other] for other in rows if other == keep or other < row]
    if photos.digests[row] in digests:
        return Kind.EXACT
    others = [other for other in rows if photos.digests[other] != photos.digests[row]]
    times = _times_between(photos, row, others)
    if any(_are_frames(photos, row, other) for other in others):
        return Kind.BURST
    return Kind.AGAIN if times and min(times) > MOMENT else Kind.EDITED


def _times_between(photos: Indexed, row: int, others: Sequence[int]) -> list[float]:
    """Seconds to each of the others, as far as they are known."""
    taken = photos.taken[row]
    times = (photos.taken[other] for other in others)
    return [] if taken is None else [abs(taken - time) for time in times if time is not None]


def _are_frames(photos: Indexed, one: int, other: int) -> bool:
    """Whether both came out of the camera within seconds.

    An edited version keeps the time of its photo, to the second; frames of one second have the same size, and names
    that differ only by a number.
    """
    apart = _times_between(photos, one, (other,))
    if not apart or apart[0] > MOMENT:
        return False
    return apart[0] > 0 or (
        photos.sizes[one] == photos.sizes[other] and _numbered(photos.paths[one], photos.paths[other])
    )


def _numbered(one: Path, other: Path) -> bool:
    """Whether names are those of frames, such as IMG_0041.JPG and IMG_0042.JPG: nothing but the number differs."""
    names = [_FRAME.fullmatch(path.stem) for path in (one, other)]
    if names[0] is None or names[1] is None or (one.parent, one.suffix) != (other.parent, other.suffix):
        return False
    (name, number), (other_name, other_number) = names[0].groups(), names[1].groups()
    return name == other_name and len(number) == len(other_number)
