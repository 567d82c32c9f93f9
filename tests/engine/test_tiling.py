import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aestudio.engine.tiling import cores, in_view_first, pad, round_up, tile_at
from aestudio.images.photo import Box

sizes = st.integers(1, 300)
sides = st.integers(1, 200)
multiples = st.sampled_from([1, 2, 8, 16])


@settings(deadline=None)  # a busy machine is not a failure
@given(sizes, sizes, sides, multiples)
def test_cores_partition_the_photo_on_the_grid(height: int, width: int, side: int, multiple_of: int) -> None:
    seen = np.zeros((height, width), dtype=int)
    for core in cores(Box(0, height, 0, width), side, multiple_of):
        seen[core.slices] += 1
        assert core.y0 % multiple_of == 0
        assert core.x0 % multiple_of == 0
        assert 0 < core.height <= max(side, multiple_of)
        assert 0 < core.width <= max(side, multiple_of)
    assert (seen == 1).all()


@settings(deadline=None)
@given(sizes, sizes, sides, multiples, st.integers(0, 70))
def test_a_context_holds_its_core_and_the_overlap_and_lies_inside(
    height: int, width: int, side: int, multiple_of: int, overlap: int
) -> None:
    photo = Box(0, height, 0, width)
    for core in cores(photo, side, multiple_of):
        tile = tile_at(core, photo, overlap, multiple_of)
        context = tile.context
        assert context.y0 % multiple_of == context.x0 % multiple_of == 0
        assert 0 <= context.y0 <= max(core.y0 - overlap, 0)
        assert 0 <= context.x0 <= max(core.x0 - overlap, 0)
        assert min(core.y1 + overlap, height) <= context.y1 <= height
        assert min(core.x1 + overlap, width) <= context.x1 <= width
        assert (context.height + tile.padding[0]) % multiple_of == 0
        assert (context.width + tile.padding[1]) % multiple_of == 0
        # padding stands for pixels that do not exist: inside the photo there are real ones
        assert tile.padding[0] == 0 or context.y1 == height
        assert tile.padding[1] == 0 or context.x1 == width
        assert context.y0 + tile.inner.y0 == core.y0
        assert context.x0 + tile.inner.x1 == core.x1


@settings(deadline=None)
@given(st.integers(9, 300), st.integers(9, 300), st.integers(32, 128), st.integers(16, 64))
def test_a_core_that_is_cut_again_stays_on_the_grid(height: int, width: int, side: int, smaller: int) -> None:
    seen = np.zeros((height, width), dtype=int)
    for core in cores(Box(0, height, 0, width), side, 8):
        for part in cores(core, smaller, 8):
            seen[part.slices] += 1
            assert part.y0 % 8 == part.x0 % 8 == 0
    assert (seen == 1).all()


def test_no_core_is_a_thin_rest() -> None:
    assert {core.height for core in cores(Box(0, 1032, 0, 64), 1024, 8)} == {520, 512}


def test_what_is_in_view_comes_first_from_its_middle() -> None:
    boxes = cores(Box(0, 640, 0, 640), 64, 8)
    view = Box(300, 500, 300, 500)
    order = in_view_first(boxes, view)
    seen = [box.overlaps(view) for box in order]
    assert seen == sorted(seen, reverse=True)
    assert order[0] == Box(384, 448, 384, 448)
    assert sorted(order) == sorted(boxes)
    assert in_view_first(boxes, None) == boxes


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 9), (2, 3), (7, 1), (13, 5)])
def test_padding_works_for_any_size(height: int, width: int) -> None:
    tile = np.arange(height * width * 3, dtype=np.float32).reshape(height, width, 3)
    padding = (-height % 16, -width % 16)
    padded = pad(tile, padding)
    assert padded.shape == (16, 16, 3)
    assert np.array_equal(padded[:height, :width], tile)
    assert np.isin(padded, tile).all()


def test_padding_reflects() -> None:
    column = np.arange(5, dtype=np.float32).reshape(5, 1, 1)
    assert pad(column, (3, 0))[:, 0, 0].tolist() == [0, 1, 2, 3, 4, 3, 2, 1]


@settings(deadline=None)
@given(st.integers(0, 1000), multiples)
def test_round_up(size: int, multiple_of: int) -> None:
    assert size <= round_up(size, multiple_of) < size + multiple_of
    assert round_up(size, multiple_of) % multiple_of == 0
