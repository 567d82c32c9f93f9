"""Thumbnails while a list moves: made where it rests or goes slowly, not of photos that fly past."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView

from aestudio.gui.thumbnails import Thumbnails

PACE_MS = 100  # half of what is in view gone by in this time: too fast to look at a photo


class ScrollPace(QObject):
    """Holds the thumbnails of a view that scrolls by pixels, as long as it flies.

    Those of photos that fly past would come too late, keep the window busy, and hold up those of the photos where the
    flight ends.
    """

    def __init__(self, view: QAbstractItemView, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._view = view
        self._thumbnails = thumbnails
        self._from = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self._on_pace_over)

    def moved(self, by: int) -> None:
        """What is seen moved by so many pixels."""
        if not self._timer.isActive():
            self._from = self._place + by
            self._timer.start()
        if self._is_flying:
            self._thumbnails.hold()

    @property
    def _place(self) -> int:
        return self._view.verticalScrollBar().value()

    @property
    def _is_flying(self) -> bool:
        return abs(self._place - self._from) > self._view.viewport().height() // 2

    @Slot()
    def _on_pace_over(self) -> None:
        if self._is_flying:
            self._from = self._place
            self._timer.start()
        else:
            self._thumbnails.release()
            self._view.viewport().update()  # asks for what is in view
