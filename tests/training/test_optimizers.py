"""Muon makes the steps of matrices orthogonal, and leaves the others to AdamW."""

import pytest
import torch
from torch import Tensor, nn

from aestudio.training.optimizers import OPTIMIZERS, Muon, orthogonal

RATE, DECAY = 1e-2, 0.1


def gradients(*weights: nn.Parameter, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    for each in weights:
        each.grad = torch.randn(each.shape, generator=generator)


def ill_conditioned(rows: int, columns: int) -> Tensor:
    """A matrix whose singular values fall from 1 to 0.01."""
    generator = torch.Generator().manual_seed(0)
    small = min(rows, columns)
    left, _ = torch.linalg.qr(torch.randn(rows, small, generator=generator))
    right, _ = torch.linalg.qr(torch.randn(columns, small, generator=generator))
    matrix: Tensor = (left * torch.logspace(0, -2, small)) @ right.T
    return matrix


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("shape", [(24, 24), (12, 80), (80, 12)])
def test_all_directions_count_alike(shape: tuple[int, int], precision: torch.dtype) -> None:
    values = torch.linalg.svdvals(orthogonal(ill_conditioned(*shape), precision).float())
    assert values.min() > 0.6
    assert values.max() < 1.3


def test_what_is_orthogonal_has_the_directions_of_the_matrix() -> None:
    matrix = ill_conditioned(16, 40)
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    ours = left.T @ orthogonal(matrix, torch.float32) @ right.T
    assert (ours - torch.diag(ours.diagonal())).abs().max() < 1e-3


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_steps_are_as_large_as_those_of_adamw_however_large_gradients_are(scale: float) -> None:
    weights = nn.Parameter(torch.zeros(64, 32, 3, 3))
    optimizer = Muon([weights], RATE, 0.0, torch.float32)
    gradients(weights, seed=1)
    assert weights.grad is not None
    weights.grad *= scale
    optimizer.step()
    assert float(weights.detach().square().mean().sqrt()) == pytest.approx(0.2 * RATE, rel=0.2)


def test_no_gradient_at_all_moves_nothing() -> None:
    weights, still = nn.Parameter(torch.ones(8, 4)), nn.Parameter(torch.ones(8, 4))
    optimizer = Muon([weights, still], RATE, 0.0, torch.float32)
    weights.grad = torch.zeros_like(weights)
    optimizer.step()
    assert torch.equal(weights, torch.ones(8, 4))
    assert torch.equal(still, torch.ones(8, 4))


def test_vectors_learn_by_adamw() -> None:
    ours = [nn.Parameter(torch.ones(6)), nn.Parameter(torch.ones(1, 6, 1, 1)), nn.Parameter(torch.ones(6, 1))]
    theirs = [nn.Parameter(each.detach().clone()) for each in ours]
    other = nn.Parameter(torch.ones(6, 6))
    muon = OPTIMIZERS["muon"]([*ours, other], RATE, DECAY, torch.float32)
    adamw = OPTIMIZERS["adamw"](theirs, RATE, DECAY, torch.float32)
    for seed in range(3):
        gradients(*ours, other, seed=seed)
        gradients(*theirs, seed=seed)
        muon.step()
        adamw.step()
    for mine, their in zip(ours, theirs, strict=True):
        assert torch.equal(mine, their)
    assert not torch.equal(other, torch.ones(6, 6))


def test_weights_decay_by_the_rate() -> None:
    weights = nn.Parameter(torch.ones(8, 4))
    optimizer = Muon([weights], RATE, DECAY, torch.float32)
    weights.grad = torch.zeros_like(weights)
    optimizer.step()
    torch.testing.assert_close(weights.detach(), torch.full((8, 4), 1 - RATE * DECAY))
