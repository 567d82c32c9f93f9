"""The desk, in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from small_explore import small_coder, small_indexed, small_photos

from aestudio.explore.coder import Coder
from aestudio.explore.codes_file import CodesError, SavedCodes, read_codes, write_codes
from aestudio.explore.desk import WALK, between
from aestudio.explore.photos import Indexed, Levels
from aestudio.gui.explore.desk_stage import BLEND, CHANGE, FILE, INVENT
from aestudio.gui.explore.desk_view import DRAWN, DeskView
from aestudio.gui.jobs import Failure
from aestudio.images.io import read_photo

SLOW = 30_000
Make = Callable[[Coder], DeskView]


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def variational(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"), "drawing", variational=True)


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Make]:
    made: list[DeskView] = []

    def make(coder: Coder) -> DeskView:
        view = DeskView()
        qtbot.addWidget(view)
        made.append(view)
        view.resize(1000, 640)
        view.take(photos_of(coder), coder)
        view.show()
        settled(view, qtbot)
        return view

    yield make
    for view in made:
        view.shut_down()


@pytest.fixture
def desk(make_desk: Make, coder: Coder) -> DeskView:
    """The desk with six photos of a plain autoencoder."""
    return make_desk(coder)


def photos_of(coder: Coder) -> Indexed:
    return small_indexed(coder, small_photos(6))


def settled(view: DeskView, qtbot: QtBot) -> None:
    """Everything that was asked for is made."""

    def idle() -> bool:
        works = view.runner.busy or view.live.busy or view.beside.busy or view._rest.isActive()
        return view.directions is not None and not works

    qtbot.waitUntil(idle, timeout=SLOW)


def shown(view: DeskView) -> Levels:
    small = view.stage.made.small
    assert small is not None
    return small


def nearly(one: Levels, other: Levels) -> bool:
    """Decoded with others or alone, a level may be rounded otherwise."""
    return bool(np.abs(one.astype(int) - other.astype(int)).max() <= 3)


def asked_for(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))


# change


def test_it_begins_with_the_first_photo_as_it_is(desk: DeskView, coder: Coder) -> None:
    photos = desk.photos
    assert photos is not None
    assert desk.directions is not None
    assert len(desk.sliders.rows) == len(desk.directions) == 5  # six photos differ in no more
    assert desk.stage.original.caption.whole == "00000.jpg"
    assert nearly(shown(desk), coder.decode(photos.codes[:1])[0])
    assert not desk.sliders.reset.isEnabled()
    assert not desk.sliders.rows[0].reset.isEnabled()
    assert desk.sliders.places == pytest.approx(desk.directions.places(photos.codes[0]))


def test_a_slider_changes_the_picture_and_comes_back(desk: DeskView, coder: Coder, qtbot: QtBot) -> None:
    before, row = shown(desk), desk.sliders.rows[1]
    own = desk.sliders.places
    assert own is not None
    own = own.copy()
    row.spin.setValue(3.0)
    settled(desk, qtbot)
    assert desk.code is not None
    assert desk.directions is not None
    assert desk.directions.places(desk.code)[1] == pytest.approx(3, abs=1e-3)
    assert desk.directions.places(desk.code)[0] == pytest.approx(own[0], abs=1e-3)
    assert nearly(shown(desk), coder.decode(desk.code[None])[0])
    assert row.reset.isEnabled()
    desk.sliders.rows[2].slider.setValue(-30)
    assert desk.sliders.places is not None
    assert desk.sliders.places[2] == pytest.approx(-1.5)
    row.reset.click()
    assert desk.sliders.places[1] == own[1]
    assert desk.sliders.places[2] == pytest.approx(-1.5)
    desk.sliders.reset.click()
    assert np.array_equal(desk.sliders.places, own)
    assert not desk.sliders.reset.isEnabled()
    settled(desk, qtbot)
    assert nearly(shown(desk), before)


def test_the_film_strip_goes_along_one_direction(desk: DeskView, coder: Coder, qtbot: QtBot) -> None:
    film = desk.stage.film
    assert [film.item(n).text() for n in range(film.count())] == ["−3", "−2", "−1", "0", "1", "2", "3"]
    desk.sliders.rows[2].film.click()
    settled(desk, qtbot)
    assert desk.code is not None
    assert desk.directions is not None
    meant = coder.decode(desk.directions.walk(desk.code, 2))
    for place in range(len(WALK)):
        picture = film.picture(place)
        assert picture is not None
        assert nearly(picture[0], meant[place])
    film.setCurrentRow(6)
    assert desk.sliders.places is not None
    assert desk.sliders.places[2] == 3
    desk.sliders.rows[2].reset.click()
    assert desk.sliders.places[2] != 3
    settled(desk, qtbot)
    QTest.mouseClick(film.viewport(), Qt.MouseButton.LeftButton, pos=film.visualItemRect(film.item(6)).center())
    assert desk.sliders.places[2] == 3
    settled(desk, qtbot)


def test_another_photo_goes_onto_the_sliders(desk: DeskView, qtbot: QtBot) -> None:
    desk.sliders.rows[0].spin.setValue(2.5)
    desk.strip.setFocus()
    QTest.keyClick(desk.strip, Qt.Key.Key_Right)
    settled(desk, qtbot)
    assert desk.stage.original.caption.whole == "00001.jpg"
    assert desk.photos is not None
    assert desk.code == pytest.approx(desk.photos.codes[1], abs=1e-4)
    assert not desk.sliders.reset.isEnabled()


# blend


@pytest.mark.parametrize("kind", ["coder", "variational"])
def test_two_photos_are_blended(make_desk: Make, request: pytest.FixtureRequest, qtbot: QtBot, kind: str) -> None:
    coder: Coder = request.getfixturevalue(kind)
    desk = make_desk(coder)
    assert desk.photos is not None
    desk.pages.setCurrentIndex(BLEND)
    settled(desk, qtbot)
    assert (desk.stage.first.caption.whole, desk.stage.second.caption.whole) == ("00000.jpg", "00001.jpg")
    desk.strip.choose_place(4)
    desk.blend.share.spin.setValue(25)
    settled(desk, qtbot)
    assert desk.stage.second.caption.whole == "00004.jpg"
    code = between(desk.photos.codes[0], desk.photos.codes[4], 0.25, spherical=kind == "variational")
    small = desk.stage.between.small
    assert small is not None
    assert nearly(small, coder.decode(code[None])[0])
    assert ("spherical" in desk.blend.explained.toolTip()) == (kind == "variational")
    desk.blend.first.click()
    desk.strip.choose_place(2)
    desk.blend.swap.click()
    settled(desk, qtbot)
    assert (desk.stage.first.caption.whole, desk.stage.second.caption.whole) == ("00004.jpg", "00002.jpg")
    desk.blend.share.slider.double_clicked.emit()
    assert desk.blend.share.share == 0.5
    assert desk.blend.share.slider.value() == 50


# invent


def test_a_plain_model_says_what_it_draws_from(desk: DeskView) -> None:
    assert "did not learn" in desk.invent.explained.text()


def test_pictures_are_invented_and_others_again(make_desk: Make, variational: Coder, qtbot: QtBot) -> None:
    desk = make_desk(variational)
    assert "standard normal" in " ".join(desk.invent.explained.text().split())
    desk.pages.setCurrentIndex(INVENT)
    settled(desk, qtbot)
    board = desk.stage.inventions
    assert board.count() == DRAWN
    assert desk._drawn is not None
    first = desk._drawn.codes
    assert first.std() == pytest.approx(1, abs=0.2)
    assert not desk.invent.take.isEnabled()
    assert not desk.save_picture.isEnabled()
    desk.invent.again.click()
    settled(desk, qtbot)
    assert not np.allclose(desk._drawn.codes, first)
    again = desk._drawn.codes
    desk.invent.spread.spin.setValue(50)
    settled(desk, qtbot)
    assert desk._drawn.codes == pytest.approx(again / 2, abs=1e-5)


def test_an_invented_picture_goes_onto_the_sliders(desk: DeskView, coder: Coder, qtbot: QtBot) -> None:
    desk.pages.setCurrentIndex(INVENT)
    settled(desk, qtbot)
    desk.stage.inventions.setCurrentRow(3)
    assert desk.invent.take.isEnabled()
    assert desk.save_picture.isEnabled()
    assert desk._drawn is not None
    code = desk._drawn.codes[3]
    desk.invent.take.click()
    assert desk.pages.currentIndex() == CHANGE
    settled(desk, qtbot)
    assert desk.code == pytest.approx(code, abs=1e-4)
    assert desk.stage.original.small is None
    assert nearly(shown(desk), coder.decode(code[None])[0])


# files


def test_codes_are_saved_and_opened(
    desk: DeskView, coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked_for(monkeypatch, tmp_path / "mine")  # the ending is added
    desk.save_codes.click()
    settled(desk, qtbot)
    path = tmp_path / "mine.npz"
    assert desk.photos is not None
    assert np.array_equal(read_codes(path).codes, desk.photos.codes)
    assert desk.status.whole == "Saved as mine.npz."
    asked_for(monkeypatch, path)
    desk.pages.setCurrentIndex(FILE)
    desk.file.open.click()
    settled(desk, qtbot)
    board = desk.stage.opened
    assert [board.item(n).text() for n in range(board.count())] == [f"{n:05}.jpg" for n in range(6)]
    assert desk.file.told.text() == "6 pictures in mine.npz."
    board.setCurrentRow(5)
    board.itemActivated.emit(board.item(5))
    assert desk.pages.currentIndex() == CHANGE
    settled(desk, qtbot)
    assert nearly(shown(desk), coder.decode(desk.photos.codes[5:])[0])
    assert desk.stage.made.surface.size_of_photo == (1200, 1800)


def test_a_file_that_is_there_is_kept_unless_the_dialog_asked(
    desk: DeskView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.npz"
    path.write_bytes(b"mine")
    asked_for(monkeypatch, tmp_path / "mine")
    with qtbot.waitSignal(desk.failed, timeout=SLOW) as failed:
        desk.save_codes.click()
    assert "already exists" in failed.args[0].sentence
    assert path.read_bytes() == b"mine"
    settled(desk, qtbot)
    asked_for(monkeypatch, path)
    desk.save_codes.click()
    settled(desk, qtbot)
    assert len(read_codes(path)) == 6


def test_codes_of_another_model_are_refused(
    desk: DeskView, variational: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked_for(monkeypatch, write_codes(tmp_path / "other.npz", SavedCodes.of(photos_of(variational))))
    with qtbot.waitSignal(desk.failed, timeout=SLOW) as failed:
        desk.file.open.click()
    failure = failed.args[0]
    assert isinstance(failure, Failure)
    assert failure.kind is CodesError
    assert "other.npz holds codes of the model drawing" in failure.sentence
    settled(desk, qtbot)
    assert desk.stage.opened.count() == 0
    assert desk.save_codes.isEnabled()


def test_pictures_are_saved(desk: DeskView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    asked_for(monkeypatch, tmp_path / "made.png")
    desk.save_picture.click()
    settled(desk, qtbot)
    assert read_photo(tmp_path / "made.png").pixels.shape == (171, 256, 3)
    desk.pages.setCurrentIndex(BLEND)
    settled(desk, qtbot)
    asked_for(monkeypatch, tmp_path / "between.png")
    desk.save_picture.click()
    settled(desk, qtbot)
    assert read_photo(tmp_path / "between.png").pixels.shape == (171, 256, 3)
    asked_for(monkeypatch, "")  # the dialog is closed
    desk.save_picture.click()
    assert not desk.runner.busy
    assert sorted(path.name for path in tmp_path.iterdir()) == ["between.png", "made.png"]


# other photos


def test_other_photos_clear_the_desk(desk: DeskView, coder: Coder, qtbot: QtBot) -> None:
    desk.pages.setCurrentIndex(INVENT)
    settled(desk, qtbot)
    others = small_indexed(coder, small_photos(3, seed=9), [Path(f"/other/{n}.jpg") for n in range(3)])
    desk.take(others, coder)
    assert desk.directions is None
    assert desk.stage.inventions.count() == 0
    settled(desk, qtbot)
    assert len(desk.sliders.rows) == 2
    assert desk.stage.inventions.count() == DRAWN
    desk.pages.setCurrentIndex(CHANGE)
    settled(desk, qtbot)
    assert desk.stage.original.caption.whole == "0.jpg"
    desk.leave()
    assert desk.stage.made.small is None
    assert not desk.save_codes.isEnabled()
    assert not desk.save_picture.isEnabled()


def test_a_single_photo_has_no_sliders_and_does_no_harm(desk: DeskView, coder: Coder, qtbot: QtBot) -> None:
    desk.take(small_indexed(coder, small_photos(1)), coder)
    settled(desk, qtbot)
    assert desk.sliders.rows == []
    assert "no slider" in desk.sliders.hint.text()
    assert desk.stage.made.small is not None
    for page in (BLEND, INVENT):
        desk.pages.setCurrentIndex(page)
        settled(desk, qtbot)
    assert desk.stage.between.small is not None


def test_no_photos_do_no_harm(desk: DeskView, coder: Coder, qtbot: QtBot) -> None:
    desk.take(small_indexed(coder, small_photos(0)), coder)
    qtbot.waitUntil(lambda: not desk.runner.busy, timeout=SLOW)
    for page in range(4):
        desk.pages.setCurrentIndex(page)
    assert not desk.save_codes.isEnabled()


def test_every_control_has_a_name_and_a_tip(desk: DeskView) -> None:
    row = desk.sliders.rows[0]
    controls = [row.film, row.slider, row.spin, row.reset, desk.sliders.reset, desk.save_picture, desk.save_codes]
    controls += [desk.blend.first, desk.blend.second, desk.blend.swap, desk.blend.share.slider, desk.blend.share.spin]
    controls += [desk.invent.spread.slider, desk.invent.spread.spin, desk.invent.again, desk.invent.take]
    controls += [desk.file.open, desk.file.take, desk.stage.film, desk.stage.inventions, desk.stage.opened]
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
