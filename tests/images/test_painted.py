"""Versions of a mask: exact, equal by content, and shared where nothing changed."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aestudio.images.mask import Mask, draw_rectangle, draw_stroke, empty_mask
from aestudio.images.painted import NOWHERE, PaintedMask
from aestudio.images.photo import Box

HEIGHT, WIDTH = 600, 900  # no multiples of a tile


def soft_mask(height: int = HEIGHT, width: int = WIDTH) -> Mask:
    """Every value in some place, and nothing in some tiles."""
    mask = np.random.default_rng(5).integers(0, 256, (height, width), dtype=np.uint8)
    mask[:, : width // 2] = 0
    return mask


@st.composite
def strokes(draw: st.DrawFn) -> list[tuple[list[tuple[float, float]], float, bool]]:
    place = st.tuples(st.floats(-60, WIDTH + 60), st.floats(-60, HEIGHT + 60))
    stroke = st.tuples(st.lists(place, min_size=1, max_size=4), st.floats(0.5, 120), st.booleans())
    return draw(st.lists(stroke, min_size=1, max_size=6))


@settings(max_examples=30, deadline=None)
@given(strokes())
def test_updates_equal_a_full_rebuild_and_can_be_taken_back(
    drawn: list[tuple[list[tuple[float, float]], float, bool]],
) -> None:
    mask = empty_mask(HEIGHT, WIDTH)
    versions = [PaintedMask.of(mask)]
    for points, radius, erase in drawn:
        box = draw_stroke(mask, points, radius, erase=erase)
        versions.append(versions[-1].updated(mask, box))
        whole = PaintedMask.of(mask)
        assert versions[-1] == whole
        assert hash(versions[-1]) == hash(whole)
        assert np.array_equal(versions[-1].pixels(), mask)
        assert versions[-1].share == pytest.approx((mask > 0).mean())
    for earlier, later in zip(versions[-2::-1], versions[:0:-1], strict=True):
        before = mask.copy()
        box = earlier.put_into(mask, later)
        assert np.array_equal(mask, earlier.pixels())
        before[box.slices] = mask[box.slices]
        assert np.array_equal(before, mask)  # nothing changed beside the box


@settings(max_examples=30, deadline=None)
@given(st.integers(-300, 800), st.integers(-300, 1100), st.integers(0, 700), st.integers(0, 700))
def test_a_part_is_cut_out_of_the_whole_and_is_empty_beyond_it(top: int, left: int, height: int, width: int) -> None:
    mask = soft_mask()
    framed = np.pad(mask, 1500)
    box = Box(top, top + height, left, left + width)
    expected = framed[1500 + top : 1500 + top + height, 1500 + left : 1500 + left + width]
    assert np.array_equal(PaintedMask.of(mask).part(box), expected)


def test_soft_values_survive() -> None:
    mask = soft_mask()
    painted = PaintedMask.of(mask)
    assert np.array_equal(painted.pixels(), mask)
    assert painted.pixels().flags.writeable
    assert painted.share == pytest.approx((mask > 0).mean())


def test_an_empty_mask_holds_nothing() -> None:
    painted = PaintedMask.of(empty_mask(HEIGHT, WIDTH))
    assert painted.is_empty
    assert painted.box is None
    assert painted.share == 0
    assert painted.nbytes == 0
    assert not painted.pixels().any()
    assert PaintedMask.of(empty_mask(1, 1)).is_empty


def test_the_box_is_exact() -> None:
    mask = empty_mask(HEIGHT, WIDTH)
    mask[250:270, 700:703] = 1
    assert PaintedMask.of(mask).box == Box(250, 270, 700, 703)
    mask[599, 0] = 255
    assert PaintedMask.of(mask).box == Box(250, 600, 0, 703)


def test_equality_is_by_size_and_content() -> None:
    mask = soft_mask()
    painted = PaintedMask.of(mask, "mask.png")
    assert painted == PaintedMask.of(mask)
    assert painted.name == "mask.png"
    assert len({painted, PaintedMask.of(mask.copy())}) == 1
    assert painted != PaintedMask.of(soft_mask(HEIGHT, WIDTH + 1))
    assert PaintedMask.of(empty_mask(10, 20)) != PaintedMask.of(empty_mask(20, 10))
    mask[300, 600] ^= 1
    changed = painted.updated(mask, Box(300, 301, 600, 601))
    assert changed != painted
    assert changed.name == "mask.png"
    mask[300, 600] ^= 1
    assert changed.updated(mask, Box(300, 301, 600, 601)) == painted


def test_versions_share_what_a_stroke_did_not_touch() -> None:
    mask = soft_mask()
    first = PaintedMask.of(mask)
    second = first.updated(mask, draw_stroke(mask, [(600.0, 100.0)], 20.0))
    alike = [one is other for one, other in zip(first._tiles, second._tiles, strict=True) if one is not None]
    assert alike.count(False) == 1
    assert second.put_into(first.pixels(), first) == Box(0, 256, 512, 768)
    assert first.updated(first.pixels(), Box(0, HEIGHT, 0, WIDTH))._tiles[3] is first._tiles[3]
    assert first.put_into(mask, first) == NOWHERE


def test_the_boxes_along_a_stroke_are_as_good_as_the_one_around_it() -> None:
    mask = empty_mask(HEIGHT, WIDTH)
    first = PaintedMask.of(mask)
    boxes = [draw_stroke(mask, [(float(x), float(x) / 2), (x + 50.0, x / 2 + 25.0)], 9.0) for x in range(0, 800, 50)]
    assert first.updated(mask, *boxes) == PaintedMask.of(mask)
    assert first.updated(mask) == first


def test_a_scaled_mask_covers_the_same_place() -> None:
    mask = empty_mask(HEIGHT, WIDTH)
    draw_rectangle(mask, (300.0, 200.0), (600.0, 400.0))
    painted = PaintedMask.of(mask, "mask.png")
    scaled = painted.scaled(HEIGHT * 2, WIDTH * 2)
    assert (scaled.height, scaled.width, scaled.name) == (1200, 1800, "mask.png")
    assert scaled.share == pytest.approx(painted.share, rel=0.01)
    assert scaled.box is not None
    assert np.allclose(scaled.box, (400, 800, 600, 1200), atol=1)
    assert painted.scaled(HEIGHT, WIDTH) is painted


def test_thin_lines_are_still_there_in_a_mask_that_is_scaled_down() -> None:
    mask = empty_mask(HEIGHT, WIDTH)
    mask[101:103] = 255
    small = PaintedMask.of(mask).scaled(HEIGHT // 8, WIDTH // 8)
    assert small.box is not None
    assert small.box.y0 == 101 // 8
    assert small.box.width == WIDTH // 8


def test_masks_of_another_size_are_refused() -> None:
    painted = PaintedMask.of(empty_mask(HEIGHT, WIDTH))
    with pytest.raises(ValueError, match="as large as"):
        painted.updated(empty_mask(WIDTH, HEIGHT), Box(0, 1, 0, 1))
    with pytest.raises(ValueError, match="as large as"):
        painted.put_into(empty_mask(WIDTH, HEIGHT), painted)
    with pytest.raises(ValueError, match="one size"):
        painted.put_into(empty_mask(HEIGHT, WIDTH), PaintedMask.of(empty_mask(10, 10)))


def test_the_next_version_of_a_large_mask_costs_what_its_stroke_costs() -> None:
    mask = empty_mask(8736, 11648)
    painted = PaintedMask.of(mask)
    box = draw_stroke(mask, [(5000.0, 4000.0), (5400.0, 4100.0)], 100.0)
    started = time.perf_counter()
    following = painted.updated(mask, box)
    seconds = time.perf_counter() - started
    assert seconds < 0.1  # a fiftieth of this is usual, all of the mask would take longer
    assert following.nbytes < 50_000
