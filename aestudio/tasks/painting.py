"""What is under a painted mask: painted anew from what lies around it, or brought back where it shines through."""

from abc import ABC, abstractmethod
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
from aestudio.progress import Part, Progress
from aestudio.tasks.base import Place
from aestudio.tasks.holes import Holes, common, widened, windows, within
from aestudio.tasks.marks import POSSIBLE, likelihood, shown
from aestudio.tasks.parts import part_network
from aestudio.tasks.planes import planes_at
from aestudio.tasks.removal import Removal

MODEL = "inpaint"  # unless another one is chosen for this part
CORE, AROUND = 320, 96  # pixels that one run of the network paints, and those around them that it sees
MIRRORS = ((), (3,))  # axes that are turned round
DEEPEST = 30  # pixels from a hole's edge to its middle that the network learnt to bridge
_LARGEST = 24e6  # pixels that are painted at a smaller size in one piece: more would not fit into memory
_BAND = 256  # rows that are made smaller together
_TOP = np.float32(65535)  # what is painted is kept at 16 bits
_JUDGED_MARGIN = 3  # pixels, at half the working size, around what was painted in which a mark's rest is looked for


@dataclass(frozen=True, eq=False)
class Patch(ABC):
    """What was painted in a box of the photo; of meaning where that part of the mask hides it."""

    number: int  # of the part
    box: Box

    @abstractmethod
    def rgb(self, box: Box) -> RgbTile:
        """The pixels of a box within its own, (h, w, 3) sRGB in [0, 1]."""

    @property
    @abstractmethod
    def nbytes(self) -> int:
        """Memory that it takes."""


@dataclass(frozen=True, eq=False)
class Exact(Patch):
    """Painted pixel by pixel; nothing but what is hidden is kept."""

    levels: NDArray[np.uint16]  # (n, 3)
    hidden: NDArray[np.uint8]  # which pixels of the box these are, as bits

    @classmethod
    def of(cls, number: int, box: Box, rgb: RgbTile, hidden: NDArray[np.bool_]) -> "Exact":
        """From what was painted, (h, w, 3)."""
        return cls(number, box, _levels(rgb[hidden]), np.packbits(hidden))

    def rgb(self, box: Box) -> RgbTile:
        """Black where nothing is hidden."""
        own = self.box
        whole = np.zeros((own.height, own.width, 3), np.float32)
        whole[self.where(own)] = self.levels.astype(np.float32) / _TOP
        return whole[within(box, own)]

    def where(self, box: Box) -> NDArray[np.bool_]:
        """Which pixels of a box within its own are hidden, (h, w)."""
        own = self.box
        bits = np.unpackbits(self.hidden, count=own.height * own.width)
        return bits.reshape(own.height, own.width)[within(box, own)] > 0

    @property
    def nbytes(self) -> int:
        return self.levels.nbytes + self.hidden.nbytes


@dataclass(frozen=True, eq=False)
class Coarse(Patch):
    """Painted at a smaller size, together with what lies around it."""

    seen: Box  # what `levels` shows
    levels: NDArray[np.uint16]  # (h, w, 3)

    def rgb(self, box: Box) -> RgbTile:
        """Cubic in between; the same pixels whatever the box."""
        place = Place(box.y0 - self.seen.y0, box.x0 - self.seen.x0, self.seen.height, self.seen.width)
        planes = to_tensor(self.levels.astype(np.float32) / _TOP)
        return to_tile(planes_at(planes, place, box.height, box.width, mode="bicubic")).clip(0, 1)

    @property
    def nbytes(self) -> int:
        return self.levels.nbytes


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
        """Certain under the mask, and next to it: a pixel of that size may hold a little of it."""
        return (cv2.dilate(self._small(height, width), np.ones((3, 3), np.uint8)) > 0).astype(np.float32)

    def alpha(self, place: Place, height: int, width: int) -> Tensor:
        """The mask for a tile, (1, 1, height, width) in [0, 1]; 0 where the tile reaches beyond the photo."""
        box = Box(place.y, min(place.y + height, place.height), place.x, min(place.x + width, place.width))
        part = torch.from_numpy(self.mask.part(box)).float()[None, None] / 255
        return F.pad(part, (0, width - box.width, 0, height - box.height))

    def _small(self, height: int, width: int) -> Mask:
        """What is hidden, however faintly, at another size."""
        hidden = (self.mask.pixels() > 0).view(np.uint8)
        hidden *= 255
        return cv2.resize(hidden, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


@dataclass(frozen=True, eq=False)
class PaintedOver(UnderMask):
    """What the mask covers is painted anew."""

    holes: Holes
    patches: tuple[Patch, ...]

    @property
    def nbytes(self) -> int:
        """Of the patches."""
        return sum(patch.nbytes for patch in self.patches)

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """Painted already: the whole of a hole must be of one piece, tiles would cut it."""
        del net
        height, width = x.shape[-2:]
        rgb = to_tile(x).copy()
        self.put_onto(rgb, Box(place.y, place.y + height, place.x, place.x + width))
        alpha = self.alpha(place, height, width).to(x.device)
        return torch.where(alpha > 0, x + alpha * (to_tensor(rgb).to(x) - x), x)

    def put_onto(self, rgb: RgbTile, box: Box) -> None:
        """Lay what is painted over the pixels (h, w, 3) of a box of the photo, whole even where the mask is soft."""
        for patch in self.patches:
            _put(patch, self.holes, rgb, box)


@dataclass(frozen=True, eq=False)
class ShinesThrough(UnderMask):
    """What the mask covers is repaired from what can still be seen of it."""

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """By the network that repairs, which is told that all of this is marked."""
        alpha = self.alpha(place, *x.shape[-2:]).to(x.device)
        repaired = net(shown(net, x, alpha, x)).photo.clamp(0, 1).to(x.dtype)
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
    if mask.share >= 1:
        raise ImageError("The mask covers the whole photo: there is nothing to paint from. Please paint less.")
    holes = Holes.of(mask)
    patches: list[Patch] = []
    areas = {number: box.height * box.width for number, box in holes.boxes.items()}
    whole, done = sum(areas.values()), 0
    for number, area in areas.items():
        net, part = part_network(MODEL), Part(progress, done, area, whole)
        done += area
        scale = min(1.0, DEEPEST / max(holes.deepest(number), 1.0))
        if scale < 1:
            patches.append(_painted_small(net, photo, holes, number, scale, part))
        else:
            _paint(net, photo, holes, number, patches, part)
    return PaintedOver(mask, holes, tuple(patches))


def _paint(net: nn.Module, photo: Photo, holes: Holes, number: int, patches: list[Patch], progress: Progress) -> None:
    """Paint a part of what is hidden window by window; each sees what those before it painted."""
    cut = list(windows(holes.boxes[number], photo.box, CORE, AROUND))
    for done, (core, window) in enumerate(cut):
        progress.step(done, len(cut))
        own = holes.hidden(number, core)
        if not own.any():
            continue
        rgb, hole = photo.rgb(window), (holes.mask.part(window) > 0).astype(np.uint8)
        for patch in patches:
            _put(patch, holes, rgb, window, hole)
        painted = _run(net, rgb, hole)
        patches.append(Exact.of(number, core, painted[within(core, window)], own))


def _put(patch: Patch, holes: Holes, rgb: RgbTile, box: Box, hole: Mask | None = None) -> None:
    """Lay a patch over the pixels (h, w, 3) of a box of the photo, where nothing is hidden any longer."""
    if patch.box.overlaps(box):
        both = common(patch.box, box)
        hidden = holes.hidden(patch.number, both)
        if hidden.any():
            rgb[within(both, box)][hidden] = patch.rgb(both)[hidden]
            if hole is not None:
                hole[within(both, box)][hidden] = 0


def _painted_small(net: nn.Module, photo: Photo, holes: Holes, number: int, scale: float, progress: Progress) -> Patch:
    """Paint a part with wide holes at a smaller size, at which the network can bridge them."""
    part = holes.boxes[number]
    scale = min(scale, (_LARGEST / (part.height * part.width)) ** 0.5)
    seen = widened(part, round(AROUND / scale), photo.box)
    size = max(1, round(seen.height * scale)), max(1, round(seen.width * scale))
    small, weight = _reduced(photo, holes.mask, seen, size, progress)
    hole = (weight < 0.5).astype(np.uint8)
    cut = list(windows(Box(0, size[0], 0, size[1]), Box(0, size[0], 0, size[1]), CORE, AROUND))
    for done, (core, window) in enumerate(cut):
        progress.step(done, len(cut))
        if not hole[core.slices].any():
            continue
        painted = _run(net, small[window.slices], hole[window.slices])[within(core, window)]
        hidden = hole[core.slices] > 0
        small[core.slices][hidden] = painted[hidden]
        hole[core.slices] = 0
    return Coarse(number, part, seen, _levels(small))


def _reduced(
    photo: Photo, mask: PaintedMask, seen: Box, size: tuple[int, int], progress: Progress
) -> tuple[RgbTile, NDArray[np.float32]]:
    """What is not hidden of a box of the photo at a size (h, w): its mean colours (h, w, 3), and its share (h, w).

    A band at a time: a part of a large photo would take several times its memory.
    """
    height, width = size
    each = seen.height / height  # rows for one
    total = np.zeros((height, width, 4), np.float32)
    for y in range(0, seen.height, _BAND):
        progress.check()
        end = min(y + _BAND, seen.height)
        band = Box(seen.y0 + y, seen.y0 + end, seen.x0, seen.x1)
        kept = (mask.part(band) == 0).astype(np.float32)[..., None]
        across = cv2.resize(
            np.concatenate((photo.rgb(band) * kept, kept), axis=2), (width, end - y), interpolation=cv2.INTER_AREA
        )
        first, last = int(y / each), min(height, int(np.ceil(end / each)))
        tops, rows = np.arange(first, last)[:, None] * each, np.arange(y, end)[None]
        shares = np.clip(np.minimum(tops + each, rows + 1) - np.maximum(tops, rows), 0, None) / each
        total[first:last] += np.tensordot(shares.astype(np.float32), across, axes=1)
    weight = total[..., 3]
    rgb: RgbTile = np.clip(total[..., :3] / np.maximum(weight, 1e-3)[..., None], 0, 1)
    return rgb, weight


def _levels(rgb: NDArray[np.float32]) -> NDArray[np.uint16]:
    return np.rint(rgb.clip(0, 1) * _TOP).astype(np.uint16)


def _averaged(net: nn.Module, x: Tensor) -> Tensor:
    """What the network paints, and what it paints in the mirror: they err differently, and their mean errs least."""
    views = [net(x.flip(dims)).flip(dims) if dims else net(x) for dims in MIRRORS]
    return torch.stack(views).mean(0)


def _run(net: nn.Module, rgb: RgbTile, hole: Mask) -> RgbTile:
    """One run of the network on (h, w, 3); what is hidden beyond the edges stays hidden."""
    multiple_of = int(getattr(net, "multiple_of", 1))
    below, beside = -rgb.shape[0] % multiple_of, -rgb.shape[1] % multiple_of
    padded = np.pad(rgb, ((0, below), (0, beside), (0, 0)))
    hidden = np.pad(hole.astype(np.float32), ((0, below), (0, beside)), constant_values=1.0)
    x = torch.cat((to_tensor(padded), torch.from_numpy(hidden)[None, None]), dim=1)
    with torch.inference_mode():
        painted = to_tile(_averaged(net, x))
    return painted[: rgb.shape[0], : rgb.shape[1]].clip(0, 1)
