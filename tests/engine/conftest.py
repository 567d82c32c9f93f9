"""A small network with a short reach, saved as a model on disk."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from torch import nn

from aestudio.models.card import ModelCard
from aestudio.models.loader import LoadedModel, load_model
from aestudio.models.networks import BUILDERS

ARGUMENTS = {"channels": [8, 8, 8], "blocks": [1, 0, 1, 0, 1]}  # sees 28 pixels to each side


def make_card(**changes: Any) -> ModelCard:
    """A card for the small network."""
    values: dict[str, Any] = {
        "name": "small",
        "version": "1",
        "task": "denoise",
        "architecture": "denoising-unet",
        "arguments": ARGUMENTS,
        "input_range": (0.0, 1.0),
        "multiple_of": 8,
        "overlap": 32,
        "parameters": 1,
        "kmac_per_pixel": 1.0,
        "sha256": "",
        "license": "Apache-2.0",
        "training_folders": [],
        "steps": 0,
        "device": "none",
        "hours": 0.0,
        "scores": {},
        "limits": [],
    }
    return ModelCard(**values | changes)


def small_network() -> nn.Module:
    """Random weights that change the picture everywhere, by about as much as strong noise does."""
    net = BUILDERS["denoising-unet"](**ARGUMENTS)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, weight in net.named_parameters():
            weight.normal_(0, 0.04 if name.startswith("tail") else 0.15, generator=generator)
    return net


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    """The small network, loaded from disk."""
    folder = tmp_path_factory.mktemp("models")
    data = safetensors.torch.save(small_network().state_dict())
    (folder / "small.safetensors").write_bytes(data)
    card: Path = folder / "small.json"
    card.write_text(make_card(sha256=sha256(data).hexdigest()).to_json(), encoding="utf-8")
    return load_model(card, torch.device("cpu"))


@pytest.fixture
def model_of() -> Callable[[nn.Module], LoadedModel]:
    """Makes a loaded model of any module."""
    return lambda net: LoadedModel(make_card(), net.eval(), torch.device("cpu"))
