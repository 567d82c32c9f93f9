"""Pausing a run, and letting others go first, from any thread."""

import threading
import time
from collections.abc import Callable

from aestudio.errors import Cancelled
from aestudio.progress import Progress

_LOOK = 0.1  # seconds between two looks at a request to stop


class Control:
    """Two gates that a run passes between tiles: the user's, and that of work which is more urgent."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._turn = threading.Event()
        self._turn.set()
        self.insisted = 0  # how often the user said go on: whoever waits for a disk tries again
        self.waited = 0.0  # seconds that a run stood at the gates

    @property
    def paused(self) -> bool:
        """Whether the user paused the run."""
        return not self._open.is_set()

    def pause(self) -> None:
        """Stop between two tiles, until `go_on`."""
        self._open.clear()

    def go_on(self) -> None:
        """End a pause, and try again what a run waits for."""
        self.insisted += 1
        self._open.set()

    def give_way(self, on: bool) -> None:
        """Stop between two tiles as long as something more urgent computes."""
        (self._turn.clear if on else self._turn.set)()

    @property
    def waits(self) -> bool:
        """Whether a gate is closed."""
        return not (self._open.is_set() and self._turn.is_set())

    def pass_through(self, progress: Progress) -> None:
        """Return when both gates are open. Raises Cancelled if the run is to stop."""
        if not self.waits:
            return
        since = time.monotonic()
        for gate in (self._open, self._turn):
            while not gate.wait(_LOOK):
                if progress.cancelled:
                    raise Cancelled
        self.waited += time.monotonic() - since


class GatedProgress(Progress):
    """A photo's progress, which waits at a run's gates and tells its fraction."""

    def __init__(
        self, outer: Progress, control: Control, on_fraction: Callable[[float], object] = lambda fraction: None
    ) -> None:
        super().__init__()
        self._on_fraction = on_fraction
        self._outer = outer
        self._control = control

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""
        self._outer.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._outer.cancelled

    def check(self) -> None:
        """Wait at the gates. Raises Cancelled if asked to stop."""
        self._control.pass_through(self._outer)
        self._outer.check()

    def step(self, done: int, total: int, note: str = "", *, seconds_left: float | None = None) -> None:
        """Tell the fraction. Raises Cancelled if asked to stop."""
        del note, seconds_left
        self.check()
        self._on_fraction(done / total if total else 1.0)
