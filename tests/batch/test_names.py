"""Names of results, and the loop over photos with a callable in place of the network."""

import unicodedata
from pathlib import Path

import pytest

from aestudio.batch.events import Event, Failed, Job, Progressed, Restored, Started
from aestudio.batch.loop import restore_photos
from aestudio.batch.names import Naming, output_paths, photos_in, plan
from aestudio.errors import Cancelled, ImageError, SettingsError
from aestudio.images.options import SaveOptions
from aestudio.progress import Progress, Step
from aestudio.tasks.base import Finding

FINDING = Finding(True, {}, "noise")
NAMING = Naming(task="denoise")


def paths(*names: str) -> list[Path]:
    return [Path(name) for name in names]


def restored(job: Job) -> Restored:
    return Restored(job, FINDING, untouched=False, megapixels=1.0, seconds=1.0)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# names


@pytest.mark.parametrize(
    ("sources", "out", "format_", "expected"),
    [
        (["a.jpg"], "out", None, ["out/a.jpg"]),
        (["a.JPG"], "out", None, ["out/a.JPG"]),
        (["a.jpeg"], "out", "JPEG", ["out/a.jpeg"]),
        (["a.jpg"], "out", "TIFF", ["out/a.tif"]),
        (["a.bin"], "out", None, ["out/a.png"]),
        (["a.jpg"], "b.png", None, ["b.png"]),
        (["a.jpg"], "out.v2", None, ["out.v2/a.jpg"]),
        (["a.jpg", "a.png"], "out", None, ["out/a.jpg", "out/a.png"]),
        (["a.jpg", "a.png"], "out", "PNG", ["out/a.png", "out/a-2.png"]),
        (["x/a.jpg", "y/a.jpg", "y/a-2.jpg"], "out", None, ["out/a.jpg", "out/a-3.jpg", "out/a-2.jpg"]),
        (["x/a.jpg", "y/A.jpg"], "out", None, ["out/a.jpg", "out/A-2.jpg"]),
        (["a.jpg", "b.jpg"], ".", None, ["a-denoise.jpg", "b-denoise.jpg"]),
        (["a.jpg", "a.png"], ".", "JPEG", ["a-denoise.jpg", "a-denoise-2.jpg"]),
        (["a.jpg", "a-denoise.jpg"], ".", None, ["a-denoise-2.jpg", "a-denoise-denoise.jpg"]),
        (["x/a.jpg", "b.jpg"], None, None, ["x/a-denoise.jpg", "b-denoise.jpg"]),
        (["a.jpg", "a.png"], None, "PNG", ["a-denoise.png", "a-denoise-2.png"]),
    ],
)
def test_where_results_go(sources: list[str], out: str | None, format_: str | None, expected: list[str]) -> None:
    found = output_paths(paths(*sources), Path(out) if out else None, NAMING, format_)
    assert found == paths(*expected)


def test_names_that_a_disk_takes_for_one_do_not_meet() -> None:
    composed, decomposed = (unicodedata.normalize(form, "사진.jpg") for form in ("NFC", "NFD"))
    first, second = output_paths([Path("x", composed), Path("y", decomposed)], Path("out"), NAMING)
    assert unicodedata.normalize("NFC", first.name) == "사진.jpg"
    assert unicodedata.normalize("NFC", second.name) == "사진-2.jpg"


def test_a_source_is_recognised_under_another_name_of_its_folder(folder: Path) -> None:
    (folder / "photos").mkdir()
    (folder / "photos" / "a.jpg").touch()
    (folder / "link").symlink_to("photos")
    assert output_paths(paths("photos/a.jpg"), Path("link"), NAMING) == paths("link/a-denoise.jpg")
    with pytest.raises(SettingsError, match="never overwritten"):
        output_paths(paths("photos/a.jpg"), Path("link/a.jpg"), NAMING)


def test_a_folder_that_is_called_like_a_photo_is_a_folder(folder: Path) -> None:
    (folder / "out.jpg").mkdir()
    assert output_paths(paths("a.jpg", "b.jpg"), Path("out.jpg"), NAMING) == paths("out.jpg/a.jpg", "out.jpg/b.jpg")


def test_beside_the_photo_a_name_that_is_taken_is_left_alone_unless_asked(folder: Path) -> None:
    (folder / "a-denoise.jpg").touch()
    assert output_paths(paths("a.jpg"), None, NAMING) == paths("a-denoise-2.jpg")
    assert output_paths(paths("a.jpg"), None, NAMING, overwrite=True) == paths("a-denoise.jpg")


def test_a_name_at_the_limit_of_the_disk_still_gets_its_ending() -> None:
    (output,) = output_paths([Path(f"{'사' * 83}.jpg")], None, NAMING)
    assert output.name.endswith("-denoise.jpg")
    assert len(output.name.encode()) <= 255


def test_photos_of_folders_and_patterns_each_once(folder: Path) -> None:
    for name in ("in/IMG_10.jpg", "in/IMG_2.png", "in/.hidden.jpg", "in/notes.txt", "b.jpg"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = photos_in(paths("b.jpg", "in", "./b.jpg", "in/IMG_2.png", "gone.jpg"))
    assert found == paths("b.jpg", "in/IMG_2.png", "in/IMG_10.jpg", "gone.jpg")
    assert photos_in(paths("in/*.jpg")) == paths("in/.hidden.jpg", "in/IMG_10.jpg")


@pytest.mark.parametrize("name", ["empty", "*.jpg"])
def test_a_folder_without_photos_is_refused(name: str, folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(ImageError, match="There are no photos in"):
        photos_in(paths(name))


def test_a_depth_that_no_output_can_hold_is_refused_before_the_work() -> None:
    options = SaveOptions(bit_depth=16)
    assert plan(paths("a.png"), Path("out"), NAMING, options) == [Job(Path("a.png"), Path("out/a.png"))]
    with pytest.raises(SettingsError, match=r"a\.jpg cannot hold 16 bits as JPEG\. Please choose one of: PNG, TIFF\."):
        plan(paths("a.jpg"), Path("out"), NAMING, options)


# the loop


def test_one_photo_that_fails_does_not_stop_the_rest() -> None:
    jobs = [Job(Path(name), Path("out", name)) for name in ("a.jpg", "b.jpg", "c.jpg")]
    events: list[Event] = []
    steps: list[Step] = []

    def restore_file(job: Job, progress: Progress) -> Restored:
        progress.step(0, 2)
        if job.source.name == "b.jpg":
            raise ImageError("b.jpg is damaged.")
        progress.step(2, 2)
        return restored(job)

    report = restore_photos(jobs, restore_file, Progress(steps.append), events.append)
    assert [done.job for done in report.restored] == [jobs[0], jobs[2]]
    assert report.failed == [Failed(jobs[1], "b.jpg is damaged.")]
    kinds = [Started, Progressed, Progressed, Restored, Started, Progressed, Failed, Started]
    assert [type(event) for event in events][: len(kinds)] == kinds
    fractions = [step.fraction for step in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert {step.note for step in steps[:-1]} == {"a.jpg", "b.jpg", "c.jpg"}
    assert Path("out").is_dir()


def test_a_stop_reaches_the_photo_at_work() -> None:
    jobs = [Job(Path(name), Path("out", name)) for name in ("a.jpg", "b.jpg")]
    progress = Progress()
    worked_on = []

    def restore_file(job: Job, inner: Progress) -> Restored:
        worked_on.append(job)
        inner.step(1, 10)
        progress.cancel()
        inner.step(2, 10)
        raise AssertionError("it should have stopped")

    with pytest.raises(Cancelled):
        restore_photos(jobs, restore_file, progress)
    assert worked_on == jobs[:1]


def test_our_own_mistakes_are_not_taken_for_a_bad_photo() -> None:
    def restore_file(job: Job, progress: Progress) -> Restored:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        restore_photos([Job(Path("a.jpg"), Path("out/a.jpg"))], restore_file, Progress())


def test_a_folder_that_cannot_be_made_is_told_before_the_work(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(ImageError, match="cannot be made"):
        restore_photos([Job(Path("a.jpg"), Path("file/a.jpg"))], lambda job, progress: restored(job), Progress())
