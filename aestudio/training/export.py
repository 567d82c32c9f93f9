"""Writes what a run taught as weights and card."""

from hashlib import sha256
from pathlib import Path

import safetensors.torch

from aestudio.images.atomic import atomic_write
from aestudio.models.card import ModelCard
from aestudio.models.complexity import context_needed, kmac_per_pixel, parameter_count
from aestudio.training.recipe import Recipe
from aestudio.training.trainer import TrainingReport


def export(report: TrainingReport, task_id: str, recipe: Recipe, folder: Path, *, overwrite: bool = False) -> Path:
    """Write `<name>.safetensors` and its card `<name>.json` into `folder`; returns the card's path.

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
        license=recipe.license,
        training_folders=list(recipe.folders),
        steps=report.steps,
        device=report.device,
        hours=round(report.hours, 2),
        start=report.start,
        scores={"held-out photos": {k: round(v, 3) for k, v in report.scores.items() if k not in ("step", "loss")}},
        limits=list(recipe.limits),
    )
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / f"{recipe.name}.safetensors"
    atomic_write(weights, lambda file: file.write(data), overwrite=overwrite)
    return atomic_write(
        weights.with_suffix(".json"), lambda file: file.write(card.to_json().encode()), overwrite=overwrite
    )
