"""Photos that are large, damaged, or in other colours than the screen's."""

from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QColorSpace, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aestudio.gui.canvas.colours import ScreenColours, screen_space
from aestudio.gui.canvas.scene import CanvasScene
from aestudio.gui.canvas.tiles import Side, Tile, TileCache, TileKey
from aestudio.gui.main_window import MainWindow
from aestudio.gui.studio import Studio
from aestudio.images.colour import ColourSpace, profile_of
from aestudio.images.formats import READABLE
from aestudio.images.io import write_photo
from aestudio.images.photo import Metadata, Photo, Pixels

SLOW = 20_000
OpenPhotoFile = Callable[[Path], None]

BT709 = {
    "whitepoint": [0.3127, 0.329, 1.0],
    "primaries": [0.64, 0.33, 1.0, 0.3, 0.6, 1.0, 0.15, 0.06, 1.0],
}
PROFILES = {
    "Adobe RGB": bytes(imagecodecs.cms_profile("adobergb")),
    "Display P3": profile_of(12, 13),
    "linear": bytes(imagecodecs.cms_profile("rgb", **BT709, gamma=1.0)),
    "linear grey": bytes(imagecodecs.cms_profile("gray", gamma=1.0)),
    "grey 2.2": bytes(imagecodecs.cms_profile("gray", gamma=2.2)),
}


def rgb_of(image: QImage) -> NDArray[np.uint8]:
    """(h, w, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()  # the image goes


def in_srgb(pixels: Pixels, icc: bytes) -> NDArray[np.float64]:
    """What 8-bit pixels look like, by another library than the canvas's."""
    channels = pixels.shape[2]
    rgb = ColourSpace(icc, channels).to_srgb(pixels.astype(np.float32) * np.float32(1 / 255))
    return np.asarray(np.clip(rgb, 0, 1) * 255, dtype=np.float64)


# a photo that was too large, until the user said so


def test_a_large_photo_opens_when_the_user_says_so(
    studio: Studio,
    make_photo: Callable[..., Path],
    open_photo: OpenPhotoFile,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aestudio.images.decoding.ASK_PIXELS", 100 * 100)
    path = make_photo("large.png")
    open_photo(path)
    qtbot.waitUntil(lambda: path in studio.model._broken, timeout=SLOW)
    remedy = studio.messages.remedy
    assert remedy.isVisible()
    assert "Open anyway" in remedy.text()
    assert not studio.panel.save.isEnabled()
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        remedy.click()
    assert studio.messages.isHidden()
    assert studio.panel.save.isEnabled()
    assert studio.current is not None
    assert "failed" not in str(studio.model.data(studio.model.index(0), 11))  # the accessible text
    assert studio.services.thumbnails.get(path) is not None


def test_what_can_be_read_of_a_damaged_photo_opens_when_the_user_says_so(
    studio: Studio, make_photo: Callable[..., Path], open_photo: OpenPhotoFile, qtbot: QtBot
) -> None:
    path = make_photo("cut.png")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    open_photo(path)
    remedy = studio.messages.remedy
    assert "what can be read" in remedy.text()
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        remedy.click()
    assert "damaged" in studio.messages.text.text()
    assert not remedy.isVisible()
    assert studio.current is not None
    photo = studio.services.photos.find(studio.current)
    assert photo is not None
    assert photo.partial


def test_where_nothing_can_be_read_no_more_is_offered(
    studio: Studio, tmp_path: Path, open_photo: OpenPhotoFile, qtbot: QtBot
) -> None:
    path = tmp_path / "cut.webp"
    Image.effect_noise((64, 48), 50).save(path)
    path.write_bytes(path.read_bytes()[:60])
    open_photo(path)
    assert studio.messages.remedy.isVisible()
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.messages.remedy.click()
    assert "cut.webp" in studio.messages.text.text()
    assert not studio.messages.remedy.isVisible()


def test_a_message_of_another_photo_has_no_button(
    studio: Studio, make_photo: Callable[..., Path], open_photo: OpenPhotoFile, tmp_path: Path
) -> None:
    path = make_photo("cut.png")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    open_photo(path)
    assert studio.messages.remedy.isVisible()
    open_photo(tmp_path / "missing.png")
    assert "missing.png" in studio.messages.text.text()
    assert not studio.messages.remedy.isVisible()


def test_what_the_user_should_know_is_said(studio: Studio, tmp_path: Path, open_photo: OpenPhotoFile) -> None:
    path = tmp_path / "print.jpg"
    Image.new("CMYK", (64, 48)).save(path)
    open_photo(path)
    assert "CMYK" in studio.messages.text.text()


def test_the_dialog_shows_every_format(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(*arguments: object) -> tuple[list[str], str]:
        asked.append(str(arguments[-1]))
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer)
    window.actions_.open.trigger()
    assert all(f"*{suffix} " in f"{asked[0]} " or f"*{suffix})" in asked[0] for suffix in READABLE)


def test_a_broken_photo_is_tried_once(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"broken")
    thumbnails = studio.services.thumbnails
    assert thumbnails.get(path) is None
    qtbot.waitUntil(lambda: path in thumbnails._failed, timeout=SLOW)
    path.unlink()
    Image.new("RGB", (64, 48), "grey").save(path)
    assert thumbnails.get(path) is None
    assert path not in thumbnails._waiting


# colours


@pytest.mark.parametrize("name", PROFILES)
def test_tiles_have_the_colours_of_the_screen(qapp: object, name: str) -> None:
    icc = PROFILES[name]
    assert icc is not None
    channels = 1 if "grey" in name else 3
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, channels), dtype=np.uint8)
    bgr = np.repeat(pixels, 3, axis=2) if channels == 1 else pixels[..., ::-1]
    bgra = np.dstack((bgr, np.full((64, 64), 255, np.uint8)))
    tile = Tile(bgra, False, ScreenColours().transform(icc, channels))
    assert np.abs(rgb_of(tile.image) - in_srgb(pixels, icc)).max() <= 1.6
    assert np.array_equal(tile.bgra, bgra)


def test_a_screen_with_more_colours_gets_them(qapp: object) -> None:
    colours = ScreenColours()
    assert colours.transform(None, 3) is None
    colours.screen = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
    bgra = np.array([[[0, 0, 255, 255]]], np.uint8)
    shown = rgb_of(Tile(bgra, False, colours.transform(None, 3)).image)[0, 0]
    assert np.abs(shown - np.array([234, 51, 35])).max() <= 1  # sRGB's red, as Display P3 has it
    same = colours.transform(PROFILES["Display P3"], 3)
    again = rgb_of(Tile(bgra, False, same).image)[0, 0]
    assert np.abs(again - np.array([255, 0, 0])).max() <= 1


def test_damaged_profiles_are_shown_as_srgb(qapp: object) -> None:
    for icc in (b"", b"no profile", PROFILES["linear grey"]):
        assert ScreenColours().transform(icc, 3) is None


def test_both_sides_and_their_blend_go_through_the_profile(qapp: object) -> None:
    icc = PROFILES["Adobe RGB"]
    assert icc is not None
    scene = CanvasScene()
    before = np.full((32, 32, 3), (30, 200, 60), np.uint8)
    after = np.full((32, 32, 3), (90, 160, 60), np.uint8)
    scene.set_photo(Photo(before, Metadata(icc=icc)))
    scene.set_result(after)
    scene.set_strength(0.5)
    cache: TileCache = scene._tiles
    for side, pixels in ((Side.BEFORE, before), (Side.AFTER, after), (Side.BLEND, (before // 2 + after // 2))):
        tile = cache.tile(TileKey(side, 32, 32, 0, 0))
        assert tile is not None
        assert np.abs(rgb_of(tile.image)[0, 0] - in_srgb(pixels, icc)[0, 0]).max() <= 1.6
    scene.set_screen(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    moved = cache.tile(TileKey(Side.BEFORE, 32, 32, 0, 0))
    assert moved is not None
    assert np.abs(rgb_of(moved.image)[0, 0] - in_srgb(before, icc)[0, 0]).max() > 5
    scene.shut_down()


def test_the_window_shows_a_photo_through_its_profile(
    studio: Studio, tmp_path: Path, open_photo: OpenPhotoFile, qtbot: QtBot
) -> None:
    icc = PROFILES["Adobe RGB"]
    assert icc is not None
    pixels = np.full((400, 600, 3), (40, 180, 90), np.uint8)
    path = write_photo(Photo(pixels, Metadata(icc=icc)), tmp_path / "adobe.png")
    open_photo(path)
    qtbot.waitUntil(lambda: studio.services.thumbnails.get(path) is not None, timeout=SLOW)
    expected = in_srgb(pixels[:1, :1], icc)[0, 0]
    shown = studio.view.grab().toImage()
    assert np.abs(rgb_of(shown)[shown.height() // 2, shown.width() // 2] - expected).max() <= 1.6
    thumbnail = studio.services.thumbnails.get(path)
    assert thumbnail is not None
    assert np.abs(rgb_of(thumbnail.toImage())[5, 5] - expected).max() <= 1.6
    assert screen_space(studio.view) == QColorSpace(QColorSpace.NamedColorSpace.SRgb)
