"""A line drawn freely around photos."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

_STEP = 3  # pixels that the pointer must go for another point


class Lasso:
    """The line while it is drawn."""

    def __init__(self) -> None:
        self._points: list[QPointF] = []

    @property
    def going_on(self) -> bool:
        """Whether it is being drawn."""
        return bool(self._points)

    @property
    def polygon(self) -> QPolygonF:
        """What was drawn so far."""
        return QPolygonF(self._points)

    def begin(self, place: QPointF) -> None:
        """The button went down."""
        self._points = [QPointF(place)]

    def move(self, place: QPointF) -> None:
        """The pointer went on."""
        if self._points and (place - self._points[-1]).manhattanLength() >= _STEP:
            self._points.append(QPointF(place))

    def drop(self) -> None:
        """Forget it."""
        self._points = []

    def end(self) -> NDArray[np.float64]:
        """The corners (K, 2) of what was drawn; the line is gone."""
        corners = np.array([(point.x(), point.y()) for point in self._points]).reshape(-1, 2)
        self.drop()
        return corners


def inside(corners: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which places (N, 2) lie within a closed line of corners (K, 2), by the even-odd rule."""
    found = np.zeros(len(places), dtype=bool)
    x, y = places[:, 0], places[:, 1]
    for (x_1, y_1), (x_2, y_2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y_1 == y_2:
            continue
        crosses = (y_1 > y) != (y_2 > y)
        found ^= crosses & (x < (x_2 - x_1) * (y - y_1) / (y_2 - y_1) + x_1)
    return found
