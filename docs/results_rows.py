"""Each case as a row: what it looks like, how near each side comes to the truth, and which of them is nearer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import colorize
import cv2
import inpaint
import numpy as np
from numpy.typing import NDArray
from results_cases import TILE, Case
from results_photos import U8, Size, densest, levels, part
from results_tools import LENGTHS, Arrays
from unwatermark import decibels

from aestudio.codec.rivals import compared
from aestudio.images.metrics import psnr
from aestudio.images.photo import Box

Figures = dict[str, Any]

SIDES = ("before", "after")
EQUAL = 99.0  # dB, of pictures that are the same
SMALL_TILE: Size = (134, 200)  # seven of them stand side by side
GIVEN, TRUTH, JPEG = "given", "truth", "JPEG 4:2:0"
COLUMNS = {
    "denoise": (GIVEN, *SIDES, TRUTH),
    "colorize": (GIVEN, *SIDES, TRUTH),
    "unwatermark": (GIVEN, *SIDES, TRUTH),
    "inpaint": (GIVEN, *SIDES, TRUTH),
    "compress": (TRUTH, JPEG, *SIDES),
    "explore": (TRUTH, *(f"{length} numbers, {side}" for length in LENGTHS for side in SIDES)),
}


class Tile(NamedTuple):
    """A picture, and what stands below it."""

    pixels: U8
    note: str


class Judged(NamedTuple):
    """How near a picture comes to the truth."""

    worth: float  # what rows are sorted by: more is better
    figures: Figures  # for the table
    note: str


@dataclass(frozen=True)
class Row:
    """One case and what became of it."""

    title: str
    tiles: tuple[Tile, ...]
    figures: Figures  # for the table
    gain: float  # of AFTER over BEFORE; less than 0 where it is worse
    effect: float  # of AFTER over what stands beside it: it decides among equal gains


def in_order(rows: Sequence[Row]) -> list[Row]:
    """The largest gains first, the largest losses last."""
    return sorted(rows, key=lambda row: (row.gain, row.effect), reverse=True)


def row(tool: str, case: Case, sides: Sequence[Arrays]) -> Row:
    """A case and what BEFORE and AFTER made of it."""
    if tool == "explore":
        return _explored(case, sides)
    view = case.view or _most_changed(case, sides)
    beside, before, after = (JUDGES[tool](case, made, view) for made in (case.beside, *sides))
    there = {
        GIVEN: Tile(_tile(case.seen, view), beside.note),
        JPEG: Tile(_tile(case.seen, view), beside.note),
        SIDES[0]: Tile(_tile(sides[0]["pixels"], view), before.note),
        SIDES[1]: Tile(_tile(sides[1]["pixels"], view), after.note),
        TRUTH: Tile(_tile(case.truth, view), ""),
    }
    tiles = tuple(there[column] for column in COLUMNS[tool])
    figures = {"beside": beside.figures, "before": before.figures, "after": after.figures}
    return _row(case, tiles, figures, after.worth - before.worth, after.worth - beside.worth)


def _row(case: Case, tiles: tuple[Tile, ...], figures: Figures, gain: float, effect: float) -> Row:
    gain = round(gain, 2) + 0.0  # no -0.0
    table = {"photo": case.photo, "damage": case.damage, **case.facts, **figures, "gain": gain}
    shows = f" ({case.facts['shows']})" if "shows" in case.facts else ""
    return Row(f"{case.photo}{shows}: {case.damage}", tiles, table, gain, round(effect, 2))


def _tile(pixels: NDArray[Any], view: Box, tile: Size = TILE) -> U8:
    """A part of a picture, made smaller where it is larger than a tile."""
    shown = levels(pixels[view.slices])
    scale = min(tile[0] / view.height, tile[1] / view.width)
    if scale >= 1:
        return shown
    size = round(view.width * scale), round(view.height * scale)
    return np.asarray(cv2.resize(shown, size, interpolation=cv2.INTER_AREA), np.uint8)


def _most_changed(case: Case, sides: Sequence[Arrays]) -> Box:
    """Where a tool did most to what it should have left alone; something to look at where it did nothing."""
    # at 8 bits: what goes through a photo and back differs by a rounding of floating point
    truth = levels(case.truth).astype(np.float32)
    changes = np.sum([np.abs(levels(side["pixels"]) - truth).mean(axis=2) for side in sides], axis=0)
    return densest(changes, TILE) if changes.any() else part(case.truth, "most contrast", TILE)


# how each tool is judged: `made` is what it made, or what stands beside that


def _by_psnr(case: Case, made: Arrays, view: Box) -> Judged:
    value = _psnr(made["pixels"][view.slices], case.truth[view.slices])
    figures, note = {"PSNR, dB": round(value, 2)}, f"{value:.2f} dB"
    if "found" in made:
        figures["noise found"] = round(float(made["found"]), 1)
        note += f", noise found: {made['found']:.1f}"
    return Judged(value, figures, f"left alone, {note}" if made.get("untouched") else note)


def _psnr(pixels: U8, truth: U8) -> float:
    return min(psnr(pixels, truth, 255), EQUAL)


def _by_colour(case: Case, made: Arrays, view: Box) -> Judged:
    del view  # the whole photo is shown
    scores: dict[str, list[float]] = {}
    colorize.score(scores, "", case.truth, made["pixels"])
    figures = {what.removeprefix(": "): round(value, 3) for what, (value,) in scores.items()}
    note = f"error in ab {figures['error in ab']:.1f}, colour {figures['colourfulness']:.0%}"
    return Judged(-figures["error in ab"], figures, note)


def _by_mark(case: Case, made: Arrays, view: Box) -> Judged:
    del view  # what is found elsewhere counts as well
    error = np.square(made["pixels"] - case.truth).mean(axis=2)
    value, covered = decibels(error), case.given.get("covered")
    figures, note = {"PSNR, dB": round(value, 2)}, f"{value:.2f} dB" if error.any() else ""
    if covered is not None:
        under = decibels(error[covered])
        figures["under the mark, dB"] = round(under, 2)
        note += f", under the mark {under:.2f}"
    return Judged(value, figures, "left alone" if made.get("untouched") else note)


def _by_holes(case: Case, made: Arrays, view: Box) -> Judged:
    hole, truth = case.given["hole"][view.slices], case.truth[view.slices]
    value = inpaint.psnr(made["pixels"][view.slices], truth, hole)
    name = "OpenCV's (Telea)" if made is case.beside else "in the holes"
    return Judged(value, {"in the holes, dB": round(value, 2)}, f"{name}: {value:.2f} dB")


def _by_rate(case: Case, made: Arrays, view: Box) -> Judged:
    del view  # the size is that of the whole photo, and so is the rest
    point = compared(0, int(made["size"]), case.truth, made["pixels"])
    similarity = 1.0 if point.ms_ssim is None else point.ms_ssim
    figures = {"bits per pixel": round(point.bpp, 3), "PSNR, dB": round(point.psnr, 2), "MS-SSIM": round(similarity, 4)}
    return Judged(point.psnr, figures, f"{point.bpp:.3f} bpp, {point.psnr:.2f} dB, MS-SSIM {similarity:.3f}")


JUDGES: dict[str, Callable[[Case, Arrays, Box], Judged]] = {
    "denoise": _by_psnr,
    "colorize": _by_colour,
    "unwatermark": _by_mark,
    "inpaint": _by_holes,
    "compress": _by_rate,
}


def _explored(case: Case, sides: Sequence[Arrays]) -> Row:
    """Codes of each length side by side; means over them are compared."""
    assert case.view is not None
    figures: Figures = {side: {} for side in SIDES}
    tiles = [Tile(_tile(case.seen, case.view, SMALL_TILE), "")]
    for length in LENGTHS:
        for side, made in zip(SIDES, sides, strict=True):
            value = _psnr(made[str(length)], case.truth)
            figures[side][f"{length} numbers, dB"] = round(value, 2)
            # codes are of squares; they are shown in the photo's own shape
            size = case.seen.shape[1], case.seen.shape[0]
            pixels = cv2.resize(made[str(length)], size, interpolation=cv2.INTER_CUBIC)
            tiles.append(Tile(_tile(pixels, case.view, SMALL_TILE), f"{value:.2f} dB"))
    before, after = (float(np.mean(list(figures[side].values()))) for side in SIDES)
    return _row(case, tuple(tiles), figures, after - before, after)
