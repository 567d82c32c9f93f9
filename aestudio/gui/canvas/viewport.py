"""Where a photo lies in its pane and how large: geometry only, in device pixels."""

import math

from aestudio.images.photo import Box

MAX_ZOOM = 32.0
STEPS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32)


class Viewport:
    """`zoom` is device pixels per photo pixel, `x` and `y` say where the photo's corner lies in the pane."""

    def __init__(self) -> None:
        self.photo_width = 0
        self.photo_height = 0
        self.pane_width = 1
        self.pane_height = 1
        self.margin = 0
        self.zoom = 1.0
        self.x = 0.0
        self.y = 0.0
        self.fitted = True

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole photo shows, as large as that goes."""
        if not self.photo_width:
            return 1.0
        width = max(1, self.pane_width - 2 * self.margin)
        height = max(1, self.pane_height - 2 * self.margin)
        return min(width / self.photo_width, height / self.photo_height, MAX_ZOOM)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole photo as painted."""
        return max(1, round(self.photo_width * self.zoom)), max(1, round(self.photo_height * self.zoom))

    @property
    def origin(self) -> tuple[int, int]:
        """Where the photo's corner is painted: whole device pixels, so that 1:1 is exact."""
        return round(self.x), round(self.y)

    @property
    def larger_than_pane(self) -> bool:
        """Whether there is something to pan to."""
        return self.photo_width * self.zoom > self.pane_width or self.photo_height * self.zoom > self.pane_height

    def set_photo_size(self, width: int, height: int) -> None:
        """Another photo: fitted."""
        self.photo_width, self.photo_height = width, height
        self.fit()

    def set_pane(self, width: int, height: int, margin: int) -> None:
        """The pane changed: a fitted photo stays fitted, another keeps its centre."""
        width, height = max(1, width), max(1, height)
        self.x += (width - self.pane_width) / 2
        self.y += (height - self.pane_height) / 2
        self.pane_width, self.pane_height, self.margin = width, height, margin
        if self.fitted:
            self.fit()
        else:
            self.zoom_to(self.zoom, width / 2, height / 2)

    def fit(self) -> None:
        """Show the whole photo."""
        self.zoom = self.fit_zoom
        self.fitted = True
        self._keep_inside()

    def zoom_to(self, zoom: float, anchor_x: float, anchor_y: float) -> None:
        """Change the zoom; the point of the photo under the anchor stays there as far as the edges allow."""
        lowest = min(self.fit_zoom, 1.0)
        zoom = min(max(zoom, lowest), MAX_ZOOM)
        photo_x, photo_y = self.to_photo(anchor_x, anchor_y)
        self.fitted = math.isclose(zoom, self.fit_zoom)
        self.zoom = self.fit_zoom if self.fitted else zoom
        self.x = anchor_x - photo_x * self.zoom
        self.y = anchor_y - photo_y * self.zoom
        self._keep_inside()

    def next_step(self, direction: int) -> float:
        """The next round zoom above (1) or below (-1) the present one."""
        if direction > 0:
            return next((step for step in STEPS if step > self.zoom * 1.001), MAX_ZOOM)
        below = [step for step in STEPS if step < self.zoom * 0.999]
        return max([*below[-1:], min(self.fit_zoom, 1.0)])

    def pan(self, dx: float, dy: float) -> None:
        """Move the photo."""
        self.x += dx
        self.y += dy
        self._keep_inside()

    def to_photo(self, x: float, y: float) -> tuple[float, float]:
        """Device pixels in the pane to photo pixels."""
        return (x - self.x) / self.zoom, (y - self.y) / self.zoom

    def visible_box(self) -> Box:
        """The photo pixels in view."""
        left, top = self.to_photo(0, 0)
        right, bottom = self.to_photo(self.pane_width, self.pane_height)
        return Box(
            min(max(0, math.floor(top + 1e-6)), self.photo_height),
            max(0, min(self.photo_height, math.ceil(bottom - 1e-6))),
            min(max(0, math.floor(left + 1e-6)), self.photo_width),
            max(0, min(self.photo_width, math.ceil(right - 1e-6))),
        )

    def _keep_inside(self) -> None:
        self.x = _kept(self.x, self.photo_width * self.zoom, self.pane_width)
        self.y = _kept(self.y, self.photo_height * self.zoom, self.pane_height)


def _kept(start: float, length: float, pane: int) -> float:
    """No gap beside a photo larger than its pane; a smaller one is centred."""
    return (pane - length) / 2 if length <= pane else min(0.0, max(pane - length, start))
