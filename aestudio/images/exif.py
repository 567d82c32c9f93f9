"""The TIFF structure that EXIF data is: finding, resetting, collecting and relocating its tags."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EXIF_IFD, GPS_IFD, INTEROP_IFD = 0x8769, 0x8825, 0xA005
ORIENTATION = 0x0112
X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 0x011A, 0x011B, 0x0128
_SUB_IFDS = frozenset({EXIF_IFD, GPS_IFD, INTEROP_IFD})

_PREFIX = b"Exif\0\0"
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}  # bytes per value, by type
_SHORT, _LONG, _RATIONAL = 3, 4, 5
_INCH, _CENTIMETRE = 2, 3
_COLOUR_SPACE, _INTEROP_INDEX, _UNCALIBRATED = 0xA001, 1, 0xFFFF


@dataclass(frozen=True)
class Entry:
    """One tag: its value as the file's bytes, and where its 12 bytes and its value lie in the file."""

    tag: int
    type: int
    count: int
    value: bytes
    at: int
    value_at: int


def strip_prefix(exif: bytes | None) -> bytes | None:
    """The TIFF structure alone, or None where there is nothing."""
    while exif and exif.startswith(_PREFIX):
        exif = exif[len(_PREFIX) :]
    return exif or None


def text(content: bytes) -> str:
    """Text as today's programs write it, UTF-8, or as older ones did."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def byte_order(data: bytes) -> str | None:
    """ "<" or ">" as the first bytes say; None if this is no TIFF structure."""
    if data[:4] in (b"II*\0", b"II+\0"):
        return "<"
    return ">" if data[:4] in (b"MM\0*", b"MM\0+") else None


def first_ifd(data: bytes) -> int:
    """Where the first directory lies; 0 if there is none."""
    order = byte_order(data)
    if order is None or len(data) < 8:
        return 0
    if data[2:4] in (b"+\0", b"\0+"):
        return int(struct.unpack_from(order + "Q", data, 8)[0]) if len(data) >= 16 else 0
    return int(struct.unpack_from(order + "I", data, 4)[0])


def entries(data: bytes, offset: int) -> dict[int, Entry]:
    """The tags of the directory at `offset`. Entries that point outside the data are left out."""
    return _directory(data, offset)[0]


def all_there(data: bytes) -> bool:
    """Whether the first directory, its Exif and GPS directories and all their values lie within the data."""
    top, whole = _directory(data, first_ifd(data))
    below = (_directory(data, integer(data, top[tag]))[1] for tag in (EXIF_IFD, GPS_IFD) if tag in top)
    return whole and all(below)


def _directory(data: bytes, offset: int) -> tuple[dict[int, Entry], bool]:
    """The tags of the directory at `offset`, and whether nothing of it lies outside the data."""
    order = byte_order(data)
    if order is None or offset < 8:
        return {}, False
    big = data[2:4] in (b"+\0", b"\0+")
    counter, record, room = ("Q", 20, 8) if big else ("H", 12, 4)
    start = offset + struct.calcsize(order + counter)
    if start > len(data):
        return {}, False
    (number,) = struct.unpack_from(order + counter, data, offset)
    found: dict[int, Entry] = {}
    whole = start + number * record + room <= len(data)  # with the offset of the next directory
    for at in range(start, min(start + number * record, len(data) - record + 1), record):
        tag, kind, count = struct.unpack_from(order + ("HHQ" if big else "HHI"), data, at)
        size = _SIZES.get(kind, 0) * count
        value_at = at + record - room
        if size > room:
            (value_at,) = struct.unpack_from(order + ("Q" if big else "I"), data, value_at)
        if 0 < size <= len(data) - value_at:
            found.setdefault(tag, Entry(tag, kind, count, data[value_at : value_at + size], at, value_at))
        elif size > 0:
            whole = False
    return found, whole


def integer(data: bytes, entry: Entry) -> int:
    """The first number of a SHORT, LONG or IFD entry; 0 for any other type."""
    order = byte_order(data) or "<"
    form = {_SHORT: "H", _LONG: "I", 13: "I"}.get(entry.type)
    return int(struct.unpack_from(order + form, entry.value)[0]) if form else 0


def number(data: bytes, entry: Entry) -> float | None:
    """The first number of an entry of any type that has one; None for a fraction of nothing."""
    order = byte_order(data) or "<"
    if entry.type == _RATIONAL:
        over, under = struct.unpack_from(order + "II", entry.value)
        return over / under if under else None
    form = {11: "f", 12: "d"}.get(entry.type)
    return float(struct.unpack_from(order + form, entry.value)[0]) if form else integer(data, entry)


def resolution(data: bytes | None) -> tuple[float, float] | None:
    """Pixels per inch, across and down, as the first directory says."""
    tags = entries(data, first_ifd(data)) if data else {}
    if not data or X_RESOLUTION not in tags or Y_RESOLUTION not in tags:
        return None
    unit = integer(data, tags[RESOLUTION_UNIT]) if RESOLUTION_UNIT in tags else _INCH
    x, y = (number(data, tags[tag]) for tag in (X_RESOLUTION, Y_RESOLUTION))
    if unit not in (_INCH, _CENTIMETRE) or x is None or y is None:
        return None
    return (x, y) if unit == _INCH else (2.54 * x, 2.54 * y)


def is_adobe_rgb(data: bytes | None) -> bool:
    """Whether a camera says by its tags that the colours are those of Adobe RGB (DCF 2.0, 2010): not sRGB, and R03."""
    if not data:
        return False
    top = entries(data, first_ifd(data))
    below = entries(data, integer(data, top[EXIF_IFD])) if EXIF_IFD in top else {}
    rules = entries(data, integer(data, below[INTEROP_IFD])) if INTEROP_IFD in below else {}
    uncalibrated = _COLOUR_SPACE in below and integer(data, below[_COLOUR_SPACE]) == _UNCALIBRATED
    return uncalibrated and _INTEROP_INDEX in rules and rules[_INTEROP_INDEX].value.startswith(b"R03")


def upright(exif: bytes | None) -> tuple[bytes | None, int]:
    """The EXIF data with its orientation reset to 1, and the orientation it had.

    Nothing but the value of that one tag changes. A structure that cannot be followed, or an orientation outside
    1 to 8, comes back as it is, with 1.
    """
    if not exif:
        return exif, 1
    entry = entries(exif, first_ifd(exif)).get(ORIENTATION)
    if entry is None or entry.type not in (_SHORT, _LONG):
        return exif, 1
    orientation = integer(exif, entry)
    if not 2 <= orientation <= 8:
        return exif, 1
    one = struct.pack((byte_order(exif) or "<") + ("H" if entry.type == _SHORT else "I"), 1)
    return exif[: entry.value_at] + one + exif[entry.value_at + len(one) :], orientation


def collect(data: bytes, leave_out: Iterable[int]) -> bytes | None:
    """EXIF data made from a TIFF file's first directory, with its Exif, GPS and Interoperability directories.

    Every value keeps its bytes, but moves: offsets that a MakerNote may hold within itself are not followed.
    None if nothing is left.
    """
    order = byte_order(data)
    if order is None:
        return None
    unwanted = set(leave_out)
    top = {tag: entry for tag, entry in entries(data, first_ifd(data)).items() if tag not in unwanted}
    if not top:
        return None
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return header + _serialised(data, top, 8, order, depth=0)


def _serialised(data: bytes, tags: Mapping[int, Entry], offset: int, order: str, depth: int) -> bytes:
    """A directory that will lie at `offset`, followed by what it points to."""
    behind = b""
    behind_at = offset + 2 + 12 * len(tags) + 4
    records = b""
    for tag, entry in sorted(tags.items()):
        kind, count, value = entry.type, entry.count, entry.value
        if tag in _SUB_IFDS and depth < 2:
            below = entries(data, integer(data, entry))
            kind, count = _LONG, 1
            value = struct.pack(order + "I", behind_at + len(behind))
            behind += _serialised(data, below, behind_at + len(behind), order, depth + 1)
        elif len(value) > 4:
            place = struct.pack(order + "I", behind_at + len(behind))
            behind += value + b"\0" * (len(value) % 2)
            value = place
        records += struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0")
    return struct.pack(order + "H", len(tags)) + records + b"\0\0\0\0" + behind
