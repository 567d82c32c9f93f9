"""A map of photos as a file: a table of places, or small copies of the photos where they lie."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from aestudio.errors import SettingsError
from aestudio.explore.maps import PhotoMap, map_table, mean_colours
from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.images.atomic import atomic_write
from aestudio.progress import Progress

TABLE: Final = ".csv"
PICTURE: Final = ".png"
SIDE: Final = 2400  # pixels of the longer side
GROUND: Final = (48, 48, 48)  # L* about 20, as in the window
_SIDES = (72, 160)  # pixels of a photo at least, and at most
_APART = 0.9  # of that: photos that are shown lie at least that far from one another
_DOT = 8  # pixels, of the others
_AT_ONCE = 64  # photos


def check_file(path: Path, *, overwrite: bool) -> None:
    """Raise SettingsError for a file that is no map by its ending, or is there already."""
    if path.suffix.lower() not in (TABLE, PICTURE):
        raise SettingsError("A map is a .csv or .png file, and {path} is neither. Please name such a file.", path=path)
    if path.exists() and not overwrite:
        raise SettingsError("{path} is there already. Please choose another name.", path=path)


def save_map(
    photos: Indexed, photo_map: PhotoMap, path: Path, progress: Progress, *, side: int = SIDE, overwrite: bool = False
) -> Path:
    """Write a map as a table or as a picture, by the ending of the file.

    Raises SettingsError as `check_file` does, and for the file of one of the photos; ImageError if it cannot be
    written; Cancelled.
    """
    check_file(path, overwrite=overwrite)
    if path.resolve() in {photo.resolve() for photo in photos.paths if photo.name == path.name}:
        raise SettingsError("{path} is one of the photos. Please choose another name for the map.", path=path)
    if path.suffix.lower() == TABLE:
        text = map_table(photos, photo_map)
        return atomic_write(path, lambda file: file.write(text.encode()), overwrite=overwrite)
    picture = map_picture(photos, photo_map, side, progress)
    return atomic_write(path, lambda file: picture.save(file, "PNG"), overwrite=overwrite)


def map_picture(photos: Indexed, photo_map: PhotoMap, side: int, progress: Progress) -> Image.Image:
    """The whole map, `side` pixels at its longer side: pictures where there is room, and dots of their colours.

    Raises Cancelled.
    """
    if not len(photos):
        return Image.new("RGB", (side, side), GROUND)
    gaps = photo_map.spread[np.isfinite(photo_map.spread)]
    nearest = float(np.quantile(gaps, 0.1)) if len(gaps) else 1.0
    picture = int(np.clip(nearest * side / _APART, *_SIDES))
    scale = side - picture - 2 * _DOT
    low, high = photo_map.places.min(axis=0), photo_map.places.max(axis=0)
    width, height = (int(length) for length in np.ceil((high - low) * scale) + picture + 2 * _DOT)
    points = (photo_map.places - low) * scale + picture / 2 + _DOT
    image = Image.new("RGB", (width, height), GROUND)
    _draw_dots(image, points, mean_colours(photos, progress))
    shown = np.flatnonzero(photo_map.spread * scale >= _APART * picture)
    shown = shown[np.argsort(photo_map.spread[shown], kind="stable")]  # those on top that stand for most
    for start in range(0, len(shown), _AT_ONCE):
        progress.step(start, len(shown))
        rows = [int(row) for row in shown[start : start + _AT_ONCE]]
        for row, small in zip(rows, photos.smalls(rows), strict=True):
            tall, wide = photos.sizes[row]
            shape = [max(1, round(picture * length / max(tall, wide))) for length in (wide, tall)]
            at = [round(point - length / 2) for point, length in zip(points[row], shape, strict=True)]
            image.paste(Image.fromarray(small).resize((shape[0], shape[1]), Image.Resampling.LANCZOS), (at[0], at[1]))
    return image


def _draw_dots(image: Image.Image, points: Floats, colours: Levels) -> None:
    for (x, y), colour in zip(points, colours, strict=True):
        dot = (round(x - _DOT / 2), round(y - _DOT / 2), round(x + _DOT / 2), round(y + _DOT / 2))
        image.paste(tuple(int(level) for level in colour), dot)
