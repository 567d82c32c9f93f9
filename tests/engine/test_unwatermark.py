"""A photographer's own mark comes off photos of any kind, tile by tile, and leaves the rest to the last bit."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.engine.restorer import Restorer
from aestudio.images.photo import Photo, Pixels
from aestudio.models.loader import LoadedModel
from aestudio.progress import Progress
from aestudio.tasks.base import Finding
from aestudio.tasks.known_mark import KnownMark, Placement, laid
from aestudio.tasks.unwatermark import Unwatermark, UnwatermarkSettings

ModelOf = Callable[[nn.Module], LoadedModel]
NOTHING = Finding(needed=False, values={"marks": 0, "share": 0.0}, summary="no mark")


class Unused(nn.Module):
    """A logo is taken off without any network."""

    def forward(self, x: Tensor) -> Tensor:
        raise AssertionError("the network was run")


@pytest.fixture(scope="module")
def logo() -> KnownMark:
    canvas = np.zeros((48, 120), np.uint8)
    cv2.circle(canvas, (24, 24), 19, 255, 5, cv2.LINE_AA)
    cv2.putText(canvas, "Noor", (50, 34), cv2.FONT_HERSHEY_DUPLEX, 0.8, 255, 2, cv2.LINE_AA)
    return KnownMark("noor", canvas.astype(np.float32) / np.float32(255), np.ones((48, 120, 3), dtype=np.float32))


def scenery(top: int, channels: int) -> Pixels:
    rng = np.random.default_rng(2)
    soft = cv2.resize(rng.random((8, 11, 3), np.float32), (330, 240), interpolation=cv2.INTER_CUBIC)
    pixels: Pixels = np.rint((0.1 + 0.5 * np.clip(soft, 0, 1)) * top).astype(np.uint16 if top > 255 else np.uint8)
    if channels == 4:
        return np.dstack((pixels, np.full((240, 330), top // 2, pixels.dtype)))
    return pixels if channels == 3 else pixels[..., :1]


@pytest.mark.parametrize(("top", "channels"), [(255, 3), (65535, 3), (65535, 4), (255, 1)])
def test_a_logo_comes_off(model_of: ModelOf, logo: KnownMark, top: int, channels: int) -> None:
    clean = scenery(top, channels)
    cover, _ = laid(logo, Placement(140, 100, 1.0, 0.0, 0.0), 240, 330)
    colours = 1 if channels == 1 else 3
    dirty = clean.copy()
    blend = clean[..., :colours] * (1 - 0.5 * cover[..., None]) + top * 0.5 * cover[..., None]
    dirty[..., :colours] = np.rint(blend).astype(clean.dtype)
    engine = Restorer(model_of(Unused()), 96, precision=torch.float32)
    result = engine.restore(Photo(dirty), Unwatermark(), UnwatermarkSettings(logo=logo), Progress(), finding=NOTHING)
    full = result.full.pixels
    away = np.abs(full.astype(float) - clean)[cover > 0.02] / top
    assert float(away.mean()) < 0.004
    assert np.array_equal(full[cover == 0], dirty[cover == 0])
    assert full.dtype == clean.dtype


def test_what_a_solid_logo_hid_is_of_one_piece_whatever_the_tiles(model_of: ModelOf) -> None:
    disc = np.zeros((200, 200), np.uint8)
    cv2.circle(disc, (100, 100), 90, 255, -1, cv2.LINE_AA)
    solid = KnownMark("disc", disc.astype(np.float32) / np.float32(255), np.ones((200, 200, 3), dtype=np.float32))
    dirty = scenery(255, 3)
    cover, _ = laid(solid, Placement(70, 20, 1.0, 0.0, 0.0), 240, 330)
    alpha = 0.98 * cover[..., None]
    dirty = np.rint(dirty * (1 - alpha) + 255 * alpha).astype(np.uint8)
    settings = UnwatermarkSettings(logo=solid)
    small, large = (
        Restorer(model_of(Unused()), side, precision=torch.float32)
        .restore(Photo(dirty), Unwatermark(), settings, Progress(), finding=NOTHING)
        .full.pixels
        for side in (64, 512)
    )
    assert np.abs(small.astype(int) - large).max() <= 1
    assert float(np.abs(large[cover > 0.95].astype(int) - 250).mean()) > 40


def test_a_photo_without_the_logo_stays_as_it_is(model_of: ModelOf, logo: KnownMark) -> None:
    clean = scenery(255, 3)
    engine = Restorer(model_of(Unused()), 96, precision=torch.float32)
    result = engine.restore(Photo(clean), Unwatermark(), UnwatermarkSettings(logo=logo), Progress(), finding=NOTHING)
    assert np.array_equal(result.full.pixels, clean)
    assert engine.restore(Photo(clean), Unwatermark(), UnwatermarkSettings(), Progress(), finding=NOTHING).untouched
