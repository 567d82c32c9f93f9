"""The canvas, by what it paints and what it tells."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPalette,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.gui.canvas.image_view import CompareMode, ImageView
from aestudio.images.photo import Box, Photo, Pixels

RED, BLUE = (200, 30, 40), (10, 60, 220)
WIDTH, HEIGHT = 400, 300  # of the view; a fitted photo of 376 by 276 is at 1:1, 12 pixels from every edge
LEFT, RIGHT, MIDDLE = QPoint(60, 150), QPoint(340, 150), QPoint(200, 150)
NO_BUTTON, LEFT_BUTTON = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=5)
        assert not thread.is_alive(), f"{thread.name} still runs"


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ImageView]:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.shut_down()


def plain(colour: tuple[int, ...], width: int = 376, height: int = 276) -> NDArray[np.uint8]:
    return np.full((height, width, len(colour)), colour, np.uint8)


def noise(height: int, width: int, channels: int = 3) -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, 256, (height, width, channels), dtype=np.uint8)


def painted(view: ImageView) -> NDArray[np.uint8]:
    """(H, W, 3), as on the screen."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def colour_at(view: ImageView, point: QPoint) -> tuple[int, int, int]:
    red, green, blue = painted(view)[point.y(), point.x()]
    return int(red), int(green), int(blue)


def drag(view: ImageView, start: QPoint, *stops: QPoint, release: bool = True) -> None:
    """Press, move and release as a hand does: QTest.mouseMove would leave the button out."""

    def send(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        place = QPointF(at)
        event = QMouseEvent(kind, place, view.mapToGlobal(place), button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)

    send(QEvent.Type.MouseButtonPress, start, LEFT_BUTTON, LEFT_BUTTON)
    for stop in stops:
        send(QEvent.Type.MouseMove, stop, NO_BUTTON, LEFT_BUTTON)
    if release:
        send(QEvent.Type.MouseButtonRelease, stops[-1] if stops else start, LEFT_BUTTON, NO_BUTTON)


def turn_wheel(
    view: ImageView,
    at: QPointF,
    notches: float = 0.0,
    pixels: QPoint | None = None,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A mouse wheel, or two fingers on a touchpad if `pixels` is given."""
    phase = Qt.ScrollPhase.NoScrollPhase if pixels is None else Qt.ScrollPhase.ScrollUpdate
    angle = QPoint(0, round(notches * 120)) if pixels is None else pixels
    event = QWheelEvent(
        at, view.mapToGlobal(at), pixels or QPoint(), angle, Qt.MouseButton.NoButton, modifiers, phase, False
    )
    QApplication.sendEvent(view, event)


def hover(view: ImageView, at: QPoint) -> None:
    place = QPointF(at)
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, place, view.mapToGlobal(place), NO_BUTTON, NO_BUTTON, none)
    QApplication.sendEvent(view, event)


def press(view: ImageView, key: Qt.Key, *, released: bool = False, repeated: bool = False, text: str = "") -> None:
    kind = QEvent.Type.KeyRelease if released else QEvent.Type.KeyPress
    QApplication.sendEvent(view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, repeated))


def compared(view: ImageView, before: Pixels | None = None, after: Pixels | None = None) -> None:
    view.set_photo(Photo(plain(RED) if before is None else before))
    view.set_result(plain(BLUE) if after is None else after)


# what is painted


def test_without_a_photo_only_the_background_is_painted(view: ImageView) -> None:
    grey = view.palette().color(QPalette.ColorRole.Dark)
    assert np.unique(painted(view).reshape(-1, 3), axis=0).tolist() == [[grey.red(), grey.green(), grey.blue()]]
    assert view.visible_box() == Box(0, 0, 0, 0)


def test_before_is_left_of_the_divider_and_after_right_of_it(view: ImageView) -> None:
    compared(view)
    assert colour_at(view, LEFT) == RED
    assert colour_at(view, RIGHT) == BLUE


def test_without_a_result_the_photo_is_whole(view: ImageView) -> None:
    view.set_photo(Photo(plain(RED)))
    assert (painted(view)[12:288, 12:388] == RED).all()
    view.set_result(plain(BLUE))
    view.clear_result()
    assert not view.has_result
    assert (painted(view)[12:288, 12:388] == RED).all()


def test_the_background_follows_the_palette(view: ImageView) -> None:
    palette = QPalette(view.palette())
    palette.setColor(QPalette.ColorRole.Dark, QColor(48, 48, 48))
    view.setPalette(palette)
    view.set_photo(Photo(plain(RED)))
    assert colour_at(view, QPoint(4, 4)) == (48, 48, 48)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("bits", [8, 16, 32])
def test_one_to_one_shows_every_pixel_as_it_is(view: ImageView, channels: int, bits: int) -> None:
    shown = noise(276, 376, channels)
    if channels % 2 == 0:
        shown[..., -1] = 255
    pixels: Pixels = shown
    if bits == 16:
        pixels = shown.astype(np.uint16) * 257
    elif bits == 32:
        pixels = shown.astype(np.float32) / np.float32(255)
    view.set_photo(Photo(pixels))
    assert view.zoom == 1
    expected = shown[..., :3] if channels > 2 else np.repeat(shown[..., :1], 3, axis=2)
    assert np.array_equal(painted(view)[12:288, 12:388], expected)


def test_values_outside_the_range_are_shown_as_black_and_white(view: ImageView) -> None:
    pixels = np.full((276, 376, 3), 0.5, np.float32)
    pixels[:, :100], pixels[:, 100:200], pixels[:, 200:300] = np.nan, -3, 7
    view.set_photo(Photo(pixels))
    row = painted(view)[150]
    assert [row[x].tolist() for x in (50, 150, 250, 350)] == [[0] * 3, [0] * 3, [255] * 3, [128] * 3]


def test_a_checkerboard_shows_through_transparent_pixels(view: ImageView) -> None:
    pixels = plain((*RED, 255))
    pixels[:, :188, 3] = 0
    view.set_photo(Photo(pixels))
    picture = painted(view)
    assert {tuple(colour) for colour in picture[20:60, 20:60].reshape(-1, 3).tolist()} == {(154,) * 3, (102,) * 3}
    assert (picture[20:60, 300:340] == RED).all()


def test_enlarged_pixels_become_squares(view: ImageView) -> None:
    pixels = noise(50, 60)
    view.set_photo(Photo(pixels))
    view.set_zoom(8)
    box = view.visible_box()
    picture = painted(view)
    left, top = (picture.shape[1] - 60 * 8) / 2, (picture.shape[0] - 50 * 8) / 2
    assert (left, top) == (-40, -50)
    for row, column in ((10, 10), (25, 30), (40, 50)):
        square = picture[
            int(top) + row * 8 : int(top) + row * 8 + 8, int(left) + column * 8 : int(left) + column * 8 + 8
        ]
        assert (square == pixels[row, column]).all()
    assert box == Box(6, 44, 5, 55)


def test_a_photo_of_one_pixel(view: ImageView) -> None:
    compared(view, plain(RED, 1, 1), plain(BLUE, 1, 1))
    assert view.visible_box() == Box(0, 1, 0, 1)
    assert colour_at(view, MIDDLE - QPoint(13, 13)) == RED
    view.set_mode(CompareMode.SINGLE)
    assert colour_at(view, MIDDLE) == BLUE
    view.set_zoom(1)
    assert colour_at(view, MIDDLE) == BLUE


def test_joins_between_tiles_cannot_be_seen(view: ImageView) -> None:
    """A smooth slope stays smooth at odd zooms: a seam would be a step."""
    slope = np.repeat(np.repeat(np.linspace(0, 1, 900, dtype=np.float32)[None, :, None], 700, 0), 3, 2)
    view.resize(700, 500)
    view.set_photo(Photo(slope))
    for zoom in (0.73, 1.37, 0.61):
        view.set_zoom(zoom)
        row = painted(view)[250, :, 0].astype(int)
        inside = row[80:620]
        assert (np.diff(inside) >= 0).all()
        assert np.diff(inside).max() <= 1


def test_reduced_photos_are_averaged(view: ImageView) -> None:
    pixels = np.zeros((1104, 1504, 3), np.uint8)
    pixels[::2], pixels[:, ::2] = 200, 200  # lines that every second pixel would miss or hit
    view.set_photo(Photo(pixels))
    view.set_zoom(0.25)
    assert (abs(painted(view)[20:280, 20:380].astype(int) - 150) <= 2).all()


# before and after


def test_the_divider_is_dragged_by_the_mouse(view: ImageView) -> None:
    compared(view)
    moved: list[float] = []
    view.split_moved.connect(moved.append)
    drag(view, MIDDLE, QPoint(150, 150), QPoint(100, 150))
    assert view.split == pytest.approx(0.25)
    assert moved == pytest.approx([0.375, 0.25])
    assert colour_at(view, QPoint(150, 100)) == BLUE
    drag(view, QPoint(100, 40), QPoint(500, 40))
    assert view.split == 1
    assert colour_at(view, RIGHT) == RED


def test_beside_the_divider_the_photo_is_taken_hold_of(view: ImageView) -> None:
    compared(view, plain(RED, 1000, 800), plain(BLUE, 1000, 800))
    view.one_to_one()
    box = view.visible_box()
    drag(view, QPoint(60, 60), QPoint(70, 80))
    assert view.split == 0.5
    assert view.visible_box() == Box(box.y0 - 20, box.y1 - 20, box.x0 - 10, box.x1 - 10)


def test_the_divider_moves_while_tiles_arrive(view: ImageView) -> None:
    view.set_photo(Photo(plain(RED)))
    after = plain(BLUE)
    for number, left in enumerate(range(0, 376, 94)):
        box = Box(0, 276, left, left + 94)
        drag(view, QPoint(round(view.split * WIDTH), 150), QPoint(150 - 30 * number, 150), release=False)
        view.update_tile(box, after[box.slices])
    assert view.split == pytest.approx(60 / WIDTH)
    assert colour_at(view, QPoint(100, 80)) == BLUE
    assert colour_at(view, QPoint(40, 80)) == RED


def test_the_after_side_shows_the_original_faintly_marked_where_it_is_not_finished(view: ImageView) -> None:
    view.set_photo(Photo(plain(RED)))
    view.set_mode(CompareMode.SINGLE)
    box = Box(0, 276, 188, 376)
    view.update_tile(box, plain(BLUE)[box.slices])
    picture = painted(view).astype(int)
    assert (picture[14:286, 202:386] == BLUE).all()
    waiting = picture[14:286, 14:198]
    assert abs(waiting - RED).max() <= 45
    assert 0.05 < (waiting != RED).any(axis=2).mean() < 0.3


def test_tiles_in_any_order_make_the_whole(view: ImageView) -> None:
    before, after = noise(276, 376), noise(276, 376)[::-1].copy()
    view.set_photo(Photo(before))
    view.set_mode(CompareMode.SINGLE)
    boxes = [Box(y, min(y + 50, 276), x, min(x + 77, 376)) for y in range(0, 276, 50) for x in range(0, 376, 77)]
    for box in reversed(boxes):
        view.update_tile(box, after[box.slices])
    assert np.array_equal(painted(view)[12:288, 12:388], after)


@pytest.mark.parametrize("zoom", [0.3, 0.5])
def test_tiles_reach_the_reduced_sizes_too(view: ImageView, zoom: float) -> None:
    after = noise(1001, 1503)
    view.set_photo(Photo(np.zeros_like(after)))
    view.set_mode(CompareMode.SINGLE)
    for top in range(0, 1001, 256):
        for left in range(0, 1503, 256):
            box = Box(top, min(top + 256, 1001), left, min(left + 256, 1503))
            view.update_tile(box, after[box.slices])
    view.set_zoom(zoom)
    by_tiles = painted(view)
    view.set_result(after)
    assert np.array_equal(by_tiles, painted(view))


def test_an_array_filled_by_others_is_shown_box_by_box_and_not_copied(view: ImageView) -> None:
    view.set_photo(Photo(plain(RED)))
    view.set_mode(CompareMode.SINGLE)
    filled = np.zeros((276, 376, 3), np.uint8)
    view.set_result(filled, finished=False)
    assert abs(painted(view)[14:286, 14:386].astype(int) - RED).max() <= 45
    box = Box(0, 276, 0, 376)
    filled[...] = BLUE
    view.update_tile(box, filled[box.slices])
    assert (painted(view)[14:286, 14:386] == BLUE).all()


def test_the_first_tile_of_another_run_begins_anew(view: ImageView) -> None:
    result = plain(BLUE)
    compared(view, after=result)
    view.set_mode(CompareMode.SINGLE)
    box = Box(0, 100, 0, 100)
    view.update_tile(box, np.full((100, 100, 3), 99, np.uint8))
    assert colour_at(view, QPoint(60, 60)) == (99, 99, 99)
    assert max(abs(a - b) for a, b in zip(colour_at(view, RIGHT), RED, strict=True)) <= 45
    assert (result == BLUE).all()


def test_strength_blends_before_and_after(view: ImageView) -> None:
    compared(view, after=plain((100, 130, 140)))
    view.set_mode(CompareMode.SINGLE)
    for strength, expected in ((0.25, (175, 55, 65)), (0.0, RED), (1.0, (100, 130, 140)), (0.5, (150, 80, 90))):
        view.set_strength(strength)
        assert colour_at(view, MIDDLE) == pytest.approx(expected, abs=1)
    view.set_mode(CompareMode.SPLIT)
    assert colour_at(view, LEFT) == RED


def test_a_key_held_shows_the_original(view: ImageView) -> None:
    compared(view)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Backslash):
        press(view, key)
        assert colour_at(view, RIGHT) == RED
        press(view, key, released=True, repeated=True)
        press(view, key, repeated=True)
        assert colour_at(view, RIGHT) == RED
        press(view, key, released=True)
        assert colour_at(view, RIGHT) == BLUE


def test_the_original_does_not_stay_when_the_keys_go_elsewhere(view: ImageView) -> None:
    compared(view)
    press(view, Qt.Key.Key_Space)
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut))
    assert colour_at(view, RIGHT) == BLUE


def test_side_by_side_the_two_are_linked(view: ImageView) -> None:
    before = noise(800, 1000)
    compared(view, before, 255 - before)
    view.set_mode(CompareMode.SIDE_BY_SIDE)
    for point in (QPointF(50, 60), QPointF(250, 60)):
        view.set_zoom(1.0)
        turn_wheel(view, point, 3)
        drag(view, QPoint(300, 150), QPoint(280, 133))
        picture = painted(view).astype(int)
        left, right = picture[40:, :198], picture[40:, 202:]
        assert abs(left - (255 - right)).max() <= 1  # rounded after mixing


def test_side_by_side_follows_the_pointer_in_either_pane(view: ImageView) -> None:
    compared(view, plain(RED, 1000, 800), plain(BLUE, 1000, 800))
    view.set_mode(CompareMode.SIDE_BY_SIDE)
    told: list[tuple[int, int, object]] = []
    view.pixel_hovered.connect(lambda x, y, colour: told.append((x, y, colour)))
    view.one_to_one()
    for x in (50, 252):
        hover(view, QPoint(x, 60))
    assert told[0][:2] == told[1][:2]
    assert [entry[2] for entry in told] == [RED, BLUE]


# zoom and pan


@pytest.mark.parametrize("point", [QPointF(37.5, 251.5), QPointF(200.0, 150.0), QPointF(333.0, 42.0)])
def test_the_wheel_zooms_where_the_pointer_is(view: ImageView, point: QPointF) -> None:
    view.set_photo(Photo(noise(800, 1000)))
    view.one_to_one()
    told: list[tuple[int, int]] = []
    view.pixel_hovered.connect(lambda x, y, _: told.append((x, y)))
    hover(view, point.toPoint())
    turn_wheel(view, point, 3)
    assert view.zoom == pytest.approx(2)
    hover(view, point.toPoint())
    turn_wheel(view, point, 6)
    assert view.zoom == pytest.approx(8)
    hover(view, point.toPoint())
    assert all(abs(x - told[0][0]) <= 1 and abs(y - told[0][1]) <= 1 for x, y in told)


def test_zoom_stays_between_fit_and_3200_percent(view: ImageView) -> None:
    view.set_photo(Photo(noise(1104, 1504)))
    assert view.zoom == pytest.approx(0.25)
    turn_wheel(view, QPointF(MIDDLE), -30)
    assert view.zoom == pytest.approx(0.25)
    turn_wheel(view, QPointF(MIDDLE), 300)
    assert view.zoom == 32
    for _ in range(30):
        press(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.25)


def test_keys_zoom_in_round_steps(view: ImageView) -> None:
    view.set_photo(Photo(noise(1104, 1504)))
    zooms = []
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Z, Qt.Key.Key_Plus, Qt.Key.Key_F):
        press(view, key)
        zooms.append(view.zoom)
    assert zooms == pytest.approx([1 / 3, 1 / 2, 1 / 3, 1, 1.5, 0.25])
    press(view, Qt.Key.Key_Z)
    press(view, Qt.Key.Key_Z)
    assert view.zoom == pytest.approx(0.25)


def test_a_double_click_goes_to_one_to_one_there_and_back(view: ImageView) -> None:
    view.set_photo(Photo(noise(1104, 1504)))
    QTest.mouseDClick(view, LEFT_BUTTON, pos=QPoint(300, 200))
    assert view.zoom == 1
    box = view.visible_box()
    assert box.x0 + 300 == pytest.approx((300 - 12) * 4, abs=2)
    assert box.y0 + 200 == pytest.approx((200 - 12) * 4, abs=2)
    QTest.mouseDClick(view, LEFT_BUTTON, pos=QPoint(300, 200))
    assert view.zoom == pytest.approx(0.25)


def test_two_fingers_pan_and_zoom_with_ctrl(view: ImageView) -> None:
    view.set_photo(Photo(noise(800, 1000)))
    view.one_to_one()
    box = view.visible_box()
    turn_wheel(view, QPointF(MIDDLE), pixels=QPoint(-14, 9))
    assert view.visible_box() == Box(box.y0 - 9, box.y1 - 9, box.x0 + 14, box.x1 + 14)
    turn_wheel(view, QPointF(MIDDLE), pixels=QPoint(0, 360), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(2)


def test_a_pinch_zooms(view: ImageView) -> None:
    view.set_photo(Photo(noise(800, 1000)))
    view.one_to_one()
    at = QPointF(100, 100)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        view.mapToGlobal(at),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(view, pinch)
    assert view.zoom == pytest.approx(1.5)


def test_plain_arrows_are_left_to_the_window_and_shift_pans(view: ImageView) -> None:
    view.set_photo(Photo(noise(800, 1000)))
    view.one_to_one()
    box = view.visible_box()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    event.setAccepted(True)
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()
    assert view.visible_box() == box
    shifted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QApplication.sendEvent(view, shifted)
    assert view.visible_box().x0 == box.x0 + 80


def test_the_visible_box_is_told_once_for_each_change(view: ImageView) -> None:
    boxes: list[Box] = []
    view.visible_box_changed.connect(boxes.append)
    view.set_photo(Photo(noise(1104, 1504)))
    assert boxes == [Box(0, 1104, 0, 1504)]
    view.one_to_one()
    assert boxes[1:] == [Box(402, 702, 552, 952)]
    view.pan(-100_000, 0)
    assert boxes[-1] == view.visible_box() == Box(402, 702, 1104, 1504)
    view.pan(-1, 0)
    assert len(boxes) == 3


def test_a_fitted_photo_stays_fitted_and_another_keeps_its_centre(view: ImageView) -> None:
    view.set_photo(Photo(noise(1104, 1504)))
    view.resize(776, 576)
    assert view.zoom == pytest.approx(0.5)
    view.one_to_one()
    view.resize(WIDTH, HEIGHT)
    assert view.visible_box() == Box(402, 702, 552, 952)


# the rest


@pytest.mark.parametrize(("dtype", "top"), [(np.uint8, 255), (np.uint16, 65535)])
def test_the_pixel_under_the_pointer_is_told_as_the_file_has_it(view: ImageView, dtype: type, top: int) -> None:
    pixels: Pixels = np.random.default_rng(3).integers(0, top, (276, 376, 3)).astype(dtype)
    compared(view, pixels, top - pixels)
    view.set_strength(0.5)
    told: list[tuple[int, int, object]] = []
    view.pixel_hovered.connect(lambda x, y, colour: told.append((x, y, colour)))
    hover(view, QPoint(32, 62))
    hover(view, QPoint(312, 62))
    hover(view, QPoint(2, 2))
    assert told[0] == (20, 50, tuple(pixels[50, 20].tolist()))
    assert told[1][:2] == (300, 50)
    assert told[1][2] == pytest.approx((top / 2,) * 3, abs=1)
    assert told[2] == (-1, -1, None)


def test_a_preview_stands_in_until_the_photo_is_there(view: ImageView) -> None:
    view.set_preview(Photo(plain(RED, 94, 69)), (1504, 1104))
    assert view.zoom == pytest.approx(0.25)
    assert colour_at(view, MIDDLE) == RED
    view.set_zoom(0.5)
    box = view.visible_box()
    view.set_photo(Photo(plain(BLUE, 1504, 1104)))
    assert view.visible_box() == box
    assert colour_at(view, MIDDLE) == BLUE


def test_large_photos_are_reduced_in_the_background(view: ImageView, qtbot: QtBot) -> None:
    pixels = plain(RED, 2400, 1800)
    view.set_photo(Photo(pixels))
    qtbot.waitUntil(lambda: view.settled)
    assert colour_at(view, MIDDLE) == RED
    view.set_result(plain(BLUE, 2400, 1800))
    qtbot.waitUntil(lambda: view.settled)
    assert colour_at(view, RIGHT) == BLUE
    view.set_photo(Photo(pixels))
    view.set_photo(None)
    assert view.settled


def test_the_reduction_ends_with_the_view(qtbot: QtBot) -> None:
    view = ImageView()
    view.set_photo(Photo(plain(RED, 5000, 4000)))
    view.deleteLater()
    del view
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_loupe_marks_what_is_restored_first(view: ImageView) -> None:
    compared(view, plain(RED, 2000, 1500), plain(BLUE, 2000, 1500))
    moved: list[Box] = []
    view.loupe_moved.connect(moved.append)
    view.resize(900, 700)
    view.set_loupe(True)
    assert moved == [Box(610, 890, 860, 1140)]
    assert view.loupe_box() == moved[0]
    before = view.zoom
    drag(view, QPoint(420, 340), QPoint(400, 320), QPoint(380, 300))
    assert len(moved) == 2
    assert moved[1].x0 == pytest.approx(860 - 40 / before, abs=2)
    assert moved[1].y0 == pytest.approx(610 - 40 / before, abs=2)
    drag(view, QPoint(20, 90))
    assert moved[2].x0 == 0
    assert moved[2].width == moved[2].height == 280
    view.set_loupe(False)
    assert view.loupe_box() is None


def test_the_loupe_of_a_small_photo_is_the_photo(view: ImageView) -> None:
    view.set_photo(Photo(plain(RED, 40, 30)))
    view.set_loupe(True)
    assert view.loupe_box() == Box(0, 30, 0, 40)


def test_a_result_of_another_size_is_refused(view: ImageView) -> None:
    view.set_photo(Photo(plain(RED)))
    with pytest.raises(ValueError, match="as large as"):
        view.set_result(plain(BLUE, 10, 10))


def test_a_tile_without_a_photo_is_refused(view: ImageView) -> None:
    with pytest.raises(ValueError, match="no photo"):
        view.update_tile(Box(0, 1, 0, 1), plain(BLUE, 1, 1))


HIDPI = """
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from aestudio.gui.canvas.image_view import ImageView
from aestudio.images.photo import Photo

app = QApplication([])
view = ImageView()
view.resize(300, 200)
view.show()
pixels = np.random.default_rng(1).integers(0, 256, (900, 1200, 3), dtype=np.uint8)
view.set_photo(Photo(pixels))
view.one_to_one()
image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
picture = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
scale = view.devicePixelRatioF()
assert picture.shape[:2] == (round(200 * scale), round(300 * scale)), picture.shape
assert np.array_equal(picture, pixels[view.visible_box().slices]), view.visible_box()
"""


@pytest.mark.parametrize("scale", ["2", "1.5"])
def test_on_a_fine_screen_one_to_one_is_device_pixels(scale: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", HIDPI], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
