"""Saves a training run so that it can go on after a kill."""

from dataclasses import dataclass, field
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from aestudio.errors import TrainingDataError
from aestudio.images.atomic import atomic_write


@dataclass
class Checkpoint:
    """Everything that the next step depends on. The patches depend on seed and step alone."""

    step: int = 0
    seconds: float = 0.0  # spent training so far
    net: dict[str, Any] = field(default_factory=dict)
    ema: dict[str, Any] = field(default_factory=dict)
    optimizer: dict[str, Any] = field(default_factory=dict)
    recipe: str = ""  # of the run, to refuse another one
    history: list[dict[str, float]] = field(default_factory=list)  # one entry per validation

    def save(self, path: Path) -> None:
        """A kill while it is written leaves the previous checkpoint whole."""
        atomic_write(path, lambda file: torch.save(vars(self), file), overwrite=True)

    @classmethod
    def load(cls, path: Path, recipe: str) -> "Checkpoint":
        """Raises TrainingDataError if the file is damaged or belongs to another recipe."""
        try:
            checkpoint = cls(**torch.load(path, map_location="cpu", weights_only=True))
        except (OSError, RuntimeError, TypeError, EOFError, UnpicklingError) as exc:
            raise TrainingDataError(
                "The checkpoint {path} is damaged. Please remove it to start anew.", path=path
            ) from exc
        if checkpoint.recipe != recipe:
            raise TrainingDataError(
                "The checkpoint {path} was made by another recipe. Please choose another run folder.", path=path
            )
        return checkpoint
