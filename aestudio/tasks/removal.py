"""What ways there are to take a mark off a photo have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.errors import Sentence
from aestudio.images.photo import Box, Photo
from aestudio.images.small import resized_to
from aestudio.tasks.base import Place

RESIDUE, DAMAGE = "residue", "damage"  # names of the scores
JUDGED = 768  # pixels of the longer side at which changes are judged


class Removal(ABC):
    """What was found out about one photo's mark, and how it comes off."""

    @abstractmethod
    def restored(self, net: nn.Module, x: Tensor, place: Place) -> Tensor:
        """The tile (1, 3, H, W), sRGB in [0, 1], without the mark. `net` is the network that repairs."""

    @abstractmethod
    def spares(self, box: Box) -> bool:
        """Whether nothing changes in that part of the photo."""

    @abstractmethod
    def residue(self, before: Photo, after: Photo) -> float:
        """How much of the mark is left, as a share of what was there."""

    @abstractmethod
    def meant(self, height: int, width: int) -> NDArray[np.float32]:
        """How surely each place is marked, (height, width) in [0, 1], whatever the photo's own size."""

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return 0

    def note(self) -> Sentence | None:
        """What the user should know about this photo."""
        return None

    def judge(self, before: Photo, after: Photo) -> Mapping[str, float]:
        """The scores of a photo. Damage is the share of all change that fell where there may be no mark."""
        small_before, small_after = (resized_to(photo, JUDGED) for photo in (before, after))
        box = small_before.box
        change = np.nan_to_num(np.abs(small_after.rgb(box) - small_before.rgb(box)).mean(axis=2))
        stray = float((change * (1 - self.meant(*change.shape))).sum()) / max(float(change.sum()), 1e-6)
        residue = self.residue(before, after)
        return {RESIDUE: round(min(max(residue, 0.0), 1.0), 4), DAMAGE: round(min(max(stray, 0.0), 1.0), 4)}
