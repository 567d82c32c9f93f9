"""Photos to show results on, and the parts of them that say most."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.images.io import photo_paths, read_photo
from aestudio.images.photo import LUMA, Box, to_depth, to_rgb

Rgb = NDArray[np.float32]  # (H, W, 3), sRGB, in [0, 1]
U8 = NDArray[np.uint8]  # (H, W, 3)
Map = NDArray[np.float32]  # (H, W)
Size = tuple[int, int]  # height and width

KINDS = ("most detail", "smoothest", "darkest", "most colourful", "most contrast")
_BLUR = 1.5  # pixels: what is finer counts as detail
_STEPS = 8  # places of a part that are tried, for each of its sides
_SOME_SLOPE = 0.02  # standard deviation of brightness from which a smooth part is a gradient, and no blank
_SOME_LIGHT = 0.08  # brightness from which it is not plain black
_SOME_DETAIL = 0.5  # share of the median detail from which there is something to see in the dark


@dataclass(frozen=True)
class Scene:
    """One photo, read when it is needed: all of them together would take half a gigabyte."""

    path: Path

    @property
    def name(self) -> str:
        """As captions say it."""
        return self.path.stem

    def whole(self) -> Rgb:
        """As large as it is."""
        photo = read_photo(self.path)
        return to_rgb(photo.pixels, photo.metadata.icc)

    def reduced(self, longest: int) -> Rgb:
        """With a longer side of at most that many pixels: what a JPEG file lost, and noise, are hardly seen then."""
        rgb = self.whole()
        scale = longest / max(rgb.shape[:2])
        if scale >= 1:
            return rgb
        height, width = (round(side * scale) for side in rgb.shape[:2])
        return np.asarray(cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def scenes_of(folder: Path) -> list[Scene]:
    """All photos of a folder."""
    return [Scene(path) for path in photo_paths(folder)]


def in_turn(scenes: Sequence[Scene], count: int, shift: int = 0) -> list[tuple[Scene, str]]:
    """So many photos, one after the other and again from the first, each with the kind of part to be shown of it.

    In the second turn a photo shows another part than in the first; `shift` gives it another one from the beginning.
    """
    return [
        (scenes[number % len(scenes)], KINDS[(number + number // len(scenes) + shift) % len(KINDS)])
        for number in range(count)
    ]


def part(rgb: Rgb, kind: str, size: Size) -> Box:
    """The part of that size that is first among all of a photo in what `kind` says; the whole of a smaller photo."""
    boxes = _places(rgb.shape[:2], size)
    light: Map = rgb @ LUMA
    soft = _blurred(light)
    detail = _means(np.abs(light - soft), boxes)
    brightness = _means(light, boxes)
    spread = np.sqrt(np.maximum(_means(soft * soft, boxes) - _means(soft, boxes) ** 2, 0))
    if kind == "most detail":
        score = detail
    elif kind == "smoothest":
        score = np.where((spread >= _SOME_SLOPE) & (brightness >= _SOME_LIGHT), -detail, -detail - 1)
    elif kind == "darkest":
        score = np.where(detail >= _SOME_DETAIL * np.median(detail), -brightness, -brightness - 1)
    elif kind == "most colourful":
        score = _means(rgb.max(axis=2) - rgb.min(axis=2), boxes)
    else:
        score = spread
    return boxes[int(np.argmax(score))]


def densest(weights: NDArray[np.floating] | NDArray[np.bool_], size: Size) -> Box:
    """The part of that size with most of the weights (H, W) in it, and those in its middle if they are few."""
    boxes = _places(weights.shape, size)
    best = boxes[int(np.argmax(_means(weights, boxes)))]
    if not weights[best.slices].any():
        return best
    corner = []
    for axis, (start, side) in enumerate(((best.y0, best.height), (best.x0, best.width))):
        along = weights[best.slices].sum(axis=1 - axis)
        middle = start + float(np.average(np.arange(side), weights=along))
        corner.append(min(max(0, round(middle - side / 2)), weights.shape[axis] - side))
    return Box(corner[0], corner[0] + best.height, corner[1], corner[1] + best.width)


def widened(box: Box, margin: int, size: Sequence[int]) -> Box:
    """With a margin on each side, as far as a picture of `size` (height, width, …) has it."""
    return Box(
        max(0, box.y0 - margin), min(size[0], box.y1 + margin), max(0, box.x0 - margin), min(size[1], box.x1 + margin)
    )


def moved(box: Box, origin: Box) -> Box:
    """The same box, counted from the corner of another one that holds it."""
    return Box(box.y0 - origin.y0, box.y1 - origin.y0, box.x0 - origin.x0, box.x1 - origin.x0)


def levels(rgb: Rgb) -> U8:
    """At 8 bits."""
    pixels: U8 = to_depth(rgb, 8)
    return pixels


def _places(whole: Sequence[int], size: Size) -> list[Box]:
    height, width = min(size[0], whole[0]), min(size[1], whole[1])
    rows, columns = (
        sorted({*range(0, full - side, max(1, side // _STEPS)), full - side})
        for full, side in ((whole[0], height), (whole[1], width))
    )
    return [Box(y, y + height, x, x + width) for y in rows for x in columns]


def _means(values: NDArray[np.floating] | NDArray[np.bool_], boxes: Sequence[Box]) -> NDArray[np.float64]:
    """The mean of a map in each box."""
    total = cv2.integral(np.ascontiguousarray(values, np.float32), sdepth=cv2.CV_64F)
    y0, y1, x0, x1 = np.array(boxes).T
    sums = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
    return np.asarray(sums / ((y1 - y0) * (x1 - x0)), np.float64)


def _blurred(light: Map) -> Map:
    return np.asarray(cv2.GaussianBlur(light, (0, 0), _BLUR), np.float32)
