"""The command that lays out a folder as a map."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from small_explore import small_coder

from aestudio.cli_explore.map import Method
from aestudio.explore import maps

Run = Callable[..., int]
MakePhoto = Callable[..., Path]


@pytest.fixture(autouse=True)
def photos(home: Path, make_photo: MakePhoto) -> None:
    """A model, and ten photos with more and more noise."""
    small_coder(home / "DATA" / "aestudio" / "models", "photo-autoencoder")
    for number in range(10):
        make_photo(f"{number}.png", noise=4 * number)


def test_the_methods_are_those_that_there_are() -> None:
    assert {method.value for method in Method} == set(maps.METHODS)


@pytest.mark.parametrize("method", [maps.PIXELS, maps.CODES, maps.NEIGHBOURS])
def test_a_table_tells_where_each_photo_lies(
    run: Run, method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "map.csv"
    assert run("explore", "map", ".", "--method", method, "-o", out) == 0
    assert "map.csv: 10" in capsys.readouterr().out
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Path(row["path"]).name for row in rows] == [f"{number}.png" for number in range(10)]
    assert all(0 <= float(row[axis]) <= 1 for row in rows for axis in "xy")
    assert len({row["x"] for row in rows}) > 5


def test_a_picture_has_the_size_that_was_asked_for(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "map.png"
    assert run("explore", "map", ".", "--method", "code-pca", "--side", 500, "-o", out) == 0
    with Image.open(out) as picture:
        assert 400 < max(picture.size) <= 500


def test_what_cannot_be_is_told_before_photos_are_looked_at(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(maps, "has_umap", lambda: False)
    for words, said in (
        (("-o", there), "there.csv is there already"),
        (("-o", tmp_path / "map.txt"), ".csv or .png"),
        (("-o", tmp_path / "map.csv", "--method", "umap"), "UMAP is not installed"),
    ):
        assert run("explore", "map", "no such folder", *words) == 2
        assert said in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "mine"
    assert run("explore", "map", ".", "--overwrite", "--method", "pca", "-o", there) == 0
    assert run("explore", "map", ".", "--overwrite", "--method", "pca", "-o", "3.png") == 2
    assert "is one of the photos" in capsys.readouterr().err
