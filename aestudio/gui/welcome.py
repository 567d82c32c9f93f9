"""What the window shows without a photo: one sentence, a big Open button, and sample photos."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.thumbnails import Thumbnails

SAMPLES_SHOWN = 5
SAMPLE = QSize(160, 120)


class Welcome(QWidget):
    """The empty state."""

    open_requested = Signal()
    sample_chosen = Signal(object)  # list of one Path

    def __init__(self, samples: Sequence[Path], thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.samples: dict[Path, QToolButton] = {}
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Dark)
        sentence = QLabel(self.tr("Open a photo to take the noise out of it, or drop photos and folders here."))
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setWordWrap(True)
        sentence.setForegroundRole(sentence.palette().ColorRole.WindowText)  # else that of the ground's role
        font = sentence.font()
        font.setPixelSize(20)
        sentence.setFont(font)
        self.open = QPushButton(self.tr("Open photos…"))
        self.open.setIcon(icon("folder-open-outline"))
        self.open.setIconSize(QSize(24, 24))
        self.open.setMinimumSize(220, 52)
        self.open.setToolTip(self.tr("Choose one or more photos (Ctrl+O)."))
        big = self.open.font()
        big.setPixelSize(16)
        self.open.setFont(big)
        self.open.clicked.connect(self.open_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        layout.setSpacing(6 * GAP)
        layout.addStretch(3)
        layout.addWidget(sentence)
        layout.addWidget(self.open, 0, Qt.AlignmentFlag.AlignCenter)
        if samples:
            caption = QLabel(self.tr("Or try one of these"))
            caption.setForegroundRole(caption.palette().ColorRole.WindowText)
            layout.addSpacing(4 * GAP)
            layout.addWidget(caption, 0, Qt.AlignmentFlag.AlignCenter)
            layout.addLayout(self._sample_row(samples[:SAMPLES_SHOWN]))
        layout.addStretch(4)
        thumbnails.made.connect(self._on_made)

    def _sample_row(self, samples: Sequence[Path]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * GAP)
        row.addStretch(1)
        for path in samples:
            button = QToolButton()
            button.setIconSize(SAMPLE)
            button.setFixedSize(SAMPLE + QSize(4 * GAP, 4 * GAP))
            button.setAutoRaise(True)
            name = path.stem.replace("-", " ").replace("_", " ")
            button.setToolTip(self.tr("Open the sample “{name}”.").format(name=name))
            button.setAccessibleName(self.tr("Sample photo {name}").format(name=name))
            button.clicked.connect(self._on_sample_clicked)
            self.samples[path] = button
            row.addWidget(button)
        row.addStretch(1)
        for path in samples:
            self._on_made(path)
        return row

    @Slot()
    def _on_sample_clicked(self) -> None:
        for path, button in self.samples.items():
            if button is self.sender():
                self.sample_chosen.emit([path])

    @Slot(object)
    def _on_made(self, path: Path) -> None:
        pixmap = self._thumbnails.get(path) if path in self.samples else None
        if pixmap is not None:
            self.samples[path].setIcon(QIcon(pixmap))
