"""Halves a photo's size again and again in a thread of its own."""

import threading

from PySide6.QtCore import QObject, Signal

from aestudio.gui.canvas.pyramid import Pyramid, build_draft, build_levels
from aestudio.images.photo import Pixels


class PyramidBuilder(QObject):
    """Builds one pyramid at a time; a new one stops the one before. Has no parent: its thread keeps it alive."""

    drafted = Signal(object, object)  # Pyramid, Source
    built = Signal(object, object)  # Pyramid, list of levels

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def build(self, pyramid: Pyramid) -> None:
        """Begin with `pyramid`; what is made arrives by signals, nothing is written into it here."""
        self.stop()
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(pyramid, pyramid.pixels, self._stop), name="canvas-levels"
        )
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to stop at its next band, without waiting for it."""
        self._stop.set()

    def wait(self) -> None:
        """Wait until the thread has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, pyramid: Pyramid, pixels: Pixels, stop: threading.Event) -> None:
        draft = build_draft(pixels)
        if not stop.is_set():
            self.drafted.emit(pyramid, draft)
        levels = build_levels(pixels, stop.is_set)
        if levels is not None and not stop.is_set():
            self.built.emit(pyramid, levels)
