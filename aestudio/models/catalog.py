"""Finds the models that came with AEStudio and those in the user's data folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Final

from aestudio.errors import SettingsError, WeightsError
from aestudio.resources import data_folder
from aestudio.user_folders import data_of_user

PARTS: Final = ("compress", "inpaint", "mark-finder", "noise-level")  # models that tools use inside, or by themselves

_parts: ContextVar[Mapping[str, str]] = ContextVar("parts", default=MappingProxyType({}))


def model_folders() -> tuple[Path, ...]:
    """Where cards are looked for: the installed models, then the user's own, which win on the same name.

    Only files that were put there by hand do: the library refuses the names of installed models.
    """
    return data_folder("models"), data_of_user() / "models"


def find_cards(folders: Sequence[Path]) -> Mapping[str, Path]:
    """Card files by model name. A folder that does not exist holds none."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.json"))}


def card_path(name: str, folders: Sequence[Path] | None = None) -> Path:
    """The card of a model. Raises WeightsError, naming the models there are, for an unknown one."""
    cards = find_cards(model_folders() if folders is None else folders)
    if name not in cards:
        there = ", ".join(sorted(cards)) or "none"
        raise WeightsError(
            "There is no model “{name}”. Installed models: {there}. Please choose one of them, or install AEStudio "
            "again.",
            name=name,
            there=there,
        )
    return cards[name]


def parts_of(words: Iterable[str]) -> dict[str, str]:
    """The models chosen for parts, from words such as inpaint=mine. Raises SettingsError for what is none.

    A part that is said to work with the model of its own name works with that anyway, and is left out.
    """
    found: dict[str, str] = {}
    for word in words:
        part, equals, model = (piece.strip() for piece in word.partition("="))
        if not equals or not part or not model:
            raise SettingsError("“{word}” is no part with its model. Please write such as inpaint=mine.", word=word)
        if found.setdefault(part, model) != model:
            raise SettingsError("There are two models for {part}. Please leave one of them out.", part=part)
    return named_parts(found)


def named_parts(parts: Mapping[str, str]) -> dict[str, str]:
    """The same in the order of PARTS, without what is as it is anyway. Raises SettingsError for an unknown part."""
    for part in parts:
        if part not in PARTS:
            raise SettingsError(
                "There is no part “{part}”. Please choose one of {known}.", part=part, known=", ".join(PARTS)
            )
    return {part: parts[part] for part in PARTS if parts.get(part, part) != part}


@contextmanager
def using(parts: Mapping[str, str]) -> Iterator[None]:
    """Within this context, in this thread alone, parts work with these models; a part not named with its usual one."""
    before = _parts.set(MappingProxyType(dict(parts)))
    try:
        yield
    finally:
        _parts.reset(before)


def part_path(part: str, folders: Sequence[Path] | None = None) -> Path:
    """The card of the model that is chosen for a part; by default of the one that has the part's name.

    Raises WeightsError for a chosen one that is missing or made for something else.
    """
    from aestudio.models.card import ModelCard  # costs more than all the rest of this module

    name = _parts.get().get(part, part)
    if name == part:
        return card_path(part, folders)
    cards = find_cards(model_folders() if folders is None else folders)
    if name not in cards:
        raise WeightsError(
            "There is no model “{model}” for {part}. Please choose another one on the Models page, or leave out the "
            "option --part.",
            model=name,
            part=part,
        )
    made_for = ModelCard.read(cards[name]).task
    if made_for != part:
        raise WeightsError(
            "The model “{model}” is made for {task}, not for {part}. Please choose another one on the Models page, or "
            "leave out the option --part.",
            model=name,
            task=made_for,
            part=part,
        )
    return cards[name]


def check_parts(parts: Mapping[str, str]) -> None:
    """Raise WeightsError, as `part_path` does, before anything is computed."""
    with using(parts):
        for part in parts:
            part_path(part)
