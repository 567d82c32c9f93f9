from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.entropy.choosing import choosing
from aestudio.entropy.coder import TileDecoder, TileEncoder
from aestudio.entropy.context import MEANS, ContextModel, Ints, Quality, Scan
from aestudio.entropy.tables import Tables

SHAPE = (12, 17)


@pytest.fixture
def values(latent: Callable[[int, int], NDArray[np.int32]], rng: np.random.Generator) -> NDArray[np.float32]:
    """What is to be coded, before it is rounded."""
    return (latent(*SHAPE) + rng.uniform(-0.49, 0.49, (192, *SHAPE))).astype(np.float32)


def coded(context: ContextModel, values: NDArray[np.float32], worth: float) -> tuple[Ints, bytes]:
    """The symbols that are chosen, and their bytes."""
    quality = Quality.of(90, context.qualities)
    rounded = np.rint(values).astype(np.int32)
    encoder, scan = TileEncoder(Tables(context)), Scan(context, quality, *SHAPE)
    exchange = choosing(scan, values - rounded, np.full(192, worth), 0.45, encoder)
    return scan.code(exchange, rounded).copy(), encoder.bytes()


def test_what_is_chosen_comes_back(context: ContextModel, values: NDArray[np.float32]) -> None:
    chosen, data = coded(context, values, 7.0)
    scan = Scan(context, Quality.of(90, context.qualities), *SHAPE)
    assert np.array_equal(scan.code(TileDecoder(Tables(context), data).exchange), chosen)
    assert np.abs(chosen - values).max() < 1


def test_errors_that_are_worth_their_bits_are_made(context: ContextModel, values: NDArray[np.float32]) -> None:
    worth = 7.0
    exact, dear = coded(context, values, 1e6)
    chosen, cheap = coded(context, values, worth)
    assert np.array_equal(exact, np.rint(values))
    costs = [
        8 * len(data) + worth * float(np.square(symbols - values).sum())
        for symbols, data in ((exact, dear), (chosen, cheap))
    ]
    assert len(cheap) < len(dear)
    assert costs[1] < costs[0]
    assert np.square(chosen - values).sum() > np.square(exact - values).sum()


def test_the_mean_colour_is_chosen_like_all_else(context: ContextModel, values: NDArray[np.float32]) -> None:
    chosen, _ = coded(context, values, 0.5)
    for part in (slice(MEANS), slice(MEANS, None)):
        assert not np.array_equal(chosen[part], np.rint(values[part]))
