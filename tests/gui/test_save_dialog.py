"""How a photo is saved follows its own file, until the user chooses otherwise."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from aestudio.gui.preferences_dialog import PreferencesDialog
from aestudio.gui.save_dialog import SaveDialog
from aestudio.gui.studio import Studio
from aestudio.images.exif_edit import COPYRIGHT
from aestudio.images.io import read_photo
from aestudio.images.options import WRITABLE, SaveOptions
from aestudio.images.photo import Encoding, Photo
from aestudio.settings import METADATA, read_preferences

SLOW = 20_000
OpenPhotoFile = Callable[[Path], None]


def choose(box: QComboBox, value: object) -> None:
    row = box.findData(value)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


@pytest.fixture
def ask(qtbot: QtBot, tmp_path: Path) -> Callable[..., SaveDialog]:
    """Opens the dialog for a photo."""

    def ask_(name: str = "out.png", photo: Photo | None = None, options: SaveOptions | None = None) -> SaveDialog:
        photo = photo or Photo(np.zeros((8, 8, 3), np.uint8))
        dialog = SaveDialog(tmp_path / "in.png", tmp_path / name, photo, options or SaveOptions())
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return ask_


def test_only_what_a_format_has_can_be_chosen(ask: Callable[..., SaveDialog]) -> None:
    dialog = ask()
    controls = dialog.controls
    has: dict[str, set[QWidget]] = {
        "JPEG": {controls.quality_spin, controls.subsampling_box},
        "PNG": {controls.level_spin},
        "TIFF": {controls.compression_box},
        "WEBP": {controls.quality_spin, controls.lossless_box},
        "AVIF": {controls.quality_spin, controls.subsampling_box},
        "AES": {controls.quality_spin},
    }
    every = {control for controls_ in has.values() for control in controls_}
    assert set(has) == set(WRITABLE)
    for name in WRITABLE:
        choose(controls.format_box, name)
        assert dialog.path.suffix.lstrip(".")[:3] in name.lower().replace("jpeg", "jpg")
        assert {control for control in every if control.isVisible()} == has[name]
        chosen = dialog.options
        assert chosen.format == name
        assert (chosen.quality is not None) == (controls.quality_spin in has[name])


def test_defaults_are_those_of_the_source(ask: Callable[..., SaveDialog]) -> None:
    source = Encoding(quality=88, subsampling="4:2:0", compression="lzw", lossless=True)
    dialog = ask("out.jpg", Photo(np.zeros((8, 8, 3), np.uint16), encoding=source))
    assert (dialog.options.quality, dialog.options.subsampling, dialog.options.bit_depth) == (88, "4:2:0", 8)
    dialog.path_edit.setText(str(dialog.path.with_suffix(".tif")))
    assert (dialog.options.compression, dialog.options.bit_depth) == ("lzw", 16)
    dialog.path_edit.setText(str(dialog.path.with_suffix(".webp")))
    assert dialog.options.lossless
    assert not dialog.controls.quality_spin.isEnabled()
    dialog.controls.lossless_box.click()
    assert dialog.controls.quality_spin.isEnabled()
    assert dialog.options.lossless is False


def test_what_was_chosen_last_for_a_photo_is_there_again(ask: Callable[..., SaveDialog]) -> None:
    last = SaveOptions(format="TIFF", compression="none", bit_depth=8, metadata="basic")
    dialog = ask("out.tif", Photo(np.zeros((8, 8, 3), np.uint16)), last)
    assert dialog.options == last


def test_quality_and_packing_reach_the_file(
    studio: Studio, make_photo: Callable[..., Path], open_photo: OpenPhotoFile, qtbot: QtBot
) -> None:
    open_photo(make_photo())
    checks: tuple[tuple[str, Callable[[Photo], bool]], ...] = (
        ("a.jpg", lambda p: p.encoding.quality == 71 and p.encoding.subsampling == "4:2:2"),
        ("a.tif", lambda p: p.encoding.compression == "none"),
        ("a.webp", lambda p: p.encoding.lossless),
        ("a.avif", lambda p: p.format == "AVIF"),
    )
    for name, check in checks:
        studio.save_as()
        dialog = studio.saving.dialog
        assert dialog is not None
        dialog.path_edit.setText(str(dialog.path.with_name(name)))
        dialog.controls.quality_spin.setValue(71)
        choose(dialog.controls.subsampling_box, "4:2:2")
        choose(dialog.controls.compression_box, "none")
        dialog.controls.lossless_box.setChecked(True)
        path = dialog.path
        with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
            dialog.save.click()
        assert check(read_photo(path)), name


def test_metadata_are_left_out_when_asked_and_the_choice_is_remembered(
    studio: Studio, tmp_path: Path, open_photo: OpenPhotoFile, qtbot: QtBot
) -> None:
    exif = Image.Exif()
    exif[COPYRIGHT] = "(c) somebody"
    exif[0x010E] = "a secret place"
    source = tmp_path / "in.jpg"
    Image.new("RGB", (64, 48), "grey").save(source, exif=exif)
    open_photo(source)
    studio.save_as()
    dialog = studio.saving.dialog
    assert dialog is not None
    assert dialog.options.metadata == "keep"
    choose(dialog.controls.metadata_box, "basic")
    path = dialog.path
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
        dialog.save.click()
    assert path.suffix == ".jpg"
    saved = read_photo(path).metadata.exif or b""
    assert b"somebody" in saved
    assert b"secret" not in saved
    assert read_preferences(studio.keeper.path)[0].metadata == "basic"


def test_names_follow_the_pattern_in_the_preferences(
    studio: Studio, make_photo: Callable[..., Path], open_photo: OpenPhotoFile, qtbot: QtBot
) -> None:
    dialog = PreferencesDialog(studio.keeper, studio)
    dialog.open()
    dialog.name_edit.clear()
    for text, fine in (("{name}_{oops}", False), ("{task} of {name}", True)):
        dialog.name_edit.setText(text)
        dialog.name_edit.textEdited.emit(text)
        assert dialog.problem.isHidden() == fine
    dialog.reject()
    open_photo(make_photo())
    studio.save_as()
    asked = studio.saving.dialog
    assert asked is not None
    assert asked.path.name == "copy of noisy.png"
    asked.reject()


def test_a_pattern_that_makes_no_names_is_told_and_passed_over(tmp_path: Path) -> None:
    from aestudio.gui.keeper import PreferencesKeeper
    from aestudio.images.naming import PATTERN

    path = tmp_path / "preferences.toml"
    path.write_text('name_pattern = "always the same"\n', encoding="utf-8")
    keeper = PreferencesKeeper(path)
    assert keeper.value.name_pattern == PATTERN
    assert "always the same" in str(keeper.complaints[0])


def test_a_file_that_is_only_read_is_saved_as_one_that_keeps_all(
    studio: Studio, tmp_path: Path, open_photo: OpenPhotoFile
) -> None:
    source = tmp_path / "scan.bmp"
    Image.new("RGB", (64, 48), "grey").save(source)
    open_photo(source)
    studio.save_as()
    dialog = studio.saving.dialog
    assert dialog is not None
    assert dialog.path.name == "scan-copy.png"
    assert dialog.save.isEnabled()
    dialog.reject()


def test_the_policies_of_the_preferences_are_those_of_the_core() -> None:
    from aestudio.images.metadata import POLICIES

    assert METADATA == POLICIES
