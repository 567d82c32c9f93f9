"""Two networks against watermarks: one finds them on the whole photo, one repairs what lies under them."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.wide_unet import WideUNet

UNPAINTED = 1e-3  # what differs by no more was not painted


class Repaired(NamedTuple):
    """What the repairing network gives for (N, 4, H, W)."""

    photo: Tensor  # (N, 3, H, W) without the mark, not clipped; the photo itself where there is none
    logits: Tensor  # (N, 1, H, W) how likely each pixel is covered


class MarkFinder(WideUNet):
    """Where a photo is marked.

    A mark is told from a sign or a caption by what lies around it, so the whole photo is looked at, at a small size
    (compare the coarse stage of Liu, Zhu and Bai, WACV 2021). `channels`, `blocks` and `heads` are those of WideUNet.
    """

    def __init__(
        self, channels: Sequence[int] = (24, 48, 96, 160), blocks: Sequence[int] = (1, 2, 2, 2), heads: int = 5
    ) -> None:
        super().__init__(3 * 4, channels, blocks, heads)
        self.tail = nn.Conv2d(channels[0], 1, 1)
        self.init_weights()
        nn.init.constant_(self.tail.bias, -3.0)  # type: ignore[arg-type]  # it has one: most pixels are not marked

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, 1, H/2, W/2) of (N, 3, H, W) in [0, 1], H and W multiples of 16."""
        logits: Tensor = self.tail(self.features(F.pixel_unshuffle(x * 2 - 1, 2))[0])
        return logits


class MarkRemover(WideUNet):
    """What lies under a mark, and where exactly it covers the photo.

    It learns the difference between the photo and what it was (residual learning: Zhang et al., IEEE TIP 2017), from
    the photo and where it was found to be marked. Without global blocks it works on tiles.

    With `painted` it is also shown what painting over the mark would give, and weighs that against what shines through
    at each pixel: under an opaque mark nothing does, and on a plain wall painting leaves no ghost. A photo that is not
    painted over is shown as it is.
    """

    told = 1.0  # beside the photo, where it reaches farthest: all of it is marked

    def __init__(
        self,
        channels: Sequence[int] = (48, 80, 128, 160),
        blocks: Sequence[int] = (2, 2, 2, 0),
        heads: int = 5,
        *,
        painted: bool = False,
    ) -> None:
        super().__init__(3 * 4 + 1 + 3 * 4 * painted, channels, blocks, heads)
        self.painted = painted
        self.tail = nn.Conv2d(channels[0], (4 + painted) * 4, 1)
        self.init_weights()
        nn.init.zeros_(self.tail.weight)  # training starts from the photo as it is, and half of what is painted

    def forward(self, x: Tensor) -> Repaired:
        """Repair (N, 4, H, W): the photo in [0, 1], and how likely it is marked there, in [0, 1].

        With `painted`, (N, 7, H, W): behind them the photo with its mark painted over. H and W are multiples of 16.
        """
        photo, found, painted = x[:, :3], x[:, 3:4], x[:, 4:]
        seen = [F.pixel_unshuffle(photo * 2 - 1, 2), F.avg_pool2d(found, 2)]
        if self.painted:
            seen.append(F.pixel_unshuffle(painted - photo, 2))
        y = F.pixel_shuffle(self.tail(self.features(torch.cat(seen, dim=1))[0]), 2).to(x.dtype)
        repaired = photo - y[:, :3]
        if self.painted:
            there = ((painted - photo).abs().amax(1, keepdim=True) > UNPAINTED).to(x.dtype)
            repaired = repaired + there * y[:, 4:].sigmoid() * (painted - repaired)
        return Repaired(repaired, y[:, 3:4])
