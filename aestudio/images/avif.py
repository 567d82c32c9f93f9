"""AVIF files."""

from dataclasses import replace
from io import BytesIO

import imagecodecs
import numpy as np
from PIL import Image

from aestudio.images.boxes import check_whole
from aestudio.images.colour import profile_of
from aestudio.images.decoding import FIRST_OF_SEVERAL, Decoded, Refusal, check_size, from_pillow
from aestudio.images.jpeg import metadata_of
from aestudio.images.photo import Metadata, Pixels

MAX_SIDE = 65_535


def decode(data: bytes) -> Decoded:
    """RGB or RGBA (H, W, C), uint8; uint16 where the file has 10 or 12 bits."""
    check_whole(data)
    with Image.open(BytesIO(data), formats=("AVIF",)) as image:
        check_size(*image.size)
        metadata = metadata_of(image)
        several = getattr(image, "n_frames", 1) > 1
        bits = _bits(data)
        if bits == 8:
            image.load()
            decoded = from_pillow(image, metadata)
        else:  # Pillow would reduce them
            wide = np.asarray(imagecodecs.avif_decode(data, 0 if several else None))
            top = 2**bits - 1
            pixels = ((wide.astype(np.uint32) * 65535 + top // 2) // top).astype(np.uint16)
            decoded = Decoded(pixels[..., None] if pixels.ndim == 2 else pixels, metadata)
    if metadata.icc is None:
        decoded = replace(decoded, metadata=replace(metadata, icc=code_points_profile(data)))
    return replace(decoded, notes=(FIRST_OF_SEVERAL,)) if several else decoded


def code_points_profile(data: bytes) -> bytes | None:
    """A profile for the colours that an AVIF or HEIC file names by number."""
    at = data.find(b"colrnclx")
    if at < 0 or at + 12 > len(data):
        return None
    return profile_of(int.from_bytes(data[at + 8 : at + 10], "big"), int.from_bytes(data[at + 10 : at + 12], "big"))


def _bits(data: bytes) -> int:
    """Bits per sample as the coder's configuration says."""
    at = data.find(b"av1C")
    flags = data[at + 6] if 0 <= at < len(data) - 6 else 0
    return (12 if flags & 0x20 else 10) if flags & 0x40 else 8


def encode(pixels: Pixels, metadata: Metadata, quality: int, subsampling: str = "4:4:4") -> bytes:
    """An AVIF of uint8 pixels; grey becomes RGB. It has no place for the dpi.

    Raises Refusal for a side that the format cannot hold.
    """
    height, width, channels = pixels.shape
    if max(height, width) > MAX_SIDE:
        raise Refusal(
            "{name} is too large for AVIF, which ends at {most} pixels a side. Please save it as TIFF or PNG.",
            most=MAX_SIDE,
        )
    if channels < 3:
        pixels = np.concatenate((np.repeat(pixels[..., :1], 3, axis=2), pixels[..., 1:]), axis=2)
    kept = {"exif": metadata.exif, "icc_profile": metadata.icc, "xmp": metadata.xmp}
    out = BytesIO()
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.save(out, "AVIF", quality=quality, subsampling=subsampling, speed=6, **{k: v for k, v in kept.items() if v})
    return out.getvalue()
