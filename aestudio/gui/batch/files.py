"""Rows for what a tool reads from files: the name of each file, and buttons to choose another one or none."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.icon_button import icon_button
from aestudio.gui.knob_row import translated
from aestudio.gui.palette import GAP
from aestudio.images.formats import READABLE

if TYPE_CHECKING:
    from aestudio.tasks.base import FromFile

_GLYPHS = {"picture": "image-outline", "folder": "folder-outline", "file": "file-outline"}


class FileRow(QObject):
    """The widgets of one row."""

    changed = Signal(str)  # the setting, by the user

    def __init__(self, name: str, source: "FromFile", parent: QObject) -> None:
        super().__init__(parent)
        self._setting = name
        self.source = source
        self.path: Path | None = None
        self.start = ""  # where dialogs begin
        title, help_text = translated(source.label), translated(source.help)
        self.label = QLabel(title)
        self.label.setToolTip(help_text)
        self.name = Elided(mode=Qt.TextElideMode.ElideMiddle, tip=help_text)
        self.name.setAccessibleName(title)
        choose = self.tr("{setting}: choose a folder") if source.reads == "folder" else self.tr("{setting}: choose…")
        tip = f"{choose.format(setting=title)}\n{help_text}"
        self.choose = icon_button(_GLYPHS[source.reads], choose.format(setting=title).rstrip("…"), tip)
        self.clear = icon_button("close", self.tr("{setting}: use none").format(setting=title))
        self.choose.clicked.connect(self._on_choose)
        self.clear.clicked.connect(self._on_clear)
        self.show(None)

    @property
    def missing(self) -> bool:
        """Whether what was chosen is not there any more."""
        if self.path is None:
            return False
        return not (self.path.is_dir() if self.source.reads == "folder" else self.path.is_file())

    def show(self, path: Path | None) -> None:
        """Show what is chosen without telling anyone."""
        self.path = path
        role = QPalette.ColorRole.PlaceholderText if path is None else QPalette.ColorRole.WindowText
        self.name.setForegroundRole(role)
        if path is None:
            self.name.set_text(self.tr("none"))
        elif self.missing:
            self.name.set_text(self.tr("{name} is missing").format(name=path.name))
        else:
            self.name.set_text(path.name)
        self.clear.setEnabled(path is not None)

    @Slot()
    def _on_choose(self) -> None:
        title, start, window = translated(self.source.label), self._start(), self.choose.window()
        if self.source.reads == "folder":
            chosen = QFileDialog.getExistingDirectory(window, title, start)
        else:
            ending = self.source.ending
            if self.source.reads == "file":
                kinds = self.tr("Files") + f" (*{ending})"
            else:
                endings = " ".join(f"*{each} *{each.upper()}" for each in dict.fromkeys((*READABLE, ending)))
                kinds = self.tr("Pictures") + f" ({endings})"
            chosen, _ = QFileDialog.getOpenFileName(window, title, start, kinds)
        if chosen:
            self.show(Path(chosen))
            self.changed.emit(self._setting)

    def _start(self) -> str:
        if self.path is not None and self.path.parent.is_dir():
            return str(self.path.parent)
        if self.source.shelf:
            shelf = platformdirs.user_data_path("aestudio", appauthor=False) / self.source.shelf
            if shelf.is_dir():
                return str(shelf)
        return self.start

    @Slot()
    def _on_clear(self) -> None:
        self.show(None)
        self.changed.emit(self._setting)


class FileRows(QWidget):
    """The files of one tool; choosing one lets go of those that cannot be used together with it."""

    changed = Signal(str)  # the setting, by the user

    def __init__(self, sources: "Mapping[str, FromFile]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = {name: FileRow(name, source, self) for name, source in sources.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(self.rows.values()):
            row.label.setContentsMargins(0, 0, 2 * GAP, 0)
            for column, widget in enumerate((row.label, row.name, row.choose, row.clear)):
                grid.addWidget(widget, number, column)
            row.changed.connect(self._on_changed)

    @property
    def paths(self) -> dict[str, Path]:
        """What is chosen, by setting."""
        return {name: row.path for name, row in self.rows.items() if row.path is not None}

    def show_paths(self, paths: Mapping[str, Path]) -> None:
        """Show them without telling anyone."""
        for name, row in self.rows.items():
            row.show(paths.get(name))

    def begin_at(self, folder: str) -> None:
        """Where dialogs begin, if nothing else says it."""
        for row in self.rows.values():
            row.start = folder

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        if self.rows[name].path is not None:
            for other in self.rows[name].source.instead_of:
                self.rows[other].show(None)
        self.changed.emit(name)
