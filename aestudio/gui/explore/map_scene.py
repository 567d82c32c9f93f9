"""What of a map is seen at some zoom, and where: geometry only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from aestudio.explore.maps import PhotoMap

Rows = NDArray[np.int64]
Points = NDArray[np.float64]  # (N, 2) across and down, in pixels of the window

APART: Final = 0.68  # of a picture's side: pictures that are shown lie at least that far from one another
SIDES: Final = (40, 128)  # pixels of a picture at least, and at most
_FEW_SIDE = 112  # at most, where there are few photos
_GROWTH = 0.35  # power of the zoom by which pictures grow
_STEP = 8  # pixels, in which they do: each size of a picture is made anew
_MARGIN = 40  # pixels around a map that is shown as a whole
_DEEPEST = 4.0  # times the zoom at which nearly all photos are shown
_NEAREST_SHARE = 0.02  # of photos, that may lie on one another even then


class MapScene:
    """Places of photos in a window of some size: `scale` pixels for the longer side of the map, moved by `origin`."""

    def __init__(self, width: float = 1, height: float = 1) -> None:
        self.width, self.height = width, height
        self.scale = 1.0
        self.origin = np.zeros(2)
        self.map: PhotoMap | None = None
        self._fitted = 1.0
        self._first_side = SIDES[0]
        self._deepest = 1.0
        self._points: Points | None = None
        self._shapes = np.zeros((0, 2))  # width and height of each photo, the longer side 1

    # where one looks

    def take(self, photo_map: "PhotoMap | None") -> None:
        """Another map, shown as a whole."""
        self.map = photo_map
        self.fit()

    def take_sizes(self, sizes: Sequence[tuple[int, int]]) -> None:
        """The heights and widths of other photos."""
        both = np.array(sizes, dtype=np.float64).reshape(-1, 2)
        self._shapes = both[:, ::-1] / both.max(axis=1, initial=1, keepdims=True)

    def resize(self, width: float, height: float) -> None:
        """The window has another size: what was in its middle stays there, and a whole map stays whole."""
        whole = self.is_whole
        middle = self.at(self.width / 2, self.height / 2)
        self.width, self.height = max(1.0, width), max(1.0, height)
        if whole:
            self.fit()
        else:
            self._measure()
            self._put(middle, self.width / 2, self.height / 2)

    def fit(self) -> None:
        """Show the whole map."""
        self._measure()
        self.scale = self._fitted
        self._put(np.array([0.5, 0.5]), self.width / 2, self.height / 2)

    @property
    def is_whole(self) -> bool:
        """Whether the whole map is shown, in the middle."""
        return self.scale == self._fitted and np.allclose(self.at(self.width / 2, self.height / 2), 0.5)

    @property
    def zoom(self) -> float:
        """1 where the whole map is shown."""
        return self.scale / self._fitted

    def zoom_by(self, factor: float, x: float, y: float) -> None:
        """Nearer or farther; what is at that point of the window stays there."""
        held = self.at(x, y)
        self.scale = float(np.clip(self.scale * factor, self._fitted / 2, self._deepest))
        self._put(held, x, y)

    def pan(self, across: float, down: float) -> None:
        """Move the map by pixels; some photo stays in the window."""
        self.origin = self.origin + np.array([across, down])
        self._hold()

    def reveal(self, row: int) -> None:
        """Move as little as is needed for that photo to be seen."""
        x, y = self.points()[row]
        rim = self.side
        across = max(0.0, rim - x) - max(0.0, x - self.width + rim)
        down = max(0.0, rim - y) - max(0.0, y - self.height + rim)
        if across or down:
            self.pan(across, down)

    def at(self, x: float, y: float) -> Points:
        """The place on the map at a point of the window."""
        return (np.array([x, y], dtype=np.float64) - self.origin) / self.scale

    def _put(self, place: Points, x: float, y: float) -> None:
        self.origin = np.array([x, y]) - place * self.scale
        self._hold()

    def _hold(self) -> None:
        """Do not let all photos leave the window."""
        self._points = None
        points = self.points()
        if len(points):
            room = np.array([self.width, self.height])
            rim = np.minimum(room / 3, self.side)
            back = np.maximum(0, rim - points) - np.maximum(0, points - (room - rim))  # of each, to be in the window
            self.origin = self.origin + back[np.abs(back).sum(axis=1).argmin()]
            self._points = None

    def _measure(self) -> None:
        self._points = None
        if self.map is None or not len(self.map.places):
            self._fitted = self._deepest = self.scale = 1.0
            return
        extent = np.ptp(self.map.places, axis=0)
        room = np.maximum(1.0, np.array([self.width, self.height]) - 2 * _MARGIN)
        self._fitted = float((room / np.maximum(extent, 1e-6)).min())
        gaps = self.map.spread[np.isfinite(self.map.spread)]
        gaps = gaps[gaps > 0]
        if len(gaps):
            nearest = max(float(np.quantile(gaps, _NEAREST_SHARE)), 1e-5)
            self._deepest = max(8 * self._fitted, SIDES[1] / nearest * _DEEPEST)
            side = float(np.quantile(gaps, 0.1)) * self._fitted / APART
            self._first_side = int(np.clip(side, SIDES[0], _FEW_SIDE))
        else:  # all in one place
            self._fitted = float(room.min())
            self._deepest, self._first_side = 8 * self._fitted, _FEW_SIDE

    # what is seen

    def points(self) -> Points:
        """Where all photos are (P, 2), in pixels of the window."""
        if self._points is None:
            places = self.map.places if self.map is not None else np.zeros((0, 2))
            self._points = places * self.scale + self.origin
        return self._points

    @property
    def side(self) -> int:
        """Pixels of the longer side of a picture at this zoom."""
        side = self._first_side * max(1.0, self.zoom) ** _GROWTH
        return int(np.clip(round(side / _STEP) * _STEP, *SIDES))

    def boxes(self, rows: Rows) -> list[list[int]]:
        """Where pictures of photos are drawn, in their shape: left, top, width and height."""
        shapes = np.maximum(1, np.rint(self._shapes[rows] * self.side)).astype(np.int64)
        corners = np.rint(self.points()[rows] - shapes / 2).astype(np.int64)
        found: list[list[int]] = np.concatenate((corners, shapes), axis=1).tolist()
        return found

    def in_window(self, rim: float = 0.0) -> NDArray[np.bool_]:
        """Which photos (P,) lie in the window, or that far beside it."""
        x, y = self.points().T
        found: NDArray[np.bool_] = (x >= -rim) & (x < self.width + rim) & (y >= -rim) & (y < self.height + rim)
        return found

    def pictures(self) -> Rows:
        """The photos that are shown as pictures, those first that stand for most; none hides another."""
        if self.map is None:
            return np.zeros(0, dtype=np.int64)
        side = self.side
        shown: NDArray[np.bool_] = self.map.spread * self.scale >= APART * side
        rows = np.flatnonzero(shown & self.in_window(side / 2))
        return rows[np.argsort(-self.map.spread[rows], kind="stable")]

    def rank(self, row: int) -> float:
        """The higher, the more photos a picture stands for; it lies on those of lower rank."""
        return 0.0 if self.map is None else float(self.map.spread[row])

    def dots(self, pictures: Rows) -> Rows:
        """The other photos in the window."""
        seen = self.in_window()
        seen[pictures] = False
        return np.flatnonzero(seen)

    def around(self, x: float, y: float, reach: float, rows: Rows) -> Rows:
        """Those of the rows within a square around a point, the nearest first."""
        far = np.abs(self.points()[rows] - (x, y)).max(axis=1) if len(rows) else np.zeros(0)
        near = np.flatnonzero(far <= reach)
        return rows[near[np.argsort(far[near], kind="stable")]]

    def neighbour(self, row: int, across: int, down: int) -> int | None:
        """The nearest photo to the left (-1, 0), to the right (1, 0), above (0, -1) or below (0, 1)."""
        away = self.points() - self.points()[row]
        ahead = away @ np.array([across, down], dtype=np.float64)
        aside = np.abs(away @ np.array([down, across], dtype=np.float64))
        fits = (ahead > 0) & (aside <= ahead)
        if not fits.any():
            return None
        far = np.where(fits, ahead + aside, np.inf)
        return int(far.argmin())
