"""Paints over marks in training as the tool does, for a network that weighs it against what shines through."""

from functools import cached_property

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.engine.device import fast_precision
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.training.teaching.degrade import uniform

MODEL = "inpaint"
LEFT_ALONE = 0.15  # share of the patches that are not painted: the network looks at a photo once before anything is
_WIDER = 0.3  # share of the others whose holes reach farther than the mark
_CELL = 16  # pixels
_MISSED, _STRAY = 0.04, 0.01  # shares of such cells in which a mark is missed, or a hole is where there is no mark


class Painter:
    """The inpainter as it is installed. It learns nothing here."""

    @cached_property
    def _net(self) -> nn.Module:
        return load_model(card_path(MODEL), torch.device("cpu")).net

    def painted(self, photo: Tensor, covered: Tensor, generator: torch.Generator) -> Tensor:
        """Photos (N, 3, H, W) in [0, 1] with holes painted about where they are covered, (N, 1, H, W) of 0 and 1."""
        hole = holes_about(covered, generator)
        those = (hole.flatten(1).sum(1) > 0).nonzero()[:, 0]
        if not len(those):
            return photo
        net, kind = self._net.to(photo.device), photo.device.type
        x = torch.cat((photo, hole), dim=1)[those].contiguous(memory_format=torch.channels_last)
        half = fast_precision(photo.device)
        with torch.no_grad(), torch.autocast(kind, half, enabled=half != torch.float32):
            filled = net(x).float().clamp(0, 1)
        painted = photo.clone()
        painted[those] = filled
        return painted


def holes_about(covered: Tensor, generator: torch.Generator) -> Tensor:
    """(N, 1, H, W) of 0 and 1: a little wider than what is covered, here and there missed or astray, at times empty."""
    n, _, height, width = covered.shape
    wider = uniform(n, 0, 1, generator) < _WIDER
    near, far = (F.max_pool2d(covered, side, stride=1, padding=side // 2) for side in (3, 7))
    cells = torch.rand(n, 1, height // _CELL, width // _CELL, generator=generator, device=covered.device)
    missed, stray = (
        F.interpolate(where.float(), size=(height, width)) for where in (cells < _MISSED, cells > 1 - _STRAY)
    )
    hole = (torch.where(wider, far, near) * (1 - missed)).maximum(stray)
    return torch.where(uniform(n, 0, 1, generator) < LEFT_ALONE, torch.zeros_like(hole), hole)
