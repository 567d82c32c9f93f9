"""The architectures that a model card can name."""

from collections.abc import Callable, Mapping
from typing import Any

from torch import nn

from aestudio.models.networks.unet import DenoisingUNet

BUILDERS: Mapping[str, Callable[..., nn.Module]] = {
    "denoising-unet": DenoisingUNet,
}
