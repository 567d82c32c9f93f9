"""What a compressed file holds, on the screen: its channels, what they cost, and one of them large."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.codec import lab
from aestudio.codec.codec import Code, Codec
from aestudio.codec.files import Wish
from aestudio.engine.device import choose_device
from aestudio.gui.lab.code_view import CodeView
from aestudio.gui.lab.latent_pictures import (
    AREA,
    CHANNEL_ROLE,
    EMPTY_ROLE,
    LONGEST,
    WIDEST,
    LatentModel,
    Order,
    fitted,
    percent,
    picture_of,
    room_for,
)
from aestudio.gui.palette import DARK, LIGHT, Greys, make_palette
from aestudio.images.photo import Photo
from aestudio.models.loader import load_model
from aestudio.progress import Progress

EMPTY = 4  # a channel that gets no bits


@pytest.fixture(scope="module")
def codec(codec_folder: Path) -> Codec:
    """The small codec."""
    device = choose_device("cpu")
    return Codec(load_model(codec_folder / "compress.json", device.torch_device), device)


def code_of(codec: Codec, height: int, width: int, quality: float = 60) -> Code:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (-(-height // 16), -(-width // 16), 3)).astype(np.uint8)
    flat = coarse.repeat(16, 0).repeat(16, 1)[:height, :width]
    pixels = np.clip(flat + rng.normal(0, 9, flat.shape), 0, 255).astype(np.uint8)  # with grain for the finest channels
    made = lab.specimen(codec, Photo(pixels), Wish(quality=quality), Progress(), structural=False)
    return lab.code_of(codec, made.stream, Progress())


@pytest.fixture(scope="module")
def code(codec: Codec) -> Code:
    """Of a small photo; one channel is taken out of it."""
    code = code_of(codec, 128, 192)
    symbols, bits = code.symbols.copy(), code.bits_by_channel.copy()
    symbols[EMPTY], bits[EMPTY] = 0, 0
    return Code(symbols, bits, code.bits_by_place)


@pytest.fixture
def view(code: Code, qtbot: QtBot) -> CodeView:
    """Shows a code."""
    view = CodeView()
    qtbot.addWidget(view)
    view.setPalette(make_palette(DARK))
    view.resize(900, 560)
    view.show()
    view.set_code(code)
    qtbot.waitExposed(view)
    return view


def channels(view: CodeView) -> list[int]:
    model = view.grid.model()
    return [model.index(row, 0).data(CHANNEL_ROLE) for row in range(model.rowCount())]


def test_the_dearest_channel_comes_first_and_is_chosen(view: CodeView, code: Code) -> None:
    bits = [code.bits_by_channel[channel] for channel in channels(view)]
    assert bits == sorted(bits, reverse=True)
    assert view.channel == channels(view)[0] == int(code.bits_by_channel.argmax())
    assert channels(view)[-1] == EMPTY
    assert sorted(channels(view)) == list(range(len(code.symbols)))


def test_another_order_keeps_the_chosen_channel(view: CodeView, code: Code, qtbot: QtBot) -> None:
    view.choose(7)
    with qtbot.assertNotEmitted(view.channel_chosen):
        view.order.setCurrentIndex(1)
    assert channels(view) == list(range(len(code.symbols)))
    assert view.grid.currentIndex().row() == 7
    kept = QPersistentModelIndex(view.grid.model().index(3, 0))
    view.order.setCurrentIndex(0)
    assert view.grid.currentIndex().data(CHANNEL_ROLE) == view.channel == 7
    assert kept.data(CHANNEL_ROLE) == 3
    assert view.grid.selectedIndexes() == [view.grid.currentIndex()]


def test_the_arrow_keys_go_through_the_grid(view: CodeView, qtbot: QtBot) -> None:
    in_row = view.grid.viewport().width() // view.grid.gridSize().width()
    expected = channels(view)
    view.grid.setFocus()
    for key, row in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1 + in_row), (Qt.Key.Key_Left, in_row)):
        with qtbot.waitSignal(view.channel_chosen) as chosen:
            QTest.keyClick(view.grid, key)
        assert chosen.args == [expected[row]]
        assert view.channel == expected[row]
    QTest.keyClick(view.grid, Qt.Key.Key_End)
    assert view.channel == expected[-1]
    assert view.grid.viewport().rect().contains(view.grid.visualRect(view.grid.currentIndex()))


def test_each_channel_tells_its_share(view: CodeView, code: Code) -> None:
    view.order.setCurrentIndex(1)
    share = code.bits_by_channel[2] / code.bits_by_channel.sum()
    index = view.grid.model().index(2, 0)
    assert index.data() == f"PC 3 · {percent(share)}"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"Channel 3, {percent(share)} of the bits"


def test_the_sentence_tells_what_the_channel_holds(view: CodeView, code: Code) -> None:
    view.choose(3)
    symbols, bits = code.symbols[3], code.bits_by_channel
    share, kilobytes = percent(bits[3] / bits.sum()), f"{bits[3] / 8000:.1f} KB"
    zeros = f"{(symbols == 0).mean():.0%}".replace("%", " %")
    low, high = (str(value).replace("-", "−") for value in (symbols.min(), symbols.max()))
    assert view.sentence.text() == (
        f"Channel 4 holds {share} of the bits: {kilobytes}. Symbols from {low} to {high}; {zeros} are zero."
    )
    view.choose(EMPTY)
    assert view.sentence.text() == "Channel 5 holds 0 % of the bits: 0.0 KB. All of its symbols are zero."


def test_pictures_are_made_for_what_is_in_view(view: CodeView, code: Code) -> None:
    view.grid.viewport().repaint()
    model = view.grid.model()
    assert isinstance(model, LatentModel)
    at_first = set(model.pictures)
    assert 0 < len(at_first) < len(code.symbols) // 2
    assert at_first <= set(channels(view)[:60])
    view.grid.scrollToBottom()
    view.grid.viewport().repaint()
    assert set(model.pictures) > at_first
    assert EMPTY not in model.pictures


def test_a_channel_without_bits_is_dark(view: CodeView) -> None:
    view.choose(EMPTY)
    index = view.grid.currentIndex()
    assert index.data(EMPTY_ROLE)
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    image = view.grid.grab().toImage()
    middle = view.grid.visualRect(index).center() - QPoint(0, 12)
    assert image.pixelColor(view.grid.viewport().mapTo(view.grid, middle)) == QColor("black")


@pytest.mark.parametrize(
    ("symbols", "levels"),
    [
        ([[0, 0], [0, 0]], [[128, 128], [128, 128]]),
        ([[-4, 4], [2, 0]], [[0, 255], [191, 128]]),
        ([[0, 0], [0, -3]], [[128, 128], [128, 0]]),
    ],
)
def test_zero_is_grey_and_both_sides_are_alike(symbols: list[list[int]], levels: list[list[int]]) -> None:
    image = picture_of(np.array(symbols, np.int16))
    assert (image.width(), image.height()) == (2, 2)
    found = [[image.pixelColor(x, y).red() for x in range(2)] for y in range(2)]
    assert np.abs(np.array(found) - levels).max() <= 3  # the percentile lies between two of four symbols


def test_one_loud_symbol_does_not_hide_the_others() -> None:
    symbols = np.tile(np.array([-1, 1], np.int16), (30, 15))
    symbols[0, 0] = 1000
    image = picture_of(symbols)
    assert {image.pixelColor(x, 5).red() for x in range(30)} == {0, 255}


def test_a_few_symbols_are_seen() -> None:
    symbols = np.zeros((60, 60), np.int16)
    symbols[4, 5] = 1
    assert picture_of(symbols).pixelColor(5, 4).red() == 255


def test_pictures_of_large_photos_are_small() -> None:
    symbols = np.random.default_rng(0).integers(-9, 10, (500, 750)).astype(np.int16)
    image = picture_of(symbols, LONGEST)
    assert (image.width(), image.height()) == (LONGEST, LONGEST * 2 // 3)
    assert picture_of(symbols).width() == 750
    assert picture_of(np.zeros((1, 3000), np.int16), LONGEST).height() == 1


@pytest.mark.parametrize(("height", "width"), [(2, 3), (3, 2), (1, 1), (1, 40), (40, 1)])
def test_room_in_the_grid_has_the_proportions_of_the_photo(height: int, width: int) -> None:
    room = room_for(height, width)
    assert max(room.width(), room.height()) <= WIDEST
    assert room.width() * room.height() <= AREA * 1.02
    assert room.width() / room.height() == pytest.approx(width / height, rel=0.03)


def test_a_picture_keeps_its_proportions() -> None:
    assert fitted(QSize(3, 2), QRect(0, 0, 90, 90)) == QRect(0, 15, 90, 60)
    assert fitted(QSize(1000, 1), QRect(0, 0, 100, 50)).height() == 1


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.0002, "< 0.1 %"), (0.0312, "3.1 %"), (0.0996, "10 %"), (0.12, "12 %"), (1, "100 %")],
)
def test_shares_are_short(share: float, text: str) -> None:
    assert percent(share) == text


def test_symbols_are_enlarged_as_squares(view: CodeView, code: Code) -> None:
    view.choose(0)
    image = view.large.grab().toImage()
    symbols = code.symbols[0]
    target = fitted(QSize(symbols.shape[1], symbols.shape[0]), view.large.rect())
    step = target.width() / symbols.shape[1]
    left = target.left() + 10 * step
    inside = [image.pixelColor(int(left + step * part), target.top() + int(5.5 * step)) for part in (0.2, 0.5, 0.8)]
    assert inside[0] == inside[1] == inside[2] == picture_of(symbols).pixelColor(10, 5)


def test_a_click_on_a_bar_chooses_its_channel(view: CodeView, code: Code, qtbot: QtBot) -> None:
    count, width = len(code.symbols), view.bars.width()
    place = QPoint(round(20.5 / count * width), view.bars.height() // 2)
    with qtbot.waitSignal(view.channel_chosen) as chosen:
        QTest.mouseClick(view.bars, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert chosen.args == [20]
    assert view.grid.currentIndex().data(CHANNEL_ROLE) == 20
    assert view.bars.channel_at(-5) == 0
    assert view.bars.channel_at(width + 5) == count - 1


def test_the_chosen_bar_has_the_accent_colour(view: CodeView, code: Code) -> None:
    view.choose(int(code.bits_by_channel.argmax()))
    image: QImage = view.bars.grab().toImage()
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert DARK.accent in colours


def test_without_a_code_it_says_so(qtbot: QtBot, code: Code) -> None:
    view = CodeView()
    qtbot.addWidget(view)
    view.show()
    assert view.empty.isVisible()
    assert view.empty.text() == "Compress a photo to see what its file holds."
    assert view.channel is None
    view.set_code(code)
    assert not view.empty.isVisible()
    assert view.about.text().startswith(f"The photo is split into {len(code.symbols)} pictures of patterns,")
    view.set_code(None)
    assert view.empty.isVisible()
    assert view.channel is None
    assert view.sentence.text() == ""


def test_the_same_photo_at_another_quality_keeps_the_channel(view: CodeView, codec: Codec) -> None:
    view.choose(11)
    view.set_code(code_of(codec, 128, 192, quality=20))
    assert view.channel == 11


def test_the_smallest_photo_has_a_code_too(codec: Codec, qtbot: QtBot) -> None:
    view = CodeView()
    qtbot.addWidget(view)
    view.set_code(code_of(codec, 3, 5))
    view.show()
    assert view.grab().width() == view.width()
    assert view.sentence.text().startswith("Channel ")


@pytest.mark.parametrize("width", [300, 480, 700, 1300])
def test_everything_is_inside_at_any_width(view: CodeView, width: int, qapp: QApplication) -> None:
    view.resize(width, 620)
    qapp.processEvents()
    assert view.width() == width
    for part in (view.about, view.order, view.grid, view.large, view.sentence, view.bars):
        assert view.rect().contains(QRect(part.mapTo(view, QPoint(0, 0)), part.size()))
        assert part.height() >= part.minimumSizeHint().height()
    beside = view.large.mapTo(view, QPoint(0, 0)).x() > view.grid.width()
    assert beside == (width >= 560)
    last = view.grid.visualRect(view.grid.model().index(1, 0))
    assert last.right() < view.grid.viewport().width()


@pytest.mark.parametrize("greys", [DARK, LIGHT], ids=["dark", "light"])
def test_it_follows_the_palette(view: CodeView, greys: Greys, qapp: QApplication) -> None:
    view.setPalette(make_palette(greys))
    qapp.processEvents()
    image = view.grab().toImage()
    assert image.pixelColor(view.grid.mapTo(view, QPoint(1, 1))) == QColor(greys.field)
    assert view.large.palette().color(QPalette.ColorRole.Dark) == QColor(greys.canvas)


def test_everything_has_a_name(view: CodeView) -> None:
    for part in (view, view.order, view.grid, view.large, view.sentence, view.bars):
        assert part.accessibleName()
    assert [view.order.itemData(row) for row in range(2)] == [Order.BITS, Order.COMPONENTS]
