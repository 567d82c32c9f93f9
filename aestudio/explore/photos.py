"""Photos of folders with their codes: what all of Explore works on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence

Floats = NDArray[np.float32]
Levels = NDArray[np.uint8]
Smalls = Callable[[Sequence[int]], Levels]  # rows of `Indexed` -> their photos at 128×128 pixels, (N, 128, 128, 3)


@dataclass(frozen=True, eq=False)
class Indexed:
    """The photos of some folders, one row for each file, in the order of their paths.

    Files with the same content are rows of their own, with the same digest and the same code.
    """

    paths: tuple[Path, ...]
    digests: tuple[str, ...]  # SHA-256 of the files
    sizes: tuple[tuple[int, int], ...]  # height and width, upright
    taken: tuple[float | None, ...]  # seconds, by the camera's clock
    sharpness: Floats  # (P,): the higher, the sharper; for comparing photos of the same scene
    codes: Floats  # (P, length)
    errors: Floats  # (P,): mean squared error of what comes out of the code, values in [0, 1]
    smalls: Smalls  # the whole photo squeezed to a square
    model: str  # name of the model that made the codes
    model_digest: str  # SHA-256 of its weights
    unreadable: tuple[tuple[Path, Sentence], ...] = ()  # photos that are not among the rows, with why

    def __len__(self) -> int:
        return len(self.paths)

    def is_like(self, other: "Indexed | None") -> bool:
        """Whether both are the same photos with the same codes, as of a folder that was looked at again."""
        if self is other:
            return True
        return other is not None and (self.model_digest, self.paths, self.digests) == (
            other.model_digest,
            other.paths,
            other.digests,
        )
