"""A convolutional autoencoder that guesses a photo's colours and takes hints."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.wide_unet import WideUNet

AB_SCALE = 110.0  # a and b are given and guessed over this
BIN = 16.0  # side of the squares of the a-b plane that the network tells apart
BINS_A = BINS_B = 14  # squares along a and along b: -112 to 112
HINT_CELLS = 192  # hinted cells of 4×4 pixels that are carried over the photo; more are seen by the encoder alone
CELL = 4


def squares(ab: Tensor) -> Tensor:
    """(N, 2, H, W) a and b to the numbers of their squares in the a-b plane, (N, H, W)."""
    a = (ab[:, 0] / BIN + BINS_A / 2).floor().clamp(0, BINS_A - 1)
    b = (ab[:, 1] / BIN + BINS_B / 2).floor().clamp(0, BINS_B - 1)
    return (a * BINS_B + b).long()


def square_centres() -> Tensor:
    """a and b in the middle of each square, (BINS_A * BINS_B, 2)."""
    a = (torch.arange(BINS_A) + 0.5 - BINS_A / 2) * BIN
    b = (torch.arange(BINS_B) + 0.5 - BINS_B / 2) * BIN
    return torch.stack(torch.meshgrid(a, b, indexing="ij"), dim=-1).view(-1, 2)


class Colours(NamedTuple):
    """What the network says of (N, 1, H, W) lightness."""

    ab: Tensor  # (N, 2, H/2, W/2) a and b over AB_SCALE
    logits: Tensor  # (N, BINS_A * BINS_B, H/4, W/4) how likely each square of the a-b plane is, whatever hints say
    told: Tensor | None = None  # (N, 1, H/2, W/2) share of each place's colour that comes from hints; None without any


class HintCarrier(nn.Module):
    """Carries what hints correct to the places that look alike.

    Where a hint lies, the guess was wrong by some difference; every place takes a weighted mean of these differences,
    weights by attention over learnt features and by distance, with "none of them" among the choices. This is what the
    global and local hint branches of Zhang et al. (SIGGRAPH 2017) must learn from nothing.
    """

    def __init__(self, channels: int, width: int = 32) -> None:
        super().__init__()
        self.to_key = nn.Conv2d(channels, width, 1)
        self.to_query = nn.Conv2d(channels, width, 1)
        self.none = nn.Conv2d(channels, 1, 1)
        self.falloff = nn.Parameter(torch.tensor(1.0))

    def forward(self, features: Tensor, ab: Tensor, hints: Tensor, mask: Tensor) -> tuple[Tensor, Tensor | None]:
        """The corrected ab (N, 2, H/2, W/2), and how much of it comes from hints (N, 1, H/2, W/2), None without any.

        `hints` (N, 2, H, W) are 0 where `mask` (N, 1, H, W) is.
        """
        cells = F.avg_pool2d(mask.float(), CELL)
        counts = (cells.flatten(1) > 0).sum(1).clamp(max=HINT_CELLS).tolist()
        if not any(counts):
            return ab, None
        given = F.avg_pool2d(hints.float(), CELL) / cells.clamp(min=1e-6)
        # one after the other: a batch as a whole would pay for its most hinted photo in each of them
        carried = [
            self._carried(features[i : i + 1], ab[i : i + 1], given[i : i + 1], cells[i : i + 1], count)
            for i, count in enumerate(counts)
        ]
        corrected, told = zip(*carried, strict=True)
        return torch.cat(corrected), torch.cat(told)

    def _carried(self, features: Tensor, ab: Tensor, given: Tensor, cells: Tensor, count: int) -> tuple[Tensor, Tensor]:
        """One photo, of which `count` cells are hinted."""
        if count == 0:
            return ab, torch.zeros_like(ab[:, :1])
        index = cells.flatten(1).topk(count, dim=1).indices
        wrong = self._at(given, index) - self._at(F.avg_pool2d(ab, CELL // 2), index)  # (1, K, 2)
        keys = self._at(F.avg_pool2d(self.to_key(features), CELL // 2), index)
        queries = self.to_query(features).flatten(2).transpose(1, 2)
        scores = queries @ keys.transpose(1, 2) / keys.shape[-1] ** 0.5  # (1, HW/4, K)
        scores = scores.float() - F.softplus(self.falloff) * self._distance(index, *cells.shape[2:])
        none = self.none(features).flatten(2).transpose(1, 2).float()
        shares = torch.cat((scores, none), dim=2).softmax(dim=2)[..., :count]
        told = shares.sum(2).view(1, 1, *ab.shape[2:])
        return ab + (shares @ wrong).transpose(1, 2).reshape(ab.shape), told

    @staticmethod
    def _at(x: Tensor, index: Tensor) -> Tensor:
        """(N, C, h, w) at (N, K) flat places: (N, K, C), float32."""
        return x.flatten(2).float().gather(2, index[:, None].expand(-1, x.shape[1], -1)).transpose(1, 2)

    @staticmethod
    def _distance(index: Tensor, rows: int, columns: int) -> Tensor:
        """From each place at half size to each hinted cell, in eighths of 256 pixels: (N, 4 * rows * columns, K)."""
        y = (torch.arange(2 * rows, device=index.device) + 0.5) * 2
        x = (torch.arange(2 * columns, device=index.device) + 0.5) * 2
        down = (index // columns).float().mul(CELL).add(CELL / 2)
        right = (index % columns).float().mul(CELL).add(CELL / 2)
        dy = y[None, :, None, None] - down[:, None, None]
        dx = x[None, None, :, None] - right[:, None, None]
        return torch.hypot(dy, dx).flatten(1, 2) / 32


class ColorizingUNet(WideUNet):
    """Guesses a and b of CIE Lab from L and hints.

    Data flow, with sizes relative to the photo:

        (L, hints, mask) -> unshuffle 1/2 -> 1/4 -> 1/8 -> 1/16: global blocks = code z
                             | skip          | skip  | skip         |
        ab <- hints carried <- decoder 1/2 <- 1/4 <- 1/8 <----------+
                                              +-> squares of the a-b plane, for what else it might be

    Hints as further channels with a mask are Zhang et al.'s (SIGGRAPH 2017), the distribution over squares of the a-b
    plane is from Zhang et al. (ECCV 2016). `channels`, `blocks` and `heads` are those of WideUNet; `muted` is the
    share of its chroma that a guess keeps where no hint speaks, once training is over: a guess that is asked to be
    colourful is more often wrong by much.
    """

    def __init__(
        self,
        channels: Sequence[int] = (32, 64, 128, 192),
        blocks: Sequence[int] = (1, 2, 3, 4),
        heads: int = 6,
        muted: float = 1.0,
    ) -> None:
        super().__init__(4 + 3, channels, blocks, heads)
        self.squares = nn.Conv2d(channels[1], BINS_A * BINS_B, 1)
        self.tail = nn.Conv2d(channels[0], 2, 1)
        self.carrier = HintCarrier(channels[0])
        self.muted = muted
        self.init_weights()
        nn.init.zeros_(self.tail.weight)  # all photos are grey at first

    def forward(self, x: Tensor) -> Colours:
        """Colours of (N, 4, H, W): L in [0, 1], a and b of the hints over AB_SCALE, and 1 where there is a hint.

        H and W are multiples of 16; a and b are 0 where there is none.
        """
        light, hints, mask = x[:, :1] * 2 - 1, x[:, 1:3], x[:, 3:]
        half = torch.cat((F.pixel_unshuffle(light, 2), F.avg_pool2d(hints, 2), F.avg_pool2d(mask, 2)), dim=1)
        y, quarter = self.features(half)
        logits = self.squares(quarter)
        guess = self.tail(y).float() * (1.0 if self.training else self.muted)
        ab, told = self.carrier(y, guess, hints, mask)
        return Colours(ab, logits, told)
