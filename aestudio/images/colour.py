"""Colour profiles: from a photo's own colours into sRGB, where the networks work, and back."""

import logging
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

log = logging.getLogger(__name__)

_SAME = 1 / 2048  # a profile that moves no colour by more than this is sRGB under another name
_CHUNK_ROWS = 64  # a thread's share: Little CMS leaves Python's lock alone, and takes 0.2 s per megapixel
_LEVEL = np.float32(1 / 255)
_RELATIVE = 1  # relative colorimetric: what both gamuts hold keeps its colour exactly
_pool = ThreadPoolExecutor(4, thread_name_prefix="colour")


@cache
def srgb_profile() -> bytes:
    """The ICC profile of sRGB."""
    import imagecodecs  # here, for training does without it

    return bytes(imagecodecs.cms_profile("srgb"))


@cache
def adobe_rgb_profile() -> bytes:
    """The ICC profile of Adobe RGB."""
    import imagecodecs

    return bytes(imagecodecs.cms_profile("adobergb"))


class ColourSpace:
    """What an ICC profile says about (h, w, 1) or (h, w, 3) pixels.

    Everything is computed in float32 without bounds: a colour that sRGB cannot show lies outside [0, 1] there, and
    comes back as it was.
    """

    def __init__(self, icc: bytes, channels: int) -> None:
        """Raises ValueError for a profile that does not fit, RuntimeError for one that cannot be read."""
        kind = icc[16:20]
        if kind not in (b"RGB ", b"GRAY") or (kind == b"GRAY" and channels != 1):
            raise ValueError(f"a {kind!r} profile for {channels} channels")
        self._icc = icc
        self._channels = channels
        self._name = "gray" if kind == b"GRAY" else "rgb"
        levels = np.linspace(0, 1, 9, dtype=np.float32)
        grid = np.stack(np.meshgrid(*[levels] * channels, indexing="ij"), axis=-1).reshape(-1, 9, channels)
        srgb = self.to_srgb(grid)
        self.is_srgb = float(np.abs(srgb - grid).max()) < _SAME
        try:
            self.from_srgb(srgb)
            self.invertible = True
        except (RuntimeError, ValueError):
            self.invertible = False  # a scanner's profile may lead one way only

    def to_srgb(self, colours: Floats) -> Floats:
        """(h, w, C) in [0, 1] of this space to (h, w, 3) of sRGB, without bounds."""
        if self._channels == 1 and self._name == "rgb":
            colours = np.repeat(colours, 3, axis=2)
        return _in_chunks(lambda rows: _transform(rows, self._icc, self._name, srgb_profile(), "rgb"), colours, 3)

    def from_srgb(self, rgb: Floats) -> Floats:
        """(h, w, 3) of sRGB, without bounds, to (h, w, C) of this space."""
        own = 1 if self._name == "gray" else 3
        back = _in_chunks(lambda rows: _transform(rows, srgb_profile(), "rgb", self._icc, self._name), rgb, own)
        return back.mean(axis=2, keepdims=True) if own > self._channels else back

    def shown(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """(h, w, 1 or 3) of 8 bits as sRGB of as many channels and 8 bits, rounded to the nearest.

        Not through Little CMS's own path for 8 bits, which is off by several levels in the shadows of linear profiles.
        """
        if self._channels == 1:
            ramp = np.arange(256, dtype=np.float32).reshape(1, 256, 1)
            table = np.rint(np.clip(self.to_srgb(ramp * _LEVEL)[0, :, 1], 0, 1) * 255).astype(np.uint8)
            return table[pixels]
        rgb = self.to_srgb(pixels.astype(np.float32) * _LEVEL)
        return np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)


@lru_cache(16)
def colour_space(icc: bytes | None, channels: int) -> ColourSpace | None:
    """The space of pixels with `channels` colours (1 or 3, alpha not counted); None where they are sRGB's.

    A profile that is damaged, or made for other colours than these, is passed over: see `profile_fits`.
    """
    if not icc:
        return None
    try:
        space = ColourSpace(icc, channels)
    except (RuntimeError, ValueError) as exc:
        log.info("colour profile passed over: %s", exc)
        return None
    return None if space.is_srgb else space


@lru_cache(16)
def profile_fits(icc: bytes, channels: int) -> bool:
    """Whether a profile can be used for pixels with `channels` colours."""
    try:
        ColourSpace(icc, channels)
    except (RuntimeError, ValueError):
        return False
    return True


@cache
def profile_of(primaries: int, transfer: int) -> bytes | None:
    """An ICC profile for the code points of ITU-T H.273, which PNG, AVIF and HEIC files may have instead of one.

    None for sRGB, and for what a profile cannot say: the brightness of high dynamic range.
    """
    import imagecodecs

    # Display P3, and BT.2020 with the curve of sRGB
    chromaticities = {12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060), 9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046)}
    if primaries not in chromaticities or transfer not in (1, 6, 13, 14, 15):
        return None
    x = chromaticities[primaries]
    corners = [x[0], x[1], 1.0, x[2], x[3], 1.0, x[4], x[5], 1.0]
    d65 = [0.3127, 0.3290, 1.0]
    return _with_srgb_curve(imagecodecs.cms_profile("rgb", whitepoint=d65, primaries=corners, gamma=1.0))


def _with_srgb_curve(icc: bytes) -> bytes:
    """The profile with sRGB's curve as a formula: Little CMS rounds what goes through a table to 16 bits."""
    srgb = srgb_profile()
    _, start, size = next(tag for tag in _tags(srgb) if srgb[tag[0] : tag[0] + 4] == b"rTRC")
    out = bytearray(icc) + bytes(-len(icc) % 4)
    curve_at = len(out)
    out += srgb[start : start + size]
    for at, _, _ in _tags(icc):
        if icc[at : at + 4] in (b"rTRC", b"gTRC", b"bTRC"):
            out[at + 4 : at + 12] = struct.pack(">II", curve_at, size)
    out[:4] = struct.pack(">I", len(out))
    return bytes(out)


def _tags(icc: bytes) -> list[tuple[int, int, int]]:
    """Where each tag's entry lies in the profile's table, and where its data begin and how long they are (ICC.1)."""
    (count,) = struct.unpack_from(">I", icc, 128)
    return [(at, *struct.unpack_from(">II", icc, at + 4)) for at in range(132, 132 + 12 * count, 12)]


def _transform(rows: NDArray[Any], icc: bytes, name: str, target: bytes, target_name: str) -> NDArray[Any]:
    import imagecodecs

    data = rows[..., 0] if name == "gray" else rows
    out = imagecodecs.cms_transform(
        np.ascontiguousarray(data), icc, target, colorspace=name, outcolorspace=target_name, intent=_RELATIVE
    )
    return np.asarray(out).reshape(*rows.shape[:2], -1)


def _in_chunks(convert: Callable[[NDArray[Any]], NDArray[Any]], pixels: NDArray[Any], channels: int) -> NDArray[Any]:
    height, width = pixels.shape[:2]
    if height <= _CHUNK_ROWS:
        return convert(pixels)
    out = np.empty((height, width, channels), pixels.dtype)

    def one(top: int) -> None:
        out[top : top + _CHUNK_ROWS] = convert(pixels[top : top + _CHUNK_ROWS])

    list(_pool.map(one, range(0, height, _CHUNK_ROWS)))
    return out
