"""Camera raw files, developed by LibRaw."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
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
    """RGB (H, W, 3), uint16, sRGB, upright: the camera's white balance, and no automatic brightness.

    A series of photos stays as it was exposed, as far as the files tell what is white.
    Raises Refusal for a camera that LibRaw does not know.
    """
    with _opened(data) as raw:
        sizes = raw.sizes
        check_size(sizes.width, sizes.height)
        pixels = raw.postprocess(**_developing(data), output_bps=16, half_size=False)
        note = Sentence("The raw file was developed with the camera's white balance.")
        return Decoded(np.ascontiguousarray(pixels), _metadata(data, raw), orientation=1, notes=(note,))


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
        half = raw.postprocess(**_developing(data), output_bps=8, half_size=True)
        return Decoded(np.ascontiguousarray(half), Metadata(), orientation=1)


def describe(data: bytes) -> tuple[int, int, Metadata]:
    """Height and width of the developed photo, upright, and its metadata. Raises Refusal as `decode` does."""
    with _opened(data) as raw:
        sizes = raw.sizes
        check_size(sizes.width, sizes.height)
        across = sizes.flip in (5, 6)
        height, width = (sizes.width, sizes.height) if across else (sizes.height, sizes.width)
        return height, width, _metadata(data, raw)


def _developing(data: bytes) -> dict[str, Any]:
    """How LibRaw develops; sizes and depth are not among it."""
    # LibRaw takes the brightest pixel for white where that is near: a DNG says what is white, other files may not
    guess = {"adjust_maximum_thr": 0.0} if exif.byte_order(data) and tiff.is_dng(data) else {}
    return {"use_camera_wb": True, "no_auto_bright": True, "gamma": _SRGB_CURVE, **guess}


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


def _metadata(data: bytes, raw: Any) -> Metadata:
    """What a file that is built like a TIFF says, or the JPEG in it; no profile, for it is not that of the result."""
    if exif.byte_order(data):
        return replace(tiff.metadata_of(data, tiff.STRUCTURE | _DNG_TAGS), icc=None)
    embedded = _embedded(raw)
    if embedded is None:
        return Metadata()
    with Image.open(BytesIO(embedded), formats=("JPEG", "MPO")) as image:
        found = jpeg.metadata_of(image)
        return Metadata(exif=exif.upright(found.exif)[0], xmp=found.xmp)
