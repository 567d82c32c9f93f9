"""Writes what a run taught as weights and card."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import safetensors.torch

from aestudio.images.atomic import atomic_write
from aestudio.models.card import ModelCard, Taught
from aestudio.models.complexity import context_needed, kmac_per_pixel, parameter_count
from aestudio.training.recipe import Recipe, differing
from aestudio.training.trainer import TrainingReport

# of the recipe: what stands on the card under a name of its own, or says nothing of what was learnt
_TOLD = frozenset(
    {"name", "version", "architecture", "arguments", "folders", "start", "hours", "license", "limits", "steps"}
)
_USUAL_LICENSE = next(f.default for f in fields(Recipe) if f.name == "license")


def export(
    report: TrainingReport,
    task_id: str,
    recipe: Recipe,
    folder: Path,
    *,
    overwrite: bool = False,
    date: str = "",
    source: Taught | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Path:
    """Write `<name>.safetensors` and its card `<name>.json` into `folder`; returns the card's path.

    `source` are the user's own photos: the card then names neither their folders nor our licence. `settings` are those
    that differ from the usual ones, by default the recipe's.
    Raises ImageError if they cannot be written, or exist and `overwrite` is not set.
    """
    net, channels = report.net, report.channels
    data = safetensors.torch.save({name: t.contiguous() for name, t in net.state_dict().items()})
    card = ModelCard(
        name=recipe.name,
        version=recipe.version,
        task=task_id,
        architecture=recipe.architecture,
        arguments=dict(recipe.arguments),
        input_range=(0.0, 1.0),
        multiple_of=int(net.multiple_of),  # type: ignore[arg-type]  # every network of ours has one
        overlap=context_needed(net, channels) if report.tiles else 0,
        parameters=parameter_count(net),
        kmac_per_pixel=round(kmac_per_pixel(net, channels), 1),
        sha256=sha256(data).hexdigest(),
        license="" if source and recipe.license == _USUAL_LICENSE else recipe.license,
        training_folders=[] if source else list(recipe.folders),
        steps=report.steps,
        device=report.device,
        hours=round(report.hours, 2),
        start=report.start,
        date=date,
        source=source,
        settings=settings_of(recipe) if settings is None else dict(settings),
        scores={"held-out photos": {k: round(v, 3) for k, v in report.scores.items() if k not in ("step", "loss")}},
        limits=list(recipe.limits),
    )
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / f"{recipe.name}.safetensors"
    atomic_write(weights, lambda file: file.write(data), overwrite=overwrite)
    return atomic_write(
        weights.with_suffix(".json"), lambda file: file.write(card.to_json().encode()), overwrite=overwrite
    )


def settings_of(recipe: Recipe) -> dict[str, Any]:
    """What a recipe says otherwise than recipes do by default, as JSON has it.

    Of the user's own marks their number: where they lie is nobody's business.
    """
    found = {name: value for name, value in differing(recipe).items() if name not in _TOLD}
    return found | {"marks": len(recipe.marks)} if recipe.marks else found
