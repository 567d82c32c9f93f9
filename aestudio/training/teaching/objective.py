"""What every objective declares: training pairs, the loss, and scores on held-out photos."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from aestudio.progress import Progress
from aestudio.training.data.pool import PhotoPool

Picture = tuple[Tensor, Tensor, Tensor]  # before, now and truth


class Objective(ABC):
    """One per network that can be trained."""

    channels: int  # of the network's input
    tiles: ClassVar[bool] = False  # what comes out is a photo, to be joined from tiles

    parts: Mapping[str, Tensor] = MappingProxyType({})  # of the last loss, by name, where there are several

    def prepare(self, net: nn.Module, pool: PhotoPool) -> None:
        """What is computed from the photos before the first step."""
        del net, pool

    def at(self, done: float) -> None:
        """Told before each step: the finished share of the schedule."""
        del done

    @abstractmethod
    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        """Input and target of a step; the same for the same step."""

    @abstractmethod
    def loss(self, output: Any, x: Tensor, target: Tensor) -> Tensor:
        """What is made small; `output` is what the network gave, `x` and `target` as `batch` gave them."""

    def step_loss(self, net: nn.Module, x: Tensor, target: Tensor) -> Tensor:
        """The loss of a step; for objectives that need more than one pass."""
        return self.loss(net(x), x, target)

    @abstractmethod
    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """Scores on held-out photos by name, higher is better; the first one decides."""

    @abstractmethod
    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """The middle of a photo before, now and as it should be, with the same damage each time.

        Three (3, h, w) uint8 on the processor, at most 256 pixels a side. Called in inference mode.
        """

    def finish(self, net: nn.Module, pool: PhotoPool, progress: Progress) -> None:
        """What is computed from the photos after the last step, with the averaged weights. Raises Cancelled."""
        del net, pool, progress


def seeded(x: Tensor) -> torch.Generator:
    """The same damage for the same photo in [0, 1], whichever photos lie beside it in its pool."""
    return torch.Generator(x.device).manual_seed(int((x * 255).round().long().sum()))


def picture_of(x: Tensor) -> Tensor:
    """(1, 3, h, w) or (1, 1, h, w) in [0, 1], to be looked at: (3, h, w) uint8 on the processor."""
    return x[0].float().clamp(0, 1).mul(255).round().byte().cpu().expand(3, -1, -1)


def tinted(photo: Tensor, share: Tensor) -> Tensor:
    """A photo (N, 3, H, W) in [0, 1], red where `share` (N, 1, H, W) is 1."""
    red = torch.tensor((1.0, 0.1, 0.1), device=photo.device).view(1, 3, 1, 1)
    return photo + 0.7 * share * (red - photo)
