"""What the user chose for all photos, kept in a TOML file."""

import contextlib
import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import platformdirs

from aestudio.errors import Sentence, SettingsError

THEMES = ("system", "dark", "light")
LANGUAGES = ("system", "en", "ko")
DEVICES = ("auto", "cpu", "cuda", "mps")
METADATA = ("keep", "basic", "strip")
MAX_RECENT = 100


@dataclass(frozen=True)
class Preferences:
    """Each field is a key of the file. Raises SettingsError for a value that it cannot have."""

    theme: str = field(default="dark", metadata={"choices": THEMES})
    language: str = field(default="system", metadata={"choices": LANGUAGES})
    device: str = field(default="auto", metadata={"choices": DEVICES})
    metadata: str = field(default="keep", metadata={"choices": METADATA})  # of saved photos
    name_pattern: str = "{name}-{task}"  # of saved photos, without ending
    recent_limit: int = 12  # how many photos are remembered
    recent: tuple[str, ...] = ()  # photos opened last, the newest first
    models: tuple[str, ...] = ()  # own models that tools worked with last, as in denoise=grain
    parts: tuple[str, ...] = ()  # own models that tools use inside, as in inpaint=ruins

    def __post_init__(self) -> None:
        for declared in fields(self):
            value = getattr(self, declared.name)
            choices = declared.metadata.get("choices")
            if choices and value not in choices:
                raise SettingsError(
                    "{name} is {value}: please choose one of {choices}.",
                    name=declared.name,
                    value=_shown(value),
                    choices=", ".join(choices),
                )
            if not choices and not _is_like(value, declared.default):
                raise SettingsError(
                    "{name} is {value}: please write {example}.",
                    name=declared.name,
                    value=_shown(value),
                    example=_EXAMPLES[declared.name],
                )
        if not 0 <= self.recent_limit <= MAX_RECENT:
            raise SettingsError(
                "recent_limit is {value}: please choose a number from 0 to {most}.",
                value=self.recent_limit,
                most=MAX_RECENT,
            )


_EXAMPLES = {
    "name_pattern": "a name such as “{name}-{task}”",
    "recent_limit": "a whole number such as 12",
    "recent": "a list of file names",
    "models": "a list such as [“denoise=grain”]",
    "parts": "a list such as [“inpaint=ruins”]",
}


def preferences_path() -> Path:
    """Where the preferences lie."""
    return platformdirs.user_config_path("aestudio", appauthor=False) / "preferences.toml"


def read_preferences(path: Path) -> tuple[Preferences, tuple[Sentence, ...]]:
    """The preferences in a file, and a sentence for each key in it that is not known. Defaults if there is no file.

    Raises SettingsError if the file cannot be read, or holds a value that a preference cannot have.
    """
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences(), ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise SettingsError(
            "The preferences in {path} cannot be read ({reason}). Please correct the file.", path=path, reason=exc
        ) from exc
    known = {declared.name for declared in fields(Preferences)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items() if key in known
    }
    try:
        preferences = Preferences(**values)
    except SettingsError as exc:
        raise SettingsError("In {path}, {problem}", path=path, problem=exc) from exc
    return preferences, tuple(_unknown(path, key, known) for key in table if key not in known)


def write_preferences(preferences: Preferences, path: Path) -> None:
    """Keep the preferences: the whole new file or, where SettingsError is raised, the one before."""
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(to_toml(asdict(preferences)).encode("utf-8", errors="replace"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as exc:
        reason = exc.strerror or exc
        raise SettingsError(
            "The preferences could not be written to {path} ({reason}). Please check the folder.",
            path=path,
            reason=reason,
        ) from exc


def to_toml(values: Mapping[str, str | int | float | bool | tuple[str, ...]]) -> str:
    """Flat values as TOML, a line each: JSON's strings, numbers and lists are TOML's, but for one character."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return "".join(lines).replace("\x7f", "\\u007f")


def _is_like(value: object, default: object) -> bool:
    """Whether a value has the default's type; a tuple must hold words only."""
    if isinstance(value, tuple):
        return isinstance(default, tuple) and all(isinstance(word, str) for word in value)
    return type(value) is type(default)


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else str(value)


def _unknown(path: Path, key: str, known: set[str]) -> Sentence:
    close = get_close_matches(key, known, n=1)
    if close:
        return Sentence.of(
            "{path} has the unknown key “{key}”; did you mean “{close}”?", path=path, key=key, close=close[0]
        )
    return Sentence.of("{path} has the unknown key “{key}”.", path=path, key=key)
