"""The view that sorts by example: classes, labels by key, what is found, fine-tuning, tables."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot
from small_explore import small_coder, small_indexed, small_photos

from aestudio.explore.coder import Coder
from aestudio.explore.labels import LabelFolder, Labels
from aestudio.explore.photos import Indexed
from aestudio.explore.sorting import sort_photos
from aestudio.explore.tuning import Tuned
from aestudio.gui.explore.sort_classes import Column, Shown
from aestudio.gui.explore.sort_view import SortView
from aestudio.gui.explore.sort_words import percent, tuned_text
from aestudio.gui.jobs import Failure

SLOW = 90_000
COUNT = 30
NAMES = ("sea", "mountains")
Make = Callable[[], SortView]


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    """A coder with random weights."""
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def photos(coder: Coder) -> Indexed:
    """Photos of two kinds in turn, whose codes tell them apart."""
    indexed = small_indexed(coder, small_photos(COUNT))
    rng = np.random.default_rng(0)
    codes = rng.normal(0, 1, indexed.codes.shape) + np.where(np.arange(COUNT) % 2, 2.0, -2.0)[:, None]
    return replace(indexed, codes=codes.astype(np.float32))


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    """Makes the view, as after a restart."""
    made: list[SortView] = []

    def make_() -> SortView:
        view = SortView(kept=tmp_path / "explore")
        qtbot.addWidget(view)
        made.append(view)
        view.fast = 1000.0  # a busy machine is no reason to wait for the button
        view.resize(1100, 600)
        view.show()
        qtbot.waitExposed(view)
        return view

    yield make_
    for view in made:
        view.shut_down()


@pytest.fixture
def view(make: Make, photos: Indexed, coder: Coder, qtbot: QtBot) -> SortView:
    """The view with photos that have no labels."""
    return opened(make(), photos, coder, qtbot)


@pytest.fixture
def sorted_(view: SortView, qtbot: QtBot) -> SortView:
    """The view with two classes of five labels, sorted."""
    label(view)
    wait_sorted(view, qtbot)
    return view


def opened(view: SortView, photos: Indexed, coder: Coder, qtbot: QtBot) -> SortView:
    view.take(photos, coder)
    qtbot.waitUntil(lambda: view.state.labels is not None, timeout=SLOW)
    return view


def label(view: SortView, each: int = 5) -> None:
    for name in NAMES:
        if name not in view.state.classes:
            view.state.add(name)
    for number, name in enumerate(NAMES):
        view.state.give(list(range(number, 2 * each, 2)), name)


def wait_sorted(view: SortView, qtbot: QtBot) -> None:
    def done() -> bool:
        return view.state.sorting is not None and not view.state.stale and not view.runner.busy

    qtbot.waitUntil(done, timeout=SLOW)


def lines(view: SortView) -> list[tuple[str, ...]]:
    items = [view.panel.classes.topLevelItem(row) for row in range(view.panel.classes.topLevelItemCount())]
    return [tuple(item.text(column) for column in Column) for item in items if item is not None]


def captions(view: SortView) -> list[str]:
    return list(view.grid.photos_.captions or ())


def name_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: (name, True))


# classes


def test_without_classes_all_photos_are_there_and_what_to_do_is_said(view: SortView) -> None:
    assert view.grid.rows == list(range(COUNT))
    assert "Add a class" in view.panel.hint.text()
    assert [line[Column.NAME] for line in lines(view)] == ["All photos", "To label next"]
    for button in (view.panel.sort, view.panel.tune, view.panel.save, view.panel.rename, view.panel.remove):
        assert not button.isEnabled()
    assert not view.shown.label.isEnabled()


def test_classes_are_added_renamed_and_removed(view: SortView, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sea", " moun  tains "):
        name_it(monkeypatch, name)
        view.panel.add.click()
    assert [line[:3] for line in lines(view)[2:]] == [("1", "sea", "0 of 5"), ("2", "moun tains", "0 of 5")]
    view.panel.classes.choose(Shown.CLASS, "sea")
    name_it(monkeypatch, "lake")
    view.panel.rename.click()
    assert list(view.state.classes) == ["lake", "moun tains"]
    view.panel.classes.choose(Shown.CLASS, "lake")
    view.panel.remove.click()
    assert list(view.state.classes) == ["moun tains"]
    assert view.panel.classes.shown == (Shown.ALL, "")
    view.panel.undo.click()
    assert list(view.state.classes) == ["lake", "moun tains"]


def test_a_name_that_is_taken_is_refused_with_a_sentence(
    view: SortView, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    view.state.add("sea")
    name_it(monkeypatch, "Sea")
    with qtbot.waitSignal(view.failed) as told:
        view.panel.add.click()
    failure = told.args[0] if told.args else None
    assert isinstance(failure, Failure)
    assert "already" in failure.sentence
    assert view.state.classes == ("sea",)


# labels


def test_keys_give_labels_and_move_on(view: SortView) -> None:
    for name in NAMES:
        view.state.add(name)
    view.grid.select_row(0)
    QTest.keyClick(view.grid, Qt.Key.Key_1)
    assert view.grid.selected_rows() == [1]
    QTest.keyClick(view.grid, Qt.Key.Key_2)
    QTest.keyClick(view.grid, Qt.Key.Key_9)  # there is no such class
    assert captions(view)[:3] == ["sea", "mountains", ""]
    assert view.grid.photos_.marked == {0, 1}
    view.grid.select_row(0)
    QTest.keyClick(view.grid, Qt.Key.Key_0)
    assert captions(view)[:3] == ["", "mountains", ""]
    QTest.keyClick(view.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert captions(view)[:3] == ["sea", "mountains", ""]
    assert [line[Column.LABELLED] for line in lines(view)] == ["2", "", "1 of 5", "1 of 5"]


def test_several_photos_get_a_label_at_once_and_by_menu(view: SortView) -> None:
    label(view, each=0)
    view.grid.selectAll()
    assert view.shown.label.isEnabled()
    view.shown.label_menu.actions()[1].trigger()
    assert captions(view) == ["mountains"] * COUNT
    view.grid.selectAll()
    view.shown.label_menu.actions()[-1].trigger()
    assert captions(view) == [""] * COUNT


def test_the_keys_of_modes_do_not_work_while_photos_have_the_keyboard(
    view: SortView, qtbot: QtBot, qapp: object
) -> None:
    for name in NAMES:
        view.state.add(name)
    pressed: list[bool] = []
    shortcut = QShortcut(QKeySequence("2"), view)
    shortcut.activated.connect(lambda: pressed.append(True))
    view.activateWindow()
    view.grid.setFocus()
    qtbot.waitUntil(view.grid.hasFocus, timeout=SLOW)
    view.grid.select_row(0)
    QTest.keyClick(view.grid, Qt.Key.Key_2)
    assert captions(view)[0] == "mountains"
    assert not pressed
    view.panel.sort.setEnabled(True)
    view.panel.save.setEnabled(True)
    view.panel.save.setFocus()
    QTest.keyClick(view.panel.save, Qt.Key.Key_2)
    assert pressed


def test_labels_are_there_after_a_restart(
    view: SortView, make: Make, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    label(view)
    view.state.rename("sea", "lake")
    view.shut_down()  # at once: what is not written yet is written now
    again = opened(make(), photos, coder, qtbot)
    assert again.state.labels == view.state.labels
    assert again.state.classes == ("lake", "mountains")
    wait_sorted(again, qtbot)  # unasked, for there are labels enough


def test_each_folder_has_its_labels(view: SortView, photos: Indexed, coder: Coder, qtbot: QtBot) -> None:
    label(view)
    other = replace(
        photos,
        paths=tuple(Path("/party") / path.name for path in photos.paths),
        digests=tuple(f"{number:064x}" for number in range(500, 500 + COUNT)),
    )
    opened(view, other, coder, qtbot)
    assert not view.state.classes
    assert view.state.sorting is None
    assert lines(view)[0][Column.LABELLED] == ""
    opened(view, photos, coder, qtbot)
    assert view.state.classes == NAMES
    assert not view.panel.undo.isEnabled()


def test_damaged_labels_are_told(make: Make, photos: Indexed, coder: Coder, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "explore"
    LabelFolder(folder).save(photos, Labels(NAMES))
    (path,) = folder.glob("labels-*.json")
    path.write_bytes(b"{")
    view = opened(make(), photos, coder, qtbot)
    assert "put aside" in view.panel.notes.text()


def test_the_same_photos_looked_at_again_keep_everything(sorted_: SortView, photos: Indexed, coder: Coder) -> None:
    sorting = sorted_.state.sorting
    sorted_.take(replace(photos), coder)
    assert sorted_.state.sorting is sorting
    assert sorted_.panel.undo.isEnabled()


# sorting


def test_photos_are_sorted_as_soon_as_there_are_labels_enough(view: SortView, qtbot: QtBot) -> None:
    label(view, each=1)
    assert view.state.sorting is None
    assert not view.panel.sort.isEnabled()
    label(view)
    wait_sorted(view, qtbot)
    found = [int(line[Column.FOUND]) for line in lines(view)[2:]]
    assert found == [COUNT // 2, COUNT // 2]
    assert "sorted right" in view.panel.quality.text()
    assert captions(view)[0] == "sea"
    assert captions(view)[-1].startswith("mountains ")
    assert captions(view)[-1].endswith(" %")


def test_sorting_waits_for_the_button_where_that_is_wanted(view: SortView, qtbot: QtBot) -> None:
    view.panel.at_once.setChecked(False)
    label(view)
    assert not view.runner.busy
    assert view.state.sorting is None
    view.panel.sort.click()
    wait_sorted(view, qtbot)


def test_what_takes_long_is_not_done_unasked(view: SortView, qtbot: QtBot) -> None:
    view.fast = 1e-6
    label(view)  # the first time, nobody knows how long it takes
    qtbot.waitUntil(lambda: view.state.sorting is not None and not view.panel.stop.isVisible(), timeout=SLOW)
    view.state.give([20], "sea")
    assert not view.runner.busy
    assert view.state.stale


def test_a_class_is_shown_from_certain_to_uncertain(sorted_: SortView) -> None:
    sorted_.panel.classes.choose(Shown.CLASS, "mountains")
    rows = sorted_.grid.rows
    assert sorted(rows) == list(range(1, COUNT, 2))
    assert set(rows[:5]) == set(range(1, 10, 2))  # labelled
    sorting = sorted_.state.sorting
    assert sorting is not None
    certainty = [float(sorting.certainty[row]) for row in rows]
    assert certainty == sorted(certainty, reverse=True)
    sorted_.shown.unsure.setChecked(True)
    assert sorted_.grid.rows == [row for row in rows if sorting.certainty[row] < 0.7]


def test_what_to_label_next_comes_least_certain_first(sorted_: SortView) -> None:
    sorted_.panel.classes.choose(Shown.NEXT)
    sorting = sorted_.state.sorting
    assert sorting is not None
    certainty = [float(sorting.certainty[row]) for row in sorted_.grid.rows]
    assert len(certainty) == COUNT - 10
    assert certainty == sorted(certainty)


def test_nothing_jumps_while_somebody_labels(sorted_: SortView, qtbot: QtBot) -> None:
    sorted_.panel.classes.choose(Shown.CLASS, "sea")
    rows = sorted_.grid.rows
    wrong = rows[-1]
    sorted_.grid.select_row(wrong)
    QTest.keyClick(sorted_.grid, Qt.Key.Key_2)  # it is corrected
    assert captions(sorted_)[-1] == "mountains"
    wait_sorted(sorted_, qtbot)
    assert sorted_.grid.rows == rows
    assert sorted_.shown.anew.isEnabled()
    sorted_.shown.anew.click()
    assert wrong not in sorted_.grid.rows
    sorted_.panel.classes.choose(Shown.CLASS, "mountains")
    assert wrong in sorted_.grid.rows


def test_a_class_that_is_removed_leaves_the_others_sorted(sorted_: SortView, qtbot: QtBot) -> None:
    sorted_.state.add("people")
    sorted_.state.give([20, 21, 22, 23, 24], "people")
    wait_sorted(sorted_, qtbot)
    sorted_.panel.classes.choose(Shown.CLASS, "people")
    sorted_.panel.remove.click()
    wait_sorted(sorted_, qtbot)
    assert [line[Column.NAME] for line in lines(sorted_)[2:]] == list(NAMES)
    assert sum(int(line[Column.FOUND]) for line in lines(sorted_)[2:]) == COUNT


def test_the_last_class_but_one_takes_the_sorting_with_it(sorted_: SortView, qtbot: QtBot) -> None:
    for name in NAMES:
        sorted_.panel.classes.choose(Shown.CLASS, name)
        sorted_.panel.remove.click()
    assert sorted_.state.sorting is None
    assert not sorted_.panel.save.isEnabled()
    assert captions(sorted_) == [""] * COUNT
    sorted_.state.undo()
    sorted_.state.undo()
    wait_sorted(sorted_, qtbot)


def test_other_photos_while_it_works_are_not_told_of_these(
    view: SortView, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    label(view)
    assert view.runner.busy
    view.leave()
    qtbot.waitUntil(lambda: not view.runner.busy, timeout=SLOW)
    assert view.state.sorting is None
    assert view.grid.rows == []
    opened(view, photos, coder, qtbot)
    wait_sorted(view, qtbot)


def test_a_renamed_class_while_it_works_ends_well(view: SortView, qtbot: QtBot) -> None:
    label(view)
    assert view.runner.busy
    view.state.rename("sea", "lake")
    wait_sorted(view, qtbot)
    sorting = view.state.sorting
    assert sorting is not None
    assert sorting.classes == ("lake", "mountains")


# fine-tuning


def test_fine_tuning_says_what_it_brought(sorted_: SortView, qtbot: QtBot) -> None:
    before = sorted_.state.sorting
    assert before is not None
    sorted_.panel.tune.click()
    assert sorted_.runner.busy
    assert sorted_.panel.stop.isVisible()
    assert not sorted_.panel.tune.isEnabled()
    qtbot.waitUntil(sorted_.panel.tune.isEnabled, timeout=SLOW)
    assert sorted_.panel.tuned.text().startswith("Fine-tuning did not help: ")  # all were right before
    after = sorted_.state.sorting
    assert after is not None
    assert np.array_equal(after.probabilities, before.probabilities)
    assert not sorted_.panel.stop.isVisible()


def test_fine_tuning_can_be_stopped(sorted_: SortView, qtbot: QtBot) -> None:
    sorting = sorted_.state.sorting
    sorted_.panel.tune.click()
    assert sorted_.escape()
    qtbot.waitUntil(sorted_.panel.tune.isEnabled, timeout=SLOW)
    assert sorted_.state.sorting is sorting
    assert sorted_.panel.tuned.text() == ""
    assert not sorted_.escape()


def test_too_few_labels_for_fine_tuning_are_told(view: SortView, qtbot: QtBot) -> None:
    label(view, each=3)
    wait_sorted(view, qtbot)
    view.panel.tune.click()
    qtbot.waitUntil(view.panel.tune.isEnabled, timeout=SLOW)
    assert "too few labelled photos" in view.panel.notes.text()


def test_what_helped_is_said_in_words(photos: Indexed) -> None:
    sorting = sort_photos(photos, Labels(NAMES, {photos.digests[row]: NAMES[row % 2] for row in range(10)}))
    worse = replace(sorting.quality, right=0.5)
    text = tuned_text(Tuned(sorting, True, worse, sorting.quality, 5, 0, 3))
    assert "helped" in text
    assert "50 % before" in text
    assert percent(0.999) == "99 %"
    assert percent(1) == "100 %"


# what is done with photos


def test_photos_go_to_studio_and_batch(sorted_: SortView, photos: Indexed, qtbot: QtBot) -> None:
    sorted_.panel.classes.choose(Shown.CLASS, "sea")
    with qtbot.waitSignal(sorted_.batch_wanted) as all_:
        sorted_.shown.to_batch.click()
    assert all_.args == [[photos.paths[row] for row in sorted_.grid.rows]]
    sorted_.grid.select_row(4)
    with qtbot.waitSignal(sorted_.studio_wanted) as one:
        sorted_.shown.to_studio.click()
    assert one.args == [[photos.paths[4]]]
    with qtbot.waitSignal(sorted_.studio_wanted) as entered:
        QTest.keyClick(sorted_.grid, Qt.Key.Key_Return)
    assert entered.args == [[photos.paths[4]]]


def test_a_table_is_saved(
    sorted_: SortView, photos: Indexed, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "mine"), ""))
    with qtbot.waitSignal(sorted_.keeper.saved, timeout=SLOW):
        sorted_.panel.save.click()
    with (tmp_path / "mine.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["path", "class", "certainty"]
    assert len(table) == COUNT + 1
    assert "mine.csv" in sorted_.panel.notes.text()


def test_a_table_that_cannot_be_saved_is_told(
    sorted_: SortView, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "gone" / "mine.csv"), ""))
    with qtbot.waitSignal(sorted_.failed, timeout=SLOW):
        sorted_.panel.save.click()


# looks


def test_everything_has_a_name_a_tip_and_can_be_reached(sorted_: SortView) -> None:
    for button in sorted_.findChildren(QAbstractButton):
        if not button.isVisible() or button.parent() is None or button.objectName().startswith("qt_"):
            continue
        assert button.accessibleName(), button
        assert button.toolTip(), button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.accessibleName()
    lists: list[QWidget] = [sorted_.grid, sorted_.panel.classes]
    assert all(each.accessibleName() for each in lists)


def test_it_fits_into_a_small_window(sorted_: SortView) -> None:
    sorted_.panel.say(sorted_.panel.tuned, "Fine-tuning did not help, and so on. " * 4)
    sorted_.panel.say(sorted_.panel.notes, "A note. " * 20)
    assert sorted_.minimumSizeHint().width() <= 1000
    assert sorted_.minimumSizeHint().height() <= 600
