"""A photographer's own mark, found in a photo and taken off by undoing the blend."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.errors import Sentence
from aestudio.images.photo import Box, Photo
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.tasks.base import Place
from aestudio.tasks.known_mark import KnownMark, Placement, locate, opacity_of, taken_off
from aestudio.tasks.removal import Removal

_EDGES_TELL = 0.03  # gain from which edges that are left count as the mark's
_MARGIN = 8  # pixels around a mark


@dataclass(frozen=True, eq=False)
class OwnMark(Removal):
    """A mark that is known, and where it is in a photo; None if it is not there."""

    mark: KnownMark
    placement: Placement | None
    height: int  # of the photo
    width: int

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """Without any network; pixels beside the mark stay as they are."""
        del net
        assert self.placement is not None  # or every box is spared
        here = replace(self.placement, x=self.placement.x - place.x, y=self.placement.y - place.y)
        bare, changed = taken_off(to_tile(x), self.mark, here)
        if not changed.any():
            return x
        return torch.where(torch.from_numpy(changed).to(x.device), to_tensor(bare).to(x), x)

    def spares(self, box: Box) -> bool:
        """What lies beside the mark."""
        area = self._area()
        return area is None or not area.overlaps(box)

    def note(self) -> Sentence | None:
        """That the mark is not there."""
        if self.placement is not None:
            return None
        return Sentence.of("The mark “{mark}” was not found in this photo, which stays as it is.", mark=self.mark.name)

    def residue(self, before: Photo, after: Photo) -> float:
        """The opacity at which the mark's edges can still be seen, be it bright or dark, as a share of what it was."""
        area = self._area()
        if self.placement is None or area is None:
            return 0.0
        del before
        rgb = after.rgb(area)
        here = replace(self.placement, x=self.placement.x - area.x0, y=self.placement.y - area.y0)
        left = 0.0
        for mark in (self.mark, replace(self.mark, colour=1 - self.mark.colour)):  # too little, or too much taken off
            opacity, gain = opacity_of(rgb, mark, here)
            if gain > _EDGES_TELL:
                left = max(left, opacity / max(self.placement.opacity, 0.01))
        return left

    def meant(self, height: int, width: int) -> NDArray[np.float32]:
        """Certain, where the mark lies."""
        plane = np.zeros((height, width), np.float32)
        area = self._area()
        if area is not None:
            y0, y1 = (round(row * height / self.height) for row in (area.y0, area.y1))
            x0, x1 = (round(column * width / self.width) for column in (area.x0, area.x1))
            plane[y0 : y1 + 1, x0 : x1 + 1] = 1
        return plane

    def _area(self) -> Box | None:
        """The photo's pixels that the mark may lie on."""
        if self.placement is None:
            return None
        where = self.placement
        height, width = (side * where.scale for side in self.mark.cover.shape)
        corners = cv2.boxPoints(((where.x + width / 2, where.y + height / 2), (width, height), where.angle))
        (x0, y0), (x1, y1) = corners.min(axis=0) - _MARGIN, corners.max(axis=0) + _MARGIN
        return Box(max(0, int(y0)), min(self.height, int(y1) + 1), max(0, int(x0)), min(self.width, int(x1) + 1))


def find_own_mark(photo: Photo, mark: KnownMark) -> OwnMark:
    """Where a photographer's own mark is; nowhere if it is not in the photo."""
    return OwnMark(mark, locate(photo.rgb(photo.box), mark), photo.height, photo.width)
