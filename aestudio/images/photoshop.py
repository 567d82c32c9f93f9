"""Photoshop's image resource blocks, in which JPEG and TIFF files keep IPTC records."""

import struct
from collections.abc import Iterable

from aestudio.images.exif import text

SIGNATURE = b"8BIM"
HEADER = b"Photoshop 3.0\0"  # before the blocks in a JPEG segment
_IPTC = 0x0404
_THUMBNAILS = frozenset({0x0409, 0x040C})
_SEGMENT = 65_533 - len(HEADER)

Resource = tuple[int, bytes, bytes]  # number, name, data


def resources(blocks: bytes | None) -> list[Resource]:
    """The resources one by one, as far as they can be followed."""
    found: list[Resource] = []
    data, at = blocks or b"", 0
    while data[at : at + 4] == SIGNATURE and at + 7 <= len(data):
        (number,) = struct.unpack_from(">H", data, at + 4)
        name_end = at + 7 + data[at + 6]
        name = data[at + 7 : name_end]
        at = name_end + (name_end - at) % 2
        if at + 4 > len(data):
            break
        (size,) = struct.unpack_from(">I", data, at)
        content = data[at + 4 : at + 4 + size]
        if len(content) < size:
            break
        found.append((number, name, content))
        at += 4 + size + size % 2
    return found


def packed(parts: Iterable[Resource]) -> bytes | None:
    """The resources as one run of blocks; None if there is none."""
    blocks = b""
    for number, name, content in parts:
        title = bytes([len(name)]) + name
        blocks += SIGNATURE + struct.pack(">H", number) + title + b"\0" * (len(title) % 2)
        blocks += struct.pack(">I", len(content)) + content + b"\0" * (len(content) % 2)
    return blocks or None


def without_thumbnails(blocks: bytes | None) -> bytes | None:
    """The blocks but for small copies of the picture, which show what it was before."""
    parts = resources(blocks)
    kept = [part for part in parts if part[0] not in _THUMBNAILS]
    return packed(kept) if len(kept) < len(parts) else blocks


def iptc(blocks: bytes | None) -> bytes | None:
    """The IPTC record."""
    return next((content for number, _, content in resources(blocks) if number == _IPTC), None)


def with_iptc(blocks: bytes | None, record: bytes | None) -> bytes | None:
    """The blocks with an IPTC record, where they have none of their own."""
    if not record or iptc(blocks) is not None:
        return blocks
    return packed([(_IPTC, b"", record), *resources(blocks)])


def iptc_text(blocks: bytes | None, dataset: int) -> str | None:
    """The first text of a dataset of the application record (2:`dataset`)."""
    return next(iter(iptc_texts(blocks, dataset)), None)


def iptc_texts(blocks: bytes | None, dataset: int) -> list[str]:
    """The texts of a dataset of the application record, which may come more than once, as keywords do."""
    record, at = iptc(blocks) or b"", 0
    found: list[str] = []
    while record[at : at + 1] == b"\x1c" and at + 5 <= len(record):
        number = (record[at + 1], record[at + 2])
        (size,) = struct.unpack_from(">H", record, at + 3)
        if size & 0x8000:
            break  # longer than any text
        content = record[at + 5 : at + 5 + size]
        if number == (2, dataset):
            found.append(text(content))
        at += 5 + size
    return found


def from_segments(segments: Iterable[bytes]) -> bytes | None:
    """The blocks of a JPEG's APP13 segments, which cut them wherever they were full."""
    return b"".join(part.removeprefix(HEADER) for part in segments if part.startswith(HEADER)) or None


def to_segments(blocks: bytes | None) -> bytes:
    """The blocks as APP13 segments of a JPEG."""
    data = blocks or b""
    parts = [HEADER + data[at : at + _SEGMENT] for at in range(0, len(data), _SEGMENT)]
    return b"".join(b"\xff\xed" + struct.pack(">H", len(part) + 2) + part for part in parts)
