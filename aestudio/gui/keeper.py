"""Keeps the preferences while the window is open, and writes them when they change."""

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from aestudio.errors import Sentence, SettingsError
from aestudio.gui.jobs import Failure
from aestudio.images.metadata import POLICIES, Policy
from aestudio.images.naming import PATTERN, check_pattern
from aestudio.settings import Preferences, preferences_path, read_preferences, write_preferences

log = logging.getLogger(__name__)


class PreferencesKeeper(QObject):
    """The preferences in force. A file that cannot be read or written costs the preferences, never the start."""

    changed = Signal()
    failed = Signal(object)  # Failure

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        """`complaints` says what is wrong with the file."""
        super().__init__(parent)
        self.path = path or preferences_path()
        self.complaints: tuple[Sentence, ...] = ()
        self._broken = False
        try:
            self.value, self.complaints = read_preferences(self.path)
        except SettingsError as exc:
            log.warning("%s", exc)
            self.value, self.complaints = Preferences(), (exc.sentence,)
            self._broken = True
        try:
            check_pattern(self.value.name_pattern)
        except SettingsError as exc:
            self.complaints += (exc.sentence,)
            self.value = replace(self.value, name_pattern=PATTERN)

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

    @property
    def metadata(self) -> Policy:
        """What of a photo's metadata goes into saved files."""
        return next(policy for policy in POLICIES if policy == self.value.metadata)

    @property
    def models(self) -> Mapping[str, str]:
        """The user's own model that was chosen last, by tool; none for the built-in one."""
        return _chosen(self.value.models)

    @property
    def parts(self) -> Mapping[str, str]:
        """The user's own model that works inside the tools, by part; none for the built-in one."""
        return _chosen(self.value.parts)

    def set_model(self, task_id: str, name: str) -> None:
        """Remember which model a tool works with; empty for the built-in one."""
        self._keep(replace(self.value, models=_words({**self.models, task_id: name})))

    def set_part(self, part: str, name: str) -> None:
        """Remember which model works in a part; empty for the built-in one."""
        self._keep(replace(self.value, parts=_words({**self.parts, part: name})))

    def set_metadata(self, policy: Policy) -> None:
        """Remember what was chosen last."""
        self._keep(replace(self.value, metadata=policy))

    def set_pattern(self, pattern: str) -> None:
        """Name saved photos by another pattern. Raises SettingsError for one that cannot make names."""
        self._keep(replace(self.value, name_pattern=check_pattern(pattern)))

    def change(self, *, theme: str, language: str, device: str) -> None:
        """Take over what was chosen."""
        self._keep(replace(self.value, theme=theme, language=language, device=device))

    def add_recent(self, paths: Sequence[Path]) -> None:
        """Remember opened photos, the first of them on top."""
        most = self.value.recent_limit
        new = [str(path) for path in paths[:most]]
        kept = [name for name in self.value.recent if name not in new]
        self._keep(replace(self.value, recent=tuple((new + kept)[:most])))

    def clear_recent(self) -> None:
        """Forget them."""
        self._keep(replace(self.value, recent=()))

    def _keep(self, value: Preferences) -> None:
        if value == self.value:
            return
        self.value = value
        self.changed.emit()
        if self._broken:  # whoever wrote it by hand may want it back
            with contextlib.suppress(OSError):
                self.path.replace(self.path.with_suffix(".broken"))
            self._broken = False
        try:
            write_preferences(value, self.path)
        except SettingsError as exc:
            self.failed.emit(Failure.of(exc))


def _chosen(words: Sequence[str]) -> Mapping[str, str]:
    return dict(word.split("=", 1) for word in words if "=" in word)


def _words(chosen: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{what}={model}" for what, model in chosen.items() if model)
