"""Own marks in the real window: added, chosen, learnt from a folder, removed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from aestudio.gui.masks.learn_mark_dialog import LearnMarkDialog
from aestudio.gui.masks.mark_chooser import MarkChooser
from aestudio.gui.masks.mark_view import LONGEST, MarkView, mark_picture
from aestudio.gui.masks.masking import Masking
from aestudio.gui.masks.own_marks import OwnMarks
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo
from aestudio.tasks.known_mark import KnownMark
from aestudio.tasks.mark_library import MarkLibrary
from aestudio.tasks.unwatermark import UnwatermarkSettings

MakePhoto = Callable[..., Path]
OpenPhotoFile = Callable[[Path], None]
SLOW = 60_000  # ms: for two cores that others use, too
SIZE = 120, 180
MARK_BOX = 70, 110, 90, 160  # rows and columns of the mark in the photos of the folder


@pytest.fixture
def masking(studio: Studio) -> Masking:
    assert studio.masking is not None
    return studio.masking


@pytest.fixture
def library(masking: Masking, tmp_path: Path) -> MarkLibrary:
    assert tmp_path in masking.library.folder.parents  # and not the user's own
    return masking.library


@pytest.fixture
def chooser(masking: Masking) -> MarkChooser:
    return masking.chooser


@pytest.fixture
def section(unwatermark: Section) -> Section:
    """Of the tool, in the panel of the window."""
    unwatermark.fold(False)
    return unwatermark


@pytest.fixture
def marks(masking: Masking, section: Section, open_photo: OpenPhotoFile, make_photo: MakePhoto) -> OwnMarks:
    """With a photo on the canvas."""
    open_photo(make_photo("open.png"))
    return masking.marks


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    pixels = np.zeros((30, 60, 4), np.uint8)
    cv2.putText(pixels, "Ada", (4, 22), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255, 255, 255, 255), 2)
    return write_photo(Photo(pixels), tmp_path / "ada.png")


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of photos that carry one mark."""
    folder = tmp_path_factory.mktemp("photos") / "my roll"
    folder.mkdir()
    y0, y1, x0, x1 = MARK_BOX
    cover = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.putText(cover, "Ada", (4, 30), cv2.FONT_HERSHEY_DUPLEX, 0.9, 255, 2, cv2.LINE_AA)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        soft = cv2.resize(rng.random((5, 7, 3), np.float32), SIZE[::-1], interpolation=cv2.INTER_CUBIC)
        pixels = np.clip(20 + 150 * soft, 0, 255)
        alpha = 0.6 * cover[..., None].astype(np.float32) / 255
        pixels[y0:y1, x0:x1] = pixels[y0:y1, x0:x1] * (1 - alpha) + 255 * alpha
        write_photo(Photo(np.rint(pixels).astype(np.uint8)), folder / f"{seed}.png")
    return folder


def settings_of(studio: Studio, section: Section) -> UnwatermarkSettings:
    assert studio.current is not None
    settings = studio.current.tool(section.task).settings
    assert isinstance(settings, UnwatermarkSettings)
    return settings


def items(chooser: MarkChooser) -> list[str]:
    return [chooser.box.itemText(row) for row in range(chooser.box.count())]


def answer_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def answer_folder(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))


def idle(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not studio.services.marks.busy, timeout=SLOW)


def test_a_logo_from_a_file_is_kept_chosen_and_switches_the_tool_on(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    library: MarkLibrary,
    logo: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    assert items(chooser) == ["None"]
    answer_file(monkeypatch, logo)
    chooser.add.click()
    assert not chooser.add.isEnabled()
    idle(studio, qtbot)
    assert library.names() == ["ada"]
    assert settings_of(studio, section).logo is library.read("ada")
    assert section.state.on
    assert section.switch.isChecked()
    assert chooser.box.currentText() == "ada"
    assert chooser.add.isEnabled()
    assert studio.current is not None
    studio.current.undo.undo()
    assert settings_of(studio, section).logo is None
    assert not section.state.on
    assert chooser.box.currentText() == "None"
    assert not chooser.remove.isEnabled()
    assert items(chooser) == ["None", "ada"]


def test_a_picture_that_is_no_logo_is_told(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    make_photo: MakePhoto,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    answer_file(monkeypatch, make_photo("photo.png"))
    chooser.add.click()
    idle(studio, qtbot)
    assert "photo.png has no transparent background" in studio.messages.text.text()
    assert settings_of(studio, section).logo is None
    assert chooser.add.isEnabled()
    assert items(chooser) == ["None"]


def test_marks_are_chosen_by_keys(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    library: MarkLibrary,
    logo: Path,
    qapp: QGuiApplication,
    qtbot: QtBot,
) -> None:
    library.add_file(logo)
    library.add_file(logo)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)  # back from the folder
    assert items(chooser) == ["None", "ada", "ada-2"]
    QTest.keyClick(chooser.box, Qt.Key.Key_Down)
    QTest.keyClick(chooser.box, Qt.Key.Key_Down)  # faster than the first one is read
    idle(studio, qtbot)
    assert settings_of(studio, section).logo is library.read("ada-2")
    assert not section.state.on  # choosing alone starts nothing
    QTest.keyClick(chooser.box, Qt.Key.Key_Home)
    idle(studio, qtbot)
    assert settings_of(studio, section).logo is None
    QTest.keyClick(chooser.box, Qt.Key.Key_Down)
    QTest.keyClick(chooser.box, Qt.Key.Key_Up)
    idle(studio, qtbot)
    assert settings_of(studio, section).logo is None
    assert chooser.box.currentText() == "None"


def test_a_damaged_mark_is_told_and_not_chosen(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    library: MarkLibrary,
    logo: Path,
    qapp: QGuiApplication,
    qtbot: QtBot,
) -> None:
    library.add_file(logo)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    (library.folder / "ada.png").write_bytes(b"no picture")
    QTest.keyClick(chooser.box, Qt.Key.Key_Down)
    idle(studio, qtbot)
    assert "ada.png is not a photo" in studio.messages.text.text()
    assert chooser.box.currentText() == "None"


def test_a_removed_mark_stays_on_its_photo_and_can_be_put_back(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    library: MarkLibrary,
    logo: Path,
    qapp: QGuiApplication,
    qtbot: QtBot,
) -> None:
    library.add_file(logo)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    QTest.keyClick(chooser.box, Qt.Key.Key_Down)
    idle(studio, qtbot)
    used = settings_of(studio, section).logo
    assert used is not None
    chooser.remove.click()
    idle(studio, qtbot)
    assert library.names() == []
    assert settings_of(studio, section).logo is used
    assert chooser.box.currentText() == "ada"
    assert not chooser.remove.isEnabled()
    assert "ada is no longer among your marks" in studio.messages.text.text()
    studio.messages.remedy.click()
    idle(studio, qtbot)
    assert library.names() == ["ada"]
    assert settings_of(studio, section).logo is library.read("ada")
    assert np.array_equal(library.read("ada").cover, used.cover)
    assert chooser.remove.isEnabled()


def test_the_folder_is_made_and_shown(
    studio: Studio, marks: OwnMarks, chooser: MarkChooser, library: MarkLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return False  # no file manager

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    chooser.folder.click()
    assert [Path(url.toLocalFile()) for url in asked] == [library.folder]
    assert library.folder.is_dir()
    assert str(library.folder) in studio.messages.text.text()


@pytest.fixture
def dialog(marks: OwnMarks, chooser: MarkChooser, qtbot: QtBot) -> Iterator[LearnMarkDialog]:
    chooser.learn.click()
    assert marks.dialog is not None
    qtbot.waitExposed(marks.dialog)
    yield marks.dialog
    if marks.dialog is not None:
        marks.dialog.reject()  # a modal one that is shown at the end of the process takes it down


def test_a_mark_is_learnt_shown_and_kept(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    library: MarkLibrary,
    dialog: LearnMarkDialog,
    roll: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    assert not dialog.keep.isVisible()
    answer_folder(monkeypatch, roll)
    dialog.choose.click()
    assert dialog.bar.isVisible()
    assert dialog.stop.isVisible()
    assert not dialog.choose.isEnabled()
    qtbot.waitUntil(dialog.keep.isVisible, timeout=SLOW)
    qtbot.waitUntil(dialog.keep.isEnabled, timeout=SLOW)
    assert not dialog.bar.isVisible()
    assert "10" in dialog.learnt_from.text()
    assert "my roll" in dialog.learnt_from.text()
    assert dialog.name_edit.text() == "my roll"
    shown = dialog.view.grab().toImage()
    middle = [shown.pixelColor(x, shown.height() // 2).lightness() for x in range(shown.width() // 2, shown.width())]
    assert max(middle) > 119 + 30  # the white letters over the grey
    dialog.name_edit.clear()
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.name_edit, "Ada")
    QTest.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: marks.dialog is None, timeout=SLOW)
    idle(studio, qtbot)
    assert library.names() == ["Ada"]
    assert settings_of(studio, section).logo is library.read("Ada")
    assert section.switch.isChecked()
    assert chooser.box.currentText() == "Ada"
    assert chooser.learn.isEnabled()


def test_what_fails_is_told_in_the_dialog_and_loses_nothing(
    studio: Studio,
    marks: OwnMarks,
    library: MarkLibrary,
    dialog: LearnMarkDialog,
    roll: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    (tmp_path / "few").mkdir()
    answer_folder(monkeypatch, tmp_path / "few")
    dialog.choose.click()
    qtbot.waitUntil(lambda: "few holds 0 photos of one size" in dialog.message.text(), timeout=SLOW)
    assert not dialog.keep.isVisible()
    qtbot.waitUntil(dialog.choose.isEnabled, timeout=SLOW)
    answer_folder(monkeypatch, roll)
    dialog.choose.click()
    qtbot.waitUntil(dialog.keep.isEnabled, timeout=SLOW)
    assert not dialog.message.isVisible()
    answer_folder(monkeypatch, tmp_path / "few")
    dialog.choose.click()
    qtbot.waitUntil(lambda: "few holds" in dialog.message.text(), timeout=SLOW)
    qtbot.waitUntil(dialog.keep.isEnabled, timeout=SLOW)
    assert dialog.name_edit.text() == "my roll"
    assert studio.messages.isHidden()
    library.folder.parent.mkdir(parents=True, exist_ok=True)
    library.folder.write_bytes(b"")  # no folder can be made there
    dialog.keep.click()
    qtbot.waitUntil(lambda: "The folder for your marks" in dialog.message.text(), timeout=SLOW)
    qtbot.waitUntil(dialog.keep.isEnabled, timeout=SLOW)
    assert dialog.isVisible()
    dialog.discard.click()
    assert marks.dialog is None


def test_learning_is_stopped_and_the_window_stays_usable(
    studio: Studio,
    section: Section,
    marks: OwnMarks,
    chooser: MarkChooser,
    dialog: LearnMarkDialog,
    roll: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    answer_folder(monkeypatch, roll)
    dialog.choose.click()
    QTest.keyClick(dialog.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.message.text() == "Learning was stopped.", timeout=SLOW)
    qtbot.waitUntil(dialog.choose.isEnabled, timeout=SLOW)
    dialog.choose.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert marks.dialog is None
    idle(studio, qtbot)
    assert chooser.learn.isEnabled()
    assert settings_of(studio, section).logo is None
    answer_folder(monkeypatch, "")  # the folder dialog is closed
    chooser.learn.click()
    assert marks.dialog is not None
    marks.dialog.choose.click()
    assert not studio.services.marks.busy
    marks.dialog.reject()


def test_every_control_is_named_and_explained(chooser: MarkChooser, dialog: LearnMarkDialog) -> None:
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    controls = [child for root in (chooser, dialog) for kind in kinds for child in root.findChildren(kind)]
    named: list[QWidget] = [control for control in controls if not is_part(control)]
    assert len(named) >= 10
    for control in named:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text
        assert control.toolTip().endswith((".", ")."))
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def is_part(control: QObject) -> bool:
    """Whether Qt made it within another control."""
    return control.objectName().startswith("qt_") or isinstance(control.parent(), QComboBox)


def test_a_large_mark_is_shown_small(qtbot: QtBot) -> None:
    mark = KnownMark("wide", np.ones((10, 3000), np.float32), np.zeros((10, 3000, 3), np.float32))
    picture = mark_picture(mark)
    assert picture.shape == (3, LONGEST, 4)
    view = MarkView()
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    view.show_picture(picture)
    view.grab()
