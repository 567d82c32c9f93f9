"""Files come back as they were packed, and whatever happens to one is found and costs no more than it must."""

import hashlib
import random
import re
import struct
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aestudio.codec.container import (
    MAGIC,
    MAX_HEADER,
    MAX_NAME,
    MAX_SIDE,
    Header,
    Stream,
    is_stream,
    pack,
    peek,
    unpack,
)
from aestudio.errors import DamagedPhotoError, ImageError
from aestudio.images import boxes, exif, raw
from aestudio.images.decoding import Refusal
from aestudio.images.photo import Box, Metadata

ROOT = Path(__file__).resolve().parent.parent.parent
DAMAGES = 20_000
MOST_MEMORY = 200_000  # bytes

FRONT, BACK, MOVED = "The beginning of the file", "The end of the file", "The file is longer or shorter"
ORIENTATION, CHANNELS, BITS, ALPHA, CHUNKS, MODEL_LENGTH = 24, 25, 26, 27, 28, 29  # places in a header
WIDTH, HEIGHT, TILE_SIDE, FIXED = 12, 16, 20, 79


def header(width: int = 150, height: int = 100, tile_side: int = 64, **changes: Any) -> Header:
    weights, symbols = hashlib.sha256(b"weights").digest(), hashlib.blake2b(b"symbols", digest_size=16).digest()
    made = Header(width, height, tile_side, "compress", "1.0.0", weights, symbols, quality=3)
    return replace(made, **changes)


def tile(number: int) -> bytes:
    return random.Random(number).randbytes(8 + 4 * number)


def plain(width: int = 150, height: int = 100, **changes: Any) -> Stream:
    made = header(width, height, **changes)
    return Stream(made, Metadata(), None, tuple(tile(n) for n in range(made.rows * made.columns)))


@pytest.fixture(scope="module")
def rich() -> Stream:
    """Six tiles and everything that can lie beside them."""
    known = Metadata(b"II*\0exif", b"profile", b"<x:xmpmeta/>", (300.0, 299.5), b"8BIM", "눈 오는 날", b"jumb")
    others = (("note", b"of another program"), ("note", b""), ("a1B2", b"\0\1"))
    return replace(plain(alpha=True, channels=1, bits=16), metadata=known, alpha=b"transparent", others=others)


@pytest.fixture(scope="module")
def data(rich: Stream) -> bytes:
    return pack(rich)


def head_length(data: bytes) -> int:
    """Of the header and the table at the beginning."""
    raw = header_of(data)
    found = peek(raw)
    return len(raw) + raw[CHUNKS] * 12 + found.rows * found.columns * 8 + 4


def header_of(data: bytes) -> bytes:
    return data[: int.from_bytes(data[10:12], "little")]


def with_ends(data: bytes, raw: bytes, table: bytes) -> bytes:
    """Another header and table at both ends, with checksums to match."""
    ends = len(header_of(data)), head_length(data)
    raw = raw[:-4] + zlib.crc32(raw[:-4]).to_bytes(4, "little")
    table = table[:-4] + zlib.crc32(table[:-4], zlib.crc32(raw[:-4])).to_bytes(4, "little")
    assert data[ends[0] : ends[1]] == data[-ends[1] : -ends[0]]
    return raw + table + data[ends[1] : -ends[1]] + table + raw


def forged(data: bytes, at: int, value: bytes) -> bytes:
    """A sound file whose header says something else at one place."""
    raw, table = header_of(data), data[len(header_of(data)) : head_length(data)]
    return with_ends(data, raw[:at] + value + raw[at + len(value) :], table)


def with_table(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A sound file whose table says something else."""
    raw, table = header_of(data), data[len(header_of(data)) : head_length(data)]
    return with_ends(data, raw, change(table))


def unpacked(data: bytes) -> Stream | None:
    """None if the file is refused, in a sentence that names it."""
    try:
        return unpack(data)
    except Refusal as exc:
        told = str(exc.of("a.aes"))
    assert re.match(r"a\.aes (is|was|claims) .+\. Please .+\.$", told)
    return None


def losses(found: Stream, whole: Stream) -> int:
    """How many tiles and chunks are missing. What is there is as it was, and each missing chunk has its note."""
    assert found.header == whole.header
    assert len(found.tiles) == len(whole.tiles)
    assert all(a is None or a == b for a, b in zip(found.tiles, whole.tiles, strict=True))
    chunks = len(whole.others) - len(found.others)
    assert not Counter(found.others) - Counter(whole.others)
    pairs = [(getattr(found.metadata, f.name), getattr(whole.metadata, f.name)) for f in fields(Metadata)]
    for one, other in (*pairs, (found.alpha, whole.alpha)):
        assert one is None or one == other
        chunks += one != other
    assert chunks == len([note for note in found.notes if not str(note).startswith((FRONT, BACK, MOVED))])
    return chunks + len(found.damaged)


def said(found: Stream | None) -> list[str]:
    return [str(note) for note in found.notes] if found else []


texts = st.text(max_size=MAX_NAME // 4)
maybe_bytes = st.none() | st.binary(max_size=40)
numbers = st.floats(1, 65535, width=32)
headers = st.builds(
    Header,
    width=st.integers(1, 400),
    height=st.integers(1, 400),
    tile_side=st.sampled_from((64, 80, 512, 4096)),
    model=texts,
    model_version=texts,
    weights=st.binary(min_size=32, max_size=32),
    symbols=st.binary(min_size=16, max_size=16),
    quality=st.integers(0, 65535),
    channels=st.sampled_from((1, 3)),
    bits=st.sampled_from((8, 16, 32)),
    orientation=st.integers(1, 8),
)
metadatas = st.builds(
    Metadata,
    exif=maybe_bytes,
    icc=maybe_bytes,
    xmp=maybe_bytes,
    dpi=st.none() | st.tuples(numbers, numbers),
    photoshop=maybe_bytes,
    comment=st.none() | st.text(max_size=40),
    c2pa=maybe_bytes,
)


@given(headers, metadatas, maybe_bytes, st.randoms())
@settings(max_examples=60, deadline=None)  # a busy machine is not a failure
def test_what_is_packed_comes_back(made: Header, known: Metadata, alpha: bytes | None, dice: random.Random) -> None:
    tiles = tuple(dice.randbytes(dice.randrange(30)) for _ in range(made.rows * made.columns))
    stream = Stream(replace(made, alpha=alpha is not None), known, alpha, tiles)
    data = pack(stream)
    assert unpack(data) == stream
    assert pack(unpack(data)) == data
    assert peek(data[:MAX_HEADER]) == stream.header


def test_everything_comes_back_and_nothing_is_noted(rich: Stream, data: bytes) -> None:
    assert unpack(data) == rich
    assert (unpack(data).notes, unpack(data).damaged) == ((), ())
    assert pack(rich) == data


def test_the_tiles_partition_the_photo_row_by_row() -> None:
    assert plain().boxes == (
        *(Box(0, 64, 0, 64), Box(0, 64, 64, 128), Box(0, 64, 128, 150)),
        *(Box(64, 100, 0, 64), Box(64, 100, 64, 128), Box(64, 100, 128, 150)),
    )
    assert header(64, 128).boxes == (Box(0, 64, 0, 64), Box(64, 128, 0, 64))


def test_the_header_is_read_from_the_first_bytes(data: bytes, rich: Stream) -> None:
    raw = header_of(data)
    assert peek(raw) == rich.header
    for length in range(4, len(raw)):
        with pytest.raises(Refusal) as caught:
            peek(data[:length])
        assert str(caught.value.of("a.aes")).startswith("a.aes is incomplete")
    assert peek(b"?" + data[1:]) == rich.header


def test_a_file_of_another_kind_is_told_apart(data: bytes) -> None:
    assert is_stream(data)
    assert not any(known(data) for known in (raw.is_raw, exif.byte_order, boxes.brands))
    for other in (b"", b"?", MAGIC[:3], b"\x89PNG\r\n\x1a\n" + bytes(5000), b"AES\2" + bytes(99), b"?" + data[1:-1]):
        assert not is_stream(other)
        for read in (peek, unpack):
            with pytest.raises(Refusal) as caught:
                read(other)
            assert str(caught.value.of("a.zip")).startswith("a.zip is not a photo compressed by AEStudio.")


@pytest.mark.parametrize("ends", [(b"\r\n", b"\n"), (b"\n", b"\r\n")])
def test_changed_ends_of_lines_are_noticed(data: bytes, ends: tuple[bytes, bytes]) -> None:
    changed = data.replace(*ends)
    assert is_stream(changed)
    with pytest.raises(Refusal) as caught:
        unpack(changed)
    assert caught.value.error is DamagedPhotoError


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_each_flipped_byte_is_found_and_costs_one_tile_or_one_chunk(data: bytes, rich: Stream, mask: int) -> None:
    head = head_length(data)
    for at in range(len(data)):
        found = unpacked(data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :])
        assert found
        lost = losses(found, rich)
        if at < head:
            assert (lost, len(found.notes)) == (0, 1)
            assert str(found.notes[0]).startswith(FRONT)
        elif at >= len(data) - head:
            assert (lost, len(found.notes)) == (0, 1)
            assert str(found.notes[0]).startswith(BACK)
        else:
            assert lost == 1
            assert len(found.notes) + len(found.damaged) == 1


@pytest.mark.parametrize("length", [1, 5])
def test_bytes_added_or_lost_cost_one_tile_or_one_chunk(data: bytes, rich: Stream, length: int) -> None:
    for at in range(len(data) + 1):
        for changed in (data[:at] + b"?" * length + data[at:], data[:at] + data[at + length :]):
            if changed == data:
                continue
            found = unpacked(changed)
            assert found
            lost = losses(found, rich)
            assert found.notes or found.damaged
            # bytes that are cut out may be of two neighbours, or of more where these are shorter
            assert lost <= (1 if len(changed) > len(data) or length == 1 else 3)
            assert any(note.startswith((FRONT, BACK, MOVED)) for note in said(found))


def test_of_a_cut_file_what_is_there_is_read(data: bytes, rich: Stream) -> None:
    starts = [len(data) - head_length(data)]
    for content in reversed(rich.tiles):
        starts.insert(0, starts[0] - len(content or b""))
    for length in range(len(data)):
        cut = data[:length]
        found = unpacked(cut)
        whole = sum(end <= length for end in starts[1:])
        if not whole:
            assert found is None
            continue
        assert found
        assert losses(found, rich) == len(rich.tiles) - whole
        assert found.damaged == tuple(range(whole, len(rich.tiles)))
        assert said(found)[0].startswith(BACK)
        assert peek(cut) == rich.header


def test_a_file_whose_beginning_is_gone_is_read_from_its_end(data: bytes, rich: Stream) -> None:
    head = head_length(data)
    for changed in (data[head // 2 :], bytes(head) + data[head:], b"junk" + data):
        found = unpacked(changed)
        assert found
        assert losses(found, rich) == 0
        assert said(found)[0].startswith(FRONT)
        assert peek(changed) == rich.header


def test_a_damaged_end_is_mended_by_packing_again(data: bytes) -> None:
    for changed in (bytes(40) + data[40:], data[:-40], data + b"more"):
        found = unpack(changed)
        assert found.notes
        assert pack(found) == data


def test_a_piece_of_another_file_does_not_hide_this_one(data: bytes, rich: Stream) -> None:
    alike = pack(replace(rich, tiles=tuple((content or b"")[::-1] for content in rich.tiles)))
    twin = pack(replace(rich, header=replace(rich.header, symbols=bytes(16))))
    other = pack(plain(64, 128))
    assert len(alike) == len(twin) == len(data)
    pieces = (alike[: head_length(alike)], header_of(twin), other[: head_length(other)], header_of(other))
    for piece in pieces:
        found = unpacked(piece + data[len(piece) :])
        assert found
        assert losses(found, rich) == 0
        assert said(found)[0].startswith(FRONT)


def damage(data: bytes, dice: random.Random) -> bytes:
    """As cards, cables and programs damage files: once, or a few times."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        at, size = dice.randrange(len(out) + 1), dice.choice((1, 4, 16, 64))
        kind = dice.randrange(7)
        if kind == 0 and at < len(out):
            out[at] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del out[at:]
        elif kind == 2:
            out[at : at + size] = bytes(len(out[at : at + size]))
        elif kind == 3:
            out[at:at] = out[at : at + size]
        elif kind == 4:
            out[at : at + size] = dice.randbytes(len(out[at : at + size]))
        elif kind == 5:
            del out[at : at + size]
        else:
            other = dice.randrange(len(out) + 1)
            size = min(size, len(out) - max(at, other))
            out[at : at + size] = out[other : other + size]
    return bytes(out)


def test_twenty_thousand_damages_are_all_found(data: bytes, rich: Stream) -> None:
    tried = refused = 0
    for number in range(DAMAGES):
        changed = damage(data, random.Random(number))
        found = unpacked(changed)
        refused += found is None
        if found:
            lost = losses(found, rich)
            assert changed == data or found.notes or found.damaged, number
            assert changed != data or not lost, number
        tried += changed != data
    assert tried > DAMAGES * 0.95
    assert refused < DAMAGES * 0.3


@pytest.mark.parametrize(
    ("at", "value", "sentence"),
    [
        (8, b"\2\0", "was made by a newer version of AEStudio. Please update AEStudio to open it."),
        (8, b"\xff\xff", "was made by a newer version"),
        (8, b"\0\0", "is damaged"),
        (WIDTH, struct.pack("<I", 0), "is damaged"),
        (HEIGHT, struct.pack("<I", 0), "is damaged"),
        (WIDTH, struct.pack("<2I", 2**32 - 1, 2**32 - 1), "claims to hold 4294967295 × 4294967295 pixels"),
        (WIDTH, struct.pack("<2I", 25_601, 20_000), "claims to hold 25601 × 20000 pixels"),
        (WIDTH, struct.pack("<2I", MAX_SIDE + 1, 1), "claims to be 262141 pixels long"),
        (WIDTH, struct.pack("<2I", 1, MAX_SIDE + 1), "claims to be 262141 pixels long"),
        (TILE_SIDE, struct.pack("<H", 0), "is damaged"),
        (TILE_SIDE, struct.pack("<H", 48), "is damaged"),
        (TILE_SIDE, struct.pack("<H", 65), "is damaged"),
        (TILE_SIDE, struct.pack("<H", 4112), "is damaged"),
        (ORIENTATION, b"\0", "is damaged"),
        (ORIENTATION, b"\x09", "is damaged"),
        (CHANNELS, b"\2", "is damaged"),
        (BITS, b"\x0c", "is damaged"),
        (ALPHA, b"\2", "was made by a newer version"),
        (MODEL_LENGTH, b"\x09", "is damaged"),
        (FIXED, b"\xff", "is damaged"),
    ],
)
def test_a_header_that_no_file_may_have_is_refused(data: bytes, at: int, value: bytes, sentence: str) -> None:
    for read in (peek, unpack):
        with pytest.raises(Refusal) as caught:
            read(forged(data, at, value))
        assert isinstance(caught.value.of("a.aes"), ImageError)
        assert str(caught.value.of("a.aes")).startswith(f"a.aes {sentence}")


def test_chunks_that_must_be_known_are_refused_and_others_kept(data: bytes, rich: Stream) -> None:
    for kind, sentence in ((b"NOTE", "newer version"), (b"Note", "newer version"), (b"1ote", "damaged")):
        changed = with_table(data, lambda table, kind=kind: table.replace(b"note", kind))  # type: ignore[misc]
        with pytest.raises(Refusal, match=sentence):
            unpack(changed)
    changed = with_table(data, lambda table: table.replace(b"note", b"else"))
    assert unpack(changed).others == (("else", b"of another program"), ("else", b""), ("a1B2", b"\0\1"))
    for kind in (b"exif", b"ALPH"):  # twice
        with pytest.raises(Refusal, match="damaged"):
            unpack(with_table(data, lambda table, kind=kind: table.replace(b"xmpp", kind)))  # type: ignore[misc]
    with pytest.raises(Refusal, match="damaged"):
        unpack(forged(data, ALPHA, b"\0"))
    with pytest.raises(Refusal, match="damaged"):
        unpack(forged(pack(plain()), ALPHA, b"\1"))


def test_a_sound_chunk_that_makes_no_sense_is_left_out(data: bytes, rich: Stream) -> None:
    assert rich.metadata.comment
    for sound, odd in (
        (rich.metadata.comment.encode(), b"\xff" * len(rich.metadata.comment.encode())),
        (struct.pack("<2d", 300.0, 299.5), struct.pack("<2d", float("nan"), 0.0)),
    ):
        old, new = (zlib.crc32(content).to_bytes(4, "little") for content in (sound, odd))
        changed = with_table(data.replace(sound, odd), lambda table, old=old, new=new: table.replace(old, new))  # type: ignore[misc]
        found = unpacked(changed)
        assert found
        assert losses(found, rich) == 1


def test_claims_cost_no_memory() -> None:
    whole = pack(plain(64, 128))
    files = [
        forged(whole, WIDTH, struct.pack("<2I", 25_600, 20_000)),  # a table of 1 MB that is not there
        forged(whole, WIDTH, struct.pack("<2I", MAX_SIDE, 1_900)),
        forged(whole, WIDTH, struct.pack("<2I", 2**32 - 1, 2**32 - 1)),
        forged(whole, CHUNKS, b"\xff"),
        with_table(whole, lambda table: b"\xff" * len(table)),  # two tiles of 4 GB
        whole[:8] + b"\1\0\xff\xff" + whole[12:60],
    ]
    assert not any(unpacked(changed) for changed in files)  # also loads what is loaded once
    tracemalloc.start()
    try:
        for changed in files:
            tracemalloc.reset_peak()
            assert unpacked(changed) is None
            assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_a_tile_that_claims_to_go_beyond_the_end_is_damaged(data: bytes, rich: Stream) -> None:
    changed = with_table(data, lambda table: table[:-12] + b"\xff\xff\xff\xff" + table[-8:])
    found = unpacked(changed)
    assert found
    assert found.damaged == (len(rich.tiles) - 1,)


def test_hardly_any_tiles_are_no_photo() -> None:
    many = plain(64 * 40, 64 * 51)  # 2040 tiles
    tiles = many.tiles
    data = pack(replace(many, tiles=tuple(t[:8] if t else None for t in tiles)))
    head = head_length(data)
    assert unpacked(data[: head + 2 * 8]) is None
    found = unpacked(data[: head + 3 * 8])
    assert found
    assert len(found.damaged) == 2037


@pytest.mark.parametrize(
    "changes",
    [
        {"tile_side": 100},
        {"tile_side": 32},
        {"channels": 2},
        {"bits": 12},
        {"orientation": 0},
        {"quality": 65536},
        {"quality": -1},
        {"weights": bytes(20)},
        {"symbols": bytes(32)},
        {"model": "é" * 128},
        {"model_version": "x" * 256},
        {"alpha": True},
        {"width": 0},
        {"height": -5},
        {"width": MAX_SIDE + 1, "height": 1},
    ],
)
def test_what_no_file_can_hold_is_not_packed(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"fit|damaged|claims"):
        pack(replace(plain(), header=header(**changes)))


def test_only_whole_streams_are_packed(rich: Stream) -> None:
    for wrong in (
        replace(rich, tiles=rich.tiles[:-1]),
        replace(rich, tiles=(None, *rich.tiles[1:])),
        replace(rich, alpha=None),
        replace(rich, others=(("NOTE", b""),)),
        replace(rich, others=(("exif", b""),)),
        replace(rich, others=(("long1", b""),)),
        replace(rich, others=(("nöte", b""),)),
        replace(rich, others=(("note", b""),) * 250),
    ):
        with pytest.raises(ValueError, match=r"fit|missing"):
            pack(wrong)


def example() -> Stream:
    """The file in docs/aes-format.md."""
    made = replace(header(100, 80), weights=bytes(range(32)), symbols=bytes(range(16)))
    tiles = (b"\x11" * 8, b"\x22" * 4, b"\x33" * 4, b"\x44" * 4)
    return Stream(made, Metadata(comment="Hi"), None, tiles)


def test_the_file_in_the_specification_is_one() -> None:
    page = (ROOT / "docs" / "aes-format.md").read_text(encoding="utf-8")
    dump = page.partition("<!-- example -->")[2].partition("<!-- end of example -->")[0]
    lines = re.findall(r"^(\d+) +((?:[0-9a-f]{2} ?)+)$", dump, re.MULTILINE)
    data = bytes.fromhex("".join(line for _, line in lines))
    assert [int(at) for at, _ in lines] == list(range(0, len(data), 16))
    assert data == pack(example())
    assert unpack(data) == example()


def test_every_byte_is_where_the_specification_says() -> None:
    """A reader of its own, written from docs/aes-format.md."""
    data = pack(example())
    assert data[:8] == bytes.fromhex("ae 41 45 53 0d 0a 1a 0a")
    assert struct.unpack_from("<HHIIHH", data, 8) == (1, 96, 100, 80, 64, 3)
    assert tuple(data[24:31]) == (1, 3, 8, 0, 1, 8, 5)
    assert (data[31:63], data[63:79], data[79:92]) == (bytes(range(32)), bytes(range(16)), b"compress1.0.0")
    assert struct.unpack_from("<I", data, 92) == (zlib.crc32(data[:92]),)
    assert struct.unpack_from("<4sII", data, 96) == (b"text", 2, zlib.crc32(b"Hi"))
    at = 108
    for content in example().tiles:
        assert content
        assert struct.unpack_from("<II", data, at) == (len(content), zlib.crc32(content))
        at += 8
    assert struct.unpack_from("<I", data, at) == (zlib.crc32(data[:92] + data[96:140]),)
    assert data[144:166] == b"Hi" + b"".join(content or b"" for content in example().tiles)
    assert data[166:] == data[96:144] + data[:96]


@pytest.mark.parametrize(("width", "height", "copy"), [(6000, 4000, 868), (768, 512, 116)])
def test_what_the_second_copy_costs(width: int, height: int, copy: int) -> None:
    stream = plain(width, height, tile_side=512)
    contents = sum(len(content or b"") for content in stream.tiles)
    assert len(pack(stream)) - contents == 2 * copy  # as docs/aes-format.md says
