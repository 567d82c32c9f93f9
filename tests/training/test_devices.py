"""Objectives leave nothing on the processor that belongs on a graphics card, and seldom wait for it."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from pretend_device import CARD, CardTensor, card, to_card, waits
from small_networks import NETWORKS

from aestudio.models.networks import BUILDERS
from aestudio.progress import Progress
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES
from aestudio.training.recipe import Recipe
from aestudio.training.teaching import inpaint, unwatermark
from aestudio.training.teaching.objectives import OBJECTIVES

CASES = [
    *((task_id, CLEAN, "grain") for task_id in NETWORKS),
    *(("denoise", kind, "grain") for kind in (PAIRS, SERIES, NOISY)),
    ("denoise", NOISY, "neighbours"),
]
# how often a batch waits for the card: the kinds of noise, zoom, JPEG and its phase, blur; sizes of marks, and two of
# their outlines, how far words are filled; the number of hints, and their places; where holes are; parts of photos
MOST = {"denoise": 5, "noise-level": 5, "mark-finder": 3, "unwatermark": 4, "colorize": 2, "inpaint": 1, "explore": 1}


def pool(kind: str) -> PhotoPool:
    """Two photos, or pairs of them."""
    rng = np.random.default_rng(2)
    planes = 6 if kind in (PAIRS, SERIES) else 3
    photos = [(rng.integers(0, 256, (128, 144, planes), dtype=np.uint8), 1.0) for _ in range(2)]
    return pool_of(photos, [(0.06, 0.001)] * 2)


@pytest.mark.filterwarnings("ignore:.*CUDA is not available:UserWarning")  # autocast's, on a machine without
@pytest.mark.parametrize(("task_id", "kind", "unpaired"), CASES)
def test_batches_losses_and_scores_are_made_on_the_card(
    task_id: str, kind: str, unpaired: str, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (unwatermark, inpaint):
        monkeypatch.setattr(module, "BANK", 12)
    monkeypatch.setattr(unwatermark, "VALIDATION_BANK", 12)
    architecture, arguments = NETWORKS[task_id]
    if task_id == "compress":
        arguments = arguments | {"qualities": 3}
    checked = replace(
        recipe,
        arguments=arguments,
        kind=kind,
        unpaired=unpaired,
        batch=8,
        patch=128 if task_id == "explore" else 64,
        tone=0.1,
        input_noise=50.0,
        input_dropout=0.3,
        refine_steps=1,
        count_photos=1,
    )
    torch.manual_seed(0)
    net = BUILDERS[architecture](**arguments).eval()
    photos, objective = pool(kind), OBJECTIVES[task_id](checked)
    objective.prepare(net, photos)  # before all goes to the card
    with card(monkeypatch):
        photos, net = photos.to(CARD), to_card(net)
        with torch.no_grad():
            objective.batch(photos, 0)  # what is made once is made now
            waits.clear()
            x, target = objective.batch(photos, 1)
            assert len(waits) <= MOST.get(task_id, 0), waits
            loss = objective.step_loss(net, x, target)
            assert all(isinstance(each, CardTensor) for each in (x, target, loss))
            assert torch.isfinite(loss)
            assert all(type(value) is float for value in objective.validate(net, photos).values())
            assert all(type(each) is torch.Tensor for each in objective.picture(net, photos, 1))
        objective.finish(net, photos, Progress())


def test_the_card_is_not_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    with card(monkeypatch):
        there, here = torch.zeros(3, device=CARD), torch.zeros(3)
        assert (there.device, here.device.type) == (CARD, "cpu")
        with pytest.raises(RuntimeError, match="same device"):
            _ = there + here
        with pytest.raises(RuntimeError, match="same device"):
            torch.cat((there, here))
        with pytest.raises(RuntimeError, match="same device"):
            here.add_(there)
        assert torch.equal((there + here.to(CARD) + 1).cpu(), torch.ones(3))
        with pytest.raises(RuntimeError, match="expected a cuda generator"):
            torch.rand(2, device=CARD, generator=torch.Generator())
        with pytest.raises(RuntimeError, match="expected a cpu generator"):
            torch.randint(5, (), generator=torch.Generator(CARD))
        with pytest.raises(TypeError, match="numpy"):
            there.numpy()
        waits.clear()
        assert there.sum().item() == 0
        assert len(waits) == 1
