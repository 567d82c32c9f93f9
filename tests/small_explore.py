"""A small photo autoencoder, and photos with their codes, for tests of Explore."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from small_model import write_model

from aestudio.explore.coder import Coder
from aestudio.explore.photos import Indexed, Levels
from aestudio.models.networks import BUILDERS

CHANNELS, CODE = [4, 4, 8, 8, 8], 16


def small_coder(folder: Path, name: str = "small", *, variational: bool = False) -> Coder:
    """A coder with random weights; its model is written into the folder."""
    torch.manual_seed(0)
    network = "variational-autoencoder" if variational else "photo-autoencoder"
    arguments = {"channels": CHANNELS, "code": CODE}
    folder.mkdir(parents=True, exist_ok=True)
    write_model(folder, name, "explore", network, arguments, BUILDERS[network](**arguments))
    return Coder.load(name, (folder,))


def small_photos(count: int, seed: int = 0) -> Levels:
    """Soft pictures of many colours: (N, 128, 128, 3)."""
    generator = torch.Generator().manual_seed(seed)
    coarse = torch.rand(count, 3, 5, 5, generator=generator)
    x = torch.nn.functional.interpolate(coarse, size=(128, 128), mode="bicubic")
    return np.ascontiguousarray(x.clamp(0, 1).mul(255).byte().permute(0, 2, 3, 1).numpy())


def small_indexed(coder: Coder, photos: Levels, paths: Sequence[Path] | None = None) -> Indexed:
    """Those photos with their codes; the files of their paths need not be there."""
    codes, errors = coder.encode_with_errors(photos)
    return Indexed(
        paths=tuple(paths or (Path(f"/photos/{index:05}.jpg") for index in range(len(photos)))),
        digests=tuple(f"{index:064x}" for index in range(len(photos))),
        sizes=((1200, 1800),) * len(photos),
        taken=(None,) * len(photos),
        sharpness=np.arange(len(photos), dtype=np.float32),
        codes=codes,
        errors=errors,
        smalls=lambda rows: photos[list(rows)],
        model=coder.name,
        model_digest=coder.digest,
    )
