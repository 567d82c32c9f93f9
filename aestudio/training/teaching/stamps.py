"""Watermarks as they are drawn: words in the machine's fonts and scripts, dates, logos, signatures, codes."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from aestudio.training.teaching.emblems import emblem

HEIGHT, WIDTH = (
    192,
    768,
)  # pixels of the canvas that each stamp is drawn on, as large as fits: large marks are sharp
HELD_OUT_SHARE = 4  # one font in so many, and the logos of HELD_OUT_LOGOS, are kept for measuring

USUAL_LOGOS = 0.29  # share of the stamps

Cover = NDArray[np.uint8]  # (h, w): how much of each pixel is covered
Rng = np.random.Generator

_FOLDERS = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts",),
}
_LATIN = (
    "Photography Studio Images Pictures Wedding Portrait Sample Preview Proof Copyright Draft Confidential Archive "
    "Stock Anna Maria John Smith Lee Kim Garcia Müller Rossi Björk Northern Light Golden Hour Silver Lens Atelier "
    "Blue River Summit Harbour Lumen Aperture Nova Vista Prime Focus Frame Grain Film Paper Print Family Press News"
).split()
_HANGUL = (
    "사진 스튜디오 저작권 무단전재금지 샘플 견본 미리보기 웨딩 가족 기록 풍경 여행 서울 부산 김민수 이영희 박지훈 작가 "
    "촬영 보관 원본 비매품 한강 봄날"
).split()
_CYRILLIC = "Фото Студия Образец Архив Свадьба Портрет Анна Иван Москва Копия Съёмка Автор Печать Пример".split()
_CJK = "寫眞 見本 保存 作品 東京 北京 上海 山水 家族 記念 風景 攝影".split()
_SITES = (".com", ".net", ".org", ".kr", ".de", ".studio", ".photo")


@dataclass(frozen=True)
class Stamps:
    """A bank of stamps, white on nothing."""

    cover: Tensor  # uint8, (K, HEIGHT, WIDTH): how much of each pixel is covered, the stamp in the middle
    extent: Tensor  # float32, (K, 2): share of the canvas' height and width that the stamp itself takes
    dated: Tensor  # bool, (K,): dates, which cameras print in a corner
    own: Tensor | None = None  # int64, (K,): which of the user's own marks it is, -1 for none; see own_marks
    sheets: Tensor | None = None  # uint8, (M, 3, HEIGHT, WIDTH): the colours of those

    def to(self, device: torch.device) -> "Stamps":
        """The same bank on another device."""
        own, sheets = (None if part is None else part.to(device) for part in (self.own, self.sheets))
        return Stamps(self.cover.to(device), self.extent.to(device), self.dated.to(device), own, sheets)


def draw_stamps(count: int, seed: int, *, held_out: bool = False, logos: float = USUAL_LOGOS) -> Stamps:
    """So many stamps; `held_out` ones are in fonts, and of shapes, that the others never show.

    `logos` is the share of them that are a logo, alone or with words.
    """
    rng = np.random.default_rng(seed)
    kinds: tuple[tuple[Callable[[Rng, bool], Cover], float], ...] = (
        (_words, 0.38),
        (_lines, 0.1),
        (_date, 0.13),
        (_logo, 0.21),
        (_logo_and_words, 0.08),
        (_signature, 0.07),
        (_code, 0.03),
    )
    shares = np.array([share for _, share in kinds])
    if logos != USUAL_LOGOS:
        are_logos = np.array([kind in (_logo, _logo_and_words) for kind, _ in kinds])
        for those, whole in ((are_logos, logos), (~are_logos, 1 - logos)):
            shares[those] *= whole / shares[those].sum()
    covers: list[Tensor] = []
    extents: list[tuple[float, float]] = []
    dated: list[bool] = []
    while len(covers) < count:
        kind = int(rng.choice(len(kinds), p=shares / shares.sum()))
        cover = _trimmed(kinds[kind][0](rng, held_out))
        if cover is None:
            continue
        canvas, extent = on_canvas(cover)
        covers.append(torch.from_numpy(canvas))
        extents.append(extent)
        dated.append(kinds[kind][0] is _date)
    return Stamps(torch.stack(covers), torch.tensor(extents), torch.tensor(dated))


# fonts


@cache
def font_files(*, held_out: bool) -> tuple[Path, ...]:
    """The machine's fonts, or those that are kept for measuring; none where the machine has none."""
    found: list[Path] = []
    for name in _FOLDERS.get(sys.platform, _FOLDERS["linux"]):
        folder = Path(name).expanduser()
        if folder.is_dir():
            found += [path for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".otf")]
    return tuple(sorted(path for path in found if (crc32(path.name.encode()) % HELD_OUT_SHARE == 0) == held_out))


def _font(rng: Rng, size: int, text: str, *, held_out: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font that has the letters; Pillow's own if there is none."""
    files = font_files(held_out=held_out)
    for index in rng.permutation(len(files))[:12]:
        try:
            font = ImageFont.truetype(str(files[index]), size)
        except OSError:
            continue
        if _has(font, text):
            return font
    return ImageFont.load_default(size)


def _has(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Whether the font draws each letter as something else than the box for missing ones."""
    missing = bytes(font.getmask("\U0010fffe"))
    return all(letter.isspace() or bytes(font.getmask(letter)) != missing for letter in set(text))


# kinds of stamps


def _text(rng: Rng) -> str:
    """A name, a claim, an address."""
    script = rng.choice(4, p=(0.66, 0.18, 0.09, 0.07))
    words = (_LATIN, _HANGUL, _CYRILLIC, _CJK)[script]
    chosen = [str(rng.choice(words)) for _ in range(rng.integers(1, 4))]
    text = " ".join(chosen)
    if script == 0:
        text = [text, text.upper(), text.lower()][rng.integers(3)]
        if rng.random() < 0.15:
            text = "www." + "".join(chosen).lower() + str(rng.choice(_SITES))
    if rng.random() < 0.25:
        text = str(rng.choice(["© ", "(c) ", "@", "® "])) + text
    if rng.random() < 0.15:
        text += f" {rng.integers(1960, 2030)}"
    return text


def _drawn(text: str, rng: Rng, *, held_out: bool, outlined: bool = False) -> Cover:
    size = 144
    font = _font(rng, size, text, held_out=held_out)
    if rng.random() < 0.15:
        text = "\u2009".join(text) if _spaced(font) else " ".join(text)
    left, top, right, bottom = (
        round(edge) for edge in ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((0, 0), text, font=font)
    )
    image = Image.new("L", (max(right - left, 1) + 16, max(bottom - top, 1) + 16))
    draw = ImageDraw.Draw(image)
    if outlined:
        draw.text((8 - left, 8 - top), text, font=font, fill=0, stroke_width=4, stroke_fill=255)
    else:
        draw.text((8 - left, 8 - top), text, font=font, fill=255)
    return np.asarray(image)


def _spaced(font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> bool:
    return isinstance(font, ImageFont.FreeTypeFont) and _has(font, "\u2009")


def _words(rng: Rng, held_out: bool) -> Cover:
    return _drawn(_text(rng), rng, held_out=held_out, outlined=bool(rng.random() < 0.1))


def _lines(rng: Rng, held_out: bool) -> Cover:
    """Two or three lines, one below the other, in the middle or flush left."""
    rows = [_drawn(_text(rng), rng, held_out=held_out) for _ in range(rng.integers(2, 4))]
    width = max(row.shape[1] for row in rows)
    middle = rng.random() < 0.7
    padded = []
    for row in rows:
        before = (width - row.shape[1]) // 2 if middle else 0
        padded.append(np.pad(row, ((0, 0), (before, width - row.shape[1] - before))))
    return np.concatenate(padded)


def _date(rng: Rng, held_out: bool) -> Cover:
    """What a camera's date back prints."""
    year, month, day = int(rng.integers(1975, 2026)), int(rng.integers(1, 13)), int(rng.integers(1, 32))
    text = (
        f"'{year % 100:02d} {month:2d} {day:2d}",
        f"{year}/{month:02d}/{day:02d}",
        f"{day:02d}.{month:02d}.{year}",
        f"{month}-{day}-'{year % 100:02d}",
        f"{year}. {month}. {day}.",
        f"{year}-{month:02d}-{day:02d} {rng.integers(24):02d}:{rng.integers(60):02d}",
    )[rng.integers(6)]
    return _segments(text) if rng.random() < 0.5 else _drawn(text, rng, held_out=held_out)


_SEVEN = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "abcdfg", "-": "g",
}  # fmt: skip
_STROKES = {
    "a": (0, 0, 1, 0), "b": (1, 0, 1, 1), "c": (1, 1, 1, 2), "d": (0, 2, 1, 2), "e": (0, 1, 0, 2), "f": (0, 0, 0, 1),
    "g": (0, 1, 1, 1),
}  # fmt: skip


def _segments(text: str) -> Cover:
    """Figures of seven strokes, as light-emitting date backs print them."""
    side, gap, thick = 30, 16, 6
    canvas = np.zeros((2 * side + 20, (side + gap) * len(text) + 20), np.uint8)
    for place, letter in enumerate(text):
        x = 10 + place * (side + gap)
        for stroke in _SEVEN.get(letter, ""):
            x0, y0, x1, y1 = _STROKES[stroke]
            ends = (x + x0 * side, 10 + y0 * side), (x + x1 * side, 10 + y1 * side)
            cv2.line(canvas, *ends, 255, thick, cv2.LINE_AA)
        if letter in "'.:":
            for y in {"'": (12,), ".": (2 * side + 8,), ":": (side - 2, side + 22)}[letter]:
                cv2.circle(canvas, (x + side // 2, y), 4, 255, -1, cv2.LINE_AA)
        elif letter == "/":
            cv2.line(canvas, (x, 10 + 2 * side), (x + side, 10), 255, thick, cv2.LINE_AA)
    return canvas


LOGOS = (
    "ring",
    "polygon",
    "star",
    "aperture",
    "camera",
    "mountain",
    "monogram",
    "leaf",
    "cross",
    "wave",
    "bars",
    "knot",
)
HELD_OUT_LOGOS = ("leaf", "bars", "aperture")
EMBLEMS = 0.6  # share of the logos that are put together by chance


def _logo(rng: Rng, held_out: bool) -> Cover:
    if not held_out and rng.random() < EMBLEMS:
        return emblem(rng)
    names = [name for name in LOGOS if (name in HELD_OUT_LOGOS) == held_out]
    return _shape(str(rng.choice(names)), rng, held_out=held_out)


def _shape(name: str, rng: Rng, *, held_out: bool) -> Cover:
    """Line art or a filled shape, 160 pixels wide."""
    side, middle = 160, 80
    canvas = np.zeros((side, side), np.uint8)
    thick = int(rng.integers(4, 14))
    fill = -1 if rng.random() < 0.4 else thick

    def closed(points: NDArray[np.float64], filled: bool) -> None:
        ring = np.rint(points).astype(np.int32)[None]
        if filled:
            cv2.fillPoly(canvas, list(ring), 255, cv2.LINE_AA)
        else:
            cv2.polylines(canvas, list(ring), isClosed=True, color=255, thickness=thick, lineType=cv2.LINE_AA)

    def around(corners: int, radii: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
        angle = np.arange(corners) * 2 * np.pi / corners + turn
        points: NDArray[np.float64] = middle + radii[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1)
        return points

    turn = float(rng.random() * 2 * np.pi)
    if name == "ring":
        for radius in rng.choice([30, 45, 60, 70], size=rng.integers(1, 3), replace=False):
            cv2.circle(canvas, (middle, middle), int(radius), 255, thick, cv2.LINE_AA)
    elif name == "polygon":
        corners = int(rng.integers(3, 9))
        closed(around(corners, np.full(corners, 68.0), turn), fill < 0)
    elif name == "star":
        corners = 2 * int(rng.integers(4, 9))
        closed(around(corners, np.where(np.arange(corners) % 2, 30.0, 70.0), turn), fill < 0)
    elif name == "aperture":
        cv2.circle(canvas, (middle, middle), 68, 255, thick, cv2.LINE_AA)
        for outer, inner in zip(
            around(6, np.full(6, 66.0), turn), around(6, np.full(6, 30.0), turn + 1.2), strict=True
        ):
            ends = [tuple(int(v) for v in end) for end in (outer, inner)]
            cv2.line(canvas, ends[0], ends[1], 255, thick, cv2.LINE_AA)
    elif name == "camera":
        cv2.rectangle(canvas, (12, 46), (148, 132), 255, fill, cv2.LINE_AA)
        cv2.rectangle(canvas, (50, 28), (104, 46), 255, fill, cv2.LINE_AA)
        cv2.circle(canvas, (middle, 90), 30, 0 if fill < 0 else 255, thick, cv2.LINE_AA)
    elif name == "mountain":
        peaks = np.array([[6, 140], [52, 52], [84, 108], [110, 70], [154, 140]], np.float64)
        closed(peaks + rng.normal(0, 6, peaks.shape), fill < 0)
    elif name == "monogram":
        letters = "".join(rng.choice(list("ABCDEFGHKLMNPRSTVW"), size=rng.integers(1, 3)))
        drawn = cv2.resize(_drawn(letters, rng, held_out=held_out), (90, 80), interpolation=cv2.INTER_AREA)
        canvas[40:120, 35:125] = drawn
        cv2.circle(canvas, (middle, middle), 72, 255, thick // 2 + 1, cv2.LINE_AA)
    elif name == "leaf":
        t = np.linspace(0, np.pi, 40)
        curve = np.stack((80 + 40 * np.sin(t) * np.sign(np.sin(t)), 10 + 140 * t / np.pi), axis=1)
        closed(np.concatenate((curve, np.stack((160 - curve[::-1, 0], curve[::-1, 1]), axis=1))), fill < 0)
        cv2.line(canvas, (80, 10), (80, 156), 255 if fill > 0 else 0, thick // 2 + 1, cv2.LINE_AA)
    elif name == "cross":
        cv2.line(canvas, (10, 10), (150, 150), 255, thick, cv2.LINE_AA)
        cv2.line(canvas, (150, 10), (10, 150), 255, thick, cv2.LINE_AA)
    elif name == "wave":
        x = np.linspace(8, 152, 60)
        for row in range(int(rng.integers(2, 5))):
            y = 40 + 26 * row + 9 * np.sin(x / rng.uniform(8, 18))
            points = np.rint(np.stack((x, y), axis=1)).astype(np.int32)
            cv2.polylines(canvas, [points], isClosed=False, color=255, thickness=thick, lineType=cv2.LINE_AA)
    elif name == "bars":
        for column in range(10, 150, int(rng.integers(14, 28))):
            cv2.rectangle(canvas, (column, int(rng.integers(10, 90))), (column + thick, 150), 255, -1, cv2.LINE_AA)
    else:
        t = np.linspace(0, 2 * np.pi, 120)
        points = np.stack((np.sin(2 * t + rng.uniform(0.4, 1.2)), np.sin(rng.integers(3, 6) * t)), axis=1)
        closed(middle + 66 * points, filled=False)
    return canvas


def _logo_and_words(rng: Rng, held_out: bool) -> Cover:
    """A logo beside a name, or above it."""
    logo, words = _logo(rng, held_out), _drawn(_text(rng), rng, held_out=held_out)
    if rng.random() < 0.6:
        height = words.shape[0] * 2
        logo = cv2.resize(logo, (height, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
        return np.concatenate((logo, np.pad(words, ((height // 4, height - height // 4 - words.shape[0]), (8, 0)))), 1)
    width = max(logo.shape[1], words.shape[1])
    rows = [
        np.pad(part, ((0, 4), ((width - part.shape[1]) // 2, -(-(width - part.shape[1]) // 2))))
        for part in (logo, words)
    ]
    return np.concatenate(rows)


def _signature(rng: Rng, held_out: bool) -> Cover:
    """Something written by hand: loops along a line, with a flourish."""
    del held_out
    canvas = np.zeros((140, 420), np.uint8)
    letters = int(rng.integers(5, 12))
    t = np.linspace(0, letters * 2 * np.pi, 60 * letters)
    height = np.interp(t, np.arange(letters + 1) * 2 * np.pi, rng.uniform(8, 34, letters + 1))
    x = 30 + 330 * t / t[-1] + height * 0.5 * np.cos(t + rng.normal())
    y = 75 + height * np.sin(t * rng.uniform(0.9, 1.1)) - 0.05 * (x - 200) * rng.normal()
    pen = int(rng.integers(2, 5))
    cv2.polylines(canvas, [np.rint(np.stack((x, y), 1)).astype(np.int32)], False, 255, pen, cv2.LINE_AA)
    if rng.random() < 0.6:
        under = np.stack((np.linspace(40, 390, 40), 118 + 8 * np.sin(np.linspace(0, 3, 40) + rng.normal())), 1)
        cv2.polylines(canvas, [np.rint(under).astype(np.int32)], False, 255, pen, cv2.LINE_AA)
    return canvas


def _code(rng: Rng, held_out: bool) -> Cover:
    """Squares like those of a QR code."""
    del held_out
    cells = int(rng.integers(15, 30))
    grid = (rng.random((cells, cells)) < 0.5).astype(np.uint8) * 255
    for y, x in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        grid[y : y + 7, x : x + 7] = 255
        grid[y + 1 : y + 6, x + 1 : x + 6] = 0
        grid[y + 2 : y + 5, x + 2 : x + 5] = 255
    return np.repeat(np.repeat(grid, 6, axis=0), 6, axis=1)


def _trimmed(cover: Cover) -> Cover | None:
    """Without its empty margin; None if nothing was drawn."""
    rows, columns = np.flatnonzero(cover.max(axis=1)), np.flatnonzero(cover.max(axis=0))
    if not len(rows):
        return None
    return cover[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def on_canvas(cover: Cover) -> tuple[Cover, tuple[float, float]]:
    """In the middle of the canvas, as large as fits, with the share of it that the stamp takes."""
    height, width = cover.shape
    scale = min((HEIGHT - 8) / height, (WIDTH - 8) / width)
    size = max(1, math.floor(width * scale)), max(1, math.floor(height * scale))
    small = cv2.resize(cover, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    canvas = np.zeros((HEIGHT, WIDTH), np.uint8)
    top, left = (HEIGHT - size[1]) // 2, (WIDTH - size[0]) // 2
    canvas[top : top + size[1], left : left + size[0]] = small
    return canvas, (size[1] / HEIGHT, size[0] / WIDTH)
