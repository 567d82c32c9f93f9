"""Marks that are found without being told: where the whole photo is marked, and each tile without its mark."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.photo import Box, Photo, to_rgb
from aestudio.images.small import once_per_photo
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.tasks.base import Place
from aestudio.tasks.parts import part_network
from aestudio.tasks.planes import planes_at
from aestudio.tasks.removal import Removal

if TYPE_CHECKING:
    from aestudio.tasks.painting import PaintedOver  # which is built on this module

MODEL = "mark-finder"  # unless another one is chosen for this part
LONGEST = 768  # pixels of the longer side at which marks are looked for
_MULTIPLE = 16
POSSIBLE = 0.4  # likelihood from which a pixel belongs to a mark, if there is one
_TOGETHER = 7  # pixels: letters that are nearer belong to one mark
_ENOUGH = 8.7  # evidence that makes a mark, at the middle sensitivity; see docs/adr
_MORE_SENSITIVE = 1.5  # times less evidence is enough at the highest sensitivity, and more is needed at the lowest
_LESSER = 0.3  # of that evidence is enough for further marks beside a sure one
_FEWEST = 8  # places that a mark covers at least
_BRIGHTEST = 2  # a mark is as likely as the likeliest of so many of its places on the average
_SUREST = 0.999  # likelihoods count no higher
_SIZE = 0.1  # power of a mark's size in its evidence
_COVERED = -2.0  # log-odds from which a pixel counts as covered
_REACH = 4  # pixels of the photo around what was found in which the exact cover may lie


@dataclass(frozen=True, eq=False)
class FoundMarks(Removal):
    """Where a photo is marked, as the finding network sees it."""

    likely: Tensor  # (1, 1, h, w) in [0, 1], for the whole photo whatever its size; 0 beside the marks
    height: int  # of the photo
    width: int
    regions: int
    painted: "PaintedOver | None" = None  # what painting over the marks gives, for networks that weigh it

    @property
    def share(self) -> float:
        """Of the photo that is covered."""
        return float((self.likely > 0).float().mean())

    @property
    def nbytes(self) -> int:
        """Of what is painted."""
        return 0 if self.painted is None else self.painted.nbytes

    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """What the network sees as uncovered stays as it is."""
        likely = planes_at(self.likely, place, x.shape[-2], x.shape[-1]).to(x.device)
        if float(likely.max()) < POSSIBLE:
            return x
        output = net(shown(net, x, likely, self._painted(x, place)))
        covered = covered_by(output.logits, likely, _COVERED)
        return torch.where(covered, output.photo.clamp(0, 1).to(x.dtype), x)

    def _painted(self, x: Tensor, place: Place) -> Tensor:
        """The tile with its marks painted over."""
        if self.painted is None:
            return x
        rgb = to_tile(x).copy()
        self.painted.put_onto(rgb, Box(place.y, place.y + rgb.shape[0], place.x, place.x + rgb.shape[1]))
        return to_tensor(rgb).to(x)

    def spares(self, box: Box) -> bool:
        """As coarsely as the network looked, and a little wider."""
        rows, columns = self.likely.shape[2:]
        y0, y1 = (box.y0 - _REACH) * rows // self.height - 1, -(-(box.y1 + _REACH) * rows // self.height) + 1
        x0, x1 = (box.x0 - _REACH) * columns // self.width - 1, -(-(box.x1 + _REACH) * columns // self.width) + 1
        return not bool(self.likely[:, :, max(0, y0) : y1, max(0, x0) : x1].any())

    def residue(self, before: Photo, after: Photo) -> float:
        """What the network still finds there."""
        del before
        there = self.likely[0, 0].numpy()
        left = np.minimum(cv2.resize(likelihood(after), there.shape[::-1]), there)
        return float(np.where(left > POSSIBLE, left, 0).sum()) / max(float(there.sum()), 1e-6)

    def meant(self, height: int, width: int) -> NDArray[np.float32]:
        """As likely as the network says, and as likely a few pixels farther."""
        likely = self.likely[0, 0].numpy()
        wide = cv2.dilate(likely, np.ones((5, 5), np.uint8))
        return np.asarray(cv2.resize(wide, (width, height)), np.float32)


def shown(net: nn.Module, x: Tensor, likely: Tensor, painted: Tensor) -> Tensor:
    """What the repairing network takes: the photo (1, 3, H, W), where it is marked (1, 1, H, W), and painted over."""
    parts = (x, likely.to(x), painted) if getattr(net, "painted", False) else (x, likely.to(x))
    return torch.cat(parts, dim=1)


def covered_by(logits: Tensor, likely: Tensor, least: float) -> Tensor:
    """Where log-odds (1, 1, H, W) say that a pixel is covered, near where a mark was found; bool."""
    near = F.max_pool2d(likely, 2 * _REACH + 1, stride=1, padding=_REACH) > POSSIBLE
    return (logits > least) & near


def find_marks(photo: Photo, sensitivity: float) -> FoundMarks:
    """Look for marks. Raises WeightsError if the finding network's weights are missing or damaged."""
    kept, regions = believed(likelihood(photo), sensitivity)
    return FoundMarks(torch.from_numpy(kept)[None, None], photo.height, photo.width, regions)


def believed(likely: NDArray[np.float32], sensitivity: float) -> tuple[NDArray[np.float32], int]:
    """Of what is likely (h, w), what is believed; 0 elsewhere. And how many marks that makes.

    Marks are believed as wholes: letters near each other stand or fall together. The evidence for one is the log-odds
    of its likelier half, and grows slowly with its size. In photos without a mark some places are as likely as any,
    but not many together; a small date is all of it likely.
    """
    possible = (likely > POSSIBLE).astype(np.uint8)
    grown = cv2.dilate(possible, np.ones((_TOGETHER, _TOGETHER), np.uint8))
    count, together = cv2.connectedComponents(grown, connectivity=8)
    labels: NDArray[np.int32] = np.where(possible > 0, together, 0).astype(np.int32)
    evidence = _evidence(likely, labels, count)
    enough = _ENOUGH * _MORE_SENSITIVE ** (1 - 2 * sensitivity)
    found = evidence >= _LESSER * enough if evidence.max() >= enough else np.zeros(len(evidence), bool)
    return np.where(found[labels], likely, 0).astype(np.float32), int(found.sum())


def _evidence(likely: NDArray[np.float32], labels: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """The evidence for each of `count` labels to be a mark; 0 for label 0, which is none."""
    evidence = np.zeros(count)
    there = np.flatnonzero(labels)
    order = there[np.lexsort((-likely.ravel()[there], labels.ravel()[there]))]  # each label's likeliest places first
    values = np.minimum(likely.ravel()[order], _SUREST)
    starts = np.searchsorted(labels.ravel()[order], np.arange(1, count + 1))
    for label, (start, end) in enumerate(pairwise(starts), start=1):
        size = int(end - start)
        if size >= _FEWEST:
            top = float(values[start : start + size // _BRIGHTEST].mean())
            evidence[label] = max(0.0, math.log(top / (1 - top))) * size**_SIZE
    return evidence


def likelihood(photo: Photo) -> NDArray[np.float32]:
    """How likely each place is marked, (h, w) at half the working size."""
    return _seen_by(part_network(MODEL))(photo)


@lru_cache(maxsize=2)
def _seen_by(net: nn.Module) -> Callable[[Photo], NDArray[np.float32]]:
    """What a network sees is kept with the photo; another one sees something else in it."""
    return once_per_photo(partial(_likelihood, net))


def _likelihood(net: nn.Module, photo: Photo) -> NDArray[np.float32]:
    scale = min(1.0, LONGEST / max(photo.height, photo.width))
    width, height = (max(_MULTIPLE, _MULTIPLE * round(n * scale / _MULTIPLE)) for n in (photo.width, photo.height))
    pixels = photo.pixels[..., : 1 if photo.pixels.shape[2] < 3 else 3]
    small = cv2.resize(np.ascontiguousarray(pixels), (width, height), interpolation=cv2.INTER_AREA)
    rgb = to_rgb(small.reshape(height, width, -1), photo.metadata.icc)
    # in one precision whoever asks: what is found at first and what is found afterwards are compared
    with torch.inference_mode(), torch.autocast("cpu", enabled=False):
        likely: NDArray[np.float32] = net(to_tensor(rgb)).sigmoid()[0, 0].float().numpy()
    return likely
