"""Whether a new model is better than the one whose place it would take: what the scores of both say.

Nothing here computes with networks (see `judging`): the window shows verdicts before anything that does is loaded.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence, TrainingDataError
from aestudio.training.places import VERDICT

FEWEST = 6  # photos: with 5, a gain on each comes by chance once in 32 times, with 6 less than once in 40 (sign test)
RESAMPLES, SEED = 10_000, 1
MISSED = 0.05  # share of verdicts in which the truth may lie outside the interval


@dataclass(frozen=True)
class Scale:
    """What counts in a score."""

    least: float  # gains below it are not worth a change
    loss: float  # on our own benchmark; a model that loses more forgets
    ruin: float  # on our own benchmark; a model that loses more has learnt something else than its task


DECIBELS = Scale(0.05, 0.5, 3.0)
SCALES: Mapping[str, Scale] = {
    "f1": Scale(0.005, 0.05, 0.3),
    "nearness": Scale(0.01, 0.1, 0.5),
}  # others are in decibels


@dataclass(frozen=True)
class Comparison:
    """Scores of two models on the same photos; more is better."""

    names: tuple[str, ...]
    old: tuple[float, ...]  # empty where there is no model to compare with
    new: tuple[float, ...]
    gain: float  # the mean over photos
    low: float  # the ends of its 95 % interval
    high: float

    @classmethod
    def of(cls, names: Sequence[str], old: Sequence[float], new: Sequence[float]) -> "Comparison":
        """Scores are kept to a ten-thousandth."""
        gains = np.array(new) - np.array(old) if old else np.zeros(1)
        low, high = interval(gains)
        before, after = (tuple(round(score, 4) for score in scores) for scores in (old, new))
        return cls(tuple(names), before, after, *(round(float(value), 4) for value in (gains.mean(), low, high)))

    @property
    def gains(self) -> tuple[float, ...]:
        """Of each photo; none where there is no model to compare with."""
        return tuple(round(now - before, 4) for before, now in zip(self.old, self.new, strict=False))

    @property
    def mean_old(self) -> float | None:
        """None where there is no model to compare with."""
        return sum(self.old) / len(self.old) if self.old else None

    @property
    def mean_new(self) -> float:
        """Over all photos."""
        return sum(self.new) / len(self.new)


@dataclass(frozen=True)
class Worst:
    """One of the photos with the smallest gains. The pictures are PNG files, as paths from the run's folder."""

    name: str
    gain: float
    before: str
    old: str  # what the model in use makes of it; empty where there is none
    new: str
    truth: str


@dataclass(frozen=True)
class Verdict:
    """What a judgement came to."""

    task: str
    score: str  # name of the score that decides
    photos: Comparison  # held-out photos of the user
    better: bool  # for sure, and by more than a trifle
    standard: Comparison | None  # our own benchmark; None where there is no model to compare with
    forgets: bool  # some of what the model in use can do with other photos: no reason against it, but to be said
    worst: tuple[Worst, ...]
    headline: Sentence
    reasons: tuple[Sentence, ...]

    @property
    def compared(self) -> bool:
        """Whether there was a model to compare with."""
        return bool(self.photos.old)

    @property
    def adoptable(self) -> bool:
        """Whether adopting it is offered: it is better, or there is no other model for its task."""
        return self.better or not self.compared

    def to_json(self) -> str:
        """As `from_json` reads it."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Verdict":
        """Raises ValueError, KeyError or TypeError for anything else."""
        table = json.loads(text)
        return cls(
            **{
                **table,
                "photos": _comparison(table["photos"]),
                "standard": table["standard"] and _comparison(table["standard"]),
                "worst": tuple(Worst(**each) for each in table["worst"]),
                "headline": _sentence(table["headline"]),
                "reasons": tuple(_sentence(each) for each in table["reasons"]),
            }
        )


def _comparison(table: dict[str, Any]) -> Comparison:
    rows = {name: tuple(table[name]) for name in ("names", "old", "new")}
    return Comparison(**{**table, **rows})


def _sentence(table: dict[str, Any]) -> Sentence:
    values = ((name, value if isinstance(value, str) else _sentence(value)) for name, value in table["values"])
    return Sentence(table["template"], tuple(values))


def read_verdict(run_dir: Path) -> Verdict:
    """The verdict on a run's model. Raises TrainingDataError if there is none, or it is damaged."""
    path = run_dir / VERDICT
    try:
        return Verdict.from_json(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise TrainingDataError("The verdict {path} cannot be read. Please judge the model again.", path=path) from exc


def decide(
    task_id: str, score: str, photos: Comparison, standard: Comparison | None, worst: tuple[Worst, ...] = ()
) -> Verdict:
    """The verdict that follows from the scores."""
    scale = SCALES.get(score, DECIBELS)
    ruined = standard is not None and standard.gain < -scale.ruin and standard.high < 0
    gains = bool(photos.old) and len(photos.new) >= FEWEST and photos.low > 0 and photos.gain >= scale.least
    better = gains and not ruined
    forgets = standard is not None and standard.gain < -scale.loss and standard.high < 0
    headline = _RUINED if ruined else _headline(score, scale, photos, better)
    reasons = _reasons(score, scale, photos, better)
    if standard is not None:
        reasons.append(_on_ours(score, scale, standard, forgets))
    return Verdict(task_id, score, photos, better, standard, forgets, worst, headline, tuple(reasons))


def interval(gains: NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % interval of the mean over photos.

    Percentiles of the means of photos drawn anew (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter
    13). With few photos these lie too near to each other: for 6 of them the truth is outside 13 times in 100. So they
    are taken further out, as Hesterberg does (The American Statistician 69, 2015, section 4.1): 7 times in 100.
    """
    count = len(gains)
    if count < 2:
        return float(gains[0]), float(gains[0])
    rng = np.random.default_rng(SEED)
    parts = [gains[rng.integers(count, size=(RESAMPLES // 10, count))].mean(axis=1) for _ in range(10)]
    tail = NormalDist().cdf(-math.sqrt(count / (count - 1)) * _student(count - 1))
    low, high = np.quantile(np.concatenate(parts), (tail, 1 - tail))
    return float(low), float(high)


def _student(freedom: int) -> float:
    """The quantile of Student's t that leaves MISSED outside, to half a percent for 4 degrees of freedom or more.

    Expanded around the normal one: Abramowitz & Stegun, 1964, 26.7.5.
    """
    z = NormalDist().inv_cdf(1 - MISSED / 2)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return float(z + first / freedom + second / freedom**2 + third / freedom**3)


# what is said

_RUINED = Sentence(
    "The new model spoils other photos: what it learnt from is not what it seems, such as truths that are blurred or "
    "belong to other photos. It is kept as a candidate; the model in use stays."
)


def _headline(score: str, scale: Scale, photos: Comparison, better: bool) -> Sentence:
    if not photos.old:
        return Sentence.of(
            "The new model was trained from nothing, and there is no other to compare it with. Please compare by eye."
        )
    gain, low, high = _numbers(score, photos.gain, photos.low, photos.high)
    values = {"gain": _amount(score, gain), "count": len(photos.new), "low": low, "high": high}
    if better:
        return Sentence.of(
            "The new model is better: {gain} on {count} photos it has not seen (between {low} and {high}).", **values
        )
    if photos.high < 0 and photos.gain <= -scale.least:
        return Sentence.of(
            "The new model is worse: {gain} on photos it has not seen (between {low} and {high}). It is kept as a "
            "candidate; the model in use stays.",
            **values,
        )
    return Sentence.of(
        "The new model is not better for sure: {gain} on photos it has not seen (between {low} and {high}). It is kept "
        "as a candidate; the model in use stays.",
        **values,
    )


def _reasons(score: str, scale: Scale, photos: Comparison, better: bool) -> list[Sentence]:
    if not photos.old:
        return []
    count, gained = len(photos.new), sum(gain > 0 for gain in photos.gains)
    said = [Sentence.of("Photos on which it does better: {gained} of {count}.", gained=gained, count=count)]
    if better:
        return said
    if count < FEWEST:
        said.append(
            Sentence.of(
                "Photos kept for the verdict: {count}. A sure one needs {fewest} or more: please add photos.",
                count=count,
                fewest=FEWEST,
            )
        )
    elif photos.low <= 0 < photos.high:
        said.append(
            Sentence.of(
                "The gain differs so much from photo to photo that it may be chance. More photos or longer training "
                "can settle it."
            )
        )
    elif 0 < photos.low:
        (least,) = _numbers(score, scale.least)
        said.append(
            Sentence.of("A gain of less than {least} cannot be seen in a picture.", least=_amount(score, least))
        )
    return said


def _on_ours(score: str, scale: Scale, standard: Comparison, forgets: bool) -> Sentence:
    change, low, high = _numbers(score, standard.gain, standard.low, standard.high)
    values = {"change": _amount(score, change), "count": len(standard.new), "low": low, "high": high}
    if forgets:
        return Sentence.of(
            "It has forgotten some of what the model in use can do: {change} on {count} photos of all kinds that come "
            "with AEStudio (between {low} and {high}). Please use it for photos like yours.",
            **values,
        )
    if standard.high < 0 and standard.gain <= -scale.least:
        return Sentence.of(
            "It does a little worse with other photos: {change} on {count} photos of all kinds that come with AEStudio "
            "(between {low} and {high}).",
            **values,
        )
    return Sentence.of(
        "It does no worse with other photos: {change} on {count} photos of all kinds that come with AEStudio (between "
        "{low} and {high}).",
        **values,
    )


def _amount(score: str, number: str) -> Sentence:
    """A difference between scores, with its unit."""
    if score == "f1":
        return Sentence.of("{number} points of 100 in finding marks", number=number)
    if score == "nearness":
        return Sentence.of("{number} % in how near it comes to the true noise", number=number)
    return Sentence.of("{number} dB", number=number)


def _numbers(score: str, *values: float) -> list[str]:
    """Differences between scores as they are read, all to the same place: to hundredths where one is that small."""
    shown = [100 * value if score in SCALES else value for value in values]
    digits = 1 if min(map(abs, shown)) >= 0.1 else 2
    return [f"{round(value, digits) + 0.0:+.{digits}f}".replace("-", "−") for value in shown]  # +0.0: never −0.00
