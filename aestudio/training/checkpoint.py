"""Saves a training run so that it can go on after a kill."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from aestudio.errors import TrainingDataError
from aestudio.images.atomic import atomic_write
from aestudio.training.curve import Row
from aestudio.training.recipe import Recipe, differing


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
    curve: list[Row] = field(default_factory=list)  # the loss and its parts, as they were told
    random: dict[str, Any] = field(default_factory=dict)  # states of torch's generators by device
    trips: int = 0  # how often the loss was no number

    def save(self, path: Path) -> None:
        """A kill while it is written leaves the previous checkpoint whole.

        Raises DiskFullError, LostFolderError or another ImageError.
        """
        atomic_write(path, lambda file: torch.save(vars(self), file), overwrite=True)

    def copy(self) -> "Checkpoint":
        """One that training does not change."""
        return deepcopy(self)

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


def spent_seconds(path: Path) -> float:
    """How long the run of a checkpoint has trained; 0 where there is none that can be read."""
    try:
        return float(torch.load(path, map_location="cpu", weights_only=True)["seconds"])
    except (OSError, RuntimeError, TypeError, KeyError, EOFError, UnpicklingError):
        return 0.0


def identity(recipe: Recipe) -> str:
    """What a run must keep when it goes on: all but how long it may take.

    Only what is not as usual is named: a key that a later version of the program knows would stop runs otherwise.
    """
    return json.dumps(differing(replace(recipe, hours=0.0)))


def random_states() -> dict[str, Any]:
    """Where torch's generators stand."""
    states: dict[str, Any] = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        states["cuda"] = torch.cuda.get_rng_state()
    return states


def set_random_states(states: Mapping[str, Any]) -> None:
    """Put torch's generators where they stood."""
    if "cpu" in states:
        torch.set_rng_state(states["cpu"])
    if "cuda" in states and torch.cuda.is_available():
        torch.cuda.set_rng_state(states["cuda"])
