"""Curves of a training: they stay short, say what they show, and can be saved."""

import csv
import math
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aestudio.gui.palette import DARK, LIGHT, Greys, make_palette
from aestudio.gui.train.curves import LossCurve, ScoreCurve
from aestudio.gui.train.interval import IntervalChart, signed
from aestudio.gui.train.series import Series, smoothed
from aestudio.training.curve import add_row
from aestudio.training.events import Trained, Validated
from aestudio.training.judging.verdict import Comparison


def trained(step: int, loss: float) -> Trained:
    return Trained(step, 0.5, loss, 1e-3, 20.0, step / 2, 60.0)


def test_a_curve_stays_short_and_keeps_its_course() -> None:
    series = Series(most=100)
    for n in range(20_000):
        series.add(n, n / 1000)
    assert 50 <= len(series) <= 101
    assert series.xs == sorted(series.xs)
    for x, y in zip(series.xs, series.ys, strict=True):
        assert y == pytest.approx(x / 1000, abs=0.2)
    assert series.xs[-1] > 19_500


def test_what_is_no_number_is_left_out() -> None:
    series = Series()
    for y in (1.0, math.nan, math.inf, 3.0):
        series.add(1.0, y)
    assert series.ys == [1.0, 3.0]


def test_smoothing_keeps_the_mean_and_calms_the_curve() -> None:
    series = Series()
    for n in range(300):
        series.add(n, 5 + (-1) ** n)
    smooth = smoothed(series.ys)
    assert len(smooth) == len(series.ys)
    assert all(abs(value - 5) < 0.2 for value in smooth)


@pytest.mark.parametrize("greys", [DARK, LIGHT])
def test_curves_are_drawn_and_told(qtbot: QtBot, greys: Greys) -> None:
    loss, score = LossCurve(), ScoreCurve()
    for chart in (loss, score):
        qtbot.addWidget(chart)
        chart.setPalette(make_palette(greys))
        assert not chart.save_csv.isEnabled()
        chart.resize(400, 240)
        chart.show()
        qtbot.waitExposed(chart)
    for step in range(1, 400):
        loss.add(trained(step, 1 / step))
    for step in (1, 100, 200):
        score.reach(step / 2)
        score.add(Validated(step, step / 2, {"psnr": 30 + step / 100, "psnr_camera": 29.0}))
    qtbot.waitUntil(lambda: loss.save_csv.isEnabled() and score.save_csv.isEnabled())
    assert "Loss 0.00" in loss.caption.whole
    assert "32" in score.caption.whole
    assert "+1.99" in score.caption.whole
    rows = list(csv.reader(score.table().splitlines()))
    assert rows[0] == ["seconds", "step", "psnr", "psnr_camera"]
    assert [row[1] for row in rows[1:]] == ["1", "100", "200"]
    assert next(csv.reader(loss.table().splitlines())) == ["seconds", "step", "loss", "smoothed loss"]
    loss.clear()
    qtbot.waitUntil(lambda: not loss.save_csv.isEnabled())


@pytest.mark.parametrize("greys", [DARK, LIGHT])
def test_the_parts_of_a_loss_are_lines_of_their_own(qtbot: QtBot, greys: Greys) -> None:
    chart = LossCurve()
    qtbot.addWidget(chart)
    chart.setPalette(make_palette(greys))
    chart.resize(400, 240)
    chart.show()
    qtbot.waitExposed(chart)
    for step in range(1, 20):  # while level by level is taught there are none
        chart.add(trained(step, 1.0))
    qtbot.waitUntil(chart.save_csv.isEnabled)
    assert chart.legend.isHidden()
    assert not chart.parts
    for step in range(20, 60):
        chart.add(replace(trained(step, 0.5), parts={"reconstruction": 0.4, "latent": 0.1 if step > 20 else math.nan}))
    qtbot.waitUntil(chart.legend.isVisible)
    assert [name for name, _ in chart.legend.lines] == ["All of it", "Unlike the photo", "Uneven codes"]
    assert len({style.line for _, style in chart.legend.lines}) == 3
    assert chart.legend.accessibleDescription() == "All of it, Unlike the photo, Uneven codes"
    drawn = chart.legend.grab().toImage()
    assert len({drawn.pixelColor(x, drawn.height() // 2).name() for x in range(drawn.width())}) > 3
    rows = list(csv.reader(chart.table().splitlines()))
    assert rows[0] == ["seconds", "step", "loss", "smoothed loss", "reconstruction", "latent"]
    assert [row[4:] for row in rows[1:20]] == [["", ""]] * 19
    assert [row[4:] for row in rows[20:22]] == [["0.4", ""], ["0.4", "0.1"]]
    chart.clear()
    qtbot.waitUntil(chart.legend.isHidden)


def test_curves_go_on_where_they_were(qtbot: QtBot) -> None:
    loss, score = LossCurve(), ScoreCurve()
    for chart in (loss, score):
        qtbot.addWidget(chart)
    loss.add(trained(900, 7.0))  # of another training
    rows: list[dict[str, float]] = []
    for step in range(1, 1501):
        add_row(rows, {"step": step, "seconds": step / 2, "loss": 1 / step})
    loss.recall(rows)
    score.recall([{"step": 0, "seconds": 0.0, "psnr": 20.0}, {"step": 1000, "seconds": 500.0, "psnr": 25.0}])
    loss.add(trained(1501, 0.25))
    score.add(Validated(2000, 1000.0, {"psnr": 26.0}))
    for chart in (loss, score):
        chart.draw()
    told = list(csv.reader(loss.table().splitlines()))[1:]
    assert len(told) == len(rows) + 1
    assert [float(row[0]) for row in told] == sorted(float(row[0]) for row in told)
    assert (told[-1][1], told[-1][2]) == ("1501", "0.25")
    assert [row[1:] for row in list(csv.reader(score.table().splitlines()))[1:]] == [
        ["0", "20"],
        ["1000", "25"],
        ["2000", "26"],
    ]
    assert "+6 since the start" in score.caption.whole


def test_a_curve_that_nobody_sees_is_drawn_when_it_is_shown(qtbot: QtBot) -> None:
    chart = LossCurve()
    qtbot.addWidget(chart)
    for step in range(1, 50):
        chart.add(trained(step, 0.5))
    assert not chart.save_png.isEnabled()
    chart.show()
    qtbot.waitUntil(chart.save_png.isEnabled)


def test_charts_are_saved_as_pictures_and_tables(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = IntervalChart()
    qtbot.addWidget(chart)
    assert not chart.save_csv.isEnabled()
    old, gains = (30.0, 31.0, 29.0), (0.5, -0.25, 0.75)
    photos = Comparison.of(("a.jpg", "b.jpg", "c.jpg"), old, [o + g for o, g in zip(old, gains, strict=True)])
    chart.show_photos("psnr", photos)
    assert "+0.33" in chart.caption.whole
    for name, action in (("chart", chart.save_png), ("figures.csv", chart.save_csv)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        with qtbot.waitSignal(chart.saved):
            action.trigger()
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.reader((tmp_path / "figures.csv").read_text().splitlines()))
    assert rows[1] == ["a.jpg", "30.0000", "30.5000", "0.5000"]
    assert [row[0] for row in rows[4:]] == ["mean", "low", "high"]


def test_without_a_model_to_compare_with_there_is_no_gain(qtbot: QtBot) -> None:
    chart = IntervalChart()
    qtbot.addWidget(chart)
    chart.show_photos("psnr", Comparison.of(("a.jpg",), (), (30.0,)))
    assert not chart.hint.isHidden()


def test_scores_have_their_units() -> None:
    assert signed("psnr", -0.5) == "−0.50"
    assert signed("f1", 0.034) == "+3.40"
