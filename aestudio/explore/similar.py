"""Photos that are like another one, by how near their codes are."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.images.io import read_contents

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder

Rows = NDArray[np.int64]

# Found by looking for cropped, turned and toned copies among 2,350 photos (benchmarks/explore_similar.py): plain
# distances, and cosines of codes that are not whitened, are led by the few directions in which photos differ most,
# which are how bright they are and of what colour; full whitening gives as much weight to those hardly in use.
_WHITENED = 0.75  # 0: codes as they are; 1: all directions spread alike
_AT_ONCE = 1024  # photos compared with all others
_HELD = 20_000_000  # scores: 80 MB


class Nearness:
    """Codes (P, length) made ready to be compared: centred, partly whitened, and of length 1.

    What the codes of a folder have in common says nothing about which of them belong together. The covariance is shrunk
    towards that of codes which spread alike in all directions (Ledoit and Wolf, Journal of Multivariate Analysis, 2004;
    here by the ratio of numbers to photos), so that a few photos can be compared as well. Where all photos of a folder
    are of one scene, scores tell its frames apart, and are low.
    """

    def __init__(self, codes: Floats) -> None:
        count, length = codes.shape
        mean = codes.mean(axis=0, dtype=np.float64) if count > 1 else np.zeros(length)
        self._mean = mean.astype(np.float32)
        centred = codes - self._mean
        spread = (centred.T @ centred).astype(np.float64) / max(count, 1)
        share = length / (length + count)
        spread = (1 - share) * spread + share * np.eye(length) * max(np.trace(spread) / length, 1e-12)
        values, axes = np.linalg.eigh(spread)
        self._whiten = (axes * np.maximum(values, values.max() * 1e-9) ** (-_WHITENED / 2)).astype(np.float32)
        self._ready = self._readied(codes)

    def __len__(self) -> int:
        return len(self._ready)

    def scores(self, codes: Floats) -> Floats:
        """How near codes (N, length) are to all photos, (N, P): 1 for the same code, about 0 for any other photo."""
        return np.asarray(self._readied(codes) @ self._ready.T, dtype=np.float32)

    def neighbours(self, most: int, least: float) -> Iterator[tuple[int, Rows, Floats]]:
        """For each photo the `most` others that are nearest, of those with a score of `least` or more.

        Comes in parts: how many photos are done, pairs (N, 2) of a photo and one of its neighbours, their scores (N,).
        """
        at_once = max(1, min(_AT_ONCE, _HELD // max(len(self), 1)))
        for start in range(0, len(self), at_once):
            scores = self._ready[start : start + at_once] @ self._ready.T
            own = np.arange(len(scores))
            scores[own, start + own] = -np.inf
            found = np.stack(np.divmod(np.flatnonzero(scores >= least), len(self)), axis=1)
            score = scores[found[:, 0], found[:, 1]]
            order = np.lexsort((-score, found[:, 0]))
            found, score = found[order], score[order]
            place = np.arange(len(found)) - np.searchsorted(found[:, 0], found[:, 0])  # among those of its photo
            near = place < most
            found[:, 0] += start
            yield start + len(scores), found[near], score[near]

    def _readied(self, codes: Floats) -> Floats:
        x = (codes - self._mean) @ self._whiten
        return np.asarray(x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Found:
    """Photos by how near they are, the nearest first."""

    rows: Rows  # (N,)
    scores: Floats  # (N,): 1 for the same code, about 0 for any other photo, less for what is opposite


def similar(
    photos: Indexed, query: "int | Floats", count: int, least: float = -1.0, nearness: Nearness | None = None
) -> Found:
    """The `count` photos that are nearest to one of the rows, which is left out, or to a code (length,).

    Those with a score below `least` are left out as well. `nearness` is that of the photos' codes: where it is at hand
    100,000 photos take some hundredths of a second, and a second where it is not.
    """
    nearness = nearness or Nearness(photos.codes)
    code = photos.codes[query] if isinstance(query, int) else query
    scores = nearness.scores(code[None])[0]
    if isinstance(query, int):
        scores[query] = -np.inf
    count = min(count, int((scores >= least).sum()))
    rows = np.argpartition(-scores, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return Found(rows.astype(np.int64), scores[rows])


@dataclass(frozen=True, eq=False)
class Example:
    """A photo that may lie anywhere, made ready to be looked for."""

    small: Levels  # (128, 128, 3)
    size: tuple[int, int]  # height and width, upright
    code: Floats  # (length,)


def example_of(path: Path, coder: "Coder") -> Example:
    """Read a photo and code it, as the photos of a folder are. Raises ImageError."""
    from aestudio.explore.index import look_at  # with torch, which takes seconds

    facts, jpeg = look_at(path, read_contents(path))
    with Image.open(BytesIO(jpeg)) as image:
        small = np.array(image.convert("RGB"))
    return Example(small, (facts.height, facts.width), coder.encode(small[None])[0])
