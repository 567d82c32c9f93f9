"""The example of where a result goes is what the run would do."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from aestudio.batch.example import example
from aestudio.batch.job import BatchJob, OutputRule
from aestudio.batch.plan import plan
from aestudio.batch.scan import scan
from aestudio.images.options import SaveOptions
from aestudio.progress import Progress

MakeJob = Callable[..., BatchJob]
PATIENT = 30.0  # seconds: other work may hold up a test


def planned(job: BatchJob) -> list[tuple[Path, Path]]:
    return [(row.source, row.output) for row in plan(job, scan(job, Progress()), [], Progress()).rows]


def test_it_is_the_first_photo_of_the_run(make_job: MakeJob, tmp_path: Path) -> None:
    for job in (
        make_job(),
        make_job(include=("*.webp",)),
        make_job(include=("below/*",)),
        make_job(output=OutputRule(tmp_path / "out", "{n}-{name}-{task}-{model}", SaveOptions("AES"))),
    ):
        shown = example(job, PATIENT)
        assert shown is not None
        assert (shown.source, shown.output) == planned(job)[0]


def test_a_photo_stands_for_itself(make_job: MakeJob, photos: Path, tmp_path: Path) -> None:
    shown = example(make_job(sources=(photos / "below" / "c.tif", photos)), PATIENT)
    assert shown is not None
    assert shown.output == tmp_path / "out" / "c.tif"


def test_there_is_none_where_nothing_is_meant(make_job: MakeJob, photos: Path) -> None:
    assert example(make_job(include=("*.gif",)), PATIENT) is None
    assert example(make_job(sources=()), PATIENT) is None
    assert example(make_job(sources=(photos / "empty",)), PATIENT) is None
    assert example(replace(make_job(include=("*.webp",)), recursive=False), PATIENT) is None


def test_results_are_no_examples(make_job: MakeJob, photos: Path) -> None:
    out = photos / "aa"
    out.mkdir()
    (out / "0.webp").touch()
    shown = example(make_job(include=("*.webp",), output=OutputRule(out)), PATIENT)
    assert shown is not None
    assert shown.source == photos / "below" / "deeper" / "d.webp"
