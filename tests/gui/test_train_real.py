"""The Train page with the real command: photos are looked through and learnt from in a process of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_model import save_model

from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.services import Services
from aestudio.gui.train.page import TrainPage
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo
from aestudio.settings import Preferences, write_preferences
from aestudio.training.events import Found, Paused, Shown, Trained, Validated, Working
from aestudio.training.places import CHECKPOINT

ROOT = Path(__file__).resolve().parent.parent.parent
SLOW = 500_000  # on a machine that does much else


@pytest.fixture
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's models are, with a tiny one in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))  # for the child's log
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = tmp_path / "data" / "aestudio" / "models"
    save_model(folder, "tiny", "denoise")
    return folder


@pytest.fixture
def train(qapp: QApplication, qtbot: QtBot, own_models: Path, models: Path, tmp_path: Path) -> Iterator[TrainPage]:
    """The page."""
    preferences = tmp_path / "preferences.toml"
    write_preferences(Preferences(device="cpu"), preferences)
    services = Services(models=[models, own_models])
    page = TrainPage(services, PreferencesKeeper(preferences))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(services.models.changed, timeout=SLOW):
        services.models.rescan()
    yield page
    page.shut_down()
    services.shutdown()


@pytest.mark.timeout(600)
def test_a_real_training_is_followed_and_left(train: TrainPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for n in range(9):
        colours = np.random.default_rng(n).integers(30, 226, (8, 8, 3)).astype(np.uint8)
        write_photo(Photo(colours.repeat(24, 0).repeat(24, 1)), tmp_path / "photos" / f"{n}.png")
    settings, came = train.settings, set[type]()
    train.runs.told.connect(lambda events: came.update(map(type, events)))
    settings.start.setCurrentIndex(settings.start.findData("tiny"))
    settings.length.box.setCurrentIndex(5)
    settings.length.steps.setValue(10_000)
    settings.more.batch.setValue(2)
    settings.more.patch.setCurrentIndex(1)
    train.add([tmp_path / "photos"])
    train.controls.start.click()
    qtbot.waitUntil(lambda: Trained in came, timeout=SLOW)
    if hasattr(os, "getpriority"):
        assert os.getpriority(os.PRIO_PROCESS, train.runs.pid) >= 10
    assert {Working, Found, Validated, Shown, Trained} <= came
    qtbot.waitUntil(lambda: train.running.strip.at_rest)
    assert not train.running.strip.cards[0].pictures[2].image.isNull()
    train.controls.pause.click()
    qtbot.waitUntil(lambda: Paused in came, timeout=SLOW)
    with qtbot.waitSignal(train.runs.ended, timeout=SLOW):
        train.runs.leave()
    assert train.messages.isHidden(), (train.messages.text.text(), train.messages.details.toPlainText())
    assert "gone on with" in train.controls.said.text()
    (run,) = train.candidates.runs
    assert run.task == "denoise"
    assert run.base == "tiny"
    assert run.can_go_on
    assert (run.folder / CHECKPOINT).is_file()


@pytest.mark.timeout(600)
def test_a_folder_without_photos_is_told_in_one_sentence(train: TrainPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(train.runs.checked, timeout=SLOW):
        train.add([tmp_path / "empty"])
    assert str(tmp_path / "empty") in train.found.headline.text()
    assert not train.controls.start.isEnabled()
