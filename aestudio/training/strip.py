"""Pictures of a few held-out photos that follow a training run."""

from collections.abc import Sequence
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn

from aestudio.images.atomic import atomic_write
from aestudio.training.data.pool import PhotoPool
from aestudio.training.events import Shown
from aestudio.training.places import PICTURES
from aestudio.training.teaching.objective import Objective

MOST = 4  # photos
_KEPT = 2  # states of each photo that stay: the last one may just be looked at


def draw_strip(
    objective: Objective, net: nn.Module, pool: PhotoPool, run_dir: Path, step: int, names: Sequence[Path] = ()
) -> Shown:
    """Write before, now and truth of a few photos into the run's folder; `names` are the files of the pool's photos.

    Raises ImageError if the disk refuses.
    """
    folder = run_dir / PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for index in range(min(MOST, len(pool))):
        with torch.inference_mode():
            before, now, truth = objective.picture(net, pool, index)
        files = f"{index}-before.png", f"{index}-now-{step:08d}.png", f"{index}-truth.png"
        for name, picture in zip(files, (before, now, truth), strict=True):
            if not (folder / name).exists():
                save_picture(picture, folder / name)
        for old in sorted(folder.glob(f"{index}-now-*.png"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        pictures.append(tuple(f"{PICTURES}/{name}" for name in files))
    shown = tuple(map(str, names[: len(pictures)]))
    return Shown(step, tuple(pictures), shown)  # type: ignore[arg-type]  # there are three files


def save_picture(picture: Tensor, path: Path) -> None:
    """Write (3, h, w) uint8 as PNG."""
    image = Image.fromarray(picture.permute(1, 2, 0).contiguous().numpy())
    atomic_write(path, lambda file: image.save(file, "PNG"), overwrite=True)
