"""Lays rows of pictures out on a white sheet, with their captions."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from results_rows import Row, Tile

MOST_BYTES = 900_000
QUALITIES = (86, 84, 82, 80, 78)
SHRINK = 0.96  # of the tiles' sides, where no quality is small enough
_SORTED = "Sorted by the gain of after over before."
_SORTED_ALONE = "Sorted by the gain over what stands beside it."
_GAP = 6  # pixels between tiles
_EDGE = 12  # around everything
_TEXT = 15  # pixels, of captions
_HEADING = 20
_LINE = 20  # pixels that a line of a caption takes
_BELOW = 10  # a row
_INK, _PALE = (20, 20, 20), (95, 95, 95)
_GOOD, _BAD = (0, 110, 40), (190, 20, 20)


@dataclass(frozen=True)
class Look:
    """What a sheet says beside its rows."""

    title: str
    explained: str
    columns: tuple[str, ...]
    unit: str = "dB"  # of the gains; empty where there is nothing to compare
    whole: bool = False  # tiles show whole photos: they may be made smaller, but nothing may be cut off


def write_sheet(path: Path, look: Look, rows: Sequence[Row]) -> None:
    """A JPEG file of at most MOST_BYTES: if need be, with smaller tiles, which show the middle at 100 %."""
    share = 1.0
    while True:
        sheet = _drawn(look, rows, share)
        for quality in QUALITIES:
            file = io.BytesIO()
            sheet.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
            if file.tell() <= MOST_BYTES:
                path.write_bytes(file.getvalue())
                return
        share *= SHRINK


def _drawn(look: Look, rows: Sequence[Row], share: float) -> Image.Image:
    lines = [[_fitted(tile, share, look) for tile in row.tiles] for row in rows]
    heights = [max(picture.height for picture in line) for line in lines]  # not all photos have the same shape
    wide = max(picture.width for line in lines for picture in line)
    left = [_EDGE + number * (wide + _GAP) for number in range(len(look.columns))]
    top = 2 * _EDGE + _HEADING + 2 * _LINE + 2 * _GAP
    size = left[-1] + wide + _EDGE, top + sum(heights) + len(rows) * (2 * _LINE + _BELOW)
    sheet = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(_TEXT)
    draw.text((_EDGE, _EDGE), look.title, _INK, ImageFont.load_default(_HEADING))
    draw.text(
        (_EDGE, _EDGE + _HEADING + _GAP), f"{look.explained} {_SORTED if look.unit else _SORTED_ALONE}", _PALE, font
    )
    for x, column in zip(left, look.columns, strict=True):
        draw.text((x, top - _LINE - _GAP), column, _INK, font)
    y = top
    for number, (row, line, height) in enumerate(zip(rows, lines, heights, strict=True), 1):
        caption = f"{number}. {row.title}   "
        colour = _GOOD if row.gain > 0 else _BAD if row.gain < 0 else _PALE
        draw.text((_EDGE, y), caption, _INK, font)
        gained = f"{row.gain:+.2f} {look.unit}" if look.unit else ""
        draw.text((_EDGE + draw.textlength(caption, font), y), gained, colour, font)
        for x, tile, picture in zip(left, row.tiles, line, strict=True):
            sheet.paste(picture, (x, y + _LINE))
            draw.text((x, y + _LINE + height + 1), tile.note, _PALE, font)
        y += height + 2 * _LINE + _BELOW
    return sheet


def _fitted(tile: Tile, share: float, look: Look) -> Image.Image:
    height, width = (round(side * share) for side in tile.pixels.shape[:2])
    if look.whole:
        return Image.fromarray(tile.pixels).resize((width, height), Image.Resampling.LANCZOS)
    y, x = (tile.pixels.shape[0] - height) // 2, (tile.pixels.shape[1] - width) // 2
    return Image.fromarray(np.ascontiguousarray(tile.pixels[y : y + height, x : x + width]))
