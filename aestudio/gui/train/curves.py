"""How a training goes: the loss, and the scores on photos that are not learnt from, over time."""

import csv
import math
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Final

from PySide6.QtCore import QPointF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from aestudio.gui.train.chart import FAINT, LINE, PARTS, TrainChart
from aestudio.gui.train.series import Series, smoothed
from aestudio.gui.train.words import part_word
from aestudio.training.curve import COUNT, Row, add_row
from aestudio.training.events import Trained, Validated

DRAWN_MS: Final = 400  # a curve need not move faster, and the window stays quick
_SMALLEST: Final = QSize(260, 170)
_SPARE: Final = 0.06  # of the range, above and below
_BEGIN: Final = 0.1  # share of a loss curve whose height does not count: it starts far above all others
_DECIBELS: Final = ("psnr", "gain", "clear")  # names of scores begin with it
_HOUR: Final = 3600.0
_COLUMNS: Final = ("seconds", "step", "loss")


class _Curve(TrainChart):
    """Something over the time of training."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _SMALLEST, parent)
        self._seconds = 0.0
        self._stale = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.draw)

    def _changed(self) -> None:
        """Draw soon; while nobody sees it, not at all."""
        self._stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start(DRAWN_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells that it can be seen."""
        super().showEvent(event)
        if self._stale:
            self._soon.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt tells that it cannot be seen any more."""
        super().hideEvent(event)
        self._soon.stop()

    @property
    def _unit(self) -> float:
        """Seconds of a step of the axis: minutes, and hours for long trainings."""
        return _HOUR if self._seconds > 3 * _HOUR else 60.0

    def _begin(self, up: str) -> None:
        self._stale = False
        across = self.tr("Hours of training") if self._unit == _HOUR else self.tr("Minutes of training")
        self.plot.begin(self.palette(), across, up)

    def _show_range(self, values: Sequence[float]) -> None:
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        spare = _SPARE * (high - low) or max(abs(high) * _SPARE, 1e-3)
        end = max(self._seconds / self._unit, 1 / 6)
        self.plot.show_range((0.0, end * 1.02), (low - spare, high + spare))


class LossCurve(_Curve):
    """How far off the network is while it learns: less is better."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("loss", parent)
        self._rows: list[Row] = []  # of _COLUMNS, and the loss's parts
        self.setAccessibleName(self.tr("Chart of the loss"))
        self.setToolTip(self.tr("How far off it is on the photos that it learns from. Less is better."))
        self._ready = True
        self.draw()

    def clear(self) -> None:
        """Another training."""
        self._seconds = 0.0
        self._rows.clear()
        self._changed()

    def add(self, trained: Trained) -> None:
        """A further step."""
        values = {**trained.parts, "seconds": trained.seconds, "step": trained.step, "loss": trained.loss}
        if math.isfinite(trained.seconds) and math.isfinite(trained.loss):
            self._seconds = max(self._seconds, trained.seconds)
            add_row(self._rows, {name: value for name, value in values.items() if math.isfinite(value)})
        self._changed()

    def recall(self, rows: Sequence[Mapping[str, float]]) -> None:
        """What was there before the training was stopped, in place of what is there."""
        self._rows = [dict(row) for row in rows if {*_COLUMNS, COUNT} <= row.keys()]
        self._seconds = max((row["seconds"] for row in self._rows), default=0.0)
        self._changed()

    @property
    def parts(self) -> list[str]:
        """What the loss consists of, as it calls it; empty where it is one thing."""
        names = dict.fromkeys(name for row in self._rows for name in row)
        return [name for name in names if name not in (*_COLUMNS, COUNT)]

    def draw(self) -> None:
        """The mean loss of stretches of steps, and a smooth line through them; and one through each of its parts."""
        self._begin(self.tr("Loss"))
        ys = [row["loss"] for row in self._rows]
        smooth = smoothed(ys)
        places = [row["seconds"] / self._unit for row in self._rows]
        palette, drawn = self.palette(), ys[int(len(ys) * _BEGIN) :]
        lines = [(self.tr("All of it"), LINE)]
        if len(ys) > 1:
            self.plot.draw_line(places, ys, FAINT, palette)
            for name, style in zip(self.parts, PARTS, strict=False):
                there = [(place, row[name]) for place, row in zip(places, self._rows, strict=True) if name in row]
                values = smoothed([value for _, value in there])
                self.plot.draw_line([place for place, _ in there], values, style, palette)
                drawn += values[int(len(values) * _BEGIN) :]
                lines.append((part_word(name), style))
            self.plot.draw_line(places, smooth, LINE, palette)
        self.legend.show_lines(lines if len(lines) > 1 else ())
        self._show_range(drawn)
        self.show_hint("" if len(ys) > 1 else self.tr("No steps yet."))
        now = self.tr("Loss {value}").format(value=f"{smooth[-1]:.4g}") if smooth else self.tr("Loss")
        self.caption.set_text(now)
        self.setAccessibleDescription(now)

    def table(self) -> str:
        """Mean losses of stretches of steps, and of their parts."""
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow((*_COLUMNS, "smoothed loss", *self.parts))
        for row, smooth in zip(self._rows, smoothed([row["loss"] for row in self._rows]), strict=True):
            parts = (f"{row[name]:.6g}" if name in row else "" for name in self.parts)
            writer.writerow(
                (f"{row['seconds']:.1f}", round(row["step"]), f"{row['loss']:.6g}", f"{smooth:.6g}", *parts)
            )
        return out.getvalue()


class ScoreCurve(_Curve):
    """How well it does on photos that it does not learn from: more is better."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("scores", parent)
        self._rows: list[tuple[float, int, Mapping[str, float]]] = []
        self._series = Series()
        self._first = ""
        self.setAccessibleName(self.tr("Chart of the scores"))
        self.setToolTip(self.tr("How well it does on the photos that were kept aside. More is better."))
        self._ready = True
        self.draw()

    def clear(self) -> None:
        """Another training."""
        self._seconds = 0.0
        self._rows.clear()
        self._series.clear()
        self._changed()

    def recall(self, history: Sequence[Mapping[str, float]]) -> None:
        """What was there before the training was stopped, in place of what is there."""
        self.clear()
        for row in history:
            scores = {name: value for name, value in row.items() if name not in _COLUMNS}
            if "seconds" in row and "step" in row:
                self.add(Validated(round(row["step"]), row["seconds"], scores))

    def reach(self, seconds: float) -> None:
        """As far as the loss goes, so that both charts have the same axis."""
        self._seconds = max(self._seconds, seconds)

    def add(self, validated: Validated) -> None:
        """A further validation."""
        if not validated.scores:
            return
        self._first = next(iter(validated.scores))
        self._seconds = max(self._seconds, validated.seconds)
        self._rows.append((validated.seconds, validated.step, validated.scores))
        self._series.add(validated.seconds, validated.scores[self._first])
        self._changed()

    def draw(self) -> None:
        """The score that decides."""
        unit = self.tr("Score (dB)") if self._first.startswith(_DECIBELS) else self.tr("Score")
        self._begin(unit)
        xs, ys = self._series.xs, self._series.ys
        places = [QPointF(x / self._unit, y) for x, y in zip(xs, ys, strict=True)]
        if places:
            self.plot.draw_line([place.x() for place in places], ys, LINE, self.palette())
            self.plot.draw_dots(places if len(places) < 80 else places[-1:], LINE, self.palette())
        self._show_range(ys)
        self.show_hint("" if places else self.tr("Not judged yet."))
        text = self.tr("On photos kept aside")
        if ys:
            gain = ys[-1] - ys[0]
            text += ": " + self.tr("{value} ({gain} since the start)").format(
                value=f"{ys[-1]:.4g}", gain=f"{gain:+.3g}".replace("-", "−")
            )
        self.caption.set_text(text)
        self.setAccessibleDescription(text)

    def table(self) -> str:
        """All scores of all validations."""
        names = list(dict.fromkeys(name for _, _, scores in self._rows for name in scores))
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(("seconds", "step", *names))
        for seconds, step, scores in self._rows:
            writer.writerow(
                (f"{seconds:.1f}", step, *(f"{scores[name]:.5g}" if name in scores else "" for name in names))
            )
        return out.getvalue()
