"""What the codecs share: how a file is refused, what a decoder may raise, and how its colours become ours."""

import logging
import lzma
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from aestudio.errors import DamagedPhotoError, ImageError, LargePhotoError, Sentence
from aestudio.images.photo import Encoding, Metadata, Pixels

ASK_PIXELS = 200_000_000  # more takes minutes and gigabytes: the user is asked first
MAX_PIXELS = 512_000_000
LEAST_PART = 1000  # salvaging less than this part of the pixels gives no photo: damaged heads promise gigapixels

# Pillow warns from 89 megapixels and refuses from 179, where real panoramas are; `check_size` asks the header instead.
Image.MAX_IMAGE_PIXELS = None
# What tifffile finds odd either does no harm or is reported as an ImageError; a line on the terminal helps nobody.
logging.getLogger("tifffile").setLevel(logging.CRITICAL)

# Everything a decoder is known to raise on damaged data. imagecodecs' own errors derive from RuntimeError,
# tifffile's from ValueError, struct.error and zlib.error from Exception. OSError is what Pillow raises for most damage.
DECODER_ERRORS: tuple[type[Exception], ...] = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    BufferError,
    ImportError,
    MemoryError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    Image.DecompressionBombError,
)


class Refusal(ValueError):
    """Why a file is not read or written: a sentence with the place {name}, which who knows the file's name fills."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    error: type[ImageError] = ImageError  # what it becomes

    def of(self, name: str) -> ImageError:
        """The error for the file of that name."""
        return self.error(self.template, name=name, **self.values)


class Truncated(Refusal):
    """The end of a file is missing."""

    error = DamagedPhotoError

    def __init__(self) -> None:
        super().__init__(
            "{name} is incomplete: the end of the file is missing. "
            "Please copy it again from the camera or from a backup."
        )


class Damaged(Refusal):
    """The inside of a file makes no sense."""

    error = DamagedPhotoError

    def __init__(self) -> None:
        super().__init__(
            "{name} is damaged and cannot be opened. Please copy it again from the camera or from a backup."
        )


_quiet_lock = threading.Lock()
_quiet_until = ExitStack()
_quiet_users = 0


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings: Pillow warns of odd metadata, which do no harm; what does harm is raised.

    The list of filters belongs to the whole process, and thumbnails are read beside photos: the first of several
    threads replaces it and the last one puts it back.
    """
    global _quiet_users
    with _quiet_lock:
        if _quiet_users == 0:
            _quiet_until.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
        _quiet_users += 1
    try:
        yield
    finally:
        with _quiet_lock:
            _quiet_users -= 1
            if _quiet_users == 0:
                _quiet_until.close()


@dataclass(frozen=True, eq=False)
class Decoded:
    """Pixels (H, W, C) as they lie in the file, what else it says, and the orientation 1 to 8 still to be applied."""

    pixels: Pixels
    metadata: Metadata
    orientation: int | None = None  # None: as the EXIF data say
    encoding: Encoding = field(default_factory=Encoding)
    notes: tuple[Sentence, ...] = ()
    partial: bool = False


FIRST_OF_SEVERAL = Sentence("The file holds several pictures: the first is shown.")


class TooLarge(Refusal):
    """A photo that is opened only when the user says so."""

    error = LargePhotoError


_allowance = threading.local()


@contextmanager
def large_allowed(allowed: bool) -> Iterator[None]:
    """Whether `check_size`, in this thread, lets photos of more than ASK_PIXELS pass."""
    before = getattr(_allowance, "large", False)
    _allowance.large = allowed
    try:
        yield
    finally:
        _allowance.large = before


def check_size(width: int, height: int) -> None:
    """Raises Refusal for a header that claims no pixels, or more than any photo has."""
    if width < 1 or height < 1:
        raise Damaged
    if ASK_PIXELS < width * height <= MAX_PIXELS and not getattr(_allowance, "large", False):
        raise TooLarge(
            "{name} holds {width} × {height} pixels, more than {most} megapixels: it takes gigabytes of memory. "
            "If that is meant, please confirm it in the window, or add --large on the command line.",
            width=width,
            height=height,
            most=ASK_PIXELS // 1_000_000,
        )
    if width * height > MAX_PIXELS:
        raise Refusal(
            "{name} claims to hold {width} × {height} pixels, more than the {most} megapixels that AEStudio "
            "opens. Please split it, or save a smaller version.",
            width=width,
            height=height,
            most=MAX_PIXELS // 1_000_000,
        )


def finite(pixels: Pixels) -> Pixels:
    """The pixels without what is not a number: one of those would spread through a network over the whole tile."""
    return np.nan_to_num(pixels, nan=0.0, posinf=1.0, neginf=0.0) if pixels.dtype == np.float32 else pixels


def valid_dpi(dpi: object) -> tuple[float, float] | None:
    """A pair of numbers from 1 to 65535, which every format can hold, or None for anything else a file may claim."""
    if not isinstance(dpi, tuple) or len(dpi) != 2:
        return None
    try:
        x, y = float(dpi[0]), float(dpi[1])
    except (TypeError, ValueError, ArithmeticError):
        return None
    return (x, y) if 1 <= x <= 65535 and 1 <= y <= 65535 else None


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """Pixels stored with an EXIF orientation of 1 to 8, the right way up."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels[:, ::-1] if orientation in (2, 3, 6, 7) else pixels


# Pillow's modes and the one of ours that holds the same; alpha is never premultiplied in ours.
_MODES = {
    "1": "L",
    "L": "L",
    "LA": "LA",
    "La": "LA",
    "PA": "RGBA",
    "RGB": "RGB",
    "RGBX": "RGB",
    "RGBA": "RGBA",
    "RGBa": "RGBA",
    "YCbCr": "RGB",
    "CMYK": "CMYK",
}


def from_pillow(image: Image.Image, metadata: Metadata, encoding: Encoding | None = None) -> Decoded:
    """A loaded 8-bit Pillow image as (H, W, C) uint8. CMYK becomes RGB, and metadata that no longer fit go."""
    encoding = encoding or Encoding()
    mode = _MODES.get(image.mode)
    if image.mode == "P":
        mode = "RGBA" if image.has_transparency_data else "RGB"
    elif image.mode in ("L", "1") and "transparency" in image.info:
        mode = "LA"
    elif image.mode == "RGB" and "transparency" in image.info:
        mode = "RGBA"
    if mode is None:
        raise unknown_colour(image.mode)
    pixels = _array(image if image.mode == mode else image.convert(mode))
    if mode == "CMYK":
        return replace(from_cmyk(pixels, metadata), encoding=encoding)
    return Decoded(pixels, metadata, encoding=encoding)


def _array(image: Image.Image) -> Pixels:
    """The pixels, a band of rows at a time: taken at once, a large photo would be in memory three times.

    A band fits the processor's cache, which makes this four times as fast as with large ones.
    """
    width, height = image.size
    pixels = np.empty((height, width, len(image.getbands())), np.uint8)
    rows = max(1, 2**17 // width)
    for top in range(0, height, rows):
        end = min(top + rows, height)
        pixels[top:end] = np.asarray(image.crop((0, top, width, end))).reshape(end - top, width, -1)
    return pixels


def unknown_colour(name: str) -> Refusal:
    """For a kind of pixels that no camera writes."""
    return Refusal(
        "{name} holds {mode} colours, which AEStudio does not know. Please save it as RGB or greyscale.", mode=name
    )


def from_cmyk(cmyk: Pixels, metadata: Metadata) -> Decoded:
    """Ink (H, W, 4), uint8 or uint16, 0 for none, as RGB.

    With an ICC profile in the file the inks become sRGB through it; without one, or with a damaged one, each ink takes
    its complement away. The profile describes inks and is left out either way.
    """
    plain = replace(metadata, icc=None)
    if metadata.icc:
        import imagecodecs  # here, for training does without it

        try:
            srgb = imagecodecs.cms_profile("srgb")
            inks = np.ascontiguousarray(cmyk)
            rgb = imagecodecs.cms_transform(inks, metadata.icc, srgb, colorspace="cmyk", outcolorspace="rgb")
        except (RuntimeError, ValueError):
            pass  # the next best: without the profile
        else:
            note = Sentence("The photo holds CMYK inks: they were converted to sRGB by their profile, and stay sRGB.")
            return Decoded(np.asarray(rgb), plain, notes=(note,))
    top = np.uint32(np.iinfo(cmyk.dtype).max)
    rgb = np.empty((*cmyk.shape[:2], 3), cmyk.dtype)
    for y in range(len(cmyk)):  # row by row: the numbers between are four times as large as the photo
        light = top - cmyk[y].astype(np.uint32)
        rgb[y] = (light[:, :3] * light[:, 3:] + top // 2) // top  # at most 65535², which fits
    note = Sentence("The photo holds CMYK inks without a profile: they were converted to sRGB roughly, and stay sRGB.")
    return Decoded(rgb, plain, notes=(note,))


def from_lab(lab: NDArray[np.float32], metadata: Metadata, bits: int) -> Decoded:
    """CIE Lab under D50 (H, W, 3), L from 0 to 100, as sRGB of 8 or 16 bits."""
    import imagecodecs  # here, for training does without it

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = imagecodecs.cms_profile("srgb")
    out: Pixels = np.empty(lab.shape, np.uint8 if bits == 8 else np.uint16)
    rows = max(1, 2**20 // lab.shape[1])
    for y in range(0, len(lab), rows):
        band = np.ascontiguousarray(lab[y : y + rows])
        rgb = imagecodecs.cms_transform(band, profile, srgb, colorspace="lab", outcolorspace="rgb", intent=1)
        out[y : y + rows] = np.rint(np.clip(rgb, 0, 1) * (2**bits - 1))
    note = Sentence("The photo holds Lab colours: they were converted to sRGB, and stay sRGB.")
    return Decoded(out, replace(metadata, icc=None), notes=(note,))
