"""A small model on disk."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

from aestudio.models.card import ModelCard
from aestudio.models.networks import BUILDERS

ARGUMENTS = {"channels": [8, 8, 8], "blocks": [1, 0, 1, 0, 1]}


@pytest.fixture
def card() -> ModelCard:
    """A card whose weights do not exist."""
    return ModelCard(
        name="작은 모델",
        version="1",
        task="denoise",
        architecture="denoising-unet",
        arguments=ARGUMENTS,
        input_range=(0.0, 1.0),
        multiple_of=8,
        overlap=32,
        parameters=1,
        kmac_per_pixel=1.0,
        sha256="",
        license="Apache-2.0",
        training_folders=[],
        steps=0,
        device="none",
        hours=0.0,
        scores={"psnr": {"25": 30.5}},
        limits=[],
    )


@pytest.fixture
def save_model(tmp_path: Path, card: ModelCard) -> Callable[..., Path]:
    """Saves a small model of random weights, with changes to its card; gives the card's path."""

    def save(folder: Path = tmp_path, name: str = "small", **changes: Any) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(0)
        data = safetensors.torch.save(BUILDERS["denoising-unet"](**ARGUMENTS).state_dict())
        (folder / f"{name}.safetensors").write_bytes(data)
        changed = replace(card, **{"name": name, "sha256": sha256(data).hexdigest()} | changes)
        path = folder / f"{name}.json"
        path.write_text(changed.to_json(), encoding="utf-8")
        return path

    return save
