"""Photos made up on the spot."""

import numpy as np

from aestudio.images.photo import Photo


def noisy(seed: int, height: int = 48, width: int = 64) -> Photo:
    """A gradient under noise of 20 levels."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(50, 200, width)[None, :, None] + np.zeros((height, 1, 3))
    pixels = np.clip(ramp + rng.normal(0, 20, (height, width, 3)), 0, 255).astype(np.uint8)
    return Photo(pixels)
