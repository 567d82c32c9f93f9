"""A run of a batch in a process of its own, which a test kills."""

from pathlib import Path

from aestudio.batch.job import read_job
from aestudio.batch.pipeline import on_this_machine
from aestudio.batch.run import run_batch
from aestudio.progress import Progress


def run(job: Path, models: Path, threads: int = 1) -> None:
    """Run a job to its end, with models of a folder."""
    import torch

    torch.set_num_threads(threads)
    run_batch(read_job(job), on_this_machine("cpu", models=[models]), Progress())
