"""Dots of a map: small squares of the colours of their photos, drawn as one image."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from aestudio.gui.explore.map_scene import Points

Packed = NDArray[np.uint32]  # colours as Qt has them: 0xffRRGGBB


def packed(colour: QColor, count: int) -> Packed:
    """One colour for all."""
    return np.full(count, colour.rgb(), dtype=np.uint32)


def packed_levels(levels: NDArray[np.uint8]) -> Packed:
    """A colour (N, 3) for each."""
    red, green, blue = levels.astype(np.uint32).T
    return np.asarray(np.uint32(0xFF000000) | red << 16 | green << 8 | blue, dtype=np.uint32)


def draw_dots(
    painter: QPainter, size: QSize, ground: QColor, dots: Sequence[tuple[Points, Packed, int]], ratio: float
) -> None:
    """Fill a window with the ground and dots: their points in it, their colours, and the side of each in pixels.

    `ratio` is the number of pixels on the screen for each one of the window.
    """
    rim = max((round(side * ratio) for _, _, side in dots), default=0) + 1  # dots may lie partly beside the window
    width, height = (round(length * ratio) + 2 * rim for length in (size.width(), size.height()))
    pixels = np.full((height, width), ground.rgb(), dtype=np.uint32)
    for points, colours, side in dots:
        dot = max(1, round(side * ratio))
        corners = np.rint(points * ratio).astype(np.int64) + rim - dot // 2
        for down in range(dot):
            for across in range(dot):
                pixels[corners[:, 1] + down, corners[:, 0] + across] = colours
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(-rim / ratio, -rim / ratio), image)
