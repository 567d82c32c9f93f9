"""What every objective declares: training pairs, the loss, and scores on held-out photos."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from torch import Tensor, nn

from aestudio.training.pool import PhotoPool


class Objective(ABC):
    """One per network that can be trained."""

    channels: ClassVar[int]  # of the network's input
    tiles: ClassVar[bool] = False  # what comes out is a photo, to be joined from tiles

    def prepare(self, net: nn.Module, pool: PhotoPool) -> None:
        """What is computed from the photos before the first step."""
        del net, pool

    @abstractmethod
    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        """Input and target of a step; the same for the same step."""

    @abstractmethod
    def loss(self, output: Any, x: Tensor, target: Tensor) -> Tensor:
        """What is made small; `output` is what the network gave, `x` and `target` as `batch` gave them."""

    @abstractmethod
    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """Scores on held-out photos by name, higher is better; the first one decides."""

    def finish(self, net: nn.Module, pool: PhotoPool) -> None:
        """What is computed from the photos after the last step, with the averaged weights."""
        del net, pool
