"""A curve that stays short however long a training takes."""

import math
from collections.abc import Sequence
from typing import Final

from aestudio.training.curve import MOST, Row, add_row

_SMOOTHED: Final = 0.06  # share of the curve over which it is smoothed


class Series:
    """Mean values over stretches of the curve, see `add_row`."""

    def __init__(self, most: int = MOST) -> None:
        """`most` is even."""
        self._most = most
        self._rows: list[Row] = []

    def __len__(self) -> int:
        return len(self._rows)

    def clear(self) -> None:
        """Begin anew."""
        self._rows.clear()

    def add(self, x: float, y: float) -> None:
        """A further value, to the right of all others; what is no number is left out."""
        if math.isfinite(x) and math.isfinite(y):
            add_row(self._rows, {"x": x, "y": y}, self._most)

    @property
    def xs(self) -> list[float]:
        """Where the points are."""
        return [row["x"] for row in self._rows]

    @property
    def ys(self) -> list[float]:
        """The values there."""
        return [row["y"] for row in self._rows]


def smoothed(values: Sequence[float]) -> list[float]:
    """The values, each as the mean of its neighbourhood."""
    half = round(len(values) * _SMOOTHED / 2)
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return [
        (sums[high] - sums[low]) / (high - low)
        for n in range(len(values))
        for low, high in [(max(0, n - half), min(len(values), n + half + 1))]
    ]
