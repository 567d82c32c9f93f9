"""The Train page in the real window: folders, a training in a process of its own, its verdict, and the list."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from small_explore import small_coder
from small_model import save_model

from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.main_window import MainWindow
from aestudio.gui.services import Services
from aestudio.gui.train.controls import JUDGED, RESTING, RUNNING
from aestudio.gui.train.page import TrainPage

TESTS = Path(__file__).resolve().parent.parent
STAND_IN = (sys.executable, str(TESTS / "training_child.py"))
SLOW = 30_000


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs lie in the test's folder, and the child finds what it imports."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(TESTS), str(TESTS.parent))))


@pytest.fixture
def train(qapp: QApplication, qtbot: QtBot, tmp_path: Path, models: Path, at_home: None) -> Iterator[TrainPage]:
    """The page alone; its child only speaks like the real one."""
    services = Services(models=[models, tmp_path / "data" / "models"])
    services.training.command = STAND_IN
    page = TrainPage(services, PreferencesKeeper(tmp_path / "preferences.toml"))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(services.models.changed, timeout=SLOW):
        services.models.rescan()
    yield page
    page.shut_down()
    services.shutdown()


@pytest.fixture
def in_window(window: MainWindow, at_home: None) -> TrainPage:
    """The page in the window, shown."""
    window.services.training.command = STAND_IN
    window.show_mode(2)
    return window.train


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[[str], Path]:
    """Makes an empty folder: what is in it is the child's matter."""

    def make(name: str = "photos") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        return folder

    return make


MakeFolder = Callable[[str], Path]


def look(train: TrainPage, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(train.runs.checked, timeout=SLOW):
        train.add([folder])


def learn(train: TrainPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        train.controls.start.click()


def test_folders_are_looked_through_by_themselves(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    assert train.stack.currentWidget() is train.drop
    assert not train.controls.start.isEnabled()
    look(train, qtbot, make_folder("photos"))
    assert train.stack.currentWidget() is train.found
    assert train.found.headline.text().startswith("40 ")
    assert "34" in train.found.split.text()
    assert "6" in train.found.split.text()
    assert "900" in train.found.pace.text()
    titles = [train.found.tree.topLevelItem(n) for n in range(train.found.tree.topLevelItemCount())]
    assert [title.text(0).split()[0] for title in titles if title] == ["1", "1", "1"]
    damaged = titles[1]
    assert damaged is not None
    torn = damaged.child(0)
    assert torn is not None
    assert torn.text(0) == "torn.jpg is incomplete."
    assert train.controls.start.isEnabled()
    train.settings.length.box.setCurrentIndex(1)
    train.settings.length.box.activated.emit(1)
    assert not train.runs.looking  # the same folders
    assert "5400" in train.found.pace.text().replace(",", "")


def test_folders_that_cannot_be_learnt_from_are_told(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("broken"))
    assert train.found.headline.text().startswith("There is no photo in ")
    assert not train.controls.start.isEnabled()
    train.settings.clear()
    look(train, qtbot, make_folder("refused"))
    assert train.found.headline.text() == "There is nothing to learn."
    train.settings.clear()
    assert train.stack.currentWidget() is train.drop


def test_a_training_is_followed_judged_and_listed(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("photos"))
    told: list[str] = []
    train.run_ended.connect(told.append)
    with qtbot.waitSignal(train.runs.told, timeout=SLOW):
        train.controls.start.click()
    assert train.stack.currentWidget() is train.running
    assert train.controls.kind == RUNNING
    assert not train.settings.name_edit.isEnabled()
    qtbot.waitUntil(lambda: "Step" in train.controls.counts.whole, timeout=SLOW)
    assert "patches/s" in train.controls.pace.text()
    train.add([make_folder("late")])
    assert "is running" in train.messages.text.text()
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        pass
    assert train.stack.currentWidget() is train.verdict
    assert train.controls.kind == JUDGED
    assert train.controls.adopt.isEnabled()
    assert "better" in train.verdict.headline.text()
    assert train.verdict.table.rowCount() == 12
    assert told == [train.verdict.headline.text()]
    train.controls.keep.click()
    assert train.controls.kind == RESTING
    train.head.past.click()
    assert train.stack.currentWidget() is train.list
    assert [run.name for run in train.candidates.runs] == ["denoise-own"]
    train.list.look.click()
    assert train.stack.currentWidget() is train.verdict


def test_a_model_that_is_not_better_is_not_adopted(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("worse"))
    learn(train, qtbot)
    assert not train.controls.adopt.isEnabled()
    assert "not better" in train.verdict.headline.text()
    assert train.controls.why.text()


def test_a_better_model_is_adopted_under_a_name(
    train: TrainPage, make_folder: MakeFolder, qtbot: QtBot, tmp_path: Path
) -> None:
    look(train, qtbot, make_folder("photos"))
    learn(train, qtbot)
    save_model(train.runs.run_dir, "denoise-own", "denoise")  # the stand-in makes no model
    train.controls.adopt.click()
    with qtbot.waitSignal(train.runs.failed, timeout=SLOW):
        name_it(train, "denoise")  # as the built-in one
    assert "denoise" in train.messages.text.text()
    assert train.controls.kind == JUDGED
    train.controls.adopt.click()
    with qtbot.waitSignal(train.runs.adopted, timeout=SLOW):
        name_it(train, "my camera")
    assert (tmp_path / "data" / "models" / "my camera.json").is_file()
    assert "my camera" in train.controls.said.text()
    qtbot.waitUntil(lambda: train.settings.start.findData("my camera") >= 0, timeout=SLOW)


def name_it(train: TrainPage, name: str) -> None:
    dialog = train.questions.naming
    assert dialog is not None
    dialog.setTextValue(name)
    dialog.accept()


def test_pause_go_on_and_what_the_status_line_says(
    window: MainWindow, in_window: TrainPage, make_folder: MakeFolder, qtbot: QtBot
) -> None:
    train = in_window
    train.add([make_folder("long")])
    train.controls.start.click()  # without waiting for what is found
    qtbot.waitUntil(lambda: "Training: Step" in window.status.text.text(), timeout=SLOW)
    train.controls.pause.click()
    assert train.controls.pause.text() == "Go on"
    assert train.controls.pace.text() == "Paused"
    assert "paused" in window.status.text.text()
    with qtbot.assertNotEmitted(train.runs.ended, wait=600):
        pass
    train.controls.pause.click()
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        window.status.stop.click()
    assert train.controls.kind == JUDGED
    assert window.status.bar.isHidden()


def test_stop_keeps_and_discard_asks_once(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("long"))
    train.controls.start.click()
    qtbot.waitUntil(lambda: "Step" in train.controls.counts.whole, timeout=SLOW)
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        train.controls.stop.click()
        assert not train.controls.stop.isEnabled()
    assert train.controls.kind == JUDGED
    train.controls.keep.click()
    train.controls.start.click()
    qtbot.waitUntil(lambda: "Step" in train.controls.counts.whole, timeout=SLOW)
    train.controls.discard.click()
    answer(train, "Cancel")
    assert train.runs.running
    train.controls.discard.click()
    with qtbot.waitSignals([train.runs.ended, train.runs.deleted], timeout=SLOW):
        answer(train, "Stop and discard")
    assert train.controls.kind == RESTING
    assert len(train.candidates.runs) == 1
    assert not train.runs.run_dir.exists()


def answer(train: TrainPage, text: str) -> None:
    box = train.questions.box
    assert box is not None
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()


def test_a_child_that_dies_is_told_and_gone_on_with(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("dies"))
    learn(train, qtbot)
    assert "unexpectedly" in train.messages.text.text()
    assert "about to die" in train.messages.details.toPlainText()
    assert "no event" in train.messages.details.toPlainText()
    assert train.messages.remedy.text() == "Go on"
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        train.messages.remedy.click()
    assert train.controls.kind == JUDGED


def test_a_child_that_is_killed_is_told(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("long"))
    train.controls.start.click()
    qtbot.waitUntil(lambda: "Step" in train.controls.counts.whole, timeout=SLOW)
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        os.kill(train.runs.pid, signal.SIGKILL)
    assert "unexpectedly" in train.messages.text.text()
    assert train.settings.name_edit.isEnabled()
    train.head.past.click()
    train.list.delete.click()
    with qtbot.waitSignal(train.runs.deleted, timeout=SLOW):
        answer(train, "Delete")
    assert not train.candidates.runs


def test_a_command_that_cannot_be_started_is_told(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    train.runs.command = ("/there/is/no/such/program",)
    look(train, qtbot, make_folder("photos"))
    assert "could not be looked through" in train.messages.text.text()
    assert not train.controls.start.isEnabled()


def test_thousands_of_events_do_not_stop_the_window(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("flood"))
    steps: list[int] = []
    train.runs.told.connect(lambda events: steps.append(len(events)))
    learn(train, qtbot)
    assert sum(steps) > 2000
    assert len(train.running.loss.table().splitlines()) < 700


def test_closing_asks_once_and_leaves_the_checkpoint(
    window: MainWindow, in_window: TrainPage, make_folder: MakeFolder, qtbot: QtBot
) -> None:
    train = in_window
    train.add([make_folder("long")])
    train.controls.start.click()
    qtbot.waitUntil(lambda: "Step" in train.controls.counts.whole, timeout=SLOW)
    window.close()
    box = window.closing.question
    assert box is not None
    assert "training" in box.text()
    with qtbot.waitSignal(window.closed, timeout=SLOW):
        next(button for button in box.buttons() if "Stop" in button.text()).click()
    assert not train.runs.running
    assert (train.runs.run_dir / "last.ckpt").is_file()
    assert not (train.runs.run_dir / "verdict.json").exists()


def test_drops_go_where_the_window_is(
    window: MainWindow, in_window: TrainPage, make_folder: MakeFolder, qtbot: QtBot, make_photo: Callable[..., Path]
) -> None:
    train = in_window
    with qtbot.waitSignal(train.runs.checked, timeout=SLOW):
        drop_on(window, make_folder("photos"))
    assert [folder.name for folder in train.settings.photos.folders] == ["photos"]
    photo = make_photo("one/photo.png")
    with qtbot.waitSignal(train.runs.checked, timeout=SLOW):
        drop_on(window, photo)
    assert [folder.name for folder in train.settings.photos.folders] == ["photos", "one"]
    assert not window.studio.model.rowCount()


def test_pairs_have_a_zone_for_each_half(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    settings = train.settings
    assert not train.drop.second.isVisible()
    settings.kind.setCurrentIndex(1)
    settings.kind.activated.emit(1)
    assert train.drop.second.isVisible()
    good, noisy = make_folder("good"), make_folder("noisy")
    drop_on(train.drop.first, good)
    assert train.stack.currentWidget() is train.drop
    assert "noisy photos" in train.controls.said.text()
    with qtbot.waitSignal(train.runs.checked, timeout=SLOW):
        drop_on(train.drop.second, noisy)
    assert train.settings.plan.source.noisy == (noisy,)
    assert train.settings.plan.looks[:7] == ("denoise", "--data", str(good), "--noisy", str(noisy), "--kind", "pairs")


def drop_on(zone: QWidget, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(zone, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    QApplication.sendEvent(zone, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_settings_become_arguments(train: TrainPage, make_folder: MakeFolder, tmp_path: Path) -> None:
    settings, more = train.settings, train.settings.more
    settings.photos.show_folders([make_folder("photos")])
    settings.name_edit.setText("night")
    settings.start.setCurrentIndex(0)
    more.freeze.setCurrentIndex(1)
    more.stacked.setValue(2)
    more.rate.setValue(0.5)
    more.batch.setValue(4)
    more.patch.setCurrentIndex(1)
    more.noise.setCurrentIndex(1)
    more.iso_low.setValue(3200)
    settings.length.box.setCurrentIndex(5)
    settings.length.steps.setValue(77)
    words = settings.plan.arguments(tmp_path / "run")
    values = dict(pairwise(words))
    expected = {
        "--from": "denoise",
        "--name": "night",
        "--freeze": "encoder",
        "--stacked": "2",
        "--rate": "0.0005",
        "--batch": "4",
        "--patch": "64",
        "--noise": "camera",
        "--iso": "3200-25600",
        "--steps": "77",
    }
    assert values | expected == values
    settings.tool.setCurrentIndex(1)
    settings.tool.activated.emit(1)
    plan = settings.plan
    assert plan.task == "colorize"
    assert "--iso" not in plan.arguments(tmp_path)
    assert not settings.kind_said.isVisible()


def choose_explore(train: TrainPage) -> None:
    tool = train.settings.tool
    tool.setCurrentIndex(tool.findData("explore"))
    tool.activated.emit(tool.currentIndex())


def choose_start(train: TrainPage, name: str) -> None:
    start = train.settings.start
    start.setCurrentIndex(start.findData(name))
    start.activated.emit(start.currentIndex())


@pytest.fixture
def coders(train: TrainPage, tmp_path: Path, qtbot: QtBot) -> None:
    """Models for Explore: a plain one, one that saw noise, and one that can make up photos."""
    folder = tmp_path / "data" / "models"
    small_coder(folder, "plain")
    small_coder(folder, "seen noise")
    card = folder / "seen noise.json"
    table = json.loads(card.read_bytes()) | {"settings": {"input_noise": 35.0}}
    card.write_text(json.dumps(table), encoding="utf-8")
    small_coder(folder, "cloud", variational=True)
    stock = train.settings._stock
    with qtbot.waitSignal(stock.changed, timeout=SLOW):
        stock.rescan()


def test_explore_has_switches_of_its_own(
    train: TrainPage, coders: None, make_folder: MakeFolder, tmp_path: Path
) -> None:
    settings, rows = train.settings, train.settings.coding
    assert rows.isHidden()
    assert not settings.more.patch.isHidden()
    settings.photos.show_folders([make_folder("photos")])
    settings.more.patch.setCurrentIndex(1)
    choose_explore(train)
    assert rows.isVisible()
    assert settings.more.patch.isHidden()
    assert settings.more.noise.isHidden()
    choose_start(train, "plain")
    assert not any(switch.isChecked() for switch in (rows.noise, rows.dropout, rows.variational))
    words = settings.plan.arguments(tmp_path)
    assert words[0] == "explore"
    assert {"--plain", "--input-noise"} <= set(words)
    assert not {"--patch", "--noise", "--beta", "--variational"} & set(words)
    assert dict(pairwise(words)) | {"--input-noise": "0", "--input-dropout": "0"} == dict(pairwise(words))
    for switch, field, value in ((rows.noise, rows.noise_level, 20), (rows.dropout, rows.dropout_share, 40)):
        assert not field.isVisible()
        switch.click()
        assert field.isVisible()
        field.setValue(value)
    rows.variational.click()
    rows.beta.setValue(0.5)
    words = settings.plan.arguments(tmp_path)
    expected = {"--input-noise": "20", "--input-dropout": "0.4", "--beta": "0.5", "--from": "plain"}
    assert dict(pairwise(words)) | expected == dict(pairwise(words))
    assert "--variational" in words
    assert train.controls.start.isEnabled()
    settings.tool.setCurrentIndex(0)
    settings.tool.activated.emit(0)
    assert rows.isHidden()
    assert not {"--variational", "--input-noise", "--plain"} & set(settings.plan.arguments(tmp_path))


def test_switches_show_what_the_model_is_that_is_started_from(train: TrainPage, coders: None) -> None:
    rows = train.settings.coding
    choose_explore(train)
    choose_start(train, "seen noise")
    assert (rows.noise.isChecked(), rows.noise_level.value(), rows.variational.isChecked()) == (True, 35.0, False)
    choose_start(train, "cloud")
    assert (rows.noise.isChecked(), rows.variational.isChecked(), rows.variational.isEnabled()) == (False, True, False)
    assert "starts from" in rows.variational.toolTip()
    choose_start(train, "none")
    assert (rows.variational.isChecked(), rows.variational.isEnabled()) == (False, True)
    choose_start(train, "plain")
    rows.variational.click()
    train.settings.more.freeze.setCurrentIndex(1)
    train.settings.more.freeze.activated.emit(1)
    assert train.settings.problem is not None  # what it sees with must learn then
    for switch in (rows.noise, rows.dropout, rows.variational):
        assert switch.accessibleName()
        assert switch.toolTip()


def test_parts_and_names_are_shown_while_explore_is_taught(
    train: TrainPage, coders: None, make_folder: MakeFolder, qtbot: QtBot
) -> None:
    choose_explore(train)
    choose_start(train, "cloud")
    look(train, qtbot, make_folder("photos"))
    learn(train, qtbot)
    running = train.running
    assert running.loss.parts == ["reconstruction", "latent"]
    assert [card.title.whole for card in running.strip.cards] == ["0.jpg"]
    assert running.strip.cards[0].pictures[1].accessibleName() == "from its code"
    assert train.verdict.worst.cards[0].pictures[0].accessibleName() == "shown to it"


def test_names_that_cannot_be_files_are_refused(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("photos"))
    for name in ("../up", "", " ", "a/b", ".hidden"):
        train.settings.name_edit.setText(name)
        train.settings.name_edit.textEdited.emit(name)
        assert not train.controls.start.isEnabled(), name
    assert train.controls.said.text()


def test_every_control_has_a_name_and_a_tool_tip(train: TrainPage) -> None:
    for button in train.findChildren(QAbstractButton):
        if not button.objectName().startswith("qt_"):
            assert button.accessibleName() or button.text()
            if button.text() or button.accessibleName():
                assert button.toolTip(), button.accessibleName() or button.text()


def test_a_run_that_was_left_is_gone_on_with_later(train: TrainPage, make_folder: MakeFolder, qtbot: QtBot) -> None:
    look(train, qtbot, make_folder("long"))
    train.controls.start.click()
    qtbot.waitUntil(lambda: "Step" in train.controls.counts.whole, timeout=SLOW)
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        train.runs.leave()
    assert "gone on with" in train.controls.said.text()
    train.head.past.click()
    assert not train.list.look.isEnabled()
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        train.list.go_on.click()  # whose folder is not told again, and is called nothing
    assert train.controls.kind == JUDGED
    losses = [line.split(",") for line in train.running.loss.table().splitlines()[1:]]
    assert [row[2] for row in losses[:6]] == ["9", "9", "9", "9", "9", "1.1"]  # what was there before comes first
    assert train.running.score.table().splitlines()[1] == "0.0,0,20"
    assert len(train.candidates.runs) == 1
