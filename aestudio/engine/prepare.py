"""Copies of a loaded network, made ready for a device and a precision."""

import copy

import torch
from torch import nn

from aestudio.engine.fused import FusedUNet, can_fuse
from aestudio.engine.memory import keep_freed_memory
from aestudio.models.loader import LoadedModel
from aestudio.models.networks import channels_last
from aestudio.models.networks.unet import DenoisingUNet


class PreparedNets:
    """Makes each copy once: a folder of photos must not pay for it at every photo."""

    def __init__(self, model: LoadedModel) -> None:
        keep_freed_memory()
        self.model = model
        self._made: dict[tuple[torch.device, torch.dtype], nn.Module] = {}

    def get(self, device: torch.device, precision: torch.dtype) -> nn.Module:
        """The network on that device with weights of that precision; the model's own network stays as it is."""
        key = (device, precision)
        if key not in self._made:
            self._made.clear()  # another device or precision is asked for when memory runs out
            self._made[key] = _prepared(self.model.net, device, precision)
        return self._made[key]


def _prepared(net: nn.Module, device: torch.device, precision: torch.dtype) -> nn.Module:
    own = copy.deepcopy(net).eval()
    if device.type == "cpu" and isinstance(own, DenoisingUNet) and can_fuse(precision):
        return FusedUNet(own.cpu(), precision).eval()
    return channels_last(own.to(device, precision))
