"""Photos in memory as one tensor, from which patches are cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

PLANES = 3  # red, green and blue


class Patches(NamedTuple):
    """A batch cut out of a pool."""

    pixels: Tensor  # (N, planes, side, side) float32 in [0, 1]
    photo: Tensor  # int64, (N,): the photo that each one is from


@dataclass(frozen=True)
class PhotoPool:
    """Photos of many sizes as one flat tensor, so that a batch of patches is a single gather on any device.

    A photo has three planes, or six where it comes with its other half: the noisy photo and behind it the clean one,
    or two noisy photos of the same scene.
    """

    data: Tensor  # uint8, all photos one after the other, each (H, W, planes)
    offsets: Tensor  # int64, (P,): where each photo starts
    sizes: Tensor  # int64, (P, 2): H, W
    weights: Tensor  # float32, (P,): how often patches are drawn from each
    profiles: Tensor  # float32, (P, 2): read and shot of the noise in the first three planes, see NoiseProfile
    planes: int = PLANES

    def to(self, device: torch.device) -> "PhotoPool":
        """The same pool on another device."""
        tensors = {f.name: getattr(self, f.name).to(device) for f in fields(self) if f.name != "planes"}
        return PhotoPool(**tensors, planes=self.planes)

    def __len__(self) -> int:
        return len(self.sizes)

    def only(self, index: int) -> "PhotoPool":
        """One of its photos."""
        return self._between(index, index + 1)

    def first(self, count: int) -> "PhotoPool":
        """Its first photos, no more than `count`."""
        return self._between(0, min(count, len(self)))

    def _between(self, first: int, end: int) -> "PhotoPool":
        some = slice(first, end)
        start = int(self.offsets[first])
        size = int(self.sizes[some].prod(dim=1).sum()) * self.planes
        return PhotoPool(
            self.data[start : start + size],
            self.offsets[some] - start,
            self.sizes[some],
            self.weights[some],
            self.profiles[some],
            self.planes,
        )

    def patches(self, count: int, side: int, generator: torch.Generator, *, upright: bool = False) -> Tensor:
        """The pixels of `draw`."""
        return self.draw(count, side, generator, upright=upright).pixels

    def draw(self, count: int, side: int, generator: torch.Generator, *, upright: bool = False) -> Patches:
        """Patches from random places, in one of eight orientations each; `upright` ones are mirrored at most."""
        device = self.data.device

        def draw(*shape: int) -> Tensor:
            return torch.rand(*shape, device=device, generator=generator)

        chosen = torch.multinomial(self.weights, count, replacement=True, generator=generator)
        sizes = self.sizes[chosen]
        corner = (draw(count, 2) * (sizes - side + 1)).long()
        steps = torch.arange(side, device=device)
        flips = draw(count, 2, 1) < (torch.tensor([[0.0], [0.5]], device=device) if upright else 0.5)
        places = torch.where(flips, side - 1 - steps, steps) + corner[:, :, None]  # (count, 2, side): rows, columns
        rows, columns = places[:, 0, :, None], places[:, 1, None, :]
        at = self.offsets[chosen].view(-1, 1, 1) + (rows * sizes[:, 1].view(-1, 1, 1) + columns) * self.planes
        if not upright:
            at = torch.where(draw(count, 1, 1) < 0.5, at.transpose(1, 2), at)
        index = at[:, None] + torch.arange(self.planes, device=device).view(1, -1, 1, 1)
        return Patches(self.data[index].float() / 255, chosen)

    @cached_property
    def _places(self) -> list[list[int]]:
        """Offset, height and width of each photo: a graphics card is asked for them but once."""
        return torch.cat((self.offsets[:, None], self.sizes), dim=1).tolist()

    @cached_property
    def smallest(self) -> int:
        """The shortest side of all photos."""
        return min(min(size) for _, *size in self._places)

    def pixels(self, index: int) -> Tensor:
        """A photo as it lies here, (H, W, planes) uint8."""
        offset, height, width = self._places[index]
        return self.data[offset : offset + height * width * self.planes].view(height, width, self.planes)

    def centres(self, side: int = 256) -> Iterator[Tensor]:
        """The middle of each photo as (1, planes, s, s) float32 in [0, 1], s at most `side` and a multiple of 16."""
        side = min(side, self.smallest)
        for index in range(len(self.sizes)):
            yield self.photo(index, side)

    def photo(self, index: int, side: int) -> Tensor:
        """The middle of a photo as (1, planes, h, w) float32 in [0, 1]; h and w multiples of 16, and at most `side`."""
        photo = self.pixels(index)
        height, width = photo.shape[:2]
        h, w = (min(side, n) // 16 * 16 for n in (height, width))
        middle = photo[(height - h) // 2 :, (width - w) // 2 :][:h, :w]
        return middle.permute(2, 0, 1)[None].float() / 255


def pool_of(
    photos: Sequence[tuple[NDArray[np.uint8], float]], profiles: Sequence[tuple[float, float]] | None = None
) -> PhotoPool:
    """A pool of (H, W, planes) photos, each with a weight: a photo counts as many pixels as it has, times that."""
    lengths = np.array([p.size for p, _ in photos])
    return PhotoPool(
        data=torch.from_numpy(np.concatenate([p.reshape(-1) for p, _ in photos])),
        offsets=torch.from_numpy(np.cumsum(lengths) - lengths),
        sizes=torch.tensor([p.shape[:2] for p, _ in photos]),
        weights=torch.tensor([p.shape[0] * p.shape[1] * w for p, w in photos], dtype=torch.float32),
        profiles=torch.tensor(profiles if profiles is not None else [(0.0, 0.0)] * len(photos), dtype=torch.float32),
        planes=photos[0][0].shape[2],
    )
