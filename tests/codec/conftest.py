import numpy as np
import pytest
import torch

from aestudio.codec.codec import Codec, Rgb
from aestudio.engine.device import Device
from aestudio.entropy.context import CLASSES, LONGEST, SCALES
from aestudio.models.card import ModelCard
from aestudio.models.loader import LoadedModel
from aestudio.models.networks.codec import CELL, LATENTS, PrincipalCodec, principal_components
from aestudio.training.compress import smoothed, write_weights

CPU = Device(torch.device("cpu"), torch.float32, "CPU, float32")


@pytest.fixture(scope="session")
def codec_model() -> LoadedModel:
    """A small codec: principal components of smooth blocks, convolutions that change a little, nothing learnt."""
    torch.manual_seed(0)
    net = PrincipalCodec(channels=8, encoder_blocks=1, decoder_blocks=1, filters=4, qualities=3)
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
    card = ModelCard(
        name="compress",
        version="0",
        task="compress",
        architecture="principal-codec",
        arguments={},
        input_range=(0.0, 1.0),
        multiple_of=net.multiple_of,
        overlap=0,
        parameters=0,
        kmac_per_pixel=0.0,
        sha256="ab" * 32,
        license="Apache-2.0",
        training_folders=[],
        steps=0,
        device="none",
        hours=0.0,
        scores={},
        limits=[],
    )
    return LoadedModel(card, net.eval().requires_grad_(requires_grad=False), torch.device("cpu"))


@pytest.fixture(scope="session")
def codec(codec_model: LoadedModel) -> Codec:
    """Ready to run, in float32."""
    return Codec(codec_model, CPU)


@pytest.fixture(scope="session")
def picture() -> Rgb:
    """Soft shapes and some grain, 560×700: two rows of two tiles."""
    rng = np.random.default_rng(0)
    small = torch.from_numpy(rng.random((1, 3, 12, 20), np.float32))
    smooth = torch.nn.functional.interpolate(small, size=(560, 700), mode="bicubic")[0].permute(1, 2, 0).numpy()
    return np.clip(smooth * 255 + rng.normal(0, 4, smooth.shape), 0, 255).astype(np.uint8)
