"""Planes that cover a whole photo at a size of their own, as a tile sees them."""

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.tasks.base import Place


def planes_at(planes: Tensor, place: Place, height: int, width: int, mode: str = "bilinear") -> Tensor:
    """Planes (1, C, h, w) of the whole photo for the pixels of the tile at `place`: (1, C, height, width), float32.

    Sampled between their pixels, `mode` as in `grid_sample`; what the edge says holds beyond it.
    """
    y = (torch.arange(height, device=planes.device) + place.y + 0.5) / place.height * 2 - 1
    x = (torch.arange(width, device=planes.device) + place.x + 0.5) / place.width * 2 - 1
    grid = torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1)[None]
    return F.grid_sample(planes.float(), grid, mode=mode, padding_mode="border", align_corners=False)
