"""A mark that is known: where its cover lies in a photo, and how undoing the blend takes it off."""

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.errors import SettingsError
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Box, Photo, Pixels, RgbTile, to_depth, to_rgb

Plane = NDArray[np.float32]

MARGIN = 6  # pixels around a mark
_SOLID = 0.92  # share of cover from which nothing of the photo is left to see
_BEYOND = 0.15  # beyond black and white, of an unblended pixel


@dataclass(frozen=True, eq=False)
class KnownMark:
    """A logo with its own transparency."""

    name: str
    cover: Plane  # (h, w) in [0, 1]
    colour: RgbTile  # (h, w, 3) sRGB in [0, 1]

    def at(self, scale: float) -> Plane:
        """The mark at another size, (h, w, 4): its colour times its cover, and its cover."""
        level = max(0, min(len(self._smaller), math.floor(-math.log2(2 * scale)))) if scale < 0.25 else 0
        sheet = self._smaller[level - 1] if level else self._full()
        if scale == 1:
            return sheet
        height, width = (max(1, round(side * scale)) for side in self.cover.shape)
        interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return cv2.resize(sheet, (width, height), interpolation=interpolation).astype(np.float32, copy=False)

    @cached_property
    def _smaller(self) -> tuple[Plane, ...]:
        """At a half, a quarter and so on: large marks are tried at many small sizes."""
        sheet, found = self._full(), []
        while min(sheet.shape[:2]) >= 32:
            size = -(-sheet.shape[1] // 2), -(-sheet.shape[0] // 2)
            sheet = cv2.resize(sheet, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
            found.append(sheet)
        return tuple(found)

    def _full(self) -> Plane:
        return np.concatenate((self.colour * self.cover[..., None], self.cover[..., None]), axis=2)


@dataclass(frozen=True)
class Placement:
    """Where a mark lies in a photo, and how strongly."""

    x: float  # of its left edge, in pixels of the photo
    y: float
    scale: float  # pixels of the photo for one of the mark
    angle: float  # degrees, clockwise
    score: float  # how well the edges agree, in standard deviations of what chance would do
    opacity: float = 1.0
    gain: float = 0.0  # how much less is left of the mark's edges once it is taken off, as a share


def read_mark(path: Path) -> KnownMark:
    """A logo from a file. Raises ImageError if it cannot be read, SettingsError if it has no shape of its own."""
    photo = read_photo(path)
    if photo.pixels.shape[2] not in (2, 4):
        raise SettingsError(
            "{name} has no transparent background. Please save the logo as a PNG with transparency.", name=path.name
        )
    top = 1.0 if photo.pixels.dtype == np.float32 else float(np.iinfo(photo.pixels.dtype).max)
    cover = photo.pixels[..., -1].astype(np.float32) / np.float32(top)
    rows, columns = np.flatnonzero(cover.max(axis=1) > 0), np.flatnonzero(cover.max(axis=0) > 0)
    if not len(rows):
        raise SettingsError("{name} is empty: nothing in it is opaque. Please choose another logo.", name=path.name)
    if float(cover.min()) > 0.99:
        raise SettingsError(
            "{name} is opaque everywhere. Please save the logo with its shape as transparency.", name=path.name
        )
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return KnownMark(path.stem, np.ascontiguousarray(cover[box]), to_rgb(photo.pixels, photo.metadata.icc)[box])


def write_mark(mark: KnownMark, path: Path) -> Path:
    """Keep a mark in a new file, to a 65535th of what it is. Raises ImageError if it exists, or the disk refuses."""
    return write_photo(Photo(mark_pixels(mark)), path)


def mark_pixels(mark: KnownMark) -> Pixels:
    """(h + 2, w + 2, 4), within an empty rim: a mark that fills its box would otherwise be opaque everywhere."""
    rgba = np.concatenate((mark.colour, mark.cover[..., None]), axis=2)
    return np.pad(to_depth(rgba.astype(np.float32), 16), ((1, 1), (1, 1), (0, 0)))


def resized(plane: Plane, scale: float, interpolation: int) -> Plane:
    """Another size, by a factor."""
    height, width = (max(1, round(side * scale)) for side in plane.shape[:2])
    return cv2.resize(plane, (width, height), interpolation=interpolation).astype(np.float32)


def area_of(mark: KnownMark, placement: Placement, margin: float, height: int, width: int) -> Box | None:
    """What a mark and a margin may cover of a photo of that size; None if it lies beside the photo."""
    high, wide = (side * placement.scale for side in mark.cover.shape)
    corners = cv2.boxPoints(((placement.x + wide / 2, placement.y + high / 2), (wide, high), placement.angle))
    (x0, y0), (x1, y1) = np.floor(corners.min(axis=0) - margin), np.ceil(corners.max(axis=0) + margin)
    box = Box(max(0, int(y0)), min(height, int(y1)), max(0, int(x0)), min(width, int(x1)))
    return box if box.height > 0 and box.width > 0 else None


def sheet_of(mark: KnownMark, scale: float) -> Plane:
    """The mark as it is laid at that size, (h, w, 4): its colour times its cover and its cover, with a margin."""
    return np.pad(mark.at(scale), ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)))


def laid(
    mark: KnownMark, placement: Placement, height: int, width: int, sheet: Plane | None = None
) -> tuple[Plane, RgbTile]:
    """Cover (H, W) and colour (H, W, 3) of the mark where it lies in a photo of that size, at full opacity.

    `sheet` is what `sheet_of` gives for it, where that is known already.
    """
    if sheet is None:
        sheet = sheet_of(mark, placement.scale)
    high, wide = (side * placement.scale for side in mark.cover.shape)
    middle = placement.x + wide / 2 - 0.5, placement.y + high / 2 - 0.5
    matrix = cv2.getRotationMatrix2D(
        ((sheet.shape[1] - 1) / 2, (sheet.shape[0] - 1) / 2), -placement.angle, wide / (sheet.shape[1] - 2 * MARGIN)
    )
    reach = math.hypot(*sheet.shape[:2]) / 2 + 2  # what the mark cannot leave however it is turned
    y0, x0 = max(0, int(middle[1] - reach)), max(0, int(middle[0] - reach))
    y1, x1 = min(height, int(middle[1] + reach) + 1), min(width, int(middle[0] + reach) + 1)
    whole = np.zeros((height, width, 4), np.float32)
    if y1 > y0 and x1 > x0:
        matrix[0, 2] += middle[0] - (sheet.shape[1] - 1) / 2 - x0
        matrix[1, 2] += middle[1] - (sheet.shape[0] - 1) / 2 - y0
        whole[y0:y1, x0:x1] = cv2.warpAffine(sheet, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_CUBIC)
    cover = np.clip(whole[..., 3], 0, 1)
    colour: RgbTile = np.clip(whole[..., :3] / np.maximum(whole[..., 3:], 1e-4), 0, 1).astype(np.float32)
    return cover, colour


def unblended(rgb: RgbTile, cover: Plane, colour: RgbTile, opacity: float) -> RgbTile:
    """I of J = (1 - a) I + a L, with a = opacity * cover; not clipped, and without sense where a is near 1."""
    alpha = (opacity * cover)[..., None]
    bare: RgbTile = (rgb - alpha * colour) / np.maximum(1 - alpha, 1 - _SOLID)
    return bare


def bared(
    rgb: RgbTile, mark: KnownMark, placement: Placement, sheet: Plane | None = None
) -> tuple[RgbTile, NDArray[np.bool_], NDArray[np.bool_]]:
    """The photo (H, W, 3) without the mark, which pixels were changed, and which of them the mark hid altogether."""
    height, width = rgb.shape[:2]
    cover, colour = laid(mark, placement, height, width, sheet)
    alpha = placement.opacity * cover
    changed = alpha > 1 / 512
    bare = np.where(changed[..., None], unblended(rgb, cover, colour, placement.opacity), rgb)
    beyond = (bare < -_BEYOND) | (bare > 1 + _BEYOND)  # no photo is: something was cut off, or coded coarsely
    lost = (alpha > _SOLID) | (beyond.any(axis=2) & (alpha > 0.5))
    return np.clip(bare, 0, 1).astype(np.float32), changed, lost


def taken_off(
    rgb: RgbTile, mark: KnownMark, placement: Placement, sheet: Plane | None = None
) -> tuple[RgbTile, NDArray[np.bool_]]:
    """The photo (H, W, 3) without the mark, and which pixels were changed. What it hid altogether is painted over."""
    bare, changed, lost = bared(rgb, mark, placement, sheet)
    return painted_over_lost(bare, lost), changed


def painted_over_lost(bare: RgbTile, lost: NDArray[np.bool_]) -> RgbTile:
    """(H, W, 3) with its lost pixels (H, W) continued from those around them."""
    if not lost.any():
        return bare
    levels = np.rint(bare * 255).astype(np.uint8)
    painted = cv2.inpaint(levels, lost.astype(np.uint8), 3, cv2.INPAINT_TELEA).astype(np.float32) / np.float32(255)
    return np.where(lost[..., None], painted, bare)
