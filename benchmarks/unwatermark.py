"""Measures how well watermarks are found and removed, on photos and marks that no model has seen.

    python benchmarks/unwatermark.py PHOTOS [--rounds 4] [--write] [--pictures FOLDER]

PHOTOS is a folder of clean pictures, such as the 24 of the Kodak Lossless True Color Suite. Each is marked `rounds`
times (see drawn_marks.py) and goes through the tool itself. Beside it stand doing nothing, and OpenCV's two inpainters,
which are told the true mask. Photos without a mark, whole and in parts, are counted where a mark is found all the same.
`--write` puts the table into the model's card, `--pictures` keeps what came out to look at.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from drawn_marks import Case, Rgb, draw_case
from numpy.typing import NDArray

from aestudio.engine.restorer import Restorer
from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.photo import Photo, to_depth, to_rgb
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress
from aestudio.tasks.unwatermark import Unwatermark, UnwatermarkSettings

INPAINTERS = {"Telea": cv2.INPAINT_TELEA, "Navier-Stokes": cv2.INPAINT_NS}
RADIUS = 3


def main() -> None:
    """Print the table, and write it into the card if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--write", action="store_true", help="put the table into the card")
    parser.add_argument("--pictures", type=Path, default=None, help="folder for what came out")
    args = parser.parse_args()
    path = card_path("unwatermark")
    restorer = Restorer(load_model(path, torch.device("cpu")))
    paths = photo_paths(args.photos)
    photos = {p.stem: to_rgb(read_photo(p).pixels) for p in paths}
    table = {
        "marked photos": measured(restorer, photos, args.rounds, args.pictures),
        "unmarked photos": unmarked(restorer, photos),
    }
    print(json.dumps(table, indent=2))
    if args.write:
        card = ModelCard.read(path)
        scores = {**card.scores, f"{len(paths)} photos of {args.photos.name}": table}
        scores["measured by"] = "python benchmarks/unwatermark.py PHOTOS --write"
        path.write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


def restored(restorer: Restorer, rgb: Rgb) -> tuple[Rgb, bool]:
    """What the tool makes of a picture, and whether it left it alone."""
    photo = Photo(to_depth(rgb, 8))
    result = restorer.restore(photo, Unwatermark(), UnwatermarkSettings(), Progress())
    return to_rgb(result.full.pixels), result.untouched


def measured(restorer: Restorer, photos: dict[str, Rgb], rounds: int, pictures: Path | None) -> dict[str, float]:
    """PSNR of the whole picture and under the mark in dB, and F1 of the mask: pixels that were changed."""
    rows: dict[str, list[float]] = {}
    hits = said = there = 0
    for number, (name, clean) in enumerate(photos.items()):
        for turn in range(rounds):
            case = draw_case(clean, 100 * number + turn)
            ours, _ = restored(restorer, case.marked)
            changed = np.abs(ours - case.marked).max(axis=2) > 0.5 / 255
            hits += int((changed & case.covered).sum())
            said += int(changed.sum())
            there += int(case.covered.sum())
            score(rows, "ours", ours, case)
            score(rows, "doing nothing", case.marked, case)
            mask = cv2.dilate(case.covered.astype(np.uint8), np.ones((3, 3), np.uint8))
            for inpainter, flag in INPAINTERS.items():
                painted = cv2.inpaint(to_depth(case.marked, 8), mask, RADIUS, flag)
                score(rows, f"{inpainter}, told the mask", painted.astype(np.float32) / np.float32(255), case)
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                side_by_side = np.concatenate((case.marked, ours, case.clean), axis=1)
                write_photo(Photo(to_depth(side_by_side, 8)), pictures / f"{name}-{turn}.png", overwrite=True)
    table = {what: round(float(np.mean(values)), 3) for what, values in rows.items()}
    table["F1 of the mask"] = round(2 * hits / max(said + there, 1), 3)
    return table


def score(rows: dict[str, list[float]], what: str, rgb: Rgb, case: Case) -> None:
    """PSNR, means over photos; under faint marks by themselves, where something is left to see through."""
    error = np.square(rgb - case.clean).mean(axis=2)
    rows.setdefault(f"{what}: whole, dB", []).append(decibels(error))
    rows.setdefault(f"{what}: under the mark, dB", []).append(decibels(error[case.covered]))
    if case.opacity < 0.8:
        rows.setdefault(f"{what}: under marks of opacity below 0.8, dB", []).append(decibels(error[case.covered]))


def decibels(error: NDArray[np.floating[Any]]) -> float:
    """PSNR of a mean squared error in [0, 1]."""
    return float(-10 * np.log10(max(float(error.mean()), 1e-7)))


def unmarked(restorer: Restorer, photos: dict[str, Rgb]) -> dict[str, int]:
    """How many photos without a mark come back untouched: each whole, mirrored, and its two halves."""
    cases = untouched = 0
    for clean in photos.values():
        half = clean.shape[1] // 2
        for view in (clean, np.ascontiguousarray(clean[:, ::-1]), clean[:, :half].copy(), clean[:, half:].copy()):
            cases += 1
            untouched += restored(restorer, view)[1]
    return {"photos": cases, "untouched": untouched}


if __name__ == "__main__":
    main()
