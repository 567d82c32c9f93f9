"""Measures how well holes are painted, beside OpenCV's two inpainters.

    python benchmarks/inpaint.py PHOTOS [--write] [--pictures FOLDER]

PHOTOS is a folder of clean pictures, such as the 24 of the Kodak Lossless True Color Suite. In each, random strokes,
spots and boxes hide 1, 5 and 15 percent; the seeds are fixed, and the shapes are drawn here, not by what training uses.
PSNR is that of the hidden pixels, and what is painted goes through the tool itself. `--write` puts the table into the
model's card, `--pictures` keeps what came out to look at.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.mask import Mask
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo, to_depth
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.progress import Progress
from aestudio.tasks.painting import MODEL, painted_over

SHARES = (0.01, 0.05, 0.15)
INPAINTERS = {"Telea": cv2.INPAINT_TELEA, "Navier-Stokes": cv2.INPAINT_NS}
RADIUS = 3


def main() -> None:
    """Print the table, and write it into the card if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into the card")
    parser.add_argument("--pictures", type=Path, default=None, help="folder for what came out")
    args = parser.parse_args()
    paths = photo_paths(args.photos)
    rows: dict[str, list[float]] = {}
    for number, path in enumerate(paths):
        clean = Photo(to_depth(read_photo(path).pixels[..., :3], 8))
        for share in SHARES:
            hole = random_mask(clean.height, clean.width, share, 1000 * number + round(1000 * share))
            holed = clean.pixels.copy()
            holed[hole > 0] = 255
            painted = {name: cv2.inpaint(holed, hole, RADIUS, flag) for name, flag in INPAINTERS.items()}
            painted["ours"] = painted_by_the_tool(holed, hole)
            for name, pixels in painted.items():
                rows.setdefault(f"{share:.0%} hidden, {name}, dB", []).append(psnr(pixels, clean.pixels, hole))
            if args.pictures:
                args.pictures.mkdir(parents=True, exist_ok=True)
                side_by_side = np.concatenate((holed, painted["Telea"], painted["ours"], clean.pixels), axis=1)
                write_photo(Photo(side_by_side), args.pictures / f"{path.stem}-{share:g}.png", overwrite=True)
    table = {name: round(float(np.mean(values)), 2) for name, values in rows.items()}
    print(json.dumps(table, indent=2))
    if args.write:
        card = ModelCard.read(card_path(MODEL))
        scores = {**card.scores, f"{len(paths)} photos of {args.photos.name}": table}
        scores["measured by"] = "python benchmarks/inpaint.py PHOTOS --write"
        card_path(MODEL).write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


def painted_by_the_tool(holed: np.ndarray, hole: Mask) -> np.ndarray:
    """What the tool paints; the hidden pixels are not shown to it."""
    survey = painted_over(Photo(holed), PaintedMask.of(hole), Progress())
    photo, pixels, hidden = Photo(holed), holed.copy(), hole > 0
    rgb = photo.rgb(photo.box)
    survey.put_onto(rgb, photo.box)
    pixels[hidden] = np.rint(rgb[hidden] * 255).astype(np.uint8)
    return pixels


def random_mask(height: int, width: int, share: float, seed: int) -> Mask:
    """Strokes, spots and boxes that hide about that share, the same for the same seed."""
    rng = np.random.default_rng(seed)
    mask = np.zeros((height, width), np.uint8)
    while (mask > 0).mean() < share:
        kind, before = int(rng.integers(4)), mask.copy()
        x, y = int(rng.integers(width)), int(rng.integers(height))
        if kind == 0:
            end = x + int(rng.normal(0, 90)), y + int(rng.normal(0, 90))
            cv2.line(mask, (x, y), end, 255, int(rng.integers(1, 10)))
        elif kind == 1:
            steps = np.cumsum(rng.normal(0, 25, (int(rng.integers(3, 10)), 2)), axis=0) + np.array((x, y))
            cv2.polylines(mask, [steps.astype(np.int32)], False, 255, int(rng.integers(3, 20)))
        elif kind == 2:
            cv2.circle(mask, (x, y), int(rng.integers(2, 24)), 255, -1)
        else:
            cv2.rectangle(mask, (x, y), (x + int(rng.integers(6, 50)), y + int(rng.integers(6, 50))), 255, -1)
        if (mask > 0).mean() > 1.3 * share:  # too much at once
            mask = before
    return mask


def psnr(pixels: np.ndarray, clean: np.ndarray, hole: Mask) -> float:
    """Of the hidden pixels, in dB."""
    error = (pixels[hole > 0].astype(np.float64) - clean[hole > 0]) / 255
    return float(-10 * np.log10(max(float(np.square(error).mean()), 1e-9)))


if __name__ == "__main__":
    main()
