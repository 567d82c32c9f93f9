"""JPEG files."""

import re
from io import BytesIO

from PIL import Image

from aestudio.images.decoding import Damaged, Decoded, Refusal, Truncated, check_size, from_pillow, valid_dpi
from aestudio.images.exif import strip_prefix
from aestudio.images.photo import Metadata, Pixels

MAX_SIDE = 65_500  # libjpeg's limit
_MAX_SEGMENT = 65_533
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_ALONE = frozenset({0x00, 0x01, _SOI, *range(0xD0, 0xD8)})  # markers without a length behind them
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # what ends the coded data: no stuffing, no restart


def check_whole(data: bytes) -> tuple[int, int]:
    """Width and height, once every segment up to the end of the picture is known to be there.

    Pillow shows a picture that lacks its last bytes as whole. A search for the end marker would find that of an
    embedded thumbnail or of a second picture, so the segments are followed one by one.
    Raises Refusal for a file that is cut, or holds no picture.
    """
    position, size, scans = 2, (0, 0), 0
    while True:
        position = data.find(b"\xff", position)
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        if position < 0 or position + 2 > len(data):
            raise Truncated
        marker = data[position + 1]
        position += 2
        if marker == _EOI:
            break
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[position : position + 2], "big")
        if position + length > len(data) or len(data) < position + 2:
            raise Truncated
        if length < 2:
            raise Damaged
        if marker in _FRAMES and size == (0, 0) and length >= 8:
            height, width = (int.from_bytes(data[position + i : position + i + 2], "big") for i in (3, 5))
            size = (width, height)
        position += length
        if marker == _SOS:
            scans += 1
            found = _AFTER_SCAN.search(data, position)
            if found is None:
                raise Truncated
            position = found.start()
    if not scans:
        raise Damaged
    check_size(*size)
    return size


def decode(data: bytes) -> Decoded:
    """Grey (H, W, 1) or RGB (H, W, 3), uint8. CMYK becomes RGB."""
    check_whole(data)
    with Image.open(BytesIO(data), formats=("JPEG", "MPO")) as image:
        image.load()
        return Decoded(*from_pillow(image, metadata_of(image)))


def decode_reduced(data: bytes, max_side: int) -> Decoded:
    """The same, shrunk while decoding so that neither side is longer than `max_side`."""
    check_whole(data)
    with Image.open(BytesIO(data), formats=("JPEG", "MPO")) as image:
        image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
        return Decoded(*from_pillow(image, metadata_of(image)))


def metadata_of(image: Image.Image) -> Metadata:
    """What Pillow found in a JPEG or a WebP."""
    info = image.info
    return Metadata(
        exif=strip_prefix(info.get("exif")),
        icc=info.get("icc_profile") or None,
        xmp=info.get("xmp") or None,
        dpi=valid_dpi(info.get("dpi")),
    )


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A baseline JPEG of uint8 pixels with 1 or 3 channels; colour at full resolution from quality 90 on.

    Raises Refusal where the format's limits are passed.
    """
    height, width, channels = pixels.shape
    if max(height, width) > MAX_SIDE:
        raise Refusal(
            "{name} is too large for JPEG, which ends at {most} pixels a side. Please save it as TIFF or PNG.",
            most=MAX_SIDE,
        )
    exif = b"Exif\0\0" + metadata.exif if metadata.exif else b""
    if len(exif) > _MAX_SEGMENT or len(metadata.xmp or b"") + len(_XMP_NAME) > _MAX_SEGMENT:
        raise Refusal("{name} has more metadata than a JPEG can hold. Please save it as TIFF or PNG.")
    kept = {"exif": exif, "icc_profile": metadata.icc, "xmp": metadata.xmp, "dpi": metadata.dpi}
    image = Image.fromarray(pixels[..., 0] if channels == 1 else pixels)
    out = BytesIO()
    subsampling = 0 if quality >= 90 else 2
    image.save(out, "JPEG", quality=quality, subsampling=subsampling, **{k: v for k, v in kept.items() if v})
    return out.getvalue()
