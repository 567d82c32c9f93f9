"""How smoothly a mask is painted by hand: the times between frames, in the real canvas, as JSON.

    QT_QPA_PLATFORM=offscreen python benchmarks/mask_painting.py [PHOTO] [--megapixels 24,102] [--seconds 4]

The mouse moves over the canvas 250 times a second, and draws strokes of a large brush on the whole photo and at 1:1;
then the photo is moved and zoomed with the mask on it. A frame is counted when it is painted, so that an interval holds
all that happened in between: the mouse, the drawing, the painting. Also told: how long after its end a stroke is a step
that can be taken back.
"""

import argparse
import json
import math
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from aestudio.gui.canvas.image_view import CompareMode, ImageView
from aestudio.images.io import read_photo
from aestudio.images.mask import Point, draw_stroke, empty_mask
from aestudio.images.painted import NOWHERE, PaintedMask
from aestudio.images.photo import Box, Photo, Pixels, to_depth

FRAME_MS = 1000 / 60
MOVE_MS = 4  # between two moves of the mouse
STROKE_S = 1.0
LEFT, MIDDLE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton


class Canvas(ImageView):
    """Notes when each frame was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[float] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for some of the picture."""
        super().paintEvent(event)
        self.painted.append(time.perf_counter())


class Hand(QObject):
    """Draws strokes into a mask as they come: all points that wait are drawn in one go."""

    def __init__(self, view: ImageView, radius: float, height: int, width: int) -> None:
        super().__init__(view)
        self.mask = empty_mask(height, width)
        self.version = PaintedMask.of(self.mask)
        self.kept_ms: list[float] = []
        self.points = 0
        self._layer = view.mask_layer
        self._layer.set_mask(self.mask, NOWHERE)
        self._radius = radius
        self._waiting: list[Point] = []
        self._touched: list[Box] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw)
        view.set_brush(radius)
        view.take_strokes(True)
        view.stroke_began.connect(self._on_point)
        view.stroke_moved.connect(self._on_point)
        view.stroke_ended.connect(self._on_ended)

    @Slot(float, float)
    def _on_point(self, x: float, y: float) -> None:
        self._waiting.append((x, y))
        self.points += 1
        if not self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def _draw(self) -> None:
        box = draw_stroke(self.mask, self._waiting, self._radius)
        self._layer.touch(box)
        self._waiting = self._waiting[-1:]
        self._touched.append(box)

    @Slot()
    def _on_ended(self) -> None:
        started = time.perf_counter()
        self._timer.stop()
        self._draw()
        self._waiting = []
        self.version = self.version.updated(self.mask, *self._touched)
        self._touched = []
        self.kept_ms.append((time.perf_counter() - started) * 1000)


class Mouse:
    """Sends the canvas what a mouse would."""

    def __init__(self, view: ImageView) -> None:
        self._view = view
        self._held = NONE

    def press(self, button: Qt.MouseButton, at: QPointF) -> None:
        """Hold a button down."""
        self._held = button
        self._send(QEvent.Type.MouseButtonPress, at, button)

    def move(self, at: QPointF) -> None:
        """Be elsewhere."""
        self._send(QEvent.Type.MouseMove, at, NONE)

    def release(self, at: QPointF) -> None:
        """Let the button go."""
        button, self._held = self._held, NONE
        self._send(QEvent.Type.MouseButtonRelease, at, button)

    def turn(self, eighths: int, at: QPointF) -> None:
        """Turn the wheel."""
        place = self._view.mapToGlobal(at)
        none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, place, QPoint(), QPoint(0, eighths), self._held, none, phase, False)
        QApplication.sendEvent(self._view, event)

    def _send(self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
        place = self._view.mapToGlobal(at)
        event = QMouseEvent(kind, at, place, button, self._held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._view, event)


def measured(view: Canvas, seconds: float, step: Callable[[float], object]) -> dict[str, float]:
    """Let the mouse move for some seconds: the times between frames in milliseconds."""
    loop, timer = QEventLoop(), QTimer()
    started = time.perf_counter()

    def move() -> None:
        elapsed = time.perf_counter() - started
        if elapsed > seconds:
            loop.quit()
        else:
            step(elapsed)

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(move)
    timer.start(MOVE_MS)
    view.painted.clear()
    loop.exec()
    timer.stop()
    gaps = np.diff(view.painted) * 1000
    return {
        "frames": len(view.painted),
        "median_ms": round(float(np.median(gaps)), 1),
        "99th_percentile_ms": round(float(np.percentile(gaps, 99)), 1),
        "largest_ms": round(float(gaps.max()), 1),
        "within_one_60th_second": round(float((gaps <= FRAME_MS).mean()), 4),
    }


def path(view: ImageView, elapsed: float) -> QPointF:
    """A wide curve over the canvas, some 2000 pixels a second fast."""
    across, down = math.sin(elapsed * 3.7), math.sin(elapsed * 2.3 + 0.5)
    return QPointF(round(view.width() * (0.5 + 0.42 * across)), round(view.height() * (0.5 + 0.4 * down)))


def strokes(view: Canvas, mouse: Mouse, seconds: float) -> dict[str, float]:
    """Paint stroke after stroke."""
    number = -1

    def step(elapsed: float) -> None:
        nonlocal number
        at = path(view, elapsed)
        if int(elapsed / STROKE_S) == number:
            mouse.move(at)
            return
        if number >= 0:
            mouse.release(at)
        mouse.press(LEFT, at)
        number = int(elapsed / STROKE_S)

    times = measured(view, seconds, step)
    mouse.release(path(view, seconds))
    return times


def moved(view: Canvas, mouse: Mouse, seconds: float) -> dict[str, float]:
    """Pan by the middle button."""
    mouse.press(MIDDLE, path(view, 0))
    times = measured(view, seconds, lambda elapsed: mouse.move(path(view, elapsed)))
    mouse.release(path(view, seconds))
    return times


def zoomed(view: Canvas, mouse: Mouse, seconds: float, turned: int = 12) -> dict[str, float]:
    """Turn the wheel, in and out again, from the whole photo on."""
    view.fit()
    middle = QPointF(view.width() / 2, view.height() / 2)

    def step(elapsed: float) -> None:
        mouse.turn(turned if elapsed < seconds / 2 else -turned, middle)

    return measured(view, seconds, step)


def photo_of(pixels: Pixels | None, megapixels: float) -> Photo:
    """The photo at that size, or one of many colours."""
    width = round(math.sqrt(megapixels * 1e6 * 4 / 3))
    height = round(width * 3 / 4)
    if pixels is None:
        pixels = np.random.default_rng(0).integers(0, 256, (height // 16, width // 16, 3), dtype=np.uint8)
    return Photo(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR))


def run(view: Canvas, photo: Photo, radius: float, seconds: float) -> dict[str, object]:
    """All movements on one photo."""
    view.set_photo(photo)
    view.set_result(255 - photo.pixels)
    while not view.settled:
        QApplication.processEvents()
        time.sleep(0.001)
    mouse, hand = Mouse(view), Hand(view, radius, photo.height, photo.width)
    report: dict[str, object] = {"megapixels": round(photo.megapixels, 1), "brush_radius": radius}
    for mode in (CompareMode.SPLIT, CompareMode.SIDE_BY_SIDE):
        view.set_mode(mode)
        view.fit()
        report[f"{mode.value}: strokes on the whole photo"] = strokes(view, mouse, seconds)
        view.one_to_one()
        report[f"{mode.value}: strokes at 1:1"] = strokes(view, mouse, seconds)
        report[f"{mode.value}: moving at 1:1"] = moved(view, mouse, seconds)
        view.set_zoom(0.4)
        report[f"{mode.value}: moving at 40 %"] = moved(view, mouse, seconds)
        report[f"{mode.value}: zooming"] = zoomed(view, mouse, seconds)
        view.mask_layer.set_shown(False)
        report[f"{mode.value}: zooming without the mask"] = zoomed(
            view,
            mouse,
            seconds,
            turned=13,  # the same sizes would be at hand already
        )
        view.mask_layer.set_shown(True)
    report["points"] = hand.points
    report["stroke_kept_median_ms"] = round(statistics.median(hand.kept_ms), 1)
    report["stroke_kept_largest_ms"] = round(max(hand.kept_ms), 1)
    report["painted_share"] = round(hand.version.share, 3)
    report["mask_bytes"] = hand.version.nbytes
    if not np.array_equal(hand.version.pixels(), hand.mask):
        raise SystemExit("The mask that was kept is not the one that was painted.")
    view.mask_layer.set_mask(None)
    hand.deleteLater()
    return report


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photo", type=Path, nargs="?")
    parser.add_argument("--megapixels", default="24,102")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each movement")
    parser.add_argument("--radius", type=float, default=250.0, help="of the brush, in pixels of the photo")
    parser.add_argument("--size", default="1440x900", help="of the canvas")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    pixels = to_depth(read_photo(arguments.photo).pixels, 8)[..., :3] if arguments.photo else None
    reports = []
    for megapixels in (float(text) for text in arguments.megapixels.split(",")):
        view = Canvas()
        view.resize(*(int(length) for length in arguments.size.split("x")))
        view.show()
        app.processEvents()
        reports.append(run(view, photo_of(pixels, megapixels), arguments.radius, arguments.seconds))
        view.shut_down()
        view.hide()
        view.deleteLater()
    load = round(os.getloadavg()[0], 2)
    print(json.dumps({"platform": app.platformName(), "load": load, "photos": reports}, indent=2))


if __name__ == "__main__":
    main()
