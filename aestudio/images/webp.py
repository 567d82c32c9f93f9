"""WebP files."""

from io import BytesIO

import numpy as np
from PIL import Image

from aestudio.images.decoding import Decoded, Refusal, Truncated, check_size, from_pillow
from aestudio.images.jpeg import metadata_of
from aestudio.images.photo import Metadata, Pixels

MAX_SIDE = 16_383


def decode(data: bytes) -> Decoded:
    """RGB or RGBA (H, W, C), uint8; the first picture of an animation."""
    if len(data) < 8 + int.from_bytes(data[4:8], "little"):
        raise Truncated
    with Image.open(BytesIO(data), formats=("WEBP",)) as image:
        check_size(*image.size)
        image.load()
        return Decoded(*from_pillow(image, metadata_of(image)))


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A lossy WebP of uint8 pixels; grey becomes RGB, for the format knows no grey. It has no place for the dpi.

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
    kept = {"exif": metadata.exif, "icc_profile": metadata.icc, "xmp": metadata.xmp}
    out = BytesIO()
    # exact: colours under full transparency are the user's too
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.save(out, "WEBP", quality=quality, exact=True, **{k: v for k, v in kept.items() if v})
    return out.getvalue()
