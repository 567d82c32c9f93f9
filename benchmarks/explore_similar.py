"""Measures how well edited copies of photos are found by codes, and how well near-duplicates are told from others.

    python benchmarks/explore_similar.py PHOTOS WORK [--model photo-autoencoder] [--models FOLDER] [--sample 300]

PHOTOS is a folder of photographs with sub-folders; WORK keeps what was read of them, for the next time. A sample of
them is cropped, turned, toned, saved again and shrunk, each of them in each way, and every copy is looked for among all
the photos. Prints JSON lines, each with the share of copies whose original comes first, and is among the first ten: for
codes by the distance that the program uses and by others, for as many principal components of the same pictures, and
for perceptual hashes (imagehash.phash, in 64 and in 1024 bits). Then, for near-duplicates in groups, the share of
copies that are joined with their originals, and the share of joined pairs that belong together: as the program finds
them, by pictures alone, and by hashes alone. Originals that the groups join with one another are listed, to be looked
at: some of them may be near-duplicates.

Copies are made at 512 pixels. The model may have learnt from PHOTOS; so have the principal components, all of them.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import cv2
import imagehash
import numpy as np
from explore_edits import EDITS
from numpy.typing import NDArray
from PIL import Image
from sklearn.decomposition import PCA

from aestudio.errors import ImageError
from aestudio.explore.coder import MODEL, Coder
from aestudio.explore.duplicates import duplicates
from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.explore.similar import Nearness
from aestudio.images.alike import alike, joined
from aestudio.images.io import read_preview
from aestudio.images.photo import LUMA, screen_pixels
from aestudio.models.networks.photo_autoencoder import SIDE
from aestudio.progress import Progress

LARGE = 512  # pixels of the longer side of what is edited


def squeezed(rgb_u8: Levels) -> Levels:
    """(128, 128, 3)."""
    return np.asarray(cv2.resize(rgb_u8, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def hashes(rgb_u8: Levels) -> list[NDArray[np.uint8]]:
    """The perceptual hash in 64 and in 1024 bits, packed."""
    image = Image.fromarray(rgb_u8)
    return [np.packbits(imagehash.phash(image, hash_size=size).hash) for size in (8, 32)]


class PhotoSet:
    """The photos, and the copies of a sample of them: squeezed, and as hashes."""

    def __init__(self, smalls: Levels, copies: Levels, sample: NDArray[np.int64], marks: list[Levels]) -> None:
        self.smalls = smalls  # (P, 128, 128, 3)
        self.copies = copies  # (edits, sample, 128, 128, 3)
        self.sample = sample  # which photos they are copies of
        self.hashes = marks[:2]  # (P, bytes) each
        self.copied_hashes = marks[2:]  # (edits, sample, bytes) each


def read_set(photos: Path, work: Path, count: int, seed: int = 1) -> PhotoSet:
    """Read all photos, and make the copies; from WORK where that was done before."""
    kept = work / f"explore-similar-{count}.npz"
    if kept.is_file():
        with np.load(kept) as found:
            names = ("smalls", "copies", "sample", "hash8", "hash32", "copied8", "copied32")
            smalls, copies, sample, *marks = (found[name] for name in names)
            return PhotoSet(smalls, copies, sample, marks)
    paths = sorted(path for path in photos.rglob("*") if path.is_file())
    chosen = set(random.Random(seed).sample(paths, min(count, len(paths))))

    def read(path: Path) -> tuple[Levels, list[Levels], list[list[Levels]]] | None:
        try:
            rgb_u8 = np.ascontiguousarray(screen_pixels(read_preview(path, LARGE))[..., :3])
        except ImageError:
            return None
        if rgb_u8.shape[2] == 1:
            rgb_u8 = np.repeat(rgb_u8, 3, axis=2)
        chance = random.Random(f"{seed} {path.name}")
        made = [edit(rgb_u8, chance) for edit in EDITS.values()] if path in chosen else []
        return squeezed(rgb_u8), [squeezed(copy) for copy in made], [hashes(each) for each in (rgb_u8, *made)]

    with ThreadPoolExecutor(2) as pool:
        all_read = [each for each in pool.map(read, paths) if each is not None]
    sample = np.array([row for row, each in enumerate(all_read) if each[1]])
    smalls = np.stack([each[0] for each in all_read])
    copies = np.stack([np.stack(all_read[row][1]) for row in sample], axis=1)
    marks = [np.stack([each[2][0][bits] for each in all_read]) for bits in range(2)]
    for bits in range(2):
        marks.append(np.stack([np.stack([mark[bits] for mark in all_read[row][2][1:]]) for row in sample], axis=1))
    work.mkdir(parents=True, exist_ok=True)
    np.savez(
        kept,
        smalls=smalls,
        copies=copies,
        sample=sample,
        **dict(zip(("hash8", "hash32", "copied8", "copied32"), marks, strict=True)),
    )
    return PhotoSet(smalls, copies, sample, marks)


# how near


Distances = Callable[[int], Floats]  # an edit -> (sample, P)


def recall(distances: Distances, sample: NDArray[np.int64]) -> dict[str, Any]:
    """The share of copies whose original comes first, and is among the first ten; a tie counts for half of itself."""
    found: dict[str, Any] = {}
    every: list[NDArray[np.float64]] = []
    for number, name in enumerate(EDITS):
        distance = distances(number)
        own = distance[np.arange(len(sample)), sample][:, None]
        before = (distance < own).sum(axis=1)
        with_it = (distance == own).sum(axis=1)
        place = before + (with_it - 1) / 2
        every.append(place)
        found[name] = _shares(place)
    return {"overall": _shares(np.concatenate(every)), **found}


def _shares(place: NDArray[np.float64]) -> dict[str, float]:
    return {"at 1": round(float((place < 1).mean()), 4), "at 10": round(float((place < 10).mean()), 4)}


def squared(ours: Floats, theirs: Floats) -> Floats:
    """Squared Euclidean distances of all to all."""
    return np.asarray((theirs**2).sum(1)[:, None] - 2 * theirs @ ours.T + (ours**2).sum(1), np.float32)


def angles(ours: Floats, theirs: Floats) -> Floats:
    """One less the cosine, of all to all."""
    return np.asarray(1 - _unit(theirs) @ _unit(ours).T, np.float32)


def _unit(x: Floats) -> Floats:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9), np.float32)


def by_numbers(ours: Floats, theirs: Floats) -> dict[str, Distances]:
    """Ways to compare codes (P, length) with those of the copies (edits, sample, length)."""
    mean, spread = ours.mean(0), ours.std(0) + 1e-6
    values, axes = np.linalg.eigh(np.cov((ours - mean).T))

    def whitened(power: float) -> NDArray[np.float32]:
        return np.asarray(axes * np.maximum(values, values.max() * 1e-6) ** (-power / 2), np.float32)

    ways: dict[str, tuple[Callable[[Floats], Floats], Callable[[Floats, Floats], Floats]]] = {
        "Euclidean": (lambda x: x, squared),
        "cosine": (lambda x: x, angles),
        "cosine, centred": (lambda x: x - mean, angles),
        "standardised": (lambda x: (x - mean) / spread, squared),
        "cosine, standardised": (lambda x: (x - mean) / spread, angles),
        "half whitened": (lambda x: (x - mean) @ whitened(0.5), squared),
        "cosine, half whitened": (lambda x: (x - mean) @ whitened(0.5), angles),
        "whitened": (lambda x: (x - mean) @ whitened(1), squared),
        "cosine, whitened": (lambda x: (x - mean) @ whitened(1), angles),
    }

    def compared(change: Callable[[Floats], Floats], compare: Callable[[Floats, Floats], Floats], edit: int) -> Floats:
        return compare(change(ours), change(theirs[edit]))

    nearness = Nearness(ours)
    return {
        "as the program does": lambda edit: -nearness.scores(theirs[edit]),
        **{name: partial(compared, *way) for name, way in ways.items()},
    }


def by_hash(ours: Levels, theirs: Levels) -> Distances:
    """Hamming distances of packed bits."""
    table = np.array([bin(n).count("1") for n in range(256)], np.uint8)

    def distances(edit: int) -> Floats:
        rows = [table[ours ^ mark].sum(axis=1, dtype=np.int32) for mark in theirs[edit]]
        return np.asarray(np.stack(rows), np.float32)

    return distances


def flat(photos: Levels) -> Floats:
    """(..., 49152) in [0, 1]."""
    return np.asarray(photos.reshape(len(photos), -1).astype(np.float32) / 255, np.float32)


def components(photo_set: PhotoSet, length: int) -> tuple[Floats, Floats]:
    """Principal components of the pictures, as many as the codes have numbers."""
    pca = PCA(length, svd_solver="randomized", random_state=0).fit(flat(photo_set.smalls))
    theirs = np.stack([pca.transform(flat(each)) for each in photo_set.copies])
    return np.asarray(pca.transform(flat(photo_set.smalls)), np.float32), np.asarray(theirs, np.float32)


def say(**facts: Any) -> None:
    """One JSON line."""
    print(json.dumps(facts), flush=True)


def measure_similar(photo_set: PhotoSet, coder: Coder | None, length: int) -> None:
    """How well copies are found."""
    sample = photo_set.sample
    if coder is not None:
        start = time.perf_counter()
        ours = coder.encode(photo_set.smalls)
        say(what="coding", photos_per_second=round(len(ours) / (time.perf_counter() - start), 1))
        theirs = np.stack([coder.encode(each) for each in photo_set.copies])
        for name, distances in by_numbers(ours, theirs).items():
            say(what="similar", by="codes", distance=name, length=ours.shape[1], **recall(distances, sample))
    ours, theirs = components(photo_set, length)
    for name, distances in by_numbers(ours, theirs).items():
        say(what="similar", by="principal components", distance=name, length=length, **recall(distances, sample))
    for bits, mark, copied in zip((64, 1024), photo_set.hashes, photo_set.copied_hashes, strict=True):
        facts = recall(by_hash(mark, copied), sample)
        say(what="similar", by="perceptual hash", distance="Hamming", bits=bits, **facts)


# near-duplicates


HASH_DISTANCE = 10  # bits of 64: where perceptual hashes usually are taken for the same

Grouped = list[tuple[int, ...]]


def measure_groups(photo_set: PhotoSet, coder: Coder) -> None:
    """How well copies are joined with their originals, one kind of copy after the other."""
    ours = coder.encode(photo_set.smalls)
    for number, name in enumerate(EDITS):
        smalls = np.concatenate([photo_set.smalls, photo_set.copies[number]])
        codes = np.concatenate([ours, coder.encode(photo_set.copies[number])])
        marks = np.concatenate([photo_set.hashes[0], photo_set.copied_hashes[0][number]])
        indexed = _indexed(smalls, codes, coder)
        luma = np.stack([cv2.resize(small, (64, 64), interpolation=cv2.INTER_AREA) @ LUMA for small in smalls])
        ways: dict[str, Callable[[], Grouped]] = {
            "codes, then pictures": partial(by_program, indexed),
            "pictures": partial(alike, luma.round().astype(np.uint8)),
            "perceptual hash, 64 bits": partial(by_near_hashes, marks),
        }
        for by, way in ways.items():
            start = time.perf_counter()
            groups = way()
            seconds = round(time.perf_counter() - start, 2)
            say(what="near-duplicates", by=by, edit=name, **judged(photo_set, groups), seconds=seconds)
    groups = by_program(_indexed(photo_set.smalls, ours, coder))
    say(what="near-duplicates", groups_of_originals=groups)


def by_program(photos: Indexed) -> Grouped:
    """As the program finds them."""
    return [group.rows for group in duplicates(photos, Progress())]


def judged(photo_set: PhotoSet, groups: Grouped) -> dict[str, Any]:
    """Recall and precision of the pairs of copies with originals and with one another.

    What originals are to one another is not known: their pairs are counted alone.
    """
    count = len(photo_set.smalls)
    original = np.concatenate([np.arange(count), photo_set.sample])
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    with_copies = [pair for pair in pairs if max(pair) >= count]
    right = sum(int(original[one] == original[other]) for one, other in with_copies)
    return {
        "recall": round(right / len(photo_set.sample), 4),
        "precision": round(right / max(1, len(with_copies)), 4),
        "pairs_of_originals": len(pairs) - len(with_copies),
    }


def by_near_hashes(marks: Levels) -> Grouped:
    """Groups by perceptual hashes (P, 8) alone."""
    distance = by_hash(marks, marks[None])(0)
    near = np.argwhere(np.triu(distance <= HASH_DISTANCE, 1))
    return joined(len(marks), [(int(one), int(other)) for one, other in near])


def _indexed(smalls: Levels, codes: Floats, coder: Coder) -> Indexed:
    count = len(smalls)
    return Indexed(
        paths=tuple(Path(f"{row}.jpg") for row in range(count)),
        digests=tuple(map(str, range(count))),
        sizes=((SIDE, SIDE),) * count,
        taken=(None,) * count,
        sharpness=np.zeros(count, np.float32),
        codes=codes,
        errors=np.zeros(count, np.float32),
        smalls=lambda rows: smalls[list(rows)],
        model=coder.name,
        model_digest=coder.digest,
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--models", type=Path, help="a folder with the model")
    parser.add_argument("--sample", type=int, default=300, help="photos that are copied")
    options = parser.parse_args()
    photo_set = read_set(options.photos, options.work, options.sample)
    say(what="photos", photos=len(photo_set.smalls), copies=photo_set.copies.shape[0] * photo_set.copies.shape[1])
    coder = Coder.load(options.model, (options.models,) if options.models else None)
    measure_similar(photo_set, coder, coder.length)
    measure_groups(photo_set, coder)


if __name__ == "__main__":
    main()
