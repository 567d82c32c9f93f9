"""Autoencoders of whole photos: a photo of 128×128 pixels to a code of a few numbers, and back."""

from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.levels import Levelled

SIDE = 128  # pixels
_STEPS = 5  # times that the side is halved
_REFINED = 3  # levels from here on have a second convolution: further out it would cost most


class PhotoAutoencoder(Levelled):
    """A stacked convolutional autoencoder (Masci et al., ICANN 2011): (N, 3, 128, 128) in [0, 1] in and out.

    Encoder and decoder mirror one another. It is taught level by level from the outermost one inwards, and then as a
    whole; the innermost level is the code, (N, code). The numbers of a code are ordered: cut off behind any one of
    them, the rest still is a good code of that length (nested dropout, Rippel et al., ICML 2014).
    """

    side = SIDE
    multiple_of = SIDE
    inner: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((f"down_{n}", f"up_{n}") for n in range(2, _STEPS + 1)),
        ("to_code", "from_code"),
    )
    encoding: ClassVar[tuple[str, ...]] = (*(f"down_{n}" for n in range(1, _STEPS + 1)), "to_code")
    _numbers = 1  # that the encoder gives for each number of the code

    def __init__(self, channels: tuple[int, ...] = (24, 48, 96, 160, 192), code: int = 128) -> None:
        super().__init__()
        self.code = code
        widths = (3, *channels)
        assert len(channels) == _STEPS
        for n in range(1, _STEPS + 1):
            outer, inner = widths[n - 1], widths[n]
            self.add_module(f"down_{n}", _down(outer, inner, refined=n >= _REFINED))
            self.add_module(f"up_{n}", _up(inner, outer, refined=n >= _REFINED, last=n == 1))
        self._smallest = (channels[-1], SIDE >> _STEPS, SIDE >> _STEPS)
        flat = channels[-1] * (SIDE >> _STEPS) ** 2
        self.to_code = nn.Linear(flat, self._numbers * code)
        self.from_code = nn.Linear(code, flat)

    def encode(self, x: Tensor) -> Tensor:
        """The codes (N, code) of photos (N, 3, 128, 128)."""
        return self.to_code(self._down(x, _STEPS).flatten(1))  # type: ignore[no-any-return]  # a module gives a tensor

    def decode(self, z: Tensor) -> Tensor:
        """The photos (N, 3, 128, 128) of codes (N, code); values may lie a little outside of [0, 1]."""
        return self._up(F.gelu(self.from_code(z)).view(-1, *self._smallest), _STEPS)

    def forward(self, x: Tensor, kept: Tensor | None = None) -> Tensor | tuple[Tensor, Tensor, Tensor]:
        """Photos as they come out of their codes, or of the levels that work.

        `kept` is (N, code), 1 for the numbers of each code that are used and 0 for the others.
        """
        if self.depth < self.levels:
            return self._through(x)
        z = self.encode(x)
        return self.decode(z if kept is None else z * kept)

    def _through(self, x: Tensor) -> Tensor:
        """Down and up again without a code, as far as the depth says."""
        return self._up(self._down(x, self.depth), self.depth)

    def _down(self, x: Tensor, depth: int) -> Tensor:
        x = x - 0.5
        for n in range(1, depth + 1):
            x = self.get_submodule(f"down_{n}")(x)
        return x

    def _up(self, x: Tensor, depth: int) -> Tensor:
        for n in range(depth, 0, -1):
            x = self.get_submodule(f"up_{n}")(x)
        return x + 0.5


class VariationalAutoencoder(PhotoAutoencoder):
    """A variational autoencoder (Kingma & Welling, ICLR 2014): the code of a photo is a normal distribution.

    `encode` gives its mean. Codes of all photos together are about standard normal, so that what is drawn from it can
    be decoded as well, and what lies between two codes.
    """

    _numbers = 2

    def encode(self, x: Tensor) -> Tensor:
        return self.posterior(x)[0]

    def posterior(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and logarithm of the variance of each number of the codes, (N, code) each."""
        mean, log_variance = super().encode(x).chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def forward(self, x: Tensor, kept: Tensor | None = None) -> Tensor | tuple[Tensor, Tensor, Tensor]:
        """Photos as they come out of their codes; while it is taught, out of one drawn at random from each.

        Then mean and logarithm of the variance (N, code) are given as well.
        """
        if self.depth < self.levels:
            return self._through(x)
        mean, log_variance = self.posterior(x)
        if not self.training:
            return self.decode(mean if kept is None else mean * kept)
        z = mean + torch.randn_like(mean) * (log_variance / 2).exp()
        return self.decode(z if kept is None else z * kept), mean, log_variance


class _Refine(nn.Module):
    """Adds what a 3×3 convolution makes of its input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + F.gelu(self.conv(x))


def _down(outer: int, inner: int, *, refined: bool) -> nn.Sequential:
    """Half the side."""
    layers = [nn.Conv2d(outer, inner, 4, stride=2, padding=1), nn.GELU()]
    return nn.Sequential(*layers, _Refine(inner)) if refined else nn.Sequential(*layers)


def _up(inner: int, outer: int, *, refined: bool, last: bool) -> nn.Sequential:
    """Twice the side; the mirror image of `_down`."""
    layers: list[nn.Module] = [_Refine(inner)] if refined else []
    layers.append(nn.ConvTranspose2d(inner, outer, 4, stride=2, padding=1))
    return nn.Sequential(*layers) if last else nn.Sequential(*layers, nn.GELU())
