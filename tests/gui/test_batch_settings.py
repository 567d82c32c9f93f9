"""The right panel of Batch: what is chosen in it becomes a job, and a job is shown in it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aestudio.batch.job import BatchJob, JobStep, OutputRule, read_job, write_job
from aestudio.batch.keeping import kept_folder
from aestudio.batch.presets import BUILT_IN, PresetFolder
from aestudio.errors import SettingsError
from aestudio.gui.batch.presets import DELETE, SAVE, STUDIO
from aestudio.gui.batch.settings import BatchSettings
from aestudio.gui.batch.steps import StepSection
from aestudio.gui.consent import Consent
from aestudio.gui.lab.state import Aim, Compression
from aestudio.gui.session import OpenPhoto, ToolState
from aestudio.gui.task_panel import PANEL_WIDTH
from aestudio.images.io import write_photo
from aestudio.images.options import WRITABLE, SaveOptions
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo
from aestudio.tasks import TASKS, task
from aestudio.tasks.colorize import ColorizeSettings
from aestudio.tasks.denoise import DenoiseSettings
from aestudio.tasks.hints import Hint, write_hints
from aestudio.tasks.known_mark import KnownMark
from aestudio.tasks.unwatermark import UnwatermarkSettings

SLOW = 20_000  # ms
Section = Callable[[str], StepSection]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data, of this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "aestudio"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of photos, some of them below it."""
    folder = tmp_path / "Scans"
    for name in ("IMG_0012.jpg", "IMG_0100.jpg", "2024/b.tif"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_photo(Photo(np.zeros((8, 8, 3), np.uint8)), path)
    return folder


@pytest.fixture
def unbuilt(qapp: QApplication, qtbot: QtBot) -> Iterator[BatchSettings]:
    """The panel before the tools are there."""
    consent_parent = QWidget()
    consent = Consent(consent_parent)
    consent.remember(task("unwatermark"))  # else a question stops the test
    settings = BatchSettings(consent=consent)
    settings.show()
    qtbot.waitExposed(settings)
    yield settings
    settings.shutdown()
    settings.close()
    settings.deleteLater()
    consent_parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settings(unbuilt: BatchSettings) -> BatchSettings:
    unbuilt.build(TASKS)
    return unbuilt


@pytest.fixture
def section(settings: BatchSettings) -> Section:
    """The section of a tool."""
    return lambda tool: next(each for each in settings.steps.sections if each.task.id == tool)


@pytest.fixture
def full(tmp_path: Path, photos: Path) -> BatchJob:
    """A job with everything that can be chosen."""
    mask = write_photo(Photo(np.full((8, 8, 1), 255, np.uint8)), tmp_path / "mask.png")
    hints = write_hints((Hint(0.5, 0.5, 20, 20),), tmp_path / "hints.json")
    return BatchJob(
        (photos, photos / "IMG_0012.jpg"),
        (
            JobStep("denoise", {"sigma": 12.5, "strength": 0.8}, model="other"),
            JobStep("colorize", {"anew": True, "hints": str(hints)}),
            JobStep("unwatermark", {"mask": str(mask), "scale_mask": True, "paint_anew": False}),
        ),
        OutputRule(
            tmp_path / "out",
            "{name}-{n}",
            SaveOptions("TIFF", bit_depth=16, compression="lzw", metadata="basic"),
            "replace",
        ),
        recursive=False,
        include=("*.jpg", "2024/*.tif", "my photos*.png"),
        exclude=(photos / "IMG_0100.jpg",),
        most_errors=7,
        large=True,
        salvage=True,
    )


def choose(box: QComboBox, row: int) -> None:
    box.setCurrentIndex(row)
    box.activated.emit(row)


def pick(box: QComboBox, value: object) -> None:
    row = box.findData(value)
    assert row >= 0
    choose(box, row)


def write(edit: QLineEdit, text: str) -> None:
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def press(text: str) -> None:
    """The button of that text in the dialog that is going to be open."""

    def press_() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(0, press_)


# jobs


def test_a_job_comes_back_as_it_was_shown(settings: BatchSettings, full: BatchJob) -> None:
    settings.show_job(full)
    assert settings.job(full.sources) == full
    plain = BatchJob(full.sources, (JobStep("denoise"),), OutputRule(full.output.folder))
    settings.show_job(plain)
    assert settings.job(plain.sources) == plain
    assert settings.job([]).sources == ()


@pytest.mark.parametrize("name", [None, *WRITABLE])
@pytest.mark.parametrize(("quality", "bits"), [(None, None), (77, 8)])
def test_every_format_comes_back(
    settings: BatchSettings, full: BatchJob, name: str | None, quality: int | None, bits: int | None
) -> None:
    lossless = name in ("PNG", "TIFF")
    options = SaveOptions(name, quality=None if lossless else quality, bit_depth=bits, metadata="strip")
    job = replace(full, output=replace(full.output, options=options))
    settings.show_job(job)
    assert settings.job(job.sources) == job


def test_nothing_is_told_when_a_job_is_shown(settings: BatchSettings, full: BatchJob, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(settings.changed):
        settings.show_job(full)
        settings.show_sources(full.sources)


def test_a_job_that_comes_before_the_tools_is_shown_when_they_are_there(unbuilt: BatchSettings, full: BatchJob) -> None:
    assert unbuilt.loading.isVisible()
    with pytest.raises(SettingsError, match="being loaded"):
        unbuilt.job(full.sources)
    unbuilt.show_job(full)
    unbuilt.build(TASKS)
    assert not unbuilt.loading.isVisible()
    assert unbuilt.job(full.sources) == full


def test_the_panel_makes_a_job_by_hand(settings: BatchSettings, section: Section, photos: Path, qtbot: QtBot) -> None:
    settings.show_sources([photos])
    denoise = section("denoise")
    with qtbot.waitSignal(settings.changed):
        denoise.switch.click()
    with qtbot.waitSignal(settings.changed):
        denoise.rows["sigma"].slider.setValue(20)
    with qtbot.waitSignal(settings.changed):
        pick(settings.output.format_box, "JPEG")
    with qtbot.waitSignal(settings.changed):
        settings.output.quality.spin.setValue(90)
    with qtbot.waitSignal(settings.changed):
        pick(settings.output.metadata_box, "basic")
    with qtbot.waitSignal(settings.changed):
        pick(settings.output.existing_box, "number")
    write(settings.output.pattern_edit, "{name}-x")
    write(settings.choice.include_edit, "*.jpg, *.TIF")
    with qtbot.waitSignal(settings.changed):
        settings.choice.most_errors.setValue(3)
    assert settings.job([photos]) == BatchJob(
        (photos,),
        (JobStep("denoise", {"sigma": 10.0}),),
        OutputRule(
            photos.with_name("Scans-restored"),
            "{name}-x",
            SaveOptions("JPEG", quality=90, metadata="basic"),
            "number",
        ),
        recursive=True,
        include=("*.jpg", "*.TIF"),
        most_errors=3,
    )


def test_what_is_no_part_of_a_job_is_told_beside_it(settings: BatchSettings, qtbot: QtBot) -> None:
    assert not settings.watch
    with qtbot.waitSignal(settings.changed):
        settings.choice.toggles["watch"].switch.click()
    assert settings.watch


def test_knobs_that_are_automatic_say_so(settings: BatchSettings, section: Section, full: BatchJob) -> None:
    spin = section("denoise").rows["sigma"].spin
    assert spin.text() == "auto"
    settings.show_job(full)
    assert spin.text() == "12.5"
    section("denoise").rows["sigma"].auto.click()
    assert spin.text() == "auto"
    assert "sigma" not in settings.job(full.sources).steps[0].values


def test_steps_in_another_order_are_refused_and_change_nothing(settings: BatchSettings, full: BatchJob) -> None:
    settings.show_job(full)
    for steps in (full.steps[::-1], (full.steps[0], full.steps[0])):
        with pytest.raises(SettingsError, match="order that the window does not know"):
            settings.show_job(replace(full, steps=steps))
    with pytest.raises(SettingsError, match="from 0 to 60"):
        settings.show_job(replace(full, steps=(JobStep("denoise", {"sigma": 99.0}),)))
    assert settings.job(full.sources) == full


# what is missing


def test_what_is_missing_is_said(settings: BatchSettings, section: Section, photos: Path) -> None:
    with pytest.raises(SettingsError, match="switch on a tool"):
        settings.job([photos])
    section("denoise").switch.click()
    with pytest.raises(SettingsError, match="need a folder"):
        settings.job([photos])
    settings.show_sources([photos])
    assert settings.job([photos])
    write(settings.output.pattern_edit, "{nam}")
    with pytest.raises(SettingsError, match=r"“\{nam\}” cannot be used"):
        settings.job([photos])


def test_a_format_alone_is_something_to_do(settings: BatchSettings, photos: Path) -> None:
    settings.show_sources([photos])
    pick(settings.output.format_box, "AES")
    assert settings.job([photos]).steps == ()


def test_a_file_that_is_gone_is_said(settings: BatchSettings, section: Section, full: BatchJob) -> None:
    mask = full.steps[2].paths["mask"]
    mask.unlink()
    settings.show_job(full)
    assert section("unwatermark").files.rows["mask"].name.whole == "mask.png is missing"
    with pytest.raises(SettingsError, match=r"mask\.png is not there any more"):
        settings.job(full.sources)
    section("unwatermark").files.rows["mask"].clear.click()
    assert settings.job(full.sources).steps[2].paths == {}


def test_a_tool_that_is_off_misses_nothing(settings: BatchSettings, section: Section, full: BatchJob) -> None:
    full.steps[2].paths["mask"].unlink()
    settings.show_job(full)
    section("unwatermark").switch.click()
    assert settings.job(full.sources).steps == full.steps[:2]


# files


def test_files_are_chosen_and_let_go(
    settings: BatchSettings, section: Section, full: BatchJob, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    settings.show_job(full)
    rows = section("unwatermark").files.rows
    logo = full.output.folder.with_name("logo.png")
    logo.touch()
    asked: list[str] = []

    def file(parent: QWidget, title: str, start: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return str(logo), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", file)
    with qtbot.waitSignal(settings.changed):
        rows["logo"].choose.click()
    assert ".jpg" in asked[0]
    assert section("unwatermark").files.paths == {"logo": logo}  # a mask cannot be used together with it
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(full.sources[0]))
    rows["learn_from"].choose.click()
    assert section("unwatermark").files.paths == {"learn_from": full.sources[0]}
    with qtbot.waitSignal(settings.changed):
        rows["learn_from"].clear.click()
    assert section("unwatermark").files.paths == {}
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: ("", ""))
    with qtbot.assertNotEmitted(settings.changed):
        rows["logo"].choose.click()


# the folder and the example


def example(settings: BatchSettings) -> tuple[str, str]:
    output = settings.output
    assert output.example_to.isVisible()
    return output.example_from.whole, output.example_to.whole


def test_a_folder_beside_the_photos_is_proposed_until_one_is_chosen(settings: BatchSettings, photos: Path) -> None:
    edit = settings.output.folder_edit
    assert edit.text() == ""
    settings.show_sources([photos / "IMG_0012.jpg"])
    assert Path(edit.text()) == photos.with_name("Scans-restored")
    settings.show_sources([photos / "2024", photos])
    assert Path(edit.text()) == photos / "2024-restored"
    write(edit, "/somewhere")
    settings.show_sources([photos])
    assert edit.text() == "/somewhere"
    settings.show_sources([])
    assert edit.text() == "/somewhere"


def test_a_name_alone_is_a_folder_beside_the_photos(settings: BatchSettings, section: Section, photos: Path) -> None:
    section("denoise").switch.click()
    settings.show_sources([photos])
    write(settings.output.folder_edit, "Restored")
    assert settings.job([photos]).output.folder == photos.with_name("Restored")


def test_a_folder_is_chosen(
    settings: BatchSettings, photos: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    settings.show_sources([photos])
    started: list[str] = []

    def folder(parent: QWidget, title: str, start: str) -> str:
        started.append(start)
        return str(photos / "2024")

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    with qtbot.waitSignal(settings.changed):
        settings.output.browse.click()
    assert Path(settings.output.folder_edit.text()) == photos / "2024"
    assert started == [str(photos.parent)]  # the proposed one is not there yet


def test_the_example_follows_what_is_chosen(
    settings: BatchSettings, section: Section, photos: Path, qtbot: QtBot
) -> None:
    assert not settings.output.example_to.isVisible()
    settings.show_sources([photos])
    assert example(settings) == ("IMG_0012.jpg →", "Scans-restored/IMG_0012.jpg")
    pick(settings.output.format_box, "WEBP")
    write(settings.output.pattern_edit, "{n}-{name}-{task}")
    section("denoise").switch.click()
    expected = ("IMG_0012.jpg →", "Scans-restored/0001-IMG_0012-denoise.webp")
    qtbot.waitUntil(lambda: example(settings) == expected, timeout=SLOW)
    write(settings.choice.include_edit, "2024/*")
    expected = ("b.tif →", "Scans-restored/2024/0001-b-denoise.webp")
    qtbot.waitUntil(lambda: example(settings) == expected, timeout=SLOW)
    settings.choice.toggles["recursive"].switch.click()
    qtbot.waitUntil(lambda: not settings.output.example_to.isVisible(), timeout=SLOW)


def test_a_pattern_that_makes_no_names_is_said_in_place_of_the_example(
    settings: BatchSettings, photos: Path, qtbot: QtBot
) -> None:
    settings.show_sources([photos])
    write(settings.output.pattern_edit, "{task}")
    qtbot.waitUntil(lambda: "same name" in settings.output.problem.text(), timeout=SLOW)
    assert settings.output.problem.isVisible()
    assert not settings.output.example_to.isVisible()
    write(settings.output.pattern_edit, "{name}")
    qtbot.waitUntil(lambda: settings.output.example_to.isVisible(), timeout=SLOW)
    assert not settings.output.problem.isVisible()


def test_only_what_a_format_has_can_be_chosen(settings: BatchSettings) -> None:
    output = settings.output
    bits = {None: [8], "JPEG": [8], "PNG": [8, 16], "TIFF": [8, 16, 32], "WEBP": [8], "AVIF": [8], "AES": [8]}
    assert set(bits) == {None, *WRITABLE}
    for name, depths in bits.items():
        pick(output.format_box, name)
        assert output.quality.isVisible() == (name not in ("PNG", "TIFF"))
        assert [output.depth_box.itemData(row) for row in range(output.depth_box.count())] == [None, *depths]


# presets


def test_a_preset_sets_steps_and_format_and_nothing_else(settings: BatchSettings, full: BatchJob, qtbot: QtBot) -> None:
    settings.show_job(full)
    box, preset = settings.presets, BUILT_IN[-1]
    with qtbot.waitSignal(settings.changed):
        choose(box, box.row_of(preset))
    assert box.currentText() == preset.name
    job = settings.job(full.sources)
    assert (job.steps, job.output.pattern, job.output.options) == (preset.steps, None, preset.options)
    assert (job.output.folder, job.output.existing) == (full.output.folder, full.output.existing)
    assert (job.include, job.recursive, job.most_errors) == (full.include, full.recursive, full.most_errors)
    pick(settings.output.format_box, "PNG")
    assert box.currentText() == "No preset"


def test_a_preset_stays_where_other_photos_are_chosen(settings: BatchSettings, photos: Path) -> None:
    box = settings.presets
    choose(box, box.row_of(BUILT_IN[0]))
    settings.show_sources([photos])
    settings.choice.toggles["recursive"].switch.click()
    assert box.currentText() == BUILT_IN[0].name


def test_a_preset_is_saved_replaced_and_deleted(
    settings: BatchSettings, full: BatchJob, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, folder = settings.presets, PresetFolder()
    assert folder.folder == home / "presets"
    settings.show_job(full)
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: ("Grandma", True))
    choose(box, box.row_of(SAVE))
    assert box.currentText() == "Grandma"
    saved = folder.read("Grandma")
    assert (saved.steps, saved.pattern, saved.options) == (full.steps, full.output.pattern, full.output.options)

    settings.steps.sections[0].switch.click()
    assert box.currentText() == "No preset"
    press("Cancel")
    choose(box, box.row_of(SAVE))
    assert folder.read("Grandma") == saved
    press("Replace")
    choose(box, box.row_of(SAVE))
    assert folder.read("Grandma").steps == full.steps[1:]
    assert box.currentText() == "Grandma"

    press("Cancel")
    choose(box, box.row_of(DELETE))
    assert folder.has("Grandma")
    press("Delete")
    choose(box, box.row_of(DELETE))
    assert not folder.has("Grandma")
    assert box.currentText() == "No preset"
    assert settings.job(full.sources).steps == full.steps[1:]  # what it was stays


def test_only_own_presets_can_be_deleted(settings: BatchSettings) -> None:
    box = settings.presets
    choose(box, box.row_of(BUILT_IN[0]))
    flags = box.model().flags(box.model().index(box.row_of(DELETE), 0))
    assert not flags & Qt.ItemFlag.ItemIsEnabled


def test_a_name_that_is_taken_by_the_program_is_refused(
    settings: BatchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: (BUILT_IN[0].name, True))
    choose(settings.presets, settings.presets.row_of(SAVE))
    assert settings.note.isVisible()
    assert "comes with AEStudio" in settings.note.text()


def test_a_bad_preset_is_said_and_hides_no_other(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    folder = PresetFolder()
    folder.save(replace(BUILT_IN[0], name="good"))
    (home / "presets" / "bad.json").write_text("{")
    settings = BatchSettings()
    qtbot.addWidget(settings)
    settings.show()
    assert "bad.json" in settings.note.text()
    assert settings.presets.findText("good") > 0


def test_arrow_keys_take_no_row_on_their_way(settings: BatchSettings, qtbot: QtBot) -> None:
    box = settings.presets
    with qtbot.assertNotEmitted(box.activated):
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.view().isVisible()
        box.hidePopup()
        QTest.keyClick(box, Qt.Key.Key_S)


# jobs in files


def test_a_job_is_saved_and_loaded(
    settings: BatchSettings, full: BatchJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    settings.show_job(full)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "night"), ""))
    settings.save.click()
    assert settings.note.text() == "Job saved as night.json."
    assert read_job(tmp_path / "night.json") == full

    settings.steps.sections[0].switch.click()
    assert not settings.note.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(tmp_path / "night.json"), ""))
    with qtbot.waitSignal(settings.changed), qtbot.waitSignal(settings.job_loaded) as loaded:
        settings.load.click()
    assert loaded.args == [full]
    assert settings.job(full.sources) == full


def test_a_job_that_is_not_complete_is_not_saved(settings: BatchSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: pytest.fail("it was asked for a file"))
    settings.save.click()
    assert "switch on a tool" in settings.note.text()


def test_a_file_that_is_no_job_is_said(
    settings: BatchSettings, full: BatchJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    settings.show_job(full)
    path = write_job(replace(full, steps=full.steps[::-1]), tmp_path / "night.json")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    with qtbot.assertNotEmitted(settings.job_loaded):
        settings.load.click()
        assert "order that the window does not know" in settings.note.text()
        path.write_text("{")
        settings.load.click()
    assert "not a batch job" in settings.note.text()
    assert settings.job(full.sources) == full


# taking over from the studio


def entry_of(photos: Path, **states: ToolState) -> OpenPhoto:
    return OpenPhoto(photos / "IMG_0012.jpg", tools=dict(states))


def test_the_studio_is_asked(settings: BatchSettings, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.take_over_requested):
        choose(settings.presets, settings.presets.row_of(STUDIO))


def test_tools_are_taken_over_as_they_are(settings: BatchSettings, photos: Path, qtbot: QtBot) -> None:
    settings.show_sources([photos])
    off = ToolState(False, UnwatermarkSettings(sensitivity=0.9))
    entry = entry_of(photos, denoise=ToolState(True, DenoiseSettings(0.5, 8.0)), unwatermark=off)
    with qtbot.waitSignal(settings.changed):
        settings.take_over(entry)
    assert settings.job([photos]).steps == (JobStep("denoise", {"sigma": 8.0, "strength": 0.5}),)
    assert settings.presets.currentText() == "As in Studio"
    assert not kept_folder().exists()


def test_mask_and_hints_are_kept_in_files(settings: BatchSettings, photos: Path, home: Path, qtbot: QtBot) -> None:
    settings.show_sources([photos])
    mask = np.zeros((8, 8), np.uint8)
    mask[2:4, 2:6] = 255
    colours = ColorizeSettings(warmth=5.0, hints=(Hint(0.5, 0.25, 30, -10),))
    marks = UnwatermarkSettings(mask=PaintedMask.of(mask), paint_anew=False)
    entry = entry_of(photos, colorize=ToolState(True, colours), unwatermark=ToolState(True, marks))
    with qtbot.waitSignal(settings.taking.finished, timeout=SLOW):
        settings.take_over(entry)
        with pytest.raises(SettingsError, match="still being taken over"):
            settings.job([photos])
        assert not settings.presets.isEnabled()
    job = settings.job([photos])
    assert [step.settings() for step in job.steps] == [colours, marks]
    paths = [path for step in job.steps for path in step.paths.values()]
    assert paths == [home / "kept" / "IMG_0012-hints.json", home / "kept" / "IMG_0012-mask.png"]
    assert settings.presets.isEnabled()


def test_a_learnt_mark_becomes_a_logo(settings: BatchSettings, section: Section, photos: Path, qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    mark = KnownMark("Ada", np.float32(1) - rng.random((8, 9), np.float32), rng.random((8, 9, 3), np.float32))
    entry = entry_of(photos, unwatermark=ToolState(True, UnwatermarkSettings(learn_from=mark)))
    with qtbot.waitSignal(settings.taking.finished, timeout=SLOW):
        settings.take_over(entry)
    assert section("unwatermark").files.paths == {"logo": kept_folder() / "Ada.png"}


def test_files_that_were_kept_are_saved_beside_the_job(
    settings: BatchSettings, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    settings.show_sources([photos])
    colours = ColorizeSettings(hints=(Hint(0.5, 0.25, 30, -10),))
    with qtbot.waitSignal(settings.taking.finished, timeout=SLOW):
        settings.take_over(entry_of(photos, colorize=ToolState(True, colours)))
    (tmp_path / "jobs").mkdir()
    path = tmp_path / "jobs" / "night.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
    settings.save.click()
    table = json.loads(path.read_text(encoding="utf-8"))
    assert table["steps"][0]["settings"] == {"hints": "night-files/IMG_0012-hints.json"}
    assert read_job(path).steps[0].settings() == colours
    assert read_job(path).identity() == settings.job([photos]).identity()


def test_a_disk_that_refuses_is_said(settings: BatchSettings, photos: Path, home: Path, qtbot: QtBot) -> None:
    home.mkdir(parents=True, exist_ok=True)
    kept_folder().write_text("no folder")
    colours = ColorizeSettings(hints=(Hint(0.5, 0.25, 30, -10),))
    with qtbot.waitSignal(settings.taking.finished, timeout=SLOW):
        settings.take_over(entry_of(photos, colorize=ToolState(True, colours)))
    assert "cannot be made" in settings.note.text()
    assert settings.steps.steps == ()
    assert settings.presets.isEnabled()


def test_a_photo_without_tools_gives_nothing(settings: BatchSettings, full: BatchJob, photos: Path) -> None:
    settings.show_job(full)
    settings.take_over(entry_of(photos))
    assert "No tool is on for IMG_0012.jpg" in settings.note.text()
    assert settings.job(full.sources) == full


@pytest.mark.parametrize(
    ("aim", "value", "quality"), [(Aim.QUALITY, 33.4, 33), (Aim.QUALITY, 0.0, 1), (Aim.PSNR, 40.0, None)]
)
def test_compress_becomes_the_format(
    settings: BatchSettings, photos: Path, aim: Aim, value: float, quality: int | None
) -> None:
    settings.show_sources([photos])
    entry = entry_of(photos)
    entry.compression = Compression(True, aim, value)
    settings.take_over(entry)
    assert settings.job([photos]).output.options == SaveOptions("AES", quality)


# a tool's question


def test_a_tool_is_asked_about_once(qapp: QApplication, qtbot: QtBot, photos: Path) -> None:
    settings = BatchSettings()
    qtbot.addWidget(settings)
    settings.build(TASKS)
    settings.show()
    section = settings.steps.sections[2]
    press("No")
    with qtbot.assertNotEmitted(settings.changed):
        section.switch.click()
    assert not section.switch.isChecked()
    assert settings.steps.steps == ()

    preset = BUILT_IN[2]
    press("No")
    choose(settings.presets, settings.presets.row_of(preset))
    assert settings.steps.steps == preset.steps[:1]
    assert settings.presets.currentText() == "No preset"

    press("Yes, I have")
    section.switch.click()
    assert section.switch.isChecked()
    section.switch.click()
    section.switch.click()  # nobody asks again
    assert section.switch.isChecked()


# while a job runs


def test_nothing_can_be_changed_while_a_job_runs(settings: BatchSettings, section: Section, full: BatchJob) -> None:
    settings.show_job(full)
    settings.set_locked(True)
    denoise = section("denoise")
    controls = (
        denoise.switch,
        denoise.rows["sigma"].spin,
        section("colorize").files.rows["hints"].choose,
        settings.output.folder_edit,
        settings.output.format_box,
        settings.choice.include_edit,
        settings.presets,
        settings.load,
    )
    assert not any(control.isEnabled() for control in controls)
    denoise.header.click()  # it can be looked at
    assert denoise.is_open
    assert settings.job(full.sources) == full
    settings.set_locked(False)
    assert all(control.isEnabled() for control in controls)


def test_tools_that_come_while_a_job_runs_are_locked_too(unbuilt: BatchSettings) -> None:
    unbuilt.set_locked(True)
    unbuilt.build(TASKS)
    assert not unbuilt.steps.sections[0].switch.isEnabled()


# the look


def test_one_tool_is_open_at_a_time(settings: BatchSettings, section: Section) -> None:
    assert not any(each.is_open for each in settings.steps.sections)
    section("denoise").header.click()
    section("colorize").header.click()
    assert [each.is_open for each in settings.steps.sections] == [False, True, False]
    assert settings.output.is_open


def test_it_is_as_wide_as_the_panel_of_the_studio_with_every_section_open(
    settings: BatchSettings, full: BatchJob, qtbot: QtBot
) -> None:
    settings.show_job(full)
    settings.resize(PANEL_WIDTH, 500)
    for each in (*settings.steps.sections, settings.output, settings.choice):
        each.fold(False)
    QCoreApplication.sendPostedEvents()
    assert settings.width() == PANEL_WIDTH
    inside = settings.output.parentWidget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= PANEL_WIDTH - 16  # with a scroll bar beside it


def test_every_control_has_a_name_and_a_tip(settings: BatchSettings) -> None:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QSlider)
    controls = [control for kind in kinds for control in settings.findChildren(kind)]
    own = [control for control in controls if not isinstance(control.parentWidget(), QComboBox | QAbstractSpinBox)]
    assert len(own) > 40
    for control in own:
        assert control.accessibleName(), control
        assert control.toolTip(), control.accessibleName()
