"""The grid of thumbnails: what it shows, what it reads, and how it is used by mouse and keyboard."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.errors import ImageError
from aestudio.explore.photos import Indexed, Levels
from aestudio.gui.explore.grid import KEPT, PhotoGrid
from aestudio.gui.explore.grid_delegate import CAPTION_ROLE, item_size
from aestudio.gui.explore.pictures import photo_image, shape_of
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.jobs import Failure

SLOW = 20_000
GREEN, RED = (0, 200, 0), (200, 0, 0)


class Reader:
    """Gives photos in plain colours, red in odd rows, and notes what was asked for."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.threads: set[threading.Thread] = set()
        self.problem: ImageError | None = None

    def __call__(self, rows: Sequence[int]) -> Levels:
        self.threads.add(threading.current_thread())
        self.read.extend(rows)
        if self.problem is not None:
            raise self.problem
        colours = np.array([RED if row % 2 else GREEN for row in rows], np.uint8)
        return np.broadcast_to(colours[:, None, None], (len(rows), 128, 128, 3)).copy()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def view(qtbot: QtBot, reader: Reader) -> Iterator[ExploreView]:
    view = ExploreView("View", "image-outline", "A view.")
    qtbot.addWidget(view)
    view.photos = indexed(reader)
    yield view
    view.shut_down()


@pytest.fixture
def grid(view: ExploreView, qtbot: QtBot) -> PhotoGrid:
    grid = PhotoGrid(view)
    qtbot.addWidget(grid)
    grid.resize(4 * item_size(128, captions=False).width() + 40, 460)
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def indexed(reader: Reader, count: int = 100) -> Indexed:
    sizes = ((1000, 1500), (1500, 1000), (1000, 1000))
    return Indexed(
        paths=tuple(Path(f"/photos/{row:06}.jpg") for row in range(count)),
        digests=tuple(map(str, range(count))),
        sizes=tuple(sizes[row % 3] for row in range(count)),
        taken=(None,) * count,
        sharpness=np.zeros(count, np.float32),
        codes=np.zeros((count, 4), np.float32),
        errors=np.zeros(count, np.float32),
        smalls=reader,
        model="small",
        model_digest="0",
    )


def rect(grid: PhotoGrid, place: int) -> QRect:
    return grid.visualRect(grid.photos_.index(place))


def wait_for(grid: PhotoGrid, rows: Sequence[int], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(grid.photos_.has(row) for row in rows), timeout=SLOW)


def click(grid: PhotoGrid, place: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifiers, rect(grid, place).center())


# what is shown


def test_photos_are_drawn_in_their_shape(grid: PhotoGrid, qtbot: QtBot) -> None:
    grid.show_rows([0, 1, 2])
    wait_for(grid, [0, 1, 2], qtbot)
    image = grid.viewport().grab().toImage()
    for place, (width, height) in enumerate(((128, 85), (85, 128), (128, 128))):
        centre = rect(grid, place).center()
        colour = image.pixelColor(centre)
        assert (colour.red(), colour.green()) == ((200, 0) if place % 2 else (0, 200))
        for x, y in ((width // 2 + 3, 0), (0, height // 2 + 3)):
            outside = image.pixelColor(centre + QPoint(x, y))
            assert outside.red() == outside.green() == outside.blue(), (place, x, y)
            inside = image.pixelColor(centre + QPoint(max(0, x - 6), max(0, y - 6)))
            assert inside == colour, (place, x, y)


def test_only_what_is_seen_is_read_and_not_by_the_gui_thread(grid: PhotoGrid, reader: Reader, qtbot: QtBot) -> None:
    grid.show_rows(range(100))
    seen = list(grid.places_seen())
    assert 8 <= len(seen) <= 16
    wait_for(grid, seen, qtbot)
    assert sorted(reader.read) == seen
    assert threading.main_thread() not in reader.threads
    grid.scrollTo(grid.photos_.index(99))
    wait_for(grid, [96, 97, 98, 99], qtbot)
    assert 50 not in reader.read
    before = list(reader.read)
    grid.scrollToTop()
    grid.viewport().repaint()
    assert reader.read == before  # what was read is kept


def test_other_photos_do_not_show_the_thumbnails_of_those_before(
    grid: PhotoGrid, view: ExploreView, reader: Reader, qtbot: QtBot
) -> None:
    grid.show_rows([0])
    wait_for(grid, [0], qtbot)
    view.photos = indexed(reader, 5)
    grid.show_rows([0])
    assert not grid.photos_.has(0)
    wait_for(grid, [0], qtbot)
    view.leave()
    grid.show_rows(())
    assert grid.photos_.rowCount() == 0


def test_a_hundred_thousand_photos_are_told_at_once(
    grid: PhotoGrid, view: ExploreView, reader: Reader, qtbot: QtBot
) -> None:
    count = 100_000
    view.photos = indexed(reader, count)
    grid.show_rows(range(count))
    assert grid.select_row(70_001)
    qtbot.waitUntil(lambda: grid.photos_.has(70_001), timeout=SLOW)
    assert len(reader.read) < 100
    assert grid.viewport().rect().contains(rect(grid, 70_001))
    assert grid.indexAt(rect(grid, 70_001).center()).row() == 70_001
    grid.selectAll()
    assert grid.selected_count == count
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.selected_rows() == [count - 1]
    assert count - 1 in grid.places_seen()


def test_thumbnails_kept_are_limited(grid: PhotoGrid) -> None:
    image = photo_image(np.zeros((128, 128, 3), np.uint8), (10, 10), QSize(8, 8))
    for row in range(KEPT + 10):
        grid.photos_.put(row, QPixmap.fromImage(image))
    assert not grid.photos_.has(9)
    assert grid.photos_.has(10)


def test_captions_and_marks_are_shown_and_told(grid: PhotoGrid, qtbot: QtBot) -> None:
    grid.show_rows([4, 2])
    plain = grid.tile.height()
    grid.show_rows([4, 2], ["first", "second"], marked=frozenset({2}))
    assert grid.tile.height() > plain
    wait_for(grid, [4, 2], qtbot)
    index = grid.photos_.index(1)
    assert index.data(CAPTION_ROLE) == "second"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "000002.jpg, second"
    assert index.data(Qt.ItemDataRole.ToolTipRole).splitlines()[:2] == ["000002.jpg", "second"]
    marked = grid.viewport().grab().toImage()
    grid.set_captions(["one", "two"], marked=frozenset())
    assert index.data(CAPTION_ROLE) == "two"
    accent = grid.palette().highlight().color()
    tick = rect(grid, 1).adjusted(70, 0, 0, -90)
    places = [QPoint(x, y) for x in range(tick.left(), tick.right()) for y in range(tick.top(), tick.bottom())]
    unmarked = grid.viewport().grab().toImage()
    assert sum(marked.pixelColor(place) == accent for place in places) > 50
    assert sum(unmarked.pixelColor(place) == accent for place in places) == 0
    grid.select_row(2)
    grid.set_captions(["three", "four"])
    assert grid.selected_rows() == [2]  # nothing else changes


def test_an_empty_grid_says_why(grid: PhotoGrid) -> None:
    blank = grid.viewport().grab().toImage()
    grid.set_empty_text("There is nothing.")
    assert grid.viewport().grab().toImage() != blank


def test_trouble_with_reading_is_told(grid: PhotoGrid, view: ExploreView, reader: Reader, qtbot: QtBot) -> None:
    reader.problem = ImageError("The cache is gone.")
    with qtbot.waitSignal(view.failed, timeout=SLOW) as told:
        grid.show_rows([0])
        grid.viewport().repaint()
    assert told.args is not None
    assert isinstance(told.args[0], Failure)
    assert "The cache is gone." in told.args[0].sentence


@pytest.mark.parametrize(
    ("size", "wanted"), [((100, 200), (64, 32)), ((200, 100), (32, 64)), ((1, 9000), (64, 1)), ((0, 0), (64, 64))]
)
def test_shapes_fit_into_their_box(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert shape_of(size, QSize(64, 64)).toTuple() == wanted


def test_pictures_are_sharp_on_fine_screens() -> None:
    image = photo_image(np.zeros((128, 128, 3), np.uint8), (100, 200), QSize(64, 64), 2.0)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (128, 64, 2.0)


# mouse and keyboard


def test_photos_are_selected_as_in_any_list(grid: PhotoGrid, qtbot: QtBot) -> None:
    grid.show_rows(range(50, 80))
    with qtbot.waitSignal(grid.selection_changed):
        click(grid, 1)
    assert grid.selected_rows() == [51]
    click(grid, 6, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_rows() == [51, 52, 53, 54, 55, 56]
    click(grid, 3, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_rows() == [51, 52, 54, 55, 56]
    assert grid.selected_count == 5
    click(grid, 5)
    click(grid, 2, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_rows() == [52, 53, 54, 55]
    assert grid.selected_paths()[0] == Path("/photos/000052.jpg")
    with qtbot.waitSignal(grid.selection_changed):
        grid.show_rows(range(3))
    assert grid.selected_rows() == []


def test_a_frame_selects_what_it_meets(grid: PhotoGrid) -> None:
    grid.show_rows(range(10))
    start = rect(grid, 9).center() + QPoint(rect(grid, 9).width(), 0)  # beside the last photo
    viewport = grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for end in (start - QPoint(30, 30), rect(grid, 5).center()):
        QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=rect(grid, 5).center())
    assert grid.selected_rows() == [5, 6, 9]


def test_keys_move_among_rows_and_columns(grid: PhotoGrid) -> None:
    grid.show_rows(range(30))
    columns = grid.columns
    assert columns == 4
    grid.setFocus()
    grid.select_row(0)
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 29),
        (Qt.Key.Key_Down, 29),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_PageDown, 12),
        (Qt.Key.Key_PageUp, 0),
    ):
        QTest.keyClick(grid, key)
        assert grid.selected_rows() == [row], key
        assert row in grid.places_seen()
    QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_rows() == [0, 1, 2, 3, 4]


def test_enter_and_a_double_click_take_a_photo(grid: PhotoGrid, qtbot: QtBot) -> None:
    grid.show_rows([7, 8, 9])
    with qtbot.waitSignal(grid.row_activated) as taken:
        click(grid, 1)
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=rect(grid, 1).center())
    assert taken.args == [8]
    grid.select_row(9)
    with qtbot.waitSignal(grid.row_activated) as taken:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert taken.args == [9]


def test_the_menu_is_about_what_is_selected(grid: PhotoGrid, view: ExploreView, qtbot: QtBot) -> None:
    grid.show_rows(range(5))
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), grid.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(grid.viewport(), asked)
    assert not grid.menu.isVisible()  # nothing is selected
    click(grid, 0)
    click(grid, 1, Qt.KeyboardModifier.ShiftModifier)
    QApplication.sendEvent(grid.viewport(), asked)
    assert grid.menu.isVisible()
    grid.menu.hide()
    studio, batch = grid.menu.actions()[:2]
    paths = [Path("/photos/000000.jpg"), Path("/photos/000001.jpg")]
    for action, signal in ((studio, view.studio_wanted), (batch, view.batch_wanted)):
        with qtbot.waitSignal(signal) as wanted:
            action.trigger()
        assert wanted.args == [paths]


def test_photos_are_laid_out_anew_in_another_width(grid: PhotoGrid, qtbot: QtBot) -> None:
    grid.show_rows(range(30))
    grid.resize(2 * item_size(128, captions=False).width() + 40, 460)
    qtbot.waitUntil(lambda: grid.columns == 2)
    assert rect(grid, 2).left() == rect(grid, 0).left()
    assert rect(grid, 1).right() <= grid.viewport().rect().right()
    grid.select_row(29)
    assert grid.viewport().rect().contains(rect(grid, 29))
    beside = QPoint(grid.viewport().width() + 5, 5)
    assert not grid.indexAt(beside).isValid()


def test_what_is_not_shown_cannot_be_selected(grid: PhotoGrid) -> None:
    grid.show_rows([1, 2])
    assert not grid.select_row(5)
    grid.show_rows([])
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    grid.selectAll()
    assert grid.selected_rows() == []
    assert grid.selectionModel().selection().isEmpty()


def test_rows_may_be_an_array(grid: PhotoGrid, view: ExploreView) -> None:
    assert view.photos is not None
    view.photos = replace(view.photos)
    grid.show_rows(np.array([5, 3]))  # type: ignore[arg-type]  # as numpy gives them
    grid.selectAll()
    assert grid.selected_rows() == [5, 3]
    assert all(type(row) is int for row in grid.selected_rows())
    grid.selectionModel().select(grid.photos_.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert grid.selected_rows() == [5]
