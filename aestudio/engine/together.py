"""Several small photos through the network in one pass: alone, each would leave the processor half idle."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from aestudio.engine.restorer import Restoration, Restorer
from aestudio.engine.runner import DEFAULT_SIDE, Runner
from aestudio.engine.tiling import pad, tile_at
from aestudio.images.photo import Photo, put_rgb
from aestudio.progress import Progress
from aestudio.tasks.base import Finding, Place, Settings, Task


def fit_together(photos: Sequence[Photo], task: Task[Any], tile: int | None = None) -> bool:
    """Whether these photos share a pass: all of one size, and together no larger than one tile."""
    side = tile or DEFAULT_SIDE
    sizes = {(photo.height, photo.width) for photo in photos}
    alone = all(max(size) <= side for size in sizes)
    return task.shares_passes and alone and len(sizes) == 1 and sum(p.height * p.width for p in photos) <= side * side


def restore_together(
    restorer: Restorer, photos: Sequence[Photo], task: Task[Any], settings: Settings, progress: Progress
) -> list[Restoration]:
    """As `Restorer.restore` for each of the photos, which `fit_together`; to the last bit the same.

    Raises Cancelled between two passes, DeviceMemoryError when not even one photo fits.
    """
    progress.check()
    findings = [task.examine(photo) for photo in photos]
    needing = [n for n, finding in enumerate(findings) if not task.leaves_alone(settings, finding)]
    made: dict[int, Restoration] = {}
    if len(needing) > 1:
        chosen = [photos[n] for n in needing]
        done = _one_pass(restorer, chosen, task, settings, [findings[n] for n in needing])
        made = dict(zip(needing, done or (), strict=False))
    for number, photo in enumerate(photos):
        if number not in made:
            made[number] = restorer.restore(photo, task, settings, progress, finding=findings[number])
    return [made[number] for number in range(len(photos))]


def _one_pass(
    restorer: Restorer, photos: Sequence[Photo], task: Task[Any], settings: Settings, findings: Sequence[Finding]
) -> list[Restoration] | None:
    """None if memory ran out."""
    multiple_of = restorer.model.card.multiple_of
    runner = Runner(restorer.nets, restorer.tile, restorer.precision)
    tile = tile_at(photos[0].box, photos[0].box, 0, multiple_of)
    seen = [photo.rgb(photo.box) for photo in photos]
    places = [Place(0, 0, photo.height, photo.width) for photo in photos]
    padded = np.stack([pad(rgb, tile.padding) for rgb in seen])
    found = runner.run_many(task, padded, tile.inner, settings, findings, places)
    if found is None:
        return None
    restored = []
    for photo, finding, before, rgb in zip(photos, findings, seen, found, strict=True):
        pixels = photo.pixels.copy()
        put_rgb(pixels, photo.box, rgb, photo.metadata.icc, before)
        full = replace(photo, pixels=pixels, history=(*photo.history, restorer.line(task, settings)))
        restored.append(Restoration(photo, full, finding, (), None, task.judge(photo, full, None)))
    return restored
