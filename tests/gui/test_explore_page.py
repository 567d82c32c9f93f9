"""The Explore page: folders are dropped, looked through, and shown; alone, and in the window."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot
from small_explore import small_coder

from aestudio.gui.app import Application
from aestudio.gui.explore.map_view import MapView
from aestudio.gui.explore.page import ExplorePage
from aestudio.gui.explore.unreadable import UnreadableDialog
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.main_window import MainWindow
from aestudio.gui.services import Services
from aestudio.progress import Step

SLOW = 60_000
EXPLORE = 3
MakePhoto = Callable[..., Path]


@pytest.fixture
def explorers(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models with a photo autoencoder among them; what is found is kept in the test's folder."""
    for kind in ("CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    folder = tmp_path / "models"
    shutil.copytree(models, folder)
    small_coder(folder, "photo-autoencoder")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the user's own models."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def services(qapp: QApplication, explorers: Path, own: Path) -> Iterator[Services]:
    services = Services(models=[explorers, own])
    yield services
    services.shutdown()


@pytest.fixture
def page(services: Services, qtbot: QtBot, tmp_path: Path) -> Iterator[ExplorePage]:
    """The page alone."""
    page = ExplorePage(services, PreferencesKeeper(tmp_path / "preferences.toml"))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: services.models.known, timeout=SLOW)
    yield page
    page.shut_down()


@pytest.fixture
def window(make_application: Callable[..., Application], explorers: Path) -> MainWindow:
    """The page in the window, shown."""
    window = make_application(explorers).window
    window.show_mode(EXPLORE)
    return window


@pytest.fixture
def holiday(make_photo: MakePhoto, tmp_path: Path) -> Path:
    """A folder of ten photos, one of them twice, and of one that is damaged."""
    for number in range(9):
        make_photo(f"holiday/{number}.png", seed=number, width=160 + number, height=120)
    shutil.copy(tmp_path / "holiday" / "0.png", tmp_path / "holiday" / "copy.png")
    (tmp_path / "holiday" / "torn.png").write_bytes((tmp_path / "holiday" / "1.png").read_bytes()[:200])
    return tmp_path / "holiday"


def explore(page: ExplorePage, qtbot: QtBot, *paths: Path) -> None:
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        page.add(list(paths))


def map_of(page: ExplorePage) -> MapView:
    return next(view for view in page.views if isinstance(view, MapView))


def test_the_empty_page_takes_a_folder(page: ExplorePage, holiday: Path, qtbot: QtBot) -> None:
    assert page.stack.currentWidget() is page.empty
    assert page.head.isHidden()
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        page.drop.dropped.emit([holiday])
    assert page.stack.currentWidget() is page.shown
    assert page.head.folders.whole == str(holiday)
    assert page.head.counts.text().startswith("10 photos")
    assert "1 of them" in page.head.counts.text()
    for view in page.views:
        assert view.photos is not None
        assert len(view.photos) == 10
        assert view.coder is not None
        assert view.coder.name == "photo-autoencoder"


def test_a_dropped_photo_stands_for_its_folder(page: ExplorePage, holiday: Path, qtbot: QtBot) -> None:
    explore(page, qtbot, holiday / "3.png", holiday / "4.png")
    assert page.head.folders.whole == str(holiday)
    assert page.views


def test_photos_that_cannot_be_read_are_listed_with_why(page: ExplorePage, holiday: Path, qtbot: QtBot) -> None:
    explore(page, qtbot, holiday)
    assert page.head.unreadable.isVisible()
    assert page.head.unreadable.text() == "1 unreadable"
    page.head.unreadable.click()
    dialog = next(child for child in page.window().findChildren(UnreadableDialog))
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(0) == "torn.png"
    assert "torn.png" in item.text(1)
    dialog.copy.click()
    assert str(holiday / "torn.png") in QGuiApplication.clipboard().text()
    dialog.close()


def test_each_view_is_turned_to_and_says_what_it_is_for(page: ExplorePage, holiday: Path, qtbot: QtBot) -> None:
    explore(page, qtbot, holiday)
    assert len({view.title for view in page.views}) == len(page.views)
    for number, view in enumerate(page.views):
        page.bar.buttons[number].click()
        assert page.view is view
        assert view.isVisible()
        assert page.bar.sentence.text() == view.tip
        assert view.tip.endswith(".")
        assert [button.isChecked() for button in page.bar.buttons].index(True) == number
        qtbot.waitUntil(partial(_rests, view), timeout=SLOW)
    page.bar.buttons[0].click()
    page.bar.buttons[0].click()  # a second time
    assert page.bar.buttons[0].isChecked()


def _rests(view: ExploreView) -> bool:
    return not view.runner.busy


def test_stopping_keeps_what_is_done_and_goes_on(page: ExplorePage, make_photo: MakePhoto, qtbot: QtBot) -> None:
    for number in range(80):
        folder = make_photo(f"many/{number}.png", seed=number, width=40, height=30).parent
    steps: list[Step] = []

    def stop(step: Step) -> None:
        steps.append(step)
        page.looking.stop.click()

    page.indexing.progressed.connect(stop)
    with qtbot.waitSignal(page.indexing.stopped, timeout=SLOW):
        page.add([folder])
        assert page.stack.currentWidget() is page.looking
        assert "many" in page.looking.title.text()
    qtbot.waitUntil(lambda: not page.indexing.busy, timeout=SLOW)
    page.indexing.progressed.disconnect(stop)
    assert page.stack.currentWidget() is page.looking
    assert page.looking.title.text() == "Stopped. What is done is kept."
    assert page.looking.stop.isHidden()
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        page.looking.go_on.click()
    assert page.stack.currentWidget() is page.shown
    assert page.head.counts.text() == "80 photos"


def test_another_folder_takes_the_place_of_one_that_is_looked_at(
    page: ExplorePage, holiday: Path, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    other = make_photo("other/a.png").parent
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        page.add([holiday])
        page.add([other])
    assert page.head.folders.whole == str(other)
    assert page.head.counts.text() == "1 photo"


def test_looking_again_finds_what_is_new_behind_what_is_shown(
    page: ExplorePage, holiday: Path, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    explore(page, qtbot, holiday)
    make_photo("holiday/new.png", seed=99)
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        page.head.again.click()
        assert page.stack.currentWidget() is page.shown
        assert not page.head.again.isEnabled()
    assert page.head.again.isEnabled()
    assert page.head.counts.text().startswith("11 photos")


def test_folders_that_cannot_be_explored_are_told_and_what_is_shown_stays(
    page: ExplorePage, holiday: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    explore(page, qtbot, empty)
    assert "nothing" in page.messages.text.text()
    assert page.stack.currentWidget() is page.empty
    explore(page, qtbot, holiday)
    assert page.messages.isHidden()
    explore(page, qtbot, empty)
    assert page.messages.isVisible()
    assert page.stack.currentWidget() is page.shown
    assert page.head.folders.whole == str(holiday)
    page.escape()
    assert page.messages.isHidden()


def test_the_model_is_chosen_and_photos_are_coded_anew(
    page: ExplorePage, services: Services, holiday: Path, own: Path, qtbot: QtBot
) -> None:
    assert texts(page.head.model) == ["photo-autoencoder (built-in)"]
    small_coder(own, "mine", variational=True)
    broken = small_coder(own, "broken")
    (own / "broken.safetensors").unlink()
    with qtbot.waitSignal(services.models.changed, timeout=SLOW):
        services.models.rescan()
    assert texts(page.head.model) == ["photo-autoencoder (built-in)", f"{broken.name} (damaged)", "mine"]
    explore(page, qtbot, holiday)
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        choose(page.head.model, "mine")
        assert page.stack.currentWidget() is page.looking  # what is shown are codes of another model
    assert page.view is not None
    assert page.view.photos is not None
    assert page.view.photos.model == "mine"
    assert page.stack.currentWidget() is page.shown


def texts(box: QComboBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count())]


def choose(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_model_that_fails_goes_back_to_the_one_before(
    page: ExplorePage, services: Services, holiday: Path, own: Path, qtbot: QtBot
) -> None:
    small_coder(own, "mine")
    with qtbot.waitSignal(services.models.changed, timeout=SLOW):
        services.models.rescan()
    explore(page, qtbot, holiday)
    (own / "mine.safetensors").write_bytes(b"damaged since")
    with qtbot.waitSignal(page.indexing.ended, timeout=SLOW):
        choose(page.head.model, "mine")
    assert page.messages.isVisible()
    assert page.stack.currentWidget() is page.shown
    assert page.head.model.currentText().startswith("photo-autoencoder")


def test_the_page_can_be_left_while_it_looks(services: Services, holiday: Path, qtbot: QtBot, tmp_path: Path) -> None:
    page = ExplorePage(services, PreferencesKeeper(tmp_path / "preferences.toml"))
    qtbot.addWidget(page)
    page.add([holiday])
    page.shut_down()
    services.shutdown()
    assert not any(view.runner.busy for view in page.views)


# in the window


def test_the_mode_is_the_fourth_and_takes_what_is_opened(
    window: MainWindow, holiday: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key, expected in ((Qt.Key.Key_1, window.studio), (Qt.Key.Key_4, window.explore), (Qt.Key.Key_5, window.models)):
        with qtbot.waitSignal(window.mode_bar.chosen):
            QTest.keyClick(window, key)
        assert window.pages.currentWidget() is expected
    window.show_mode(EXPLORE)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(holiday))
    for action in (window.actions_.open, window.actions_.open_folder):
        with qtbot.waitSignal(window.services.indexing.ended, timeout=SLOW):
            action.trigger()
    with qtbot.waitSignal(window.services.indexing.ended, timeout=SLOW):
        window.explore.head.choose.click()
    assert window.explore.head.folders.whole == str(holiday)


def test_what_is_dropped_or_pasted_goes_to_the_page(window: MainWindow, holiday: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(holiday))])
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window.services.indexing.ended, timeout=SLOW):
        window.dropEvent(event)
    assert window.explore.views
    QGuiApplication.clipboard().setText("no photo")
    window.incoming.paste()
    assert "no photo on the clipboard" in window.explore.messages.text.text()
    window.actions_.cancel.trigger()
    assert window.explore.messages.isHidden()


def test_photos_go_to_the_studio_and_to_the_batch(window: MainWindow, holiday: Path, qtbot: QtBot) -> None:
    explore(window.explore, qtbot, holiday)
    view = map_of(window.explore)
    with qtbot.waitSignal(window.batch.sources.listed, timeout=SLOW):
        view.batch_wanted.emit([holiday / "1.png", holiday / "2.png"])
    assert window.pages.currentWidget() is window.batch
    assert sum(window.batch.model.counts.values()) == 2
    window.show_mode(EXPLORE)
    with qtbot.waitSignal(window.services.opener.finished, timeout=SLOW):
        view.studio_wanted.emit([holiday / "3.png"])
    assert window.in_studio
    assert window.studio.current is not None
    assert window.studio.current.path.name == "3.png"


def test_the_status_line_tells_and_stops(window: MainWindow, make_photo: MakePhoto, qtbot: QtBot) -> None:
    for number in range(80):
        folder = make_photo(f"many/{number}.png", seed=number, width=40, height=30).parent
    said: list[str] = []

    def stop() -> None:
        said.append(window.status.text.text())
        window.status.stop.click()

    window.services.indexing.progressed.connect(stop)
    with qtbot.waitSignal(window.services.indexing.stopped, timeout=SLOW):
        window.explore.add([folder])
        assert window.status.text.text() == "Looking at photos"
        assert window.work.shows_exploring
    qtbot.waitUntil(lambda: not window.services.indexing.busy, timeout=SLOW)
    assert said[0].startswith("Looking at photos: ")
    assert window.status.bar.isHidden()
    assert window.status.text.text() == ""


def test_everything_has_a_name_and_a_tooltip(window: MainWindow, holiday: Path, qtbot: QtBot) -> None:
    explore(window.explore, qtbot, holiday)
    head = window.explore.head
    for button in [*head.findChildren(QAbstractButton), *window.explore.bar.buttons, *looks(window.explore)]:
        assert button.accessibleName(), button
        assert button.toolTip(), button.accessibleName()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    head.choose.setFocus()
    reached = set()
    for _ in range(len(window.explore.bar.buttons) + 6):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    assert {head.choose, head.again, head.unreadable, head.model, *window.explore.bar.buttons} <= reached


def looks(page: ExplorePage) -> list[QAbstractButton]:
    return [page.looking.stop, page.looking.go_on, page.drop.choose]
