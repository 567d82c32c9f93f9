"""How fast a run is, and how long it has worked."""

import time

from aestudio.control import Control

_TOLD_EVERY = 0.5  # seconds
_RECENT = 0.9  # weight of what was known of the pace before the last step


class Pace:
    """A clock that stands still while the run does."""

    def __init__(self, batch: int, seconds: float, control: Control) -> None:
        """`seconds` were spent before, in the same run."""
        self._batch, self._control = batch, control
        self._seconds = seconds
        self._last = time.monotonic()
        self._waited = control.waited
        self._told = 0.0
        self._per_step = 0.0

    def step(self) -> float:
        """A step is done: the seconds that the run has worked."""
        now, waited = time.monotonic(), self._control.waited
        took = max(now - self._last - (waited - self._waited), 0.0)
        self._last, self._waited = now, waited
        self._seconds += took
        self._per_step = took if not self._per_step else _RECENT * self._per_step + (1 - _RECENT) * took
        return self._seconds

    def rest(self, seconds: float) -> None:
        """Stand still for a while."""
        time.sleep(seconds)
        self._control.waited += seconds

    @property
    def patches_per_second(self) -> float:
        """Of the last steps, all ranks together."""
        return self._batch / self._per_step if self._per_step else 0.0

    @property
    def due(self) -> bool:
        """Whether it is time to tell where the run is."""
        return time.monotonic() - self._told >= _TOLD_EVERY

    def told(self) -> None:
        """It was told."""
        self._told = time.monotonic()
