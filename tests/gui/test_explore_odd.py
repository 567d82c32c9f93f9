"""The view of odd photos: the line, the photos beyond it, one of them, and lists."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot
from small_explore import small_coder, small_indexed, small_photos

from aestudio.explore.coder import Coder
from aestudio.explore.photos import Indexed, Levels
from aestudio.gui.explore.odd_detail import heat_image
from aestudio.gui.explore.odd_histogram import OddHistogram
from aestudio.gui.explore.odd_view import OddView
from aestudio.gui.palette import DARK, LIGHT, Greys, make_palette

SLOW = 30_000
COUNT, AT = 60, 17


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    """A coder with random weights."""
    return small_coder(tmp_path_factory.mktemp("models"))


def levels(count: int = COUNT) -> Levels:
    noise = np.random.default_rng(0).normal(0, 4, (count, 128, 128, 3))
    photos = np.clip(small_photos(count).astype(float) + noise, 0, 255).astype(np.uint8)
    photos[AT % count] = 0  # a black frame
    return photos


@pytest.fixture(scope="module")
def photos(coder: Coder) -> Indexed:
    """Soft pictures, and a black one."""
    return small_indexed(coder, levels())


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[OddView]:
    """The view, seen."""
    view = OddView()
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.shut_down()


@pytest.fixture
def found(view: OddView, photos: Indexed, coder: Coder, qtbot: QtBot) -> OddView:
    """The view with its photos looked through."""
    view.take(photos, coder)
    qtbot.waitUntil(lambda: view.odd is not None and not view.runner.busy, timeout=SLOW)
    return view


def select(view: OddView, row: int, qtbot: QtBot) -> None:
    assert view.grid.select_row(row)
    qtbot.waitUntil(lambda: view.detail.look is not None and view.detail.look.row == row, timeout=SLOW)


# looking


def test_the_odd_ones_are_shown_from_odd_to_less_odd(found: OddView) -> None:
    odd = found.odd
    assert odd is not None
    rows = found.grid.rows
    assert rows[0] == AT
    assert rows == [row for row in odd.order.tolist() if odd.scores[row] > odd.fence]
    caption = found.grid.photos_.captions
    assert caption is not None
    assert len(caption) == len(rows)
    assert caption[0].startswith(f"{odd.scores[AT]:.1f}  ")
    assert not found.bar.isVisible()
    assert not found.start.isVisible()


def test_nothing_is_computed_before_it_is_seen(photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    view = OddView()
    qtbot.addWidget(view)
    view.take(photos, coder)
    assert not view.runner.busy
    view.show()
    qtbot.waitUntil(lambda: view.odd is not None, timeout=SLOW)
    view.shut_down()


def test_few_photos_are_told_where_photos_would_be(view: OddView, coder: Coder, qtbot: QtBot) -> None:
    failures: list[object] = []
    view.failed.connect(failures.append)
    view.take(small_indexed(coder, levels(5)), coder)
    qtbot.waitUntil(lambda: not view.runner.busy and bool(view.grid._empty), timeout=SLOW)
    assert "fewer than 20 photos" in view.grid._empty
    assert not failures  # nothing went wrong
    assert not view.slider.isEnabled()
    assert not view.save.isEnabled()


def test_what_was_found_of_other_photos_is_dropped(view: OddView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    others = small_indexed(coder, levels(30))
    view.take(photos, coder)
    view.take(others, coder)
    qtbot.waitUntil(lambda: view.odd is not None and not view.runner.busy, timeout=SLOW)
    assert view.odd is not None
    assert len(view.odd.scores) == 30
    view.leave()
    assert view.grid.rows == []
    assert view.odd is None


def test_it_can_be_stopped_and_begun_again(view: OddView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    view.take(photos, coder)
    assert view.stop.isVisible()
    view.stop.click()
    qtbot.waitUntil(lambda: view.start.isVisible() or view.odd is not None, timeout=SLOW)
    if view.odd is None:  # else it was quicker
        assert "not looked through" in view.grid._empty
        view.start.click()
        qtbot.waitUntil(lambda: view.odd is not None, timeout=SLOW)
    assert view.grid.rows[0] == AT


# the line


def test_the_line_is_dragged(found: OddView, qtbot: QtBot) -> None:
    chart = found.histogram
    before = found.grid.rows
    area = chart.plot.area
    on_line = chart.plot.on_screen(QPointF(chart.threshold, 0)).x()
    y = round(area.center().y())
    goal = QPoint(round(area.left() + area.width() * 0.1), y)
    QTest.mousePress(chart.plot.over, Qt.MouseButton.LeftButton, pos=QPoint(round(on_line), y))
    QTest.mouseMove(chart.plot.over, goal)
    QTest.mouseRelease(chart.plot.over, Qt.MouseButton.LeftButton, pos=goal)
    assert chart.threshold == pytest.approx(chart.most * 0.1, rel=0.1)
    assert found.slider.value() == pytest.approx(40, abs=4)
    qtbot.waitUntil(lambda: len(found.grid.rows) > len(before), timeout=SLOW)
    found.usual.click()
    qtbot.waitUntil(lambda: found.grid.rows == before, timeout=SLOW)


def test_the_keyboard_moves_the_line_and_a_selected_photo_stays(found: OddView, qtbot: QtBot) -> None:
    select(found, AT, qtbot)
    before = found.histogram.threshold
    found.slider.setFocus()
    QTest.keyClick(found.slider, Qt.Key.Key_Left)
    QTest.keyClick(found.slider, Qt.Key.Key_PageDown)
    assert found.histogram.threshold < before
    qtbot.waitUntil(lambda: not found._soon.isActive(), timeout=SLOW)
    assert found.grid.selected_rows() == [AT]
    QTest.keyClick(found.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: len(found.grid.rows) == COUNT, timeout=SLOW)
    QTest.keyClick(found.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: len(found.grid.rows) <= 1, timeout=SLOW)


@pytest.mark.parametrize("greys", [DARK, LIGHT])
def test_the_chart_tells_and_counts(qtbot: QtBot, greys: Greys) -> None:
    chart = OddHistogram()
    qtbot.addWidget(chart)
    chart.setPalette(make_palette(greys))
    assert not chart.save_csv.isEnabled()
    chart.resize(500, 160)
    chart.show()
    qtbot.waitExposed(chart)
    scores = np.concatenate([np.linspace(1, 3, 97), [8, 9, 200]])
    chart.show_scores(scores, 4.0, 4.0)
    assert chart.most == pytest.approx(12)  # what lies beyond is in the last bar
    assert chart.caption.whole.startswith("3 photo")
    assert chart.caption.whole.endswith("beyond 4.0")
    rows = list(csv.reader(chart.table().splitlines()))
    assert rows[0] == ["from", "to", "photos"]
    assert sum(int(row[2]) for row in rows[1:]) == 100
    assert rows[-1][1:] == ["", "1"]
    chart.clear()
    assert not chart.save_png.isEnabled()


# one photo


def test_a_photo_says_why_and_shows_where(found: OddView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    select(found, AT, qtbot)
    detail = found.detail
    assert detail.name.whole == photos.paths[AT].name
    assert "darker" in detail.why.text()
    assert detail.look is not None
    np.testing.assert_allclose(detail.look.heat, coder.heat(photos.smalls([AT])[0]))
    np.testing.assert_array_equal(detail.look.drawn, coder.decode(photos.codes[[AT]])[0])
    assert detail.look.photo.shape == (128, 128, 3)  # its file is not there
    shown = detail.photo.grab().toImage()
    detail.heat.click()
    assert detail.photo.grab().toImage() != shown
    detail.heat.click()
    assert detail.photo.grab().toImage() == shown
    found.grid.clearSelection()
    assert detail.look is None


def test_the_last_of_many_choices_is_shown(found: OddView, qtbot: QtBot) -> None:
    found.slider.setValue(0)
    qtbot.waitUntil(lambda: len(found.grid.rows) == COUNT, timeout=SLOW)
    for row in (3, 9, AT, 30, 31):
        found.grid.select_row(row)
    qtbot.waitUntil(lambda: not found.runner.busy and found._wanted is None, timeout=SLOW)
    assert found.detail.look is not None
    assert found.detail.look.row == 31


def test_the_photo_itself_is_read_where_it_is_there(view: OddView, coder: Coder, tmp_path: Path, qtbot: QtBot) -> None:
    photos = small_indexed(coder, levels())
    path = tmp_path / "black.png"
    QImage(300, 200, QImage.Format.Format_RGB32).save(str(path))
    paths = tuple(path if row == AT else other for row, other in enumerate(photos.paths))
    view.take(replace(photos, paths=paths), coder)
    qtbot.waitUntil(lambda: view.odd is not None and not view.runner.busy, timeout=SLOW)
    select(view, AT, qtbot)
    assert view.detail.look is not None
    assert view.detail.look.photo.shape == (200, 300, 3)


def test_the_map_is_clear_where_there_is_no_error() -> None:
    heat = np.zeros((128, 128), dtype=np.float32)
    heat[64:] = 0.3
    image = heat_image(heat)
    assert image.pixelColor(5, 5).alpha() == 0
    assert image.pixelColor(5, 100).alpha() > 150


# what can be done


def test_chosen_photos_go_elsewhere(found: OddView, photos: Indexed, qtbot: QtBot) -> None:
    assert not found.to_studio.isEnabled()
    select(found, AT, qtbot)
    for button, signal in ((found.to_studio, found.studio_wanted), (found.to_batch, found.batch_wanted)):
        with qtbot.waitSignal(signal) as wanted:
            button.click()
        assert wanted.args == [[photos.paths[AT]]]
    with qtbot.waitSignal(found.studio_wanted) as wanted:
        found.grid.row_activated.emit(AT)
    assert wanted.args == [[photos.paths[AT]]]


def test_lists_are_copied_and_saved(
    found: OddView, photos: Indexed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    found.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [str(photos.paths[row]) for row in found.grid.rows]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "odd"), ""))
    found.save.click()
    qtbot.waitUntil(lambda: found.said.whole == "Saved as odd.csv.", timeout=SLOW)
    rows = list(csv.reader((tmp_path / "odd.csv").read_text().splitlines()))
    assert rows[0][:3] == ["file", "score", "error"]
    assert [row[0] for row in rows[1:]] == lines
    qtbot.waitUntil(lambda: not found.runner.busy, timeout=SLOW)
    with qtbot.waitSignal(found.failed, timeout=SLOW):
        found.save.click()  # a name that the dialog did not ask about is not replaced


def test_the_sentence_is_always_there_and_everything_has_a_name(found: OddView) -> None:
    assert found.note.isVisible()
    assert "not what is good" in found.note.text()
    for button in found.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text(), button
        assert button.toolTip(), button.text()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert found.slider.accessibleName()
    assert found.slider.toolTip()
