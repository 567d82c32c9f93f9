"""How a known mark lies in a photo, to fractions of a pixel: taking it off so leaves the fewest edges."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aestudio.images.photo import Photo, RgbTile
from aestudio.images.small import resized_to
from aestudio.progress import Progress
from aestudio.tasks.known_mark import MARGIN, KnownMark, Placement, area_of, laid

SMALLEST = 8  # pixels of a side: in less there is no mark to be told
OPACITIES = (0.04, 0.99)
_LARGEST = 1000  # pixels of a mark's longer side up to which it is compared at full size
_PLAIN_COSTS = 0.003  # share by which more edges may be left for an unturned mark of its own size on whole pixels
_ACROSS = 3  # pixels over which an edge is measured: JPEG blurs it over fewer


@dataclass(frozen=True, eq=False)
class View:
    """A part of a photo around a mark; every so many pixels are one where the mark is large."""

    rgb: RgbTile
    x: int  # of its first column, in pixels of the photo
    y: int
    shrink: int

    def inside(self, placement: Placement) -> Placement:
        """A placement in the photo, as one in the view."""
        x, y = (placement.x - self.x) / self.shrink, (placement.y - self.y) / self.shrink
        return replace(placement, x=x, y=y, scale=placement.scale / self.shrink)

    def outside(self, placement: Placement) -> Placement:
        """A placement in the view, as one in the photo."""
        x, y = placement.x * self.shrink + self.x, placement.y * self.shrink + self.y
        return replace(placement, x=x, y=y, scale=placement.scale * self.shrink)


def view_of(photo: Photo, mark: KnownMark, placement: Placement, around: float = 2 * MARGIN) -> View | None:
    """What lies under a mark and so many pixels around it; None if that is next to nothing of the photo."""
    box = area_of(mark, placement, around, photo.height, photo.width)
    if box is None:
        return None
    shrink = max(1, math.ceil(max(mark.cover.shape) * placement.scale / _LARGEST))
    height, width = box.height // shrink, box.width // shrink
    if min(height, width) < SMALLEST:
        return None
    pixels = photo.pixels[box.y0 : box.y0 + height * shrink, box.x0 : box.x0 + width * shrink]
    part = resized_to(replace(photo, pixels=np.ascontiguousarray(pixels)), max(height, width))
    return View(part.rgb(part.box), box.x0, box.y0, shrink)


def fitted(photo: Photo, mark: KnownMark, start: Placement, progress: Progress) -> Placement:
    """The placement and opacity, to fractions of a pixel, with which the fewest edges are left once the mark is off.

    By pattern search (Hooke and Jeeves, Journal of the ACM 1961). Whole pixels, the mark's own size and no turn are
    believed where they are as good: that is how programs lay marks. Raises Cancelled.
    """
    view = view_of(photo, mark, start)
    if view is None:
        return start
    high, wide = mark.cover.shape
    size = max(high, wide) * start.scale

    def placed(values: NDArray[np.float64]) -> Placement:
        x, y, scale, angle, opacity = values.tolist()
        opacity = min(max(opacity, OPACITIES[0]), OPACITIES[1])
        return replace(start, x=x, y=y, scale=scale, angle=angle, opacity=opacity)

    def left(values: NDArray[np.float64]) -> float:
        progress.check()
        return _edges_left(view.rgb, mark, view.inside(placed(values)))

    values = np.array([start.x, start.y, start.scale, start.angle, start.opacity])
    steps = np.array([0.5, 0.5, start.scale / size, math.degrees(1 / size), 0])  # about half a pixel at its ends
    values = _searched(left, values, steps * view.shrink + np.array([0, 0, 0, 0, 0.02]), (wide / 2, high / 2))
    best = left(values)
    for tried in _plain(values, size):
        if left(tried) < best * (1 + _PLAIN_COSTS):
            values = tried
            break
    for step in 0.004 * 0.5 ** np.arange(6):  # the place has changed since it was fitted
        around = [values + sign * np.array([0, 0, 0, 0, step]) for sign in (-1, 0, 1)]
        values = min(around, key=left)
    return placed(values)


def _searched(
    left: Callable[[NDArray[np.float64]], float],
    values: NDArray[np.float64],
    steps: NDArray[np.float64],
    middle: tuple[float, float],
) -> NDArray[np.float64]:
    """The values (x, y, scale, angle, opacity) at which `left` is least, from steps that get smaller and smaller."""
    best = left(values)
    for _ in range(7):
        for _ in range(4):
            before = values.copy()
            for which in range(len(values)):
                for sign in (1, -1):
                    tried = values.copy()
                    tried[which] += sign * steps[which]
                    if which == 2:  # a mark grows from its middle
                        tried[:2] -= np.array(middle) * sign * steps[2]
                    score = left(tried)
                    if score < best:
                        best, values = score, tried
                        break
            if np.array_equal(before, values):
                break
        steps = steps / 2
    return values


def _plain(values: NDArray[np.float64], size: float) -> Iterator[NDArray[np.float64]]:
    """Likelier placements near one, the likeliest first."""
    x, y, own, angle, opacity = values.tolist()
    if abs(own - 1) * size < 3 and abs(math.radians(angle)) * size < 3:
        yield np.array([round(x), round(y), 1.0, 0.0, opacity])
    if abs(math.radians(angle)) * size < 3:
        yield np.array([x, y, own, 0.0, opacity])


def _edges_left(rgb: RgbTile, mark: KnownMark, placement: Placement) -> float:
    """The mean step between neighbours once the mark is taken off, in units of what noise would do to it."""
    cover, colour = laid(mark, placement, *rgb.shape[:2])
    alpha = placement.opacity * cover[..., None]
    shown = rgb - alpha * colour
    total = 0.0
    for axis in (0, 1):
        bare, other = (np.moveaxis(1 - alpha, axis, 0)[part] for part in (slice(None, -1), slice(1, None)))
        one, two = (np.moveaxis(shown, axis, 0)[part] for part in (slice(None, -1), slice(1, None)))
        total += float((np.abs(other * one - bare * two) / np.hypot(bare, other)).mean())
    return total


def opacity_of(
    rgb: RgbTile, mark: KnownMark, placement: Placement, within: tuple[float, float] = OPACITIES
) -> tuple[float, float]:
    """How strongly the mark is laid, and how much less is left of its edges without it, as a share.

    An opacity below 0 puts the mark back: so much too much was taken off.

    A photo's own edges lie anywhere; those of a mark that is taken off too weakly or too strongly lie where its cover
    changes. The sum of steps there is made small, by golden section. Each step counts in units of what noise would do
    to it, which taking off strengthens: or too low an opacity would win.
    """
    cover, colour = laid(mark, placement, *rgb.shape[:2])
    first, second = slice(None, -_ACROSS), slice(_ACROSS, None)
    pairs = [
        tuple(np.moveaxis(plane, axis, 0)[where] for plane in (rgb, colour, cover) for where in (first, second))
        for axis in (0, 1)
    ]

    def left(opacity: float) -> float:
        total = 0.0
        for j_one, j_other, l_one, l_other, a_one, a_other in pairs:
            edge = np.abs(a_one - a_other) > 0.1
            bare_one, bare_other = ((1 - opacity * a[edge])[:, None] for a in (a_one, a_other))
            one = bare_other * (j_one[edge] - opacity * a_one[edge][:, None] * l_one[edge])
            other = bare_one * (j_other[edge] - opacity * a_other[edge][:, None] * l_other[edge])
            total += float((np.abs(one - other) / np.hypot(bare_one, bare_other)).sum())
        return total

    # coarse first: there may be more than one valley
    tried = np.linspace(*within, 24)
    middle = int(np.argmin([left(float(opacity)) for opacity in tried]))
    low, high = float(tried[max(0, middle - 1)]), float(tried[min(len(tried) - 1, middle + 1)])
    golden = (5**0.5 - 1) / 2
    for _ in range(14):
        one, other = high - golden * (high - low), low + golden * (high - low)
        if left(one) < left(other):
            high = other
        else:
            low = one
    opacity = (low + high) / 2
    return opacity, 1 - left(opacity) / max(left(0.0), 1e-9)
