"""How sharp a photo is, for telling which of several photos of the same scene is the sharpest."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

LONGEST = 512  # pixels of the longer side, at which all photos are compared


def sharpness(rgb_u8: NDArray[np.uint8]) -> float:
    """The energy of the gradients at LONGEST pixels over that at half of them; the higher, the sharper.

    `rgb_u8` is a whole photo (H, W, 3), and has LONGEST pixels if the photo has as many. The gradients are those of
    the luma by Sobel, as in the Tenengrad measure (Krotkov, IJCV 1987). As a ratio it does not depend on exposure and
    contrast; blur takes from the fine ones first. A smaller photo is enlarged: it is less sharp than a larger copy.
    """
    height, width = rgb_u8.shape[:2]
    scale = LONGEST / max(height, width)
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    luma = cv2.cvtColor(rgb_u8, cv2.COLOR_RGB2GRAY)
    fine = cv2.resize(luma, size, interpolation=way).astype(np.float32)
    coarse = cv2.resize(fine, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)
    return _energy(fine) / (_energy(coarse) + 1)  # a level: an even picture has none, and no sharpness


def _energy(luma: NDArray[Any]) -> float:
    """The mean of the squared gradients."""
    across, down = cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)
    return float(cv2.norm(across, cv2.NORM_L2SQR) + cv2.norm(down, cv2.NORM_L2SQR)) / luma.size
