"""Colour hints in the real window: by mouse, by keys, from files and from other photos."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.hints.colour_picker import PLANE, ColourPicker
from aestudio.gui.hints.hinting import Hinting
from aestudio.gui.main_window import MainWindow
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.io import read_photo, write_photo
from aestudio.images.lab import rgb_to_lab
from aestudio.images.photo import Box, Photo
from aestudio.images.tensors import to_tensor
from aestudio.tasks.hints import MOST, Hint

OpenPhoto = Callable[[Path], None]
SLOW = 20_000  # ms: for two cores that others use, too


@pytest.fixture
def grey_photo(tmp_path: Path) -> Path:
    light = np.linspace(40, 210, 240).astype(np.uint8)
    return write_photo(Photo(np.repeat(light[None], 160, axis=0)[..., None]), tmp_path / "grey.png")


@pytest.fixture
def colour_photo(tmp_path: Path) -> Path:
    pixels = np.full((160, 240, 3), (40, 90, 200), np.uint8)
    pixels[:, 120:] = (200, 140, 60)
    return write_photo(Photo(pixels), tmp_path / "colour.png")


@pytest.fixture
def hinting(studio: Studio) -> Hinting:
    assert studio.hinting is not None
    return studio.hinting


@pytest.fixture
def coloured(
    studio: Studio, colorize: Section, hinting: Hinting, open_photo: OpenPhoto, grey_photo: Path, qtbot: QtBot
) -> Studio:
    """A grey photo with Colorize on and open."""
    open_photo(grey_photo)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        colorize.switch.click()
    if not colorize.is_open:
        colorize.header.click()
    return studio


def point(studio: Studio, x: float, y: float) -> QPoint:
    return studio.view.mapFromGlobal(studio.view.place_on_screen(x, y))


def click(studio: Studio, x: float, y: float) -> None:
    QTest.mouseClick(studio.view, Qt.MouseButton.LeftButton, pos=point(studio, x, y))


def picker_of(hinting: Hinting) -> ColourPicker:
    assert hinting.picker is not None
    return hinting.picker


def place_hint(studio: Studio, hinting: Hinting, x: float, y: float, qtbot: QtBot, swatch: int = 6) -> None:
    """Click on the photo and on one of the usual colours, brick unless told otherwise."""
    click(studio, x, y)
    QTest.mouseClick(picker_of(hinting).memory[swatch], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hinting.picker is None)
    wait_for_result(studio, qtbot)


def wait_for_result(studio: Studio, qtbot: QtBot) -> None:
    def known() -> bool:
        assert studio.current is not None
        return not studio.services.restorations.busy and studio.after.key == studio.current.shown_key(studio.steps)

    qtbot.waitUntil(known, timeout=SLOW)


def result_of(studio: Studio) -> Photo:
    assert studio.current is not None
    result = studio.services.results.find(studio.current.full_key(studio.steps))
    assert result is not None
    return result.full


def test_a_click_and_a_colour_make_a_hint_and_undo_takes_it_back(
    coloured: Studio, hinting: Hinting, qtbot: QtBot
) -> None:
    QTest.mouseMove(coloured.view, point(coloured, 0.25, 0.3))
    qtbot.waitUntil(lambda: coloured.view.cursor().shape() == Qt.CursorShape.CrossCursor)
    before = result_of(coloured).pixels
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    (hint,) = hinting.settings.hints
    assert [hint.x, hint.y] == pytest.approx([0.25, 0.5], abs=0.01)
    assert (hint.a, hint.b) == (26.0, 22.0)
    assert len(coloured.view.layer.marks) == hinting.panel.list.count() == 1
    after = result_of(coloured).pixels
    assert np.abs(after.astype(int) - before).max() > 5

    assert coloured.current is not None
    undo = coloured.current.undo
    undo.undo()
    assert not hinting.settings.hints
    assert not coloured.view.layer.marks
    wait_for_result(coloured, qtbot)
    assert np.array_equal(result_of(coloured).pixels, before)
    undo.redo()
    assert list(hinting.settings.hints) == [hint]


def test_a_picker_that_is_closed_without_an_answer_leaves_nothing(
    coloured: Studio, hinting: Hinting, qtbot: QtBot
) -> None:
    click(coloured, 0.4, 0.4)
    QTest.keyClick(picker_of(hinting), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: hinting.picker is None)
    assert not hinting.settings.hints
    assert coloured.current is not None
    assert coloured.current.undo.count() == 1  # the switch


def test_colours_that_are_tried_on_the_plane_are_one_step_of_undo(
    coloured: Studio, hinting: Hinting, qtbot: QtBot
) -> None:
    click(coloured, 0.4, 0.4)
    plane = picker_of(hinting).plane
    QTest.mousePress(plane, Qt.MouseButton.LeftButton, pos=QPoint(PLANE // 2 + 20, PLANE // 2))
    QTest.mouseMove(plane, QPoint(PLANE // 2 + 24, PLANE // 2 - 8))
    QTest.mouseRelease(plane, Qt.MouseButton.LeftButton, pos=QPoint(PLANE // 2 + 24, PLANE // 2 - 8))
    (hint,) = hinting.settings.hints
    assert hint.a > 15
    assert hint.b > 4
    assert coloured.current is not None
    assert coloured.current.undo.count() == 2
    QTest.keyClick(plane, Qt.Key.Key_Left)
    assert hinting.settings.hints[0].a == pytest.approx(hint.a - 3, abs=0.5)
    assert coloured.current.undo.count() == 3
    picker_of(hinting).close()
    coloured.current.undo.undo()
    coloured.current.undo.undo()
    assert not hinting.settings.hints


def test_the_plane_gives_no_colour_that_cannot_be_shown(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    click(coloured, 0.4, 0.4)
    QTest.mouseClick(picker_of(hinting).plane, Qt.MouseButton.LeftButton, pos=QPoint(1, PLANE // 2))
    (hint,) = hinting.settings.hints
    assert -70 < hint.a < -20
    picker_of(hinting).close()


def test_the_model_suggests_colours(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    click(coloured, 0.4, 0.4)
    picker = picker_of(hinting)
    assert 1 <= len(picker.suggested) <= 6
    colour = picker.suggested[0].property("colour")
    QTest.keyClick(picker.suggested[0], Qt.Key.Key_Space)
    assert [hinting.settings.hints[0].a, hinting.settings.hints[0].b] == pytest.approx(list(colour))


def test_a_mark_is_dragged_in_one_step_and_changed_by_a_click(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    view = coloured.view
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=point(coloured, 0.25, 0.5))
    for step in range(1, 6):
        QTest.mouseMove(view, point(coloured, 0.25 + 0.1 * step, 0.5))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point(coloured, 0.75, 0.5))
    assert hinting.settings.hints[0].x == pytest.approx(0.75, abs=0.01)
    assert coloured.current is not None
    assert coloured.current.undo.count() == 3  # switch, hint, place
    click(coloured, 0.75, 0.5)
    picker = picker_of(hinting)
    assert picker.plane.colour == (26.0, 22.0)
    QTest.mouseClick(picker.memory[7], Qt.MouseButton.LeftButton)
    assert len(hinting.settings.hints) == 1
    assert hinting.settings.hints[0].b < 0
    coloured.current.undo.undo()
    coloured.current.undo.undo()
    assert hinting.settings.hints[0].x == pytest.approx(0.25, abs=0.01)
    wait_for_result(coloured, qtbot)


def test_a_drag_beyond_the_photo_ends_at_its_edge(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    view = coloured.view
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=point(coloured, 0.25, 0.5))
    QTest.mouseMove(view, point(coloured, -0.3, 0.5))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point(coloured, -0.3, 0.5))
    assert hinting.settings.hints[0].x == 0
    wait_for_result(coloured, qtbot)


def test_hints_are_removed_by_keys_and_buttons(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    for x in (0.2, 0.4, 0.6, 0.8):
        place_hint(coloured, hinting, x, 0.5, qtbot)
    panel = hinting.panel
    panel.list.setCurrentRow(1)
    assert coloured.view.layer.chosen == 1
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [round(hint.x, 1) for hint in hinting.settings.hints] == [0.2, 0.6, 0.8]
    panel.list.setCurrentRow(0)
    QTest.keyClick(coloured.view, Qt.Key.Key_Delete)
    assert [round(hint.x, 1) for hint in hinting.settings.hints] == [0.6, 0.8]
    click(coloured, 0.6, 0.5)
    QTest.mouseClick(picker_of(hinting).remove, Qt.MouseButton.LeftButton)
    assert [round(hint.x, 1) for hint in hinting.settings.hints] == [0.8]
    panel.clear.click()
    assert not hinting.settings.hints
    assert not panel.clear.isEnabled()
    assert coloured.current is not None
    coloured.current.undo.undo()
    assert [round(hint.x, 1) for hint in hinting.settings.hints] == [0.8]


def test_hints_can_be_set_without_a_mouse(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    QTest.keyClick(hinting.panel.add, Qt.Key.Key_Space)
    picker = picker_of(hinting)
    assert picker.plane.colour is None
    picker.memory[0].click()
    (hint,) = hinting.settings.hints
    assert [hint.x, hint.y] == pytest.approx([0.5, 0.5], abs=0.02)
    hinting.panel.list.setCurrentRow(0)
    QTest.keyClick(hinting.panel.list, Qt.Key.Key_Return)
    assert picker_of(hinting).plane.colour == (hint.a, hint.b)
    QTest.keyClick(picker_of(hinting), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hinting.picker is None)


def test_a_colour_is_taken_from_another_photo(
    coloured: Studio, hinting: Hinting, grey_photo: Path, colour_photo: Path, qtbot: QtBot
) -> None:
    click(coloured, 0.4, 0.4)
    picker_of(hinting).pipette.click()
    assert "Esc" in coloured.messages.text.text()
    with qtbot.waitSignal(coloured.services.opener.finished, timeout=SLOW):
        coloured.open_paths([colour_photo])
    qtbot.waitUntil(lambda: coloured.photo is not None, timeout=SLOW)
    click(coloured, 0.2, 0.5)  # blue
    assert coloured.current is not None
    assert coloured.current.path == grey_photo
    (hint,) = hinting.settings.hints
    assert [hint.x, hint.y] == pytest.approx([0.4, 0.4], abs=0.01)
    assert hint.b < -40
    assert coloured.messages.isHidden()
    qtbot.waitUntil(lambda: coloured.photo is not None, timeout=SLOW)
    wait_for_result(coloured, qtbot)


def test_escape_takes_no_colour(window: MainWindow, coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    click(coloured, 0.4, 0.4)
    picker_of(hinting).pipette.click()
    window.actions_.cancel.trigger()
    assert coloured.messages.isHidden()
    click(coloured, 0.4, 0.4)  # asks for a colour again
    picker_of(hinting).close()
    assert not hinting.settings.hints


def test_hints_go_to_a_file_and_come_back(
    coloured: Studio, hinting: Hinting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    hints = hinting.settings.hints
    asked: list[str] = []

    def save_as(parent: object, title: str, proposed: str, filters: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "mine"), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    hinting.panel.save.click()
    assert Path(asked[0]).name == "grey-hints.json"
    saved = json.loads((tmp_path / "mine.json").read_text())
    assert saved["hints"][0]["a"] == 26.0
    hinting.panel.clear.click()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.json"), ""))
    hinting.panel.load.click()
    assert hinting.settings.hints[0].a == hints[0].a
    assert hinting.settings.hints[0].x == pytest.approx(hints[0].x, abs=1e-4)


def test_a_broken_file_of_hints_is_told_and_changes_nothing(
    coloured: Studio, hinting: Hinting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "bad.json"), ""))
    hinting.panel.load.click()
    assert "bad.json" in coloured.messages.text.text()
    assert len(hinting.settings.hints) == 1


def test_one_set_of_hints_goes_to_all_open_photos(
    coloured: Studio, colorize: Section, hinting: Hinting, grey_photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    others = [write_photo(read_photo(grey_photo), tmp_path / f"roll{number}.png") for number in (1, 2)]
    with qtbot.waitSignal(coloured.services.opener.finished, timeout=SLOW):
        coloured.open_paths(others)
    entries = coloured.model.entries
    coloured.filmstrip.select(entries[0])
    hints = hinting.settings.hints
    hinting.panel.spread.click()
    for entry in entries:
        state = entry.tool(colorize.task)
        assert state.on
        assert state.settings.hints == hints  # type: ignore[attr-defined]  # it is Colorize's
    entries[1].undo.undo()
    assert not entries[1].tool(colorize.task).on
    assert entries[2].tool(colorize.task).on
    coloured.filmstrip.select(entries[2])
    qtbot.waitUntil(lambda: coloured.photo is not None, timeout=SLOW)
    wait_for_result(coloured, qtbot)


def test_a_photo_in_colour_is_noticed_and_coloured_anew_when_asked(
    studio: Studio, colorize: Section, hinting: Hinting, open_photo: OpenPhoto, colour_photo: Path, qtbot: QtBot
) -> None:
    open_photo(colour_photo)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        colorize.switch.click()
    assert "in colour already" in colorize.note.text()
    assert not colorize.note.isHidden()
    assert studio.unsaved == []
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        colorize.toggles["anew"].switch.click()
    assert colorize.note.isHidden()
    assert np.ptp(result_of(studio).pixels.astype(int), axis=2).mean() < 60


@pytest.fixture
def coloured_anew(
    studio: Studio, colorize: Section, hinting: Hinting, open_photo: OpenPhoto, colour_photo: Path, qtbot: QtBot
) -> Studio:
    """A photo in colour that has got a hint."""
    open_photo(colour_photo)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        colorize.switch.click()
    place_hint(studio, hinting, 0.25, 0.5, qtbot)
    return studio


def test_a_hint_on_a_photo_in_colour_colours_it_anew(
    coloured_anew: Studio, colorize: Section, hinting: Hinting
) -> None:
    assert hinting.settings.anew
    assert colorize.toggles["anew"].switch.isChecked()
    assert coloured_anew.current is not None
    coloured_anew.current.undo.undo()
    assert not hinting.settings.anew


def test_a_reference_photo_guides_the_colours(
    coloured: Studio,
    hinting: Hinting,
    colour_photo: Path,
    grey_photo: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    before = result_of(coloured).pixels
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(colour_photo), ""))
    hinting.panel.choose.click()
    qtbot.waitUntil(lambda: hinting.settings.reference is not None, timeout=SLOW)
    assert hinting.panel.reference.text() == "colour.png"
    wait_for_result(coloured, qtbot)
    assert not np.array_equal(result_of(coloured).pixels, before)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(grey_photo), ""))
    hinting.panel.choose.click()
    qtbot.waitUntil(lambda: "grey.png is black and white" in coloured.messages.text.text(), timeout=SLOW)
    assert hinting.panel.reference.text() == "colour.png"
    hinting.panel.forget.click()
    assert hinting.settings.reference is None
    wait_for_result(coloured, qtbot)
    assert np.array_equal(result_of(coloured).pixels, before)


def test_where_it_guesses_is_shown_in_red(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    def redness() -> float:
        image = coloured.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        place = point(coloured, 0.75, 0.8) * coloured.view.devicePixelRatioF()
        colour = image.pixelColor(place)
        return colour.redF() - (colour.greenF() + colour.blueF()) / 2

    coloured.view.repaint()
    plain = redness()
    hinting.panel.doubt.click()
    assert redness() > plain + 0.1
    hinting.panel.doubt.click()
    assert redness() == pytest.approx(plain, abs=0.02)


def test_marks_are_seen_only_while_the_tool_is_open(
    coloured: Studio, colorize: Section, hinting: Hinting, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    colorize.header.click()
    assert not coloured.view.layer.marks
    click(coloured, 0.4, 0.4)
    assert hinting.picker is None
    colorize.header.click()
    assert len(coloured.view.layer.marks) == 1
    colorize.switch.click()
    assert not coloured.view.layer.marks
    assert not hinting.panel.isEnabled()
    QApplication.processEvents()


def test_hints_stay_with_their_photo(
    coloured: Studio, hinting: Hinting, colour_photo: Path, grey_photo: Path, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    with qtbot.waitSignal(coloured.services.opener.finished, timeout=SLOW):
        coloured.open_paths([colour_photo])
    assert not hinting.settings.hints
    assert not coloured.view.layer.marks
    coloured.filmstrip.select(coloured.model.entries[0])
    qtbot.waitUntil(lambda: len(coloured.view.layer.marks) == 1, timeout=SLOW)
    assert [(hint.a, hint.b) for hint in hinting.settings.hints] == [(26.0, 22.0)]
    wait_for_result(coloured, qtbot)


def test_colours_come_behind_denoise(
    coloured: Studio, colorize: Section, hinting: Hinting, denoise: Section, qtbot: QtBot
) -> None:
    denoise.rows["sigma"].auto.click()
    with qtbot.waitSignal(coloured.settled, timeout=SLOW):
        denoise.switch.click()
    wait_for_result(coloured, qtbot)
    assert len(coloured.steps) == 2
    assert not colorize.is_open  # one at a time
    colorize.header.click()
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    assert result_of(coloured).pixels.shape[2] == 3
    assert len(result_of(coloured).history) == 2


def test_what_comes_late_from_the_worker_does_not_go_over_a_finished_result(
    coloured: Studio, hinting: Hinting, qtbot: QtBot
) -> None:
    before = result_of(coloured).pixels
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    assert coloured.current is not None
    coloured.current.undo.undo()
    wait_for_result(coloured, qtbot)
    shown = coloured.view.grab().toImage()
    restorations = coloured.services.restorations
    restorations.previewed.emit(coloured.current, np.zeros_like(before), None)
    restorations.tile_restored.emit(coloured.current, Box(0, 100, 100, 200), np.zeros_like(before[:100, 100:200]))
    assert coloured.after.key == coloured.current.shown_key(coloured.steps)
    assert shown == coloured.view.grab().toImage()


def test_a_sketch_is_seen_until_the_boxes_come(coloured: Studio, qtbot: QtBot) -> None:
    assert coloured.photo is not None
    place = point(coloured, 0.75, 0.5)

    def seen() -> tuple[int, int, int]:
        colour = coloured.view.grab().toImage().pixelColor(place)
        return colour.red(), colour.green(), colour.blue()

    sketch = np.full((16, 24, 3), (200, 30, 90), np.uint8)
    coloured.view.begin_result(sketch)
    assert seen() == pytest.approx((200, 30, 90), abs=2)
    box = Box(0, 160, 120, 240)
    coloured.view.update_tile(box, np.full((160, 120, 3), (10, 160, 60), np.uint8))
    assert seen() == pytest.approx((10, 160, 60), abs=2)
    coloured.view.set_strength(0.0)
    coloured.view.begin_result(sketch)
    grey = seen()
    assert max(grey) - min(grey) < 3


def test_strength_shows_behind_another_tool(
    coloured: Studio, colorize: Section, denoise: Section, hinting: Hinting, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.75, 0.7, qtbot)
    denoise.rows["sigma"].auto.click()
    with qtbot.waitSignal(coloured.settled, timeout=SLOW):
        denoise.switch.click()
    wait_for_result(coloured, qtbot)
    place = point(coloured, 0.75, 0.7)

    def shown() -> int:
        return coloured.view.grab().toImage().pixel(place)

    full = shown()
    colorize.rows["strength"].spin.setValue(0)
    wait_for_result(coloured, qtbot)
    qtbot.waitUntil(lambda: shown() != full, timeout=SLOW)


def test_a_picker_closes_when_another_photo_comes(
    coloured: Studio, hinting: Hinting, colour_photo: Path, qtbot: QtBot
) -> None:
    click(coloured, 0.4, 0.4)
    picker = picker_of(hinting)
    with qtbot.waitSignal(coloured.services.opener.finished, timeout=SLOW):
        coloured.open_paths([colour_photo])
    assert hinting.picker is None
    assert not shiboken6.isValid(picker) or not picker.isVisible()
    assert not hinting.settings.hints


def test_marks_are_back_after_a_photo_that_cannot_be_opened(
    coloured: Studio, hinting: Hinting, tmp_path: Path, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    with qtbot.waitSignal(coloured.services.opener.finished, timeout=SLOW):
        coloured.open_paths([tmp_path / "broken.jpg"])
    assert not coloured.view.layer.marks
    coloured.filmstrip.select(coloured.model.entries[0])
    qtbot.waitUntil(lambda: len(coloured.view.layer.marks) == 1, timeout=SLOW)
    click(coloured, 0.6, 0.4)
    picker_of(hinting).close()
    wait_for_result(coloured, qtbot)


def test_a_chosen_hint_is_chosen_on_its_own_photo_only(
    coloured: Studio, colorize: Section, hinting: Hinting, grey_photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    other = write_photo(read_photo(grey_photo), tmp_path / "other.png")
    with qtbot.waitSignal(coloured.services.opener.finished, timeout=SLOW):
        coloured.open_paths([other])
    colorize.switch.click()
    wait_for_result(coloured, qtbot)
    place_hint(coloured, hinting, 0.4, 0.4, qtbot)
    hinting.panel.list.setCurrentRow(0)
    coloured.filmstrip.select(coloured.model.entries[0])
    qtbot.waitUntil(lambda: len(coloured.view.layer.marks) == 1, timeout=SLOW)
    assert coloured.view.layer.chosen is None
    QTest.keyClick(coloured.view, Qt.Key.Key_Delete)
    assert len(hinting.settings.hints) == 1
    wait_for_result(coloured, qtbot)


def test_side_by_side_a_mark_that_is_out_of_view_is_out_of_reach(
    coloured: Studio, hinting: Hinting, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.4, 0.5, qtbot)
    view = coloured.view
    view.set_mode(CompareMode.SIDE_BY_SIDE)
    view.set_zoom(16.0)
    view.pan(1e6, 1e6)  # the photo's corner
    mark = view.layer.marks[0]
    photos = view._photos()
    hidden = QPointF(
        photos[0][0].x() + mark.x * photos[0][0].width(), photos[0][0].y() + mark.y * photos[0][0].height()
    )
    assert view.layer.at(hidden, photos) is None


def test_a_mark_that_is_dragged_back_is_where_it_was(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    view, start = coloured.view, point(coloured, 0.25, 0.5)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(60, 0))
    QTest.mouseMove(view, start + QPoint(1, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(1, 0))
    assert hinting.picker is None
    assert hinting.settings.hints[0].x == pytest.approx(0.25, abs=0.01)
    wait_for_result(coloured, qtbot)


def test_saved_hints_replace_no_file_that_the_dialog_did_not_ask_about(
    coloured: Studio, hinting: Hinting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    place_hint(coloured, hinting, 0.25, 0.5, qtbot)
    (tmp_path / "mine.json").write_text("precious", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    hinting.panel.save.click()
    assert "mine.json already exists" in coloured.messages.text.text()
    assert (tmp_path / "mine.json").read_text(encoding="utf-8") == "precious"


def test_the_last_hint_takes_colouring_anew_along(coloured_anew: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    assert hinting.settings.anew
    hinting.panel.clear.click()
    assert not hinting.settings.anew
    wait_for_result(coloured_anew, qtbot)


def test_more_hints_than_a_photo_can_take_are_refused(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    hinting.load([Hint(0.5, 0.5, 1.0, 1.0)] * MOST)
    place_on_top = Hint(0.1, 0.1, 1.0, 1.0)
    hinting.load([*hinting.settings.hints, place_on_top])
    assert len(hinting.settings.hints) == MOST
    assert "1001 hints" in coloured.messages.text.text()
    hinting.panel.clear.click()
    wait_for_result(coloured, qtbot)


def test_a_pipette_takes_what_is_seen(coloured: Studio, hinting: Hinting, qtbot: QtBot) -> None:
    place_hint(coloured, hinting, 0.75, 0.5, qtbot, swatch=7)
    click(coloured, 0.25, 0.3)
    picker_of(hinting).pipette.click()
    assert not coloured.view.layer.marks  # a mark would be in the way
    click(coloured, 0.75, 0.52)  # the after side
    taken = hinting.settings.hints[-1]
    row, column = round(0.52 * 160), round(0.75 * 240)
    seen = rgb_to_lab(to_tensor(result_of_first(coloured, row, column)))
    wait_for_result(coloured, qtbot)
    assert [taken.a, taken.b] == pytest.approx(seen[0, 1:].mean((1, 2)).tolist(), abs=6)


def result_of_first(studio: Studio, row: int, column: int) -> np.ndarray:
    """What the result before the last hint looks like at a place."""
    assert studio.current is not None
    steps = studio.steps
    settings = steps[0].settings
    earlier = replace(settings, hints=settings.hints[:-1])  # type: ignore[call-arg,attr-defined]  # it is Colorize's
    result = studio.services.results.find(studio.current.full_key((replace(steps[0], settings=earlier),)))
    assert result is not None
    return result.full.rgb(Box(row - 2, row + 3, column - 2, column + 3))
