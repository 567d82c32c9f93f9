"""What a batch shows without photos: one sentence, and two buttons."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP


class BatchDrop(QWidget):
    """The empty state."""

    photos_wanted = Signal()
    folder_wanted = Signal()
    last_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Dark)
        self.sentence = QLabel()
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setForegroundRole(self.sentence.palette().ColorRole.WindowText)  # else the ground's
        font = self.sentence.font()
        font.setPixelSize(20)
        self.sentence.setFont(font)
        self.photos = self._button("image-plus-outline", self.tr("Add photos…"), self.tr("Choose photos (Ctrl+O)."))
        self.folder = self._button(
            "folder-plus-outline", self.tr("Add folder…"), self.tr("Choose a folder of photos (Ctrl+Shift+O).")
        )
        self.last = QPushButton(self.tr("Go on with the last batch"))
        self.last.setIcon(icon("history"))
        self.last.setFlat(True)
        self.last.setMinimumHeight(32)
        self.last.setToolTip(self.tr("Show its photos and its steps. What is done stays; Start does the rest."))
        self.last.setAccessibleName(self.last.text())
        self.last.clicked.connect(self.last_wanted)
        self.photos.clicked.connect(self.photos_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(4 * GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.photos)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        layout.setSpacing(6 * GAP)
        layout.addStretch(3)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)
        layout.addWidget(self.last, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(4)
        self._last_there = False
        self.show_sentence("")

    def show_last(self, there: bool) -> None:
        """Whether there is a batch that can be gone on with."""
        self._last_there = there
        self.last.setVisible(there)

    def show_sentence(self, text: str) -> None:
        """Say something else than what to do here; empty for that again."""
        self.last.setVisible(self._last_there and not text)
        self.sentence.setText(text or self.tr("Drop photos and folders here to restore them all in one go."))

    def _button(self, glyph: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setIcon(icon(glyph))
        button.setIconSize(QSize(24, 24))
        button.setMinimumSize(180, 52)
        button.setToolTip(tip)
        button.setAccessibleName(text.rstrip("…"))
        font = button.font()
        font.setPixelSize(16)
        button.setFont(font)
        return button
