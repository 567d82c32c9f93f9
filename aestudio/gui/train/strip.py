"""Photos that are not learnt from, each as it was, as it is now, and as it should be."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from aestudio.gui.chart_style import small_font
from aestudio.gui.elided import Elided
from aestudio.gui.palette import GAP

LEAST, MOST = 112, 256  # pixels of a picture's side
_BAR = 14  # pixels of the scroll bar


@dataclass(frozen=True)
class Row:
    """One photo: the files of its pictures, and what is said of it."""

    pictures: tuple[Path, ...]
    name: str = ""


class Picture(QWidget):
    """A picture file, as large as there is room for, and no larger than it is twice."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Show it."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image.isNull():
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        else:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            x, y = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.drawImage(self.rect().adjusted(x, y, -x, -y), self.image)
        painter.end()


class _Card(QWidget):
    """All pictures of one photo beside each other."""

    def __init__(self, captions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.title.setAccessibleName(self.tr("Photo"))
        self.pictures = tuple(Picture(caption) for caption in captions)
        row = QHBoxLayout()
        row.setSpacing(2)
        self._captions: list[QLabel] = []
        for caption, picture in zip(captions, self.pictures, strict=True):
            label = QLabel(caption)
            label.setFont(small_font(label))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(picture)
            column.addWidget(label)
            row.addLayout(column)
            self._captions.append(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addLayout(row)
        layout.addStretch(1)

    def show_side(self, side: int) -> None:
        """How large each picture is."""
        for picture in self.pictures:
            picture.setFixedSize(side, side)

    @property
    def around(self) -> int:
        """Pixels above and below the pictures."""
        title = self.title.sizeHint().height() if not self.title.isHidden() else 0
        return title + self._captions[0].sizeHint().height() + 3 * 2


class PictureStrip(QScrollArea):
    """Cards beside each other, which follow files. Files are read one at a time, so that nothing waits."""

    def __init__(self, captions: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        """`captions` say what each picture of a photo is."""
        super().__init__(parent)
        self._names = tuple(captions)
        self._rows: tuple[Row, ...] = ()
        self.cards: list[_Card] = []
        self._read: dict[Path, tuple[int, int]] = {}  # modification time and size of files that are shown
        self._due: deque[tuple[Picture, Path]] = deque()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_one)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(LEAST + 48 + _BAR)
        inside = QWidget()
        self._line = QHBoxLayout(inside)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4 * GAP)
        self._line.addStretch(1)
        self.setWidget(inside)

    def clear(self) -> None:
        """No photos."""
        self.show_rows(())

    def show_captions(self, captions: Sequence[str]) -> None:
        """Other words for the pictures of a photo, of which none is shown any more."""
        self.clear()
        self._names = tuple(captions)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Follow these photos; those that are shown already stay until the new pictures are read."""
        if len(rows) != len(self.cards):
            for card in self.cards:
                card.hide()
                card.deleteLater()
            self.cards = [_Card(self._names) for _ in rows]
            for card in reversed(self.cards):
                self._line.insertWidget(0, card)
            self._read.clear()
        old = self._rows if len(self._rows) == len(rows) else (Row(()),) * len(rows)
        self._rows = tuple(rows)
        self._due.clear()
        for card, row, before in zip(self.cards, rows, old, strict=True):
            card.title.set_text(row.name)
            card.title.setVisible(bool(row.name))
            for number, (picture, path) in enumerate(zip(card.pictures, row.pictures, strict=False)):
                same = number < len(before.pictures) and before.pictures[number] == path
                if not same or self._read.get(path) != _stamp(path):
                    self._due.append((picture, path))
        self._fit()
        self._soon.start()

    @property
    def at_rest(self) -> bool:
        """Whether all pictures are read."""
        return not self._due

    @Slot()
    def _read_one(self) -> None:
        if not self._due:
            return
        picture, path = self._due.popleft()
        stamp, image = _stamp(path), QImage(str(path))
        if not image.isNull():  # else it is just being written, and comes with the next step
            self._read[path] = stamp
            picture.show_image(image)
        if self._due:
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size: pictures are as high as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for card in self.cards:
            card.show_side(min(MOST, max(LEAST, self.height() - card.around - _BAR)))

    def sizeHint(self) -> QSize:
        """Qt asks how large it would like to be."""
        return QSize(3 * LEAST, MOST + 48 + _BAR)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
