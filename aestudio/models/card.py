"""The model card: all that is known about a weights file before it is opened."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from aestudio.errors import WeightsError

_NEWER = frozenset({"date", "source", "settings"})


class Start(BaseModel):
    """The model whose weights training went on from; its own steps and hours are not in those of the card."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    steps: int
    device: str
    hours: float


class Taught(BaseModel):
    """The user's own photos that training used. Where they lie is nobody's business: a card may be passed on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str  # clean, pairs, series or noisy
    digest: str  # of the photos, the same for the same ones


class ModelCard(BaseModel):
    """Read from `<name>.json` beside `<name>.safetensors`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    task: str  # id of the tool the weights serve
    architecture: str  # key of BUILDERS
    arguments: dict[str, Any]  # handed to the builder
    input_range: tuple[float, float]
    multiple_of: int  # tile sides must be a multiple of it
    overlap: int  # pixels of context a tile needs on each side; see the scores for how it was measured
    parameters: int
    kmac_per_pixel: float
    sha256: str  # of the safetensors file
    license: str  # empty for a user's own model: what becomes of it is for the user to say
    training_folders: list[str]
    steps: int
    device: str
    hours: float
    start: Start | None = None  # what training went on from
    date: str = ""  # on which it was trained, ISO 8601
    source: Taught | None = None  # empty where it learnt from our own collection, see training_folders
    settings: dict[str, Any] = {}  # of the recipe, where they are not the usual ones
    scores: dict[str, Any]  # each table beside the command that measures it
    limits: list[str]

    @classmethod
    def read(cls, path: Path) -> "ModelCard":
        """Raises WeightsError if the card is missing or damaged."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as exc:
            raise WeightsError(
                "The model card {path} cannot be read. Please install the model again.", path=path
            ) from exc
        except ValidationError as exc:
            raise WeightsError("The model card {path} is damaged. Please install the model again.", path=path) from exc

    def to_json(self) -> str:
        """Indented, with a final newline: cards are read by people too.

        What only newer cards have is left out where it is empty: older programs refuse keys that they do not know.
        """
        table = {name: value for name, value in self.model_dump().items() if value or name not in _NEWER}
        return json.dumps(table, indent=2, ensure_ascii=False) + "\n"
