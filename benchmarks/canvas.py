"""How smoothly the canvas zooms, pans and opens at 102 megapixels: `python benchmarks/canvas.py [--depth 16]`."""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtWidgets import QApplication

from aestudio.gui.canvas.image_view import CompareMode, ImageView
from aestudio.images.photo import Box, Photo, Pixels

WIDTH, HEIGHT = 11_648, 8_736
FRAMES = 60


def make_pixels(depth: int) -> Pixels:
    """A photo of 102 megapixels with something in every place, without keeping a core busy for long."""
    random = np.random.default_rng(0)
    patch = random.integers(0, 256, (HEIGHT // 8, WIDTH // 8, 3), dtype=np.uint8)
    pixels: NDArray[np.uint8] = np.repeat(np.repeat(patch, 8, axis=0), 8, axis=1)
    return pixels if depth == 8 else pixels.astype(np.uint16) * 257


class Stalls(QObject):
    """Measures how long the event loop did not come round, by a timer that should fire each millisecond."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(1)

    def begin(self) -> None:
        """Measure from here."""
        self.longest = 0.0
        self._last = time.perf_counter()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


def frames(name: str, view: ImageView, step: Callable[[int], object]) -> None:
    """Print how long it takes from each step to its picture, by the clock and by the processor."""
    times = []
    work = time.thread_time()
    for number in range(FRAMES):
        started = time.perf_counter()
        step(number)
        view.repaint()
        times.append((time.perf_counter() - started) * 1000)
        QApplication.processEvents()
    work = (time.thread_time() - work) * 1000 / FRAMES
    late = sorted(times)[int(len(times) * 0.95)]
    median = statistics.median(times)
    print(f"{name:34} median {median:6.1f}   95 % {late:6.1f}   worst {max(times):6.1f}   processor {work:6.1f} ms")


def wait_until_settled(view: ImageView) -> None:
    """Let the event loop run until all sizes are made."""
    while not view.settled:
        QApplication.processEvents()
        time.sleep(0.0005)


def boxes(side: int) -> Iterator[Box]:
    """The photo in squares."""
    for top in range(0, HEIGHT, side):
        for left in range(0, WIDTH, side):
            yield Box(top, min(top + side, HEIGHT), left, min(left + side, WIDTH))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--depth", type=int, choices=(8, 16), default=16)
    parser.add_argument("--size", default="1400x900", help="of the view")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    photo = Photo(make_pixels(arguments.depth))
    result = np.iinfo(photo.pixels.dtype).max - photo.pixels
    view = ImageView()
    view.resize(*(int(length) for length in arguments.size.split("x")))
    view.show()
    stalls = Stalls()
    middle = QPointF(view.width() / 2, view.height() / 2)

    stalls.begin()
    started = time.perf_counter()
    view.set_photo(photo)
    wait_until_settled(view)
    print(
        f"opening: longest stall {stalls.longest:.0f} ms, sharp after {(time.perf_counter() - started) * 1000:.0f} ms"
    )

    stalls.begin()
    started = time.perf_counter()
    for box in boxes(1024):
        view.update_tile(box, result[box.slices])
        app.processEvents()
    print(f"108 tiles of 1024: longest stall {stalls.longest:.0f} ms, all in {time.perf_counter() - started:.1f} s")

    stalls.begin()
    started = time.perf_counter()
    view.set_result(result)
    wait_until_settled(view)
    print(f"result: longest stall {stalls.longest:.0f} ms, sharp after {(time.perf_counter() - started) * 1000:.0f} ms")

    for mode in (CompareMode.SPLIT, CompareMode.SIDE_BY_SIDE):
        view.set_mode(mode)
        view.set_strength(1.0)
        view.fit()
        frames(f"{mode.value}: zoom from fit to 1:1", view, lambda n: view.zoom_on(0.1 * 10 ** (n / FRAMES), middle))
        frames(f"{mode.value}: zoom from 1:1 to 32:1", view, lambda n: view.zoom_on(32 ** (n / FRAMES), middle))
        for zoom in (0.3, 0.55, 1.0, 4.0):
            view.set_zoom(zoom)
            frames(f"{mode.value}: pan at {zoom:.0%}", view, lambda n: view.pan(-23, -11))
        view.fit()
        frames(f"{mode.value}: strength", view, lambda n: view.set_strength(n / FRAMES))
        if mode == CompareMode.SPLIT:
            frames("split: drag the line", view, lambda n: view.set_split(n / FRAMES))
            view.set_strength(0.5)
            frames("split: drag the line, strength 0.5", view, lambda n: view.set_split(n / FRAMES))
    view.shut_down()
    app.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    main()
