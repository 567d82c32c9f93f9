"""What each symbol costs in a stream: where the bits of a tile go."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.coder import MOST_BITS, TOTAL, all_tables, whole
from aestudio.entropy.context import LONGEST, ContextModel, Exchange, Ints, Scan

Bits = NDArray[np.float32]


class Prices:
    """The bits of each symbol by its table, as the coder's widths give them. Shared by all tiles."""

    def __init__(self, model: ContextModel) -> None:
        self._symbols: Final = np.stack([_bits(row) for row in all_tables(model)])
        lengths = _bits(model.lengths)
        below = np.maximum(np.arange(len(lengths)) - 1, 0)  # bits of a number behind its first
        self._beyond: Final = (lengths + below)[: MOST_BITS + 1]

    def of(self, tables: NDArray[np.uint8], symbols: Ints) -> Bits:
        """The bits of some symbols, each by its table."""
        bits: Bits = self._symbols[tables, np.clip(symbols, -LONGEST, LONGEST) + LONGEST]
        for at in np.flatnonzero(np.abs(symbols) >= LONGEST).tolist():
            bits[at] += self._beyond[int(abs(symbols[at]) - LONGEST).bit_length()]
        return bits


def _bits(weights: NDArray[np.int64] | Ints) -> Bits:
    widths = whole(weights) + 1
    bits: Bits = (np.log2(TOTAL) - np.log2(widths)).astype(np.float32)
    return bits


def scanned(scan: Scan, exchange: Exchange, prices: Prices) -> tuple[Ints, Bits]:
    """The symbols of a scan that decodes, (C, h, w), and the bits of each; raises as the exchange does."""
    bits = np.zeros(scan.q.shape, np.float32)  # without those of flags, which belong to no place

    def priced(tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        found = exchange(tables, symbols)
        channels, y, x = scan.coded
        if len(channels):
            bits[channels[:, None], y, x] = prices.of(tables, found).reshape(len(channels), -1)
        return found

    return scan.code(priced), bits
