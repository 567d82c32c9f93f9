"""Content credentials (C2PA): the signed history that a camera or a program put into a photo, carried as it came.

They are not written anew, for AEStudio has no key to sign with. Whoever checks them in a saved photo is told that it
was changed after signing, which is true; who made it, and with what, can still be read. Without them nothing could.
Places of the data: C2PA Technical Specification 2.1 (2024), annex A; the box itself: JUMBF, ISO/IEC 19566-5 (2019).
"""

import struct
from collections.abc import Iterable
from contextlib import suppress

from aestudio.errors import Sentence
from aestudio.images.boxes import boxes
from aestudio.images.decoding import Refusal

DAMAGED = Sentence("The content credentials in the file are damaged: a saved copy will be without them.")

_SUPERBOX, _DESCRIPTION = b"jumb", b"jumd"
_KIND = bytes.fromhex("6332706100110010800000aa00389b71")  # the type of a box that holds credentials
_APP11, _JPEG_BOX = b"\xff\xeb", b"JP"
_PACKET = struct.Struct(">2sHI")  # mark, instance number of the box, number of the packet
_MAX_SEGMENT = 65_533
_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")  # of the box in HEIC and AVIF files
_VERSION, _PURPOSE, _OFFSET = bytes(4), b"manifest\0", bytes(8)  # within it, before the credentials


def whole(data: bytes | None) -> bytes | None:
    """The box of credentials that the data begin with; None if they are none, or if their end is missing."""
    if not data or not _are_credentials(data):
        return None
    size, header = _size(data)
    return data[:size] if header < size <= len(data) else None


def from_segments(segments: Iterable[bytes]) -> bytes | None:
    """What a JPEG's APP11 segments hold of credentials, whole or not; None if there are none.

    A box is spread over segments with its instance number. They are numbered, and each repeats the box's header.
    """
    packets: dict[int, dict[int, bytes]] = {}
    for segment in segments:
        if len(segment) < _PACKET.size + 8:
            continue
        mark, instance, number = _PACKET.unpack_from(segment)
        if mark == _JPEG_BOX and segment[_PACKET.size + 4 : _PACKET.size + 8] == _SUPERBOX:
            packets.setdefault(instance, {}).setdefault(number, segment[_PACKET.size :])
    for parts in packets.values():
        numbers = sorted(parts)
        first = parts[numbers[0]]
        if not _are_credentials(first):
            continue
        header = _size(first)[1]
        joined = [first]
        for number in range(numbers[0] + 1, numbers[0] + len(numbers)):
            if number not in parts or parts[number][:header] != first[:header]:
                break
            joined.append(parts[number][header:])
        return b"".join(joined)
    return None


def to_segments(store: bytes | None) -> bytes:
    """The credentials as APP11 segments of a JPEG."""
    if not store:
        return b""
    header = store[: _size(store)[1]]
    room = _MAX_SEGMENT - _PACKET.size - len(header)
    written = []
    for number, at in enumerate(range(len(header), len(store), room), start=1):
        part = _PACKET.pack(_JPEG_BOX, 1, number) + header + store[at : at + room]
        written.append(_APP11 + struct.pack(">H", len(part) + 2) + part)
    return b"".join(written)


def from_boxes(data: bytes) -> bytes | None:
    """What a HEIC or AVIF file holds of credentials, whole or not; None if there are none."""
    with suppress(Refusal, struct.error):
        for kind, start, end in boxes(data):
            if kind == b"uuid" and data[start : start + len(_UUID)] == _UUID:
                purpose, _, rest = data[start + len(_UUID) + len(_VERSION) : end].partition(b"\0")
                if purpose != b"merkle":
                    return rest[len(_OFFSET) :] or None
    return None


def from_content(content: bytes) -> bytes | None:
    """The box with these contents, if they are credentials: from files whose boxes are found without their headers."""
    box = struct.pack(">I4s", 8 + len(content), _SUPERBOX) + content
    return box if _are_credentials(box) else None


def to_box(store: bytes | None) -> bytes:
    """The credentials as a box behind all others: there it moves nothing that the file finds by its place."""
    if not store:
        return b""
    content = _UUID + _VERSION + _PURPOSE + _OFFSET + store
    return struct.pack(">I4s", 8 + len(content), b"uuid") + content


def _size(data: bytes) -> tuple[int, int]:
    """Length of a box, and of its header."""
    if data[:4] == b"\0\0\0\1" and len(data) >= 16:
        return int.from_bytes(data[8:16], "big"), 16
    return int.from_bytes(data[:4], "big"), 8


def _are_credentials(data: bytes) -> bool:
    """Whether a box begins with a description of the right type."""
    header = _size(data)[1]
    description = data[header : header + 24]
    return data[4:8] == _SUPERBOX and description[4:8] == _DESCRIPTION and description[8:] == _KIND
