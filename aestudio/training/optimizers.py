"""What turns gradients into steps: AdamW, and Muon for networks whose weights hardly move under it any more."""

from collections.abc import Callable, Iterable, Mapping

import torch
from torch import Tensor, nn

_QUINTIC = (3.4445, -4.7750, 2.0315)  # Jordan's: from any singular value in (0, 1] to about 1 in five rounds
_ROUNDS = 5
_LIKE_ADAM = 0.2  # root mean square of AdamW's steps, by and large
_LEAST = 1e-7  # so that no gradient is no error


class Muon(torch.optim.AdamW):
    """Muon for matrices (Jordan et al., 2024), AdamW for biases and other vectors.

    The momentum of each matrix is made orthogonal, so that what the gradients seldom speak of is learnt as fast as
    what they speak of most. Steps are as large as AdamW's (Liu et al., 2025): the same rates and weight decay suit
    both. The weights of a convolution are taken for a matrix with a row for each of their first channels.
    """

    def __init__(
        self,
        params: Iterable[nn.Parameter],
        rate: float,
        decay: float,
        precision: torch.dtype,
        momentum: float = 0.95,
    ) -> None:
        """`precision` is what matrices are made orthogonal in; bfloat16 is enough where it is fast."""
        super().__init__(params, lr=rate, weight_decay=decay, fused=True)
        self._momentum, self._precision = momentum, precision

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # no loss to give
        assert closure is None
        for group in self.param_groups:
            for weights in filter(_is_matrix, group["params"]):
                if weights.grad is not None:
                    self._move(weights, weights.grad, group["lr"], group["weight_decay"])
                    weights.grad = None  # AdamW passes it by
        super().step()

    def _move(self, weights: Tensor, gradient: Tensor, rate: float, decay: float) -> None:
        state = self.state[weights]
        if not state:
            state["momentum"] = torch.zeros_like(weights)
            state["step"] = torch.zeros(())  # AdamW looks for it when a state is put back
        state["step"] += 1
        state["momentum"].lerp_(gradient, 1 - self._momentum)
        ahead = gradient.lerp(state["momentum"], self._momentum)  # Nesterov's
        matrix = ahead.flatten(1)
        change = orthogonal(matrix, self._precision).to(weights.dtype).view_as(ahead)
        weights.mul_(1 - rate * decay).add_(change, alpha=-rate * _LIKE_ADAM * max(matrix.shape) ** 0.5)


def orthogonal(matrix: Tensor, precision: torch.dtype) -> Tensor:
    """The matrix with its singular values at about 1 (0.7 to 1.2), by Newton and Schulz's rounds, in `precision`."""
    a, b, c = _QUINTIC
    upright = matrix.shape[0] > matrix.shape[1]
    x = (matrix / (matrix.norm() + _LEAST)).to(precision)
    x = x.T if upright else x
    for _ in range(_ROUNDS):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if upright else x  # type: ignore[no-any-return]  # torch left matmul untyped


def _is_matrix(weights: Tensor) -> bool:
    return weights.ndim > 1 and min(len(weights), weights[0].numel()) > 1


def _adamw(params: Iterable[nn.Parameter], rate: float, decay: float, precision: torch.dtype) -> torch.optim.AdamW:
    del precision
    return torch.optim.AdamW(params, lr=rate, weight_decay=decay, fused=True)


# each is given weights, learning rate, weight decay, and the precision that is fastest on the device
OPTIMIZERS: Mapping[str, Callable[[Iterable[nn.Parameter], float, float, torch.dtype], torch.optim.AdamW]] = {
    "adamw": _adamw,
    "muon": Muon,
}
