"""Jobs in files: what is written comes back, and what is wrong is said."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aestudio.batch.job import BatchJob, JobStep, OutputRule, read_job, write_job
from aestudio.errors import SettingsError
from aestudio.images.io import write_photo
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo
from aestudio.tasks.denoise import DenoiseSettings


def test_a_job_comes_back_from_its_file(tmp_path: Path) -> None:
    job = BatchJob(
        sources=(tmp_path / "photos", tmp_path / "사진.jpg"),
        steps=(JobStep("denoise", {"sigma": None, "strength": 0.8}), JobStep("colorize", model="other")),
        output=OutputRule(tmp_path / "out", "{name}-{n}", SaveOptions("JPEG", quality=90, metadata="basic"), "number"),
        recursive=True,
        include=("*.jpg", "2024/*"),
        most_errors=12,
        large=True,
        salvage=True,
    )
    assert read_job(write_job(job, tmp_path / "job.json")) == job


def test_paths_are_counted_from_the_jobs_own_folder(tmp_path: Path) -> None:
    table = {
        "version": 1,
        "sources": ["photos"],
        "steps": [{"tool": "unwatermark", "settings": {"mask": "mask.png"}}],
        "output": {"folder": "out"},
    }
    (tmp_path / "job.json").write_text(json.dumps(table))
    job = read_job(tmp_path / "job.json")
    assert job.sources == (tmp_path / "photos",)
    assert job.output.folder == tmp_path / "out"
    assert job.steps[0].paths == {"mask": tmp_path / "mask.png"}


def test_a_step_becomes_the_tools_settings() -> None:
    assert JobStep("denoise", {"sigma": 12.5, "strength": 0.5}).settings() == DenoiseSettings(0.5, 12.5)
    with pytest.raises(SettingsError, match="from 0 to 60"):
        JobStep("denoise", {"sigma": 99.0}).settings()


@pytest.mark.parametrize(
    ("tool", "values", "said"),
    [
        ("sharpen", {}, "no tool “sharpen”"),
        ("denoise", {"sugma": 1.0}, "no setting “sugma”"),
        ("denoise", {"sigma": "much"}, "cannot be “much”"),
        ("denoise", {"strength": None}, "cannot be “None”"),
        ("denoise", {"strength": True}, "cannot be “True”"),
        ("unwatermark", {"paint_anew": 1.0}, "cannot be “1.0”"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(tool: str, values: dict[str, float | str | None], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        JobStep(tool, values)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a batch job"),
        ("[1, 2]", "not a batch job"),
        ("{}", "not a batch job"),
        ('{"version": 1, "sources": "photos", "steps": [], "output": {"folder": "o"}}', "not a batch job"),
        ('{"version": 1, "sources": [], "steps": [3], "output": {"folder": "o"}}', "not a batch job"),
        ('{"version": 1, "sources": [], "steps": [], "output": {}}', "not a batch job"),
        ('{"version": 2, "sources": [], "steps": [], "output": {"folder": "o"}}', "newer AEStudio"),
        ('{"version": 1, "sources": [], "steps": [], "output": {"folder": "o"}, "x": 1}', "key “x” is not known"),
        ('{"version": 1, "sources": [], "steps": [], "output": {"folder": "o", "quality": 200}}', "from 1 to 100"),
        ('{"version": 1, "sources": [], "steps": [{"tool": "x"}], "output": {"folder": "o"}}', "no tool “x”"),
        ('{"version": 1, "sources": [], "steps": [], "output": {"folder": "o"}, "most_errors": 0}', "most_errors is 0"),
        ('{"version": 1, "sources": [], "steps": [], "output": {"folder": "o"}, "parts": [1]}', "not a batch job"),
        ('{"version": 1, "sources": [], "steps": [], "output": {"folder": "o"}, "parts": {"x": "y"}}', "no part “x”"),
        ("\x00\xff", "not a batch job"),
    ],
)
def test_a_file_that_is_no_job_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "night.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=rf"night\.json.*{said}"):
        read_job(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"night\.json cannot be read"):
        read_job(tmp_path / "night.json")


def test_jobs_are_the_same_that_make_the_same_of_each_photo(tmp_path: Path) -> None:
    rule = OutputRule(tmp_path)
    job = BatchJob((tmp_path,), (JobStep("denoise", {"sigma": 5.0}),), rule)
    same = BatchJob((tmp_path / "more",), job.steps, OutputRule(tmp_path / "x", existing="number"), recursive=True)
    assert job.identity() == same.identity()
    for other in (
        BatchJob((tmp_path,), (JobStep("denoise", {"sigma": 6.0}),), rule),
        BatchJob((tmp_path,), (*job.steps, JobStep("colorize")), rule),
        BatchJob((tmp_path,), job.steps, OutputRule(tmp_path, options=SaveOptions("PNG"))),
    ):
        assert other.identity() != job.identity()


def test_models_inside_the_tools_belong_to_a_job(tmp_path: Path) -> None:
    plain = BatchJob((tmp_path,), (JobStep("denoise", {"sigma": 5.0}),), OutputRule(tmp_path))
    assert "parts" not in json.loads(plain.to_json())
    job = replace(plain, parts={"noise-level": "mine", "inpaint": "ruins", "compress": "compress"})
    assert job.parts == {"inpaint": "ruins", "noise-level": "mine"}  # the third is as it is anyway
    assert json.loads(job.to_json())["parts"] == job.parts
    assert read_job(write_job(job, tmp_path / "job.json")) == job
    assert len({each.identity() for each in (plain, job, replace(plain, parts={"inpaint": "ruins"}))}) == 3
    assert replace(plain, parts={"inpaint": "inpaint"}).identity() == plain.identity()
    with pytest.raises(SettingsError, match=r"no part “denoise”. Please choose one of compress, inpaint, mark-finder"):
        replace(plain, parts={"denoise": "mine"})


def test_jobs_of_before_there_were_parts_are_the_same(tmp_path: Path) -> None:
    job = BatchJob((tmp_path,), (JobStep("denoise", {"sigma": 5.0}),), OutputRule(tmp_path))
    # as computed by the program that wrote the journals: a folder that was begun then can be gone on with
    assert job.identity() == "92ce06c460dbdb756bb2320b26f838f3dccc8a0e098450858077a8717d84d252"


def test_another_mask_under_the_same_name_is_another_job(tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"
    job = BatchJob((tmp_path,), (JobStep("unwatermark", {"mask": str(mask)}),), OutputRule(tmp_path))
    found = set()
    for level in (0, 255):
        write_photo(Photo(np.full((8, 8, 1), level, np.uint8)), mask, overwrite=True)
        found.add(job.identity())
    assert len(found) == 2


def test_a_file_of_a_setting_is_read_once_as_long_as_it_stays_the_same(tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"
    write_photo(Photo(np.full((8, 8, 1), 255, np.uint8)), mask)
    step = JobStep("unwatermark", {"mask": str(mask)})
    first = step.settings()
    assert step.settings().mask is first.mask  # type: ignore[attr-defined]  # they are those of unwatermark
    write_photo(Photo(np.full((9, 9, 1), 255, np.uint8)), mask, overwrite=True)
    assert step.settings().mask is not first.mask  # type: ignore[attr-defined]
