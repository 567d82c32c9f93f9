"""How odd the photos of a folder are, as a histogram with a line to drag."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from aestudio.gui.chart_style import Style
from aestudio.gui.palette import DARK, LIGHT
from aestudio.gui.train.chart import FAINT, LINE, TrainChart

_SMALLEST: Final = QSize(260, 132)
_BARS: Final = 60
_REACH: Final = 6  # pixels beside the line where it can be taken hold of
_SEEN: Final = 0.025  # of the plot's height, that a bar has at least
_FENCES: Final = 3.0  # that the scale reaches to; what lies beyond is in the last bar
_EDGE: Final = Style(DARK.accent, LIGHT.accent, "o", Qt.PenStyle.SolidLine, 2)


class OddHistogram(TrainChart):
    """Bars of how many photos have which score; those beyond the line are in the accent colour."""

    dragged = Signal(float)  # score where the line is now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("odd-photos", _SMALLEST, parent)
        self._scores = np.zeros(0, dtype=np.float32)
        self.most = 1.0  # score at the right end
        self.threshold = 1.0
        self._held = False
        self._edges = np.linspace(0, 1, _BARS + 1)
        self._counts = np.zeros(_BARS, dtype=np.int64)
        self.setAccessibleName(self.tr("Chart of how odd the photos are"))
        self.setToolTip(
            self.tr(
                "How many photos are how odd: 1 is a usual deviation from the middle of this folder. Drag the line. "
                "The last bar holds all that lies beyond, and small bars are drawn high enough to be seen."
            )
        )
        self.plot.over.setMouseTracking(True)
        self.plot.over.installEventFilter(self)
        self._ready = True
        self.draw()

    def show_scores(self, scores: Sequence[float] | np.ndarray, fence: float, threshold: float) -> None:
        """Show other photos."""
        self._scores = np.asarray(scores, dtype=np.float32)
        self.threshold = threshold
        largest = float(self._scores.max()) if len(self._scores) else 1.0
        self.most = max(1.0, min(largest * 1.02, _FENCES * fence))
        self._edges = np.linspace(0, self.most, _BARS + 1)
        self._counts = np.histogram(np.minimum(self._scores, self.most), self._edges)[0]
        self.draw()

    def set_threshold(self, threshold: float) -> None:
        """Move the line."""
        if threshold != self.threshold:
            self.threshold = threshold
            self.draw()

    def clear(self) -> None:
        """No photos."""
        self.show_scores((), 1.0, 1.0)

    def draw(self) -> None:
        """Two curves of steps, and the line."""
        palette = self.palette()
        self.plot.begin(palette, self.tr("How odd"), self.tr("Photos"))
        counts, edges = self._counts, self._edges
        high = float(max(1, counts.max(initial=0)))
        if len(self._scores):
            seen = np.where(counts > 0, np.maximum(counts, _SEEN * high), 0)
            beyond = edges[:-1] >= self.threshold
            for style, heights in ((FAINT, np.where(beyond, 0, seen)), (LINE, np.where(beyond, seen, 0))):
                self._draw_bars(edges, heights, style)
            self.plot.draw_line((self.threshold, self.threshold), (0, high * 1.05), _EDGE, palette)
        self.plot.show_range((0, self.most), (0, high * 1.05))
        self.show_hint("" if len(self._scores) else self.tr("No photos are looked at yet."))
        above = int((self._scores > self.threshold).sum())
        text = self.tr("%n photo(s) beyond {score}", "", above).format(score=f"{self.threshold:.1f}")
        self.caption.set_text(text if len(self._scores) else self.tr("How odd the photos are"))
        self.setAccessibleDescription(self.caption.whole)

    def _draw_bars(self, edges: np.ndarray, heights: np.ndarray, style: Style) -> None:
        """pyqtgraph draws a curve with steps at the edges, filled down to zero."""
        import pyqtgraph as pg

        colour = style.colour(self.palette())
        item = pg.PlotCurveItem(edges, heights, stepMode="center", fillLevel=0, brush=colour, pen=None)
        self.plot.widget.addItem(item)

    def table(self) -> str:
        """How many photos are in each bar."""
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(("from", "to", "photos"))
        for place, count in enumerate(self._counts.tolist()):
            end = "" if place == _BARS - 1 else f"{self._edges[place + 1]:.4f}"
            writer.writerow((f"{self._edges[place]:.4f}", end, count))
        return out.getvalue()

    # the mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the mouse does over the plot."""
        if isinstance(event, QMouseEvent) and len(self._scores):
            kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
            if kind == QEvent.Type.MouseButtonPress and left:
                self._held = True
                self._drag(event.position())
            elif kind == QEvent.Type.MouseMove:
                self._show_cursor(event.position())
                if self._held:
                    self._drag(event.position())
            elif kind == QEvent.Type.MouseButtonRelease and left:
                self._held = False
        return super().eventFilter(watched, event)

    def _drag(self, place: QPointF) -> None:
        area = self.plot.area
        share = (place.x() - area.left()) / max(1.0, area.width())
        self.set_threshold(min(max(share, 0.0), 1.0) * self.most)
        self.dragged.emit(self.threshold)

    def _show_cursor(self, place: QPointF) -> None:
        near = abs(self.plot.on_screen(QPointF(self.threshold, 0)).x() - place.x()) <= _REACH
        shape = Qt.CursorShape.SplitHCursor if near or self._held else Qt.CursorShape.PointingHandCursor
        self.plot.over.setCursor(shape)
