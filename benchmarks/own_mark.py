"""Measures how well a photographer's own mark comes off, given its logo or a folder of photos that carry it.

    python benchmarks/own_mark.py PHOTOS [--roll FOLDER] [--write]

PHOTOS is a folder of clean pictures, such as the 24 of the Kodak Lossless True Color Suite. A logo is laid over each,
at its own size and at others, upright and turned, saved without loss and as JPEG of quality 90, and taken off again by
the tool; PSNR is that of the pixels under the mark. Beside it stands what the tool does without the logo. With
`--roll`, a folder of other photos, 50 of them are given the mark at one place; it is learnt from them, and taken off
each of PHOTOS. `--write` puts the table into the card of the tool's model.
"""

import argparse
import io
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine.restorer import Restorer
from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.photo import Photo, RgbTile, to_depth, to_rgb
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress
from aestudio.tasks.known_mark import KnownMark, Placement, laid
from aestudio.tasks.learn_mark import learn_mark
from aestudio.tasks.unwatermark import Unwatermark, UnwatermarkSettings

LEARNT_FROM = 50
ROLL_SIZE = 500, 500


@dataclass(frozen=True)
class Way:
    """How the logo is laid, and how the photo is saved."""

    name: str
    sizes: tuple[float, float]
    turns: float  # degrees to either side
    opacities: tuple[float, float]
    quality: int | None


WAYS = (
    Way("own size, no loss", (1, 1), 0, (0.2, 0.9), None),
    Way("sizes 0.6 to 1.6, no loss", (0.6, 1.6), 0, (0.2, 0.9), None),
    Way("sizes 0.6 to 1.6, turned by up to 5°, no loss", (0.6, 1.6), 5, (0.2, 0.9), None),
    Way("own size, opacity 0.5, JPEG 90", (1, 1), 0, (0.5, 0.5), 90),
    Way("sizes 0.6 to 1.6, opacity 0.5, JPEG 90", (0.6, 1.6), 0, (0.5, 0.5), 90),
)


def main() -> None:
    """Print the table, and write it into the card if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--roll", type=Path, default=None, help="photos that the mark is learnt from")
    parser.add_argument("--write", action="store_true", help="put the table into the card")
    args = parser.parse_args()
    path = card_path("unwatermark")
    restorer = Restorer(load_model(path, torch.device("cpu")))
    paths = photo_paths(args.photos)
    photos = [to_rgb(read_photo(each).pixels) for each in paths]
    table: dict[str, Any] = {way.name: measured(restorer, photos, way) for way in WAYS}
    if args.roll:
        table["learnt from 50 photos, opacity 0.5, JPEG 95"] = learnt(restorer, photos, args.roll)
    print(json.dumps(table, indent=2))
    if args.write:
        card = ModelCard.read(path)
        scores = {**card.scores, f"own mark, {len(paths)} photos of {args.photos.name}": table}
        path.write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


def logo() -> KnownMark:
    """A ring, three letters and a line, in two colours."""
    cover = np.zeros((90, 220), np.uint8)
    cv2.circle(cover, (44, 44), 34, 255, 7, cv2.LINE_AA)
    cv2.putText(cover, "Noor", (92, 56), cv2.FONT_HERSHEY_DUPLEX, 1.5, 255, 3, cv2.LINE_AA)
    cv2.line(cover, (92, 72), (210, 72), 255, 3, cv2.LINE_AA)
    colour = np.ones((90, 220, 3), np.float32)
    colour[:, :84] = (1.0, 0.85, 0.3)
    return KnownMark("noor", cover.astype(np.float32) / np.float32(255), colour)


def measured(restorer: Restorer, photos: list[RgbTile], way: Way) -> dict[str, float]:
    """Means over photos, in dB under the mark; and how many marks were found."""
    mark, found, worst = logo(), 0, np.inf
    rows: dict[str, list[float]] = {"marked": [], "with the logo": [], "without it": []}
    for number, clean in enumerate(photos):
        rng = np.random.default_rng(number)
        height, width = clean.shape[:2]
        scale, angle = float(rng.uniform(*way.sizes)), float(rng.uniform(-way.turns, way.turns))
        room = [side - part * scale for side, part in zip((height, width), mark.cover.shape, strict=True)]
        y, x = (int(rng.uniform(8, max(9, space - 8))) for space in room)
        placement = Placement(x, y, scale, angle, 0.0, opacity=float(rng.uniform(*way.opacities)))
        photo, truth, covered = marked(clean, mark, placement, way.quality)
        rows["marked"].append(psnr(to_rgb(photo.pixels), truth, covered))
        for name, settings in (
            ("with the logo", UnwatermarkSettings(logo=mark)),
            ("without it", UnwatermarkSettings()),
        ):
            result = restorer.restore(photo, Unwatermark(), settings, Progress())
            rows[name].append(psnr(to_rgb(result.full.pixels), truth, covered))
            if settings.logo is not None:
                found += not result.untouched
                worst = min(worst, rows[name][-1])
    means = {name: round(float(np.mean(values)), 2) for name, values in rows.items()}
    return {**means, "worst with the logo": round(float(worst), 2), "found": found, "photos": len(photos)}


def learnt(restorer: Restorer, photos: list[RgbTile], roll: Path) -> dict[str, float]:
    """The same with a mark that is learnt from other photos."""
    mark = logo()
    placement = Placement(260, 380, 1.0, 0.0, 0.0, opacity=0.5)
    with tempfile.TemporaryDirectory() as folder:
        paths: list[Path] = []
        for source in photo_paths(roll):
            rgb = to_rgb(read_photo(source).pixels)
            if rgb.shape[0] < ROLL_SIZE[0] or rgb.shape[1] < ROLL_SIZE[1]:
                continue
            photo, _, _ = marked(np.ascontiguousarray(rgb[: ROLL_SIZE[0], : ROLL_SIZE[1]]), mark, placement, 95)
            paths.append(write_photo(photo, Path(folder) / f"{len(paths)}.png"))
            if len(paths) == LEARNT_FROM:
                break
        known = learn_mark(paths, "roll", Progress()).mark
    rows: dict[str, list[float]] = {"marked": [], "with the learnt mark": []}
    for clean in photos:
        photo, truth, covered = marked(clean, mark, placement, 95)
        result = restorer.restore(photo, Unwatermark(), UnwatermarkSettings(learn_from=known), Progress())
        rows["marked"].append(psnr(to_rgb(photo.pixels), truth, covered))
        rows["with the learnt mark"].append(psnr(to_rgb(result.full.pixels), truth, covered))
    means = {name: round(float(np.mean(values)), 2) for name, values in rows.items()}
    return {**means, "learnt from": len(paths), "photos": len(photos)}


def marked(
    clean: RgbTile, mark: KnownMark, placement: Placement, quality: int | None
) -> tuple[Photo, RgbTile, NDArray[np.bool_]]:
    """The photo with its mark, the truth through the same file, and what is covered."""
    cover, colour = laid(mark, placement, *clean.shape[:2])
    alpha = (placement.opacity * np.clip(cover, 0, 1))[..., None]
    dirty = clean * (1 - alpha) + colour * alpha
    return Photo(saved(dirty, quality)), to_rgb(saved(clean, quality)), alpha[..., 0] > 0.02


def saved(rgb: RgbTile, quality: int | None) -> NDArray[np.uint8]:
    """At 8 bits, through a JPEG file if there is a quality."""
    pixels: NDArray[np.uint8] = to_depth(rgb.astype(np.float32), 8)
    if quality is not None:
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=quality)
        pixels = np.asarray(Image.open(file))
    return pixels


def psnr(rgb: RgbTile, truth: RgbTile, covered: NDArray[np.bool_]) -> float:
    """Of the covered pixels, in dB."""
    return float(-10 * np.log10(max(float(np.square(rgb - truth)[covered].mean()), 1e-9)))


if __name__ == "__main__":
    main()
