"""A convolutional autoencoder that paints what a mask hides."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.membrane import membrane
from aestudio.models.networks.wide_unet import WideUNet


class Inpainter(WideUNet):
    """Paints holes from what lies around them.

    It sees the photo with its holes emptied and where they are, as in context encoders (Pathak et al., CVPR 2016); the
    attention of the global blocks lets a hole borrow from anywhere in the crop, where plain convolutions blur (compare
    the contextual attention of Yu et al., CVPR 2018). `channels`, `blocks` and `heads` are those of WideUNet.

    With `smooth` it also sees the holes filled by a membrane, and weighs that against what it paints at each pixel: fog
    and sky are as smooth as that, and where nothing can be told, a smooth guess errs least.
    """

    def __init__(
        self,
        channels: Sequence[int] = (40, 72, 112, 160),
        blocks: Sequence[int] = (2, 2, 2, 3),
        heads: int = 5,
        *,
        smooth: bool = False,
    ) -> None:
        super().__init__(4 * 4 + 3 * 4 * smooth, channels, blocks, heads)
        self.smooth = smooth
        self.tail = nn.Conv2d(channels[0], (3 + smooth) * 4, 1)
        self.init_weights()
        nn.init.zeros_(self.tail.weight[3 * 4 :])  # half and half at first

    def forward(self, x: Tensor) -> Tensor:
        """(N, 4, H, W), the photo in [0, 1] and 1 in its holes, to (N, 3, H, W): painted in holes, untouched elsewhere.

        H and W are multiples of 16; what is in the holes does not matter.
        """
        photo, hole = x[:, :3], x[:, 3:]
        around = _mean_around(photo, hole)
        emptied = (photo - around) * (1 - hole)
        seen = [emptied, hole * 2 - 1]
        if self.smooth:
            filled = membrane(photo, hole)
            seen.append((filled - around) * hole)
        half = F.pixel_unshuffle(torch.cat(seen, dim=1), 2)
        y = F.pixel_shuffle(self.tail(self.features(half)[0]), 2).to(x.dtype)
        painted = around + y[:, :3]
        if self.smooth:
            painted = painted + y[:, 3:].sigmoid() * (filled - painted)
        return torch.where(hole > 0.5, painted, photo)


def _mean_around(photo: Tensor, hole: Tensor) -> Tensor:
    """The mean colour of what is not hidden, (N, 3, 1, 1): the network paints differences from it."""
    kept = 1 - hole
    return (photo * kept).sum((2, 3), keepdim=True) / kept.sum((2, 3), keepdim=True).clamp(min=1)
