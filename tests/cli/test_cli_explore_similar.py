"""The command that finds similar photos and near-duplicates."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from small_explore import small_coder, small_photos

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def model(home: Path) -> None:
    small_coder(home / "DATA" / "aestudio" / "models", "photo-autoencoder")


@pytest.fixture(autouse=True)
def photos(home: Path) -> Path:
    """Six photos, a copy of the first, and one that lies elsewhere and is like the second."""
    folder = Path("shoot")
    folder.mkdir()
    pictures = [Image.fromarray(small) for small in small_photos(6)]
    for number, picture in enumerate(pictures):
        picture.resize((192, 160)).save(folder / f"{number}.png")
    shutil.copyfile(folder / "0.png", folder / "0 copy.png")
    pictures[1].resize((300, 200)).save("elsewhere.png")
    return folder


def test_photos_that_are_like_another_one_are_listed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explore", "similar", "shoot", "--to", "elsewhere.png", "--count", "3") == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if ".png" in line]
    assert len(rows) == 3
    assert "1.png" in rows[0]
    assert "%" in rows[0]


def test_programs_get_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explore", "similar", "shoot", "--to", "shoot/0.png", "--json") == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(found) == 6  # without itself
    assert Path(found[0]["file"]) == Path("shoot/0 copy.png")
    assert found[0]["score"] == pytest.approx(1, abs=1e-3)
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)


def test_near_duplicates_are_listed_and_stay_where_they_are(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explore", "similar", "shoot", "--duplicates", "--json") == 0
    (group,) = map(json.loads, capsys.readouterr().out.splitlines())
    kept, other = group["photos"]
    assert {Path(each["file"]).name for each in (kept, other)} == {"0.png", "0 copy.png"}
    assert (kept["keep"], kept["kind"]) == (True, None)
    assert (other["keep"], other["kind"]) == (False, "exact")
    assert (kept["width"], kept["height"]) == (192, 160)
    assert run("explore", "similar", "shoot", "--duplicates") == 0
    told = capsys.readouterr().out
    assert "1 groups, 1 photos besides those to keep. Nothing was deleted." in told
    assert len(list(Path("shoot").iterdir())) == 7


def test_a_folder_without_near_duplicates_says_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("shoot/0 copy.png").unlink()
    assert run("explore", "similar", "shoot", "--duplicates") == 0
    assert "No photo is a near-duplicate of another one." in capsys.readouterr().out


@pytest.mark.parametrize("options", [(), ("--to", "elsewhere.png", "--duplicates")])
def test_it_must_be_said_what_to_look_for(
    run: Run, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert run("explore", "similar", "shoot", *options) == 2
    assert "either --to with a photo, or --duplicates" in capsys.readouterr().err.replace("\n", " ")


def test_an_example_that_is_no_photo_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("letter.jpg").write_bytes(b"Dear Sir")
    assert run("explore", "similar", "shoot", "--to", "letter.jpg") == 2
    assert "letter.jpg" in capsys.readouterr().err
