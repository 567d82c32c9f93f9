"""A codec that nobody trained: small, quick, and good enough to send photos through."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import safetensors.torch
import torch

from aestudio.entropy.context import CLASSES, LONGEST, SCALES
from aestudio.models.card import ModelCard
from aestudio.models.networks.codec import CELL, LATENTS, PrincipalCodec, principal_components
from aestudio.training.teaching.compress import smoothed, write_weights

ARGUMENTS = {"channels": 8, "encoder_blocks": 1, "decoder_blocks": 1, "filters": 4, "qualities": 3, "adaptation": 60}


def write_small_codec(folder: Path, name: str = "compress", seed: int = 0, **arguments: int) -> Path:
    """Weights and card: principal components of smooth blocks, convolutions that change a little, nothing learnt."""
    torch.manual_seed(seed)
    net = PrincipalCodec(**ARGUMENTS | arguments)
    smooth = torch.nn.functional.interpolate(torch.rand(64, 3, 5, 5), size=(64, 64), mode="bicubic").clamp(0, 1)
    blocks = torch.nn.functional.pixel_unshuffle(smooth - 0.5, CELL).permute(0, 2, 3, 1).reshape(-1, LATENTS)
    net.components.copy_(principal_components(blocks))
    with torch.no_grad():
        for branch in (net.encoder, net.decoder, net.filter):
            branch.tail.weight.normal_(0, 0.002)
        net.rate.bias.fill_(-1)
        net.rate.around.fill_(-6)
    write_weights(net)
    counts = np.zeros((CLASSES * SCALES, LONGEST + 1), np.int64)
    net.get_buffer("context_tables").copy_(torch.from_numpy(smoothed(counts)))
    net.get_buffer("context_lengths").fill_(1)
    data = safetensors.torch.save({name: tensor.contiguous() for name, tensor in net.state_dict().items()})
    card = ModelCard(
        name=name,
        version="0",
        task="compress",
        architecture="principal-codec",
        arguments=ARGUMENTS | arguments,
        input_range=(0.0, 1.0),
        multiple_of=net.multiple_of,
        overlap=0,
        parameters=0,
        kmac_per_pixel=0.0,
        sha256=sha256(data).hexdigest(),
        license="Apache-2.0",
        training_folders=[],
        steps=0,
        device="none",
        hours=0.0,
        scores={},
        limits=[],
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.safetensors").write_bytes(data)
    path = folder / f"{name}.json"
    path.write_text(card.to_json(), encoding="utf-8")
    return path
