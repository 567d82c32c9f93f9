"""A convolutional autoencoder that paints what a mask hides."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.wide_unet import WideUNet


class Inpainter(WideUNet):
    """Paints holes from what lies around them.

    It sees the photo with its holes emptied and where they are, as in context encoders (Pathak et al., CVPR 2016); the
    attention of the global blocks lets a hole borrow from anywhere in the crop, where plain convolutions blur (compare
    the contextual attention of Yu et al., CVPR 2018). `channels`, `blocks` and `heads` are those of WideUNet.
    """

    def __init__(
        self, channels: Sequence[int] = (40, 72, 112, 160), blocks: Sequence[int] = (2, 2, 2, 3), heads: int = 5
    ) -> None:
        super().__init__(4 * 4, channels, blocks, heads)
        self.tail = nn.Conv2d(channels[0], 3 * 4, 1)
        self.init_weights()

    def forward(self, x: Tensor) -> Tensor:
        """(N, 4, H, W), the photo in [0, 1] and 1 in its holes, to (N, 3, H, W): painted in holes, untouched elsewhere.

        H and W are multiples of 16; what is in the holes does not matter.
        """
        photo, hole = x[:, :3], x[:, 3:]
        around = _mean_around(photo, hole)
        emptied = (photo - around) * (1 - hole)
        half = F.pixel_unshuffle(torch.cat((emptied, hole * 2 - 1), dim=1), 2)
        painted = around + F.pixel_shuffle(self.tail(self.features(half)[0]), 2).to(x.dtype)
        return torch.where(hole > 0.5, painted, photo)


def _mean_around(photo: Tensor, hole: Tensor) -> Tensor:
    """The mean colour of what is not hidden, (N, 3, 1, 1): the network paints differences from it."""
    kept = 1 - hole
    return (photo * kept).sum((2, 3), keepdim=True) / kept.sum((2, 3), keepdim=True).clamp(min=1)
