"""A curve that stays short however long a training takes."""

import math
from typing import Final

MOST: Final = 600  # points: more than a chart is wide has no use
_SMOOTHED: Final = 0.06  # share of the curve over which it is smoothed


class Series:
    """Mean values over stretches of the curve: where they become too many, two of them become one."""

    def __init__(self, most: int = MOST) -> None:
        """`most` is even."""
        self._most = most
        self._stretch = 1  # values that a point stands for
        self._open: list[tuple[float, float]] = []
        self._xs: list[float] = []
        self._ys: list[float] = []

    def __len__(self) -> int:
        return len(self._xs) + bool(self._open)

    def clear(self) -> None:
        """Begin anew."""
        self._stretch = 1
        for values in (self._open, self._xs, self._ys):
            values.clear()

    def add(self, x: float, y: float) -> None:
        """A further value, to the right of all others; what is no number is left out."""
        if not (math.isfinite(x) and math.isfinite(y)):
            return
        self._open.append((x, y))
        if len(self._open) < self._stretch:
            return
        self._close()
        if len(self._xs) >= self._most:
            self._xs = _halved(self._xs)
            self._ys = _halved(self._ys)
            self._stretch *= 2

    def _close(self) -> None:
        count = len(self._open)
        self._xs.append(sum(x for x, _ in self._open) / count)
        self._ys.append(sum(y for _, y in self._open) / count)
        self._open.clear()

    @property
    def xs(self) -> list[float]:
        """Where the points are."""
        return self._xs + ([self._open[-1][0]] if self._open else [])

    @property
    def ys(self) -> list[float]:
        """The values there."""
        return self._ys + ([sum(y for _, y in self._open) / len(self._open)] if self._open else [])

    def smoothed(self) -> list[float]:
        """The values, each as the mean of its neighbourhood; as many as `ys`."""
        values = self.ys
        half = round(len(values) * _SMOOTHED / 2)
        sums = [0.0]
        for value in values:
            sums.append(sums[-1] + value)
        return [
            (sums[high] - sums[low]) / (high - low)
            for n in range(len(values))
            for low, high in [(max(0, n - half), min(len(values), n + half + 1))]
        ]


def _halved(values: list[float]) -> list[float]:
    return [(a + b) / 2 for a, b in zip(values[::2], values[1::2], strict=True)]
