"""The command that sorts by example."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_explore import small_coder, small_photos

import aestudio.cli_explore.sort  # noqa: F401  # the command
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo

Run = Callable[..., int]
Told = pytest.CaptureFixture[str]
COUNT = 20


@pytest.fixture(autouse=True)
def trip(home: Path) -> Path:
    """Dark and bright pictures in turn."""
    small_coder(home / "DATA" / "aestudio" / "models", "photo-autoencoder")
    folder = Path("trip")
    folder.mkdir()
    for number, small in enumerate(small_photos(COUNT)):
        write_photo(Photo(small // 4 + (180 if number % 2 else 0)), folder / f"{number:02}.png")
    return folder


@pytest.fixture
def labels() -> Path:
    """Five of each."""
    return write("labels.csv", [(f"trip/{number:02}.png", kind(number)) for number in range(10)])


def kind(number: int) -> str:
    return "bright" if number % 2 else "dark"


def write(name: str, lines: list[tuple[str, str]]) -> Path:
    path = Path(name)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("path", "class"), *lines])
    return path


def test_the_others_are_sorted_into_a_table(run: Run, labels: Path, capsys: Told) -> None:
    before = {path: path.read_bytes() for path in Path("trip").iterdir()}
    assert run("explore", "sort", "trip", "--labels", labels, "-o", "sorted.csv") == 0
    with Path("sorted.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == COUNT
    assert all(line["class"] == kind(int(Path(line["path"]).stem)) for line in table)
    told = capsys.readouterr().out
    assert "sorted right" in told
    assert "sorted.csv" in told
    assert {path: path.read_bytes() for path in Path("trip").iterdir()} == before


def test_without_a_file_it_is_told(run: Run, labels: Path, capsys: Told) -> None:
    assert run("explore", "sort", "trip", "--labels", labels) == 0
    told = capsys.readouterr().out
    assert told.count(".png") == COUNT
    assert told.count("labelled") >= 10


def test_json_has_photos_and_how_good_it_is(run: Run, labels: Path, capsys: Told) -> None:
    assert run("explore", "sort", "trip", "--labels", labels, "--json", "--tune") == 0
    *photos, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(photos) == COUNT
    assert sum(photo["labelled"] for photo in photos) == 10
    assert all(photo["class"] == kind(int(Path(photo["file"]).stem)) for photo in photos)
    assert last["classes"] == ["dark", "bright"]
    assert last["quality"]["labelled"] == 10
    assert last["quality"]["low"] <= last["quality"]["right"] <= last["quality"]["high"]
    assert set(last["tuned"]) == {"helped", "before", "after"}


def test_fine_tuning_says_whether_it_helped(run: Run, labels: Path, capsys: Told) -> None:
    assert run("explore", "sort", "trip", "--labels", labels, "--tune", "-o", "sorted.csv") == 0
    assert "Fine-tuning" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "No photo is labelled"),
        ([("trip/00.png", "dark"), ("trip/02.png", "dark")], "All labels are of the class “dark”"),
        ([("trip/00.png", "dark"), ("trip/01.png", "bright")], "too few"),
        ([("trip/00.png", "")], "Line 2"),
        ([("elsewhere/00.png", "dark")], "elsewhere/00.png"),
    ],
)
def test_labels_that_are_not_enough_are_refused_with_a_sentence(
    run: Run, capsys: Told, lines: list[tuple[str, str]], words: str
) -> None:
    assert run("explore", "sort", "trip", "--labels", write("labels.csv", lines)) == 2
    assert words in capsys.readouterr().err


def test_nothing_is_replaced_unasked(run: Run, labels: Path, capsys: Told) -> None:
    photo = Path("trip/00.png").read_bytes()
    assert run("explore", "sort", "trip", "--labels", labels, "-o", labels, "--overwrite") == 2
    assert run("explore", "sort", "trip", "--labels", labels, "-o", "trip/00.png", "--overwrite") == 2
    Path("sorted.csv").write_text("mine", encoding="utf-8")
    assert run("explore", "sort", "trip", "--labels", labels, "-o", "sorted.csv") == 2
    assert Path("sorted.csv").read_text(encoding="utf-8") == "mine"
    assert Path("trip/00.png").read_bytes() == photo
    assert labels.read_text(encoding="utf-8").startswith("path,class")
    assert run("explore", "sort", "trip", "--labels", labels, "-o", "sorted.csv", "--overwrite") == 0
    assert "sorted.csv" in capsys.readouterr().out
