"""Masks are drawn where the hand was, in boxes no larger than the stroke, and survive their files."""

from pathlib import Path

import numpy as np
import pytest

from aestudio.errors import ImageError
from aestudio.images.io import write_photo
from aestudio.images.mask import (
    Mask,
    difference,
    draw_lasso,
    draw_rectangle,
    draw_similar,
    draw_stroke,
    empty_mask,
    feathered,
    grown,
    inverted,
    read_mask,
    write_mask,
)
from aestudio.images.photo import Box, Photo


@pytest.fixture
def mask() -> Mask:
    return empty_mask(60, 100)


def area(mask: Mask) -> int:
    return int((mask >= 128).sum())


def test_a_stroke_is_as_wide_as_the_brush(mask: Mask) -> None:
    box = draw_stroke(mask, [(20.0, 30.0), (80.0, 30.0)], 5.0)
    assert box == Box(24, 36, 14, 86)
    assert area(mask) == pytest.approx(60 * 10 + np.pi * 25, rel=0.12)
    assert mask[30, 50] == 255
    assert mask[22, 50] == mask[38, 50] == 0
    draw_stroke(mask, [(50.0, 30.0)], 5.0, erase=True)
    assert mask[30, 50] == 0
    assert mask[30, 30] == 255


def test_a_dot_is_round_and_a_fine_brush_still_draws(mask: Mask) -> None:
    draw_stroke(mask, [(50.0, 30.0)], 10.0)
    assert area(mask) == pytest.approx(np.pi * 100, rel=0.08)
    fine = empty_mask(60, 100)
    draw_stroke(fine, [(10.0, 10.0), (30.0, 10.0)], 0.5)
    assert area(fine) == pytest.approx(20, abs=2)


def test_strokes_beyond_the_photo_are_cut_off(mask: Mask) -> None:
    assert draw_stroke(mask, [(-50.0, -50.0), (-20.0, -20.0)], 5.0) == Box(0, 0, 0, 0)
    assert area(mask) == 0
    box = draw_stroke(mask, [(-5.0, 30.0), (200.0, 30.0)], 3.0)
    assert (box.x0, box.x1) == (0, 100)
    assert mask[30].min() == 255


def test_rectangles_and_lassos(mask: Mask) -> None:
    assert draw_rectangle(mask, (30.0, 40.0), (10.0, 20.0)) == Box(20, 40, 10, 30)
    assert area(mask) == 400
    draw_rectangle(mask, (10.0, 20.0), (20.0, 40.0), erase=True)
    assert area(mask) == 200
    other = empty_mask(60, 100)
    draw_lasso(other, [(10.0, 10.0), (50.0, 10.0), (10.0, 50.0)])
    assert area(other) == pytest.approx(800, rel=0.08)
    before = other.copy()
    draw_lasso(other, [(60.0, 10.0), (70.0, 10.0)])  # a line encloses nothing
    assert np.array_equal(other, before)


def test_the_wand_takes_what_hangs_together(mask: Mask) -> None:
    pixels = np.zeros((60, 100, 3), np.uint16)
    pixels[10:30, 10:40] = 30_000
    pixels[10:30, 60:90] = 30_000
    pixels[12, 12] = 31_000
    assert draw_similar(mask, pixels, (15.0, 20.0), 10) == Box(10, 30, 10, 40)
    assert area(mask) == 600
    assert draw_similar(mask, pixels, (500.0, 20.0), 10) == Box(0, 0, 0, 0)
    draw_similar(mask, pixels, (15.0, 20.0), 0, erase=True)
    assert area(mask) == 1
    grey = empty_mask(60, 100)
    draw_similar(grey, pixels[..., :1].copy(), (15.0, 20.0), 10)
    assert area(grey) == 600


def test_growing_and_shrinking_undo_each_other(mask: Mask) -> None:
    draw_rectangle(mask, (30.0, 20.0), (60.0, 40.0))
    wide = grown(mask, 5)
    assert area(wide) > area(mask)
    assert wide[20, 25] == 255
    assert wide[15, 25] == 0  # round corners
    assert np.array_equal(grown(wide, -5), mask)
    assert area(grown(mask, -10.5)) == 0
    assert area(grown(empty_mask(5, 5), 3)) == 0
    whole = inverted(empty_mask(20, 20))
    assert np.array_equal(grown(whole, -3), whole)


def test_feathering_is_soft_and_keeps_the_amount(mask: Mask) -> None:
    draw_rectangle(mask, (30.0, 20.0), (60.0, 40.0))
    soft = feathered(mask, 6)
    assert 0 < soft[30, 28] < 128 < soft[30, 32] < 255
    assert float(soft.sum()) == pytest.approx(float(mask.sum()), rel=0.02)
    assert np.array_equal(feathered(mask, 0), mask)


def test_masks_survive_their_files(mask: Mask, tmp_path: Path) -> None:
    draw_stroke(mask, [(20.0, 30.0), (80.0, 30.0)], 5.0)
    path = write_mask(mask, tmp_path / "mask.png")
    assert np.array_equal(read_mask(path), mask)


def test_where_two_pictures_differ() -> None:
    before = np.zeros((1200, 7, 3), np.uint16)
    after = before.copy()
    after[1100, 2, 1] = 1
    assert np.argwhere(difference(before, after)).tolist() == [[1100, 2]]
    assert not difference(before, before).any()


def test_masks_that_mark_nothing_are_refused(tmp_path: Path) -> None:
    dark = write_photo(Photo(np.full((20, 20, 3), 20, np.uint8)), tmp_path / "dark.png")
    with pytest.raises(ImageError, match=r"dark\.png marks nothing"):
        read_mask(dark)
    with pytest.raises(ImageError, match=r"none\.png"):
        read_mask(tmp_path / "none.png")
