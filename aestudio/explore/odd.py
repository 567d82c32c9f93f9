"""Photos of a folder that are unlike the others in it: misfires, damaged files, and what is no photo at all.

Nothing is learnt from labels, and nothing is known of good photos: a few signals are measured on each photo, each is
compared with what is usual in the folder, and a photo is as odd as the oddest of its signals.
"""

import math
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence, SettingsError
from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.progress import Progress

Doubles = NDArray[np.float64]

FEWEST: Final = 20  # photos: of fewer, nobody can tell what is usual
_AT_ONCE: Final = 256  # small copies in memory: 12 MB
_DIRECTIONS: Final = 32  # of codes, along which they are compared: the next ones hold little but noise
_EACH: Final = 5  # photos for each direction, at least
_FITTED: Final = 20_000  # photos that the usual code is made from, at most
_USUAL: Final = 0.85  # share of the photos that counts as usual where a fit must not follow the odd ones
_ROUNDS: Final = 4
_INNER: Final = 0.84  # quantile: one standard deviation of a normal distribution above its middle
_COARSE: Final = 16  # pixels of a side
_EMPTY: Final = 1e-3  # mean squared error: where a coarse copy loses less, there is little to come out worse


class FewPhotosError(SettingsError):
    """Of so few photos, nobody can tell what is usual."""


class Reason(Enum):
    """What may be odd about a photo, in the order of the columns of `Odd.signals`."""

    ERROR = "error"  # it comes out of its code worse than photos as busy as it
    CODE = "code"  # its code is far from those of the others
    LIGHT = "light"  # darker or lighter
    COLOUR = "colour"  # another cast
    DETAIL = "detail"  # softer or harsher than others of that contrast
    FLAT = "flat"  # areas without any texture
    LINES = "lines"  # straight lines or edges from one side to the other


REASONS: Final = tuple(Reason)
# how far a signal may always stray, in its own unit, however alike the photos of a folder are
_FLOORS: Final = {
    Reason.ERROR: 0.1,
    Reason.CODE: 0.05,
    Reason.LIGHT: 3.0,
    Reason.COLOUR: 0.1,
    Reason.DETAIL: 0.05,
    Reason.FLAT: 0.4,
    Reason.LINES: 0.15,
}
_HEARSAY: Final = 1.5  # what comes of the code says less than the picture itself: it has to stray so much further
_OF_CODE: Final = (Reason.ERROR, Reason.CODE)
_ONE_SIDED: Final = (Reason.ERROR, Reason.CODE, Reason.COLOUR, Reason.FLAT, Reason.LINES)  # less of it is not odd


@dataclass(frozen=True, eq=False)
class Odd:
    """How odd each photo of a folder is, and why. Scores of two folders cannot be compared."""

    # (P, 7): a column for each Reason; how far from the usual, in usual deviations (what comes of the code: in one and
    # a half of them). − is less of it
    signals: Floats
    fence: float  # beyond it lies what stands apart from the others (Tukey, Exploratory Data Analysis, 1977)

    @cached_property
    def scores(self) -> Floats:
        """(P,): the largest of the signals of each photo, whatever its sign. Most photos are below 2."""
        return np.asarray(np.abs(self.signals).max(axis=1), dtype=np.float32)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Rows (P,) from the oddest one on."""
        return np.argsort(-self.scores, kind="stable")

    def why(self, row: int, least: float = 2.0) -> list[tuple[Reason, float]]:
        """Signals of a photo from the strongest one on: that one, and others as far from the usual as `least`."""
        found = sorted(zip(REASONS, self.signals[row].tolist(), strict=True), key=lambda each: -abs(each[1]))
        return [each for place, each in enumerate(found) if place == 0 or abs(each[1]) >= least]


def said(reason: Reason, deviation: float) -> Sentence:
    """A signal of a photo in a few words, beside the others of its folder."""
    if reason is Reason.ERROR:
        return Sentence.of("drawn worse")
    if reason is Reason.LIGHT:
        return Sentence.of("lighter") if deviation > 0 else Sentence.of("darker")
    if reason is Reason.DETAIL:
        return Sentence.of("harsher") if deviation > 0 else Sentence.of("softer")
    if reason is Reason.COLOUR:
        return Sentence.of("another colour cast")
    if reason is Reason.FLAT:
        return Sentence.of("flat areas")
    if reason is Reason.LINES:
        return Sentence.of("lines across")
    return Sentence.of("unlike the others")


def find_odd(photos: Indexed, progress: Progress) -> Odd:
    """How odd each photo is among the others.

    Time grows with the number of photos alone, and what is held in memory is a few numbers for each, beside its code;
    of more than 20,000 photos as many, drawn at random, say which codes are usual. Raises FewPhotosError for fewer
    than 20 photos, and what reading their small copies raises.
    """
    if len(photos) < FEWEST:
        raise FewPhotosError(
            "Of fewer than {fewest} photos nobody can tell what is usual. Please choose a folder with more of them.",
            fewest=FEWEST,
        )
    plain = []
    for start in range(0, len(photos), _AT_ONCE):
        progress.step(start, len(photos))
        smalls = photos.smalls(range(start, min(start + _AT_ONCE, len(photos))))
        plain.append(measures(smalls))
    progress.check()
    found = from_measures(photos.codes, photos.errors, np.concatenate(plain))
    progress.step(len(photos), len(photos))
    return found


def from_measures(codes: Floats, errors: Floats, plain: Doubles) -> Odd:
    """The same from codes (P, length), errors (P,) and what `measures` gave for each photo."""
    coarse, light, a, b, slope, fine, flat, lines = plain.T
    found = {
        Reason.ERROR: _unexplained(np.log(errors.astype(np.float64) + _EMPTY), np.log(coarse + _EMPTY)),
        Reason.CODE: np.log(_distances(codes.astype(np.float64), min(_DIRECTIONS, len(codes) // _EACH)) + 1e-6),
        Reason.LIGHT: light,
        Reason.COLOUR: np.log(_distances(np.stack((a, b), axis=1), 2) + 1),
        Reason.DETAIL: _unexplained(np.log(fine + 0.1), np.log(slope + 0.1)),
        Reason.FLAT: np.log(flat + 0.01),
        Reason.LINES: lines,
    }
    signals = np.stack([_deviations(found[reason], _FLOORS[reason]) for reason in REASONS], axis=1)
    for reason in _ONE_SIDED:
        column = REASONS.index(reason)
        signals[:, column] = signals[:, column].clip(min=0)
    for reason in _OF_CODE:
        signals[:, REASONS.index(reason)] /= _HEARSAY
    scores = np.abs(signals).max(axis=1)
    low, high = np.quantile(scores, (0.25, 0.75))
    return Odd(signals.astype(np.float32), float(high + 1.5 * (high - low)))


def measures(smalls: Levels) -> Doubles:
    """(P, 8) for photos (P, 128, 128, 3): what a coarse copy loses, CIELAB's means, slopes, fine detail, and so on."""
    return np.stack([_plain(small) for small in smalls])


def _plain(small: Levels) -> Doubles:
    x = small.astype(np.float32) / np.float32(255)
    lab = cv2.cvtColor(x, cv2.COLOR_RGB2LAB)
    coarse = cv2.resize(x, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA)
    lost = _power(cv2.resize(coarse, x.shape[:2], interpolation=cv2.INTER_CUBIC) - x)
    lightness = np.ascontiguousarray(lab[..., 0])
    across, down = lightness[:, 1:] - lightness[:, :-1], lightness[1:] - lightness[:-1]
    fine = _power(across[:, 1:] - across[:, :-1]), _power(down[1:] - down[:-1])  # second differences
    # how much of what changes from row to row changes along the whole row; the same for columns
    whole = (_power(np.diff(x.mean(axis=axis), 2, axis=0)) for axis in (0, 1))
    lines = max(
        math.log(math.sqrt(one) + 1e-3) - math.log(math.sqrt(each) / 100 + 1e-2)
        for one, each in zip(whole, fine, strict=True)
    )
    packed = small.astype(np.uint32) @ np.array((1 << 16, 1 << 8, 1), np.uint32)
    same = (packed[1:, :-1] == packed[:-1, :-1]) & (packed[:-1, 1:] == packed[:-1, :-1])
    slope = math.sqrt(_power(across) + _power(down))
    return np.array((lost, *cv2.mean(lab)[:3], slope, math.sqrt(sum(fine)), same.mean(), lines))


def _power(x: Floats) -> float:
    """The mean of the squares."""
    flat = x.reshape(-1)
    return float(flat @ flat) / flat.size


def _deviations(x: Doubles, floor: float) -> Doubles:
    """From the median, in usual deviations to that side."""
    low, middle, high = np.quantile(x, (1 - _INNER, 0.5, _INNER))
    away = x - middle
    return np.asarray(np.where(away > 0, away / max(high - middle, floor), away / max(middle - low, floor)))


def _unexplained(y: Doubles, x: Doubles) -> Doubles:
    """What of y a straight line through x does not tell; the line follows the usual photos."""
    kept = np.ones(len(y), dtype=bool)
    rest = y
    design = np.stack((np.ones_like(x), x), axis=1)
    for _ in range(_ROUNDS):
        weights = np.linalg.lstsq(design[kept], y[kept], rcond=None)[0]
        rest = y - design @ weights
        kept = np.abs(rest) <= np.quantile(np.abs(rest), _USUAL)
    return rest


def _distances(x: Doubles, directions: int) -> Doubles:
    """Mahalanobis distances from the usual (P,), along the directions in which photos differ most.

    The covariance is shrunk (Ledoit & Wolf, J. Multivariate Analysis 2004), and made from the usual photos alone: those
    that were nearest in the round before.
    """
    from sklearn.covariance import LedoitWolf  # takes a second
    from threadpoolctl import threadpool_limits

    rows = np.arange(len(x))
    if len(x) > _FITTED:
        rows = np.random.default_rng(0).permutation(len(x))[:_FITTED]
    kept = rows
    found = np.zeros(len(x))
    with threadpool_limits(1, "blas"):  # beside other work, several threads wait longer for one another than they work
        for _ in range(_ROUNDS):
            fitted = LedoitWolf().fit(x[kept])
            variances, axes = np.linalg.eigh(fitted.covariance_)
            largest = slice(len(variances) - directions, None)
            scale = np.sqrt(variances[largest].clip(min=1e-12))
            found = np.sqrt(np.square((x - fitted.location_) @ axes[:, largest] / scale).sum(axis=1))
            kept = rows[found[rows] <= np.quantile(found[rows], _USUAL)]
    return found
