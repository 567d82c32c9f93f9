"""What is under a painted mask: painted anew from what lies around it, or brought back where it shines through."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import ImageError
from aestudio.images.mask import Mask, MaskSizeError
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Box, Photo, RgbTile
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.models.catalog import card_path
from aestudio.progress import Progress
from aestudio.tasks.base import Place
from aestudio.tasks.marks import POSSIBLE, likelihood, network
from aestudio.tasks.removal import Removal

MODEL = "inpaint"
CELL = 16  # pixels: masks are taken apart on a grid of such cells
APART = 3  # cells between parts of a mask that are painted by themselves
CORE, AROUND = 320, 96  # pixels that one run of the network paints, and those around them that it sees
DEEPEST = 30  # pixels from a hole's edge to its middle that the network learnt to bridge
_JUDGED_MARGIN = 3  # pixels, at half the working size, around what was painted in which a mark's rest is looked for


@dataclass(frozen=True, eq=False)
class Patch:
    """Pixels for a box of the photo, (h, w, 3) sRGB in [0, 1]; of meaning under the mask only."""

    box: Box
    rgb: RgbTile


@dataclass(frozen=True, eq=False)
class UnderMask(Removal):
    """Removal of what a mask covers."""

    mask: PaintedMask

    def spares(self, box: Box) -> bool:
        """Whatever the mask does not touch."""
        return not bool(self.mask.part(box).any())

    def residue(self, before: Photo, after: Photo) -> float:
        """What the finding network saw there and still sees; nothing where it saw nothing."""
        likely = likelihood(before)
        there = np.where(likely > POSSIBLE, likely, 0)
        height, width = there.shape
        reach = 2 * _JUDGED_MARGIN + 1
        near = cv2.dilate(self._small(height, width), np.ones((reach, reach), np.uint8)) > 0
        was = float(there[near].sum())
        left = float(np.minimum(cv2.resize(likelihood(after), (width, height)), there)[near].sum())
        return left / was if was > 1 else 0.0

    def meant(self, height: int, width: int) -> NDArray[np.float32]:
        """Certain under the mask."""
        return (self._small(height, width) > 0).astype(np.float32)

    def alpha(self, place: Place, height: int, width: int) -> Tensor:
        """The mask for a tile, (1, 1, height, width) in [0, 1]; 0 where the tile reaches beyond the photo."""
        box = Box(place.y, min(place.y + height, place.height), place.x, min(place.x + width, place.width))
        part = torch.from_numpy(self.mask.part(box)).float()[None, None] / 255
        return F.pad(part, (0, width - box.width, 0, height - box.height))

    def _small(self, height: int, width: int) -> Mask:
        """The mask at another size."""
        small = np.zeros((height, width), np.uint8)
        box = self.mask.box
        if box is not None:
            y0, x0 = box.y0 * height // self.mask.height, box.x0 * width // self.mask.width
            y1, x1 = -(-box.y1 * height // self.mask.height), -(-box.x1 * width // self.mask.width)
            small[y0:y1, x0:x1] = cv2.resize(self.mask.part(box), (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
        return small


@dataclass(frozen=True, eq=False)
class PaintedOver(UnderMask):
    """What the mask covers is painted anew."""

    patches: tuple[Patch, ...]

    @property
    def nbytes(self) -> int:
        """Of the patches."""
        return sum(patch.rgb.nbytes for patch in self.patches)

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """Painted already: the whole of a hole must be of one piece, tiles would cut it."""
        del net
        height, width = x.shape[-2:]
        tile = Box(place.y, place.y + height, place.x, place.x + width)
        rgb = to_tile(x).copy()
        for patch in self.patches:
            if patch.box.overlaps(tile):
                y0, x0 = max(tile.y0, patch.box.y0), max(tile.x0, patch.box.x0)
                y1, x1 = min(tile.y1, patch.box.y1), min(tile.x1, patch.box.x1)
                there = patch.rgb[y0 - patch.box.y0 : y1 - patch.box.y0, x0 - patch.box.x0 : x1 - patch.box.x0]
                hidden = self.mask.part(Box(y0, y1, x0, x1)) > 0
                target = rgb[y0 - tile.y0 : y1 - tile.y0, x0 - tile.x0 : x1 - tile.x0]
                target[hidden] = there[hidden]
        alpha = self.alpha(place, height, width).to(x.device)
        return torch.where(alpha > 0, x + alpha * (to_tensor(rgb).to(x) - x), x)


@dataclass(frozen=True, eq=False)
class ShinesThrough(UnderMask):
    """What the mask covers is repaired from what can still be seen of it."""

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """By the network that repairs, which is told that all of this is marked."""
        alpha = self.alpha(place, *x.shape[-2:]).to(x.device)
        repaired = net(torch.cat((x, alpha.to(x.dtype)), dim=1)).photo.clamp(0, 1).to(x.dtype)
        return torch.where(alpha > 0, x + alpha * (repaired - x), x)


def fitting(mask: PaintedMask, photo: Photo, *, scale: bool) -> PaintedMask:
    """The mask at the photo's size. Raises MaskSizeError if it has another one and `scale` is not set."""
    if (mask.height, mask.width) == (photo.height, photo.width):
        return mask
    if not scale:
        raise MaskSizeError(
            "The mask {name} has {mask_width} × {mask_height} pixels, the photo {width} × {height}. "
            "Please let it be scaled, or choose another one.",
            name=mask.name,
            mask_width=mask.width,
            mask_height=mask.height,
            width=photo.width,
            height=photo.height,
        )
    return mask.scaled(photo.height, photo.width)


def painted_over(photo: Photo, mask: PaintedMask, progress: Progress) -> PaintedOver:
    """Paint what the mask covers, hole by hole. Raises ImageError if it covers all, Cancelled, WeightsError."""
    box = mask.box
    patches: list[Patch] = []
    if box is not None:
        if box == photo.box and bool((mask.pixels() > 0).all()):
            raise ImageError("The mask covers the whole photo: there is nothing to paint from. Please paint less.")
        net = network(card_path(MODEL))
        for part in _parts(mask, box):
            patches.append(_painted(net, photo, mask, part, progress))
    return PaintedOver(mask, tuple(patches))


def _cells(mask: PaintedMask, box: Box) -> NDArray[np.bool_]:
    """Which cells of the grid that begins at the box's corner hold some of the mask."""
    part = mask.part(box)
    rows, columns = -(-box.height // CELL), -(-box.width // CELL)
    part = np.pad(part, ((0, rows * CELL - box.height), (0, columns * CELL - box.width)))
    return np.asarray(part.reshape(rows, CELL, columns, CELL).any(axis=(1, 3)))


def _parts(mask: PaintedMask, box: Box) -> Iterator[Box]:
    """Boxes around what lies together."""
    reach = 2 * APART + 1
    cells = _cells(mask, box)
    grown = cv2.dilate(cells.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, labels = cv2.connectedComponents(grown, connectivity=8)
    for number in range(1, count):
        rows, columns = np.nonzero(cells & (labels == number))
        if len(rows):
            yield Box(
                box.y0 + int(rows.min()) * CELL,
                min(box.y1, box.y0 + (int(rows.max()) + 1) * CELL),
                box.x0 + int(columns.min()) * CELL,
                min(box.x1, box.x0 + (int(columns.max()) + 1) * CELL),
            )


def _painted(net: nn.Module, photo: Photo, mask: PaintedMask, part: Box, progress: Progress) -> Patch:
    """Paint what the mask hides in a part of the photo.

    Wide holes are painted at a smaller size, at which the network can bridge them.
    """
    hidden = (mask.part(part) > 0).astype(np.uint8)
    framed = cv2.copyMakeBorder(hidden, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    deepest = float(cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_5).max()) if hidden.any() else 0.0
    if deepest > max(part.height, part.width):  # no edge at all in this part
        deepest = float(max(part.height, part.width))
    scale = min(1.0, DEEPEST / max(deepest, 1.0))
    around = round(AROUND / scale)
    seen = Box(
        max(0, part.y0 - around),
        min(photo.height, part.y1 + around),
        max(0, part.x0 - around),
        min(photo.width, part.x1 + around),
    )
    rgb, hole = photo.rgb(seen), (mask.part(seen) > 0).astype(np.uint8)
    size = max(1, round(seen.width * scale)), max(1, round(seen.height * scale))
    if scale < 1:
        kept = (1 - hole)[..., None].astype(np.float32)
        weight = cv2.resize(kept[..., 0], size, interpolation=cv2.INTER_AREA)
        small = cv2.resize(rgb * kept, size, interpolation=cv2.INTER_AREA) / np.maximum(weight, 1e-3)[..., None]
        small_hole = (weight < 0.5).astype(np.uint8)
        filled = _filled(net, small.astype(np.float32), small_hole, progress)
        wide = cv2.resize(filled, (seen.width, seen.height), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        rgb = np.where(hole[..., None] > 0, wide, rgb).astype(np.float32)
    else:
        rgb = _filled(net, rgb, hole, progress)
    inner = rgb[part.y0 - seen.y0 : part.y1 - seen.y0, part.x0 - seen.x0 : part.x1 - seen.x0]
    return Patch(part, np.ascontiguousarray(inner))


def _filled(net: nn.Module, rgb: RgbTile, hole: Mask, progress: Progress) -> RgbTile:
    """Holes (H, W) of a picture (H, W, 3) painted window by window; each sees what those before it painted."""
    rgb, left = rgb.copy(), hole.copy()
    height, width = left.shape
    for top in range(0, height, CORE):
        for start in range(0, width, CORE):
            core = Box(top, min(top + CORE, height), start, min(start + CORE, width))
            if not left[core.slices].any():
                continue
            progress.check()
            window = Box(
                max(0, core.y0 - AROUND),
                min(height, core.y1 + AROUND),
                max(0, core.x0 - AROUND),
                min(width, core.x1 + AROUND),
            )
            painted = _run(net, rgb[window.slices], left[window.slices])
            inner = (slice(core.y0 - window.y0, core.y1 - window.y0), slice(core.x0 - window.x0, core.x1 - window.x0))
            target = rgb[core.slices]
            hidden = left[core.slices] > 0
            target[hidden] = painted[inner][hidden]
            left[core.slices] = 0
    return rgb


def _run(net: nn.Module, rgb: RgbTile, hole: Mask) -> RgbTile:
    """One run of the network on (h, w, 3); what is hidden beyond the edges stays hidden."""
    multiple_of = int(getattr(net, "multiple_of", 1))
    below, beside = -rgb.shape[0] % multiple_of, -rgb.shape[1] % multiple_of
    padded = np.pad(rgb, ((0, below), (0, beside), (0, 0)))
    hidden = np.pad(hole.astype(np.float32), ((0, below), (0, beside)), constant_values=1.0)
    x = torch.cat((to_tensor(padded), torch.from_numpy(hidden)[None, None]), dim=1)
    with torch.inference_mode():
        painted = to_tile(net(x))
    return painted[: rgb.shape[0], : rgb.shape[1]].clip(0, 1)
