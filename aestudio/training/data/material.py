"""Everything that a run learns from and is judged by, from a user's folders or from the run's own."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from aestudio.errors import DiskFullError
from aestudio.images.ahead import in_threads
from aestudio.images.folders import refuse_lost
from aestudio.progress import Progress
from aestudio.training.data.crops import share_of_each
from aestudio.training.data.examples import HELD_OUT_SIDE, Cutting, Example, Examples, to_hold_out, to_learn_from
from aestudio.training.data.pairing import Scene
from aestudio.training.data.pool import PLANES, PhotoPool, pool_of
from aestudio.training.data.refusals import refuse_bad, refuse_few, refuse_misaligned
from aestudio.training.data.source import CLEAN, PAIRS, SERIES, Source
from aestudio.training.data.split import MOST
from aestudio.training.data.stored import read_pools, write_pools
from aestudio.training.data.survey import COLOURFUL, Survey, Teller, survey
from aestudio.training.events import PREPARING, Found, OnEvent, from_line, to_line
from aestudio.training.recipe import Recipe

BUDGET = 768 * 2**20  # bytes of pixels
_THREADS = 2  # photos that are decoded at once: a large one takes hundreds of megabytes
_SPARE = 64 * 2**20  # bytes that stay free on the disk
_VERSION = 1  # of how photos become examples


@dataclass(frozen=True)
class Material:
    """Photos to learn from, and those for the verdict."""

    train: PhotoPool
    held_out: PhotoPool  # one entry per photo
    held_out_names: tuple[Path, ...]  # in the same order
    found: Found
    digest: str  # SHA-256 over the hashes of all files that are used, wherever they lie


def survey_for(
    source: Source,
    task_id: str,
    recipe: Recipe,
    progress: Progress,
    on_event: OnEvent = lambda event: None,
    run_dir: Path | None = None,
) -> Survey:
    """What `gather` would find, without decoding. Raises as `survey` does."""
    return survey(
        source,
        task_id,
        progress,
        smallest=recipe.patch,
        on_event=on_event,
        shrunk=source.kind == CLEAN and not recipe.shorter,
        colourful=recipe.colourful or COLOURFUL,
        leave_out=[run_dir] if run_dir else [],
    )


def gather(
    source: Source,
    task_id: str,
    recipe: Recipe,
    run_dir: Path,
    progress: Progress,
    on_event: OnEvent = lambda event: None,
    *,
    budget: int = BUDGET,
    room: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> Material:
    """The material that lies in the run's folder, if it is whole and was made for this; or else that of the folders.

    `budget` is the number of bytes that photos to learn from may take, `room` tells the bytes left on a disk.
    Raises TrainingDataError where the folders cannot be trained from, LostFolderError if one disappears, DiskFullError
    before anything is decoded, WeightsError if the noise cannot be measured, and Cancelled.
    """
    key = _key(source, task_id, recipe, budget)
    stored = read_pools(run_dir, key)
    if stored is not None:
        pools, about = stored
        found = from_line(about["found"])
        assert isinstance(found, Found)
        on_event(found)
        names = tuple(Path(name) for name in about["names"])
        return Material(pools["train"], pools["held_out"], names, found, about["digest"])
    looked = survey_for(source, task_id, recipe, progress, on_event, run_dir)
    planes = 2 * PLANES if source.kind in (PAIRS, SERIES) else PLANES
    cutting = Cutting(source.kind, recipe.patch, recipe.shorter)
    learnt = sorted(looked.training, key=lambda scene: scene.digest)  # the first ones stay where there are too many
    sizes = [size for scene in learnt for size in cutting.sizes(scene)]
    share, count = share_of_each(sizes, budget // planes, cutting.least)
    cutting = replace(cutting, share=share)
    learnt = _first(learnt, count, cutting)
    run_dir.mkdir(parents=True, exist_ok=True)
    taken = min(budget, planes * sum(height * width for height, width in sizes))
    _refuse_full(run_dir, taken + planes * _held_out_pixels(looked.held_out), room)
    made = _made(learnt, looked.held_out, cutting, source, progress, on_event)
    material = _material(source, looked, made, cutting)
    if material.found != looked.found:
        on_event(material.found)
    about = {
        "found": to_line(material.found),
        "names": [str(name) for name in material.held_out_names],
        "digest": material.digest,
    }
    write_pools(run_dir, key, {"train": material.train, "held_out": material.held_out}, about)
    return material


def _key(source: Source, task_id: str, recipe: Recipe, budget: int) -> str:
    """Tells whether stored material is what would be made now."""
    folders = [str(path.absolute()) for path in source.folders], [str(path.absolute()) for path in source.noisy]
    made_from = [_VERSION, source.kind, folders, task_id, recipe.patch, recipe.shorter, recipe.colourful, budget]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def _first(scenes: Sequence[Scene], count: int, cutting: Cutting) -> list[Scene]:
    """The scenes that make up the first `count` examples."""
    kept: list[Scene] = []
    examples = 0
    for scene in scenes:
        examples += len(cutting.sizes(scene))
        if kept and examples > count:
            break
        kept.append(scene)
    return kept


def _held_out_pixels(scenes: Sequence[Scene]) -> int:
    sizes = [frame.size for scene in scenes for frame in scene.frames][:MOST]
    return sum(min(height, HELD_OUT_SIDE) * min(width, HELD_OUT_SIDE) for height, width in sizes)


def _refuse_full(run_dir: Path, needed: int, room: Callable[[Path], int]) -> None:
    left = room(run_dir)
    if left < needed + _SPARE:
        raise DiskFullError(
            "The photos to learn from take {needed} MB in {folder}, and its disk has only {left} MB left. Please free "
            "some space or choose another disk.",
            needed=(needed + _SPARE) // 10**6 + 1,
            folder=run_dir,
            left=left // 10**6,
        )


@dataclass(frozen=True)
class _Made:
    """What decoding came to."""

    learnt: tuple[Examples, ...]
    held: tuple[Examples, ...]

    @property
    def all(self) -> Iterator[Examples]:
        yield from self.learnt
        yield from self.held


def _made(
    learnt: Sequence[Scene],
    held: Sequence[Scene],
    cutting: Cutting,
    source: Source,
    progress: Progress,
    on_event: OnEvent,
) -> _Made:
    """All scenes decoded, in threads."""
    jobs = [partial(to_hold_out, scene, cutting) for scene in held]
    jobs += [partial(to_learn_from, scene, cutting) for scene in learnt]
    tell = Teller(PREPARING, len(jobs), progress, on_event)
    made: list[Examples] = []
    for _, examples in in_threads(lambda job: job(), jobs, progress, threads=_THREADS):
        assert isinstance(examples, Examples)
        if examples.damaged:
            refuse_lost((*source.folders, *source.noisy))
        tell(examples.scene.shown.path.name)
        made.append(examples)
    tell.finished()
    return _Made(tuple(made[len(held) :]), tuple(made[: len(held)]))


def _material(source: Source, looked: Survey, made: _Made, cutting: Cutting) -> Material:
    """Pools of what was made. Raises TrainingDataError where too little of it is good."""
    folders = (*source.folders, *source.noisy)
    damaged = [each for examples in made.all for each in examples.damaged]
    unfit = [each for examples in made.all for each in examples.unfit]
    photos = sum(len(examples.scene.photos) for examples in made.all)
    refuse_bad(damaged, (), photos, folders, cutting.side)
    refuse_misaligned(unfit, sum(len(examples.scene.frames) for examples in made.all), folders)
    learnt = [example for examples in made.learnt for example in examples.good]
    held = [example for examples in made.held for example in examples.good][:MOST]
    lost = len({name for name, _ in (*damaged, *unfit)})
    frames = sum(len(scene.frames) for scene in (*looked.training, *looked.held_out))
    refuse_few(frames - lost if learnt and held else 0, folders)
    files = sorted({photo.digest for examples in made.all if examples.good for photo in examples.scene.photos})
    found = replace(
        looked.found,
        usable=looked.found.usable - len({name for name, _ in damaged}),
        damaged=(*looked.found.damaged, *damaged),
        unpaired=(*looked.found.unpaired, *unfit),
        pairs=max(0, looked.found.pairs - lost),
        training=len({example.path for example in learnt}),
        held_out=len(held),
    )
    digest = hashlib.sha256("\n".join(files).encode()).hexdigest()
    return Material(_pool(learnt), _pool(held), tuple(example.path for example in held), found, digest)


def _pool(examples: Sequence[Example]) -> PhotoPool:
    return pool_of([(example.pixels, 1.0) for example in examples], [example.profile for example in examples])
