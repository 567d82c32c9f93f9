"""Teaches a denoiser: from clean photos, from pairs of a noisy and a clean one, or from several noisy ones."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import SettingsError
from aestudio.images.tensors import smooth_luma
from aestudio.training.data.pool import PhotoPool
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.camera import Camera, photograph
from aestudio.training.teaching.degrade import Pair, degrade, misjudged, normal_like, residual_level, to_8_bit, uniform
from aestudio.training.teaching.losses import LOSSES, decibels, tone_loss
from aestudio.training.teaching.objective import Objective, Picture, picture_of, seeded

LOOKED_AT = 384  # pixels of the middle of a photo that pairs are judged on
ALIKE = 0.5  # of the noise's variance: halves of a series that differ by no more change places


def draw_pair(recipe: Recipe, pool: PhotoPool, step: int) -> Pair:
    """The damaged and clean patches of a step."""
    generator = torch.Generator(pool.data.device).manual_seed(recipe.seed * 1_000_003 + step)
    return degrade(pool.patches(recipe.batch, recipe.patch, generator), recipe.mixture, generator)


class DenoiseObjective(Objective):
    """Noisy and clean patches; (N, 4, H, W) in, (N, 3, H, W) out."""

    channels = 4
    tiles = True

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        pair = draw_pair(self._recipe, pool, step)
        return torch.cat((pair.degraded, pair.sigma), dim=1), pair.clean

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        damage = x[:, :3] - target
        loss = LOSSES[self._recipe.loss](output, target)
        if self._recipe.tone:
            loss = loss + self._recipe.tone * tone_loss(output, target, damage)
        return loss

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """Mean PSNR over white noise of 15, 25 and 50, and over cameras at ISO 6400."""
        white: list[float] = []
        camera: list[float] = []
        for clean in pool.centres():
            generator = seeded(clean)
            for sigma in (15, 25, 50):
                noisy = clean + sigma / 255 * normal_like(clean, generator)
                level = torch.full_like(clean[:, :1], sigma / 255)
                white.append(decibels(denoised(net, noisy, level), clean))
            iso = torch.full((1, 1, 1, 1), 6400.0, device=clean.device)
            noisy, target = photograph(clean, Camera.random(1, iso, generator), generator)
            noisy = to_8_bit(noisy)
            camera.append(decibels(denoised(net, noisy, residual_level(noisy - target, target)), target))
        white_mean, camera_mean = sum(white) / len(white), sum(camera) / len(camera)
        return {"psnr": (white_mean + camera_mean) / 2, "psnr_white": white_mean, "psnr_camera": camera_mean}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        clean = pool.photo(index, 256)
        pair = degrade(clean, self._recipe.mixture, seeded(clean))
        now = denoised(net, pair.degraded, pair.sigma)
        return picture_of(pair.degraded), picture_of(now), picture_of(pair.clean)


class PairsObjective(DenoiseObjective):
    """Real noise: each photo's noisy and clean halves, with the noise level map that the studio makes for it.

    Patches are mirrored and never turned: sensors read out rows, and banding lies along them. A share of each batch,
    `remembered` in the recipe, is a clean half with the recipe's own damage, so that the network does not forget the
    noise of other cameras.
    """

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        recipe = self._recipe
        generator = torch.Generator(pool.data.device).manual_seed(recipe.seed * 1_000_003 + step)
        again = self._again(recipe)
        patches = pool.draw(recipe.batch - again, recipe.patch, generator, upright=True)
        noisy, other = patches.pixels.chunk(2, dim=1)
        x, target = self._halves(noisy, other, pool.profiles[patches.photo], generator)
        if again:
            pair = degrade(self._sharp(pool, again, generator), recipe.mixture, generator)
            x = torch.cat((x, torch.cat((pair.degraded, pair.sigma), dim=1)))
            target = torch.cat((target, pair.clean))
        return x, target

    def _halves(
        self, noisy: Tensor, other: Tensor, profiles: Tensor, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Input and target."""
        return torch.cat((noisy, told(noisy, profiles, generator)), dim=1), other

    def _again(self, recipe: Recipe) -> int:
        """How many patches of a batch are damaged as clean photos are."""
        return min(round(recipe.batch * recipe.remembered), recipe.batch - 1)

    def _sharp(self, pool: PhotoPool, count: int, generator: torch.Generator) -> Tensor:
        """Clean halves, shrunk by two if they are large: as sharp as what taught the network first."""
        patch = self._recipe.patch
        shrink = 2 if 2 * patch <= pool.smallest else 1
        clean = pool.patches(count, shrink * patch, generator).chunk(2, dim=1)[1]
        return F.avg_pool2d(clean, shrink) if shrink > 1 else clean

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """Mean PSNR against the photos' second halves, and that of the noisy ones."""
        after: list[float] = []
        before: list[float] = []
        for index, halves in enumerate(pool.centres(LOOKED_AT)):
            noisy, other = halves.chunk(2, dim=1)
            after.append(decibels(denoised(net, noisy, noise_maps(noisy, pool.profiles[index : index + 1])), other))
            before.append(decibels(noisy, other))
        return {"psnr": sum(after) / len(after), "psnr_noisy": sum(before) / len(before)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        noisy, other = pool.photo(index, 256).chunk(2, dim=1)
        now = denoised(net, noisy, noise_maps(noisy, pool.profiles[index : index + 1]))
        return picture_of(noisy), picture_of(now), picture_of(other)


class SeriesObjective(PairsObjective):
    """Photos of the same scene: the second is as good as a clean one even if it is noisy, for noise has no aim.

    After Noise2Noise (Lehtinen et al., ICML 2018), which asks for the squared error: its mean over noisy targets is the
    clean photo. Halves that are about equally noisy change places at random; where one is much cleaner, as in series of
    several ISOs, it stays the target. PSNR against a noisy half has a ceiling, the noise of that half.
    """

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        del x
        return LOSSES["mse"](output, target)

    def _halves(
        self, noisy: Tensor, other: Tensor, profiles: Tensor, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        ratio = noise_ratio(noisy, other)
        alike = (ratio > ALIKE) & (ratio < 1 / ALIKE)
        swap = alike & (uniform(len(noisy), 0, 1, generator) < 0.5)
        x, target = torch.where(swap, other, noisy), torch.where(swap, noisy, other)
        sigma = told(x, profiles, generator) * torch.where(swap, ratio.clamp(min=0).sqrt(), 1.0)
        return torch.cat((x, sigma), dim=1), target

    def _again(self, recipe: Recipe) -> int:
        """None: these photos are not clean."""
        del recipe
        return 0


def denoised(net: nn.Module, noisy: Tensor, sigma: Tensor) -> Tensor:
    """What the studio would save for (N, 3, H, W) and their noise level maps (N, 1, H, W)."""
    return to_8_bit(net(torch.cat((noisy, sigma), dim=1)).float())


def noise_maps(x: Tensor, profiles: Tensor) -> Tensor:
    """`noise_map` of aestudio/tasks/noise.py for (N, 3, H, W) with a profile (N, 2) each: (N, 1, H, W)."""
    line = profiles.view(-1, 2, 1, 1)
    return (line[:, :1].square() + line[:, 1:] * smooth_luma(x)).clamp(min=0).sqrt()


def told(noisy: Tensor, profiles: Tensor, generator: torch.Generator) -> Tensor:
    """The noise level maps that training gives: a photo's own, at times a little wrong, as a hand may set it."""
    return noise_maps(noisy, profiles) * misjudged(len(noisy), 0.5, 0.15, generator)


def noise_ratio(one: Tensor, other: Tensor) -> Tensor:
    """The variance of the noise in `other` over that in `one`, two photos of the same scene; (N, 1, 1, 1).

    What is the same in both drops out of their difference: its fine detail is that of both noises together, and the
    detail of each half tells by how much one exceeds the other.
    """
    detail, other_detail, both = (_fine(x) for x in (one, other, one - other))
    variance = (both + detail - other_detail) / 2
    other_variance = (both - detail + other_detail) / 2
    return other_variance / variance.clamp(min=1e-9)


def _fine(x: Tensor) -> Tensor:
    """The mean square of second differences along both axes, (N, 1, 1, 1): fine detail, noise above all."""
    rough = x.diff(n=2, dim=2)[..., 1:-1] - x.diff(n=2, dim=3)[:, :, 1:-1]
    return rough.square().mean(dim=(1, 2, 3), keepdim=True)


def denoise_objective(recipe: Recipe) -> Objective:
    """The objective for the recipe's kind of photos."""
    from aestudio.training.teaching.grain import GrainObjective  # which are built on this module
    from aestudio.training.teaching.neighbours import NeighboursObjective

    ways: Mapping[str, Callable[[Recipe], Objective]] = {"grain": GrainObjective, "neighbours": NeighboursObjective}
    if recipe.unpaired not in ways:
        raise SettingsError(
            "Noisy photos cannot teach by “{way}”. Please write one of {known}.",
            way=recipe.unpaired,
            known=", ".join(ways),
        )
    kinds: Mapping[str, Callable[[Recipe], Objective]] = {
        CLEAN: DenoiseObjective,
        PAIRS: PairsObjective,
        SERIES: SeriesObjective,
        NOISY: ways[recipe.unpaired],
    }
    return kinds[recipe.kind](recipe)
