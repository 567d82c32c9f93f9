"""What is above a batch's table: how photos come onto the list, and how many there are."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from aestudio.batch.patience import size_text
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP


class BatchHead(QWidget):
    """Only shows: what the buttons do is the page's matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos = _button("image-plus-outline", self.tr("Add photos…"), self.tr("Choose photos (Ctrl+O)."))
        self.folder = _button(
            "folder-plus-outline", self.tr("Add folder…"), self.tr("Choose a folder of photos (Ctrl+Shift+O).")
        )
        self.clear = _button(
            "playlist-remove",
            self.tr("Clear list"),
            self.tr("Begin with an empty list. The photos themselves, and their results, stay."),
        )
        self.caption = QLabel()
        self.caption.setForegroundRole(self.caption.palette().ColorRole.PlaceholderText)
        self.caption.setAccessibleName(self.tr("Photos in the list"))
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        row.setSpacing(2 * GAP)
        for button in (self.photos, self.folder, self.clear):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.caption)

    def show_list(self, count: int, size: int, *, running: bool) -> None:
        """How many photos there are, of how many bytes; while a run goes on there can be no others."""
        text = self.tr("%n photo(s), {size}", "", count).format(size=size_text(size)) if count else ""
        self.caption.setText(text)
        for button in (self.photos, self.folder, self.clear):
            button.setDisabled(running)


def _button(glyph: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setIcon(icon(glyph))
    button.setMinimumHeight(28)
    button.setToolTip(tip)
    button.setAccessibleName(text.rstrip("…"))
    return button
