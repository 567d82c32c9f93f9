import copy

import pytest
import torch
from torch import Tensor

from aestudio.engine.fused import FusedUNet, can_fuse
from aestudio.models.networks import BUILDERS
from aestudio.models.networks.unet import DenoisingUNet


@pytest.fixture(scope="module")
def net() -> DenoisingUNet:
    """Three different widths and all blocks, so that no two layers can be mixed up."""
    built = BUILDERS["denoising-unet"](channels=(16, 24, 40), blocks=(1, 2, 1, 1, 2))
    assert isinstance(built, DenoisingUNet)
    generator = torch.Generator().manual_seed(1)
    for weight in built.parameters():
        weight.requires_grad_(False).normal_(0, 0.08, generator=generator)
    return built.eval()


@pytest.fixture(scope="module")
def x() -> Tensor:
    return torch.rand(2, 4, 40, 72, generator=torch.Generator().manual_seed(2))


def test_float32_gives_the_same_numbers(net: DenoisingUNet, x: Tensor) -> None:
    if not can_fuse(torch.float32):
        pytest.skip("this build of torch has no oneDNN")
    with torch.inference_mode():
        expected = net(x)
        before = x.clone()
        assert (expected - x[:, :3]).abs().max() > 0.1
        torch.testing.assert_close(FusedUNet(net, torch.float32)(x), expected, atol=1e-5, rtol=0)
        assert torch.equal(x, before)


def test_bfloat16_is_as_close_as_autocast(net: DenoisingUNet, x: Tensor) -> None:
    if not can_fuse(torch.bfloat16):
        pytest.skip("this processor has no bfloat16")
    with torch.inference_mode():
        expected = net(x)
        with torch.autocast("cpu", torch.bfloat16):
            autocast = net(x)
        fused = FusedUNet(copy.deepcopy(net), torch.bfloat16)(x)
        assert fused.dtype == torch.float32

        def error(y: Tensor) -> float:
            return float((y - expected).square().mean().sqrt())

        # both round every layer to 8 bits; the order of the sums differs
        assert error(fused) < 1.5 * error(autocast) + 1e-6
