"""Measures what each sensitivity of Remove watermarks finds, and what it leaves alone.

    python benchmarks/mark_sensitivity.py PHOTOS

PHOTOS is the folder that the finding network was trained from. How often a photo without a mark is left alone is told
by views, whole and in halves, of the photos that the last stage of its recipe held out; how many marks are found, by
other photos with marks of unwatermark.py's kinds, three tenths of which must be covered by what is found; and how many
real ones, by pictures that carry some, of which no stage learns. The threshold in tasks/marks.py was read off this.
Prints JSON lines.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from drawn_marks import Case, draw_case
from numpy.typing import NDArray

from aestudio.images.io import photo_paths, read_photo
from aestudio.images.photo import Photo, to_depth
from aestudio.images.small import resized_to
from aestudio.models.catalog import card_path
from aestudio.progress import Progress
from aestudio.tasks.marks import LONGEST, MODEL, believed, likelihood
from aestudio.training.data.dataset import load_pool
from aestudio.training.recipe import Recipe, read_recipe

SENSITIVITIES = (0.0, 0.25, 0.5, 0.6, 0.75, 1.0)
MARKED = 192  # photos that are marked
FOUND = 0.3  # share of a mark
KINDS = ("word", "date", "logo", "tiled", "word", "tiled")  # as draw_case takes them in turn
FOLDERS = ("cc0", "clic", "wallpapers", "cid22", "bsds")
REAL = (
    "ptarmigan hatchet lipstick academic_gown green_mamba canoe apron sarong macaque rock_beauty "
    "Staffordshire_bullterrier partridge tiger magnetic_compass drilling_platform dugong sea_slug lion bath_towel "
    "car_wheel sea_snake safe thunder_snake panpipe geyser oboe plate lens_cap umbrella sea_anemone harvestman laptop "
    "birdhouse"
).split()  # of the folder objects

Likely = NDArray[np.float32]


def main() -> None:
    """Print a line for each sensitivity."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    args = parser.parse_args()
    recipe = read_recipe(card_path(MODEL).with_suffix(".toml"))
    bare = [likelihood(view) for view in held_out(args.photos, recipe)]
    drawn = [(kind, likelihood(Photo(to_depth(case.marked, 8))), case) for kind, case in marked(args.photos)]
    real = [likelihood(read_photo(args.photos / "objects" / f"{name}.jpg")) for name in REAL]
    for sensitivity in SENSITIVITIES:
        hits: dict[str, list[bool]] = {}
        for kind, likely, case in drawn:
            hits.setdefault(kind, []).append(overlap(believed(likely, sensitivity)[0], case) > FOUND)
        facts = {
            "sensitivity": sensitivity,
            f"left alone of {len(bare)} views": sum(believed(likely, sensitivity)[1] == 0 for likely in bare),
            "marks found": share([hit for some in hits.values() for hit in some]),
            "of each kind": {kind: share(some) for kind, some in hits.items()},
            f"found of {len(real)} with real marks": sum(believed(likely, sensitivity)[1] > 0 for likely in real),
        }
        print(json.dumps(facts), flush=True)


def held_out(photos: Path, recipe: Recipe) -> Iterator[Photo]:
    """Each whole and in halves."""
    _, pool = load_pool(
        photos,
        recipe.folders,
        recipe.patch,
        Progress(),
        recipe.held_out,
        recipe.seed,
        shorter=recipe.shorter,
        left_out=recipe.left_out,
    )
    assert pool is not None
    for index in range(len(pool)):
        whole = pool.pixels(index).numpy()
        half = whole.shape[1] // 2
        for view in (whole, whole[:, :half], whole[:, half:]):
            yield Photo(np.ascontiguousarray(view))


def marked(photos: Path) -> Iterator[tuple[str, Case]]:
    """Kinds of marks, and photos with them."""
    paths = [path for name in FOLDERS for path in photo_paths(photos / name)]
    for number, index in enumerate(np.random.default_rng(21).permutation(len(paths))[:MARKED]):
        small = resized_to(read_photo(paths[index]), LONGEST)
        yield KINDS[number % len(KINDS)], draw_case(small.rgb(small.box), number)


def overlap(kept: Likely, case: Case) -> float:
    """The share of a mark that is covered by what is found."""
    covered = cv2.resize(case.covered.astype(np.uint8), kept.shape[::-1], interpolation=cv2.INTER_AREA) > 0
    return float((kept > 0)[covered].mean()) if covered.any() else 0.0


def share(hits: list[bool]) -> float:
    """Of those that were met."""
    return round(float(np.mean(hits)), 3)


if __name__ == "__main__":
    main()
