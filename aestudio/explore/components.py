"""Principal components of photos: codes of a few numbers that need no network."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aestudio.errors import SettingsError
from aestudio.explore.photos import Floats, Levels, Smalls
from aestudio.models.networks.photo_autoencoder import SIDE
from aestudio.progress import Progress

MOST = 128  # numbers of a code
MOST_PHOTOS = 10_000  # that are learnt from
FEWEST_PHOTOS = 2
_AT_ONCE = 512  # photos that a step of the fit takes
_READ_AT_ONCE = 64
_WAVES = 32  # up and across, of 128: a photo's 128 strongest directions have nothing finer


@dataclass(frozen=True, eq=False)
class Components:
    """What photos have in common, and the directions in which they differ most, the strongest first.

    Photos are (N, 128, 128, 3) uint8, codes (N, length) float32.
    """

    mean: Floats  # (F,), as `_to_waves` gives it
    directions: Floats  # (length, F), of length 1 and at right angles
    photos: int  # that were learnt from
    given: int  # of that many
    seconds: float  # that it took

    @property
    def length(self) -> int:
        """Numbers of a code; less than asked for where there were too few photos."""
        return len(self.directions)

    def encode(self, photos: Levels) -> Floats:
        """The codes of photos; the first numbers of each are its code of that length."""
        found = [np.zeros((0, self.length), dtype=np.float32)]
        for start in range(0, len(photos), _AT_ONCE):
            codes = (_to_waves(photos[start : start + _AT_ONCE]) - self.mean) @ self.directions.T
            found.append(codes.astype(np.float32, copy=False))
        return np.concatenate(found)

    def decode(self, codes: Floats, length: int | None = None) -> Levels:
        """The photos of codes; only the first `length` numbers of each are used if it is given."""
        used = self.length if length is None else min(length, self.length)
        found = [np.zeros((0, SIDE, SIDE, 3), dtype=np.uint8)]
        for start in range(0, len(codes), _AT_ONCE):
            some = codes[start : start + _AT_ONCE, :used]
            found.append(_from_waves(self.mean + some @ self.directions[:used]))
        return np.concatenate(found)


def fit_components(
    smalls: Smalls, rows: Sequence[int], progress: Progress | None = None, *, most: int = MOST
) -> Components:
    """The principal components of those rows, found step by step, so that the photos need not fit into memory.

    There are `most` of them, or one less than there are photos. Of more than MOST_PHOTOS photos, so many are taken,
    evenly spread. Raises SettingsError for less than two photos, and Cancelled.

    Source: incremental PCA (Ross, Lim, Lin and Yang, IJCV 2008) of scikit-learn, on the lowest 32×32 cosine waves of
    each colour in place of all 128×128 pixels: a sixteenth of the numbers, and about a tenth of the time. Of
    1,900 photos, reconstructions from 128 components are 0.02 dB worse than those of all pixels, and 0.1 dB better on
    photos that were not learnt from, for there the fine pattern in the directions is chance. Below 64 components there
    is no difference.
    """
    from sklearn.decomposition import IncrementalPCA  # takes a second
    from threadpoolctl import threadpool_limits

    progress = progress or Progress()
    if len(rows) < FEWEST_PHOTOS:
        raise SettingsError("PCA compares photos with one another: it needs two of them at least.")
    begin = time.monotonic()
    chosen = spread_evenly(rows, MOST_PHOTOS)
    length = min(most, len(chosen) - 1)
    fit = IncrementalPCA(length)
    done = 0
    # beside other work, several threads wait for one another longer than they work; photos that are all the same
    # differ by nothing, and shares of nothing are of no interest
    with threadpool_limits(1, "blas"), np.errstate(invalid="ignore"):
        for part in np.array_split(np.asarray(chosen), math.ceil(len(chosen) / _AT_ONCE)):
            waves = []
            for start in range(0, len(part), _READ_AT_ONCE):
                progress.step(done, len(chosen))
                some = part[start : start + _READ_AT_ONCE].tolist()
                waves.append(_to_waves(smalls(some)))
                done += len(some)
            fit.partial_fit(np.concatenate(waves))
    progress.step(done, len(chosen))
    return Components(
        mean=np.asarray(fit.mean_, dtype=np.float32),
        directions=np.ascontiguousarray(fit.components_, dtype=np.float32),
        photos=len(chosen),
        given=len(rows),
        seconds=time.monotonic() - begin,
    )


def spread_evenly(rows: Sequence[int], most: int) -> list[int]:
    """As many as `most` of them, from the first to the last, at even distances."""
    if len(rows) <= most:
        return list(rows)
    return [rows[place] for place in np.linspace(0, len(rows) - 1, most).round().astype(int)]


def squared_errors(photos: Levels, others: Levels) -> Floats:
    """The mean squared error (N,) of each photo, values in [0, 1]."""
    off = (photos.astype(np.float32) - others.astype(np.float32)) / 255
    return np.asarray(np.square(off).mean(axis=(1, 2, 3)), dtype=np.float32)


def decibels(errors: Floats) -> Floats:
    """Mean squared errors as peak signal-to-noise ratios; 100 dB stand for no error at all."""
    return np.asarray(-10 * np.log10(np.maximum(errors, 1e-10)), dtype=np.float32)


def _cosines() -> Floats:
    """The first rows of the orthonormal discrete cosine transform (Ahmed, Natarajan and Rao, IEEE ToC 1974)."""
    places, waves = np.arange(SIDE), np.arange(_WAVES)
    basis = np.cos(np.pi * (2 * places[None] + 1) * waves[:, None] / (2 * SIDE)) * math.sqrt(2 / SIDE)
    basis[0] /= math.sqrt(2)
    return basis.astype(np.float32)


_BASIS = _cosines()  # (_WAVES, SIDE)


def _to_waves(photos: Levels) -> Floats:
    """(N, F) of (N, 128, 128, 3): values in [0, 1], as low waves."""
    x = photos.transpose(0, 3, 1, 2).astype(np.float32) / 255
    return np.asarray((_BASIS @ x @ _BASIS.T).reshape(len(x), -1), dtype=np.float32)


def _from_waves(waves: Floats) -> Levels:
    """(N, 128, 128, 3) of (N, F)."""
    x = _BASIS.T @ waves.reshape(-1, 3, _WAVES, _WAVES) @ _BASIS
    return np.ascontiguousarray((x.clip(0, 1) * 255).round().astype(np.uint8).transpose(0, 2, 3, 1))
