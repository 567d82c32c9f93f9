"""Names for saved photos, made by a pattern such as {name}-{task}."""

import re
from collections.abc import Container
from datetime import date
from pathlib import Path

from aestudio.errors import SettingsError
from aestudio.images.atomic import free_name, shortened
from aestudio.images.formats import FORMATS, READABLE, SUFFIXES, saved_format

FIELDS = ("name", "task", "model", "date", "n")
PATTERN = "{name}-{task}"

_LONGEST = 235  # bytes: with an ending and a number still no more than a disk takes
_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # what some system does not take in a name
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def check_pattern(pattern: str, fields: Container[str] = FIELDS) -> str:
    """The pattern, if it can make names. Raises SettingsError if it cannot."""
    unknown = [field for field in _FIELD.findall(pattern) if field not in fields]
    plain = _FIELD.sub("", pattern)
    if unknown or "{" in plain or "}" in plain or _FORBIDDEN.search(plain):
        raise SettingsError(
            "The name pattern “{pattern}” cannot be used. Please write letters, digits and the places {places}.",
            pattern=pattern,
            places=" ".join(f"{{{field}}}" for field in FIELDS),
        )
    if not {"name", "n"} & set(_FIELD.findall(pattern)):
        raise SettingsError(
            "The name pattern “{pattern}” gives every photo the same name. Please add {{name}} or {{n}}.",
            pattern=pattern,
        )
    return pattern


def stem(pattern: str, source: Path, *, task: str = "", model: str = "", number: int = 1) -> str:
    """The name without its ending for a photo. `number` is its place in the run, from 1; the date is today's."""
    plain = source.stem
    while plain and len(_filled(pattern, plain, task, model, number).encode("utf-8", "surrogateescape")) > _LONGEST:
        plain = plain[:-1]
    name = _FORBIDDEN.sub("_", _filled(pattern, plain, task, model, number)).strip(" .")
    return f"_{name}" if name.casefold() in _DEVICES or not name else name


def file_stem(name: str) -> str:
    """A name that somebody thought of, without what some disk does not take; empty if nothing is left."""
    plain = name.replace("/", "_").strip(" .")
    return stem("{name}", Path(f"{plain}.x")) if plain else ""


def _filled(pattern: str, name: str, task: str, model: str, number: int) -> str:
    values = {
        "name": name,
        "task": task,
        "model": model,
        "date": date.today().isoformat(),
        "n": f"{number:04}",
    }
    return _FIELD.sub(lambda match: values[match[1]], pattern)


def names_in(folder: Path, ending: str) -> list[str]:
    """The names, without it, of files with that ending, in alphabetical order; none if the folder is not there."""
    try:
        found = [path.stem for path in folder.iterdir() if path.suffix == ending and not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda name: (name.casefold(), name))


def suffix_for(source: Path, format_: str | None = None) -> str:
    """The ending of a saved photo: the source's own, as it is spelled, where it fits the format.

    None stands for the source's format, or for one that keeps all of it where AEStudio only reads that.
    """
    own = READABLE.get(source.suffix.lower())
    wanted = format_ or saved_format(own or "")
    return source.suffix if SUFFIXES.get(source.suffix.lower()) == wanted else FORMATS[wanted].suffixes[0]


def propose_name(
    source: Path, task: str, format_: str | None = None, *, pattern: str = PATTERN, model: str = "", number: int = 1
) -> Path:
    """A free name beside the original, such as IMG_1-denoise.jpg, or IMG_1-denoise-2.jpg if that is taken."""
    made = stem(pattern, source, task=task, model=model, number=number)
    return free_name(shortened(source.with_name(made + suffix_for(source, format_))))
