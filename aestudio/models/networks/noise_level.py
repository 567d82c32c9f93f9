"""A small convolutional network that sees how strong the noise is at each place of a photo."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CELL = 8  # pixels: one estimate for each cell of CELL × CELL
FLOOR = 0.5 / 255  # added before the logarithm: differences below rounding do not matter


class NoiseLevelNet(nn.Module):
    """Energies of learnt filters over cells, on a logarithmic scale, and a few convolutions that weigh them.

    What CBDNet's noise estimation half does (Guo et al., CVPR 2019), with the statistics that classical estimators use
    built in: a network that starts from energies need not learn to square.
    """

    multiple_of = CELL
    encoding = ("filters",)

    def __init__(self, filters: int = 48, channels: int = 64) -> None:
        super().__init__()
        self.filters = nn.Conv2d(3, filters, 5, padding=2, bias=False)
        self.weigh = nn.Sequential(
            nn.Conv2d(filters, channels, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels, 2, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """log(sigma + FLOOR) of the noise in each cell, and the logarithm of its likely error: (N, 2, H/8, W/8).

        `x` is (N, 3, H, W), sRGB in [0, 1], H and W multiples of 8; sigma is the standard deviation on that scale,
        all channels taken together. A sky gives its noise away, grass does not: so the error is estimated as well
        (Kendall and Gal, NeurIPS 2017, with Laplace's distribution).
        """
        energies = F.avg_pool2d(self.filters(x).float().square(), CELL)
        level, error = self.weigh((energies + FLOOR**2).log() / 2 + 3).chunk(2, dim=1)
        return torch.cat((level - 3, error), dim=1)
