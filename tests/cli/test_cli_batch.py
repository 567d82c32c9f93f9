"""`aestudio batch`, run as a user runs it, with small models."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aestudio.batch.job import BatchJob, JobStep, OutputRule, read_job
from aestudio.batch.journal import FOLDER, Journal
from aestudio.images.io import read_photo
from aestudio.images.options import SaveOptions

Run = Callable[..., int]
MakePhoto = Callable[..., Path]
Capture = pytest.CaptureFixture[str]

DENOISE = ("-o", "out", "--steps", "denoise:sigma=20")
GOOD = ["a.jpg", "a.png", "below/a.jpg", "below/deeper/b.webp"]


@pytest.fixture
def album(make_photo: MakePhoto) -> Path:
    """Four photos in a folder and two below it."""
    for number, name in enumerate(GOOD):
        make_photo(f"in/{name}", noise=10 + 5 * number)
    Path("in/notes.txt").write_text("no photo", encoding="utf-8")
    return Path("in")


def torn(name: str) -> Path:
    """A file that is no whole photo."""
    Path(name).write_bytes(b"\xff\xd8\xff\xe0 no photo")
    return Path(name)


def results(folder: str = "out") -> dict[str, bytes]:
    """What lies in a folder, journal aside."""
    files = [p for p in Path(folder).rglob("*") if p.is_file() and FOLDER not in p.parts]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(files)}


def table(text: str) -> dict[str, str]:
    """The figures at the end."""
    return dict(re.findall(r"^ +(\w[\w ]*\w) {2,}(\S.*?) *$", text, re.MULTILINE))


def told(capsys: Capture) -> list[dict[str, Any]]:
    """The lines of JSON."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


# folders


def test_sub_folders_are_kept_and_photos_of_one_name_never_meet(album: Path, run: Run, capsys: Capture) -> None:
    before = results("in")
    assert run("batch", album, *DENOISE, "-r") == 0
    assert sorted(results()) == GOOD
    assert results("in") == before
    assert len(set(results().values())) == len(GOOD)
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == "4 photos: 4 to do."
    for name in GOOD:
        line = next(line for line in lines if line.startswith(f"{Path('out') / name}  noise "))
        assert re.search(r"/255  0\.0 MP  \d+\.\d s($|  please look: \w+)", line)
    found = table(captured.out)
    assert (found["Done"], found["Done before"], found["Skipped"], found["Failed"]) == ("4", "0", "0", "0")
    assert int(found["Photos per hour"].replace(",", "")) > 0


def test_one_format_for_all_gives_numbers_to_those_of_one_name(album: Path, run: Run) -> None:
    assert run("batch", album, *DENOISE, "-r", "--format", "png", "--name", "{name} ({task})", "-q") == 0
    names = ["a (denoise)-2.png", "a (denoise).png", "below/a (denoise).png", "below/deeper/b (denoise).png"]
    assert sorted(results()) == names


def test_without_recursive_the_folder_alone_is_done(album: Path, run: Run) -> None:
    assert run("batch", album, *DENOISE, "-q") == 0
    assert sorted(results()) == ["a.jpg", "a.png"]


def test_patterns_choose_photos(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", album, *DENOISE, "-r", "-q", "--include", "*.PNG", "--include", "below/deeper/*") == 0
    assert sorted(results()) == ["a.png", "below/deeper/b.webp"]
    assert run("batch", album, *DENOISE, "--include", "*.tif") == 2
    assert "There are no photos like *.tif in in." in capsys.readouterr().err


def test_a_pattern_that_the_shell_left_is_resolved(album: Path, run: Run) -> None:
    assert run("batch", "in/*.jpg", *DENOISE, "-q") == 0
    assert sorted(results()) == ["a.jpg"]


def test_the_output_folder_may_lie_among_the_photos(album: Path, run: Run, capsys: Capture) -> None:
    words = ("batch", "in", "-o", "in/done", "--steps", "denoise:sigma=20", "-r")
    assert run(*words) == 0
    assert sorted(results("in/done")) == GOOD
    assert run(*words) == 0
    assert sorted(results("in/done")) == GOOD
    assert "in/done lies among the photos: what is in it is left out." in capsys.readouterr().err


def test_the_folder_of_the_photos_itself_is_refused(album: Path, run: Run, capsys: Capture) -> None:
    before = results("in")
    assert run("batch", "in", "-o", "in", "--steps", "denoise", "-r") == 2
    assert "The results cannot go to in: the photos themselves lie there." in capsys.readouterr().err
    assert results("in") == before


def test_an_empty_folder_is_told(run: Run, capsys: Capture) -> None:
    Path("empty").mkdir()
    assert run("batch", "empty", *DENOISE) == 2
    assert "There are no photos in empty. Please choose another folder, or include its sub-folders." in (
        capsys.readouterr().err
    )
    assert not Path("out").exists()


def test_photos_that_came_out_otherwise_are_listed_in_the_end(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", album, *DENOISE, "-r") == 0  # the small model makes photos yellow
    captured = capsys.readouterr()
    looks = [line.split("  ")[0] for line in captured.out.splitlines() if "please look: " in line]
    errors = captured.err.splitlines()
    assert looks
    assert errors[0] == "Please look at these photos, the worst first:"
    assert sorted(line for line in errors[1:] if not line.startswith(" ")) == sorted(looks)
    assert any(line.startswith("    The whole photo became more yellow, by ") for line in errors)
    assert table(captured.out)["To be looked at"] == str(len(looks))


# steps


def test_several_tools_work_one_after_the_other(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", "in/a.png", *DENOISE, "-q") == 0
    assert run("batch", "in/a.png", "-o", "two", "--steps", "denoise:sigma=20,colorize:anew=on:saturation=2") == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.count("; ") == 1  # what each found
    assert results()["a.png"] != results("two")["a.png"]
    assert b"Colorize" in (read_photo(Path("two/a.png")).metadata.xmp or b"")


def test_compress_as_the_last_step_makes_aes_files(
    album: Path, run: Run, home: Path, codec_folder: Path, capsys: Capture
) -> None:
    for path in codec_folder.iterdir():
        shutil.copy(path, home / "DATA" / "aestudio" / "models")
    for quality in (5, 95):
        steps = f"denoise:sigma=20,compress:quality={quality}"
        assert run("batch", "in/a.png", "-o", f"q{quality}", "--steps", steps, "-q") == 0
    assert len(results("q5")["a.aes"]) < len(results("q95")["a.aes"])
    assert run("batch", "in/a.png", "-o", "alone", "--steps", "compress", "--name", "{name}-{task}", "-q") == 0
    assert read_photo(Path("alone/a-compress.aes")).format == "AES"
    for words in (["--format", "jpg"], ["--quality", "50"]):
        assert run("batch", "in/a.png", "-o", "no", "--steps", "compress", *words) == 2
        assert "With compress as the last step there is no --format or --quality." in capsys.readouterr().err


def test_what_a_tool_asks_is_asked_once(album: Path, run: Run, capsys: Capture) -> None:
    words = ("batch", "in/a.png", "-o", "out", "--steps", "unwatermark,unwatermark")
    assert run(*words) == 2
    errors = capsys.readouterr().err
    assert errors == "Do you have the right to remove the marks from these photos? If so, please add --yes.\n"
    assert not Path("out").exists()
    assert run(*words, "--dry-run") == 0
    assert run(*words, "--yes") == 0
    assert sorted(results()) == ["a.png"]


# going on


def test_a_second_run_has_nothing_to_do_and_says_so(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", album, *DENOISE, "-r", "-q") == 0
    before = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run("batch", album, *DENOISE, "-r") == 0
    assert capsys.readouterr().out == "4 photos were done before; nothing is left to do.\n"
    now = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*") if path.is_file()}
    assert {path for path in now if now[path] != before.get(path)} <= {Path("out") / FOLDER / "journal.sqlite"}


def test_a_run_goes_on_with_what_is_new_changed_or_missing(album: Path, run: Run, make_photo: MakePhoto) -> None:
    assert run("batch", album, *DENOISE, "-r", "-q") == 0
    before = {name: (Path("out") / name).stat().st_mtime_ns for name in results()}
    make_photo("in/new.png")
    make_photo("other.png", noise=60)
    shutil.copy("other.png", "in/a.png")
    Path("out/below/a.jpg").unlink()
    assert run("batch", album, *DENOISE, "-r", "-q") == 0
    now = {name: (Path("out") / name).stat().st_mtime_ns for name in results()}
    assert sorted(now) == sorted([*GOOD, "new.png"])
    assert {name for name in before if before[name] != now[name]} == {"a.png", "below/a.jpg"}


def test_nothing_that_was_there_is_overwritten(album: Path, run: Run, capsys: Capture) -> None:
    Path("out").mkdir()
    Path("out/a.jpg").write_bytes(b"mine")
    assert run("batch", album, *DENOISE) == 0
    assert "2 photos: 1 to do, 1 skipped, as files of those names are there already (see --existing)" in (
        capsys.readouterr().out
    )
    assert results()["a.jpg"] == b"mine"
    assert run("batch", album, *DENOISE, "--existing", "number", "-q") == 0
    assert results()["a.jpg"] == b"mine"
    assert sorted(results()) == ["a-2.jpg", "a.jpg", "a.png"]
    shutil.rmtree("out")
    Path("out").mkdir()
    Path("out/a.jpg").write_bytes(b"mine")
    assert run("batch", album, *DENOISE, "--existing", "replace", "--dry-run") == 0
    assert "will be done, and replaces what is there" in capsys.readouterr().out
    assert run("batch", album, *DENOISE, "--existing", "replace", "-q") == 0
    assert results()["a.jpg"] != b"mine"


def test_another_job_in_the_same_folder_is_refused_unless_begun_anew(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", album, *DENOISE, "-q") == 0
    before = results()
    other = ("batch", album, "-o", "out", "--steps", "denoise:sigma=40")
    for words in (other, (*other, "--dry-run")):
        assert run(*words) == 2
        errors = capsys.readouterr().err
        assert "In out lie the results of another job" in errors
        assert "--anew" in errors
        assert errors.count("\n") == 1
    assert results() == before
    assert run(*other, "--anew", "--dry-run") == 0
    assert results() == before
    assert run(*other, "--anew", "--existing", "number", "-q") == 0
    assert sorted(results()) == ["a-2.jpg", "a-2.png", "a.jpg", "a.png"]
    assert before.items() <= results().items()


def test_defaults_that_are_written_out_are_the_same_job(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", album, *DENOISE, "-q") == 0
    same = ("-o", "out", "--steps", "denoise:strength=1.0:sigma=20.0")
    assert run("batch", album, *same) == 0
    assert "nothing is left to do" in capsys.readouterr().out


def test_a_folder_in_which_another_job_works_is_refused(album: Path, run: Run, capsys: Capture) -> None:
    with Journal(Path("out")):
        for words in ((), ("--dry-run",)):
            assert run("batch", album, *DENOISE, *words) == 2
            assert "Another job is working in out." in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_and_the_same_command_goes_on(make_photo: MakePhoto, run: Run, number: int) -> None:
    make_photo("in/a.png")
    make_photo("in/b.png", height=900, width=900)
    make_photo("in/c.png")
    with started("batch", "in", *DENOISE, "--tile", "32", "--json") as process:
        for line in lines_of(process):
            if line.get("state") == "done":
                break
        process.send_signal(number)
        rest, errors = process.communicate(timeout=100)
    assert process.returncode == 130
    assert errors == "Stopped. What is finished is saved.\n"
    end = json.loads(rest.splitlines()[-1])
    assert (end["event"], end["done"], end["failed"]) == ("end", 1, 0)
    assert end["stopped"] == "The job was interrupted."
    assert sorted(results()) == ["a.png"]
    first = results()["a.png"]
    assert run("batch", "in", *DENOISE, "-q") == 0
    assert sorted(results()) == ["a.png", "b.png", "c.png"]
    assert results()["a.png"] == first


def test_a_watched_folder_is_done_as_photos_come(make_photo: MakePhoto) -> None:
    Path("in").mkdir()
    made = make_photo("a.png")
    with started("batch", "in", *DENOISE, "--watch", "--json") as process:
        lines = lines_of(process)
        assert next(lines) == {"event": "planned", "photos": 0, "left": 0, "notes": []}
        shutil.copy(made, "in/new.png")
        line = next(line for line in lines if line.get("state") == "done")
        assert Path(line["file"]) == Path("in/new.png").absolute()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=100)
    assert process.returncode == 130
    assert json.loads(rest.splitlines()[-1])["done"] == 1
    assert sorted(results()) == ["new.png"]


@contextmanager
def started(*words: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "aestudio", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()  # where the test failed; it is over else


def lines_of(process: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    assert isinstance(process.stdout, io.TextIOBase)
    for line in process.stdout:
        yield json.loads(line)


# failures


def test_a_bad_photo_is_told_and_the_rest_goes_on(album: Path, run: Run, capsys: Capture, home: Path) -> None:
    torn("in/below/torn.jpg")
    assert run("batch", album, *DENOISE, "-r") == 1
    captured = capsys.readouterr()
    assert sorted(results()) == GOOD
    sentence = f"{Path('in/below/torn.jpg')}: torn.jpg is "
    errors = captured.err.splitlines()
    assert errors[0].startswith(sentence)
    assert errors[1] == "These photos failed:"
    assert errors[2] == errors[0]
    assert table(captured.out)["Failed"] == "1"
    assert "torn.jpg" in (home / "STATE" / "aestudio" / "log" / "aestudio.log").read_text(encoding="utf-8")
    assert run("batch", album, *DENOISE, "-r", "-q") == 1  # it is tried again
    assert capsys.readouterr().err == errors[0] + "\n"


def test_where_every_photo_fails_nothing_ran(run: Run, capsys: Capture) -> None:
    torn("a.jpg")
    assert run("batch", "a.jpg", "gone.jpg", *DENOISE) == 2
    assert "gone.jpg does not exist" in capsys.readouterr().err
    assert not results()


def test_too_many_failures_end_the_run(run: Run, make_photo: MakePhoto, capsys: Capture) -> None:
    make_photo("in/a.png")
    for number in range(12):
        torn(f"in/b{number}.jpg")
    make_photo("in/c.png")
    assert run("batch", "in", *DENOISE, "--max-errors", 2) == 1
    errors = capsys.readouterr().err
    assert "The job was stopped after 2 photos failed." in errors
    assert "11 photos are left: the same command goes on with them." in errors
    assert sorted(results()) == ["a.png"]


# what is told


def test_json_tells_each_photo(album: Path, run: Run, capsys: Capture) -> None:
    torn("in/torn.jpg")
    Path("out").mkdir()
    Path("out/a.jpg").write_bytes(b"mine")
    assert run("batch", album, *DENOISE, "--json") == 1
    lines = told(capsys)
    assert lines[0] == {"event": "planned", "photos": 3, "left": 2, "notes": []}
    photos = [line for line in lines if line["event"] == "photo"]
    last = {Path(line["file"]).name: line["state"] for line in photos}
    assert last == {"a.jpg": "skipped", "a.png": "done", "torn.jpg": "failed"}
    assert [line["state"] for line in photos if line["file"].endswith("a.png")] == ["working", "done"]
    skipped, done, failed = (
        next(line for line in photos if line["state"] == state) for state in ("skipped", "done", "failed")
    )
    assert skipped["reason"] == "a.jpg is there already, and was left as it is."
    assert failed["error"].startswith("torn.jpg is ")
    assert done["file"] == str(Path("in/a.png").absolute())
    assert done["output"] == str(Path("out/a.png"))
    assert done["found"].startswith("noise ")
    assert done["megapixels"] == pytest.approx(72 * 96 / 1e6, abs=1e-3)
    assert done["seconds"] > 0
    assert done["scores"] == {}
    assert isinstance(done["flags"], list)
    progress = [line for line in lines if line["event"] == "progress"]
    assert progress[-1]["fraction"] == 1
    assert lines[-1]["seconds"] > 0
    flagged = len([line for line in photos if line.get("flags")])
    assert {**lines[-1], "seconds": 0} == {
        "event": "end",
        "done": 1,
        "before": 0,
        "failed": 1,
        "skipped": 1,
        "flagged": flagged,
        "seconds": 0,
        "stopped": None,
    }
    Path("in/torn.jpg").unlink()
    assert run("batch", album, *DENOISE, "--json") == 0
    end = told(capsys)[-1]
    assert (end["done"], end["before"], end["skipped"], end["failed"]) == (0, 1, 1, 0)


def test_quiet_tells_errors_only(album: Path, run: Run, capsys: Capture) -> None:
    torn("in/torn.jpg")
    assert run("batch", album, *DENOISE, "--quiet") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{Path('in/torn.jpg')}: torn.jpg is ")
    assert captured.err.count("\n") == 1


def test_a_dry_run_tells_and_writes_nothing(album: Path, run: Run, capsys: Capture) -> None:
    before = sorted(Path().rglob("*"))
    assert run("batch", album, *DENOISE, "-r", "--dry-run") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    lines = captured.out.splitlines()
    assert lines[0] == f"{Path('in/a.jpg')} -> {Path('out/a.jpg')}  will be done"
    assert lines[-1] == "4 photos: 4 to do."
    assert len(lines) == 5
    assert sorted(Path().rglob("*")) == before

    assert run("batch", album, *DENOISE, "-q", "--include", "*.jpg") == 0
    Path("out/a.png").write_bytes(b"mine")
    assert run("batch", album, *DENOISE, "-r", "--dry-run") == 0
    text = capsys.readouterr().out
    assert f"{Path('out/a.jpg')}  done before\n" in text
    assert f"{Path('out/a.png')}  skipped: a.png is there already, and was left as it is.\n" in text
    assert "4 photos: 2 to do, 1 done before, 1 skipped, " in text
    assert run("batch", album, *DENOISE, "-r", "--dry-run", "--json") == 0
    first, *rest = told(capsys)
    assert first == {"event": "planned", "photos": 4, "left": 2, "notes": []}
    assert [line["state"] for line in rest] == ["done", "skipped", "waiting", "waiting"]
    assert sorted(results()) == ["a.jpg", "a.png"]
    assert run("batch", album, *DENOISE, "--dry-run", "-q") == 0
    assert capsys.readouterr().out == ""


# job files


def test_a_job_is_kept_and_done_again_from_its_file(album: Path, run: Run, capsys: Capture) -> None:
    words = ("-r", "--include", "*.jpg", "--existing", "number", "--max-errors", 9, "--large", "--salvage")
    saving = ("--format", "jpg", "--quality", 90, "--metadata", "basic", "--name", "{name}-{n}")
    assert run("batch", album, *DENOISE, *words, *saving, "--save-job", "night.json", "-q") == 0
    assert sorted(results()) == ["a-0001.jpg", "below/a-0002.jpg"]
    assert read_job(Path("night.json")) == BatchJob(
        sources=(album.absolute(),),
        steps=(JobStep("denoise", {"sigma": 20.0}),),
        output=OutputRule(
            Path("out").absolute(), "{name}-{n}", SaveOptions("JPEG", quality=90, metadata="basic"), "number"
        ),
        recursive=True,
        include=("*.jpg",),
        most_errors=9,
        large=True,
        salvage=True,
    )
    assert run("batch", "--job", "night.json") == 0
    assert "nothing is left to do" in capsys.readouterr().out
    assert run("batch", "in/below", "-o", "other", "--job", "night.json", "-q") == 0
    assert sorted(results("other")) == ["a-0001.jpg"]


def test_a_dry_run_can_keep_the_job(album: Path, run: Run) -> None:
    assert run("batch", album, *DENOISE, "--save-job", "night.json", "--dry-run", "-q") == 0
    assert not Path("out").exists()
    assert run("batch", "--job", "night.json", "-q") == 0
    assert sorted(results()) == ["a.jpg", "a.png"]


def test_paths_in_steps_are_meant_from_the_current_folder(
    album: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("hints.json").write_text('{"version": 1, "hints": []}', encoding="utf-8")
    Path("jobs").mkdir()
    steps = "colorize:hints=hints.json"
    assert run("batch", album, "-o", "out", "--steps", steps, "--save-job", "jobs/a.json", "--dry-run", "-q") in (0, 2)
    monkeypatch.chdir("jobs")
    assert read_job(Path("a.json")).steps[0].paths["hints"] == Path("..").resolve() / "hints.json"


def test_a_file_that_is_no_job_is_never_replaced(album: Path, run: Run, capsys: Capture) -> None:
    before = results("in")
    assert run("batch", album, *DENOISE, "--save-job", "in/a.jpg") == 2
    assert "a.jpg is there already, and is no batch job." in capsys.readouterr().err
    assert results("in") == before
    for _ in range(2):
        assert run("batch", album, *DENOISE, "--save-job", "night.json", "--dry-run") == 0


# wrong usage


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Please name photos, or folders of photos, or a job's file with --job."),
        (["in"], "Please name a folder for the results with --out."),
        (["in", "-o", "out"], "Please say what is to be done with --steps, such as --steps denoise,colorize."),
        (["in", "-o", "out", "--steps", ""], "There is no step."),
        (["in", "-o", "out", "--steps", "denoize"], "There is no tool “denoize”. Did you mean denoise?"),
        (["in", "-o", "out", "--steps", "denoise:sigma=99"], "Please write a number from 0 to 60, or auto."),
        (["in", "-o", "out", "--steps", "colorize:hints=none.json"], "none.json"),
        (["in", "-o", "out.jpg", "--steps", "denoise"], "out.jpg is the name of a photo."),
        (["in", *DENOISE, "--name", "{place}"], "{name} {task} {model} {date} {n}"),
        (["in", *DENOISE, "--quality", "0"], "The quality is 0: please choose a value from 1 to 100."),
        (["in", *DENOISE, "--format", "jpg", "--bit-depth", "16"], "A JPEG file cannot hold 16 bits."),
        (["in/*.tif", *DENOISE], "There are no photos in in/*.tif."),
        (["--job", "none.json"], "none.json cannot be read"),
        (["--job", "in/notes.txt"], "notes.txt is not a batch job"),
        (["--job", "job.json", "--steps", "denoise"], "--steps cannot stand beside --job"),
        (["--job", "job.json", "--metadata", "keep"], "--metadata cannot stand beside --job"),
        (["--job", "job.json", "-r"], "--recursive cannot stand beside --job"),
    ],
)
def test_bad_usage_is_one_sentence(words: list[str], sentence: str, album: Path, run: Run, capsys: Capture) -> None:
    before = results(".")
    assert run("batch", *words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert results(".") == before
    assert not Path("out").exists()


@pytest.mark.parametrize("words", [["--device", "warp"], ["--steps", "denoise:model=other"]])
def test_what_cannot_work_is_told_before_the_first_photo(
    words: list[str], album: Path, run: Run, capsys: Capture
) -> None:
    assert run("batch", album, *DENOISE, *words, "-q") == 2
    assert "There is no " in capsys.readouterr().err
    assert not results()


def test_a_folder_that_cannot_be_made_is_told(album: Path, run: Run, capsys: Capture) -> None:
    assert run("batch", album, "-o", "in/notes.txt", "--steps", "denoise") == 2
    assert "Nothing can be written to in" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="the rights of a folder are other ones there")
def test_what_cannot_be_looked_into_is_told(album: Path, run: Run, capsys: Capture) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may look into every folder")
    Path("in/below").chmod(0)
    try:
        assert run("batch", album, *DENOISE, "-r") == 0
    finally:
        Path("in/below").chmod(0o755)
    assert "cannot be opened" in capsys.readouterr().err


def test_help_names_every_setting_of_every_step(run: Run, capsys: Capture) -> None:
    assert run("batch", "--help") == 0
    text = capsys.readouterr().out
    for line in ("denoise: sigma, strength, model", "compress: quality", "130", "--save-job", "--png-level"):
        assert line in text
