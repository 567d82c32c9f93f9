"""Teaches an autoencoder of whole photos: what it is given, or what was damaged, is to come out of a short code."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import SettingsError
from aestudio.models.networks.photo_autoencoder import SIDE, VariationalAutoencoder
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import normal_like, to_8_bit, uniform
from aestudio.training.teaching.losses import decibels
from aestudio.training.teaching.objective import Objective, Picture, picture_of, seeded

LENGTHS = (8, 32, 128)  # of codes that are judged
JUDGED_NOISE = 25.0  # 8-bit levels
_SMALLEST_PART = 0.6  # of a side of the photo, that is shown
_WHOLE_SHARE = 0.35  # of the codes, that nothing is cut off from


class ExploreObjective(Objective):
    """Photos or large parts of them, squeezed to a square; (N, 3, 128, 128) in and out.

    A denoising autoencoder (Vincent et al., ICML 2008) is given photos with noise, or with pixels left out, as the
    recipe's `input_noise` and `input_dropout` say, and is to give the good ones. A variational one (Kingma & Welling,
    ICLR 2014) is asked as well that its codes be about standard normal. The divergence from that counts `beta` times
    (Higgins et al., ICLR 2017), and nothing at first: it would rather say nothing at all than pay for it (Bowman et
    al., CoNLL 2016). Pixels are taken for normal around what comes out, with a variance of one.
    """

    channels = 3

    def __init__(self, recipe: Recipe) -> None:
        if recipe.patch != SIDE:
            raise SettingsError(
                "Photos are explored at {side}×{side} pixels. Please leave out the size of patches.", side=SIDE
            )
        self._recipe = recipe
        self._done = 0.0

    def at(self, done: float) -> None:
        self._done = done

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        """Input, and what is to come out of it: (N, 4, 128, 128), where the last plane is the length of the code."""
        recipe = self._recipe
        generator = torch.Generator(pool.data.device).manual_seed(recipe.seed * 1_000_003 + step)
        x = parts_of_photos(pool, recipe.batch, generator)
        longest = float(recipe.arguments.get("code", LENGTHS[-1]))
        shorter = (longest ** uniform(recipe.batch, 0, 1, generator)).round()
        lengths = torch.where(uniform(recipe.batch, 0, 1, generator) < _WHOLE_SHARE, longest, shorter)
        return damaged(x, recipe, generator), torch.cat((x, lengths.expand(-1, 1, SIDE, SIDE)), dim=1)

    def loss(self, output: Any, x: Tensor, target: Tensor) -> Tensor:
        """The mean squared error, and the share of the divergence."""
        del x
        if isinstance(output, Tensor):
            return F.mse_loss(output.float(), target[:, :3])
        photo, mean, log_variance = (each.float() for each in output)
        error = F.mse_loss(photo, target[:, :3])
        latent = (divergence(mean, log_variance) * _kept(target, mean.shape[1])).sum(dim=1).mean()
        latent = latent * 2 / target[0, :3].numel()  # the error is a mean over all values, and so is this
        self.parts = {"reconstruction": error.detach(), "latent": latent.detach()}
        warmth = min(self._done / self._recipe.beta_warmup, 1.0) if self._recipe.beta_warmup else 1.0
        return error + self._recipe.beta * warmth * latent

    def step_loss(self, net: nn.Module, x: Tensor, target: Tensor) -> Tensor:
        code = int(self._recipe.arguments.get("code", LENGTHS[-1]))
        return self.loss(net(x, _kept(target, code)), x, target)

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """PSNR of whole photos out of codes of several lengths, and out of noisy photos.

        For variational ones the divergence of their codes as well, in nats.
        """
        found: dict[str, list[float]] = {}
        code = int(self._recipe.arguments.get("code", LENGTHS[-1]))
        lengths = [length for length in LENGTHS if length < code]
        for index in range(len(pool)):
            x = whole_photo(pool, index)
            noisy = to_8_bit(x + JUDGED_NOISE / 255 * normal_like(x, seeded(x)))
            found.setdefault("psnr", []).append(decibels(to_8_bit(_photo(net(x))), x))
            for length in reversed(lengths):
                kept = (torch.arange(code, device=x.device) < length).to(x)[None]
                found.setdefault(f"psnr_{length}", []).append(decibels(to_8_bit(_photo(net(x, kept))), x))
            found.setdefault("psnr_noisy", []).append(decibels(to_8_bit(_photo(net(noisy))), x))
            inner = getattr(net, "module", net)
            if isinstance(inner, VariationalAutoencoder):
                found.setdefault("nats", []).append(float(divergence(*inner.posterior(x)).sum()))
        return {name: sum(values) / len(values) for name, values in found.items()}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """What the network is given, what comes out, and what should."""
        x = whole_photo(pool, index)
        given = damaged(x, self._recipe, seeded(x))
        return picture_of(given), picture_of(_photo(net(given))), picture_of(x)


def _photo(output: Tensor | tuple[Tensor, ...]) -> Tensor:
    return (output if isinstance(output, Tensor) else output[0]).float()


def _kept(target: Tensor, code: int) -> Tensor:
    """Which numbers of each code are used, (N, code), from the last plane of a target."""
    return (torch.arange(code, device=target.device) < target[:, 3, 0, :1]).to(target.dtype)


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Kullback and Leibler's, of normal distributions from the standard one, in nats for each number of each code."""
    return (mean.square() + log_variance.exp() - log_variance - 1) / 2


def damaged(x: Tensor, recipe: Recipe, generator: torch.Generator) -> Tensor:
    """Photos as a denoising autoencoder is given them: with up to so much noise, and up to so many pixels black."""
    n = len(x)
    if recipe.input_noise:
        x = to_8_bit(x + uniform(n, 0, recipe.input_noise / 255, generator) * normal_like(x, generator))
    if recipe.input_dropout:
        lost = torch.rand(x[:, :1].shape, device=x.device, generator=generator)
        x = x * (lost >= uniform(n, 0, recipe.input_dropout, generator))
    return x


def parts_of_photos(pool: PhotoPool, count: int, generator: torch.Generator) -> Tensor:
    """Large parts of photos, half of them mirrored, each squeezed to a square: (N, 3, 128, 128) in [0, 1]."""
    chosen = torch.multinomial(pool.weights, count, replacement=True, generator=generator)
    size = uniform(2 * count, _SMALLEST_PART, 1, generator).view(count, 2)
    place = uniform(2 * count, 0, 1, generator).view(count, 2)
    mirrored = uniform(count, 0, 1, generator) < 0.5
    parts = []
    for index, tall, broad, down, right in torch.cat((chosen[:, None].to(size), size, place), dim=1).tolist():
        photo = pool.pixels(int(index))
        high, wide = photo.shape[:2]
        height, width = max(1, round(high * tall)), max(1, round(wide * broad))
        top, left = round((high - height) * down), round((wide - width) * right)
        parts.append(squeezed(photo[top : top + height, left : left + width]))
    x = torch.cat(parts)
    return torch.where(mirrored, x.flip(3), x)


def whole_photo(pool: PhotoPool, index: int) -> Tensor:
    """A photo of a pool, squeezed to a square: (1, 3, 128, 128) in [0, 1]."""
    return squeezed(pool.pixels(index))


def squeezed(photo: Tensor) -> Tensor:
    """(H, W, 3) uint8 as (1, 3, 128, 128) in [0, 1]."""
    x = photo.permute(2, 0, 1)[None].float() / 255
    return F.interpolate(x, size=(SIDE, SIDE), mode="bilinear", antialias=True)
