"""Faults to be found among good photos: what cameras, hands and cards do to photos, and what is no photo at all.

Each takes a photo (H, W, 3) uint8 of any size and gives one of the same size; what is chosen at random comes from the
generator that it is given. Light is reckoned in linear values: a stop less is half of it.
"""

import math
from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Levels = NDArray[np.uint8]
Plane = NDArray[np.float32]
Fault = Callable[[Levels, np.random.Generator], Levels]

_CASTS = {  # factors of red, green and blue
    "tungsten taken for daylight": (1.55, 0.95, 0.42),
    "daylight taken for tungsten": (0.5, 0.97, 1.75),
    "fluorescent light": (0.75, 1.3, 0.7),
    "a wrong preset": (1.3, 0.7, 1.35),
}
_WORDS = (
    "File Edit View Go Window Help Open Settings Inbox Account total 1204 update of the page was sent to you".split()
)


def flash_not_fired(photo: Levels, rng: np.random.Generator) -> Levels:
    """Three to five stops too dark, with the noise of the shadows."""
    light = _linear(photo) * np.float32(2 ** -rng.uniform(3, 5))
    noise = rng.normal(0, 0.0012, light.shape).astype(np.float32)
    return _shown(light + noise)


def lens_cap(photo: Levels, rng: np.random.Generator) -> Levels:
    """Nothing but noise, and a little light from one side."""
    height, width = photo.shape[:2]
    level = np.float32(rng.uniform(0.0, 0.002))
    leak = np.linspace(rng.uniform(0, 0.004), 0, width, dtype=np.float32)[None, :, None]
    return _shown(level + leak + np.abs(rng.normal(0, 0.001, (height, width, 3))).astype(np.float32))


def black_frame(photo: Levels, rng: np.random.Generator) -> Levels:
    """Nothing at all."""
    del rng
    return np.zeros_like(photo)


def overexposed(photo: Levels, rng: np.random.Generator) -> Levels:
    """Two and a half to four stops too light."""
    return _shown(_linear(photo) * np.float32(2 ** rng.uniform(2.5, 4)))


def out_of_focus(photo: Levels, rng: np.random.Generator) -> Levels:
    """Each point is a disc of 3 to 6 % of the longer side."""
    radius = max(1.0, max(photo.shape[:2]) * rng.uniform(0.015, 0.03))
    side = 2 * math.ceil(radius) + 1
    away = np.hypot(*np.mgrid[:side, :side] - side // 2)
    return _blurred(photo, np.clip(radius + 0.5 - away, 0, 1).astype(np.float32))


def shaken(photo: Levels, rng: np.random.Generator) -> Levels:
    """Each point is a line of 5 to 12 % of the longer side."""
    length = max(3.0, max(photo.shape[:2]) * rng.uniform(0.05, 0.12))
    angle, half = rng.uniform(0, math.pi), length / 2
    side = 2 * math.ceil(half) + 3
    kernel = np.zeros((side, side), np.uint8)
    end = np.array((math.cos(angle), math.sin(angle))) * half
    start, stop = ((side / 2 + way * end).round().astype(int).tolist() for way in (-1, 1))
    cv2.line(kernel, start, stop, 255, 1, cv2.LINE_AA)
    return _blurred(photo, kernel.astype(np.float32))


def white_balance(photo: Levels, rng: np.random.Generator) -> Levels:
    """Lamplight taken for daylight, the other way round, or another strong cast."""
    gains = list(_CASTS.values())[int(rng.integers(len(_CASTS)))]
    return _shown(_linear(photo) * np.array(gains, np.float32) ** np.float32(rng.uniform(0.8, 1.2)))


def banding(photo: Levels, rng: np.random.Generator) -> Levels:
    """Darker and lighter bands across, as from lamps that flicker."""
    height = photo.shape[0]
    bands = rng.uniform(6, 24)
    wave = np.sin(2 * math.pi * (bands * np.arange(height) / height + rng.uniform()))
    depth = rng.uniform(0.25, 0.6)
    factor = (1 - depth / 2 + depth / 2 * wave).astype(np.float32)[:, None, None]
    return _shown(_linear(photo) * factor)


def sensor_lines(photo: Levels, rng: np.random.Generator) -> Levels:
    """Rows or columns of one colour, as from a reader or a sensor that fails."""
    out = photo.copy()
    across = bool(rng.integers(2))
    view = out if across else out.transpose(1, 0, 2)
    lines = view.shape[0]
    for _ in range(int(rng.integers(3, 12))):
        thick = max(1, round(lines * rng.uniform(0.004, 0.02)))
        top = int(rng.integers(0, max(1, lines - thick)))
        view[top : top + thick] = np.asarray(rng.choice([0, 40, 255], 3), np.uint8)
    return out


def finger(photo: Levels, rng: np.random.Generator) -> Levels:
    """Something soft, dark and skin-coloured reaches in from a side."""
    height, width = photo.shape[:2]
    side = int(rng.integers(4))
    along, deep = rng.uniform(0.15, 0.85), rng.uniform(0.3, 0.55)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    y, x = y / height, x / width
    inward, across = ((x, y), (1 - x, y), (y, x), (1 - y, x))[side]
    thick = rng.uniform(0.2, 0.35)
    body = ((inward / deep) ** 2 + ((across - along) / thick) ** 2).astype(np.float32)
    cover = np.float32(1) / (1 + np.exp(np.clip((body - 1) * rng.uniform(6, 12), -50, 50)))[..., None].astype(
        np.float32
    )
    skin = np.array((0.42, 0.16, 0.10), np.float32) * np.float32(rng.uniform(0.15, 0.9))
    return _shown(_linear(photo) * (1 - cover) + skin * cover)


def half_written(photo: Levels, rng: np.random.Generator) -> Levels:
    """A JPEG file that ends too early: grey from some block on."""
    out = photo.copy()
    height, width = photo.shape[:2]
    block = 16
    row = round(height * rng.uniform(0.25, 0.75)) // block * block
    column = int(rng.integers(0, max(1, width // block))) * block
    out[row : row + block, column:] = 128
    out[row + block :] = 128
    return out


def screenshot(photo: Levels, rng: np.random.Generator) -> Levels:
    """Windows, text and flat areas; nothing is left of the photo but its size."""
    height, width = photo.shape[:2]
    dark = rng.random() < 0.4
    ground, field, ink = ((32, 34, 38), (45, 48, 54), (220, 222, 226)) if dark else ((236,) * 3, (255,) * 3, (30,) * 3)
    accent = tuple(int(level) for level in rng.integers(30, 220, 3))
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    size = max(8, height // 36)
    font = ImageFont.load_default(size)
    draw.rectangle((0, 0, width, 2 * size), fill=accent if rng.random() < 0.5 else field)
    if rng.random() < 0.6:  # a column at the side
        _lines(draw, (size, 3 * size, width // 5, height - size), font, ink, rng)
    for _ in range(int(rng.integers(1, 4))):
        left, top = int(width * rng.uniform(0.02, 0.5)), int(height * rng.uniform(0.08, 0.5))
        right, bottom = int(left + width * rng.uniform(0.3, 0.6)), int(top + height * rng.uniform(0.3, 0.6))
        draw.rectangle((left, top, right, bottom), fill=field, outline=ink)
        draw.rectangle((left, top, right, top + 3 * size // 2), fill=accent)
        _lines(draw, (left + size, top + 2 * size, right - size, bottom - size), font, ink, rng)
    return np.asarray(image, np.uint8)


def _lines(
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    ink: tuple[int, ...],
    rng: np.random.Generator,
) -> None:
    """Words, line by line."""
    left, top, right, bottom = box
    step = draw.textbbox((0, 0), "Ag", font=font)[3] * 1.5
    y = float(top)
    while y + step < bottom:
        text = ""
        goal = left + (right - left) * rng.uniform(0.3, 1)
        while left + draw.textlength(text, font=font) < goal - step * 2:
            text += str(rng.choice(_WORDS)) + " "
        draw.text((left, y), text, fill=ink, font=font)
        y += step


FAULTS: Mapping[str, Fault] = {
    "flash not fired": flash_not_fired,
    "lens cap": lens_cap,
    "black frame": black_frame,
    "overexposed": overexposed,
    "out of focus": out_of_focus,
    "shaken": shaken,
    "white balance": white_balance,
    "banding": banding,
    "sensor lines": sensor_lines,
    "finger": finger,
    "half written": half_written,
    "screenshot": screenshot,
}


def _blurred(photo: Levels, kernel: Plane) -> Levels:
    light = cv2.filter2D(_linear(photo), -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
    return _shown(np.asarray(light, np.float32))


def _linear(photo: Levels) -> Plane:
    """sRGB levels as light, in [0, 1] (IEC 61966-2-1)."""
    level = photo.astype(np.float32) / np.float32(255)
    light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


def _shown(light: Plane) -> Levels:
    """The other way round; what is beyond white or black is cut off."""
    light = np.clip(light, 0, 1)
    level = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(level * 255), np.uint8)
