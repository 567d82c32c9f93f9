"""What a photographer does, from opening to saving, in the real window."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from aestudio.gui.app import Application
from aestudio.gui.main_window import MainWindow
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.io import read_photo
from aestudio.images.photo import Photo

OpenPhotoFile = Callable[[Path], None]
MakePhoto = Callable[..., Path]
SLOW = 20_000  # ms: for two cores that others use, too


class Tiles(QObject):
    """Counts restored tiles. Waiting for a signal that comes again and again, as pytest-qt does it, may crash."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @Slot(object, object, object)
    def on_tile_restored(self, *_: object) -> None:
        self.count += 1


def switch_on_and_see_a_tile(studio: Studio, section: Section, qtbot: QtBot) -> None:
    tiles = Tiles()
    restorations = studio.services.restorations
    restorations.tile_restored.connect(tiles.on_tile_restored)
    section.switch.click()
    qtbot.waitUntil(lambda: tiles.count > 0, timeout=SLOW)
    restorations.tile_restored.disconnect(tiles.on_tile_restored)


def switch_on(studio: Studio, denoise: Section, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()


def full_result(studio: Studio) -> Photo:
    assert studio.current is not None
    result = studio.services.results.find(studio.current.full_key(studio.steps))
    assert result is not None
    return result.full


def save_in_dialog(studio: Studio, qtbot: QtBot) -> Path:
    dialog = studio.saving.dialog
    assert dialog is not None
    path = dialog.path
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
        dialog.save.click()
    return path


def test_open_restore_blend_undo_save(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    source = make_photo()
    untouched = source.read_bytes()
    open_photo(source)
    assert studio.current is not None
    assert denoise.rows["sigma"].spin.value() == pytest.approx(15, abs=3)  # found in the photo
    assert not studio.unsaved

    switch_on(studio, denoise, qtbot)
    assert studio.view.has_result
    assert studio.unsaved == [studio.current]
    restored = full_result(studio)

    denoise.rows["strength"].slider.setValue(40)
    assert full_result(studio) is restored  # only the blend changed
    studio.undo_group.undo()
    assert denoise.rows["strength"].value == 1.0
    studio.undo_group.undo()
    assert not denoise.switch.isChecked()
    assert not studio.view.has_result
    with qtbot.waitSignal(studio.settled, timeout=100):  # instant: the result is remembered
        studio.undo_group.redo()
    studio.undo_group.redo()
    assert denoise.rows["strength"].value == pytest.approx(0.4)

    studio.save()
    path = save_in_dialog(studio, qtbot)
    assert path.name == "noisy-denoise.png"
    assert source.read_bytes() == untouched
    before, after, saved = read_photo(source).pixels, restored.pixels, read_photo(path).pixels
    expected = np.rint(before + 0.4 * (after.astype(np.float32) - before))
    assert np.abs(saved.astype(int) - expected).max() <= 1
    assert not studio.unsaved


def test_saving_again_asks_no_more(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    open_photo(make_photo())
    switch_on(studio, denoise, qtbot)
    studio.save()
    path = save_in_dialog(studio, qtbot)
    first = path.read_bytes()
    denoise.rows["strength"].slider.setValue(20)
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
        studio.save()
    assert studio.saving.dialog is None
    assert path.read_bytes() != first


def test_a_knob_that_the_network_needs_starts_it_again(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    open_photo(make_photo())
    switch_on(studio, denoise, qtbot)
    first = full_result(studio)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.rows["sigma"].spin.setValue(40)
    assert not denoise.rows["sigma"].auto.isChecked()
    assert full_result(studio) is not first
    with qtbot.waitSignal(studio.settled, timeout=100):
        denoise.rows["sigma"].auto.click()
    assert full_result(studio) is first


def test_one_drag_of_a_slider_is_one_undo(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto
) -> None:
    open_photo(make_photo())
    assert studio.current is not None
    row = denoise.rows["strength"]
    row.slider.setSliderDown(True)
    for position in (90, 80, 70):
        row.slider.setValue(position)
    row.slider.setSliderDown(False)
    assert studio.current.undo.count() == 1
    studio.undo_group.undo()
    assert row.value == 1.0


def test_each_photo_remembers_its_tools(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    open_photo(make_photo("a.png"))
    switch_on(studio, denoise, qtbot)
    open_photo(make_photo("b.png", seed=1))
    assert not denoise.switch.isChecked()
    assert not studio.view.has_result
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        studio.filmstrip.move_by(-1)
    assert denoise.switch.isChecked()
    assert studio.view.has_result


def test_cancelling_leaves_the_photo_as_it_was(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    open_photo(make_photo(width=2600, height=1800))
    restorations = studio.services.restorations
    switch_on_and_see_a_tile(studio, denoise, qtbot)
    assert studio.panel.run.text() == "Cancel"
    with qtbot.waitSignals([restorations.cancelled, restorations.idle], timeout=SLOW):
        studio.panel.run.click()
    assert not studio.view.has_result
    assert studio.panel.run.text() == "Run"
    assert studio.panel.run.isEnabled()
    assert not studio.unsaved


def test_the_photo_on_the_canvas_is_restored_before_the_others(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    restorations = studio.services.restorations
    done: list[str] = []
    restorations.restored.connect(lambda outcome: done.append(outcome.request.entry.path.name))
    open_photo(make_photo("large.png", width=2600, height=1800))
    switch_on_and_see_a_tile(studio, denoise, qtbot)
    open_photo(make_photo("small.png"))
    with qtbot.waitSignal(restorations.idle, timeout=SLOW):
        denoise.switch.click()
    assert done == ["small.png", "large.png"]
    assert [entry.path.name for entry in studio.unsaved] == ["large.png", "small.png"]


def test_a_folder_opens_in_the_order_of_its_names(studio: Studio, make_photo: MakePhoto, qtbot: QtBot) -> None:
    for name in ("set/IMG_10.png", "set/IMG_2.png", "set/IMG_1.png"):
        folder = make_photo(name).parent
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.open_paths([folder])
    assert [entry.path.name for entry in studio.model.entries] == ["IMG_1.png", "IMG_2.png", "IMG_10.png"]
    assert studio.current is studio.model.entries[0]


def test_a_korean_path_with_spaces_is_like_any_other(
    studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    open_photo(make_photo("제주도 여행 2026/바다 사진 1.jpg"))
    switch_on(studio, denoise, qtbot)
    studio.save()
    path = save_in_dialog(studio, qtbot)
    assert path.name == "바다 사진 1-denoise.jpg"
    assert path.exists()


def drop(window: MainWindow, mime: QMimeData) -> None:
    """What Qt does when something is let go over the window."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(200, 200).toPoint(), action, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), action, mime, buttons, keys))


def test_files_and_folders_can_be_dropped(window: MainWindow, make_photo: MakePhoto, qtbot: QtBot) -> None:
    single, folder = make_photo("single.png"), make_photo("folder/inside.png").parent
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(single)), QUrl.fromLocalFile(str(folder))])
    with qtbot.waitSignal(window.services.opener.finished, timeout=SLOW):
        drop(window, mime)
    assert [entry.path.name for entry in window.studio.model.entries] == ["single.png", "inside.png"]


def test_a_picture_can_be_pasted_and_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(window.services.opener.finished, timeout=SLOW):
        window.actions_.paste.trigger()
    assert window.studio.current is not None
    assert window.studio.current.photo is not None
    assert window.studio.current.photo.pixels[0, 0].tolist() == [255, 0, 0]
    window.studio.save_as()
    dialog = window.studio.saving.dialog
    assert dialog is not None
    dialog.path_edit.setText(str(tmp_path / "pasted.png"))
    save_in_dialog(window.studio, qtbot)
    assert read_photo(tmp_path / "pasted.png").pixels.shape == (30, 40, 3)


def test_files_can_be_pasted(window: MainWindow, make_photo: MakePhoto, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(make_photo("copied.png")))])
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(window.services.opener.finished, timeout=SLOW):
        window.actions_.paste.trigger()
    assert window.studio.current is not None
    assert window.studio.current.path.name == "copied.png"


def test_an_empty_clipboard_says_so(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("no photo")
    window.actions_.paste.trigger()
    assert "clipboard" in window.studio.messages.text.text()


def test_closing_while_a_photo_is_restored_asks_and_stops(
    application: Application,
    studio: Studio,
    denoise: Section,
    open_photo: OpenPhotoFile,
    make_photo: MakePhoto,
    qtbot: QtBot,
) -> None:
    window = application.window
    open_photo(make_photo(width=2600, height=1800))
    switch_on_and_see_a_tile(studio, denoise, qtbot)
    assert not window.close()
    assert window.isVisible()
    question = window.closing.question
    assert question is not None
    with qtbot.waitSignal(window.closing.ready, timeout=SLOW):
        answer(question, QMessageBox.ButtonRole.DestructiveRole)
    assert not window.isVisible()
    assert not studio.services.restorations.busy


def test_closing_with_unsaved_photos_asks_once_and_saves_all(
    window: MainWindow,
    studio: Studio,
    denoise: Section,
    open_photo: OpenPhotoFile,
    make_photo: MakePhoto,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    for name in ("a.png", "b.png"):
        open_photo(make_photo(name))
        switch_on(studio, denoise, qtbot)
    assert not window.close()
    question = window.closing.question
    assert question is not None
    assert question.text() == "2 photos have results that are not saved."
    with qtbot.waitSignal(window.closing.ready, timeout=SLOW):
        answer(question, QMessageBox.ButtonRole.AcceptRole)
    assert not window.isVisible()
    assert sorted(path.name for path in tmp_path.glob("*-denoise.png")) == ["a-denoise.png", "b-denoise.png"]


def test_closing_can_be_taken_back(
    window: MainWindow, studio: Studio, denoise: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto, qtbot: QtBot
) -> None:
    open_photo(make_photo())
    switch_on(studio, denoise, qtbot)
    assert not window.close()
    assert window.closing.question is not None
    answer(window.closing.question, QMessageBox.ButtonRole.RejectRole)
    assert window.isVisible()
    assert studio.unsaved


def answer(question: QMessageBox, role: QMessageBox.ButtonRole) -> None:
    next(button for button in question.buttons() if question.buttonRole(button) == role).click()
