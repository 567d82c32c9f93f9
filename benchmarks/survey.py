"""Measures how fast folders are looked through before training, and how well near-duplicates are told from others.

    python benchmarks/survey.py PHOTOS [--copies 300] [--large 40] [--json survey.json]

PHOTOS is a folder of photographs with sub-folders, such as the training photos of docs. Prints JSON: photos per second,
for the folder's own and for JPEGs of 24 megapixels with and without a camera's small picture; the share of altered
copies that are found beside their originals, by what was done to them; and the pairs of originals that are taken for
near-duplicates, to be looked at: some of them may be.
"""

import argparse
import json
import random
import struct
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images.ahead import in_threads
from aestudio.images.alike import alike
from aestudio.images.folders import photos_below
from aestudio.images.glance import Glance, glance
from aestudio.images.io import read_photo, write_photo
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Metadata, Photo
from aestudio.progress import Progress
from aestudio.training.data.source import Source
from aestudio.training.data.survey import survey

Bytes = NDArray[np.uint8]


def cropped(rgb_u8: Bytes, chance: random.Random) -> Bytes:
    """Without a twentieth of each side, wherever that is cut away."""
    y, x = (round(0.05 * n) for n in rgb_u8.shape[:2])
    top, left = chance.randint(0, y), chance.randint(0, x)
    return rgb_u8[top : top + rgb_u8.shape[0] - y, left : left + rgb_u8.shape[1] - x]


def shrunk(rgb_u8: Bytes, chance: random.Random) -> Bytes:
    """At half the size."""
    del chance
    return np.asarray(cv2.resize(rgb_u8, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def toned(rgb_u8: Bytes, factor: float) -> Bytes:
    """Brighter or darker."""
    return np.asarray(np.clip(rgb_u8 * factor, 0, 255), np.uint8)


CHANGES: Mapping[str, tuple[int, Callable[[Bytes, random.Random], Bytes]]] = {  # quality of the JPEG, and what is done
    "quality 60": (60, lambda rgb_u8, chance: rgb_u8),
    "brighter by 15 %": (95, lambda rgb_u8, chance: toned(rgb_u8, 1.15)),
    "darker by 15 %": (95, lambda rgb_u8, chance: toned(rgb_u8, 0.85)),
    "cropped by 5 %": (95, cropped),
    "half the size": (95, shrunk),
    "all of them": (60, lambda rgb_u8, chance: shrunk(cropped(toned(rgb_u8, 0.85), chance), chance)),
}


def looked_at(paths: Sequence[Path]) -> list[Glance]:
    """A glance at each photo that is one."""
    return [found for _, found in in_threads(glance, paths, Progress()) if isinstance(found, Glance)]


def speed(folder: Path) -> dict[str, float]:
    """Of a whole survey."""
    count = len(photos_below([folder], Progress()))
    started = time.perf_counter()
    found = survey(Source((folder,)), "denoise", Progress(), smallest=112, shrunk=True).found
    seconds = time.perf_counter() - started
    groups = sum(len(group) for group in found.alike)
    return {"photos": count, "usable": found.usable, "photos_per_second": count / seconds, "in_groups": groups}


def large_speed(originals: Sequence[Path], count: int, work: Path) -> dict[str, float]:
    """Of glances at JPEGs of 24 megapixels, as cameras write them and without their small pictures."""
    speeds = {}
    for name, keeps in (("with small picture", True), ("without", False)):
        rgb_u8 = read_photo(originals[0]).pixels[..., :3]
        enlarged = cv2.resize(rgb_u8, (6000, 4000), interpolation=cv2.INTER_CUBIC)
        noise = np.random.default_rng(1).normal(0, 6, enlarged.shape)
        large: Bytes = np.clip(enlarged + noise, 0, 255).astype(np.uint8)
        photo = Photo(large, Metadata(exif=with_small_picture(large) if keeps else None))
        first = write_photo(photo, work / f"{keeps}-0.jpg", SaveOptions(quality=90))
        paths = [first]
        for index in range(1, count):
            paths.append(work / f"{keeps}-{index}.jpg")
            paths[-1].write_bytes(first.read_bytes())
        started = time.perf_counter()
        looked_at(paths)
        speeds[name] = count / (time.perf_counter() - started)
        speeds["megabytes"] = first.stat().st_size / 1e6
    return speeds


def with_small_picture(rgb_u8: Bytes) -> bytes:
    """EXIF data as a camera's, with a second directory that holds a JPEG of 160 pixels."""
    small = BytesIO()
    Image.fromarray(rgb_u8).resize((160, 107)).save(small, "JPEG", quality=75)
    picture = small.getvalue()
    first = struct.pack("<H", 0) + struct.pack("<I", 14)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(picture), 0)
    return b"II*\0" + struct.pack("<I", 8) + first + second + picture


def near_duplicates(originals: Sequence[Path], copies: int, work: Path) -> dict[str, Any]:
    """Copies that are found, and originals that are taken for copies."""
    chance = random.Random(1)
    chosen = chance.sample(list(originals), min(copies, len(originals)))
    kinds = list(CHANGES)
    made: dict[Path, tuple[Path, str]] = {}

    def make(index: int, original: Path, seed: int) -> None:
        kind = kinds[index % len(kinds)]
        quality, change = CHANGES[kind]
        try:
            photo = read_photo(original)
        except ImageError:
            return
        rgb_u8 = (photo.rgb(photo.box) * 255).round().astype(np.uint8)
        altered = np.ascontiguousarray(change(rgb_u8, random.Random(seed)))
        path = write_photo(Photo(altered), work / f"copy{index}.jpg", SaveOptions(quality=quality))
        made[path] = (original, kind)

    with ThreadPoolExecutor() as pool:
        list(pool.map(make, range(len(chosen)), chosen, [chance.randrange(2**32) for _ in chosen]))
    photos = looked_at([*originals, *sorted(made)])
    started = time.perf_counter()
    groups = alike(np.stack([photo.luma for photo in photos]))
    seconds = time.perf_counter() - started
    group_of = {photos[index].path: number for number, group in enumerate(groups) for index in group}
    hits: dict[str, list[bool]] = {kind: [] for kind in kinds}
    for path, (original, kind) in made.items():
        hits[kind].append(path in group_of and group_of[path] == group_of.get(original))
    own = alike(np.stack([photo.luma for photo in photos if photo.path not in made]))
    names = [photo.path for photo in photos if photo.path not in made]
    return {
        "recall": {kind: sum(found) / len(found) for kind, found in hits.items() if found},
        "recall_of_all": sum(map(sum, hits.values())) / max(1, len(made)),
        "compared": len(photos),
        "seconds": seconds,
        "originals_taken_for_copies": [
            [str(names[one]), str(names[other])] for group in own for one, other in combinations(group, 2)
        ],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--large", type=int, default=40, help="photos of 24 megapixels")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    originals = photos_below([options.photos], Progress())
    with tempfile.TemporaryDirectory() as work:
        figures = {
            "survey": speed(options.photos),
            "24 megapixels": large_speed(originals, options.large, Path(work)) if options.large else {},
            "near-duplicates": near_duplicates(originals, options.copies, Path(work)),
        }
    text = json.dumps(figures, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
