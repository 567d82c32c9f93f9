"""Measures how much of a photo codes of each length keep, beside principal components of the same pictures.

    python benchmarks/explore_codes.py PHOTOS WORK [--eval FOLDER] [--model NAME] [--models FOLDER] [--write]

PHOTOS is a folder of photographs with sub-folders. Principal components are fitted to all but 120 of them, and judged
on those and on the photos in the --eval folder, such as the 24 of the Kodak Lossless True Color Suite, each whole
photo squeezed to 128×128 pixels. WORK keeps what was read of them, for the next time. Every model of photo codes that
is there is measured, or the one named. Prints JSON lines: PSNR in dB and mean squared error (values in [0, 1]), means
over the photos, for codes of 2 to 128 numbers; of the photos as they are, with white noise (sigma 25, in 8-bit levels)
and with a fifth of the pixels black, always against the clean ones. With --write, the figures of the --eval photos go
into the cards of the models.

The models may have learnt from PHOTOS, those that are held out from the components included: fair to both are the
--eval photos alone.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from aestudio.errors import WeightsError
from aestudio.explore.coder import Coder
from aestudio.explore.compare import split_photos
from aestudio.explore.components import Components, decibels, fit_components, squared_errors
from aestudio.explore.index import index
from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.explore.store import Store
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.progress import Progress

MODELS = ("photo-autoencoder", "photo-denoising-autoencoder", "photo-vae")
LENGTHS = (2, 4, 8, 16, 32, 64, 128)
SIGMA = 25
BLACK = 0.2
_AT_ONCE = 64
_COMMAND = "python benchmarks/explore_codes.py PHOTOS WORK --eval FOLDER --write"

Table = dict[str, dict[str, float]]


def main() -> None:
    """Print the figures, and write them into the cards if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--eval", type=Path, default=None, help="folder of photos that nothing has learnt from")
    parser.add_argument("--model", action="append", default=None, help="all of photo codes by default")
    parser.add_argument("--models", type=Path, default=None, help="folder of the models")
    parser.add_argument("--write", action="store_true", help="put the figures into the cards")
    args = parser.parse_args()
    folders = (args.models,) if args.models else None
    coders = [coder for name in args.model or MODELS if (coder := loaded(name, folders))]
    if not coders:
        parser.error("there is no model of photo codes")
    store = Store(args.work)
    photos = index([args.photos], coders[0], store, Progress())
    split = split_photos(photos)
    components = fit_components(photos.smalls, split.fitted)
    seconds = round(components.seconds, 1)
    tell("PCA", fitted_to=components.photos, of=len(photos), components=components.length, seconds=seconds)
    judged: dict[str, tuple[Indexed, Sequence[int]]] = {}
    if args.eval:
        whole = index([args.eval], coders[0], store, Progress())
        judged[f"{len(whole)} whole photos of {args.eval.name}"] = whole, range(len(whole))
    judged[f"{len(split.held_out)} photos held out"] = photos, split.held_out
    tables: dict[str, dict[str, dict[str, Table]]] = {}
    for title, (some, rows) in judged.items():
        for damage, degrade in DAMAGES.items():
            for name, code, again in ((c.name, c.encode, c.decode) for c in coders):
                tables.setdefault(title, {}).setdefault(name, {})[damage] = table(some, rows, degrade, code, again)
            tables[title].setdefault("PCA", {})[damage] = table(
                some, rows, degrade, components.encode, partial(decoded_by, components)
            )
            for name, each in tables[title].items():
                tell(name, photos=title, input=damage, figures=each[damage])
    if args.write and args.eval:
        title = next(iter(judged))
        for coder in coders:
            write(coder.name, folders, title, tables[title], components)


def loaded(name: str, folders: tuple[Path, ...] | None) -> Coder | None:
    """A model, if it is there."""
    try:
        return Coder.load(name, folders)
    except WeightsError as exc:
        print(json.dumps({"name": name, "skipped": str(exc)}), flush=True)
        return None


def tell(name: str, **facts: Any) -> None:
    """One JSON object on a line."""
    print(json.dumps({"name": name, **facts}), flush=True)


def decoded_by(components: Components, codes: Floats, length: int) -> Levels:
    """As a model decodes."""
    return components.decode(codes, length)


# what is done to photos before they are encoded


def with_noise(smalls: Levels, rng: np.random.Generator) -> Levels:
    """White noise, rounded and clipped as in a file."""
    noise = rng.standard_normal(smalls.shape, dtype=np.float32) * SIGMA
    return (smalls + noise).round().clip(0, 255).astype(np.uint8)


def with_holes(smalls: Levels, rng: np.random.Generator) -> Levels:
    """Some pixels black, in all colours."""
    return smalls * (rng.random((*smalls.shape[:3], 1)) >= BLACK).astype(np.uint8)


DAMAGES: dict[str, Callable[[Levels, np.random.Generator], Levels]] = {
    "clean": lambda smalls, rng: smalls,
    f"noise, sigma {SIGMA}": with_noise,
    f"{BLACK:.0%} of the pixels black": with_holes,
}


def table(
    photos: Indexed,
    rows: Sequence[int],
    degrade: Callable[[Levels, np.random.Generator], Levels],
    encode: Callable[[Levels], Floats],
    decode: Callable[[Floats, int], Levels],
) -> Table:
    """PSNR and mean squared error for each length of code."""
    errors: dict[int, list[Floats]] = {length: [] for length in LENGTHS}
    for start in range(0, len(rows), _AT_ONCE):
        clean = photos.smalls(rows[start : start + _AT_ONCE])
        codes = encode(degrade(clean, np.random.default_rng(start)))
        for length, found in errors.items():
            found.append(squared_errors(clean, decode(codes, length)))
    result: Table = {"PSNR in dB": {}, "mean squared error": {}}
    for length, found in errors.items():
        every = np.concatenate(found)
        result["PSNR in dB"][f"{length} numbers"] = round(float(decibels(every).mean()), 2)
        result["mean squared error"][f"{length} numbers"] = round(float(every.mean()), 5)
    return result


def write(
    name: str, folders: tuple[Path, ...] | None, title: str, tables: dict[str, dict[str, Table]], components: Components
) -> None:
    """Put the figures of a model, beside those of PCA, into its card."""
    path = card_path(name, folders)
    card = ModelCard.read(path)
    scores = {
        **card.scores,
        title: {
            "this model": tables[name],
            f"PCA fitted to {components.photos} photos": tables["PCA"],
            "measured by": _COMMAND,
        },
    }
    path.write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
