"""The strips and tiles of a TIFF page, one by one: for LZW, and for what can be read of a damaged file."""

import re
import struct
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from aestudio.images.decoding import DECODER_ERRORS, LEAST_PART, Damaged
from aestudio.images.photo import Pixels

NONE, LZW, JPEGS = 1, 5, (6, 7)
_FRAME = re.compile(rb"\xff[\xc0-\xc3]..[\x08-\x10](....)", re.DOTALL)  # behind it height and width


def pixels_of(page: Any, data: bytes, *, partial: bool = False) -> Pixels:
    """The pixels of a tifffile page, (H, W, C) at their own depth.

    `partial` leaves black what is not there or cannot be decoded; otherwise that raises Damaged.
    """
    if page.axes not in ("YX", "YXS", "SYX") or len(page.dataoffsets) != len(page.databytecounts):
        raise Damaged
    separate = page.axes == "SYX"
    height, width, channels = int(page.imagelength), int(page.imagewidth), int(page.samplesperpixel)
    planes = np.zeros((channels if separate else 1, height, width, 1 if separate else channels), page.dtype)
    is_lzw = int(page.compression) == LZW
    if is_lzw:
        reversed_bits, page.fillorder = page.fillorder == 2, 1
        page.compression = NONE  # what comes to tifffile below is unpacked already
    read = 0
    for index, (offset, count) in enumerate(zip(page.dataoffsets, page.databytecounts, strict=True)):
        segment = data[offset : offset + count]
        if partial and segment and int(page.compression) == NONE and not is_lzw:
            rows, row_bytes = _packed_shape(page, index)
            count = min(rows, planes.shape[1] + 65_536) * row_bytes
            if len(segment) * LEAST_PART >= count:
                segment = segment[:count].ljust(count, b"\0")  # of one that is not packed, the first part is good
        if len(segment) == count and segment:
            try:
                if is_lzw:
                    segment = unpacked_lzw(segment, *_packed_shape(page, index), reversed_bits=reversed_bits)
                read += _put(planes, page, index, segment)
                continue
            except DECODER_ERRORS:
                pass
        if not partial:
            raise Damaged
    if not read:
        raise Damaged
    return np.moveaxis(planes[..., 0], 0, -1) if separate else planes[0]


def _put(planes: Pixels, page: Any, index: int, segment: bytes) -> bool:
    """Decode one strip or tile into its place."""
    if int(page.compression) in JPEGS:
        frame = _FRAME.search(segment)
        height, width = struct.unpack(">HH", frame[1]) if frame else (0, 0)
        most = planes.shape[1] * planes.shape[2] + 65_536  # a tile may reach beyond the picture
        if not 0 < height * width <= most:
            raise Damaged  # a head that claims too much would be decoded for minutes
    part, (plane, _, top, left, _), (_, rows, columns, _) = page.decode(segment, index, jpegtables=page.jpegtables)
    if part is None:
        return False
    target = planes[plane, top : top + rows, left : left + columns]
    target[...] = part[0, : target.shape[0], : target.shape[1]]
    return True


def _packed_shape(page: Any, index: int) -> tuple[int, int]:
    """Rows of a strip or tile, and bytes in each."""
    samples = 1 if page.axes == "SYX" else int(page.samplesperpixel)
    if page.is_tiled:
        rows, columns = int(page.tilelength), int(page.tilewidth)
    else:
        height, each = int(page.imagelength), int(page.rowsperstrip)
        strips = -(-height // each)
        rows, columns = min(each, height - index % strips * each), int(page.imagewidth)
    return rows, -(-columns * samples * int(page.bitspersample) // 8)


def unpacked_lzw(segment: bytes, rows: int, row_bytes: int, *, reversed_bits: bool = False) -> bytes:
    """The bytes of an LZW-packed strip, by libtiff: imagecodecs' decoder reads beyond damaged data, and crashes.

    The strip is given to Pillow as a grey picture of its own.
    """
    if reversed_bits:
        import imagecodecs  # here, for training does without it

        segment = bytes(imagecodecs.bitorder_decode(segment))
    tags = {
        256: row_bytes,
        257: rows,
        258: 8,
        259: LZW,
        262: 1,
        273: 8,
        277: 1,
        278: rows,
        279: len(segment),
    }
    records = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    padded = segment + b"\0" * (len(segment) % 2)
    directory = struct.pack("<H", len(tags)) + records + bytes(4)
    wrapped = b"II*\0" + struct.pack("<I", 8 + len(padded)) + padded + directory
    with Image.open(BytesIO(wrapped), formats=("TIFF",)) as image:
        return image.tobytes()
