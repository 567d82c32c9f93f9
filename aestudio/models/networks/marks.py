"""Two networks against watermarks: one finds them on the whole photo, one repairs what lies under them."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.wide_unet import WideUNet


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
    """

    told = 1.0  # beside the photo, where it reaches farthest: all of it is marked

    def __init__(
        self, channels: Sequence[int] = (48, 80, 128, 160), blocks: Sequence[int] = (2, 2, 2, 0), heads: int = 5
    ) -> None:
        super().__init__(3 * 4 + 1, channels, blocks, heads)
        self.tail = nn.Conv2d(channels[0], 4 * 4, 1)
        self.init_weights()
        nn.init.zeros_(self.tail.weight)  # training starts from the photo as it is

    def forward(self, x: Tensor) -> Repaired:
        """Repair (N, 4, H, W): the photo in [0, 1], and how likely it is marked there, in [0, 1].

        H and W are multiples of 16.
        """
        photo, found = x[:, :3], x[:, 3:]
        half = torch.cat((F.pixel_unshuffle(photo * 2 - 1, 2), F.avg_pool2d(found, 2)), dim=1)
        y = F.pixel_shuffle(self.tail(self.features(half)[0]), 2).to(x.dtype)
        return Repaired(photo - y[:, :3], y[:, 3:])
