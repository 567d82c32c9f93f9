"""Strokes of the hand over the photo, point by point."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

_COMPRESSED = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents


class StrokeInput(QObject):
    """One stroke at a time: it begins, moves, and is ended by the hand or dropped. Points are photo pixels."""

    began = Signal(float, float)
    moved = Signal(float, float)
    ended = Signal()
    dropped = Signal()  # it should leave nothing behind

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.taken = False  # whether the left button draws
        self._last: tuple[float, float] | None = None
        self._compressed = True

    @property
    def going_on(self) -> bool:
        """Whether the button is down."""
        return self._last is not None

    def begin(self, x: float, y: float) -> None:
        """The button went down."""
        # Qt would tell only the last of the moves between two frames, and a quick curve would get corners
        self._compressed = QCoreApplication.testAttribute(_COMPRESSED)
        QCoreApplication.setAttribute(_COMPRESSED, False)
        self._last = (x, y)
        self.began.emit(x, y)

    def move(self, x: float, y: float) -> None:
        """The hand is elsewhere."""
        if self.going_on and (x, y) != self._last:
            self._last = (x, y)
            self.moved.emit(x, y)

    def end(self, x: float, y: float) -> None:
        """The button went up."""
        self.move(x, y)
        if self._stop():
            self.ended.emit()

    def drop(self) -> None:
        """Something came between."""
        if self._stop():
            self.dropped.emit()

    def _stop(self) -> bool:
        going_on = self.going_on
        if going_on:
            QCoreApplication.setAttribute(_COMPRESSED, self._compressed)
        self._last = None
        return going_on
