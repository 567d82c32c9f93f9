"""One photo through one task, tile by tile, with smaller tiles when memory runs out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch

from aestudio.engine.prepare import PreparedNets
from aestudio.engine.runner import Runner
from aestudio.engine.tiling import cores, in_view_first, pad, tile_at
from aestudio.errors import DeviceMemoryError, Sentence, SettingsError
from aestudio.images.colour import srgb_profile
from aestudio.images.convert import in_colour
from aestudio.images.photo import Box, Photo, Pixels, put_rgb
from aestudio.images.small import small_copy
from aestudio.models.loader import LoadedModel
from aestudio.progress import Part, Progress
from aestudio.tasks.base import Finding, Place, Settings, Task

OnTile = Callable[[Box, Pixels], object]
OnPreview = Callable[[Pixels, Any], object]

QUICK_SIDE = 384  # of tiles that need no network: a user who changes a hint waits for one of them
_SURVEY = 4  # times as long as a photo's tiles take, where a tool tells how far it is before them: painting does
BAND_PIXELS = 1 << 20  # blended at a time: float32 copies of a band stay small beside the photo


@dataclass(frozen=True)
class Restoration:
    """What came out: `full` is the photo at full strength; `blended` mixes it with the original."""

    original: Photo  # as it was opened, grey where the result is in colour
    full: Photo  # the original itself where the task left it alone
    finding: Finding
    notes: tuple[Sentence, ...] = ()  # sentences for the user: smaller tiles, half precision, processor
    survey: Any = None  # what the task found out about the whole photo
    scores: Mapping[str, float] = field(default_factory=dict)  # how well it went, see Task.judge

    @property
    def nbytes(self) -> int:
        """Memory that it takes beside the original's."""
        return 0 if self.untouched else self.full.pixels.nbytes + int(getattr(self.survey, "nbytes", 0))

    @property
    def untouched(self) -> bool:
        """Whether the task left the photo alone."""
        return self.full is self.original

    def blended(self, strength: float) -> Photo:
        """The photo at a strength from 0 (the original, exactly) to 1 (`full`, exactly), a band at a time.

        Raises SettingsError for a strength outside [0, 1].
        """
        _check_strength(strength)
        if self.untouched or strength == 0:
            return self.original
        if strength == 1:
            return self.full
        pixels = np.empty_like(self.full.pixels)
        rows = max(BAND_PIXELS // self.full.width, 1)
        for y in range(0, self.full.height, rows):
            band = Box(y, min(y + rows, self.full.height), 0, self.full.width)
            pixels[band.slices] = self.blended_box(band, strength)
        *before, line = self.full.history
        return replace(self.full, pixels=pixels, history=(*before, f"{line}, strength {strength:.0%}"))

    def blended_box(self, box: Box, strength: float) -> Pixels:
        """The pixels of one box of `blended(strength)`, at the photo's own depth; not to be written to.

        Raises SettingsError for a strength outside [0, 1].
        """
        _check_strength(strength)
        before, after = self.original.pixels[box.slices], self.full.pixels[box.slices]
        if self.untouched or strength == 0:
            return before
        if strength == 1:
            return after
        if before.shape != after.shape:  # colours came to a grey photo
            before = in_colour(replace(self.original, pixels=before)).pixels
        mixed = before.astype(np.float32)
        mixed += np.float32(strength) * (after.astype(np.float32) - mixed)
        return mixed if before.dtype == np.float32 else np.rint(mixed).astype(before.dtype)


def _check_strength(strength: float) -> None:
    if not 0 <= strength <= 1:
        raise SettingsError("Strength is {strength}: please choose a value from 0 to 1.", strength=strength)


class Restorer:
    """Restores photos with one loaded model. Used from one thread at a time.

    `tile` is the side in pixels of what one run of the network restores; None takes the fastest one measured.
    `precision` is that of the network's layers; None takes the device's own.
    """

    def __init__(self, model: LoadedModel, tile: int | None = None, *, precision: torch.dtype | None = None) -> None:
        self.model = model
        self.tile = tile
        self.precision = precision
        self.nets = PreparedNets(model)

    def restore(
        self,
        photo: Photo,
        task: Task[Any],
        settings: Settings,
        progress: Progress,
        *,
        finding: Finding | None = None,
        first: Box | None = None,
        on_tile: OnTile = lambda box, pixels: None,
        on_preview: OnPreview | None = None,
    ) -> Restoration:
        """Restore a photo at full strength (`settings.strength` is left to `Restoration.blended`).

        `finding` saves examining the photo again. Tiles that overlap `first` (what is in view) come first.
        `on_tile(box, pixels)` is called in the worker thread after each tile, with the restored pixels of that box at
        the photo's own depth. `on_preview(pixels, survey)` is called before the first tile, with a small copy of the
        result and what was found out about the whole photo, if the task decides at a small size.
        Raises Cancelled within one tile, DeviceMemoryError when nothing fits.
        """
        total = photo.height * photo.width
        progress.step(0, total)
        if finding is None:
            finding = task.examine(photo)
        if task.leaves_alone(settings, finding):
            progress.step(total, total)
            return Restoration(photo, photo, finding)

        runner = Runner(self.nets, self.tile or (QUICK_SIDE if task.quick else None), self.precision)
        ahead = Part(progress, 0, _SURVEY * total, (_SURVEY + 1) * total)
        survey = runner.survey(task, photo, settings, finding, ahead)
        surveyed = _SURVEY * total if ahead.told else 0
        if task.spares(survey, photo.box):
            progress.step(surveyed + total, surveyed + total)
            return Restoration(photo, photo, finding, (*task.notes(survey), *runner.notes), survey)
        if task.quick and on_preview is not None:
            on_preview(self._preview(runner, task, small_copy(photo), settings, finding, survey), survey)
        multiple_of, overlap = self.model.card.multiple_of, self.model.card.overlap
        try:
            corner = _before(task, photo, Box(0, 1, 0, 1)).pixels
            # filled tile by tile: a copy of a large photo takes longer than a user who has changed his mind waits
            pixels = np.empty((photo.height, photo.width, corner.shape[2]), corner.dtype)
        except MemoryError as exc:
            raise DeviceMemoryError(
                "There is not enough memory for a second copy of this photo. Please close other programs or photos."
            ) from exc
        done = 0
        todo = in_view_first(cores(photo.box, runner.side, multiple_of), first)
        todo.reverse()  # worked off from the end
        while todo:
            progress.check()
            core = todo.pop()
            if max(core.height, core.width) > runner.side:  # memory ran out since the photo was cut
                todo += reversed(in_view_first(cores(core, runner.side, multiple_of), first))
                continue
            rgb = seen = None
            if not task.spares(survey, core):
                tile = tile_at(core, photo.box, overlap, multiple_of)
                place = Place(tile.context.y0, tile.context.x0, photo.height, photo.width, survey)
                seen = photo.rgb(tile.context)
                rgb = runner.run(task, pad(seen, tile.padding), tile.inner, settings, finding, place)
                if rgb is None:
                    todo.append(core)
                    continue
                seen = seen[tile.inner.slices]
            before = _before(task, photo, core)
            pixels[core.slices] = before.pixels
            if rgb is not None:
                put_rgb(pixels, core, rgb, before.metadata.icc, seen)
            done += core.height * core.width
            on_tile(core, pixels[core.slices])
            progress.step(surveyed + done, surveyed + total)
        metadata = _before(task, photo, Box(0, 1, 0, 1)).metadata
        if task.colours and metadata.icc is None:  # grey needs no profile, colours do
            metadata = replace(metadata, icc=srgb_profile())
        full = replace(photo, pixels=pixels, metadata=metadata, history=(*photo.history, self.line(task, settings)))
        scores = task.judge(photo, full, survey)
        return Restoration(photo, full, finding, (*task.notes(survey), *runner.notes), survey, scores)

    def line(self, task: Task[Any], settings: Settings) -> str:
        """What a saved photo's history tells of a restoration."""
        return f"{task.title}, model {self.model.card.name} {self.model.card.version}{task.remark(settings)}"

    def _preview(
        self, runner: Runner, task: Task[Any], small: Photo, settings: Settings, finding: Finding, survey: Any
    ) -> Pixels:
        """The small photo restored in one piece, at its own depth."""
        before = _before(task, small, small.box)
        pixels = before.pixels.copy()
        tile = tile_at(small.box, small.box, 0, self.model.card.multiple_of)
        place = Place(0, 0, small.height, small.width, survey)
        rgb = None
        while rgb is None:  # memory ran out: something was given up, and it fits now or DeviceMemoryError is raised
            rgb = runner.run(task, pad(small.rgb(small.box), tile.padding), tile.inner, settings, finding, place)
        put_rgb(pixels, small.box, rgb, before.metadata.icc)
        return pixels


def _before(task: Task[Any], photo: Photo, box: Box) -> Photo:
    """A part of the original; in colour where the result is."""
    part = replace(photo, pixels=photo.pixels[box.slices])
    return in_colour(part) if task.colours else part
