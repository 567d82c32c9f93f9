"""Symbols as bytes, through the range coder of `constriction`, with probabilities that are whole numbers.

`constriction` takes a table of probabilities p and gives symbol i the width `floor(S sum(p[:i])) + i` to the next, in
2^24ths, with S = (2^24 - n) / sum(p) for n symbols. Our tables are whole numbers that sum to 2^24 - n: S is 1, nothing
is rounded, and each symbol's width is its number in the table plus one.
"""

from collections.abc import Sequence

import constriction
import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.context import LONGEST, Ints
from aestudio.entropy.tables import MOST_BITS, Tables, TileTables

Uniform = constriction.stream.model.Uniform
RangeEncoder, RangeDecoder = constriction.stream.queue.RangeEncoder, constriction.stream.queue.RangeDecoder


class TileEncoder:
    """Takes symbols in the order of a Scan."""

    def __init__(self, tables: Tables) -> None:
        self.tables = TileTables(tables)
        self._coder = RangeEncoder()

    def exchange(self, tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        """Code symbols, each by its table."""
        assert symbols is not None
        clipped = np.clip(symbols, -LONGEST, LONGEST) + LONGEST
        order = np.argsort(tables, kind="stable")
        by_table = clipped[order].astype(np.int32)
        start = 0
        for table, count in _runs(tables):
            self._coder.encode(by_table[start : start + count], self.tables.of(table))
            start += count
        for beyond in (np.abs(symbols[np.abs(symbols) >= LONGEST]) - LONGEST).tolist():
            bits = int(beyond).bit_length()
            self._coder.encode(bits, self.tables.lengths)
            if bits > 1:
                self._coder.encode(int(beyond) - (1 << (bits - 1)), Uniform(1 << (bits - 1)))
        self.tables.learn(tables, symbols)
        return symbols

    def bytes(self) -> bytes:
        """All that was coded."""
        return bytes(self._coder.get_compressed().astype("<u4").tobytes())


class TileDecoder:
    """Gives back what a TileEncoder took. Raises ValueError for bytes that no encoder wrote, where it notices."""

    def __init__(self, tables: Tables, data: bytes) -> None:
        if len(data) % 4:
            raise ValueError("a tile is not whole")
        self.tables = TileTables(tables)
        self._coder = RangeDecoder(np.frombuffer(data, "<u4").astype(np.uint32))

    def exchange(self, tables: NDArray[np.uint8], symbols: Ints | None = None) -> Ints:
        """Decode a symbol for each table, and learn from them."""
        del symbols
        found = self.decode(tables)
        self.tables.learn(tables, found)
        return found

    def decode(self, tables: NDArray[np.uint8]) -> Ints:
        """A symbol for each table, which nothing is learnt from yet."""
        try:
            return self._decode(tables)
        except AssertionError as exc:  # constriction's word for bytes that cannot be
            raise ValueError("a tile is damaged") from exc

    def _decode(self, tables: NDArray[np.uint8]) -> Ints:
        parts = [self._coder.decode(self.tables.of(table), count) for table, count in _runs(tables)]
        symbols = np.empty(len(tables), np.int32)
        symbols[np.argsort(tables, kind="stable")] = np.concatenate(parts) if parts else 0
        symbols -= LONGEST
        for place in np.flatnonzero(np.abs(symbols) == LONGEST).tolist():
            bits = int(self._coder.decode(self.tables.lengths))
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
