"""The part of the window that computes: photos through their tools, in the worker thread, without any widget."""

import logging
import os
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aestudio.errors import AEStudioError, WeightsError
from aestudio.gui.session import ChosenModel, OpenPhoto, Parts, PhotoCache, ResultCache, WorkStep, names_of
from aestudio.images.photo import Box, Photo, Pixels
from aestudio.models.catalog import using
from aestudio.progress import Progress

if TYPE_CHECKING:  # torch is imported in the worker, so that the window shows at once
    from aestudio.engine.restorer import Restoration, Restorer
    from aestudio.tasks.base import Finding, Task

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """What is known once the computing part is loaded."""

    tasks: "tuple[Task[Any], ...]"
    device: str  # for the status line


@dataclass(frozen=True, eq=False)
class Request:
    """One photo that is to go through its tools."""

    entry: OpenPhoto
    steps: tuple[WorkStep, ...]
    device: str = "auto"  # as in the preferences
    first: Box | None = None  # what is in view


@dataclass(frozen=True, eq=False)
class Outcome:
    """A photo that went through its tools."""

    request: Request
    last: "Restoration"
    blended: Photo | None  # the finished photo, where several tools worked: one alone is blended while it is shown
    model: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """One photo that is to go through its tools twice, with another model in one of them."""

    entry: OpenPhoto
    before: tuple[WorkStep, ...]
    after: tuple[WorkStep, ...]
    device: str = "auto"

    @property
    def key(self) -> Hashable:
        """What both pictures depend on."""
        return self.entry.number, self.entry.key(self.before), self.entry.key(self.after)


@dataclass(frozen=True, eq=False)
class Compared:
    """What came of both."""

    wanted: Comparison
    before: Pixels
    after: Pixels


OnFound = Callable[[OpenPhoto, str, "Finding", Parts], object]
OnTile = Callable[[OpenPhoto, Box, Pixels], object]
OnPreview = Callable[[OpenPhoto, Pixels, Any], object]


class Engine:
    """Keeps loaded models between photos. Everything but the constructor belongs to one worker thread."""

    def __init__(self, photos: PhotoCache, results: ResultCache, models: Sequence[Path] | None = None) -> None:
        self._photos = photos
        self._results = results
        self._models = models  # folders; None: the installed ones and the user's own
        self._restorers: dict[tuple[str, str, str], Restorer] = {}  # by name, weights and device
        self._findings: dict[Hashable, Finding] = {}
        self._labels: dict[Hashable, str] = {}  # of the models loaded so far, with version

    def prepare(self, device: str, progress: Progress) -> Ready:
        """Load the computing part, which takes seconds."""
        del progress  # nothing to report in between
        import torch

        from aestudio.engine.device import choose_device
        from aestudio.tasks import TASKS

        # one core stays free for the window: with all of them busy its event loop stalls
        torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
        label = choose_device(device).label
        try:
            self._restorer(TASKS[0], None, device)  # now, while nobody waits for it
        except AEStudioError as exc:
            log.warning("%s", exc)  # said again, to the user, when the tool is used
        return Ready(TASKS, label)

    def restore(
        self, request: Request, on_found: OnFound, on_preview: OnPreview, on_tile: OnTile, progress: Progress
    ) -> Outcome:
        """Take a photo through its tools, from the first step whose result is not known.

        The callbacks are called in this thread; those with pixels for the last step only, as the others are not shown.
        """
        with using(names_of(part for step in request.steps for part in step.parts)):
            return self._through(request, on_found, on_preview, on_tile, progress)

    def _through(
        self, request: Request, on_found: OnFound, on_preview: OnPreview, on_tile: OnTile, progress: Progress
    ) -> Outcome:
        steps = request.steps
        photo = self._photos.read(request.entry)
        for count in range(1, len(steps)):
            result = self._step(request, steps[:count], photo, on_found, None, _unseen, progress)
            photo = result.blended(steps[count - 1].settings.strength)
        last = self._step(request, steps, photo, on_found, on_preview, on_tile, progress)
        blended = last.blended(steps[-1].settings.strength) if len(steps) > 1 else None
        label = self._labels.get(steps[-1].model or steps[-1].task.model, steps[-1].model_name)
        return Outcome(request, last, blended, label)

    def compare(self, wanted: Comparison, progress: Progress) -> Compared:
        """Take a photo through both chains of tools. What is known of them is not made again."""
        made = []
        for steps in (wanted.after, wanted.before):  # the one that is likely to be known first
            request = Request(wanted.entry, steps, wanted.device)
            outcome = self.restore(request, _unheard, _unlooked, _unseen, progress)
            made.append(outcome.blended or outcome.last.blended(steps[-1].settings.strength))
        after, before = made
        return Compared(wanted, before.pixels, after.pixels)

    def _step(
        self,
        request: Request,
        steps: tuple[WorkStep, ...],
        photo: Photo,
        on_found: OnFound,
        on_preview: OnPreview | None,
        on_tile: OnTile,
        progress: Progress,
    ) -> "Restoration":
        """The last of these steps on the photo that those before it made."""
        entry, step = request.entry, steps[-1]
        known = self._results.find(entry.full_key(steps))
        if known is not None:
            return known
        restorer = self._restorer(step.task, step.model, request.device)
        finding = self._finding(entry, steps, photo)
        on_found(entry, step.task.id, finding, step.parts)
        result = restorer.restore(
            photo,
            step.task,
            step.settings,
            progress,
            finding=finding,
            first=request.first,
            on_tile=partial(on_tile, entry),
            on_preview=partial(on_preview, entry) if on_preview is not None else None,
        )
        self._results.keep(entry.full_key(steps), result)
        return result

    def _finding(self, entry: OpenPhoto, steps: tuple[WorkStep, ...], photo: Photo) -> "Finding":
        key = entry.number, entry.key(steps[:-1]), steps[-1].task.id, steps[-1].parts
        if key not in self._findings:
            self._findings[key] = steps[-1].task.examine(photo)
        return self._findings[key]

    def _restorer(self, task: "Task[Any]", model: ChosenModel | None, device: str) -> "Restorer":
        from aestudio.batch.restoring import load_restorer
        from aestudio.models.card import ModelCard
        from aestudio.models.catalog import card_path

        name = model.name if model is not None else task.model
        weights = ModelCard.read(card_path(name, self._models)).sha256
        if model is not None and model.sha256 != weights:
            raise WeightsError(
                "The model “{model}” is another one now than when it was chosen. Please run the tools again.",
                model=name,
            )
        if (name, weights, device) not in self._restorers:
            # what is left on another device, and what is in no file any more, would only fill the memory
            kept = self._restorers.items()
            self._restorers = {key: each for key, each in kept if key[0] != name and key[2] == device}
            restorer = load_restorer(task, name, device, models=self._models)
            self._restorers[name, weights, device] = restorer
            self._labels[model or name] = f"{restorer.model.card.name} {restorer.model.card.version}"
        return self._restorers[name, weights, device]


def _unseen(entry: OpenPhoto, box: Box, pixels: Pixels) -> None:
    """Tiles of a step whose result is not shown."""


def _unheard(entry: OpenPhoto, task_id: str, finding: "Finding", parts: Parts) -> None:
    """What was found for a result that is not shown."""


def _unlooked(entry: OpenPhoto, pixels: Pixels, survey: object) -> None:
    """The sketch of a result that is not shown."""
