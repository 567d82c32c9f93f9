"""What can be opened from the clipboard or from a drop: files, folders, or a picture."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QStandardPaths
from PySide6.QtGui import QImage

from aestudio.images.photo import Pixels


def holds_photos(mime: QMimeData) -> bool:
    """Whether there is anything to open; cheap, for while the mouse moves."""
    return any(url.isLocalFile() for url in mime.urls()) or mime.hasImage()


def files_in(mime: QMimeData) -> list[Path]:
    """The files and folders."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def pictures_folder() -> Path:
    """Where a picture that came without a file would be saved."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or Path.home())


def pixels_in(mime: QMimeData) -> Pixels | None:
    """The picture, as (H, W, 3) or (H, W, 4) of 8 bits."""
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    alpha = image.hasAlphaChannel()
    channels = 4 if alpha else 3
    image = image.convertToFormat(QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * channels].reshape(image.height(), image.width(), channels).copy()
