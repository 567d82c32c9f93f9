"""BMP files."""

import struct
from dataclasses import replace
from io import BytesIO

from PIL import Image

from aestudio.images.decoding import Decoded, check_size, from_pillow
from aestudio.images.jpeg import metadata_of

_HEADER_AT, _LONGEST = 14, 124
_EMBEDDED = b"DEBM"  # "MBED" as a number of 4 bytes


def decode(data: bytes) -> Decoded:
    """Grey, RGB or RGBA (H, W, C), uint8."""
    with Image.open(BytesIO(data), formats=("BMP",)) as image:
        check_size(*image.size)
        image.load()
        return from_pillow(image, replace(metadata_of(image), icc=_profile(data)))


def _profile(data: bytes) -> bytes | None:
    """The colour profile, which the longest kind of header has a place for."""
    if len(data) < _HEADER_AT + _LONGEST or data[_HEADER_AT] != _LONGEST or data[70:74] != _EMBEDDED:
        return None
    offset, size = struct.unpack_from("<II", data, 126)
    return data[_HEADER_AT + offset : _HEADER_AT + offset + size] or None
