"""The colours of a photo that another one is to take after."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio.errors import SettingsError

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor

    from aestudio.images.photo import Photo

BANDS = 4  # of lightness: shadows are guided by shadows, skies by skies
COUNTED = 10_000  # counts of a band
GREY_BELOW = 2.0  # mean chroma in units of Lab
ENDING = ".json"  # of colours that are kept without their photo
LARGEST_FILE = 1 << 20  # bytes


@dataclass(frozen=True)
class Reference:
    """How often each square of the a-b plane occurs in each band of lightness."""

    name: str  # of the photo
    counts: tuple[int, ...] = field(repr=False)  # BANDS * squares, those of a band summing to about COUNTED, or to 0


def read_reference(path: Path) -> Reference:
    """The colours of the photo in a file, or those that `write_reference` kept in one.

    Raises ImageError or SettingsError if it cannot be read, SettingsError if it is grey.
    """
    if path.suffix.lower() == ENDING:
        return _read_kept(path)
    from aestudio.images.io import read_photo

    return reference_of(read_photo(path), path.name)


def write_reference(reference: Reference, path: Path) -> Path:
    """Keep colours without their photo, in a new JSON file. Raises ImageError if it exists, or the disk refuses."""
    from aestudio.images.atomic import atomic_write

    kept = {"version": 1, "reference": reference.name, "counts": reference.counts}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"
    return atomic_write(path, lambda file: file.write(text.encode("utf-8", "surrogateescape")))


def _read_kept(path: Path) -> Reference:
    from aestudio.models.networks.colorizer import square_centres

    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(LARGEST_FILE).decode("utf-8-sig", "surrogateescape"))
    except OSError as exc:
        raise SettingsError(
            "{name} cannot be read ({reason}). Please choose another file.", name=path.name, reason=exc.strerror or exc
        ) from exc
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as exc:
        raise _no_reference(path) from exc
    name, counts = (kept.get("reference"), kept.get("counts")) if isinstance(kept, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(counts, list) or len(counts) != BANDS * len(square_centres()):
        raise _no_reference(path)
    if not all(isinstance(count, int) and 0 <= count <= COUNTED for count in counts):
        raise _no_reference(path)
    return Reference(name, tuple(counts))


def _no_reference(path: Path) -> SettingsError:
    return SettingsError(
        "{name} holds no colours of a reference, or it is damaged. Please choose a photo.", name=path.name
    )


def reference_of(photo: "Photo", name: str) -> Reference:
    """The colours of a photo. Raises SettingsError if it has none."""
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
