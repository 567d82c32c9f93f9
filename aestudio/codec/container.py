"""The .aes file as bytes: header, metadata and independent tiles, laid out so that damage is found and stays small.

docs/aes-format.md describes every byte. Nothing here knows what the bytes of a tile mean.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from aestudio.codec.grid import tile_boxes
from aestudio.errors import Sentence
from aestudio.images import credentials
from aestudio.images.decoding import LEAST_PART, Damaged, Refusal, Truncated, check_size, large_allowed, valid_dpi
from aestudio.images.photo import Box, Metadata

MAGIC = b"\xaeAES\r\n\x1a\n"  # as PNG's: what strips a bit or changes the ends of lines destroys it
VERSION = 1
MAX_SIDE = 4 * 65_535
MAX_HEADER = 4096  # bytes, of every version: so many are enough to `peek` at
MAX_NAME = 255  # bytes, of the model's name and of its version
SMALLEST_TILE, LARGEST_TILE, TILE_MULTIPLE = 64, 4096, 16  # pixels

_NAMED = 4  # bytes of MAGIC that no copying of texts changes
_FRAME = struct.Struct("<8sHH")  # MAGIC, version, length of the header: the same in every version
_FIELDS = struct.Struct("<8sHH 2I 2H 7B 32s 16s")
_CHUNK = struct.Struct("<4s2I")  # type, length, checksum
_TILE = struct.Struct("<2I")  # length, checksum
_DPI = struct.Struct("<2d")
_CRC = 4  # bytes of a checksum

_ICC, _EXIF, _XMP, _PHOTOSHOP, _COMMENT, _RESOLUTION = "ICCP", "exif", "xmpp", "psir", "text", "phys"
_CREDENTIALS, _ALPHA = "c2pa", "ALPH"
_LOST = {
    _ICC: Sentence("The colour profile in the file cannot be used: colours are taken for sRGB."),
    _EXIF: Sentence("The EXIF data in the file are damaged: a saved copy will be without them."),
    _XMP: Sentence("The XMP data in the file are damaged: a saved copy will be without them."),
    _PHOTOSHOP: Sentence("The IPTC data in the file are damaged: a saved copy will be without them."),
    _COMMENT: Sentence("The comment in the file is damaged: a saved copy will be without it."),
    _RESOLUTION: Sentence("The resolution in the file is damaged: a saved copy will be without it."),
    _CREDENTIALS: credentials.DAMAGED,
    _ALPHA: Sentence("The transparency in the file is damaged: the photo is opened without it."),
}
_UNKNOWN_LOST = Sentence("A part of the file that AEStudio does not know is damaged, and was left out.")
_FRONT_MENDED = Sentence("The beginning of the file is damaged: what it says was taken from the copy at the end.")
_BACK_MENDED = Sentence("The end of the file is damaged or missing: what it says was taken from the beginning.")
_MOVED = Sentence("The file is longer or shorter than it was saved: all that could be found in it was read.")


@dataclass(frozen=True)
class Header:
    """What a decoder must know before it looks at a tile."""

    width: int
    height: int
    tile_side: int  # pixels; tiles at the right and lower edge are smaller
    model: str  # name of the model that the photo was compressed with, and the only one that opens it
    model_version: str
    weights: bytes  # SHA-256 of the model's weights file
    symbols: bytes  # BLAKE2b of 16 bytes, of all symbols; docs/aes-format.md tells in which order
    quality: int
    channels: int = 3  # of colour: 3, or 1 for grey
    bits: int = 8  # of the photo that was compressed, per sample: 8, 16 or 32
    alpha: bool = False  # whether it is there, without loss, in a chunk
    orientation: int = 1  # as EXIF counts; photos are compressed upright

    @property
    def rows(self) -> int:
        """Tiles from top to bottom."""
        return -(-self.height // self.tile_side)

    @property
    def columns(self) -> int:
        """Tiles from left to right."""
        return -(-self.width // self.tile_side)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels of each tile, row by row."""
        return tile_boxes(self.height, self.width, self.tile_side)


@dataclass(frozen=True)
class Stream:
    """All that a file holds."""

    header: Header
    metadata: Metadata
    alpha: bytes | None  # None where there is none, or where it is damaged
    tiles: tuple[bytes | None, ...]  # row by row; None where the file is damaged
    others: tuple[tuple[str, bytes], ...] = ()  # type and contents of chunks that other programs may know
    notes: tuple[Sentence, ...] = ()  # every damage that was found, except in tiles

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The pixels of each tile, row by row."""
        return self.header.boxes

    @property
    def damaged(self) -> tuple[int, ...]:
        """Numbers of the tiles that are damaged or missing."""
        return tuple(number for number, tile in enumerate(self.tiles) if tile is None)


@dataclass(frozen=True)
class _Head:
    """A sound header with its sound table."""

    header: Header
    raw: bytes
    table: bytes
    kinds: tuple[str, ...]  # of the chunks
    parts: list[list[int]]  # length and checksum of the chunks, then of the tiles


def is_stream(data: bytes) -> bool:
    """Whether this is an .aes file, whole or damaged at one of its ends."""
    return data.startswith(MAGIC[:_NAMED]) or _last_header(data) is not None


def pack(stream: Stream) -> bytes:
    """The file: always the same bytes for the same stream.

    The notes are left out: what was unpacked from a file with one damaged end becomes a whole file again.
    Raises Refusal for a photo larger than a file may hold, ValueError for what no file can hold.
    """
    header, chunks = stream.header, _chunks(stream)
    _check_size(header)
    if not _is_sound(header) or len(stream.tiles) != header.rows * header.columns or len(chunks) > 255:
        raise ValueError("the header does not fit the format or the tiles")
    if header.alpha != (stream.alpha is not None) or not all(_may_be_skipped(kind) for kind, _ in stream.others):
        raise ValueError("the chunks do not fit the format or the header")
    tiles = [tile for tile in stream.tiles if tile is not None]
    if len(tiles) < len(stream.tiles):
        raise ValueError("tiles are missing")
    raw = _header_bytes(header, len(chunks))
    entries = [_CHUNK.pack(kind.encode(), len(content), zlib.crc32(content)) for kind, content in chunks]
    entries += [_TILE.pack(len(tile), zlib.crc32(tile)) for tile in tiles]
    table = _sealed(b"".join(entries), raw)
    return b"".join([raw, table, *(content for _, content in chunks), *tiles, table, raw])


def unpack(data: bytes) -> Stream:
    """What the file holds, with everything in `notes` or in `damaged` that is not as it was written.

    Damage of one place costs one tile or one chunk, or nothing where the file has a copy. Photos of up to 512
    megapixels are read: whoever decodes one asks before with `check_size`.
    Raises Refusal if the file is none of ours, was made by a newer version, or has no tile left.
    """
    headers = _headers(data)
    heads = [head for raw in headers for head in _heads(data, raw)]
    # several where a piece of another file got into this one: it is the one that has its tiles here
    stream = max((_stream(data, head) for head in heads), key=_sound_tiles, default=None)
    if stream is None or not _sound_tiles(stream) or _sound_tiles(stream) * LEAST_PART < len(stream.tiles):
        raise _damage(data)
    return stream


def peek(data: bytes) -> Header:
    """The header alone; the first MAX_HEADER bytes of a file are enough. Raises Refusal as `unpack` does."""
    return _parsed(_headers(data)[0])[0]


def _sound_tiles(stream: Stream) -> int:
    return len(stream.tiles) - len(stream.damaged)


def _damage(data: bytes) -> Refusal:
    return Truncated() if _last_header(data) is None else Damaged()


def _headers(data: bytes) -> list[bytes]:
    """The sound headers, that of the beginning first; one where both are the same."""
    found = [raw for raw in (_header_at(data, 0), _last_header(data)) if raw is not None]
    if found:
        return list(dict.fromkeys(found))
    if not is_stream(data):
        raise Refusal("{name} is not a photo compressed by AEStudio. Please choose a file that ends in .aes.")
    if len(data) < _FRAME.size or (data.startswith(MAGIC) and len(data) < _FRAME.unpack_from(data)[2]):
        raise Truncated
    raise Damaged


def _last_header(data: bytes) -> bytes | None:
    tail = data[-MAX_HEADER:]
    at = tail.rfind(MAGIC)
    raw = _header_at(tail, at) if at >= 0 else None
    return raw if raw is not None and at + len(raw) == len(tail) else None


def _header_at(data: bytes, at: int) -> bytes | None:
    """The bytes of a header of any version; None if there is none, or a damaged one."""
    if len(data) < at + _FRAME.size:
        return None
    magic, _, length = _FRAME.unpack_from(data, at)
    raw = data[at : at + min(length, MAX_HEADER)]
    whole = magic == MAGIC and len(raw) == length >= _FRAME.size + _CRC and _is_sealed(raw)
    return raw if whole else None


def _sealed(content: bytes, header: bytes = b"") -> bytes:
    """With its checksum behind it. A table's goes on from that of its header, so that it fits no other."""
    # not over the whole header: with its own checksum at the end, each has the same
    return content + zlib.crc32(content, zlib.crc32(header[:-_CRC])).to_bytes(_CRC, "little")


def _is_sealed(content: bytes, header: bytes = b"") -> bool:
    return _sealed(content[:-_CRC], header) == content


def _header_bytes(header: Header, chunks: int) -> bytes:
    model, version = header.model.encode(), header.model_version.encode()
    fields = _FIELDS.pack(
        MAGIC,
        VERSION,
        _FIELDS.size + len(model) + len(version) + _CRC,
        header.width,
        header.height,
        header.tile_side,
        header.quality,
        header.orientation,
        header.channels,
        header.bits,
        header.alpha,
        chunks,
        len(model),
        len(version),
        header.weights,
        header.symbols,
    )
    return _sealed(fields + model + version)


def _parsed(raw: bytes) -> tuple[Header, int]:
    """A sound header, and how many chunks there are. Raises Refusal for what a sound header may not say."""
    version = _FRAME.unpack_from(raw)[1]
    if version > VERSION:
        raise _made_by_a_newer()
    if version < VERSION or len(raw) < _FIELDS.size + _CRC:
        raise Damaged
    width, height, side, quality, *small, weights, symbols = _FIELDS.unpack_from(raw)[3:]
    orientation, channels, bits, alpha, chunks, model_length, version_length = small
    names = raw[_FIELDS.size : -_CRC]
    if len(names) != model_length + version_length:
        raise Damaged
    if alpha > 1:
        raise _made_by_a_newer()
    try:
        model, model_version = names[:model_length].decode(), names[model_length:].decode()
    except UnicodeDecodeError as exc:
        raise Damaged from exc
    digests, rest = (weights, symbols), (quality, channels, bits, bool(alpha), orientation)
    header = Header(width, height, side, model, model_version, *digests, *rest)
    _check_size(header)
    if not _is_sound(header):
        raise Damaged
    return header, chunks


def _check_size(header: Header) -> None:
    with large_allowed(True):
        check_size(header.width, header.height)
    if max(header.width, header.height) > MAX_SIDE:
        raise Refusal(
            "{name} claims to be {side} pixels long, more than the {most} that an .aes file may be. "
            "Please split it, or save a smaller version.",
            side=max(header.width, header.height),
            most=MAX_SIDE,
        )


def _is_sound(header: Header) -> bool:
    """Whether each field but the size is within its bounds."""
    return (
        SMALLEST_TILE <= header.tile_side <= LARGEST_TILE
        and header.tile_side % TILE_MULTIPLE == 0
        and 0 <= header.quality < 2**16
        and header.channels in (1, 3)
        and header.bits in (8, 16, 32)
        and 1 <= header.orientation <= 8
        and (len(header.weights), len(header.symbols)) == (32, 16)
        and max(len(header.model.encode()), len(header.model_version.encode())) <= MAX_NAME
    )


def _made_by_a_newer() -> Refusal:
    return Refusal("{name} was made by a newer version of AEStudio. Please update AEStudio to open it.")


def _heads(data: bytes, raw: bytes) -> list[_Head]:
    """The header with each sound table that there is, that of the beginning first; one where both are the same."""
    header, chunks = _parsed(raw)
    entries, tiles = chunks * _CHUNK.size, header.rows * header.columns
    size = entries + tiles * _TILE.size + _CRC
    places = (len(raw), max(len(raw), len(data) - len(raw) - size))
    tables = dict.fromkeys(data[at : at + size] for at in places)
    heads = []
    for table in tables:
        if len(table) == size and _is_sealed(table, raw):
            listed = list(_CHUNK.iter_unpack(table[:entries]))
            kinds = _checked([kind for kind, _, _ in listed])
            if header.alpha != (_ALPHA in kinds):
                raise Damaged
            parts = [[length, crc] for _, length, crc in listed]
            parts += np.frombuffer(table, "<u4", offset=entries, count=2 * tiles).reshape(-1, 2).tolist()
            heads.append(_Head(header, raw, table, kinds, parts))
    return heads


def _checked(kinds: list[bytes]) -> tuple[str, ...]:
    """The types of the chunks. Raises Refusal where one must be known and is not, or makes no sense."""
    if not all(kind.isalnum() and kind[:1].isalpha() for kind in kinds):
        raise Damaged
    names = tuple(kind.decode() for kind in kinds)
    if any(name not in _LOST and name[0].isupper() for name in names):
        raise _made_by_a_newer()
    if any(names.count(name) > 1 for name in _LOST):
        raise Damaged
    return names


def _may_be_skipped(kind: str) -> bool:
    """Whether a reader that does not know this type of chunk may go on; false for those that this one knows."""
    name = kind.encode()
    return len(name) == 4 and name.isalnum() and name[:1].islower() and kind not in _LOST


def _stream(data: bytes, head: _Head) -> Stream:
    at = len(head.raw) + len(head.table)
    # Where bytes were added or lost, what lies behind is found from the end of the file.
    shift = len(data) - 2 * at - sum(length for length, _ in head.parts)
    contents = []
    for length, crc in head.parts:
        contents.append(_content(data, (at, at + shift) if shift else (at,), length, crc))
        at += length
    chunks = list(zip(head.kinds, contents, strict=False))
    tiles = tuple(contents[len(chunks) :])
    read = {kind: content for kind, content in chunks if kind in _LOST and _makes_sense(kind, content)}
    lost = [kind for kind, content in chunks if content is None or (kind in _LOST and kind not in read)]
    notes = [*_ends(data, head, shift), *(_LOST.get(kind, _UNKNOWN_LOST) for kind in lost)]
    others = tuple((kind, content) for kind, content in chunks if kind not in _LOST and content is not None)
    return Stream(head.header, _metadata(read), read.get(_ALPHA), tiles, others, tuple(notes))


def _content(data: bytes, starts: Iterable[int], length: int, crc: int) -> bytes | None:
    """The bytes at the first start where they are as they were written."""
    for start in starts:
        if 0 <= start <= len(data) - length:
            content = data[start : start + length]
            if zlib.crc32(content) == crc:
                return content
    return None


def _ends(data: bytes, head: _Head, shift: int) -> list[Sentence]:
    """What is wrong with the two copies of header and table, or with the length of what lies between."""
    notes = []
    if not data.startswith(head.raw + head.table):
        notes.append(_FRONT_MENDED)
    if not data.endswith(head.table + head.raw):
        notes.append(_BACK_MENDED)
    return notes if notes or not shift else [_MOVED]


def _chunks(stream: Stream) -> list[tuple[str, bytes]]:
    metadata = stream.metadata
    dpi = valid_dpi(metadata.dpi)
    found = [
        (_ICC, metadata.icc),
        (_EXIF, metadata.exif),
        (_XMP, metadata.xmp),
        (_PHOTOSHOP, metadata.photoshop),
        (_COMMENT, None if metadata.comment is None else metadata.comment.encode()),
        (_RESOLUTION, None if dpi is None else _DPI.pack(*dpi)),
        (_CREDENTIALS, metadata.c2pa),
        *stream.others,
        (_ALPHA, stream.alpha),
    ]
    return [(kind, content) for kind, content in found if content is not None]


def _makes_sense(kind: str, content: bytes | None) -> bool:
    """Whether a known chunk is there and can be read; of most the contents are not looked at."""
    if content is None:
        return False
    if kind == _RESOLUTION:
        return len(content) == _DPI.size and valid_dpi(_DPI.unpack(content)) is not None
    if kind == _COMMENT:
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
    return True


def _metadata(chunks: dict[str, bytes | None]) -> Metadata:
    comment, dpi = chunks.get(_COMMENT), chunks.get(_RESOLUTION)
    return Metadata(
        exif=chunks.get(_EXIF),
        icc=chunks.get(_ICC),
        xmp=chunks.get(_XMP),
        dpi=None if dpi is None else valid_dpi(_DPI.unpack(dpi)),
        photoshop=chunks.get(_PHOTOSHOP),
        comment=None if comment is None else comment.decode(),
        c2pa=chunks.get(_CREDENTIALS),
    )
