import re
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.errors import SettingsError
from aestudio.images.photo import Photo
from aestudio.models.networks.colorizer import Colours, square_centres
from aestudio.models.networks.marks import Repaired
from aestudio.progress import Progress
from aestudio.tasks import TASKS, task
from aestudio.tasks.base import Place, Task, default_of, knobs

tools = pytest.mark.parametrize("tool", TASKS, ids=lambda tool: tool.id)


class SamePhoto(nn.Module):
    """Gives the photo back, whatever further channels come with it."""

    def forward(self, x: Tensor) -> Tensor:
        return x[:, :3]


class Warm(nn.Module):
    """One colour for everything."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = nn.Parameter(torch.tensor(0.2))

    def forward(self, x: Tensor) -> Colours:
        n, _, h, w = x.shape
        return Colours(self.colour.expand(n, 2, h // 2, w // 2), torch.zeros(n, len(square_centres()), h // 4, w // 4))


class Unmarked(nn.Module):
    """Sees a mark wherever one may be, and nothing to change under it."""

    def forward(self, x: Tensor) -> Repaired:
        return Repaired(x[:, :3], torch.ones_like(x[:, :1]))


NETS = {"denoise": SamePhoto, "colorize": Warm, "unwatermark": Unmarked}


def test_ids_are_unique_and_found() -> None:
    assert len({tool.id for tool in TASKS}) == len(TASKS)
    for tool in TASKS:
        assert task(tool.id) is tool
    with pytest.raises(KeyError):
        task("unknown")


@tools
def test_defaults_are_valid_and_declared(tool: Task[Any]) -> None:
    settings = tool.settings_type()
    declared = knobs(tool.settings_type)
    assert list(declared)[-1] == "strength"
    for name, knob in declared.items():
        assert getattr(settings, name) == default_of(tool.settings_type, name)
        assert knob.label
        assert knob.help
        assert knob.low < knob.high
        assert 0 < knob.step <= knob.high - knob.low


@tools
def test_a_value_out_of_range_is_refused_by_label_and_range(tool: Task[Any]) -> None:
    for name, knob in knobs(tool.settings_type).items():
        for value in (knob.low - 1, knob.high + 1, float("nan"), float("inf")):
            sentence = rf"{re.escape(knob.label)} is .* from {knob.low:g} to {knob.high:g}\."
            with pytest.raises(SettingsError, match=sentence):
                tool.settings_type(**{name: value})
        for value in (knob.low, knob.high):
            assert getattr(tool.settings_type(**{name: value}), name) == value
        if not knob.automatic:
            with pytest.raises(SettingsError, match=re.escape(knob.label)):
                tool.settings_type(**{name: None})


@tools
@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 40), (33, 7), (64, 96)])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_any_photo_can_be_examined(tool: Task[Any], height: int, width: int, channels: int) -> None:
    rng = np.random.default_rng(0)
    for dtype, top in ((np.uint8, 256), (np.uint16, 65536)):
        pixels = rng.integers(0, top, (height, width, channels), dtype=dtype)
        finding = tool.examine(Photo(pixels))
        assert finding.summary
        assert all(np.isfinite(value) for value in finding.values.values())
        for name, knob in knobs(tool.settings_type).items():
            if knob.automatic:
                assert name in finding.values


@tools
def test_a_tile_keeps_shape_and_range(tool: Task[Any]) -> None:
    photo = Photo(np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8))
    finding, settings, net = tool.examine(photo), tool.settings_type(), NETS[tool.id]()
    x = torch.rand(1, 3, 16, 24)
    with torch.inference_mode():
        survey = tool.survey(net, photo, settings, finding, Progress())
        y = tool.restore(net, x, settings, finding, Place(8, 16, 64, 64, survey))
    assert y.shape == x.shape
    assert y.dtype == x.dtype
    assert 0 <= float(y.min()) <= float(y.max()) <= 1


@tools
def test_a_photo_in_colour_and_without_noise_is_left_alone_unless_a_value_is_set(tool: Task[Any]) -> None:
    pixels = np.full((64, 64, 3), (200, 120, 60), dtype=np.uint8)
    pixels[:, 32:] = (90, 150, 130)
    finding = tool.examine(Photo(pixels))
    assert not finding.needed
    assert tool.leaves_alone(tool.settings_type(), finding)
    for name, knob in knobs(tool.settings_type).items():
        if knob.automatic:
            assert not tool.leaves_alone(tool.settings_type(**{name: knob.high}), finding)
