"""Makes thumbnails beside everything else, those asked for last first."""

import os
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from aestudio.errors import AEStudioError, Sentence
from aestudio.images.io import read_preview
from aestudio.images.photo import Photo, Pixels, screen_pixels

THUMBNAIL_PIXELS = 192  # longest side: sharp at 200 % in the filmstrip
WAITING = 96  # more than fits on a screen: what was scrolled past is not made
KEPT = 800
WORKERS = max(1, min(2, (os.cpu_count() or 2) - 1))  # one core stays free for the window


class Thumbnails(QObject):
    """Pixmaps by path. A path that was asked for is announced once, when its pixmap is there."""

    made = Signal(object)  # Path
    failed = Signal(object, object)  # Path, Sentence
    _read = Signal(object, object)  # Path, Pixels (from a worker)

    def __init__(self, parent: QObject | None = None, side: int = THUMBNAIL_PIXELS) -> None:
        super().__init__(parent)
        self._side = side
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="thumbnail")
        self._lock = threading.Lock()
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._making: set[Path] = set()
        self._pixmaps: OrderedDict[Path, QPixmap] = OrderedDict()
        self._failed: set[Path] = set()
        self._held = False
        self._closed = False
        self._read.connect(self._on_read)
        self.failed.connect(self._on_failed)  # first: whoever hears of it may ask again

    def get(self, path: Path) -> QPixmap | None:
        """The thumbnail, or None: then it is made, and `made` tells when it is there."""
        if path in self._pixmaps:
            self._pixmaps.move_to_end(path)
            return self._pixmaps[path]
        if path in self._failed or self._held or self._closed:
            return None
        with self._lock:
            if path in self._making:  # a filmstrip that moves asks again at every step
                return None
            known = path in self._waiting
            self._waiting[path] = None
            self._waiting.move_to_end(path)
            while len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
        if not known:
            self._pool.submit(self._make_next)
        return None

    def hold(self) -> None:
        """Begin none, and hear no wishes, until `release`."""
        self._held = True

    def release(self) -> None:
        """Go on. What could not be asked for in between must be asked for now."""
        if self._held and not self._closed:
            self._held = False
            with self._lock:
                waiting = len(self._waiting)
            for _ in range(waiting):
                self._pool.submit(self._make_next)

    def put(self, path: Path, photo: Photo) -> None:
        """A thumbnail of a photo that is in no file, or in none that a thumbnail is made of."""
        step = max(1, max(photo.height, photo.width) // self._side)
        self._on_read(path, screen_pixels(replace(photo, pixels=photo.pixels[::step, ::step])))

    def shutdown(self) -> None:
        """Stop, and wait until the threads are gone."""
        self._closed = True
        with self._lock:
            self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _make_next(self) -> None:
        """In a worker."""
        with self._lock:
            if self._held or not self._waiting:
                return
            path, _ = self._waiting.popitem(last=True)
            self._making.add(path)
        try:
            pixels = screen_pixels(read_preview(path, self._side))
        except AEStudioError as exc:
            self.failed.emit(path, exc.sentence)
        else:
            self._read.emit(path, pixels)

    @Slot(object, object)
    def _on_failed(self, path: Path, sentence: Sentence) -> None:
        del sentence
        self._failed.add(path)
        self._forget_making(path)

    @Slot(object, object)
    def _on_read(self, path: Path, pixels: Pixels) -> None:
        self._pixmaps[path] = QPixmap.fromImage(to_image(pixels))
        while len(self._pixmaps) > KEPT:
            self._pixmaps.popitem(last=False)
        self._forget_making(path)
        self.made.emit(path)

    def _forget_making(self, path: Path) -> None:
        with self._lock:
            self._making.discard(path)


def to_image(pixels: Pixels) -> QImage:
    """A QImage of its own memory from (H, W, C) pixels of 8 bits."""
    rgb = np.ascontiguousarray(np.repeat(pixels[..., :1], 3, axis=2) if pixels.shape[2] < 3 else pixels[..., :3])
    height, width, _ = rgb.shape
    return QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
