"""The architectures that a model card can name."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import torch
from torch import nn

from aestudio.models.networks.codec import PrincipalCodec
from aestudio.models.networks.colorizer import ColorizingUNet
from aestudio.models.networks.inpainter import Inpainter
from aestudio.models.networks.marks import MarkFinder, MarkRemover
from aestudio.models.networks.noise_level import NoiseLevelNet
from aestudio.models.networks.photo_autoencoder import PhotoAutoencoder, VariationalAutoencoder
from aestudio.models.networks.unet import DenoisingUNet

BUILDERS: Mapping[str, Callable[..., nn.Module]] = {
    "colorizing-unet": ColorizingUNet,
    "denoising-unet": DenoisingUNet,
    "inpainter": Inpainter,
    "mark-finder": MarkFinder,
    "mark-remover": MarkRemover,
    "noise-level": NoiseLevelNet,
    "photo-autoencoder": PhotoAutoencoder,
    "principal-codec": PrincipalCodec,
    "variational-autoencoder": VariationalAutoencoder,
}

N = TypeVar("N", bound=nn.Module)


def channels_last(net: N) -> N:
    """The network with its weights laid out for channels-last convolutions, which processors run fastest."""
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]  # torch's stubs lack it
