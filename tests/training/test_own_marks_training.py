"""One's own marks are laid over photos in their own shape and colours, beside those that are drawn."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from aestudio.errors import AEStudioError, SettingsError, TrainingDataError
from aestudio.tasks.mark_library import MarkLibrary
from aestudio.training.data.pool import pool_of
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.marks import Marking, mark
from aestudio.training.teaching.own_marks import MOST, read_marks, with_own
from aestudio.training.teaching.stamps import HEIGHT, WIDTH, Stamps, draw_stamps
from aestudio.training.teaching.unwatermark import FindMarksObjective

PLAIN = Marking(none=0, tiled=0, soft=0, shadow=0, outline=0, band=0, jpeg_share=0, opacity=(0.9, 0.95), smallest=30)
LEFT, RIGHT = (250, 20, 20), (20, 20, 250)


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """Half red, half blue, half transparent."""
    image = Image.new("RGBA", (60, 40))
    draw = ImageDraw.Draw(image)
    draw.rectangle((5, 5, 29, 34), fill=(*LEFT, 128))
    draw.rectangle((30, 5, 54, 34), fill=(*RIGHT, 128))
    folder = tmp_path / "logos"
    folder.mkdir()
    image.save(folder / "logo.png")
    return folder / "logo.png"


@pytest.fixture
def library(tmp_path: Path) -> MarkLibrary:
    return MarkLibrary(tmp_path / "kept")


@pytest.fixture(scope="module")
def drawn() -> Stamps:
    return draw_stamps(6, 1)


def test_marks_come_from_files_folders_and_those_that_are_kept(logo: Path, library: MarkLibrary) -> None:
    Image.new("RGB", (20, 20)).save(logo.parent / "photo.jpg")  # what is no mark is passed over in a folder
    library.add_file(logo)
    found = read_marks((str(logo), str(logo.parent), "logo"), library)
    assert [each.name for each in found] == ["logo", "logo", "logo"]
    assert read_marks((), library) == ()


def test_what_holds_no_mark_is_refused_by_name(tmp_path: Path, library: MarkLibrary) -> None:
    Image.new("RGB", (20, 20)).save(tmp_path / "photo.png")
    (tmp_path / "empty").mkdir()
    (tmp_path / "none").mkdir()
    Image.new("RGB", (20, 20)).save(tmp_path / "none" / "photo.png")
    cases: tuple[tuple[str, type[AEStudioError], str], ...] = (
        (str(tmp_path / "photo.png"), SettingsError, r"photo\.png has no transparent background"),
        (str(tmp_path / "empty"), TrainingDataError, "no marks in .*empty"),
        (str(tmp_path / "none"), TrainingDataError, r"No file in .*none is a mark; the first: photo\.png"),
        ("nonsense", TrainingDataError, "no mark “nonsense”"),
    )
    for name, kind, sentence in cases:
        with pytest.raises(kind, match=sentence):
            read_marks((name,), library)


def test_too_many_marks_are_refused(logo: Path, library: MarkLibrary) -> None:
    with pytest.raises(SettingsError, match=f"{MOST + 1} marks"):
        read_marks((str(logo),) * (MOST + 1), library)


def test_a_bank_holds_drawn_and_own_marks(logo: Path, library: MarkLibrary, drawn: Stamps) -> None:
    own = read_marks((str(logo),), library)
    bank = with_own(drawn, own, 4)
    assert bank.own is not None
    assert bank.sheets is not None
    assert bank.cover.shape == (10, HEIGHT, WIDTH)
    assert bank.own.tolist() == [-1] * 6 + [0] * 4
    assert bank.sheets.shape == (1, 3, HEIGHT, WIDTH)
    assert torch.equal(bank.cover[:6], drawn.cover)
    assert int(bank.cover[6].max()) == 255  # however faint the file is
    assert bank.sheets[0, :, HEIGHT // 2, WIDTH // 2 - 20].tolist() == list(LEFT)
    assert bank.sheets[0, :, HEIGHT // 2, WIDTH // 2 + 20].tolist() == list(RIGHT)
    assert with_own(drawn, own, 0) is drawn
    assert bank.to(torch.device("cpu")).own is not None


def test_own_marks_keep_their_colours(logo: Path, library: MarkLibrary, drawn: Stamps) -> None:
    bank = with_own(replace(drawn, cover=drawn.cover[:0], extent=drawn.extent[:0], dated=drawn.dated[:0]), (), 0)
    bank = with_own(bank, read_marks((str(logo),), library), 3)
    grey = torch.full((20, 3, 96, 96), 0.5)
    marked = mark(grey, bank, PLAIN, torch.Generator().manual_seed(1))
    coloured = 0
    for photo, cover in zip(marked.photo, marked.cover[:, 0], strict=True):
        colours = photo[:, cover > 0.8]
        red, blue = ((colours[a] - colours[b] > 0.6).any() for a, b in ((0, 2), (2, 0)))
        coloured += bool(red and blue)
    assert coloured > 8  # of 20, some of which lie half outside, and some come in one colour


def test_without_own_marks_nothing_changes(drawn: Stamps) -> None:
    clean = torch.rand(6, 3, 48, 48, generator=torch.Generator().manual_seed(2))
    generator = torch.Generator().manual_seed(5)
    mark(clean, drawn, Marking(), generator)
    assert torch.randint(2**31, (2,), generator=generator).tolist() == [1039940884, 1601053450]


def test_an_objective_reads_its_marks_at_once_and_lays_them(recipe: Recipe, logo: Path) -> None:
    with pytest.raises(TrainingDataError, match="no mark “nonsense”"):
        FindMarksObjective(replace(recipe, marks=("nonsense",)))
    pool = pool_of([(np.full((80, 80, 3), 128, np.uint8), 1.0)])
    objective = FindMarksObjective(replace(recipe, marks=(str(logo),), marks_share=1.0, marking=PLAIN, batch=8))
    x, target = objective.batch(pool, 0)
    assert x.shape == (8, 3, 32, 32)
    assert target.shape == (8, 1, 16, 16)
    assert torch.equal(x, objective.batch(pool, 0)[0])
