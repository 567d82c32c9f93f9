"""A mark that many photos share, learnt from the photos alone: what stays while everything else changes.

After Dekel, Rubinstein, Liu and Freeman (On the Effectiveness of Visible Watermarks, CVPR 2017): the edges of the mark
are those that agree over the photos; from them come its place and a first guess of its cover, which is then made better
until as little as possible of its edges is left in all photos together.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aestudio.errors import ImageError, SettingsError
from aestudio.images.io import read_photo
from aestudio.images.photo import Box, RgbTile
from aestudio.images.small import resized_to
from aestudio.progress import Progress
from aestudio.tasks.known_mark import KnownMark, Plane

FEWEST, MOST = 8, 50  # photos: fewer tell nothing, more tell nothing new
COMPARED = 24  # of them, when the cover is made better: what takes longest
OVERVIEW = 640  # pixels of the longer side at which the mark is looked for
AGREED = 12.0  # how far a shared edge stands out from what chance leaves, in robust standard deviations
SMALLEST = 40  # pixels of the overview that must agree
MARGIN = 0.15  # of the mark's size, around it
STEPS, RATE = 300, 0.05  # of the improvement
_LARGEST = 400  # pixels of the mark's longer side at which it is learnt
_SEEN = 0.02  # cover that counts


@dataclass(frozen=True, eq=False)
class LearntMark:
    """What was learnt, and where it lies in photos of that size."""

    mark: KnownMark  # its cover is what it covers in these photos: opacity 1 takes it off
    box: Box  # in photos of this height and width
    height: int
    width: int
    photos: int  # that it was learnt from


def learn_mark(paths: Sequence[Path], name: str, progress: Progress) -> LearntMark:
    """Find what photos share. Those of the commonest size are looked at; it must lie at the same place in all of them.

    Raises SettingsError if there are too few photos, or if they share nothing.
    """
    parts = 3 * len(paths)  # looking for the mark, looking at it, and learning it are told as a third of the work each
    group = _same_size(paths, progress, parts)
    if len(group) < FEWEST:
        raise SettingsError(
            "{folder} holds {count} photos of one size: at least {fewest} are needed to learn their mark.",
            folder=name,
            count=len(group),
            fewest=FEWEST,
        )
    height, width = group[0].height, group[0].width
    box = _shared_box([each.small for each in group], height, width)
    if box is None:
        raise SettingsError(
            "The photos in {folder} share no mark at the same place. Please choose photos that carry it.", folder=name
        )
    shrink = min(1.0, _LARGEST / max(box.height, box.width))
    crops = _crops([each.path for each in group[:COMPARED]], box, shrink, progress, parts)
    cover, colour = _learnt(torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2), progress, parts)
    if shrink < 1:
        size = box.width, box.height
        cover, colour = (
            cv2.resize(plane, size, interpolation=cv2.INTER_CUBIC).astype(np.float32) for plane in (cover, colour)
        )
    cover = np.where(cover > _SEEN, np.clip(cover, 0, 1), 0).astype(np.float32)
    mark = KnownMark(name, cover, np.clip(colour, 0, 1).astype(np.float32))
    return LearntMark(mark, box, height, width, len(group))


@dataclass(frozen=True, eq=False)
class _Overview:
    """A photo as the mark is looked for in it: the photos themselves would not fit into memory together."""

    path: Path
    height: int
    width: int
    small: Plane  # grey


def _same_size(paths: Sequence[Path], progress: Progress, parts: int) -> list[_Overview]:
    """The photos of the commonest size; those that cannot be read are passed over."""
    by_size: dict[tuple[int, int], list[_Overview]] = defaultdict(list)
    for done, path in enumerate(paths):
        progress.step(done, parts, path.name)
        try:
            photo = read_photo(path)
        except ImageError:
            continue
        group = by_size[photo.height, photo.width]
        if len(group) < MOST:
            small = resized_to(photo, OVERVIEW)
            grey = cv2.cvtColor(small.rgb(small.box), cv2.COLOR_RGB2GRAY).astype(np.float32)
            group.append(_Overview(path, photo.height, photo.width, grey))
        if len(group) == MOST:
            break
    return max(by_size.values(), key=len, default=[])


def _crops(paths: Sequence[Path], box: Box, shrink: float, progress: Progress, parts: int) -> list[RgbTile]:
    """What lies in the box, at the size at which the mark is learnt."""
    crops = []
    for done, path in enumerate(paths):
        progress.step(parts // 3 + parts // 3 * done // len(paths), parts, path.name)
        photo = read_photo(path)
        part = replace(photo, pixels=photo.pixels[box.slices])
        small = resized_to(part, _LARGEST) if shrink < 1 else part
        crops.append(small.rgb(small.box))
    return crops


def _shared_box(grey: Sequence[Plane], height: int, width: int) -> Box | None:
    """Around the edges that agree over photos of that size."""
    shrink = min(1.0, OVERVIEW / max(height, width))
    across, down = (np.median(np.stack([_sobel(plane, axis) for plane in grey]), axis=0) for axis in (0, 1))
    strength = np.hypot(across, down)
    noise = 1.4826 * float(np.median(strength)) + 1e-6
    agreed = cv2.morphologyEx((strength > AGREED * noise).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(agreed, connectivity=8)
    kept = np.zeros_like(agreed)
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] >= SMALLEST:
            kept[labels == number] = 1
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    if not len(rows):
        return None
    edges = np.array([rows[0], rows[-1] + 1, columns[0], columns[-1] + 1]) / shrink
    margin = max(6.0, MARGIN * min(edges[1] - edges[0], edges[3] - edges[2]))
    y0, y1, x0, x1 = (edges + np.array([-margin, margin, -margin, margin])).round().astype(int).tolist()
    return Box(max(0, y0), min(height, y1), max(0, x0), min(width, x1))


def _sobel(plane: Plane, axis: int) -> Plane:
    return cv2.Sobel(plane, cv2.CV_32F, 1 - axis, axis, ksize=3, scale=1 / 8).astype(np.float32)


def _learnt(photos: Tensor, progress: Progress, parts: int) -> tuple[Plane, NDArray[np.float32]]:
    """Cover (h, w) and colour (h, w, 3) of the mark in (N, 3, h, w).

    With one pair of them, the photos without it, I = (J - a L) / (1 - a), have the fewest edges in all.
    """
    start, bright = _first_guess(photos)
    logit = torch.logit(start.clamp(0.01, 0.9)).requires_grad_()
    colour = torch.full((3, *start.shape), 0.95 if bright else 0.05).requires_grad_()
    optimizer = torch.optim.Adam([logit, colour], lr=RATE)
    with torch.enable_grad():
        for step in range(STEPS):
            progress.step(parts // 3 * 2 + parts // 3 * step // STEPS, parts)
            alpha = logit.sigmoid()
            shown = photos - alpha * colour
            bare = shown / (1 - alpha).clamp(min=0.05)
            left = sum(_steps(shown, 1 - alpha, dim) for dim in (-1, -2))
            outside = (-bare).clamp(min=0).mean() + (bare - 1).clamp(min=0).mean()  # no photo is darker than black
            smooth = sum((colour.diff(dim=dim).abs() * alpha.detach().mean()).mean() for dim in (-1, -2))
            sparse = 0.002 * alpha.mean()
            loss = left + 0.3 * outside + smooth + sparse
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch left it untyped
            optimizer.step()
            with torch.no_grad():
                colour.clamp_(0, 1)
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - step / STEPS)
    cover = logit.detach().sigmoid().numpy()
    return cover.astype(np.float32), colour.detach().permute(1, 2, 0).numpy().astype(np.float32)


def _first_guess(photos: Tensor) -> tuple[Tensor, bool]:
    """Cover (h, w) from the edges that agree, and whether the mark is brighter than the photos."""
    grey = photos.mean(1)
    across, down = grey.diff(dim=2).median(0).values, grey.diff(dim=1).median(0).values
    shared = _poisson(across, down)  # alpha * (L - mean photo)
    bright = bool(shared.abs().max() == shared.max())
    mean = float(grey.mean())
    reach = (1 - mean) if bright else -mean
    return (shared / reach).clamp(0.0, 0.9), bright


def _poisson(across: Tensor, down: Tensor) -> Tensor:
    """The plane (h, w) with these differences (h, w - 1) and (h - 1, w), zero at its border on the mean.

    Solved by the discrete cosine transform (mirrored Fourier transform).
    """
    height, width = across.shape[0], down.shape[1]
    divergence = torch.zeros(height, width)
    divergence[:, :-1] += across
    divergence[:, 1:] -= across
    divergence[:-1] += down
    divergence[1:] -= down
    mirrored = torch.cat((divergence, divergence.flip(0)), dim=0)
    mirrored = torch.cat((mirrored, mirrored.flip(1)), dim=1)
    rows = 2 * torch.cos(2 * torch.pi * torch.fft.fftfreq(2 * height)) - 2
    columns = 2 * torch.cos(2 * torch.pi * torch.fft.fftfreq(2 * width)) - 2
    weight = rows[:, None] + columns
    weight[0, 0] = 1.0
    plane = torch.fft.ifft2(torch.fft.fft2(mirrored) / weight).real[:height, :width]
    border = torch.cat((plane[0], plane[-1], plane[:, 0], plane[:, -1]))
    level: Tensor = plane - border.median()
    return level


def _steps(shown: Tensor, through: Tensor, dim: int) -> Tensor:
    """The mean step between neighbours of shown / through, in units of what noise would do to it.

    Texture grows where more of a mark is taken off: counted as it is, too thin a cover would win.
    """
    size = shown.shape[dim]
    one, two = (shown.narrow(dim, start, size - 1) for start in (0, 1))
    bare, other = (through.narrow(dim, start, size - 1) for start in (0, 1))
    return _charbonnier((other * one - bare * two) / (bare.square() + other.square() + 1e-6).sqrt())


def _charbonnier(x: Tensor) -> Tensor:
    return (x.square() + 1e-6).sqrt().mean()
