"""JPEG files."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO

from PIL import Image, JpegImagePlugin

from aestudio.images import credentials, photoshop
from aestudio.images.decoding import (
    FIRST_OF_SEVERAL,
    Damaged,
    Decoded,
    Refusal,
    Truncated,
    check_size,
    from_pillow,
    valid_dpi,
)
from aestudio.images.exif import strip_prefix, text
from aestudio.images.exif_edit import with_thumbnail
from aestudio.images.photo import Encoding, Metadata, Pixels

MAX_SIDE = 65_500  # libjpeg's limit
_MAX_SEGMENT = 65_533
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF_NAME = b"Exif\0\0"
_ANNEX_K = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_ALONE = frozenset({0x00, 0x01, _SOI, *range(0xD0, 0xD8)})  # markers without a length behind them
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what ends the coded data: no stuffing, no restart


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
        return _decoded(image)


def decode_reduced(data: bytes, max_side: int) -> Decoded:
    """The same, shrunk while decoding so that neither side is longer than `max_side`."""
    check_whole(data)
    with Image.open(BytesIO(data), formats=("JPEG", "MPO")) as image:
        image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
        return _decoded(image)


def salvage(data: bytes) -> Decoded:
    """What a JPEG still holds whose end is missing: the rest is grey."""
    # libjpeg fills up what is missing if it meets an end at all
    with Image.open(BytesIO(data + b"\xff\xd9"), formats=("JPEG", "MPO")) as image:
        check_size(*image.size)
        image.load()
        return replace(_decoded(image), partial=True)


def _decoded(image: Image.Image) -> Decoded:
    decoded = from_pillow(image, metadata_of(image), _encoding(image))
    several = image.format == "MPO" and getattr(image, "n_frames", 1) > 1
    return replace(decoded, notes=(*decoded.notes, FIRST_OF_SEVERAL)) if several else decoded


def _encoding(image: Image.Image) -> Encoding:
    tables = getattr(image, "quantization", {})
    sampling = {0: "4:4:4", 1: "4:2:2", 2: "4:2:0"}.get(JpegImagePlugin.get_sampling(image))
    return Encoding(quality=_quality(tables[0]) if 0 in tables else None, subsampling=sampling)


def _quality(table: Sequence[int]) -> int:
    """The setting of the Independent JPEG Group's encoder that comes nearest to a table of luminance steps."""
    return min(range(1, 101), key=lambda quality: sum(map(abs, map(int.__sub__, _steps(quality), sorted(table)))))


@cache
def _steps(quality: int) -> list[int]:
    """The 64 steps of annex K of ITU-T T.81, scaled as the IJG does, in rising order."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return sorted(min(max((step * scale + 50) // 100, 1), 255) for step in _ANNEX_K)


def metadata_of(image: Image.Image) -> Metadata:
    """What Pillow found in a JPEG, a WebP or an AVIF."""
    info = image.info
    segments = getattr(image, "applist", [])
    return Metadata(
        exif=strip_prefix(info.get("exif")),
        icc=info.get("icc_profile") or None,
        xmp=info.get("xmp") or None,
        dpi=valid_dpi(info.get("dpi")),
        photoshop=photoshop.from_segments(content for name, content in segments if name == "APP13"),
        comment=text(info.get("comment") or b"") or None,
        c2pa=credentials.from_segments(content for name, content in segments if name == "APP11"),
    )


def encode(pixels: Pixels, metadata: Metadata, quality: int, subsampling: str = "4:4:4") -> bytes:
    """A baseline JPEG of uint8 pixels with 1 or 3 channels.

    Raises Refusal where the format's limits are passed.
    """
    height, width, channels = pixels.shape
    if max(height, width) > MAX_SIDE:
        raise Refusal(
            "{name} is too large for JPEG, which ends at {most} pixels a side. Please save it as TIFF or PNG.",
            most=MAX_SIDE,
        )
    exif, comment = _fitting(metadata.exif), (metadata.comment or "").encode()
    if max(len(exif), len(metadata.xmp or b"") + len(_XMP_NAME), len(comment)) > _MAX_SEGMENT:
        raise Refusal("{name} has more metadata than a JPEG can hold. Please save it as TIFF or PNG.")
    kept = {"exif": exif, "icc_profile": metadata.icc, "xmp": metadata.xmp, "dpi": metadata.dpi}
    kept["comment"] = comment
    kept["extra"] = photoshop.to_segments(metadata.photoshop) + credentials.to_segments(metadata.c2pa)
    image = Image.fromarray(pixels[..., 0] if channels == 1 else pixels)
    out = BytesIO()
    chosen = {} if channels == 1 else {"subsampling": subsampling}
    image.save(out, "JPEG", quality=quality, **chosen, **{k: v for k, v in kept.items() if v})
    return out.getvalue()


def _fitting(blob: bytes | None) -> bytes:
    """EXIF data as they go into their segment, without their thumbnail where there is no room for both."""
    if not blob:
        return b""
    if len(_EXIF_NAME) + len(blob) > _MAX_SEGMENT:
        blob = with_thumbnail(blob, None)
    return _EXIF_NAME + blob
