"""Compares two networks on photos that neither learns from, and writes the verdict."""

import copy
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from aestudio.engine.device import fast_precision
from aestudio.images.atomic import atomic_write
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo
from aestudio.models.networks import channels_last
from aestudio.progress import Progress
from aestudio.training.data.pool import PhotoPool
from aestudio.training.events import JUDGING, Event, Working
from aestudio.training.judging.standard import standard_photos, standard_pool, standard_recipe
from aestudio.training.judging.verdict import Comparison, Verdict, Worst, decide
from aestudio.training.places import VERDICT, WORST
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.objective import Objective
from aestudio.training.teaching.objectives import OBJECTIVES

SHOWN = 3  # photos that are shown
SIDE = 384  # pixels, of those pictures at most
LOWEST, HIGHEST = -100.0, 100.0  # scores: a network that gives no numbers any more, and one without any error


def judge(
    task_id: str,
    recipe: Recipe,
    old: nn.Module | None,
    new: nn.Module,
    pool: PhotoPool,
    names: Sequence[Path],
    run_dir: Path,
    progress: Progress,
    on_event: Callable[[Event], object] = lambda event: None,
    device: torch.device | None = None,
) -> Verdict:
    """Compare two networks on each photo of `pool`, whose files are `names`, and write the verdict into `run_dir`.

    `old` is the network in use for the task: the one that training began with, or the built-in one where it began
    with none; None if there is no such network at all. Neither is changed. `device` is by default the pool's.
    The verdict comes out the same each time. Raises Cancelled between two photos; no verdict is written then.
    """
    assert len(names) == len(pool)
    pool = pool if device is None else pool.to(device)
    device = pool.data.device
    ours = standard_photos() if old is not None else ()
    nets = tuple(_ready(net, device) for net in ((new,) if old is None else (old, new)))
    texts = [str(path) for path in names]
    done, total = 0, len(pool) + len(ours)

    def scores(objective: Objective, photos: PhotoPool, notes: Sequence[str]) -> tuple[str, list[list[float]]]:
        """The name of the score, and the scores of each network in turn."""
        nonlocal done
        score, found = "", [[] for _ in nets]  # type: tuple[str, list[list[float]]]
        for index, note in enumerate(notes):
            progress.check()
            on_event(Working(JUDGING, done, total, note))
            for net, row in zip(nets, found, strict=True):
                score, value = _score(objective, net, photos.only(index), recipe)
                row.append(value)
            done += 1
        return score, found

    objective = OBJECTIVES[task_id](recipe)
    score, (*before, after) = scores(objective, pool, texts)
    photos = Comparison.of(texts, before[0] if before else (), after)
    standard = None
    if ours:
        usual = OBJECTIVES[task_id](standard_recipe(task_id, recipe))
        our_names = [path.stem for path in ours]
        _, (was, now) = scores(usual, standard_pool(ours).to(device), our_names)
        standard = Comparison.of(our_names, was, now)
    worst = _show_worst(objective, nets, pool, photos, recipe, run_dir, progress)
    on_event(Working(JUDGING, total, total))
    verdict = decide(task_id, score, photos, standard, worst)
    atomic_write(run_dir / VERDICT, lambda file: file.write(verdict.to_json().encode()), overwrite=True)
    return verdict


def _ready(net: nn.Module, device: torch.device) -> nn.Module:
    """A copy on that device: the caller's network stays where it is."""
    return channels_last(copy.deepcopy(net).eval().to(device))


def _score(objective: Objective, net: nn.Module, photo: PhotoPool, recipe: Recipe) -> tuple[str, float]:
    """Name and value of the score that decides, computed as it is while training."""
    with _computing(recipe, photo.data.device):
        name, value = next(iter(objective.validate(net, photo).items()))
    return name, LOWEST if math.isnan(value) else min(max(value, LOWEST), HIGHEST)


@contextmanager
def _computing(recipe: Recipe, device: torch.device) -> Iterator[None]:
    """Without gradients, and in bfloat16 where the recipe trains in it."""
    fast = fast_precision(device) == torch.bfloat16 if recipe.precision == "auto" else recipe.precision == "bf16-mixed"
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16, enabled=fast):
        yield


def _show_worst(
    objective: Objective,
    nets: Sequence[nn.Module],
    pool: PhotoPool,
    photos: Comparison,
    recipe: Recipe,
    run_dir: Path,
    progress: Progress,
) -> tuple[Worst, ...]:
    """Save pictures of the photos with the smallest gains, or with the lowest scores where nothing was compared."""
    order = np.argsort(photos.gains or photos.new, kind="stable")[:SHOWN].tolist()
    folder = run_dir / WORST
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for place, index in enumerate(order, 1):
        progress.check()
        with _computing(recipe, pool.data.device):
            before, now, truth = objective.picture(nets[-1], pool.only(index), 0)
            was = objective.picture(nets[0], pool.only(index), 0)[1] if len(nets) > 1 else None
        files = {
            kind: _save(picture, folder / f"{place}-{kind}.png", run_dir) if picture is not None else ""
            for kind, picture in (("before", before), ("old", was), ("new", now), ("truth", truth))
        }
        found.append(Worst(photos.names[index], photos.gains[index] if photos.gains else 0.0, **files))
    return tuple(found)


def _save(picture: Tensor, path: Path, run_dir: Path) -> str:
    """Write a (3, h, w) uint8 picture; its path from the run's folder."""
    rgb_u8 = picture[:, :SIDE, :SIDE].permute(1, 2, 0).contiguous().cpu().numpy()
    return write_photo(Photo(rgb_u8), path, overwrite=True).relative_to(run_dir).as_posix()
