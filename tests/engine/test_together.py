"""Small photos that share a pass come out as if each had been alone."""

import numpy as np
import pytest

from aestudio.engine.restorer import Restorer
from aestudio.engine.together import fit_together, restore_together
from aestudio.images.photo import Photo
from aestudio.models.loader import LoadedModel
from aestudio.progress import Progress
from aestudio.tasks.colorize import Colorize
from aestudio.tasks.denoise import Denoise, DenoiseSettings


def photo(seed: int, noise: float = 20, height: int = 45, width: int = 61, channels: int = 3) -> Photo:
    rng = np.random.default_rng(seed)
    ramp = np.linspace(60, 190, width)[None, :, None] + np.zeros((height, 1, channels))
    return Photo(np.clip(ramp + rng.normal(0, noise, ramp.shape), 0, 255).astype(np.uint8))


@pytest.mark.parametrize("sigma", [None, 15.0])
def test_company_changes_nothing(model: LoadedModel, sigma: float | None) -> None:
    photos = [photo(1), photo(2, noise=0), photo(3, noise=35), photo(4, channels=1), photo(5)]
    settings = DenoiseSettings(sigma=sigma)
    alone = [Restorer(model).restore(each, Denoise(), settings, Progress()) for each in photos]
    together = restore_together(Restorer(model), photos, Denoise(), settings, Progress())
    for one, other in zip(alone, together, strict=True):
        assert one.untouched == other.untouched
        assert np.array_equal(one.full.pixels, other.full.pixels)
        assert (one.finding, one.full.history) == (other.finding, other.full.history)
    assert together[1].untouched == (sigma is None)


def test_only_small_photos_of_one_size_share_a_pass() -> None:
    task = Denoise()
    assert fit_together([photo(1), photo(2)], task)
    assert not fit_together([photo(1), photo(2, width=60)], task)
    assert not fit_together([photo(1), photo(2)], task, tile=64)
    assert not fit_together([photo(1, height=8, width=900), photo(2, height=8, width=900)], task)
    assert not fit_together([photo(1), photo(2)], Colorize())
