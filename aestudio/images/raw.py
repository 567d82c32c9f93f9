"""Camera raw files, developed by LibRaw."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from aestudio.errors import Sentence
from aestudio.images import exif, jpeg, tiff
from aestudio.images.decoding import Damaged, Decoded, Refusal, check_size
from aestudio.images.photo import Metadata

_STARTS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"\0MRM", b"FOVb")
_DNG_TAGS = frozenset(range(50706, 51200))  # how to develop the mosaic, which is done
_SMALLEST = 160  # a smaller embedded picture is no preview
_SRGB_CURVE = (2.4, 12.92)
_ORIENTATIONS = {3: 3, 5: 8, 6: 6}  # LibRaw's flips as EXIF's orientations


def is_raw(data: bytes) -> bool:
    """Whether the first bytes are those of a raw file."""
    if data.startswith(_STARTS) or data[4:12] == b"ftypcrx ":
        return True
    return exif.byte_order(data) is not None and tiff.is_raw(data)


def decode(data: bytes) -> Decoded:
    """RGB (H, W, 3), uint16, sRGB, upright: the camera's white balance, and no brightness of LibRaw's own choice.

    A series of photos stays as it was exposed. Raises Refusal for a camera that LibRaw does not know.
    """
    with _opened(data) as raw:
        sizes = raw.sizes
        check_size(sizes.width, sizes.height)
        pixels = raw.postprocess(
            use_camera_wb=True, output_bps=16, no_auto_bright=True, gamma=_SRGB_CURVE, half_size=False
        )
        note = Sentence("The raw file was developed with the camera's white balance.")
        return Decoded(np.ascontiguousarray(pixels), Metadata(exif=_exif(data, raw)), orientation=1, notes=(note,))


def decode_preview(data: bytes, max_side: int) -> Decoded:
    """The picture that the camera made for its screen, if it is large enough; or else the raw file at half size."""
    with _opened(data) as raw:
        sizes = raw.sizes
        check_size(sizes.width, sizes.height)
        embedded = _embedded(raw)
        if embedded:
            small = jpeg.decode_reduced(embedded, max_side)
            if max(small.pixels.shape) >= min(max_side, _SMALLEST):
                return Decoded(small.pixels, Metadata(), orientation=_ORIENTATIONS.get(sizes.flip, 1))
        half = raw.postprocess(use_camera_wb=True, output_bps=8, no_auto_bright=True, gamma=_SRGB_CURVE, half_size=True)
        return Decoded(np.ascontiguousarray(half), Metadata(), orientation=1)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import rawpy  # takes a while, and is seldom needed

    raw = rawpy.RawPy()
    try:
        try:
            raw.open_buffer(BytesIO(data))
        except rawpy.LibRawFileUnsupportedError as exc:
            raise Refusal(
                "{name} is a raw file of a camera that AEStudio does not know. Please develop it to TIFF first."
            ) from exc
        yield raw
    except rawpy.LibRawError as exc:
        raise Damaged from exc
    finally:
        raw.close()


def _embedded(raw: Any) -> bytes | None:
    """The JPEG that the camera made for its screen."""
    import rawpy

    try:
        thumbnail = raw.extract_thumb()
    except (rawpy.LibRawError, ValueError):
        return None
    return bytes(thumbnail.data) if thumbnail.format == rawpy.ThumbFormat.JPEG else None


def _exif(data: bytes, raw: Any) -> bytes | None:
    """The EXIF data of a file that is built like a TIFF, or else of the JPEG in it."""
    if exif.byte_order(data):
        return exif.collect(data, tiff.STRUCTURE | _DNG_TAGS)
    embedded = _embedded(raw)
    if embedded is None:
        return None
    with Image.open(BytesIO(embedded), formats=("JPEG", "MPO")) as image:
        return exif.upright(jpeg.metadata_of(image).exif)[0]
