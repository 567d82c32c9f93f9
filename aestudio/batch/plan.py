"""Compares what a job means with what its journal remembers: what is left to do, and what is done."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from aestudio.batch.job import BatchJob
from aestudio.batch.journal import DONE, SKIPPED, WAITING, WORKING, Row, working_again
from aestudio.batch.names import stamp
from aestudio.batch.places import Places
from aestudio.batch.scan import Found, Scan
from aestudio.errors import Sentence
from aestudio.progress import Progress

_BLOCK = 1 << 20  # bytes
_EMPTY = sha256().hexdigest()


@dataclass(frozen=True)
class Order:
    """One photo that is to be done."""

    row: Row
    overwrite: bool = False  # the file that has the result's name is our own, or the user said so


@dataclass
class Plan:
    """The photos of a run in the order of the job, and those that are left to do."""

    rows: list[Row] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)  # of which the journal does not know yet


def plan(
    job: BatchJob, scan: Scan, known: Sequence[Row], progress: Progress, older: Mapping[Path, str] | None = None
) -> Plan:
    """What is left to do of a job; see Journal.rows and Journal.older. Raises Cancelled between two photos."""
    by_source = {row.source: row for row in known}
    places = Places(job.output, job.tools, job.models, [found.source for found in scan.photos])
    places.take([row.output for row in known])
    next_number = max((row.number for row in known), default=0) + 1
    found_plan = Plan()
    for found in scan.photos:
        progress.check()
        found = replace(found, source=found.source.absolute())
        before = by_source.get(found.source)
        if before is None:
            row, order = _first_time(job, found, places, next_number, older or {})
            next_number += 1
        else:
            row, order = _again(job, found, places, before)
        found_plan.rows.append(row)
        if row != before:
            found_plan.changed.append(row)
        if order is not None:
            found_plan.orders.append(order)
    return found_plan


def _first_time(
    job: BatchJob, found: Found, places: Places, number: int, older: Mapping[Path, str]
) -> tuple[Row, Order | None]:
    size, time = stamp(found.source)
    row = Row(number, found.source, places.give(found, number), size=size, time=time)
    if os.path.lexists(row.output) and job.output.existing == "skip":
        if row.output in older and digest_of(row.output) == older[row.output]:
            row = replace(row, replaces=older[row.output])
            return row, Order(row, overwrite=True)
        return _skipped(row), None
    return row, Order(row, overwrite=job.output.existing == "replace")


def _again(job: BatchJob, found: Found, places: Places, row: Row) -> tuple[Row, Order | None]:
    """A photo that the journal knows."""
    is_there = os.path.lexists(row.output)
    if row.state == WORKING and is_there and row.output_digest == digest_of(row.output):
        row = replace(row, state=DONE, replaces="")  # it got its name, and nobody was left to tell
    if row.state == DONE and is_there and _unchanged(row):
        size, time = stamp(row.source)
        return (replace(row, size=size, time=time) if size else row), None
    ours = {row.output_digest, row.replaces} - {""}
    if row.state == WORKING and row.output_digest:
        ours.add(_EMPTY)  # on disks without links a name is taken first, and filled then
    size, time = stamp(found.source)
    fresh = replace(working_again(row), size=size, time=time)
    if not is_there:
        return fresh, Order(fresh)
    own = digest_of(row.output) if ours else ""
    if own in ours:
        fresh = replace(fresh, replaces=own)
        return fresh, Order(fresh, overwrite=True)
    if job.output.existing == "replace":
        return fresh, Order(fresh, overwrite=True)
    if job.output.existing == "skip" and row.state in (WAITING, SKIPPED, WORKING):
        return _skipped(fresh), None
    fresh = replace(fresh, output=places.give_anew(found, row.number))
    return fresh, Order(fresh)


def _skipped(row: Row) -> Row:
    message = Sentence.of("{name} is there already, and was left as it is.", name=row.output.name)
    return replace(row, state=SKIPPED, message=message)


def _unchanged(row: Row) -> bool:
    """Whether the source is what was read; what vanished since then was done in time."""
    now = stamp(row.source)
    return now in ((row.size, row.time), (0, 0)) or (now[0] == row.size and digest_of(row.source) == row.digest)


def digest_of(path: Path) -> str:
    """SHA-256 of a file; empty for one that cannot be read."""
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
