"""Measures how soon the canvas follows a colour hint, in the real window.

    QT_QPA_PLATFORM=offscreen python benchmarks/hint_loop.py PHOTO [--megapixels 2,24] [--turns 20]

The photo is made grey and brought to each size. A hint is placed, and then dragged over the photo, as the mouse would;
each time it is measured until the window has painted a preview that knows of it, which is at the canvas' own size, and
until the whole photo has its colours. Prints medians and the slowest, in milliseconds.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from aestudio.gui.app import Application
from aestudio.gui.task_panel import Section
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Photo, to_depth, to_rgb
from aestudio.tasks.hints import Hint

PATIENCE_MS = 120_000


def wait_for(*signals: object) -> None:
    """Let the window work until one of the signals comes."""
    loop, timer = QEventLoop(), QTimer(singleShot=True)
    for signal in signals:
        signal.connect(loop.quit)  # type: ignore[attr-defined]
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start(PATIENCE_MS)
    if loop.exec():
        raise SystemExit("The window did not answer.")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photo", type=Path)
    parser.add_argument("--megapixels", default="2,24")
    parser.add_argument("--turns", type=int, default=20)
    args = parser.parse_args()
    app = QApplication(sys.argv[:1])
    rgb = to_rgb(read_photo(args.photo).pixels)
    print(f"{'size':>8} {'follows, median':>16} {'slowest':>8} {'whole photo, median':>20}")
    for megapixels in (float(text) for text in args.megapixels.split(",")):
        scale = (megapixels * 1e6 / (rgb.shape[0] * rgb.shape[1])) ** 0.5
        grey = cv2.resize(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), None, fx=scale, fy=scale)
        with tempfile.TemporaryDirectory() as folder:
            path = write_photo(Photo(to_depth(np.clip(grey[..., None], 0, 1), 8)), Path(folder) / "grey.png")
            follows, whole = measured(app, path, args.turns)
        print(
            f"{megapixels:5.0f} MP {1e3 * median(follows):16.0f} {1e3 * max(follows):8.0f} {1e3 * median(whole):20.0f}"
        )


def measured(app: QApplication, path: Path, turns: int) -> tuple[list[float], list[float]]:
    """Seconds until the canvas follows, and until the whole photo is done."""
    with tempfile.TemporaryDirectory() as folder:
        application = Application(app, Path(folder) / "preferences.toml")
        window, services = application.window, application.services
        studio = window.studio
        window.resize(1440, 900)
        window.show()
        QTimer.singleShot(0, lambda: application.start([]))
        wait_for(services.restorations.ready)
        QTimer.singleShot(0, lambda: studio.open_paths([path]))
        wait_for(services.opener.finished)
        section: Section = next(s for s in studio.panel.sections if s.task.id == "colorize")
        QTimer.singleShot(0, section.switch.click)
        wait_for(services.restorations.idle)
        section.fold(closed=False)
        assert studio.hinting is not None
        studio.view.place_clicked.emit(0.5, 0.5, True)
        assert studio.hinting.picker is not None
        follows, whole = [], []
        for turn in range(turns):
            started = time.perf_counter()
            if turn == 0:
                studio.hinting.picker.picked.emit(40.0, 20.0, True)
                studio.hinting.picker.close()
            else:
                place = 0.1 + 0.8 * turn / turns
                studio.view.mark_moved.emit(0, place, place, turn == turns - 1)
            wait_for(services.restorations.previewed)
            studio.view.repaint()
            follows.append(time.perf_counter() - started)
            if turn % 4 == 3:
                wait_for(services.restorations.idle)
                whole.append(time.perf_counter() - started)
        hint: Hint = studio.hinting.settings.hints[0]
        assert hint.a == 40.0
        application.shutdown()
        window.deleteLater()
    return follows, whole


if __name__ == "__main__":
    main()
