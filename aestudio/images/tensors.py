"""Between (H, W, C) arrays and (N, C, H, W) tensors, and what both training and tasks compute on tensors."""

import numpy as np
import torch
from torch import Tensor

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
    red, green, blue = (float(weight) for weight in LUMA)
    return (x[:, :1] * red).add_(x[:, 1:2], alpha=green).add_(x[:, 2:3], alpha=blue)


def smooth_luma(x: Tensor) -> Tensor:
    """Luma of (N, 3, H, W) as (N, 1, H, W), averaged over the 5×5 pixels around: brightness without its noise.

    Summed one direction after the other: torch's own average pooling takes five times as long.
    """
    return _mean_of_five(_mean_of_five(luma(x), 3), 2)


def _mean_of_five(y: Tensor, dim: int) -> Tensor:
    """The mean of each element and two neighbours on either side along `dim`, fewer at the ends."""
    size = y.shape[dim]
    total, count = y.clone(), torch.ones(size, dtype=y.dtype, device=y.device)
    for step in range(1, min(3, size)):
        for to, of in ((0, step), (step, 0)):
            total.narrow(dim, to, size - step).add_(y.narrow(dim, of, size - step))
            count[to : to + size - step] += 1
    return total.div_(count.view([-1 if d == dim else 1 for d in range(y.ndim)]))
