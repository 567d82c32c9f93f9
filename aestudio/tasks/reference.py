"""The colours of a photo that another one is to take after."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor

    from aestudio.images.photo import Photo

BANDS = 4  # of lightness: shadows are guided by shadows, skies by skies
COUNTED = 10_000  # counts of a band
GREY_BELOW = 2.0  # mean chroma in units of Lab


@dataclass(frozen=True)
class Reference:
    """How often each square of the a-b plane occurs in each band of lightness."""

    name: str  # of the photo
    counts: tuple[int, ...] = field(repr=False)  # BANDS * squares, those of a band summing to about COUNTED, or to 0


def read_reference(path: Path) -> Reference:
    """The colours of the photo in a file. Raises ImageError if it cannot be read, SettingsError if it is grey."""
    from aestudio.images.io import read_photo

    return reference_of(read_photo(path), path.name)


def reference_of(photo: "Photo", name: str) -> Reference:
    """The colours of a photo. Raises SettingsError if it has none."""
    from aestudio.errors import SettingsError
    from aestudio.tasks.colours import histogram, small_lab

    lab = small_lab(photo)
    if float(lab[:, 1:].square().sum(1).sqrt().mean()) < GREY_BELOW:
        raise SettingsError("{name} is black and white. Please choose a reference in colour.", name=name)
    shares = histogram(lab)
    return Reference(name, tuple((shares * COUNTED).round().int().flatten().tolist()))


def shares_of(reference: Reference) -> "Tensor":
    """(BANDS, squares), each band summing to one, or to zero where the photo has nothing of that lightness."""
    import torch

    counts = torch.tensor(reference.counts, dtype=torch.float32).view(BANDS, -1)
    return counts / counts.sum(1, keepdim=True).clamp(min=1)
