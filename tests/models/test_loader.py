from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import torch

from aestudio.errors import WeightsError
from aestudio.models.loader import load_model

SaveModel = Callable[..., Path]

CPU = torch.device("cpu")


def test_a_loaded_network_is_ready_to_run(save_model: SaveModel) -> None:
    model = load_model(save_model(), CPU)
    assert not model.net.training
    assert model.device == CPU
    assert all(p.dtype == torch.float32 and not p.requires_grad for p in model.net.parameters())
    with torch.inference_mode():
        assert model.net(torch.rand(1, 4, 16, 24)).shape == (1, 3, 16, 24)


def test_missing_weights_are_named(save_model: SaveModel) -> None:
    path = save_model()
    path.with_suffix(".safetensors").unlink()
    with pytest.raises(WeightsError, match=r"small\.safetensors cannot be read"):
        load_model(path, CPU)


@pytest.mark.parametrize("position", [0, 20, -1])
def test_altered_weights_are_named(save_model: SaveModel, position: int) -> None:
    path = save_model()
    weights = path.with_suffix(".safetensors")
    data = bytearray(weights.read_bytes())
    data[position] ^= 1
    weights.write_bytes(data)
    with pytest.raises(WeightsError, match=r"small\.safetensors are damaged or altered"):
        load_model(path, CPU)


def test_weights_that_are_no_weights_are_named(save_model: SaveModel) -> None:
    data = b"not a safetensors file"
    path = save_model(sha256=sha256(data).hexdigest())
    path.with_suffix(".safetensors").write_bytes(data)
    with pytest.raises(WeightsError, match=r"small\.safetensors do not fit"):
        load_model(path, CPU)


@pytest.mark.parametrize(
    "arguments",
    [
        {"channels": [8, 8, 16], "blocks": [1, 0, 1, 0, 1]},
        {"channels": [8, 8, 8], "blocks": [1, 1, 1, 0, 1]},
        {"channels": [8, 8]},
        {"width": 8},
        {"channels": "many"},
    ],
)
def test_weights_of_another_network_are_named(save_model: SaveModel, arguments: dict[str, object]) -> None:
    path = save_model(arguments=arguments)
    with pytest.raises(WeightsError, match=r"small\.safetensors do not fit"):
        load_model(path, CPU)


def test_a_network_from_the_future_asks_for_an_update(save_model: SaveModel) -> None:
    path = save_model(architecture="diffusion-9")
    with pytest.raises(WeightsError, match=r"diffusion-9.*Please update"):
        load_model(path, CPU)
