"""HEIC and HEIF files, where the package pillow-heif is installed (the extra `heic`)."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np

from aestudio.images import credentials, exif
from aestudio.images.avif import code_points_profile
from aestudio.images.boxes import check_whole
from aestudio.images.decoding import FIRST_OF_SEVERAL, Decoded, Refusal, check_size
from aestudio.images.exif import strip_prefix
from aestudio.images.photo import Metadata


def decode(data: bytes) -> Decoded:
    """RGB or RGBA (H, W, C), uint8; uint16 where the file has 10 or 12 bits. Already upright."""
    try:
        import pillow_heif
    except ImportError as exc:
        raise Refusal(
            "{name} is a HEIC file, which needs a package of its own. "
            "Please install it with: pip install pillow-heif, or convert the photo to JPEG."
        ) from exc
    check_whole(data)
    file: Any = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=False, bgr_mode=False)
    check_size(*file.size)
    pixels = np.array(file)
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    info = file.info
    if pixels.dtype == np.uint16:  # 10 or 12 bits, moved to the top of 16: white would not be quite white
        bits = int(info.get("bit_depth") or 16)
        top = 2**bits - 1
        pixels = (((pixels >> (16 - bits)).astype(np.uint32) * 65535 + top // 2) // top).astype(np.uint16)
    # libheif turns the picture as the file asks: the orientation in the EXIF data has been followed
    metadata = Metadata(
        exif=exif.upright(strip_prefix(info.get("exif")))[0],
        icc=info.get("icc_profile") or code_points_profile(data),
        xmp=info.get("xmp") or None,
        c2pa=credentials.from_boxes(data),
    )
    decoded = Decoded(pixels, metadata, orientation=1)
    return replace(decoded, notes=(FIRST_OF_SEVERAL,)) if len(file) > 1 else decoded
