"""Measures a batch: a thousand mixed photos, a hundred kills, memory, time left, and throughput on large photos.

    python benchmarks/batch.py PHOTOS WORK [--photos 1000] [--kills 100] [--only run,kills,throughput]

PHOTOS is a folder of photographs with sub-folders, such as the training photos of docs; WORK a folder with some
gigabytes of room. The mixed photos are made from PHOTOS with a fixed seed: noise, other formats and sizes, and three in
a hundred damaged in ten ways. The command line runs them, as a user would.
"""

import argparse
import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
import torch

from aestudio.batch.job import BatchJob, JobStep, OutputRule
from aestudio.batch.journal import DONE, FAILED, read_rows
from aestudio.batch.patience import Patience
from aestudio.batch.pipeline import on_this_machine
from aestudio.batch.recorder import Recorder
from aestudio.batch.restoring import load_restorer
from aestudio.batch.run import Workers, run_batch
from aestudio.control import Control
from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.photo import Photo, Pixels, to_depth
from aestudio.progress import Progress
from aestudio.tasks import TASKS

ENDINGS = (".jpg", ".jpg", ".jpg", ".png", ".tif", ".webp")
DAMAGED = 0.03  # of all photos
STEPS = "denoise:sigma=12"


def make_photos(source: Path, target: Path, count: int) -> None:
    """Mixed photos in sub-folders; the same each time."""
    originals = [path for folder in sorted(source.rglob("*")) if folder.is_dir() for path in photo_paths(folder)]
    chance = random.Random(1)
    noise = np.random.default_rng(1)
    damaged = set(chance.sample(range(count), round(DAMAGED * count)))
    for number in range(count):
        photo = read_photo(chance.choice(originals))
        pixels = photo.pixels[..., :3]
        if number % 100 == 50:  # one in a hundred is as large as a camera's
            pixels = _tiled(pixels, 4000, 6000)
        pixels = np.clip(pixels + noise.normal(0, chance.uniform(3, 20), pixels.shape), 0, 255).astype(np.uint8)
        ending = chance.choice(ENDINGS)
        if ending == ".tif":
            pixels = to_depth(pixels, 16)
        path = target / f"{number % 7}" / f"{number % 3}" / f"photo{number}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_photo(Photo(np.ascontiguousarray(pixels), photo.metadata), path)
        if number in damaged:
            path.write_bytes(_damaged(path.read_bytes(), number % 10, chance))


def _tiled(pixels: Pixels, height: int, width: int) -> Pixels:
    rows, columns = -(-height // pixels.shape[0]), -(-width // pixels.shape[1])
    return np.tile(pixels, (rows, columns, 1))[:height, :width]


def _damaged(data: bytes, kind: int, chance: random.Random) -> bytes:
    """Cut off, empty, overwritten: what cards and disks leave."""
    middle = len(data) // 2
    match kind:
        case 0:
            return b""
        case 1:
            return data[:1]
        case 2:
            return bytes(len(data))
        case 3:
            return b"<html>not found</html>"
        case 4:
            return data[middle:]
        case 5:
            return chance.randbytes(len(data))
        case _:
            return data[: chance.randrange(20, max(21, middle))]


def command(source: Path, out: Path, *more: str) -> list[str]:
    """The batch as a user calls it."""
    return [
        *(sys.executable, "-P", "-m", "aestudio", "batch", str(source), "--out", str(out), "--steps", STEPS),
        *("--recursive", "--json", *more),
    ]


def run(source: Path, out: Path) -> None:
    """One unbroken run: time, memory, and how well the time left was foretold."""
    started = time.monotonic()
    foretold: list[tuple[float, float]] = []  # seconds since the start, seconds left
    memory: list[tuple[float, int]] = []
    with subprocess.Popen(
        command(source, out), stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        watched = psutil.Process(process.pid)
        first = 0.0
        for line in process.stdout:
            event = json.loads(line)
            now = time.monotonic() - started
            if event["event"] == "progress":
                if event["seconds_left"] is not None and event["fraction"] >= 0.1:
                    foretold.append((now, event["seconds_left"]))
                memory.append((event["fraction"], watched.memory_info().rss))
            elif event["event"] == "planned":
                first = now
            elif event["event"] == "end":
                print(json.dumps({"run": event}))
    total = time.monotonic() - started
    # how far the foretold length of the whole run was off
    errors = sorted(abs(now + left - total) / (total - first) for now, left in foretold)
    tenths = [sorted(rss for fraction, rss in memory if n <= 10 * fraction < n + 1) for n in range(10)]
    figures = {
        "seconds": round(total, 1),
        "exit_code": process.returncode,
        "worst_error_of_time_left": round(errors[-1], 3) if errors else None,
        "median_error_of_time_left": round(errors[len(errors) // 2], 3) if errors else None,
        "median_mb_by_tenth": [round(rss[len(rss) // 2] / 1e6) for rss in tenths if rss],
        "peak_mb_by_tenth": [round(rss[-1] / 1e6) for rss in tenths if rss],
    }
    print(json.dumps(figures), flush=True)


def kills(source: Path, out: Path, count: int, like: Path) -> None:
    """Kill the run at random moments and go on, until it was killed so often; then compare with an unbroken run."""
    chance = random.Random(2)
    made: dict[Path, int] = {}
    twice = torn = killed = rounds = 0
    while killed < count:
        process = subprocess.Popen(command(source, out), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        try:
            process.wait(chance.uniform(0.0, 6.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.stdout.close()
        finished = process.wait() != -signal.SIGKILL
        for path in results(out):
            when = path.stat().st_mtime_ns
            twice += made.setdefault(path, when) != when
        if finished and killed < count:  # done before it was killed often enough: once more from the beginning
            rounds += 1
            shutil.rmtree(out)
            made.clear()
    subprocess.run(command(source, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    ours, whole = pictures(out), pictures(like)
    torn = sum(digest == "" for digest in ours.values())
    states = [row.state for row in read_rows(out)]
    figures = {
        "kills": killed,
        "rounds": rounds + 1,
        "made_twice": twice,
        "half_files": torn,
        "lost": len(whole.keys() - ours.keys()),
        "different": sum(ours[name] != whole[name] for name in ours.keys() & whole.keys()),
        "done": states.count(DONE),
        "failed": states.count(FAILED),
    }
    print(json.dumps(figures), flush=True)


def results(folder: Path) -> Iterator[Path]:
    """Files that have a result's name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def pictures(folder: Path) -> dict[str, str]:
    """A digest of the pixels of each result; empty for one that cannot be read."""
    found = {}
    for path in results(folder):
        try:
            pixels = read_photo(path).pixels
        except Exception:  # noqa: BLE001 - whatever it is, the file is no whole photo
            found[str(path.relative_to(folder))] = ""
        else:
            found[str(path.relative_to(folder))] = hashlib.sha256(pixels.tobytes()).hexdigest()
    return found


def throughput(source: Path, work: Path, photos: int = 12, rounds: int = 3) -> None:
    """A batch of 24-megapixel JPEGs, against the bare network on the same photos in memory; and small photos alike.

    Network and batch take turns, for a machine that is shared with others is not always equally fast.
    """
    originals = [path for folder in sorted(source.rglob("*")) if folder.is_dir() for path in photo_paths(folder)]
    task = next(task for task in TASKS if task.id == "denoise")
    step = JobStep("denoise", {"sigma": 12.0})
    for name, count, size in (("24 MP", photos, (4000, 6000)), ("0.1 MP", 240, (288, 384))):
        folder = work / name.replace(" ", "")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        noise = np.random.default_rng(3)
        for number in range(count):
            pixels = _tiled(read_photo(originals[number * 7 % len(originals)]).pixels[..., :3], *size)
            grain = noise.normal(0, 8, (512, 512, 3))
            pixels = np.clip(pixels + _tiled(grain, *size), 0, 255).astype(np.uint8)
            write_photo(Photo(pixels), folder / f"p{number}.jpg")
        paths = photo_paths(folder)
        restorer = load_restorer(task, device="cpu")
        restorer.restore(read_photo(paths[0]), task, step.settings(), Progress())  # warms up
        measured = []
        for _ in range(rounds):
            bare = 0.0
            for path in paths:
                photo = read_photo(path)
                started = time.monotonic()
                restorer.restore(photo, task, step.settings(), Progress())
                bare += time.monotonic() - started
            out = work / f"{folder.name}-out"
            shutil.rmtree(out, ignore_errors=True)
            measured.append((bare, _batch_seconds(BatchJob((folder,), (step,), OutputRule(out)))))
        shares = [round(bare / seconds, 3) for bare, seconds in measured]
        figures = {
            "photos": f"{count} of {name}",
            "bare_s": [round(bare, 1) for bare, _ in measured],
            "batch_s": [round(seconds, 1) for _, seconds in measured],
            "share_of_bare": shares,
            "median_share": sorted(shares)[len(shares) // 2],
        }
        print(json.dumps(figures), flush=True)


def _batch_seconds(job: BatchJob) -> float:
    """From the moment in which the models are loaded to the last photo's end."""
    loaded: list[float] = []

    def make(job: BatchJob, recorder: Recorder, patience: Patience, control: Control, progress: Progress) -> Workers:
        workers = on_this_machine("cpu")(job, recorder, patience, control, progress)
        loaded.append(time.monotonic())
        return workers

    run_batch(job, make, Progress())
    return time.monotonic() - loaded[0]


def main() -> None:
    """Print a line of JSON for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="PHOTOS")
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--only", default="run,kills,throughput")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    mixed, whole = args.work / "mixed", args.work / "whole"
    only: Sequence[str] = args.only.split(",")
    if not mixed.is_dir():
        make_photos(args.source, mixed, args.photos)
    if "run" in only:
        shutil.rmtree(whole, ignore_errors=True)
        run(mixed, whole)
    if "kills" in only:
        shutil.rmtree(args.work / "killed", ignore_errors=True)
        kills(mixed, args.work / "killed", args.kills, whole)
    if "throughput" in only:
        throughput(args.source, args.work)


if __name__ == "__main__":
    main()
