from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.entropy.coder import TileDecoder, TileEncoder
from aestudio.entropy.context import LONGEST, ContextModel, Quality, Scan
from aestudio.entropy.tables import REMEMBERED, TOTAL, Tables, all_tables, whole

Draw = Callable[[int, int], NDArray[np.int32]]


@pytest.fixture(scope="module", params=[0, 50], ids=["fixed", "adaptive"])
def tables(context: ContextModel, request: pytest.FixtureRequest) -> Tables:
    """Ready for coding."""
    return Tables(replace(context, adaptation=request.param))


def packed(context: ContextModel, tables: Tables, q: NDArray[np.int32], quality: Quality) -> bytes:
    """A tile's bytes."""
    encoder = TileEncoder(tables)
    coded = Scan(context, quality, *q.shape[1:]).code(encoder.exchange, q)
    assert np.array_equal(coded, q)
    return encoder.bytes()


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (9, 1), (2, 2), (5, 16), (17, 12), (33, 40)])
@pytest.mark.parametrize("number", [0, 77, 128, 256])
def test_symbols_come_back(
    context: ContextModel, tables: Tables, latent: Draw, shape: tuple[int, int], number: int
) -> None:
    q = latent(*shape)
    quality = Quality.of(number, context.qualities)
    data = packed(context, tables, q, quality)
    back = Scan(context, quality, *shape).code(TileDecoder(tables, data).exchange)
    assert np.array_equal(back, q)
    assert back.dtype == np.int32


def test_very_large_symbols_come_back(
    context: ContextModel, tables: Tables, latent: Draw, rng: np.random.Generator
) -> None:
    q = latent(4, 4)
    q[:, 1, 2] = rng.integers(-5000, 5000, len(q))
    q[0, 0, 0], q[50, 3, 3] = 2**20, -(2**20)
    q[:, 2, 2] = np.where(rng.random(len(q)) < 0.5, LONGEST, -LONGEST)
    quality = Quality.of(100, context.qualities)
    data = packed(context, tables, q, quality)
    assert np.array_equal(Scan(context, quality, 4, 4).code(TileDecoder(tables, data).exchange), q)


def test_an_empty_latent_takes_next_to_nothing(context: ContextModel, tables: Tables) -> None:
    data = packed(context, tables, np.zeros((192, 32, 32), np.int32), Quality.of(0, context.qualities))
    assert len(data) * 8 < 0.03 * 64 * 32 * 32 * 3


def test_dead_channels_take_a_bit_each(context: ContextModel, latent: Draw) -> None:
    tables, quality = Tables(context), Quality.of(100, context.qualities)
    q = latent(32, 32)
    q[100:] = 0
    small = packed(context, tables, q, quality)
    q[100:, 3, 5] = 1
    large = packed(context, tables, q, quality)
    assert len(large) > 1.2 * len(small)
    back = Scan(context, quality, 32, 32).code(TileDecoder(tables, large).exchange)
    assert np.array_equal(back, q)


def test_a_wrong_byte_gives_other_symbols_or_is_noticed(
    context: ContextModel, tables: Tables, latent: Draw, rng: np.random.Generator
) -> None:
    q = latent(6, 6)
    quality = Quality.of(60, context.qualities)
    data = bytearray(packed(context, tables, q, quality))
    for place in rng.integers(0, len(data), 60).tolist():
        wrong = bytearray(data)
        wrong[place] ^= 1 << int(rng.integers(8))
        try:
            back = Scan(context, quality, 6, 6).code(TileDecoder(tables, bytes(wrong)).exchange)
        except ValueError:
            continue
        assert back.shape == q.shape


@pytest.mark.parametrize("length", [0, 1, 3, 4, 40, 403])
def test_bytes_of_nobody_end_in_order(
    context: ContextModel, tables: Tables, rng: np.random.Generator, length: int
) -> None:
    for _ in range(10):
        try:
            Scan(context, Quality.of(0, context.qualities), 5, 5).code(TileDecoder(tables, rng.bytes(length)).exchange)
        except ValueError:
            continue


def test_tables_are_whole_numbers_that_leave_nothing_to_round(context: ContextModel) -> None:
    for weights in (*all_tables(context), context.lengths.astype(np.int64)):
        found = whole(weights)
        assert np.array_equal(found, found.round())
        assert found.sum() == TOTAL - len(weights)


def test_a_tile_that_adapts_its_tables_takes_fewer_bytes(context: ContextModel, rng: np.random.Generator) -> None:
    """Its symbols are not those that the tables were made for."""
    q = np.rint(rng.normal(0, 2, (192, 24, 24))).astype(np.int32)  # no heavy tails, as Laplace's distribution has them
    quality = Quality.of(100, context.qualities)
    fixed, adapted = (packed(context, Tables(replace(context, adaptation=symbols)), q, quality) for symbols in (0, 100))
    assert len(adapted) < 0.95 * len(fixed)


def test_tiles_know_nothing_of_each_other(context: ContextModel, latent: Draw) -> None:
    shared, q, quality = Tables(replace(context, adaptation=20)), latent(9, 9), Quality.of(100, context.qualities)
    first = packed(context, shared, q, quality)
    packed(context, shared, latent(16, 16), quality)
    assert packed(context, shared, q, quality) == first


def test_the_stream_is_what_a_coder_in_whole_numbers_reads(
    context: ContextModel, tables: Tables, rng: np.random.Generator
) -> None:
    """A range decoder (Martin 1979) of Python's own integers, fed with our tables, finds the same symbols."""
    passes = 5
    kinds = rng.integers(0, len(context.tables), (passes, 3000)).astype(np.uint8)
    kinds[:, :1500] = 7  # one table meets more symbols than it keeps in mind
    symbols = np.clip(np.rint(rng.laplace(0, 3, kinds.shape)), 1 - LONGEST, LONGEST - 1).astype(np.int32)
    encoder = TileEncoder(tables)
    for each, known in zip(kinds, symbols, strict=True):
        encoder.exchange(each, known)
    words = np.frombuffer(encoder.bytes(), "<u4").tolist()
    counts = [[0] * (LONGEST + 1) for _ in context.tables]
    found = np.empty_like(symbols)
    lower, span, mask = 0, 2**64 - 1, 2**64 - 1
    point, at = words[0] << 32 | words[1], 2
    for number in range(passes):
        widths = [_widths(row, met, tables.adaptation) for row, met in zip(context.tables, counts, strict=True)]
        for place in np.argsort(kinds[number], kind="stable").tolist():
            starts = widths[kinds[number, place]]
            scale = span >> 24
            symbol = int(np.searchsorted(starts, ((point - lower) & mask) // scale, side="right")) - 1
            found[number, place] = symbol - LONGEST
            lower = (lower + scale * int(starts[symbol])) & mask
            span = scale * int(starts[symbol + 1] - starts[symbol])
            if span < 2**32:
                lower, span = (lower << 32) & mask, span << 32
                point = (point << 32 & mask) | (words[at] if at < len(words) else 0)
                at += 1
            counts[kinds[number, place]][abs(symbol - LONGEST)] += 1
        for met in counts:
            total = sum(met)
            if total > REMEMBERED:
                met[:] = [count * REMEMBERED // total for count in met]
    assert max(map(sum, counts)) > REMEMBERED - LONGEST
    assert np.array_equal(found, symbols)


def _widths(row: NDArray[np.int32], met: list[int], adaptation: int) -> NDArray[Any]:
    """Where each symbol from -LONGEST to LONGEST begins, in 2^24ths."""
    magnitudes = row.astype(np.int64)
    if adaptation:
        magnitudes = magnitudes + int(magnitudes.sum()) // adaptation * np.array(met)
    weights = np.concatenate([magnitudes[:0:-1], magnitudes[:1] * 2, magnitudes[1:]])
    scaled = weights * (TOTAL - len(weights)) // weights.sum()
    scaled[scaled.argmax()] += TOTAL - len(weights) - scaled.sum()
    return np.concatenate([[0], np.cumsum(scaled + 1)])
