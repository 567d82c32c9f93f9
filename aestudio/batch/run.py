"""Runs a job from its first photo to its last, or goes on with it where an earlier run was cut off."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aestudio.batch.events import DOUBTFUL
from aestudio.batch.job import BatchJob
from aestudio.batch.journal import DONE, FAILED, SKIPPED, Journal, Row, remembered
from aestudio.batch.names import stamp
from aestudio.batch.patience import Patience
from aestudio.batch.plan import Order, plan
from aestudio.batch.recorder import Changed, OnRunEvent, Paused, Planned, Recorder, RunEvent, WentOn
from aestudio.batch.scan import scan
from aestudio.control import Control
from aestudio.errors import Sentence
from aestudio.models.catalog import check_parts, using
from aestudio.progress import Progress

LOOK = 2.0  # seconds between two looks into a watched folder


class Workers(Protocol):
    """What works orders off: this machine, or several."""

    def run(self, orders: Iterable[Order]) -> None:
        """Do all orders. Raises Cancelled."""


MakeWorkers = Callable[[BatchJob, Recorder, Patience, Control, Progress], Workers]


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    rows: tuple[Row, ...]  # all photos of the job, in its order
    before: int  # photos that an earlier run had done
    seconds: float
    stopped: Sentence | None = None  # why photos were left undone

    def count(self, state: str) -> int:
        """How many photos are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def done(self) -> int:
        """Photos that this run did."""
        return self.count(DONE) - self.before

    @property
    def need_a_look(self) -> list[Row]:
        """Photos with flags, or of which a tool doubts its own work, the worst first."""
        return sorted((r for r in self.rows if r.state == DONE and _is_doubtful(r)), key=lambda r: -r.doubt)


def _is_doubtful(row: Row) -> bool:
    return bool(row.flags) or any(score >= DOUBTFUL for score in row.scores.values())


def preview(job: BatchJob, progress: Progress) -> tuple[list[Row], list[Sentence]]:
    """What `run_batch` would do, without doing it; see `Planned`. Raises WeightsError for a part without its model."""
    check_parts(job.parts)
    found = scan(job, progress)
    known, older = remembered(job.output.folder, job.identity())
    return plan(job, found, known, progress, older).rows, found.notes


def run_batch(
    job: BatchJob,
    make_workers: MakeWorkers,
    progress: Progress,
    on_event: OnRunEvent = lambda event: None,
    *,
    control: Control | None = None,
    anew: bool = False,
    watch: bool = False,
) -> Summary:
    """Do all photos of a job that are not done yet. A photo that fails is reported, and the rest goes on.

    `anew` forgets another job that was begun in the output folder. `watch` does not end: photos that arrive in the
    job's folders are done, too. Events are told from several threads, one at a time.
    Raises Cancelled within one tile, and an AEStudioError before anything is computed where nothing can run.
    """
    for step in job.steps:
        step.settings()  # wrong ones are told before anything begins
    check_parts(job.parts)
    with using(job.parts):
        return _run(job, make_workers, progress, on_event, control or Control(), anew=anew, watch=watch)


def _run(
    job: BatchJob,
    make_workers: MakeWorkers,
    progress: Progress,
    on_event: OnRunEvent,
    control: Control,
    *,
    anew: bool,
    watch: bool,
) -> Summary:
    started = time.monotonic()
    found = scan(job, progress, may_be_empty=watch)
    with Journal(job.output.folder) as journal:
        journal.begin(job.identity(), anew=anew)
        todo = plan(job, found, journal.rows(), progress, journal.older())
        journal.add(todo.changed)
        rows = {row.number: row for row in todo.rows}
        before = {row.number for row in todo.rows if row.state == DONE}

        def tell(event: RunEvent) -> None:
            if isinstance(event, Changed):
                rows[event.row.number] = event.row
            on_event(event)

        recorder = Recorder(journal, todo.orders, control, progress, tell, job.most_errors)
        patience = Patience(
            job.output.folder,
            control,
            progress,
            recorder.needed,
            lambda sentence: recorder.tell(Paused(sentence)),
            lambda: recorder.tell(WentOn()),
        )
        tell(Planned(tuple(todo.rows), len(todo.orders), tuple(found.notes)))
        if todo.orders or watch:
            workers = make_workers(job, recorder, patience, control, progress)
            recorder.expect(())  # models are loaded: the time that is left counts from now on
            workers.run(todo.orders)
            while watch and not recorder.too_many_errors:
                arrived = _arrived(job, journal, progress)
                if arrived:
                    recorder.expect(arrived)
                    rows.update({order.row.number: order.row for order in arrived})
                    before -= {order.row.number for order in arrived}  # those that changed are done again
                    tell(Planned(tuple(order.row for order in arrived), len(arrived)))
                    workers.run(arrived)
        stopped = None
        if recorder.too_many_errors:
            stopped = Sentence.of("The job was stopped after {count} photos failed.", count=recorder.failed)
        progress.step(1, 1)
        return Summary(tuple(rows.values()), len(before), time.monotonic() - started, stopped)


def _arrived(job: BatchJob, journal: Journal, progress: Progress) -> list[Order]:
    """Photos that came since the last look, once they are complete; waits a while."""
    first = _new_stamps(job, journal, progress)
    _sleep(LOOK, progress)
    if not first:
        return []
    second = _new_stamps(job, journal, progress)
    ready = {source for source, stamp in second.items() if first.get(source) == stamp}
    if not ready:
        return []
    todo = plan(job, scan(job, progress, may_be_empty=True), journal.rows(), progress, journal.older())
    orders = [order for order in todo.orders if order.row.source in ready]
    numbers = {order.row.number for order in orders}
    journal.add([row for row in todo.changed if row.number in numbers or row.state == SKIPPED])
    return orders


def _new_stamps(job: BatchJob, journal: Journal, progress: Progress) -> dict[Path, tuple[int, int]]:
    """Size and time of files that are new or changed."""
    known = {row.source: (row.size, row.time, row.state) for row in journal.rows()}
    found = {}
    for each in scan(job, progress, may_be_empty=True).photos:
        source = each.source.absolute()
        now = stamp(source)
        before = known.get(source)
        if now != (0, 0) and (before is None or (before[:2] != now and before[2] in (DONE, FAILED))):
            found[source] = now
    return found


def _sleep(seconds: float, progress: Progress) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        progress.check()
        time.sleep(0.05)
