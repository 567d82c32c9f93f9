"""Takes photos in memory through the steps of a job, with models that are loaded once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aestudio.batch.job import JobStep
from aestudio.batch.restoring import load_restorer
from aestudio.batch.work import Made
from aestudio.engine.restorer import Restoration, Restorer
from aestudio.engine.together import fit_together, restore_together
from aestudio.errors import AEStudioError
from aestudio.images.photo import Photo
from aestudio.progress import Progress
from aestudio.tasks.base import Settings, Task


@dataclass(frozen=True)
class _Step:
    task: Task[Any]
    settings: Settings
    restorer: Restorer


class Chain:
    """Used from one thread at a time."""

    def __init__(
        self,
        steps: Sequence[JobStep],
        device: str = "auto",
        tile: int | None = None,
        models: Sequence[Path] | None = None,
    ) -> None:
        """Loads all models. Raises WeightsError or SettingsError for a step that cannot work, naming its file."""
        restorers: dict[str, Restorer] = {}
        self._steps = []
        for step in steps:
            model = step.model or step.task.model
            if model not in restorers:
                restorers[model] = load_restorer(step.task, model, device, tile, models)
            self._steps.append(_Step(step.task, step.settings(), restorers[model]))

    @property
    def colours(self) -> bool:
        """Whether a step gives colours to a photo without."""
        return any(step.task.colours for step in self._steps)

    def fit_together(self, photos: Sequence[Photo]) -> bool:
        """Whether these photos are faster taken at once."""
        return bool(self._steps) and all(fit_together(photos, s.task, s.restorer.tile) for s in self._steps)

    def run(self, photo: Photo, progress: Progress) -> Made:
        """Raises Cancelled within one tile, and an AEStudioError that says why nothing can be made of this photo."""
        made = Made(photo, notes=photo.notes)
        for step in self._steps:
            restoration = step.restorer.restore(made.photo, step.task, step.settings, progress)
            made = _further(made, step, restoration)
        return made

    def run_together(self, photos: Sequence[Photo], progress: Progress) -> list[Made | AEStudioError]:
        """Photos that `fit_together`, in shared passes; an error in the place of one of which nothing can be made."""
        made = [Made(photo, notes=photo.notes) for photo in photos]
        try:
            for step in self._steps:
                current = [each.photo for each in made]
                restorations = restore_together(step.restorer, current, step.task, step.settings, progress)
                made = [_further(m, step, r) for m, r in zip(made, restorations, strict=True)]
        except AEStudioError:  # of one of them: the others shall not suffer for it
            return [self._run_alone(photo, progress) for photo in photos]
        return list(made)

    def _run_alone(self, photo: Photo, progress: Progress) -> Made | AEStudioError:
        try:
            return self.run(photo, progress)
        except AEStudioError as exc:
            return exc


def _further(made: Made, step: _Step, restoration: Restoration) -> Made:
    found = restoration.finding.summary + (", left as it is" if restoration.untouched else "")
    return replace(
        made,
        photo=restoration.blended(step.settings.strength),
        found=f"{made.found}; {found}" if made.found else found,
        scores={**made.scores, **restoration.scores},
        notes=(*made.notes, *restoration.notes),
    )
