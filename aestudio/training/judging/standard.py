"""Our own benchmark: a few photos that come with AEStudio, damaged in the same way each time.

The built-in weights have seen the folder that these photos are from (`cc0`), in larger sizes: their scores are a little
too good here. That does no harm to what the benchmark is for, to tell how much of that a model has lost.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aestudio.images.io import photo_paths, read_photo
from aestudio.models.networks.photo_autoencoder import SIDE
from aestudio.resources import data_folder
from aestudio.training.coding import EXPLORE
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.data.source import CLEAN
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import Mixture
from aestudio.training.teaching.marks import Marking

PATCH = 256  # pixels, where an objective looks at patches in the middle of photos
_ONLY = {EXPLORE: SIDE}  # where it looks at no others


def standard_photos() -> tuple[Path, ...]:
    """The photos, in the order of their names."""
    return tuple(photo_paths(data_folder("resources") / "benchmark"))


def standard_pool(paths: tuple[Path, ...] | None = None) -> PhotoPool:
    """Those photos in memory. Raises ImageError if one cannot be read."""
    return pool_of([(_levels(path), 1.0) for path in (standard_photos() if paths is None else paths)])


def standard_recipe(task_id: str, recipe: Recipe) -> Recipe:
    """The recipe with clean photos, and the usual damage to them whatever its own was."""
    patch = _ONLY.get(task_id, PATCH)
    return replace(recipe, kind=CLEAN, mixture=Mixture(), marking=Marking(), marks=(), seed=1, patch=patch)


def _levels(path: Path) -> NDArray[np.uint8]:
    photo = read_photo(path)
    return (photo.rgb(photo.box) * 255).round().astype(np.uint8)
