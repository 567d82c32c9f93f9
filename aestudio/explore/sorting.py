"""Sorts photos by example: a few are labelled, and a classifier on the codes sorts the others."""

import csv
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence, SettingsError
from aestudio.explore.labels import Labels
from aestudio.explore.photos import Floats, Indexed
from aestudio.images.atomic import atomic_write
from aestudio.progress import Progress

Doubles = NDArray[np.float64]
Numbers = NDArray[np.int64]

WANTED = 5  # labels of each class: with fewer, neither the classifier nor what is said of it is worth much
FEWEST = 2  # labels of each class: one to learn from, one to be asked
UNSURE = 0.7  # a lower certainty deserves a look
_STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1)  # C of logistic regression that are tried
_USUAL = 0.01  # C, where there are too few labels to choose
_ENOUGH_TO_CHOOSE = 3  # labels of each class
_TEMPERATURES = np.exp(np.linspace(np.log(0.02), np.log(4), 49))
_FOLDS = 5
_REPEATED = ((40, 4), (100, 2))  # with fewer labels than the first number, cross-validation is done so often
_Z = 1.959964  # of the normal distribution: 95 cases of 100
_one_at_a_time = threading.Lock()  # how many threads BLAS takes is a matter of the whole process


class FewLabelsError(SettingsError):
    """There are too few labels to sort by."""


@dataclass(frozen=True, eq=False)
class Known:
    """The labelled photos to learn from: one of each content."""

    rows: Numbers  # of `Indexed`
    y: Numbers  # place in `classes`
    classes: tuple[str, ...]  # that have labels, in the user's order

    @property
    def fewest(self) -> int:
        """Labels of the class that has the fewest."""
        return int(np.bincount(self.y, minlength=len(self.classes)).min())


@dataclass(frozen=True, eq=False)
class Quality:
    """How well labelled photos are sorted that were held out: by cross-validation.

    Labels that were given one by one to the photos that were least certain are harder than others: then the photos
    that have none are sorted better than this says.
    """

    right: float  # share of the labelled photos, in [0, 1]
    low: float  # the share lies between these in 95 cases of 100 (Wilson, JASA 1927)
    high: float
    count: int  # labelled photos
    log_loss: float  # mean, in nats
    confusion: Doubles  # (K, K): given class in rows, found class in columns; mean counts
    hits: Doubles  # (count,): how often each labelled photo was sorted right, in [0, 1]


@dataclass(frozen=True, eq=False)
class Sorting:
    """The class of each photo, with its certainty."""

    classes: tuple[str, ...]
    probabilities: Floats  # (P, K)
    given: Numbers  # (P,): the class that the user gave, -1 for none
    quality: Quality
    strength: float  # C of logistic regression
    temperature: float  # that logits were divided by
    notes: tuple[Sentence, ...] = ()

    @cached_property
    def found(self) -> Numbers:
        """(P,): the class of each photo; where the user gave one, that one."""
        return np.where(self.given >= 0, self.given, self.probabilities.argmax(axis=1))

    @cached_property
    def certainty(self) -> Floats:
        """(P,): the probability of that class, as the classifier has it; 1 where the user gave it.

        One temperature, found on labels that were held out, makes it neither too sure nor too unsure on the whole. It
        is meant for photos like the labelled ones, in the same proportions: of what belongs to no class, it knows
        nothing.
        """
        return np.where(self.given >= 0, 1, self.probabilities.max(axis=1)).astype(np.float32)

    def rows_of(self, number: int | None = None, *, unsure: bool = False) -> list[int]:
        """The photos of a class, or of all: what the user labelled first, then from certain to uncertain."""
        chosen = np.ones(len(self.given), dtype=bool) if number is None else self.found == number
        if unsure:
            chosen &= self.certainty < UNSURE
        rows = np.flatnonzero(chosen)
        return [int(row) for row in rows[np.lexsort((-self.certainty[rows], self.given[rows] < 0))]]

    def next_to_label(self, photos: Indexed, count: int = 20) -> list[int]:
        """The photos whose labels would teach most: the least certain ones, each content once."""
        rows: list[int] = []
        digests: set[str] = set()
        for row in np.argsort(self.certainty, kind="stable"):
            if len(rows) == count or self.given[row] >= 0:
                break
            if photos.digests[row] not in digests:
                digests.add(photos.digests[row])
                rows.append(int(row))
        return rows


def labelled_photos(photos: Indexed, labels: Labels, least: int = FEWEST) -> Known:
    """The labelled photos among these. Raises FewLabelsError if there are not two classes of `least` labels."""
    first: dict[str, int] = {}
    for row, digest in enumerate(photos.digests):
        first.setdefault(digest, row)
    counts = labels.counts(photos.digests)
    classes = tuple(name for name in labels.classes if counts[name])
    if not classes:
        raise FewLabelsError("No photo is labelled yet. Please give a few photos of each class their label.")
    if len(classes) == 1:
        raise FewLabelsError(
            "All labels are of the class “{name}”. Please label some photos of another class as well.", name=classes[0]
        )
    for name in classes:
        if counts[name] < least:
            raise FewLabelsError(
                "The class “{name}” has too few labelled photos: {count}. Please label {least} of each class at least.",
                name=name,
                count=counts[name],
                least=least,
            )
    rows = [(row, labels.by_digest[digest]) for digest, row in first.items() if digest in labels.by_digest]
    return Known(
        np.array([row for row, _ in rows], dtype=np.int64),
        np.array([classes.index(name) for _, name in rows], dtype=np.int64),
        classes,
    )


def sort_photos(photos: Indexed, labels: Labels, progress: Progress | None = None) -> Sorting:
    """Sort photos by logistic regression on their standardised codes.

    How strongly it is regularised is chosen by cross-validation among the labelled ones, where each class has three.
    Raises FewLabelsError if there are not two classes of two labelled photos at least.
    """
    progress = progress or Progress()
    known = labelled_photos(photos, labels)
    x = standardised(photos.codes)
    strengths = _STRENGTHS if known.fewest >= _ENOUGH_TO_CHOOSE else (_USUAL,)
    kept = cross_validate(x[known.rows], known.y, strengths, split(known.y), progress)
    strength = strengths[kept.best]
    line = fit(x[known.rows], known.y, strength)
    return result(photos, labels, known, line.logits(x), kept, strength)


def standardised(codes: Floats) -> Doubles:
    """Codes whose numbers have a mean of 0 and a variance of 1 over all photos, labelled or not."""
    x = codes.astype(np.float64)
    spread = x.std(axis=0)
    return np.asarray((x - x.mean(axis=0)) / np.where(spread > 0, spread, 1))


def result(photos: Indexed, labels: Labels, known: Known, logits: Doubles, kept: "HeldOut", strength: float) -> Sorting:
    """What is told of photos, from their logits (P, K) and from how held-out ones were sorted."""
    given = _given(known.classes, photos, labels)
    temperature = kept.temperature
    notes = []
    lost = len(labels.by_digest.keys() - set(photos.digests))
    if lost:
        notes.append(
            Sentence.of("Labelled photos that are not among these any more: {count}. Labels are kept.", count=lost)
        )
    if (given >= 0).all():
        notes.append(Sentence.of("All photos are labelled: there are none left to sort."))
    return Sorting(
        known.classes,
        np.exp(log_softmax(logits / temperature)).astype(np.float32),
        given,
        kept.quality,
        strength,
        temperature,
        tuple(notes),
    )


def relabelled(sorting: Sorting, photos: Indexed, labels: Labels) -> Sorting:
    """The same sorting with other labels, before it is computed anew. A class that is gone takes no photos."""
    named = {name for name in labels.by_digest.values()}
    known = [number for number, name in enumerate(sorting.classes) if name in labels.classes]
    fresh = tuple(name for name in labels.classes if name in named and name not in sorting.classes)
    kept = sorting.probabilities[:, known]
    kept = kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-9)
    probabilities = np.concatenate((kept, np.zeros((len(kept), len(fresh)), dtype=np.float32)), axis=1)
    classes = (*(sorting.classes[number] for number in known), *fresh)
    return replace(sorting, classes=classes, probabilities=probabilities, given=_given(classes, photos, labels))


def renamed(sorting: Sorting, old: str, new: str) -> Sorting:
    """The same sorting, with another name for a class."""
    return replace(sorting, classes=tuple(new if name == old else name for name in sorting.classes))


def write_table(path: Path, photos: Indexed, sorting: Sorting, *, overwrite: bool = False) -> Path:
    """Write path, class and certainty of each photo as CSV. Raises ImageError if the disk refuses."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("path", "class", "certainty"))
    for row in sorting.rows_of():
        writer.writerow((photos.paths[row], sorting.classes[sorting.found[row]], f"{sorting.certainty[row]:.4f}"))
    data = text.getvalue().encode("utf-8", "surrogateescape")
    return atomic_write(path, lambda file: file.write(data), overwrite=overwrite)


def _given(classes: Sequence[str], photos: Indexed, labels: Labels) -> Numbers:
    """The class that the user gave to each photo, -1 for none."""
    numbers = {name: number for number, name in enumerate(classes)}
    names = (labels.by_digest.get(digest) for digest in photos.digests)
    return np.array([-1 if name is None else numbers.get(name, -1) for name in names], dtype=np.int64)


# the classifier


@dataclass(frozen=True, eq=False)
class Line:
    """A linear classifier."""

    weights: Doubles  # (K, length)
    bias: Doubles  # (K,)

    def logits(self, x: Doubles) -> Doubles:
        """(N, K) of (N, length)."""
        return np.asarray(x @ self.weights.T + self.bias)


def fit(x: Doubles, y: Numbers, strength: float) -> Line:
    """Multinomial logistic regression; `strength` is its C: the lower, the more it is regularised."""
    with _calm():
        return _fit(x, y, strength)


def _fit(x: Doubles, y: Numbers, strength: float) -> Line:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=5000).fit(x, y)
    weights, bias = np.asarray(model.coef_), np.asarray(model.intercept_)
    if len(weights) == 1:  # of two classes, scikit-learn has the second one alone
        weights, bias = np.concatenate((0 * weights, weights)), np.concatenate((0 * bias, bias))
    return Line(weights, bias)


@contextmanager
def _calm() -> Iterator[None]:
    """One thread for each table: with several, tables this small only wait for one another."""
    from threadpoolctl import threadpool_limits

    with _one_at_a_time, threadpool_limits(1, "blas"):
        yield


def log_softmax(logits: Doubles) -> Doubles:
    """Logarithms of probabilities, over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


# how good it is


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What classifiers said of labelled photos that they had not seen."""

    y: Numbers  # (N,)
    logits: Doubles  # (R, N, K): of as many repetitions, divided by a temperature that other folds told
    best: int  # which of the tries is best for all folds together
    temperature: float  # that its logits are to be divided by

    @cached_property
    def quality(self) -> Quality:
        """Told for people."""
        found = self.logits.argmax(axis=-1)
        hits = np.asarray((found == self.y).mean(axis=0), dtype=np.float64)
        classes = self.logits.shape[-1]
        confusion = np.zeros((classes, classes))
        np.add.at(confusion, (np.broadcast_to(self.y, found.shape), found), 1 / len(found))
        low, high = wilson(float(hits.mean()), len(hits))
        loss = -np.take_along_axis(log_softmax(self.logits), self.y[None, :, None], axis=-1).mean()
        return Quality(float(hits.mean()), low, high, len(hits), float(loss), confusion, hits)


def held_out(tries: Doubles, y: Numbers, folds: Numbers) -> HeldOut:
    """What several ways to learn (S) said of held-out photos: `tries` is (R, S, N, K), `folds` (R, N).

    In each fold, the way and the temperature count that were best for the photos of the others, so that what is told
    is not the best of many tries. Temperatures are those of Guo et al. (ICML 2017), and targets are softened by their
    number as in Platt (1999): a few photos that all happen to be sorted right are no proof of certainty.
    """
    count, classes = len(y), tries.shape[-1]
    target = np.full((count, classes), 1 / (count + classes))
    target[np.arange(count), y] += 1 - classes / (count + classes)
    every = np.stack([-(target * log_softmax(tries / each)).sum(axis=-1) for each in _TEMPERATURES])  # (T, R, S, N)

    def least(chosen: Doubles) -> tuple[int, int]:
        """The temperature and the way whose loss is the least, of (T, R, S, photos)."""
        means = chosen.mean(axis=(1, 3))
        temperature, way = divmod(int(means.argmin()), means.shape[1])
        return temperature, way

    logits = np.zeros((len(tries), count, classes))
    for repeat, fold_of in enumerate(folds):
        for fold in np.unique(fold_of):
            outside = fold_of == fold
            temperature, way = least(every[..., ~outside])
            logits[repeat, outside] = tries[repeat, way, outside] / _TEMPERATURES[temperature]
    temperature, way = least(every)
    return HeldOut(y, logits, way, float(_TEMPERATURES[temperature]))


def wilson(share: float, count: int) -> tuple[float, float]:
    """Between what a share of so many lies in 95 cases of 100 (Wilson, JASA 1927)."""
    square = _Z**2 / count
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * float(np.sqrt(share * (1 - share) / count + square / (4 * count)))
    return max(0.0, middle - half), min(1.0, middle + half)


def split(y: Numbers, folds: int = _FOLDS, repeats: int | None = None, seed: int = 0) -> Numbers:
    """In which fold each photo is held out: (R, N). Each fold has all classes in nearly the same proportions."""
    from sklearn.model_selection import StratifiedKFold

    folds = min(folds, int(np.bincount(y).min()))
    if repeats is None:
        repeats = next((times for below, times in _REPEATED if len(y) < below), 1)
    found = np.zeros((repeats, len(y)), dtype=np.int64)
    for number, row in enumerate(found):
        parts = StratifiedKFold(folds, shuffle=True, random_state=seed + number).split(np.zeros(len(y)), y)
        for fold, (_, held_out) in enumerate(parts):
            row[held_out] = fold
    return found


def cross_validate(
    x: Doubles, y: Numbers, strengths: Sequence[float], folds: Numbers, progress: Progress | None = None
) -> HeldOut:
    """How each labelled photo is sorted by those of the other folds, with each of the strengths."""
    progress = progress or Progress()
    repeats, classes, parts = len(folds), int(y.max()) + 1, int(folds.max()) + 1
    tries = np.zeros((repeats, len(strengths), len(y), classes))
    with _calm():
        for repeat, fold in product(range(repeats), range(parts)):
            progress.step(repeat * parts + fold, repeats * parts)
            inside, outside = folds[repeat] != fold, folds[repeat] == fold
            for number, strength in enumerate(strengths):
                tries[repeat, number, outside] = _fit(x[inside], y[inside], strength).logits(x[outside])
    progress.step(1, 1)
    return held_out(tries, y, folds)
