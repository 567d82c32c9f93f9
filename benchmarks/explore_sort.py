"""Measures how well photos are sorted by a few labelled ones: on codes, and on what could be taken in their place.

    python benchmarks/explore_sort.py PHOTOS WORK [--model NAME] [--models FOLDER] [--draws 10] [--slow-draws 3]

PHOTOS is a folder of photos whose names begin with their class, as t-shirt-0009.jpg. Of each class, 5, 20 or 50 photos
are drawn at random and labelled (at most half of a class); all others are to be sorted. Told are the mean over the
draws of the share that is right (accuracy), its standard deviation over the draws, the mean over classes of the share
that is right in each, and how far certainty is from the share that is right (expected calibration error, 10 bins of
equal width; Guo et al., ICML 2017). The first line of each number of labels is the largest class: what always saying
that would get right.

The ways:
- codes: what `aestudio explore sort` does: logistic regression on the codes
- fine-tuned: the same with `--tune`: the last level of the encoder learns with it, and is kept if that helps
- fine-tuned always: the tuned one, whether it seemed to help or not
- pixels: logistic regression on the principal components of the pixels, as many as a code has numbers
- from nothing: the encoder's own layers with random weights and a linear layer, trained on the labelled photos alone

The two last have what helps them: strength of regularisation by cross-validation, mirrored and cropped photos. The
built-in model has learnt from many of the photos in the training folders, without their labels: for PHOTOS among
those, codes have seen them, and pixels as well (their components are computed on all of PHOTOS). WORK is for the
squeezed photos, which take a minute to read. One JSON object per line.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F

from aestudio.explore.coder import MODEL, Coder
from aestudio.explore.labels import Labels
from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.explore.sorting import sort_photos
from aestudio.explore.tuning import fine_tune, varied
from aestudio.images.io import photo_paths, read_preview
from aestudio.images.photo import to_rgb
from aestudio.models.networks.photo_autoencoder import SIDE, PhotoAutoencoder

LABELS = 5, 20, 50
BINS = 10
EPOCHS, STEPS = 40, 320  # of the network from nothing, at most
RATE = 1e-3


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--models", type=Path, default=None, help="the folder that the model lies in")
    parser.add_argument("--draws", type=int, default=10, help="of codes and pixels")
    parser.add_argument("--slow-draws", type=int, default=3, help="of what trains a network")
    parser.add_argument("--labels", type=int, nargs="+", default=LABELS, help="labelled photos of each class")
    args = parser.parse_args()
    coder = Coder.load(args.model, (args.models,) if args.models else None)
    paths = photo_paths(args.photos)
    smalls = squeezed(paths, args.work)
    names = [path.stem.rsplit("-", 1)[0] for path in paths]
    classes = sorted(set(names))
    y = np.array([classes.index(name) for name in names])
    codes, pixels = indexed(paths, smalls, coder.encode(smalls), coder), components(smalls, coder.length)
    baselines = indexed(paths, smalls, pixels, coder)
    print(
        json.dumps(
            {"model": coder.name, "photos": len(y), "classes": dict(zip(classes, np.bincount(y).tolist(), strict=True))}
        )
    )
    for count in args.labels:
        ways: dict[str, tuple[int, Way]] = {
            "codes": (args.draws, lambda labels: by_codes(codes, labels)),
            "pixels": (args.draws, lambda labels: by_codes(baselines, labels)),
            "fine-tuned": (args.slow_draws, lambda labels: by_tuning(codes, labels, coder)),
            "from nothing": (args.slow_draws, lambda labels: from_nothing(codes, labels, classes, coder)),
        }
        largest = []
        for seed in range(args.draws):
            rest = np.setdiff1d(np.arange(len(y)), drawn(y, count, seed))
            largest.append(np.bincount(y[rest]).max() / len(rest))
        print(json.dumps({"labels": count, "way": "largest class", "accuracy": round(float(np.mean(largest)), 4)}))
        for name, (draws, way) in ways.items():
            tell(name, count, draws, way, codes, names, classes)


Way = Callable[[Labels], dict[str, Floats]]  # probabilities (P, K), by what stands behind the name of the way


def tell(name: str, count: int, draws: int, way: Way, photos: Indexed, names: list[str], classes: list[str]) -> None:
    """Sort by several draws, and print what came of it."""
    y = np.array([classes.index(each) for each in names])
    figures: dict[str, list[tuple[float, float, float]]] = {}
    since = time.perf_counter()
    for seed in range(draws):
        rows = drawn(y, count, seed)
        labels = Labels(tuple(classes), {photos.digests[row]: names[row] for row in rows})
        rest = np.setdiff1d(np.arange(len(y)), rows)
        for suffix, probabilities in way(labels).items():
            figures.setdefault(suffix, []).append(judged(probabilities[rest], y[rest]))
    seconds = (time.perf_counter() - since) / draws
    for suffix, found in figures.items():
        mean, spread = np.mean(found, axis=0), np.std(found, axis=0, ddof=min(1, draws - 1))
        table = {
            "labels": count,
            "way": name + suffix,
            "draws": draws,
            "accuracy": round(float(mean[0]), 4),
            "spread": round(float(spread[0]), 4),
            "mean over classes": round(float(mean[1]), 4),
            "calibration error": round(float(mean[2]), 4),
            "seconds": round(seconds, 2),
        }
        print(json.dumps(table), flush=True)


def drawn(y: NDArray[np.int64], count: int, seed: int) -> NDArray[np.int64]:
    """Photos that are labelled: so many of each class, at most half of it."""
    rng = np.random.default_rng([count, seed])
    rows = [np.flatnonzero(y == number) for number in np.unique(y)]
    return np.concatenate([rng.permutation(each)[: min(count, len(each) // 2)] for each in rows])


def judged(probabilities: Floats, y: NDArray[np.int64]) -> tuple[float, float, float]:
    """The share that is right, the mean of those of all classes, and the expected calibration error."""
    found, certainty = probabilities.argmax(axis=1), probabilities.max(axis=1)
    right = found == y
    bins = np.minimum((certainty * BINS).astype(int), BINS - 1)
    error = sum(abs(right[bins == each].sum() - certainty[bins == each].sum()) for each in range(BINS)) / len(y)
    return float(right.mean()), float(np.mean([right[y == each].mean() for each in np.unique(y)])), float(error)


def by_codes(photos: Indexed, labels: Labels) -> dict[str, Floats]:
    """Logistic regression."""
    return {"": sort_photos(photos, labels).probabilities}


def by_tuning(photos: Indexed, labels: Labels, coder: Coder) -> dict[str, Floats]:
    """The last level of the encoder learns as well."""
    before = sort_photos(photos, labels)
    tuned = fine_tune(photos, labels, coder, before, always=True)
    return {"": (tuned.sorting if tuned.helped else before).probabilities, " always": tuned.sorting.probabilities}


def from_nothing(photos: Indexed, labels: Labels, classes: list[str], coder: Coder) -> dict[str, Floats]:
    """The layers of the encoder with random weights, trained on labelled photos alone."""
    torch.manual_seed(0)
    net = Small(coder, len(classes))
    rows = [row for row, digest in enumerate(photos.digests) if digest in labels.by_digest]
    x = torch.from_numpy(photos.smalls(rows)).permute(0, 3, 1, 2).float() / 255
    y = torch.tensor([classes.index(labels.by_digest[photos.digests[row]]) for row in rows])
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    epoch = -(-len(rows) // 32)
    epochs = min(EPOCHS, STEPS // epoch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=epochs * epoch)
    generator = torch.Generator().manual_seed(0)
    for _ in range(epochs):
        for some in torch.randperm(len(rows), generator=generator).split(32):  # type: ignore[no-untyped-call]
            loss = F.cross_entropy(net(varied(x[some], generator)), y[some], label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    found = []
    with torch.inference_mode():
        for start in range(0, len(photos), 64):
            some = photos.smalls(range(start, min(start + 64, len(photos))))
            found.append(net(torch.from_numpy(some).permute(0, 3, 1, 2).float() / 255).softmax(dim=1).numpy())
    return {"": np.concatenate(found)}


class Small(nn.Module):
    """The encoder of a photo autoencoder as nobody trained it, and a linear layer."""

    def __init__(self, coder: Coder, classes: int) -> None:
        super().__init__()
        self.encoder = PhotoAutoencoder(code=coder.length)
        self.head = nn.Linear(coder.length, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (N, K)."""
        return self.head(F.gelu(self.encoder.encode(x)))  # type: ignore[no-any-return]


def squeezed(paths: list[Path], work: Path) -> Levels:
    """The whole photos at 128×128 pixels; kept in the folder for the next time."""
    digest = hashlib.sha256("\n".join(str(path.absolute()) for path in paths).encode()).hexdigest()[:16]
    kept = work / f"explore-sort-{digest}.npy"
    if kept.is_file():
        return np.asarray(np.load(kept))
    found = np.stack([small(path) for path in paths])
    work.mkdir(parents=True, exist_ok=True)
    np.save(kept, found)
    return found


def small(path: Path) -> Levels:
    """One photo squeezed to a square."""
    pixels = (to_rgb(read_preview(path, 2 * SIDE).pixels) * 255).round().astype(np.uint8)
    return np.asarray(cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA))


def components(smalls: Levels, count: int) -> Floats:
    """The principal components of the pixels at a quarter of the side: finer ones are in none of the first."""
    from sklearn.decomposition import PCA

    quarter = smalls.reshape(len(smalls), SIDE // 4, 4, SIDE // 4, 4, 3).mean(axis=(2, 4)).reshape(len(smalls), -1)
    return np.asarray(PCA(min(count, len(smalls)), random_state=0).fit_transform(quarter / 255), dtype=np.float32)


def indexed(paths: list[Path], smalls: Levels, codes: Floats, coder: Coder) -> Indexed:
    """Those photos, as if they had been indexed."""
    count = len(paths)
    zeros = np.zeros(count, dtype=np.float32)
    return Indexed(
        paths=tuple(paths),
        digests=tuple(f"{number:064x}" for number in range(count)),
        sizes=((SIDE, SIDE),) * count,
        taken=(None,) * count,
        sharpness=zeros,
        codes=codes,
        errors=zeros,
        smalls=lambda rows: smalls[list(rows)],
        model=coder.name,
        model_digest=coder.digest,
    )


if __name__ == "__main__":
    main()
