"""Colour hints, and the small files in which they outlive the program."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aestudio.errors import SettingsError
from aestudio.images.atomic import atomic_write

MOST = 1000  # hints for one photo
STRONGEST = 128.0  # of a and b
LARGEST_FILE = 1 << 20  # bytes


@dataclass(frozen=True)
class Hint:
    """A colour at a place. `x` and `y` are shares of the photo's width and height; `a` and `b` are Lab's under D65."""

    x: float
    y: float
    a: float
    b: float


def check_hints(hints: Sequence[Hint]) -> None:
    """Raises SettingsError for hints that no photo can take."""
    if len(hints) > MOST:
        raise SettingsError("There are {count} hints: {most} are the most.", count=len(hints), most=MOST)
    for number, hint in enumerate(hints, start=1):
        if not (0 <= hint.x <= 1 and 0 <= hint.y <= 1):
            raise SettingsError(
                "Hint {number} lies outside the photo (x {x}, y {y}): both run from 0 to 1.",
                number=number,
                x=f"{hint.x:g}",
                y=f"{hint.y:g}",
            )
        if not (abs(hint.a) <= STRONGEST and abs(hint.b) <= STRONGEST):
            raise SettingsError(
                "Hint {number} is not a colour (a {a}, b {b}): both run from -128 to 128.",
                number=number,
                a=f"{hint.a:g}",
                b=f"{hint.b:g}",
            )


def read_hints(path: Path) -> tuple[Hint, ...]:
    """The hints in a file. Raises SettingsError that names the file and what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as exc:
        raise SettingsError(
            "{name} cannot be read ({reason}). Please choose another file.", name=path.name, reason=exc.strerror or exc
        ) from exc
    if len(data) > LARGEST_FILE:
        raise SettingsError("{name} is too large for a hints file. Please choose another file.", name=path.name)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as exc:
        raise SettingsError(
            "{name} is not a hints file, or it is damaged. Please choose another file.", name=path.name
        ) from exc
    listed = found.get("hints") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise SettingsError("{name} holds no hints. Please choose another file.", name=path.name)
    hints = tuple(_hint(path, number, values) for number, values in enumerate(listed, start=1))
    try:
        check_hints(hints)
    except SettingsError as exc:
        raise SettingsError("In {name}: {problem}", name=path.name, problem=exc.sentence) from exc
    return hints


def _hint(path: Path, number: int, values: object) -> Hint:
    if isinstance(values, Mapping):
        numbers = [values.get(key) for key in ("x", "y", "a", "b")]
        if all(_is_number(value) for value in numbers):
            return Hint(*(float(value) for value in numbers if value is not None))
    raise SettingsError(
        "In {name}, hint {number} lacks one of the numbers x, y, a, b. Please correct the file.",
        name=path.name,
        number=number,
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 and math.isfinite(value)


def hints_json(hints: Sequence[Hint]) -> str:
    """The text of a file of hints."""
    rows = ",\n    ".join(json.dumps({k: round(v, 5) for k, v in asdict(hint).items()}) for hint in hints)
    return f'{{\n  "version": 1,\n  "hints": [\n    {rows}\n  ]\n}}\n' if hints else '{"version": 1, "hints": []}\n'


def write_hints(hints: Sequence[Hint], path: Path) -> Path:
    """Keep hints in a new file. Raises ImageError if it exists, or the disk refuses."""
    return atomic_write(path, lambda file: file.write(hints_json(hints).encode()))
