"""Near-duplicates: copies of one photo, re-encoded, toned or cropped a little, and the frames of a burst.

Two steps. The low frequencies of each picture's cosine transform, which the perceptual hash pHash is made from
(Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010), are compared as numbers and not as
bits, all with all, and with those of parts of the picture. What is near is laid over one another by an affine transform
(Evangelidis and Psarakis, IEEE PAMI 2008), and the correlation of the details decides.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from math import pi

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pair = tuple[int, int]

MOMENT = 10.0  # seconds between two frames of one scene

_FREQUENCIES = 10  # across and down; the mean is left out
_PART = 0.95  # of a side: the parts that are compared with whole pictures
_PLACES = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.5))  # where they lie, of the room there is
_NEAR = 0.83  # correlation of the low frequencies, from which the details are looked at
_ALIKE = 0.87  # correlation of the details
_ALIKE_AT_ONCE = 0.6  # where the camera says that both were taken within seconds
_WORTH = 0.1  # less of it at half the size is followed
_COARSE_STEPS, _FINE_STEPS = 4, 6
_FLOOR = 3.0  # 8-bit levels: details below them are noise, or marks of JPEG
_ROWS = 1024  # compared with all at a time
_MOST = 100_000  # pairs that are looked at


def alike(luma: NDArray[np.uint8], taken: Sequence[float | None] | None = None) -> list[tuple[int, ...]]:
    """Groups of photos that are near-duplicates of one another, directly or by way of a third one.

    `luma` is (P, S, S), `taken` the time of each photo in seconds. Groups and their members come in rising order;
    a photo that is like no other is in none.
    """
    if len(luma) < 2:
        return []
    pairs = dict.fromkeys(_near(luma), _ALIKE)
    pairs.update(dict.fromkeys(_at_once(taken or ()), _ALIKE_AT_ONCE))
    seen = sorted({index for pair in pairs for index in pair})
    fine = {index: _details(luma[index]) for index in seen}
    half = luma.shape[1] // 2
    coarse = {index: _details(cv2.resize(luma[index], (half, half), interpolation=cv2.INTER_AREA)) for index in seen}

    def same(pair: Pair) -> bool:
        one, other = pair
        score, transform = _laid_over(coarse[one], coarse[other], np.eye(2, 3, dtype=np.float32), _COARSE_STEPS)
        if score < pairs[pair] - _WORTH:
            return False
        # from places in the small picture to those in the large one, centres of pixels at whole numbers
        transform[:, 2] = 2 * transform[:, 2] + (transform[:, :2].sum(axis=1) - 1) / 2
        return _laid_over(fine[one], fine[other], transform, _FINE_STEPS)[0] >= pairs[pair]

    with ThreadPoolExecutor(thread_name_prefix="alike") as pool:
        found = [pair for pair, is_same in zip(pairs, pool.map(same, pairs), strict=True) if is_same]
    return joined(len(luma), found)


def joined(count: int, pairs: Iterable[Pair]) -> list[tuple[int, ...]]:
    """The groups of two and more of `count` things that pairs join."""
    leader = list(range(count))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        leader[high] = low
    groups: dict[int, list[int]] = {}
    for index in range(count):
        groups.setdefault(find(index), []).append(index)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """How well the details of two pictures of the same shape correlate, laid over one another; -1 for not at all."""
    return _laid_over(_details(one), _details(other), np.eye(2, 3, dtype=np.float32), _FINE_STEPS)[0]


def _near(luma: NDArray[np.uint8]) -> list[Pair]:
    """The pairs whose low frequencies correlate; the nearest ones where there are too many."""
    whole = _low_frequencies(luma, 0.0, 0.0, 1.0)
    parts = [_low_frequencies(luma, y * (1 - _PART), x * (1 - _PART), _PART) for y, x in _PLACES]
    pairs, scores = [], []
    for start in range(0, len(luma), _ROWS):
        rows = slice(start, start + _ROWS)
        score = whole[rows] @ whole[start:].T
        for part in parts:
            np.maximum(score, part[rows] @ whole[start:].T, out=score)
            np.maximum(score, whole[rows] @ part[start:].T, out=score)
        found = np.argwhere(np.triu(score, 1) >= _NEAR)
        pairs.append(found + start)
        scores.append(score[found[:, 0], found[:, 1]])
    nearest = np.argsort(-np.concatenate(scores), kind="stable")[:_MOST]
    return [(int(one), int(other)) for one, other in np.concatenate(pairs)[nearest]]


def _at_once(taken: Sequence[float | None]) -> list[Pair]:
    """The pairs of photos that were taken one after the other, within seconds."""
    known = sorted((time, index) for index, time in enumerate(taken) if time is not None)
    return [(min(i, j), max(i, j)) for (a, i), (b, j) in pairwise(known) if b - a <= MOMENT]


def _low_frequencies(luma: NDArray[np.uint8], y: float, x: float, part: float) -> Floats:
    """(P, S, S) to (P, 99) of length 1, of the part of a picture that begins at y and x, all in sides of it.

    Each frequency counts alike: photos have 1 / f of it.
    """
    rows, columns = (_cosines(luma.shape[1], start, part) for start in (y, x))
    found = np.einsum("ui,pij,vj->puv", rows, luma.astype(np.float32), columns, optimize=True)
    level = np.outer(rows.sum(axis=1), columns.sum(axis=1))
    found -= found[:, :1, :1] / level[0, 0] * level
    frequency = np.arange(_FREQUENCIES, dtype=np.float32)
    found *= np.hypot(frequency[:, None], frequency)
    flat = found.reshape(len(luma), -1)[:, 1:]
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(length, 1e-6), dtype=np.float32)


def _cosines(side: int, start: float, part: float) -> Floats:
    """(frequency, place): the cosines over a part of a side, nothing beside it."""
    place = ((np.arange(side) + 0.5) / side - start) / part
    inside = (place > 0) & (place < 1)
    return (np.cos(pi * np.arange(_FREQUENCIES)[:, None] * place) * inside).astype(np.float32)


def _details(luma: NDArray[np.uint8]) -> Floats:
    """Details at one contrast all over the picture: its outlines count no more than what is in it."""
    small = _blurred(luma.astype(np.float32), 3)
    high = small - _softened(small)
    spread = np.sqrt(np.maximum(_softened(high * high), 0))  # sums that are kept running may fall below zero
    return np.asarray(high / (spread + _FLOOR), dtype=np.float32)


def _softened(x: Floats) -> Floats:
    return _blurred(_blurred(x, 7), 7)


def _blurred(x: Floats, size: int) -> Floats:
    return np.asarray(cv2.blur(x, (size, size), borderType=cv2.BORDER_REPLICATE), dtype=np.float32)


def _laid_over(one: Floats, other: Floats, start: Floats, steps: int) -> tuple[float, Floats]:
    """The correlation of two pictures, the other one laid over the first, and the transform; -1 if that fails."""
    criteria = (cv2.TERM_CRITERIA_COUNT, steps, 0.0)
    try:
        everywhere = np.ones(one.shape, np.uint8)
        score, found = cv2.findTransformECC(one, other, start, cv2.MOTION_AFFINE, criteria, everywhere, 1)
    except cv2.error:  # nothing in common, or nothing there
        return -1.0, start
    transform = np.asarray(found, dtype=np.float32)
    shift = np.abs(transform - np.eye(2, 3)) / np.array([1, 1, len(one)])
    return (float(score) if shift.max() < 0.25 else -1.0), transform  # a quarter of a side is another picture
