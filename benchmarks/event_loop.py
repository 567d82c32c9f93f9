"""How smoothly the window runs while a photo is restored: the gaps between the beats of a 1 ms timer.

    QT_QPA_PLATFORM=offscreen python benchmarks/event_loop.py [PHOTO]

Opens the real window with a photo (a noisy picture of 12 megapixels without one), waits until it is idle, switches
Denoise on, and counts only the time until the result is on the canvas.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from aestudio.gui.app import Application
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo

LIMIT_MS = 50.0  # at the 99th percentile
PATIENCE_S = 900


class Heartbeat(QObject):
    """Notes when each beat of a 1 ms timer came."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin to count."""
        self._last = time.perf_counter()
        self._timer.start(1)

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last))
        self._last = now


def noisy_photo(folder: Path, width: int = 4240, height: int = 2832) -> Path:
    """A gradient with noise of 15/255."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    grey = 90 + 80 * np.sin(x / 300) * np.cos(y / 200)
    noisy = np.clip(grey[..., None] + rng.normal(0, 15, (height, width, 3)), 0, 255).astype(np.uint8)
    return write_photo(Photo(noisy), folder / "noisy.png")


def wait_until(app: QApplication, done: list[object], what: str) -> None:
    """Run the event loop until something is in the list."""
    end = time.monotonic() + PATIENCE_S
    while not done:
        app.processEvents()
        time.sleep(0.0005)
        if time.monotonic() > end:
            raise SystemExit(f"{what} did not happen within {PATIENCE_S} s")


def main() -> None:
    """Open, restore, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("photo", type=Path, nargs="?")
    photo: Path | None = parser.parse_args().photo
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        preferences = Path(folder) / "preferences.toml"
        application = Application(app, preferences)
        studio = application.window.studio
        ready: list[object] = []
        found: list[object] = []
        ended: list[object] = []
        application.services.restorations.ready.connect(ready.append)
        application.services.opener.finished.connect(lambda: found.append(True))
        application.services.restorations.failed.connect(lambda entry, failure: ended.append(failure))
        studio.settled.connect(ended.append)
        application.window.show()
        application.start([photo or noisy_photo(Path(folder))])
        wait_until(app, ready, "loading the tools")
        wait_until(app, found, "opening the photo")

        heart = Heartbeat()
        heart.start()
        began = time.perf_counter()
        studio.panel.sections[0].switch.click()
        # a real event loop: polling would hide what the window waits for
        loop = QEventLoop()
        QTimer.singleShot(PATIENCE_S * 1000, loop.quit)
        studio.settled.connect(loop.quit)
        application.services.restorations.failed.connect(loop.quit)
        loop.exec()
        seconds = time.perf_counter() - began
        heart.stop()
        if not ended or hasattr(ended[0], "details"):
            raise SystemExit(f"not restored: {ended}")
        gaps = np.array(heart.gaps)
        half, most = np.percentile(gaps, (50, 99))
        print(f"{len(gaps)} beats in {seconds:.1f} s")
        print(f"gap: median {half:.1f} ms, 99th percentile {most:.1f} ms, largest {gaps.max():.1f} ms")
        print("fine" if most <= LIMIT_MS else f"more than {LIMIT_MS:g} ms at the 99th percentile")
        application.shutdown()


if __name__ == "__main__":
    main()
