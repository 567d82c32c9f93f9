from typing import Any, NamedTuple

import pytest
import torch
from torch import nn

from aestudio.models.networks import BUILDERS
from aestudio.models.networks.unet import DenoisingUNet


class Contract(NamedTuple):
    """How to build a small network of an architecture, and what goes in and comes out at which scale."""

    arguments: dict[str, Any]
    channels_in: int
    channels_out: int
    scale: int  # pixels to a side of one value of the result
    architecture: str = ""  # where it is not the contract's name


CONTRACTS = {
    "colorizing-unet": Contract({"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 2), "heads": 2}, 4, 2, 2),
    "denoising-unet": Contract({"channels": (8, 12, 16), "blocks": (1, 1, 2, 1, 1)}, 4, 3, 1),
    "inpainter": Contract({"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 1), "heads": 2}, 4, 3, 1),
    "inpainter, smooth": Contract(
        {"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 1), "heads": 2, "smooth": True}, 4, 3, 1, "inpainter"
    ),
    "mark-finder": Contract({"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 2), "heads": 2}, 3, 1, 2),
    "mark-remover": Contract({"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 0)}, 4, 3, 1),
    "mark-remover, painted": Contract(
        {"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 0), "painted": True}, 7, 3, 1, "mark-remover"
    ),
    "noise-level": Contract({"filters": 6, "channels": 8}, 3, 2, 8),
    "photo-autoencoder": Contract({"channels": (4, 4, 8, 8, 8), "code": 16}, 3, 3, 1),
    "principal-codec": Contract(
        {"channels": 8, "encoder_blocks": 1, "decoder_blocks": 1, "filters": 4, "qualities": 3}, 4, 3, 1
    ),
    "variational-autoencoder": Contract({"channels": (4, 4, 8, 8, 8), "code": 16}, 3, 3, 1),
}

each_network = pytest.mark.parametrize("name", sorted(CONTRACTS))


def test_every_network_has_a_contract() -> None:
    assert {contract.architecture or name for name, contract in CONTRACTS.items()} == set(BUILDERS)


def build(name: str) -> nn.Module:
    """A small network with random weights."""
    torch.manual_seed(0)
    net = (
        BUILDERS[CONTRACTS[name].architecture or name](**CONTRACTS[name].arguments)
        .eval()
        .requires_grad_(requires_grad=False)
    )
    for weight in net.parameters():
        weight.normal_(0, 0.1)
    return net


def smallest(net: nn.Module) -> tuple[int, int]:
    """Height and width of a small input."""
    side = int(getattr(net, "side", 16))
    return side, side


def result(output: Any) -> torch.Tensor:
    """What a network gives, or the first of several things that it gives."""
    first: torch.Tensor = output[0] if isinstance(output, tuple) else output
    return first


@each_network
@pytest.mark.parametrize(("count", "height", "width"), [(1, 16, 16), (2, 16, 48), (1, 64, 16)])
def test_shape_is_kept_and_values_are_finite(name: str, count: int, height: int, width: int) -> None:
    _, channels_in, channels_out, scale, _ = CONTRACTS[name]
    net = build(name)
    if hasattr(net, "side"):  # it takes photos of one size
        height, width = smallest(net)
    x = torch.rand(count, channels_in, height, width)
    before = x.clone()
    y = result(net(x))
    assert y.shape == (count, channels_out, height // scale, width // scale)
    assert y.dtype == x.dtype
    assert y.isfinite().all()
    assert torch.equal(x, before)


@each_network
def test_black_and_white_stay_finite(name: str) -> None:
    net = build(name)
    for value in (0.0, 1.0):
        assert result(net(torch.full((1, CONTRACTS[name].channels_in, *smallest(net)), value))).isfinite().all()


@each_network
def test_weights_come_back_from_a_state_dict(name: str) -> None:
    net, other = build(name), build(name)
    for weight in other.parameters():
        weight.zero_()
    x = torch.rand(1, CONTRACTS[name].channels_in, *smallest(net))
    assert not torch.equal(result(net(x)), result(other(x)))
    other.load_state_dict(net.state_dict())
    assert torch.equal(result(net(x)), result(other(x)))


@pytest.fixture
def unet() -> DenoisingUNet:
    """A small denoiser with random weights."""
    net = build("denoising-unet")
    assert isinstance(net, DenoisingUNet)
    return net


def test_the_subtraction_keeps_the_photos_precision(unet: DenoisingUNet) -> None:
    x = torch.rand(1, 4, 32, 32)
    with torch.autocast("cpu", torch.bfloat16):
        y = unet(x)
    assert y.dtype == torch.float32
    # what has passed through bfloat16 has at most 256 values to each power of two
    assert (y != y.bfloat16().float()).float().mean() > 0.9


def test_a_network_that_is_cut_short_passes_its_inner_levels_by(unet: DenoisingUNet) -> None:
    x = torch.rand(1, 4, 32, 48)
    whole = unet.requires_grad_(requires_grad=True)(x)
    for depth in (2, 1):
        unet.depth = depth
        deeper = [parameter for level in range(depth + 1, 4) for parameter in unet.of_level(level)]
        unet.zero_grad()
        unet(x).sum().backward()
        assert all(parameter.grad is None for parameter in deeper)
    unet.depth = unet.levels
    assert torch.equal(unet(x), whole)


def test_an_untrained_denoiser_gives_the_photo_back() -> None:
    x = torch.rand(1, 4, 16, 16)
    assert torch.equal(DenoisingUNet((8, 8, 8))(x), x[:, :3])
