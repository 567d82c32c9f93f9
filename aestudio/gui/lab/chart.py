"""The chart of the compression lab: which points are measured, and what is shown of them."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from aestudio.codec.rivals import RIVALS, Rival
from aestudio.gui.chart_style import OURS
from aestudio.gui.messages import MessageLine

if TYPE_CHECKING:
    from aestudio.codec.rivals import Point
    from aestudio.gui.lab.windows import ChartWindow
    from aestudio.gui.lab.work import Compressed, RivalFile, Subject

Find = Callable[[Hashable], Any]  # what was made under a key, or None

_FIRST = 3  # points of each format before the others follow
_OURS = (0, 100, 50, 25, 75, 12, 38, 62, 88)  # percent of the finest quality: the ends and the middle first
_THEIRS = (8, 95, 55, 25, 80, 40, 15, 68, 88)  # percent of their scales: what lies beyond is of no use to anyone


class Measure(NamedTuple):
    """One point that a chart needs."""

    rival: Rival | None  # None: our own
    quality: int

    @property
    def name(self) -> str:
        """Of the format."""
        return OURS if self.rival is None else self.rival.name

    def key(self, subject: "Subject") -> Hashable:
        """What is kept under it: the point, and whether it is of the whole photo."""
        return "point", subject.key, self.name, self.quality


def measures(finest: int) -> list[Measure]:
    """All points of a chart, in the order of measuring: soon there is something of each format."""
    ours = [Measure(None, round(finest * part / 100)) for part in _OURS]
    curves = [ours, *([Measure(rival, _percent(rival, part)) for part in _THEIRS] for rival in RIVALS)]
    first = [each for curve in curves for each in curve[:_FIRST]]
    return first + [each for curve in curves for each in curve[_FIRST:]]


def _percent(rival: Rival, percent: int) -> int:
    return rival.lowest + round((rival.highest - rival.lowest) * percent / 100)


@dataclass(frozen=True, eq=False)
class Exhibit:
    """What is on the canvas."""

    subject: "Subject"
    made: "Compressed"
    rival: "RivalFile | None"

    @property
    def measures(self) -> list[Measure]:
        """Its own points."""
        ours = [Measure(None, self.made.specimen.point.quality)]
        return ours if self.rival is None else [*ours, Measure(self.rival.rival, self.rival.point.quality)]


class LabChart(QObject):
    """Fills the chart while its window is open."""

    toggled = Signal()  # opened or closed
    quality_chosen = Signal(int)

    def __init__(self, parent: QWidget, messages: MessageLine) -> None:
        super().__init__(parent)
        self._parent = parent
        self._messages = messages
        self._window: ChartWindow | None = None
        self._shown: dict[str, int] = {}  # how many points of each curve
        self._ringed: dict[str, Point | None] = {}
        self._subject: Hashable = None

    @property
    def visible(self) -> bool:
        """Whether anyone looks at it."""
        return self._window is not None and self._window.isVisible()

    def open(self) -> None:
        """Show the window."""
        if self._window is None:
            from aestudio.gui.lab.windows import ChartWindow

            self._window = ChartWindow(self._parent)
            self._window.chart.quality_chosen.connect(self.quality_chosen)
            self._window.chart.saved.connect(self._on_saved)
            self._window.chart.failed.connect(self._messages.show_failure)
            self._window.closed.connect(self.toggled)
        self._window.bring()
        self.toggled.emit()

    def wanted(self, exhibit: Exhibit, finest: int, find: Find) -> Iterator[Measure]:
        """The points that are missing, first those of what is on the canvas, if the chart's are of parts of it."""
        if not self.visible:
            return
        every = measures(finest)
        first = exhibit.measures if self._is_whole(exhibit, every, find) is False else every[:1]
        for each in (*first, *every):
            if find(each.key(exhibit.subject)) is None:
                yield each

    def _is_whole(self, exhibit: Exhibit, every: list[Measure], find: Find) -> bool | None:
        """Whether the photo is measured as a whole; None while nothing is measured."""
        known = find(every[0].key(exhibit.subject))
        return None if known is None else bool(known[1])

    def clear(self) -> None:
        """Nothing is compressed."""
        self._subject = None
        self._shown, self._ringed = {}, {}
        if self._window is not None:
            self._window.chart.clear()

    def show(self, exhibit: Exhibit, finest: int, find: Find) -> None:
        """The points that are known, and which of them is on the canvas."""
        if self._window is None or not self.visible:
            return
        if self._subject != exhibit.subject.key:
            self.clear()
            self._subject = exhibit.subject.key
        every = measures(finest)
        parts = self._is_whole(exhibit, every, find) is False
        chart, path = self._window.chart, exhibit.subject.entry.path
        chart.set_finest(finest)
        chart.set_source(path)
        text = self.tr("{name}, measured on parts from all over it") if parts else "{name}"
        chart.set_caption(text.format(name=path.name))
        for name in dict.fromkeys(each.name for each in every):
            found = [find(each.key(exhibit.subject)) for each in every if each.name == name]
            points = sorted((each[0] for each in found if each is not None), key=lambda point: point.size)
            if len(points) != self._shown.get(name, 0):
                self._shown[name] = len(points)
                chart.set_points(name, points)
            current = self._current(name, exhibit, find, parts=parts)
            if current != self._ringed.get(name):
                self._ringed[name] = current
                chart.set_current(name, current)

    def _current(self, name: str, exhibit: Exhibit, find: Find, *, parts: bool) -> "Point | None":
        """Where the photo on the canvas is on a curve."""
        here = [each for each in exhibit.measures if each.name == name]
        if not here:
            return None
        if parts:
            known = find(here[0].key(exhibit.subject))
            return None if known is None else known[0]
        return exhibit.made.specimen.point if exhibit.rival is None or name == OURS else exhibit.rival.point

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._messages.show_note(self.tr("The chart was saved as {name}.").format(name=path.name))
