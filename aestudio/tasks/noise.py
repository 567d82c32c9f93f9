"""How noisy a photo is: found in the photo alone, and told to the denoiser."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.photo import Box, Photo
from aestudio.images.tensors import luma, smooth_luma, to_tensor
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.models.networks.noise_level import CELL, FLOOR

MODEL = "noise-level"
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

    A small network judges cells all over the photo, and a straight line goes through their variance over brightness.
    Raises WeightsError if that network's weights are missing or damaged.
    """
    boxes = _windows(photo)
    if not boxes:
        return NoiseProfile(0.0, 0.0)
    net = _network(card_path(MODEL))
    brightness, variance = [], []
    with torch.inference_mode():
        for box in boxes:
            x = to_tensor(photo.rgb(box))
            sigma = (net(x).exp() - FLOOR).clamp(min=0)
            brightness.append(F.avg_pool2d(luma(x), CELL).flatten().numpy())
            variance.append(sigma.square().flatten().numpy())
    return _line(np.concatenate(brightness).astype(np.float64), np.concatenate(variance).astype(np.float64))


@cache
def _network(card: Path) -> nn.Module:
    """Loaded once: examining must not cost more than looking."""
    return load_model(card, torch.device("cpu")).net


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


def _line(brightness: NDArray[np.float64], variance: NDArray[np.float64]) -> NoiseProfile:
    """A straight line through the median variance at each brightness; medians shrug off misjudged cells."""
    order = np.argsort(brightness)
    groups = np.array_split(order, min(BINS, len(order)))
    y = np.array([brightness[g].mean() for g in groups])
    v = np.array([np.median(variance[g]) for g in groups])
    slope = float(((y - y.mean()) * (v - v.mean())).mean() / (y.var() + SLOPE_DOUBT))
    least = 0.02 * float(v.mean())
    at_black = max(float(v.mean()) - slope * float(y.mean()), least)
    at_white = max(float(v.mean()) + slope * (1 - float(y.mean())), least)
    return NoiseProfile(at_black**0.5, at_white - at_black)


def noise_map(x: Tensor, profile: NoiseProfile) -> Tensor:
    """Standard deviation of the noise at every pixel, (N, 1, H, W), for (N, 3, H, W) in [0, 1].

    The brightness is smoothed first: the noise of a pixel must not decide how noisy that pixel is taken to be.
    """
    if profile.shot == 0:
        return torch.full_like(x[:, :1], profile.read)
    return (profile.read**2 + profile.shot * smooth_luma(x)).clamp(min=0).sqrt()
