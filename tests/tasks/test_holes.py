"""Masks fall into parts that hide different pixels, and each part's depth is that of the hole, not of the box."""

import numpy as np
import pytest

from aestudio.images.mask import Mask, empty_mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Box
from aestudio.tasks.holes import Holes, windows


def mask_of(*boxes: Box, size: tuple[int, int] = (300, 420)) -> Mask:
    mask = empty_mask(*size)
    for box in boxes:
        mask[box.slices] = 255
    return mask


def test_the_parts_of_a_mask_are_all_of_it_and_share_nothing() -> None:
    rng = np.random.default_rng(3)
    for _ in range(10):
        mask = empty_mask(700, 513)
        for _ in range(12):
            y, x = int(rng.integers(700)), int(rng.integers(513))
            mask[y : y + int(rng.integers(1, 90)), x : x + int(rng.integers(1, 90))] = int(rng.integers(1, 256))
        holes = Holes.of(PaintedMask.of(mask))
        count = np.zeros(mask.shape, int)
        for number, box in holes.boxes.items():
            hidden = holes.hidden(number, box)
            count[box.slices] += hidden
            assert hidden.any()
        assert np.array_equal(count, mask > 0)
    assert not Holes.of(PaintedMask.empty(20, 20)).boxes


@pytest.mark.parametrize(
    ("boxes", "deepest"),
    [
        ([Box(100, 140, 50, 350)], 20),  # fills its own box
        ([Box(0, 40, 50, 350)], 40),  # at the photo's edge, which is none of the hole's
        ([Box(0, 300, 100, 160)], 30),  # from edge to edge
        (
            [Box(0, 40, 0, 420), Box(260, 300, 0, 420), Box(0, 300, 0, 30), Box(0, 300, 390, 420)],
            50,
        ),  # a frame: its corners
        ([Box(7, 8, 9, 10)], 1),
    ],
)
def test_how_deep_a_hole_is(boxes: list[Box], deepest: float) -> None:
    holes = Holes.of(PaintedMask.of(mask_of(*boxes)))
    assert [holes.deepest(number) for number in holes.boxes] == [pytest.approx(deepest, abs=2)]


def test_the_depth_of_large_holes_is_measured_at_a_smaller_size() -> None:
    holes = Holes.of(PaintedMask.of(mask_of(Box(500, 900, 20, 5000), size=(1200, 5100))))
    assert [holes.deepest(number) for number in holes.boxes] == [pytest.approx(200, rel=0.05)]


def test_windows_cut_an_area_and_see_what_lies_around_them() -> None:
    area, photo = Box(10, 75, 0, 50), Box(0, 80, 0, 50)
    count = np.zeros((80, 50), int)
    for core, window in windows(area, photo, 32, 8):
        count[core.slices] += 1
        assert window == Box(max(0, core.y0 - 8), min(80, core.y1 + 8), max(0, core.x0 - 8), min(50, core.x1 + 8))
    assert count[area.slices].min() == count.max() == 1
    assert count.sum() == area.height * area.width
