"""The boxes that HEIC, AVIF, JPEG XL and some raw files are made of (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator

from aestudio.images.decoding import Damaged, Truncated


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Type, and where the contents begin and end, of each box. Raises Truncated if the last one is cut."""
    at, end = start, len(data) if end is None else end
    while at < end:
        if at + 8 > end:
            raise Truncated
        size, kind = struct.unpack_from(">I4s", data, at)
        header = 8
        if size == 1:
            if at + 16 > end:
                raise Truncated
            (size,) = struct.unpack_from(">Q", data, at + 8)
            header = 16
        elif size == 0:
            size = end - at  # to the end of the file
        if size < header:
            raise Damaged
        if at + size > end:
            raise Truncated
        yield kind, at + header, at + size
        at += size


def check_whole(data: bytes) -> None:
    """Raises Truncated for a file that ends within a box."""
    for _ in boxes(data):
        pass


def brands(data: bytes) -> set[bytes]:
    """What the file says it is, by its first box; empty for another kind of file."""
    if data[4:8] != b"ftyp":
        return set()
    size = min(int.from_bytes(data[:4], "big"), len(data), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
