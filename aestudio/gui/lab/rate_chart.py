"""A chart of what formats weigh and how near they come to the photo."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent, QPalette, QRegion
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from aestudio.codec.rivals import Point
from aestudio.errors import AEStudioError
from aestudio.gui.chart_style import (
    OURS,
    SYMBOL_PIXELS,
    Legend,
    Metric,
    Plot,
    along,
    free_place,
    png_of,
    quality_text,
    size_text,
    style_of,
    table,
    value_label,
)
from aestudio.gui.elided import Elided
from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP
from aestudio.images.atomic import atomic_write

SMALLEST = QSize(240, 190)
EXPORT_SCALE = 2
_REACH = 12  # pixels from a point that still count as on it


@dataclass(frozen=True)
class _Spot:
    """A point of a curve, where it is on the screen."""

    name: str
    point: Point
    place: QPointF  # in the plot's viewport


class RateChart(QWidget):
    """Bits per pixel to the right, likeness upwards, a curve for each format.

    pyqtgraph is imported when the first chart is made: that takes half a second.
    """

    quality_chosen = Signal(int)  # of a point of our own curve that was clicked, see Codec.finest
    saved = Signal(object)  # Path of a PNG or CSV file
    failed = Signal(object)  # Failure to write one

    def __init__(self, finest: int = 1024, parent: QWidget | None = None) -> None:
        """`finest` is the number of our highest quality."""
        super().__init__(parent)
        self._finest = finest
        self._source: Path | None = None
        self._curves: dict[str, tuple[Point, ...]] = {}
        self._current: dict[str, Point] = {}
        self._labels: dict[str, QLabel] = {}
        self._hovered: _Spot | None = None
        self._pressed: Point | None = None
        self.shown = Metric.PSNR  # what is drawn upwards
        self.caption = Elided()
        self.switch = QWidget()
        self.buttons = {metric: self._make_button(metric) for metric in Metric}
        self.plot = Plot()
        self.legend = Legend(self.plot.symbols)
        self.hint = QLabel(self.plot.over)
        self.menu = QMenu(self)
        self.save_png = self.menu.addAction(icon("image-outline"), "")
        self.save_csv = self.menu.addAction(icon("table"), "")
        self.save_png.triggered.connect(self._on_save_png)
        self.save_csv.triggered.connect(self._on_save_csv)
        self._lay_out()
        self._name()
        self._draw()
        self.plot.resized.connect(self._on_resized)
        self.plot.over.installEventFilter(self)

    # what others tell it

    def set_points(self, name: str, points: Sequence[Point]) -> None:
        """The curve of a format, by any order; none takes it away."""
        self._curves.pop(name, None)
        if points:
            self._curves[name] = tuple(sorted(points, key=attrgetter("bpp")))
        self._draw()

    def set_current(self, name: str, point: Point | None) -> None:
        """Ring one point of a format, on its curve or not, and write its values beside it."""
        self._current.pop(name, None)
        if point is not None:
            self._current[name] = point
        self._draw()

    def set_caption(self, text: str) -> None:
        """What was measured, in a few words."""
        self.caption.set_text(text)

    def set_finest(self, finest: int) -> None:
        """The number of our highest quality, when the codec is known."""
        self._finest = finest

    def set_source(self, path: Path | None) -> None:
        """The photo that was measured: files are named after it, and never written over it."""
        self._source = path

    def clear(self) -> None:
        """Nothing is measured."""
        self._curves.clear()
        self._current.clear()
        self.caption.set_text("")
        self._draw()

    def set_metric(self, metric: Metric) -> None:
        """What is drawn upwards."""
        self.shown = metric
        for its_metric, button in self.buttons.items():  # a second click must not switch the button off
            button.setChecked(its_metric is metric)
        self._draw()

    # how it is built

    def _make_button(self, metric: Metric) -> QToolButton:
        button = QToolButton(self.switch)
        button.setText(metric.value)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setChecked(metric is self.shown)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_psnr_clicked if metric is Metric.PSNR else self._on_ms_ssim_clicked)
        return button

    def _lay_out(self) -> None:
        self.setMinimumSize(SMALLEST)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        switch = QHBoxLayout(self.switch)
        switch.setContentsMargins(0, 0, 0, 0)
        switch.setSpacing(0)
        for button in self.buttons.values():
            switch.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(2 * GAP)
        head.addWidget(self.caption, 1)
        head.addWidget(self.switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addWidget(self.legend)
        layout.addWidget(self.plot.widget, 1)

    def _name(self) -> None:
        """Give everything its words, in the language of the moment."""
        self.setAccessibleName(self.tr("Chart of the size and the likeness of each format"))
        self.caption.setAccessibleName(self.tr("What was measured"))
        self.legend.setAccessibleName(self.tr("Formats in the chart"))
        self.save_png.setText(self.tr("Save as PNG…"))
        self.save_csv.setText(self.tr("Save as CSV…"))
        for metric, tip in (
            (Metric.PSNR, self.tr("How far the pixels are from those of the photo, in decibels. More is better.")),
            (Metric.MS_SSIM, self.tr("How alike the structures look at five sizes, in decibels. More is better.")),
        ):
            self.buttons[metric].setAccessibleName(metric.value)
            self.buttons[metric].setToolTip(tip)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells that the palette or the language changed, among other things."""
        super().changeEvent(event)
        if not hasattr(self, "menu"):  # Qt asks while the chart is being made
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._draw()

    # how it is drawn

    def _draw(self) -> None:
        """All anew: there are a few dozen points at most."""
        palette = self.palette()
        self.plot.begin(palette, self.tr("Bits per pixel"), self.tr("{metric} (dB)").format(metric=self.shown.value))
        for name in sorted(self._curves, key=lambda name: name == OURS):  # ours on top
            self.plot.draw_curve(self._places(name), style_of(name), palette)
        for name, point in self._current.items():
            if (place := self._place(point)) is not None:
                self.plot.draw_ring(place, style_of(name), palette)
        self.legend.show_names([*self._curves, *(name for name in self._current if name not in self._curves)])
        self._label_current()
        self._show_state()
        self.reset_view()

    def _label_current(self) -> None:
        for label in self._labels.values():
            label.hide()
            label.deleteLater()
        self._labels = {}
        for name, point in self._current.items():
            if self._place(point) is None:
                continue
            text = f"{self.shown.of(point):.1f} dB\n{point.bpp:.2f} bpp"
            self._labels[name] = value_label(text, name, self.palette(), self.plot.over)

    def _show_state(self) -> None:
        """What a chart without curves says, and what it tells those who do not see it."""
        drawn = {name: places for name in self._curves if (places := self._places(name))}
        measured = bool(self._curves or self._current)
        self.save_png.setEnabled(measured)
        self.save_csv.setEnabled(measured)
        self.hint.setText(self.tr("There is no MS-SSIM.") if measured else self.tr("Nothing is measured yet."))
        self.hint.setVisible(not drawn and not any(self._place(point) for point in self._current.values()))
        sentence = self.tr("{name}: {low:.1f} to {high:.1f} dB at {least:.2f} to {most:.2f} bits per pixel.")
        told = []
        for name in drawn:
            rates, values = ([place.x() for place in drawn[name]], [place.y() for place in drawn[name]])
            told.append(
                sentence.format(
                    name=name, low=min(values), high=max(values), least=10 ** rates[0], most=10 ** rates[-1]
                )
            )
        self.setAccessibleDescription(" ".join(told))

    def reset_view(self) -> None:
        """Everything that is measured, and a little room around it."""
        places = [place for name in self._curves for place in self._places(name)]
        places += [place for point in self._current.values() if (place := self._place(point)) is not None]
        self.plot.show_all(places)
        self._on_resized()

    @Slot()
    def _on_resized(self) -> None:
        """Ticks as there is room for, and labels where they cover the least."""
        self.plot.tick()
        area = self.plot.area
        self.hint.setGeometry(area.toRect())
        taken = [spot for name in self._curves for spot in along(list(map(self.plot.on_screen, self._places(name))))]
        for name, label in self._labels.items():
            at = self.plot.on_screen(self._place(self._current[name]) or QPointF())
            place = free_place(QSizeF(label.size()), at, SYMBOL_PIXELS + 4, area, taken)
            label.move(place.topLeft().toPoint())
            taken += [place.center(), place.topLeft(), place.bottomRight(), place.topRight(), place.bottomLeft()]

    # where things are

    def _place(self, point: Point) -> QPointF | None:
        """In the plot's own measures: the power of ten of the rate, and dB; None where there is no such figure."""
        quality = self.shown.of(point)
        return QPointF(math.log10(point.bpp), quality) if point.bpp > 0 and math.isfinite(quality) else None

    def _places(self, name: str) -> list[QPointF]:
        return [place for point in self._curves[name] if (place := self._place(point)) is not None]

    def _spot_at(self, position: QPointF) -> _Spot | None:
        """The nearest point under the pointer; ours, where two are as near."""
        near: list[tuple[float, bool, _Spot]] = []
        for name, points in self._measured().items():
            for point in points:
                if (place := self._place(point)) is not None:
                    spot = _Spot(name, point, self.plot.on_screen(place))
                    near.append((math.dist(spot.place.toTuple(), position.toTuple()), name != OURS, spot))
        near = [each for each in near if each[0] <= _REACH]
        return min(near, key=lambda each: each[:2])[2] if near else None

    def _measured(self) -> dict[str, list[Point]]:
        """All points of each format, the current ones too."""
        found = {name: list(points) for name, points in self._curves.items()}
        for name, point in self._current.items():
            if point not in (points := found.setdefault(name, [])):
                points.append(point)
                points.sort(key=attrgetter("bpp"))
        return found

    # the mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the mouse does over the curves."""
        if isinstance(event, QMouseEvent):
            self._on_mouse(event)
        elif event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().eventFilter(watched, event)

    def _on_mouse(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        ours = spot.point if spot is not None and spot.name == OURS else None
        if kind == QEvent.Type.MouseMove:
            self._hover(spot)
        elif kind == QEvent.Type.MouseButtonPress:
            self._pressed = ours if left else None
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.reset_view()
        elif kind == QEvent.Type.MouseButtonRelease and left:
            if ours is not None and ours is self._pressed:
                self.quality_chosen.emit(ours.quality)
            self._pressed = None

    def _hover(self, spot: _Spot | None) -> None:
        if spot == self._hovered:
            return
        self._hovered = spot
        viewport = self.plot.over
        if spot is None:
            viewport.unsetCursor()
            QToolTip.hideText()
            return
        viewport.setCursor(Qt.CursorShape.PointingHandCursor if spot.name == OURS else Qt.CursorShape.ArrowCursor)
        near = QRectF(0, 0, 2 * _REACH, 2 * _REACH)
        near.moveCenter(spot.place)
        at = viewport.mapToGlobal(spot.place.toPoint() + QPoint(0, SYMBOL_PIXELS))
        QToolTip.showText(at, self.describe(spot.name, spot.point), viewport, near.toAlignedRect())

    def describe(self, name: str, point: Point) -> str:
        """All that is known of a point, in a few lines."""
        lines = [
            self.tr("{name}, quality {quality}").format(
                name=name, quality=quality_text(name, point.quality, self._finest)
            ),
            self.tr("{size}, {bpp:.2f} bits per pixel").format(size=size_text(point.size), bpp=point.bpp),
            self.tr("PSNR {psnr:.1f} dB").format(psnr=point.psnr)
            if math.isfinite(point.psnr)
            else self.tr("Every pixel is that of the photo."),
        ]
        if point.ms_ssim is not None:
            lines.append(self.tr("MS-SSIM {similarity:.4f}").format(similarity=point.ms_ssim))
        return "\n".join(lines)

    @Slot()
    def _on_psnr_clicked(self) -> None:
        self.set_metric(Metric.PSNR)

    @Slot()
    def _on_ms_ssim_clicked(self) -> None:
        self.set_metric(Metric.MS_SSIM)

    # files

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click, or the menu key."""
        self.menu.popup(event.globalPos())

    @Slot()
    def _on_save_png(self) -> None:
        self._save(
            self.tr("Save the chart"), self.tr("Pictures"), ".png", lambda file: file.write(png_of(self.picture()))
        )

    @Slot()
    def _on_save_csv(self) -> None:
        text = table(self._measured(), self._finest)
        self._save(self.tr("Save the figures"), self.tr("Tables"), ".csv", lambda file: file.write(text.encode()))

    def _save(self, title: str, kind: str, ending: str, write: Callable[[BinaryIO], object]) -> None:
        source = self._source
        proposed = Path(f"chart{ending}") if source is None else source.with_name(f"{source.stem}-chart{ending}")
        name, _ = QFileDialog.getSaveFileName(self, title, str(proposed), f"{kind} (*{ending})")
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == ending else Path(f"{name}{ending}")
        try:
            # the dialog asked about the name that it gave, and no other
            atomic_write(path, write, source=source, overwrite=path == asked)
        except AEStudioError as exc:
            self.failed.emit(Failure.of(exc))
        else:
            self.saved.emit(path)

    def picture(self) -> QImage:
        """The chart as it is, without its switch, at twice the resolution."""
        image = QImage(self.size() * EXPORT_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(EXPORT_SCALE)
        image.fill(self.palette().color(QPalette.ColorRole.Window))
        without = QRegion(self.rect()) - QRegion(self.switch.geometry())
        self.render(image, QPoint(), without)
        return image
