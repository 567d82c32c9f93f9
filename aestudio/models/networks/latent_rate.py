"""How many bits a latent will cost: the context model of aestudio.entropy, with real numbers that can learn."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.entropy.context import CHANNELS, COARSE, ENDS, FOREGOING, FORETOLD, GROUPS, LOUDEST, MEANS, OWN, PHASES
from aestudio.models.networks.between import between

LEAST = 0.02  # the smallest scale of Laplace's distribution
FOLLOWERS = FORETOLD - MEANS
BESIDE = ((-1, 0), (1, 0), (0, -1), (0, 1))
CORNERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
AWAY = ((-2, 0), (2, 0), (0, -2), (0, 2))


class LatentRate(nn.Module):
    """Bits for each symbol, from what a decoder knows by then; aestudio.entropy.context.Scan counts the same.

    All weights of magnitudes pass through softplus, so that more around a place never means less in it.
    """

    earlier: Tensor

    def __init__(self, qualities: int) -> None:
        super().__init__()
        phases = len(PHASES)
        earlier = torch.zeros(CHANNELS, CHANNELS)
        for group in range(1, len(GROUPS)):
            earlier[ENDS[group - 1] : ENDS[group], : ENDS[group - 1]] = 1
        self.register_buffer("earlier", earlier, persistent=False)
        self.around = nn.Parameter(torch.full((phases, CHANNELS, CHANNELS, 3), -6.0))
        self.own = nn.Parameter(torch.full((phases, CHANNELS, 3), -2.5))
        self.bias = nn.Parameter(torch.full((phases, qualities, CHANNELS), -2.0))
        self.mean_spread = nn.Parameter(torch.full((COARSE, MEANS, 3), -2.0))
        self.mean_bias = nn.Parameter(torch.zeros(COARSE, qualities, MEANS))
        self.values = nn.Parameter(torch.zeros(phases, FOLLOWERS, FOREGOING + OWN))

    def forward(self, y: Tensor, step: Tensor, level: Tensor, noise: Tensor, symbols: Tensor) -> Tensor:
        """Bits of each of N latents (N, C, h, w) in levels, as (N, C, h, w); h and w are even.

        `step` is (N, C, 1, 1); `symbols` are the whole steps that y becomes. `noise` stands for that while the network
        learns (Ballé et al., ICLR 2017), and is what it adds, in steps, when bits are counted for real.
        """
        with torch.autocast(y.device.type, enabled=False):
            foretold, scale = self._told(symbols, step, level)
            return laplace_bits(y / step + noise - foretold, scale)

    @torch.no_grad()
    def chosen(self, y: Tensor, step: Tensor, level: Tensor, worth: Tensor, patience: Tensor) -> Tensor:
        """The whole steps (N, C, h, w) that y becomes; aestudio.entropy.choosing says how, of a tile's own tables.

        `worth` (N, C, 1, 1) is in bits for the square of a step, `patience` is (N,). The mean colour is simply rounded:
        what its coarse places cost is not known well enough here.
        """
        with torch.autocast(y.device.type, enabled=False):
            values = y / step
            rounded = values.round()
            foretold, scale = self._told(rounded, step, level)
            low = values.floor()
            met = low - foretold.round()
            saved = laplace_bits(met + 1, scale) - laplace_bits(met, scale)
            higher = patience[:, None, None, None] * saved < worth * (2 * (values - low) - 1)
            return torch.cat((rounded[:, :MEANS], (low + higher)[:, MEANS:]), dim=1)

    def _told(self, symbols: Tensor, step: Tensor, level: Tensor) -> tuple[Tensor, Tensor]:
        """What is expected of each symbol by what comes before it: its value, in steps, and how far off it will be."""
        symbols = symbols.detach()
        masks = phase_masks(symbols)
        means, spread = self._means(symbols[:, :MEANS], masks)
        foretold = torch.cat((means, self._follow(symbols * step, masks) / step[:, MEANS:FORETOLD]), dim=1)
        foretold = F.pad(foretold, (0, 0, 0, 0, 0, CHANNELS - FORETOLD))
        met = (symbols - foretold.round()).abs().clamp(max=LOUDEST).detach()
        scale = torch.cat((self._mean_scale(spread, met, level, masks), self._scale(met, level, masks)), dim=1)
        return foretold, scale

    def _follow(self, values: Tensor, masks: Tensor) -> Tensor:
        """What the values around foretell of the channels behind the mean colour, in levels."""
        means, own = values[:, :MEANS], values[:, MEANS:FORETOLD]
        out = torch.zeros_like(own)
        known = torch.zeros_like(masks[0])
        for phase, mask in enumerate(masks):
            weights = self.values[phase]
            from_means = (
                weights[:, :FOREGOING].view(FOLLOWERS, 9, MEANS).transpose(1, 2).reshape(FOLLOWERS, MEANS, 3, 3)
            )
            split = OWN // 2
            kernel = F.pad(weights[:, FOREGOING : FOREGOING + split], (0, 1))
            kernel = torch.cat((kernel, weights[:, FOREGOING + split :]), dim=1).view(FOLLOWERS, 1, 3, 3)
            told = F.conv2d(means, from_means, padding=1) + F.conv2d(own * known, kernel, padding=1, groups=FOLLOWERS)
            out = out + told * mask
            known = known + mask
        return out

    @staticmethod
    def _means(rounded: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
        """The rounded mean of the coarser neighbours, and how far they lie from it.

        The coarsest quarter of the places takes those at twice the distance: near enough to learn from.
        """
        mean, spread = torch.zeros_like(rounded), torch.zeros_like(rounded)
        for offsets, mask in zip((AWAY, CORNERS, BESIDE), masks, strict=True):
            there = shifted(torch.ones_like(rounded[:1, :1]), offsets)
            count = there.sum(0).clamp(min=1)
            parts = shifted(rounded, offsets)
            middle = (parts.sum(0) / count + 0.5).floor()
            mean = mean + middle * mask
            spread = spread + ((parts - middle).abs() * there).sum(0) * 4 / count * mask
        return mean, spread

    def _mean_scale(self, spread: Tensor, met: Tensor, level: Tensor, masks: Tensor) -> Tensor:
        first = torch.zeros_like(met[:, :1])
        last = torch.cat((first, met[:, : MEANS - 1]), dim=1)
        total = torch.cat((first, met[:, : MEANS - 1].cumsum(1)), dim=1)
        told = torch.stack((spread, last, total), dim=2)
        scale = torch.zeros_like(spread)
        for kind, mask in ((1, masks[0]), (0, masks[1] + masks[2])):
            expected = (F.softplus(self.mean_spread[kind])[None, :, :, None, None] * told).sum(2)
            bias = F.softplus(between(self.mean_bias[kind], level))[:, :, None, None]
            scale = scale + (expected + bias) * mask
        return scale

    def _scale(self, met: Tensor, level: Tensor, masks: Tensor) -> Tensor:
        sums = (met, shifted(met, BESIDE).sum(0), shifted(met, CORNERS).sum(0))
        known = torch.zeros_like(masks[0])
        scale = torch.zeros_like(met)
        for phase, mask in enumerate(masks):
            weights = F.softplus(self.around[phase]) * self.earlier[:, :, None]
            expected = sum(
                (F.conv2d(plane, weights[:, :, part, None, None]) for part, plane in enumerate(sums)),
                torch.zeros_like(met),
            )
            if phase:
                own = met * known
                near = F.softplus(self.own[phase])
                for part, offsets in enumerate((BESIDE, CORNERS, AWAY)):
                    expected = expected + near[None, :, part, None, None] * shifted(own, offsets).sum(0)
            expected = expected + F.softplus(between(self.bias[phase], level))[:, :, None, None]
            scale = scale + expected * mask
            known = known + mask
        return scale[:, MEANS:]


def laplace_bits(r: Tensor, scale: Tensor) -> Tensor:
    """What it costs to code that a value of Laplace's distribution lies within half a step of r."""
    scale = scale.clamp(min=LEAST)
    size = r.abs()
    beyond = (size - 0.5).clamp(min=0) / scale
    tail = -beyond + torch.log((-torch.expm1(-1 / scale) / 2).clamp(min=1e-9))
    inside = 1 - ((size.clamp(max=0.5) - 0.5) / scale).exp() / 2 - (-(size + 0.5) / scale).exp() / 2
    return -torch.where(size < 0.5, inside.clamp(min=1e-9).log(), tail) / math.log(2)


def phase_masks(like: Tensor) -> Tensor:
    """(P, 1, 1, h, w): 1 at the places of each phase."""
    masks = torch.zeros(len(PHASES), 1, 1, *like.shape[2:], dtype=like.dtype, device=like.device)
    for phase, places in enumerate(PHASES):
        for y, x in places:
            masks[phase, :, :, y::2, x::2] = 1
    return masks


def shifted(x: Tensor, offsets: Sequence[tuple[int, int]]) -> Tensor:
    """What lies at each of K offsets from a place, 0 beyond the rim: (K, N, C, h, w)."""
    padded = F.pad(x, (2, 2, 2, 2))
    height, width = x.shape[2:]
    return torch.stack([padded[..., 2 + dy : 2 + dy + height, 2 + dx : 2 + dx + width] for dy, dx in offsets])
