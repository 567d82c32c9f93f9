"""Keeps the books of a run: the journal, what is told of it, and how long the rest will take."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aestudio.batch.journal import DONE, FAILED, WORKING, Journal, Row
from aestudio.batch.left import Left
from aestudio.batch.pace import Pace
from aestudio.batch.plan import Order
from aestudio.control import Control
from aestudio.errors import Sentence
from aestudio.progress import Progress

log = logging.getLogger(__name__)

PARTS = 10_000  # steps that the progress of a run is told in


@dataclass(frozen=True)
class Planned:
    """A run knows its photos, in the order of the job; those that arrive later are planned later."""

    rows: tuple[Row, ...]
    left: int  # photos that are to be done now
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Changed:
    """Something became of a photo."""

    row: Row


@dataclass(frozen=True)
class Paused:
    """A run waits for something outside of it: a disk, a drive."""

    sentence: Sentence


@dataclass(frozen=True)
class WentOn:
    """A run waits no longer."""


RunEvent = Planned | Changed | Paused | WentOn
OnRunEvent = Callable[[RunEvent], object]


class Recorder:
    """Used from several threads; events are told one at a time."""

    def __init__(
        self,
        journal: Journal,
        orders: Sequence[Order],
        control: Control,
        progress: Progress,
        on_event: OnRunEvent,
        most_errors: int | None = None,
    ) -> None:
        self.journal = journal
        self._control = control
        self._progress = progress
        self._on_event = on_event
        self._most_errors = most_errors
        self._lock = threading.RLock()
        self._pace = Pace()
        self._left = Left()
        self._bytes: dict[int, int] = {}  # of their files
        self._spent = 0.0  # seconds so far, but for those spent waiting,
        self._work = 0.0  # and those of all workers together
        self._mark = time.monotonic()
        self._waited = control.waited
        self._read = self._written = 0  # bytes of photos that are done, and of their results
        self.failed = 0
        self.expect(orders)

    def expect(self, orders: Sequence[Order]) -> None:
        """Further photos are to be done."""
        with self._lock:
            for order in orders:
                row = order.row
                self._left.add(row)
                self._bytes[row.number] = row.size
            self._mark, self._waited = time.monotonic(), self._control.waited

    @property
    def too_many_errors(self) -> bool:
        """Whether so many photos failed that the run is to end."""
        return self._most_errors is not None and self.failed >= self._most_errors

    def tell(self, event: RunEvent) -> None:
        """Hand an event on."""
        with self._lock:
            self._on_event(event)

    def started(self, row: Row) -> None:
        """A photo is in work."""
        self.tell(Changed(replace(row, state=WORKING)))

    def sized(self, row: Row) -> None:
        """A photo was read: its size is known."""
        with self._lock:
            self._left.learn(row)

    def intend(self, row: Row) -> None:
        """A result is complete, and about to get its name: what is done by a run that is cut off now is known."""
        self.journal.put(replace(row, state=WORKING))

    def computed(self, rows: Sequence[Row], seconds: float | None = None) -> None:
        """Photos came out of the network, together: the next ones are waited for from now on.

        `seconds` is what each of them took on its worker, where several work at the same time.
        """
        with self._lock:
            now, waited = time.monotonic(), self._control.waited
            passed = (now - self._mark - (waited - self._waited)) / max(1, len(rows))
            self._mark, self._waited = now, waited
            for row in rows:
                took = passed if seconds is None else seconds
                self._spent += passed
                self._work += took
                self._pace.learn(row.megapixels, took)
                self._left.drop(row.number)
            self.step(0.0, rows[-1].source.name if rows else "")

    def finished(self, row: Row) -> None:
        """A photo is done, or failed."""
        row = replace(row, replaces="")
        self.journal.put(row)
        with self._lock:
            self._left.drop(row.number)
            size = self._bytes.pop(row.number, 0)
            if row.state == FAILED:
                self.failed += 1
                log.warning("%s: %s", row.source, row.message)
            elif row.state == DONE:
                self._read += size
                self._written += row.output.stat().st_size if row.output.exists() else 0
                log.info("%s: %s, %.1f megapixels, %.1f s", row.source, row.found, row.megapixels, row.seconds)
            self._on_event(Changed(row))

    def step(self, inside: float, note: str, megapixels: float = 0.0) -> None:
        """Tell the progress of the run; a photo of so many megapixels is done to a fraction `inside`.

        Raises Cancelled if asked to stop.
        """
        with self._lock:
            whole = self._left.megapixels
            left = self._pace.left_of(len(self._left), whole)
            if left is None:  # nothing is done: what it took so far tells how long the rest will
                share = min(1.0, inside * megapixels / whole) if whole else 0.0
                self._progress.step(round(PARTS * share), PARTS, note)
                return
            left = max(0.0, left - inside * (self._pace.left_of(1, megapixels) or 0.0))
            left *= self._spent / self._work if self._work > 0 else 1.0  # several workers share it
            share = self._spent / max(self._spent + left, 1e-9) if self._left else 1.0
            self._progress.step(round(PARTS * share), PARTS, note, seconds_left=left)

    def needed(self) -> tuple[int, int]:
        """Bytes that the photos that are left will take, as far as those before them tell; and how many there are."""
        with self._lock:
            ratio = self._written / self._read if self._read and self._written else 1.0
            return round(ratio * sum(self._bytes.values())), len(self._bytes)
