"""A photographer's own mark, found in a photo and taken off by undoing the blend."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.errors import Sentence
from aestudio.images.photo import Box, Photo, RgbTile
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.progress import Progress
from aestudio.tasks.base import Place
from aestudio.tasks.holes import common, within
from aestudio.tasks.known_mark import KnownMark, Placement, Plane, area_of, bared, painted_over_lost, sheet_of
from aestudio.tasks.mark_fit import OPACITIES, opacity_of, view_of
from aestudio.tasks.mark_search import locate
from aestudio.tasks.painting import Exact
from aestudio.tasks.removal import Removal

_EDGES_TELL = 0.03  # gain from which edges that are left count as the mark's
_MARGIN, _AROUND = 8, 16  # pixels around a mark that may change, and that painting looks at
_IN_ONE_PIECE = 8e6  # pixels


@dataclass(frozen=True, eq=False)
class OwnMark(Removal):
    """A mark that is known, and where it is in a photo; None if it is not there."""

    mark: KnownMark
    placement: Placement | None
    height: int  # of the photo
    width: int
    painted: Exact | None = None  # what it hid altogether, where that was painted for all tiles together

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """Without any network; pixels beside the mark stay as they are."""
        del net
        assert self.placement is not None  # or every box is spared
        here = replace(self.placement, x=self.placement.x - place.x, y=self.placement.y - place.y)
        bare, changed, lost = bared(to_tile(x), self.mark, here, self._sheet)
        if self.painted is None:
            bare = painted_over_lost(bare, lost)
        else:
            self._put_onto(bare, Box(place.y, place.y + x.shape[-2], place.x, place.x + x.shape[-1]))
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
        del before
        view = None if self.placement is None else view_of(after, self.mark, self.placement)
        if self.placement is None or view is None:
            return 0.0
        left = 0.0
        for opacities in (OPACITIES, (-0.99, -0.04)):  # too little, or too much taken off
            opacity, gain = opacity_of(view.rgb, self.mark, view.inside(self.placement), opacities)
            if gain > _EDGES_TELL:
                left = max(left, abs(opacity) / max(self.placement.opacity, 0.01))
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

    @property
    def nbytes(self) -> int:
        """Of the mark at the size at which it lies in the photo, and of what was painted."""
        painted = 0 if self.painted is None else self.painted.nbytes
        return painted + (0 if self.placement is None else round(16 * self.mark.cover.size * self.placement.scale**2))

    def _put_onto(self, bare: RgbTile, tile: Box) -> None:
        """Lay what was painted over the pixels (h, w, 3) of a tile."""
        if self.painted is not None and self.painted.box.overlaps(tile):
            both = common(self.painted.box, tile)
            lost = self.painted.where(both)
            bare[within(both, tile)][lost] = self.painted.rgb(both)[lost]

    @cached_property
    def _sheet(self) -> Plane:
        """Made once: a mark may be as large as the photo, and there are many tiles."""
        assert self.placement is not None
        return sheet_of(self.mark, self.placement.scale)

    def _area(self) -> Box | None:
        """The photo's pixels that the mark may lie on."""
        if self.placement is None:
            return None
        return area_of(self.mark, self.placement, _MARGIN, self.height, self.width)


def find_own_mark(photo: Photo, mark: KnownMark, progress: Progress) -> OwnMark:
    """Where a photographer's own mark is; nowhere if it is not in the photo. Raises Cancelled."""
    placement = locate(photo, mark, progress)
    painted = None if placement is None else _lost(photo, mark, placement)
    return OwnMark(mark, placement, photo.height, photo.width, painted)


def _lost(photo: Photo, mark: KnownMark, placement: Placement) -> Exact | None:
    """What the mark hid altogether, painted in one piece: tiles would show.

    None for marks of which this would take too much memory.
    """
    area = area_of(mark, placement, _AROUND, photo.height, photo.width)
    if area is None or area.height * area.width > _IN_ONE_PIECE:
        return None
    here = replace(placement, x=placement.x - area.x0, y=placement.y - area.y0)
    bare, _, lost = bared(photo.rgb(area), mark, here)
    return Exact.of(0, area, painted_over_lost(bare, lost), lost)
