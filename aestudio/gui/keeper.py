"""Keeps the preferences while the window is open, and writes them when they change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

RECENT = 12


@dataclass(frozen=True)
class Preferences:
    theme: str = "dark"
    language: str = "system"
    device: str = "auto"
    recent: tuple[str, ...] = ()


class PreferencesKeeper(QObject):
    """The preferences in force."""

    changed = Signal()
    failed = Signal(object)  # Failure

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.value = Preferences()

    @property
    def recent(self) -> list[Path]:
        return [Path(p) for p in self.value.recent]

    @property
    def folder(self) -> str:
        """Where an open dialog begins: beside the photo opened last."""
        for path in self.recent:
            if path.parent.is_dir():
                return str(path.parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)

    def change(self, theme: str | None = None, language: str | None = None, device: str | None = None) -> None:
        self.value = replace(
            self.value,
            theme=theme or self.value.theme,
            language=language or self.value.language,
            device=device or self.value.device,
        )
        self.changed.emit()

    def add_recent(self, paths: Sequence[Path]) -> None:
        """Remember opened photos, the first of them on top."""
        new = [str(p) for p in paths[:RECENT]]
        kept = [p for p in self.value.recent if p not in new]
        self.value = replace(self.value, recent=tuple((new + kept)[:RECENT]))
        self.changed.emit()

    def clear_recent(self) -> None:
        """Forget them."""
        self.value = replace(self.value, recent=())
        self.changed.emit()
