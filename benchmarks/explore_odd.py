"""Measures how well planted faults are found among good photos, without any label.

    python benchmarks/explore_odd.py PHOTOS WORK [--model NAME] [--models FOLDER] [--seeds 10] [--chosen-on]

PHOTOS is a folder with the sub-folders of the training photos of docs; WORK keeps what was made of them, for the next
time. A tenth of each set of photos is given a fault, each of another kind (planted_faults.py), and some photos of a
quite different set are added: strangers. Photos go through JPEG files and are looked at as the program looks at them.
Prints JSON lines: for each set, and each way to score, the area under the ROC curve in percent for each kind of fault,
for all of them, and for strangers; means over the seeds, and the standard deviation of the one for all faults.

Ways to score: that of the program; the signals of the autoencoder alone, and those of the picture alone; each signal;
and the same with principal components in the place of the autoencoder, of codes of the same length, learnt from the
clean photos of all sets (as the autoencoder may have) or from the folder itself with its faults. What the score is made
of was chosen on the sets that `--chosen-on` measures; the others are reported.
"""

import argparse
import json
import time
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from planted_faults import FAULTS
from sklearn.metrics import roc_auc_score

from aestudio.explore.coder import MODEL, Coder
from aestudio.explore.components import Components, fit_components, squared_errors
from aestudio.explore.index import look_at
from aestudio.explore.odd import REASONS, Doubles, Odd, Reason, from_measures, measures
from aestudio.explore.photos import Floats, Levels
from aestudio.images.io import read_preview
from aestudio.images.photo import screen_pixels

CHOSEN_ON: Mapping[str, tuple[str, ...]] = {"bsds": ("bsds",), "objects": ("objects",)}
REPORTED: Mapping[str, tuple[str, ...]] = {
    "landscapes": ("wallpapers", "cc0", "clic"),
    "mixed": ("cid22",),
    "people": ("clothing",),
}
STRANGERS: Mapping[str, str] = {  # the set that they are of
    "bsds": "people",
    "objects": "landscapes",
    "landscapes": "people",
    "mixed": "people",
    "people": "landscapes",
}
KINDS = tuple(FAULTS)
LARGE = 640  # pixels of the longer side of photos that are given faults
MOST = 160  # photos of a set
FAULTY, STRANGE = 0.1, 0.03  # shares of a set


def look(path: Path) -> Levels | None:
    """A photo, and the same with each fault: (1 + kinds, 128, 128, 3)."""
    pixels = screen_pixels(read_preview(path, LARGE))
    photo = np.ascontiguousarray(np.repeat(pixels[..., :1], 3, axis=2) if pixels.shape[2] < 3 else pixels[..., :3])
    seed = zlib.crc32(path.name.encode())
    faulty = [fault(photo, np.random.default_rng([seed, kind])) for kind, fault in enumerate(FAULTS.values())]
    smalls = []
    for each in (photo, *faulty):
        file = BytesIO()
        Image.fromarray(each).save(file, "jpeg", quality=92)
        _, small = look_at(path.with_suffix(".jpg"), file.getvalue())
        smalls.append(np.asarray(Image.open(BytesIO(small)).convert("RGB")))
    return np.stack(smalls)


def read_set(photos: Path, folders: tuple[str, ...], kept: Path) -> Levels:
    """All photos of a set with all faults: (P, 1 + kinds, 128, 128, 3); from a file where that was done before."""
    if kept.is_file():
        return np.asarray(np.load(kept))
    paths = [path for folder in folders for path in sorted((photos / folder).iterdir()) if path.is_file()]
    chosen = sorted(np.random.default_rng(0).permutation(len(paths))[:MOST].tolist())
    with ThreadPoolExecutor(2) as pool:
        found = np.stack([each for each in pool.map(look, (paths[row] for row in chosen)) if each is not None])
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part.npy")
    np.save(part, found)
    part.replace(kept)
    return found


class Coded:
    """What is known of all photos and faults of a set: (P, 1 + kinds, …) each."""

    def __init__(self, smalls: Levels, coder: Coder) -> None:
        self.smalls = smalls
        count, versions = smalls.shape[:2]
        flat = smalls.reshape(-1, *smalls.shape[2:])
        codes, errors = coder.encode_with_errors(flat)
        self.codes, self.errors = codes.reshape(count, versions, -1), errors.reshape(count, versions)
        self.measures = measures(flat).reshape(count, versions, -1)


class Planted:
    """One folder: a set with faults, and strangers."""

    def __init__(self, own: Coded, other: Coded, seed: int) -> None:
        chance = np.random.default_rng(seed)
        count = len(own.errors)
        version = np.zeros(count, np.int64)
        faulty = chance.permutation(count)[: max(len(KINDS), round(FAULTY * count))]
        version[faulty] = 1 + (np.arange(len(faulty)) + int(chance.integers(len(KINDS)))) % len(KINDS)
        strange = chance.permutation(len(other.errors))[: max(3, round(STRANGE * count))]
        rows = np.arange(count)

        def taken(name: str) -> NDArray[Any]:
            return np.concatenate([getattr(own, name)[rows, version], getattr(other, name)[strange, 0]])

        self.codes: Floats = taken("codes")
        self.errors: Floats = taken("errors")
        self.measures: Doubles = taken("measures")
        self.smalls: Levels = taken("smalls")
        self.kind = np.concatenate([version, np.full(len(strange), len(KINDS) + 1)])

    def odd(self) -> Odd:
        """As the program finds it."""
        return from_measures(self.codes, self.errors, self.measures)

    def odd_by(self, components: Components) -> Odd:
        """The same by principal components."""
        codes = components.encode(self.smalls)
        return from_measures(codes, squared_errors(components.decode(codes), self.smalls), self.measures)

    def areas(self, scores: Floats) -> list[float]:
        """Under the ROC curves: of each kind, of all faults, of strangers."""
        good = self.kind == 0
        groups = [self.kind == kind for kind in range(1, len(KINDS) + 1)]
        groups += [(self.kind > 0) & (self.kind <= len(KINDS)), self.kind > len(KINDS)]
        return [
            100 * float(roc_auc_score(group[good | group], scores[good | group])) if group.any() else np.nan
            for group in groups
        ]


def part(odd: Odd, *reasons: Reason) -> Floats:
    """The score that only some of the signals would give."""
    return np.asarray(np.abs(odd.signals[:, [REASONS.index(reason) for reason in reasons]]).max(axis=1))


def ways(planted: Planted, learnt: Components) -> dict[str, Floats]:
    """All scores of the photos of a folder."""
    code, error = Reason.CODE, Reason.ERROR
    plain = [reason for reason in REASONS if reason not in (code, error)]
    odd, by_pca = planted.odd(), planted.odd_by(learnt)
    by_own = planted.odd_by(fit_components(lambda rows: planted.smalls[list(rows)], range(len(planted.kind))))
    found = {
        "the program": odd.scores,
        "autoencoder alone": part(odd, code, error),
        "picture alone": part(odd, *plain),
        "picture and code": part(odd, *plain, code),
        "picture and error": part(odd, *plain, error),
        "error as it is": planted.errors,
    }
    found |= {f"signal {reason.value}": part(odd, reason) for reason in REASONS}
    for name, each in (("PCA of all photos", by_pca), ("PCA of the folder", by_own)):
        found |= {
            f"{name}, with picture": each.scores,
            f"{name}, alone": part(each, code, error),
            f"{name}, error": part(each, error),
            f"{name}, code": part(each, code),
        }
    codes = learnt.encode(planted.smalls)
    found["PCA of all photos, error as it is"] = squared_errors(learnt.decode(codes), planted.smalls)
    return found


def main() -> None:
    """Print a line for each set and way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--models", type=Path, default=None, help="folder of that model")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--chosen-on", action="store_true", help="the sets that the score was chosen on")
    args = parser.parse_args()
    coder = Coder.load(args.model, (args.models,) if args.models else None)
    sets = {**REPORTED, **(CHOSEN_ON if args.chosen_on else {})}
    coded = {}
    for name, folders in sets.items():
        smalls = read_set(args.photos, folders, args.work / f"odd-{name}.npy")
        coded[name] = Coded(smalls, coder)
    clean = np.concatenate([each.smalls[:, 0] for each in coded.values()])
    learnt = fit_components(lambda rows: clean[list(rows)], range(len(clean)), most=coder.length)
    for name in CHOSEN_ON if args.chosen_on else REPORTED:
        rows: dict[str, list[list[float]]] = {}
        started = time.perf_counter()
        for seed in range(args.seeds):
            planted = Planted(coded[name], coded[STRANGERS[name]], seed)
            for way, scores in ways(planted, learnt).items():
                rows.setdefault(way, []).append(planted.areas(scores))
        for way, areas in rows.items():
            table = np.array(areas)
            means = dict(zip((*KINDS, "all faults", "strangers"), np.nanmean(table, axis=0).round(1), strict=True))
            spread = round(float(table[:, len(KINDS)].std()), 1)
            facts = {"set": name, "photos": len(coded[name].errors), "way": way, "model": coder.digest[:8]}
            print(json.dumps({**facts, **means, "deviation": spread}), flush=True)
        print(json.dumps({"set": name, "seconds": round(time.perf_counter() - started, 1)}), flush=True)


if __name__ == "__main__":
    main()
