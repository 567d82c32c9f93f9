"""Ten seconds that tell how fast this machine trains, and with how large a batch."""

import time
from dataclasses import replace

import psutil
import torch

from aestudio.models.networks import BUILDERS, channels_last
from aestudio.progress import Progress
from aestudio.training.data.pool import PLANES, PhotoPool, pool_of
from aestudio.training.data.source import PAIRS, SERIES
from aestudio.training.events import Probed
from aestudio.training.optimizers import OPTIMIZERS
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.objectives import OBJECTIVES

SECONDS = 10.0
BATCHES = (4, 8, 16, 32, 64)
_GPU_BATCHES = (16, 32, 64, 128, 256)
_AS_GOOD = 0.93  # of the best pace: the smaller batch learns more often
_MEMORY = 0.5  # of what is free, at most
_COPIES = 2  # of the weights, beside those that a trial holds itself: the average, and a state to go back to
_PHOTOS, _SIDE = 4, 640  # made up: what is in a photo does not change how long it takes


def probe(task_id: str, recipe: Recipe, ranks: Ranks, progress: Progress) -> Probed:
    """Train for a moment with batches of several sizes; the weights are thrown away.

    The recipe's own patch is kept, and of the batches within _AS_GOOD of the best pace the smallest one is proposed.
    """
    pool = _made_up(recipe).to(ranks.device)
    torch.manual_seed(0)
    net = channels_last(BUILDERS[recipe.architecture](**recipe.arguments))
    optimizer = OPTIMIZERS[recipe.optimizer](net.parameters(), 0.0, recipe.weight_decay, ranks.precision)
    module, optimizer = ranks.fabric.setup(net, optimizer)
    batches = _GPU_BATCHES if ranks.device.type == "cuda" else BATCHES
    end = time.monotonic() + SECONDS
    found: list[Probed] = []
    before = _memory(ranks.device)
    for batch in batches:
        trial = OBJECTIVES[task_id](replace(recipe, batch=batch))
        steps, seconds, most = 0, 0.0, before
        share = min(SECONDS / len(batches), max(end - time.monotonic(), 0.0) / 2)
        try:
            while seconds < share or steps < 2:
                progress.check()
                started = time.monotonic()
                x, target = trial.batch(pool, steps)  # in a run beside the network, and at its cost
                loss = trial.step_loss(module, x.contiguous(memory_format=torch.channels_last), target)
                most = max(most, _memory(ranks.device))  # all that the way back needs is there
                optimizer.zero_grad()
                ranks.fabric.backward(loss)
                optimizer.step()
                if ranks.device.type == "cuda":
                    torch.cuda.synchronize()
                if steps:  # the first one arranges memory
                    seconds += time.monotonic() - started
                steps += 1
        except (MemoryError, torch.OutOfMemoryError):
            break
        taken = most - before + _COPIES * sum(weight.nbytes for weight in net.parameters())
        pace = batch * (steps - 1) / seconds
        found.append(Probed(batch, recipe.patch, pace, taken, 60 * pace / batch))
        if taken > _MEMORY * _free(ranks.device) or time.monotonic() > end:
            break
    best = max((each.patches_per_second for each in found), default=0.0)
    for each in found:
        if each.patches_per_second >= _AS_GOOD * best:
            return each
    return Probed(recipe.batch, recipe.patch, 0.0, 0, 0.0)


def _made_up(recipe: Recipe) -> PhotoPool:
    planes = 2 * PLANES if recipe.kind in (PAIRS, SERIES) else PLANES
    side = max(recipe.shorter or _SIDE, recipe.patch)
    generator = torch.Generator().manual_seed(0)
    photos = torch.randint(0, 256, (_PHOTOS, side, side, planes), dtype=torch.uint8, generator=generator).numpy()
    return pool_of([(photo, 1.0) for photo in photos], [(0.05, 0.0)] * _PHOTOS)


def _memory(device: torch.device) -> int:
    """Bytes that this process takes."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return int(psutil.Process().memory_info().rss)


def _free(device: torch.device) -> int:
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    return int(psutil.virtual_memory().available)
