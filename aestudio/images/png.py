"""PNG files."""

import binascii
import struct
import zlib
from collections.abc import Iterator

import imagecodecs
import numpy as np

from aestudio.images.decoding import Damaged, Decoded, Truncated, check_size, valid_dpi
from aestudio.images.exif import strip_prefix
from aestudio.images.photo import Metadata, Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_KEY = b"XML:com.adobe.xmp"
_MAX_TEXT = 64 * 2**20  # a compressed profile or text may unfold to no more than this
_METRES_PER_INCH = 0.0254
_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def decode(data: bytes) -> Decoded:
    """Grey, grey and alpha, RGB or RGBA (H, W, C), uint8 or uint16; palettes are resolved, 1 to 4 bits become 8.

    libpng decodes both depths: Pillow reduces 16 bits to 8, and takes a picture whose data end early for whole.
    It is shown only what makes the pixels, so that no odd text can stop a photo from opening.
    """
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise Damaged
    check_size(*struct.unpack_from(">II", chunks[0][1]))
    if not any(name == b"IDAT" for name, _, _ in chunks):
        raise Damaged
    needed = b"".join([SIGNATURE, *(whole for name, _, whole in chunks if name in _PIXEL_CHUNKS)])
    pixels = np.asarray(imagecodecs.png_decode(needed))
    return Decoded(pixels[..., None] if pixels.ndim == 2 else pixels, _metadata(chunks))


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview, memoryview]]:
    """Name, contents and whole bytes of each chunk up to the last. Raises Truncated if it does not come."""
    view = memoryview(data)
    position = len(SIGNATURE)
    while True:
        if position + 12 > len(data):
            raise Truncated
        length = int.from_bytes(view[position : position + 4], "big")
        end = position + 12 + length
        if end > len(data):
            raise Truncated
        name = bytes(view[position + 4 : position + 8])
        yield name, view[position + 8 : end - 4], view[position:end]
        if name == b"IEND":
            return
        position = end


def _metadata(chunks: list[tuple[bytes, memoryview, memoryview]]) -> Metadata:
    exif = icc = xmp = dpi = None
    for name, view, _ in chunks:
        if name in _PIXEL_CHUNKS:
            continue
        content = bytes(view)
        if name == b"eXIf":
            exif = strip_prefix(content)
        elif name == b"iCCP":
            icc = _unfolded(content.partition(b"\0")[2][1:]) or icc
        elif name == b"pHYs" and len(content) == 9 and content[8] == 1:
            x, y = struct.unpack_from(">II", content)
            dpi = valid_dpi((x * _METRES_PER_INCH, y * _METRES_PER_INCH))
        elif name == b"iTXt" and content.startswith(_XMP_KEY + b"\0"):
            xmp = _international_text(content[len(_XMP_KEY) + 1 :]) or xmp
        elif name in (b"zTXt", b"tEXt") and exif is None:
            exif = _imagemagick_exif(name, content)
    return Metadata(exif, icc, xmp, dpi)


def _unfolded(packed: bytes) -> bytes | None:
    """The plain bytes; None if they are damaged or suspiciously many. Metadata never stop a photo from opening."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(packed, _MAX_TEXT)
    except zlib.error:
        return None
    return plain if unpacker.eof else None


def _international_text(content: bytes) -> bytes | None:
    """The text behind flag, method, language and translated key."""
    compressed = content[:1] == b"\1"
    text = content[2:].partition(b"\0")[2].partition(b"\0")[2]
    return _unfolded(text) if compressed else text


def _imagemagick_exif(name: bytes, content: bytes) -> bytes | None:
    """EXIF as ImageMagick wrote it before PNG had a place for it: a line with the name, one with the length, hex."""
    key, _, text = content.partition(b"\0")
    if key not in (b"Raw profile type exif", b"Raw profile type APP1"):
        return None
    if name == b"zTXt":
        text = _unfolded(text[1:]) or b""
    lines = text.split(b"\n", 3)
    if len(lines) < 4:
        return None
    try:
        plain = binascii.unhexlify(b"".join(lines[3].split()))
    except binascii.Error:
        return None
    # "APP1" may hold XMP as well
    return strip_prefix(plain) if plain.startswith((b"Exif\0\0", b"II*\0", b"MM\0*")) else None


def encode(pixels: Pixels, metadata: Metadata) -> bytes:
    """A PNG of uint8 or uint16 pixels with 1 to 4 channels."""
    squeezed = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    # level 3: a seventh of the time of level 6 for 3 % larger files
    plain = bytes(imagecodecs.png_encode(np.ascontiguousarray(squeezed), level=3, out=_room(pixels)))
    added = b""
    if metadata.icc:
        added += _chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(metadata.icc))
    if metadata.dpi:
        x, y = (round(value / _METRES_PER_INCH) for value in metadata.dpi)
        added += _chunk(b"pHYs", struct.pack(">IIB", x, y, 1))
    if metadata.exif:
        added += _chunk(b"eXIf", metadata.exif)
    if metadata.xmp:
        added += _chunk(b"iTXt", _XMP_KEY + b"\0" * 5 + metadata.xmp)
    after_header = len(SIGNATURE) + 12 + 13
    return plain[:after_header] + added + plain[after_header:]


def _room(pixels: Pixels) -> int:
    """More bytes than the file can need: imagecodecs' own guess is too small for a tall narrow picture of noise."""
    plain = int(pixels.nbytes) + len(pixels)  # a filter byte per row
    return plain + plain // 64 + 2**16


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
