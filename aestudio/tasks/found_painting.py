"""Paints over marks that were found, for a network that weighs the painting against what shines through."""

from dataclasses import replace

import cv2
import numpy as np
import torch
from torch import nn

from aestudio.images.mask import FULL, Mask, empty_mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo
from aestudio.images.tensors import to_tensor
from aestudio.progress import Part, Progress
from aestudio.tasks.base import Place
from aestudio.tasks.holes import windows, within
from aestudio.tasks.marks import FoundMarks, covered_by, shown
from aestudio.tasks.painting import painted_over
from aestudio.tasks.planes import planes_at

CORE, AROUND = 512, 96  # pixels that are looked at in one go, and those around them that the network sees
_LIKELY = 0.0  # log-odds of being covered from which a pixel is painted over, with its neighbours
_LOOKING = 30  # percent of the time that looking takes; painting takes the rest
_MOST = 0.6  # of the photo: where more is covered there is too little to paint from


def with_painting(net: nn.Module, photo: Photo, found: FoundMarks, progress: Progress) -> FoundMarks:
    """The same marks painted over, if the repairing network wants to know. Raises Cancelled, WeightsError."""
    if not getattr(net, "painted", False) or not found.regions:
        return found
    mask = PaintedMask.of(_exactly(net, photo, found, Part(progress, 0, _LOOKING, 100)))
    if not 0 < mask.share < _MOST:
        return found
    painted = painted_over(photo, mask, Part(progress, _LOOKING, 100 - _LOOKING, 100))
    return replace(found, painted=painted)


def _exactly(net: nn.Module, photo: Photo, found: FoundMarks, progress: Progress) -> Mask:
    """Which pixels are covered, and those next to them: what the network says before anything is painted."""
    mask = empty_mask(photo.height, photo.width)
    device = next(net.parameters()).device
    multiple_of = int(getattr(net, "multiple_of", 1))
    cut = [(core, window) for core, window in windows(photo.box, photo.box, CORE, AROUND) if not found.spares(core)]
    for done, (core, window) in enumerate(cut):
        progress.step(done, len(cut))
        rgb = photo.rgb(window)
        below, beside = -window.height % multiple_of, -window.width % multiple_of
        x = to_tensor(np.pad(rgb, ((0, below), (0, beside), (0, 0)), mode="edge"))
        place = Place(window.y0, window.x0, photo.height, photo.width)
        likely = planes_at(found.likely, place, *x.shape[-2:])
        with torch.inference_mode():
            logits = net(shown(net, x, likely, x).to(device)).logits.float().cpu()
        covered = covered_by(logits, likely, _LIKELY)[0, 0].numpy().astype(np.uint8)
        wide = cv2.dilate(covered, np.ones((3, 3), np.uint8))[: window.height, : window.width]
        mask[core.slices] = wide[within(core, window)] * FULL
    return mask
