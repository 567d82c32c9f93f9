"""TIFF files."""

import struct
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any, BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.images import exif, photoshop
from aestudio.images.decoding import (
    FIRST_OF_SEVERAL,
    Damaged,
    Decoded,
    Refusal,
    Truncated,
    check_size,
    finite,
    from_cmyk,
    from_lab,
    from_pillow,
    unknown_colour,
    valid_dpi,
)
from aestudio.images.exif_edit import with_thumbnail
from aestudio.images.photo import Encoding, Metadata, Pixels
from aestudio.images.tiff_strips import JPEGS, LZW, pixels_of

_XMP, _ICC, _IPTC, _PHOTOSHOP, _SUB_IFDS, _CREDENTIALS = 700, 34675, 33723, 34377, 330, 52545
_LABS = (8, 9)  # photometric interpretations: CIE Lab and ICC Lab
_DNG_VERSION = 50706
_CFA, _LINEAR_RAW = 32803, 34892  # photometric interpretations of camera raw files
# Tags about how the pixels lie in the file they came from, which are wrong for any other file.
STRUCTURE = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, exif.ORIENTATION, 277, 278, 279, 280, 281, 282, 283}
    | {284, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 330, 332, 333}
    | {334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532}
    | {_XMP, _ICC, _IPTC, _PHOTOSHOP, _CREDENTIALS, 37724, 65000, 65001, 65002}
)
# none, fax, LZW, JPEG, deflate, PackBits, LZMA, Zstandard: what Pillow's libtiff and tifffile both know
_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 34925, 50000})
_COMPRESSION_NAMES = {1: "none", 5: "lzw", 8: "deflate", 32946: "deflate"}
_SHORT, _LONG, _RATIONAL, _BYTE, _UNDEFINED = 3, 4, 5, 1, 7
_LIMIT = 2**32 - 1
_STRIP_BYTES = 2**20


def decode(data: bytes) -> Decoded:
    """The first page, (H, W, 1 to 4): uint8, uint16 or float32. 9 to 15 bits are stretched to 16.

    The EXIF data are put together from the page's tags.
    """
    import tifffile  # here, for training does without it

    with tifffile.TiffFile(BytesIO(data)) as file:
        page: Any = file.pages.first
        check_size(int(page.imagewidth), int(page.imagelength))
        tags = {tag.code: tag for tag in page.tags}
        # a raw file's first page is a thumbnail or a mosaic: neither is the photo
        if not exif.all_there(data):
            raise Truncated
        _check_segments(page, len(data))
        metadata = metadata_of(data)
        encoding = Encoding(compression=_COMPRESSION_NAMES.get(int(page.compression)))
        notes = (FIRST_OF_SEVERAL,) if len(file.pages) > 1 and _is_picture(file.pages[1]) else ()
        if int(page.compression) not in _COMPRESSIONS:
            raise Refusal(
                "{name} is compressed in a way that AEStudio does not know. Please save it with ZIP or LZW compression."
            )
        is_bytes = int(page.bitspersample) <= 8 and page.dtype is not None and page.dtype.kind in "bu"
        if is_bytes and int(page.photometric) not in _LABS:  # Pillow takes their a and b for something else
            decoded, orientation = _decode_bytes(data, metadata), 1
        else:
            decoded = _decode_wide(page, data, metadata)
            orientation = tags[exif.ORIENTATION].value if exif.ORIENTATION in tags else 1
        return replace(
            decoded,
            orientation=orientation if orientation in range(1, 9) else 1,
            encoding=encoding,
            notes=(*notes, *decoded.notes),
        )


def metadata_of(data: bytes, leave_out: frozenset[int] = STRUCTURE) -> Metadata:
    """What the tags of the first page say, but for those to be left out of the EXIF data."""
    tags = exif.entries(data, exif.first_ifd(data))
    icc, xmp, blocks, record, store = (
        (tags[tag].value or None) if tag in tags else None for tag in (_ICC, _XMP, _PHOTOSHOP, _IPTC, _CREDENTIALS)
    )
    return Metadata(
        exif=exif.collect(data, leave_out),
        icc=icc,
        xmp=xmp,
        dpi=valid_dpi(exif.resolution(data)),
        photoshop=photoshop.with_iptc(blocks, record),
        c2pa=store,
    )


def is_raw(data: bytes) -> bool:
    """Whether a TIFF structure is a camera raw file: its first page is a thumbnail or a mosaic, and not the photo."""
    if data[8:10] == b"CR":
        return True
    tags = exif.entries(data, exif.first_ifd(data))
    photometric = exif.integer(data, tags[262]) if 262 in tags else None
    reduced = 254 in tags and exif.integer(data, tags[254]) & 1
    return is_dng(data) or photometric in (_CFA, _LINEAR_RAW) or (bool(reduced) and _SUB_IFDS in tags)


def is_dng(data: bytes) -> bool:
    """Whether a TIFF structure is a raw file of the open kind."""
    return _DNG_VERSION in exif.entries(data, exif.first_ifd(data))


def _is_picture(page: Any) -> bool:
    """Whether a page is more than a small copy or a mask."""
    kind = page.tags.get(254) if hasattr(page, "tags") else None
    return kind is None or not int(kind.value) & 5


def _check_segments(page: Any, length: int) -> None:
    """Raises Truncated if the file ends before its strips or tiles do: decoders fill the rest with black."""
    if not page.dataoffsets or len(page.dataoffsets) != len(page.databytecounts):
        raise Damaged
    for offset, count in zip(page.dataoffsets, page.databytecounts, strict=True):
        if offset + count > length:
            raise Truncated
        if offset < 8 or count < 1:
            raise Damaged


def _decode_bytes(data: bytes, metadata: Metadata) -> Decoded:
    """1 to 8 bits through Pillow, whose libtiff knows every compression. It turns the pixels upright by itself."""
    with Image.open(BytesIO(data), formats=("TIFF",)) as image:
        # Pillow would turn by the XMP where the tag is missing; no other format is read that way here
        image.info.pop("xmp", None)
        image.load()
        return from_pillow(image, metadata)


def _decode_wide(page: Any, data: bytes, metadata: Metadata) -> Decoded:
    """More than 8 bits through tifffile: Pillow would reduce them."""
    _check_kind(page)
    if int(page.compression) in (LZW, *JPEGS):
        return _as_photo(pixels_of(page, data), page, metadata)
    pixels = page.asarray()
    if page.axes == "SYX":
        pixels = np.moveaxis(pixels, 0, -1)
    elif page.axes == "YX":
        pixels = pixels[..., None]
    elif page.axes != "YXS":
        raise unknown_colour("more than one layer of")
    return _as_photo(pixels, page, metadata)


def _check_kind(page: Any) -> None:
    """Raises Refusal for numbers that are no brightness."""
    kind, size = (page.dtype.kind, page.dtype.itemsize) if page.dtype is not None else ("", 0)
    lab = kind == "i" and size <= 2 and int(page.photometric) in _LABS  # their a and b have a sign
    if kind not in "uf" and not lab:
        raise unknown_colour(f"{'signed ' if kind == 'i' else ''}{int(page.bitspersample)}-bit")
    if kind == "u" and size > 4:
        raise unknown_colour(f"{8 * size}-bit")


def _as_photo(pixels: Pixels, page: Any, metadata: Metadata) -> Decoded:
    """(H, W, C) as they lie in the file, of any kind that `_check_kind` lets pass."""
    photometric, bits = int(page.photometric), int(page.bitspersample)
    if photometric in _LABS and pixels.dtype.itemsize <= 2 and pixels.shape[2] >= 3:
        return from_lab(_lab(pixels, bits, is_signed=photometric == 8), metadata, 8 if bits <= 8 else 16)
    if pixels.dtype.kind == "f":
        pixels = finite(pixels.astype(np.float32, copy=False))
    elif pixels.dtype == np.uint32:
        # more than any photo needs: floating point keeps 24 bits of them
        pixels = (pixels / np.float64(2**bits - 1)).astype(np.float32)
    elif 8 < bits < 16:
        low = 2**bits - 1
        pixels = ((pixels.astype(np.uint32) * 65535 + low // 2) // low).astype(np.uint16)
    top = 1 if pixels.dtype == np.float32 else np.iinfo(pixels.dtype).max
    if photometric == 5 and top > 1:
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
        pixels[..., :1] = pixels.dtype.type(top) - pixels[..., :1]
    pixels = pixels[..., : colours + 1]
    if pixels.shape[2] > colours and tuple(page.extrasamples)[:1] == (1,):
        pixels = _unassociated(pixels)
    return Decoded(pixels, metadata)


def _lab(pixels: Pixels, bits: int, *, is_signed: bool) -> NDArray[np.float32]:
    """L from 0 to 100, a and b; CIE Lab writes the two with a sign, ICC Lab from -128 on."""
    unsigned = pixels[..., :3].view(np.uint8 if bits <= 8 else np.uint16)
    lab = unsigned.astype(np.float32)
    lab[..., 0] *= np.float32(100 / (2**bits - 1))
    middle, whole = 2 ** (bits - 1), 2**bits
    steps = 1 if bits <= 8 else 256
    lab[..., 1:] = ((lab[..., 1:] + (middle if is_signed else 0)) % whole - middle) / steps
    return lab


def salvage(data: bytes) -> Decoded:
    """What a TIFF still holds whose end is missing: strips that are not there, or cannot be decoded, are black."""
    import tifffile

    with tifffile.TiffFile(BytesIO(data)) as file:
        page: Any = file.pages.first
        check_size(int(page.imagewidth), int(page.imagelength))
        _check_kind(page)
        if int(page.compression) not in _COMPRESSIONS:
            raise Damaged
        tags = {tag.code: tag for tag in page.tags}
        metadata = metadata_of(data)
        orientation = tags[exif.ORIENTATION].value if exif.ORIENTATION in tags else 1
        decoded = _as_photo(pixels_of(page, data, partial=True), page, metadata)
        return replace(decoded, orientation=orientation if orientation in range(1, 9) else 1, partial=True)


def _unassociated(pixels: Pixels) -> Pixels:
    """Colours divided by the alpha they were multiplied with."""
    top = 1.0 if pixels.dtype == np.float32 else 65535.0
    alpha = pixels[..., -1:].astype(np.float32)
    colour = pixels[..., :-1] * np.divide(top, alpha, out=np.zeros_like(alpha), where=alpha > 0)
    colour = colour if top == 1.0 else np.rint(np.minimum(colour, top))
    return np.concatenate((colour.astype(pixels.dtype), pixels[..., -1:]), axis=2)


def encode(file: BinaryIO, pixels: Pixels, metadata: Metadata, compression: str = "deflate") -> None:
    """Write a TIFF of uint8, uint16 or float32 pixels with 1 to 4 channels; `compression`: none, lzw or deflate.

    The file begins with the EXIF data at their own offsets and in their own byte order, and the directory takes their
    tags over: every value, even one that a MakerNote finds by its offset, stays where it was.
    Raises Refusal beyond 4 GB, where the format ends.
    """
    height, width, channels = pixels.shape
    blob = with_thumbnail(metadata.exif, None) if metadata.exif else b""  # there is no place for one
    order: Literal["<", ">"] = ">" if blob.startswith(b"MM") else "<"
    if blob[:4] not in (b"II*\0", b"MM\0*"):
        blob = b""  # EXIF data that no one could follow
    elif not exif.all_there(blob):
        blob = exif.collect(blob, ()) or b""  # what can be followed: a reference that leads nowhere damages the file
    file.write((b"II*\0" if order == "<" else b"MM\0*") + b"\0\0\0\0" + blob[8:])
    records: dict[int, bytes] = {}
    for tag, entry in exif.entries(blob, exif.first_ifd(blob)).items():
        if tag not in STRUCTURE:
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
    offsets, counts = _write_strips(file, pixels, rows, order, compression)
    wide_kind = 3 if pixels.dtype == np.float32 else 1
    add(256, _LONG, width)
    add(257, _LONG, height)
    add(258, _SHORT, *[pixels.itemsize * 8] * channels)
    add(259, _SHORT, {"none": 1, "lzw": 5, "deflate": 8}[compression])
    add(262, _SHORT, 2 if channels > 2 else 1)
    add(273, _LONG, *offsets)
    add(exif.ORIENTATION, _SHORT, 1)
    add(277, _SHORT, channels)
    add(278, _LONG, rows)
    add(279, _LONG, *counts)
    add(284, _SHORT, 1)
    add(317, _SHORT, 1 if wide_kind == 3 or compression == "none" else 2)
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
    if metadata.photoshop:
        add(_PHOTOSHOP, _BYTE, raw=metadata.photoshop)
        if record := photoshop.iptc(metadata.photoshop):
            add(_IPTC, _UNDEFINED, raw=record)
    if metadata.c2pa:
        add(_CREDENTIALS, _UNDEFINED, raw=metadata.c2pa)
    if metadata.icc:
        add(_ICC, _UNDEFINED, raw=metadata.icc)
    file.write(b"\0" * (file.tell() % 2))
    directory = file.tell()
    if directory > _LIMIT:
        raise _too_large()
    file.write(struct.pack(order + "H", len(records)) + b"".join(records[tag] for tag in sorted(records)) + b"\0\0\0\0")
    file.seek(4)
    file.write(struct.pack(order + "I", directory))


def _packer(compression: str) -> Callable[[bytes], bytes | bytearray]:
    import imagecodecs

    packers: dict[str, Callable[[bytes], bytes | bytearray]] = {
        "none": bytes,
        "lzw": imagecodecs.lzw_encode,
        "deflate": lambda plain: imagecodecs.deflate_encode(plain, 6),
    }
    return packers[compression]


def _write_strips(
    file: BinaryIO, pixels: Pixels, rows: int, order: Literal["<", ">"], compression: str
) -> tuple[list[int], list[int]]:
    pack = _packer(compression)
    offsets, counts = [], []
    for top in range(0, pixels.shape[0], rows):
        strip = np.ascontiguousarray(pixels[top : top + rows])
        if strip.dtype != np.float32 and compression != "none":
            # horizontal differences, as predictor 2 asks for; unsigned numbers wrap around, and back when read
            differences = strip.copy()
            differences[:, 1:] -= strip[:, :-1]
            strip = differences
        plain = strip.astype(strip.dtype.newbyteorder(order), copy=False).tobytes()
        packed = bytes(pack(plain))
        offsets.append(file.tell())
        counts.append(len(packed))
        if offsets[-1] + len(packed) > _LIMIT:
            raise _too_large()
        file.write(packed)
    return offsets, counts


def _too_large() -> Refusal:
    return Refusal("{name} is too large for TIFF, which ends at 4 GB. Please save it as PNG.")
