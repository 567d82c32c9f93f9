"""Which whole numbers a tile's values become: what a symbol costs is weighed against what it is off by.

Rate-distortion optimised quantisation, as encoders of video do it (Sullivan and Wiegand, IEEE Signal Processing
Magazine 1998). A decoder knows nothing of it: it reads the symbols that were chosen.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.entropy.context import MEANS, Exchange, Ints, Scan
from aestudio.entropy.spending import Prices

PATIENCE = 0.45  # of the bits that are saved at once count: what later symbols lose by a poorer context is not known


def choosing(
    scan: Scan, rest: NDArray[np.float32], worth: NDArray[Any], exchange: Exchange, prices: Prices
) -> Exchange:
    """An exchange that codes with another one, of the two symbols next to each value, the one that costs less in all.

    `rest` (C, h, w) is what the scan's symbols leave of the values that they were rounded from; `worth` (C,) are the
    bits that a squared error of one whole step costs. The mean colour is left as it is: all else is foretold from it.
    """

    def chosen(tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        channels, y, x = scan.coded
        if symbols is None or not len(channels) or channels[0] < MEANS:
            return exchange(tables, symbols)
        value = symbols + rest[channels[:, None], y, x].ravel()
        low = np.floor(value).astype(np.int32)
        each = np.repeat(worth[channels], len(y)).astype(np.float32)
        off = value - low
        saved = prices.of(tables, low + 1) - prices.of(tables, low)  # by the lower one
        higher = PATIENCE * saved < each * (2 * off - 1)  # off² - (1 - off)²
        return exchange(tables, (low + higher).astype(np.int32))

    return chosen
