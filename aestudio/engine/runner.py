"""Runs a network on one tile, and yields step by step when memory runs out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from aestudio.engine.device import fast_precision
from aestudio.engine.prepare import PreparedNets
from aestudio.errors import DeviceMemoryError, Sentence
from aestudio.images.photo import Box, Photo, RgbTile
from aestudio.progress import Progress
from aestudio.tasks.base import Finding, Place, Settings, Task

DEFAULT_SIDE = 768  # the fastest: less is mostly overlap, more leaves the processor's cache; see benchmarks/speed.py
_NO_ROOM = object()
SMALLEST_SIDE = 64  # below it, a tile is nearly all overlap, and the weights outweigh the tile


class Runner:
    """One photo's state: how large a tile may be, in which precision and where it runs.

    `notes` holds a sentence for each way in which it had to yield to a shortage of memory.
    """

    def __init__(self, nets: PreparedNets, side: int | None, precision: torch.dtype | None) -> None:
        multiple_of = nets.model.card.multiple_of
        self.side = max(side or DEFAULT_SIDE, multiple_of)
        self._largest = self.side
        self._smallest = max(SMALLEST_SIDE, multiple_of)
        self._nets = nets
        self._device = nets.model.device
        self._precision = precision or fast_precision(self._device)
        self._notes: dict[str, Sentence] = {}

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """Sentences for the user, in the order in which it happened."""
        return tuple(self._notes.values())

    def survey(self, task: Task[Any], photo: Photo, settings: Settings, finding: Finding, progress: Progress) -> Any:
        """What the task finds out about the whole photo. Raises DeviceMemoryError when nothing fits."""
        while True:
            found = self._tried(lambda net: task.survey(net, photo, settings, finding, progress))
            if found is not _NO_ROOM:
                return found

    def run(
        self, task: Task[Any], rgb: RgbTile, inner: Box, settings: Settings, finding: Finding, place: Place
    ) -> RgbTile | None:
        """Restore a padded tile, (h, w, 3) in [0, 1], and cut the box `inner` from it.

        None if memory ran out: the tile is then to be cut to `side` and tried again. Raises DeviceMemoryError when
        there is nothing left to try.
        """

        found = self.run_many(task, rgb[None], inner, settings, (finding,), (place,))
        return None if found is None else found[0]

    def run_many(
        self,
        task: Task[Any],
        rgb: NDArray[np.float32],
        inner: Box,
        settings: Settings,
        findings: Sequence[Finding],
        places: Sequence[Place],
    ) -> list[RgbTile] | None:
        """As `run` for tiles of N photos, (N, h, w, 3), in one pass of the network."""

        def restored(net: nn.Module) -> list[RgbTile]:
            x = torch.from_numpy(np.ascontiguousarray(rgb)).permute(0, 3, 1, 2)  # (N, 3, h, w), channels-last
            y = task.restore_many(net, x.to(self._device), settings, findings, places)
            y = y.permute(0, 2, 3, 1)[:, inner.slices[0], inner.slices[1]]  # (N, h, w, 3)
            return list(y.to(device="cpu", dtype=torch.float32).numpy())

        found = self._tried(restored)
        return None if found is _NO_ROOM else found

    def _tried(self, compute: Callable[[nn.Module], Any]) -> Any:
        """What `compute` makes with the network, or _NO_ROOM: then something was given up, and it may be tried again.

        Raises DeviceMemoryError when there is nothing left to give up.
        """
        kind, half = self._device.type, self._precision
        try:
            # the weights are in that precision already: autocast only takes the float32 photo across to it
            with torch.inference_mode(), torch.autocast(kind, half, enabled=half != torch.float32):
                return compute(self._nets.get(self._device, self._precision))
        except (RuntimeError, MemoryError) as exc:
            if not is_out_of_memory(exc):
                raise
        # outside of the handler: the exception's traceback holds the tensors that left no room
        self._yield_memory()
        return _NO_ROOM

    def _yield_memory(self) -> None:
        """Smaller tiles, then half precision, then the processor, then DeviceMemoryError."""
        if self.side > self._smallest:
            self.side = max(self.side // 2, self._smallest)
            self._notes["tiles"] = Sentence.of(
                "Memory was short: smaller tiles ({side} pixels) were used.", side=self.side
            )
        elif self._precision == torch.float32:
            self._precision = torch.bfloat16 if self._device.type == "cpu" else torch.float16
            self._notes["precision"] = Sentence.of("Memory was short: half precision was used.")
        elif self._device.type != "cpu":
            self._device = torch.device("cpu")
            self._precision = fast_precision(self._device)
            self.side = self._largest
            self._notes["device"] = Sentence.of("The memory of the graphics card was short: the processor was used.")
        else:
            raise DeviceMemoryError(
                "There is not enough memory to restore this photo, even in the smallest tiles. "
                "Please close other programs and try again."
            )
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def is_out_of_memory(exc: BaseException) -> bool:
    """Whether memory ran out.

    torch has a type for it on CUDA only. The allocators of the processor and of MPS raise a plain RuntimeError, which
    nothing but its message tells from a programming error.
    """
    if isinstance(exc, MemoryError | torch.OutOfMemoryError):
        return True
    message = str(exc).lower()
    signs = ("can't allocate memory", "not enough memory", "out of memory", "could not allocate memory")
    return isinstance(exc, RuntimeError) and any(sign in message for sign in signs)
