"""What the charts of a training have in common: a plot, what it shows, and files of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QImage, QPalette, QPen
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QVBoxLayout, QWidget

from aestudio.errors import AEStudioError
from aestudio.gui.chart_style import Plot, Style, even_ticks, png_of
from aestudio.gui.elided import Elided
from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import DARK, GAP, LIGHT
from aestudio.gui.train.legend import LineLegend
from aestudio.images.atomic import atomic_write

LINE: Final = Style(DARK.accent, LIGHT.accent, "o", Qt.PenStyle.SolidLine, 2)
FAINT: Final = Style("#7a8ea0", "#5f7a94", "o", Qt.PenStyle.SolidLine, 1)
MARK: Final = Style("#f2d94e", "#8f7a00", "d", Qt.PenStyle.DashLine, 1.5)
PARTS: Final = (  # of a loss, beside LINE: as those of the rate chart, which all can tell apart
    MARK,
    Style("#a5e3c0", "#00483a", "t1", Qt.PenStyle.DashDotLine, 1.5),
    Style("#ee5597", "#c2428a", "t", Qt.PenStyle.DotLine, 1.5),
)
_AXIS_WIDTH = 62  # pixels, for numbers of five figures
_EXPORT_SCALE = 2
_TICK_PIXELS = (56, 24)  # that a tick needs, across and up


class RangePlot(Plot):
    """A plot of plain numbers, whose ranges are told to it."""

    def __init__(self) -> None:
        super().__init__()
        for axis in self._axes.values():
            axis.enableAutoSIPrefix(False)  # it would write thousandths behind a title, and not at the ticks
        self._axes["left"].setWidth(_AXIS_WIDTH)

    def show_range(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        """Show these, with ticks as there is room for."""
        self.widget.setRange(xRange=across, yRange=up, padding=0)
        self.tick()

    def tick(self) -> None:
        """Ticks at plain numbers on both sides."""
        (left, right), (low, high) = self._view.viewRange()
        wide, tall = (
            max(2, int(length // pixels))
            for length, pixels in zip((self.area.width(), self.area.height()), _TICK_PIXELS, strict=True)
        )
        self._axes["bottom"].setTicks([even_ticks(left, right, wide)])
        self._axes["left"].setTicks([even_ticks(low, high, tall)])

    def draw_line(self, xs: Sequence[float], ys: Sequence[float], style: Style, palette: QPalette) -> None:
        """A line without symbols."""
        self.widget.addItem(self._pg.PlotCurveItem(list(xs), list(ys), pen=style.pen(palette), antialias=True))

    def draw_dots(self, places: Sequence[QPointF], style: Style, palette: QPalette, size: float = 7) -> None:
        """Symbols without a line."""
        self._draw_symbols(places, style.symbol, size, brush=style.colour(palette), pen=None)

    def draw_upright(self, x: float, palette: QPalette) -> None:
        """A quiet line at a place, from the bottom to the top."""
        pen = QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self.widget.addItem(self._pg.InfiniteLine(x, angle=90, pen=pen))

    def hide_left(self) -> None:
        """What is up and down has no meaning."""
        self.widget.hideAxis("left")


class TrainChart(QWidget):
    """A caption and a plot; a right click saves it. Subclasses say what is drawn."""

    saved = Signal(object)  # Path of a PNG or CSV file
    failed = Signal(object)  # Failure to write one
    _ready = False  # for drawing: Qt tells of palettes while the chart is being made

    def __init__(self, name: str, smallest: QSize, parent: QWidget | None = None) -> None:
        """`name` is of its files."""
        super().__init__(parent)
        self._name = name
        self.folder = Path()  # where files are proposed to be saved
        self.plot = RangePlot()
        self.caption = Elided()
        self.legend = LineLegend()
        self.hint = QLabel(self.plot.over)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.menu = QMenu(self)
        self.save_png = self.menu.addAction(icon("image-outline"), self.tr("Save as PNG…"))
        self.save_csv = self.menu.addAction(icon("table"), self.tr("Save as CSV…"))
        self.save_png.triggered.connect(self._on_save_png)
        self.save_csv.triggered.connect(self._on_save_csv)
        self.setMinimumSize(smallest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.caption)
        layout.addWidget(self.legend)
        layout.addWidget(self.plot.widget, 1)
        self.plot.resized.connect(self._on_resized)

    # for subclasses

    def draw(self) -> None:
        """Draw everything anew."""
        raise NotImplementedError

    def table(self) -> str:
        """What is drawn as comma-separated values, with a line of titles."""
        raise NotImplementedError

    def show_hint(self, text: str) -> None:
        """What a chart without curves says; empty for none."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        for action in (self.save_png, self.save_csv):
            action.setEnabled(not text)

    # what Qt tells

    def changeEvent(self, event: QEvent) -> None:
        """The palette or the font changed, among other things."""
        super().changeEvent(event)
        if self._ready and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.draw()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click, or the menu key."""
        self.menu.popup(event.globalPos())

    @Slot()
    def _on_resized(self) -> None:
        self.plot.tick()
        area: QRectF = self.plot.area
        self.hint.setGeometry(area.toRect())

    # files

    @Slot()
    def _on_save_png(self) -> None:
        title, kind = self.tr("Save the chart"), self.tr("Pictures")
        self._save(title, kind, ".png", lambda file: file.write(png_of(self.picture())))

    @Slot()
    def _on_save_csv(self) -> None:
        text = self.table()
        self._save(self.tr("Save the figures"), self.tr("Tables"), ".csv", lambda file: file.write(text.encode()))

    def _save(self, title: str, kind: str, ending: str, write: Callable[[BinaryIO], object]) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, title, str(self.folder / f"{self._name}{ending}"), f"{kind} (*{ending})"
        )
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == ending else Path(f"{name}{ending}")
        try:
            atomic_write(path, write, overwrite=path == asked)  # the dialog asked about the name that it gave
        except AEStudioError as exc:
            self.failed.emit(Failure.of(exc))
        else:
            self.saved.emit(path)

    def picture(self) -> QImage:
        """The chart as it is, at twice the resolution."""
        image = QImage(self.size() * _EXPORT_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_EXPORT_SCALE)
        image.fill(self.palette().color(QPalette.ColorRole.Window))
        self.render(image, QPoint())
        return image
