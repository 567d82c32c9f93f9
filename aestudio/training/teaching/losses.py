"""How far a network is from its target, as one number."""

import math
from collections.abc import Callable, Mapping

from torch import Tensor
from torch.nn import functional as F

FAINTEST = 2 / 255  # damage weaker than this counts as this strong


LOSSES: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {"l1": F.l1_loss, "mse": F.mse_loss}


def tone_loss(x_hat: Tensor, target: Tensor, damage: Tensor) -> Tensor:
    """The squared mean error of each patch's channels, over the strength of the damage.

    Half a level of brightness costs next to nothing in squared error, and is seen on a clear sky.
    """
    strength = damage.square().mean(dim=(1, 2, 3)).sqrt() + FAINTEST
    return ((x_hat - target).mean(dim=(2, 3)).square().mean(dim=1) / strength).mean()


def decibels(x_hat: Tensor, target: Tensor, mask: Tensor | None = None) -> float:
    """PSNR of tensors in [0, 1], of the masked pixels (N, 1, H, W) alone if there is a mask; at most 90."""
    squared = (x_hat - target).square()
    error = squared.mean() if mask is None else (squared * mask).sum() / (mask.sum().clamp(min=1) * x_hat.shape[1])
    return -10 * math.log10(max(float(error), 1e-9))
