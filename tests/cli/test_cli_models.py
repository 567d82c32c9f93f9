"""`aestudio models`, run as a user runs it."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_model import save_model

from aestudio.models.card import ModelCard, Start, Taught
from aestudio.training.judging.verdict import Comparison, decide

Run = Callable[..., int]


def python(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False)


@pytest.fixture
def own(home: Path) -> Path:
    """The user's models, without the small ones in the place of built-in models."""
    folder = home / "DATA" / "aestudio" / "models"
    for path in folder.iterdir():
        path.unlink()
    return folder


@pytest.fixture
def run_dir() -> Path:
    """What a run left in the current folder."""
    path = save_model(Path("run"), "night", "denoise")
    news: dict[str, Any] = {
        "date": "2026-05-01",
        "source": Taught(kind="series", digest="ab"),
        "settings": {"patch": 64},
        "start": Start(name="denoise", version="1.0", steps=5, device="cpu", hours=1.0),
        "scores": {"held-out photos": {"seconds": 3.0, "psnr": 33.25, "psnr_white": 30.0}},
        "license": "",
    }
    path.write_text(replace(ModelCard.read(path), **news).to_json(), encoding="utf-8")
    return path.parent


def judged(run_dir: Path, gain: float) -> None:
    places = [str(place) for place in range(8)]
    photos = Comparison.of(places, [30.0] * 8, [30.0 + gain] * 8)
    (run_dir / "verdict.json").write_text(decide("denoise", "psnr", photos, None).to_json(), encoding="utf-8")


@pytest.mark.parametrize("argv", [["models", "--help"], ["models", "list", "--help"], ["models"], ["models", "lost"]])
def test_help_loads_nothing_that_computes(argv: list[str]) -> None:
    script = f"""
import sys
from aestudio import cli
code = cli.main({argv!r}, open_window=len)
assert not {{"torch", "numpy", "cv2"}} & sys.modules.keys()
sys.exit(code)
"""
    assert python(script).returncode == (0 if "--help" in argv else 2)


def test_the_list_is_there_without_torch(own: Path) -> None:
    script = """
import sys
from aestudio import cli
code = cli.main(["models", "list"], open_window=len)
assert "torch" not in sys.modules
sys.exit(code)
"""
    done = python(script)
    assert done.returncode == 0, done.stderr
    assert "colorize" in done.stdout


def test_a_model_from_its_run_to_its_end(
    run: Run, run_dir: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judged(run_dir, 0.5)
    assert run("models", "adopt", run_dir, "--name", "Night at ISO 6400") == 0
    assert run("models", "rename", "Night at ISO 6400", "night") == 0
    capsys.readouterr()
    assert run("models", "list", "--json") == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in listed][-1] == "night"
    mine = listed[-1]
    assert (mine["tool"], mine["own"], mine["base"], mine["date"]) == ("denoise", True, "denoise", "2026-05-01")
    assert mine["score"] == {"psnr": 33.25}
    assert mine["problem"] is None
    assert not any(line["own"] for line in listed[:-1])

    assert run("models", "list") == 0
    assert "psnr 33.25" in capsys.readouterr().out
    assert run("models", "show", "night") == 0
    text = capsys.readouterr().out
    for words in (
        "the user's own (series)",
        '{"patch": 64}',
        "denoise 1.0",
        "the user's own, none given",
        "2026-05-01",
    ):
        assert words in text

    assert run("models", "export", "night", "-o", "night.zip") == 0
    assert run("models", "delete", "night", "--yes") == 0
    assert list(own.iterdir()) == []
    assert run("models", "import", "night.zip", "--name", "back") == 0
    assert sorted(path.name for path in own.iterdir()) == ["back.json", "back.safetensors"]


def test_a_restoration_works_with_an_adopted_model(
    run: Run, run_dir: Path, own: Path, make_photo: Callable[..., Path]
) -> None:
    assert run("models", "adopt", run_dir / "night.json") == 0
    assert run("denoise", make_photo("a.png"), "-o", "out", "--model", "night") == 0


def test_what_is_no_better_is_adopted_only_if_asked(
    run: Run, run_dir: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judged(run_dir, -0.5)
    assert run("models", "adopt", run_dir) == 2
    assert "not better than the one in use" in (said := capsys.readouterr().err)
    assert "--even-if-worse" in said
    assert run("models", "adopt", run_dir, "--even-if-worse") == 0


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["show", "absent"], "There is no model “absent”. There are: colorize, "),
        (["adopt", "."], "there is no model"),
        (["adopt", "run", "--name", "denoise"], "came with AEStudio. Please choose another name"),
        (["rename", "denoise", "x"], "cannot be renamed or deleted"),
        (["delete", "denoise", "--yes"], "cannot be renamed or deleted"),
        (["delete", "night"], "please add --yes"),
        (["import", "absent.zip"], "absent.zip holds no model"),
        (["export", "absent", "-o", "out"], "no model “absent”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, run_dir: Path, own: Path, capsys: pytest.CaptureFixture[str], argv: list[str], sentence: str
) -> None:
    assert run("models", *argv) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    assert not own.exists() or list(own.iterdir()) == []


def test_a_damaged_model_does_not_break_the_list(
    run: Run, own: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (own / "broken.json").write_text("{", encoding="utf-8")
    save_model(own, "denoise", "denoise")
    assert run("models", "list") == 0
    captured = capsys.readouterr()
    assert "broken" in captured.out
    assert "damaged" in captured.out
    assert "in place of" in " ".join(captured.out.split())
    assert "broken.json is damaged" in captured.err
    assert run("models", "show", "broken") == 2
    assert "broken.json is damaged" in capsys.readouterr().err
