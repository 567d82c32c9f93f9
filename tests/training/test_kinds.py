"""A denoiser learns from clean photos, pairs, series and noisy photos alone, and from the same batches every time."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import SettingsError
from aestudio.models.networks import BUILDERS
from aestudio.tasks.noise import NoiseProfile, noise_map
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.data.source import CLEAN, KINDS, NOISY, PAIRS, SERIES
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import Mixture, degrade
from aestudio.training.teaching.denoise import denoised, noise_maps, noise_ratio
from aestudio.training.teaching.grain import even_places, grainy
from aestudio.training.teaching.neighbours import NeighboursObjective, neighbours, random_choice, shrunk
from aestudio.training.teaching.objectives import OBJECTIVES

SIGMA = 20 / 255
PHOTOS = 3
SIZE = 128, 160


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def scenes() -> Tensor:
    coarse = torch.rand(PHOTOS, 3, 5, 6, generator=seeded(7))
    return F.interpolate(coarse, size=SIZE, mode="bicubic").clamp(0, 1) * 0.6 + 0.2


def noisy_like(clean: Tensor, seed: int, sigma: float = SIGMA) -> Tensor:
    return clean + sigma * torch.randn(clean.shape, generator=seeded(seed))


def as_pool(*halves: Tensor) -> PhotoPool:
    levels = torch.cat(halves, dim=1).clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).numpy()
    return pool_of([(photo, 1.0) for photo in levels], [(SIGMA, 0.0)] * len(levels))


def pool_for(kind: str) -> PhotoPool:
    clean = scenes()
    if kind == CLEAN:
        return as_pool(clean)
    if kind == PAIRS:
        return as_pool(noisy_like(clean, 1), clean)
    return as_pool(noisy_like(clean, 1), noisy_like(clean, 2)) if kind == SERIES else as_pool(noisy_like(clean, 1))


@pytest.fixture(scope="module")
def small(recipe: Recipe) -> Recipe:
    return replace(
        recipe, arguments={"channels": (12, 12, 12), "blocks": (1, 1, 1, 1, 1)}, batch=4, patch=32, remembered=0.0
    )


class Smoother(nn.Module):
    """The least network that can denoise soft photos: it learns how far to go towards their blurred selves."""

    def __init__(self) -> None:
        super().__init__()
        self.share = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        return x[:, :3] - self.share * (x[:, :3] - F.avg_pool2d(x[:, :3], 5, 1, 2, count_include_pad=False))


def learnt(recipe: Recipe, pool: PhotoPool, steps: int) -> nn.Module:
    torch.manual_seed(1)
    net = Smoother()
    objective = OBJECTIVES["denoise"](recipe)
    optimizer = torch.optim.Adam(net.parameters(), lr=5e-2)
    for step in range(steps):
        x, target = objective.batch(pool, step)
        loss = objective.step_loss(net, x, target)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch left it untyped
        optimizer.step()
    return net.eval()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_step_gives_the_same_batch(kind: str, small: Recipe) -> None:
    pool = pool_for(kind)
    first, again = (OBJECTIVES["denoise"](replace(small, kind=kind)) for _ in range(2))
    x, target = first.batch(pool, 3)
    assert x.shape == (4, 4, 32, 32)
    assert target.shape == (4, 3, 32, 32)
    assert all(torch.equal(one, two) for one, two in zip((x, target), again.batch(pool, 3), strict=True))
    assert not torch.equal(x, first.batch(pool, 4)[0])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_takes_noise_out(kind: str, small: Recipe) -> None:
    recipe = replace(small, kind=kind, mixture=Mixture(white=1, poisson_gaussian=0, camera=0))
    scores = takes_noise_out(recipe, pool_for(kind), scenes(), noisy_like(scenes(), 5), SIGMA)
    assert next(iter(scores)) == ("psnr_grain" if kind == NOISY else "psnr")


def test_neighbours_take_noise_out_at_half_size(small: Recipe) -> None:
    clean, noisy = (F.avg_pool2d(x, 2)[..., :80] for x in (scenes(), noisy_like(scenes(), 5)))
    recipe = replace(small, kind=NOISY, unpaired="neighbours")
    assert list(takes_noise_out(recipe, pool_for(NOISY), clean, noisy, SIGMA / 2)) == ["psnr_neighbours"]


def takes_noise_out(recipe: Recipe, pool: PhotoPool, clean: Tensor, noisy: Tensor, sigma: float) -> dict[str, float]:
    """Teach a network; the scores, which are numbers for all photos and for a single one."""
    net = learnt(recipe, pool, 20)
    with torch.inference_mode():
        result = denoised(net, noisy, torch.full_like(noisy[:, :1], sigma))
        scores = dict(OBJECTIVES["denoise"](recipe).validate(net, pool))
        alone = OBJECTIVES["denoise"](recipe).validate(net, pool.only(1))
    error, before = ((x - clean).square().mean() for x in (result, noisy))
    assert float(error) < 0.7 * float(before)
    assert all(np.isfinite([*scores.values(), *alone.values()]))
    return scores


def test_batches_of_the_recipes_that_there_are_stay_what_they_were(recipe: Recipe) -> None:
    """Numbers that were drawn before; the draws behind a batch tell that none was added."""
    generator = seeded(11)
    clean = torch.rand(8, 3, 48, 48, generator=generator)
    pair = degrade(clean, Mixture(), generator)
    assert torch.randint(2**31, (3,), generator=generator).tolist() == [780055700, 581606913, 1906036531]
    assert float(pair.degraded.double().mean()) == pytest.approx(0.5004897215, rel=1e-6)
    assert float(pair.sigma.double().mean()) == pytest.approx(0.0974357005, rel=1e-6)
    photo = np.arange(80 * 96 * 3).reshape(80, 96, 3) * 7919 % 251
    pool = pool_of([(photo.astype(np.uint8), 1.0)])
    old = replace(recipe, batch=6, patch=32, seed=4)
    step = 0  # three of its samples are JPEGs, none of whose coefficients lies where processors round differently
    x, target = OBJECTIVES["denoise"](old).batch(pool, step)
    assert float(x.double().std()) == pytest.approx(0.2948756891, rel=1e-6)
    assert float(target.double().mean()) == pytest.approx(0.5002660494, rel=1e-6)
    levels = OBJECTIVES["noise-level"](old).batch(pool, step)[1]
    assert float(levels.double().mean()) == pytest.approx(-2.6168047612, rel=1e-6)


def test_lost_pixels_are_dead_hot_or_anything() -> None:
    clean = scenes().repeat(12, 1, 1, 1)[..., :96, :96]
    pair = degrade(clean, Mixture(white=0, poisson_gaussian=0, camera=0, dropout=1, misjudged=0), seeded())
    lost = (pair.degraded - clean).abs() > 1.5 / 255
    pixels = lost.any(dim=1).float().mean(dim=(1, 2))
    assert 0.003 < float(pixels.min()) < float(pixels.max()) < 0.3
    whole = lost.all(dim=1).sum(dim=(1, 2)) == lost.any(dim=1).sum(dim=(1, 2))
    assert 0 < int(whole.sum()) < len(clean)
    values = [pair.degraded[i][lost[i]] for i in range(len(clean))]
    kinds = [(bool((v == 0).all()), bool((v == 1).all())) for v in values]
    assert {(True, False), (False, True), (False, False)} == set(kinds)
    error = (pair.degraded - clean).square().mean(dim=(1, 2, 3)).sqrt()
    assert torch.allclose(pair.sigma.square().mean(dim=(1, 2, 3)).sqrt(), error, rtol=0.15)


def test_training_tells_the_noise_as_the_studio_does() -> None:
    x = noisy_like(scenes(), 3)
    profiles = [NoiseProfile(0.03, 0.002), NoiseProfile(0.05, -0.001), NoiseProfile(0.02, 0.0)]
    maps = noise_maps(x, torch.tensor([(p.read, p.shot) for p in profiles]))
    for index, profile in enumerate(profiles):
        one = slice(index, index + 1)
        assert torch.allclose(maps[one], noise_map(x[one], profile), atol=1e-6)


def test_pairs_stand_upright_and_some_patches_remember_other_noise(small: Recipe) -> None:
    rows = torch.linspace(0.2, 0.8, SIZE[0]).view(1, 1, -1, 1).expand(PHOTOS, 3, *SIZE)
    x, target = OBJECTIVES["denoise"](replace(small, kind=PAIRS)).batch(as_pool(rows, rows), 0)
    assert bool((target.diff(dim=2) >= 0).all())
    assert torch.equal(x[:, :3], target)
    remembered = replace(small, kind=PAIRS, remembered=0.5, mixture=Mixture(white=1, poisson_gaussian=0, camera=0))
    x, target = OBJECTIVES["denoise"](remembered).batch(as_pool(rows, rows), 0)
    differs = (x[:, :3] != target).flatten(1).any(dim=1).tolist()
    assert differs == [False, False, True, True]


def test_halves_of_a_series_change_places_only_where_they_are_equally_noisy(small: Recipe) -> None:
    clean = scenes()
    objective = OBJECTIVES["denoise"](replace(small, kind=SERIES, batch=24))
    alike = as_pool(noisy_like(clean, 1), noisy_like(clean, 2) + 0.1)  # the second half is brighter: so it is known
    swapped = [bool((x[:3] - t).mean() > 0) for x, t in zip(*objective.batch(alike, 0), strict=True)]
    assert 4 < sum(swapped) < 20
    cleaner = as_pool(noisy_like(clean, 1), noisy_like(clean, 2, SIGMA / 3) + 0.1)
    assert not any(bool((x[:3] - t).mean() > 0) for x, t in zip(*objective.batch(cleaner, 0), strict=True))


def test_the_noise_of_two_photos_is_compared_whatever_they_show() -> None:
    textured = torch.rand(2, 3, 96, 96, generator=seeded(3)) * 0.5 + 0.2
    for sigma in (0.5 * SIGMA, SIGMA, 2 * SIGMA):
        ratio = noise_ratio(noisy_like(textured, 1), noisy_like(textured, 2, sigma))
        assert torch.allclose(ratio, torch.full_like(ratio, (sigma / SIGMA) ** 2), rtol=0.25, atol=0.1)


def test_neighbours_are_two_pixels_of_a_cell_that_touch() -> None:
    places = torch.arange(64.0).view(1, 1, 8, 8)
    choice = random_choice(places.expand(50, 1, 8, 8), seeded())
    one, other = neighbours(places.expand(50, 1, 8, 8), choice)
    assert one.shape == (50, 1, 4, 4)
    (y1, x1), (y2, x2) = ((p.div(8, rounding_mode="floor"), p % 8) for p in (one, other))
    assert bool(((y1 - y2).abs() + (x1 - x2).abs() == 1).all())
    assert torch.equal(y1.div(2, rounding_mode="floor")[0, 0], torch.arange(4.0).view(4, 1).expand(4, 4))
    assert torch.equal(x2.div(2, rounding_mode="floor")[0, 0], torch.arange(4.0).expand(4, 4))
    assert set(choice.flatten().tolist()) == set(range(8))


def test_the_regulariser_costs_nothing_where_denoising_changes_nothing(small: Recipe) -> None:
    objective = NeighboursObjective(replace(small, kind=NOISY))
    x, target = objective.batch(pool_for(NOISY), 0)
    assert target.shape == (4, 16, 32, 32)
    net = BUILDERS["denoising-unet"](**small.arguments)  # as yet it gives photos back as they are
    with torch.no_grad():
        assert float(objective.step_loss(net, x, target)) == pytest.approx(float(objective.loss(net(x), x, target)))


def test_grain_is_taken_from_even_places_and_is_as_strong_as_told() -> None:
    photo = torch.full((1, 3, 96, 160), 0.5)
    photo[..., :64] = torch.rand(3, 96, 64, generator=seeded()) * 0.8  # texture
    photo[..., 128:] = 0.0  # so dark that noise is cut off
    grain = even_places(noisy_like(photo, 1).clamp(0, 1), torch.tensor([[SIGMA, 0.0]]), 32)
    assert grain.shape == (1, 3, 32, 32)
    assert float(grain.std()) == pytest.approx(1, rel=0.05)
    noisy = grainy(photo[..., 64:96, 64:96], grain, torch.tensor([[2 * SIGMA, 0.0]]))
    assert float(noisy.std()) == pytest.approx(2 * SIGMA, rel=0.06)


def test_noise_shrinks_with_its_photo() -> None:
    big = F.interpolate(scenes()[:1], size=(512, 544), mode="bicubic").clamp(0, 1)
    small = shrunk(as_pool(noisy_like(big, 1)), 2)
    assert small.sizes.tolist() == [[256, 272]]
    middle = NoiseProfile(*small.profiles[0].tolist()).level
    assert middle == pytest.approx(255 * SIGMA / 2, rel=0.25)


def test_an_unknown_way_to_learn_from_noisy_photos_is_refused(recipe: Recipe) -> None:
    with pytest.raises(SettingsError, match=r"by “magic”.* one of grain, neighbours"):
        OBJECTIVES["denoise"](replace(recipe, unpaired="magic"))


@pytest.mark.parametrize("task_id", sorted(set(OBJECTIVES) - {"denoise"}))
def test_other_networks_learn_from_clean_photos_alone(task_id: str, recipe: Recipe) -> None:
    with pytest.raises(SettingsError, match=f"“{task_id}” learns from good photos alone"):
        OBJECTIVES[task_id](replace(recipe, kind=PAIRS))
