"""Holes hide what they say, and a network is judged on them alone."""

import numpy as np
import pytest
import torch

from aestudio.training.teaching.inpaint import SHARES, SIDE, cut_holes, draw_holes, holes_of


def test_holes_of_many_sizes() -> None:
    bank = draw_holes(40, 1)
    assert bank.shape == (40, SIDE, SIDE)
    assert set(np.unique(bank.numpy()).tolist()) == {0, 1}
    shares = bank.float().mean((1, 2))
    assert 0.003 < float(shares.min()) < 0.05
    assert 0.15 < float(shares.max()) < 0.5
    assert torch.equal(draw_holes(3, 1), bank[:3])


def test_every_patch_has_a_hole() -> None:
    bank = torch.zeros(2, SIDE, SIDE, dtype=torch.uint8)
    holes = cut_holes(bank, 4, 64, torch.Generator().manual_seed(0))
    assert holes.shape == (4, 1, 64, 64)
    assert bool((holes.flatten(1).sum(1) > 0).all())


@pytest.mark.parametrize("share", SHARES)
def test_validation_hides_the_share_that_it_names(share: float) -> None:
    found = [holes_of(share, 256, seed).mean() for seed in range(6)]
    assert min(found) >= share
    assert np.mean(found) < share + 0.03
    assert np.array_equal(holes_of(share, 256, 3), holes_of(share, 256, 3))
