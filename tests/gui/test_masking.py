"""Masks in the real window: painted by mouse, changed as a whole, from files, undone; and the question before."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from aestudio.gui.mask_panel import MaskTool
from aestudio.gui.masking import Masking
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.io import read_photo, write_photo
from aestudio.images.mask import Mask, empty_mask, write_mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo

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
    assert studio.steps == ()
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
    assert masking._canvas.pixels is not None
    assert np.array_equal(masking._canvas.pixels > 0, mask)
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
    assert np.array_equal(read_photo(tmp_path / "saved.png").pixels[..., 0], painted)
    assert "saved.png" in studio.messages.text.text()
    panel.clear.click()

    small = empty_mask(HEIGHT // 2, WIDTH // 2)
    small[10:30, 20:60] = 255
    path = write_mask(small, tmp_path / "small.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    answer("Cancel")
    panel.load.click()
    qtbot.waitUntil(lambda: not studio.services.masks.busy, timeout=SLOW)
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
    assert masking._canvas.pixels is None
    with qtbot.waitSignal(studio.opened, timeout=SLOW):
        studio.filmstrip.select(first)
    assert masking.settings.mask is painted
    assert masking._canvas.pixels is not None
    assert np.array_equal(masking._canvas.pixels, painted.pixels())
