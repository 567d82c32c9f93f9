"""Masks: what of a photo is to be painted over, drawn by hand or taken from files.

A mask is a uint8 array (H, W), 0 for what stays and 255 for what goes. Functions that draw change it in place, and
return the box that they touched: strokes must not cost what the photo's size costs.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.errors import ImageError
from aestudio.images.io import read_photo, write_photo
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Box, Photo, Pixels, to_depth

Mask = NDArray[np.uint8]
Point = tuple[float, float]  # x, y in pixels of the photo

FULL = 255
BAND = 512  # rows at a time
_SHIFT = 4  # bits of a pixel's fraction that OpenCV takes


class MaskSizeError(ImageError):
    """A mask has another size than its photo; it may be scaled."""


def empty_mask(height: int, width: int) -> Mask:
    """Nothing goes."""
    return np.zeros((height, width), np.uint8)


def draw_stroke(mask: Mask, points: Sequence[Point], radius: float, *, erase: bool = False) -> Box:
    """A brush of that radius along the points, round at its ends; `erase` takes away."""
    box = _around(points, radius + 1, mask)
    for start, end in zip(points, points[1:] or points, strict=False):
        _draw_capsule(mask, start, end, radius, 0 if erase else FULL)
    return box


def draw_rectangle(mask: Mask, corner: Point, other: Point, *, erase: bool = False) -> Box:
    """All pixels between two corners."""
    box = _around([corner, other], 0, mask)
    mask[box.slices] = 0 if erase else FULL
    return box


def draw_lasso(mask: Mask, points: Sequence[Point], *, erase: bool = False) -> Box:
    """All that a line around it encloses."""
    box = _around(points, 1, mask)
    if len(points) > 2 and box.height and box.width:
        part = np.ascontiguousarray(mask[box.slices])
        where = _fixed([(x - box.x0, y - box.y0) for x, y in points])
        cv2.fillPoly(part, [where], 0 if erase else FULL, cv2.LINE_8, _SHIFT)
        mask[box.slices] = part
    return box


def draw_similar(mask: Mask, pixels: Pixels, seed: Point, tolerance: int, *, erase: bool = False) -> Box:
    """The magic wand: what hangs together with the pixel at `seed` and differs from it by `tolerance` at most."""
    x, y = int(seed[0]), int(seed[1])
    height, width = mask.shape
    if not (0 <= x < width and 0 <= y < height):
        return Box(0, 0, 0, 0)
    shown = np.ascontiguousarray(to_depth(pixels[..., : 1 if pixels.shape[2] < 3 else 3], 8))
    found = np.zeros((height + 2, width + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (FULL << 8)
    reach = (tolerance,) * shown.shape[2]
    _, _, _, (left, top, wide, high) = cv2.floodFill(shown, found, (x, y), 0, reach, reach, flags)
    box = Box(top, top + high, left, left + wide)
    part = mask[box.slices]
    part[found[1:-1, 1:-1][box.slices] > 0] = 0 if erase else FULL
    return box


def grown(mask: Mask, pixels: float) -> Mask:
    """Wider by so many pixels all round, narrower for a negative number; in a time that does not depend on it."""
    if pixels == 0:
        return mask.copy()
    inside = (mask >= 128).astype(np.uint8)
    if pixels > 0:
        if not inside.any():
            return empty_mask(*mask.shape)
        away = cv2.distanceTransform(1 - inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        return np.where(away <= pixels, np.uint8(FULL), np.uint8(0))
    framed = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_REPLICATE)  # the photo's edge is not the mask's
    away = cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    return np.where(away > -pixels, np.uint8(FULL), np.uint8(0))


def feathered(mask: Mask, pixels: float) -> Mask:
    """Soft at its edges, over about so many pixels to either side."""
    if pixels <= 0:
        return mask.copy()
    return cv2.GaussianBlur(mask, (0, 0), pixels / 2).astype(np.uint8)


def inverted(mask: Mask) -> Mask:
    """What stayed goes, and the other way round."""
    return np.uint8(FULL) - mask


def difference(before: Pixels, after: Pixels) -> Mask:
    """Where two pictures of one size differ."""
    mask = empty_mask(*before.shape[:2])
    for y in range(0, len(mask), BAND):  # large photos would take several copies of their size
        rows = slice(y, y + BAND)
        mask[rows][(before[rows] != after[rows]).any(axis=2)] = FULL
    return mask


def read_mask(path: Path) -> Mask:
    """A mask (H, W) from a picture file: what is bright there goes.

    Raises ImageError if it cannot be read or marks nothing.
    """
    photo = read_photo(path)
    pixels = to_depth(photo.pixels, 8)
    mask: Mask = np.ascontiguousarray(pixels[..., : 1 if pixels.shape[2] < 3 else 3].max(axis=2))
    if not (mask >= FULL // 2).any():
        raise ImageError("The mask {name} marks nothing, all of it is dark. Please choose another one.", name=path.name)
    return mask


def write_mask(mask: Mask, path: Path, *, overwrite: bool = False) -> Path:
    """Save as a grey picture. Raises ImageError as `write_photo` does."""
    return write_photo(Photo(mask[..., None]), path, SaveOptions(format="PNG"), overwrite=overwrite)


def _around(points: Sequence[Point], reach: float, mask: Mask) -> Box:
    """The pixels within reach of the points, as far as the mask goes."""
    height, width = mask.shape
    columns, rows = zip(*points, strict=True)
    y0, x0 = max(0, int(np.floor(min(rows) - reach))), max(0, int(np.floor(min(columns) - reach)))
    y1, x1 = min(height, int(np.ceil(max(rows) + reach))), min(width, int(np.ceil(max(columns) + reach)))
    return Box(y0, max(y0, y1), x0, max(x0, x1))


def _draw_capsule(mask: Mask, start: Point, end: Point, radius: float, value: int) -> None:
    """All pixels whose middle is within the radius of a line. Each row of it is one piece, for it is convex."""
    (x0, y0), (x1, y1) = start, end
    top = max(0, int(np.ceil(min(y0, y1) - radius - 0.5)))
    rows = np.arange(top, min(mask.shape[0], int(np.ceil(max(y0, y1) + radius - 0.5)))) + 0.5
    left, right = np.full(len(rows), np.inf), np.full(len(rows), -np.inf)
    for x, y in (start, end):
        reach = np.sqrt(np.maximum(radius**2 - (rows - y) ** 2, 0))
        there = abs(rows - y) <= radius
        np.minimum(left, x - reach, out=left, where=there)
        np.maximum(right, x + reach, out=right, where=there)
    length = float(np.hypot(x1 - x0, y1 - y0))
    if length > 0:
        dx, dy = (y0 - y1) / length * radius, (x1 - x0) / length * radius  # aside
        corners = [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            if ay != by:
                along = (rows - ay) / (by - ay)
                crossing, there = ax + along * (bx - ax), (along >= 0) & (along <= 1)
                np.minimum(left, crossing, out=left, where=there)
                np.maximum(right, crossing, out=right, where=there)
    there = right >= left
    begins, stops = (
        np.ceil(np.clip(edge[there] - 0.5, 0, mask.shape[1])).astype(int).tolist() for edge in (left, right)
    )
    for row, begin, stop in zip(np.flatnonzero(there).tolist(), begins, stops, strict=True):
        mask[top + row, begin:stop] = value


def _fixed(points: Sequence[Point]) -> NDArray[np.int32]:
    """As OpenCV takes fractions of pixels; the middle of a pixel is a whole number there."""
    fixed: NDArray[np.int32] = np.rint((np.array(points, np.float64) - 0.5) * 2**_SHIFT).astype(np.int32)
    return fixed
