"""The user's own models, beside the built-in ones: looked through, adopted, named, passed on, taken in, deleted.

In `folders` the user's own is the last one; None stands for those of `model_folders`. Nothing in a model is ever
executed: a card is JSON, weights are plain numbers, and the network is one of AEStudio's own.
"""

import json
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from aestudio.errors import ImageError, Sentence, SettingsError, WeightsError
from aestudio.images.atomic import atomic_write
from aestudio.images.naming import file_stem
from aestudio.models.card import ModelCard
from aestudio.models.catalog import find_cards, model_folders

CARD, WEIGHTS, ZIP = ".json", ".safetensors", ".zip"
VERDICT = "verdict.json"  # beside a candidate, see training/judging/verdict.py
LONGEST = 60  # letters of a name
LARGEST = {WEIGHTS: 4_000_000_000, CARD: 10_000_000}  # bytes that are taken out of a zip file
MOST = 4096  # channels or blocks of a network
NOTHING = "none"  # means on the command line that training begins with no model


class NotBetterError(SettingsError):
    """A candidate is no better than the model that it was compared with."""


@dataclass(frozen=True)
class Entry:
    """A model in the list. Without a card, `problem` says why."""

    name: str
    path: Path  # of the card
    own: bool  # the user's, and not one that came with AEStudio
    card: ModelCard | None
    bytes: int = 0  # of the weights
    problem: Sentence | None = None
    hides: bool = False  # takes the place of the built-in model of the same name


def models(task_id: str | None = None, folders: Sequence[Path] | None = None) -> list[Entry]:
    """All models, or those of one tool: built-in ones first, each group by name.

    Damaged ones are in the list of all, and in that of their tool as far as their card can be read.
    """
    built_in, own = _places(folders)
    names = _built_in_names(built_in)
    found = [_entry(path, own=False) for path in find_cards(built_in).values()]
    found += [_entry(path, own=True, names=names) for path in find_cards([own]).values()]
    found.sort(key=lambda entry: (entry.own, entry.name.casefold(), entry.name))
    return [entry for entry in found if task_id is None or (entry.card and entry.card.task == task_id)]


def find(name: str, folders: Sequence[Path] | None = None) -> Entry:
    """The model of that name, the user's own before a built-in one. Raises WeightsError if there is none."""
    known = models(folders=folders)
    for entry in reversed(known):
        if _folded(entry.name) == _folded(name):
            return entry
    raise WeightsError(
        "There is no model “{name}”. There are: {there}.",
        name=name,
        there=", ".join(sorted(entry.name for entry in known)) or NOTHING,
    )


def candidate(place: Path) -> Path:
    """The card of the model that a run left in its folder, or that was named itself.

    Raises WeightsError if there is none, or more than one.
    """
    if not place.is_dir():
        return place if place.suffix != WEIGHTS else place.with_suffix(CARD)
    found = [path for path in sorted(place.glob(f"*{CARD}")) if path.with_suffix(WEIGHTS).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise WeightsError(
            "In {folder} there are several models: {names}. Please name the card of one of them.",
            folder=place,
            names=", ".join(path.name for path in found),
        )
    raise WeightsError(
        "In {folder} there is no model. Please choose the folder of a run that is finished, or a model's card.",
        folder=place,
    )


def adopt(
    card_path: Path,
    name: str = "",
    folders: Sequence[Path] | None = None,
    *,
    even_if_worse: bool = False,
) -> Path:
    """Make a candidate one of the user's models, by default under the name on its card; the new card's path.

    The candidate stays where it is. Raises NotBetterError if the verdict beside it says that it is no better than the
    model it was compared with, unless `even_if_worse` is set; SettingsError for a name that cannot be used, and
    WeightsError for weights that are damaged.
    """
    card_path = candidate(card_path)
    if not even_if_worse and not _adoptable(card_path.with_name(VERDICT)):
        raise NotBetterError(
            "The model {name} is not better than the one in use, and was not adopted. Please train it longer or with "
            "more photos.",
            name=card_path.stem,
        )
    return _install(card_path, name, folders)


def bring_in(place: Path, name: str = "", folders: Sequence[Path] | None = None) -> Path:
    """Take in a model that was exported: a zip file, a folder, or a card with its weights beside it.

    Returns the new card's path. Raises WeightsError for a model that is damaged or made for another version, and
    SettingsError for a name that cannot be used.
    """
    if place.suffix.lower() != ZIP:
        return _install(candidate(place), name, folders)
    with TemporaryDirectory(prefix="aestudio-model-") as folder:
        return _install(_unpacked(place, Path(folder)), name, folders)


def rename(old: str, new: str, folders: Sequence[Path] | None = None) -> Path:
    """Give one of the user's models another name; the new card's path. Raises SettingsError and WeightsError."""
    entry = _own(old, folders)
    made = _install(entry.path, new, folders, but=entry.name)
    _remove(entry.path)
    return made


def export(name: str, target: Path, folders: Sequence[Path] | None = None) -> Path:
    """Copy a model into a folder, or into a new file if `target` ends in .zip, to be passed on.

    Returns the card's path, or that of the zip file. Raises WeightsError if it is damaged or the disk refuses; nothing
    is replaced.
    """
    entry = find(name, folders)
    card = _checked(entry.path)
    weights = entry.path.with_suffix(WEIGHTS)
    with _explained():
        if target.suffix.lower() == ZIP:
            target.parent.mkdir(parents=True, exist_ok=True)

            def write(file: BinaryIO) -> None:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # weights do not get smaller
                    archive.writestr(f"{entry.name}{CARD}", card.to_json())
                    archive.write(weights, f"{entry.name}{WEIGHTS}")

            return atomic_write(target, write)
        target.mkdir(parents=True, exist_ok=True)
        return _write(card, weights, target / f"{entry.name}{CARD}")


def delete(name: str, folders: Sequence[Path] | None = None) -> None:
    """Delete one of the user's models, a damaged one too. Raises SettingsError for built-in ones, and WeightsError."""
    _remove(_own(name, folders).path)


def checked_name(name: str, folders: Sequence[Path] | None = None, *, but: str = "") -> str:
    """The name, if a model of the user can have it. Raises SettingsError if not. `but` is a name that is given up.

    Names that differ by case or by how letters are composed count as one: many disks keep just one of them.
    """
    name = unicodedata.normalize("NFC", name)
    plain = file_stem(name) == name and name.isprintable() and not name.startswith("-")
    if not plain or not name or len(name) > LONGEST or _folded(name) == NOTHING:
        raise SettingsError(
            "A model cannot have the name “{name}”. Please choose a short one of letters, digits and spaces.", name=name
        )
    built_in, own = _places(folders)
    if _folded(name) in _built_in_names(built_in):
        raise SettingsError(
            "“{name}” is the name of a model that came with AEStudio. Please choose another name.", name=name
        )
    if _folded(name) in {_folded(path.stem) for path in find_cards([own]).values()} - {_folded(but)}:
        raise SettingsError("There is a model “{name}” already. Please choose another name.", name=name)
    return name


def _places(folders: Sequence[Path] | None) -> tuple[Sequence[Path], Path]:
    """The folders of the built-in models, and the user's own."""
    *built_in, own = model_folders() if folders is None else folders
    return built_in, own


def _built_in_names(built_in: Sequence[Path]) -> frozenset[str]:
    return frozenset(_folded(name) for name in find_cards(built_in))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _entry(path: Path, *, own: bool, names: frozenset[str] = frozenset()) -> Entry:
    """What is known of a model without reading its weights."""
    card, size, problem = None, 0, None
    try:
        card = ModelCard.read(path)
        size = path.with_suffix(WEIGHTS).stat().st_size
    except WeightsError as exc:
        problem = exc.sentence
    except OSError:
        problem = Sentence.of("The weights {path} are missing.", path=path.with_suffix(WEIGHTS))
    return Entry(path.stem, path, own, card, size, problem, _folded(path.stem) in names)


def _own(name: str, folders: Sequence[Path] | None) -> Entry:
    entry = find(name, folders)
    if not entry.own:
        raise SettingsError(
            "The model {name} came with AEStudio: it cannot be renamed or deleted. Please choose one of your own.",
            name=entry.name,
        )
    return entry


def _adoptable(verdict: Path) -> bool:
    """Whether a verdict says that adopting is worth while, or there is none, or nothing to compare with."""
    try:
        table = json.loads(verdict.read_bytes())
        return bool(table["better"] or not table["photos"]["old"])
    except OSError:
        return True
    except (ValueError, KeyError, TypeError) as exc:
        raise WeightsError(
            "The verdict {path} is damaged. Please judge the model again, or remove the file.", path=verdict
        ) from exc


def _install(card_path: Path, name: str, folders: Sequence[Path] | None, *, but: str = "") -> Path:
    """Check a model and copy it into the user's folder."""
    card = ModelCard.read(card_path)
    name = checked_name(name or card.name, folders, but=but)
    _checked(card_path)
    tools = {entry.card.task for entry in models(folders=folders) if entry.card and not entry.own}
    if tools and card.task not in tools:
        raise WeightsError(
            "The model {name} is made for the tool “{tool}”, which this version of AEStudio lacks. Please update "
            "AEStudio.",
            name=card.name,
            tool=card.task,
        )
    _, own = _places(folders)
    with _explained():
        own.mkdir(parents=True, exist_ok=True)
        return _write(replace(card, name=name), card_path.with_suffix(WEIGHTS), own / f"{name}{CARD}")


def _checked(card_path: Path) -> ModelCard:
    """The card of a model that is whole. Raises WeightsError if it is not, or would not load."""
    import torch  # takes seconds, and the list does without

    from aestudio.models.loader import load_model

    card = ModelCard.read(card_path)
    weights = card_path.with_suffix(WEIGHTS)
    if weights.is_file() and not _as_large_as_told(card, weights):
        raise WeightsError(
            "The weights {path} do not fit the network “{network}”. Please install the model again.",
            path=weights,
            network=card.architecture,
        )
    return load_model(card_path, torch.device("cpu")).card


def _as_large_as_told(card: ModelCard, weights: Path) -> bool:
    """Whether the network of a card is no larger than its weights: else a card alone could fill the memory.

    Networks that are not known, and weights that are damaged, are left to `load_model`.
    """
    import torch
    from safetensors import SafetensorError, safe_open

    from aestudio.models.networks import BUILDERS

    if card.architecture not in BUILDERS:
        return True
    try:
        if _most(card.arguments) > MOST:
            return False
        with torch.device("meta"):  # shapes alone
            net = BUILDERS[card.architecture](**card.arguments)
        with safe_open(weights, "pt") as file:
            told = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}
    except (SafetensorError, OSError):
        return True
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        return False
    return {name: tuple(value.shape) for name, value in net.state_dict().items()} == told


def _most(arguments: Any) -> float:
    """The largest number, or length of a list, in a builder's arguments."""
    if isinstance(arguments, Mapping):
        return max((_most(each) for each in arguments.values()), default=0)
    if isinstance(arguments, list):
        return max(len(arguments), *(_most(each) for each in arguments), 0)
    return abs(arguments) if isinstance(arguments, int | float) else 0


def _write(card: ModelCard, weights: Path, path: Path) -> Path:
    """A card and a copy of its weights; the card last, for with it the model is there. Replaces nothing."""

    def verify(copy: Path) -> None:
        with copy.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != card.sha256:
                raise WeightsError("The weights {path} were not copied well. Please try again.", path=weights)

    def copy(file: BinaryIO) -> None:
        with weights.open("rb") as data:
            shutil.copyfileobj(data, file, 1 << 20)

    written = atomic_write(path.with_suffix(WEIGHTS), copy, verify)
    try:
        return atomic_write(path, lambda file: file.write(card.to_json().encode()))
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _remove(card_path: Path) -> None:
    """Card first: without it nobody finds the weights."""
    try:
        card_path.unlink(missing_ok=True)
        card_path.with_suffix(WEIGHTS).unlink(missing_ok=True)
    except OSError as exc:
        raise WeightsError(
            "The model {name} cannot be deleted ({reason}). Please check the folder {folder}.",
            name=card_path.stem,
            reason=exc.strerror or exc,
            folder=card_path.parent,
        ) from exc


def _unpacked(archive_path: Path, folder: Path) -> Path:
    """Card and weights of a zip file as files of our own choosing in `folder`; the card's path."""
    try:
        with zipfile.ZipFile(archive_path) as archive:
            found = map(PurePosixPath, archive.namelist())  # hidden ones are what a Mac adds
            (weights,) = (path for path in found if path.suffix == WEIGHTS and not path.name.startswith("."))
            for ending, largest in LARGEST.items():
                member = archive.getinfo(str(weights.with_suffix(ending)))
                if member.file_size > largest:
                    raise ValueError(member.filename)
                with archive.open(member) as packed, (folder / f"model{ending}").open("xb") as file:
                    shutil.copyfileobj(packed, file, 1 << 20)
    except (OSError, ValueError, LookupError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as exc:
        raise WeightsError(
            "{name} holds no model that can be read. Please export it again.", name=archive_path.name
        ) from exc
    return folder / f"model{CARD}"


@contextmanager
def _explained() -> Iterator[None]:
    """What goes wrong with files, as WeightsError."""
    try:
        yield
    except ImageError as exc:
        raise WeightsError(exc.sentence) from exc
    except OSError as exc:
        raise WeightsError(
            "The model cannot be written ({reason}). Please choose another folder.", reason=exc.strerror or exc
        ) from exc
