"""The bar under the canvas: what it commands and what it tells."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from aestudio.gui.canvas.bar import CanvasBar
from aestudio.gui.canvas.image_view import CompareMode, ImageView
from aestudio.images.photo import Photo


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[tuple[CanvasBar, ImageView]]:
    view = ImageView()
    host = QWidget()
    bar = CanvasBar(view, host)
    view.setParent(host)
    qtbot.addWidget(host)
    host.resize(800, 360)
    view.setGeometry(0, 0, 400, 300)
    bar.setGeometry(0, 300, 800, 40)
    with qtbot.waitExposed(host):
        host.show()
    view.set_photo(Photo(np.zeros((1104, 1504, 3), np.uint8)))
    yield bar, view
    view.shut_down()


def test_the_modes_exclude_each_other(bar: tuple[CanvasBar, ImageView]) -> None:
    panel, view = bar
    assert panel.split_button.isChecked()
    QTest.mouseClick(panel.side_button, Qt.MouseButton.LeftButton)
    assert view.mode == CompareMode.SIDE_BY_SIDE
    QTest.mouseClick(panel.side_button, Qt.MouseButton.LeftButton)
    assert panel.side_button.isChecked()
    view.set_mode(CompareMode.SINGLE)
    checked = [panel.split_button.isChecked(), panel.side_button.isChecked(), panel.single_button.isChecked()]
    assert checked == [False, False, True]


def test_the_loupe_is_on_or_off_in_any_mode(bar: tuple[CanvasBar, ImageView]) -> None:
    panel, view = bar
    QTest.mouseClick(panel.loupe_button, Qt.MouseButton.LeftButton)
    assert view.loupe_shown
    assert panel.split_button.isChecked()
    view.set_loupe(False)
    assert not panel.loupe_button.isChecked()


def test_fit_and_one_to_one(bar: tuple[CanvasBar, ImageView]) -> None:
    panel, view = bar
    assert panel.zoom_label.text() == "25 %"
    QTest.mouseClick(panel.one_to_one_button, Qt.MouseButton.LeftButton)
    assert view.zoom == 1
    assert panel.zoom_label.text() == "100 %"
    QTest.mouseClick(panel.fit_button, Qt.MouseButton.LeftButton)
    assert panel.zoom_label.text() == "25 %"


def test_the_pixel_under_the_pointer(bar: tuple[CanvasBar, ImageView]) -> None:
    panel, view = bar
    view.pixel_hovered.emit(12, 3456, (65535, 1, 20))
    assert panel.position_label.text() == "12, 3456"
    assert panel.colour_label.text() == "R 65535  G 1  B 20"
    view.pixel_hovered.emit(12, 3456, (0.5, 1.0, 0.25))
    assert panel.colour_label.text() == "R 0.500  G 1.000  B 0.250"
    view.pixel_hovered.emit(-1, -1, None)
    assert panel.position_label.text() == panel.colour_label.text() == ""


def test_everything_has_a_name_a_hint_and_is_reached_by_tab(bar: tuple[CanvasBar, ImageView]) -> None:
    panel, _ = bar
    buttons = panel.findChildren(QToolButton)
    assert len(buttons) == 6
    for button in buttons:
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_keyboard_presses_the_buttons(bar: tuple[CanvasBar, ImageView]) -> None:
    panel, view = bar
    panel.activateWindow()
    panel.single_button.setFocus()
    QTest.keyClick(panel.single_button, Qt.Key.Key_Space)
    assert view.mode == CompareMode.SINGLE
