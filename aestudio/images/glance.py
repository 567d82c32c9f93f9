"""One cheap look at a photo: whether it is whole, how large, and what it shows at a glance."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.images import exif, jpeg, raw
from aestudio.images.colour import ADOBE_RGB
from aestudio.images.decoding import DECODER_ERRORS, Decoded, from_pillow, quiet, turned
from aestudio.images.exif_edit import DATE_TAKEN, thumbnail
from aestudio.images.io import read_contents, read_photo
from aestudio.images.lab import mean_chroma
from aestudio.images.photo import LUMA, Metadata, Photo, Pixels, screen_pixels, to_depth

SIDE = 64  # pixels of the picture that is kept, whatever the photo's shape
_LARGE = 2_000_000  # pixels: from here on the picture in the EXIF data is taken, for decoding takes too long
_BLACK = 8  # 8-bit levels: the brightest bars beside a picture
_SAME_SHAPE = 0.02  # how far its shape may be from the photo's
_DIGITIZED, _FRACTION, _ISO, _EXPOSURE = 0x9004, 0x9291, 0x8827, 0x829A


@dataclass(frozen=True, eq=False)
class Glance:
    """What is known of a photo without decoding it in full."""

    path: Path
    digest: str  # SHA-256 of the file
    height: int  # upright, as `width`
    width: int
    luma: NDArray[np.uint8]  # (SIDE, SIDE): the whole photo, squeezed to a square
    chroma: float  # mean, in units of Lab
    taken: float | None  # seconds, by the camera's clock
    exposure: float  # seconds; 0 where the file does not say
    iso: int | None

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.height, self.width


def glance(path: Path) -> Glance:
    """Look at a photo. Raises ImageError as `read_photo` does.

    What is damaged inside the coded data of a large JPEG shows only when it is decoded.
    """
    data = read_contents(path)
    digest = hashlib.sha256(data).hexdigest()
    height, width, photo = _fast(data) or _slow(path, data)
    small = cv2.resize(np.ascontiguousarray(photo.pixels), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    small = to_depth(np.nan_to_num(small).reshape(SIDE, SIDE, -1), 8)
    rgb_u8 = screen_pixels(replace(photo, pixels=small))
    if rgb_u8.shape[2] == 1:
        rgb_u8 = np.repeat(rgb_u8, 3, axis=2)
    luma = (rgb_u8 @ LUMA).round().astype(np.uint8)
    taken, exposure, iso = _moment(photo.metadata.exif)
    return Glance(path, digest, height, width, luma, mean_chroma(rgb_u8), taken, exposure, iso)


def _fast(data: bytes) -> tuple[int, int, Photo] | None:
    """Height, width and a small picture, upright, of a JPEG or a raw file; None for others, and what is damaged."""
    try:
        with quiet():
            if data.startswith(b"\xff\xd8\xff"):
                return _of_jpeg(data)
            if raw.is_raw(data):
                height, width, metadata = raw.describe(data)
                small = raw.decode_preview(data, 4 * SIDE)
                return height, width, Photo(turned(small.pixels, small.orientation or 1), metadata)
    except DECODER_ERRORS:
        return None  # read in full it gets its sentence
    return None


def _slow(path: Path, data: bytes) -> tuple[int, int, Photo]:
    photo = read_photo(path, data=data)
    return photo.height, photo.width, photo


def _of_jpeg(data: bytes) -> tuple[int, int, Photo]:
    width, height = jpeg.check_whole(data)
    with Image.open(BytesIO(data), formats=("JPEG", "MPO")) as image:
        metadata = jpeg.metadata_of(image)
        embedded = thumbnail(metadata.exif) if width * height > _LARGE else None
        small = _shaped_as(embedded, width / height, metadata) if embedded else None
        if small is None:
            image.draft(None, (2 * SIDE, 2 * SIDE))  # decodes a half, a quarter or an eighth of it
            image.load()
            small = from_pillow(image, metadata)
    kept, orientation = exif.upright(metadata.exif)
    if orientation >= 5:
        height, width = width, height
    icc = small.metadata.icc
    if icc is None and exif.is_adobe_rgb(kept):
        icc = ADOBE_RGB
    return height, width, Photo(turned(small.pixels, orientation), replace(metadata, icc=icc))


def _shaped_as(embedded: bytes, shape: float, metadata: Metadata) -> Decoded | None:
    """The camera's own small picture, without the black bars that fill it up; None if it is of another shape."""
    try:
        with Image.open(BytesIO(embedded), formats=("JPEG",)) as image:
            image.load()
            decoded = from_pillow(image, metadata)
    except DECODER_ERRORS:
        return None
    pixels = _without_bars(decoded.pixels, shape)
    height, width = pixels.shape[:2]
    return replace(decoded, pixels=pixels) if abs(width / height / shape - 1) < _SAME_SHAPE and width > SIDE else None


def _without_bars(pixels: Pixels, shape: float) -> Pixels:
    """Cameras put photos of all shapes into 160 × 120 pixels."""
    height, width = pixels.shape[:2]
    bar = round((height - width / shape) / 2)
    if bar > 1 and max(pixels[: bar - 1].mean(), pixels[height - bar + 1 :].mean()) < _BLACK:
        return pixels[bar : height - bar]
    return pixels


def _moment(blob: bytes | None) -> tuple[float | None, float, int | None]:
    """When a photo was taken, how long it was exposed, and at which sensitivity."""
    top = exif.entries(blob, exif.first_ifd(blob)) if blob else {}
    if not blob or exif.EXIF_IFD not in top:
        return None, 0.0, None
    tags = exif.entries(blob, exif.integer(blob, top[exif.EXIF_IFD]))
    exposure = exif.number(blob, tags[_EXPOSURE]) if _EXPOSURE in tags else None
    iso = exif.integer(blob, tags[_ISO]) if _ISO in tags else 0
    return _time(tags), exposure or 0.0, iso or None


def _time(tags: Mapping[int, exif.Entry]) -> float | None:
    entry = tags.get(DATE_TAKEN) or tags.get(_DIGITIZED)
    if entry is None:
        return None
    try:
        second = datetime.strptime(exif.text(entry.value).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    digits = exif.text(tags[_FRACTION].value).strip("\0 ") if _FRACTION in tags else ""
    return second.timestamp() + (float(f"0.{digits}") if digits.isdecimal() else 0.0)
