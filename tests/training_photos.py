"""Small photos with details, alone, in pairs and in series, for tests of what users train from."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]


def scene(seed: int, height: int = 96, width: int = 128) -> Bytes:
    """Blobs of many sizes and colours; another picture for each seed."""
    rng = np.random.default_rng(seed)
    picture = np.full((height, width, 3), 128.0, np.float32)
    for cells, contrast in ((4, 40), (9, 30), (20, 22), (45, 12)):
        coarse = rng.normal(0, contrast, (cells, cells, 3)).astype(np.float32)
        picture += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(picture, 12, 243).round().astype(np.uint8)


def noisy(rgb_u8: Bytes, sigma: float, seed: int = 0) -> Bytes:
    """With white noise."""
    noise = np.random.default_rng(seed).normal(0, sigma, rgb_u8.shape)
    return np.clip(rgb_u8 + noise, 0, 255).round().astype(np.uint8)


def moved(rgb_u8: Bytes, down: float, right: float) -> Bytes:
    """What it shows lies further down and to the right."""
    move = np.array([[1, 0, right], [0, 1, down]], dtype=np.float32)
    size = rgb_u8.shape[1::-1]
    out = cv2.warpAffine(rgb_u8, move, size, flags=cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(out, np.uint8)


def save(rgb_u8: Bytes, path: Path, *, second: float | None = None, iso: int = 0, orientation: int = 1) -> Path:
    """Write it, with a camera's date at so many seconds after noon, to hundredths, and its sensitivity."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = Image.Exif()
    if orientation != 1:
        data[0x0112] = orientation
    below = data.get_ifd(0x8769)
    if second is not None:
        minutes, seconds = divmod(int(second), 60)
        below[0x9003] = f"2024:05:01 12:{minutes:02}:{seconds:02}"
        below[0x9291] = f"{round(second % 1 * 100):02}"
    if iso:
        below[0x8827] = iso
    Image.fromarray(rgb_u8).save(path, exif=data.tobytes(), quality=95)
    return path


def save_scenes(folder: Path, count: int = 12, suffix: str = ".png", first: int = 0) -> list[Path]:
    """Different photos, as many as that."""
    return [save(scene(first + index), folder / f"{index}{suffix}") for index in range(count)]
