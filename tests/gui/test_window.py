"""Keys, names, colours and words of the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from aestudio.gui.about_dialog import AboutDialog
from aestudio.gui.app import Application
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.filmstrip import FAILED_ROLE, UNSAVED_ROLE
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.main_window import MainWindow
from aestudio.gui.palette import DARK, LIGHT, Greys, contrast, make_palette
from aestudio.gui.preferences_dialog import PreferencesDialog
from aestudio.gui.shortcuts_dialog import ShortcutsDialog
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.settings import Preferences, read_preferences

SLOW = 20_000


@pytest.mark.parametrize("greys", [DARK, LIGHT])
def test_text_stands_out_from_its_ground(greys: Greys) -> None:
    palette = make_palette(greys)
    role = QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.PlaceholderText, role.Window),
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.WindowText, role.Dark),
    ):
        assert contrast(palette.color(text), palette.color(ground)) >= 4.5, (text, ground)
    # what is not text but must be seen: the accent on the panel
    assert contrast(palette.color(role.Highlight), palette.color(role.Window)) >= 3


@pytest.mark.parametrize("greys", [DARK, LIGHT])
def test_greys_around_the_photo_have_no_tint(greys: Greys) -> None:
    for colour in (greys.canvas, greys.panel, greys.field, greys.button, greys.line, greys.text, greys.quiet):
        assert colour[1:3] == colour[3:5] == colour[5:7]


def activate(window: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def controls(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider)
    return [w for w in root.findChildren(QWidget) if isinstance(w, kinds) and not w.objectName().startswith("qt_")]


def check_named(root: QWidget) -> None:
    for control in controls(root):
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert name, control
        assert control.toolTip() or isinstance(control, QAbstractButton), control


def test_every_control_has_a_name_and_a_tooltip(window: MainWindow, denoise: Section) -> None:
    check_named(window)
    for button in window.findChildren(QAbstractButton):
        if not button.objectName().startswith("qt_"):
            assert button.toolTip(), button.accessibleName()


def test_every_dialog_names_its_controls(window: MainWindow) -> None:
    for dialog in (
        PreferencesDialog(window.keeper, window),
        AboutDialog("CPU", window),
        ShortcutsDialog(window.actions_.key_hints(), window),
    ):
        dialog.open()
        check_named(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isHidden()


def test_tab_reaches_every_control_of_the_panel(
    window: MainWindow,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    open_photo(make_photo())
    activate(window, qtbot)
    window.studio.view.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    wanted = {denoise.switch, denoise.header, denoise.rows["sigma"].slider, denoise.rows["strength"].spin}
    assert wanted | {window.studio.panel.save, window.studio.filmstrip, window.menu_button} <= reached


def test_a_photo_is_restored_and_saved_with_the_keyboard_alone(
    window: MainWindow,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    open_photo(make_photo())
    studio = window.studio
    activate(window, qtbot)
    studio.view.setFocus()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is denoise.switch:
            break
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        QTest.keyClick(denoise.switch, Qt.Key.Key_Space)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = studio.saving.dialog
    assert dialog is not None
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not studio.unsaved


def test_keys_of_the_canvas(
    window: MainWindow, make_photo: Callable[..., Path], open_photo: Callable[[Path], None], qtbot: QtBot
) -> None:
    open_photo(make_photo(width=2000, height=1500))
    view = window.studio.view
    activate(window, qtbot)
    view.setFocus()
    fitted = view.zoom
    for key, mode in (
        (Qt.Key.Key_D, CompareMode.SIDE_BY_SIDE),
        (Qt.Key.Key_A, CompareMode.SINGLE),
        (Qt.Key.Key_S, CompareMode.SPLIT),
    ):
        QTest.keyClick(view, key)
        assert view.mode == mode
    QTest.keyClick(view, Qt.Key.Key_Z)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > 1.0
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.zoom == pytest.approx(fitted)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_space_held_shows_the_photo_before(
    window: MainWindow,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    open_photo(make_photo(width=400, height=300))
    view = window.studio.view
    with qtbot.waitSignal(window.studio.settled, timeout=SLOW):
        denoise.switch.click()
    view.set_split(0.0)  # only the result
    view.setFocus()
    point = QPoint(view.width() // 2, view.height() // 2)
    after = view.grab().toImage().copy(point.x(), point.y(), 40, 40)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Backslash):
        QTest.keyPress(view, key)
        before = view.grab().toImage().copy(point.x(), point.y(), 40, 40)
        assert before != after
        QTest.keyRelease(view, key)
        assert view.grab().toImage().copy(point.x(), point.y(), 40, 40) == after


def test_arrows_go_through_the_photos(
    window: MainWindow, make_photo: Callable[..., Path], open_photo: Callable[[Path], None], qtbot: QtBot
) -> None:
    for seed, name in enumerate(("a.png", "b.png", "c.png")):
        open_photo(make_photo(name, seed=seed))
    studio = window.studio
    studio.filmstrip.setFocus()
    for key, name in ((Qt.Key.Key_Up, "b.png"), (Qt.Key.Key_Left, "a.png"), (Qt.Key.Key_Right, "b.png")):
        with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
            QTest.keyClick(QApplication.focusWidget() or window, key)
        assert studio.current is not None
        assert studio.current.path.name == name


def test_the_filmstrip_tells_states_in_words_and_signs(
    studio: Studio, denoise: Section, make_photo: Callable[..., Path], open_photo: Callable[[Path], None], qtbot: QtBot
) -> None:
    open_photo(make_photo("a.png"))
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    broken = make_photo("b.png")
    broken.write_bytes(broken.read_bytes()[:300])
    open_photo(broken)
    unsaved, failed = studio.model.index(0), studio.model.index(1)
    assert unsaved.data(UNSAVED_ROLE)
    assert not unsaved.data(FAILED_ROLE)
    assert failed.data(FAILED_ROLE)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert unsaved.data(role) == "a.png, not saved"
    assert failed.data(role) == "b.png, failed"


def test_two_thousand_photos_make_no_more_thumbnails_than_are_seen(
    studio: Studio, tmp_path: Path, make_photo: Callable[..., Path], qtbot: QtBot
) -> None:
    first = make_photo("many/0000.png", width=32, height=24).read_bytes()
    for number in range(1, 2000):
        (tmp_path / "many" / f"{number:04}.png").write_bytes(first)
    made: list[Path] = []
    studio.services.thumbnails.made.connect(made.append)
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.open_paths([tmp_path / "many"])
    assert len(studio.model.entries) == 2000
    studio.filmstrip.scrollToBottom()
    qtbot.waitUntil(lambda: tmp_path / "many" / "1999.png" in made, timeout=SLOW)
    assert len(made) < 200


def test_preferences_hold_at_once_and_at_the_next_start(
    application: Application, window: MainWindow, tmp_path: Path
) -> None:
    dialog = PreferencesDialog(window.keeper, window)
    for box, value in ((dialog.theme_box, "light"), (dialog.language_box, "ko"), (dialog.device_box, "cpu")):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == LIGHT.panel
    path = tmp_path / "preferences" / "preferences.toml"
    assert read_preferences(path) == (Preferences("light", "ko", "cpu"), ())


def test_odd_preferences_cost_nothing_but_themselves(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text('language = "ko"\nnew = true\n', encoding="utf-8")
    keeper = PreferencesKeeper(path)
    assert keeper.value == Preferences(language="ko")
    assert "“new”" in str(keeper.complaints[0])
    path.write_text("theme = pink", encoding="utf-8")
    keeper = PreferencesKeeper(path)
    assert keeper.value == Preferences()
    assert str(path) in str(keeper.complaints[0])
    keeper.change(theme="light", language="en", device="cpu")
    assert read_preferences(path)[0].theme == "light"
    assert path.with_suffix(".broken").read_text(encoding="utf-8") == "theme = pink"


def test_the_window_opens_as_it_was_closed(make_application: Callable[[], Application]) -> None:
    window = make_application().window
    assert not window.isMaximized()
    window.showMaximized()
    window.close()
    assert make_application().window.isMaximized()


def test_odd_preferences_are_told_in_the_window(make_application: Callable[[], Application], tmp_path: Path) -> None:
    path = tmp_path / "preferences" / "preferences.toml"
    path.parent.mkdir()
    path.write_text("theme = pink", encoding="utf-8")
    assert f"{path} cannot be read" in make_application().window.studio.messages.text.text()


def test_opened_photos_are_in_the_recent_menu(
    window: MainWindow, make_photo: Callable[..., Path], open_photo: Callable[[Path], None], tmp_path: Path
) -> None:
    path = make_photo("바다 사진.png")
    open_photo(path)
    assert window.actions_.recent.actions()[0].data() == str(path)
    assert read_preferences(tmp_path / "preferences" / "preferences.toml")[0].recent == (str(path),)


def test_a_window_of_the_smallest_size_cuts_nothing_off(window: MainWindow, denoise: Section) -> None:
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.width() == 1100
    for control in controls(denoise):
        if control.isVisible():
            assert control.width() >= control.minimumSizeHint().width(), control.accessibleName()


def test_a_line_edit_keeps_its_letters(window: MainWindow) -> None:
    edit = QLineEdit(window)
    edit.show()
    edit.setFocus()
    for key in (Qt.Key.Key_S, Qt.Key.Key_D, Qt.Key.Key_F, Qt.Key.Key_Z):
        QTest.keyClick(edit, key)
    assert edit.text() == "sdfz"
    edit.deleteLater()
