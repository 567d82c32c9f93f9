"""The command that finds odd photos."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from small_explore import small_coder, small_photos

import aestudio.cli_explore.odd  # noqa: F401  # the command
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo

Run = Callable[..., int]
Told = pytest.CaptureFixture[str]
COUNT = 24


@pytest.fixture(autouse=True)
def trip(home: Path) -> Path:
    """Soft pictures, and a black one."""
    small_coder(home / "DATA" / "aestudio" / "models", "photo-autoencoder")
    folder = Path("trip")
    folder.mkdir()
    noise = np.random.default_rng(0)
    for number, small in enumerate(small_photos(COUNT)):
        pixels = np.clip(small + noise.normal(0, 4, small.shape), 0, 255).astype(np.uint8)
        write_photo(Photo(pixels if number != 7 else np.zeros_like(pixels)), folder / f"{number:02}.png")
    return folder


def lines(capsys: Told) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_oddest_comes_first_with_its_reasons(run: Run, capsys: Told) -> None:
    assert run("explore", "odd", "trip", "--count", 3) == 0
    told = capsys.readouterr().out
    assert "07.png" in told
    assert "darker" in told
    assert told.count(".png") == 3
    assert f" of {COUNT} photos." in told


def test_json_has_scores_and_signals(run: Run, capsys: Told) -> None:
    assert run("explore", "odd", "trip", "--json") == 0
    found = lines(capsys)
    assert len(found) == 20
    assert found[0]["file"] == str(Path("trip/07.png"))
    assert found[0]["apart"] is True
    for each in found:
        signals = each["signals"]
        assert isinstance(signals, dict)
        assert each["score"] == pytest.approx(max(map(abs, signals.values())), abs=2e-4)
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, key=lambda score: -float(str(score)))


def test_a_score_says_how_many(run: Run, capsys: Told) -> None:
    assert run("explore", "odd", "trip", "--json", "--above", 0) == 0
    scores = [float(str(each["score"])) for each in lines(capsys)]
    assert len(scores) == COUNT
    assert run("explore", "odd", "trip", "--json", "--above", (scores[4] + scores[5]) / 2) == 0
    assert len(lines(capsys)) == 5
    assert run("explore", "odd", "trip", "--json", "--above", 10_000) == 0
    assert lines(capsys) == []


def test_what_cannot_be_done_is_told(run: Run, trip: Path, capsys: Told) -> None:
    assert run("explore", "odd", "trip", "--count", 3, "--above", 2) == 2
    assert "either --count or --above" in capsys.readouterr().err
    for path in sorted(trip.iterdir())[5:]:
        path.unlink()
    assert run("explore", "odd", "trip") == 2
    assert "fewer than 20 photos" in " ".join(capsys.readouterr().err.split())
