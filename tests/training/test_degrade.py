"""The damaged half of training pairs has the statistics it claims."""

import io

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from aestudio.images.metrics import psnr
from aestudio.training.teaching.camera import Camera, demosaic, linear_to_srgb, mosaic, photograph, srgb_to_linear
from aestudio.training.teaching.degrade import Mixture, degrade, residual_level
from aestudio.training.teaching.jpeg import jpeg

ONLY_WHITE = Mixture(white=1, poisson_gaussian=0, camera=0, misjudged=0)
ONLY_POISSON = Mixture(white=0, poisson_gaussian=1, camera=0, misjudged=0)
ONLY_CAMERA = Mixture(white=0, poisson_gaussian=0, camera=1, misjudged=0)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def smooth_picture(n: int = 4, side: int = 96) -> Tensor:
    """Soft colours between 0.2 and 0.8: no noise is cut off at black or white."""
    coarse = torch.rand(n, 3, 4, 4, generator=seeded(7))
    return torch.nn.functional.interpolate(coarse, size=(side, side), mode="bilinear") * 0.6 + 0.2


@pytest.mark.parametrize("mixture", [ONLY_WHITE, ONLY_POISSON, ONLY_CAMERA, Mixture()])
def test_the_noise_level_map_is_the_noise_there_is(mixture: Mixture) -> None:
    pair = degrade(smooth_picture(16), mixture, seeded())
    noise = (pair.degraded - pair.clean).square().mean(dim=(1, 2, 3)).sqrt()
    told = pair.sigma.square().mean(dim=(1, 2, 3)).sqrt()
    assert pair.degraded.shape == pair.clean.shape == (16, 3, 96, 96)
    assert pair.sigma.shape == (16, 1, 96, 96)
    # 27,648 samples a patch give the level to 0.5 %; clipping at 8 bits and rounding take or add a little
    usual = told > 3 / 255 if mixture is ONLY_CAMERA else (told > 3 / 255) & (told < 35 / 255)
    assert torch.allclose(noise[usual], told[usual], rtol=0.12 if mixture is not ONLY_CAMERA else 0.05)


def test_the_same_seed_gives_the_same_damage() -> None:
    first, second = (degrade(smooth_picture(), Mixture(), seeded(3)) for _ in range(2))
    assert torch.equal(first.degraded, second.degraded)
    assert not torch.equal(first.degraded, degrade(smooth_picture(), Mixture(), seeded(4)).degraded)


def test_only_camera_noise_changes_the_clean_half() -> None:
    clean = smooth_picture()
    assert torch.equal(degrade(clean, ONLY_WHITE, seeded()).clean, clean)
    assert not torch.equal(degrade(clean, ONLY_CAMERA, seeded()).clean, clean)


def test_srgb_and_light_are_inverse() -> None:
    x = torch.linspace(0, 1, 1001)
    assert torch.allclose(linear_to_srgb(srgb_to_linear(x)), x, atol=1e-6)
    assert srgb_to_linear(torch.tensor(0.5)).item() == pytest.approx(0.21404, abs=1e-5)  # IEC 61966-2-1


@pytest.mark.parametrize("malvar", [True, False])
def test_demosaicing_keeps_flat_colours(malvar: bool) -> None:
    flat = torch.tensor((0.7, 0.4, 0.2)).view(1, 3, 1, 1).expand(1, 3, 16, 20)
    assert torch.allclose(demosaic(mosaic(flat), malvar=malvar), flat, atol=1e-6)


def test_demosaicing_follows_soft_colours() -> None:
    picture = smooth_picture(1)
    assert float((demosaic(mosaic(picture), malvar=True) - picture).abs().mean()) < 0.002


def test_a_camera_at_a_higher_iso_is_noisier() -> None:
    levels = []
    for iso in (100.0, 1600.0, 25600.0):
        noisy, clean = photograph(
            smooth_picture(8), Camera.random(8, torch.full((8, 1, 1, 1), iso), seeded()), seeded(1)
        )
        levels.append(float((noisy - clean).std()))
    assert levels[0] * 2 < levels[1]
    assert levels[1] * 2 < levels[2]


def test_camera_noise_is_correlated_between_neighbours() -> None:
    camera = Camera.random(8, torch.full((8, 1, 1, 1), 6400.0), seeded())
    noisy, clean = photograph(smooth_picture(8), camera, seeded(1))
    noise = noisy - clean
    beside = (noise[..., 1:] * noise[..., :-1]).mean() / noise.square().mean()
    assert beside > 0.15


@pytest.mark.parametrize("quality", [60, 85, 95])
@pytest.mark.parametrize("subsample", [True, False])
def test_jpeg_does_what_libjpeg_does(quality: int, subsample: bool) -> None:
    x = (smooth_picture(1, 64) + 0.05 * torch.randn(1, 3, 64, 64, generator=seeded())).clamp(0, 1)
    levels = (x[0].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(levels).save(buffer, "JPEG", quality=quality, subsampling=2 if subsample else 0)
    theirs = np.asarray(Image.open(buffer))
    ours = (jpeg(x, torch.full((1, 1, 1, 1), float(quality)), subsample=subsample)[0].permute(1, 2, 0) * 255).numpy()
    # the integer transforms of libjpeg round differently in the last place, and so some coefficients fall the other way
    assert psnr(ours, theirs, 255) > 38
    assert psnr(ours, theirs, 255) > psnr(levels, theirs, 255) + 4


def test_the_level_of_a_residual_follows_brightness() -> None:
    clean = torch.linspace(0.1, 0.9, 96).expand(1, 3, 96, 96)
    noise = (0.02**2 + 0.01 * clean).sqrt() * torch.randn(1, 3, 96, 96, generator=seeded())
    level = residual_level(noise, clean)
    expected = (0.02**2 + 0.01 * clean[:, :1]).sqrt()
    assert torch.allclose(level[..., 4:-4], expected[..., 4:-4], rtol=0.15)
