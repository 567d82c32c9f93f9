"""The other formats as rivals of our own: what their files weigh, and how near they come to the photo.

All is measured on real files, encoded and decoded again. They hold the picture alone: no profile, no EXIF data, no
other metadata, which would weigh the same in every format.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from aestudio.images import avif, jpeg, webp
from aestudio.images.formats import format_of
from aestudio.images.metrics import WINDOW, bits_per_pixel, ms_ssim, psnr
from aestudio.progress import Progress

U8 = NDArray[np.uint8]  # (H, W, 3)

_BASELINE = {"optimize": True}
_PROGRESSIVE = {"optimize": True, "progressive": True}
_MAX_JPEG = 4  # bytes a pixel: pure noise at full quality takes 3.3
_MAX_HEAD = 2**16
_ROOM = threading.Lock()


@dataclass(frozen=True)
class Rival:
    """A format with the encoder's settings; its qualities are whole numbers on a scale of its own."""

    name: str
    format: str  # as Pillow and FORMATS name it
    lowest: int
    highest: int
    max_side: int
    settings: tuple[Mapping[str, Any], ...] = field(hash=False)  # of Pillow; the smallest of the files counts

    def holds(self, height: int, width: int) -> bool:
        """Whether the format takes pictures of that size."""
        return max(height, width) <= self.max_side


def _jpeg(subsampling: str) -> Rival:
    """With Huffman tables made for the photo, baseline or progressive.

    The first is smaller at low qualities (6 to 10 % at 5), the second at high ones (5 % at 95); pixels are the same.
    """
    settings = tuple({"subsampling": subsampling, **kind} for kind in (_BASELINE, _PROGRESSIVE))
    return Rival(f"JPEG {subsampling}", "JPEG", 1, 100, jpeg.MAX_SIDE, settings)


def _avif(name: str, **settings: Any) -> Rival:
    """One tile and 4:2:0. Two threads or more give the same bytes on every machine; one gives others, as tiles do."""
    common = {"codec": "aom", "subsampling": "4:2:0", "autotiling": False, "max_threads": 8}
    return Rival(name, "AVIF", 0, 100, avif.MAX_SIDE, ({**common, **settings},))


RIVALS = (
    _jpeg("4:2:0"),
    _jpeg("4:4:4"),
    # the slowest method: 1.5 to 3 % smaller than Pillow's 4 at the same PSNR, for twice the time, which is still short
    Rival("WebP", "WEBP", 0, 100, webp.MAX_SIDE, ({"method": 6},)),
    # libavif's speed, Pillow's, and that of our own AVIF files: 4 is 6 to 8 % smaller for five times the time
    _avif("AVIF", speed=6),
)
# libaom tunes still pictures for the eye: that costs 2 to 10 % at the same PSNR, and saves 20 at the same MS-SSIM.
# This one is for measuring: nothing else that writes AVIF comes nearer by PSNR.
AVIF_FOR_PSNR = _avif("AVIF, slow and for PSNR", speed=4, advanced={"tune": "psnr"})


@dataclass(frozen=True)
class Point:
    """What one file weighs and is worth."""

    quality: int
    size: int  # bytes
    bpp: float
    psnr: float  # dB
    ms_ssim: float | None  # None where it was not asked for, or where the picture is too small for it


def encode(rival: Rival, rgb_u8: U8, quality: int) -> bytes:
    """A file of a picture (H, W, 3), without metadata. Raises ValueError for another array, and beyond `max_side`."""
    if rgb_u8.dtype != np.uint8 or rgb_u8.ndim != 3 or rgb_u8.shape[2] != 3:
        raise ValueError("a rival takes 8-bit RGB")
    if not rival.holds(*rgb_u8.shape[:2]):
        raise ValueError(f"{rival.format} ends at {rival.max_side} pixels a side")
    if not rival.lowest <= quality <= rival.highest:
        raise ValueError(f"the qualities of {rival.name} are {rival.lowest} to {rival.highest}")
    image = Image.fromarray(np.ascontiguousarray(rgb_u8))
    return min((_saved(image, rival.format, quality, settings) for settings in rival.settings), key=len)


def _saved(image: Image.Image, format_: str, quality: int, settings: Mapping[str, Any]) -> bytes:
    # into a real file: while Pillow writes into memory it lets no other thread work, and the window stands still
    with TemporaryFile() as out:
        if format_ == "JPEG":
            with _room(image.width * image.height):
                image.save(out, format_, quality=quality, **settings)
        else:
            image.save(out, format_, quality=quality, **settings)
        out.seek(0)
        return out.read()


@contextmanager
def _room(pixels: int) -> Iterator[None]:
    """Lets Pillow optimise any JPEG: it reserves 1 or 2 bytes for a pixel, and fails where noise takes more."""
    with _ROOM:
        before = ImageFile.MAXBLOCK
        ImageFile.MAXBLOCK = max(before, _MAX_JPEG * pixels + _MAX_HEAD)
        try:
            yield
        finally:
            ImageFile.MAXBLOCK = before


def decode(data: bytes) -> U8:
    """The picture in a rival's file, (H, W, 3), decoded as AEStudio opens such files."""
    pixels: U8 = format_of(data).decode(data).pixels
    return pixels


def compared(quality: int, size: int, rgb_u8: U8, decoded: U8, *, structural: bool = True) -> Point:
    """The point of a file of `size` bytes whose picture came out as `decoded`; without MS-SSIM unless `structural`."""
    height, width = rgb_u8.shape[:2]
    similarity = ms_ssim(decoded, rgb_u8, 255) if structural and min(height, width) >= WINDOW else None
    return Point(quality, size, bits_per_pixel(size, height, width), psnr(decoded, rgb_u8, 255), similarity)


def measure(rival: Rival, rgb_u8: U8, quality: int, *, structural: bool = True) -> tuple[Point, U8]:
    """The point of one file, and the picture in it."""
    return _measured(encode(rival, rgb_u8, quality), rgb_u8, quality, structural=structural)


def _measured(data: bytes, rgb_u8: U8, quality: int, *, structural: bool) -> tuple[Point, U8]:
    decoded = decode(data)
    return compared(quality, len(data), rgb_u8, decoded, structural=structural), decoded


def at_size(rival: Rival, rgb_u8: U8, size: int, progress: Progress, *, structural: bool = True) -> tuple[Point, U8]:
    """The best quality whose file has at most `size` bytes: one more would not fit.

    Where not even the lowest fits, it comes back nevertheless, its `size` telling.
    """
    search = _Search(rival, rgb_u8, progress)
    quality = search.first(lambda data: len(data) > size) - 1
    return search.result(quality, structural=structural)


def at_psnr(rival: Rival, rgb_u8: U8, least: float, progress: Progress, *, structural: bool = True) -> tuple[Point, U8]:
    """The lowest quality that comes as near as `least` dB: one less would not.

    Where not even the highest does, it comes back nevertheless, its `psnr` telling.
    """
    search = _Search(rival, rgb_u8, progress)
    quality = search.first(lambda data: psnr(decode(data), rgb_u8, 255) >= least)
    return search.result(quality, structural=structural)


class _Search:
    """A binary search among a rival's qualities; each file is encoded once."""

    def __init__(self, rival: Rival, rgb_u8: U8, progress: Progress) -> None:
        self._rival = rival
        self._rgb_u8 = rgb_u8
        self._progress = progress
        self._files: dict[int, bytes] = {}

    def first(self, passes: Callable[[bytes], bool]) -> int:
        """The first quality whose file passes, or the one behind the highest."""
        qualities = range(self._rival.lowest, self._rival.highest + 1)
        total = len(qualities).bit_length()

        def tried(quality: int) -> bool:
            self._progress.step(len(self._files), total, self._rival.name)
            self._files[quality] = encode(self._rival, self._rgb_u8, quality)
            return passes(self._files[quality])

        found = bisect_left(qualities, True, key=tried)
        self._progress.step(total, total, self._rival.name)
        return self._rival.lowest + found

    def result(self, quality: int, *, structural: bool) -> tuple[Point, U8]:
        """Of the quality in range that is nearest. A search always tries what it ends beside."""
        quality = min(max(quality, self._rival.lowest), self._rival.highest)
        return _measured(self._files[quality], self._rgb_u8, quality, structural=structural)


def curve(
    rival: Rival, rgb_u8: U8, qualities: Sequence[int], progress: Progress, *, structural: bool = True
) -> tuple[Point, ...]:
    """The points at some qualities."""
    points = []
    for done, quality in enumerate(qualities):
        progress.step(done, len(qualities), rival.name)
        points.append(measure(rival, rgb_u8, quality, structural=structural)[0])
    progress.step(len(qualities), len(qualities), rival.name)
    return tuple(points)
