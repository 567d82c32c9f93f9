"""A photo at a fraction of its size, in a fraction of the time: for looking at it, not for its pixels."""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.images import exif, jpeg, raw
from aestudio.images.colour import adobe_rgb_profile
from aestudio.images.decoding import DECODER_ERRORS, Decoded, finite, from_pillow, quiet, turned
from aestudio.images.exif_edit import thumbnail
from aestudio.images.io import read_photo
from aestudio.images.photo import Metadata, Photo, Pixels, screen_pixels, to_depth

_LARGE = 2_000_000  # pixels: from here on the picture in the EXIF data is taken, for decoding takes too long
_BLACK = 8  # 8-bit levels: the brightest bars beside a picture
_SAME_SHAPE = 0.02  # how far its shape may be from the photo's
_LONGEST = 4  # times its shorter side: a raw file's picture is large enough up to this shape


@dataclass(frozen=True, eq=False)
class Reduced:
    """The whole photo, small and upright, and what its file says about it."""

    height: int  # of the photo itself, upright, as `width`
    width: int
    rgb_u8: NDArray[np.uint8]  # (h, w, 3) in sRGB
    metadata: Metadata


def reduced(path: Path, data: bytes, side: int, *, embedded: bool = True) -> Reduced:
    """The photo in a file whose contents are `data`; no side is shorter than `side`, unless the photo's own is.

    It is decoded at a half, a quarter or an eighth of its size where its format can. `embedded` also allows the small
    picture in the EXIF data of a large JPEG, if it is large enough: some programs leave the one from before an edit.
    Raises ImageError as `read_photo` does. What is damaged inside the coded data of a JPEG may not show.
    """
    height, width, photo = _fast(data, side, embedded=embedded) or _slow(path, data)
    small = replace(photo, pixels=to_depth(_shrunk(finite(photo.pixels), 2 * side), 8))
    rgb_u8 = screen_pixels(small)
    if rgb_u8.shape[2] == 1:
        rgb_u8 = np.repeat(rgb_u8, 3, axis=2)
    return Reduced(height, width, np.ascontiguousarray(rgb_u8), photo.metadata)


def _fast(data: bytes, side: int, *, embedded: bool) -> tuple[int, int, Photo] | None:
    """Height, width and a small picture, upright, of a JPEG or a raw file; None for others, and what is damaged."""
    try:
        with quiet():
            if data.startswith(b"\xff\xd8\xff"):
                return _of_jpeg(data, side, embedded=embedded)
            if raw.is_raw(data):
                return _of_raw(data, side)
    except DECODER_ERRORS:
        return None  # read in full it gets its sentence
    return None


def _slow(path: Path, data: bytes) -> tuple[int, int, Photo]:
    photo = read_photo(path, data=data)
    return photo.height, photo.width, photo


def _of_raw(data: bytes, side: int) -> tuple[int, int, Photo] | None:
    """None where the camera's own picture is too small."""
    height, width, metadata = raw.describe(data)
    small = raw.decode_preview(data, _LONGEST * side)
    if min(small.pixels.shape[:2]) < min(side, height, width):
        return None
    return height, width, Photo(turned(small.pixels, small.orientation or 1), metadata)


def _of_jpeg(data: bytes, side: int, *, embedded: bool) -> tuple[int, int, Photo]:
    width, height = jpeg.check_whole(data)
    with Image.open(BytesIO(data), formats=("JPEG", "MPO")) as image:
        metadata = jpeg.metadata_of(image)
        picture = thumbnail(metadata.exif) if embedded and width * height > _LARGE else None
        small = _shaped_as(picture, width / height, metadata, side) if picture else None
        if small is None:
            image.draft(None, (2 * side, 2 * side))  # decodes a half, a quarter or an eighth of it
            image.load()
            small = from_pillow(image, metadata)
    kept, orientation = exif.upright(metadata.exif)
    if orientation >= 5:
        height, width = width, height
    icc = small.metadata.icc
    if icc is None and exif.is_adobe_rgb(kept):
        icc = adobe_rgb_profile()
    return height, width, Photo(turned(small.pixels, orientation), replace(metadata, icc=icc))


def _shaped_as(picture: bytes, shape: float, metadata: Metadata, side: int) -> Decoded | None:
    """The camera's own small picture without the bars that fill it up; None if it is too small or of another shape."""
    try:
        with Image.open(BytesIO(picture), formats=("JPEG",)) as image:
            image.load()
            decoded = from_pillow(image, metadata)
    except DECODER_ERRORS:
        return None
    pixels = _without_bars(decoded.pixels, shape)
    height, width = pixels.shape[:2]
    fits = abs(width / height / shape - 1) < _SAME_SHAPE and min(width, height) >= side
    return replace(decoded, pixels=pixels) if fits else None


def _without_bars(pixels: Pixels, shape: float) -> Pixels:
    """Cameras put photos of all shapes into 160 × 120 pixels."""
    height, width = pixels.shape[:2]
    bar = round((height - width / shape) / 2)
    if bar > 1 and max(pixels[: bar - 1].mean(), pixels[height - bar + 1 :].mean()) < _BLACK:
        return pixels[bar : height - bar]
    return pixels


def _shrunk(pixels: Pixels, shorter: int) -> Pixels:
    """The pixels with a shorter side of about that many, or as they are: a profile takes its time for each of them."""
    height, width = pixels.shape[:2]
    scale = shorter / min(height, width)
    if scale > 0.5:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    return small.reshape(size[1], size[0], pixels.shape[2])
