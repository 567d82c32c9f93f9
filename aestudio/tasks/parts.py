"""The small networks that tools use inside, loaded once: examining must not cost more than looking."""

from functools import lru_cache
from pathlib import Path

import torch
from torch import nn

from aestudio.models.card import ModelCard
from aestudio.models.catalog import part_path
from aestudio.models.loader import load_model


def part_network(part: str) -> nn.Module:
    """The network of the model that is chosen for a part, on the processor. Raises WeightsError as `part_path`."""
    card = part_path(part)
    return _loaded(card, ModelCard.read(card).sha256)


@lru_cache(maxsize=8)
def _loaded(card: Path, weights: str) -> nn.Module:
    """`weights` is their SHA-256: what is in a file of the same name later on is another model."""
    del weights
    return load_model(card, torch.device("cpu")).net
