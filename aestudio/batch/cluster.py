"""Hands the photos of a batch to several machines, and keeps its books.

How the promises of a batch hold: this program alone keeps the journal, and this program alone gives results their
names. A worker leaves a whole file, flushed and read back, in a folder below .aestudio/parts/RUN that no other attempt
uses, and tells its digest. Here the digest goes into the journal, then the file gets its name: the same two steps, by
the same code, as on one machine. So, whenever something is killed:

- a worker, or a worker that was only thought to be dead, leaves at most a file without a name;
- so do workers of a coordinator that was killed: what they still finish cannot get in the way of the next run, which
  takes their folder from them before it begins;
- between the two steps, the journal knows the digest of what may have its name already, see plan.

The other way, workers that give names and leave a note of it for the journal, needs all machines to agree at once on
which files and notes there are. Network file systems do not promise that: they remember for seconds what was not there.
"""

import os
import shutil
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from aestudio.batch.job import BatchJob
from aestudio.batch.journal import FOLDER, Row
from aestudio.batch.names import make_folder, stamp
from aestudio.batch.patience import Patience
from aestudio.batch.plan import Order, digest_of
from aestudio.batch.recorder import Changed, Paused, Recorder, WentOn
from aestudio.batch.remote import Kit, cannot_see, cannot_take_part
from aestudio.batch.run import MakeWorkers
from aestudio.batch.work import failed, lost, lost_folder
from aestudio.control import Control
from aestudio.errors import AEStudioError, Cancelled, DiskFullError, ImageError, Sentence, SettingsError
from aestudio.images.atomic import give_name
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path, find_cards
from aestudio.progress import Progress
from aestudio.resources import data_folder

if TYPE_CHECKING:
    from aestudio.batch.crew import Crew, Hand, Report

LIVES: Final = 3  # workers that may die of a photo, or break on it; from the first on, it is given to them alone
TRIES: Final = 3  # workers that may not see a photo which is here
MEET: Final = 60.0  # seconds that workers may take at first to load their models, before others begin
_TICK: Final = 0.1  # seconds between two looks at a request to stop
_PARTS: Final = "parts"  # below .aestudio


class Cluster:
    """Works off orders on the machines of a Dask scheduler. Used from one thread."""

    def __init__(
        self,
        address: str,
        kit: Kit,
        job: BatchJob,
        recorder: Recorder,
        patience: Patience,
        control: Control,
        progress: Progress,
    ) -> None:
        """`kit` is what workers must know of all runs."""
        self._address = address
        self._kit = kit
        self._job = job
        self._recorder = recorder
        self._patience = patience
        self._control = control
        self._progress = progress
        self._crew: Crew
        self._parts: Path
        self._met = False
        self._waiting: deque[Order] = deque()
        self._suspects: deque[Order] = deque()  # photos whose workers died, or broke
        self._strikes: dict[int, list[str]] = defaultdict(list)  # those workers, by number of the photo
        self._unseen: dict[int, int] = defaultdict(int)  # workers that did not see a photo
        self._reasons: dict[int, str] = {}  # why workers broke
        self._pauses = 0
        self._given: dict[int, int] = {}  # how many pauses there were when a photo was given to a worker

    def run(self, orders: Iterable[Order]) -> None:
        """Do all orders, or as many as errors are allowed. What is computed when a stop is asked for is still saved.

        Raises Cancelled within one tile of each worker, SettingsError if there is no scheduler, or if a worker that is
        there from the beginning cannot take part.
        """
        from aestudio.batch.crew import Crew

        for memory in (self._waiting, self._suspects, self._strikes, self._unseen, self._reasons, self._given):
            memory.clear()
        self._waiting.extend(orders)
        with self._own_parts() as parts, Crew(self._address, replace(self._kit, run=parts.name, parts=parts)) as crew:
            self._crew, self._parts = crew, parts
            self._meet()
            self._recorder.expect(())  # the time that is left counts from now on
            while self._waiting or self._suspects or crew.busy:
                self._look()
                if self._progress.cancelled or self._recorder.too_many_errors:
                    crew.stop()
                    if not crew.busy:
                        break
                elif self._control.waits:
                    if not crew.busy:
                        self._control.pass_through(self._progress)
                        continue
                elif not self._hand_out() and not crew.busy:
                    self._wait_for_workers()
                    continue
                for report in crew.reports(_TICK):
                    self._take(report)
        self._progress.check()

    def _meet(self) -> None:
        """Find out who is there: a mistake that is told now need not be found in the morning."""
        until = time.monotonic() + MEET
        self._look()
        while self._crew.asked and time.monotonic() < until:
            self._progress.check()
            self._crew.reports(_TICK)
            self._look()
        if not self._met and self._crew.problem is not None:
            raise SettingsError(self._crew.problem)
        self._met = True

    def _look(self) -> None:
        self._crew.look(self._probes)

    def _probes(self) -> list[str]:
        """What a worker must see: folders, and some of the photos, for a folder may be there with nothing in it."""
        sources = islice(self._job.sources, 100)
        folders = {source if os.path.isdir(source) else source.parent for source in sources}
        photos = [order.row.source for order in islice(self._waiting, 3) if not self._unseen[order.row.number]]
        return [str(path.absolute()) for path in (*folders, *photos) if os.path.lexists(path)]

    def _hand_out(self) -> bool:
        """Give photos to workers that have room, one to each in turn. Whether there are workers."""
        fit = sorted(self._crew.fit, key=lambda hand: len(hand.held))
        room = fit
        while room and self._waiting:
            room = [hand for hand in room if self._waiting and self._gave(hand)]
        if not self._waiting:
            for hand in fit:
                self._give_suspect(hand, {other.address for other in fit})
        return bool(fit)

    def _gave(self, hand: "Hand") -> bool:
        has_room = hand.has_room(self._waiting[0])
        if has_room:
            self._give(hand, self._waiting.popleft())
        return has_room

    def _give_suspect(self, hand: "Hand", workers: set[str]) -> None:
        """A worker dies of one photo, and takes others with it that are not to blame: now each is tried alone."""
        for order in list(self._suspects):
            there = set(self._strikes[order.row.number])
            if hand.held or (hand.address in there and not workers <= there):  # another one may be sound
                continue
            self._suspects.remove(order)
            self._give(hand, order, alone=True)

    def _give(self, hand: "Hand", order: Order, *, alone: bool = False) -> None:
        self._recorder.started(order.row)
        self._given[order.row.number] = self._pauses
        self._crew.give(hand, order, alone=alone)

    def _wait_for_workers(self) -> None:
        if self._crew.asked:  # they load their models
            self._crew.reports(_TICK)
            return
        since = time.monotonic()
        said = None
        while not self._crew.fit and not self._crew.busy:
            if not self._crew.asked and (sentence := self._crew.complaint()) != said:
                self._recorder.tell(Paused(sentence))
                said = sentence
            self._progress.check()
            self._look()
            if not self._crew.busy:
                self._crew.reports(_TICK)
        self._recorder.tell(WentOn())
        self._control.waited += time.monotonic() - since

    def _take(self, report: "Report") -> None:
        """See what became of a photo."""
        order, outcome = report.order, report.outcome
        number = order.row.number
        if outcome is None:
            if report.fate == "back":
                self._give_back(order)
            else:
                self._strike(report)
            return
        row = replace(outcome.row, source=order.row.source, output=order.row.output)
        if outcome.kind == "made" and outcome.path is not None:
            self._save(order, row, outcome.path)
        elif outcome.kind == "failed":
            self._finish(row)
        elif outcome.kind == "full":
            self._give_back(order)
            if self._given[number] == self._pauses:  # else it met the same full disk as others before it
                self._wait_for_room()
        elif outcome.kind == "unseen":
            self._find(report, row, outcome.path or row.source)
        else:
            if outcome.sentence is not None:
                self._crew.dismiss(report.worker, cannot_take_part(report.worker, outcome.sentence))
            self._give_back(order)

    def _save(self, order: Order, row: Row, part: Path) -> None:
        """Give a result its name: the digest goes into the journal before."""
        planned = (order.row.size, order.row.time)
        if stamp(row.source) == planned and row.size == planned[0]:
            row = replace(row, time=planned[1])  # drives tell other machines the same time less finely
        self._recorder.sized(row)

        def attempt() -> None:
            if not os.path.isdir(self._job.output.folder):
                raise lost(self._job.output.folder)
            make_folder(row.output.parent)
            self._recorder.intend(row)
            _name(part, row, overwrite=order.overwrite)

        try:
            self._patience.insist(attempt)
        except AEStudioError as exc:
            row = failed(row, exc)
        with suppress(Cancelled):  # what is done is written down all the same
            self._recorder.computed([row], row.seconds)
        self._finish(row)
        shutil.rmtree(part.parent, ignore_errors=True)

    def _finish(self, row: Row) -> None:
        self._patience.insist(partial(self._recorder.finished, row))

    def _give_back(self, order: Order) -> None:
        self._recorder.tell(Changed(order.row))
        (self._suspects if order.row.number in self._strikes else self._waiting).appendleft(order)

    def _strike(self, report: "Report") -> None:
        """A photo was in work when its worker died, or it met a mistake of ours."""
        order, number = report.order, report.order.row.number
        self._strikes[number].append(report.worker)
        if report.reason:
            self._reasons[number] = report.reason
        if len(self._strikes[number]) < LIVES:
            self._give_back(order)
            return
        name, count = order.row.source.name, LIVES
        if number in self._reasons:
            exc = ImageError(
                "{name} could not be done, {count} times ({reason}). Please report this.",
                name=name,
                count=count,
                reason=self._reasons[number],
            )
        else:
            exc = ImageError(
                "{name} was given up: {count} workers died while they had it, perhaps for lack of memory. Please try "
                "it on a machine with more.",
                name=name,
                count=count,
            )
        self._finish(failed(order.row, exc))

    def _find(self, report: "Report", row: Row, missing: Path) -> None:
        """A worker does not see a photo, or the folder for results: is it here?"""
        if missing == row.source:
            here = os.path.lexists(missing)
            if not here and lost_folder(missing, self._job) is None:
                self._finish(row)  # it vanished alone
                return
        else:
            here = os.path.isdir(self._parts)
        if not here:
            self._give_back(report.order)
            self._wait_for_folders(row.source)
            return
        said = cannot_see(report.worker, missing)
        self._crew.dismiss(report.worker, said)
        if missing == row.source:  # others may see it, but they need not all be asked
            self._unseen[row.number] += 1
            if self._unseen[row.number] >= TRIES:
                self._finish(failed(report.order.row, ImageError(said)))
                return
        self._give_back(report.order)

    def _wait_for_room(self) -> None:
        """A worker met a full disk."""
        full = DiskFullError(Sentence.of("The disk of {folder} is full.", folder=self._job.output.folder))
        meetings = [full, full]  # one that is told, and one that is waited for

        def attempt() -> None:
            if meetings:
                raise meetings.pop()

        self._insist(attempt)

    def _wait_for_folders(self, source: Path) -> None:
        """A worker met a folder that is lost, and here it is not, either."""

        def attempt() -> None:
            for folder in (lost_folder(source, self._job), self._job.output.folder):
                if folder is not None and not os.path.isdir(folder):
                    raise lost(folder)
            make_folder(self._parts)

        self._insist(attempt)

    def _insist(self, attempt: Callable[[], None]) -> None:
        since = time.monotonic()
        self._patience.insist(attempt)
        self._control.waited += time.monotonic() - since
        self._pauses += 1

    @contextmanager
    def _own_parts(self) -> Iterator[Path]:
        """A folder for results that have no name yet. What earlier runs left is cleared away: the journal is ours."""
        out = self._job.output.folder.absolute()
        top = out / FOLDER / _PARTS
        shutil.rmtree(top, ignore_errors=True)
        parts = top / token_hex(8)
        make_folder(parts)
        with suppress(OSError):  # workers may run as another user
            for folder in (top, parts):
                folder.chmod(out.stat().st_mode & 0o7777)
        try:
            yield parts
        finally:
            shutil.rmtree(top, ignore_errors=True)


def _name(part: Path, row: Row, *, overwrite: bool) -> None:
    """Raises ImageError if the result does not get its name."""

    def verify(path: Path) -> None:
        if digest_of(path) != row.output_digest:
            raise ImageError(
                "{name} was not saved: what was written could not be read back. Please check the disk and save "
                "elsewhere.",
                name=path.name,
            )

    try:
        give_name(part, row.output, verify, source=row.source, overwrite=overwrite)
    except ImageError:
        # a network drive that is lost at this moment may have given the name, and say no to the second request
        if digest_of(row.output) != row.output_digest:
            raise


def on_cluster(address: str, device: str = "auto", tile: int | None = None) -> MakeWorkers:
    """Workers for `run_batch`: those of a Dask scheduler at an address such as tcp://192.168.1.10:8786.

    `device` is one of each worker. Raises SettingsError where the extra `cluster` is not installed.
    """
    if find_spec("distributed") is None:
        raise SettingsError(
            "Several machines take one more package. Please install it with: pip install 'aestudio[cluster]'"
        )

    def make(job: BatchJob, recorder: Recorder, patience: Patience, control: Control, progress: Progress) -> Cluster:
        models = {*find_cards([data_folder("models")]), *(step.model or step.task.model for step in job.steps)}
        models |= set(job.parts.values())
        sent = replace(
            job,
            sources=(),
            exclude=(),
            steps=tuple(step.within(Path.cwd()) for step in job.steps),
            output=replace(job.output, folder=job.output.folder.absolute()),
        )
        weights = {model: ModelCard.read(card_path(model)).sha256 for model in sorted(models)}
        kit = Kit("", sent, device, tile, weights, job.identity(), Path())
        return Cluster(address, kit, job, recorder, patience, control, progress)

    return make
