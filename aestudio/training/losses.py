"""How far a network is from its target, as one number."""

from collections.abc import Callable, Mapping

from torch import Tensor
from torch.nn import functional as F

FAINTEST = 2 / 255  # damage weaker than this counts as this strong


def _level(x_hat: Tensor, target: Tensor, damage: Tensor) -> Tensor:
    """Squared error over the strength of the damage: plain squared error is all about the noisiest samples.

    The error that remains after denoising grows about as fast as the noise itself, so that every level counts alike.
    """
    strength = damage.square().mean(dim=(1, 2, 3)).sqrt() + FAINTEST
    return ((x_hat - target).square().mean(dim=(1, 2, 3)) / strength).mean()


LOSSES: Mapping[str, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
    "l1": lambda x_hat, target, _: F.l1_loss(x_hat, target),
    "mse": lambda x_hat, target, _: F.mse_loss(x_hat, target),
    "level": _level,
}


def tone_loss(x_hat: Tensor, target: Tensor, damage: Tensor) -> Tensor:
    """The squared mean error of each patch's channels, over the strength of the damage.

    Half a level of brightness costs next to nothing in squared error, and is seen on a clear sky.
    """
    strength = damage.square().mean(dim=(1, 2, 3)).sqrt() + FAINTEST
    return ((x_hat - target).mean(dim=(2, 3)).square().mean(dim=1) / strength).mean()
