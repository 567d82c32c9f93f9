"""What a network is taught: its training pairs, and how well it does on held-out photos."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.noise_level import CELL, FLOOR
from aestudio.training.camera import Camera, photograph
from aestudio.training.colorize import ColorizeObjective
from aestudio.training.compress import CompressObjective
from aestudio.training.degrade import Pair, degrade, normal_like, residual_level, to_8_bit
from aestudio.training.inpaint import InpaintObjective
from aestudio.training.losses import LOSSES, tone_loss
from aestudio.training.objective import Objective
from aestudio.training.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.unwatermark import FindMarksObjective, RemoveMarksObjective

JPEG_PERIOD = 16  # pixels: patches are cut out at any phase of the blocks


def draw_pair(recipe: Recipe, pool: PhotoPool, step: int) -> Pair:
    """The damaged and clean patches of a step, cut at any phase of JPEG's blocks."""
    generator = torch.Generator(pool.data.device).manual_seed(recipe.seed * 1_000_003 + step)
    clean = pool.patches(recipe.batch, recipe.patch + JPEG_PERIOD, generator)
    pair = degrade(clean, recipe.mixture, generator)
    y, x = torch.randint(JPEG_PERIOD, (2,), device=clean.device, generator=generator).tolist()
    window = (..., slice(y, y + recipe.patch), slice(x, x + recipe.patch))
    return Pair(pair.degraded[window], pair.clean[window], pair.sigma[window])


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
        for index, clean in enumerate(pool.centres()):
            generator = torch.Generator(clean.device).manual_seed(index)
            for sigma in (15, 25, 50):
                noisy = clean + sigma / 255 * normal_like(clean, generator)
                white.append(_psnr(net, noisy, torch.full_like(clean[:, :1], sigma / 255), clean))
            iso = torch.full((1, 1, 1, 1), 6400.0, device=clean.device)
            noisy, target = photograph(clean, Camera.random(1, iso, generator), generator)
            noisy = to_8_bit(noisy)
            camera.append(_psnr(net, noisy, residual_level(noisy - target, target), target))
        white_mean, camera_mean = sum(white) / len(white), sum(camera) / len(camera)
        return {"psnr": (white_mean + camera_mean) / 2, "psnr_white": white_mean, "psnr_camera": camera_mean}


class NoiseLevelObjective(Objective):
    """Noisy patches and the logarithm of their noise level; (N, 3, H, W) in, (N, 2, H/8, W/8) out."""

    channels = 3

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        pair = draw_pair(self._recipe, pool, step)
        return pair.degraded, _log_level(pair.sigma)

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        """The negative logarithm of the likelihood of the true levels, if errors have Laplace's distribution."""
        level, error = output.chunk(2, dim=1)
        return ((level - target).abs() * (-error).exp() + error).mean()

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """How near the photos' levels come: minus the mean absolute logarithm of their ratio to the truth."""
        errors = []
        for index, clean in enumerate(pool.centres()):
            generator = torch.Generator(clean.device).manual_seed(index)
            for _ in range(8):
                pair = degrade(clean, self._recipe.mixture, generator)
                level, error = net(pair.degraded).float().chunk(2, dim=1)
                trust = (-error).exp()
                difference = (level - _log_level(pair.sigma)) * trust
                errors.append(float((difference.sum() / trust.sum()).abs()))
        return {"nearness": -sum(errors) / len(errors)}


def _log_level(sigma: Tensor) -> Tensor:
    return (F.avg_pool2d(sigma, CELL) + FLOOR).log()


def _psnr(net: nn.Module, noisy: Tensor, sigma: Tensor, clean: Tensor) -> float:
    restored = to_8_bit(net(torch.cat((noisy, sigma), dim=1)).float())
    return float(-10 * (restored - clean).square().mean().log10())


OBJECTIVES: Mapping[str, Callable[[Recipe], Objective]] = {
    "colorize": ColorizeObjective,
    "compress": CompressObjective,
    "denoise": DenoiseObjective,
    "inpaint": InpaintObjective,
    "mark-finder": FindMarksObjective,
    "noise-level": NoiseLevelObjective,
    "unwatermark": RemoveMarksObjective,
}
