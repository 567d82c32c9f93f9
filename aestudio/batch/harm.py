"""The no-harm check: what a saved photo shows or says otherwise than restoring it should."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence
from aestudio.images import exif, exif_edit, photoshop, xmp
from aestudio.images.colour import colour_space
from aestudio.images.photo import LUMA, Metadata, Photo, Pixels, RgbTile, to_rgb

if TYPE_CHECKING:  # torch takes seconds, and wrong usage is told at once
    from torch import Tensor

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

KINDS = ("tone", "black", "white", "hue", "size", "metadata")


class Limit(NamedTuple):
    """How far a figure may move, in units of CIE Lab: 1 of lightness is 1 % of the way from black to white."""

    plain: float
    per_noise: float  # and for each 8-bit level of noise that was removed: it hides what it lies on


# Measured with denoise, unwatermark and colorize on the 24 Kodak photos and 16 under CC0: as they are, with white noise
# of 10, 25 and 50 levels, with that of a camera at ISO 3200 and 12800, and marked; each saved as PNG and as JPEG
# (quality 75, 4:2:0), and as AVIF, whose coder rounds all colours towards green. Behind each limit: the largest shift
# without noise, and how much of the limit the worst of all results took up.
TONE = Limit(0.4, 0.015)  # 0.13; 0.73 with 50 levels of noise
BLACK = Limit(0.6, 0.05)  # 0.30; 0.88 at ISO 12800
WHITE = Limit(1.2, 0.02)  # 0.94, in a JPEG of small lights; 0.73
HUE = Limit(1.5, 0.03)  # 1.25, in an AVIF; 0.82
HUE_NINTH = Limit(2.2, 0.03)  # 1.57, in an AVIF; 0.69
BEYOND = 1000.0  # the excess of what has no measure: such photos come first

_LONGEST = 512  # cells along the longer side
_CELL = 4  # pixels at least, where a photo has enough of them: 16 of them average strong noise
_EXTREME = 0.01  # share of the cells that tell the black point, and the white point
_REPAIRED = 0.25  # share of the cells that may become brighter, or darker, by any amount: where a mark was
_FLAT = 2.0  # units of Lab from one cell to the next
_ENOUGH, _ENOUGH_OF_NINTH = 0.04, 0.15  # share of flat cells that a colour can be told from
_LATITUDE = 2  # EXIF tag
_BYLINE, _COPYRIGHT = 80, 116  # IPTC datasets


@dataclass(frozen=True)
class Flag:
    """What moved further than restoring should move it."""

    kind: str  # one of KINDS
    excess: float  # how many times its limit it moved, above 1; BEYOND for size and metadata
    sentence: Sentence  # what, by how much, and what to do


def harm(before: Photo, after: Photo, *, colours: bool = False, stripped: bool = False) -> tuple[Flag, ...]:
    """What became of a photo that should not: `before` as it was opened, `after` read back from the file made of it.

    Any good result gives none, whatever its format: noise may go, and marks from up to a quarter of the photo.
    `colours` says that a tool gave the photo its colours, which are then not compared; `stripped`, that metadata were
    to be left out, of which then only the meaning of the colour profile counts.
    """
    return (*_metadata_flags(before, after, stripped=stripped), *_picture_flags(before, after, colours=colours))


def _picture_flags(before: Photo, after: Photo, *, colours: bool) -> Iterator[Flag]:
    if (before.height, before.width) != (after.height, after.width):  # all the rest lies elsewhere now
        yield Flag("size", BEYOND, _resized(before, after))
        return
    cells = _cells(before, after, colours=colours)
    if not cells.counted.any():
        return
    light, ab = _lab(cells.before)
    light_after, ab_after = _lab(cells.after)
    # Noise that black cuts off makes shadows lighter. What removes it may make them as dark as they were, or leave
    # them: either is right. So there are two photos to compare with, and the closer one counts.
    light_cut, _ = _lab(cells.after, cells.noise)
    afters = light_after[cells.counted], light_cut[cells.counted]
    tone = _tone_shift(light[cells.counted], afters)
    black, white = (_extreme_shift(light[cells.counted], afters, sign) for sign in (-1, 1))
    for kind, shift, limit in (("tone", tone, TONE), ("black", black, BLACK), ("white", white, WHITE)):
        if (excess := _excess(abs(shift), limit, cells)) > 1:
            yield Flag(kind, excess, _moved(kind, shift))
    if colours:
        return
    # where one channel's noise was cut off, removing it changes the hue
    uncut = (cells.after.min(axis=2) >= 2 * cells.noise) & (cells.after.max(axis=2) <= 1 - 2 * cells.noise)
    whole, ninth = _hue_shifts(ab_after - ab, cells.counted & uncut & _is_flat(light_after, ab_after))
    everywhere, somewhere = _excess(_length(whole), HUE, cells), _excess(_length(ninth), HUE_NINTH, cells)
    if max(everywhere, somewhere) > 1:
        yield Flag("hue", max(everywhere, somewhere), _cast(whole) if everywhere > 1 else _local_cast(ninth))


class _Cells(NamedTuple):
    """Both photos in a few cells, each the mean of the same pixels: sRGB, (h, w, 3) in [0, 1]."""

    before: RgbTile
    after: RgbTile
    counted: Mask  # (h, w): False where a pixel is transparent or not a number
    noise: float  # what was removed of it: standard deviation, on the scale of [0, 1]


def _cells(before: Photo, after: Photo, *, colours: bool) -> _Cells:
    """Cells are small enough to show local casts, and large enough to be nearly without noise."""
    height, width = before.height, before.width
    side = max(1.0, max(height, width) / _LONGEST, min(_CELL, min(height, width) / 16))
    size = max(1, round(width / side)), max(1, round(height / side))
    mean, single, counted = _small(before, size)
    mean_after, single_after, counted_after = _small(after, size)
    counted = counted & counted_after
    # what a pixel has beside the mean of its cell: harm done to both of them is no noise
    change = (single_after - mean_after)[counted] - (single - mean)[counted]
    return _Cells(mean, mean_after, counted, _noise(change, mean_after[counted], colours=colours))


def _small(photo: Photo, size: tuple[int, int]) -> tuple[RgbTile, RgbTile, Mask]:
    """The mean of each cell and a single pixel of it, in sRGB, and where all of a cell is visible and a number."""
    pixels, icc = _plain_grey(np.ascontiguousarray(photo.pixels), photo.metadata.icc)
    if pixels.dtype == np.float32:
        pixels = np.clip(pixels, 0, 1)  # as a file of integers holds it: a light source must not outweigh its cell
    ways = (cv2.INTER_AREA, cv2.INTER_NEAREST)
    mean, single = (cv2.resize(pixels, size, interpolation=way).reshape(size[1], size[0], -1) for way in ways)
    counted: Mask = np.isfinite(mean.sum(axis=2))
    if pixels.shape[2] in (2, 4):
        hidden = np.where(pixels[..., -1] == 0, np.uint8(255), np.uint8(0))
        counted[cv2.resize(hidden, size, interpolation=cv2.INTER_AREA) > 0] = False
    return to_rgb(np.nan_to_num(mean), icc), to_rgb(np.nan_to_num(single), icc), counted


def _plain_grey(pixels: Pixels, icc: bytes | None) -> tuple[Pixels, bytes | None]:
    """Grey integers without their profile, which a saved file may not have: a mean of them is not the same in sRGB."""
    space = colour_space(icc, 1) if pixels.shape[2] < 3 and pixels.dtype != np.float32 else None
    if space is None:
        return pixels, icc
    top = np.iinfo(pixels.dtype).max
    levels = np.arange(top + 1, dtype=np.float32) / np.float32(top)
    table = np.rint(np.clip(space.to_srgb(levels[None, :, None])[0, :, 1], 0, 1) * 65535).astype(np.uint16)
    return np.dstack((table[pixels[..., 0]], pixels[..., 1:])), None


def _noise(change: Floats, level: Floats, *, colours: bool) -> float:
    """The noise that was removed from (n, 3) pixels of such levels, each channel having its own.

    Two thirds of it lie within its standard deviation, whatever else happened to the last third. It is measured in
    middle tones, as black and white cut it off.
    """
    if not len(change):
        return 0.0
    if colours:  # the channels moved for another reason
        change, level = change @ LUMA, level @ LUMA
    middle = (level > 0.2) & (level < 0.8)
    return float(np.quantile(np.abs(change[middle] if middle.mean() > 0.05 else change), 0.683))


def _lab(rgb: RgbTile, noise: float = 0.0) -> tuple[Floats, Floats]:
    """(h, w, 3) as lightness, (h, w), and a and b, (h, w, 2); the mean of the photo if it had `noise`, cut off."""
    from aestudio.images.lab import rgb_to_lab
    from aestudio.images.tensors import to_tensor, to_tile

    x = to_tensor(rgb)
    if noise > 1e-4:
        x = (x + _cut_off(x / noise) * noise - _cut_off((1 - x) / noise) * noise).clamp(0, 1)
    lab = to_tile(rgb_to_lab(x))
    return lab[..., 0], lab[..., 1:]


def _cut_off(end: "Tensor") -> "Tensor":
    """By how much the mean of a normal distribution moves that is cut off `end` standard deviations below it."""
    import torch

    density = torch.exp(-0.5 * end**2) / (2 * np.pi) ** 0.5
    moved: Tensor = density - end * torch.special.ndtr(-end)
    return moved


def _tone_shift(before: Floats, afters: tuple[Floats, Floats]) -> float:
    """The mean change of lightness but for the cells that changed the most, up or down: a mark is not tone."""
    changes = [np.sort(after - before) for after in afters]
    aside = int(_REPAIRED * len(before))
    return _nearest([float(change[aside : len(before) - aside].mean()) for change in changes])


def _extreme_shift(before: Floats, afters: tuple[Floats, Floats], sign: int) -> float:
    """The change of lightness where a photo is darkest (sign -1) or brightest (1): where it was, and where it is.

    Percentiles of two photos cannot be compared, as noise spreads them; and a white mark that is gone was the
    brightest part of one photo alone.
    """
    shifts = []
    for after in afters:
        for told_by in (sign * before, sign * after):
            extreme = told_by >= np.quantile(told_by, 1 - _EXTREME)
            shifts.append(float(np.median((after - before)[extreme])))
    return _nearest(shifts)


def _nearest(shifts: list[float]) -> float:
    """The number closest to zero from the smallest of them to the largest."""
    return max(min(shifts), 0.0) or min(max(shifts), 0.0)


def _is_flat(light: Floats, ab: Floats) -> Mask:
    lab = np.dstack((light, ab))
    slopes = [cv2.Sobel(lab, cv2.CV_32F, dx, dy, scale=1 / 8) for dx, dy in ((1, 0), (0, 1))]
    flat: Mask = np.square(slopes).sum(axis=(0, 3)) < _FLAT**2
    return flat


def _hue_shifts(change: Floats, flat: Mask) -> tuple[Floats, Floats]:
    """How a and b moved in flat cells: in the whole photo, and in the ninth of it where they moved the most.

    Medians, to which neither a mark nor what is left of chroma noise counts. Zeros where too little is flat.
    """
    rows, columns = ([side * third // 3 for third in range(4)] for side in flat.shape)
    ninths = [np.s_[y0:y1, x0:x1] for y0, y1 in pairwise(rows) for x0, x1 in pairwise(columns)]
    shifts = [_median_shift(change[ninth], flat[ninth], _ENOUGH_OF_NINTH) for ninth in ninths]
    return _median_shift(change, flat, _ENOUGH), max(shifts, key=_length)


def _median_shift(change: Floats, flat: Mask, enough: float) -> Floats:
    known = flat.any() and flat.mean() >= enough
    shift: Floats = np.median(change[flat], axis=0) if known else np.zeros(2, np.float32)
    return shift


def _length(shift: Floats) -> float:
    return float(np.hypot(*shift))


def _excess(shift: float, limit: Limit, cells: _Cells) -> float:
    return shift / (limit.plain + limit.per_noise * 255 * cells.noise)


def _metadata_flags(before: Photo, after: Photo, *, stripped: bool) -> Iterator[Flag]:
    """One for each thing that the original tells and the saved file does not."""
    was, now = before.metadata, after.metadata
    if exif.upright(now.exif)[1] != 1 or (now.xmp and xmp.upright(now.xmp) != now.xmp):
        yield Flag("metadata", BEYOND, Sentence.of("The saved file asks viewers to turn the photo. Please look at it."))
    if _lost_its_profile(before, after, stripped=stripped):
        said = Sentence.of("The colour profile is missing in the saved file. Please compare it with the original.")
        yield Flag("metadata", BEYOND, said)
    if not stripped:
        missing = _told(was) - _told(now)
        yield from (Flag("metadata", BEYOND, said) for what, said in _MISSING.items() if what in missing)


_MISSING = {
    "taken": Sentence.of("The date when it was taken is missing in the saved file. Please keep the original."),
    "date": Sentence.of("The date of the photo is missing in the saved file. Please keep the original."),
    "author": Sentence.of("The author is missing in the saved file. Please keep the original."),
    "rights": Sentence.of("The copyright is missing in the saved file. Please keep the original."),
    "place": Sentence.of("The GPS position is missing in the saved file. Please keep the original."),
    "dpi": Sentence.of("The print resolution is missing in the saved file. Please keep the original."),
}


def _lost_its_profile(before: Photo, after: Photo, *, stripped: bool) -> bool:
    """Whether the colours are without their profile. Grey that became RGB went through its own into sRGB."""
    icc, channels = before.metadata.icc, 1 if before.pixels.shape[2] < 3 else 3
    if not icc or after.metadata.icc or (channels == 1 and after.pixels.shape[2] >= 3):
        return False
    return not stripped or colour_space(icc, channels) is not None


def _told(metadata: Metadata) -> set[str]:
    """What of _MISSING a file tells, wherever it does so: formats have different places for it."""
    data = metadata.exif or b""
    top = exif.entries(data, exif.first_ifd(data))
    ifds = (exif.EXIF_IFD, exif.GPS_IFD)
    below, place = (exif.entries(data, exif.integer(data, top[ifd])) if ifd in top else {} for ifd in ifds)
    texts = {tag for tag, entry in (below | top).items() if entry.value.strip(b"\0 :")}  # cameras leave blanks

    def elsewhere(name: str, dataset: int) -> bool:
        return bool(xmp.text_of(metadata.xmp, name) or photoshop.iptc_text(metadata.photoshop, dataset))

    told = {
        "taken": exif_edit.DATE_TAKEN in texts,
        "date": exif_edit.DATE in texts,
        "author": exif_edit.ARTIST in texts or elsewhere("creator", _BYLINE),
        "rights": exif_edit.COPYRIGHT in texts or elsewhere("rights", _COPYRIGHT),
        "place": _LATITUDE in place,
        "dpi": metadata.dpi is not None,
    }
    return {what for what, is_told in told.items() if is_told}


def _moved(kind: str, shift: float) -> Sentence:
    """The shift in words; 1 % is one unit of lightness."""
    by = f"{abs(shift):.1f}"
    match kind, shift > 0:
        case "tone", True:
            return Sentence.of("The photo became {amount} % brighter. Please compare it with the original.", amount=by)
        case "tone", False:
            return Sentence.of("The photo became {amount} % darker. Please compare it with the original.", amount=by)
        case "black", True:
            return Sentence.of("Black became {amount} % brighter, and may look dull. Please look at it.", amount=by)
        case "black", False:
            return Sentence.of("Shadows became {amount} % darker, and may lack detail. Please look at it.", amount=by)
        case "white", True:
            return Sentence.of("Lights became {amount} % brighter, and may lack detail. Please look at it.", amount=by)
    return Sentence.of("White became {amount} % darker, and may look dull. Please look at it.", amount=by)


def _cast(shift: Floats) -> Sentence:
    return Sentence.of(
        "The whole photo became {colour}, by {amount} units of Lab. Please compare it with the original.",
        colour=_direction(shift),
        amount=f"{_length(shift):.1f}",
    )


def _local_cast(shift: Floats) -> Sentence:
    return Sentence.of(
        "A part of the photo became {colour}, by {amount} units of Lab. Please compare it with the original.",
        colour=_direction(shift),
        amount=f"{_length(shift):.1f}",
    )


def _direction(shift: Floats) -> Sentence:
    a, b = shift
    if abs(a) > abs(b):
        return Sentence.of("more red") if a > 0 else Sentence.of("more green")
    return Sentence.of("more yellow") if b > 0 else Sentence.of("more blue")


def _resized(before: Photo, after: Photo) -> Sentence:
    return Sentence.of(
        "The photo had {old_width} × {old_height} pixels, and has {width} × {height} now. Please restore it again.",
        old_width=before.width,
        old_height=before.height,
        width=after.width,
        height=after.height,
    )
