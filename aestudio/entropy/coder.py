"""Symbols as bytes, through the range coder of `constriction`, with probabilities that are whole numbers.

`constriction` takes a table of probabilities p and gives symbol i the width `floor(S sum(p[:i])) + i` to the next, in
2^24ths, with S = (2^24 - n) / sum(p) for n symbols. Our tables are whole numbers that sum to 2^24 - n: S is 1, nothing
is rounded, and each symbol's width is its number in the table plus one.
"""

from collections.abc import Sequence

import constriction
import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.context import LONGEST, ContextModel, Ints

Categorical, Uniform = constriction.stream.model.Categorical, constriction.stream.model.Uniform
RangeEncoder, RangeDecoder = constriction.stream.queue.RangeEncoder, constriction.stream.queue.RangeDecoder

TOTAL = 2**24  # of the widths of a table's symbols
MOST_BITS = 24  # of what goes beyond LONGEST


class Tables:
    """A ContextModel's tables, made ready for coding. Shared by all tiles."""

    def __init__(self, model: ContextModel) -> None:
        self.symbols = [Categorical(whole(row), perfect=False) for row in all_tables(model)]
        self.lengths = Categorical(whole(model.lengths), perfect=False)


def all_tables(model: ContextModel) -> list[NDArray[np.int64]]:
    """The weight of each symbol from -LONGEST to LONGEST in each table, that of flags last."""
    flags = np.zeros(2 * LONGEST + 1, np.int64)
    flags[LONGEST : LONGEST + 2] = 1
    return [*map(_both_signs, model.tables), flags]


def _both_signs(magnitudes: Ints) -> NDArray[np.int64]:
    """The same weight for a symbol and its negative."""
    weights = magnitudes.astype(np.int64)
    return np.concatenate([weights[:0:-1], weights[:1] * 2, weights[1:]])


def whole(weights: NDArray[np.int64] | Ints) -> NDArray[np.float64]:
    """Whole numbers in proportion to weights that sum to what makes `constriction` round nothing."""
    wanted = TOTAL - len(weights)
    scaled = weights.astype(np.int64) * wanted // int(weights.sum())
    scaled[int(scaled.argmax())] += wanted - int(scaled.sum())
    return scaled.astype(np.float64)


class TileEncoder:
    """Takes symbols in the order of a Scan."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._coder = RangeEncoder()

    def exchange(self, tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        """Code symbols, each by its table."""
        assert symbols is not None
        clipped = np.clip(symbols, -LONGEST, LONGEST) + LONGEST
        order = np.argsort(tables, kind="stable")
        by_table = clipped[order].astype(np.int32)
        start = 0
        for table, count in _runs(tables):
            self._coder.encode(by_table[start : start + count], self._tables.symbols[table])
            start += count
        for beyond in (np.abs(symbols[np.abs(symbols) >= LONGEST]) - LONGEST).tolist():
            bits = int(beyond).bit_length()
            self._coder.encode(bits, self._tables.lengths)
            if bits > 1:
                self._coder.encode(int(beyond) - (1 << (bits - 1)), Uniform(1 << (bits - 1)))
        return symbols

    def bytes(self) -> bytes:
        """All that was coded."""
        return bytes(self._coder.get_compressed().astype("<u4").tobytes())


class TileDecoder:
    """Gives back what a TileEncoder took. Raises ValueError for bytes that no encoder wrote, where it notices."""

    def __init__(self, tables: Tables, data: bytes) -> None:
        if len(data) % 4:
            raise ValueError("a tile is not whole")
        self._tables = tables
        self._coder = RangeDecoder(np.frombuffer(data, "<u4").astype(np.uint32))

    def exchange(self, tables: NDArray[np.uint8], symbols: Ints | None = None) -> Ints:
        """Decode a symbol for each table."""
        del symbols
        try:
            return self._decode(tables)
        except AssertionError as exc:  # constriction's word for bytes that cannot be
            raise ValueError("a tile is damaged") from exc

    def _decode(self, tables: NDArray[np.uint8]) -> Ints:
        parts = [self._coder.decode(self._tables.symbols[table], count) for table, count in _runs(tables)]
        symbols = np.empty(len(tables), np.int32)
        symbols[np.argsort(tables, kind="stable")] = np.concatenate(parts) if parts else 0
        symbols -= LONGEST
        for place in np.flatnonzero(np.abs(symbols) == LONGEST).tolist():
            bits = int(self._coder.decode(self._tables.lengths))
            if bits > MOST_BITS:
                raise ValueError("a tile is damaged")
            beyond = 1 << (bits - 1) if bits else 0
            if bits > 1:
                beyond += int(self._coder.decode(Uniform(1 << (bits - 1))))
            symbols[place] += np.sign(symbols[place]) * beyond
        return symbols


def _runs(tables: NDArray[np.uint8]) -> Sequence[tuple[int, int]]:
    """Which tables are used, and how often, in ascending order."""
    counts = np.bincount(tables)
    return [(int(table), int(counts[table])) for table in np.flatnonzero(counts)]
