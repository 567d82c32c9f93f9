"""Finds how noisy a photo is, from the photo alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aestudio.images.photo import LUMA, Box, Photo

BLOCK = 8  # pixels: small enough to be flat, large enough for a variance
WINDOW = 128  # pixels: photos are sampled in windows, a multiple of BLOCK
MAX_WINDOWS = 96  # 1.6 megapixels: a larger photo is no better known from more
BINS = 8  # of brightness
QUANTILE = 0.1  # of the blocks of a bin are taken to be flat
CLIPPED = 0.03  # this close to black and white noise is cut off and tells nothing


@dataclass(frozen=True)
class NoiseProfile:
    """Noise whose variance is a straight line over the brightness y in [0, 1]: var(y) = read**2 + shot * y.

    `read` is the standard deviation at black. `shot` may be negative: gamma makes a camera's noise smaller in the
    lights than in the shadows. Model: Foi et al., IEEE TIP 2008.
    """

    read: float
    shot: float

    def sigma(self, y: float) -> float:
        """Standard deviation at brightness `y`, on the scale of [0, 1]."""
        return max(self.read**2 + self.shot * y, 0.0) ** 0.5

    @property
    def level(self) -> float:
        """The noise at middle grey in 8-bit levels: the number that is shown."""
        return 255 * self.sigma(0.5)


def estimate_noise(photo: Photo) -> NoiseProfile:
    """The noise profile of a photo of any size, all channels taken together.

    The flattest blocks at each brightness show nothing but noise (Liu et al., IEEE TIP 2014): their variance, with a
    plane taken out, gives one point per brightness, and a weighted straight line goes through the points. Zero for a
    photo without usable blocks.
    """
    samples = [_block_statistics(photo.rgb(box)) for box in _windows(photo)]
    brightness = np.concatenate([s[0] for s in samples]) if samples else np.zeros(0)
    variance = np.concatenate([s[1] for s in samples]) if samples else np.zeros(0)
    if len(variance) < 16:
        return NoiseProfile(0.0, 0.0)
    edges = np.quantile(brightness, np.linspace(0, 1, BINS + 1))
    points = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        inside = (brightness >= low) & (brightness <= high)
        if inside.sum() >= 8:
            points.append((float(brightness[inside].mean()), _flat_variance(variance[inside])))
    return _line(np.array(points))


def _windows(photo: Photo) -> list[Box]:
    """Evenly spread windows, whole blocks each."""
    height, width = photo.height // BLOCK * BLOCK, photo.width // BLOCK * BLOCK
    if not height or not width:
        return []
    boxes = [
        Box(y, min(y + WINDOW, height), x, min(x + WINDOW, width))
        for y in range(0, height, WINDOW)
        for x in range(0, width, WINDOW)
    ]
    chosen = np.linspace(0, len(boxes) - 1, min(len(boxes), MAX_WINDOWS)).round().astype(int)
    return [boxes[i] for i in chosen]


def _block_statistics(rgb: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean brightness and mean variance of the usable blocks of a window."""
    rows, columns = rgb.shape[0] // BLOCK, rgb.shape[1] // BLOCK
    blocks = rgb.reshape(rows, BLOCK, columns, BLOCK, 3).transpose(0, 2, 1, 3, 4).reshape(-1, BLOCK, BLOCK, 3)
    mean = blocks.mean(axis=(1, 2), dtype=np.float64)
    centred = blocks - mean[:, None, None]
    ramp = np.arange(BLOCK) - (BLOCK - 1) / 2
    ramp /= np.sqrt(BLOCK * (ramp**2).sum())
    slopes = np.einsum("nijc,i->nc", centred, ramp) ** 2 + np.einsum("nijc,j->nc", centred, ramp) ** 2
    variance = ((centred**2).sum(axis=(1, 2)) - slopes) / (BLOCK**2 - 3)
    usable = ((mean > CLIPPED) & (mean < 1 - CLIPPED)).all(axis=1) & (variance > 0).all(axis=1)
    return mean[usable] @ LUMA.astype(np.float64), variance[usable].mean(axis=1)


def _flat_variance(variance: NDArray[np.float64]) -> float:
    """The variance of the flat blocks among `variance`, with the bias of looking for small ones taken out."""
    spread = np.sqrt(2 / (3 * (BLOCK**2 - 3)))  # relative standard deviation of a block's variance under white noise
    return float(np.quantile(variance, QUANTILE) / (1 - 1.0 * spread))


def _line(points: NDArray[np.float64]) -> NoiseProfile:
    """Variance over brightness as a straight line, fitted to (P, 2) points; robust against textured bins."""
    y, v = points.T
    mean_v = float(np.median(v))
    weights = np.ones_like(v)
    intercept, slope = mean_v, 0.0
    for _ in range(10):
        centre = np.average(y, weights=weights)
        level = np.average(v, weights=weights)
        spread = np.average((y - centre) ** 2, weights=weights)
        slope = float(np.average((y - centre) * (v - level), weights=weights) / (spread + 5e-3))
        intercept = float(level - slope * centre)
        # textured bins lie above the line, never below: they count for less the further they are off
        off = (v - (intercept + slope * y)) / max(mean_v, 1e-9)
        weights = np.where(off > 0, 1 / (1 + (off / 0.15) ** 2), 1.0)
    at_black, at_white = max(intercept, 0.02 * mean_v), max(intercept + slope, 0.02 * mean_v)
    return NoiseProfile(at_black**0.5, at_white - at_black)
