"""Pixels change their depth exactly, and tiles go in and out of a photo."""

from collections.abc import Callable

import numpy as np
import pytest

from aestudio.images.photo import Box, Photo, Pixels, put_rgb, to_depth, to_rgb


def test_eight_bits_survive_sixteen() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1)
    assert to_depth(levels, 16).max() == 65535
    assert np.array_equal(to_depth(to_depth(levels, 16), 8), levels)


def test_sixteen_bits_are_rounded_to_the_nearest_eight() -> None:
    levels = np.arange(65536, dtype=np.uint16).reshape(256, 256, 1)
    assert np.array_equal(to_depth(levels, 8), np.rint(levels / 257.0).astype(np.uint8))


@pytest.mark.parametrize(("bits", "top"), [(8, 255), (16, 65535)])
def test_float_is_rounded_and_cut_off(bits: int, top: int) -> None:
    values = np.array([-1.0, 0.0, 0.5, 1.0, 7.0, np.nan], dtype=np.float32).reshape(1, 6, 1)
    assert to_depth(values, bits).ravel().tolist() == [0, 0, round(0.5 * top), top, top, 0]


@pytest.mark.parametrize("bits", [8, 16])
def test_integers_survive_float(bits: int, make_pixels: Callable[..., Pixels]) -> None:
    pixels = make_pixels(3, bits)
    assert np.array_equal(to_depth(to_depth(pixels, 32), bits), pixels)


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
def test_a_tile_goes_out_and_in_unchanged(channels: int, bits: int, make_pixels: Callable[..., Pixels]) -> None:
    pixels = make_pixels(channels, bits)
    box = Box(3, 20, 5, 31)
    copy = pixels.copy()
    put_rgb(copy, box, Photo(pixels).rgb(box))
    assert np.array_equal(copy, pixels)


def test_grey_becomes_three_equal_channels_without_alpha(make_pixels: Callable[..., Pixels]) -> None:
    rgb = to_rgb(make_pixels(2))
    assert rgb.shape == (37, 53, 3)
    assert rgb.dtype == np.float32
    assert np.array_equal(rgb[..., 0], rgb[..., 2])


def test_a_photo_knows_its_size(make_pixels: Callable[..., Pixels]) -> None:
    photo = Photo(make_pixels(3, 16))
    assert (photo.height, photo.width, photo.bit_depth) == (37, 53, 16)
    assert photo.box == Box(0, 37, 0, 53)
    assert photo.megapixels == pytest.approx(37 * 53 / 1e6)
