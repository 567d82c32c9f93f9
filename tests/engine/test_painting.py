"""What a mask covers is painted anew or brought back, and nothing else changes."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.engine.restorer import Restorer
from aestudio.errors import Cancelled, ImageError
from aestudio.images.mask import MaskSizeError, empty_mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Box, Photo
from aestudio.models.loader import LoadedModel
from aestudio.models.networks.marks import Repaired
from aestudio.progress import Progress
from aestudio.tasks.base import Finding
from aestudio.tasks.known_mark import KnownMark
from aestudio.tasks.painting import _reduced, fitting, painted_over
from aestudio.tasks.unwatermark import Unwatermark, UnwatermarkSettings

ModelOf = Callable[[nn.Module], LoadedModel]
NOTHING = Finding(needed=False, values={"marks": 0, "share": 0.0}, summary="no mark")


class Lighter(nn.Module):
    """Stands in for the network that repairs."""

    def forward(self, x: Tensor) -> Repaired:
        return Repaired(x[:, :3] + 0.1, x[:, 3:])


@pytest.fixture
def photo() -> Photo:
    rng = np.random.default_rng(1)
    return Photo(rng.integers(40, 200, (300, 420, 3), dtype=np.uint8))


def mask_of(*boxes: Box, size: tuple[int, int] = (300, 420), value: int = 255) -> PaintedMask:
    mask = empty_mask(*size)
    for box in boxes:
        mask[box.slices] = value
    return PaintedMask.of(mask, "mask.png")


def through(model: LoadedModel, photo: Photo, settings: UnwatermarkSettings) -> Photo:
    engine = Restorer(model, 96, precision=torch.float32)
    return engine.restore(photo, Unwatermark(), settings, Progress(), finding=NOTHING).full


def test_holes_are_painted_and_the_rest_stays_to_the_last_bit(model_of: ModelOf, photo: Photo) -> None:
    boxes = Box(20, 60, 30, 100), Box(200, 260, 300, 420)  # the second at the photo's edge
    mask = mask_of(*boxes)
    full = through(model_of(Lighter()), photo, UnwatermarkSettings(mask=mask))
    changed = (full.pixels != photo.pixels).any(axis=2)
    covered = mask.pixels() > 0
    assert not changed[~covered].any()
    assert float(changed[covered].mean()) > 0.9
    assert full.history[-1].endswith("mask painted anew")


def test_a_hole_is_of_one_piece_whatever_the_tiles(model_of: ModelOf, photo: Photo) -> None:
    settings = UnwatermarkSettings(mask=mask_of(Box(60, 140, 60, 330)))
    small, large = (
        Restorer(model_of(Lighter()), side, precision=torch.float32)
        .restore(photo, Unwatermark(), settings, Progress(), finding=NOTHING)
        .full.pixels
        for side in (64, 512)
    )
    assert np.array_equal(small, large)


def test_a_soft_edge_blends(model_of: ModelOf, photo: Photo) -> None:
    box = Box(100, 140, 100, 160)
    whole = through(model_of(Lighter()), photo, UnwatermarkSettings(mask=mask_of(box))).pixels
    half = through(model_of(Lighter()), photo, UnwatermarkSettings(mask=mask_of(box, value=128))).pixels
    expected = photo.pixels[box.slices] + 128 / 255 * (whole[box.slices].astype(float) - photo.pixels[box.slices])
    assert float(np.abs(half[box.slices] - expected).max()) <= 1


def test_what_shines_through_is_given_to_the_network(model_of: ModelOf, photo: Photo) -> None:
    box = Box(100, 140, 100, 160)
    settings = UnwatermarkSettings(mask=mask_of(box), paint_anew=False)
    full = through(model_of(Lighter()), photo, settings).pixels.astype(int)
    change = full - photo.pixels
    assert np.abs(change[box.slices] - 25.5).max() <= 1
    change[box.slices] = 0
    assert not change.any()


def test_wide_holes_are_painted_at_a_smaller_size(photo: Photo) -> None:
    grey = Photo(np.full((300, 420, 3), 120, np.uint8))
    survey = painted_over(grey, mask_of(Box(40, 250, 60, 380)), Progress())
    (patch,) = survey.patches
    rgb = patch.rgb(patch.box)
    assert patch.nbytes < rgb.nbytes / 4
    assert rgb.shape == (patch.box.height, patch.box.width, 3)
    assert np.isfinite(rgb).all()
    assert 0 <= float(rgb.min()) <= float(rgb.max()) <= 1


def test_parts_that_interlock_are_painted_once_each() -> None:
    photo = Photo(np.random.default_rng(1).integers(40, 200, (600, 700, 3), dtype=np.uint8))
    one = [Box(0, 10, 0, 500), Box(0, 500, 0, 10), Box(490, 500, 0, 400)]  # each reaches into the other's box
    two = [Box(150, 160, 160, 690), Box(150, 590, 680, 690)]
    survey = painted_over(photo, mask_of(*one, *two, size=(600, 700)), Progress())
    first, second = survey.holes.boxes.values()
    assert first.overlaps(second)
    rgb = photo.rgb(photo.box)
    survey.put_onto(rgb, photo.box)
    hidden = survey.mask.pixels() > 0
    assert np.array_equal(rgb[~hidden], photo.rgb(photo.box)[~hidden])
    count = np.zeros(hidden.shape, int)
    for patch in survey.patches:
        count[patch.box.slices] += survey.holes.hidden(patch.number, patch.box)
    assert np.array_equal(count, hidden)


def test_nothing_but_what_is_hidden_is_kept(photo: Photo) -> None:
    survey = painted_over(photo, mask_of(Box(0, 300, 0, 12), Box(0, 12, 0, 420)), Progress())  # its box is the photo
    assert 0 < survey.nbytes < 300 * 420  # 12 bytes for each pixel, if all of the box were kept


@pytest.mark.parametrize("box", [Box(100, 140, 60, 330), Box(40, 250, 60, 380)])
def test_a_box_of_a_patch_is_what_the_whole_of_it_shows(photo: Photo, box: Box) -> None:
    survey = painted_over(photo, mask_of(box), Progress())
    whole, part = photo.rgb(photo.box), photo.rgb(photo.box)
    survey.put_onto(whole, photo.box)
    for core in (Box(0, 130, 0, 200), Box(0, 130, 200, 420), Box(130, 300, 0, 420)):
        survey.put_onto(part[core.slices], core)
    assert np.allclose(part, whole, atol=1e-6)
    assert not np.array_equal(part, photo.rgb(photo.box))


@pytest.mark.parametrize("size", [(37, 51), (150, 209), (300, 420)])
def test_what_is_left_is_made_smaller_as_a_whole(photo: Photo, size: tuple[int, int]) -> None:
    mask = mask_of(Box(40, 250, 60, 380))
    rgb, weight = _reduced(photo, mask, photo.box, size, Progress())
    kept = (mask.pixels() == 0).astype(np.float32)
    shares = cv2.resize(kept, size[::-1], interpolation=cv2.INTER_AREA)
    means = cv2.resize(photo.rgb(photo.box) * kept[..., None], size[::-1], interpolation=cv2.INTER_AREA)
    assert np.allclose(weight, shares, atol=1e-4)
    assert np.allclose(rgb * weight[..., None], means, atol=1e-4)


def test_a_mask_of_another_size_is_told_or_scaled(photo: Photo) -> None:
    mask = mask_of(Box(10, 40, 20, 60), size=(150, 210))
    with pytest.raises(MaskSizeError, match=r"mask\.png has 210 × 150 pixels, the photo 420 × 300"):
        fitting(mask, photo, scale=False)
    scaled = fitting(mask, photo, scale=True)
    assert (scaled.height, scaled.width) == (300, 420)
    assert scaled.share == pytest.approx(mask.share, rel=0.2)


def test_a_mask_that_covers_all_is_told(photo: Photo) -> None:
    with pytest.raises(ImageError, match="covers the whole photo"):
        painted_over(photo, mask_of(photo.box), Progress())


def test_painting_can_be_stopped(photo: Photo) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        painted_over(photo, mask_of(Box(10, 40, 20, 60)), progress)


@pytest.mark.parametrize("box", [Box(10, 30, 0, 420), Box(60, 260, 40, 400)])
def test_painting_can_be_stopped_amid_a_hole(photo: Photo, box: Box) -> None:
    class StopsSecond(Progress):
        asked = 0

        def check(self) -> None:
            self.asked += 1
            if self.asked == 2:
                self.cancel()
            super().check()

    with pytest.raises(Cancelled):
        painted_over(photo, mask_of(box), StopsSecond())


def test_one_way_at_a_time() -> None:
    logo = KnownMark("logo", np.ones((8, 8), np.float32), np.ones((8, 8, 3), np.float32))
    with pytest.raises(Exception, match="one of a mask, a logo and a folder"):
        UnwatermarkSettings(mask=mask_of(Box(0, 1, 0, 1)), logo=logo)
