"""Watermarks to measure with: drawn at full size by Pillow, in fonts and of shapes that training never shows.

Shares no code with the marks that training lays over photos, but the choice of fonts that are kept apart.
"""

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from aestudio.training.teaching.stamps import font_files

Rgb = NDArray[np.float32]
Plane = NDArray[np.float32]

WORDS = (
    "© Claire Dubois",
    "PROOF ONLY",
    "studio-weber.at",
    "Не для печати",
    "정원 사진관",
    "Hannah & Max 2012",
    "IMG 0042",
)
DATES = ("'94  8 21", "2011/05/07", "12.09.1988", "1999-12-31 23:58")
COVERED = 0.06  # share from which a pixel counts as covered


@dataclass(frozen=True)
class Case:
    """One marked photo."""

    marked: Rgb
    clean: Rgb  # through the same JPEG without the mark
    covered: NDArray[np.bool_]
    opacity: float


def draw_case(clean: Rgb, seed: int) -> Case:
    """Lay a mark over a photo, the same for the same seed: a word, a date, a logo, or words all over."""
    rng = np.random.default_rng(seed)
    height, width = clean.shape[:2]
    kind = ("word", "date", "logo", "tiled", "word", "tiled")[seed % 6]
    opacity = float(rng.uniform(0.2, 0.95))
    if kind == "date":
        text, size = str(rng.choice(DATES)), int(height * rng.uniform(0.035, 0.06))
        ink = _text(text, size, rng)
        place = int(width * 0.95) - ink.shape[1], int(height * 0.93) - ink.shape[0]
        cover = _at(ink, place, (height, width))
        colour, opacity = np.array([1.0, rng.uniform(0.35, 0.6), 0.1], np.float32), float(rng.uniform(0.7, 0.95))
    else:
        size = int(height * rng.uniform(0.04, 0.16 if kind != "tiled" else 0.06))
        ink = _logo(3 * size, rng) if kind == "logo" else _text(str(rng.choice(WORDS)), size, rng)
        colour = np.full(3, rng.choice([1.0, 1.0, 0.0, 0.5]), np.float32)
        if kind == "tiled":
            cover = _tiled(ink, (height, width), float(rng.uniform(-40, 40)), rng)
        else:
            angle = float(rng.choice([0, 0, 0, 30, -30, 90]))
            ink = _turned(ink, angle)
            room = max(1, width - ink.shape[1]), max(1, height - ink.shape[0])
            cover = _at(ink, (int(rng.integers(room[0])), int(rng.integers(room[1]))), (height, width))
    if rng.random() < 0.3:  # a shadow
        shadow = cv2.GaussianBlur(np.roll(cover, (2, 2), (0, 1)), (0, 0), 1.5) * 0.5 * opacity
    else:
        shadow = np.zeros_like(cover)
    marked = clean * (1 - shadow[..., None])
    alpha = (cover * opacity)[..., None]
    marked = marked * (1 - alpha) + colour * alpha
    total = 1 - (1 - shadow) * (1 - cover * opacity)
    quality = int(rng.integers(70, 97)) if rng.random() < 0.6 else None
    return Case(_saved(marked, quality), _saved(clean, quality), total > COVERED, opacity)


def _font(size: int, rng: np.random.Generator, text: str) -> ImageFont.FreeTypeFont:
    hangul = any("가" <= letter <= "힣" for letter in text)
    files = [path for path in font_files(held_out=True) if ("Nanum" in path.name) == hangul]
    if not files:
        raise SystemExit("Please install the fonts of the packages fonts-dejavu and fonts-nanum first.")
    return ImageFont.truetype(str(files[int(rng.integers(len(files)))]), size)


def _text(text: str, size: int, rng: np.random.Generator) -> Plane:
    font = _font(size, rng, text)
    box = font.getbbox(text)
    image = Image.new("L", (int(box[2] - box[0]) + 4, int(box[3] - box[1]) + 4))
    ImageDraw.Draw(image).text((2 - box[0], 2 - box[1]), text, fill=255, font=font)
    return _plane(image)


def _logo(side: int, rng: np.random.Generator) -> Plane:
    """Shapes of this file's own: a shutter of wedges, a house, a drop, three bars."""
    image = Image.new("L", (4 * side, 4 * side))
    draw, full = ImageDraw.Draw(image), 4 * side
    kind = int(rng.integers(4))
    if kind == 0:
        for start in range(0, 360, 60):
            draw.pieslice((4, 4, full - 4, full - 4), start, start + 38, fill=255)
        draw.ellipse((full * 0.36, full * 0.36, full * 0.64, full * 0.64), fill=0)
    elif kind == 1:
        draw.polygon([(full / 2, 4), (full - 4, full * 0.45), (4, full * 0.45)], fill=255)
        draw.rectangle((full * 0.18, full * 0.45, full * 0.82, full - 4), outline=255, width=full // 12)
    elif kind == 2:
        draw.ellipse((full * 0.2, full * 0.35, full * 0.8, full * 0.95), outline=255, width=full // 14)
        draw.polygon([(full / 2, 4), (full * 0.64, full * 0.42), (full * 0.36, full * 0.42)], fill=255)
    else:
        for row in (0.15, 0.45, 0.75):
            draw.rounded_rectangle((4, full * row, full * (1 - row / 2), full * (row + 0.16)), full // 16, fill=255)
    return _plane(image.resize((side, side), Image.Resampling.LANCZOS))


def _plane(image: Image.Image) -> Plane:
    return np.asarray(image).astype(np.float32) / np.float32(255)


def _turned(ink: Plane, angle: float) -> Plane:
    if angle == 0:
        return ink
    image = Image.fromarray(np.rint(ink * 255).astype(np.uint8))
    return _plane(image.rotate(angle, Image.Resampling.BICUBIC, expand=True))


def _at(ink: Plane, place: tuple[int, int], size: tuple[int, int]) -> Plane:
    """The ink on an empty plane, cut off at its edges."""
    plane = np.zeros(size, np.float32)
    x, y = max(0, place[0]), max(0, place[1])
    part = ink[: size[0] - y, : size[1] - x]
    plane[y : y + part.shape[0], x : x + part.shape[1]] = part
    return plane


def _tiled(ink: Plane, size: tuple[int, int], angle: float, rng: np.random.Generator) -> Plane:
    gap_y, gap_x = int(ink.shape[0] * rng.uniform(0.8, 3)), int(ink.shape[1] * rng.uniform(0.1, 0.8))
    cell = np.pad(ink, ((0, gap_y), (0, gap_x)))
    side = int(np.hypot(*size)) + 2
    rows = []
    for row in range(-(-side // cell.shape[0])):
        line = np.tile(cell, (1, -(-side // cell.shape[1]) + 1))
        rows.append(np.roll(line, (row % 2) * cell.shape[1] // 2, axis=1)[:, :side])
    whole = Image.fromarray(np.rint(np.concatenate(rows)[:side] * 255).astype(np.uint8))
    turned = _plane(whole.rotate(angle, Image.Resampling.BICUBIC))
    top, left = (side - size[0]) // 2, (side - size[1]) // 2
    return np.ascontiguousarray(turned[top : top + size[0], left : left + size[1]])


def _saved(rgb: Rgb, quality: int | None) -> Rgb:
    """At 8 bits, through a JPEG file if there is a quality."""
    pixels = np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    if quality is not None:
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=quality)
        pixels = np.asarray(Image.open(file))
    return pixels.astype(np.float32) / np.float32(255)
