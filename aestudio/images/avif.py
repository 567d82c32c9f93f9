"""AVIF files."""

import struct
from dataclasses import replace
from io import BytesIO

import numpy as np
from PIL import Image

from aestudio.images import credentials, exif
from aestudio.images.boxes import check_whole, item_places
from aestudio.images.colour import profile_of
from aestudio.images.decoding import DECODER_ERRORS, FIRST_OF_SEVERAL, Decoded, Refusal, check_size
from aestudio.images.exif_edit import with_resolution, without
from aestudio.images.jpeg import metadata_of
from aestudio.images.photo import Metadata, Pixels

MAX_SIDE = 65_535
_NO_EXIF = b"\0\0\0\0II*\0\x08\0\0\0" + bytes(6)  # an item without tags


def decode(data: bytes) -> Decoded:
    """RGB or RGBA (H, W, C), uint8; uint16 where the file has 10 or 12 bits."""
    import imagecodecs  # here, for training does without it

    check_whole(data)
    store = credentials.from_boxes(data)
    data, blob = _exif_apart(data)
    with Image.open(BytesIO(data), formats=("AVIF",)) as image:
        check_size(*image.size)
        metadata = metadata_of(image)
        # how the file says that it lies: its boxes count, and what its EXIF data say of it does not
        orientation = exif.upright(metadata.exif)[1]
        metadata = replace(metadata, exif=exif.upright(exif.strip_prefix(blob))[0], c2pa=store)
        several = getattr(image, "n_frames", 1) > 1
        bits = _bits(data)
        # not by Pillow, which keeps Python's lock while it decodes: the window would stand still
        pixels = np.asarray(imagecodecs.avif_decode(data, 0 if several else None))
        if bits > 8:
            top = 2**bits - 1
            pixels = ((pixels.astype(np.uint32) * 65535 + top // 2) // top).astype(np.uint16)
        decoded = Decoded(pixels[..., None] if pixels.ndim == 2 else pixels, metadata)
    if metadata.icc is None:
        decoded = replace(decoded, metadata=replace(metadata, icc=code_points_profile(data)))
    return replace(decoded, orientation=orientation, notes=(FIRST_OF_SEVERAL,) if several else ())


def _exif_apart(data: bytes) -> tuple[bytes, bytes | None]:
    """The file without its EXIF data, and these: Pillow would pack them anew, or refuse the photo for a broken tag."""
    try:
        places = item_places(data, b"Exif")
    except (Refusal, struct.error, LookupError):
        return data, None
    item = b"".join(data[start:end] for start, end in places)
    if len(item) < len(_NO_EXIF):
        return data, None
    emptied, stub = bytearray(data), _NO_EXIF.ljust(len(item), b"\0")
    for start, end in places:
        emptied[start:end], stub = stub[: end - start], stub[end - start :]
    return bytes(emptied), item[4 + int.from_bytes(item[:4], "big") :] or None


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
    """An AVIF of uint8 pixels; grey becomes RGB. The dpi go into the EXIF data.

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
    blob = _writable(with_resolution(metadata.exif, metadata.dpi))
    kept = {"exif": blob, "icc_profile": metadata.icc, "xmp": metadata.xmp}
    out = BytesIO()
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.save(out, "AVIF", quality=quality, subsampling=subsampling, speed=6, **{k: v for k, v in kept.items() if v})
    return out.getvalue() + credentials.to_box(metadata.c2pa)


def _writable(blob: bytes | None) -> bytes | None:
    """EXIF data as Pillow writes them untouched: without an orientation, which would make it pack them anew.

    None for data that it cannot follow.
    """
    plain = without(blob, exif.ORIENTATION) if blob else b""
    if not exif.entries(plain, exif.first_ifd(plain)):
        return None
    try:
        Image.Exif().load(plain)
    except DECODER_ERRORS:
        return None
    return plain
