"""Runs that are killed at random moments, and gone on with."""

import hashlib
import multiprocessing
import random
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path

import batch_child
import pytest
from small_photos import noisy

from aestudio.batch.job import BatchJob, OutputRule, write_job
from aestudio.batch.journal import DONE, FAILED, FOLDER, read_rows
from aestudio.images.io import read_photo, write_photo

KILLS = 25  # benchmarks/batch.py kills a hundred times
PHOTOS = 40


@pytest.fixture
def context() -> ForkServerContext:
    """Processes that have torch loaded when they begin: a run is killed at work, and not while it loads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["batch_child", "aestudio.engine.restorer", "aestudio.models.loader"])
    return context


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_runs_that_are_killed_lose_nothing(
    make_job: Callable[..., BatchJob], photos: Path, models: Path, tmp_path: Path, context: ForkServerContext
) -> None:
    for number in range(PHOTOS):
        folder = photos / str(number % 4)
        folder.mkdir(exist_ok=True)
        write_photo(noisy(number, 40 + number % 3), folder / f"p{number}.png")
    whole = write_job(make_job(output=OutputRule(tmp_path / "whole")), tmp_path / "whole.json")
    job = write_job(make_job(), tmp_path / "job.json")
    out = tmp_path / "out"

    started = time.monotonic()
    assert _run(context, whole, models) == 0
    takes = time.monotonic() - started

    chance = random.Random(7)
    kills = 0
    met: dict[Path, int] = {}
    while kills < KILLS:
        code = _run(context, job, models, kill_after=chance.uniform(0.3, 1.0) * takes / 3)
        kills += code != 0
        for path in _results(out):
            assert read_photo(path).pixels.shape[2] == 3  # no half files, ever
            time_made = path.stat().st_mtime_ns
            assert met.setdefault(path, time_made) == time_made  # none is made twice
        if code == 0:  # all done: begin anew
            for path in _results(out):
                path.unlink()
            met.clear()
    assert _run(context, job, models) == 0

    assert _pictures(out) == _pictures(tmp_path / "whole")
    states = [row.state for row in read_rows(out)]
    assert (states.count(DONE), states.count(FAILED)) == (PHOTOS + 6, 1)


def _run(context: ForkServerContext, job: Path, models: Path, kill_after: float | None = None) -> int:
    process = context.Process(target=batch_child.run, args=(job, models))
    process.start()
    process.join(kill_after if kill_after is not None else 60)
    if process.is_alive():
        process.kill()
        process.join()
    code = process.exitcode
    assert code in (0, -signal.SIGKILL)
    return code or 0


def _results(folder: Path) -> list[Path]:
    """Files that have a result's name; a killed run may leave hidden ones."""
    files = (p for p in folder.rglob("*") if p.is_file() and FOLDER not in p.parts)
    return [path for path in files if not path.name.startswith(".")]


def _pictures(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(read_photo(path).pixels.tobytes()).hexdigest()
        for path in _results(folder)
    }
