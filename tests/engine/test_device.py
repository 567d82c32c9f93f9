import pytest
import torch

from aestudio.engine.device import choose_device, fast_precision
from aestudio.errors import SettingsError


def test_auto_is_a_device_of_this_machine() -> None:
    device = choose_device()
    assert torch.ones(1, device=device.torch_device).sum() == 1
    assert device.precision in (torch.bfloat16, torch.float16, torch.float32)


def test_the_processor_is_always_there() -> None:
    device = choose_device("cpu")
    assert device.torch_device == torch.device("cpu")
    assert device.label in ("CPU, bfloat16", "CPU, float32")


@pytest.mark.parametrize("name", ["gpu", "", "meta", "xla", "cpu:x", "cuda:-1", "자동"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="no device"):
        choose_device(name)


@pytest.mark.parametrize("name", ["cuda:99", "cpu:7"])
def test_an_absent_device_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="This machine has no device"):
        choose_device(name)


def test_the_processor_never_gets_float16() -> None:
    assert fast_precision(torch.device("cpu")) in (torch.bfloat16, torch.float32)
