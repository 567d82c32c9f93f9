"""The table of a batch: many rows, changes that come in heaps, and sorting."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.batch.harm import KINDS, Flag
from aestudio.batch.journal import DONE, FAILED, SKIPPED, STATES, WAITING, WORKING, Row
from aestudio.errors import Sentence
from aestudio.gui.batch.model import BatchModel, Column
from aestudio.gui.batch.table import BatchTable
from aestudio.gui.batch.words import left_text, rate_text, remark, story, time_text
from aestudio.gui.thumbnails import WORKERS, Thumbnails

SLOW = 20_000
MANY = 50_000
DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


@pytest.fixture
def thumbnails(qapp: QApplication) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails()
    yield thumbnails
    thumbnails.shutdown()


@pytest.fixture
def table(thumbnails: Thumbnails, qtbot: QtBot) -> BatchTable:
    """An empty table on the screen."""
    model = BatchModel(thumbnails)
    table = BatchTable(model)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    qtbot.waitExposed(table)
    return table


@pytest.fixture
def model(table: BatchTable) -> BatchModel:
    model = table.model()
    assert isinstance(model, BatchModel)
    return model


def make_rows(count: int, state: str = WAITING) -> list[Row]:
    folder = Path("/photos")
    return [
        Row(n, folder / f"day {n % 3}" / f"{n}.jpg", Path("/out") / f"{n}.jpg", state, size=n * 1000)
        for n in range(1, count + 1)
    ]


def numbers(model: BatchModel) -> list[int]:
    return [model.row(place).number for place in range(model.rowCount())]


def flagged(row: Row, *excesses: float) -> Row:
    flags = tuple(Flag("white", excess, Sentence.of("Too dark by {by}.", by=excess)) for excess in excesses)
    return replace(row, state=DONE, flags=flags)


def test_fifty_thousand_rows_are_set_changed_and_sorted(table: BatchTable, model: BatchModel) -> None:
    rows = [replace(row, state=STATES[row.number % len(STATES)]) for row in make_rows(MANY)]
    model.set_rows(rows)
    assert model.rowCount() == MANY
    table.sortByColumn(Column.SIZE, DOWN)
    assert model.row(0).number == MANY
    table.sortByColumn(Column.PHOTO, UP)
    assert numbers(model)[:12] == list(range(1, 13))  # as numbers, not as letters
    table.scrollToBottom()
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.change(replace(row, state=DONE) for row in rows[100:400])
    assert told == [(100, 399)]  # once for all
    assert model.counts[DONE] == sum(row.state == DONE for row in model.rows)


def test_failed_and_flagged_photos_come_first(table: BatchTable, model: BatchModel) -> None:
    rows = make_rows(6, DONE)
    rows[1] = flagged(rows[1], 0.2)
    rows[3] = replace(rows[3], state=FAILED, message=Sentence.of("{name} is damaged.", name="4.jpg"))
    rows[4] = flagged(rows[4], 1.5, 0.1)
    model.set_rows(rows)
    table.show_worst_first()
    assert numbers(model) == [4, 5, 2, 1, 3, 6]
    assert model.looks == 2
    assert table.horizontalHeader().sortIndicatorSection() == Column.LOOK


def test_three_clicks_on_a_heading(table: BatchTable, model: BatchModel) -> None:
    model.set_rows(make_rows(5))
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.SIZE) + 10, 10)
    seen = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        seen.append(numbers(model))
    assert seen == [[5, 4, 3, 2, 1], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]
    assert header.sortIndicatorSection() == -1


def test_what_is_chosen_stays_chosen_when_it_moves(table: BatchTable, model: BatchModel) -> None:
    model.set_rows(make_rows(9))
    for place in (2, 3, 7):
        table.selectionModel().select(
            model.index(place, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )
    table.selectionModel().setCurrentIndex(model.index(3, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    table.sortByColumn(Column.SIZE, DOWN)
    assert [row.number for row in table.chosen] == [8, 4, 3]
    assert table.current is not None
    assert table.current.number == 4
    table.selectAll()
    table.sortByColumn(Column.SIZE, UP)
    assert len(table.chosen) == 9


def test_a_photo_that_changes_stays_where_it_is(table: BatchTable, model: BatchModel) -> None:
    model.set_rows(make_rows(4))
    table.show_worst_first()
    model.change([replace(model.row(2), state=FAILED)])
    assert numbers(model) == [1, 2, 3, 4]  # nothing jumps while a run goes on
    table.show_worst_first()
    assert numbers(model) == [3, 1, 2, 4]


def test_the_same_photos_move_nothing(table: BatchTable, model: BatchModel, qtbot: QtBot) -> None:
    model.set_rows(make_rows(200))
    table.scrollToBottom()
    place = table.verticalScrollBar().value()
    with qtbot.assertNotEmitted(model.modelReset, wait=0):
        model.set_rows(make_rows(200, DONE))
    assert table.verticalScrollBar().value() == place > 0
    assert model.counts == {DONE: 200}


def test_rows_that_arrive_and_rows_that_go(table: BatchTable, model: BatchModel) -> None:
    rows = make_rows(6)
    model.set_rows(rows[:3])
    model.add_rows([replace(rows[1], state=WORKING), *rows[3:]])
    assert numbers(model) == [1, 2, 3, 4, 5, 6]
    assert model.counts == {WAITING: 5, WORKING: 1}
    model.stop_working()
    assert model.counts[WAITING] == 6
    model.remove([2])
    model.remove([1, 6])
    assert numbers(model) == [3, 4, 5]
    assert model.bytes == 12_000


def test_keys_open_and_remove(table: BatchTable, model: BatchModel, qtbot: QtBot) -> None:
    model.set_rows(make_rows(3))
    table.choose(model.row(1))
    with qtbot.waitSignal(table.opened, check_params_cb=lambda row: row.number == 2):
        QTest.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.removal_wanted, check_params_cb=lambda rows: [row.number for row in rows] == [2]):
        QTest.keyClick(table, Qt.Key.Key_Delete)
    place = table.visualRect(model.index(2, 0)).center()
    with qtbot.waitSignal(table.opened, check_params_cb=lambda row: row.number == 3):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.menu_wanted):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place))
        QApplication.sendEvent(table.viewport(), event)


def test_words_and_tool_tips(table: BatchTable, model: BatchModel) -> None:
    row = flagged(replace(make_rows(1)[0], megapixels=24.2, seconds=75.4, scores={"residue": 0.4}), 0.5)
    model.set_folders([Path("/photos")])
    model.set_rows([row])

    def text(column: Column, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        return str(model.data(model.index(0, column), role))

    assert text(Column.PHOTO) == "1.jpg"
    assert model.below(row) == "photos/day 1"
    assert (text(Column.SIZE), text(Column.TIME), text(Column.STATE)) == ("24.2 MP", "1 min 15 s", "done")
    assert text(Column.LOOK) == "Lights, Mark left"
    tip = text(Column.LOOK, Qt.ItemDataRole.ToolTipRole)
    assert tip.split("\n") == ["Too dark by 0.5.", "Left of the mark: 40 %."]
    assert text(Column.PHOTO, Qt.ItemDataRole.AccessibleTextRole) == "1.jpg, done"
    assert text(Column.PHOTO, Qt.ItemDataRole.ToolTipRole) == "/photos/day 1/1.jpg"
    assert model.data(QModelIndex()) is None
    headings = [model.headerData(c, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for c in Column]
    assert all(headings)


def test_each_flag_has_a_word_of_its_own() -> None:
    row = make_rows(1)[0]
    words = [remark(replace(row, flags=(Flag(kind, 2.0, Sentence.of("Look at it.")),))) for kind in KINDS]
    assert len(set(words)) == len(KINDS)
    assert not set(words) & set(KINDS)


def test_a_name_is_not_said_twice_in_a_row() -> None:
    row = replace(make_rows(1)[0], state=FAILED, message=Sentence.of("{name} is damaged.", name="1.jpg"))
    assert remark(row) == "is damaged."
    assert story(row) == "1.jpg is damaged."
    other = replace(row, message=Sentence.of("The disk is gone."))
    assert remark(other) == "The disk is gone."
    skipped = replace(row, state=SKIPPED, message=Sentence.of("{name} is there already.", name="1.jpg"))
    assert remark(skipped) == "1.jpg is there already."  # of the result, not of the photo


@pytest.mark.parametrize(
    ("seconds", "took", "left"),
    [
        (0.42, "0.4 s", "1 s left"),
        (59.7, "1 min 00 s", "60 s left"),
        (185.0, "3 min 05 s", "3 min left"),
        (8000.0, "2 h 13 min", "2 h 13 min left"),
    ],
)
def test_times_are_as_exact_as_they_are_known(seconds: float, took: str, left: str) -> None:
    assert time_text(seconds) == took
    assert left_text(seconds) == left


def test_rates_are_no_more_exact_than_they_are_known() -> None:
    assert rate_text(0.4) == "0 photos per hour"
    assert rate_text(1234.5).replace(",", "") == "1200 photos per hour"


def test_thumbnails_are_made_of_what_is_seen(
    table: BatchTable, model: BatchModel, thumbnails: Thumbnails, make_photo: Callable[..., Path], qtbot: QtBot
) -> None:
    first = make_photo("many/000.png", width=48, height=32)
    paths = [first, *(first.with_name(f"{number:03}.png") for number in range(1, 300))]
    for path in paths[1:]:
        path.hardlink_to(first)
    made: list[Path] = []
    thumbnails.made.connect(made.append)
    model.set_rows([Row(n + 1, path, Path("/out") / path.name) for n, path in enumerate(paths)])
    qtbot.waitUntil(lambda: set(paths[:7]) <= set(made), timeout=SLOW)
    bar = table.verticalScrollBar()
    for step in range(1, 46):
        bar.setValue(round(step / 45 * bar.maximum()))
        table.repaint()
        QApplication.processEvents()
    qtbot.waitUntil(lambda: set(paths[-7:]) <= set(made), timeout=SLOW)
    assert len(set(made) & set(paths[12:-12])) <= WORKERS


def test_a_photo_without_a_thumbnail_says_why(
    table: BatchTable, model: BatchModel, thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "torn.jpg"
    path.write_bytes(b"torn")
    with qtbot.waitSignal(thumbnails.failed, timeout=SLOW):
        model.set_rows([Row(1, path, tmp_path / "out" / "torn.jpg")])
        table.repaint()
    tip = str(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert tip.count("\n") == 1
    assert model.is_broken(model.row(0))
