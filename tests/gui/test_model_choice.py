"""The choice of models in the studio and in the batch, and two of them compared."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from small_model import ARGUMENTS, write_model

from aestudio.batch.job import read_job, write_job
from aestudio.gui.app import Application
from aestudio.gui.main_window import MainWindow
from aestudio.gui.models.choice import ModelBox
from aestudio.gui.session import ChosenModel, WorkStep
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.photo import Pixels
from aestudio.models.networks import BUILDERS
from aestudio.settings import read_preferences
from aestudio.tasks import task
from aestudio.tasks.denoise import DenoiseSettings

SLOW = 20_000
NETWORK = "denoising-unet"


def save(folder: Path, name: str, seed: int) -> Path:
    """A denoiser of its own random weights; its card."""
    torch.manual_seed(seed)
    net = BUILDERS[NETWORK](**ARGUMENTS[NETWORK])
    with torch.no_grad():
        for weight in net.parameters():
            weight.normal_(0, 0.05)
    return write_model(folder, name, "denoise", NETWORK, ARGUMENTS[NETWORK], net)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the user's own models."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def make(make_application: Callable[..., Application], own: Path, qtbot: QtBot) -> Callable[[], Application]:
    """Builds the program with the user's own models in a folder of this test."""

    def make_() -> Application:
        application = make_application(own=own)
        qtbot.waitUntil(lambda: application.services.models.known, timeout=SLOW)
        return application

    return make_


@pytest.fixture
def application(make: Callable[[], Application], own: Path) -> Application:
    """The program with two models of the user's own."""
    save(own, "film grain", 1)
    save(own, "night", 2)
    return make()


@pytest.fixture
def done(
    studio: Studio,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> Studio:
    """The studio with a photo that the built-in model has denoised."""
    open_photo(make_photo())
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    return studio


def look_again(studio: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.services.models.changed, timeout=SLOW):
        studio.services.models_changed.emit()


def names(box: ModelBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count())]


def pick(box: ModelBox, text: str) -> None:
    row = names(box).index(text)
    box.setCurrentIndex(row)
    box.activated.emit(row)


def choose(studio: Studio, section: Section, text: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        pick(section.models.box, text)


def activate(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def sides(studio: Studio) -> tuple[Pixels, Pixels]:
    """What the canvas has before and after."""
    tiles = studio.view._scene._tiles
    assert tiles.before is not None
    assert tiles.after is not None
    return tiles.before.pixels, tiles.after.pixels


def compare(studio: Studio, section: Section, qtbot: QtBot) -> tuple[Pixels, Pixels]:
    section.models.compare.click()
    qtbot.waitUntil(lambda: studio.comparing.shown, timeout=SLOW)
    return sides(studio)


# the list


def test_models_come_and_go_without_a_restart(make: Callable[[], Application], own: Path, qtbot: QtBot) -> None:
    studio = make().window.studio
    denoise, colorize = studio.panel.sections[:2]
    assert denoise.models.isHidden()
    save(own, "night", 2)
    look_again(studio, qtbot)
    assert not denoise.models.isHidden()
    assert names(denoise.models.box) == ["Built-in", "night"]
    assert colorize.models.isHidden()
    save(own, "film grain", 1)
    with qtbot.waitSignal(studio.services.models.changed, timeout=SLOW):
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not studio.window().isActiveWindow())
        studio.window().activateWindow()  # back from wherever the file was copied
    assert names(denoise.models.box) == ["Built-in", "film grain", "night"]
    (own / "night.json").unlink()
    look_again(studio, qtbot)
    assert names(denoise.models.box) == ["Built-in", "film grain"]


def test_a_damaged_model_says_so_and_cannot_be_chosen(done: Studio, denoise: Section, own: Path, qtbot: QtBot) -> None:
    before = sides(done)[1]
    path = own / "night.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"\x99")
    look_again(done, qtbot)
    box = denoise.models.box
    assert names(box) == ["Built-in", "film grain", "night (damaged)"]
    assert f"{path} are damaged or altered" in box.itemData(2, Qt.ItemDataRole.ToolTipRole)
    box.setFocus()
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == 1  # the keyboard passes it, too
    pick(box, "Built-in")
    assert sides(done)[1] is before


# what works


def test_the_chosen_model_restores_the_photo_and_its_history_says_so(
    done: Studio, denoise: Section, tmp_path: Path, qtbot: QtBot
) -> None:
    built_in = sides(done)[1]
    choose(done, denoise, "night", qtbot)
    night = sides(done)[1]
    assert not np.array_equal(built_in, night)
    with qtbot.assertNotEmitted(done.services.restorations.started):
        done.undo_group.undo()
        assert sides(done)[1] is built_in  # at once
        assert denoise.models.box.currentText() == "Built-in"
        done.undo_group.redo()
        assert sides(done)[1] is night
    done.save()
    dialog = done.saving.dialog
    assert dialog is not None
    with qtbot.waitSignal(done.saving.finished, timeout=SLOW):
        dialog.accept()
    assert done.current is not None
    assert done.current.saved_as is not None
    assert b"model night 1" in done.current.saved_as.read_bytes()


def test_the_last_choice_is_the_next_photos_and_the_next_starts(
    done: Studio,
    denoise: Section,
    make: Callable[[], Application],
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    choose(done, denoise, "night", qtbot)
    open_photo(make_photo("b.png", seed=1))
    assert denoise.models.box.currentText() == "night"
    with qtbot.waitSignal(done.settled, timeout=SLOW):
        denoise.switch.click()
    assert done.steps[0].model_name == "night"
    assert read_preferences(tmp_path / "preferences" / "preferences.toml")[0].models == ("denoise=night",)
    assert make().window.studio.models.usual["denoise"].name == "night"
    choose(done, denoise, "Built-in", qtbot)
    assert read_preferences(tmp_path / "preferences" / "preferences.toml")[0].models == ()


def test_a_model_that_is_gone_gives_way_to_the_built_in_one(
    done: Studio, denoise: Section, own: Path, qtbot: QtBot
) -> None:
    built_in = sides(done)[1]
    choose(done, denoise, "night", qtbot)
    (own / "night.json").unlink()
    look_again(done, qtbot)
    assert sides(done)[1] is built_in
    assert denoise.models.box.currentText() == "Built-in"
    assert "“night” is not there any more: Denoise works with the built-in one." in done.messages.text.text()
    assert done.models.usual == {}
    choose(done, denoise, "film grain", qtbot)
    done.undo_group.undo()
    done.undo_group.undo()  # to the model that is gone
    assert done.steps[0].model is None


def test_a_model_that_goes_while_the_window_does_not_look_is_noticed_when_it_is_to_work(
    done: Studio, denoise: Section, own: Path, qtbot: QtBot
) -> None:
    built_in = sides(done)[1]
    (own / "night.json").unlink()
    with qtbot.waitSignal(done.services.models.changed, timeout=SLOW):
        pick(denoise.models.box, "night")
    assert sides(done)[1] is built_in
    assert "is not there any more" in done.messages.text.text()


def test_another_model_under_the_same_name_works_anew(done: Studio, denoise: Section, own: Path, qtbot: QtBot) -> None:
    choose(done, denoise, "night", qtbot)
    before = sides(done)[1]
    save(own, "night", 3)
    with qtbot.waitSignal(done.settled, timeout=SLOW):
        done.services.models_changed.emit()
    assert not np.array_equal(sides(done)[1], before)
    assert denoise.models.box.currentText() == "night"


def test_a_model_that_is_renamed_stays_chosen(done: Studio, denoise: Section, own: Path, qtbot: QtBot) -> None:
    choose(done, denoise, "night", qtbot)
    for path in own.glob("night.*"):
        path.rename(path.with_stem("dusk"))
    with qtbot.waitSignal(done.settled, timeout=SLOW):
        done.services.models_changed.emit()
    assert denoise.models.box.currentText() == "dusk"
    assert done.models.usual["denoise"].name == "dusk"
    assert done.keeper.models == {"denoise": "dusk"}


# the batch


def test_the_model_goes_into_the_batch_and_into_its_file(
    window: MainWindow, done: Studio, denoise: Section, own: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(done, denoise, "night", qtbot)
    settings = window.batch.settings
    assert done.current is not None
    settings.take_over(done.current)
    assert settings.steps.steps[0].model == "night"
    section = settings.steps.sections[0]
    assert section.models.box.currentText() == "night"
    assert section.models.compare.isHidden()
    pick(section.models.box, "film grain")
    settings.show_sources([done.current.path])
    path = write_job(settings.job([done.current.path]), tmp_path / "job.json")
    assert read_job(path).steps[0].model == "film grain"
    shutil.rmtree(own)
    look_again(done, qtbot)
    assert section.models.box.currentText() == "film grain (not there)"  # it is not the window's to decide otherwise
    settings.show_job(read_job(path))
    assert settings.steps.steps[0].model == "film grain"


# two of them compared


def test_two_models_are_compared_on_the_canvas(
    window: MainWindow, done: Studio, denoise: Section, qtbot: QtBot
) -> None:
    built_in = sides(done)[1]
    choose(done, denoise, "night", qtbot)
    night = sides(done)[1]
    assert denoise.models.compare.isEnabled()
    before, after = compare(done, denoise, qtbot)
    assert np.array_equal(before, built_in)
    assert np.array_equal(after, night)
    assert done.view._labels == ("Built-in model", "night")

    pick(denoise.models.beside, "film grain")
    qtbot.waitUntil(lambda: done.view._labels == ("film grain", "night"), timeout=SLOW)
    assert not np.array_equal(sides(done)[0], built_in)
    done.view.setFocus()
    QTest.keyPress(done.view, Qt.Key.Key_Space)  # as ever
    assert done.view._show_before
    QTest.keyRelease(done.view, Qt.Key.Key_Space)

    with qtbot.waitSignal(done.services.restorations.compared, timeout=SLOW):
        denoise.rows["strength"].spin.setValue(50)
    qtbot.waitUntil(lambda: not np.array_equal(sides(done)[1], night), timeout=SLOW)
    assert done.comparing.shown
    activate(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not done.comparing.on
    assert not denoise.models.compare.isChecked()
    assert done.view._labels is None
    assert done.photo is not None
    assert sides(done)[0] is done.photo.pixels
    assert sides(done)[1] is night  # its strength is blended while it is painted
    assert done.view._scene.strength == 0.5


def test_the_built_in_model_is_compared_with_another_one(done: Studio, denoise: Section, qtbot: QtBot) -> None:
    built_in = sides(done)[1]
    before, after = compare(done, denoise, qtbot)
    assert np.array_equal(after, built_in)
    assert done.view._labels == ("film grain", "Built-in model")
    denoise.models.compare.click()
    assert not done.comparing.on
    assert sides(done)[1] is built_in
    with qtbot.assertNotEmitted(done.services.restorations.progressed):
        again = compare(done, denoise, qtbot)  # nothing of it is made again
    assert np.array_equal(again[0], before)


def test_comparing_goes_along_with_the_photos_and_ends_with_the_tool(
    done: Studio,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    assert done.current is not None
    first = done.current
    compare(done, denoise, qtbot)
    open_photo(make_photo("b.png", width=120, seed=1))
    assert not done.comparing.on  # the tool is off for this one
    assert "on" in denoise.models.compare.toolTip()
    with qtbot.waitSignal(done.settled, timeout=SLOW):
        denoise.switch.click()
    compare(done, denoise, qtbot)
    with qtbot.waitSignal(done.services.restorations.compared, timeout=SLOW):
        done.filmstrip.select(first)
    qtbot.waitUntil(lambda: done.comparing.shown, timeout=SLOW)
    assert sides(done)[0].shape == (120, 160, 3)
    denoise.switch.click()
    assert not done.comparing.on
    assert not done.view.has_result


def test_what_is_cancelled_is_compared_no_more(
    window: MainWindow,
    studio: Studio,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    open_photo(make_photo(width=900, height=700))
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    result = sides(studio)[1]
    with qtbot.waitSignal(studio.services.restorations.progressed, timeout=SLOW):
        denoise.models.compare.click()
    assert not studio.comparing.shown
    assert "Comparing two models on noisy.png" in window.status.text.text()
    with qtbot.waitSignal(studio.services.restorations.idle, timeout=SLOW):
        window.status.cancel_requested.emit()
    assert not studio.comparing.on
    assert not denoise.models.compare.isChecked()
    assert sides(studio)[1] is result
    denoise.models.compare.click()
    with qtbot.waitSignal(studio.services.restorations.idle, timeout=SLOW):
        studio.cancel()
    assert not studio.comparing.on


def test_another_knob_while_comparing_is_compared_anew(done: Studio, denoise: Section, qtbot: QtBot) -> None:
    before, after = compare(done, denoise, qtbot)
    with qtbot.waitSignal(done.services.restorations.compared, timeout=SLOW):
        denoise.rows["sigma"].spin.setValue(40)
    qtbot.waitUntil(lambda: done.comparing.shown, timeout=SLOW)
    assert not np.array_equal(sides(done)[0], before)
    assert not np.array_equal(sides(done)[1], after)


# the rest


def test_the_choice_is_reached_with_tab_and_has_names(
    window: MainWindow, done: Studio, denoise: Section, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    compare(done, denoise, qtbot)
    denoise.switch.setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    models = denoise.models
    assert reached[:3] == [models.box, models.compare, models.beside]
    for control in (models.box, models.compare, models.beside):
        assert control.accessibleName()
        assert control.toolTip()


def test_a_result_is_told_apart_by_the_weights_behind_a_name() -> None:
    models = (None, ChosenModel("a", "1"), ChosenModel("a", "2"), ChosenModel("b", "1"))
    assert len({WorkStep(task("denoise"), DenoiseSettings(), model).full_key for model in models}) == 4
