"""Reads, restores and saves at the same time, so that the network never waits for a disk."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from aestudio.batch.chain import Chain
from aestudio.batch.job import BatchJob
from aestudio.batch.journal import Row
from aestudio.batch.pace import BYTES_PER_MEGAPIXEL
from aestudio.batch.patience import Patience
from aestudio.batch.plan import Order, digest_of
from aestudio.batch.recorder import Recorder
from aestudio.batch.run import MakeWorkers
from aestudio.batch.work import Made, Opened, failed, lost_folder, open_photo, save_result
from aestudio.control import Control, GatedProgress
from aestudio.engine.memory import return_freed_memory
from aestudio.errors import AEStudioError, LostFolderError
from aestudio.models.catalog import using
from aestudio.progress import Progress

THREADS = max(1, min(4, (os.cpu_count() or 2) // 2))  # on either side of the network
AHEAD = 8  # photos that are read before it is their turn: as many small ones as share a pass
MEGAPIXELS = 100.0  # that are in memory at once, but for a single photo that is larger
TOGETHER = 8  # photos in one pass
LARGE = 6.0  # megapixels of a photo behind which memory is tidied up, which takes a tenth of a second


class Pipeline:
    """Works off orders on this machine. The network runs in the thread that calls `run`."""

    def __init__(
        self, job: BatchJob, chain: Chain, recorder: Recorder, patience: Patience, control: Control, progress: Progress
    ) -> None:
        self._job = job
        self._chain = chain
        self._recorder = recorder
        self._patience = patience
        self._control = control
        self._progress = progress
        self._reading: deque[tuple[Order, Future[Opened | Row]]] = deque()
        self._writing: deque[tuple[float, Future[None]]] = deque()  # with megapixels

    def run(self, orders: Iterable[Order]) -> None:
        """Do all orders, or as many as errors are allowed. What is computed when a stop is asked for is still saved.

        Raises Cancelled within one tile.
        """
        coming = iter(orders)
        with ThreadPoolExecutor(THREADS, "batch-save") as writers:
            readers = ThreadPoolExecutor(THREADS, "batch-read")
            try:
                while not self._recorder.too_many_errors:
                    self._progress.check()
                    self._control.pass_through(self._progress)
                    self._read_ahead(coming, readers)
                    if not self._reading:
                        break
                    self._restore(self._next_group(), writers)
                while self._writing:
                    self._writing.popleft()[1].result()
            finally:
                readers.shutdown(wait=True, cancel_futures=True)

    def _read_ahead(self, coming: Iterator[Order], readers: ThreadPoolExecutor) -> None:
        held = sum(_megapixels(order) for order, _ in self._reading) + sum(size for size, _ in self._writing)
        while len(self._reading) < AHEAD and (held < MEGAPIXELS or not self._reading):
            order = next(coming, None)
            if order is None:
                return
            held += _megapixels(order)
            self._reading.append((order, readers.submit(self._open, order)))

    def _open(self, order: Order) -> Opened | Row:
        """In a reader's thread. The row of a photo that cannot be read says why."""
        try:
            return self._patience.insist(partial(self._open_or_lost, order))
        except AEStudioError as exc:
            return failed(order.row, exc)

    def _open_or_lost(self, order: Order) -> Opened:
        try:
            return open_photo(order.row, self._job)
        except AEStudioError as exc:
            lost = lost_folder(order.row.source, self._job)
            if lost is not None:
                raise LostFolderError("The folder {folder} with the photos is not there.", folder=lost) from exc
            raise

    def _next_group(self) -> list[tuple[Order, Opened]]:
        """The next photo, with those behind it that are there already and share its pass; none if it failed."""
        group: list[tuple[Order, Opened]] = []
        while self._reading and len(group) < TOGETHER and (not group or self._reading[0][1].done()):
            order, future = self._reading[0]
            opened = future.result()
            if isinstance(opened, Row):
                if not group:
                    self._reading.popleft()
                    self._recorder.finished(opened)
                break
            if group and not self._chain.fit_together([each.photo for _, each in group] + [opened.photo]):
                break
            self._reading.popleft()
            self._recorder.sized(opened.row)
            group.append((order, opened))
        return group

    def _restore(self, group: list[tuple[Order, Opened]], writers: ThreadPoolExecutor) -> None:
        if not group:
            return
        for _, opened in group:
            self._recorder.started(opened.row)
        started, waited = time.monotonic(), self._control.waited
        made = self._made(group)
        seconds = (time.monotonic() - started - (self._control.waited - waited)) / len(group)
        self._recorder.computed([opened.row for _, opened in group])
        for (order, opened), each in zip(group, made, strict=True):
            if isinstance(each, AEStudioError):
                self._recorder.finished(failed(opened.row, each))
                continue
            while len(self._writing) > THREADS or (
                self._writing and sum(size for size, _ in self._writing) > MEGAPIXELS / 2
            ):
                self._writing.popleft()[1].result()
            future = writers.submit(self._save, order, opened, each, seconds)
            self._writing.append((opened.photo.megapixels, future))

    def _made(self, group: list[tuple[Order, Opened]]) -> list[Made | AEStudioError]:
        name, size = group[0][1].row.source.name, group[0][1].photo.megapixels
        told = partial(self._recorder.step, note=name, megapixels=len(group) * size)
        progress = GatedProgress(self._progress, self._control, told)
        try:
            if len(group) > 1:
                return self._chain.run_together([opened.photo for _, opened in group], progress)
            return [self._chain.run(group[0][1].photo, progress)]
        except AEStudioError as exc:
            return [exc]

    def _save(self, order: Order, opened: Opened, made: Made, seconds: float) -> None:
        """In a writer's thread."""
        intended: list[Row] = []

        def intend(row: Row) -> None:
            intended[:] = [row]
            self._recorder.intend(row)

        def attempt() -> Row:
            if intended and digest_of(intended[0].output) == intended[0].output_digest:
                return intended[0]  # the disk was lost when it had its name already
            return save_result(
                opened,
                made,
                self._job,
                intend,
                overwrite=order.overwrite,
                colours=self._chain.colours,
                seconds=seconds,
            )

        try:
            with using(self._job.parts):  # what is chosen is known to one thread alone
                row = self._patience.insist(attempt)
        except AEStudioError as exc:
            row = failed(opened.row, exc)
        self._patience.insist(partial(self._recorder.finished, row))
        if opened.photo.megapixels >= LARGE:
            return_freed_memory()


def _megapixels(order: Order) -> float:
    return order.row.megapixels or order.row.size / BYTES_PER_MEGAPIXEL


def on_this_machine(device: str = "auto", tile: int | None = None, models: Sequence[Path] | None = None) -> MakeWorkers:
    """Workers for `run_batch`; all models are loaded when they are made."""

    def make(job: BatchJob, recorder: Recorder, patience: Patience, control: Control, progress: Progress) -> Pipeline:
        chain = Chain(job.steps, device, tile, models)
        progress.check()
        return Pipeline(job, chain, recorder, patience, control, progress)

    return make
