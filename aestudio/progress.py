"""Progress carries steps out of a job, and the request to stop into it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from aestudio.errors import Cancelled


@dataclass(frozen=True)
class Step:
    """How far a job is: `done` of `total` tiles, files or batches.

    `seconds_left` is None until enough work is done to tell.
    """

    done: int
    total: int
    note: str = ""
    seconds_left: float | None = None

    @property
    def fraction(self) -> float:
        """Share of the work done, in [0, 1]."""
        return self.done / self.total if self.total else 1.0


class Progress:
    """Handed to a job; `cancel` may be called from any thread."""

    def __init__(self, on_step: Callable[[Step], object] = lambda step: None) -> None:
        self._on_step = on_step
        self._stop = threading.Event()
        self._started: tuple[float, int] | None = None  # time and `done` of the first step

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()

    def step(self, done: int, total: int, note: str = "", *, seconds_left: float | None = None) -> None:
        """Report `done` of `total`; `seconds_left` where a job knows better. Raises Cancelled if asked to stop."""
        self.check()
        now = time.monotonic()
        if self._started is None or done < self._started[1]:
            self._started = (now, done)
        since, first = self._started
        left = (now - since) / (done - first) * (total - done) if done > first else None
        self._on_step(Step(done, total, note, left if seconds_left is None else seconds_left))

    def check(self) -> None:
        """Raise Cancelled if asked to stop."""
        if self._stop.is_set():
            raise Cancelled


class _Within(Progress):
    """Part of another progress' job, which hears what comes of it, and is asked whether to stop."""

    def __init__(self, outer: Progress) -> None:
        super().__init__()
        self._outer = outer

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._outer.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._outer.cancelled

    def check(self) -> None:
        """Raise Cancelled if asked to stop."""
        self._outer.check()


class Part(_Within):
    """A part of a job, told to that job's progress as `size` steps of `total`, behind `before` others."""

    def __init__(self, outer: Progress, before: int, size: int, total: int) -> None:
        super().__init__(outer)
        self._before, self._size, self._total = before, size, total
        self.told = False  # whether it has said how far it is

    def step(self, done: int, total: int, note: str = "", *, seconds_left: float | None = None) -> None:
        """Report `done` of `total` of the part."""
        del seconds_left  # of the part
        self.told = True
        self._outer.step(self._before + self._size * done // max(1, total), self._total, note)


class Passes(_Within):
    """Several passes over the same work, told to another progress as one job that never seems to go back.

    How many there will be is a guess where something is searched for: `expected` steps of all together.
    """

    PARTS = 1000  # that are told

    def __init__(self, outer: Progress, expected: int) -> None:
        super().__init__(outer)
        self._expected = expected
        self._before = 0  # steps of earlier passes
        self._here = 0
        self._share = 0.0

    def step(self, done: int, total: int, note: str = "", *, seconds_left: float | None = None) -> None:
        """Report `done` of `total` of a pass; less than before begins the next one."""
        del seconds_left  # of one pass
        if done < self._here:
            self._before += self._here
        self._here = done
        self._share = max(self._share, (self._before + done) / max(1, self._expected, self._before + total))
        self._outer.step(round(self._share * self.PARTS), self.PARTS, note)
