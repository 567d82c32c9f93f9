"""The view of similar photos: an example and what is like it, and near-duplicates in groups."""

import csv
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from small_explore import small_coder, small_indexed, small_photos

from aestudio.explore.coder import Coder
from aestudio.explore.duplicates import Kind
from aestudio.explore.photos import Indexed, Levels
from aestudio.explore.similar import example_of, similar
from aestudio.gui.explore.grid_delegate import CAPTION_ROLE
from aestudio.gui.explore.similar_view import SimilarView
from aestudio.gui.jobs import Failure

SLOW = 20_000


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def pictures() -> Levels:
    """Twenty pictures, then a darker version of the first, and copies of the second and the third."""
    rng = np.random.default_rng(0)
    grain = rng.integers(-40, 40, (20, 32, 32, 1)).repeat(4, axis=1).repeat(4, axis=2)
    plain = np.clip(small_photos(20).astype(int) // 2 + 64 + grain, 0, 255).astype(np.uint8)
    return np.concatenate([plain, plain[:1] // 8 * 7, plain[1:3]])


@pytest.fixture(scope="module")
def photos(coder: Coder, pictures: Levels) -> Indexed:
    indexed = small_indexed(coder, pictures)
    digests = [*indexed.digests[:21], *indexed.digests[1:3]]
    codes = indexed.codes.copy()
    codes[20] = codes[0]  # what an untrained network makes of it means nothing
    return replace(indexed, digests=tuple(digests), codes=codes)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SimilarView]:
    view = SimilarView()
    qtbot.addWidget(view)
    view.resize(1100, 640)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.shut_down()


@pytest.fixture
def taken(view: SimilarView, photos: Indexed, coder: Coder) -> SimilarView:
    """The view with photos."""
    view.take(photos, coder)
    return view


@pytest.fixture
def grouped(taken: SimilarView, qtbot: QtBot) -> SimilarView:
    """The view with near-duplicates that were found."""
    taken.show_part(taken.groups)
    qtbot.waitUntil(lambda: taken.groups.groups is not None and not taken.groups.runner.busy, timeout=SLOW)
    return taken


def answered(view: SimilarView, qtbot: QtBot, do: Callable[[], object]) -> None:
    """Do something that has photos looked for, and wait for them."""
    with qtbot.waitSignal(view.runner.succeeded, timeout=SLOW):
        do()
    qtbot.waitUntil(lambda: not view.runner.busy, timeout=SLOW)


# like an example


def test_all_photos_are_shown_to_choose_from(taken: SimilarView, photos: Indexed) -> None:
    search = taken.search
    assert search.grid.rows == list(range(len(photos)))
    assert not taken.runner.busy  # nothing is computed before it is wanted
    assert not search.panel.all.isEnabled()


def test_a_double_click_finds_what_is_like_a_photo(taken: SimilarView, photos: Indexed, qtbot: QtBot) -> None:
    grid = taken.search.grid
    grid.select_row(4)
    answered(taken, qtbot, lambda: QTest.keyClick(grid, Qt.Key.Key_Return))
    wanted = similar(photos, 4, 60)
    assert grid.rows == wanted.rows.tolist()
    assert len(grid.rows) == len(photos) - 1
    assert grid.photos_.index(0).data(CAPTION_ROLE) == f"{max(0, wanted.scores[0]):.0%}".replace("%", " %")
    assert taken.search.panel.name.whole == "00004.jpg"
    assert taken.search.panel.facts.whole == "1800 × 1200 pixels"
    # and on from there, and back
    answered(taken, qtbot, lambda: grid.row_activated.emit(grid.rows[0]))
    assert grid.rows == similar(photos, int(wanted.rows[0]), 60).rows.tolist()
    taken.search.panel.all.click()
    assert grid.rows == list(range(len(photos)))
    assert taken.search.example is None


def test_count_and_nearness_say_what_is_shown(taken: SimilarView, photos: Indexed, qtbot: QtBot) -> None:
    panel, grid = taken.search.panel, taken.search.grid
    answered(taken, qtbot, lambda: taken.find_like(0))
    assert grid.rows[0] == 20
    answered(taken, qtbot, lambda: panel.count.setValue(3))
    assert len(grid.rows) == 3
    answered(taken, qtbot, lambda: panel.least.setValue(99))
    assert grid.rows == [20]
    answered(taken, qtbot, lambda: taken.find_like(5))
    assert grid.rows == []


def test_any_file_can_be_the_example(
    taken: SimilarView,
    photos: Indexed,
    coder: Coder,
    pictures: Levels,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "elsewhere.png"
    Image.fromarray(pictures[7]).resize((300, 200)).save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    answered(taken, qtbot, taken.search.panel.choose.click)
    assert taken.search.grid.rows == similar(photos, example_of(path, coder).code, 60).rows.tolist()
    assert taken.search.panel.facts.whole == "300 × 200 pixels"


def test_a_photo_can_be_dropped(
    taken: SimilarView, photos: Indexed, coder: Coder, pictures: Levels, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "elsewhere.png"
    Image.fromarray(pictures[9]).save(path)
    answered(taken, qtbot, lambda: drop(taken.search, [path]))
    assert taken.search.grid.rows == similar(photos, example_of(path, coder).code, 60).rows.tolist()
    assert len(taken.search.grid.rows) == len(photos)  # none of them is left out
    assert not enters(taken.search, [tmp_path])  # a folder is for the window
    assert not enters(taken.search, [path, path])


def drop(widget: QWidget, paths: Sequence[Path]) -> None:
    mime = mime_of(paths)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert enters(widget, paths)
    QApplication.sendEvent(widget, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, left, none))


def enters(widget: QWidget, paths: Sequence[Path]) -> bool:
    mime = mime_of(paths)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def mime_of(paths: Sequence[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_file_that_is_no_photo_is_told_and_nothing_is_lost(taken: SimilarView, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "letter.jpg"
    bad.write_bytes(b"Dear Sir")
    answered(taken, qtbot, lambda: taken.find_like(3))
    before = taken.search.grid.rows
    with qtbot.waitSignal(taken.failed, timeout=SLOW) as told:
        taken.search.find_like_file(bad)
    assert told.args is not None
    assert isinstance(told.args[0], Failure)
    assert "letter.jpg" in told.args[0].sentence
    qtbot.waitUntil(lambda: not taken.runner.busy, timeout=SLOW)
    assert taken.search.grid.rows == before
    assert taken.search.panel.name.whole == "00003.jpg"


def test_the_last_wish_counts(taken: SimilarView, photos: Indexed, qtbot: QtBot) -> None:
    for row in (1, 2, 3, 11):
        taken.find_like(row)
    wanted = similar(photos, 11, 60).rows.tolist()
    qtbot.waitUntil(lambda: taken.search.grid.rows == wanted, timeout=SLOW)
    assert taken.search.panel.name.whole == "00011.jpg"


def test_what_was_found_among_other_photos_is_not_shown(
    taken: SimilarView, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    held = threading.Event()

    def slow(rows: Sequence[int]) -> Levels:
        assert held.wait(timeout=10)
        return photos.smalls(rows)

    taken.take(replace(photos, smalls=slow), coder)
    taken.find_like(0)
    fewer = small_indexed(coder, small_photos(4))
    taken.take(fewer, coder)
    held.set()
    qtbot.waitUntil(lambda: len(taken.search.grid.rows) == 3 and not taken.runner.busy, timeout=SLOW)
    assert taken.search.grid.photos_.photos is fewer


def test_leaving_forgets_everything(grouped: SimilarView) -> None:
    grouped.leave()
    assert grouped.search.grid.rows == []
    assert grouped.groups.groups is None
    assert grouped.groups.keepers.rows == []
    assert not grouped.groups.start.isEnabled()


# near-duplicates


def test_groups_are_found_once_they_are_looked_at(taken: SimilarView, qtbot: QtBot) -> None:
    groups = taken.groups
    assert groups.groups is None
    assert not groups.runner.busy
    with qtbot.waitSignal(groups.runner.succeeded, timeout=SLOW):
        taken.buttons[1].click()
    assert taken.pages.currentWidget() is groups
    assert groups.groups is not None
    assert [group.rows for group in groups.groups] == [(0, 20), (1, 21), (2, 22)]
    assert groups.keepers.rows == [20, 21, 22]  # sharpness rises with the row
    taken.buttons[1].click()
    assert taken.buttons[1].isChecked()


def test_a_group_shows_its_photos_and_what_they_are(grouped: SimilarView) -> None:
    groups = grouped.groups
    assert groups.keepers.selected_rows() == [20]
    assert groups.members.rows == [20, 0]
    assert groups.members.photos_.marked == frozenset({20})
    captions = [groups.members.photos_.index(place).data(CAPTION_ROLE) for place in range(2)]
    assert captions == ["keep", "edited"]
    assert groups.keepers.photos_.index(0).data(CAPTION_ROLE) == "2 · edited"
    assert "exact copy 2, edited 1" in groups.summary.whole
    groups.members.select_row(0)
    assert groups.about.text().startswith("00000.jpg: 1800 × 1200 pixels, sharpness 0")


def test_one_kind_can_be_looked_at_alone(grouped: SimilarView) -> None:
    groups = grouped.groups
    place = groups.filter.findData(Kind.EXACT)
    groups.filter.setCurrentIndex(place)
    groups.filter.activated.emit(place)
    assert [group.rows for group in groups.shown] == [(1, 21), (2, 22)]
    assert len(groups.keepers.rows) == 2
    place = groups.filter.findData(Kind.BURST)
    groups.filter.setCurrentIndex(place)
    groups.filter.activated.emit(place)
    assert groups.keepers.rows == []
    assert not groups.copy.isEnabled()


def test_another_photo_can_be_kept(grouped: SimilarView) -> None:
    groups = grouped.groups
    assert not groups.keep.isEnabled()
    groups.members.select_row(20)
    assert not groups.keep.isEnabled()  # it is kept already
    groups.members.select_row(0)
    groups.keep.click()
    assert groups.keepers.selected_rows() == [0]
    assert groups.members.rows == [0, 20]
    assert groups.members.selected_rows() == [0]
    assert groups.groups is not None
    assert groups.groups[0].kinds == (None, Kind.EDITED)


def test_the_others_are_copied_and_nothing_is_deleted(grouped: SimilarView, photos: Indexed) -> None:
    groups = grouped.groups
    groups.keepers.clearSelection()
    groups.copy.click()
    others = [photos.paths[row] for group in groups.groups or () for row in group.others]
    assert len(others) == 3
    assert QGuiApplication.clipboard().text().splitlines() == list(map(str, others))
    groups.keepers.select_row(20)
    groups.copy.click()
    assert QGuiApplication.clipboard().text() == str(photos.paths[0])


def test_the_groups_are_saved(grouped: SimilarView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups, path = grouped.groups, tmp_path / "groups.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path.with_suffix("")), ""))
    groups.keepers.clearSelection()
    groups.save.click()
    lines = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [line["group"] for line in lines] == ["1", "1", "2", "2", "3", "3"]
    assert [line["keep"] for line in lines].count("yes") == 3
    failures: list[Failure] = []
    grouped.failed.connect(failures.append)
    groups.save.click()  # the dialog has not asked about a name with that ending
    assert "groups.csv already exists" in failures[0].sentence


def test_photos_of_groups_go_to_the_studio_and_the_batch(grouped: SimilarView, photos: Indexed, qtbot: QtBot) -> None:
    groups = grouped.groups
    for button, signal in ((groups.to_studio, grouped.studio_wanted), (groups.to_batch, grouped.batch_wanted)):
        groups.members.clearSelection()
        with qtbot.waitSignal(signal) as wanted:
            button.click()
        assert wanted.args == [[photos.paths[0], photos.paths[20]]]
        groups.members.select_row(0)
        with qtbot.waitSignal(signal) as wanted:
            button.click()
        assert wanted.args == [[photos.paths[0]]]


def test_looking_can_be_stopped_and_begun_again(view: SimilarView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    held, began = threading.Event(), threading.Event()

    def slow(rows: Sequence[int]) -> Levels:
        if threading.current_thread().name.startswith("explore-groups"):
            began.set()
            assert held.wait(timeout=10)
        return photos.smalls(rows)

    view.show_part(view.groups)
    view.take(replace(photos, smalls=slow), coder)
    qtbot.waitUntil(began.is_set, timeout=SLOW)
    assert view.groups.bar.isVisible()
    with qtbot.waitSignal(view.groups.runner.cancelled, timeout=SLOW):
        view.groups.stop.click()
        held.set()
    qtbot.waitUntil(lambda: not view.groups.runner.busy, timeout=SLOW)
    assert view.groups.groups is None
    assert view.groups.start.isVisible()
    assert not view.groups.bar.isVisible()
    with qtbot.waitSignal(view.groups.runner.succeeded, timeout=SLOW):
        view.groups.start.click()
    assert len(view.groups.groups or ()) == 3


def test_a_folder_without_near_duplicates_says_so(view: SimilarView, coder: Coder, qtbot: QtBot) -> None:
    view.show_part(view.groups)
    with qtbot.waitSignal(view.groups.runner.succeeded, timeout=SLOW):
        view.take(small_indexed(coder, small_photos(1)), coder)
    assert view.groups.groups == ()
    assert view.groups.keepers._empty.startswith("No photo is a near-duplicate")


# keyboard and names


@pytest.mark.parametrize("part", [0, 1])
def test_everything_is_reached_with_tab_and_has_a_name(grouped: SimilarView, part: int, qtbot: QtBot) -> None:
    grouped.buttons[part].click()
    search, groups = grouped.search, grouped.groups
    if part:
        groups.members.select_row(0)
        wanted: set[QWidget] = {groups.filter, groups.keepers, groups.members, groups.keep, groups.copy, groups.save}
    else:
        search.grid.select_row(0)
        wanted = {search.panel.choose, search.panel.count, search.panel.least, search.grid, search.find_similar}
    grouped.activateWindow()
    qtbot.waitUntil(grouped.isActiveWindow)
    grouped.buttons[0].setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(30):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or grouped, Qt.Key.Key_Tab)
    assert wanted | set(grouped.buttons) <= reached
    for button in grouped.findChildren(QAbstractButton):
        if not button.objectName().startswith("qt_"):
            assert button.accessibleName(), button
            assert button.toolTip(), button.text()
    for widget in wanted:
        assert widget.accessibleName(), widget
