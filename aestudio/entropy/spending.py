"""Where the bits of a tile go."""

import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.coder import TileDecoder
from aestudio.entropy.context import Ints, Scan
from aestudio.entropy.tables import Bits


def scanned(scan: Scan, decoder: TileDecoder) -> tuple[Ints, Bits]:
    """The symbols of a tile, (C, h, w), and the bits of each; raises as the decoder does."""
    bits = np.zeros(scan.q.shape, np.float32)  # without those of flags, which belong to no place

    def priced(tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        del symbols
        found = decoder.decode(tables)
        channels, y, x = scan.coded
        if len(channels):
            bits[channels[:, None], y, x] = decoder.tables.price(tables, found).reshape(len(channels), -1)
        decoder.tables.learn(tables, found)
        return found

    return scan.code(priced), bits
