"""Measures training: its pace against the bare network's, and what a hundred kills leave of it.

    python benchmarks/training.py PHOTOS WORK [--only pace,kills] [--kills 100]

PHOTOS is a folder of photographs with sub-folders; WORK a folder with room for a few small runs.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import safetensors.torch
import torch

from aestudio.images.io import photo_paths
from aestudio.models.networks import BUILDERS, channels_last
from aestudio.progress import Progress
from aestudio.training.data.material import gather
from aestudio.training.data.pool import PhotoPool
from aestudio.training.data.source import Source
from aestudio.training.events import Event, Trained
from aestudio.training.places import CHECKPOINT
from aestudio.training.plan import Plan, recipe_for
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.objectives import OBJECTIVES
from aestudio.training.trainer import train

RECIPE = """
name = "small"
version = "1"
architecture = "denoising-unet"
arguments = { channels = [16, 32, 64], blocks = [1, 1, 1, 1, 1] }
steps = 400
batch = 8
patch = 64
held_out = 2
validate_every = 100
checkpoint_minutes = 0.005
[folders]
photos = 1.0
"""


def pace(photos: Path, work: Path, steps: int = 60, rounds: int = 7) -> None:
    """Patches a second of a whole run on good photos, against forward and backward on one and the same batch."""
    for task_id in ("denoise", "inpaint"):
        plan = Plan(task_id, Source((photos,)), "pace", base=task_id, steps=steps)
        recipe = replace(recipe_for(plan), validate_every=10 * steps, checkpoint_minutes=60.0)
        ranks = Ranks("auto", recipe.precision)
        folder = work / "pace" / task_id
        shutil.rmtree(folder, ignore_errors=True)
        material = gather(plan.source, task_id, recipe, folder, Progress(), lambda event: None)
        measured = [
            (bare(task_id, recipe, material.train, ranks, steps // 2), whole(task_id, recipe, material.train, ranks))
            for _ in range(rounds)
        ]
        shares = [round(run / network, 3) for network, run in measured]
        figures = {
            "task": task_id,
            "batch": f"{recipe.batch} of {recipe.patch} pixels",
            "bare_patches_per_second": [round(network, 1) for network, _ in measured],
            "run_patches_per_second": [round(run, 1) for _, run in measured],
            "share_of_bare": shares,
            "median_share": sorted(shares)[len(shares) // 2],
            "share_of_all_rounds": round(sum(1 / n for n, _ in measured) / sum(1 / r for _, r in measured), 3),
        }
        print(json.dumps(figures), flush=True)


def bare(task_id: str, recipe: Recipe, pool: PhotoPool, ranks: Ranks, steps: int) -> float:
    """Forward and backward alone, in patches a second."""
    objective = OBJECTIVES[task_id](recipe)
    torch.manual_seed(0)
    net = channels_last(BUILDERS[recipe.architecture](**recipe.arguments))
    module, _ = ranks.fabric.setup(net, torch.optim.SGD(net.parameters(), lr=0.0))
    x, target = objective.batch(pool, 0)
    x = x.contiguous(memory_format=torch.channels_last)
    started = 0.0
    for step in range(steps + 5):
        if step == 5:  # the first ones arrange memory
            started = time.monotonic()
        ranks.fabric.backward(objective.step_loss(module, x, target))
        for parameter in net.parameters():
            parameter.grad = None
    return recipe.batch * steps / (time.monotonic() - started)


def whole(task_id: str, recipe: Recipe, pool: PhotoPool, ranks: Ranks) -> float:
    """A run with everything that belongs to it, from its fifth step on, in patches a second."""
    moments: list[tuple[int, float]] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Trained):
            moments.append((event.step, event.seconds))

    with tempfile.TemporaryDirectory() as folder:
        train(task_id, recipe, pool, None, Path(folder), Progress(), ranks, on_event=on_event)
    moments = [moment for moment in moments if moment[0] >= 5]
    (first, began), (last, ended) = moments[0], moments[-1]
    return recipe.batch * (last - first) / (ended - began)


def kills(photos: Path, work: Path, count: int) -> None:
    """Kill a run at random moments and go on, until it was killed so often; then compare it with an unbroken one."""
    work = work / "kills"
    shutil.rmtree(work, ignore_errors=True)
    (work / "data" / "photos").mkdir(parents=True)
    for path in [path for folder in sorted(photos.rglob("*")) if folder.is_dir() for path in photo_paths(folder)][:24]:
        shutil.copy(path, work / "data" / "photos")
    recipe = work / "small.toml"
    recipe.write_text(RECIPE, encoding="utf-8")

    def command(out: Path) -> list[str]:
        return [
            *(sys.executable, "-P", "-m", "aestudio", "train", "denoise", "--recipe", str(recipe)),
            *("--data", str(work / "data"), "--out", str(out), "--device", "cpu", "--quiet"),
        ]

    subprocess.run(command(work / "whole"), check=True)
    chance = random.Random(4)
    killed = rounds = different = 0
    while killed < count:
        out = work / f"killed{rounds}"
        while not (out / "small.json").exists():
            process = subprocess.Popen(command(out), stderr=subprocess.DEVNULL)
            checkpoint = out / "small" / CHECKPOINT
            before = checkpoint.stat().st_mtime_ns if checkpoint.exists() else 0
            while process.poll() is None and not (checkpoint.exists() and checkpoint.stat().st_mtime_ns != before):
                time.sleep(0.01)  # until it goes on where it was
            if killed < count:
                try:
                    process.wait(chance.uniform(0, 2.0))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    killed += 1
            process.wait()
        weights = [safetensors.torch.load((each / "small.safetensors").read_bytes()) for each in (work / "whole", out)]
        different += sum(not torch.equal(weights[0][name], weights[1][name]) for name in weights[0])
        rounds += 1
    print(json.dumps({"kills": killed, "rounds": rounds, "different_weights": different}), flush=True)


def main() -> None:
    """Print a line of JSON for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--only", default="pace,kills")
    parser.add_argument("--kills", type=int, default=100)
    args = parser.parse_args()
    if "pace" in args.only:
        pace(args.photos, args.work)
    if "kills" in args.only:
        kills(args.photos, args.work, args.kills)


if __name__ == "__main__":
    main()
