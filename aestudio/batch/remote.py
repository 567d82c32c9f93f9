"""What a worker of a cluster does: takes one photo at a time from its file into a file that has no name yet.

The scheduler loads this module, too, and needs neither torch nor OpenCV: what works is imported where it is used.
"""

import errno
import os
import pickle
import re
import secrets
import shutil
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from aestudio import __version__
from aestudio.errors import (
    AEStudioError,
    Cancelled,
    DiskFullError,
    ImageError,
    LostFolderError,
    Sentence,
    WeightsError,
)
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.batch.job import BatchJob
    from aestudio.batch.journal import Row
    from aestudio.batch.work import Made
    from aestudio.images.photo import Photo

AT_ONCE: Final = 3  # photos in one worker, one of them in the network while another is read and another is saved
_CHAINS: Final = 2  # that a worker keeps in memory: two jobs on one cluster do not load theirs for each photo

Answer = tuple[Literal["versions", "unseen", "unfit", "fit"], Any]


@dataclass(frozen=True)
class Kit:
    """All that a worker must know of a run, but for the photo."""

    run: str  # no two runs have the same
    job: "BatchJob"  # without its sources, of which there may be many
    device: str
    tile: int | None
    weights: Mapping[str, str]  # SHA-256 of each model's
    identity: str  # of the job
    parts: Path  # the folder for files without a name, which the run made

    @property
    def chain(self) -> tuple[object, ...]:
        """The same for two runs that need the same of a worker."""
        return self.identity, self.device, self.tile, tuple(sorted(self.weights.items()))


@dataclass(frozen=True)
class Outcome:
    """What became of a photo on a worker."""

    kind: Literal["made", "failed", "full", "unseen", "unfit", "stopped"]
    row: "Row"  # when it was made or failed, what is known of it then
    path: Path | None = None  # made: the file that is to get its name; unseen: what is not there for this worker
    sentence: Sentence | None = None  # unfit: why this worker can do no photo at all


def versions() -> str:
    """Of all that must be the same on each machine."""
    import distributed

    return f"AEStudio {__version__} with dask {distributed.__version__}"


def prepare(expected: str, kit: bytes, paths: Sequence[str]) -> Answer:
    """Whether this worker can take part in a run that needs these files; its models are in memory then.

    Takes and returns what any version understands, until the versions are known to be the same.
    """
    if expected != versions():
        return "versions", versions()
    needs: Kit = pickle.loads(kit)  # of a coordinator, which could have any code executed
    for path in (str(needs.parts), *paths):
        if not os.path.lexists(path):
            return "unseen", path
    try:
        with suppress(DiskFullError):  # told when there is something to save
            _own_folder(needs, "probe").rmdir()
        _bench(needs)
    except LostFolderError:
        return "unseen", str(needs.parts)
    except AEStudioError as exc:
        return "unfit", exc.sentence
    return "fit", None


def work(kit: bytes, photo: bytes) -> Outcome:
    """One photo from its file into a file in a folder of its own; whoever keeps the journal gives that its name.

    Both arguments are pickled, so that the scheduler need not know what is in them. What can be explained is returned
    and not raised: it has a way to go.
    """
    needs: Kit = pickle.loads(kit)
    row: Row = pickle.loads(photo)
    try:
        bench = _bench(needs)
    except AEStudioError as exc:
        return Outcome("unfit", row, sentence=exc.sentence)
    try:
        return _made_in(needs, row, bench)
    except Cancelled:
        return Outcome("stopped", row)
    except DiskFullError:
        return Outcome("full", row)
    except LostFolderError:
        return Outcome("unseen", row, needs.parts)


def stop(run: str) -> None:
    """Photos of a run come to an end within one tile, and those that have not begun do not begin."""
    _progress_of(run).cancel()


class _Bench:
    """The models of a job, in the memory of this process."""

    def __init__(self, kit: Kit) -> None:
        """Raises an AEStudioError where the job cannot be done here."""
        from aestudio.batch.chain import Chain
        from aestudio.codec.photo_format import install
        from aestudio.codec.shelf import Shelf
        from aestudio.models.card import ModelCard
        from aestudio.models.catalog import card_path, check_parts

        for model, digest in kit.weights.items():
            if ModelCard.read(card_path(model)).sha256 != digest:
                raise WeightsError(
                    "The model “{model}” is another one there. Please install the same AEStudio and the same models on "
                    "all machines.",
                    model=model,
                )
        check_parts(kit.job.parts)
        device, self._threads = _place(kit.device)
        install(Shelf(device=device))
        self.chain = Chain(kit.job.steps, device, kit.tile)
        self._turn = threading.Lock()  # one photo in the network

    def use_cores(self) -> None:
        """Let this thread compute with the worker's share of the processor; dask has several threads."""
        import torch

        torch.set_num_threads(self._threads)

    def made(self, photo: "Photo", progress: Progress) -> "tuple[Made, float]":
        """What the steps make of a photo, and how many seconds that took. Raises as Chain.run."""
        with self._turn:
            started = time.monotonic()
            return self.chain.run(photo, progress), time.monotonic() - started


_lock = threading.Lock()
_benches: dict[tuple[object, ...], _Bench] = {}
_runs: dict[str, Progress] = {}


def _bench(kit: Kit) -> _Bench:
    with _lock:
        bench = _benches.pop(kit.chain, None) or _Bench(kit)
        _benches[kit.chain] = bench  # the last one used is the last one to go
        while len(_benches) > _CHAINS:
            del _benches[next(iter(_benches))]
        return bench


def _progress_of(run: str) -> Progress:
    return _runs.setdefault(run, Progress())


def _place(device: str) -> tuple[str, int]:
    """The device for this process, and its share of the machine's processor.

    A worker with threads of a number is meant for as many cores: several workers share a machine so. With several
    graphics cards, dask-cuda shows each worker its own; else a worker whose name ends with a number, as `dask worker
    --nworkers 4 --name studio` gives them, takes the card of that number.
    """
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:  # not in a worker
        return device, max(1, os.cpu_count() or 1)
    number = re.search(r"\d+$", str(worker.name))
    if device in ("auto", "cuda") and number and "://" not in str(worker.name):
        import torch

        cards = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if cards > 1 and "CUDA_VISIBLE_DEVICES" not in os.environ:
            device = f"cuda:{int(number[0]) % cards}"
    return device, worker.state.nthreads


def _own_folder(kit: Kit, name: str) -> Path:
    """A new folder for one file. Raises ImageError: LostFolderError where that of the run is gone, DiskFullError."""
    folder = kit.parts / f"{name}-{secrets.token_hex(4)}"
    try:
        folder.mkdir()
        with suppress(OSError):  # whoever may write to the folder of the results may write here, too
            folder.chmod(kit.parts.stat().st_mode & 0o7777)
    except OSError as exc:
        said = Sentence.of(
            "Nothing can be written to {folder} ({reason}). Please check the disk, or choose another folder.",
            folder=kit.job.output.folder,
            reason=exc.strerror or exc,
        )
        if exc.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(said) from exc
        raise (ImageError if kit.parts.is_dir() else LostFolderError)(said) from exc
    return folder


def _made_in(kit: Kit, row: "Row", bench: _Bench) -> Outcome:
    """Raises Cancelled, DiskFullError or LostFolderError; else what is wrong with the photo stands in the outcome."""
    from aestudio.batch.work import failed, open_photo, save_result
    from aestudio.models.catalog import using

    progress = _progress_of(kit.run)
    progress.check()
    bench.use_cores()
    folder = part = None
    try:
        opened = open_photo(row, kit.job)
        row = opened.row
        with using(kit.job.parts):  # one worker may do photos of several jobs at the same time
            made, seconds = bench.made(opened.photo, progress)
            folder = _own_folder(kit, str(row.number))
            named = replace(opened, row=replace(row, output=folder / row.output.name))
            result = save_result(
                named,
                made,
                kit.job,
                lambda row: None,  # nothing to tell: it gets its name elsewhere
                overwrite=False,
                colours=bench.chain.colours,
                seconds=seconds,
            )
        part = result.output
        return Outcome("made", replace(result, output=row.output), part)
    except (DiskFullError, LostFolderError):
        raise
    except AEStudioError as exc:
        if not os.path.lexists(row.source):
            return Outcome("unseen", failed(row, exc), row.source)
        return Outcome("failed", failed(row, exc))
    finally:
        if folder is not None and part is None:
            shutil.rmtree(folder, ignore_errors=True)


def cannot_see(worker: str, path: object) -> Sentence:
    """What is there for one machine is not for another."""
    return Sentence.of(
        "The worker {worker} cannot see {path}. Please connect the shared folder there, under the same name as on this "
        "machine.",
        worker=worker,
        path=path,
    )


def cannot_take_part(worker: str, problem: Sentence) -> Sentence:
    """Whose problem it is."""
    return Sentence.of("The worker {worker} cannot take part. {problem}", worker=worker, problem=problem)
