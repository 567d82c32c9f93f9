from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.entropy.context import CHANNELS, CLASSES, GROUPS, LONGEST, ONE, SCALES, STEP_ONE, ContextModel, shapes

QUALITIES = 3


@pytest.fixture(scope="session")
def context() -> ContextModel:
    """A context model with plausible weights, nothing learnt."""
    rng = np.random.default_rng(0)
    parts = {name: np.zeros(shape, np.int32) for name, shape in shapes(QUALITIES).items()}
    parts["around"][:] = rng.integers(0, 30, parts["around"].shape)
    parts["own"][:] = rng.integers(100, 400, parts["own"].shape)
    parts["bias"][:] = rng.integers(50, 900, parts["bias"].shape)
    parts["mean_spread"][:] = rng.integers(100, 900, parts["mean_spread"].shape)
    parts["mean_bias"][:] = rng.integers(500, 5000, parts["mean_bias"].shape)
    parts["values"][:, GROUPS[0] : 12] = rng.integers(-300, 300, (3, 9, parts["values"].shape[2]))
    limits = np.geomspace(0.02, 40, SCALES - 1)
    parts["thresholds"][:] = (limits * ONE).astype(np.int32)
    parts["steps"][:] = (np.geomspace(60, 6, QUALITIES)[:, None] * STEP_ONE).astype(np.int32)
    sizes = np.arange(LONGEST + 1)
    by_scale = 1 + 1e6 * np.exp(-sizes / np.append(limits, 80)[:, None])
    parts["tables"][:] = np.tile(by_scale, (CLASSES, 1)).astype(np.int32)
    parts["lengths"][:] = 1 + 1000 // (1 + np.arange(33))
    model = ContextModel(**parts, adaptation=0)
    assert model.is_sound()
    return model


@pytest.fixture
def rng() -> np.random.Generator:
    """The same numbers for every test."""
    return np.random.default_rng(1)


@pytest.fixture
def latent(rng: np.random.Generator) -> Callable[[int, int], NDArray[np.int32]]:
    """Draws latents (C, height, width): louder in the first channels, as those of photos are."""

    def draw(height: int, width: int) -> NDArray[np.int32]:
        loudness = np.geomspace(60, 0.05, CHANNELS)[:, None, None]
        return np.rint(rng.laplace(size=(CHANNELS, height, width)) * loudness).astype(np.int32)

    return draw
