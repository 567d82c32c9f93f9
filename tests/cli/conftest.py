"""A user's folders, with a small model for each tool; commands are run as a user runs them."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.torch
import torch

from aestudio import cli
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo
from aestudio.models.card import ModelCard
from aestudio.models.networks import BUILDERS
from aestudio.tasks import TASKS

ARGUMENTS: dict[str, dict[str, Any]] = {
    "denoising-unet": {"channels": [8, 8, 8], "blocks": [1, 0, 1, 0, 1]},
    "colorizing-unet": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2},
    "mark-remover": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 0], "heads": 2},
    "mark-finder": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2},
    "inpainter": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2},
}
NETWORKS = {
    "colorize": "colorizing-unet",
    "unwatermark": "mark-remover",
    "mark-finder": "mark-finder",
    "inpaint": "inpainter",
}
Run = Callable[..., int]
MakePhoto = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders, with a small model for each tool, and an empty current folder."""
    for kind in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "home" / kind))
    models = {tool.model: tool.id for tool in TASKS} | {name: name for name in ("mark-finder", "inpaint")}
    for name, task_id in models.items():
        save_model(tmp_path / "home" / "DATA" / "aestudio" / "models", name, task_id)
    photos = tmp_path / "photos"
    photos.mkdir()
    monkeypatch.chdir(photos)
    return tmp_path / "home"


def save_model(folder: Path, name: str, task_id: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    network = NETWORKS.get(task_id, "denoising-unet")
    net = BUILDERS[network](**ARGUMENTS[network])
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in net.parameters():
            weight.normal_(0, 0.05, generator=generator)
    data = safetensors.torch.save(net.state_dict())
    (folder / f"{name}.safetensors").write_bytes(data)
    card = ModelCard(
        name=name,
        version="1",
        task=task_id,
        architecture=network,
        arguments=ARGUMENTS[network],
        input_range=(0, 1),
        multiple_of=16,
        overlap=32,
        parameters=1,
        kmac_per_pixel=1,
        sha256=sha256(data).hexdigest(),
        license="Apache-2.0",
        training_folders=[],
        steps=0,
        device="none",
        hours=0,
        scores={},
        limits=[],
    )
    (folder / f"{name}.json").write_text(card.to_json(), encoding="utf-8")


@pytest.fixture
def make_photo(home: Path) -> MakePhoto:
    """Writes a photo into the current folder; with noise of 15 levels unless told otherwise."""

    def make(name: str, noise: float = 15, height: int = 72, width: int = 96) -> Path:
        rng = np.random.default_rng(0)
        ramp = np.linspace(60, 190, width)[None, :, None] + np.zeros((height, 1, 3))
        pixels = np.clip(np.rint(ramp + rng.normal(0, 1, ramp.shape) * noise), 0, 255).astype(np.uint8)
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_photo(Photo(pixels), path)

    return make


def no_window(photos: Sequence[Path]) -> int:
    raise AssertionError(f"the window was opened with {photos}")


@pytest.fixture
def run() -> Run:
    """Runs a command; the exit code. A command that opens the window fails the test."""
    return lambda *argv: cli.main([str(word) for word in argv], open_window=no_window)


@pytest.fixture
def add_model(home: Path) -> Callable[[str, str], None]:
    """Installs one more small model: its name, and the tool that it is made for."""
    return lambda name, task_id: save_model(home / "DATA" / "aestudio" / "models", name, task_id)
