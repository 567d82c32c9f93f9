"""A handful of small photos and a recipe that trains in seconds."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.training.recipe import Recipe


@pytest.fixture
def photo_dir(tmp_path: Path) -> Path:
    """Six smooth photos of 64 × 80 pixels in the folder `one`."""
    return save_photos(tmp_path / "photos")


@pytest.fixture(scope="session")
def shared_photo_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for reading alone."""
    return save_photos(tmp_path_factory.mktemp("photos"))


def save_photos(data_dir: Path) -> Path:
    """Fill the folder `one` below `data_dir`."""
    folder = data_dir / "one"
    folder.mkdir(parents=True)
    rng = np.random.default_rng(5)
    for index in range(6):
        coarse = rng.integers(30, 220, (4, 5, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((80, 64), Image.Resampling.BICUBIC).save(folder / f"{index}.png")
    return folder.parent


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """A very small denoiser."""
    return Recipe(
        name="tiny",
        version="1",
        architecture="denoising-unet",
        arguments={"channels": (4, 8, 8), "blocks": (1, 1, 1, 1, 1)},
        folders={"one": 1.0},
        steps=8,
        batch=2,
        patch=32,
        held_out=1,
        validate_every=4,
        precision="32-true",
    )
