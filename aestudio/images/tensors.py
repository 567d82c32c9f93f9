"""Between (H, W, C) arrays and (N, C, H, W) tensors, and what both training and tasks compute on tensors."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.images.photo import LUMA, RgbTile


def to_tensor(tile: RgbTile) -> Tensor:
    """(h, w, 3) to (1, 3, h, w); shares the array's memory, so it is channels-last already."""
    return torch.from_numpy(np.ascontiguousarray(tile)).permute(2, 0, 1)[None]


def to_tile(x: Tensor) -> RgbTile:
    """(1, 3, h, w) on any device to (h, w, 3) float32."""
    tile: RgbTile = x[0].permute(1, 2, 0).float().cpu().numpy()
    return tile


def luma(x: Tensor) -> Tensor:
    """(N, 3, H, W) to (N, 1, H, W)."""
    weights = torch.as_tensor(LUMA, device=x.device, dtype=x.dtype).view(1, 3, 1, 1)
    return (x * weights).sum(dim=1, keepdim=True)


def smooth_luma(x: Tensor) -> Tensor:
    """Luma of (N, 3, H, W) as (N, 1, H, W), averaged over 5×5 pixels: brightness without its noise."""
    return F.avg_pool2d(luma(x), 5, stride=1, padding=2, count_include_pad=False)
