"""The classes that the user gave to photos, kept by what is in the files."""

import csv
import hashlib
import json
import logging
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError

from aestudio.errors import ImageError, Sentence, SettingsError
from aestudio.explore.photos import Indexed
from aestudio.images.atomic import atomic_write, free_name

log = logging.getLogger(__name__)

LONGEST = 40  # letters in the name of a class
_FORMAT = 1
_DAMAGED = ".damaged"


@dataclass(frozen=True)
class Labels:
    """Names of classes in the user's order, and the class of each labelled photo by the SHA-256 of its file.

    What changes something returns other labels; these stay as they are.
    """

    classes: tuple[str, ...] = ()
    by_digest: Mapping[str, str] = field(default_factory=dict)

    def with_class(self, name: str) -> "Labels":
        """One more class, behind the others. Raises SettingsError for a name that is empty, too long or known."""
        return Labels((*self.classes, self._free(name, self.classes)), self.by_digest)

    def renamed(self, old: str, new: str) -> "Labels":
        """Another name for a class. Raises SettingsError as `with_class` does."""
        name = self._free(new, [each for each in self.classes if each != old])
        classes = tuple(name if each == old else each for each in self.classes)
        return Labels(classes, {key: name if each == old else each for key, each in self.by_digest.items()})

    def without_class(self, name: str) -> "Labels":
        """One class less; its photos have no label then."""
        kept = {key: each for key, each in self.by_digest.items() if each != name}
        return Labels(tuple(each for each in self.classes if each != name), kept)

    def labelled(self, digests: Iterable[str], name: str | None) -> "Labels":
        """Photos with a label of one of the classes in place of the one that they had; None takes it away."""
        assert name is None or name in self.classes
        changed = dict(self.by_digest)
        for digest in digests:
            if name is None:
                changed.pop(digest, None)
            else:
                changed[digest] = name
        return Labels(self.classes, changed)

    def counts(self, digests: Iterable[str]) -> dict[str, int]:
        """How many of those photos have a label, by class; files with the same content count once."""
        found = Counter(self.by_digest[digest] for digest in set(digests) if digest in self.by_digest)
        return {name: found[name] for name in self.classes}

    @staticmethod
    def _free(name: str, taken: Iterable[str]) -> str:
        """The name as it is kept."""
        tidy = class_name(name)
        if not tidy:
            raise SettingsError("The class needs a name. Please write some letters or digits.")
        if len(tidy) > LONGEST:
            raise SettingsError(
                "“{name}” is too long for the name of a class. Please use {most} letters at most.",
                name=f"{tidy[:LONGEST]}…",
                most=LONGEST,
            )
        if tidy.casefold() in {each.casefold() for each in taken}:
            raise SettingsError("There is a class “{name}” already. Please choose another name.", name=tidy)
        return tidy


@dataclass(frozen=True)
class Kept:
    """Labels as they were kept, and what is to be said about them."""

    labels: Labels
    note: Sentence | None = None


class LabelFolder:
    """One small file for each folder of photos that has labels."""

    def __init__(self, folder: Path | None = None) -> None:
        """The folder is made when labels are first saved; None: where the user's own data is."""
        self.folder = folder or platformdirs.user_data_path("aestudio", appauthor=False) / "explore"

    def read(self, photos: Indexed) -> Kept:
        """The labels of the folder that the photos lie in.

        Where it has none, those of the folder that most of these photos were labelled in: it was moved, or renamed,
        or it lies in this one. A file that cannot be understood is put aside, and said. Raises nothing.
        """
        place = _place(photos)
        path = self._path(place)
        try:
            return Kept(_read(path).labels)
        except FileNotFoundError:
            return self._from_elsewhere(set(photos.digests))
        except (OSError, ValueError) as exc:
            return Kept(Labels(), self._put_aside(path, place, exc))

    def save(self, photos: Indexed, labels: Labels) -> None:
        """Keep labels for the folder that the photos lie in. Raises SettingsError if the disk refuses."""
        place = _place(photos)
        table = _File(format=_FORMAT, folder=str(place), classes=labels.classes, labels=dict(labels.by_digest))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            data = table.model_dump_json(indent=1).encode("utf-8", "surrogateescape")
            atomic_write(self._path(place), lambda file: file.write(data), overwrite=True)
        except (OSError, ImageError) as exc:
            raise SettingsError(
                "The labels cannot be kept in {folder} ({reason}). Please check the disk.",
                folder=self.folder,
                reason=getattr(exc, "strerror", None) or exc,
            ) from exc

    def _path(self, place: Path) -> Path:
        return self.folder / f"labels-{hashlib.sha256(os.fsencode(place)).hexdigest()[:16]}.json"

    def _from_elsewhere(self, digests: set[str]) -> Kept:
        """What was said of the same photos while they lay somewhere else."""
        best, most = None, 0
        for path in sorted(self.folder.glob("labels-*.json")) if self.folder.is_dir() else ():
            try:
                table = _read(path)
            except (OSError, ValueError):  # it is told when its own folder is opened
                continue
            shared = len(digests & table.labels.by_digest.keys())
            if shared > most:
                best, most = table, shared
        if best is None:
            return Kept(Labels())
        note = Sentence.of(
            "These photos were labelled in {folder}: the labels are taken from there.", folder=best.folder
        )
        return Kept(best.labels, note)

    def _put_aside(self, path: Path, place: Path, exc: Exception) -> Sentence:
        log.warning("labels of %s: %s", place, exc)
        aside = free_name(path.with_name(path.name + _DAMAGED))
        try:
            path.rename(aside)
        except OSError:
            aside = path
        return Sentence.of(
            "The labels of {folder} cannot be read. Their file is put aside as {path}, and labelling begins anew.",
            folder=place,
            path=aside,
        )


class _File(BaseModel):
    """What a file of labels holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    folder: str  # where the photos were, for people
    classes: tuple[str, ...]
    labels: dict[str, str]


@dataclass(frozen=True)
class _Table:
    folder: str
    labels: Labels


def class_name(name: str) -> str:
    """A name as it is kept: letters composed, one space between words, nothing that cannot be seen."""
    seen = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", name))
    return " ".join("".join(letter for letter in seen if letter.isprintable()).split())


def read_table(path: Path, photos: Indexed, folders: Sequence[Path] = ()) -> tuple[Labels, tuple[str, ...]]:
    """The labels in a CSV file of paths and classes, and the paths that are none of the photos.

    Paths that are not absolute begin at the folder of the file, at the current one, or at one of `folders`. A first
    line of “path,class” may be there. Raises SettingsError for a file that cannot be read or is no such table.
    """
    rows = {_plain(each): row for row, each in enumerate(photos.paths)}
    classes: dict[str, None] = {}
    by_digest: dict[str, str] = {}
    lost = []
    for number, line in enumerate(_lines(path), 1):
        if not any(cell.strip() for cell in line) or (number == 1 and line[0].strip() == "path"):
            continue
        name = class_name(line[1]) if len(line) > 1 else ""
        if not name:
            raise SettingsError(
                "Line {number} of {path} names no class. Each line is to be a path, a comma and a class.",
                number=number,
                path=path,
            )
        places = (base / line[0].strip() for base in (path.absolute().parent, Path.cwd(), *folders))
        row = next((rows[_plain(place)] for place in places if _plain(place) in rows), None)
        classes.setdefault(name)
        if row is None:
            lost.append(line[0].strip())
        else:
            by_digest[photos.digests[row]] = name
    return Labels(tuple(classes), by_digest), tuple(lost)


def _lines(path: Path) -> list[list[str]]:
    """The cells of a CSV file."""
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            return list(csv.reader(file, strict=True))
    except OSError as exc:
        raise SettingsError(
            "{path} cannot be read ({reason}). Please give a CSV file of paths and classes.",
            path=path,
            reason=exc.strerror or exc,
        ) from exc
    except csv.Error as exc:
        raise SettingsError("{path} is no CSV file. Please give a table of paths and classes.", path=path) from exc


def _plain(path: Path) -> str:
    """A path without detours, for comparing."""
    return unicodedata.normalize("NFC", os.path.normpath(path.absolute()))


def _read(path: Path) -> _Table:
    """Raises OSError, or ValueError for a file that holds no labels."""
    try:
        table = _File.model_validate(json.loads(path.read_bytes()))
    except ValidationError as exc:
        raise ValueError(str(exc)) from exc
    if table.format != _FORMAT:
        raise ValueError(f"format {table.format}")
    if not set(table.labels.values()) <= set(table.classes) or len(set(table.classes)) < len(table.classes):
        raise ValueError("classes and labels do not fit")
    return _Table(table.folder, Labels(table.classes, table.labels))


def _place(photos: Indexed) -> Path:
    """The folder that all photos lie in."""
    return Path(os.path.commonpath([path.absolute().parent for path in photos.paths]))
