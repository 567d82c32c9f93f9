"""Trains a model stage by stage, each on top of what the one before it taught."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from aestudio.models.card import ModelCard, Start
from aestudio.progress import Progress
from aestudio.training.export import export
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import Course, Recipe
from aestudio.training.trainer import fit

UNTOLD = 1.0  # hours that a stage is reckoned with whose recipe names none


def stages_of(card: ModelCard) -> int:
    """How many stages a model has gone through under its name."""
    count = 0
    link: ModelCard | Start | None = card
    while link is not None and link.name == card.name:
        count += 1
        link = link.start
    return count


def planned_hours(stages: tuple[Recipe, ...]) -> float:
    """What stages are meant to take, to share out time by."""
    return sum(stage.hours or UNTOLD for stage in stages)


def train_stages(
    course: Course,
    task: str,
    data: Path,
    out: Path,
    progress: Progress,
    device: str = "auto",
    *,
    first: int = 0,
    landed: Path | None = None,
    hours: float | None = None,
    changes: Mapping[str, Any] | None = None,
    overwrite: bool = False,
) -> Path:
    """Train the stages from number `first` on, and write the model into `out`; the path of its card.

    The first of them goes on from the card `landed`, if there is one. `hours` are shared out among them as the recipe
    does, `changes` are other values for keys of the recipe in every stage. What an earlier call finished is not done
    again, and the stage at which it was stopped goes on. Raises TrainingDataError, SettingsError, Cancelled, and
    ImageError where the model is there already and `overwrite` is not set.
    """
    stages = course.stages[first:]
    share = hours / planned_hours(stages) if hours else 0.0
    card = landed
    for number, planned in enumerate(stages, start=first + 1):
        stage = replace(planned, **(changes or {}))
        if share:
            stage = replace(stage, hours=(planned.hours or UNTOLD) * share)
        last = number == len(course.stages)
        run = out / stage.name if len(course.stages) == 1 else out / stage.name / f"stage-{number}"
        finished = run / f"{stage.name}.json"
        if not last and finished.is_file():
            card = finished
            continue
        result = fit(task, stage, data, run, progress, device, start=card)
        place = out if last else run
        card = place / finished.name
        if Ranks.writes():
            export(result, task, stage, place, overwrite=overwrite or not last)
        Ranks.meet()  # the others read what the first one wrote
    assert card is not None
    return card
