"""New EXIF data from old: a tag set or taken out, the thumbnail replaced, or a few tags alone."""

import struct
from collections.abc import Mapping
from fractions import Fraction

from aestudio.images import exif
from aestudio.images.exif import Entry

SOFTWARE, ARTIST, COPYRIGHT, DATE = 0x0131, 0x013B, 0x8298, 0x0132
DATE_TAKEN = 0x9003
_THUMBNAIL_AT, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_ASCII, _SHORT, _LONG, _RATIONAL = 2, 3, 4, 5
_SAME_DPI = 0.5
_CLASSIC = (b"*\0", b"\0*")  # no BigTIFF
# make, model, date, author, copyright; when it was taken, with offset and fraction, and the lens
_BASIC = (0x010F, 0x0110, DATE, ARTIST, COPYRIGHT)
_BASIC_BELOW = (0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292, 0xA433, 0xA434)


def text_entry(tag: int, text: str) -> Entry:
    """A tag of text. EXIF's own type knows ASCII alone; UTF-8 in it is what today's programs write and read."""
    value = text.replace("\0", " ").encode() + b"\0"
    return Entry(tag, _ASCII, len(value), value, 0, 0)


def basic(data: bytes | None, extra: Mapping[int, str]) -> bytes | None:
    """Copyright, author, date and camera alone. `extra` gives texts for tags that the data lack."""
    order = exif.byte_order(data or b"") or "<"
    top = exif.entries(data, exif.first_ifd(data)) if data else {}
    below = exif.entries(data, exif.integer(data, top[exif.EXIF_IFD])) if data and exif.EXIF_IFD in top else {}
    kept = {tag: top[tag] for tag in _BASIC if tag in top}
    kept_below = {tag: below[tag] for tag in _BASIC_BELOW if tag in below}
    for tag, text in extra.items():
        target = kept_below if tag in _BASIC_BELOW else kept
        target.setdefault(tag, text_entry(tag, text))
    return built(kept, kept_below, order) if kept or kept_below else None


def built(top: Mapping[int, Entry], below: Mapping[int, Entry], order: str = "<") -> bytes:
    """EXIF data of these tags, and of the tags of the Exif directory `below`."""
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    entries = dict(top)
    if below:
        entries[exif.EXIF_IFD] = Entry(exif.EXIF_IFD, _LONG, 1, b"\0\0\0\0", 0, 0)
    first = _directory(entries, 8, order)
    if not below:
        return header + first
    second_at = 8 + len(first)
    entries[exif.EXIF_IFD] = Entry(exif.EXIF_IFD, _LONG, 1, struct.pack(order + "I", second_at), 0, 0)
    return header + _directory(entries, 8, order) + _directory(below, second_at, order)


def _directory(entries: Mapping[int, Entry], at: int, order: str, following: int = 0) -> bytes:
    records, behind = b"", b""
    behind_at = at + 2 + 12 * len(entries) + 4
    for tag, entry in sorted(entries.items()):
        value = entry.value
        if len(value) > 4:
            value = struct.pack(order + "I", behind_at + len(behind))
            behind += entry.value + b"\0" * (len(entry.value) % 2)
        records += struct.pack(order + "HHI", tag, entry.type, entry.count) + value.ljust(4, b"\0")
    return struct.pack(order + "H", len(entries)) + records + struct.pack(order + "I", following) + behind


def has_thumbnail(data: bytes | None) -> bool:
    """Whether a small copy of the picture lies in the data."""
    return bool(data) and _thumbnail(data or b"") is not None


def thumbnail(data: bytes | None) -> bytes | None:
    """The small JPEG in the data."""
    place = _thumbnail(data) if data else None
    return data[slice(*place)] if data and place else None


def _thumbnail(data: bytes) -> tuple[int, int] | None:
    """Where the small JPEG begins, and where it ends."""
    second = _second_ifd(data)
    found = exif.entries(data, second) if second else {}
    if _THUMBNAIL_AT not in found or _THUMBNAIL_LENGTH not in found:
        return None
    start, length = (exif.integer(data, found[tag]) for tag in (_THUMBNAIL_AT, _THUMBNAIL_LENGTH))
    return (start, start + length) if 8 <= start <= start + length <= len(data) else None


def _second_ifd(data: bytes) -> int:
    """Where the directory of the thumbnail lies; 0 if there is none."""
    order, first = exif.byte_order(data), exif.first_ifd(data)
    if order is None or not 8 <= first <= len(data) - 2:
        return 0
    at = first + 2 + 12 * int(struct.unpack_from(order + "H", data, first)[0])
    return int(struct.unpack_from(order + "I", data, at)[0]) if at + 4 <= len(data) else 0


def with_thumbnail(data: bytes, jpeg: bytes | None) -> bytes:
    """The data with another small JPEG in place of theirs; None takes it out. Nothing else moves."""
    place, order = _thumbnail(data), exif.byte_order(data)
    if place is None or order is None:
        return data
    start, end = place
    second = _second_ifd(data)
    blob = bytearray(data)
    blob[start:end] = bytes(end - start)  # what it showed is gone
    if jpeg is None:
        first = exif.first_ifd(data)
        link = first + 2 + 12 * int(struct.unpack_from(order + "H", data, first)[0])
        blob[link : link + 4] = bytes(4)
        return bytes(blob[:start] if end == len(blob) and start > second + 6 else blob)
    entries = exif.entries(data, second)
    if len(jpeg) > end - start:
        if end == len(blob):
            del blob[start:]
        start = len(blob) + len(blob) % 2
        blob += bytes(start - len(blob))
    blob[start : start + len(jpeg)] = jpeg
    for tag, number in ((_THUMBNAIL_AT, start), (_THUMBNAIL_LENGTH, len(jpeg))):
        at = entries[tag].at
        blob[at + 2 : at + 12] = struct.pack(order + "HII", _LONG, 1, number)
    return bytes(blob)


def with_text(data: bytes | None, tag: int, text: str) -> bytes:
    """The data with a text for a tag of their first directory; what is there stays where it lies.

    Data that cannot be followed come back as they are.
    """
    entry = text_entry(tag, text)
    old = exif.entries(data, exif.first_ifd(data)).get(tag) if data else None
    if data and old is not None and old.type == _ASCII and len(entry.value) <= len(old.value):
        return data[: old.value_at] + entry.value.ljust(len(old.value), b"\0") + data[old.value_at + len(old.value) :]
    return _with_entries(data, {tag: entry})


def with_resolution(data: bytes | None, dpi: tuple[float, float] | None) -> bytes | None:
    """The data with the resolution of the photo, for files that have no other place for it."""
    told = exif.resolution(data)
    if dpi is None or (told is not None and max(abs(told[0] - dpi[0]), abs(told[1] - dpi[1])) < _SAME_DPI):
        return data
    order = exif.byte_order(data or b"") or "<"
    added = {exif.RESOLUTION_UNIT: Entry(exif.RESOLUTION_UNIT, _SHORT, 1, struct.pack(order + "H", 2), 0, 0)}
    for tag, value in zip((exif.X_RESOLUTION, exif.Y_RESOLUTION), dpi, strict=True):
        ratio = Fraction(value).limit_denominator(1000)
        added[tag] = Entry(tag, _RATIONAL, 1, struct.pack(order + "II", ratio.numerator, ratio.denominator), 0, 0)
    return _with_entries(data, added)


def _with_entries(data: bytes | None, added: Mapping[int, Entry]) -> bytes:
    """The data with tags in their first directory, which is written anew behind everything else.

    A MakerNote may count on its place, so nothing moves but the directory.
    """
    if not data:
        return built(added, {})
    order, first = exif.byte_order(data), exif.first_ifd(data)
    if order is None or not 8 <= first <= len(data) - 2 or data[2:4] not in _CLASSIC:
        return data
    records, end = _records(data, first, order)
    if end + 4 > len(data):
        return data
    blob = data + b"\0" * (len(data) % 2)
    for tag, entry in added.items():
        value = entry.value.ljust(4, b"\0")
        if len(value) > 4:
            value = struct.pack(order + "I", len(blob))
            blob += entry.value + b"\0" * (len(entry.value) % 2)
        records[tag] = struct.pack(order + "HHI", tag, entry.type, entry.count) + value
    directory = struct.pack(order + "H", len(records)) + b"".join(records[t] for t in sorted(records))
    return data[:4] + struct.pack(order + "I", len(blob)) + blob[8:] + directory + data[end : end + 4]


def without(data: bytes, tag: int) -> bytes:
    """The data without a tag of their first directory; nothing else moves."""
    order, first = exif.byte_order(data), exif.first_ifd(data)
    if order is None or data[2:4] not in _CLASSIC or tag not in exif.entries(data, first):
        return data
    records, end = _records(data, first, order)
    kept = [record for number, record in records.items() if number != tag]
    directory = struct.pack(order + "H", len(kept)) + b"".join(kept) + data[end : end + 4]
    return data[:first] + directory.ljust(end + 4 - first, b"\0") + data[end + 4 :]


def _records(data: bytes, first: int, order: str) -> tuple[dict[int, bytes], int]:
    """The 12 bytes of each tag of the directory at `first`, and where they end."""
    (number,) = struct.unpack_from(order + "H", data, first)
    end = first + 2 + 12 * number
    places = range(first + 2, min(end, len(data) - 11), 12)
    return {struct.unpack_from(order + "H", data, at)[0]: data[at : at + 12] for at in places}, end
