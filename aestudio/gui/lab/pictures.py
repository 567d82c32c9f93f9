"""What a compressed photo is shown as, beside itself: its error, and where its bits are. Arrays only; for workers."""

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]  # (H, W, 3)

GREY = 128  # of no difference
HEAT = cv2.COLORMAP_INFERNO  # told apart by everyone, and growing steadily lighter
_SHARE = 0.65  # of the heat in the picture, the rest is the photo's own light
_MOST = 99.0  # percent of the squares are within the scale: a few edges would leave the others dark
_STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


def difference(picture: Rgb, original: Rgb, times: int) -> Rgb:
    """How a picture differs from the original, so many times enlarged; mid-grey where it does not."""
    shown: Rgb = cv2.addWeighted(picture, times, original, -times, GREY).astype(np.uint8, copy=False)
    return shown


def most_bits(bits: NDArray[np.float32]) -> float:
    """The end of the scale of a heat picture, in bits for each square: a round number."""
    most = max(1.0, float(np.percentile(bits, _MOST)))
    power = 10.0 ** np.floor(np.log10(most))
    return float(next(step * power for step in _STEPS if step * power >= most * 0.999))


def heat(picture: Rgb, bits: NDArray[np.float32], most: float) -> Rgb:
    """The picture in grey under colours of what each square of CELL pixels costs, (ceil(H / CELL), ceil(W / CELL)).

    They go by the root of it: most squares take far fewer bits than a few edges.
    """
    from aestudio.models.networks.codec import CELL  # imports torch, which the window does not wait for

    height, width = picture.shape[:2]
    levels = (255 * np.sqrt(np.clip(bits / most, 0, 1))).astype(np.uint8)
    colours = cv2.cvtColor(cv2.applyColorMap(levels, HEAT), cv2.COLOR_BGR2RGB)
    shown = np.empty_like(picture)
    for row in range(len(bits)):  # so that nothing as large as the photo is made twice
        y = slice(row * CELL, min((row + 1) * CELL, height))
        squares = np.repeat(colours[row], CELL, axis=0)[None, :width]
        light = cv2.cvtColor(picture[y], cv2.COLOR_RGB2GRAY)[..., None]
        shown[y] = squares * _SHARE + light * (1 - _SHARE)
    return shown


def heat_scale() -> Rgb:
    """The colours of the scale from nothing to the most, (1, 256, 3); in its middle is a quarter of the most."""
    colours = cv2.applyColorMap(np.arange(256, dtype=np.uint8)[None], HEAT)
    scale: Rgb = cv2.cvtColor(colours, cv2.COLOR_BGR2RGB).astype(np.uint8, copy=False)
    return scale
