"""`aestudio train` from folder and recipe to weights and card."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio import cli
from aestudio.models.loader import load_model

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
