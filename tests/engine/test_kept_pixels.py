"""What a tool does not change stays as it was to the last bit, whatever the photo's depth, channels and profile."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.engine.restorer import Restorer
from aestudio.errors import ImageError
from aestudio.images.mask import empty_mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Box, Metadata, Photo, Pixels
from aestudio.models.loader import LoadedModel
from aestudio.models.networks.marks import Repaired
from aestudio.progress import Progress
from aestudio.tasks.base import Finding
from aestudio.tasks.painting import painted_over
from aestudio.tasks.unwatermark import Unwatermark, UnwatermarkSettings

ModelOf = Callable[[nn.Module], LoadedModel]
MakePixels = Callable[..., Pixels]
NOTHING = Finding(needed=False, values={"marks": 0, "share": 0.0}, summary="no mark")


class Darker(nn.Module):
    """Stands in for the network that repairs."""

    def forward(self, x: Tensor) -> Repaired:
        return Repaired(x[:, :3] * 0.5, x[:, 3:])


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("profile", [False, True])
def test_beside_a_mask_every_bit_stays(
    model_of: ModelOf, make_pixels: MakePixels, icc: bytes, bits: int, channels: int, profile: bool
) -> None:
    pixels = make_pixels(channels, bits, 90, 130)
    if bits == 32:
        pixels[:4] = pixels[:4] * 3 - 1  # darker than black, brighter than white
    photo = Photo(pixels, Metadata(icc=icc if profile and channels > 2 else None))
    mask = empty_mask(90, 130)
    mask[30:70, 40:95] = 255
    settings = UnwatermarkSettings(mask=PaintedMask.of(mask), paint_anew=False)
    engine = Restorer(model_of(Darker()), 64, precision=torch.float32)
    result = engine.restore(photo, Unwatermark(), settings, Progress(), finding=NOTHING)
    full, hidden = result.full.pixels, mask > 0
    assert full.dtype == pixels.dtype
    assert full[~hidden].tobytes() == pixels[~hidden].tobytes()
    colours = 1 if channels < 3 else 3
    assert float((full[..., :colours] != pixels[..., :colours]).any(axis=2)[hidden].mean()) > 0.9
    assert full[..., colours:].tobytes() == pixels[..., colours:].tobytes()
    assert result.scores["damage"] == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (5, 3), (15, 15)])
@pytest.mark.parametrize("anew", [True, False])
def test_photos_smaller_than_the_network_asks_for(model_of: ModelOf, size: tuple[int, int], anew: bool) -> None:
    photo = Photo(np.random.default_rng(1).integers(60, 200, (*size, 3), dtype=np.uint8))
    mask = empty_mask(*size)
    mask[0, 0] = 255
    if anew and size == (1, 1):  # all of it is hidden
        with pytest.raises(ImageError, match="covers the whole photo"):
            painted_over(photo, PaintedMask.of(mask), Progress())
        return
    settings = UnwatermarkSettings(mask=PaintedMask.of(mask), paint_anew=anew)
    engine = Restorer(model_of(Darker()), 64, precision=torch.float32)
    full = engine.restore(photo, Unwatermark(), settings, Progress(), finding=NOTHING).full
    assert np.array_equal(full.pixels[mask == 0], photo.pixels[mask == 0])


@pytest.mark.parametrize("size", [(1411, 2003), (2000, 96)])
def test_what_a_mask_covers_is_no_damage(model_of: ModelOf, size: tuple[int, int]) -> None:
    photo = Photo(np.full((*size, 3), 150, np.uint8))
    rng, mask = np.random.default_rng(2), empty_mask(*size)
    for _ in range(12):
        y, x = int(rng.integers(size[0])), int(rng.integers(size[1]))
        mask[y : y + int(rng.integers(1, 40)), x : x + 1 + int(rng.integers(3))] = int(rng.integers(1, 256))
    settings = UnwatermarkSettings(mask=PaintedMask.of(mask), paint_anew=False)
    engine = Restorer(model_of(Darker()), 512, precision=torch.float32)
    result = engine.restore(photo, Unwatermark(), settings, Progress(), finding=NOTHING)
    assert not result.untouched
    assert result.scores["damage"] == 0
    assert 0 <= result.scores["residue"] <= 1


def test_an_empty_mask_leaves_the_photo_alone(model_of: ModelOf) -> None:
    photo = Photo(np.full((40, 60, 3), 150, np.uint8))
    for anew in (True, False):
        settings = UnwatermarkSettings(mask=PaintedMask.empty(40, 60), paint_anew=anew)
        engine = Restorer(model_of(Darker()), 64, precision=torch.float32)
        assert engine.restore(photo, Unwatermark(), settings, Progress(), finding=NOTHING).untouched


def test_settings_are_equal_by_what_is_painted() -> None:
    mask = empty_mask(40, 60)
    mask[Box(3, 9, 4, 30).slices] = 255
    one, two = (UnwatermarkSettings(mask=PaintedMask.of(mask, name)) for name in ("one.png", "two.png"))
    assert one == two
    assert hash(one) == hash(two)
    mask[0, 0] = 1
    assert one != UnwatermarkSettings(mask=PaintedMask.of(mask))
