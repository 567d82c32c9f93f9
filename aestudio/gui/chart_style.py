"""What a chart of formats is made of: colours, lines and symbols, a legend, ticks, and figures as text."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from io import StringIO
from itertools import pairwise

from PySide6.QtCore import QBuffer, QObject, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from aestudio.codec.rivals import Point
from aestudio.gui.palette import DARK, GAP, LIGHT

OURS = "AEStudio"  # as codec.lab names our own curve; that module lies beside torch, which takes seconds
SYMBOL_PIXELS = 9
SMALL_PIXELS = 11  # of ticks, legends and captions of pictures

Ticks = list[tuple[float, str]]

_AXIS_WIDTH, _AXIS_HEIGHT = 46, 34  # pixels of an axis with its title
_TICK_WIDTH, _TICK_HEIGHT = 36, 22  # that a tick needs
_LEAST_DECADES, _LEAST_DB = 0.3, 2.0  # that a plot shows
_GRID = 110  # opacity, of 255
_LINE = 26  # pixels of a line in a legend
_MARGIN = 0.06  # on each side of the curves
_STEPS = (1.0, 2.0, 5.0)
_CLOSE = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)


class Metric(Enum):
    """What is drawn upwards."""

    PSNR = "PSNR"
    MS_SSIM = "MS-SSIM"

    def of(self, point: Point) -> float:
        """In dB; not finite where the point has no such figure, or where the picture is the original itself."""
        return point.psnr if self is Metric.PSNR else decibels(point.ms_ssim)


def decibels(ms_ssim: float | None) -> float:
    """MS-SSIM on a scale that tells good pictures apart: 10 dB more are a tenth of the difference from 1."""
    if ms_ssim is None:
        return math.nan
    return -10 * math.log10(1 - ms_ssim) if ms_ssim < 1 else math.inf


@dataclass(frozen=True)
class Style:
    """How one format is drawn. No two share a symbol or a line, for those who cannot tell the colours apart."""

    dark: str  # on the dark palette
    light: str
    symbol: str  # as pyqtgraph names it
    line: Qt.PenStyle
    width: float = 1.5

    def colour(self, palette: QPalette) -> QColor:
        """The one that can be seen on the palette's fields."""
        return QColor(self.dark if is_dark(palette) else self.light)

    def pen(self, palette: QPalette) -> QPen:
        """Of its line."""
        pen = QPen(self.colour(palette), self.width, self.line, Qt.PenCapStyle.FlatCap)
        pen.setCosmetic(True)  # its width is one of the screen, not of the plot's measures
        return pen


# Chosen so that any two differ by 20 or more in CIELAB, as they are seen and as the three kinds of colour blindness
# see them (Machado et al., IEEE TVCG 2009), and stand out from the field by 3.5:1.
_STYLES: Mapping[str, Style] = {
    OURS: Style(DARK.accent, LIGHT.accent, "o", Qt.PenStyle.SolidLine, 3),
    "JPEG 4:2:0": Style("#cf7a2a", "#7a2f00", "s", Qt.PenStyle.DashLine),
    "JPEG 4:4:4": Style("#f2d94e", "#8f7a00", "d", Qt.PenStyle.DotLine),
    "WebP": Style("#a5e3c0", "#00483a", "t1", Qt.PenStyle.DashDotLine),
    "AVIF": Style("#ee5597", "#c2428a", "t", Qt.PenStyle.SolidLine),
}
_OTHER = Style("#b8b8b8", "#505050", "x", Qt.PenStyle.DashDotDotLine)


def style_of(name: str) -> Style:
    """Of a format; one that is not known is grey."""
    return _STYLES.get(name, _OTHER)


def is_dark(palette: QPalette) -> bool:
    """Whether text is light in it."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def even_ticks(low: float, high: float, most: int) -> Ticks:
    """At whole steps of 1, 2 or 5, or ten times that, and so on: as many as `most`, or a few less."""
    least = max((high - low) / max(1, most), 1e-9)
    size = 10.0 ** math.floor(math.log10(least))
    step = next(size * factor for factor in (*_STEPS, 10.0) if size * factor >= least * (1 - 1e-9))
    return [(n * step, f"{n * step:.6g}") for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def log_ticks(low: float, high: float, most: int) -> Ticks:
    """At plain numbers between the powers of ten `low` and `high`: `most` or less, where that leaves two."""
    whole, plain, close = (_log_ticks(low, high, factors) for factors in ((1.0,), _STEPS, _CLOSE))
    if len(plain) > most and len(whole) > 1:
        return whole
    return plain if len(plain) > 2 else close


def _log_ticks(low: float, high: float, factors: Sequence[float]) -> Ticks:
    decades = range(math.floor(low), math.floor(high) + 1)
    numbers = [(math.log10(factor) + decade, factor * 10.0**decade) for decade in decades for factor in factors]
    return [(place, f"{number:.6g}") for place, number in numbers if low <= place <= high]


def free_place(size: QSizeF, around: QPointF, distance: float, area: QRectF, taken: Sequence[QPointF]) -> QRectF:
    """Where something of a size covers the fewest of the `taken` points: beside, above or below, within the area."""
    width, height = size.width(), size.height()
    places = []
    for right, down in ((1, 1), (1, 0), (-1, -1), (-1, 0), (1, -1), (-1, 1), (0, 1), (0, -1)):
        x = around.x() + right * distance - (1 - right) / 2 * width
        y = around.y() + down * distance - (1 - down) / 2 * height
        places.append(QRectF(x, y, width, height))
    inside = [place for place in places if area.contains(place)] or places
    best = min(inside, key=lambda place: sum(place.contains(point) for point in taken))
    best.moveLeft(min(max(best.left(), area.left()), max(area.left(), area.right() - width)))
    best.moveTop(min(max(best.top(), area.top()), max(area.top(), area.bottom() - height)))
    return best


def along(places: Sequence[QPointF], step: float = 4) -> list[QPointF]:
    """Points of a line through places, every few pixels."""
    found = list(places)
    for start, end in pairwise(places):
        steps = int((end - start).manhattanLength() // step)
        found += [start + (end - start) * n / steps for n in range(1, steps)]
    return found


def widened(values: Sequence[float], least: float) -> tuple[float, float]:
    """From the smallest to the largest value with a margin, and no narrower than `least`."""
    low, high = min(values), max(values)
    half = max(high - low, least) * (0.5 + _MARGIN)
    return (low + high) / 2 - half, (low + high) / 2 + half


def size_text(size: float) -> str:
    """Bytes as photographers read them, in thousands as cameras and disks count."""
    if size >= 999_950:
        return f"{size / 1e6:.1f} MB" if size < 99.95e6 else f"{size / 1e6:.0f} MB"
    return f"{size / 1e3:.1f} KB" if size < 99_950 else f"{size / 1e3:.0f} KB"


def quality_text(name: str, quality: int, finest: int) -> str:
    """Our own on the scale to 100 that the program shows, others on their own scales."""
    return f"{quality / finest * 100:.1f}".removesuffix(".0") if name == OURS else str(quality)


def table(curves: Mapping[str, Iterable[Point]], finest: int) -> str:
    """All points as comma-separated values, with a line of titles."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("format", "quality", "bytes", "bits per pixel", "PSNR (dB)", "MS-SSIM"))
    for name, points in curves.items():
        for point in points:
            similarity = "" if point.ms_ssim is None else f"{point.ms_ssim:.6f}"
            quality = quality_text(name, point.quality, finest)
            writer.writerow((name, quality, point.size, f"{point.bpp:.5f}", f"{point.psnr:.4f}", similarity))
    return out.getvalue()


class Plot(QObject):
    """pyqtgraph's plot as a still picture: nothing moves or zooms it, and it has no menus of its own.

    pyqtgraph is imported when the first one is made: that takes half a second.
    """

    resized = Signal()

    def __init__(self) -> None:
        import pyqtgraph as pg

        super().__init__()
        self._pg = pg
        self.symbols: Mapping[str, QPainterPath] = pg.graphicsItems.ScatterPlotItem.Symbols
        self.widget = pg.PlotWidget()
        self.over: QWidget = self.widget.viewport()  # what lies over the curves is its child
        self._view = self.widget.getViewBox()
        self._axes = {side: self.widget.getAxis(side) for side in ("bottom", "left")}
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        self.widget.setInteractive(False)
        self.widget.setMouseEnabled(False, False)
        self.widget.setMenuEnabled(False)
        self.widget.hideButtons()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # Qt asks the widget around it then
        self.widget.disableAutoRange()
        self.widget.getPlotItem().setContentsMargins(GAP, 2 * GAP, 3 * GAP, GAP)
        self._axes["left"].setWidth(_AXIS_WIDTH)
        self._axes["bottom"].setHeight(_AXIS_HEIGHT)
        self._view.setZValue(1)  # curves over the grid
        self._view.sigResized.connect(self._on_resized)

    @property
    def area(self) -> QRectF:
        """Where curves are, in pixels of `over`."""
        return QRectF(self.widget.mapFromScene(self._view.sceneBoundingRect()).boundingRect())

    def on_screen(self, place: QPointF) -> QPointF:
        """Where a place is, in pixels of `over`."""
        return QPointF(self.widget.mapFromScene(self._view.mapViewToScene(place)))

    def begin(self, palette: QPalette, across: str, up: str) -> None:
        """An empty plot with titles of its axes."""
        self.widget.clear()
        self.widget.setBackground(palette.color(QPalette.ColorRole.Base))
        for side, title in (("bottom", across), ("left", up)):
            axis = self._axes[side]
            axis.setTickFont(small_font(self.widget))
            axis.setStyle(tickTextOffset=GAP, tickLength=0)
            axis.setPen(palette.color(QPalette.ColorRole.Mid))
            axis.setTextPen(palette.color(QPalette.ColorRole.Text))
            axis.setLabel(title, **{"font-size": f"{SMALL_PIXELS + 1}px"})
            axis.setGrid(_GRID)

    def draw_curve(self, places: Sequence[QPointF], style: Style, palette: QPalette) -> None:
        """A line through places, with symbols."""
        xs, ys = [place.x() for place in places], [place.y() for place in places]
        self.widget.addItem(self._pg.PlotCurveItem(xs, ys, pen=style.pen(palette), antialias=True))
        self._draw_symbols(places, style.symbol, SYMBOL_PIXELS, brush=style.colour(palette), pen=None)

    def draw_ring(self, place: QPointF, style: Style, palette: QPalette) -> None:
        """A ring around a symbol."""
        pen = QPen(palette.color(QPalette.ColorRole.Text), 2)
        pen.setCosmetic(True)
        self._draw_symbols([place], "o", 2 * SYMBOL_PIXELS, brush=None, pen=pen)
        self._draw_symbols([place], style.symbol, SYMBOL_PIXELS, brush=style.colour(palette), pen=None)

    def _draw_symbols(self, places: Sequence[QPointF], symbol: str, size: float, **look: object) -> None:
        xs, ys = [place.x() for place in places], [place.y() for place in places]
        # without its cache of small pictures, which would be coarse in a file of twice the resolution
        item = self._pg.ScatterPlotItem(xs, ys, symbol=symbol, size=size, antialias=True, useCache=False, **look)
        self.widget.addItem(item)

    def show_all(self, places: Sequence[QPointF]) -> None:
        """Show what spans all places, or something common where there are none."""
        xs, ys = [place.x() for place in places] or [-1.0, 0.5], [place.y() for place in places] or [25.0, 45.0]
        self.widget.setRange(xRange=widened(xs, _LEAST_DECADES), yRange=widened(ys, _LEAST_DB), padding=0)

    def tick(self) -> None:
        """Ticks at plain numbers, as there is room for."""
        (left, right), (low, high) = self._view.viewRange()
        across, up = int(self.area.width() // _TICK_WIDTH), int(self.area.height() // _TICK_HEIGHT)
        self._axes["bottom"].setTicks([log_ticks(left, right, max(2, across))])
        self._axes["left"].setTicks([even_ticks(low, high, max(2, up))])

    @Slot()
    def _on_resized(self, *_: object) -> None:
        self.resized.emit()


class Legend(QWidget):
    """Names with their lines and symbols, in as many rows as they need."""

    def __init__(self, symbols: Mapping[str, QPainterPath], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbols = symbols
        self._names: tuple[str, ...] = ()
        self.setFont(small_font(self))
        self._fit()

    def show_names(self, names: Iterable[str]) -> None:
        """Ours first, then the others in their order."""
        self._names = tuple(sorted(names, key=lambda name: name != OURS))
        self.setAccessibleDescription(", ".join(self._names))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size: a narrow legend is a high one."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        places = self._places(self.width())
        self.setFixedHeight(round(places[-1].bottom()) if places else 0)

    def _places(self, width: int) -> list[QRectF]:
        """Where each entry is, from left to right and down."""
        metrics = self.fontMetrics()
        height = metrics.height() + 2
        x, y, places = 0.0, 0.0, []
        for name in self._names:
            needed = _LINE + GAP + metrics.horizontalAdvance(name)
            if x and x + needed > width:
                x, y = 0.0, y + height
            places.append(QRectF(x, y, needed, height))
            x += needed + 4 * GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, place in zip(self._names, self._places(self.width()), strict=True):
            style = style_of(name)
            colour, middle = style.colour(self.palette()), place.center().y()
            painter.setPen(style.pen(self.palette()))
            painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + _LINE, middle))
            painter.save()
            painter.translate(place.left() + _LINE / 2, middle)
            painter.scale(SYMBOL_PIXELS, SYMBOL_PIXELS)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPath(self._symbols[style.symbol])
            painter.restore()
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(place.adjusted(_LINE + GAP, 0, 1, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


def value_label(text: str, name: str, palette: QPalette, parent: QWidget) -> QLabel:
    """A format's figures over the plot, in its colour; whoever made the label moves it."""
    label = QLabel(text, parent)
    label.setAccessibleName(name)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    own = QPalette(palette)
    own.setColor(QPalette.ColorRole.Window, palette.color(QPalette.ColorRole.Base))
    own.setColor(QPalette.ColorRole.WindowText, style_of(name).colour(palette))
    label.setPalette(own)
    label.setAutoFillBackground(True)
    label.setFont(small_font(label))
    label.setContentsMargins(3, 1, 3, 1)
    label.adjustSize()
    label.show()
    return label


def small_font(widget: QWidget) -> QFont:
    """Of ticks, legends and captions of pictures."""
    font = QFont(widget.font())
    font.setPixelSize(SMALL_PIXELS)
    return font


def png_of(image: QImage) -> bytes:
    """A picture as a file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # PySide's own hints lack the str
        raise RuntimeError("a picture could not be made into a PNG file")
    return bytes(buffer.data().data())
