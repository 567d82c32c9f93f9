"""A grey photo in colour looks as it did."""

from collections.abc import Callable

import imagecodecs
import numpy as np
import pytest

from aestudio.images.colour import srgb_profile
from aestudio.images.convert import in_colour
from aestudio.images.photo import Metadata, Photo, Pixels

MakePixels = Callable[..., Pixels]
GREYS = {
    "plain": None,
    "linear": bytes(imagecodecs.cms_profile("gray", gamma=1.0)),
    "sRGB": srgb_profile(),
    "Adobe RGB": bytes(imagecodecs.cms_profile("adobergb")),
}


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("name", GREYS)
def test_a_grey_photo_looks_the_same_in_colour(make_pixels: MakePixels, name: str, channels: int, bits: int) -> None:
    icc = GREYS[name]
    photo = Photo(make_pixels(channels, bits, 40, 30), Metadata(icc=icc, xmp=b"kept"))
    coloured = in_colour(photo)
    assert coloured.pixels.shape == (40, 30, channels + 2)
    assert coloured.bit_depth == bits
    assert np.abs(coloured.rgb(coloured.box) - photo.rgb(photo.box)).max() <= (0.51 / 255 if bits == 8 else 2e-5)
    assert np.array_equal(coloured.pixels[..., 3:], photo.pixels[..., 1:])
    assert coloured.metadata.icc == (icc if name == "Adobe RGB" else srgb_profile())
    assert coloured.metadata.xmp == b"kept"


def test_a_photo_in_colour_is_left_as_it_is(make_pixels: MakePixels) -> None:
    photo = Photo(make_pixels(3))
    assert in_colour(photo) is photo
