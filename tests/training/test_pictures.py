"""What is shown and scored of held-out photos, for every objective."""

from dataclasses import replace
from math import isfinite

import numpy as np
import pytest
import torch
from small_networks import NETWORKS
from torch import Tensor

from aestudio.errors import SettingsError
from aestudio.models.networks import BUILDERS
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.marks import Marking
from aestudio.training.teaching.objectives import OBJECTIVES

CASES = [
    *((task_id, CLEAN, "grain") for task_id in NETWORKS),
    *(("denoise", kind, "grain") for kind in (PAIRS, SERIES, NOISY)),
    ("denoise", NOISY, "neighbours"),
]


def pool(kind: str) -> PhotoPool:
    """A photo larger than what is shown, and a small one; black corners and grey ones, which have no colour."""
    rng = np.random.default_rng(2)
    photos = []
    for height, width in ((288, 304), (112, 96)):
        coarse = torch.from_numpy(rng.random((1, 3, 6, 7), dtype=np.float32))
        clean = torch.nn.functional.interpolate(coarse, size=(height, width), mode="bilinear")[0]
        halves = [clean + 0.06 * torch.from_numpy(rng.standard_normal(clean.shape, np.float32)), clean]
        parts = halves if kind in (PAIRS, SERIES) else halves[:1] if kind == NOISY else halves[1:]
        photos.append((torch.cat(parts).clamp(0, 1).mul(255).byte().permute(1, 2, 0).contiguous().numpy(), 1.0))
    return pool_of(photos, [(0.06, 0.0)] * 2)


@pytest.mark.parametrize(("task_id", "kind", "unpaired"), CASES)
def test_every_objective_shows_and_scores_single_photos(task_id: str, kind: str, unpaired: str, recipe: Recipe) -> None:
    assert NETWORKS.keys() == OBJECTIVES.keys()
    architecture, arguments = NETWORKS[task_id]
    torch.manual_seed(3)
    net = BUILDERS[architecture](**arguments).eval()
    squeezed = task_id == "explore"  # whole photos, to one size
    patch = 128 if squeezed else 96
    checked = replace(recipe, arguments=arguments, kind=kind, patch=patch, unpaired=unpaired, input_noise=50.0)
    objective, photos = OBJECTIVES[task_id](checked), pool(kind)
    with torch.inference_mode():
        names = [list(objective.validate(net, each)) for each in (photos, photos.only(0), photos.only(1))]
        assert names[0] == names[1] == names[2]
        assert all(isfinite(value) for value in objective.validate(net, photos.only(1)).values())
        for index, most in ((0, 128 if squeezed else 256), (1, 128 if squeezed else 112)):
            shown = objective.picture(net, photos, index)
            again = objective.picture(net, photos.only(index), 0)
            for one, two in zip(shown, again, strict=True):
                check(one, most)
                assert torch.equal(one, two)
            assert shown[0].shape == shown[1].shape == shown[2].shape
            assert torch.equal(shown[0], shown[2]) == (kind == NOISY)


def check(picture: Tensor, most: int) -> None:
    assert picture.dtype == torch.uint8
    assert picture.device.type == "cpu"
    assert picture.shape[0] == 3
    assert most // 2 < max(picture.shape[1:]) <= most


def test_nothing_found_where_nothing_is_counts_as_right(recipe: Recipe) -> None:
    net = BUILDERS["mark-finder"](**NETWORKS["mark-finder"][1]).eval()
    torch.nn.init.constant_(net.tail.bias, -50.0)  # type: ignore[union-attr,arg-type]  # it has one
    objective = OBJECTIVES["mark-finder"](replace(recipe, patch=96, marking=Marking(none=1.0)))
    with torch.inference_mode():
        assert objective.validate(net, pool(CLEAN)) == {"f1": 1.0, "untouched": 1.0}


def test_a_grey_photo_does_not_break_the_score_of_colours(recipe: Recipe) -> None:
    net = BUILDERS["colorizing-unet"](**NETWORKS["colorize"][1]).eval()
    grey = pool_of([(np.full((64, 64, 3), 128, np.uint8), 1.0)])
    with torch.inference_mode():
        assert all(isfinite(v) for v in OBJECTIVES["colorize"](recipe).validate(net, grey).values())


def test_patches_larger_than_holes_are_refused(recipe: Recipe) -> None:
    with pytest.raises(SettingsError, match="choose 320 or less"):
        OBJECTIVES["inpaint"](replace(recipe, patch=336))
