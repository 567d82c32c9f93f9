"""Codes made by hand."""

import numpy as np
import pytest

from aestudio.explore.desk import Normal, between, in_shape, main_directions
from aestudio.explore.photos import Floats


@pytest.fixture
def codes() -> Floats:
    """Spread by 5 along the third number, by 2 along the first, and by little along the others."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((400, 6)) * [2, 0.1, 5, 0.1, 0.1, 0.1] + [10, 0, -3, 0, 0, 1]
    return x.astype(np.float32)


# directions


def test_the_strongest_direction_comes_first(codes: Floats) -> None:
    found = main_directions(codes, 3)
    assert len(found) == 3
    assert abs(found.axes[0, 2]) > 0.99
    assert abs(found.axes[1, 0]) > 0.99
    assert found.deviations[:2] == pytest.approx([5, 2], rel=0.15)
    assert found.shares[0] == pytest.approx(25 / 29, abs=0.05)
    assert found.axes @ found.axes.T == pytest.approx(np.eye(3), abs=1e-5)
    assert (found.axes.max(axis=1) >= -found.axes.min(axis=1)).all()


def test_a_code_goes_where_the_sliders_are_and_stays_elsewhere(codes: Floats) -> None:
    found = main_directions(codes, 2)
    places = np.array([1.5, -2.0], dtype=np.float32)
    moved = found.moved(codes[7], places)
    assert found.places(moved) == pytest.approx(places, abs=1e-4)
    rest = (moved - codes[7]) - (moved - codes[7]) @ found.axes.T @ found.axes
    assert rest == pytest.approx(np.zeros(6), abs=1e-4)
    assert found.moved(codes[7], found.places(codes[7])) == pytest.approx(codes[7], abs=1e-4)
    assert moved.dtype == np.float32


def test_a_walk_changes_one_place_only(codes: Floats) -> None:
    found = main_directions(codes, 3)
    walk = found.walk(codes[3], 1)
    places = np.stack([found.places(code) for code in walk])
    assert places[:, 1] == pytest.approx([-3, -2, -1, 0, 1, 2, 3], abs=1e-4)
    assert np.ptp(places[:, [0, 2]], axis=0) == pytest.approx([0, 0], abs=1e-4)


def test_there_are_as_many_directions_as_codes_differ_in(codes: Floats) -> None:
    assert len(main_directions(codes[:1])) == 0
    assert len(main_directions(codes[:0])) == 0
    assert len(main_directions(np.repeat(codes[:1], 5, axis=0))) == 0
    assert len(main_directions(codes[:3])) == 2
    alone = main_directions(codes[:1])
    assert alone.moved(codes[0], alone.places(codes[0])) == pytest.approx(codes[0])


# between two codes


def test_a_blend_begins_and_ends_with_the_photos() -> None:
    one, other = np.array([3, 0, 0], dtype=np.float32), np.array([0, 1, 0], dtype=np.float32)
    for spherical in (False, True):
        assert between(one, other, 0, spherical=spherical) == pytest.approx(one, abs=1e-6)
        assert between(one, other, 1, spherical=spherical) == pytest.approx(other, abs=1e-6)


def test_a_plain_blend_is_straight_and_a_spherical_one_goes_around() -> None:
    one, other = np.array([2, 0], dtype=np.float32), np.array([0, 2], dtype=np.float32)
    assert between(one, other, 0.5, spherical=False) == pytest.approx([1, 1])
    assert between(one, other, 0.5, spherical=True) == pytest.approx([2**0.5, 2**0.5])
    third = between(one, other, 1 / 3, spherical=True)
    assert np.arctan2(third[1], third[0]) == pytest.approx(np.pi / 6)
    longer = between(one, 2 * other, 0.5, spherical=True)
    assert np.linalg.norm(longer) == pytest.approx(3)


@pytest.mark.parametrize("other", [[1.0, 2.0], [-1.0, -2.0], [0.0, 0.0], [2.0, 4.0]])
def test_where_there_is_no_way_around_it_is_straight(other: list[float]) -> None:
    one = np.array([1, 2], dtype=np.float32)
    way = between(one, np.array(other, dtype=np.float32), 0.25, spherical=True)
    assert way == pytest.approx(0.75 * one + 0.25 * np.array(other), abs=1e-4)


# random codes


def test_codes_are_drawn_as_the_photos_are_spread(codes: Floats) -> None:
    drawn = Normal.fitted(codes).draw(4000, seed=1)
    assert drawn.mean(axis=0) == pytest.approx(codes.mean(axis=0), abs=0.3)
    assert np.cov(drawn.T) == pytest.approx(np.cov(codes.T), abs=1.5)
    assert drawn.dtype == np.float32


def test_the_standard_normal_is_standard() -> None:
    drawn = Normal.standard(5).draw(4000, seed=1)
    assert drawn.mean(axis=0) == pytest.approx(np.zeros(5), abs=0.08)
    assert np.cov(drawn.T) == pytest.approx(np.eye(5), abs=0.08)


def test_the_seed_decides_and_the_temperature_scales(codes: Floats) -> None:
    normal = Normal.fitted(codes)
    assert np.array_equal(normal.draw(3, 7), normal.draw(3, 7))
    assert not np.array_equal(normal.draw(3, 7), normal.draw(3, 8))
    assert normal.draw(3, 7, 0.0) == pytest.approx(np.repeat(normal.mean[None], 3, axis=0))
    assert normal.draw(3, 7, 0.5) - normal.mean == pytest.approx((normal.draw(3, 7) - normal.mean) / 2, abs=1e-5)


def test_few_photos_make_no_other_directions(codes: Floats) -> None:
    drawn = Normal.fitted(codes[:2]).draw(5, 1)
    way = (codes[1] - codes[0]) / np.linalg.norm(codes[1] - codes[0])
    off = drawn - codes[:2].mean(axis=0)
    assert off - (off @ way)[:, None] * way == pytest.approx(np.zeros((5, 6)), abs=1e-2)
    assert Normal.fitted(codes[:1]).draw(2, 1) == pytest.approx(np.repeat(codes[:1], 2, axis=0))


@pytest.mark.parametrize(
    ("size", "shape"),
    [((1200, 1800), (171, 256, 3)), ((1800, 1200), (256, 171, 3)), ((1, 1), (256, 256, 3)), ((9000, 1), (256, 1, 3))],
)
def test_pictures_get_the_shape_of_their_photo(size: tuple[int, int], shape: tuple[int, ...]) -> None:
    small = np.full((128, 128, 3), 77, dtype=np.uint8)
    found = in_shape(small, size)
    assert found.shape == shape
    assert found.dtype == np.uint8
    assert (found == 77).all()
