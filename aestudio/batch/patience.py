"""Waits where the disk is full or a drive is gone, instead of failing photo after photo all night."""

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from aestudio.control import Control
from aestudio.errors import Cancelled, DiskFullError, LostFolderError, Sentence
from aestudio.progress import Progress

LOOK = 2.0  # seconds between two tries
_ROOM = 16 << 20  # bytes that must be free before a full disk is tried again

T = TypeVar("T")


class Patience:
    """Tries again what a full disk or a lost drive made fail. Used from several threads."""

    def __init__(
        self,
        out: Path,
        control: Control,
        progress: Progress,
        needed: Callable[[], tuple[int, int]],
        on_pause: Callable[[Sentence], object],
        on_end: Callable[[], object],
    ) -> None:
        """`needed` tells how many bytes are still to be written, for how many photos."""
        self._out = out
        self._control = control
        self._progress = progress
        self._needed = needed
        self._on_pause = on_pause
        self._on_end = on_end
        self._lock = threading.Lock()  # one waits, the others behind it

    def insist(self, attempt: Callable[[], T]) -> T:
        """What `attempt` returns, at last. Raises Cancelled if the run is to stop, and what `attempt` raises else."""
        while True:
            try:
                return attempt()
            except (DiskFullError, LostFolderError) as exc:
                trouble = exc
            with self._lock:
                try:
                    return attempt()  # another thread may have waited for the same
                except (DiskFullError, LostFolderError) as exc:
                    trouble = exc
                self._on_pause(self._said(trouble))
                since = time.monotonic()
                self._wait(isinstance(trouble, DiskFullError))
                self._control.waited += time.monotonic() - since
                self._on_end()

    def _said(self, trouble: DiskFullError | LostFolderError) -> Sentence:
        needed, photos = self._needed()
        if isinstance(trouble, DiskFullError):
            return Sentence.of(
                "The disk of {folder} is full. The {photos} photos that are left need about {needed}, and {free} are "
                "free. The job goes on when there is room.",
                folder=self._out,
                photos=photos,
                needed=size_text(needed),
                free=size_text(self._free()),
            )
        return Sentence.of(
            "{problem} The job goes on when the folder is back: please connect the drive again.",
            problem=trouble.sentence,
        )

    def _wait(self, full: bool) -> None:
        """Until there is a chance, or the user says go on."""
        asked = self._control.insisted
        while True:
            until = time.monotonic() + LOOK
            while time.monotonic() < until:
                if self._progress.cancelled:
                    raise Cancelled
                if self._control.insisted != asked:
                    return
                time.sleep(0.05)
            if not full or self._free() >= _ROOM:
                return

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self._out).free
        except OSError:
            return 0


def size_text(size: int) -> str:
    """Bytes as photographers read them: 3.2 MB."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size / 1e3:.0f} KB"
