"""One line of text that is shortened where there is no room for it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Elided(QLabel):
    """Dots stand for what has no room; then a tooltip says the rest."""

    def __init__(
        self, parent: QWidget | None = None, *, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, tip: str = ""
    ) -> None:
        """`tip` is what else the tooltip says."""
        super().__init__(parent)
        self._mode = mode
        self._tip = tip
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called anything
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """What it says."""
        return self._whole

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, self.width())
        self.setText(shown)
        self.setToolTip("\n".join(filter(None, (self._whole if shown != self._whole else "", self._tip))))
