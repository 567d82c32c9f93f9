"""One photo through one task, tile by tile, with smaller tiles when memory runs out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aestudio.images.photo import Box, Photo, Pixels
from aestudio.models.loader import LoadedModel
from aestudio.progress import Progress
from aestudio.tasks.base import Finding, Settings, Task

OnTile = Callable[[Box, Pixels], object]


@dataclass(frozen=True)
class Restoration:
    """What came out: `full` is the photo at full strength; `blended` mixes it with the original."""

    original: Photo
    full: Photo  # the original itself where the task left it alone
    finding: Finding
    notes: tuple[str, ...] = ()  # sentences for the user: smaller tiles, half precision, processor

    @property
    def untouched(self) -> bool:
        """Whether the task left the photo alone."""
        return self.full is self.original

    def blended(self, strength: float) -> Photo:
        """The photo at a strength from 0 (the original, exactly) to 1 (`full`, exactly), a band at a time."""
        raise NotImplementedError


class Restorer:
    """Restores photos with one loaded model. Used from one thread at a time."""

    def __init__(self, model: LoadedModel, tile: int | None = None) -> None:
        self.model = model
        self.tile = tile

    def restore(
        self,
        photo: Photo,
        task: Task[Any],
        settings: Settings,
        progress: Progress,
        *,
        finding: Finding | None = None,
        first: Box | None = None,
        on_tile: OnTile = lambda box, pixels: None,
    ) -> Restoration:
        """Restore a photo at full strength (`settings.strength` is left to `Restoration.blended`).

        `finding` saves examining the photo again. Tiles that overlap `first` (what is in view) come first.
        `on_tile(box, pixels)` is called in the worker thread after each tile, with the restored pixels of that box at
        the photo's own depth. Raises Cancelled within one tile, DeviceMemoryError when nothing fits.
        """
        raise NotImplementedError
