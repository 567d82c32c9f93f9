"""Sixteen bits stay sixteen bits on the whole way: through every tool, the blend with the original, and the files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.engine.restorer import Restoration, Restorer
from aestudio.images.colour import profile_of
from aestudio.images.io import read_photo, write_photo
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Metadata, Photo, Pixels
from aestudio.models.loader import LoadedModel
from aestudio.models.networks.colorizer import AB_SCALE, Colours, square_centres
from aestudio.models.networks.marks import Repaired
from aestudio.progress import Progress
from aestudio.tasks import TASKS
from aestudio.tasks.base import Task, knobs

ModelOf = Callable[[nn.Module], LoadedModel]

SIDE, LEVELS = 256, 65536
tools = pytest.mark.parametrize("tool", TASKS, ids=lambda tool: tool.id)
profiles = pytest.mark.parametrize("icc", [None, profile_of(12, 13)], ids=["sRGB", "Display P3"])


class Nearly(nn.Module):
    """Nearly gives the photo back: a little of what random weights make of it is added."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.GELU(), nn.Conv2d(8, 3, 3, padding=1))
        generator = torch.Generator().manual_seed(0)
        with torch.no_grad():
            for weight in self.body.parameters():
                weight.normal_(0, 0.1, generator=generator)

    def forward(self, x: Tensor) -> Tensor:
        change: Tensor = self.body(x[:, :3])
        return x[:, :3] + change / 10


class Pale(nn.Module):
    """The same pale colour everywhere, for tools that ask for colours."""

    def __init__(self) -> None:
        super().__init__()
        self.ab = nn.Parameter(torch.tensor([4.0, 9.0]) / AB_SCALE)

    def forward(self, x: Tensor) -> Colours:
        n, _, h, w = x.shape
        chances = torch.zeros(n, len(square_centres()), h // 4, w // 4)
        return Colours(self.ab[None, :, None, None].expand(n, 2, h // 2, w // 2), chances)


class NearlyWhole(Nearly):
    """The same, for tools that ask for what lies under a mark."""

    def forward(self, x: Tensor) -> Repaired:  # type: ignore[override]  # another kind of network
        return Repaired(super().forward(x), x[:, 3:])


NETS: dict[str, Callable[[], nn.Module]] = {"colorize": Pale, "unwatermark": NearlyWhole}
ALL_OF_IT = PaintedMask.of(np.full((SIDE, SIDE), 255, np.uint8))
MEANS: dict[str, dict[str, Any]] = {"unwatermark": {"mask": ALL_OF_IT, "paint_anew": False}}


def ramp() -> Pixels:
    """Every level of 16 bits once, in three equal channels: from one pixel to the next it is one level."""
    return np.repeat(np.arange(LEVELS, dtype=np.uint16).reshape(SIDE, SIDE, 1), 3, axis=2)


def by_hand(tool: Task[Any]) -> Any:
    """Settings with which a tool leaves no photo alone."""
    knobs_of = knobs(tool.settings_type).items()
    values = {name: (knob.low + knob.high) / 4 for name, knob in knobs_of if knob.automatic}
    return tool.settings_type(**values, **MEANS.get(tool.id, {}))


def restored(model_of: ModelOf, tool: Task[Any], pixels: Pixels, icc: bytes | None) -> Restoration:
    photo = Photo(pixels, Metadata(icc=icc), format="TIFF")
    engine = Restorer(model_of(NETS.get(tool.id, Nearly)()), 96, precision=torch.float32)
    result = engine.restore(photo, tool, by_hand(tool), Progress())
    assert not result.untouched
    return result


def inside(pixels: Pixels) -> NDArray[np.int64]:
    """Without the rows and columns where a network looks beyond the edge of the photo."""
    return pixels[3:-3, 3:-3].astype(np.int64)


def distinct(pixels: Pixels) -> int:
    """Levels in the channel that has the fewest."""
    return min(len(np.unique(pixels[..., channel])) for channel in range(3))


def unevenness(pixels: Pixels) -> int:
    """The largest step from one pixel to the next in a row, where the ramp's is one level."""
    return int(np.abs(np.diff(inside(pixels), axis=1)).max())


@tools
@profiles
def test_no_tool_and_no_blend_goes_through_fewer_bits(model_of: ModelOf, tool: Task[Any], icc: bytes | None) -> None:
    """Measured: 59,370 levels and more, no step above 4. Eight bits would leave 256 levels, in steps of 257."""
    result = restored(model_of, tool, ramp(), icc)
    for strength in (1.0, 0.37):
        pixels = result.blended(strength).pixels
        assert pixels.dtype == np.uint16
        assert not np.array_equal(pixels, ramp())
        assert distinct(pixels) > 55_000
        assert unevenness(pixels) <= 5
    assert distinct(result.full.pixels) < LEVELS  # the tool did work on it


@tools
@profiles
def test_floating_point_comes_to_the_same(model_of: ModelOf, tool: Task[Any], icc: bytes | None) -> None:
    whole = restored(model_of, tool, ramp(), icc).full.pixels
    floating = restored(model_of, tool, (ramp() / 65535).astype(np.float32), icc).full.pixels
    assert floating.dtype == np.float32
    assert np.abs(np.rint(np.clip(floating, 0, 1) * 65535) - whole).max() <= 1


@tools
def test_files_hold_every_level(tmp_path: Path, model_of: ModelOf, tool: Task[Any]) -> None:
    photo = restored(model_of, tool, ramp(), None).blended(0.37)
    png, tiff = (write_photo(photo, tmp_path / f"a.{suffix}") for suffix in ("png", "tif"))
    for path, decoded in ((png, imagecodecs.png_decode(png.read_bytes())), (tiff, tifffile.imread(tiff))):
        assert decoded.dtype == np.uint16
        assert np.array_equal(decoded, photo.pixels)
        assert np.array_equal(read_photo(path).pixels, photo.pixels)
    assert distinct(photo.pixels) > 55_000


def test_eight_bits_would_be_noticed(model_of: ModelOf) -> None:
    class Coarse(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return torch.round(x[:, :3] * 255) / 255

    photo = Photo(ramp())
    engine = Restorer(model_of(Coarse()), 96, precision=torch.float32)
    tool = TASKS[0]
    result = engine.restore(photo, tool, by_hand(tool), Progress())
    assert distinct(result.full.pixels) <= 256
    assert unevenness(result.full.pixels) >= 257
