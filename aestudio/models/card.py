"""The model card: all that is known about a weights file before it is opened."""

import json
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from aestudio.errors import WeightsError

_NEWER = frozenset({"date", "source", "settings"})


@dataclass(frozen=True)
class Start:
    """The model whose weights training went on from; its own steps and hours are not in those of the card."""

    name: str
    version: str
    steps: int
    device: str
    hours: float
    start: "Start | None" = None  # what that one had gone on from; the first of all is the innermost

    def to_table(self) -> dict[str, Any]:
        """As it stands on a card: without `start` where there is none, for older programs do not know that key."""
        table = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "start"}
        return table | {"start": self.start.to_table()} if self.start else table


@dataclass(frozen=True)
class Taught:
    """The user's own photos that training used. Where they lie is nobody's business: a card may be passed on."""

    kind: str  # clean, pairs, series or noisy
    digest: str  # of the photos, the same for the same ones


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """Read from `<name>.json` beside `<name>.safetensors`."""

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
    settings: dict[str, Any] = field(default_factory=dict)  # of the recipe, where they are not the usual ones
    scores: dict[str, Any]  # each table beside the command that measures it
    limits: list[str]

    @classmethod
    def read(cls, path: Path) -> "ModelCard":
        """Raises WeightsError if the card is missing or damaged."""
        try:
            table = json.loads(path.read_bytes())
            json.dumps(table, ensure_ascii=False).encode()  # refuses half characters, which no file can hold
            return cls.of(table)
        except OSError as exc:
            raise WeightsError(
                "The model card {path} cannot be read. Please install the model again.", path=path
            ) from exc
        except (ValueError, OverflowError, RecursionError) as exc:
            raise WeightsError("The model card {path} is damaged. Please install the model again.", path=path) from exc

    @classmethod
    def of(cls, table: object) -> "ModelCard":
        """A card from what its JSON holds. Raises ValueError for anything else than its keys, each of its type."""
        return _filled(cls, table)

    def to_json(self) -> str:
        """Indented, with a final newline: cards are read by people too.

        What only newer cards have is left out where it is empty: older programs refuse keys that they do not know.
        """
        table = {name: value for name, value in asdict(self).items() if value or name not in _NEWER}
        table["start"] = self.start and self.start.to_table()
        return json.dumps(table, indent=2, ensure_ascii=False) + "\n"


T = TypeVar("T")


def _filled(kind: type[T], table: object) -> T:
    """A dataclass from a table that holds its keys, those with a default or not, and no others."""
    hints = get_type_hints(kind)
    declared = fields(kind)  # type: ignore[arg-type]  # T is always a dataclass here
    needed = {f.name for f in declared if f.default is MISSING and f.default_factory is MISSING}
    if not isinstance(table, dict) or not needed <= table.keys() <= hints.keys():
        raise ValueError(f"not the keys of a {kind.__name__}")
    return kind(**{name: _typed(hints[name], value) for name, value in table.items()})


def _typed(hint: Any, value: Any) -> Any:
    """The value, if it is what JSON has for a type; Any is asked of nothing."""
    kind, inner = get_origin(hint) or hint, get_args(hint)
    if kind is UnionType:  # X | None
        return None if value is None else _typed(inner[0], value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _filled(kind, value)
    if kind is tuple and type(value) is list and len(value) == len(inner):
        return tuple(map(_typed, inner, value))
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return [_typed(inner[0], each) for each in value] if kind is list else value
