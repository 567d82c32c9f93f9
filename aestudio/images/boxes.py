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


def item_places(data: bytes, kind: bytes) -> list[tuple[int, int]]:
    """Where the pieces of the first item of a type, such as Exif, begin and end in a HEIC or AVIF file.

    Raises Truncated, Damaged or struct.error where the list of items cannot be followed.
    """
    top = _children(data, 0, len(data))
    if b"meta" not in top:
        return []
    meta = _children(data, top[b"meta"][0] + 4, top[b"meta"][1])
    if b"iinf" not in meta or b"iloc" not in meta:
        return []
    at, end = meta[b"iinf"]
    number = None
    for name, start, _ in boxes(data, at + (6 if data[at] == 0 else 8), end):
        wide = data[start] >= 3
        if name == b"infe" and data[start + (10 if wide else 8) :][:4] == kind:
            number = _integer(data, start + 4, 4 if wide else 2)
            break
    places = _locations(data, meta[b"iloc"][0]).get(number, []) if number is not None else []
    base = meta.get(b"idat", (0, 0))[0]
    found = [(offset + base * within, offset + base * within + length) for within, offset, length in places]
    if any(end > len(data) for _, end in found):
        raise Truncated
    if sum(end - start for start, end in found) > len(data):
        raise Damaged  # the same piece over and over
    return found


def _children(data: bytes, start: int, end: int) -> dict[bytes, tuple[int, int]]:
    return {kind: (at, until) for kind, at, until in boxes(data, start, end)}


def _locations(data: bytes, at: int) -> dict[int, list[tuple[bool, int, int]]]:
    """Of each item's pieces: whether it lies in the box idat, the offset there or in the file, and the length."""
    version, sizes = data[at], _integer(data, at + 4, 2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if not offset_size + length_size:
        raise Damaged  # pieces without a size could be any number
    wide = 4 if version >= 2 else 2
    count, at = _integer(data, at + 6, wide), at + 6 + wide
    found: dict[int, list[tuple[bool, int, int]]] = {}
    for _ in range(count):
        number, at = _integer(data, at, wide), at + wide
        within = version > 0 and bool(data[at + 1] & 1)
        at += 4 if version > 0 else 2
        base, at = _integer(data, at, base_size), at + base_size
        pieces, at = _integer(data, at, 2), at + 2
        for _ in range(pieces):
            at += index_size if version > 0 else 0
            offset, length = _integer(data, at, offset_size), _integer(data, at + offset_size, length_size)
            at += offset_size + length_size
            found.setdefault(number, []).append((within, base + offset, length))
    return found


def _integer(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise Truncated
    return int.from_bytes(data[at : at + size], "big")


def brands(data: bytes) -> set[bytes]:
    """What the file says it is, by its first box; empty for another kind of file."""
    if data[4:8] != b"ftyp":
        return set()
    size = min(int.from_bytes(data[:4], "big"), len(data), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
