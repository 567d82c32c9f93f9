"""Masks in the real window: painted by mouse, changed as a whole, from files, undone; and the question before."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aestudio.gui.masks.masking import Masking
from aestudio.gui.masks.panel import MaskTool
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.io import read_photo, write_photo
from aestudio.images.mask import Mask, empty_mask, write_mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo
from aestudio.tasks.marks import FoundMarks

OpenPhoto = Callable[[Path], None]
SLOW = 20_000  # ms: for two cores that others use, too
HEIGHT, WIDTH = 160, 240


@pytest.fixture
def masking(studio: Studio, unwatermark: Section, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot) -> Masking:
    """Remove watermarks on and open over a photo without a mark."""
    pixels = np.full((HEIGHT, WIDTH, 3), (60, 120, 180), np.uint8)
    pixels[:, 120:] = (200, 140, 60)
    open_photo(write_photo(Photo(pixels), tmp_path / "photo.png"))
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        unwatermark.switch.click()
    assert studio.masking is not None
    return studio.masking


def at(studio: Studio, x: float, y: float) -> QPoint:
    """Where a pixel of the photo is on the canvas."""
    return studio.view.mapFromGlobal(studio.view.place_on_screen(x / WIDTH, y / HEIGHT))


def drag(studio: Studio, *points: tuple[float, float]) -> None:
    QTest.mousePress(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, *points[0]))
    for point in points[1:]:
        QTest.mouseMove(studio.view, at(studio, *point))
    QTest.mouseRelease(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, *points[-1]))


def mask_of(masking: Masking) -> Mask:
    painted = masking.settings.mask
    return empty_mask(HEIGHT, WIDTH) if painted is None else painted.pixels()


def shown(studio: Studio) -> Mask:
    """The mask on the canvas."""
    mask = studio.view.mask_layer.mask
    assert mask is not None
    return mask


def idle(studio: Studio, qtbot: QtBot) -> None:
    """Wait until no mask is made, read or written any more."""
    qtbot.waitUntil(lambda: not studio.services.masks.busy, timeout=SLOW)


def share(masking: Masking) -> float:
    return float((mask_of(masking) > 0).mean())


def answer(text: str) -> None:
    """Answer the next question."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        (button,) = [b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == text]
        button.click()

    QTimer.singleShot(200, click)


def test_the_tool_asks_once_for_the_right_to_remove(
    studio: Studio, open_photo: OpenPhoto, make_photo: Callable[..., Path], qtbot: QtBot
) -> None:
    section = studio.panel.sections[2]
    open_photo(make_photo())
    answer("No")
    section.switch.click()
    assert not [step.task.id for step in studio.steps]
    assert not section.switch.isChecked()
    answer("Yes, I have")
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        section.switch.click()
    assert [step.task.id for step in studio.steps] == ["unwatermark"]
    section.switch.click()
    section.switch.click()  # not asked again
    assert studio.steps


def test_a_brush_stroke_is_painted_over_and_undone(studio: Studio, masking: Masking, qtbot: QtBot) -> None:
    panel = masking.panel
    panel.tools.button(MaskTool.BRUSH.value).click()
    assert panel.brush_size.isVisible()
    panel.set_size(20)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        drag(studio, (60, 80), (100, 80), (150, 80))
    mask = mask_of(masking) > 0
    assert mask[80, 60:150].all()
    assert 17 <= mask[:, 100].sum() <= 22
    assert not mask[120:].any()
    result = masking.result
    assert result is not None
    changed = (result.full.pixels != result.original.pixels).any(axis=2)
    assert changed.any()
    assert not changed[~mask].any()
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        drag(studio, (30, 130), (90, 130))
    twice = share(masking)
    assert studio.current is not None
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        studio.current.undo.undo()
    assert np.array_equal(mask_of(masking) > 0, mask)
    assert np.array_equal(shown(studio) > 0, mask)
    studio.current.undo.undo()
    assert masking.settings.mask is None
    studio.current.undo.redo()
    studio.current.undo.redo()
    assert share(masking) == twice


def test_an_eraser_a_rectangle_a_lasso_and_a_wand(studio: Studio, masking: Masking, qtbot: QtBot) -> None:
    tools = masking.panel.tools
    tools.button(MaskTool.RECTANGLE.value).click()
    drag(studio, (40, 30), (60, 50), (100, 90))
    assert share(masking) == pytest.approx(60 * 60 / (HEIGHT * WIDTH), rel=0.15)
    tools.button(MaskTool.ERASER.value).click()
    masking.panel.set_size(30)
    before = share(masking)
    drag(studio, (70, 60), (71, 60))
    assert share(masking) < before - 0.01
    tools.button(MaskTool.LASSO.value).click()
    before = share(masking)
    drag(studio, (130, 20), (200, 20), (200, 100), (130, 100))
    assert share(masking) == pytest.approx(before + 70 * 80 / (HEIGHT * WIDTH), rel=0.15)
    tools.button(MaskTool.WAND.value).click()
    assert masking.panel.similarity.isVisible()
    drag(studio, (220, 140), (220, 140))
    idle(studio, qtbot)
    mask = mask_of(masking) > 0
    assert mask[:, 121:].all()  # all that is orange
    tools.button(MaskTool.WAND.value).click()  # let go of it
    assert masking.panel.tool == MaskTool.NONE


def test_keys_change_the_brush(studio: Studio, masking: Masking, qtbot: QtBot) -> None:
    panel = masking.panel
    panel.tools.button(MaskTool.BRUSH.value).click()
    with qtbot.waitActive(studio.window()):
        studio.window().activateWindow()
    studio.view.setFocus()
    size = panel.brush_size.value
    assert size is not None
    QTest.keyClick(studio.view, Qt.Key.Key_BracketRight)
    assert panel.brush_size.value == round(size * 1.25)
    QTest.keyClick(studio.view, Qt.Key.Key_BracketLeft)
    assert panel.brush_size.value == size
    QTest.keyClick(studio.view, Qt.Key.Key_X)
    assert panel.tool.name == "ERASER"
    QTest.keyClick(studio.view, Qt.Key.Key_X)
    assert panel.tool.name == "BRUSH"


def test_a_stroke_is_dropped_by_esc(studio: Studio, masking: Masking) -> None:
    masking.panel.tools.button(MaskTool.BRUSH.value).click()
    studio.view.setFocus()
    QTest.mousePress(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 60, 60))
    QTest.mouseMove(studio.view, at(studio, 90, 60))
    QTest.keyClick(studio.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 90, 60))
    assert masking.settings.mask is None
    assert studio.current is not None
    assert studio.current.undo.count() == 1  # the switch


def test_the_whole_mask_is_changed(studio: Studio, masking: Masking, qtbot: QtBot) -> None:
    panel = masking.panel
    panel.tools.button(MaskTool.RECTANGLE.value).click()
    drag(studio, (40, 30), (100, 90))
    first = mask_of(masking) > 0

    def press(name: str) -> Mask:
        before = masking.settings.mask
        getattr(panel, name).click()
        qtbot.waitUntil(lambda: masking.settings.mask is not before, timeout=SLOW)
        qtbot.waitUntil(lambda: not studio.services.masks.busy, timeout=SLOW)
        return mask_of(masking)

    assert (press("grow") > 0).sum() > first.sum()
    assert np.array_equal(press("shrink") > 0, first)
    soft = press("feather")
    assert ((soft > 0) & (soft < 255)).any()
    assert np.array_equal(press("invert"), 255 - soft)
    assert press("clear").max() == 0
    assert not panel.clear.isEnabled()


def test_masks_are_saved_and_loaded_and_scaled_if_wanted(
    studio: Studio, masking: Masking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    panel = masking.panel
    panel.tools.button(MaskTool.RECTANGLE.value).click()
    drag(studio, (40, 30), (100, 90))
    painted = mask_of(masking)
    target = tmp_path / "saved"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    panel.save.click()
    idle(studio, qtbot)
    assert np.array_equal(read_photo(tmp_path / "saved.png").pixels[..., 0], painted)
    assert "saved.png" in studio.messages.text.text()
    panel.clear.click()

    small = empty_mask(HEIGHT // 2, WIDTH // 2)
    small[10:30, 20:60] = 255
    path = write_mask(small, tmp_path / "small.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    answer("Cancel")
    panel.load.click()
    idle(studio, qtbot)
    assert masking.settings.mask is None
    answer("Scale")
    panel.load.click()
    qtbot.waitUntil(lambda: masking.settings.mask is not None, timeout=SLOW)
    assert share(masking) == pytest.approx(float((small > 0).mean()), rel=0.2)

    dark = write_mask(empty_mask(4, 4), tmp_path / "dark.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(dark), ""))
    panel.load.click()
    qtbot.waitUntil(lambda: "dark.png marks nothing" in studio.messages.text.text(), timeout=SLOW)
    assert masking.settings.mask is not None


def test_masks_belong_to_their_photos(
    studio: Studio, masking: Masking, open_photo: OpenPhoto, make_photo: Callable[..., Path], qtbot: QtBot
) -> None:
    first = studio.current
    assert first is not None
    masking.panel.tools.button(MaskTool.RECTANGLE.value).click()
    drag(studio, (40, 30), (100, 90))
    painted = masking.settings.mask
    assert isinstance(painted, PaintedMask)
    open_photo(make_photo())
    assert masking.settings.mask is None
    assert studio.view.mask_layer.mask is None
    with qtbot.waitSignal(studio.opened, timeout=SLOW):
        studio.filmstrip.select(first)
    assert masking.settings.mask is painted
    assert np.array_equal(shown(studio), painted.pixels())


# what comes in between


@pytest.fixture
def masked(studio: Studio, masking: Masking) -> Masking:
    """With a rectangle painted, and the brush in the hand."""
    masking.panel.tools.button(MaskTool.RECTANGLE.value).click()
    drag(studio, (40, 30), (100, 90))
    masking.panel.tools.button(MaskTool.BRUSH.value).click()
    assert masking.settings.mask is not None
    studio.view.setFocus()
    return masking


@pytest.fixture
def held(studio: Studio) -> Iterator[threading.Event]:
    """The worker of masks does nothing until this is set."""
    free = threading.Event()
    studio.services.masks.start(lambda progress: free.wait(SLOW / 1000))
    yield free
    free.set()


def begin_stroke(studio: Studio) -> None:
    QTest.mousePress(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 150, 120))
    QTest.mouseMove(studio.view, at(studio, 200, 120))


def end_stroke(studio: Studio) -> None:
    QTest.mouseRelease(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 200, 120))


def test_undo_in_the_middle_of_a_stroke_drops_the_stroke(studio: Studio, masked: Masking) -> None:
    assert studio.current is not None
    begin_stroke(studio)
    QApplication.processEvents()
    studio.current.undo.undo()
    end_stroke(studio)
    assert masked.settings.mask is None
    assert studio.view.mask_layer.mask is None
    studio.current.undo.redo()
    assert share(masked) == pytest.approx(60 * 60 / (HEIGHT * WIDTH), rel=0.15)
    assert np.array_equal(shown(studio), mask_of(masked))


def test_a_stroke_stays_what_it_began_as(studio: Studio, masking: Masking) -> None:
    masking.panel.tools.button(MaskTool.LASSO.value).click()
    studio.view.setFocus()
    QTest.mousePress(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 130, 20))
    for point in ((200, 20), (200, 100)):
        QTest.mouseMove(studio.view, at(studio, *point))
    QTest.keyClick(studio.view, Qt.Key.Key_X)
    QTest.keyClick(studio.view, Qt.Key.Key_BracketRight)
    QTest.mouseRelease(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 130, 100))
    assert share(masking) == pytest.approx(70 * 80 / (HEIGHT * WIDTH), rel=0.15)
    assert studio.current is not None
    assert studio.current.undo.undoText() == "Lasso"


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
@pytest.mark.parametrize("tool", [MaskTool.BRUSH, MaskTool.RECTANGLE, MaskTool.LASSO])
def test_ctrl_and_alt_take_away(studio: Studio, masked: Masking, tool: MaskTool, modifier: Qt.KeyboardModifier) -> None:
    masked.panel.choose(tool)
    masked.panel.set_size(20)
    before = share(masked)
    QTest.mousePress(studio.view, Qt.MouseButton.LeftButton, modifier, at(studio, 60, 50))
    for point in ((80, 50), (80, 80)):
        QTest.mouseMove(studio.view, at(studio, *point))
    QTest.mouseRelease(studio.view, Qt.MouseButton.LeftButton, modifier, at(studio, 80, 80))
    assert share(masked) < before - 0.003


def test_buttons_pressed_while_the_mask_is_in_work_are_not_lost(
    studio: Studio, masked: Masking, held: threading.Event, qtbot: QtBot
) -> None:
    first = mask_of(masked) > 0
    for _ in range(3):
        masked.panel.grow.click()
    held.set()
    idle(studio, qtbot)
    rows = np.flatnonzero((mask_of(masked) > 0).any(axis=1))
    before = np.flatnonzero(first.any(axis=1))
    assert (rows[0], rows[-1]) == (before[0] - 3, before[-1] + 3)


def test_a_mask_that_was_undone_does_not_come_back_changed(studio: Studio, masked: Masking, qtbot: QtBot) -> None:
    entry = studio.current
    assert entry is not None
    masked.panel.grow.click()
    entry.undo.undo()
    idle(studio, qtbot)
    assert masked.settings.mask is None
    assert entry.undo.redoText() == "Rectangle"
    entry.undo.redo()
    before = mask_of(masked) > 0
    masked.panel.grow.click()
    entry.undo.undo()
    entry.undo.redo()  # it is made of the mask itself, and not of what the canvas shows
    idle(studio, qtbot)
    after = mask_of(masked) > 0
    assert after[before].all()
    assert after.sum() > before.sum()


def test_what_was_wanted_of_another_photo_is_not_done_to_this_one(
    studio: Studio,
    masked: Masking,
    held: threading.Event,
    open_photo: OpenPhoto,
    make_photo: Callable[..., Path],
    qtbot: QtBot,
) -> None:
    masked.panel.invert.click()
    open_photo(make_photo())
    held.set()
    idle(studio, qtbot)
    assert masked.settings.mask is None
    assert studio.current is not None
    assert studio.current.undo.count() == 0


def test_a_stroke_while_the_mask_is_in_work_is_refused_with_a_word(
    studio: Studio, masked: Masking, held: threading.Event, qtbot: QtBot
) -> None:
    before = mask_of(masked)
    masked.panel.feather.click()
    begin_stroke(studio)
    assert "in work" in studio.messages.text.text()
    end_stroke(studio)
    held.set()
    idle(studio, qtbot)
    assert not mask_of(masked)[115:125, 150:200].any()
    assert not np.array_equal(mask_of(masked), before)


def test_turning_no_mask_round_is_not_offered(masking: Masking) -> None:
    """It would be the whole photo, and leave nothing to paint from."""
    assert not masking.panel.invert.isEnabled()


def test_a_mask_is_never_saved_over_an_open_photo(
    studio: Studio,
    masked: Masking,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_photo: OpenPhoto,
    make_photo: Callable[..., Path],
    qtbot: QtBot,
) -> None:
    first = studio.current
    assert first is not None
    other = make_photo("other.png")
    open_photo(other)
    studio.filmstrip.select(first)
    qtbot.waitUntil(lambda: studio.photo is not None, timeout=SLOW)
    (tmp_path / "link.png").symlink_to(first.path)
    for name in ("photo.png", "link.png", "other.png"):
        target = tmp_path / name
        before = target.read_bytes()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, target=target: (str(target), ""))
        studio.messages.clear()
        masked.panel.save.click()
        idle(studio, qtbot)
        assert "is the original photo" in studio.messages.text.text()
        assert target.read_bytes() == before


def test_the_size_of_the_brush_is_set_finely_where_it_is_small(masking: Masking) -> None:
    row = masking.panel.brush_size
    row.slider.setValue(0)
    assert row.value == 1
    row.slider.setValue(row.slider.maximum())
    assert row.value == 1000
    row.slider.setValue(row.slider.maximum() // 2)
    assert row.value == pytest.approx(32, abs=2)
    row.spin.setValue(250)
    assert row.slider.value() == pytest.approx(0.8 * row.slider.maximum(), abs=1)
    assert row.value == 250


def test_tab_goes_through_the_panel_from_top_to_bottom(unwatermark: Section, masking: Masking) -> None:
    order = [
        unwatermark.switch,
        masking.panel.tools.button(MaskTool.BRUSH.value),
        masking.panel.tools.button(MaskTool.WAND.value),
        masking.panel.load,
        masking.panel.shown,
        masking.chooser.box,
        masking.chooser.folder,
        unwatermark.rows["sensitivity"].spin,
    ]
    reached: list[QWidget] = [unwatermark.switch]
    while len(reached) < 60:
        following = reached[-1].nextInFocusChain()
        assert following is not None
        reached.append(following)
    places = [reached.index(control) for control in order]
    assert places == sorted(places)


def test_the_veil_of_what_was_found_goes_with_its_section(
    studio: Studio, colorize: Section, unwatermark: Section, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    masking = studio.masking
    assert masking is not None
    pixels = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    open_photo(write_photo(Photo(pixels), tmp_path / "plain.png"))
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        unwatermark.switch.click()
    result = masking.result
    assert result is not None
    likely = torch.zeros(1, 1, HEIGHT // 2, WIDTH // 2)
    likely[:, :, 20:40, 20:60] = 1
    found = replace(result, survey=FoundMarks(likely, HEIGHT, WIDTH, 1))  # the tiny network finds nothing
    assert studio.current is not None
    studio.services.results.keep(studio.current.full_key(studio.steps), found)

    def reddened() -> bool:
        picture = studio.view.grab().toImage()
        colour = picture.pixelColor(at(studio, 80, 60))
        return colour.red() > colour.green() + 20

    masking.panel.shown.click()
    assert reddened()
    unwatermark.header.click()
    assert not reddened()
    colorize.header.click()
    assert not reddened()
    unwatermark.header.click()  # folds the other one after this one was opened
    assert reddened()
    unwatermark.switch.click()
    assert not reddened()


def test_a_colour_is_no_longer_taken_once_a_brush_is(
    studio: Studio, colorize: Section, unwatermark: Section, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    masking, hinting = studio.masking, studio.hinting
    assert masking is not None
    assert hinting is not None
    pixels = np.full((HEIGHT, WIDTH, 3), (60, 120, 180), np.uint8)
    open_photo(write_photo(Photo(pixels), tmp_path / "plain.png"))
    unwatermark.switch.click()
    colorize.switch.click()
    QTest.mouseClick(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 50, 50))
    assert hinting.picker is not None
    hinting.picker.pipette_wanted.emit()
    unwatermark.header.click()
    masking.panel.tools.button(MaskTool.RECTANGLE.value).click()
    drag(studio, (40, 30), (100, 90))
    assert share(masking) > 0
    assert not hinting.stop_taking()


def test_refusing_leaves_the_tool_as_it_was(
    studio: Studio, open_photo: OpenPhoto, make_photo: Callable[..., Path]
) -> None:
    section = studio.panel.sections[2]
    open_photo(make_photo())
    answer("No")
    section.switch.click()
    assert not section.switch.isChecked()
    assert not section.is_open
    assert studio.current is not None
    assert studio.current.undo.count() == 0


def test_a_click_with_the_rectangle_or_the_lasso_marks_nothing(studio: Studio, masking: Masking) -> None:
    for tool in (MaskTool.RECTANGLE, MaskTool.LASSO):
        masking.panel.choose(tool)
        QTest.mouseClick(studio.view, Qt.MouseButton.LeftButton, pos=at(studio, 60, 60))
    assert masking.settings.mask is None
    assert studio.current is not None
    assert studio.current.undo.count() == 1  # the switch


def test_masks_are_painted_anew_again_after_a_corrected_one(studio: Studio, masking: Masking, qtbot: QtBot) -> None:
    result = masking.result
    assert result is not None
    assert studio.current is not None
    changed = result.original.pixels.copy()
    changed[20:40, 20:60] = 0
    found = replace(result, full=Photo(changed))  # the tiny network finds nothing
    studio.services.results.keep(studio.current.full_key(studio.steps), found)
    masking._refresh()
    masking.panel.correct.click()
    idle(studio, qtbot)
    assert (mask_of(masking) > 0).sum() == 20 * 40
    assert not masking.settings.paint_anew
    masking.panel.clear.click()
    assert masking.settings.paint_anew
    masking.panel.choose(MaskTool.RECTANGLE)
    drag(studio, (40, 30), (100, 90))
    assert masking.settings.paint_anew
