"""One cheap look at a photo: whether it is whole, how large, and what it shows at a glance."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.images import exif
from aestudio.images.exif_edit import DATE_TAKEN
from aestudio.images.io import read_contents
from aestudio.images.lab import mean_chroma
from aestudio.images.photo import LUMA
from aestudio.images.reduced import reduced

SIDE = 64  # pixels of the picture that is kept, whatever the photo's shape
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
    photo = reduced(path, data, SIDE)
    rgb_u8 = np.asarray(cv2.resize(photo.rgb_u8, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    luma = (rgb_u8 @ LUMA).round().astype(np.uint8)
    taken, exposure, iso = moment(photo.metadata.exif)
    return Glance(path, digest, photo.height, photo.width, luma, mean_chroma(rgb_u8), taken, exposure, iso)


def moment(blob: bytes | None) -> tuple[float | None, float, int | None]:
    """When a photo was taken, how long it was exposed, and at which sensitivity, as its EXIF data say."""
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
