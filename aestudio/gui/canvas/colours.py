"""From the colours of a photo to those of the screen."""

import logging

import numpy as np
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QColorTransform
from PySide6.QtWidgets import QWidget

from aestudio.images.colour import colour_space

log = logging.getLogger(__name__)

_STEPS = 4096  # of a grey profile's curve
_KEPT = 32

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)


def screen_space(widget: QWidget) -> QColorSpace:
    """The colours of the window that a widget lies in, where Qt knows them; sRGB otherwise."""
    window = widget.window().windowHandle()
    space = window.format().colorSpace() if window is not None else QColorSpace()
    return space if space.isValid() else SRGB


class ScreenColours:
    """Transforms by colour profile, made once each. Used in the GUI thread only."""

    def __init__(self) -> None:
        self._screen = SRGB
        self._known: dict[tuple[bytes | None, int], QColorTransform | None] = {}

    @property
    def screen(self) -> QColorSpace:
        """The colours that are shown in."""
        return self._screen

    @screen.setter
    def screen(self, space: QColorSpace) -> None:
        self._screen = space
        self._known.clear()

    def transform(self, icc: bytes | None, channels: int) -> QColorTransform | None:
        """For pixels with so many channels (alpha counted) and that profile; None where they are the screen's own."""
        key = icc, channels
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            space = _space_of(icc, 1 if channels < 3 else 3)
            self._known[key] = None if space == self._screen else space.transformationToColorSpace(self._screen)
        return self._known[key]


def _space_of(icc: bytes | None, colours: int) -> QColorSpace:
    """A profile as Qt knows it; sRGB for none, for one that does not fit, and for one that Qt cannot follow."""
    space = colour_space(icc, colours)
    if icc is None or space is None:
        return SRGB
    if icc[16:20] == b"GRAY":
        # shown as three equal channels: sRGB's colours with the profile's own curve
        ramp = np.linspace(0, 1, _STEPS, dtype=np.float32).reshape(1, -1, 1)
        level = np.clip(space.to_srgb(ramp)[0, :, 0], 0, 1)
        light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
        table = np.maximum.accumulate(np.rint(light * 65535)).astype(int).tolist()
        return QColorSpace(QColorSpace.Primaries.SRgb, table)
    found = QColorSpace.fromIccProfile(QByteArray(icc))
    if not found.isValid():
        log.info("Qt cannot follow a colour profile: its photo is shown as sRGB")
        return SRGB
    return found
