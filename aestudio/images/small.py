"""Small copies of photos, made once each: for tools that decide at a small size, and for quick previews."""

import threading
from dataclasses import replace
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from aestudio.images.photo import Photo

SMALL_SIDE = 960  # pixels of the longer side: about what a window shows of a whole photo

_lock = threading.Lock()
_made: WeakKeyDictionary[Photo, Photo] = WeakKeyDictionary()


def small_copy(photo: Photo) -> Photo:
    """The photo with a longer side of at most SMALL_SIDE pixels; a small one comes back as it is.

    The copy is kept as long as the photo itself. Used from several threads.
    """
    scale = SMALL_SIDE / max(photo.height, photo.width)
    if scale >= 1:
        return photo
    with _lock:
        known = _made.get(photo)
    if known is None:
        width, height = (max(1, round(side * scale)) for side in (photo.width, photo.height))
        resized = cv2.resize(np.ascontiguousarray(photo.pixels), (width, height), interpolation=cv2.INTER_AREA)
        known = replace(photo, pixels=resized.reshape(height, width, -1))
        with _lock:
            _made[photo] = known
    return known
