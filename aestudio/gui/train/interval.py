"""The gain on each photo, and where its mean lies for sure, as a small chart."""

import csv
from io import StringIO
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtWidgets import QWidget

from aestudio.gui.chart_style import Style
from aestudio.gui.palette import DARK, LIGHT
from aestudio.gui.train.chart import FAINT, LINE, TrainChart
from aestudio.training.judging.verdict import SCALES, Comparison

_SMALLEST: Final = QSize(260, 132)
_BAR: Final = Style(DARK.accent, LIGHT.accent, "o", Qt.PenStyle.SolidLine, 4)
_ROWS: Final = 5  # heights on which the dots lie, so that they do not hide each other
_BAR_AT: Final = -1.4  # below the dots


def shown(score: str, value: float) -> float:
    """A score, or a difference of two, as it is shown: some are told in hundredths."""
    return 100 * value if score in SCALES else value


def unit(score: str) -> str:
    """What it is counted in."""
    return {"f1": "/ 100", "nearness": "%"}.get(score, "dB")


def signed(score: str, value: float) -> str:
    """A difference, with its sign."""
    text = f"{shown(score, value):+.2f}"
    return text.replace("-", "−")


class IntervalChart(TrainChart):
    """A dot for each photo, and a bar below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("gain", _SMALLEST, parent)
        self._score = ""
        self._photos: Comparison | None = None
        self.setAccessibleName(self.tr("Chart of the gain"))
        self.setToolTip(
            self.tr("Each dot is a photo that was kept aside. The mean gain is within the bar in 95 cases of 100.")
        )
        self.plot.hide_left()
        self._ready = True
        self.draw()

    def show_photos(self, score: str, photos: Comparison) -> None:
        """Show another verdict."""
        self._score, self._photos = score, photos
        self.draw()

    def draw(self) -> None:
        """Dots, bar, and a line where there is no gain."""
        palette, photos = self.palette(), self._photos
        self.plot.begin(palette, self.tr("Gain ({unit})").format(unit=unit(self._score)), "")
        if photos is None or not photos.gains:
            self.caption.set_text(self.tr("Gain on each photo"))
            self.show_hint(self.tr("There is no other model to compare with."))
            self.plot.show_range((-1, 1), (_BAR_AT - 1, _ROWS))
            return
        gains = [shown(self._score, gain) for gain in photos.gains]
        low, mean, high = (shown(self._score, value) for value in (photos.low, photos.gain, photos.high))
        self.plot.draw_upright(0.0, palette)
        self.plot.draw_dots([QPointF(gain, n % _ROWS) for n, gain in enumerate(gains)], FAINT, palette)
        self.plot.draw_line((low, high), (_BAR_AT, _BAR_AT), _BAR, palette)
        self.plot.draw_ring(QPointF(mean, _BAR_AT), LINE, palette)
        ends = [*gains, low, high, 0.0]
        spare = 0.08 * (max(ends) - min(ends)) or 1.0
        self.plot.show_range((min(ends) - spare, max(ends) + spare), (_BAR_AT - 1.4, _ROWS - 0.2))
        text = self.tr("Mean gain {mean}, for sure between {low} and {high} {unit}").format(
            mean=signed(self._score, photos.gain),
            low=signed(self._score, photos.low),
            high=signed(self._score, photos.high),
            unit=unit(self._score),
        )
        self.caption.set_text(text)
        self.setAccessibleDescription(text)
        self.show_hint("")

    def table(self) -> str:
        """The scores of all photos, and the interval."""
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(("photo", "before", "now", "gain"))
        photos = self._photos
        if photos is not None:
            for name, old, new, gain in zip(photos.names, photos.old, photos.new, photos.gains, strict=False):
                writer.writerow((name, *(f"{value:.4f}" for value in (old, new, gain))))
            for title, value in (("mean", photos.gain), ("low", photos.low), ("high", photos.high)):
                writer.writerow((title, "", "", f"{value:.4f}"))
        return out.getvalue()
