"""A batch in the real window: dropped, run, paused, cancelled, gone on with, and looked at."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from aestudio.batch.journal import DONE, FAILED, SKIPPED, WAITING, Journal
from aestudio.batch.run import Summary
from aestudio.errors import ImageError
from aestudio.gui.app import Application
from aestudio.gui.batch.page import BatchPage
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.jobs import Failure
from aestudio.gui.main_window import MainWindow
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section

SLOW = 60_000
MakePhoto = Callable[..., Path]


@pytest.fixture
def batch(window: MainWindow) -> BatchPage:
    """The batch in the window, shown, with Denoise on."""
    window.show_mode(1)
    window.batch.settings.steps.sections[0].switch.click()
    return window.batch


@pytest.fixture
def holiday(make_photo: MakePhoto) -> Path:
    """Five photos, two of them in a folder below."""
    paths = [make_photo(f"holiday/{name}.png", seed=n) for n, name in enumerate(("1", "2", "10", "below/a", "below/b"))]
    return paths[0].parent


def add(batch: BatchPage, qtbot: QtBot, *paths: Path) -> None:
    """Put photos on the list, and wait until they are there."""
    with qtbot.waitSignals([batch.sources.listed], timeout=SLOW):
        batch.add(paths)
    qtbot.waitUntil(lambda: not batch.sources.busy, timeout=SLOW)


def run(batch: BatchPage, qtbot: QtBot) -> object:
    """Start, and wait for the end; what it ended with."""
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW) as ended:
        batch.controls.start.click()
    assert ended.args is not None
    return ended.args[0]


def torn(photo: Path) -> Path:
    photo.write_bytes(photo.read_bytes()[:300])
    return photo


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def dropped(window: MainWindow, mime: QMimeData) -> None:
    where, copy = window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(where, copy, mime, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(where), copy, mime, buttons, keys))


def test_a_folder_is_listed_run_and_told(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    assert batch.stack.currentWidget() is batch.drop
    add(batch, qtbot, holiday)
    assert [batch.model.row(n).source.name for n in range(5)] == ["1.png", "2.png", "10.png", "a.png", "b.png"]
    assert batch.model.counts == {WAITING: 5}
    assert batch.model.below(batch.model.row(4)) == "holiday/below"
    result = run(batch, qtbot)
    assert isinstance(result, Summary)
    assert result.done == 5
    assert batch.model.counts == {DONE: 5}
    for row in batch.model.rows:
        assert row.output.is_file()
        assert row.seconds > 0
    out = holiday.with_name("holiday-restored")
    assert {path.relative_to(out).as_posix() for path in out.rglob("*.png")} == {
        *("1.png", "2.png", "10.png", "below/a.png", "below/b.png")
    }
    assert batch.controls.said.text().startswith("5 ")
    assert batch.controls.open_folder.isVisible()
    assert not batch.controls.retry.isVisible()
    assert batch.controls.start.isEnabled()


def test_without_a_tool_the_list_is_there_and_start_says_what_is_missing(
    window: MainWindow, holiday: Path, qtbot: QtBot
) -> None:
    batch = window.batch
    window.show_mode(1)
    add(batch, qtbot, holiday)
    assert batch.model.rowCount() == 5
    assert not batch.controls.start.isEnabled()
    assert "switch on a tool" in batch.controls.said.text()
    batch.settings.steps.sections[0].switch.click()
    qtbot.waitUntil(lambda: not batch.sources.busy, timeout=SLOW)
    assert batch.controls.start.isEnabled()
    assert "holiday-restored" in str(batch.model.row(0).output)


def test_pause_go_on_and_what_is_told_meanwhile(
    window: MainWindow, batch: BatchPage, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    for n in range(12):
        make_photo(f"many/{n}.png", seed=n, width=400, height=300)
    add(batch, qtbot, make_photo("many/12.png").parent)
    with qtbot.waitSignal(batch.runs.progressed, timeout=SLOW):
        batch.controls.start.click()
    assert batch.settings.steps.sections[0].switch.isEnabled() is False
    assert not batch.head.photos.isEnabled()
    batch.controls.pause.click()
    assert batch.runs.paused
    assert batch.controls.pause.text() == "Go on"
    assert batch.controls.pace.text() == "Paused"
    assert "Batch" in window.status.text.text()
    with qtbot.assertNotEmitted(batch.runs.ended, wait=300):
        pass
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW):
        batch.controls.pause.click()
    assert batch.model.counts == {DONE: 13}
    assert batch.settings.steps.sections[0].switch.isEnabled()
    assert window.status.bar.isHidden()


def test_cancel_and_go_on(batch: BatchPage, make_photo: MakePhoto, qtbot: QtBot) -> None:
    for n in range(20):
        make_photo(f"many/{n}.png", seed=n, width=400, height=300)
    add(batch, qtbot, make_photo("many/20.png").parent)

    def stop(events: object) -> None:
        if batch.model.counts[DONE]:
            batch.cancel()

    batch.runs.changed.connect(stop)
    assert run(batch, qtbot) is None
    batch.runs.changed.disconnect(stop)
    done = batch.model.counts[DONE]
    assert 0 < done < 21
    assert batch.model.counts == {DONE: done, WAITING: 21 - done}
    assert batch.controls.said.text().startswith("Stopped.")
    written = {row.output: row.output.stat().st_mtime_ns for row in batch.model.rows if row.state == DONE}
    result = run(batch, qtbot)
    assert isinstance(result, Summary)
    assert (result.before, result.done) == (done, 21 - done)
    assert batch.model.counts == {DONE: 21}
    assert all(path.stat().st_mtime_ns == time for path, time in written.items())


def test_a_damaged_photo_fails_and_is_tried_again(
    batch: BatchPage, holiday: Path, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    broken = torn(holiday / "2.png")
    add(batch, qtbot, holiday)
    run(batch, qtbot)
    assert batch.model.counts == {DONE: 4, FAILED: 1}
    assert [word for word in batch.controls.said.text().split() if word.isdigit()] == ["4", "1"]
    assert batch.controls.retry.isVisible()
    batch.controls.worst_first.click()
    assert batch.model.row(0).source == broken
    assert "2.png" in str(batch.model.data(batch.model.index(0, 4), Qt.ItemDataRole.ToolTipRole))
    broken.unlink()
    make_photo("holiday/2.png", seed=9)
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW) as ended:
        batch.controls.retry.click()
    assert ended.args is not None
    assert ended.args[0].done == 1
    assert batch.model.counts == {DONE: 5}
    assert not batch.controls.retry.isVisible()


def test_the_studio_goes_first(
    window: MainWindow,
    batch: BatchPage,
    studio: Studio,
    denoise: Section,
    make_photo: MakePhoto,
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    for n in range(60):
        make_photo(f"many/{n}.png", seed=n, width=500, height=400)
    add(batch, qtbot, make_photo("many/60.png").parent)
    polite: list[bool] = []
    batch.runs.state_changed.connect(lambda: polite.append(batch.runs.polite))
    with qtbot.waitSignal(batch.runs.progressed, timeout=SLOW):
        batch.controls.start.click()
    window.show_mode(0)
    open_photo(make_photo("other.png", seed=99))
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    assert batch.runs.running
    assert True in polite
    qtbot.waitUntil(lambda: not batch.runs.polite, timeout=SLOW)
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW):
        pass
    assert batch.model.counts == {DONE: 61}


def test_drops_go_to_the_mode_that_is_shown(
    window: MainWindow, batch: BatchPage, studio: Studio, holiday: Path, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    notes = holiday / "notes.txt"
    notes.write_text("no photo", encoding="utf-8")
    with qtbot.waitSignal(batch.sources.listed, timeout=SLOW):
        dropped(window, mime_of(holiday / "below", holiday / "1.png", notes))
    assert {row.source.name for row in batch.model.rows} == {"a.png", "b.png", "1.png"}
    assert "notes.txt" in batch.messages.text.text()
    assert studio.current is None
    window.show_mode(0)
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        dropped(window, mime_of(holiday / "2.png"))
    assert studio.current is not None
    assert batch.model.rowCount() == 3


def test_photos_are_added_and_taken_off_the_list(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    add(batch, qtbot, holiday)
    batch.table.choose(batch.model.row(1))
    with qtbot.waitSignal(batch.sources.listed, timeout=SLOW):
        QTest.keyClick(batch.table, Qt.Key.Key_Delete)
    assert [row.source.name for row in batch.model.rows] == ["1.png", "10.png", "a.png", "b.png"]
    add(batch, qtbot, holiday / "2.png")  # wanted after all
    assert batch.model.rowCount() == 5
    batch.head.clear.click()
    assert batch.stack.currentWidget() is batch.drop
    assert batch.model.rowCount() == 0


@pytest.mark.parametrize("kind", ["empty", "no photos", "missing"])
def test_a_folder_without_photos_gives_one_sentence(
    batch: BatchPage, holiday: Path, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    folder = tmp_path / "nothing"
    if kind != "missing":
        folder.mkdir()
    if kind == "no photos":
        (folder / "notes.txt").write_text("no photo", encoding="utf-8")
    if kind != "missing":
        with qtbot.waitSignal(batch.sources.failed, timeout=SLOW):
            batch.add([folder])
        assert "nothing" in batch.messages.text.text()
        assert batch.stack.currentWidget() is batch.drop
    add(batch, qtbot, holiday, folder)
    assert ("nothing" in batch.messages.text.text()) == (kind != "missing")
    assert batch.stack.currentWidget() is not batch.drop


def test_results_cannot_go_among_the_photos(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    add(batch, qtbot, holiday)
    edit = batch.settings.output.folder_edit
    edit.setText(str(holiday))
    with qtbot.waitSignal(batch.sources.listed, timeout=SLOW):
        edit.textEdited.emit(edit.text())
    qtbot.waitUntil(lambda: not batch.sources.busy, timeout=SLOW)
    assert "the photos themselves lie there" in batch.controls.said.text()
    assert not batch.controls.start.isEnabled()
    assert batch.model.rowCount() == 5


def test_another_job_in_the_folder(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    add(batch, qtbot, holiday)
    run(batch, qtbot)
    strength = batch.settings.steps.sections[0].rows["strength"].spin
    strength.setValue(50)
    qtbot.waitUntil(lambda: not batch.sources.busy, timeout=SLOW)
    before = {path: path.read_bytes() for path in holiday.with_name("holiday-restored").rglob("*.png")}
    result = run(batch, qtbot)
    assert isinstance(result, Failure)
    box = batch.anew.box
    assert box is not None
    assert "holiday-restored" in box.text()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert batch.anew.box is None
    assert not batch.runs.running
    run(batch, qtbot)
    assert batch.anew.box is not None
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW):
        batch.anew.replace.click()
    assert batch.model.counts == {DONE: 5}
    assert all(path.read_bytes() != data for path, data in before.items())


def test_two_jobs_into_one_folder(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    add(batch, qtbot, holiday)
    with Journal(holiday.with_name("holiday-restored")):
        result = run(batch, qtbot)
    assert isinstance(result, Failure)
    assert result.kind is ImageError
    assert "Another job is working" in batch.messages.text.text()
    assert batch.model.counts == {WAITING: 5}
    assert isinstance(run(batch, qtbot), Summary)


def test_a_photo_that_vanishes_before_its_turn(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    add(batch, qtbot, holiday)
    (holiday / "10.png").unlink()
    batch.sources.paths = (holiday, holiday / "10.png")  # named by itself, too
    run(batch, qtbot)
    assert batch.model.counts == {DONE: 4, FAILED: 1}


def test_a_drive_that_is_pulled_out_and_put_back(batch: BatchPage, make_photo: MakePhoto, qtbot: QtBot) -> None:
    for n in range(30):
        make_photo(f"drive/{n}.png", seed=n, width=400, height=300)
    drive = make_photo("drive/30.png").parent
    add(batch, qtbot, drive)
    with qtbot.waitSignal(batch.runs.progressed, timeout=SLOW):
        batch.controls.start.click()
    drive.rename(drive.with_name("elsewhere"))
    qtbot.waitUntil(lambda: batch.runs.trouble is not None, timeout=SLOW)
    assert "connect the drive again" in batch.messages.text.text()
    assert batch.controls.pace.text() == "Waiting"
    drive.with_name("elsewhere").rename(drive)
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW):
        batch.messages.remedy.click()
    assert batch.model.counts == {DONE: 31}
    assert batch.messages.isHidden()


def test_a_watched_folder(batch: BatchPage, make_photo: MakePhoto, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    batch.settings.choice.toggles["watch"].switch.click()
    with qtbot.waitSignal(batch.sources.failed, timeout=SLOW):
        batch.add([folder])
    assert batch.messages.isHidden()
    assert batch.controls.start.isEnabled()
    assert "Start waits" in batch.controls.said.text()
    batch.controls.start.click()
    qtbot.waitUntil(lambda: batch.progress.all_done, timeout=SLOW)
    assert "Watching" in batch.controls.counts.whole
    make_photo("inbox/new.png")
    qtbot.waitUntil(lambda: batch.model.counts[DONE] == 1, timeout=SLOW)
    assert (tmp_path / "inbox-restored" / "new.png").is_file()
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW):
        batch.controls.cancel.click()


def test_closing_asks_about_a_batch_that_runs(
    window: MainWindow, batch: BatchPage, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    for n in range(10):
        make_photo(f"many/{n}.png", seed=n, width=500, height=400)
    add(batch, qtbot, make_photo("many/10.png").parent)
    with qtbot.waitSignal(batch.runs.progressed, timeout=SLOW):
        batch.controls.start.click()
    batch.controls.pause.click()
    assert not window.close()
    box = window.closing.question
    assert box is not None
    assert "gone on with later" in box.text()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert batch.runs.running
    window.close()
    box = window.closing.question
    assert box is not None
    stop = next(b for b in box.buttons() if box.buttonRole(b) == QMessageBox.ButtonRole.DestructiveRole)
    with qtbot.waitSignal(window.closed, timeout=SLOW):
        stop.click()
    assert not batch.runs.running


def test_a_result_is_opened_beside_its_original(
    window: MainWindow, batch: BatchPage, studio: Studio, holiday: Path, qtbot: QtBot
) -> None:
    torn(holiday / "10.png")
    add(batch, qtbot, holiday)
    run(batch, qtbot)
    batch.table.choose(batch.model.row(1))
    QTest.keyClick(batch.table, Qt.Key.Key_Return)
    compare = batch.reviewing.compare
    assert compare is not None
    with qtbot.waitSignal(compare.shown, timeout=SLOW):
        pass
    assert compare.isVisible()
    assert compare.view.has_result
    assert "2.png" in compare.name.whole
    QTest.keyClick(compare.view, Qt.Key.Key_D)
    assert compare.view.mode == CompareMode.SIDE_BY_SIDE
    with qtbot.waitSignal(compare.shown, timeout=SLOW):
        QTest.keyClick(compare.view, Qt.Key.Key_Right)  # 10.png failed, and has no result
    assert compare.row is not None
    assert compare.row.source.name == "a.png"
    assert batch.table.current == compare.row
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        compare.studio.click()
    assert window.in_studio
    assert studio.current is not None
    assert studio.current.path.name == "a.png"
    QTest.keyClick(compare, Qt.Key.Key_Escape)
    assert not compare.isVisible()


def test_a_photo_without_a_result_opens_in_the_studio(
    window: MainWindow, batch: BatchPage, studio: Studio, holiday: Path, qtbot: QtBot
) -> None:
    add(batch, qtbot, holiday)
    batch.table.choose(batch.model.row(2))
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        QTest.keyClick(batch.table, Qt.Key.Key_Enter)
    assert studio.current is not None
    assert studio.current.path.name == "10.png"
    assert batch.reviewing.compare is None


def test_the_menu_of_a_photo(batch: BatchPage, holiday: Path, qtbot: QtBot) -> None:
    add(batch, qtbot, holiday)
    batch.table.choose(batch.model.row(0))
    batch.table.menu_wanted.emit(batch.table.chosen, QPoint(10, 10))
    menu = batch.reviewing.menu
    assert menu is not None
    compare, studio, folder, _, remove = menu.actions()
    assert [action.isEnabled() for action in (compare, studio, folder, remove)] == [False, True, True, True]
    with qtbot.waitSignal(batch.sources.listed, timeout=SLOW):
        remove.trigger()
    menu.close()
    assert batch.model.rowCount() == 4


def test_as_in_the_studio(
    window: MainWindow, batch: BatchPage, studio: Studio, denoise: Section, holiday: Path, qtbot: QtBot
) -> None:
    batch.settings.take_over_requested.emit()
    assert "no photo in the studio" in batch.messages.text.text()
    window.show_mode(0)
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.open_paths([holiday / "1.png"])
    denoise.rows["strength"].spin.setValue(40)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    window.show_mode(1)
    batch.settings.take_over_requested.emit()
    step = batch.settings.steps.steps[0]
    assert step.values["strength"] == pytest.approx(0.4)


def test_a_job_from_a_file_brings_its_photos(
    batch: BatchPage, holiday: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "job.json"
    job = {
        "version": 1,
        "sources": ["holiday"],
        "exclude": ["holiday/1.png"],
        "steps": [{"tool": "denoise", "settings": {"strength": 0.5}}],
        "output": {"folder": "results"},
        "recursive": False,
    }
    path.write_text(json.dumps(job), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(batch.sources.listed, timeout=SLOW):
        batch.settings.load.click()
    assert [row.source.name for row in batch.model.rows] == ["2.png", "10.png"]
    assert batch.model.row(0).output == tmp_path / "results" / "2.png"


def test_keys_of_the_studio_do_nothing_in_the_batch(
    window: MainWindow,
    batch: BatchPage,
    studio: Studio,
    make_photo: MakePhoto,
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    window.show_mode(0)
    open_photo(make_photo())
    studio.panel.sections[0].switch.click()
    window.show_mode(1)
    actions = window.actions_
    for action in (actions.split, actions.fit, actions.undo, actions.save):
        assert not action.isEnabled()
    assert window.windowTitle() == "AEStudio"
    window.show_mode(0)
    assert actions.split.isEnabled()
    assert actions.undo.isEnabled()


def test_esc_does_not_stop_a_batch(window: MainWindow, batch: BatchPage, make_photo: MakePhoto, qtbot: QtBot) -> None:
    for n in range(6):
        make_photo(f"many/{n}.png", seed=n, width=400, height=300)
    add(batch, qtbot, make_photo("many/7.png").parent)
    with qtbot.waitSignal(batch.runs.progressed, timeout=SLOW):
        batch.controls.start.click()
    batch.runs.pause()
    batch.add([make_photo("late.png")])
    assert "when it has ended" in batch.messages.text.text()
    window.actions_.cancel.trigger()
    assert batch.messages.isHidden()
    assert batch.runs.running
    with qtbot.waitSignal(batch.runs.ended, timeout=SLOW):
        window.status.stop.click()  # which says that it does


def test_the_end_is_told_to_a_user_who_looks_elsewhere(
    window: MainWindow, batch: BatchPage, holiday: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    batch.run_ended.connect(told.append)
    add(batch, qtbot, holiday)
    run(batch, qtbot)
    assert len(told) == 1
    assert told[0].startswith("5 ")
    window.notifier.tell(told[0])  # without a tray nothing fails
    window.notifier.forget()


def test_files_that_are_there_are_skipped(batch: BatchPage, holiday: Path, make_photo: MakePhoto, qtbot: QtBot) -> None:
    make_photo("holiday-restored/2.png", seed=50)
    add(batch, qtbot, holiday)
    assert batch.model.counts == {WAITING: 4, SKIPPED: 1}
    run(batch, qtbot)
    assert batch.model.counts == {DONE: 4, SKIPPED: 1}


def test_every_control_has_a_name_and_a_tool_tip(window: MainWindow, batch: BatchPage) -> None:
    for button in batch.findChildren(QAbstractButton):
        if not button.objectName().startswith("qt_"):
            assert button.accessibleName() or button.text()
            assert button.toolTip(), button.accessibleName()
    assert batch.table.accessibleName()


def test_results_of_an_earlier_run_are_shown_at_the_next_start(
    make_application: Callable[[], Application], holiday: Path, qtbot: QtBot
) -> None:
    for expected in ({WAITING: 5}, {DONE: 5}):
        window = make_application().window
        window.show_mode(1)
        batch: QObject = window.batch
        assert isinstance(batch, BatchPage)
        batch.settings.steps.sections[0].switch.click()
        add(batch, qtbot, holiday)
        assert batch.model.counts == expected
        if expected == {WAITING: 5}:
            run(batch, qtbot)


def test_keys_and_tab_reach_the_modes(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key, shown in ((Qt.Key.Key_2, window.batch), (Qt.Key.Key_1, window.studio)):
        with qtbot.waitSignal(window.mode_bar.chosen, timeout=SLOW):  # the button is pressed for a moment
            QTest.keyClick(window, key)
        assert window.pages.currentWidget() is shown
        assert [button.isChecked() for button in window.mode_bar.buttons] == [
            mode.page is shown for mode in window.modes
        ]
    window.mode_bar.buttons[0].click()  # a second time
    assert window.mode_bar.buttons[0].isChecked()
    window.mode_bar.buttons[0].setFocus()
    QTest.keyClick(window.mode_bar.buttons[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.mode_bar.buttons[1]


def test_the_last_batch_is_gone_on_with_after_a_restart(
    make_application: Callable[[], Application], make_photo: MakePhoto, qtbot: QtBot, tmp_path: Path
) -> None:
    for n in range(20):
        make_photo(f"many/{n}.png", seed=n, width=400, height=300)
    window = make_application().window
    window.show_mode(1)
    assert not window.batch.drop.last.isVisible()
    window.batch.settings.steps.sections[0].switch.click()
    window.batch.settings.steps.sections[0].rows["strength"].spin.setValue(70)
    add(window.batch, qtbot, tmp_path / "many")

    def stop(events: object) -> None:
        if window.batch.model.counts[DONE]:
            window.batch.cancel()

    window.batch.runs.changed.connect(stop)
    assert run(window.batch, qtbot) is None
    done = window.batch.model.counts[DONE]
    again = make_application().window
    again.show_mode(1)
    with qtbot.waitSignal(again.batch.sources.listed, timeout=SLOW):
        again.batch.drop.last.click()
    assert again.batch.model.counts == {DONE: done, WAITING: 20 - done}
    assert again.batch.settings.steps.steps[0].values == {"strength": pytest.approx(0.7)}
    assert isinstance(run(again.batch, qtbot), Summary)
    assert again.batch.model.counts == {DONE: 20}
    (tmp_path / "preferences" / "last-batch.json").write_text("{", encoding="utf-8")
    again.batch.head.clear.click()
    again.batch.drop.last.click()
    assert "last-batch.json" in again.batch.messages.text.text()
    assert not again.batch.drop.last.isVisible()
