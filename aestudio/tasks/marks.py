"""What Remove watermarks computes: where the whole photo is marked, and each tile without its mark."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.photo import Photo, to_rgb
from aestudio.images.small import once_per_photo
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.tasks.base import Place
from aestudio.tasks.known_mark import KnownMark, Placement, locate, taken_off

MODEL = "mark-finder"
LONGEST = 768  # pixels of the longer side at which marks are looked for
_MULTIPLE = 16
_POSSIBLE = 0.25  # likelihood from which a pixel may belong to a mark
_TOGETHER = 7  # pixels: letters that are nearer belong to one mark
_SMALLEST = 12  # possible pixels of a mark
_BEST_SHARE = 0.2  # of a mark's pixels, the likeliest ones, that decide about the whole of it
_REACH = 4  # pixels of the photo around what was found in which the exact cover may lie


@dataclass(frozen=True)
class FoundMarks:
    """Where a photo is marked."""

    likely: Tensor  # (1, 1, h, w) in [0, 1], for the whole photo whatever its size; 0 beside the marks
    regions: int
    share: float  # of the photo that is covered
    known: tuple[KnownMark, Placement] | None = None  # a logo, and where it is


def find_marks(photo: Photo, sensitivity: float) -> FoundMarks:
    """Marks are found as wholes: letters near each other stand or fall together.

    Raises WeightsError if the finding network's weights are missing or damaged.
    """
    likely = _likelihood(photo)
    possible = (likely > _POSSIBLE).astype(np.uint8)
    grown = cv2.dilate(possible, np.ones((_TOGETHER, _TOGETHER), np.uint8))
    count, labels = cv2.connectedComponents(grown, connectivity=8)
    labels = np.where(possible > 0, labels, 0)
    kept = np.zeros_like(likely)
    regions = 0
    for number in range(1, count):
        inside = labels == number
        if int(inside.sum()) < _SMALLEST:
            continue
        values = np.sort(likely[inside])
        best = float(values[-max(1, round(_BEST_SHARE * len(values))) :].mean())
        if best > 1 - 0.5 * (sensitivity + 0.1):
            kept[inside] = likely[inside]
            regions += 1
    return FoundMarks(torch.from_numpy(kept)[None, None], regions, float((kept > 0).mean()))


def find_logo(photo: Photo, logo: KnownMark) -> FoundMarks:
    """Where a photographer's own mark is; nowhere if it is not in the photo."""
    placement = locate(photo.rgb(photo.box), logo)
    if placement is None:
        return FoundMarks(torch.zeros(1, 1, 1, 1), 0, 0.0)
    area = float(logo.cover.mean()) * logo.cover.size * placement.scale**2
    return FoundMarks(torch.zeros(1, 1, 1, 1), 1, area / (photo.height * photo.width), (logo, placement))


def unblended_tile(x: Tensor, place: Place) -> Tensor:
    """The tile (1, 3, H, W) with the logo taken off; pixels beside it stay as they are."""
    found: FoundMarks = place.survey
    if found.known is None:
        return x
    logo, placement = found.known
    here = replace(placement, x=placement.x - place.x, y=placement.y - place.y)
    bare, changed = taken_off(to_tile(x), logo, here)
    if not changed.any():
        return x
    return torch.where(torch.from_numpy(changed).to(x.device), to_tensor(bare).to(x), x)


@once_per_photo
def _likelihood(photo: Photo) -> NDArray[np.float32]:
    """How likely each place is marked, (h, w) at half the working size."""
    net = _network(card_path(MODEL))
    scale = min(1.0, LONGEST / max(photo.height, photo.width))
    width, height = (max(_MULTIPLE, _MULTIPLE * round(n * scale / _MULTIPLE)) for n in (photo.width, photo.height))
    pixels = photo.pixels[..., : 1 if photo.pixels.shape[2] < 3 else 3]
    small = cv2.resize(np.ascontiguousarray(pixels), (width, height), interpolation=cv2.INTER_AREA)
    rgb = to_rgb(small.reshape(height, width, -1), photo.metadata.icc)
    with torch.inference_mode():
        likely: NDArray[np.float32] = net(to_tensor(rgb)).sigmoid()[0, 0].float().numpy()
    return likely


@cache
def _network(card: Path) -> nn.Module:
    """Loaded once: examining must not cost more than looking."""
    return load_model(card, torch.device("cpu")).net


def likely_at(found: FoundMarks, place: Place, height: int, width: int) -> Tensor:
    """What was found, for the pixels of the tile at `place`: (1, 1, height, width)."""
    y = (torch.arange(height) + place.y + 0.5) / place.height * 2 - 1
    x = (torch.arange(width) + place.x + 0.5) / place.width * 2 - 1
    grid = torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1)[None]
    return F.grid_sample(found.likely, grid, mode="bilinear", padding_mode="border", align_corners=False)


def repaired(net: nn.Module, x: Tensor, likely: Tensor) -> Tensor:
    """The tile (1, 3, H, W) without its mark; what the network sees as uncovered stays as it is."""
    if float(likely.max()) < _POSSIBLE:
        return x
    output = net(torch.cat((x, likely.to(x)), dim=1))
    near = F.max_pool2d(likely.to(x.device), 2 * _REACH + 1, stride=1, padding=_REACH) > _POSSIBLE
    covered = (output.logits > 0) & near
    covered = F.max_pool2d(covered.float(), 3, stride=1, padding=1) > 0  # half-covered pixels at its edge
    return torch.where(covered, output.photo.clamp(0, 1).to(x.dtype), x)
