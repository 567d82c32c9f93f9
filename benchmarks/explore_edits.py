"""Edits that photographers make of photos, for benchmarks: crops, tones, turns, and what happens when they are sent."""

import random
from collections.abc import Callable, Mapping
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.explore.photos import Levels

Edit = Callable[[Levels, random.Random], Levels]  # (H, W, 3)


def cropped(least: float, most: float) -> Edit:
    """Without that share of the area; the shape changes a little, too."""

    def edit(rgb_u8: Levels, chance: random.Random) -> Levels:
        keep = 1 - chance.uniform(least, most)
        squeeze = chance.uniform(0.95, 1 / 0.95)
        height, width = rgb_u8.shape[:2]
        y = min(height, round(height * keep**0.5 * squeeze))
        x = min(width, round(width * keep**0.5 / squeeze))
        top, left = chance.randint(0, height - y), chance.randint(0, width - x)
        return rgb_u8[top : top + y, left : left + x]

    return edit


def saved_again(rgb_u8: Levels, chance: random.Random) -> Levels:
    """As a JPEG of low to good quality."""
    file = BytesIO()
    Image.fromarray(rgb_u8).save(file, "jpeg", quality=chance.randint(30, 90))
    return np.asarray(Image.open(file).convert("RGB"))


def exposed(rgb_u8: Levels, chance: random.Random) -> Levels:
    """Half a stop to one and a half stops brighter or darker, in linear light."""
    stops = chance.uniform(0.5, 1.5) * chance.choice((-1, 1))
    linear = (rgb_u8 / 255.0) ** 2.2 * 2**stops
    return _levels(np.clip(linear, 0, 1) ** (1 / 2.2))


def contrasted(rgb_u8: Levels, chance: random.Random) -> Levels:
    """Less or more contrast, around the middle grey."""
    factor = chance.choice((chance.uniform(0.5, 0.75), chance.uniform(1.3, 1.8)))
    return _levels((rgb_u8 / 255.0 - 0.5) * factor + 0.5)


def balanced(rgb_u8: Levels, chance: random.Random) -> Levels:
    """Warmer or cooler."""
    warm = chance.uniform(0.15, 0.35) * chance.choice((-1, 1))
    gains = np.array([1 + warm, 1 + chance.uniform(-0.05, 0.05), 1 - warm])
    return _levels(rgb_u8 / 255.0 * gains)


def grey(rgb_u8: Levels, chance: random.Random) -> Levels:
    """Black and white."""
    del chance
    return np.asarray(np.repeat(cv2.cvtColor(rgb_u8, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2), np.uint8)


def turned(rgb_u8: Levels, chance: random.Random) -> Levels:
    """By one to five degrees, and cropped so that no corner is empty."""
    angle = chance.uniform(1, 5) * chance.choice((-1, 1))
    height, width = rgb_u8.shape[:2]
    sine, cosine = abs(np.sin(np.radians(angle))), abs(np.cos(np.radians(angle)))
    scale = max(cosine + sine * height / width, cosine + sine * width / height)
    transform = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, scale)
    return np.asarray(cv2.warpAffine(rgb_u8, transform, (width, height), flags=cv2.INTER_LINEAR), np.uint8)


def shrunk(rgb_u8: Levels, chance: random.Random) -> Levels:
    """To a longer side of 96 to 256 pixels."""
    scale = chance.randint(96, 256) / max(rgb_u8.shape[:2])
    return np.asarray(cv2.resize(rgb_u8, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def all_together(rgb_u8: Levels, chance: random.Random) -> Levels:
    """Cropped, exposed, balanced and saved again."""
    for edit in (cropped(0.05, 0.3), exposed, balanced, saved_again):
        rgb_u8 = edit(np.ascontiguousarray(rgb_u8), chance)
    return rgb_u8


EDITS: Mapping[str, Edit] = {
    "cropped by 5 to 15 %": cropped(0.05, 0.15),
    "cropped by 15 to 30 %": cropped(0.15, 0.3),
    "turned by 1 to 5 degrees": turned,
    "exposure": exposed,
    "contrast": contrasted,
    "white balance": balanced,
    "black and white": grey,
    "saved again, quality 30 to 90": saved_again,
    "shrunk": shrunk,
    "all together": all_together,
}


def _levels(x: NDArray[np.float64]) -> Levels:
    return np.clip(x * 255 + 0.5, 0, 255).astype(np.uint8)
