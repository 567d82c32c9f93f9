"""The page of models: what it tells of each, and what can be done with them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QInputDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from small_explore import small_coder
from small_model import ARGUMENTS, save_model, write_model

from aestudio.gui.app import Application
from aestudio.gui.main_window import MainWindow
from aestudio.gui.models.list import Column
from aestudio.gui.models.page import ModelsPage
from aestudio.models.card import ModelCard
from aestudio.models.networks import BUILDERS

SLOW = 30_000
NETWORK = "denoising-unet"


def save(folder: Path, name: str, seed: int = 1) -> Path:
    """A denoiser with everything on its card; the card."""
    torch.manual_seed(seed)
    net = BUILDERS[NETWORK](**ARGUMENTS[NETWORK])
    path = write_model(folder, name, "denoise", NETWORK, ARGUMENTS[NETWORK], net)
    table = json.loads(path.read_bytes())
    table |= {
        "steps": 12_345,
        "hours": 1.5,
        "device": "cpu",
        "date": "2026-11-21",
        "start": {"name": "denoise", "version": "1.0", "steps": 1, "device": "cpu", "hours": 1.0},
        "source": {"kind": "pairs", "digest": "0" * 64},
        "scores": {
            "held-out photos": {"seconds": 9.0, "psnr": 31.348, "psnr_camera": 30.91},
            "by place": {"sky": {"psnr": 1.0}},
            "measured by": "python benchmarks/denoise.py",
        },
        "limits": ["Stars are taken for noise."],
    }
    path.write_text(ModelCard.of(table).to_json(), encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the user's own models."""
    return tmp_path / "own"


@pytest.fixture
def window(make_application: Callable[..., Application], own: Path, qtbot: QtBot) -> MainWindow:
    """The program on the page, with one model of the user's own."""
    save(own, "night")
    return opened(make_application(own=own), qtbot)


@pytest.fixture
def page(window: MainWindow) -> ModelsPage:
    """The page, looking at that model."""
    window.models.look_at("night")
    return window.models


def opened(application: Application, qtbot: QtBot) -> MainWindow:
    window = application.window
    window.mode_bar.buttons[-1].click()
    qtbot.waitUntil(lambda: application.services.models.known, timeout=SLOW)
    return window


def rows(page: ModelsPage, column: Column) -> list[str]:
    model = page.list.entries_
    return [model.index(row, column).data() for row in range(model.rowCount())]


def press(text: str) -> None:
    """The button of that text in the question that is going to be open."""

    def press_() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(0, press_)


def answer(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: (name, True))


# what is told


def test_the_list_tells_what_there_is(window: MainWindow, page: ModelsPage) -> None:
    assert window.pages.currentWidget() is page
    assert rows(page, Column.TOOL) == ["Denoise", "Denoise", "Colorize", "Remove watermarks"]
    assert rows(page, Column.NAME) == ["denoise", "night", "colorize", "unwatermark"]
    assert rows(page, Column.WHOSE) == ["Built-in", "Your own", "Built-in", "Built-in"]
    assert rows(page, Column.SCORE) == ["", "31.3 dB", "", ""]
    assert [bool(date) for date in rows(page, Column.DATE)] == [False, True, False, False]
    name = page.list.entries_.index(1, Column.NAME)
    assert name.data(Qt.ItemDataRole.AccessibleTextRole).startswith("night, Denoise, Your own, ")
    assert page.none_own.isHidden()


def test_the_details_are_in_photographers_words(page: ModelsPage) -> None:
    details = page.details
    assert details.name.whole == "night"
    assert details.facts.text().startswith("Denoise  ·  your own  ·  version 1")
    for sentence in (
        "Takes noise and grain out of photos",
        "It went on from the model denoise 1.0.",
        "It learnt from your own photos: pairs, good and noisy.",
        "12,345 steps, 1 h 30 min on CPU",
        "Nearness to the clean photo\n31.3 dB",
        "Nearness to the clean photo, camera noise\n30.9 dB",
        "Stars are taken for noise.",
    ):
        assert sentence in details.text
    assert "benchmarks" not in details.text
    assert "sky" not in details.text


def test_built_in_models_stay_as_they_are_and_say_why(page: ModelsPage) -> None:
    page.list.look_at(0)
    details = page.details
    for button in (details.rename, details.delete):
        assert not button.isEnabled()
        assert "came with AEStudio" in button.toolTip()
    assert details.export.isEnabled()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)  # no question comes up
    page.list.look_at(1)
    assert details.rename.isEnabled()
    assert details.delete.isEnabled()


def test_parts_of_tools_say_whose_they_are(page: ModelsPage, own: Path, qtbot: QtBot) -> None:
    save_model(own, "my marks", "mark-finder")
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page._stock.rescan()
    page.look_at("my marks")
    assert not page.details.try_.isEnabled()
    assert "works inside Remove watermarks" in page.details.try_.toolTip()


def test_models_for_explore_are_told_in_photographers_words(page: ModelsPage, own: Path, qtbot: QtBot) -> None:
    small_coder(own, "my codes", variational=True)
    path = own / "my codes.json"
    scores = {"psnr": 22.14, "psnr_32": 19.5, "psnr_8": 16.04, "psnr_noisy": 21.3, "nats": 87.2}
    table = json.loads(path.read_bytes()) | {"scores": {"held-out photos": scores}}
    path.write_text(ModelCard.of(table).to_json(), encoding="utf-8")
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page._stock.rescan()
    page.look_at("my codes")
    assert rows(page, Column.TOOL) == ["Denoise", "Denoise", "Colorize", "Remove watermarks", "Explore"]
    assert rows(page, Column.SCORE)[-1] == "22.1 dB"
    for sentence in (
        "Puts what is in a photo into a few numbers",
        "Likeness to the photo\n22.1 dB",
        "Likeness to the photo, from 32 numbers\n19.5 dB",
        "Likeness to the photo, from 8 numbers\n16.0 dB",
        "Likeness to the photo, from a noisy one\n21.3 dB",
        "What a code says of its photo\n126 bits",
    ):
        assert sentence in page.details.text
    assert not page.details.use.isVisible()
    assert not page.details.try_.isEnabled()
    assert "Explore page" in page.details.try_.toolTip()


def test_a_damaged_model_is_told_and_can_be_deleted(page: ModelsPage, own: Path, qtbot: QtBot) -> None:
    (own / "night.safetensors").unlink()
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page._stock.rescan()
    assert rows(page, Column.SCORE)[1] == "damaged"
    assert "night.safetensors are missing" in page.details.problem.text()
    assert not page.details.problem.isHidden()
    assert not page.details.try_.isEnabled()
    press("Delete")
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page.details.delete.click()
    assert list(own.iterdir()) == []


def test_without_own_models_the_way_to_the_training_is_shown(
    make_application: Callable[..., Application], own: Path, qtbot: QtBot
) -> None:
    window = opened(make_application(own=own), qtbot)
    assert window.models.none_own.isVisible()
    with qtbot.waitSignal(window.models.train_wanted):
        window.models.train.click()
    assert window.pages.currentWidget() is window.train


# what can be done


def test_a_model_is_renamed_exported_deleted_and_imported(
    page: ModelsPage, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, "dusk")
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page.details.rename.click()
        assert not page.details.rename.isEnabled()  # one thing at a time
    assert page.details.name.whole == "dusk"
    assert sorted(path.name for path in own.iterdir()) == ["dusk.json", "dusk.safetensors"]

    packed = tmp_path / "dusk.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kind: (str(packed.with_suffix("")), ""))
    with qtbot.waitSignal(page._stock.acted, timeout=SLOW):
        page.details.export.click()
    assert packed.is_file()
    assert page.messages.text.text() == f"Exported as {packed}."
    qtbot.waitUntil(lambda: not page._stock.busy, timeout=SLOW)
    with qtbot.waitSignal(page._stock.failed, timeout=SLOW):
        page.details.export.click()  # nothing is replaced
    assert "dusk.zip" in page.messages.text.text()
    qtbot.waitUntil(lambda: not page._stock.busy, timeout=SLOW)

    press("Keep")
    page.details.delete.click()
    assert (own / "dusk.json").is_file()
    press("Delete")
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page.details.delete.click()
    assert list(own.iterdir()) == []
    assert page.none_own.isVisible()
    assert page.details.entry is not None

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(packed), ""))
    with qtbot.waitSignal(page._stock.changed, timeout=SLOW):
        page.import_.click()
    assert page.details.name.whole == "dusk"


def test_a_name_that_cannot_be_is_told(
    page: ModelsPage, own: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, "Colorize")
    with qtbot.waitSignal(page._stock.failed, timeout=SLOW):
        page.details.rename.click()
    assert "“Colorize” is the name of a model that came with AEStudio" in page.messages.text.text()
    assert (own / "night.json").is_file()


def test_the_folder_is_shown(page: ModelsPage, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    page.folder.click()
    assert shown == [str(own)]


def test_a_model_is_tried_on_the_photo_in_the_studio(
    window: MainWindow,
    page: ModelsPage,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    studio = window.studio
    page.details.try_.click()
    assert window.in_studio
    assert "Open a photo and switch Denoise on" in studio.messages.text.text()
    open_photo(make_photo())
    section = studio.panel.sections[0]
    assert section.models.box.currentText() == "night"
    window.show_mode(window.pages.indexOf(page))
    studio.panel.sections[1].unfold()
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        page.details.try_.click()
    assert studio.steps[0].model_name == "night"
    assert section.is_open
    window.show_mode(window.pages.indexOf(page))
    page.list.look_at(0)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        page.details.try_.click()
    assert studio.steps[0].model is None


# keyboard and names


def test_everything_is_reached_with_tab_and_has_a_name(window: MainWindow, page: ModelsPage, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.list.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(30):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    details = page.details
    wanted = {details.try_, details.rename, details.export, details.delete, page.import_, page.folder, page.list}
    assert wanted <= reached
    for button in page.findChildren(QAbstractButton):
        if not button.objectName().startswith("qt_") and button is not page.list.findChild(QAbstractButton):
            assert button.accessibleName() or button.text(), button
            assert button.toolTip(), button.text()


def test_photos_that_are_dropped_here_are_opened_in_the_studio(
    window: MainWindow, page: ModelsPage, make_photo: Callable[..., Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.studio.services.opener.finished, timeout=SLOW):
        window.incoming._take([make_photo()])
    assert window.in_studio
