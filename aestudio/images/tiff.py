"""TIFF files."""

import struct
from fractions import Fraction
from io import BytesIO
from typing import Any, BinaryIO, Literal

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from aestudio.images import exif
from aestudio.images.decoding import (
    Damaged,
    Decoded,
    Refusal,
    Truncated,
    check_size,
    finite,
    from_cmyk,
    from_pillow,
    unknown_colour,
    valid_dpi,
)
from aestudio.images.photo import Metadata, Pixels

_XMP, _ICC = 700, 34675
_DNG_VERSION = 50706
_CFA, _LINEAR_RAW = 32803, 34892  # photometric interpretations of camera raw files
# Tags about how the pixels lie in the file they came from, which are wrong for any other file.
_STRUCTURE = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, exif.ORIENTATION, 277, 278, 279, 280, 281, 282, 283}
    | {284, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 330, 332, 333}
    | {334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532}
    | {_XMP, _ICC, 34377, 37724, 65000, 65001, 65002}
)
# none, fax, LZW, JPEG, deflate, PackBits, LZMA, Zstandard: what Pillow's libtiff and tifffile both know
_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 34925, 50000})
_SHORT, _LONG, _RATIONAL, _BYTE, _UNDEFINED = 3, 4, 5, 1, 7
_LIMIT = 2**32 - 1
_STRIP_BYTES = 2**20


def decode(data: bytes) -> Decoded:
    """The first page, (H, W, 1 to 4): uint8, uint16 or float32. 9 to 15 bits are stretched to 16.

    The EXIF data are put together from the page's tags.
    """
    with tifffile.TiffFile(BytesIO(data)) as file:
        page: Any = file.pages.first
        check_size(int(page.imagewidth), int(page.imagelength))
        tags = {tag.code: tag for tag in page.tags}
        # a raw file's first page is a thumbnail or a mosaic: neither is the photo
        raw = _DNG_VERSION in tags or int(page.photometric) in (_CFA, _LINEAR_RAW) or data[8:10] == b"CR"
        if raw or page.is_reduced:
            raise Refusal("{name} is a camera raw file. Please develop it to TIFF or JPEG first.")
        if not exif.all_there(data):
            raise Truncated
        _check_segments(page, len(data))
        metadata = Metadata(
            exif=exif.collect(data, _STRUCTURE),
            icc=_bytes_of(data, tags.get(_ICC)),
            xmp=_bytes_of(data, tags.get(_XMP)),
            dpi=_dpi(tags),
        )
        if int(page.photometric) in (8, 9, 10):
            raise unknown_colour("Lab")
        if int(page.compression) not in _COMPRESSIONS:
            raise Refusal(
                "{name} is compressed in a way that AEStudio does not know. Please save it with ZIP or LZW compression."
            )
        if int(page.bitspersample) <= 8 and page.dtype is not None and page.dtype.kind in "bu":
            pixels, metadata = _decode_bytes(data, metadata)
            return Decoded(pixels, metadata)
        orientation = tags[exif.ORIENTATION].value if exif.ORIENTATION in tags else 1
        pixels, metadata = _decode_wide(page, metadata)
        return Decoded(pixels, metadata, orientation if orientation in range(1, 9) else 1)


def _check_segments(page: Any, length: int) -> None:
    """Raises Truncated if the file ends before its strips or tiles do: decoders fill the rest with black."""
    if not page.dataoffsets or len(page.dataoffsets) != len(page.databytecounts):
        raise Damaged
    for offset, count in zip(page.dataoffsets, page.databytecounts, strict=True):
        if offset + count > length:
            raise Truncated
        if offset < 8 or count < 1:
            raise Damaged


def _decode_bytes(data: bytes, metadata: Metadata) -> tuple[Pixels, Metadata]:
    """1 to 8 bits through Pillow, whose libtiff knows every compression. It turns the pixels upright by itself."""
    with Image.open(BytesIO(data), formats=("TIFF",)) as image:
        # Pillow would turn by the XMP where the tag is missing; no other format is read that way here
        image.info.pop("xmp", None)
        image.load()
        return from_pillow(image, metadata)


def _decode_wide(page: Any, metadata: Metadata) -> tuple[Pixels, Metadata]:
    """More than 8 bits through tifffile: Pillow would reduce them."""
    kind = page.dtype.kind if page.dtype is not None else ""
    if kind not in "uf" or page.dtype.itemsize > 4 or (kind == "u" and page.dtype.itemsize != 2):
        raise unknown_colour(f"{'signed ' if kind == 'i' else ''}{int(page.bitspersample)}-bit")
    pixels = page.asarray()
    if page.axes == "SYX":
        pixels = np.moveaxis(pixels, 0, -1)
    elif page.axes == "YX":
        pixels = pixels[..., None]
    elif page.axes != "YXS":
        raise unknown_colour("more than one layer of")
    photometric, bits = int(page.photometric), int(page.bitspersample)
    if kind == "f":
        pixels = finite(pixels.astype(np.float32, copy=False))
    elif bits < 16:
        low = 2**bits - 1
        pixels = ((pixels.astype(np.uint32) * 65535 + low // 2) // low).astype(np.uint16)
    if photometric == 5 and kind == "u":
        if pixels.shape[2] < 4:
            raise Damaged
        return from_cmyk(pixels[..., :4], metadata)
    if photometric not in (0, 1, 2):
        raise unknown_colour(getattr(page.photometric, "name", "unknown").lower())
    colours = 3 if photometric == 2 else 1
    if pixels.shape[2] < colours:
        raise Damaged
    if photometric == 0:
        pixels = pixels.copy()
        pixels[..., :1] = (np.float32(1) if kind == "f" else np.uint16(65535)) - pixels[..., :1]
    pixels = pixels[..., : colours + 1]
    if pixels.shape[2] > colours and tuple(page.extrasamples)[:1] == (1,):
        pixels = _unassociated(pixels)
    return pixels, metadata


def _unassociated(pixels: Pixels) -> Pixels:
    """Colours divided by the alpha they were multiplied with."""
    top = 1.0 if pixels.dtype == np.float32 else 65535.0
    alpha = pixels[..., -1:].astype(np.float32)
    colour = pixels[..., :-1] * np.divide(top, alpha, out=np.zeros_like(alpha), where=alpha > 0)
    colour = colour if top == 1.0 else np.rint(np.minimum(colour, top))
    return np.concatenate((colour.astype(pixels.dtype), pixels[..., -1:]), axis=2)


def _bytes_of(data: bytes, tag: Any) -> bytes | None:
    """A tag's value as it lies in the file."""
    if tag is None or tag.valueoffset + tag.valuebytecount > len(data):
        return None
    return data[tag.valueoffset : tag.valueoffset + tag.valuebytecount] or None


def _dpi(tags: dict[int, Any]) -> tuple[float, float] | None:
    unit = int(tags[296].value) if 296 in tags and isinstance(tags[296].value, int) else 2
    if unit not in (2, 3) or 282 not in tags or 283 not in tags:
        return None
    values = []
    for code in (282, 283):
        value = tags[code].value
        pair = value if isinstance(value, tuple) and len(value) == 2 else (value, 1)
        if not all(isinstance(number, int | float) for number in pair) or not pair[1]:
            return None
        values.append(pair[0] / pair[1] * (2.54 if unit == 3 else 1.0))
    return valid_dpi(tuple(values))


def encode(file: BinaryIO, pixels: Pixels, metadata: Metadata) -> None:
    """Write a deflate-compressed TIFF of uint8, uint16 or float32 pixels with 1 to 4 channels.

    The file begins with the EXIF data at their own offsets and in their own byte order, and the directory takes their
    tags over: every value, even one that a MakerNote finds by its offset, stays where it was.
    Raises Refusal beyond 4 GB, where the format ends.
    """
    height, width, channels = pixels.shape
    blob = metadata.exif or b""
    order: Literal["<", ">"] = ">" if blob.startswith(b"MM") else "<"
    if blob[:4] not in (b"II*\0", b"MM\0*"):
        blob = b""  # EXIF data that no one could follow
    file.write((b"II*\0" if order == "<" else b"MM\0*") + b"\0\0\0\0" + blob[8:])
    records: dict[int, bytes] = {}
    for tag, entry in exif.entries(blob, exif.first_ifd(blob)).items():
        if tag not in _STRUCTURE:
            records[tag] = blob[entry.at : entry.at + 12]

    def add(tag: int, kind: int, *values: int, raw: bytes = b"") -> None:
        form = {_SHORT: "H", _LONG: "I", _RATIONAL: "I"}.get(kind, "B")
        value = raw or struct.pack(f"{order}{len(values)}{form}", *values)
        count = len(raw) or (len(values) // 2 if kind == _RATIONAL else len(values))
        if len(value) > 4:
            file.write(b"\0" * (file.tell() % 2))
            place = file.tell()
            file.write(value)
            value = struct.pack(order + "I", place)
        records[tag] = struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0")

    rows = max(1, _STRIP_BYTES // (width * channels * pixels.itemsize))
    offsets, counts = _write_strips(file, pixels, rows, order)
    wide_kind = 3 if pixels.dtype == np.float32 else 1
    add(256, _LONG, width)
    add(257, _LONG, height)
    add(258, _SHORT, *[pixels.itemsize * 8] * channels)
    add(259, _SHORT, 8)
    add(262, _SHORT, 2 if channels > 2 else 1)
    add(273, _LONG, *offsets)
    add(exif.ORIENTATION, _SHORT, 1)
    add(277, _SHORT, channels)
    add(278, _LONG, rows)
    add(279, _LONG, *counts)
    add(284, _SHORT, 1)
    add(317, _SHORT, 1 if wide_kind == 3 else 2)
    add(339, _SHORT, *[wide_kind] * channels)
    if channels in (2, 4):
        add(338, _SHORT, 2)
    if metadata.dpi:
        for tag, value in zip((282, 283), metadata.dpi, strict=True):
            ratio = Fraction(value).limit_denominator(1000)
            add(tag, _RATIONAL, ratio.numerator, ratio.denominator)
        add(296, _SHORT, 2)
    if metadata.xmp:
        add(_XMP, _BYTE, raw=metadata.xmp)
    if metadata.icc:
        add(_ICC, _UNDEFINED, raw=metadata.icc)
    file.write(b"\0" * (file.tell() % 2))
    directory = file.tell()
    if directory > _LIMIT:
        raise _too_large()
    file.write(struct.pack(order + "H", len(records)) + b"".join(records[tag] for tag in sorted(records)) + b"\0\0\0\0")
    file.seek(4)
    file.write(struct.pack(order + "I", directory))


def _write_strips(file: BinaryIO, pixels: Pixels, rows: int, order: Literal["<", ">"]) -> tuple[list[int], list[int]]:
    offsets, counts = [], []
    for top in range(0, pixels.shape[0], rows):
        strip = np.ascontiguousarray(pixels[top : top + rows])
        if strip.dtype != np.float32:
            # horizontal differences, as predictor 2 asks for; unsigned numbers wrap around, and back when read
            differences = strip.copy()
            differences[:, 1:] -= strip[:, :-1]
            strip = differences
        packed = imagecodecs.deflate_encode(strip.astype(strip.dtype.newbyteorder(order), copy=False).tobytes(), 6)
        offsets.append(file.tell())
        counts.append(len(packed))
        if offsets[-1] + len(packed) > _LIMIT:
            raise _too_large()
        file.write(packed)
    return offsets, counts


def _too_large() -> Refusal:
    return Refusal("{name} is too large for TIFF, which ends at 4 GB. Please save it as PNG.")
