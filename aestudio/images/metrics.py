"""How close a picture is to the true one, and at what size: the only definitions in the project."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Curve = Sequence[tuple[float, float]]  # rate (in any unit) and quality (in dB) of each point

SCALE_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # Wang et al. 2003, the finest scale first
WINDOW = 11  # pixels, of SSIM's Gaussian window
_KERNEL = cv2.getGaussianKernel(WINDOW, 1.5)
_BAND = 1_000_000  # values that are worked on at once


def psnr(a: NDArray[Any], b: NDArray[Any], peak: float = 1.0) -> float:
    """Peak signal-to-noise ratio in dB of two arrays of one shape; infinite for equal ones.

    `peak` is the range of the values: 1 for float pictures, 255 for 8-bit ones.
    """
    if a.shape != b.shape:
        raise ValueError(f"pictures of {a.shape} and {b.shape} cannot be compared")
    total = 0.0
    for start, end in _bands(len(a), a.size // max(1, len(a))):
        total += float(np.sum((a[start:end].astype(np.float64) - b[start:end].astype(np.float64)) ** 2))
    return math.inf if total == 0 else 10 * math.log10(peak**2 * a.size / total)


def ms_ssim(a: NDArray[Any], b: NDArray[Any], peak: float = 1.0) -> float:
    """Multi-scale structural similarity of two pictures, (H, W, 3); 1 for equal ones.

    `peak` is the range of the values, as for `psnr`. Five scales need sides of at least 176 pixels. A smaller picture
    is looked at on fewer, whose weights are raised to the same sum: compare its figures with its own alone. Raises
    ValueError where not even one window of 11 pixels fits.

    Sums are taken in bands of rows that overlap by a window, so 24 megapixels need no more than 0.3 GB; the result is
    that of the whole picture but for rounding.

    Source: Wang, Simoncelli and Bovik (Asilomar 2003), for each colour channel, then averaged, as is usual for learned
    codecs. Windows lie wholly inside the picture, at every scale. torchmetrics mirrors the picture's edge instead,
    where at the coarsest scale of a small photo half of the windows are, and is up to 0.003 off at low qualities.
    """
    if a.shape != b.shape:
        raise ValueError(f"pictures of {a.shape} and {b.shape} cannot be compared")
    side = min(a.shape[:2])
    if side < WINDOW:
        raise ValueError(f"MS-SSIM needs sides of at least {WINDOW} pixels")
    scales = sum(side >> scale >= WINDOW for scale in range(len(SCALE_WEIGHTS)))
    weights = np.array(SCALE_WEIGHTS[:scales]) * sum(SCALE_WEIGHTS) / sum(SCALE_WEIGHTS[:scales])
    similarity = np.ones(a.shape[2])
    for scale, weight in enumerate(weights):
        if scale:
            a, b = _halved(a), _halved(b)
        whole, structure = _similarities(a, b, peak)
        # brightness counts on the coarsest scale alone; a negative mean has no power
        similarity *= np.maximum(whole if scale == scales - 1 else structure, 0) ** weight
    return float(similarity.mean())


def _similarities(a: NDArray[Any], b: NDArray[Any], peak: float) -> tuple[Floats, Floats]:
    """Mean SSIM of each channel, and the same without its comparison of brightness."""
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    rows, columns = a.shape[0] - WINDOW + 1, a.shape[1] - WINDOW + 1
    whole, structure = np.zeros(a.shape[2]), np.zeros(a.shape[2])
    for start, end in _bands(rows, a.shape[1] * a.shape[2]):
        x, y = (picture[start : end + WINDOW - 1].astype(np.float32) for picture in (a, b))
        error = x - y
        mean, mean_error = _windowed(x), _windowed(error)
        squares = mean * mean + (mean - mean_error) ** 2
        # 1 less what the error says: as the paper writes it, rounding would be seen in flat areas
        contrast = 1 - (_windowed(error * error) - mean_error**2) / (_windowed(x * x + y * y) - squares + c2)
        brightness = 1 - mean_error**2 / (squares + c1)
        structure += contrast.sum((0, 1), dtype=np.float64)
        whole += (brightness * contrast).sum((0, 1), dtype=np.float64)
    return whole / (rows * columns), structure / (rows * columns)


def _windowed(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """Gaussian means of the windows that lie inside."""
    edge = WINDOW // 2
    means: NDArray[Any] = cv2.sepFilter2D(x, -1, _KERNEL, _KERNEL)
    return means[edge:-edge, edge:-edge]


def _halved(x: NDArray[Any]) -> NDArray[np.float32]:
    """Means of 2×2 pixels; an odd row or column at the end is left out."""
    height, width = x.shape[0] // 2, x.shape[1] // 2
    half = np.empty((height, width, x.shape[2]), np.float32)
    for start, end in _bands(height, 2 * x.shape[1] * x.shape[2]):
        rows = x[2 * start : 2 * end, : 2 * width].astype(np.float32)
        half[start:end] = cv2.resize(rows, (width, end - start), interpolation=cv2.INTER_AREA)
    return half


def _bands(rows: int, row_size: int) -> Iterator[tuple[int, int]]:
    """First and last row, the last not included, of parts that fit into memory."""
    step = max(16, _BAND // max(1, row_size))
    for start in range(0, rows, step):
        yield start, min(start + step, rows)


def bits_per_pixel(size_bytes: int, height: int, width: int) -> float:
    """What a file of that size spends on each pixel."""
    return 8 * size_bytes / (height * width)


def bd_rate(
    reference: Curve,
    other: Curve,
    *,
    qualities: tuple[float, float] = (-math.inf, math.inf),
    rates: tuple[float, float] = (0.0, math.inf),
) -> float:
    """How many percent more bytes `other` needs than `reference` for the same quality; negative where it saves.

    The Bjontegaard delta: the mean difference of the logarithms of rate over the interval of quality that both curves
    span. `qualities` and `rates` narrow it to where both curves lie within them. Points that cost more than another
    and are no better are left out, for nobody would choose them. Raises ValueError where fewer than two points are
    left, or where the curves have no quality in common.

    Source: Bjontegaard (ITU-T VCEG-M33, 2001), with the piecewise cubic interpolation that has since replaced his
    polynomial (JVET-H0030, 2017): it does not swing between points.
    """
    curves = [_Curve(reference), _Curve(other)]
    low = max(qualities[0], *(curve.quality_at(rates[0]) for curve in curves))
    high = min(qualities[1], *(curve.quality_at(rates[1]) for curve in curves))
    if low >= high:
        raise ValueError("the curves have no quality in common")
    before, after = (curve.integral(high) - curve.integral(low) for curve in curves)
    return 100 * math.expm1((after - before) / (high - low))


class _Curve:
    """The logarithm of rate as a piecewise cubic, rising function of quality.

    Source: Fritsch and Butland (SIAM J. Sci. Stat. Comput. 1984), known as PCHIP.
    """

    def __init__(self, points: Curve) -> None:
        kept: list[tuple[float, float]] = []
        for rate, quality in sorted(points, key=lambda point: (point[0], -point[1])):
            if rate > 0 and math.isfinite(quality) and (not kept or quality > kept[-1][1]):
                kept.append((rate, quality))
        if len(kept) < 2:
            raise ValueError("a curve needs two points of which one is larger and better")
        self._x = np.array([quality for _, quality in kept])
        self._y = np.log([rate for rate, _ in kept])
        self._widths = np.diff(self._x)
        steps = np.diff(self._y) / self._widths
        slopes = _slopes(self._widths, steps)
        bend = 3 * steps - 2 * slopes[:-1] - slopes[1:]
        twist = slopes[:-1] + slopes[1:] - 2 * steps
        # of the powers of how far along a piece
        self._factors = np.array([self._y[:-1], slopes[:-1], bend / self._widths, twist / self._widths**2])

    def quality_at(self, rate: float) -> float:
        """Where the curve has that rate; its nearer end where it does not come so far."""
        target = math.log(rate) if rate > 0 else -math.inf
        low, high = float(self._x[0]), float(self._x[-1])
        if target <= self._y[0]:
            return low
        if target >= self._y[-1]:
            return high
        while low < (middle := (low + high) / 2) < high:
            low, high = (middle, high) if self._log_rate(middle) < target else (low, middle)
        return middle

    def _log_rate(self, quality: float) -> float:
        piece = min(int(np.searchsorted(self._x, quality, side="right")), len(self._widths)) - 1
        along = quality - self._x[piece]
        return float(self._factors[:, piece] @ along ** np.arange(4))

    def integral(self, quality: float) -> float:
        """Of the logarithm of rate, from the curve's lowest quality on."""
        along = np.clip(quality - self._x[:-1], 0, self._widths)
        powers = np.arange(1, 5)[:, None]
        return float(np.sum(self._factors * along**powers / powers))


def _slopes(widths: Floats, steps: Floats) -> Floats:
    """Slopes at the points of a curve that rises by `steps`, so that it rises everywhere between them."""
    slopes = np.empty(len(steps) + 1)
    before, after = 2 * widths[1:] + widths[:-1], widths[1:] + 2 * widths[:-1]
    slopes[1:-1] = (before + after) / (before / steps[:-1] + after / steps[1:])
    slopes[0] = _end_slope(widths, steps)
    slopes[-1] = _end_slope(widths[::-1], steps[::-1])
    return slopes


def _end_slope(widths: Floats, steps: Floats) -> float:
    """The slope of a parabola through the first three points, where it does not fall."""
    if len(steps) == 1:
        return float(steps[0])
    slope = ((2 * widths[0] + widths[1]) * steps[0] - widths[0] * steps[1]) / (widths[0] + widths[1])
    return max(0.0, float(slope))
