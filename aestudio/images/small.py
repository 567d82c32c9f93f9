"""What is computed once for each photo and kept as long as the photo itself: small copies, for a start."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from aestudio.images.photo import Photo

SMALL_SIDE = 832  # pixels of the longer side: nearly what a window shows of a whole photo, in time for a dragged hint

T = TypeVar("T")


def once_per_photo(make: Callable[[Photo], T]) -> Callable[[Photo], T]:
    """A function whose results are kept with the photos. Used from several threads; a result may be made twice."""
    lock = threading.Lock()
    made: WeakKeyDictionary[Photo, T] = WeakKeyDictionary()

    @wraps(make)
    def known_or_made(photo: Photo) -> T:
        with lock:
            if photo in made:
                return made[photo]
        result = make(photo)
        if result is not photo:  # which would be kept for ever
            with lock:
                made[photo] = result
        return result

    return known_or_made


@once_per_photo
def small_copy(photo: Photo) -> Photo:
    """The photo with a longer side of at most SMALL_SIDE pixels; a small one comes back as it is."""
    return resized_to(photo, SMALL_SIDE)


def resized_to(photo: Photo, longest: int) -> Photo:
    """The photo with a longer side of at most that many pixels; a small one comes back as it is."""
    scale = longest / max(photo.height, photo.width)
    if scale >= 1:
        return photo
    width, height = (max(1, round(side * scale)) for side in (photo.width, photo.height))
    resized = cv2.resize(np.ascontiguousarray(photo.pixels), (width, height), interpolation=cv2.INTER_AREA)
    return replace(photo, pixels=resized.reshape(height, width, -1))
