"""What the Train page shows without folders: what belongs here, and where to drop it."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aestudio.gui.palette import GAP
from aestudio.gui.train.sources import DropZone
from aestudio.gui.train.words import DENOISE, kind_word, tool_word
from aestudio.training.data.source import NOISY, PAIRS, SERIES


class TrainDrop(QWidget):
    """One zone, or two for pairs."""

    dropped = Signal(object, bool)  # list[Path] of folders, and whether they hold the noisy photos of pairs

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Dark)
        self.first, self.second = DropZone(), DropZone()
        row = QHBoxLayout(self)
        row.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        row.setSpacing(6 * GAP)
        for zone in (self.first, self.second):
            row.addWidget(zone, 1)
        self.first.dropped.connect(self._on_first)
        self.second.dropped.connect(self._on_second)

    def show_kind(self, task: str, kind: str, good: tuple[Path, ...], noisy: tuple[Path, ...]) -> None:
        """Say what belongs here, for a tool and a kind of photos; `good` and `noisy` are there already."""
        self.second.setVisible(kind == PAIRS)
        names = {
            PAIRS: self.tr("Drop the folder with the good photos here."),
            SERIES: self.tr("Drop folders with bursts or ISO series here."),
            NOISY: self.tr("Drop folders with noisy photos here."),
        }
        title = names.get(kind, self.tr("Drop folders with photos here to learn from them."))
        sentence = kind_word(kind).sentence if task == DENOISE else tool_word(task).sentence
        self.first.show_text(
            ", ".join(folder.name for folder in good) or title,
            sentence if not good else self.tr("The good photos are chosen."),
            self.tr("Good photos") if kind == PAIRS else self.tr("Photos to learn from"),
        )
        self.second.show_text(
            ", ".join(folder.name for folder in noisy) or self.tr("Drop the folder with the noisy photos here."),
            self.tr("The same scenes, under the same file names.")
            if not noisy
            else self.tr("The noisy photos are chosen."),
            self.tr("Noisy photos"),
        )

    def set_begin(self, folder: str) -> None:
        """Where dialogs begin."""
        self.first.begin_at = self.second.begin_at = folder

    @Slot(object)
    def _on_first(self, folders: list[Path]) -> None:
        self.dropped.emit(folders, False)

    @Slot(object)
    def _on_second(self, folders: list[Path]) -> None:
        self.dropped.emit(folders, True)
