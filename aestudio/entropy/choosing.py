"""Which whole numbers a tile's values become: what a symbol costs is weighed against what it is off by.

Rate-distortion optimised quantisation, as encoders of video do it (Sullivan and Wiegand, IEEE Signal Processing
Magazine 1998). A decoder knows nothing of it: it reads the symbols that were chosen.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.coder import TileEncoder
from aestudio.entropy.context import Exchange, Ints, Scan


def choosing(
    scan: Scan, rest: NDArray[np.float32], worth: NDArray[Any], patience: float, encoder: TileEncoder
) -> Exchange:
    """An exchange that codes, of the two symbols next to each value, the one that costs less in all.

    `rest` (C, h, w) is what the scan's symbols leave of the values that they were rounded from; `worth` (C,) are the
    bits that a squared error of one whole step costs. Of the bits that are saved at once `patience` counts: what later
    symbols lose by a poorer context is not known.
    """

    def chosen(tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        channels, y, x = scan.coded
        if symbols is None or not len(channels):
            return encoder.exchange(tables, symbols)
        value = symbols + rest[channels[:, None], y, x].ravel()
        low = np.floor(value).astype(np.int32)
        each = np.repeat(worth[channels], len(y)).astype(np.float32)
        off = value - low
        saved = encoder.tables.price(tables, low + 1) - encoder.tables.price(tables, low)  # by the lower one
        higher = patience * saved < each * (2 * off - 1)  # off² - (1 - off)²
        return encoder.exchange(tables, (low + higher).astype(np.int32))

    return chosen
