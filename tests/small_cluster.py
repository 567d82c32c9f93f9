"""A scheduler and workers on this machine alone: the commands that a user starts, each in a process of its own."""

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import distributed.cli.dask_scheduler
import distributed.cli.dask_worker

from aestudio.batch import work
from aestudio.batch.cluster import on_cluster
from aestudio.batch.job import BatchJob, read_job
from aestudio.batch.journal import Row
from aestudio.batch.run import run_batch
from aestudio.errors import DiskFullError, LostFolderError
from aestudio.progress import Progress

# processes begin as copies of one that has all this loaded, and not while a test waits for it
_LOADED = [
    "distributed.cli.dask_scheduler",
    "distributed.cli.dask_worker",
    "aestudio.batch.chain",
    "aestudio.batch.cluster",
    "aestudio.batch.crew",
    "aestudio.codec.photo_format",
    "aestudio.codec.shelf",
]
_PATIENCE = 60.0  # seconds for a process to begin


class SmallCluster:
    """All in a folder of the machine, with a folder of user data that holds models. `close` ends all processes."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder = folder
        self._home = home
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)
        self._workers: list[ForkServerProcess] = []
        self._others: list[ForkServerProcess] = []
        self._count = 0
        self.pace(0.0)
        self.trouble("")
        self.address = self._scheduler(folder / "scheduler.json")

    def close(self) -> None:
        for process in (*self._workers, *self._others):
            process.kill()
            process.join()

    def pace(self, seconds: float) -> None:
        """How long workers take to open a photo."""
        (self._folder / "pace").write_text(str(seconds))

    def trouble(self, what: str) -> None:
        """What workers meet: the disk is "full", the folder is "lost" for one of two or for "all", or nothing."""
        (self._folder / "trouble").write_text(what)

    def workers(self, count: int) -> None:
        """Have that many of them, or have them begin."""
        self._workers = [process for process in self._workers if process.is_alive()]
        while len(self._workers) < count:
            self._count += 1
            options = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--no-dashboard", "--host", "127.0.0.1")
            where = ("--local-directory", str(self._folder), "--name", f"small-{self._count}")
            self._workers.append(self._started(_worker, self.address, *options, *where))

    def kill_worker(self) -> None:
        """As when somebody pulls the plug."""
        self._workers[0].kill()
        self._workers[0].join()

    def coordinator(self, job: Path) -> ForkServerProcess:
        """A process that runs a job on the cluster."""
        self._others.append(self._started(_coordinator, str(job), self.address))
        return self._others[-1]

    def _scheduler(self, file: Path) -> str:
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self._others.append(self._started(_scheduler, *options))
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._others[0].is_alive():
            try:
                return str(json.loads(file.read_text())["address"])
            except (OSError, ValueError):
                time.sleep(0.05)
        self.close()
        raise RuntimeError((self._folder / "log").read_text())

    def _started(self, target: Callable[..., object], *words: str) -> ForkServerProcess:
        process = self._context.Process(target=_begin, args=(self._folder, self._home, target, words))
        process.start()
        return process


def _begin(folder: Path, home: Path, target: Callable[..., object], words: tuple[str, ...]) -> None:
    """In the new process."""
    os.environ["XDG_DATA_HOME"] = str(home)
    os.environ["SMALL_CLUSTER"] = str(folder)
    os.chdir(folder)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(log, stream.fileno())
    target(*words)


def _scheduler(*words: str) -> None:
    distributed.cli.dask_scheduler.main(list(words))


def _worker(*words: str) -> None:
    """A worker whose photos take a while; some of them are too much for it."""
    open_photo, folder = work.open_photo, Path(os.environ["SMALL_CLUSTER"])
    even = int(words[-1].removeprefix("small-")) % 2 == 0

    def slow(row: Row, job: BatchJob) -> work.Opened:
        if row.source.name.startswith("deadly"):
            os._exit(1)
        if row.source.name.startswith("odd"):
            raise ZeroDivisionError("of our own making")
        trouble = (folder / "trouble").read_text()
        if trouble == "full":
            raise DiskFullError("There is no room.")
        if trouble == "all" or (trouble == "lost" and even):
            raise LostFolderError("The folder is not there.")
        time.sleep(float((folder / "pace").read_text()))
        return open_photo(row, job)

    work.open_photo = slow
    distributed.cli.dask_worker.main(list(words))


def _coordinator(job: str, address: str) -> None:
    run_batch(read_job(Path(job)), on_cluster(address, "cpu"), Progress())
