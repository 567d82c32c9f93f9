"""Measures the colorizer on photos it has never seen, with 0, 1, 10 and 50 random hints.

    python benchmarks/colorize.py PHOTOS [--model CARD] [--write] [--pictures FOLDER]

PHOTOS is a folder of colour pictures, such as the 24 of the Kodak Lossless True Color Suite. Each is made grey from its
L (CIE Lab) and coloured at full size through the tool itself; hints are true colours (the mean of 9×9 pixels) at random
places, the same for every model. Beside it stand the grey picture, and hints carried to whatever lies nearest.
`--write` puts the tables into the model's card, `--pictures` keeps what came out to look at.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.engine.restorer import Restorer
from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.lab import lab_to_rgb, rgb_to_lab
from aestudio.images.metrics import psnr
from aestudio.images.photo import Photo, to_depth, to_rgb
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress
from aestudio.tasks.base import Finding
from aestudio.tasks.colorize import Colorize, ColorizeSettings
from aestudio.tasks.hints import Hint
from aestudio.tasks.reference import reference_of

Rgb = NDArray[np.float32]

MEAN_OF = 9  # pixels: side of the square whose mean colour is a hint
FOUND_GREY = Finding(needed=True, values={"chroma": 0.0}, summary="")


def main() -> None:
    """Print the table, and write it into the card if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--model", type=Path, default=None, help="card; the installed colorizer by default")
    parser.add_argument("--hints", default="0,1,10,50", help="how many, for each table")
    parser.add_argument("--write", action="store_true", help="put the table into the card")
    parser.add_argument("--pictures", type=Path, default=None, help="folder for what came out with 0 and 10 hints")
    args = parser.parse_args()

    path = args.model or card_path("colorize")
    restorer = Restorer(load_model(path, torch.device("cpu")), precision=torch.float32)
    paths = photo_paths(args.photos)
    photos = {p.stem: to_rgb(read_photo(p).pixels) for p in paths}
    table = measured(restorer, photos, [int(count) for count in args.hints.split(",")], args.pictures)
    print(json.dumps(table, indent=2))
    if args.write:
        card = ModelCard.read(path)
        scores = {**card.scores, f"{len(paths)} photos of {args.photos.name}": table}
        scores["measured by"] = "python benchmarks/colorize.py PHOTOS --write"
        path.write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


def measured(
    restorer: Restorer, photos: Mapping[str, Rgb], counts: Sequence[int], pictures: Path | None
) -> dict[str, Any]:
    """The means over all photos, by number of hints; at last without hints, each guided by its own true colours."""
    table: dict[str, Any] = {}
    for count in (*counts, None):
        rows: dict[str, list[float]] = {}
        for index, (name, clean) in enumerate(photos.items()):
            lab = rgb_to_lab(to_tensor(clean))
            grey = coloured(lab[:, :1], torch.zeros_like(lab[:, 1:]))
            if count is None:
                settings, hints = ColorizeSettings(reference=reference_of(Photo(clean), name)), []
            else:
                hints = random_hints(lab, count, np.random.default_rng(1000 * count + index))
                settings = ColorizeSettings(hints=tuple(hints))
            guess = restorer.restore(Photo(grey), Colorize(), settings, Progress(), finding=FOUND_GREY).full.pixels
            score(rows, "ours", clean, guess)
            score(rows, "nearest hint", clean, nearest(lab, hints))
            score(rows, "grey", clean, grey)
            if pictures and count in (0, 10):
                pictures.mkdir(parents=True, exist_ok=True)
                side_by_side = np.concatenate((grey, guess, clean), axis=1)
                write_photo(Photo(to_depth(side_by_side, 8)), pictures / f"{name}-{count}.png", overwrite=True)
        means = {what: round(sum(values) / len(values), 3) for what, values in rows.items()}
        means["gain over grey, dB"] = round(means["ours: PSNR, dB"] - means["grey: PSNR, dB"], 3)
        table["the truth as reference" if count is None else f"{count} hints"] = means
    return table


def score(rows: dict[str, list[float]], what: str, clean: Rgb, rgb: Rgb) -> None:
    """PSNR, mean distance in the a-b plane, and colourfulness as a share of the truth's."""
    ab = [rgb_to_lab(to_tensor(picture))[0, 1:] for picture in (clean, rgb)]
    rows.setdefault(f"{what}: PSNR, dB", []).append(psnr(clean, rgb))
    rows.setdefault(f"{what}: error in ab", []).append(float((ab[0] - ab[1]).square().sum(0).sqrt().mean()))
    rows.setdefault(f"{what}: colourfulness", []).append(colourfulness(rgb) / colourfulness(clean))


def colourfulness(rgb: Rgb) -> float:
    """Hasler and Süsstrunk (SPIE 2003)."""
    red, green, blue = (255 * rgb[..., channel].astype(np.float64) for channel in range(3))
    rg, yb = red - green, (red + green) / 2 - blue
    return float(np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean()))


def coloured(light: torch.Tensor, ab: torch.Tensor) -> Rgb:
    """L and a, b as (H, W, 3) of sRGB."""
    return to_tile(lab_to_rgb(torch.cat((light, ab), dim=1)).clamp(0, 1))


def random_hints(lab: torch.Tensor, count: int, rng: np.random.Generator) -> list[Hint]:
    """True colours at random places."""
    height, width = lab.shape[2:]
    means = [cv2.blur(channel.numpy(), (MEAN_OF, MEAN_OF)) for channel in lab[0, 1:]]
    places = zip(rng.integers(height, size=count), rng.integers(width, size=count), strict=True)
    return [
        Hint((x + 0.5) / width, (y + 0.5) / height, float(means[0][y, x]), float(means[1][y, x])) for y, x in places
    ]


def nearest(lab: torch.Tensor, hints: Sequence[Hint]) -> Rgb:
    """Every pixel in the colour of the hint that lies nearest."""
    height, width = lab.shape[2:]
    ab = torch.zeros_like(lab[:, 1:])
    if hints:
        y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
        away = torch.stack([(y - hint.y * height) ** 2 + (x - hint.x * width) ** 2 for hint in hints])
        colours = torch.tensor([(hint.a, hint.b) for hint in hints])
        ab = colours[away.argmin(0)].permute(2, 0, 1)[None]
    return coloured(lab[:, :1], ab)


if __name__ == "__main__":
    main()
