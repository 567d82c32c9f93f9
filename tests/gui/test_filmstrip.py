"""Thumbnails while the filmstrip moves: made where it rests or goes slowly, not where it flies past."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.gui.filmstrip import ITEM, Filmstrip, FilmstripModel
from aestudio.gui.opening import PREVIEW_PIXELS
from aestudio.gui.session import OpenPhoto
from aestudio.gui.studio import Studio
from aestudio.gui.thumbnails import WORKERS, Thumbnails
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo

SLOW = 20_000


@pytest.fixture
def thumbnails(qapp: QApplication) -> Iterator[Thumbnails]:
    """By themselves, without a window."""
    thumbnails = Thumbnails()
    yield thumbnails
    thumbnails.shutdown()


@pytest.fixture
def photos(tmp_path: Path, make_photo: Callable[..., Path]) -> list[Path]:
    """Three hundred small ones."""
    first = make_photo("many/000.png", width=48, height=32)
    rest = [first.with_name(f"{number:03}.png") for number in range(1, 300)]
    for path in rest:
        path.hardlink_to(first)
    return [first, *rest]


@pytest.fixture
def strip(thumbnails: Thumbnails, photos: list[Path], qtbot: QtBot) -> Filmstrip:
    """A filmstrip on the screen that shows the first of them."""
    model = FilmstripModel(thumbnails, lambda entry: False)
    model.add([OpenPhoto(path) for path in photos])
    strip = Filmstrip(model)
    model.setParent(strip)
    qtbot.addWidget(strip)
    strip.resize(strip.width(), 6 * ITEM.height())
    strip.show()
    qtbot.waitUntil(lambda: all_shown(strip), timeout=SLOW)
    return strip


def rows_in_view(strip: Filmstrip) -> range:
    middle, bottom = strip.viewport().width() // 2, strip.viewport().height() - 1
    return range(*(strip.indexAt(QPoint(middle, y)).row() + (y > 0) for y in (0, bottom)))


def all_shown(strip: Filmstrip) -> bool:
    indexes = [strip.model().index(row, 0) for row in rows_in_view(strip)]
    return all(index.data(Qt.ItemDataRole.DecorationRole) is not None for index in indexes)


def made_by(thumbnails: Thumbnails) -> list[Path]:
    made: list[Path] = []
    thumbnails.made.connect(made.append)
    return made


def test_nothing_is_begun_while_held(thumbnails: Thumbnails, photos: list[Path], qtbot: QtBot) -> None:
    made = made_by(thumbnails)
    thumbnails.hold()
    assert thumbnails.get(photos[0]) is None
    with qtbot.assertNotEmitted(thumbnails.made, wait=100):
        thumbnails.get(photos[0])
    thumbnails.release()
    thumbnails.get(photos[1])
    qtbot.waitUntil(lambda: thumbnails.get(photos[1]) is not None, timeout=SLOW)
    assert made == [photos[1]]


def test_what_was_asked_for_before_is_made_after_the_hold(
    thumbnails: Thumbnails, photos: list[Path], qtbot: QtBot, qapp: QApplication
) -> None:
    made = made_by(thumbnails)
    for path in photos[:50]:
        thumbnails.get(path)
    thumbnails.hold()
    qtbot.waitUntil(lambda: not thumbnails._making, timeout=SLOW)  # what was begun before
    held = len(made)
    qapp.processEvents()
    assert len(made) == held < 50
    thumbnails.release()
    qtbot.waitUntil(lambda: len(made) == 50, timeout=SLOW)
    assert sorted(made) == photos[:50]


def test_one_that_is_being_made_is_not_made_again(thumbnails: Thumbnails, tmp_path: Path, qapp: QApplication) -> None:
    made = made_by(thumbnails)
    photo = write_photo(Photo(np.zeros((2000, 3000, 3), np.uint8)), tmp_path / "large.png")
    while thumbnails.get(photo) is None:
        qapp.processEvents()
    thumbnails.shutdown()
    qapp.processEvents()
    assert made == [photo]


def test_photos_that_fly_past_get_no_thumbnails(
    strip: Filmstrip, thumbnails: Thumbnails, photos: list[Path], qtbot: QtBot, qapp: QApplication
) -> None:
    made = made_by(thumbnails)
    bar = strip.verticalScrollBar()
    for step in range(1, 46):
        bar.setValue(round(step / 45 * bar.maximum()))
        strip.repaint()
        qapp.processEvents()
    qtbot.waitUntil(lambda: all_shown(strip), timeout=SLOW)
    assert rows_in_view(strip)[-1] == len(photos) - 1
    flown_past = photos[12 : rows_in_view(strip)[0]]
    assert len(set(made) & set(flown_past)) <= WORKERS


def test_photos_that_go_past_slowly_get_theirs(strip: Filmstrip, thumbnails: Thumbnails, qtbot: QtBot) -> None:
    bar = strip.verticalScrollBar()
    made = made_by(thumbnails)
    for _ in range(30):
        bar.setValue(bar.value() + ITEM.height() // 2)
        qtbot.waitUntil(lambda: all_shown(strip), timeout=SLOW)
    assert len(made) >= 15


def test_after_a_jump_the_thumbnails_come(
    strip: Filmstrip, thumbnails: Thumbnails, photos: list[Path], qtbot: QtBot
) -> None:
    made = made_by(thumbnails)
    strip.scrollToBottom()
    qtbot.waitUntil(lambda: bool(made), timeout=SLOW)  # nothing here asks for it: the filmstrip must
    qtbot.waitUntil(lambda: all_shown(strip), timeout=SLOW)
    assert rows_in_view(strip)[-1] == len(photos) - 1


def test_a_small_upright_preview_comes_before_the_photo(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    pixels = np.zeros((1200, 1800, 3), np.uint8)
    pixels[:600] = 200
    path = write_photo(Photo(pixels), tmp_path / "camera.jpg")
    came: list[tuple[int, int]] = []
    for signal in (studio.services.opener.previewed, studio.services.opener.opened):
        signal.connect(lambda entry, photo: came.append((photo.width, photo.height)))
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.open_paths([path])
    preview = (PREVIEW_PIXELS, round(PREVIEW_PIXELS * 1200 / 1800))
    assert came == [preview, (1800, 1200)]
