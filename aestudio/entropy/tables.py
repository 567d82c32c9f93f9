"""The tables that symbols are coded by, in whole numbers, and what each symbol costs by them.

A tile may give its own symbols a say in them, pass by pass, as adaptive arithmetic coding always did (Witten, Neal and
Cleary, Communications of the ACM 1987). Counts are whole numbers too: whoever decodes arrives at the same tables.
"""

from typing import Any

import constriction
import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.context import FLAG, LONGEST, ContextModel, Ints

Categorical = constriction.stream.model.Categorical
Bits = NDArray[np.float32]
Counts = NDArray[np.int64]

TOTAL = 2**24  # of the widths of a table's symbols
MOST_BITS = 24  # of what goes beyond LONGEST
REMEMBERED = 4096  # symbols of a tile that a table keeps in mind at most; older ones fade. Streams depend on it


class Tables:
    """A ContextModel's tables, made ready for coding. Shared by all tiles, and never changed."""

    def __init__(self, model: ContextModel) -> None:
        self.adaptation = model.adaptation
        self.magnitudes = model.tables.astype(np.int64)
        weights = all_tables(model)
        self.symbols = [ready(row) for row in weights]
        self.bits = np.stack([bits_of(row) for row in weights])
        self.lengths = ready(model.lengths)
        below = np.maximum(np.arange(len(model.lengths)) - 1, 0)  # bits of a number behind its first
        self.beyond: Bits = (bits_of(model.lengths) + below)[: MOST_BITS + 1]


class TileTables:
    """The tables of one tile: those of the model, and what the tile held until now.

    A symbol that was met counts for one, and the model's table for `adaptation` of them; 0: tables stay as they are.
    """

    def __init__(self, tables: Tables) -> None:
        self.lengths = tables.lengths
        self._beyond = tables.beyond
        self._adaptation = tables.adaptation
        self._magnitudes = tables.magnitudes
        self._symbols = list(tables.symbols)
        self._bits = tables.bits.copy() if tables.adaptation else tables.bits
        self._counts: Counts = np.zeros_like(tables.magnitudes)
        self._stale = np.zeros(len(tables.symbols), np.bool_)

    def of(self, table: int) -> Any:
        """What codes -LONGEST to LONGEST by a table, as it is now."""
        if self._stale[table]:
            self._renew(table)
        return self._symbols[table]

    def price(self, tables: NDArray[np.uint8], symbols: Ints) -> Bits:
        """The bits of some symbols, each by its table as it is now."""
        used = np.bincount(tables, minlength=len(self._stale)) > 0
        for table in np.flatnonzero(used & self._stale).tolist():
            self._renew(table)
        bits: Bits = self._bits[tables, np.clip(symbols, -LONGEST, LONGEST) + LONGEST]
        for at in np.flatnonzero(np.abs(symbols) >= LONGEST).tolist():
            bits[at] += self._beyond[int(abs(symbols[at]) - LONGEST).bit_length()]
        return bits

    def learn(self, tables: NDArray[np.uint8], symbols: Ints) -> None:
        """Symbols that were coded, each by its table: from now on they are a little likelier."""
        if not self._adaptation or not len(tables) or tables[0] == FLAG:
            return
        size = np.minimum(np.abs(symbols), LONGEST)
        cells = np.bincount(tables * np.int64(LONGEST + 1) + size, minlength=self._counts.size)
        new = cells.reshape(self._counts.shape)
        used = np.flatnonzero(new.any(axis=1))
        counts = self._counts[used] + new[used]
        met = counts.sum(axis=1, keepdims=True)
        self._counts[used] = np.where(met > REMEMBERED, counts * REMEMBERED // np.maximum(met, 1), counts)
        self._stale[used] = True

    def _renew(self, table: int) -> None:
        prior = self._magnitudes[table]
        each = max(1, int(prior.sum()) // self._adaptation)
        weights = both_signs(prior + each * self._counts[table])
        widths = whole(weights)
        self._symbols[table] = Categorical(widths, perfect=False)
        self._bits[table] = _bits(widths)
        self._stale[table] = False


def all_tables(model: ContextModel) -> list[Counts]:
    """The weight of each symbol from -LONGEST to LONGEST in each table, that of flags last."""
    flags = np.zeros(2 * LONGEST + 1, np.int64)
    flags[LONGEST : LONGEST + 2] = 1
    return [*map(both_signs, model.tables), flags]


def both_signs(magnitudes: Ints | Counts) -> Counts:
    """The same weight for a symbol and its negative."""
    weights = magnitudes.astype(np.int64)
    return np.concatenate([weights[:0:-1], weights[:1] * 2, weights[1:]])


def whole(weights: Counts | Ints) -> NDArray[np.float64]:
    """Whole numbers in proportion to weights that sum to what makes `constriction` round nothing."""
    wanted = TOTAL - len(weights)
    scaled = weights.astype(np.int64) * wanted // int(weights.sum())
    scaled[int(scaled.argmax())] += wanted - int(scaled.sum())
    return scaled.astype(np.float64)


def ready(weights: Counts | Ints) -> Any:
    """What codes symbols by their weights."""
    return Categorical(whole(weights), perfect=False)


def bits_of(weights: Counts | Ints) -> Bits:
    """What each symbol costs by its weight, as the coder's widths give it."""
    return _bits(whole(weights))


def _bits(widths: NDArray[np.float64]) -> Bits:
    bits: Bits = (np.log2(TOTAL) - np.log2(widths + 1)).astype(np.float32)
    return bits
