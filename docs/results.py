"""Shows what two sets of weights make of twenty pictures for each tool, failures included.

    python docs/results.py PHOTOS BEFORE AFTER [--tool NAME] [--out docs/images]

PHOTOS is a folder of photos that are free to be shown. BEFORE and AFTER are folders of cards and weights, such as
models/. For each tool, or the one named, a sheet results-TOOL.jpg is written; a JSON table of all figures is printed.
Rows are sorted by what AFTER gains over BEFORE: the losses stand at the bottom. “Beside” in the table is what was given
as it is; where the tool paints over, OpenCV's inpainting (Telea); where it compresses, a JPEG file of the same size.

The photos may be among those that the models learnt from: this is for looking. benchmarks/ measures, on others.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
import results_tools
from results_cases import CASES_OF, Case
from results_photos import Scene, scenes_of
from results_rows import COLUMNS, SIDES, Row, in_order, row
from results_sheet import Look, write_sheet
from results_tools import Arrays, keep, kept

from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.resources import OTHER_MODELS

IMAGES = Path(__file__).resolve().parent / "images"
MODELS = {  # that each tool works with
    "denoise": ("denoise", "noise-level"),
    "colorize": ("colorize",),
    "unwatermark": ("unwatermark", "mark-finder", "inpaint"),
    "inpaint": ("inpaint",),
    "compress": ("compress",),
    "explore": ("photo-autoencoder",),
}
LOOKS = {
    "denoise": Look(
        "Denoise",
        "Parts at 100 %. PSNR of the part, in dB; how strong the noise is, in levels of 255, is found by the tool.",
        COLUMNS["denoise"],
    ),
    "colorize": Look(
        "Colorize",
        "Whole photos. Mean error in a and b of Lab; colourfulness as a share of the truth's. Dots are hints.",
        COLUMNS["colorize"],
        unit="in ab",
        whole=True,
    ),
    "unwatermark": Look(
        "Remove watermarks",
        "Parts at 100 %. PSNR of the whole photo and under the mark, in dB. Marks are found by the tool.",
        COLUMNS["unwatermark"],
    ),
    "inpaint": Look(
        "Paint over",
        "Parts at 100 %. What is pink is hidden. PSNR of that, in dB; below what was given, that of OpenCV (Telea).",
        COLUMNS["inpaint"],
    ),
    "compress": Look(
        "Compress",
        "Parts at 100 %. Bits per pixel, PSNR in dB and MS-SSIM are those of the whole photo.",
        COLUMNS["compress"],
    ),
    "explore": Look(
        "Explore: photos as codes",
        "Whole photos and parts, squeezed to 128 x 128 pixels. PSNR in dB; the gain is the mean of all lengths.",
        COLUMNS["explore"],
        whole=True,
    ),
}


def main() -> None:
    """Write the sheets, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("before", type=Path, help="folder of cards and weights")
    parser.add_argument("after", type=Path, help="folder of cards and weights")
    parser.add_argument("--tool", choices=CASES_OF, action="append", help="all by default")
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the sheets")
    args = parser.parse_args()
    scenes = scenes_of(args.photos)
    if not scenes:
        parser.error(f"there are no photos in {args.photos}")
    args.out.mkdir(parents=True, exist_ok=True)
    table = {
        tool: shown(tool, scenes, (args.before, args.after), args.out / f"results-{tool}.jpg")
        for tool in args.tool or CASES_OF
    }
    print(json.dumps(table, indent=2))


def shown(tool: str, scenes: Sequence[Scene], folders: Sequence[Path], target: Path) -> dict[str, Any]:
    """Write the sheet of a tool; the result is its table."""
    cases = CASES_OF[tool](scenes)
    models = {side: versions(tool, folder) for side, folder in zip(SIDES, folders, strict=True)}
    sides: list[list[Arrays]] = []
    seconds = {}
    for side, folder in zip(SIDES, folders, strict=True):
        begin = time.monotonic()
        again = sides and models[side] == models[SIDES[0]]
        sides.append(sides[0] if again else made_with(folder, tool, cases))
        seconds[side] = round(time.monotonic() - begin)
    rows = in_order([row(tool, case, both) for case, *both in zip(cases, *sides, strict=True)])
    look = LOOKS[tool]
    if sides[0] is sides[1]:  # nothing to compare: what there is now
        look, rows = alone(look), [without_after(each, look.columns) for each in rows]
    write_sheet(target, look, rows)
    return {"models": models, "seconds": seconds, "cases": [each.figures for each in rows]}


def alone(look: Look) -> Look:
    """A sheet of one side only."""
    columns = tuple(name.replace(SIDES[0], "now") for name in look.columns if not name.endswith(SIDES[1]))
    return replace(look, columns=columns, unit="")


def without_after(row: Row, columns: Sequence[str]) -> Row:
    """A row of one side only."""
    kept = (tile for tile, name in zip(row.tiles, columns, strict=True) if not name.endswith(SIDES[1]))
    return replace(row, tiles=tuple(kept))


def made_with(folder: Path, tool: str, cases: Sequence[Case]) -> list[Arrays]:
    """What a tool makes of the cases with the models of a folder.

    In a process of its own: models are kept once they are loaded, and the parts of a tool are looked up by name.
    """
    with tempfile.TemporaryDirectory() as name:
        given, made, own = (Path(name) / each for each in ("given", "made", "own"))
        for each in (given, made, own):
            each.mkdir()
        for number, case in enumerate(cases):
            keep(given / f"{number:02}.npz", case.given)
        subprocess.run(
            [sys.executable, results_tools.__file__, tool, str(given), str(made)],
            # the user's own models would win over those of the folder
            env={**os.environ, OTHER_MODELS: str(folder.resolve()), "XDG_DATA_HOME": str(own)},
            check=True,
        )
        return [kept(path) for path in sorted(made.glob("*.npz"))]


def versions(tool: str, folder: Path) -> dict[str, str]:
    """Version and digest of the models that a tool works with."""
    cards = [ModelCard.read(card_path(name, (folder,))) for name in MODELS[tool]]
    return {card.name: f"{card.version}, {card.sha256[:12]}" for card in cards}


if __name__ == "__main__":
    main()
