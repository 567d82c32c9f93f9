"""The network of FFDNet for colour photos (Zhang et al., IEEE TIP 2018), as a yardstick for speed.

Only its layers: speed does not depend on the weights, which are random here.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

KMAC_PER_PIXEL = (15 * 96 + 10 * 96 * 96 + 96 * 12) * 9 / 4 / 1000


class FFDNet(nn.Module):
    """Twelve plain 3×3 convolutions of 96 channels at half size; batch normalisation is merged into them."""

    def __init__(self) -> None:
        super().__init__()
        widths = [15, *[96] * 11, 12]
        self.convolutions = nn.ModuleList(nn.Conv2d(c_in, c_out, 3, padding=1) for c_in, c_out in pairwise(widths))

    def forward(self, x: Tensor, sigma: Tensor) -> Tensor:
        """`x` is (N, 3, H, W) in [0, 1], H and W even, `sigma` (N, 3, H/2, W/2); the result has the shape of `x`."""
        y = torch.cat((F.pixel_unshuffle(x, 2), sigma), dim=1).contiguous(memory_format=torch.channels_last)
        for convolution in self.convolutions[:-1]:
            y = F.relu(convolution(y), inplace=True)
        return F.pixel_shuffle(self.convolutions[-1](y), 2)
