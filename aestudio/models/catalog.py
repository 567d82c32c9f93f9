"""Finds the models that came with AEStudio and those in the user's data folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import platformdirs

from aestudio.errors import WeightsError
from aestudio.resources import data_folder


def model_folders() -> tuple[Path, ...]:
    """Where cards are looked for: the installed models, then the user's own, which win on the same name.

    Only files that were put there by hand do: the library refuses the names of installed models.
    """
    return data_folder("models"), platformdirs.user_data_path("aestudio", appauthor=False) / "models"


def find_cards(folders: Sequence[Path]) -> Mapping[str, Path]:
    """Card files by model name. A folder that does not exist holds none."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.json"))}


def card_path(name: str, folders: Sequence[Path] | None = None) -> Path:
    """The card of a model. Raises WeightsError, naming the models there are, for an unknown one."""
    cards = find_cards(model_folders() if folders is None else folders)
    if name not in cards:
        there = ", ".join(sorted(cards)) or "none"
        raise WeightsError(
            "There is no model “{name}”. Installed models: {there}. Please install AEStudio again.",
            name=name,
            there=there,
        )
    return cards[name]
