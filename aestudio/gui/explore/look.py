"""A larger picture of the photo that the pointer rests on, with its name."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.explore.pictures import shape_of
from aestudio.gui.jobs import JobRunner
from aestudio.gui.palette import GAP
from aestudio.gui.thumbnails import to_image
from aestudio.images.io import read_preview
from aestudio.images.photo import Pixels, screen_pixels
from aestudio.progress import Progress

_SIDE = 320  # pixels
_AWAY = 12  # pixels from what it is about


class PhotoLook(QFrame):
    """Lies over another widget: at first a small copy, drawn larger, and then the photo itself."""

    sharpened = Signal()  # the photo itself is shown

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self._over = parent
        self.path: Path | None = None
        self._size = (1, 1)
        self._runner = JobRunner("map-look", self)
        self._runner.succeeded.connect(self._on_read)
        self._runner.finished.connect(self._go_on)
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("Larger picture"))
        self.name = Elided()
        self.name.setAccessibleName(self.tr("File name"))
        self.name.setForegroundRole(QPalette.ColorRole.WindowText)  # else that of what is below
        self.facts = Elided()
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        for widget in (self.picture, self.name, self.facts):
            column.addWidget(widget)
        self.hide()

    def show_photo(self, path: Path, size: tuple[int, int], small: QImage | None, beside: QRect) -> None:
        """Show a photo of that height and width beside something in the other widget."""
        self.path, self._size = path, size
        self.name.set_text(path.name)
        self.facts.set_text(self.tr("{width} × {height} pixels").format(width=size[1], height=size[0]))
        shape = self._shape()
        self.picture.setFixedSize(shape)
        if small is None:
            empty = QPixmap(shape)
            empty.fill(self.palette().color(QPalette.ColorRole.Mid))
            self.picture.setPixmap(empty)
        else:
            self._show(small)
        self.setFixedWidth(max(shape.width(), _SIDE // 2) + 4 * GAP)
        self.adjustSize()
        self._place(beside)
        self.show()
        self.raise_()
        self._go_on()

    def leave(self) -> None:
        """Show nothing."""
        self.path = None
        self.hide()

    def shut_down(self) -> None:
        """Stop, and wait until the thread is gone."""
        self.path = None
        self._runner.shutdown()

    def _shape(self) -> QSize:
        return shape_of(self._size, QSize(_SIDE, _SIDE))

    def _show(self, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = image.scaled(self._shape() * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        scaled.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(scaled))

    def _place(self, beside: QRect) -> None:
        """Below to the right, or wherever there is room."""
        over = self._over.rect()
        x = beside.right() + _AWAY
        if x + self.width() > over.right():
            x = beside.left() - _AWAY - self.width()
        y = min(beside.top(), over.bottom() - self.height())
        self.move(max(over.left(), min(x, over.right() - self.width())), max(over.top(), y))

    @Slot()
    def _go_on(self) -> None:
        if self.path is not None and not self._runner.busy and self.isVisible():
            self._runner.start(partial(_read, self.path, round(_SIDE * self.devicePixelRatioF())))

    @Slot(object)
    def _on_read(self, result: tuple[Path, Pixels]) -> None:
        path, pixels = result
        if path == self.path:
            self._show(to_image(pixels))
            self.sharpened.emit()
            self.path = None  # there is nothing left to read


def _read(path: Path, side: int, progress: Progress) -> tuple[Path, Pixels]:
    progress.check()
    return path, screen_pixels(read_preview(path, side))
