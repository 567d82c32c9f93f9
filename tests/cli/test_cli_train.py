"""`aestudio train` from folder and recipe to weights and card."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import platformdirs
import pytest
import torch
from PIL import Image
from small_explore import small_coder
from small_model import save_model

from aestudio import cli, cli_train
from aestudio.models.loader import load_model
from aestudio.training import probe
from aestudio.training.events import Ended, Event, Found, Probed, from_line

RECIPE = """
name = "tiny"
version = "1"
architecture = "denoising-unet"
arguments = { channels = [4, 8, 8], blocks = [1, 1, 1, 1, 1] }
steps = 4
batch = 2
patch = 32
held_out = 1
precision = "32-true"
[folders]
one = 1.0
"""


def no_window(photos: Sequence[Path]) -> int:
    raise AssertionError(f"a window for {photos}")


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Three photos, a recipe, and the command for them."""
    (tmp_path / "photos" / "one").mkdir(parents=True)
    for index in range(3):
        pixels = np.random.default_rng(index).integers(0, 256, (64, 80, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "photos" / "one" / f"{index}.png")
    (tmp_path / "recipe.toml").write_text(RECIPE, encoding="utf-8")
    return ["--data", str(tmp_path / "photos"), "--recipe", str(tmp_path / "recipe.toml"), "-o", str(tmp_path / "out")]


def test_a_recipe_becomes_a_model(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "denoise", *arguments], open_window=no_window) == 0
    model = load_model(tmp_path / "out" / "tiny.json", torch.device("cpu"))
    assert model.card.steps == 4
    assert "tiny.json" in capsys.readouterr().out


def test_an_unknown_task_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "sharpen", *arguments], open_window=no_window) == 2
    assert "“sharpen” cannot be trained" in capsys.readouterr().err


def test_a_missing_recipe_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["train", "denoise", "--data", str(tmp_path), "--recipe", str(tmp_path / "none.toml")]
    assert cli.main(command, open_window=no_window) == 2
    assert "none.toml" in capsys.readouterr().err


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Photos of one's own, a small model to go on from, and the command for them."""
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "aestudio")
    monkeypatch.setattr(probe, "SECONDS", 0.1)
    save_model(tmp_path / "aestudio" / "models", "tiny", "denoise")
    folder = tmp_path / "mine"
    folder.mkdir()
    rng = np.random.default_rng(2)
    for index in range(9):
        coarse = rng.integers(20, 235, (9, 10, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((160, 144), Image.Resampling.BICUBIC).save(folder / f"{index}.png")
    Image.new("RGB", (20, 20)).save(folder / "stamp.png")
    return ["--data", str(folder), "--from", "tiny", "--patch", "32", "--device", "cpu", "--batch", "2"]


def events_of(text: str) -> list[Event]:
    return [from_line(line) for line in text.splitlines()]


def test_a_dry_run_tells_what_is_there(own: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "denoise", *own, "--dry-run", "--json"], open_window=no_window) == 0
    events = events_of(capsys.readouterr().out)
    found = next(event for event in events if isinstance(event, Found))
    assert found.usable == 9
    assert [Path(name).name for name in found.small] == ["stamp.png"]
    assert isinstance(events[-1], Probed)


def test_own_photos_become_a_candidate(own: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = str(tmp_path / "run")
    command = ["train", "denoise", *own, "--steps", "4", "-o", run, "--name", "mine"]
    assert cli.main(command, open_window=no_window) == 0
    said = capsys.readouterr().out
    assert "9 photos can be used" in said
    assert "1 are too small" in said
    assert "mine.json" in said
    assert "The new model is" in said
    assert load_model(tmp_path / "run" / "mine.json", torch.device("cpu")).card.steps == 4
    assert cli.main(["train", "denoise", "--resume", "-o", run, "--json"], open_window=no_window) == 0
    end = events_of(capsys.readouterr().out)[-1]
    assert isinstance(end, Ended)
    assert end.state == "finished"


def explore_command(own: list[str], tmp_path: Path, *more: str) -> list[str]:
    small_coder(tmp_path / "aestudio" / "models", "codes")
    return ["train", "explore", *own[:2], "--batch", "2", "--steps", "2", "--device", "cpu", "--from", "codes", *more]


def test_a_coder_of_own_photos_sees_noise_and_becomes_variational(own: list[str], tmp_path: Path) -> None:
    more = (
        "--variational",
        "--beta",
        "2",
        "--input-noise",
        "20",
        "--input-dropout",
        "0.1",
        "-o",
        str(tmp_path / "run"),
    )
    assert cli.main([*explore_command(own, tmp_path, *more), "--quiet"], open_window=no_window) == 0
    card = load_model(tmp_path / "run" / "my-explore.json", torch.device("cpu")).card
    assert (card.architecture, card.start and card.start.name) == ("variational-autoencoder", "codes")
    chosen = {name: card.settings[name] for name in ("beta", "input_noise", "input_dropout")}
    assert chosen == {"beta": 2.0, "input_noise": 20.0, "input_dropout": 0.1}


EXPLORE_RECIPE = """
name = "tiny"
version = "1"
architecture = "photo-autoencoder"
arguments = { channels = [4, 4, 8, 8, 8], code = 16 }
steps = 2
batch = 2
patch = 128
held_out = 1
precision = "32-true"
[folders]
mine = 1.0
"""


def test_a_recipe_for_a_coder_is_changed_by_options(own: list[str], tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(EXPLORE_RECIPE, encoding="utf-8")
    command = ["train", "explore", "--data", str(tmp_path), "--recipe", str(path), "-o", str(tmp_path / "out")]
    options = ["--variational", "--input-dropout", "0.2", "--device", "cpu", "--quiet"]
    assert cli.main([*command, *options], open_window=no_window) == 0
    card = load_model(tmp_path / "out" / "tiny.json", torch.device("cpu")).card
    assert (card.architecture, card.settings["input_dropout"]) == ("variational-autoencoder", 0.2)


@pytest.mark.parametrize(
    ("more", "said"), [(["--beta", "2"], "Only a variational"), (["--patch", "64"], "128×128"), (["--plain"], "")]
)
def test_what_a_coder_cannot_be_is_refused(
    own: list[str], more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = explore_command(own, tmp_path, "--dry-run", "--quiet", *more)
    assert cli.main(command, open_window=no_window) == (2 if said else 0)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--variational"], "are for “explore” alone"),
        (["--iso", "high"], "“high” is no range of ISO"),
        (["--until", "noon"], "“noon” is no time of day"),
        (["--resume", "--dry-run"], "Please leave out --dry-run or --resume"),
        (["--from", "absent"], "no model “absent”"),
    ],
)
def test_wrong_options_are_refused(
    own: list[str], more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["train", "denoise", *own, "-o", str(tmp_path / "run"), *more]
    assert cli.main(command, open_window=no_window) == 2
    assert said in capsys.readouterr().err


def test_photos_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "denoise", "-o", str(tmp_path / "run")], open_window=no_window) == 2
    assert "--data" in capsys.readouterr().err
    assert cli.main(["train", "denoise", "--resume", "-o", str(tmp_path / "run")], open_window=no_window) == 2
    assert "There is no training run" in capsys.readouterr().err


def test_the_end_of_a_night_is_the_next_one() -> None:
    now = datetime.now().astimezone()
    later, earlier = ((now + timedelta(minutes=minutes)).strftime("%H:%M") for minutes in (10, -10))
    assert cli_train.hours_left(None, later) == pytest.approx(10 / 60, abs=1 / 59)
    assert cli_train.hours_left(None, earlier) == pytest.approx(24 - 10 / 60, abs=1 / 59)
    assert cli_train.hours_left(2.0, None) == 2.0
