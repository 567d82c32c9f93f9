"""Colours of Lab as the screen shows them."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

DARKEST, LIGHTEST = 30.0, 85.0  # of swatches: in black and white, colours could not be told apart


@lru_cache(maxsize=4096)
def lab_colour(light: float, a: float, b: float) -> QColor:
    """The nearest colour of that lightness and hue that sRGB has; L is kept where hues can be told apart."""
    ab = np.full((1, 1, 2), (a, b), dtype=np.float32)
    red, green, blue = _rgb(min(max(light, DARKEST), LIGHTEST), ab)[0, 0].tolist()
    return QColor(red, green, blue)


def ab_plane(light: float, side: int, reach: float) -> NDArray[np.uint8]:
    """The a-b plane at one lightness, (side, side, 4): a to the right, b upwards, each from -reach to reach.

    Transparent where sRGB lacks the colour.
    """
    import torch

    from aestudio.images.lab import lab_to_linear

    light = min(max(light, DARKEST), LIGHTEST)
    steps = (np.arange(side, dtype=np.float32) + 0.5) / side * 2 * reach - reach
    a, b = np.meshgrid(steps, -steps)
    ab: NDArray[np.float32] = np.stack((a, b), axis=-1).astype(np.float32)
    lab = torch.from_numpy(np.concatenate((np.full((side, side, 1), light, np.float32), ab), axis=2))
    linear = lab_to_linear(lab.permute(2, 0, 1)[None])[0]
    inside = ((linear >= -1e-3) & (linear <= 1 + 1e-3)).all(dim=0).numpy()
    alpha = np.where(inside, 255, 0).astype(np.uint8)
    return np.ascontiguousarray(np.concatenate((_rgb(light, ab), alpha[..., None]), axis=2))


def nearest_shown(light: float, a: float, b: float) -> tuple[float, float]:
    """a and b of `lab_colour`: drawn towards grey where sRGB lacks the colour."""
    import torch

    from aestudio.tasks import colours

    lightness = torch.full((1, 1, 1, 1), min(max(light, DARKEST), LIGHTEST))
    shown = colours.nearest_shown(lightness, torch.tensor([a, b]).view(1, 2, 1, 1)).flatten().tolist()
    return shown[0], shown[1]


def swatch(colour: QColor, side: int) -> QIcon:
    """A small square of a colour, with a rim that stands out from it."""
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(colour)
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor(0, 0, 0, 110), 1))
    painter.drawRect(0, 0, side - 1, side - 1)
    painter.end()
    shown = QIcon(pixmap)
    shown.addPixmap(pixmap, QIcon.Mode.Selected)  # or Qt would tint it
    return shown


def _rgb(light: float, ab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(h, w, 2) to sRGB (h, w, 3) at 8 bits, drawn towards grey where sRGB lacks the colour."""
    import torch

    from aestudio.images.lab import linear_to_rgb
    from aestudio.tasks.colours import shown_in_srgb

    plane = torch.from_numpy(ab).permute(2, 0, 1)[None]
    lightness = torch.full_like(plane[:, :1], light)
    rgb = linear_to_rgb(shown_in_srgb(lightness, plane))[0].clamp(0, 1)
    shown: NDArray[np.uint8] = (rgb.permute(1, 2, 0) * 255).round().byte().numpy()
    return shown
