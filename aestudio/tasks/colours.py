"""What Colorize computes: colours decided at a small size, brought to full size along the photo's edges."""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.images.lab import lab_to_linear, rgb_to_lab
from aestudio.images.photo import Photo, to_rgb
from aestudio.images.tensors import to_tensor
from aestudio.models.networks.colorizer import AB_SCALE
from aestudio.tasks.base import Place
from aestudio.tasks.colorize import Hint

WORKING_SIDE = 224  # pixels of the shorter side at which colours are decided: what the network was trained on
LONGEST_SIDE = 1024  # of a panorama
REACH = 2  # pixels of the working size around a hint's middle
_MULTIPLE = 16
_RADIUS, _SMOOTH = 2, 1e-3  # of the guided filter, at half the working size; L in [0, 1]
_STEPS = 12  # halvings on the way to a colour that sRGB can show


def small_lab(photo: Photo) -> Tensor:
    """The photo at its working size as Lab, (1, 3, H, W)."""
    height, width = working_size(photo.height, photo.width)
    colours = np.ascontiguousarray(photo.pixels[..., : 1 if photo.pixels.shape[2] < 3 else 3])
    small = cv2.resize(colours, (width, height), interpolation=cv2.INTER_AREA)
    return rgb_to_lab(to_tensor(to_rgb(small.reshape(height, width, -1), photo.metadata.icc)))


def working_size(height: int, width: int) -> tuple[int, int]:
    """Rows and columns at which the colours of a photo are decided: multiples of 16."""
    scale = min(1.0, WORKING_SIDE / min(height, width), LONGEST_SIDE / max(height, width))
    rows, columns = (max(_MULTIPLE, _MULTIPLE * round(n * scale / _MULTIPLE)) for n in (height, width))
    return rows, columns


def drawn_hints(hints: Sequence[Hint], height: int, width: int) -> tuple[Tensor, Tensor]:
    """Small squares of the hints' colours, (1, 2, H, W) over AB_SCALE, and their mask (1, 1, H, W)."""
    colours, mask = torch.zeros(1, 2, height, width), torch.zeros(1, 1, height, width)
    for hint in hints:
        y, x = min(int(hint.y * height), height - 1), min(int(hint.x * width), width - 1)
        rows, columns = slice(max(0, y - REACH), y + REACH + 1), slice(max(0, x - REACH), x + REACH + 1)
        for channel, value in enumerate((hint.a, hint.b)):
            colours[0, channel, rows, columns] = value / AB_SCALE
        mask[0, 0, rows, columns] = 1
    return colours, mask


def guided_lines(guide: Tensor, values: Tensor) -> Tensor:
    """Slopes and levels (1, 4, h, w) of the lines over the guide (1, 1, h, w) that come nearest to values (1, 2, h, w).

    Taken at full size with the full photo as guide, values end where its edges are: the fast guided filter (He and Sun,
    2015).
    """
    mean_guide, mean_values = _box_mean(guide), _box_mean(values)
    variance = _box_mean(guide * guide) - mean_guide * mean_guide
    covariance = _box_mean(guide * values) - mean_guide * mean_values
    slope = covariance / (variance + _SMOOTH)
    return _box_mean(torch.cat((slope, mean_values - slope * mean_guide), dim=1))


def _box_mean(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, 2 * _RADIUS + 1, stride=1, padding=_RADIUS, count_include_pad=False)


def lines_at(lines: Tensor, place: Place, height: int, width: int) -> Tensor:
    """The lines (1, 4, h, w) of the whole photo for the pixels of the tile at `place`: (1, 4, height, width)."""
    y = (torch.arange(height, device=lines.device) + place.y + 0.5) / place.height * 2 - 1
    x = (torch.arange(width, device=lines.device) + place.x + 0.5) / place.width * 2 - 1
    grid = torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1)[None]
    return F.grid_sample(lines.float(), grid, mode="bilinear", padding_mode="border", align_corners=False)


def within_srgb(light: Tensor, ab: Tensor) -> Tensor:
    """a and b drawn towards grey until sRGB can show them at that lightness, which so never changes."""

    def fits(share: Tensor) -> Tensor:
        linear = lab_to_linear(torch.cat((light, ab * share), dim=1))
        return ((linear >= -1e-6) & (linear <= 1 + 1e-6)).all(dim=1, keepdim=True)

    whole = torch.ones_like(light)
    if bool(fits(whole).all()):
        return ab
    low, high = torch.zeros_like(light), whole
    for _ in range(_STEPS):
        middle = (low + high) / 2
        good = fits(middle)
        low, high = torch.where(good, middle, low), torch.where(good, high, middle)
    return ab * torch.where(fits(whole), whole, low)
