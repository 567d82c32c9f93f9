"""Which photos a job means, and under which names their results go."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aestudio.batch.job import BatchJob, JobStep, OutputRule
from aestudio.batch.places import Places
from aestudio.batch.scan import Found, scan
from aestudio.errors import Cancelled, ImageError, SettingsError
from aestudio.images.options import SaveOptions
from aestudio.progress import Progress

MakeJob = Callable[..., BatchJob]


def names(job: BatchJob) -> list[str]:
    return [f"{found.below.as_posix()}/{found.source.name}" for found in scan(job, Progress()).photos]


def test_sub_folders_are_looked_through_if_asked(make_job: MakeJob) -> None:
    assert names(make_job(recursive=False)) == ["./a.jpg", "./a.png", "./b.jpg", "./torn.jpg"]
    assert names(make_job()) == [
        *("./a.jpg", "./a.png", "./b.jpg", "./torn.jpg"),
        *("below/a.jpg", "below/c.tif", "below/deeper/d.webp"),
    ]


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (("*.PNG",), ["./a.png"]),
        (("*.tif", "d.*"), ["below/c.tif", "below/deeper/d.webp"]),
        (("below/a*",), ["below/a.jpg"]),
        (("*/d.webp",), ["below/deeper/d.webp"]),
    ],
)
def test_patterns_choose(make_job: MakeJob, include: tuple[str, ...], expected: list[str]) -> None:
    assert names(make_job(include=include)) == expected


def test_a_photo_is_met_once(make_job: MakeJob, photos: Path) -> None:
    twice = make_job(sources=(photos / "below", photos, photos / "a.jpg", photos / "below" / "c.tif"))
    assert sorted(names(twice)) == sorted(
        ["./a.jpg", "./c.tif", "deeper/d.webp", "./a.jpg", "./a.png", "./b.jpg", "./torn.jpg"]
    )


def test_links_that_lead_back_are_followed_once(make_job: MakeJob, photos: Path) -> None:
    before = names(make_job())
    (photos / "below" / "again").symlink_to(photos)
    (photos / "below" / "deeper" / "up").symlink_to(photos / "below")
    (photos / "linked.jpg").symlink_to(photos / "b.jpg")
    assert len(names(make_job())) == len(before)


def test_hidden_files_are_left_out(make_job: MakeJob, photos: Path) -> None:
    before = names(make_job())
    (photos / ".thumbnails").mkdir()
    for name in (".thumbnails/x.jpg", "._a.jpg"):
        (photos / name).write_bytes((photos / "a.jpg").read_bytes())
    assert names(make_job()) == before


def test_results_among_the_photos_are_left_out(make_job: MakeJob, photos: Path) -> None:
    out = photos / "below" / "done"
    out.mkdir()
    (out / "a.jpg").write_bytes((photos / "a.jpg").read_bytes())
    found = scan(make_job(output=OutputRule(out)), Progress())
    assert out / "a.jpg" not in [each.source for each in found.photos]
    assert "lies among the photos" in str(found.notes[0])


def test_results_cannot_go_where_the_photos_lie(make_job: MakeJob, photos: Path) -> None:
    with pytest.raises(SettingsError, match="the photos themselves lie there"):
        scan(make_job(output=OutputRule(photos / "below" / "..")), Progress())


def test_a_folder_without_photos_is_said(make_job: MakeJob, photos: Path) -> None:
    with pytest.raises(ImageError, match=r"no photos in .*empty"):
        scan(make_job(sources=(photos / "empty",)), Progress())
    with pytest.raises(ImageError, match=r"no photos like \*\.raw"):
        scan(make_job(include=("*.raw",)), Progress())
    with pytest.raises(ImageError, match="include its sub-folders"):
        scan(make_job(sources=(photos / "empty",), recursive=False), Progress())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a folder that nobody may open")
def test_a_closed_folder_does_not_end_the_search(make_job: MakeJob, photos: Path) -> None:
    (photos / "below").chmod(0)
    try:
        found = scan(make_job(), Progress())
    finally:
        (photos / "below").chmod(0o755)
    assert len(found.photos) == 4
    assert "cannot be opened" in str(found.notes[0])


def test_a_search_can_be_cancelled(make_job: MakeJob) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        scan(make_job(), progress)


# names of results


def given(rule: OutputRule, *sources: str, taken: tuple[Path, ...] = ()) -> list[str]:
    found = [Found(Path("/in", name), Path(name).parent) for name in sources]
    places = Places(rule, "denoise", "denoise", [each.source for each in found])
    places.take(taken)
    return [places.give(each, n).relative_to(rule.folder).as_posix() for n, each in enumerate(found, start=1)]


def test_folders_are_mirrored(tmp_path: Path) -> None:
    assert given(OutputRule(tmp_path), "a.jpg", "x/a.jpg", "x/y/b.png") == ["a.jpg", "x/a.jpg", "x/y/b.png"]


def test_photos_of_one_name_never_meet(tmp_path: Path) -> None:
    rule = OutputRule(tmp_path, options=SaveOptions("PNG"))
    assert given(rule, "a.jpg", "a.png", "A.tif", "x/a.jpg") == ["a.png", "a-2.png", "A-3.png", "x/a.png"]


def test_names_follow_a_pattern(tmp_path: Path) -> None:
    assert given(OutputRule(tmp_path, "{n}-{name}-{task}"), "x/a.jpg") == ["x/0001-a-denoise.jpg"]


def test_names_given_earlier_stay(tmp_path: Path) -> None:
    assert given(OutputRule(tmp_path), "a.jpg", taken=(tmp_path / "a.jpg",)) == ["a-2.jpg"]


def test_existing_files_get_company_by_number(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert given(OutputRule(tmp_path, existing="number"), "a.jpg") == ["a-2.jpg"]
    assert given(OutputRule(tmp_path), "a.jpg") == ["a.jpg"]


def test_a_result_never_takes_the_name_of_an_original(tmp_path: Path) -> None:
    places = Places(OutputRule(tmp_path), "", "", [tmp_path / "a.jpg"])
    assert places.give(Found(tmp_path / "x" / "a.jpg", Path()), 1) == tmp_path / "a-2.jpg"


def test_a_tool_that_does_not_exist_is_no_step() -> None:
    with pytest.raises(SettingsError):
        JobStep("")
