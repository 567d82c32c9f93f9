"""A mask on the canvas: where it is shown, what is painted anew, and what the hand's strokes tell."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.gui.canvas.image_view import CompareMode, ImageView
from aestudio.gui.masks.layer import MaskLayer
from aestudio.images.mask import Mask, draw_rectangle, draw_stroke, empty_mask
from aestudio.images.photo import Box, Photo

WIDTH, HEIGHT = 400, 300  # of the view; a fitted photo of 376 by 276 is at 1:1, 12 pixels from every edge
GREY = 100
COMPRESSED = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents  # on by default where there is an X server
VEILED = (178, 73, 73)  # half of it, half the veil's red
NONE, LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.NoButton,
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ImageView]:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    yield view
    view.shut_down()


@pytest.fixture
def mask(view: ImageView) -> Mask:
    """An empty mask over a grey photo at 1:1."""
    return masked(view, empty_mask(276, 376))


def masked(view: ImageView, mask: Mask) -> Mask:
    view.set_photo(Photo(np.full((*mask.shape, 3), GREY, np.uint8)))
    view.mask_layer.set_mask(mask)
    return mask


def pixels(image: QImage) -> NDArray[np.uint8]:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def painted(view: ImageView) -> NDArray[np.uint8]:
    """(H, W, 3), all of it painted anew."""
    return pixels(view.grab().toImage())


def on_screen(view: ImageView) -> NDArray[np.uint8]:
    """(H, W, 3), as it became piece by piece."""
    QApplication.processEvents()
    image = view.backingStore().paintDevice()
    assert isinstance(image, QImage)
    return pixels(image)


def photo_part(view: ImageView) -> NDArray[np.uint8]:
    return painted(view)[12:288, 12:388]


def reds(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    different: NDArray[np.bool_] = picture[..., 0] > picture[..., 1]
    return different


class Hand:
    """The mouse on a view, and what the view tells of its strokes."""

    def __init__(self, view: ImageView) -> None:
        self.told: list[tuple[object, ...]] = []
        self._view = view
        self._held = NONE
        view.stroke_began.connect(lambda x, y: self.told.append(("began", x, y)))
        view.stroke_moved.connect(lambda x, y: self.told.append(("moved", x, y)))
        view.stroke_ended.connect(lambda: self.told.append(("ended",)))
        view.stroke_dropped.connect(lambda: self.told.append(("dropped",)))

    @property
    def names(self) -> list[object]:
        return [name for name, *_ in self.told]

    def press(
        self,
        x: float,
        y: float,
        button: Qt.MouseButton = LEFT,
        kind: QEvent.Type = QEvent.Type.MouseButtonPress,
    ) -> None:
        self._held = button
        self._send(kind, x, y, button)

    def move(self, *places: tuple[float, float]) -> None:
        for x, y in places:
            self._send(QEvent.Type.MouseMove, x, y, NONE)

    def release(self, x: float, y: float) -> None:
        button, self._held = self._held, NONE
        self._send(QEvent.Type.MouseButtonRelease, x, y, button)

    def turn(self, notches: int, x: float, y: float) -> None:
        at = QPointF(x, y)
        none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        place = self._view.mapToGlobal(at)
        event = QWheelEvent(at, place, QPoint(), QPoint(0, 120 * notches), self._held, none, phase, False)
        QApplication.sendEvent(self._view, event)

    def _send(self, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton) -> None:
        at = QPointF(x, y)
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, self._view.mapToGlobal(at), button, self._held, none)
        QApplication.sendEvent(self._view, event)


@pytest.fixture
def hand(view: ImageView, mask: Mask) -> Iterator[Hand]:
    """Strokes are taken."""
    before = QCoreApplication.testAttribute(COMPRESSED)
    QCoreApplication.setAttribute(COMPRESSED, True)
    view.take_strokes(True)
    yield Hand(view)
    QCoreApplication.setAttribute(COMPRESSED, before)


# the veil


def test_a_mask_is_a_red_veil_as_dense_as_its_values(view: ImageView, mask: Mask) -> None:
    mask[50:80, 100:160] = 255
    mask[100:120, 100:160] = 128
    view.mask_layer.touch(Box(50, 120, 100, 160))
    picture = photo_part(view).astype(int)
    assert np.array_equal(reds(picture), mask > 0)
    assert picture[60, 120] == pytest.approx(VEILED, abs=1)
    assert picture[110, 120] == pytest.approx((GREY + np.array(VEILED)) / 2, abs=1)
    view.mask_layer.set_mask(None)
    assert not reds(photo_part(view)).any()


def test_a_hidden_mask_is_kept_up_to_date(view: ImageView, mask: Mask) -> None:
    draw_rectangle(mask, (0, 0), (376, 276))
    view.mask_layer.touch(Box(0, 276, 0, 376))
    view.mask_layer.set_shown(False)
    assert not reds(on_screen(view)).any()
    view.mask_layer.touch(draw_rectangle(mask, (100, 0), (200, 276), erase=True))
    view.mask_layer.set_ring((188.0, 138.0), 40.0)
    assert not reds(on_screen(view)).any()
    view.mask_layer.set_shown(True)
    assert np.array_equal(reds(on_screen(view))[12:50, 12:388], mask[:38] > 0)


def test_the_same_array_again_costs_nothing(view: ImageView, mask: Mask) -> None:
    told: list[Box] = []
    view.mask_layer.changed.connect(told.append)
    view.mask_layer.set_mask(mask)
    assert told == []
    view.mask_layer.set_mask(mask.copy())
    assert told == [Box(0, 276, 0, 376)]


@pytest.mark.parametrize("zoom", [2, 3.7, 8, 32])
def test_enlarged_it_covers_the_squares_of_its_pixels(view: ImageView, zoom: float) -> None:
    shown = np.random.default_rng(7).integers(0, 256, (50, 60, 3), dtype=np.uint8)
    mask = np.where(np.random.default_rng(8).random((50, 60)) < 0.5, np.uint8(255), np.uint8(0))
    view.set_photo(Photo(shown))
    view.set_zoom(zoom)
    bare = painted(view).astype(int)
    view.mask_layer.set_mask(mask)
    veil = np.rint(np.array([255, 45, 45]) * 128 / 255)
    expected = bare * 127 / 255 + veil
    veiled = abs(painted(view) - expected).max(axis=2) <= 2
    view.mask_layer.set_mask(None)
    view.set_photo(Photo(np.repeat(mask[..., None], 3, axis=2)))  # the mask itself as a photo: the same geometry
    view.set_zoom(zoom)
    if zoom > 2:
        full = painted(view)[20:280, 20:380, 0] == 255
        assert np.array_equal(veiled[20:280, 20:380], full)
    else:
        full = painted(view)[20:280, 20:380, 0]
        assert veiled[20:280, 20:380][full == 255].all()  # a photo is smooth up to here, the veil is not
        assert not veiled[20:280, 20:380][full == 0].any()


@pytest.mark.parametrize("zoom", [0.11, 0.25, 0.3, 0.45, 0.5, 0.77, 0.99])
def test_reduced_a_thin_stroke_is_without_gaps(view: ImageView, zoom: float) -> None:
    mask = masked(view, empty_mask(2761, 3763))
    mask[1377:1378] = 255
    mask[:, 1881:1882] = 255
    view.mask_layer.touch(Box(0, 2761, 0, 3763))
    view.set_zoom(zoom)
    red = reds(painted(view))
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    inside = red[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert inside.any(axis=0).all()
    assert inside.any(axis=1).all()
    assert 1 <= inside.sum(axis=0).min() <= 3
    assert 1 <= inside.sum(axis=1).min() <= 3


def image_of(layer: MaskLayer, size: tuple[int, int], clip: QRect) -> NDArray[np.uint8]:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    layer.paint(painter, QPoint(0, 0), size, clip)
    painter.end()
    return pixels(image)


def test_touched_boxes_are_as_good_as_a_new_mask(qapp: QApplication) -> None:
    mask = empty_mask(801, 1203)
    layer, random = MaskLayer(), np.random.default_rng(2)
    layer.set_mask(mask)
    for size in ((1203, 801), (400, 266), (601, 400), (97, 65), (2000, 1332)):
        for _ in range(6):
            points = [(float(x), float(y)) for x, y in random.integers(-50, 1250, (3, 2))]
            layer.touch(draw_stroke(mask, points, float(random.integers(1, 40)), erase=bool(random.integers(2))))
        anew = MaskLayer()
        anew.set_mask(mask)
        whole = QRect(0, 0, *size)
        expected = image_of(anew, size, whole)
        assert np.array_equal(image_of(layer, size, whole), expected)
        for _ in range(10):  # a part looks as it does in the whole
            left, top = int(random.integers(0, size[0])), int(random.integers(0, size[1]))
            clip = QRect(left, top, int(random.integers(1, 200)), int(random.integers(1, 200)))
            part = image_of(layer, size, clip)[top : top + clip.height(), left : left + clip.width()]
            assert np.array_equal(part, expected[top : top + clip.height(), left : left + clip.width()])


def test_a_mask_painted_nowhere_else_is_shown_from_its_box(qapp: QApplication) -> None:
    mask = empty_mask(801, 1203)
    box = draw_rectangle(mask, (301.0, 203.0), (777.0, 405.0))
    known, unknown = MaskLayer(), MaskLayer()
    known.set_mask(mask, box)
    unknown.set_mask(mask)
    whole = QRect(0, 0, 300, 200)
    assert np.array_equal(image_of(known, (300, 200), whole), image_of(unknown, (300, 200), whole))


@pytest.mark.parametrize("zoom", [0.22, 0.5, 0.61, 1.0, 1.37, 5.3])
@pytest.mark.parametrize("mode", list(CompareMode))
def test_what_is_painted_anew_is_enough(view: ImageView, zoom: float, mode: CompareMode) -> None:
    mask = masked(view, empty_mask(1200, 1600))
    view.set_result(np.full((1200, 1600, 3), 200, np.uint8))
    view.set_mode(mode)
    view.set_zoom(zoom)
    view.pan(-3, -5)
    layer, random = view.mask_layer, np.random.default_rng(4)
    on_screen(view)
    box = view.visible_box()
    for _ in range(5):
        x, y = float(random.uniform(box.x0, box.x1)), float(random.uniform(box.y0, box.y1))
        layer.touch(draw_stroke(mask, [(x, y), (x + 30 / zoom, y + 10 / zoom)], 12 / zoom))
        layer.set_ring((x, y), 20 / zoom)
        assert np.array_equal(on_screen(view), painted(view))
        layer.set_outline([(x, y), (x + 9.3 / zoom, y), (x, y + 40.2 / zoom)], closed=True)
        assert np.array_equal(on_screen(view), painted(view))
        layer.touch(draw_stroke(mask, [(x, y)], 5 / zoom, erase=True))
        layer.set_outline([])
        assert np.array_equal(on_screen(view), painted(view))
    layer.set_ring(None)
    layer.touch(draw_rectangle(mask, (0, 0), (1600, 1200), erase=True))
    assert np.array_equal(on_screen(view), painted(view))
    assert not reds(on_screen(view)).any()


class Watched(ImageView):
    """Notes what it was asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.asked |= event.region()


@pytest.mark.parametrize("mode", [CompareMode.SINGLE, CompareMode.SIDE_BY_SIDE])
def test_no_more_than_the_touched_part_is_painted(qtbot: QtBot, mode: CompareMode) -> None:
    view = Watched()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(view):
        view.show()
    mask = masked(view, empty_mask(2760, 3760))
    view.set_mode(mode)
    qtbot.waitUntil(lambda: view.settled)
    on_screen(view)
    view.asked = QRegion()
    view.mask_layer.touch(draw_stroke(mask, [(500.0, 600.0), (1000.0, 700.0)], 40.0))
    on_screen(view)
    panes = 1 if mode == CompareMode.SINGLE else 2
    areas = [rect.width() * rect.height() for rect in cast(Iterable[QRect], view.asked)]
    assert len(areas) == panes
    assert max(areas) < (58 + 12) * (18 + 12)
    view.shut_down()


def test_both_panes_and_both_sides_of_the_divider_show_it(view: ImageView, mask: Mask) -> None:
    view.set_result(np.full((276, 376, 3), GREY, np.uint8))
    draw_rectangle(mask, (0, 0), (376, 276))
    view.mask_layer.touch(Box(0, 276, 0, 376))
    assert reds(photo_part(view))[20:250, [20, 350]].all()
    view.set_mode(CompareMode.SIDE_BY_SIDE)
    red = reds(painted(view))[150]
    assert red[20:180].all()
    assert not red[198:202].any()
    assert red[220:380].all()


def test_while_a_key_is_held_the_photo_is_bare(view: ImageView, mask: Mask) -> None:
    draw_rectangle(mask, (0, 0), (376, 276))
    view.mask_layer.touch(Box(0, 276, 0, 376))
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert not reds(photo_part(view)).any()
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert reds(photo_part(view)).all()


def test_the_loupe_shows_the_mask_too(view: ImageView) -> None:
    view.resize(900, 700)
    mask = masked(view, empty_mask(1500, 2000))
    view.set_loupe(True)
    box = view.loupe_box()
    assert box is not None
    bare = reds(painted(view)).sum()
    assert bare < 2000  # the frame in the accent colour at most
    draw_rectangle(mask, (box.x0, box.y0), (box.x1, box.y1))
    view.mask_layer.touch(box)
    window = reds(painted(view))[450:680, 650:880]
    assert window.mean() > 0.95


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
mask = np.where(np.random.default_rng(1).random((900, 1200)) < 0.5, np.uint8(255), np.uint8(0))
view.set_photo(Photo(np.full((900, 1200, 3), 100, np.uint8)))
view.mask_layer.set_mask(mask)


def picture(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


view.one_to_one()
shown = picture(view.grab().toImage())
assert np.array_equal(shown[..., 0] > shown[..., 1], mask[view.visible_box().slices] > 0)
view.set_zoom(4)
big = picture(view.grab().toImage())
x, y = view._viewport.origin
squares = np.repeat(np.repeat(mask, 4, 0), 4, 1)[-y : -y + big.shape[0], -x : -x + big.shape[1]]
assert np.array_equal(big[..., 0] > big[..., 1], squares > 0)
box = view.visible_box()
middle = (box.y0 + box.y1) // 2, (box.x0 + box.x1) // 2
app.processEvents()
mask[middle[0] : middle[0] + 9, middle[1] : middle[1] + 7] ^= 255
view.mask_layer.touch(type(box)(middle[0], middle[0] + 9, middle[1], middle[1] + 7))
app.processEvents()
on_screen = picture(view.backingStore().paintDevice())
assert not np.array_equal(on_screen, big)
assert np.array_equal(on_screen, picture(view.grab().toImage()))
view.shut_down()
"""


@pytest.mark.parametrize("scale", ["2", "1.5"])
def test_on_a_fine_screen_it_lies_on_the_photos_pixels(scale: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", HIDPI], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


# outlines


@pytest.mark.parametrize("level", [0, 255])
def test_the_ring_stands_out_from_black_and_white(view: ImageView, level: int) -> None:
    view.set_photo(Photo(np.full((276, 376, 3), level, np.uint8)))
    view.mask_layer.set_ring((188.0, 138.0), 40.0)
    differs = abs(photo_part(view).astype(int) - level).max(axis=2) > 80
    rows, columns = np.nonzero(differs)
    away = np.hypot(columns + 0.5 - 188, rows + 0.5 - 138)
    assert abs(away - 40).max() < 2.5
    assert len(away) > 200


def test_an_outline_is_drawn_open_or_closed(view: ImageView) -> None:
    view.set_photo(Photo(np.zeros((276, 376, 3), np.uint8)))
    corners = [(100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0)]
    view.mask_layer.set_outline(corners)
    picture = photo_part(view)
    assert picture[100, 150].max() > 120
    assert picture[150, 100].max() == 0
    view.mask_layer.set_outline(corners, closed=True)
    assert photo_part(view)[150, 100].max() > 120
    view.mask_layer.set_outline([])
    assert photo_part(view).max() == 0


def test_the_ring_follows_the_pointer_and_the_zoom(view: ImageView, hand: Hand) -> None:
    view.set_brush(30.0)
    assert not ring_rows(view).any()
    hand.move((212, 150))
    assert ring_rows(view).sum() in range(59, 66)
    hand.turn(3, 212, 150)
    assert view.zoom == pytest.approx(2)
    assert ring_rows(view).sum() in range(119, 126)
    view.set_brush(10.0)
    assert ring_rows(view).sum() in range(39, 46)
    view.take_strokes(False)
    assert not ring_rows(view).any()
    view.take_strokes(True)
    assert ring_rows(view).any()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not ring_rows(view).any()


def ring_rows(view: ImageView) -> NDArray[np.bool_]:
    """Which rows of the picture differ from a grey photo: between the first and the last of the ring."""
    picture = painted(view)[14:286, 14:386]
    return np.asarray(picture.min(axis=2).max(axis=1) > GREY + 60)


def test_the_cursor_makes_room_for_the_ring(view: ImageView, hand: Hand) -> None:
    hand.move((200, 100))
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    view.set_brush(30.0)
    assert view.cursor().shape() == Qt.CursorShape.BlankCursor
    view.set_brush(1.0)
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    view.take_strokes(False)
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor
    view.take_strokes(True)
    view.set_photo(None)
    hand.move((210, 100))
    view.take_strokes(False)
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor


# strokes


def test_a_stroke_is_told_point_by_point_in_photo_pixels(hand: Hand) -> None:
    hand.press(112, 62)
    hand.move((113, 62), (115.5, 64), (115.5, 64), (2, 2))
    hand.release(2, 2)
    assert hand.told == [
        ("began", 100, 50),
        ("moved", 101, 50),
        ("moved", 103.5, 52),
        ("moved", -10, -10),
        ("ended",),
    ]
    hand.move((200, 200))
    assert len(hand.told) == 5


def test_the_last_place_is_told_even_without_a_move(hand: Hand) -> None:
    hand.press(112, 62)
    hand.release(120, 62)
    assert hand.told == [("began", 100, 50), ("moved", 108, 50), ("ended",)]


def test_moves_between_two_frames_are_not_left_out(hand: Hand) -> None:
    assert QCoreApplication.testAttribute(COMPRESSED)
    hand.press(112, 62)
    assert not QCoreApplication.testAttribute(COMPRESSED)
    hand.move(*((112 + step, 62) for step in range(1, 101)))
    assert len(hand.told) == 101
    hand.release(212, 62)
    assert QCoreApplication.testAttribute(COMPRESSED)


def test_quick_dabs_draw_each_time(view: ImageView, hand: Hand) -> None:
    zoom = view.zoom
    hand.press(112, 62)
    hand.release(112, 62)
    hand.press(112, 62, kind=QEvent.Type.MouseButtonDblClick)
    hand.release(112, 62)
    assert hand.names == ["began", "ended", "began", "ended"]
    assert view.zoom == zoom


def test_the_divider_is_held_by_its_handle_only(view: ImageView, hand: Hand) -> None:
    view.set_result(np.full((276, 376, 3), GREY, np.uint8))
    hand.press(200, 60)
    hand.move((180, 60))
    hand.release(180, 60)
    assert view.split == 0.5
    assert hand.names == ["began", "moved", "ended"]
    hand.press(203, 152)
    hand.move((100, 152))
    hand.release(100, 152)
    assert view.split == pytest.approx(0.25)
    assert len(hand.told) == 3
    view.take_strokes(False)
    hand.press(100, 60)
    hand.move((200, 60))
    hand.release(200, 60)
    assert view.split == pytest.approx(0.5)


def test_the_middle_button_pans_and_the_wheel_zooms(view: ImageView, hand: Hand) -> None:
    hand.turn(3, 200, 150)
    box = view.visible_box()
    hand.press(200, 150, MIDDLE)
    hand.move((180, 130))
    hand.release(180, 130)
    assert view.visible_box() == Box(box.y0 + 10, box.y1 + 10, box.x0 + 10, box.x1 + 10)
    assert hand.told == []
    hand.press(112, 62)
    hand.press(112, 62, MIDDLE)  # in the middle of a stroke it does nothing
    hand.release(112, 62)
    assert hand.names == ["began"]


def test_the_photo_may_be_zoomed_in_the_middle_of_a_stroke(view: ImageView, hand: Hand) -> None:
    hand.press(200, 150)
    hand.turn(3, 200, 150)
    hand.move((210, 150))
    assert hand.told == [("began", 188, 138), ("moved", 193, 138)]


def test_side_by_side_a_stroke_stays_in_its_pane(view: ImageView, hand: Hand) -> None:
    view.set_mode(CompareMode.SIDE_BY_SIDE)
    view.one_to_one()
    hand.press(190, 100)
    hand.move((215, 100))
    hand.release(215, 100)
    (_, began, _), (_, moved, _), _ = hand.told
    assert isinstance(began, float)
    assert moved == began + 25
    hand.press(215, 100)
    assert hand.told[3] == ("began", began + 25 - 202, hand.told[0][2])


@pytest.mark.parametrize("reason", ["Esc", "right button", "focus", "photo", "hidden", "not taken any more"])
def test_a_stroke_is_dropped(view: ImageView, hand: Hand, reason: str) -> None:
    stopped: list[bool] = []
    QShortcut(QKeySequence("Esc"), view).activated.connect(lambda: stopped.append(True))
    hand.press(112, 62)
    hand.move((120, 62))
    if reason == "Esc":
        QTest.keyClick(view, Qt.Key.Key_Escape)
    elif reason == "right button":
        hand.press(120, 62, RIGHT)
    elif reason == "focus":
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut))
    elif reason == "photo":
        view.set_photo(Photo(np.zeros((50, 50, 3), np.uint8)))
    elif reason == "hidden":
        view.hide()
    else:
        view.take_strokes(False)
    hand.move((130, 62))
    hand.release(130, 62)
    assert hand.names == ["began", "moved", "dropped"]
    assert stopped == []
    assert QCoreApplication.testAttribute(COMPRESSED)
    view.show()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert stopped == [True]


def test_without_strokes_taken_or_a_photo_nothing_is_told(view: ImageView, hand: Hand) -> None:
    view.take_strokes(False)
    hand.press(112, 62)
    hand.release(130, 62)
    view.take_strokes(True)
    view.set_photo(None)
    hand.press(112, 62)
    hand.release(130, 62)
    assert hand.told == []


def test_a_stroke_of_the_hand_comes_to_the_screen(view: ImageView, mask: Mask, hand: Hand) -> None:
    on_screen(view)
    view.set_brush(10.0)
    view.stroke_moved.connect(lambda x, y: view.mask_layer.touch(draw_stroke(mask, [(x, y)], 10.0)))
    hand.press(112, 62)
    hand.move(*((112 + step, 62) for step in range(1, 101)))
    hand.release(212, 62)
    picture = on_screen(view)
    assert np.array_equal(picture, painted(view))
    assert picture[62, 130] == pytest.approx(VEILED, abs=1)
    assert tuple(picture[90, 130]) == (GREY,) * 3
