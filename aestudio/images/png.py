"""PNG files."""

import binascii
import struct
import zlib
from collections.abc import Iterator

import numpy as np

from aestudio.images import photoshop
from aestudio.images.colour import profile_of
from aestudio.images.decoding import FIRST_OF_SEVERAL, LEAST_PART, Damaged, Decoded, Truncated, check_size, valid_dpi
from aestudio.images.exif import strip_prefix, text
from aestudio.images.photo import Metadata, Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_KEY, _COMMENT_KEY = b"XML:com.adobe.xmp", b"Comment"
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_MAX_TEXT = 64 * 2**20  # a compressed profile or text may unfold to no more than this
_METRES_PER_INCH = 0.0254
LEVEL = 3  # a seventh of the time of level 6 for 3 % larger files
_ADAM7 = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)  # of each pass: first column and row, steps
_LAST_FILTER = 4
Chunk = tuple[bytes, memoryview, memoryview]
_CREDENTIALS = b"caBX"
_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def decode(data: bytes) -> Decoded:
    """Grey, grey and alpha, RGB or RGBA (H, W, C), uint8 or uint16; palettes are resolved, 1 to 4 bits become 8.

    libpng decodes both depths: Pillow reduces 16 bits to 8, and takes a picture whose data end early for whole.
    It is shown only what makes the pixels, so that no odd text can stop a photo from opening.
    """
    import imagecodecs  # here, for training does without it

    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise Damaged
    check_size(*struct.unpack_from(">II", chunks[0][1]))
    if not any(name == b"IDAT" for name, _, _ in chunks):
        raise Damaged
    needed = b"".join([SIGNATURE, *(whole for name, _, whole in chunks if name in _PIXEL_CHUNKS)])
    pixels = np.asarray(imagecodecs.png_decode(needed))
    several = any(name == b"acTL" for name, _, _ in chunks)
    notes = (FIRST_OF_SEVERAL,) if several else ()
    return Decoded(pixels[..., None] if pixels.ndim == 2 else pixels, _metadata(chunks), notes=notes)


def salvage(data: bytes) -> Decoded:
    """What a PNG still holds whose end is missing or damaged: the rest is black."""
    import imagecodecs

    chunks: list[Chunk] = []
    packed = b""
    for chunk in _chunks(data, whole=False):
        chunks.append(chunk)
        if chunk[0] == b"IDAT":
            packed += chunk[1]
    header = chunks[0][1] if chunks and chunks[0][0] == b"IHDR" and len(chunks[0][1]) == 13 else None
    if header is None:
        raise Damaged
    check_size(*struct.unpack_from(">II", header))
    lengths = _row_lengths(bytes(header))
    size = sum(lengths)
    rows = _sound_rows(_unfolded_part(packed, size), lengths)
    if len(rows) * LEAST_PART < size or not rows:
        raise Damaged
    body = zlib.compress(rows.ljust(size, b"\0"), 1)
    before = [_chunk(name, bytes(view)) for name, view, _ in chunks if name in (b"IHDR", b"PLTE", b"tRNS")]
    needed = b"".join([SIGNATURE, *before, _chunk(b"IDAT", body), _chunk(b"IEND", b"")])
    pixels = np.asarray(imagecodecs.png_decode(needed))
    return Decoded(pixels[..., None] if pixels.ndim == 2 else pixels, _metadata(chunks), partial=True)


def _row_lengths(header: bytes) -> list[int]:
    """Bytes of each row with its filter byte, in the order of the passes."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 0)
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    lengths = []
    for left, top, step_x, step_y in passes:
        columns, rows = -(-(width - left) // step_x), -(-(height - top) // step_y)
        if columns > 0 and rows > 0:
            lengths += [1 + -(-columns * bits // 8)] * rows
    return lengths


def _sound_rows(rows: bytes, lengths: list[int]) -> bytes:
    """The rows up to the first that makes no sense: libpng would refuse the whole for it."""
    at = 0
    for length in lengths:
        if at >= len(rows) or rows[at] > _LAST_FILTER:
            break
        at += length
    return rows[:at]


def _unfolded_part(packed: bytes, size: int) -> bytes:
    """The plain bytes up to where the data end or are damaged, `size` at most."""
    unpacker, rows = zlib.decompressobj(), b""
    try:
        for at in range(0, len(packed), 4096):  # in small pieces: damage takes the whole piece with it
            rows += unpacker.decompress(packed[at : at + 4096], max(1, size - len(rows)))
            if unpacker.eof or len(rows) >= size:
                break
    except zlib.error:
        pass
    return rows[:size]


def _chunks(data: bytes, *, whole: bool = True) -> Iterator[Chunk]:
    """Name, contents and whole bytes of each chunk up to the last.

    If the last does not come, raises Truncated, or, where not all is asked for, gives what there is of the last one.
    """
    view = memoryview(data)
    position = len(SIGNATURE)
    while True:
        if position + 12 > len(data):
            if not whole:
                return
            raise Truncated
        length = int.from_bytes(view[position : position + 4], "big")
        end = position + 12 + length
        if end > len(data):
            if not whole:
                yield bytes(view[position + 4 : position + 8]), view[position + 8 : end - 4], view[position:]
                return
            raise Truncated
        name = bytes(view[position + 4 : position + 8])
        yield name, view[position + 8 : end - 4], view[position:end]
        if name == b"IEND":
            return
        position = end


def _metadata(chunks: list[Chunk]) -> Metadata:
    exif = icc = xmp = dpi = blocks = comment = store = None
    primaries = None
    for name, view, _ in chunks:
        if name in _PIXEL_CHUNKS:
            continue
        content = bytes(view)
        if name == b"eXIf":
            exif = strip_prefix(content)
        elif name == b"iCCP":
            icc = _unfolded(content.partition(b"\0")[2][1:]) or icc
        elif name == b"pHYs" and len(content) == 9 and content[8] == 1:
            x, y = struct.unpack_from(">II", content)
            dpi = valid_dpi((x * _METRES_PER_INCH, y * _METRES_PER_INCH))
        elif name == b"iTXt" and content.startswith(_XMP_KEY + b"\0"):
            xmp = _international_text(content[len(_XMP_KEY) + 1 :]) or xmp
        elif name == _CREDENTIALS:
            store = store or content
        elif name == b"cICP" and len(content) == 4:
            primaries = content[0], content[1]
        elif name in _TEXTS and content.startswith(_COMMENT_KEY + b"\0"):
            comment = comment or text(_comment(name, content[len(_COMMENT_KEY) + 1 :]) or b"")
        elif name in (b"zTXt", b"tEXt"):
            exif = exif or _imagemagick_exif(name, content)
            blocks = blocks or _raw_profile(name, content, (b"iptc", b"8bim"))
    if primaries and not icc:
        icc = profile_of(*primaries)
    if blocks and not blocks.startswith(photoshop.SIGNATURE):
        blocks = photoshop.with_iptc(None, blocks)
    return Metadata(exif, icc, xmp, dpi, blocks, comment or None, store)


def _comment(name: bytes, content: bytes) -> bytes | None:
    if name == b"iTXt":
        return _international_text(content)
    return _unfolded(content[1:]) if name == b"zTXt" else content


def _unfolded(packed: bytes) -> bytes | None:
    """The plain bytes; None if they are damaged or suspiciously many. Metadata never stop a photo from opening."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(packed, _MAX_TEXT)
    except zlib.error:
        return None
    return plain if unpacker.eof else None


def _international_text(content: bytes) -> bytes | None:
    """The text behind flag, method, language and translated key."""
    compressed = content[:1] == b"\1"
    text = content[2:].partition(b"\0")[2].partition(b"\0")[2]
    return _unfolded(text) if compressed else text


def _imagemagick_exif(name: bytes, content: bytes) -> bytes | None:
    """EXIF data as ImageMagick wrote them before PNG had a place for them."""
    plain = _raw_profile(name, content, (b"exif", b"APP1"))
    # "APP1" may hold XMP as well
    return strip_prefix(plain) if plain and plain.startswith((b"Exif\0\0", b"II*\0", b"MM\0*")) else None


def _raw_profile(name: bytes, content: bytes, kinds: tuple[bytes, ...]) -> bytes | None:
    """What ImageMagick, and others after it, put into a text: a line with a name, one with the length, then hex."""
    key, _, text = content.partition(b"\0")
    if key not in {b"Raw profile type " + kind for kind in kinds}:
        return None
    if name == b"zTXt":
        text = _unfolded(text[1:]) or b""
    lines = text.split(b"\n", 3)
    if len(lines) < 4:
        return None
    try:
        return binascii.unhexlify(b"".join(lines[3].split())) or None
    except binascii.Error:
        return None


def encode(pixels: Pixels, metadata: Metadata, level: int = LEVEL) -> bytes:
    """A PNG of uint8 or uint16 pixels with 1 to 4 channels, packed with a level from 0 (fast) to 9 (small)."""
    import imagecodecs

    squeezed = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    plain = bytes(imagecodecs.png_encode(np.ascontiguousarray(squeezed), level=level, out=_room(pixels)))
    added = b""
    if metadata.icc:
        added += _chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(metadata.icc))
    if metadata.dpi:
        x, y = (round(value / _METRES_PER_INCH) for value in metadata.dpi)
        added += _chunk(b"pHYs", struct.pack(">IIB", x, y, 1))
    if metadata.exif:
        added += _chunk(b"eXIf", metadata.exif)
    if metadata.xmp:
        added += _chunk(b"iTXt", _XMP_KEY + b"\0" * 5 + metadata.xmp)
    if metadata.comment:
        added += _chunk(b"iTXt", _COMMENT_KEY + b"\0" * 5 + metadata.comment.encode())
    if metadata.photoshop:
        # the standard has no place for it: this one is what exiftool and ImageMagick read and write
        text = f"\niptc\n{len(metadata.photoshop):8}\n{metadata.photoshop.hex()}\n".encode()
        added += _chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(text))
    if metadata.c2pa:
        added += _chunk(_CREDENTIALS, metadata.c2pa)
    after_header = len(SIGNATURE) + 12 + 13
    return plain[:after_header] + added + plain[after_header:]


def _room(pixels: Pixels) -> int:
    """More bytes than the file can need: imagecodecs' own guess is too small for a tall narrow picture of noise."""
    plain = int(pixels.nbytes) + len(pixels)  # a filter byte per row
    return plain + plain // 64 + 2**16


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
