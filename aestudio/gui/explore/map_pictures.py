"""The pictures of a map: read behind the window as they are wanted, and kept as long as there is room."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from aestudio.gui.explore.pictures import shape_of, square_image
from aestudio.gui.jobs import JobRunner
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.photos import Indexed, Levels

KEPT: Final = 1_600  # pictures: 48 KB each, and more than are seen at once
_AT_ONCE = 32  # that are read in one go
_MADE_AT_ONCE = 48  # that are brought to another size within one drawing


class MapPictures(QObject):
    """Small copies of photos by row, in the size in which they are drawn."""

    came = Signal()  # some that were wanted
    failed = Signal(object)  # Failure

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos: Indexed | None = None
        self._squares: OrderedDict[int, QImage] = OrderedDict()
        self._drawn: dict[int, QPixmap] = {}  # of `_side`
        self._side = 0
        self._ratio = 1.0
        self._left = 0  # that may still be made within this drawing
        self._wanted: list[int] = []
        self._broken: set[int] = set()
        self._runner = JobRunner("map-pictures", self)
        self._runner.succeeded.connect(self._on_read)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._go_on)

    def take(self, photos: "Indexed | None") -> None:
        """Pictures of other photos; those of others are forgotten."""
        self._photos = photos
        self._squares.clear()
        self._drawn.clear()
        self._broken.clear()
        self._wanted = []
        self._runner.cancel()

    def shut_down(self) -> None:
        """Stop, and wait until the thread is gone."""
        self._wanted = []
        self._runner.shutdown()

    def begin(self, side: int, ratio: float) -> None:
        """A drawing begins, with pictures of that side; `ratio` pixels of the screen for each one of the window."""
        if (side, ratio) != (self._side, self._ratio):
            self._drawn.clear()
            self._side, self._ratio = side, ratio
        self._left = _MADE_AT_ONCE

    @property
    def short_of_time(self) -> bool:
        """Whether more were to be made than one drawing has time for."""
        return self._left < 0

    def get(self, row: int) -> QPixmap | None:
        """The picture of a photo in its shape; None if it is not there yet, or not in this size."""
        made = self._drawn.get(row)
        if made is not None:
            self._squares.move_to_end(row)
            return made
        square = self._squares.get(row)
        if square is None or self._photos is None:
            return None
        self._left -= 1
        if self._left < 0:
            return None
        self._squares.move_to_end(row)
        shape = shape_of(self._photos.sizes[row], QSize(self._side, self._side)) * self._ratio
        smooth = Qt.TransformationMode.SmoothTransformation
        image = square.scaled(shape, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        image.setDevicePixelRatio(self._ratio)
        self._drawn[row] = QPixmap.fromImage(image)
        return self._drawn[row]

    def square(self, row: int) -> QImage | None:
        """The small copy of a photo as it is, squeezed; None if it is not there yet."""
        return self._squares.get(row)

    def want(self, rows: Sequence[int]) -> None:
        """Read those that are not there, in that order; whatever was wanted before is not any more."""
        self._wanted = [row for row in rows if row not in self._squares and row not in self._broken][:KEPT]
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._photos is None or self._runner.busy or not self._wanted:
            return
        some, self._wanted = self._wanted[:_AT_ONCE], self._wanted[_AT_ONCE:]
        self._runner.start(partial(_read, self._photos, some))

    @Slot(object)
    def _on_read(self, result: "tuple[Indexed, list[int], Levels]") -> None:
        photos, rows, smalls = result
        if photos is not self._photos:
            return
        for row, small in zip(rows, smalls, strict=True):
            self._squares[row] = square_image(small)
        while len(self._squares) > KEPT:
            gone, _ = self._squares.popitem(last=False)
            self._drawn.pop(gone, None)
        self.came.emit()

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        self._broken.update(self._wanted)
        self._wanted = []
        self.failed.emit(failure)


def _read(photos: "Indexed", rows: list[int], progress: Progress) -> "tuple[Indexed, list[int], Levels]":
    progress.check()
    return photos, rows, photos.smalls(rows)
