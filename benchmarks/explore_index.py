"""Measures how fast folders are looked through for Explore, what a kill costs, and how much memory many photos take.

    python benchmarks/explore_index.py PHOTOS WORK [--model NAME] [--models FOLDER] [--photos 400] [--large 20]
                                       [--kills 6] [--many 100000]

PHOTOS is a folder of photographs with sub-folders; WORK is filled with JPEGs made of them, of 2 and of 24 megapixels,
and with caches. Prints a JSON object a line. Each measurement runs in a process of its own. Beside the seconds stand
those that the processor worked: on a machine that does something else as well, they tell what two free cores would do.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from aestudio.errors import ImageError
from aestudio.explore.coder import MODEL, Coder
from aestudio.explore.index import Counted, index, look_at
from aestudio.explore.photos import Indexed
from aestudio.explore.store import Store
from aestudio.explore.store_disk import Codes, Facts, Seen
from aestudio.images.folders import photos_below
from aestudio.images.io import read_photo
from aestudio.images.photo import screen_pixels
from aestudio.progress import Progress, Step

OLD = 1_600_000_000 * 10**9  # nanoseconds
SIZES = {"2 MP": (1632, 1224), "24 MP": (6000, 4000)}

LoadCoder = Callable[[], Coder]


def make(photos: Path, folder: Path, size: tuple[int, int], count: int) -> None:
    """JPEGs of that size, of as many different contents as there are photos; they are made once."""
    folder.mkdir(parents=True, exist_ok=True)
    originals = photos_below([photos], Progress())
    random.Random(1).shuffle(originals)
    quality = 92
    while len(list(folder.iterdir())) < count:
        for path in originals:
            target = folder / f"{path.parent.name}-{path.stem}-{quality}.jpg"
            if len(list(folder.iterdir())) >= count or target.exists():
                continue
            try:
                rgb_u8 = screen_pixels(read_photo(path))
            except ImageError:
                continue
            if rgb_u8.shape[2] == 3 and min(rgb_u8.shape[:2]) > 400:
                resized = cv2.resize(rgb_u8, size, interpolation=cv2.INTER_AREA)
                Image.fromarray(resized).save(target, quality=quality, subsampling="4:2:0")
                os.utime(target, ns=(OLD, OLD))
        quality -= 1


def speed(load: LoadCoder, folder: Path, cache: Path) -> dict[str, Any]:
    """Of one look through a folder."""
    coder, counted = load(), list[Counted]()
    coder.encode_with_errors(np.zeros((64, 128, 128, 3), np.uint8))  # torch prepares itself
    before, started, worked = _memory(), time.perf_counter(), time.process_time()
    found = index([folder], coder, Store(cache), Progress(), counted.append)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    return {
        **asdict(counted[0]),
        "seconds": round(seconds, 3),
        "photos_per_second": round(len(found) / seconds, 1),
        "cpu_ms_per_photo": round(1000 * cpu / len(found), 2),
        "peak_mb": round(_memory()),
        "of_which_before_mb": round(before),
    }


def decoding(folder: Path) -> dict[str, Any]:
    """Of the reduced-size decoder with what is made of its picture, in one thread."""
    paths = photos_below([folder], Progress())[:60]
    worked = time.process_time()
    for path in paths:
        look_at(path, path.read_bytes())
    return {"cpu_ms_per_photo": round(1000 * (time.process_time() - worked) / len(paths), 2)}


def counting(load: LoadCoder, folder: Path, cache: Path, log: Path) -> None:
    """One look through a folder, which leaves a byte in the log for each photo that it read or coded."""
    coder = load()
    with log.open("ab", buffering=0) as file:
        file.write(b"r")  # ready

        def on_step(step: Step) -> None:
            if step.note:
                file.write(b".")

        index([folder], coder, Store(cache), Progress(on_step))
        file.write(b"e")


def kills(load: LoadCoder, folder: Path, work: Path, times: int) -> dict[str, Any]:
    """Ends runs at random moments, and compares what the last one finds with what an unbroken one does."""
    chance, cache, log = random.Random(1), work / "cache-killed", work / "steps"
    log.write_bytes(b"")
    wanted, seconds = _unbroken(load, folder, work)
    for _ in range(times):
        size = log.stat().st_size
        child = _process(counting, load, folder, cache, log)
        while log.stat().st_size == size and child.is_alive():
            time.sleep(0.01)
        child.join(chance.uniform(0.02, 0.8) * seconds / times * 2)
        child.kill()
        child.join()
    ended = log.read_bytes().count(b"e")
    child = _process(counting, load, folder, cache, log)
    child.join()
    found = index([folder], load(), Store(cache), Progress())
    steps = log.read_bytes()
    rows = sum(path.stat().st_size for path in cache.rglob("*.f32")) // (4 * found.codes.shape[1])
    return {
        "killed": times - ended,
        "photos": len(found),
        "same": found.paths == wanted.paths and found.digests == wanted.digests and _same_facts(found, wanted),
        "largest_difference_of_codes": float(np.abs(found.codes - wanted.codes).max()),
        "largest_code": float(np.abs(wanted.codes).max()),
        "read_twice": steps.count(b".") - len(found),
        "rows_of_codes": rows,
        "put_aside": len(list(cache.glob("*.damaged"))),
    }


def many(load: LoadCoder, folder: Path, cache: Path, blobs: Sequence[bytes], count: int) -> None:
    """Fills a cache as if so many photos had been looked at. Their files are empty, and are not read."""
    coder, store, rng = load(), Store(cache), np.random.default_rng(1)
    for start in range(0, count, 2000):
        part = folder / f"{start:06}"
        part.mkdir(parents=True, exist_ok=True)
        digests = [rng.bytes(32).hex() for _ in range(min(2000, count - start))]
        seen = []
        for number, digest in enumerate(digests):
            path = part / f"IMG_{start + number:06}.jpg"
            path.touch()
            os.utime(path, ns=(OLD, OLD))
            seen.append(Seen(path, 0, OLD, digest))
        facts = {digest: Facts(4000, 6000, float(start), 1.0) for digest in digests}
        smalls = {digest: blobs[number % len(blobs)] for number, digest in enumerate(digests)}
        codes = rng.normal(size=(len(digests), coder.length)).astype(np.float32)
        rows = {digest: row for row, digest in enumerate(digests)}
        store.keep(seen, facts, smalls, coder.digest, Codes(rows, codes, np.zeros(len(digests), np.float32)))


def loading(load: LoadCoder, folder: Path, cache: Path) -> dict[str, Any]:
    """Of many photos that are all in the cache; some of them are looked at."""
    coder = load()
    before, started = _memory(), time.perf_counter()
    found = index([folder], coder, Store(cache), Progress())
    seconds = time.perf_counter() - started
    rows = random.Random(1).sample(range(len(found)), min(2000, len(found)))
    started = time.perf_counter()
    for start in range(0, len(rows), 50):
        found.smalls(rows[start : start + 50])
    return {
        "photos": len(found),
        "seconds": round(seconds, 2),
        "smalls_per_second": round(len(rows) / (time.perf_counter() - started)),
        "peak_mb": round(_memory()),
        "of_which_before_mb": round(before),
        "cache_mb": round(sum(path.stat().st_size for path in cache.rglob("*.*")) / 1e6),
    }


def _unbroken(load: LoadCoder, folder: Path, work: Path) -> tuple[Indexed, float]:
    started = time.perf_counter()
    return index([folder], load(), Store(work / "cache-unbroken"), Progress()), time.perf_counter() - started


def _same_facts(a: Indexed, b: Indexed) -> bool:
    rows = range(0, len(a), 7)
    return (
        (a.sizes, a.taken) == (b.sizes, b.taken)
        and np.array_equal(a.sharpness, b.sharpness)
        and np.array_equal(a.smalls(rows), b.smalls(rows))
    )


def _memory() -> float:
    """The most that this process ever had in memory, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _process(work: Callable[..., object], *arguments: object) -> Any:
    child = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    child.start()
    return child


def alone(work: Callable[..., Any], *arguments: object) -> Any:
    """What a function gives in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def tell(what: str, found: dict[str, Any]) -> None:
    print(json.dumps({"what": what, **found}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--models", type=Path)
    for name, count in (("photos", 400), ("large", 20), ("kills", 6), ("many", 100_000)):
        parser.add_argument(f"--{name}", dest=f"{name}_count", type=int, default=count)
    asked = parser.parse_args()
    load = partial(Coder.load, asked.model, asked.models and (asked.models,))
    work: Path = asked.work
    for old in work.glob("cache-*"):
        shutil.rmtree(old)
    for name, count in (("2 MP", asked.photos_count), ("24 MP", asked.large_count)):
        folder, cache = work / name, work / f"cache-{name}"
        make(asked.photos, folder, SIZES[name], count)
        tell(f"{name}, decoder alone", alone(decoding, folder))
        tell(f"{name}, first run", alone(speed, load, folder, cache))
        tell(f"{name}, second run", alone(speed, load, folder, cache))
    tell("kills", kills(load, work / "2 MP", work, asked.kills_count))
    blobs = [look_at(path, path.read_bytes())[1] for path in sorted((work / "2 MP").iterdir())[:200]]
    alone(many, load, work / "many", work / "cache-many", blobs, asked.many_count)
    tell("many photos", alone(loading, load, work / "many", work / "cache-many"))


if __name__ == "__main__":
    main()
