"""Small copies of photos, which are squeezed to squares, as pictures in the shape of the photos."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap

from aestudio.explore.photos import Levels
from aestudio.gui.thumbnails import to_image


def shape_of(size: tuple[int, int], box: QSize) -> QSize:
    """The largest size within a box that has the shape of a photo of that height and width, 1 pixel at least."""
    height, width = size
    fitted = QSize(max(1, width), max(1, height)).scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
    return fitted.expandedTo(QSize(1, 1))


def square_image(small: Levels) -> QImage:
    """A small copy (128, 128, 3) as it is, squeezed."""
    return to_image(small)


def photo_image(small: Levels, size: tuple[int, int], box: QSize, ratio: float = 1.0) -> QImage:
    """A small copy (128, 128, 3) in the shape of its photo of that height and width, as large as a box has room for.

    `ratio` is the number of pixels on the screen for each one of the window. May be called in any thread.
    """
    smooth = Qt.TransformationMode.SmoothTransformation
    image = square_image(small).scaled(shape_of(size, box) * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    image.setDevicePixelRatio(ratio)
    return image


def photo_pixmap(small: Levels, size: tuple[int, int], box: QSize, ratio: float = 1.0) -> QPixmap:
    """The same for widgets; in the GUI thread."""
    return QPixmap.fromImage(photo_image(small, size, box, ratio))
