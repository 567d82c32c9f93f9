"""JPEG XL files."""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from aestudio.errors import Sentence
from aestudio.images import credentials, exif
from aestudio.images.boxes import boxes
from aestudio.images.decoding import Decoded, Refusal, check_size, finite, unknown_colour
from aestudio.images.photo import Metadata

CODESTREAM = b"\xff\x0a"
CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


def decode(data: bytes) -> Decoded:
    """Grey, RGB or RGBA (H, W, C): uint8, uint16 or float32. Already upright.

    The decoder does not tell the colour profile, so colours are taken for sRGB, and a note says so.
    """
    import imagecodecs  # here, for training does without it

    stream, metadata = _contents(data)
    check_size(*_size(stream))
    pixels = np.asarray(imagecodecs.jpegxl_decode(data, index=0))
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    if pixels.ndim != 3 or pixels.shape[2] > 4:
        raise unknown_colour("more than four channels of")
    if pixels.dtype not in (np.uint8, np.uint16):
        pixels = finite(pixels.astype(np.float32))
    note = Sentence("JPEG XL: colours are taken for sRGB. A photo in another colour space is better opened as TIFF.")
    return Decoded(pixels, metadata, orientation=1, notes=(note,))


def _contents(data: bytes) -> tuple[bytes, Metadata]:
    """The first bytes of the codestream, and the metadata of a container."""
    if data.startswith(CODESTREAM):
        return data, Metadata()
    found = dict(_unpacked(data))
    blob = found.get(b"Exif", b"")
    blob = blob[4 + int.from_bytes(blob[:4], "big") :] if len(blob) > 4 else b""
    stream = found.get(b"jxlc") or found.get(b"jxlp", b"")[4:]
    upright = exif.upright(exif.strip_prefix(blob))[0]
    store = credentials.from_content(found.get(b"jumb", b""))
    return stream, Metadata(exif=upright, xmp=found.get(b"xml ") or None, c2pa=store)


def _unpacked(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Boxes by their type, the first of each last; those packed with Brotli are unfolded."""
    import imagecodecs

    for kind, start, end in reversed(list(boxes(data))):
        content = data[start:end]
        if kind == b"brob":
            with suppress(RuntimeError, ValueError):
                yield content[:4], bytes(imagecodecs.brotli_decode(content[4:]))
        else:
            yield kind, content


def _size(stream: bytes) -> tuple[int, int]:
    """Width and height from the head of a codestream (ISO/IEC 18181-1, 2022, annex D)."""
    if not stream.startswith(CODESTREAM):
        raise Refusal("{name} is a JPEG XL file of an unknown kind. Please convert it to TIFF or PNG.")
    bits = int.from_bytes(stream[2:14], "little")

    def take(count: int) -> int:
        nonlocal bits
        value = bits & ((1 << count) - 1)
        bits >>= count
        return value

    def length(small: int) -> int:
        return 8 * (take(5) + 1) if small else take((9, 13, 18, 30)[take(2)]) + 1

    small = take(1)
    height = length(small)
    ratio = take(3)
    if ratio:
        over, under = _RATIOS[ratio - 1]
        return height * over // under, height
    return length(small), height
