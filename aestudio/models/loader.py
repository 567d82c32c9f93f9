"""From a card and its weights file to a network that is ready to run."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import nn

from aestudio.errors import WeightsError
from aestudio.models.card import ModelCard
from aestudio.models.networks import BUILDERS, channels_last


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """A network in evaluation mode, channels-last, float32, with its card."""

    card: ModelCard
    net: nn.Module
    device: torch.device


def load_model(card_path: Path, device: torch.device) -> LoadedModel:
    """Build the card's network and fill it with its weights.

    Raises WeightsError if a file is missing, damaged, altered, or made for another architecture.
    """
    card = ModelCard.read(card_path)
    weights_path = card_path.with_suffix(".safetensors")
    try:
        data = weights_path.read_bytes()  # a plain read: a memory map dies with its file
    except OSError as exc:
        raise WeightsError(
            "The weights {path} cannot be read. Please install the model again.", path=weights_path
        ) from exc
    if sha256(data).hexdigest() != card.sha256:
        raise WeightsError(
            "The weights {path} are damaged or altered. Please install the model again.", path=weights_path
        )
    builder = BUILDERS.get(card.architecture)
    if builder is None:
        raise WeightsError(
            "The model {model} needs the network “{network}”, which this version of AEStudio lacks. Please update "
            "AEStudio.",
            model=card.name,
            network=card.architecture,
        )
    try:
        net = builder(**card.arguments)
        net.load_state_dict(safetensors.torch.load(data))
    except (RuntimeError, TypeError, ValueError, SafetensorError) as exc:
        raise WeightsError(
            "The weights {path} do not fit the network “{network}”. Please install the model again.",
            path=weights_path,
            network=card.architecture,
        ) from exc
    net.eval().requires_grad_(requires_grad=False)
    return LoadedModel(card, channels_last(net.to(device)), device)
