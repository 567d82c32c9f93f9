"""A network takes over the weights of a smaller one, and does at first what that one did."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import torch
from torch import Tensor, nn

from aestudio.errors import SettingsError
from aestudio.models.card import Start
from aestudio.models.loader import load_model


def begin_with(net: nn.Module, card: Path) -> Start:
    """Let a network take over a model's weights; what a card tells of that model.

    Raises WeightsError if it cannot be read, SettingsError as `take_over` does.
    """
    model = load_model(card, torch.device("cpu"))
    take_over(net, model.net.state_dict(), model.card.name)
    return Start(**{f.name: getattr(model.card, f.name) for f in fields(Start)})


def take_over(net: nn.Module, weights: Mapping[str, Tensor], name: str) -> None:
    """Copy `weights` into `net`, whose layers may be wider (after Net2Net, Chen et al., ICLR 2016).

    What is new keeps the values it begins with; only its convolutions into old channels are set to zero, so that the
    old channels hold what they held. `name` is the model's, for messages. Raises SettingsError where the layers are
    not the same ones, or narrower.
    """
    own = net.state_dict()
    if own.keys() != weights.keys() or any(not _fits(own[key], old) for key, old in weights.items()):
        raise SettingsError(
            "Training cannot go on from the model “{name}”: the recipe's network has other layers, or narrower ones. "
            "Please give the recipe the arguments that are in the model's card, or wider ones.",
            name=name,
        )
    with torch.no_grad():
        for key, old in weights.items():
            new = own[key]
            corner = tuple(slice(0, size) for size in old.shape)
            if old.ndim == 4:
                new[corner[0], old.shape[1] :] = 0
            new[corner] = old


def _fits(new: Tensor, old: Tensor) -> bool:
    return new.ndim == old.ndim and all(n >= o for n, o in zip(new.shape, old.shape, strict=True))
