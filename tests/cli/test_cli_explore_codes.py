"""The command that saves codes, and makes pictures of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from small_explore import small_coder

import aestudio.cli_explore.codes  # noqa: F401  # the command
from aestudio.explore.codes_file import read_codes
from aestudio.images.io import read_photo

Run = Callable[..., int]
MakePhoto = Callable[..., Path]
Told = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def models(home: Path) -> Path:
    folder = home / "DATA" / "aestudio" / "models"
    small_coder(folder, "photo-autoencoder")
    small_coder(folder, "night", variational=True)
    return folder


def test_codes_are_saved_and_become_pictures_again(run: Run, make_photo: MakePhoto, capsys: Told) -> None:
    make_photo("trip/1.png")
    make_photo("trip/below/1.jpg", noise=3)
    make_photo("trip/2.png", noise=5, height=100, width=50)
    Path("trip/4.jpg").write_bytes(b"no photo")
    assert run("explore", "codes", "trip", "-o", "codes.npz") == 0
    told = capsys.readouterr()
    assert "codes.npz: 3 codes of 16 numbers, by photo-autoencoder" in told.out
    assert "4.jpg" in told.err
    saved = read_codes(Path("codes.npz"))
    assert sorted(saved.paths) == ["trip/1.png", "trip/2.png", "trip/below/1.jpg"]

    assert run("explore", "codes", "--decode", "codes.npz", "-o", "new/pictures") == 0
    assert "3 pictures" in capsys.readouterr().out
    made = sorted(path.name for path in Path("new/pictures").iterdir())
    assert made == ["1-2.png", "1.png", "2.png"]
    assert read_photo(Path("new/pictures/2.png")).pixels.shape == (256, 128, 3)


def test_paths_may_be_absolute(run: Run, make_photo: MakePhoto) -> None:
    path = make_photo("trip/1.png").absolute()
    assert run("explore", "codes", "trip", "-o", "codes.npz", "--absolute") == 0
    assert [Path(each) for each in read_codes(Path("codes.npz")).paths] == [path]


def test_nothing_is_replaced_unless_that_is_meant(run: Run, make_photo: MakePhoto, capsys: Told) -> None:
    make_photo("trip/1.png")
    Path("codes.npz").write_bytes(b"mine")
    assert run("explore", "codes", "trip", "-o", "codes.npz") == 2
    assert "already exists" in capsys.readouterr().err
    assert Path("codes.npz").read_bytes() == b"mine"
    assert run("explore", "codes", "trip", "-o", "codes.npz", "--overwrite") == 0

    Path("out").mkdir()
    Path("out/1.png").write_bytes(b"mine")
    assert run("explore", "codes", "--decode", "codes.npz", "-o", "out") == 2
    assert "already exists" in capsys.readouterr().err
    assert Path("out/1.png").read_bytes() == b"mine"
    assert run("explore", "codes", "--decode", "codes.npz", "-o", "out", "--overwrite") == 0
    assert read_photo(Path("out/1.png")).pixels.shape == (192, 256, 3)


def test_the_model_is_that_of_the_file(run: Run, make_photo: MakePhoto, models: Path, capsys: Told) -> None:
    make_photo("trip/1.png")
    assert run("explore", "codes", "trip", "-o", "codes.npz", "--model", "night") == 0
    assert run("explore", "codes", "--decode", "codes.npz", "-o", "out") == 0
    capsys.readouterr()
    assert run("explore", "codes", "--decode", "codes.npz", "-o", "other", "--model", "photo-autoencoder") == 2
    assert "codes of the model night, which photo-autoencoder cannot read" in capsys.readouterr().err
    assert not Path("other").exists()
    for path in models.glob("night.*"):
        path.unlink()
    assert run("explore", "codes", "--decode", "codes.npz", "-o", "other") == 2
    assert "night" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "codes.npz"), "either folders of photos, or a file"),
        (("trip", "--decode", "a.npz", "-o", "out"), "either folders of photos, or a file"),
        (("trip", "-o", "codes.csv"), "Codes are saved in files that end in .npz"),
        (("trip", "-o", "none/codes.npz"), "The folder none does not exist"),
        (("--decode", "none.npz", "-o", "out"), "none.npz cannot be read"),
        (("--decode", "bad.npz", "-o", "out"), "bad.npz is damaged"),
    ],
)
def test_what_cannot_be_done_is_told(
    run: Run, make_photo: MakePhoto, capsys: Told, words: tuple[str, ...], said: str
) -> None:
    make_photo("trip/1.png")
    Path("bad.npz").write_bytes(b"PK")
    assert run("explore", "codes", *words) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert sorted(path.name for path in Path().iterdir()) == ["bad.npz", "trip"]


def test_a_file_is_no_folder_for_pictures(run: Run, make_photo: MakePhoto, capsys: Told) -> None:
    make_photo("trip/1.png")
    assert run("explore", "codes", "trip", "-o", "codes.npz") == 0
    assert run("explore", "codes", "--decode", "codes.npz", "-o", "trip/1.png") == 2
    assert "choose a folder" in capsys.readouterr().err


def test_originals_are_only_read(run: Run, make_photo: MakePhoto) -> None:
    path = make_photo("trip/1.png")
    before = path.read_bytes()
    assert run("explore", "codes", "trip", "-o", "trip/codes.npz") == 0
    assert run("explore", "codes", "--decode", "trip/codes.npz", "-o", "trip") == 2  # 1.png is there
    assert path.read_bytes() == before
    assert np.isfinite(read_codes(Path("trip/codes.npz")).codes).all()
