"""WebP files."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import numpy as np
from PIL import Image

from aestudio.images.decoding import FIRST_OF_SEVERAL, Decoded, Refusal, Truncated, check_size, from_pillow
from aestudio.images.exif_edit import with_resolution
from aestudio.images.jpeg import metadata_of
from aestudio.images.photo import Encoding, Metadata, Pixels

MAX_SIDE = 16_383
_CREDENTIALS = b"C2PA"
_ALPHA = 0x10  # flag of the head of an extended file


def decode(data: bytes) -> Decoded:
    """RGB or RGBA (H, W, C), uint8; the first picture of an animation."""
    if len(data) < 8 + int.from_bytes(data[4:8], "little"):
        raise Truncated
    with Image.open(BytesIO(data), formats=("WEBP",)) as image:
        check_size(*image.size)
        image.load()
        store = next((data[start:end] for name, start, end in _chunks(data) if name == _CREDENTIALS), None)
        metadata = replace(metadata_of(image), c2pa=store or None)
        decoded = from_pillow(image, metadata, Encoding(lossless=_is_lossless(data)))
        return replace(decoded, notes=(FIRST_OF_SEVERAL,)) if getattr(image, "n_frames", 1) > 1 else decoded


def _is_lossless(data: bytes) -> bool:
    """Whether the first picture is coded without loss: as a VP8L chunk."""
    return next((name == b"VP8L" for name, _, _ in _chunks(data) if name in (b"VP8L", b"VP8 ")), False)


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name of each chunk, and where its contents begin and end; the frames of an animation are looked into."""
    at = 12
    while at + 8 <= len(data):
        name = data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield name, at + 8, at + 8 + size
        at += 24 if name == b"ANMF" else 8 + size + size % 2


def _with_credentials(data: bytes, store: bytes, width: int, height: int, *, alpha: bool) -> bytes:
    """A file with one chunk more, for which it needs the head of an extended file."""
    body = data[12:]
    if not body.startswith(b"VP8X"):
        size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        body = _chunk(b"VP8X", struct.pack("<I", _ALPHA if alpha else 0) + size) + body
    body += _chunk(_CREDENTIALS, store)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def encode(pixels: Pixels, metadata: Metadata, quality: int, *, lossless: bool = False) -> bytes:
    """A WebP of uint8 pixels; grey becomes RGB, for the format knows no grey. The dpi go into the EXIF data.

    Raises Refusal for a side that the format cannot hold.
    """
    height, width, channels = pixels.shape
    if max(height, width) > MAX_SIDE:
        raise Refusal(
            "{name} is too large for WebP, which ends at {most} pixels a side. Please save it as JPEG, TIFF or PNG.",
            most=MAX_SIDE,
        )
    if channels < 3:
        pixels = np.concatenate((np.repeat(pixels[..., :1], 3, axis=2), pixels[..., 1:]), axis=2)
    kept = {"exif": with_resolution(metadata.exif, metadata.dpi), "icc_profile": metadata.icc, "xmp": metadata.xmp}
    out = BytesIO()
    # exact: colours under full transparency are the user's too
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.save(out, "WEBP", quality=quality, lossless=lossless, exact=True, **{k: v for k, v in kept.items() if v})
    if not metadata.c2pa:
        return out.getvalue()
    return _with_credentials(out.getvalue(), metadata.c2pa, width, height, alpha=pixels.shape[2] == 4)
