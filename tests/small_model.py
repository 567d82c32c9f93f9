"""A small network for each tool, of fixed random weights: what they make is no good, but the same each time."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import nn

from aestudio.models.card import ModelCard
from aestudio.models.networks import BUILDERS
from aestudio.tasks import TASKS

ARGUMENTS: dict[str, dict[str, Any]] = {
    "denoising-unet": {"channels": [8, 8, 8], "blocks": [1, 0, 1, 0, 1]},
    "colorizing-unet": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2},
    "mark-remover": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 0], "heads": 2},
    "mark-finder": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2},
    "inpainter": {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2},
    "noise-level": {"filters": 4, "channels": 4},
}
NETWORKS = {
    "colorize": "colorizing-unet",
    "unwatermark": "mark-remover",
    "mark-finder": "mark-finder",
    "inpaint": "inpainter",
    "noise-level": "noise-level",
}


def save_models(folder: Path) -> Path:
    """Models for all tools under the names that they ask for; the folder."""
    models = {tool.model: tool.id for tool in TASKS} | {name: name for name in ("mark-finder", "inpaint")}
    for name, task_id in models.items():
        save_model(folder, name, task_id)
    return folder


def save_model(folder: Path, name: str, task_id: str, seed: int = 0) -> Path:
    """Write weights, which are others for another seed, and card; the card's path."""
    network = NETWORKS.get(task_id, "denoising-unet")
    net = BUILDERS[network](**ARGUMENTS[network])
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for weight in net.parameters():
            weight.normal_(0, 0.05, generator=generator)
    return write_model(folder, name, task_id, network, ARGUMENTS[network], net)


def write_model(folder: Path, name: str, task_id: str, network: str, arguments: dict[str, Any], net: nn.Module) -> Path:
    """Write a network's weights with a card; the card's path."""
    folder.mkdir(parents=True, exist_ok=True)
    data = safetensors.torch.save(net.state_dict())
    (folder / f"{name}.safetensors").write_bytes(data)
    card = ModelCard(
        name=name,
        version="1",
        task=task_id,
        architecture=network,
        arguments=arguments,
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
    path = folder / f"{name}.json"
    path.write_text(card.to_json(), encoding="utf-8")
    return path
