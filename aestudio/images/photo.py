"""A photo in memory: pixels at the file's own depth, with the file's metadata beside them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence
from aestudio.images.colour import ColourSpace, colour_space

Pixels = NDArray[Any]  # (H, W, C): uint8, uint16 or float32; C is 1, 2, 3 or 4 (even: the last is alpha)
RgbTile = NDArray[np.float32]  # (h, w, 3), sRGB, in [0, 1]

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601


class Box(NamedTuple):
    """A rectangle of pixels: rows y0 to y1 and columns x0 to x1, the ends not included."""

    y0: int
    y1: int
    x0: int
    x1: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.y1 - self.y0

    @property
    def width(self) -> int:
        """Columns."""
        return self.x1 - self.x0

    @property
    def slices(self) -> tuple[slice, slice]:
        """For indexing an array: `pixels[box.slices]`."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share a pixel."""
        return self.y0 < other.y1 and other.y0 < self.y1 and self.x0 < other.x1 and other.x0 < self.x1


@dataclass(frozen=True)
class Metadata:
    """What a file says about its photo, byte for byte as the file had it.

    The orientation is already applied to the pixels, and reset in `exif`: nothing else in there is touched. Where the
    XMP repeats the orientation it is reset there too, or some viewers would turn the photo a second time.
    """

    exif: bytes | None = None  # TIFF structure, without the "Exif\0\0" prefix
    icc: bytes | None = None
    xmp: bytes | None = None
    dpi: tuple[float, float] | None = None
    photoshop: bytes | None = None  # Photoshop's image resources, the IPTC record among them
    comment: str | None = None  # of a JPEG or a PNG
    c2pa: bytes | None = None  # content credentials: a JUMBF box


@dataclass(frozen=True)
class Encoding:
    """How a file packs its pixels; None where that is not known or its format has no such thing."""

    quality: int | None = None  # 1 to 100: JPEG
    subsampling: str | None = None  # of JPEG's colours: 4:4:4, 4:2:2 or 4:2:0
    compression: str | None = None  # none, lzw or deflate: TIFF
    lossless: bool = False  # WebP


@dataclass(frozen=True, eq=False)
class Photo:
    """A decoded photo. The pixels are never changed in place: a restoration makes a new one."""

    pixels: Pixels
    metadata: Metadata = field(default_factory=Metadata)
    source: Path | None = None
    format: str = "PNG"  # the file's format, as FORMATS names it
    encoding: Encoding = field(default_factory=Encoding)
    notes: tuple[Sentence, ...] = ()  # what the user should know about how the file was read
    partial: bool = False  # the file is damaged, and this is what could be read
    history: tuple[str, ...] = ()  # a line for each tool that worked on it, for the saved file

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def megapixels(self) -> float:
        """Size in millions of pixels."""
        return self.height * self.width / 1e6

    @property
    def box(self) -> Box:
        """The whole photo."""
        return Box(0, self.height, 0, self.width)

    @property
    def bit_depth(self) -> int:
        """Bits per sample: 8, 16 or 32."""
        return int(self.pixels.dtype.itemsize * 8)

    def rgb(self, box: Box) -> RgbTile:
        """One tile as sRGB float32 in [0, 1]; grey becomes three equal channels, alpha is left out."""
        return to_rgb(self.pixels[box.slices], self.metadata.icc)


def to_rgb(pixels: Pixels, icc: bytes | None = None) -> RgbTile:
    """(h, w, C) of any depth, and of any colour profile, to sRGB (h, w, 3) float32 in [0, 1]; alpha is left out."""
    colours = _colours(pixels)
    space = colour_space(icc, colours.shape[2])
    scaled = np.clip(space.to_srgb(colours) if space else colours, 0, 1)
    return np.repeat(scaled, 3, axis=2) if scaled.shape[2] == 1 else scaled


def _colours(pixels: Pixels) -> NDArray[np.float32]:
    """(h, w, 1 or 3) float32 without alpha, 0 for black and 1 for white."""
    colours = pixels[..., : 1 if pixels.shape[2] < 3 else 3]
    if colours.dtype == np.float32:
        return colours
    return colours.astype(np.float32) * np.float32(1 / np.iinfo(colours.dtype).max)


def screen_pixels(photo: Photo) -> NDArray[np.uint8]:
    """A small photo, (h, w, 1 or 3), at 8 bits in sRGB and without alpha: for thumbnails."""
    colours = to_depth(photo.pixels, 8)[..., : 1 if photo.pixels.shape[2] < 3 else 3]
    space = colour_space(photo.metadata.icc, colours.shape[2])
    shown: NDArray[np.uint8] = space.shown(colours) if space else np.ascontiguousarray(colours)
    return shown


def to_depth(pixels: Pixels, bits: int) -> Pixels:
    """The same picture at 8 or 16 bits or as float32 in [0, 1], rounded to the nearest.

    Float values outside [0, 1] are cut off where they become integers. Pixels that already fit come back uncopied.
    """
    if pixels.dtype.itemsize * 8 == bits:
        return pixels
    if pixels.dtype == np.float32:
        levels: Pixels = np.rint(np.clip(np.nan_to_num(pixels), 0, 1) * np.float32(2**bits - 1))
        return levels.astype(np.uint8) if bits == 8 else levels.astype(np.uint16)
    if bits == 32:
        scaled = pixels.astype(np.float32)
        scaled *= np.float32(1 / np.iinfo(pixels.dtype).max)
        return scaled
    if bits == 16:
        stretched: Pixels = pixels.astype(np.uint16) * np.uint16(257)  # 65535 / 255
        return stretched
    # 65407 and more would overflow 16 bits
    reduced: Pixels = ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)
    return reduced


def put_rgb(pixels: Pixels, box: Box, rgb: RgbTile, icc: bytes | None = None, seen: RgbTile | None = None) -> None:
    """Write a restored sRGB tile over the original one in `pixels`, at their depth, rounded to the nearest.

    Alpha is left as it is, and a grey photo stays grey: it takes the tile's luma. What lay outside sRGB, or above
    white in floating point, is not cut off: there the change that the tool made is added to the original colour.
    `seen` is what the tool was shown: pixels that it gave back so stay as they are to the last bit.
    """
    target = pixels[box.slices]
    same = (rgb == seen).all(axis=2) if seen is not None else None
    kept = target[same] if same is not None else None  # a profile and luma round, there and back
    channels = 1 if pixels.shape[2] < 3 else 3
    space = colour_space(icc, channels)
    if space is not None:
        colour = _changed(target, rgb, space)
    else:
        colour = (rgb @ LUMA)[..., None] if channels == 1 else rgb
        if pixels.dtype == np.float32:
            own = target[..., :channels]
            colour = own + (colour - np.clip(own, 0, 1))
    if pixels.dtype == np.float32:
        target[..., :channels] = colour
    else:
        top = np.float32(np.iinfo(pixels.dtype).max)
        levels = colour * top
        np.clip(np.rint(levels, out=levels), 0, top, out=levels)
        np.copyto(target[..., :channels], levels, casting="unsafe")
    if same is not None:
        target[same] = kept


def _changed(original: Pixels, rgb: RgbTile, space: ColourSpace) -> NDArray[np.float32]:
    """The colours of `original` in their own space, changed as `rgb` differs from them in sRGB.

    The way back is taken twice, with and without the change, and the difference is added: whatever a profile rounds
    or cuts off on its way cancels out.
    """
    own = _colours(original)
    before = space.to_srgb(own)
    change = rgb - np.clip(before, 0, 1)
    if own.shape[2] == 1:
        change = np.repeat((change @ LUMA)[..., None], 3, axis=2)
    if not space.invertible:
        return own + (change[..., :1] if own.shape[2] == 1 else change)
    colour: NDArray[np.float32] = own + (space.from_srgb(before + change) - space.from_srgb(before))
    return colour
