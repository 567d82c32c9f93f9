"""Brings two photos of one scene together: the place of each pixel, and the brightness.

The first photo of a pair is the noisy one, which stays as it is: its noise is what is learnt.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

MAX_SHIFT = 8.0  # pixels; a larger photo may be off by a five-hundredth of its longer side

_WHOLE = 0.1  # pixels: what is left beside a whole shift, and needs no resampling
_MOVED = 0.45  # pixels: a part of the photo that is off by more has moved by itself
_STILL = 0.75  # share of the parts that must not have moved
_SURE = 0.15  # pixels: the standard error up to which a part's shift counts
_WINDOWS, _WINDOW = 4, 256  # across and down; pixels of a side
_BLUR = 2.0  # pixels, standard deviation: noise is gone, and nearly all of what tells places apart is left
_RELATED = 50.0  # pixels that one independent value of the blurred noise covers, 4 pi times the blur squared
_LOOK = 1024  # pixels of the longer side, at which the rough shift is found
_STEPS = 5
_SAME_CONTENT = 0.6  # correlation of what is blurred
_CELL = 8  # pixels of a side: brightness is compared in means over these
_DARK, _LIGHT = 4.0, 251.0  # 8-bit levels: means beyond them are cut off
_LACKING, _BOUND_UP = 0.2, 0.15  # of its own detail that a truth may lack; correlation from which that is no chance
_MOST_GAIN = 3.0
_FLAT = 25.0  # squared levels: a photo of less contrast tells nothing about a gain


@dataclass(frozen=True)
class Aligned:
    """What two photos show both, (H, W, 3) each, and how far the second one was moved, down and to the right."""

    noisy: Bytes
    target: Bytes
    shift: tuple[float, float]
    corner: tuple[int, int]  # of what is left of the first one


class _Shift(NamedTuple):
    """How far a window of the second photo is off, in pixels, and the standard error; how well the two correlate."""

    y: float
    x: float
    error: float
    likeness: float


def align(noisy: Bytes, target: Bytes) -> Aligned | Sentence:
    """The two photos laid over one another, the second at the brightness of the first; or why that is impossible.

    Shifts are found roughly by phase correlation (cv2.phaseCorrelate; Foroosh et al., IEEE TIP 2002), and to a tenth of
    a pixel by least squares in windows all over the photo (Lucas and Kanade, IJCAI 1981) whose agreement shows that
    nothing was turned or zoomed. A shift by whole pixels only crops; a fractional one resamples the target.
    """
    if noisy.shape != target.shape:
        return Sentence("The two photos of the pair differ in size.")
    a, b = (np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), np.uint8) for photo in (noisy, target))
    rough = _rough_shift(a, b)
    limit = max(MAX_SHIFT, max(a.shape) / 500)
    if not np.isfinite(rough).all():
        return Sentence("Too little can be seen in the photo to lay the pair over one another.")
    if max(map(abs, rough)) > limit + 2:
        return _too_far(rough)
    found = [s for s in _window_shifts(a, b, rough) if s is not None]
    sure = [s for s in found if s.error < _SURE]
    if not found or np.median([s.likeness for s in found]) < _SAME_CONTENT:
        return Sentence("The two photos of the pair show different things.")
    if not sure:
        return Sentence("Too little can be seen in the photo to lay the pair over one another.")
    shift = (float(np.median([s.y for s in sure])), float(np.median([s.x for s in sure])))
    still = np.mean([max(abs(s.y - shift[0]), abs(s.x - shift[1])) < _MOVED for s in sure])
    if still < _STILL:
        return Sentence("The camera was turned or zoomed between the two photos of the pair, or things moved.")
    if max(map(abs, shift)) > limit:
        return _too_far(shift)
    first, second, corner = overlap(noisy, target, shift)
    matched = match_brightness(first, second)
    if matched is None:
        return Sentence("The two photos of the pair differ too much in brightness.")
    if is_softer(matched, first):
        return Sentence("The clean photo of the pair is less sharp than the noisy one.")
    return Aligned(first, matched, shift, corner)


def is_softer(target: Bytes, noisy: Bytes) -> bool:
    """Whether the truth lacks detail that the noisy photo has: what learns from it would learn to blur.

    Noise has nothing to do with the detail of the truth. Where the difference of the two goes along with it, that
    detail was lost on one side.
    """
    bands = []
    for photo in (target, noisy):
        grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
        bands.append(cv2.GaussianBlur(grey, (0, 0), _BLUR) - cv2.GaussianBlur(grey, (0, 0), 2 * _BLUR))
    detail, missing = bands[0], bands[1] - bands[0]
    along = float((missing * detail).mean())
    power, missed = float(np.square(detail).mean()), float(np.square(missing).mean())
    return along > _LACKING * power and along > _BOUND_UP * float(np.sqrt(power * missed))


def overlap(noisy: Bytes, target: NDArray[Any], shift: tuple[float, float]) -> tuple[Bytes, Bytes, tuple[int, int]]:
    """What both show, and where that begins in the first: `target` at y + shift is what `noisy` shows at y."""
    height, width = noisy.shape[:2]
    whole = (round(shift[0]), round(shift[1]))
    rest = (shift[0] - whole[0], shift[1] - whole[1])
    if max(map(abs, rest)) > _WHOLE:
        move = np.array([[1, 0, rest[1]], [0, 1, rest[0]]], dtype=np.float32)
        flags = cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP
        target = cv2.warpAffine(target, move, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT_101)
        edge = 4  # what Lanczos mirrors in from beyond the border
    else:
        edge = 0
    (y0, y1), (x0, x1) = _common(height, whole[0], edge), _common(width, whole[1], edge)
    first = noisy[y0:y1, x0:x1]
    second = target[y0 + whole[0] : y1 + whole[0], x0 + whole[1] : x1 + whole[1]]
    return np.ascontiguousarray(first), np.ascontiguousarray(second), (y0, x0)


def _common(length: int, shift: int, edge: int) -> tuple[int, int]:
    return max(0, edge - shift), length - max(0, edge + shift)


def match_brightness(noisy: Bytes, target: Bytes) -> Bytes | None:
    """The target at the noisy photo's brightness: a straight line for each channel; None if they are far apart.

    Fitted to means over cells, where noise is gone, by least squares with Huber's weights: what moved does not count.
    """
    table = np.empty((1, 256, 3), np.uint8)
    levels = np.arange(256, dtype=np.float32)
    x, y = _cells(target), _cells(noisy)
    for channel in range(3):
        gain, offset = _line(x[:, channel], y[:, channel])
        if not 1 / _MOST_GAIN <= gain <= _MOST_GAIN:
            return None
        table[0, :, channel] = np.clip(np.rint(gain * levels + offset), 0, 255)
    return np.asarray(cv2.LUT(target, table), np.uint8)


def _cells(photo: Bytes) -> Floats:
    """The means over cells, (cells, channels)."""
    height, width = (max(1, n // _CELL) for n in photo.shape[:2])
    means = cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(means, np.float32).reshape(height * width, -1)


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Gain and offset that lead from x to y."""
    inside = (np.minimum(x, y) > _DARK) & (np.maximum(x, y) < _LIGHT)
    if inside.sum() < 8:
        inside = np.ones_like(inside)
    x, y = x[inside].astype(np.float64), y[inside].astype(np.float64)
    weight = np.ones_like(x)
    gain, offset = 1.0, float(np.median(y - x))
    for _ in range(12):
        mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
        spread = np.average((x - mean_x) ** 2, weights=weight)
        common = np.average((x - mean_x) * (y - mean_y), weights=weight)
        gain = float((common + _FLAT) / (spread + _FLAT)) if spread < 40 * _FLAT else float(common / spread)
        offset = float(mean_y - gain * mean_x)
        error = np.abs(gain * x + offset - y)
        scale = max(1.345 * 1.4826 * float(np.median(error)), 0.25)
        weight = np.minimum(1.0, scale / np.maximum(error, 1e-9))
    return gain, offset


def _level(a: Bytes, b: Bytes) -> tuple[float, float]:
    """Gain and offset that give b the brightness and contrast of a, whatever the two show; noise does not count."""
    (low, mean, high), (b_low, b_mean, b_high) = (np.percentile(_cells(v), (10, 50, 90)) for v in (a, b))
    gain = float((high - low) / max(b_high - b_low, 1.0))
    return gain, float(mean - gain * b_mean)


def _rough_shift(a: Bytes, b: Bytes) -> tuple[float, float]:
    """How far b is off, down and to the right, in pixels."""
    scale = min(1.0, _LOOK / max(a.shape))
    if scale < 1:
        size = (round(a.shape[1] * scale), round(a.shape[0] * scale))
        a, b = (np.asarray(cv2.resize(v, size, interpolation=cv2.INTER_AREA), np.uint8) for v in (a, b))
    window = cv2.createHanningWindow(a.shape[::-1], cv2.CV_32F)
    first, second = (v.astype(np.float32) - np.float32(v.mean()) for v in (a, b))
    (x, y), _ = cv2.phaseCorrelate(first, second, window)
    return float(y) / scale, float(x) / scale


def _window_shifts(a: Bytes, b: Bytes, rough: tuple[float, float]) -> list[_Shift | None]:
    """The shift of each of up to 16 windows that lie evenly over the photo; None where it could not be followed."""
    margin = int(max(map(abs, rough))) + 3
    height, width = (n - 2 * margin for n in a.shape)
    if min(height, width) < 16:
        return []
    most = min(_WINDOW, max(64, min(height, width) // 2))
    side = (min(most, height), min(most, width))
    level = _level(a, b)
    # one window where a photo has room for no two
    rows, columns = (
        np.unique(np.linspace(margin, margin + room - s, max(1, min(_WINDOWS, 2 * room // s - 1))).astype(int))
        for room, s in ((height, side[0]), (width, side[1]))
    )
    shifts = []
    for y in rows:
        for x in columns:
            window = a[y : y + side[0], x : x + side[1]].astype(np.float32)
            around = b[y - margin : y + side[0] + margin, x - margin : x + side[1] + margin].astype(np.float32)
            shifts.append(_window_shift(window, around * np.float32(level[0]) + np.float32(level[1]), rough, margin))
    return shifts


def _window_shift(window: Floats, around: Floats, rough: tuple[float, float], margin: int) -> _Shift | None:
    """How far what a window shows is off in its surroundings, which reach further by a margin on each side."""
    side = window.shape
    window, around = (np.asarray(cv2.GaussianBlur(v, (0, 0), _BLUR), np.float32) for v in (window, around))
    inner = (slice(6, -6), slice(6, -6)) if min(side) > 32 else (slice(2, -2), slice(2, -2))  # beside blurred borders
    gy, gx = (np.gradient(window, axis=axis)[inner] for axis in (0, 1))
    shift = np.array(rough)
    for _ in range(_STEPS):
        move = np.array([[1, 0, margin + shift[1]], [0, 1, margin + shift[0]]], dtype=np.float32)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        moved = cv2.warpAffine(around, move, side[::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE)
        hy, hx = (np.gradient(moved, axis=axis)[inner] for axis in (0, 1))
        difference = (window - moved)[inner]
        difference -= difference.mean()
        # products of both photos' gradients: the noise of the two is not the same, and leaves them on average
        tensor = np.array([[np.sum(gy * hy), np.sum(gy * hx)], [np.sum(gx * hy), np.sum(gx * hx)]], dtype=np.float64)
        tensor = (tensor + tensor.T) / 2
        smallest = float(np.linalg.eigvalsh(tensor)[0])
        if smallest < 1e-3 * difference.size:
            return None
        right = np.array([np.sum((gy + hy) * difference), np.sum((gx + hx) * difference)], dtype=np.float64) / 2
        shift = shift + np.clip(np.linalg.solve(tensor, right), -1.5, 1.5)
        if np.abs(shift - rough).max() > margin:
            return None
    error = float(np.sqrt(difference.var() * _RELATED / smallest))
    first, second = ((v[inner] - v[inner].mean()).ravel() for v in (window, moved))
    likeness = float(first @ second / max(np.linalg.norm(first) * np.linalg.norm(second), 1e-6))
    return _Shift(float(shift[0]), float(shift[1]), error, likeness)


def _too_far(shift: tuple[float, float]) -> Sentence:
    return Sentence.of(
        "The two photos of the pair are shifted by {pixels} pixels, which is too far.",
        pixels=round(max(map(abs, shift))),
    )
