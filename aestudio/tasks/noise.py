"""How noisy a photo is: found in the photo alone, and told to the denoiser."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from aestudio.images.photo import Box, Photo
from aestudio.images.tensors import luma, smooth_luma, to_tensor
from aestudio.models.networks.noise_level import CELL, FLOOR
from aestudio.tasks.parts import part_network

MODEL = "noise-level"  # unless another one is chosen for this part
WINDOW = 256  # pixels: photos are sampled in windows, a multiple of CELL
MAX_WINDOWS = 20  # 1.3 megapixels: a larger photo is no better known from more
BINS = 12  # of brightness
SLOPE_DOUBT = 5e-3  # of the brightness' variance: a photo of one brightness tells nothing about a slope


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
        return math.sqrt(max(self.read**2 + self.shot * y, 0.0))

    @property
    def level(self) -> float:
        """The noise at middle grey in 8-bit levels: the number that is shown."""
        return 255 * self.sigma(0.5)


def estimate_noise(photo: Photo) -> NoiseProfile:
    """The noise profile of a photo of any size, all channels taken together; zero for one smaller than a cell.

    A small network judges cells all over the photo, and a straight line goes through their variance over brightness,
    each cell counting as much as the network trusts it.
    Raises WeightsError if that network's weights are missing or damaged.
    """
    boxes = _windows(photo)
    if not boxes:
        return NoiseProfile(0.0, 0.0)
    net = part_network(MODEL)
    cells = []
    with torch.inference_mode():
        for box in boxes:
            x = to_tensor(photo.rgb(box))
            level, error = net(x).double().chunk(2, dim=1)
            sigma = (level.exp() - FLOOR).clamp(min=0)
            brightness = F.avg_pool2d(luma(x), CELL).double()
            cells.append(torch.stack((brightness.flatten(), sigma.square().flatten(), (-2 * error).exp().flatten())))
    return _line(*torch.cat(cells, dim=1).numpy())


def _windows(photo: Photo) -> list[Box]:
    """Evenly spread windows, whole cells each."""
    height, width = photo.height // CELL * CELL, photo.width // CELL * CELL
    boxes = [
        Box(y, min(y + WINDOW, height), x, min(x + WINDOW, width))
        for y in range(0, height, WINDOW)
        for x in range(0, width, WINDOW)
    ]
    chosen = np.linspace(0, len(boxes) - 1, min(len(boxes), MAX_WINDOWS)).round().astype(int)
    return [boxes[i] for i in chosen]


def _line(brightness: NDArray[np.float64], variance: NDArray[np.float64], trust: NDArray[np.float64]) -> NoiseProfile:
    """A straight line through the median variance at each brightness; medians shrug off misjudged cells."""
    groups = np.array_split(np.argsort(brightness), min(BINS, len(brightness)))
    weight = np.array([trust[g].sum() for g in groups])
    y = np.array([np.average(brightness[g], weights=trust[g]) for g in groups])
    v = np.array([_median(variance[g], trust[g]) for g in groups])
    mean_y, mean_v = float(np.average(y, weights=weight)), float(np.average(v, weights=weight))
    spread = float(np.average((y - mean_y) ** 2, weights=weight))
    slope = float(np.average((y - mean_y) * (v - mean_v), weights=weight)) / (spread + SLOPE_DOUBT)
    least = 0.02 * mean_v
    at_black = max(mean_v - slope * mean_y, least)
    at_white = max(mean_v + slope * (1 - mean_y), least)
    return NoiseProfile(at_black**0.5, at_white - at_black)


def _median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The value with half of the weight below it."""
    order = np.argsort(values)
    below = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(below, below[-1] / 2)])


def noise_map(x: Tensor, profile: NoiseProfile) -> Tensor:
    """Standard deviation of the noise at every pixel, (N, 1, H, W), for (N, 3, H, W) in [0, 1].

    The brightness is smoothed first: the noise of a pixel must not decide how noisy that pixel is taken to be.
    """
    if profile.shot == 0:
        return torch.full_like(x[:, :1], profile.read)
    return (profile.read**2 + profile.shot * smooth_luma(x)).clamp(min=0).sqrt()
