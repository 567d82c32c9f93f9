"""Grey photos as photos in colour, for tools that give them colours."""

from dataclasses import replace

import numpy as np

from aestudio.images.colour import colour_space, srgb_profile
from aestudio.images.photo import Photo, Pixels, to_depth, to_rgb

_ROWS = 256  # converted at a time: float32 copies of a band stay small beside the photo


def in_colour(photo: Photo) -> Photo:
    """A grey photo as RGB, or RGBA, with three equal channels at its own depth; a photo in colour comes back as it is.

    A grey profile gives way to sRGB's, and so does none at all; an RGB profile is kept, for it fits.
    """
    pixels = photo.pixels
    if pixels.shape[2] >= 3:
        return photo
    icc = photo.metadata.icc
    kept = profile_in_colour(icc)
    is_plain = kept is icc or colour_space(icc, 1) is None
    out: Pixels = np.empty((*pixels.shape[:2], pixels.shape[2] + 2), pixels.dtype)
    for top in range(0, len(pixels), _ROWS):
        band = pixels[top : top + _ROWS]
        out[top : top + _ROWS, :, :3] = band[..., :1] if is_plain else to_depth(to_rgb(band, icc), photo.bit_depth)
    out[..., 3:] = pixels[..., 1:]
    return replace(photo, pixels=out, metadata=replace(photo.metadata, icc=kept))


def profile_in_colour(icc: bytes | None) -> bytes:
    """The profile of a grey photo once it has colours: its own, if that is one for RGB, or else sRGB's."""
    return icc if icc is not None and icc[16:20] == b"RGB " else srgb_profile()
