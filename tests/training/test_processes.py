"""Training in processes of its own: killed at any moment, and two of them together."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import safetensors.torch
import torch
from PIL import Image
from small_explore import small_photos

from aestudio.training.places import CHECKPOINT

KILLS = 3  # benchmarks/training.py does a hundred
RECIPE = """
name = "small"
version = "1"
architecture = "denoising-unet"
arguments = { channels = [4, 8, 8], blocks = [1, 1, 1, 1, 1] }
steps = 120
batch = 4
patch = 32
held_out = 1
validate_every = 40
checkpoint_minutes = 0.001
precision = "32-true"
[folders]
one = 1.0
"""


@pytest.fixture(scope="module")
def recipe_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "small.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def unbroken(recipe_file: Path, shared_photo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a run in one piece and one process left its model."""
    out = tmp_path_factory.mktemp("unbroken")
    subprocess.run([sys.executable, *command(recipe_file, shared_photo_dir, out)], check=True, timeout=120)
    return out


def command(recipe: Path, photos: Path, out: Path, task: str = "denoise") -> list[str]:
    return [
        *("-m", "aestudio", "train", task, "--recipe", str(recipe), "--data", str(photos)),
        *("--out", str(out), "--device", "cpu", "--quiet"),
    ]


def trained(out: Path) -> dict[str, torch.Tensor]:
    return safetensors.torch.load((out / "small.safetensors").read_bytes())


def test_a_run_that_is_killed_again_and_again_comes_to_the_same_weights(
    recipe_file: Path, shared_photo_dir: Path, unbroken: Path, tmp_path: Path
) -> None:
    chance, kills = random.Random(3), 0
    killed = [sys.executable, *command(recipe_file, shared_photo_dir, tmp_path / "killed")]
    while not (tmp_path / "killed" / "small.json").exists():
        process = subprocess.Popen(killed)
        checkpoint = tmp_path / "killed" / "small" / CHECKPOINT
        before = checkpoint.stat().st_mtime_ns if checkpoint.exists() else 0
        while process.poll() is None and kills < KILLS:  # it has begun, and saved something new
            if checkpoint.exists() and checkpoint.stat().st_mtime_ns != before:
                try:
                    process.wait(chance.uniform(0, 0.3))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                    break
        process.wait(120)
    assert kills == KILLS
    expected = trained(unbroken)
    for name, weight in trained(tmp_path / "killed").items():
        assert torch.equal(weight, expected[name]), name


def test_two_processes_come_to_what_one_does(
    recipe_file: Path, shared_photo_dir: Path, unbroken: Path, tmp_path: Path
) -> None:
    together = command(recipe_file, shared_photo_dir, tmp_path / "together")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    torchrun = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    subprocess.run([*torchrun, *together], check=True, timeout=240, env=environment)
    expected = trained(unbroken)
    for name, weight in trained(tmp_path / "together").items():
        assert torch.allclose(weight, expected[name], atol=2e-4), name


LEVELS = """
name = "small"
version = "1"
architecture = "variational-autoencoder"
arguments = { channels = [4, 4, 8, 8, 8], code = 16 }
stacked = 6
stacked_share = 0.6
steps = 20
batch = 4
patch = 128
shorter = 128
held_out = 1
validate_every = 20
precision = "32-true"
[folders]
one = 1.0
"""


def test_two_processes_teach_level_by_level(tmp_path: Path) -> None:
    folder = tmp_path / "photos" / "one"
    folder.mkdir(parents=True)
    for index, pixels in enumerate(small_photos(5)):
        Image.fromarray(pixels).save(folder / f"{index}.png")
    (tmp_path / "levels.toml").write_text(LEVELS, encoding="utf-8")
    together = command(tmp_path / "levels.toml", tmp_path / "photos", tmp_path / "out", "explore")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    torchrun = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    subprocess.run([*torchrun, *together], check=True, timeout=240, env=environment)
    weights = trained(tmp_path / "out")
    assert weights["to_code.weight"].shape[0] == 32
    assert all(torch.isfinite(weight).all() for weight in weights.values())
