"""Photos made by hand out of codes: moved along directions, between two photos, and drawn at random."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.explore.photos import Floats, Levels

Doubles = NDArray[np.float64]

DIRECTIONS = 10
REACH = 4.0  # standard deviations that a slider goes to each side
WALK = tuple(range(-3, 4))  # standard deviations, of a film strip
PICTURE_SIDE = 256  # pixels of the longer side of a picture that is saved
_MOST_CODES = 10_000  # at least, where there are more
_SAME_WAY = 1e-3  # of the sine of an angle: there is no one way around


@dataclass(frozen=True, eq=False)
class Directions:
    """In which codes differ most: their principal directions, the strongest first.

    Places along them are told in standard deviations of the codes that they were found in; 0 is the mean.
    """

    mean: Floats  # (length,)
    axes: Floats  # (D, length), of length 1 and at right angles
    deviations: Floats  # (D,), more than 0
    shares: Floats  # (D,), of all the variance there is

    def __len__(self) -> int:
        return len(self.axes)

    def places(self, code: Floats) -> Floats:
        """Where a code (length,) is along each direction, (D,)."""
        return np.asarray((code - self.mean) @ self.axes.T / self.deviations, dtype=np.float32)

    def moved(self, code: Floats, places: Floats) -> Floats:
        """The code (length,) that is at those places (D,); in all other directions it stays where it is."""
        steps = (places - self.places(code)) * self.deviations
        return np.asarray(code + steps @ self.axes, dtype=np.float32)

    def walk(self, code: Floats, direction: int, places: Sequence[float] = WALK) -> Floats:
        """The code at places along one direction, (N, length)."""
        steps = (np.asarray(places, dtype=np.float32) - self.places(code)[direction]) * self.deviations[direction]
        return np.asarray(code + steps[:, None] * self.axes[direction], dtype=np.float32)


def main_directions(codes: Floats, most: int = DIRECTIONS) -> Directions:
    """The strongest directions of codes (P, length); as many as they differ in, which may be none."""
    mean, values, axes = _spread(codes)
    kept = min(most, int((values > max(float(values[0]), 1e-12) * 1e-9).sum())) if len(values) else 0
    total = float(values.sum())
    # their sign means nothing: the largest number of each is made positive, so that sliders always go the same way
    axes = axes[:kept] * np.where(axes[:kept].max(axis=1) >= -axes[:kept].min(axis=1), 1, -1)[:, None]
    return Directions(
        mean.astype(np.float32),
        axes.astype(np.float32),
        np.sqrt(values[:kept]).astype(np.float32),
        (values[:kept] / total if kept else values[:0]).astype(np.float32),
    )


def between(one: Floats, other: Floats, share: float, *, spherical: bool) -> Floats:
    """The code that lies at `share` of the way from one code (length,) to another one, 0 to 1.

    Plain codes are mixed in proportion. Codes of a variational autoencoder are about normal: nearly all of them are as
    far from the middle as the root of their length, and what lies straight between two of them is nearer, where no
    photos are, and comes out pale. They go around the middle on a great circle (White, Sampling Generative Networks,
    2016), and their distance from it in proportion.
    """
    straight = np.asarray((1 - share) * one + share * other, dtype=np.float32)
    lengths = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    if not spherical or min(lengths) < 1e-6:
        return straight
    ways = one.astype(np.float64) / lengths[0], other.astype(np.float64) / lengths[1]
    angle = math.acos(min(1.0, max(-1.0, float(ways[0] @ ways[1]))))
    if math.sin(angle) < _SAME_WAY:
        return straight
    way = (math.sin((1 - share) * angle) * ways[0] + math.sin(share * angle) * ways[1]) / math.sin(angle)
    return np.asarray(way * ((1 - share) * lengths[0] + share * lengths[1]), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Normal:
    """A normal distribution that codes are drawn from."""

    mean: Floats  # (length,)
    spread: Floats  # (K, length): the sum of its rows, each times a standard normal number, is added

    @classmethod
    def standard(cls, length: int) -> "Normal":
        """That of a variational autoencoder, which learnt to make photos of it."""
        return cls(np.zeros(length, dtype=np.float32), np.eye(length, dtype=np.float32))

    @classmethod
    def fitted(cls, codes: Floats) -> "Normal":
        """With the mean and the covariance of codes (P, length), for an autoencoder that promises nothing of them."""
        mean, values, axes = _spread(codes)
        return cls(mean.astype(np.float32), (np.sqrt(values)[:, None] * axes).astype(np.float32))

    def draw(self, count: int, seed: int, temperature: float = 1.0) -> Floats:
        """Codes (count, length), the same ones for the same seed; the lower the temperature, the nearer to the mean."""
        numbers = np.random.default_rng(seed).standard_normal((count, len(self.spread)), dtype=np.float32)
        return np.asarray(self.mean + temperature * (numbers @ self.spread), dtype=np.float32)


def in_shape(small: Levels, size: tuple[int, int], longest: int = PICTURE_SIDE) -> Levels:
    """A small picture (128, 128, 3) in the shape of its photo of that height and width, `longest` pixels at most."""
    height, width = size
    scale = longest / max(height, width, 1)
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(small, shape, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _spread(codes: Floats) -> tuple[Doubles, Doubles, Doubles]:
    """Mean (length,), variances (length,) and principal directions (length, length) of codes, the strongest first.

    Of many codes, a sample that is evenly spread tells as much.
    """
    codes = codes[:: max(1, len(codes) // _MOST_CODES)]
    mean = codes.mean(axis=0, dtype=np.float64) if len(codes) else np.zeros(codes.shape[1])
    centred = codes - mean
    values, axes = np.linalg.eigh(centred.T @ centred / max(1, len(codes) - 1))
    return mean, values[::-1].clip(min=0), axes.T[::-1]
