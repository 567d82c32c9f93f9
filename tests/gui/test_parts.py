"""Models of the user's own inside the tools: chosen on the page of models, and at work everywhere in the window."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from small_codec import write_small_codec
from small_model import save_model

from aestudio.batch.job import read_job, write_job
from aestudio.codec.container import unpack
from aestudio.gui.app import Application
from aestudio.gui.main_window import MainWindow
from aestudio.gui.models.list import Column
from aestudio.gui.models.page import ModelsPage
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.photo import Pixels
from aestudio.models.card import ModelCard

SLOW = 30_000
NOISE = "noise-level"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the user's own models, with one that tells how much noise there is."""
    folder = tmp_path / "data" / "aestudio" / "models"  # where tools look, whatever the window was given
    save_model(folder, "mine", NOISE, seed=1)
    return folder


@pytest.fixture
def built_in(models: Path, codec_folder: Path, tmp_path: Path) -> Path:
    """Small models that came with the program, a codec among them."""
    folder = tmp_path / "built in"
    folder.mkdir()
    for source in (*models.iterdir(), *codec_folder.iterdir()):
        shutil.copy(source, folder)
    save_model(folder, NOISE, NOISE)
    return folder


@pytest.fixture
def make(
    make_application: Callable[..., Application], built_in: Path, own: Path, qtbot: QtBot
) -> Callable[[], Application]:
    """Builds the program, and looks through its models."""

    def make_() -> Application:
        application = make_application(built_in, own)
        qtbot.waitUntil(lambda: application.services.models.known, timeout=SLOW)
        return application

    return make_


@pytest.fixture
def application(make: Callable[[], Application]) -> Application:
    return make()


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ModelsPage:
    """The page, looking at that model."""
    window.show_mode(window.pages.indexOf(window.models))
    window.models.look_at("mine")
    return window.models


@pytest.fixture
def done(
    studio: Studio,
    denoise: Section,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> Studio:
    """The studio with a photo that was denoised by the noise that the built-in model found."""
    open_photo(make_photo())
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    return studio


def look_again(studio: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.services.models.changed, timeout=SLOW):
        studio.services.models_changed.emit()


def whose(page: ModelsPage) -> dict[str, str]:
    model = page.list.entries_
    rows = range(model.rowCount())
    return {model.index(row, Column.NAME).data(): model.index(row, Column.WHOSE).data() for row in rows}


def after(studio: Studio) -> Pixels:
    side = studio.view._scene._tiles.after
    assert side is not None
    return side.pixels


def sigma(studio: Studio) -> float:
    assert studio.current is not None
    return studio.current.findings["denoise"].values["sigma"]


# the page


def test_a_model_is_taken_into_use_on_its_page(page: ModelsPage, window: MainWindow, own: Path) -> None:
    details = page.details
    assert whose(page)[NOISE] == "Built-in, in use"
    assert whose(page)["mine"] == "Your own"
    assert "“Use this one” lets it work there" in details.try_.toolTip()
    assert details.use.isVisible()
    details.use.click()
    assert whose(page)[NOISE] == "Built-in"
    assert whose(page)["mine"] == "Your own, in use"
    assert "in use" in details.facts.text()
    assert not details.use.isEnabled()
    assert details.use.toolTip() == "This model is in use."
    assert list(window.keeper.value.parts) == ["noise-level=mine"]
    row = page.list.entries_.row_of(NOISE, own=False)
    assert row is not None
    page.list.look_at(row)
    assert "in use" not in details.facts.text()
    details.use.click()
    assert whose(page)[NOISE] == "Built-in, in use"
    assert not window.keeper.value.parts
    page.list.look_at(0)
    assert details.name.whole == "denoise"
    assert not details.use.isVisible()  # that is chosen in the tool
    assert "in use" not in details.facts.text()


def test_a_damaged_one_cannot_be_taken_into_use(page: ModelsPage, studio: Studio, own: Path, qtbot: QtBot) -> None:
    (own / "mine.safetensors").write_bytes(b"nothing")
    look_again(studio, qtbot)
    assert page.details.name.whole == "mine"
    assert not page.details.use.isEnabled()
    assert page.details.use.toolTip() == "The model is damaged."


# the studio


def test_the_studio_works_with_it_at_once_and_forgets_what_the_other_found(
    done: Studio, page: ModelsPage, qtbot: QtBot
) -> None:
    usual, level = after(done), sigma(done)
    with qtbot.waitSignals([done.settled, done.services.opener.finished], timeout=SLOW):
        page.details.use.click()
    other, found = after(done), sigma(done)
    assert found != level
    assert not np.array_equal(other, usual)
    assert done.panel.sections[0].rows["sigma"]._found == pytest.approx(found)
    with qtbot.assertNotEmitted(done.services.restorations.started):
        done.services.parts.use(NOISE, NOISE)  # what is known is not made again
        assert after(done) is usual
    qtbot.waitUntil(lambda: bool(done.current and "denoise" in done.current.findings), timeout=SLOW)
    assert sigma(done) == level


def test_photos_that_are_not_looked_at_are_worked_on_anew_when_they_are(
    done: Studio,
    page: ModelsPage,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    first, usual, level = done.current, after(done), sigma(done)
    assert first is not None
    open_photo(make_photo("other.png", seed=1))
    assert done.unsaved == [first]
    with qtbot.waitSignal(done.services.opener.finished, timeout=SLOW):
        page.details.use.click()
    assert done.unsaved == [first]  # it would be lost now as before
    assert "denoise" not in first.findings
    with qtbot.waitSignals([done.settled, done.services.opener.finished], timeout=SLOW):
        done.filmstrip.select(first)
    assert sigma(done) != level
    assert not np.array_equal(after(done), usual)


def test_one_that_is_gone_gives_way_to_the_built_in_one_and_that_is_told(
    done: Studio, page: ModelsPage, own: Path, qtbot: QtBot
) -> None:
    usual = after(done)
    with qtbot.waitSignals([done.settled, done.services.opener.finished], timeout=SLOW):
        page.details.use.click()
    for ending in (".json", ".safetensors"):
        (own / f"mine{ending}").rename(own / f"dusk{ending}")
    look_again(done, qtbot)
    assert done.keeper.parts == {NOISE: "dusk"}  # the same under another name
    (own / "dusk.json").unlink()
    look_again(done, qtbot)
    assert done.services.parts.models == {}
    assert done.keeper.value.parts == ()
    assert np.array_equal(after(done), usual)
    assert "The model “dusk” is not there any more: Noise level works with the built-in one." in (
        done.messages.text.text()
    )


def test_what_was_chosen_is_in_use_at_the_next_start(make: Callable[[], Application], qtbot: QtBot) -> None:
    make().services.parts.use(NOISE, "mine")
    application = make()
    assert application.services.parts.names == {NOISE: "mine"}
    assert [entry and entry.name for entry in map(application.services.parts.working, (NOISE, "compress"))] == [
        "mine",
        "compress",
    ]


# batches


def test_jobs_of_the_batch_carry_it(
    page: ModelsPage, window: MainWindow, make_photo: Callable[..., Path], tmp_path: Path
) -> None:
    photo = make_photo()
    page.details.use.click()
    settings = window.batch.settings
    settings.output.folder_edit.setText(str(tmp_path / "out"))
    settings.steps.sections[0].switch.click()
    job = settings.job([photo])
    assert job.parts == {NOISE: "mine"}
    assert read_job(write_job(job, tmp_path / "job.json")).parts == job.parts
    window.services.parts.use(NOISE, NOISE)
    assert settings.job([photo]).parts == {}
    settings.job_loaded.emit(job)
    assert "The job had other models inside its tools." in window.batch.messages.text.text()


# small files


def test_a_codec_of_ones_own_makes_the_small_files(
    window: MainWindow,
    studio: Studio,
    page: ModelsPage,
    own: Path,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    qtbot: QtBot,
) -> None:
    card = ModelCard.read(write_small_codec(own, "tiny", seed=1))
    look_again(studio, qtbot)
    lab = studio.lab
    assert lab is not None
    open_photo(make_photo())
    qtbot.waitUntil(lambda: lab.model is not None, timeout=SLOW)
    lab.section.switch.click()
    qtbot.waitUntil(lambda: lab.at_rest and lab.made is not None, timeout=SLOW)
    usual = lab.made
    page.look_at("tiny")
    assert not page.details.try_.isEnabled()
    page.details.use.click()
    assert page.details.try_.isEnabled()
    assert lab.made is None  # the other one's file is not shown
    qtbot.waitUntil(lambda: lab.at_rest and lab.made is not None, timeout=SLOW)
    assert lab.model is not None
    assert lab.model.label == "tiny 0"
    made = lab.made
    assert made is not None
    assert made is not usual
    assert made.specimen.stream.header.weights.hex() == card.sha256
    studio.save()
    dialog = studio.saving.dialog
    assert dialog is not None
    with qtbot.waitSignal(studio.saving.finished, timeout=SLOW):
        dialog.accept()
    assert studio.current is not None
    assert studio.current.saved_as is not None
    assert unpack(studio.current.saved_as.read_bytes()).header.model == "tiny"
    window.services.parts.use("compress", "compress")
    qtbot.waitUntil(lambda: lab.at_rest and lab.made is not None, timeout=SLOW)
    assert lab.made is usual
