"""The chart of formats: what it draws, what the mouse does there, and the files it writes."""

import csv
import itertools
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip
from pytestqt.qtbot import QtBot

from aestudio.codec import lab
from aestudio.codec.codec import Codec
from aestudio.codec.files import Wish
from aestudio.codec.rivals import RIVALS, Point, curve
from aestudio.engine.device import choose_device
from aestudio.gui.chart_style import (
    OURS,
    Metric,
    even_ticks,
    free_place,
    log_ticks,
    quality_text,
    size_text,
    style_of,
)
from aestudio.gui.jobs import Failure
from aestudio.gui.lab.rate_chart import RateChart
from aestudio.gui.palette import DARK, LIGHT, Greys, contrast, make_palette
from aestudio.images.photo import Photo
from aestudio.models.loader import load_model
from aestudio.progress import Progress

Curves = dict[str, tuple[Point, ...]]
LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
NAMES = [OURS, *(rival.name for rival in RIVALS)]

# what people see who lack one kind of cones: Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@pytest.fixture(scope="module")
def curves(codec_folder: Path) -> Curves:
    """Measured on a small picture: three real files of each rival, three streams of the small codec."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (12, 16, 3)).astype(np.uint8)
    picture = np.clip(coarse.repeat(12, 0).repeat(12, 1) + rng.normal(0, 6, (144, 192, 3)), 0, 255).astype(np.uint8)
    device = choose_device("cpu")
    codec = Codec(load_model(codec_folder / "compress.json", device.torch_device), device)
    ours = tuple(
        lab.specimen(codec, Photo(picture), Wish(quality=quality), Progress()).point for quality in (0, 35, 100)
    )
    rivals = {rival.name: curve(rival, picture, (20, 50, 80), Progress()) for rival in RIVALS}
    return {**rivals, OURS: ours}


@pytest.fixture
def chart(curves: Curves, qtbot: QtBot) -> RateChart:
    """With all curves, on the screen."""
    chart = RateChart(finest=256)
    qtbot.addWidget(chart)
    chart.setPalette(make_palette(DARK))
    for name, points in curves.items():
        chart.set_points(name, points)
    chart.resize(500, 320)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def at(chart: RateChart, point: Point) -> QPointF:
    place = chart._place(point)
    assert place is not None
    return chart.plot.on_screen(place)


def mouse(chart: RateChart, kind: QEvent.Type, position: QPointF, button: Qt.MouseButton = NONE) -> None:
    over = chart.plot.over
    held = NONE if kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease) else button
    event = QMouseEvent(
        kind, position, QPointF(over.mapToGlobal(position)), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(over, event)


def click(chart: RateChart, position: QPointF, button: Qt.MouseButton = LEFT) -> None:
    mouse(chart, QEvent.Type.MouseButtonPress, position, button)
    mouse(chart, QEvent.Type.MouseButtonRelease, position, button)


def view(chart: RateChart) -> list[float]:
    return list(itertools.chain(*chart.plot.widget.getViewBox().viewRange()))


def drawn(chart: RateChart) -> list[list[float]]:
    """The rates of each line."""
    lines = [item for item in chart.plot.widget.getPlotItem().items if type(item).__name__ == "PlotCurveItem"]
    return [[float(10**x) for x in line.getData()[0]] for line in lines]


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    proposed: list[str] = []

    def answer(parent: object, title: str, directory: str, *rest: object) -> tuple[str, str]:
        proposed.append(directory)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


def test_nothing_heavy_is_imported_before_a_chart_is_made() -> None:
    heavy = "{'torch', 'pyqtgraph'} & set(sys.modules)"
    code = (
        f"import sys, aestudio.gui.lab.rate_chart, aestudio.gui.lab.code_view; sys.exit(str({heavy}) if {heavy} else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=100)


def test_our_name_is_that_of_the_lab() -> None:
    assert OURS == lab.NAME


def test_each_format_has_its_own_line_and_symbol() -> None:
    styles = [style_of(name) for name in NAMES]
    assert len({style.symbol for style in styles}) == len(NAMES)
    assert len({(style.line, style.width) for style in styles}) == len(NAMES)
    assert max(styles, key=lambda style: style.width) == style_of(OURS)
    assert style_of("another") not in styles


@pytest.mark.parametrize("greys", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_colours_can_be_told_apart(greys: Greys, blindness: str) -> None:
    palette = make_palette(greys)
    colours = [style_of(name).colour(palette) for name in NAMES]
    assert all(contrast(colour, QColor(greys.field)) > 3.5 for colour in colours)
    assert colours[0] == QColor(greys.accent)
    seen = [cielab(colour, np.array(BLINDNESS[blindness])) for colour in colours]
    assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) > 20


def cielab(colour: QColor, seen: np.ndarray) -> np.ndarray:
    srgb = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = seen @ np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.41246, 0.35758, 0.18044], [0.21267, 0.71515, 0.07217], [0.01933, 0.11919, 0.95030]])
    xyz = to_xyz @ np.clip(linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize(
    ("low", "high", "most", "texts"),
    [
        (0.07, 3, 6, ["0.1", "0.2", "0.5", "1", "2"]),
        (0.07, 3, 3, ["0.1", "1"]),
        (0.07, 12, 30, ["0.1", "0.2", "0.5", "1", "2", "5", "10"]),
        (0.3, 0.9, 4, ["0.3", "0.4", "0.5", "0.7"]),
        (0.6, 1.3, 1, ["0.7", "1"]),
        (1.1, 1.9, 6, ["1.5"]),
        (0.9, 60, 8, ["1", "2", "5", "10", "20", "50"]),
    ],
)
def test_rates_are_plain_numbers(low: float, high: float, most: int, texts: list[str]) -> None:
    ticks = log_ticks(math.log10(low) - 1e-9, math.log10(high) + 1e-9, most)
    assert [text for _, text in ticks] == texts
    assert all(10**place == pytest.approx(float(text)) for place, text in ticks)


@pytest.mark.parametrize(
    ("low", "high", "most", "places"),
    [(23, 44, 5, [25, 30, 35, 40]), (23.4, 26.9, 9, [23.5, 24, 24.5, 25, 25.5, 26, 26.5]), (0, 100, 2, [0, 50, 100])],
)
def test_decibels_are_in_even_steps(low: float, high: float, most: int, places: list[float]) -> None:
    assert [place for place, _ in even_ticks(low, high, most)] == pytest.approx(places)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0.0 KB"), (812, "0.8 KB"), (10_310, "10.3 KB"), (123_456, "123 KB"), (999_960, "1.0 MB"), (12e6, "12.0 MB")],
)
def test_sizes_have_three_digits_or_so(size: float, text: str) -> None:
    assert size_text(size) == text


def test_our_qualities_are_those_of_the_program() -> None:
    assert quality_text(OURS, 512, 1024) == "50"
    assert quality_text(OURS, 1000, 1024) == "97.7"
    assert quality_text("WebP", 80, 1024) == "80"


def test_a_label_avoids_the_curve_and_stays_inside() -> None:
    area, rising = QRectF(0, 0, 200, 200), [QPointF(n, 200 - n) for n in range(200)]
    place = free_place(QSizeF(50, 26), QPointF(100, 100), 12, area, rising)
    assert area.contains(place)
    assert not any(place.contains(point) for point in rising)
    assert area.contains(free_place(QSizeF(50, 26), QPointF(195, 3), 12, area, rising))
    assert free_place(QSizeF(50, 26), QPointF(5, 5), 12, QRectF(0, 0, 20, 20), []).topLeft() == QPointF(0, 0)


def test_curves_are_drawn_by_their_rates_and_ours_on_top(chart: RateChart, curves: Curves) -> None:
    chart.set_points(OURS, curves[OURS][::-1])
    assert drawn(chart)[-1] == pytest.approx([point.bpp for point in curves[OURS]])
    assert len(drawn(chart)) == len(curves)
    assert chart.legend.accessibleDescription() == ", ".join(NAMES)
    for name in NAMES:
        assert f"{name}: " in chart.accessibleDescription()
    chart.set_points("WebP", [])
    assert len(drawn(chart)) == len(curves) - 1
    assert "WebP" not in chart.legend.accessibleDescription()


@pytest.mark.parametrize("size", [(280, 220), (500, 320), (900, 500)])
def test_all_points_are_in_view_and_the_legend_covers_none(
    chart: RateChart, curves: Curves, size: tuple[int, int], qapp: QApplication
) -> None:
    chart.set_current(OURS, curves[OURS][1])
    chart.resize(*size)
    qapp.processEvents()
    for metric in Metric:
        chart.set_metric(metric)
        assert all(chart.plot.area.contains(at(chart, point)) for points in curves.values() for point in points)
    plot = QRect(chart.plot.over.mapTo(chart, QPoint(0, 0)), chart.plot.over.size())
    assert not plot.intersects(chart.legend.geometry())
    places = chart.legend._places(chart.legend.width())
    assert all(QRectF(chart.legend.rect()).contains(place.adjusted(0, 0, 0, -1)) for place in places)
    label = chart._labels[OURS]
    assert chart.plot.area.toAlignedRect().contains(label.geometry())
    assert not label.geometry().contains(at(chart, curves[OURS][1]).toPoint())


def test_the_current_point_shows_its_values(chart: RateChart, curves: Curves) -> None:
    point = replace(curves[OURS][1], psnr=33.44, bpp=0.618)
    chart.set_current(OURS, point)
    assert chart._labels[OURS].text() == "33.4 dB\n0.62 bpp"
    chart.set_metric(Metric.MS_SSIM)
    assert point.ms_ssim is not None
    assert chart._labels[OURS].text() == f"{-10 * math.log10(1 - point.ms_ssim):.1f} dB\n0.62 bpp"
    chart.set_current(OURS, None)
    assert not chart._labels


def test_the_switch_changes_what_is_drawn(chart: RateChart) -> None:
    before = view(chart)
    chart.buttons[Metric.MS_SSIM].click()
    assert view(chart)[:2] == before[:2]
    assert view(chart)[2:] != before[2:]
    assert "MS-SSIM (dB)" in chart.plot.widget.getAxis("left").label.toPlainText()
    chart.buttons[Metric.MS_SSIM].click()
    assert chart.buttons[Metric.MS_SSIM].isChecked()
    assert not chart.buttons[Metric.PSNR].isChecked()


def test_points_without_a_figure_are_left_out(chart: RateChart, curves: Curves) -> None:
    chart.clear()
    assert chart.hint.isVisible()
    assert chart.hint.text() == "Nothing is measured yet."
    assert not chart.save_png.isEnabled()
    small = [replace(point, ms_ssim=None) for point in curves["WebP"]]
    chart.set_points("WebP", [*small, replace(small[-1], psnr=math.inf, bpp=20)])
    assert not chart.hint.isVisible()
    assert drawn(chart) == [pytest.approx([point.bpp for point in small])]
    chart.set_metric(Metric.MS_SSIM)
    assert chart.hint.text() == "There is no MS-SSIM."
    assert chart.hint.isVisible()


def test_hovering_a_point_tells_about_it(chart: RateChart, curves: Curves) -> None:
    point = curves["WebP"][1]
    mouse(chart, QEvent.Type.MouseMove, at(chart, point) + QPointF(3, 2))
    assert QToolTip.text() == chart.describe("WebP", point)
    told = QToolTip.text().splitlines()
    assert told[0] == "WebP, quality 50"
    assert told[1] == f"{point.size / 1000:.1f} KB, {point.bpp:.2f} bits per pixel"
    assert told[2:] == [f"PSNR {point.psnr:.1f} dB", f"MS-SSIM {point.ms_ssim:.4f}"]
    assert chart.plot.over.cursor().shape() == Qt.CursorShape.ArrowCursor
    mouse(chart, QEvent.Type.MouseMove, at(chart, curves[OURS][1]))
    assert chart.plot.over.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert chart.describe(OURS, curves[OURS][1]).startswith("AEStudio, quality 35.2\n")
    mouse(chart, QEvent.Type.MouseMove, QPointF(1, 1))
    assert chart._hovered is None


def test_a_click_on_our_curve_chooses_a_quality(chart: RateChart, curves: Curves, qtbot: QtBot) -> None:
    point = curves[OURS][1]
    with qtbot.waitSignal(chart.quality_chosen) as chosen:
        click(chart, at(chart, point) + QPointF(2, -2))
    assert chosen.args == [point.quality]
    with qtbot.assertNotEmitted(chart.quality_chosen):
        click(chart, at(chart, curves["JPEG 4:4:4"][0]))
        click(chart, at(chart, point), RIGHT)
        mouse(chart, QEvent.Type.MouseButtonPress, at(chart, point), LEFT)
        mouse(chart, QEvent.Type.MouseButtonRelease, at(chart, curves[OURS][2]), LEFT)


def test_the_mouse_moves_nothing(chart: RateChart, qapp: QApplication) -> None:
    before, middle = view(chart), chart.plot.area.center()
    wheel = QWheelEvent(
        middle,
        QPointF(chart.plot.over.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 240),
        NONE,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart.plot.over, wheel)
    assert not wheel.isAccepted()  # what lies around may scroll
    for button in (LEFT, RIGHT):
        mouse(chart, QEvent.Type.MouseButtonPress, middle, button)
        mouse(chart, QEvent.Type.MouseMove, middle + QPointF(60, 30), button)
        mouse(chart, QEvent.Type.MouseButtonRelease, middle + QPointF(60, 30), button)
    qapp.processEvents()
    assert view(chart) == before
    chart.plot.widget.setRange(xRange=(0, 1), yRange=(0, 1))
    mouse(chart, QEvent.Type.MouseButtonDblClick, middle, LEFT)
    assert view(chart) == before


def test_a_right_click_offers_to_save_and_nothing_else(chart: RateChart) -> None:
    middle = chart.plot.area.center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, chart.plot.over.mapToGlobal(middle))
    QApplication.sendEvent(chart.plot.over, event)
    assert QApplication.activePopupWidget() is chart.menu
    assert [action.text() for action in chart.menu.actions()] == ["Save as PNG…", "Save as CSV…"]
    chart.menu.hide()


def test_a_picture_is_saved_at_twice_the_resolution(
    chart: RateChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    chart.set_source(tmp_path / "cat.jpg")
    proposed = save_as(monkeypatch, tmp_path / "mine.png")
    with qtbot.waitSignal(chart.saved) as saved:
        chart.save_png.trigger()
    assert saved.args == [tmp_path / "mine.png"]
    assert proposed == [str(tmp_path / "cat-chart.png")]
    image = QImage(str(tmp_path / "mine.png"))
    assert (image.width(), image.height()) == (2 * chart.width(), 2 * chart.height())
    corner = chart.switch.geometry().center() * 2
    assert image.pixelColor(corner) == chart.palette().color(QPalette.ColorRole.Window)  # the switch is left out
    accent = QColor(DARK.accent)
    assert any(image.pixelColor(x, y) == accent for x in range(200, 900, 2) for y in range(150, 560, 2))


def test_figures_are_saved_as_a_table(
    chart: RateChart, curves: Curves, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = replace(curves[OURS][1], quality=128, bpp=curves[OURS][1].bpp + 0.01)
    chart.set_current(OURS, current)
    save_as(monkeypatch, tmp_path / "figures")
    chart.save_csv.trigger()
    with (tmp_path / "figures.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(map(len, curves.values())) + 1
    ours = [row for row in rows if row["format"] == OURS]
    assert [row["quality"] for row in ours] == ["0", "35.2", "50", "100"]
    assert [int(row["bytes"]) for row in ours][::3] == [curves[OURS][0].size, curves[OURS][-1].size]
    assert float(rows[0]["PSNR (dB)"]) == pytest.approx(curves[rows[0]["format"]][0].psnr, abs=1e-4)


@pytest.mark.parametrize("name", ["kept", "photo.csv"])
def test_no_file_is_replaced_that_the_dialog_did_not_ask_about(
    chart: RateChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, name: str
) -> None:
    for existing in ("kept.csv", "photo.csv"):
        (tmp_path / existing).write_text("mine")
    chart.set_source(tmp_path / "photo.csv")
    save_as(monkeypatch, tmp_path / name)
    with qtbot.waitSignal(chart.failed) as failed:
        chart.save_csv.trigger()
    failure: Failure = failed.args[0]
    assert "Please choose another name." in failure.sentence
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["mine", "mine"]


def test_a_file_is_replaced_where_the_dialog_asked(
    chart: RateChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.csv"
    path.write_text("old")
    save_as(monkeypatch, path)
    chart.save_csv.trigger()
    assert path.read_text(encoding="utf-8").startswith("format,quality,")


def test_no_name_no_file(chart: RateChart, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(chart.saved), qtbot.assertNotEmitted(chart.failed):
        chart.save_png.trigger()


def test_the_chart_follows_the_palette(chart: RateChart, curves: Curves, qapp: QApplication) -> None:
    chart.set_current("AVIF", curves["AVIF"][1])
    for greys in (LIGHT, DARK):
        chart.setPalette(make_palette(greys))
        qapp.processEvents()
        image = chart.grab().toImage()
        assert image.pixelColor(chart.plot.over.mapTo(chart, QPoint(2, 2))) == QColor(greys.field)
        expected = style_of("AVIF").colour(chart.palette())
        assert chart._labels["AVIF"].palette().color(QPalette.ColorRole.WindowText) == expected


def test_a_long_caption_ends_in_dots(chart: RateChart, qapp: QApplication) -> None:
    caption = "Measured on nine parts of a very long file name of a photo.jpg"
    chart.set_caption(caption)
    chart.resize(900, 300)
    qapp.processEvents()
    assert (chart.caption.text(), chart.caption.toolTip()) == (caption, "")
    chart.resize(280, 220)
    qapp.processEvents()
    assert chart.caption.text().endswith("…")
    assert chart.caption.toolTip() == caption


def test_charts_come_and_go(curves: Curves, qtbot: QtBot, make_chart: Callable[[], RateChart]) -> None:
    first, second = make_chart(), make_chart()
    first.set_points(OURS, curves[OURS])
    first.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    second.set_points(OURS, curves[OURS])
    assert second.grab().width() == second.width()


@pytest.fixture
def make_chart(qtbot: QtBot) -> Callable[[], RateChart]:
    """Makes empty ones."""

    def make() -> RateChart:
        chart = RateChart()
        qtbot.addWidget(chart)
        chart.show()
        return chart

    return make
