"""Keeps the preferences while the window is open, and writes them when they change."""

import json
import logging
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, QStandardPaths, Signal

from aestudio.errors import SettingsError
from aestudio.gui.jobs import Failure

log = logging.getLogger(__name__)

RECENT = 12
CHOICES: Mapping[str, tuple[str, ...]] = {"theme": ("dark", "light", "system"), "language": ("system", "en", "ko")}


@dataclass(frozen=True)
class Preferences:
    """What the user chose for all photos."""

    theme: str = "dark"
    language: str = "system"
    device: str = "auto"
    recent: tuple[str, ...] = ()  # files opened last, the newest first


class PreferencesKeeper(QObject):
    """The preferences in force. A file that cannot be read or written costs the preferences, never the start."""

    changed = Signal()
    failed = Signal(object)  # Failure

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = platformdirs.user_config_path("aestudio", appauthor=False)
        self._path = path or folder / "preferences.toml"
        self.value = read_preferences(self._path)

    @property
    def recent(self) -> list[Path]:
        """Photos opened last."""
        return [Path(name) for name in self.value.recent]

    @property
    def folder(self) -> str:
        """Where an open dialog begins: beside the photo opened last."""
        for path in self.recent:
            if path.parent.is_dir():
                return str(path.parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)

    def change(self, *, theme: str, language: str, device: str) -> None:
        """Take over what was chosen."""
        self._keep(replace(self.value, theme=theme, language=language, device=device))

    def add_recent(self, paths: Sequence[Path]) -> None:
        """Remember opened photos, the first of them on top."""
        new = [str(path) for path in paths[:RECENT]]
        kept = [name for name in self.value.recent if name not in new]
        self._keep(replace(self.value, recent=tuple((new + kept)[:RECENT])))

    def clear_recent(self) -> None:
        """Forget them."""
        self._keep(replace(self.value, recent=()))

    def _keep(self, value: Preferences) -> None:
        if value == self.value:
            return
        self.value = value
        self.changed.emit()
        try:
            write_preferences(value, self._path)
        except OSError as exc:
            message = f"The preferences could not be written to {self._path}. Please check the folder's permissions."
            self.failed.emit(Failure.of(SettingsError(f"{message} ({exc.strerror})")))


def read_preferences(path: Path) -> Preferences:
    """What the file says; a default for all that it does not say, or says wrongly."""
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        log.warning("%s cannot be read: %s", path, exc)
        return Preferences()
    values: dict[str, Any] = {}
    for field in fields(Preferences):
        value = said.get(field.name)
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            values[field.name] = tuple(value)
        elif isinstance(value, str) and field.name != "recent" and value in CHOICES.get(field.name, (value,)):
            values[field.name] = value
    return Preferences(**values)


def write_preferences(value: Preferences, path: Path) -> None:
    """Raises OSError if the disk refuses; the file before is then still whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # a JSON string or list of strings is one in TOML, too
    lines = (
        f"{field.name} = {json.dumps(_plain(getattr(value, field.name)), ensure_ascii=False)}\n"
        for field in fields(value)
    )
    beside = path.with_suffix(".new")
    beside.write_bytes("".join(lines).encode("utf-8", errors="replace"))
    beside.replace(path)


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
