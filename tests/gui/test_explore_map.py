"""The map of photos: moved, pointed at, selected from, and saved."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import ImageError
from aestudio.explore.coder import Coder
from aestudio.explore.maps import CODES, NEIGHBOURS, PIXELS
from aestudio.explore.photos import Indexed, Levels
from aestudio.gui.explore.lasso import inside
from aestudio.gui.explore.map_scene import APART
from aestudio.gui.explore.map_view import MapView
from aestudio.gui.jobs import Failure

SLOW = 30_000
COUNT = 60
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def photos(coder: Coder) -> Indexed:
    return small_indexed(coder, small_photos(COUNT))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    """The view, with the method that takes least."""
    view = MapView()
    qtbot.addWidget(view)
    view.method = CODES
    view.resize(1000, 700)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.shut_down()


@pytest.fixture
def shown(view: MapView, photos: Indexed, coder: Coder, qtbot: QtBot) -> MapView:
    """The same with all photos on it."""
    view.take(photos, coder)
    settle(view, qtbot)
    return view


def settle(view: MapView, qtbot: QtBot) -> None:
    """Wait for the map, its pictures and colours."""

    def settled() -> bool:
        view.canvas.repaint()
        there = all(view.canvas.pictures.get(row) is not None for row in view.canvas.scene.pictures().tolist())
        return there and view.canvas.colours is not None and not view.runner.busy

    qtbot.waitUntil(lambda: view.canvas.scene.map is not None, timeout=SLOW)
    qtbot.waitUntil(settled, timeout=SLOW)


def place_of(view: MapView, row: int) -> QPoint:
    return view.canvas.box_of(row).center()


def top(view: MapView, number: int = 0) -> int:
    """A photo that no other picture lies on."""
    return int(view.canvas.scene.pictures()[number])


def wheel(view: MapView, at: QPoint, steps: int) -> None:
    position = QPointF(at)
    event = QWheelEvent(
        position,
        view.canvas.mapToGlobal(position),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.canvas, event)


def drag(view: MapView, *places: QPoint, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mousePress(view.canvas, LEFT, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(view.canvas, place)
    QTest.mouseRelease(view.canvas, LEFT, modifier, places[-1])


# what is drawn


def test_photos_are_drawn_in_their_shape_and_colours(shown: MapView, photos: Indexed) -> None:
    row = top(shown)
    box = shown.canvas.box_of(row)
    assert box.width() / box.height() == pytest.approx(1.5, rel=0.05)
    drawn = shown.canvas.grab().toImage().pixelColor(box.center())
    expected = photos.smalls([row])[0][64, 64].astype(int)
    assert np.abs(np.array([drawn.red(), drawn.green(), drawn.blue()]) - expected).max() <= 12


def test_pictures_do_not_lie_on_one_another_and_the_others_are_dots(
    view: MapView, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    codes = photos.codes.copy()
    codes[30:] = codes[0] + 0.001 * codes[30:]  # half of them in one place, nearly
    view.take(replace(photos, codes=codes), coder)
    settle(view, qtbot)
    scene = view.canvas.scene
    rows = scene.pictures()
    points = scene.points()[rows]
    far = np.abs(points[:, None] - points[None]).max(axis=-1)
    np.fill_diagonal(far, np.inf)
    assert far.min() >= APART * scene.side - 1e-6
    dots = scene.dots(rows)
    assert len(dots) >= 25
    assert sorted([*rows, *dots]) == list(range(COUNT))
    view.canvas.zoom_by(10_000, QPointF(*scene.points()[30]))
    assert 30 in [*scene.pictures(), *scene.dots(scene.pictures())]
    assert len(scene.pictures()) < len(rows)


def test_only_what_is_seen_is_read(view: MapView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    asked: set[int] = set()

    def smalls(rows: Sequence[int]) -> Levels:
        asked.update(rows)
        return photos.smalls(rows)

    view.take(replace(photos, smalls=smalls), coder)
    settle(view, qtbot)  # the colours are read of all
    asked.clear()
    view.canvas.pictures.take(view.photos)
    view.canvas.zoom_by(6, QPointF(place_of(view, top(view))))
    settle(view, qtbot)
    seen = set(view.canvas.scene.pictures().tolist())
    assert 0 < len(seen) < COUNT // 2
    assert asked == seen


def test_ways_to_lay_photos_out_are_switched_and_kept(shown: MapView, qtbot: QtBot) -> None:
    begun = shown.canvas.scene.map
    assert _shows(shown, CODES)
    for method in (PIXELS, NEIGHBOURS):
        shown.tools.methods[method].click()
        assert shown.tools.methods[method].isChecked()
        assert not shown.tools.stop.isHidden()
        qtbot.waitUntil(partial(_shows, shown, method), timeout=SLOW)
        assert shown.tools.stop.isHidden()
    shown.tools.methods[CODES].click()
    assert shown.canvas.scene.map is begun  # at once


def _shows(view: MapView, method: str) -> bool:
    return view.canvas.scene.map is not None and view.canvas.scene.map.method == method


def test_until_the_map_is_there_another_one_is_shown_and_it_can_be_stopped(
    view: MapView, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    view.method = NEIGHBOURS
    view.take(photos, coder)
    assert "laid out" in view.hint.text()
    qtbot.waitUntil(partial(_shows, view, CODES), timeout=SLOW)
    assert view.hint.text() == ""
    assert view.tools.methods[NEIGHBOURS].isChecked()
    assert not view.tools.stop.isHidden()
    view.tools.stop.click()
    assert view.tools.methods[CODES].isChecked()
    assert view.tools.stop.isHidden()
    settle(view, qtbot)
    assert _shows(view, CODES)
    view.tools.methods[NEIGHBOURS].click()
    qtbot.waitUntil(partial(_shows, view, NEIGHBOURS), timeout=SLOW)


def test_a_map_that_fails_is_told_once(view: MapView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    def smalls(rows: Sequence[int]) -> Levels:
        raise ImageError("The photo cannot be read.")

    told: list[Failure] = []
    view.failed.connect(told.append)
    view.method = PIXELS
    view.take(replace(photos, smalls=smalls), coder)
    qtbot.waitUntil(lambda: len(told) == 3, timeout=SLOW)  # the map, the colours and the pictures
    qtbot.waitUntil(lambda: not view.runner.busy, timeout=SLOW)
    view.canvas.repaint()
    assert not view.canvas.pictures._runner.busy
    assert len(told) == 3
    assert {failure.sentence for failure in told} == {"The photo cannot be read."}
    assert _shows(view, CODES)
    assert view.tools.stop.isHidden()


def test_nothing_is_computed_before_the_view_is_seen(photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.take(photos, coder)
    assert not view.runner.busy
    view.method = CODES
    view.show()
    settle(view, qtbot)
    view.shut_down()


# where one looks


def test_the_wheel_zooms_around_the_pointer_and_f_shows_all(shown: MapView, qtbot: QtBot) -> None:
    scene = shown.canvas.scene
    row = top(shown, 3)
    before = place_of(shown, row)
    wheel(shown, before, 3)
    assert scene.zoom > 1.5
    assert (place_of(shown, row) - before).manhattanLength() <= 2
    QTest.keyClick(shown, Qt.Key.Key_F)
    assert scene.zoom == 1
    assert scene.is_whole
    for button, nearer in ((shown.tools.nearer, True), (shown.tools.farther, False)):
        zoom = scene.zoom
        button.click()
        assert (scene.zoom > zoom) is nearer


def test_dragging_moves_the_map_and_leaves_a_part_of_it_in_the_window(shown: MapView) -> None:
    wheel(shown, shown.canvas.rect().center(), 4)
    row = top(shown)
    before = place_of(shown, row)
    drag(shown, QPoint(400, 300), QPoint(420, 310), QPoint(460, 330))
    moved = place_of(shown, row) - before
    assert (moved - QPoint(60, 30)).manhattanLength() <= 2
    assert not shown.canvas.selected.any()  # that was no click
    for _ in range(40):
        drag(shown, QPoint(10, 10), QPoint(300, 300), QPoint(900, 500))
    assert shown.canvas.scene.in_window().any()


def test_another_size_of_the_window_keeps_the_whole_map_or_its_middle(shown: MapView) -> None:
    scene = shown.canvas.scene
    shown.resize(1400, 900)
    QApplication.processEvents()
    assert scene.is_whole
    wheel(shown, QPoint(500, 300), 5)
    middle = scene.at(scene.width / 2, scene.height / 2)
    shown.resize(1100, 760)
    QApplication.processEvents()
    assert scene.at(scene.width / 2, scene.height / 2) == pytest.approx(middle)


# what is selected


def test_clicks_select(shown: MapView) -> None:
    one, other = top(shown, 0), top(shown, 1)
    QTest.mouseClick(shown.canvas, LEFT, pos=place_of(shown, one))
    assert shown.canvas.selected_rows == [one]
    assert shown.caption.whole == "1 photo selected"
    QTest.mouseClick(shown.canvas, LEFT, SHIFT, place_of(shown, other))
    assert shown.canvas.selected_rows == sorted([one, other])
    QTest.mouseClick(shown.canvas, LEFT, SHIFT, place_of(shown, one))
    assert shown.canvas.selected_rows == [other]
    QTest.mouseClick(shown.canvas, LEFT, pos=QPoint(2, 2))  # beside all
    assert shown.canvas.selected_rows == []
    assert not shown.to_studio.isEnabled()
    assert not shown.escape()


def test_a_lasso_selects_what_lies_in_it(shown: MapView) -> None:
    QTest.keyClick(shown, Qt.Key.Key_L)
    assert shown.tools.lasso.isChecked()
    middle = shown.canvas.rect().center()
    far = QPoint(shown.canvas.width() - 3, shown.canvas.height() - 3)
    drag(shown, QPoint(2, 2), QPoint(middle.x(), 2), QPoint(middle.x(), far.y()), QPoint(2, far.y()))
    points = shown.canvas.scene.points()
    left = set(np.flatnonzero(points[:, 0] < middle.x()).tolist())
    assert set(shown.canvas.selected_rows) == left
    assert 0 < len(left) < COUNT
    drag(
        shown, QPoint(middle.x(), 2), QPoint(far.x(), 2), far, QPoint(middle.x(), far.y()), modifier=SHIFT
    )  # the other half as well
    assert len(shown.canvas.selected_rows) == COUNT
    QTest.mousePress(shown.canvas, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(shown.canvas, QPoint(300, 300))
    assert shown.escape()  # drops the line, not the selection
    QTest.mouseRelease(shown.canvas, LEFT, pos=QPoint(300, 300))
    assert len(shown.canvas.selected_rows) == COUNT
    assert shown.escape()
    assert shown.canvas.selected_rows == []


def test_what_lies_inside_a_line_is_told_exactly() -> None:
    star = np.array([[0, 0], [10, 0], [5, 5], [10, 10], [0, 10]], dtype=float)
    places = np.array([[1, 1], [9, 5], [4, 5], [9, 9.5], [5, 11]], dtype=float)
    assert inside(star, places).tolist() == [True, False, True, True, False]
    assert not inside(np.zeros((0, 2)), places).any()


def test_selected_photos_go_to_the_studio_and_to_the_batch(shown: MapView, photos: Indexed, qtbot: QtBot) -> None:
    rows = [top(shown, 0), top(shown, 1)]
    shown.canvas.select(rows)
    expected = [photos.paths[row] for row in sorted(rows)]
    for button, signal in ((shown.to_studio, shown.studio_wanted), (shown.to_batch, shown.batch_wanted)):
        with qtbot.waitSignal(signal, check_params_cb=lambda paths: paths == expected):
            button.click()
    for action, signal in zip(shown.actions_of_photos, (shown.studio_wanted, shown.batch_wanted), strict=True):
        with qtbot.waitSignal(signal, check_params_cb=lambda paths: paths == expected):
            action.trigger()
    with qtbot.waitSignal(shown.studio_wanted, check_params_cb=lambda paths: paths == [photos.paths[rows[0]]]):
        QTest.mouseDClick(shown.canvas, LEFT, pos=place_of(shown, rows[0]))


def test_the_keyboard_goes_from_photo_to_photo(shown: MapView, photos: Indexed, qtbot: QtBot) -> None:
    canvas = shown.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    start = canvas.current
    assert start is not None
    x = canvas.scene.points()[start][0]
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.current is not None
    assert canvas.scene.points()[canvas.current][0] > x
    assert canvas.selected_rows == [canvas.current]
    QTest.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    assert len(canvas.selected_rows) == 2
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert len(canvas.selected_rows) == 1
    path = photos.paths[canvas.current]
    with qtbot.waitSignal(shown.studio_wanted, check_params_cb=lambda paths: paths == [path]):
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.selected_rows) == COUNT
    wheel(shown, place_of(shown, canvas.current), 8)
    for _ in range(5):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
        assert canvas.rect().contains(place_of(shown, canvas.current))


def test_selection_and_maps_stay_with_the_same_photos_alone(
    shown: MapView, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    shown.canvas.select([top(shown)])
    before = shown.canvas.scene.map
    shown.take(replace(photos), coder)  # looked at again
    assert len(shown.canvas.selected_rows) == 1
    assert shown.canvas.scene.map is before
    fewer = small_indexed(coder, small_photos(12, seed=3))
    shown.take(fewer, coder)
    assert shown.canvas.row_at(QPointF(500, 300)) is None  # before anything is drawn
    assert shown.canvas.selected_rows == []
    settle(shown, qtbot)
    assert shown.canvas.scene.map is not None
    assert len(shown.canvas.scene.map.places) == 12
    shown.leave()
    shown.canvas.repaint()
    assert shown.canvas.scene.map is None


# the photo under the pointer


def test_the_pointer_on_a_photo_shows_its_name_and_it_larger(
    view: MapView, photos: Indexed, coder: Coder, make_photo: Callable[..., Path], qtbot: QtBot
) -> None:
    path = make_photo("holiday.png", width=900, height=600)
    view.take(replace(photos, paths=(path,) * COUNT, sizes=((600, 900),) * COUNT), coder)
    settle(view, qtbot)
    with qtbot.waitSignal(view.look.sharpened, timeout=SLOW):
        QTest.mouseMove(view.canvas, place_of(view, top(view)))
    assert view.look.isVisible()
    assert view.look.name.whole == "holiday.png"
    assert view.look.facts.whole == "900 × 600 pixels"
    assert view.look.picture.width() > 2 * view.canvas.scene.side
    assert view.canvas.rect().contains(view.look.geometry())
    QTest.mouseMove(view.canvas, QPoint(2, 2))
    assert view.look.isHidden()


def test_of_a_photo_that_is_gone_the_small_copy_is_shown(shown: MapView, photos: Indexed, qtbot: QtBot) -> None:
    row = top(shown)
    with qtbot.waitSignal(shown.look._runner.failed, timeout=SLOW):
        QTest.mouseMove(shown.canvas, place_of(shown, row))
    assert shown.look.isVisible()
    qtbot.waitUntil(lambda: not shown.look._runner.busy)
    drawn = shown.look.picture.pixmap().toImage().pixelColor(160, 106)
    expected = photos.smalls([row])[0][64, 64].astype(int)
    assert np.abs(np.array([drawn.red(), drawn.green(), drawn.blue()]) - expected).max() <= 12


# files


def test_the_map_is_saved(shown: MapView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    for action, name in ((shown.save_csv, "map.csv"), (shown.save_png, "map.png")):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, path=path: (str(path.with_suffix("")), ""))
        with qtbot.waitSignal(shown.runner.succeeded, timeout=SLOW):
            action.trigger()
        qtbot.waitUntil(lambda: not shown.runner.busy, timeout=SLOW)
        assert path.stat().st_size > 0
        assert shown.caption.whole == f"The map was saved as {name}."
        with qtbot.waitSignal(shown.failed, timeout=SLOW) as failed:
            action.trigger()  # the dialog did not ask about that name
        assert failed.args is not None
        assert "is there already" in failed.args[0].sentence
        qtbot.waitUntil(lambda: not shown.runner.busy, timeout=SLOW)


# names and keys


def test_everything_has_a_name_and_is_reached_with_tab(shown: MapView, qtbot: QtBot) -> None:
    shown.canvas.select([0])
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.tools.methods[CODES].setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(20):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_Tab)
    assert {shown.canvas, shown.tools.lasso, shown.tools.fit, shown.to_studio, shown.to_batch} <= reached
    for button in shown.findChildren(QAbstractButton):
        assert button.accessibleName(), button
        assert button.toolTip(), button.accessibleName()
    assert shown.canvas.accessibleName()
