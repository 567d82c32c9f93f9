"""The compression lab in the real window, with a small codec that nobody trained."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from aestudio.codec.container import unpack
from aestudio.gui.app import Application
from aestudio.gui.chart_style import size_text
from aestudio.gui.filmstrip import UNSAVED_ROLE
from aestudio.gui.lab.display import OneSide
from aestudio.gui.lab.figures import times_text
from aestudio.gui.lab.lab import CompressLab
from aestudio.gui.lab.pictures import difference, heat, most_bits
from aestudio.gui.lab.section import LabSection
from aestudio.gui.lab.state import Aim, Equal, Show
from aestudio.gui.lab.widgets import SizeRow
from aestudio.gui.lab.work import Compressed
from aestudio.gui.main_window import MainWindow
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.exif_edit import COPYRIGHT
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metrics import psnr
from aestudio.images.photo import Metadata, Photo, Pixels

OpenPhoto = Callable[[Path], None]
SLOW = 60_000  # ms: for two cores that others use, too
HEIGHT, WIDTH = 120, 184


@pytest.fixture(scope="session")
def lab_models(models: Path, codec_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small networks of all tools, and a codec."""
    folder = tmp_path_factory.mktemp("lab")
    for source in (*models.iterdir(), *codec_folder.iterdir()):
        shutil.copy(source, folder)
    return folder


@pytest.fixture
def application(make_application: Callable[[Path], Application], lab_models: Path, qtbot: QtBot) -> Application:
    """The program with a codec, which is loaded."""
    application = make_application(lab_models)
    lab = application.window.studio.lab
    assert lab is not None
    qtbot.waitUntil(lambda: lab.model is not None, timeout=SLOW)
    return application


@pytest.fixture
def lab(studio: Studio) -> CompressLab:
    """The lab, off."""
    assert studio.lab is not None
    return studio.lab


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A photo with soft forms and fine noise, in a file with EXIF data."""
    return write_photo(Photo(picture(), Metadata(comment="a note")), tmp_path / "sea.png")


def picture(seed: int = 0, height: int = HEIGHT, width: int = WIDTH) -> Pixels:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    waves = np.stack([np.sin(x / (7 + 3 * c)) + np.cos(y / (5 + c)) for c in range(3)], axis=2)
    return np.clip(128 + 45 * waves + rng.normal(0, 4, (height, width, 3)), 0, 255).astype(np.uint8)


def rest(lab: CompressLab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: lab.at_rest, timeout=SLOW)


def made_of(lab: CompressLab) -> Compressed:
    made = lab.made
    assert made is not None
    return made


def switch_on(lab: CompressLab, qtbot: QtBot) -> Compressed:
    lab.section.switch.click()
    rest(lab, qtbot)
    return made_of(lab)


def choose_rival(section: LabSection, name: str) -> None:
    row = section.rivals.findData(name)
    section.rivals.setCurrentIndex(row)
    section.rivals.activated.emit(row)


def sides(studio: Studio) -> tuple[Pixels, Pixels]:
    """What the canvas has before and after."""
    tiles = studio.view._scene._tiles
    assert tiles.before is not None
    assert tiles.after is not None
    return tiles.before.pixels, tiles.after.pixels


def side(lab: CompressLab, *, after: bool) -> OneSide:
    found = lab.display._after if after else lab.display._before
    assert found is not None
    return found


def save(studio: Studio, qtbot: QtBot, *, name: str | None = None, metadata: str | None = None) -> Path:
    studio.save()
    dialog = studio.saving.dialog
    assert dialog is not None
    if name is not None:
        dialog.path_edit.setText(str(dialog.path.with_name(name)))
    if metadata is not None:
        box = dialog.controls.metadata_box
        box.setCurrentIndex(box.findData(metadata))
    target = dialog.path
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
        dialog.save.click()
    return target


def test_what_is_shown_is_what_the_saved_file_holds(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    untouched = path.read_bytes()
    open_photo(path)
    made = switch_on(lab, qtbot)
    assert lab.section.is_open
    assert studio.view.has_result
    assert studio.unsaved == [studio.current]
    assert studio.model.data(studio.model.index(0), UNSAVED_ROLE)
    before, after = sides(studio)
    assert np.array_equal(before, read_photo(path).pixels)
    assert made.quality == 50

    studio.save()
    dialog = studio.saving.dialog
    assert dialog is not None
    assert dialog.path.name == "sea-compress.aes"
    assert not dialog.controls.quality_spin.isVisible()
    dialog.reject()
    saved = save(studio, qtbot)
    assert saved.read_bytes() == made.specimen.data
    assert path.read_bytes() == untouched
    opened = read_photo(saved)
    assert np.array_equal(opened.pixels, after)
    assert opened.metadata.comment == "a note"
    assert not studio.unsaved
    size = size_text(len(made.specimen.data))
    assert lab.section.sides.text() == f"Left: Original.\nRight: AEStudio, {size}."
    cells = [ours.text() for ours, _ in lab.section.figures.values]
    similarity = made.specimen.point.ms_ssim
    assert similarity is not None
    times = times_text(len(untouched) / len(made.specimen.data))
    assert cells == [size, times, f"{psnr(opened.pixels, before, 255):.2f} dB", f"{similarity:.4f}"]


def test_metadata_are_left_out_of_the_stream_as_well(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, metadata: Metadata, qtbot: QtBot
) -> None:
    open_photo(write_photo(Photo(picture(), metadata), tmp_path / "full.tif"))
    made = switch_on(lab, qtbot)
    kept = save(studio, qtbot)
    assert kept.read_bytes() == made.specimen.data
    studio.save_as()
    assert studio.saving.dialog is not None
    studio.saving.dialog.reject()
    studio.saving._targets.clear()
    basic = save(studio, qtbot, name="basic.aes", metadata="basic")
    studio.saving._targets.clear()
    bare = save(studio, qtbot, name="bare.aes", metadata="strip")
    files = [unpack(each.read_bytes()) for each in (kept, basic, bare)]
    assert len({stream.tiles for stream in files}) == 1
    assert files[0].metadata.xmp
    assert not files[1].metadata.xmp
    assert files[1].metadata.exif
    assert (files[2].metadata.exif, bool(files[2].metadata.icc)) == (None, True)
    assert COPYRIGHT  # what basic keeps is the matter of other tests


def test_other_formats_get_the_decoded_photo_and_a_line_of_what_was_done(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    made = switch_on(lab, qtbot)
    like = save(studio, qtbot, name="like.png")
    opened = read_photo(like)
    assert np.array_equal(opened.pixels, made.specimen.photo.pixels)
    assert opened.metadata.xmp is not None
    assert b"Compress, model compress 0, quality 50" in opened.metadata.xmp
    assert not studio.unsaved
    jpeg = made.look_alike
    assert jpeg.metadata.comment == "a note"
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):  # where it was saved last
        studio.save()


def test_a_size_is_met_within_two_percent(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    first = switch_on(lab, qtbot)
    section = lab.section
    section.aims.button(Aim.SIZE).click()
    assert section.size_row.value == pytest.approx(len(first.specimen.data) / 1000, rel=0.01)  # nothing jumps
    rest(lab, qtbot)
    wish = round(len(first.specimen.data) / 1000 * 0.8, 1)
    section.size_row.spin.setValue(wish)
    assert lab.working
    rest(lab, qtbot)
    assert len(made_of(lab).specimen.data) == pytest.approx(1000 * wish, rel=0.02)
    reached = made_of(lab).specimen.point.psnr
    section.aims.button(Aim.PSNR).click()
    assert section.state.value == pytest.approx(reached, abs=0.06)
    rest(lab, qtbot)
    assert made_of(lab).specimen.point.psnr == pytest.approx(reached, abs=0.2)
    for expected in (Aim.SIZE, Aim.SIZE, Aim.QUALITY):
        studio.undo_group.undo()
        assert section.state.aim == expected
    studio.undo_group.undo()
    assert not section.switch.isChecked()


def test_a_rival_stands_on_the_before_side(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    made = switch_on(lab, qtbot)
    studio.view.set_zoom(3)
    place = studio.view.visible_box()
    choose_rival(lab.section, "JPEG 4:2:0")
    rest(lab, qtbot)
    exhibit = lab.display.exhibit
    assert exhibit is not None
    rival = exhibit.rival
    assert rival is not None
    assert rival.point.size <= made.specimen.point.size
    assert np.array_equal(sides(studio)[0], rival.pixels)
    assert studio.view.visible_box() == place
    assert lab.section.sides.text().startswith("Left: JPEG 4:2:0, ")
    assert side(lab, after=False).label == f"JPEG 4:2:0, {size_text(rival.size)}"
    assert lab.section.figures.heads[1].text() == "JPEG 4:2:0"

    lab.section.equal.button(Equal.PSNR).click()
    rest(lab, qtbot)
    exhibit = lab.display.exhibit
    assert exhibit is not None
    assert exhibit.rival is not None
    assert exhibit.rival.point.psnr >= made.specimen.point.psnr or not exhibit.rival.reached
    choose_rival(lab.section, "")
    assert np.array_equal(sides(studio)[0], read_photo(path).pixels)
    assert lab.section.figures.heads[1].isHidden()


def test_the_difference_is_magnified_around_grey(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    made = switch_on(lab, qtbot)
    lab.section.views.button(Show.DIFFERENCE).click()
    assert lab.section.times.isVisible()
    lab.section.times.button(8).click()
    rest(lab, qtbot)
    original = read_photo(path).pixels.astype(int)
    wanted = np.clip(128 + 8 * (made.specimen.photo.pixels.astype(int) - original), 0, 255)
    assert np.array_equal(sides(studio)[1], wanted)
    choose_rival(lab.section, "JPEG 4:4:4")
    rest(lab, qtbot)
    exhibit = lab.display.exhibit
    assert exhibit is not None
    assert exhibit.rival is not None
    theirs = np.clip(128 + 8 * (exhibit.rival.pixels.astype(int) - original), 0, 255)
    assert np.array_equal(sides(studio)[0], theirs)  # both sides say the same of two files
    assert "difference ×8" in lab.section.sides.text()


def test_bits_are_laid_over_the_photo(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    pixels = picture(height=128, width=192)
    pixels[:, :96] = 90  # nothing to be told there
    open_photo(write_photo(Photo(pixels), tmp_path / "half.png"))
    switch_on(lab, qtbot)
    lab.section.views.button(Show.BITS).click()
    rest(lab, qtbot)
    shown = sides(studio)[1]
    assert shown[:, 104:].mean() > shown[:, :88].mean() + 20
    assert lab.section.most.text().endswith(" bits")
    lab.section.views.button(Show.PHOTO).click()
    assert np.array_equal(sides(studio)[1], made_of(lab).specimen.photo.pixels)


def test_undo_brings_back_what_is_known_at_once(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    first = switch_on(lab, qtbot)
    row = lab.section.rows[Aim.QUALITY]
    row.slider.setValue(20)
    row.slider.setValue(10)
    rest(lab, qtbot)
    coarse = made_of(lab)
    assert len(coarse.specimen.data) < len(first.specimen.data)
    studio.undo_group.undo()
    studio.undo_group.undo()
    assert row.value == 50
    assert lab.made is first
    assert sides(studio)[1] is first.specimen.photo.pixels
    studio.undo_group.undo()
    assert not studio.view.has_result
    assert not studio.unsaved
    studio.undo_group.redo()
    assert sides(studio)[1] is first.specimen.photo.pixels


def test_it_compresses_what_the_tools_made(
    studio: Studio, lab: CompressLab, denoise: Section, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    assert studio.current is not None
    restored = studio.services.results.find(studio.current.full_key(studio.steps))
    assert restored is not None
    made = switch_on(lab, qtbot)
    before, after = sides(studio)
    assert np.array_equal(before, restored.full.pixels)
    assert np.array_equal(after, made.specimen.photo.pixels)
    assert lab.section.sides.text().startswith("Left: Not compressed.\n")
    saved = save(studio, qtbot)
    assert saved.name == "sea-denoise-compress.aes"
    assert saved.read_bytes() == made.specimen.data
    xmp = read_photo(saved).metadata.xmp
    assert xmp is not None
    assert xmp.count(b"Denoise") == 1

    denoise.rows["strength"].slider.setValue(50)
    assert np.array_equal(sides(studio)[1], restored.full.pixels)  # the tool's work is seen at once
    rest(lab, qtbot)
    assert not np.array_equal(made_of(lab).original.pixels, restored.full.pixels)
    lab.section.switch.click()
    assert np.array_equal(sides(studio)[0], read_photo(path).pixels)
    assert np.array_equal(sides(studio)[1], restored.full.pixels)
    assert studio.view._scene.strength == 0.5
    denoise.switch.click()
    assert not studio.view.has_result


def test_esc_stops_and_run_goes_on(
    window: MainWindow, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    studio = window.studio
    open_photo(write_photo(Photo(picture(height=540, width=600)), tmp_path / "large.png"))
    with qtbot.waitSignal(studio.services.compressor.started, timeout=SLOW):
        lab.section.switch.click()
    assert lab.working
    assert studio.busy
    assert not studio.panel.save.isEnabled()
    assert window.status.text.text() == "Compressing large.png"
    window.actions_.cancel.trigger()
    rest(lab, qtbot)
    assert lab.made is None
    assert lab.stale
    assert not studio.unsaved
    assert window.status.bar.isHidden()
    window.actions_.run.trigger()
    rest(lab, qtbot)
    assert lab.made is not None
    assert studio.panel.save.isEnabled()
    assert "compress 0" in window.status.model.text()


def test_another_photo_stops_the_work_and_has_its_own_state(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, path: Path, qtbot: QtBot
) -> None:
    open_photo(write_photo(Photo(picture(height=540, width=600)), tmp_path / "large.png"))
    large = studio.current
    assert large is not None
    with qtbot.waitSignal(studio.services.compressor.started, timeout=SLOW):
        lab.section.switch.click()
    lab.section.flicker.click()
    open_photo(path)
    assert not lab.section.switch.isChecked()
    assert not lab.section.flicker.isChecked()
    rest(lab, qtbot)
    assert not studio.view.has_result
    switch_on(lab, qtbot)
    lab.section.rows[Aim.QUALITY].slider.setValue(80)
    rest(lab, qtbot)
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.filmstrip.select(large)
    assert lab.section.state.value == 50
    rest(lab, qtbot)
    assert sides(studio)[1] is made_of(lab).specimen.photo.pixels
    assert len(studio.unsaved) == 2


def test_all_are_saved_when_the_window_closes(
    window: MainWindow, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    made = switch_on(lab, qtbot)
    window.close()
    question = window.closing.question
    assert question is not None
    button = next(b for b in question.buttons() if question.buttonRole(b) == QMessageBox.ButtonRole.AcceptRole)
    with qtbot.waitSignal(window.closed, timeout=SLOW):
        button.click()
    assert path.with_name("sea-compress.aes").read_bytes() == made.specimen.data


def test_the_chart_is_measured_while_its_window_is_open(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    open_photo(write_photo(Photo(picture(height=40, width=56)), tmp_path / "small.png"))
    switch_on(lab, qtbot)
    choose_rival(lab.section, "WebP")
    lab.section.chart.click()
    window = lab.display.chart._window
    assert window is not None
    qtbot.waitUntil(lambda: len(window.chart._curves.get("JPEG 4:2:0", ())) > 1, timeout=SLOW)
    assert len(window.chart._curves["AEStudio"]) == 3  # something of each first
    rest(lab, qtbot)
    assert {len(points) for points in window.chart._curves.values()} == {9}
    exhibit = lab.display.exhibit
    assert exhibit is not None
    assert exhibit.rival is not None
    assert window.chart._current == {"AEStudio": exhibit.made.specimen.point, "WebP": exhibit.rival.point}
    window.chart.quality_chosen.emit(window.chart._curves["AEStudio"][1].quality)
    assert (lab.section.state.aim, lab.section.state.value) == (Aim.QUALITY, 12)
    rest(lab, qtbot)
    assert window.chart._current["AEStudio"] in window.chart._curves["AEStudio"]
    studio.undo_group.undo()
    assert lab.section.state.value == 50

    open_photo(write_photo(Photo(picture(height=40, width=48)), tmp_path / "other.png"))
    assert not window.chart._curves
    lab.section.switch.click()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    rest(lab, qtbot)
    assert not window.chart._curves


def test_the_code_is_shown_of_what_is_on_the_canvas(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    switch_on(lab, qtbot)
    lab.section.code.click()
    rest(lab, qtbot)
    window = lab.display._code_window
    assert window is not None
    first = window.view._code
    assert first is not None
    assert first.bits_by_channel.sum() / 8 == pytest.approx(made_of(lab).specimen.point.size, rel=0.1)
    lab.section.rows[Aim.QUALITY].slider.setValue(10)
    rest(lab, qtbot)
    assert window.view._code is not None
    assert window.view._code.bits_by_channel.sum() < first.bits_by_channel.sum()
    lab.section.switch.click()
    assert window.view._code is None
    window.close()


def test_before_and_after_flicker(
    studio: Studio, lab: CompressLab, denoise: Section, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    switch_on(lab, qtbot)
    QTest.keyClick(lab.section.flicker, Qt.Key.Key_Space)
    assert lab.section.flicker.isChecked()
    for shown in (True, False):
        qtbot.waitUntil(lambda shown=shown: studio.view._show_before is shown, timeout=SLOW)  # type: ignore[misc]
    denoise.header.click()
    assert not lab.section.is_open
    assert not lab.section.flicker.isChecked()
    assert not studio.view._show_before


def test_a_photo_of_more_bits_is_coded_at_eight_and_that_is_said(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    open_photo(write_photo(Photo(picture().astype(np.uint16) * 257), tmp_path / "deep.tif"))
    switch_on(lab, qtbot)
    assert studio.messages.text.text() == "The photo has 16 bits for each colour: it is compressed at 8."
    studio.save()
    dialog = studio.saving.dialog
    assert dialog is not None
    dialog.path_edit.setText(str(dialog.path.with_suffix(".tif")))
    assert dialog.options.bit_depth == 8
    dialog.reject()


def test_photos_smaller_than_a_window_have_no_ms_ssim(
    studio: Studio, lab: CompressLab, open_photo: OpenPhoto, tmp_path: Path, qtbot: QtBot
) -> None:
    open_photo(write_photo(Photo(picture(height=9, width=30)[..., :1]), tmp_path / "tiny.png"))
    switch_on(lab, qtbot)
    choose_rival(lab.section, "WebP")
    rest(lab, qtbot)
    assert [cell.text() for cell in lab.section.figures.values[3]] == ["–", "–"]
    assert side(lab, after=True).pixels is not None
    assert sides(studio)[0].shape == (9, 30, 3)


def test_without_the_model_everything_else_works(
    make_application: Callable[[], Application], path: Path, qtbot: QtBot
) -> None:
    studio = make_application().window.studio
    lab = studio.lab
    assert lab is not None
    qtbot.waitUntil(lambda: lab.section.note.text() != "", timeout=SLOW)
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.open_paths([path])
    assert not lab.section.switch.isEnabled()
    assert "compress" in lab.section.note.text()
    assert not lab.section.is_open
    lab.section.header.click()
    assert lab.section.note.isVisible()
    assert not lab.section.aims.isVisible()
    assert studio.messages.isHidden()
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        studio.panel.sections[0].switch.click()


def test_choices_are_made_with_the_arrow_keys(
    window: MainWindow, lab: CompressLab, open_photo: OpenPhoto, path: Path, qtbot: QtBot
) -> None:
    open_photo(path)
    lab.section.header.click()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    quality = lab.section.aims.button(Aim.QUALITY)
    quality.setFocus()
    QTest.keyClick(quality, Qt.Key.Key_Right)
    assert lab.section.state.aim == Aim.SIZE
    assert lab.section.size_row.isVisible()
    assert window.studio.current is not None
    window.studio.undo_group.undo()
    assert quality.isChecked()


def test_sizes_change_their_unit(qtbot: QtBot) -> None:
    row = SizeRow("Size", "How large.")
    qtbot.addWidget(row)
    row.set_range(10, 5000, 700)
    row.show_value(700)
    assert row.spin.text() == "700 KB"
    row.spin.setValue(1500)
    assert row.spin.text() == "1.50 MB"
    assert row.value == 1500
    row.spin.setValue(0.05)
    assert (row.value, row.spin.text()) == (50, "50.0 KB")
    row.slider.setValue(row.slider.maximum())
    assert row.value == 5000
    row.spin.setValue(0)
    assert row.value == 10


def test_the_scale_of_heat_ends_at_a_round_number() -> None:
    bits = np.linspace(0, 130, 64, dtype=np.float32).reshape(8, 8)
    assert most_bits(bits) == 150
    assert most_bits(np.zeros((2, 2), np.float32)) == 1
    picture_ = np.full((61, 59, 3), 128, np.uint8)
    shown = heat(picture_, bits, 150)
    assert shown.shape == picture_.shape
    assert shown[:8].mean() < shown[-8:].mean()
    assert np.array_equal(difference(picture_, picture_, 16), picture_)
