"""What teaches photo autoencoders: the same damage for the same step, codes cut off, and what a code may say."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from aestudio.errors import SettingsError
from aestudio.models.networks import BUILDERS
from aestudio.models.networks.photo_autoencoder import PhotoAutoencoder, VariationalAutoencoder
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.explore import ExploreObjective, divergence, whole_photo

ARGUMENTS = {"channels": (4, 4, 8, 8, 8), "code": 16}


@pytest.fixture(scope="module")
def small(recipe: Recipe) -> Recipe:
    return replace(recipe, architecture="photo-autoencoder", arguments=ARGUMENTS, batch=8, patch=128)


@pytest.fixture(scope="module")
def pool() -> PhotoPool:
    """Soft photos of several shapes."""
    rng = np.random.default_rng(3)
    photos = []
    for height, width in ((160, 240), (213, 160), (160, 160)):
        coarse = torch.from_numpy(rng.random((1, 3, 5, 6), dtype=np.float32))
        soft = torch.nn.functional.interpolate(coarse, size=(height, width), mode="bicubic")[0].clamp(0, 1)
        photos.append((soft.mul(255).byte().permute(1, 2, 0).contiguous().numpy(), 1.0))
    return pool_of(photos)


def net_of(recipe: Recipe) -> nn.Module:
    torch.manual_seed(1)
    return BUILDERS[recipe.architecture](**recipe.arguments)


@pytest.mark.parametrize(("noise", "dropout"), [(0.0, 0.0), (50.0, 0.0), (0.0, 0.5), (40.0, 0.3)])
def test_the_same_step_gives_the_same_damage(small: Recipe, pool: PhotoPool, noise: float, dropout: float) -> None:
    recipe = replace(small, input_noise=noise, input_dropout=dropout)
    x, target = ExploreObjective(recipe).batch(pool, 5)
    again = ExploreObjective(recipe).batch(pool, 5)
    other = ExploreObjective(recipe).batch(pool, 6)
    assert x.shape == (8, 3, 128, 128)
    assert target.shape == (8, 4, 128, 128)
    assert torch.equal(x, again[0])
    assert torch.equal(target, again[1])
    assert not torch.equal(x, other[0])
    assert not torch.equal(target, other[1])
    clean = target[:, :3]
    assert torch.equal(x, clean) == (not noise and not dropout)
    black = (x == 0).all(dim=1) & (clean > 0.05).any(dim=1)
    shares = black.flatten(1).float().mean(dim=1)
    assert (float(shares.max()) > 0.02) == bool(dropout)
    assert float(shares.max()) <= dropout + 0.05
    if noise and not dropout:
        levels = (x - clean).flatten(1).std(dim=1) * 255
        assert float(levels.max()) <= noise * 1.02
        assert float(levels.max()) > 2 * float(levels.min())  # each photo has its own


def test_a_photo_is_damaged_in_the_same_way_whatever_lies_beside_it(small: Recipe, pool: PhotoPool) -> None:
    objective = ExploreObjective(replace(small, input_noise=40.0, input_dropout=0.3))
    net = net_of(small).eval()
    with torch.inference_mode():
        one, alone = objective.picture(net, pool, 1), objective.picture(net, pool.only(1), 0)
    assert all(torch.equal(a, b) for a, b in zip(one, alone, strict=True))
    assert not torch.equal(one[0], one[2])


def test_codes_of_all_lengths_are_taught_and_whole_ones_most(small: Recipe, pool: PhotoPool) -> None:
    objective = ExploreObjective(small)
    lengths = torch.cat([objective.batch(pool, step)[1][:, 3, 0, 0] for step in range(40)])
    assert float(lengths.min()) == 1
    assert float(lengths.max()) == 16
    assert set(lengths.tolist()) <= {float(n) for n in range(1, 17)}
    assert 0.3 < float((lengths == 16).float().mean()) < 0.6
    planes = objective.batch(pool, 0)[1][:, 3]
    assert torch.equal(planes, planes[:, :1, :1].expand_as(planes))


class Heard(nn.Module):
    """Tells what it was asked to keep."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = torch.zeros(0)

    def forward(self, x: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
        self.kept = kept
        return x


def test_a_code_is_cut_off_behind_its_length(small: Recipe, pool: PhotoPool) -> None:
    objective, net = ExploreObjective(small), Heard()
    x, target = objective.batch(pool, 2)
    objective.step_loss(net, x, target)
    assert torch.equal(net.kept.sum(dim=1), target[:, 3, 0, 0])
    assert bool((net.kept.diff(dim=1) <= 0).all())  # what is kept comes first


def test_a_plain_one_has_no_parts_and_a_variational_one_has_two(small: Recipe, pool: PhotoPool) -> None:
    plain = ExploreObjective(small)
    x, target = plain.batch(pool, 0)
    plain.step_loss(net_of(small).train(), x, target)
    assert plain.parts == {}
    recipe = replace(small, architecture="variational-autoencoder", beta=3.0, beta_warmup=0.5)
    objective, net = ExploreObjective(recipe), net_of(recipe).train()
    assert isinstance(net, VariationalAutoencoder)
    losses = []
    for done in (0.0, 0.25, 0.5, 0.9):
        objective.at(done)
        torch.manual_seed(4)  # the same codes are drawn
        losses.append(float(objective.step_loss(net, x, target).detach()))
        assert set(objective.parts) == {"reconstruction", "latent"}
    error, latent = (float(objective.parts[name]) for name in ("reconstruction", "latent"))
    assert latent > 0
    assert losses == pytest.approx([error, error + 1.5 * latent, error + 3 * latent, error + 3 * latent], rel=1e-4)
    unwarmed = ExploreObjective(replace(recipe, beta_warmup=0.0))
    torch.manual_seed(4)
    assert float(unwarmed.step_loss(net, x, target).detach()) == pytest.approx(losses[-1], rel=1e-4)
    net.depth = 2  # taught level by level, there is no code
    assert not net(x[:2])[0].isnan().any()
    assert isinstance(net(x[:2]), torch.Tensor)


def test_numbers_that_are_cut_off_cost_nothing(small: Recipe) -> None:
    recipe = replace(small, architecture="variational-autoencoder", beta_warmup=0.0)
    objective = ExploreObjective(recipe)
    photo = torch.full((1, 3, 128, 128), 0.5)
    mean = torch.zeros(1, 16)
    mean[:, 8:] = 5.0
    for length, nats in ((8, 0.0), (12, 4 * 12.5)):
        target = torch.cat((photo, torch.full((1, 1, 128, 128), float(length))), dim=1)
        objective.loss((photo, mean, torch.zeros(1, 16)), photo, target)
        assert float(objective.parts["latent"]) == pytest.approx(nats * 2 / photo.numel())


def test_the_divergence_is_that_of_normal_distributions() -> None:
    mean, log_variance = torch.tensor([0.7]), torch.tensor([-0.4])
    told = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, (log_variance / 2).exp()), torch.distributions.Normal(0.0, 1.0)
    )
    assert torch.allclose(divergence(mean, log_variance), told)
    assert float(divergence(torch.zeros(1), torch.zeros(1))) == 0


@pytest.mark.parametrize("network", ["photo-autoencoder", "variational-autoencoder"])
def test_scores_are_of_all_lengths_there_are_and_the_whole_code_decides(
    small: Recipe, pool: PhotoPool, network: str
) -> None:
    arguments = {"channels": (4, 4, 8, 8, 8), "code": 40}
    recipe = replace(small, architecture=network, arguments=arguments)
    net = net_of(recipe).eval()
    assert isinstance(net, PhotoAutoencoder)
    with torch.inference_mode():
        scores = ExploreObjective(recipe).validate(net, pool)
        whole = [net.decode(net.encode(whole_photo(pool, index))).clamp(0, 1) for index in range(3)]
    names = ["psnr", "psnr_32", "psnr_8", "psnr_noisy"]
    assert list(scores) == (names if network == "photo-autoencoder" else [*names, "nats"])
    errors = [(x - whole_photo(pool, n)).square().mean() for n, x in enumerate(whole)]
    assert scores["psnr"] == pytest.approx(sum(-10 * math.log10(float(e)) for e in errors) / 3, abs=0.05)


def test_photos_of_other_sizes_are_refused(small: Recipe) -> None:
    with pytest.raises(SettingsError, match="128×128"):
        ExploreObjective(replace(small, patch=96))
