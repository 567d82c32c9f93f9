"""Runs of a batch with a small network: what is done, what is told, and what a second run does."""

import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_photos import noisy

from aestudio.batch.job import BatchJob, JobStep, OutputRule
from aestudio.batch.journal import DONE, FAILED, FOLDER, SKIPPED, WORKING, Journal, read_rows
from aestudio.batch.pipeline import on_this_machine
from aestudio.batch.recorder import Changed, Paused, Planned, RunEvent, WentOn
from aestudio.batch.run import Summary, preview, run_batch
from aestudio.control import Control
from aestudio.errors import Cancelled, ImageError, SettingsError
from aestudio.images import atomic
from aestudio.images.io import read_photo, write_photo
from aestudio.images.options import SaveOptions
from aestudio.progress import Progress, Step

MakeJob = Callable[..., BatchJob]
Run = Callable[..., Summary]
GOOD = ["a.jpg", "a.png", "b.jpg", "below/a.jpg", "below/c.tif", "below/deeper/d.webp"]


@pytest.fixture
def run(models: Path) -> Run:
    """Runs a job on this machine with small models."""

    def run(job: BatchJob, progress: Progress | None = None, **how: object) -> Summary:
        return run_batch(job, on_this_machine("cpu", models=[models]), progress or Progress(), **how)  # type: ignore[arg-type]

    return run


def digests(folder: Path) -> dict[str, str]:
    """What lies in a folder, journal aside."""
    files = [p for p in folder.rglob("*") if p.is_file() and FOLDER not in p.parts]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def pictures(folder: Path) -> dict[str, str]:
    """The pixels of what lies in a folder: files also hold the second in which they were saved."""
    return {name: hashlib.sha256(read_photo(folder / name).pixels.tobytes()).hexdigest() for name in digests(folder)}


def test_all_photos_are_restored_into_mirrored_folders(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    job = make_job()
    summary = run(job)
    assert sorted(digests(tmp_path / "out")) == GOOD
    assert (summary.done, summary.count(FAILED), summary.before) == (len(GOOD), 1, 0)
    bad = next(row for row in summary.rows if row.state == FAILED)
    assert bad.source.name == "torn.jpg"
    assert "incomplete" in str(bad.message)
    for row in summary.rows:
        if row.state == DONE:
            before, after = read_photo(row.source), read_photo(row.output)
            assert before.pixels.shape == after.pixels.shape
            assert before.pixels.tobytes() != after.pixels.tobytes()
            assert after.metadata.exif
            assert row.output_digest == hashlib.sha256(row.output.read_bytes()).hexdigest()


def test_originals_stay_as_they_are(make_job: MakeJob, run: Run, photos: Path) -> None:
    before = digests(photos)
    run(make_job())
    assert digests(photos) == before


def test_a_second_run_does_only_what_is_left(make_job: MakeJob, run: Run, photos: Path, tmp_path: Path) -> None:
    job = make_job()
    run(job)
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*.*") if FOLDER not in p.parts}
    (photos / "torn.jpg").write_bytes((photos / "b.jpg").read_bytes())
    write_photo(noisy(9), photos / "below" / "new.jpg")
    events: list[RunEvent] = []
    summary = run(job, on_event=events.append)
    assert (summary.before, summary.done, summary.count(FAILED)) == (len(GOOD), 2, 0)
    assert {p: p.stat().st_mtime_ns for p in times} == times
    planned = next(event for event in events if isinstance(event, Planned))
    assert planned.left == 2
    done = {e.row.source.name for e in events if isinstance(e, Changed) and e.row.state == DONE}
    assert done == {"torn.jpg", "new.jpg"}


def test_results_do_not_depend_on_company(make_job: MakeJob, run: Run, photos: Path, tmp_path: Path) -> None:
    for number in range(6):
        write_photo(noisy(20 + number), photos / f"same{number}.png")
    run(make_job())
    for name in ("same3.png", "a.jpg", "below/c.tif"):
        alone = make_job(sources=(photos / name,), output=OutputRule(tmp_path / "alone" / name))
        run(alone)
        alone_pixels = read_photo(tmp_path / "alone" / name / Path(name).name).pixels
        assert alone_pixels.tobytes() == read_photo(tmp_path / "out" / name).pixels.tobytes()


def test_a_changed_photo_is_done_again_and_its_old_result_replaced(
    make_job: MakeJob, run: Run, photos: Path, tmp_path: Path
) -> None:
    run(make_job())
    before = digests(tmp_path / "out")
    write_photo(noisy(77), photos / "a.png", overwrite=True)
    summary = run(make_job())
    after = digests(tmp_path / "out")
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {"a.png"}
    assert summary.before == len(GOOD) - 1


def test_a_touched_photo_is_not_done_again(make_job: MakeJob, run: Run, photos: Path) -> None:
    run(make_job())
    (photos / "a.png").touch()
    assert run(make_job()).before == len(GOOD)


def test_a_result_that_the_user_changed_is_kept(make_job: MakeJob, run: Run, photos: Path, tmp_path: Path) -> None:
    run(make_job())
    edited = tmp_path / "out" / "a.png"
    write_photo(noisy(5), edited, overwrite=True)
    mine = edited.read_bytes()
    write_photo(noisy(77), photos / "a.png", overwrite=True)
    run(make_job())
    assert edited.read_bytes() == mine
    assert sorted(digests(tmp_path / "out")) == sorted([*GOOD, "a-2.png"])


def test_a_result_that_was_removed_is_made_again(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    run(make_job())
    before = pictures(tmp_path / "out")
    (tmp_path / "out" / "b.jpg").unlink()
    assert run(make_job()).before == len(GOOD) - 1
    assert pictures(tmp_path / "out") == before


@pytest.mark.parametrize(("existing", "names"), [("skip", GOOD), ("number", [*GOOD, "a-2.png"]), ("replace", GOOD)])
def test_files_that_are_there_already(
    make_job: MakeJob, run: Run, tmp_path: Path, existing: str, names: list[str]
) -> None:
    stranger = write_photo(noisy(3), _made(tmp_path / "out") / "a.png")
    before = stranger.read_bytes()
    summary = run(make_job(output=OutputRule(tmp_path / "out", existing=existing)))
    assert sorted(digests(tmp_path / "out")) == sorted(names)
    assert (stranger.read_bytes() == before) == (existing != "replace")
    assert summary.count(SKIPPED) == (existing == "skip")


def test_another_job_is_refused_in_the_same_folder(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    run(make_job())
    other = make_job(steps=(JobStep("denoise", {"sigma": 5.0}),))
    with pytest.raises(SettingsError, match="results of another job"):
        run(other)
    edited = tmp_path / "out" / "a.png"
    write_photo(noisy(5), edited, overwrite=True)
    mine, before = edited.read_bytes(), pictures(tmp_path / "out")
    summary = run(other, anew=True)  # takes the place of the other job's results, but for one that a user changed
    assert (summary.done, summary.count(SKIPPED)) == (len(GOOD) - 1, 1)
    after = pictures(tmp_path / "out")
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] == before[name]} == {"a.png"}
    assert edited.read_bytes() == mine


def test_a_mistake_in_the_settings_leaves_nothing_behind(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="from 0 to 60"):
        run(make_job(steps=(JobStep("denoise", {"sigma": 99.0}),)))
    assert not (tmp_path / "out").exists()


def test_two_jobs_at_once_are_refused(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    with Journal(tmp_path / "out"), pytest.raises(ImageError, match="Another job is working in"):
        run(make_job())


def test_a_damaged_journal_is_said_and_results_stay(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    run(make_job())
    (tmp_path / "out" / FOLDER / "journal.sqlite").write_bytes(b"nothing of the kind" * 300)
    with pytest.raises(SettingsError, match=r"journal in .* is damaged"):
        run(make_job())
    assert sorted(digests(tmp_path / "out")) == GOOD


def test_errors_can_end_a_run(make_job: MakeJob, run: Run, photos: Path) -> None:
    for number in range(4):
        (photos / f"0{number}.jpg").write_bytes(b"\xff\xd8\xff nothing")
    summary = run(make_job(most_errors=2))
    assert "after 2 photos failed" in str(summary.stopped)
    assert summary.done == 0
    assert run(make_job()).done == len(GOOD)


def test_a_cancelled_run_goes_on_later(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    whole = run(make_job(output=OutputRule(tmp_path / "whole")))
    progress = Progress()

    def stop(event: RunEvent) -> None:
        if isinstance(event, Changed) and event.row.state == DONE:
            progress.cancel()

    with pytest.raises(Cancelled):
        run(make_job(), progress, on_event=stop)
    done = [row for row in read_rows(tmp_path / "out") if row.state == DONE]
    assert 0 < len(done) < len(GOOD)
    summary = run(make_job())
    assert summary.before == len(done)
    assert pictures(tmp_path / "out") == pictures(tmp_path / "whole")
    assert summary.count(DONE) == whole.count(DONE)


def test_a_run_waits_while_it_is_paused(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    control = Control()
    control.pause()
    begun = threading.Event()
    thread = threading.Thread(target=lambda: run(make_job(), control=control, on_event=lambda event: begun.set()))
    thread.start()
    assert begun.wait(30)
    thread.join(1.0)
    assert thread.is_alive()
    assert not digests(tmp_path / "out")
    control.go_on()
    thread.join(60)
    assert sorted(digests(tmp_path / "out")) == GOOD


def test_a_full_disk_pauses_the_run(
    make_job: MakeJob, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, full = os.fsync, threading.Event()
    full.set()

    def fsync(descriptor: int) -> None:
        if full.is_set():
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    events: list[RunEvent] = []
    control = Control()

    def tell(event: RunEvent) -> None:
        events.append(event)
        if isinstance(event, Paused):
            full.clear()
            control.go_on()

    summary = run(make_job(), on_event=tell, control=control)
    paused = next(event for event in events if isinstance(event, Paused))
    assert "is full" in str(paused.sentence)
    assert "7 photos that are left need about" in str(paused.sentence)
    assert any(isinstance(event, WentOn) for event in events)
    assert sorted(digests(tmp_path / "out")) == GOOD
    assert summary.done == len(GOOD)


def test_a_lost_drive_pauses_the_run(make_job: MakeJob, run: Run, photos: Path, tmp_path: Path) -> None:
    gone = photos.with_name("unplugged")
    events: list[RunEvent] = []
    control = Control()

    def tell(event: RunEvent) -> None:
        events.append(event)
        if isinstance(event, Planned):
            photos.rename(gone)
        elif isinstance(event, Paused) and gone.exists():
            gone.rename(photos)
            control.go_on()

    summary = run(make_job(), on_event=tell, control=control)
    paused = next(event for event in events if isinstance(event, Paused))
    assert "connect the drive again" in str(paused.sentence)
    assert summary.done == len(GOOD)
    assert sorted(digests(tmp_path / "out")) == GOOD


def test_a_photo_that_vanished_fails_alone(make_job: MakeJob, run: Run, photos: Path) -> None:
    def tell(event: RunEvent) -> None:
        if isinstance(event, Planned):
            (photos / "b.jpg").unlink()

    summary = run(make_job(), on_event=tell)
    lost = next(row for row in summary.rows if row.source.name == "b.jpg")
    assert lost.state == FAILED
    assert "does not exist" in str(lost.message)
    assert summary.done == len(GOOD) - 1


def test_a_result_whose_run_died_before_it_could_be_told_is_known(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    run(make_job())
    with Journal(tmp_path / "out") as journal:
        rows = [row for row in journal.rows() if row.state == DONE]
        journal.add([replace(row, state=WORKING) for row in rows])
        rows[0].output.unlink()
    before = digests(tmp_path / "out")
    summary = run(make_job())
    assert summary.before == len(GOOD) - 1
    assert before.items() < digests(tmp_path / "out").items()


def test_a_name_that_was_taken_when_the_run_died_is_our_own(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    run(make_job())
    before = pictures(tmp_path / "out")
    with Journal(tmp_path / "out") as journal:
        row = next(row for row in journal.rows() if row.state == DONE)
        journal.put(replace(row, state=WORKING))
        row.output.write_bytes(b"")
    assert run(make_job()).before == len(GOOD) - 1
    assert pictures(tmp_path / "out") == before


def test_a_drive_that_is_lost_after_a_result_has_its_name_costs_nothing(
    make_job: MakeJob, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, times = atomic._sync_folder, []

    def lost(folder: Path) -> None:
        times.append(folder)
        if len(times) == 1:
            raise OSError(5, "Input/output error")
        real(folder)

    monkeypatch.setattr(atomic, "_sync_folder", lost)
    monkeypatch.setattr("aestudio.batch.patience.LOOK", 0.1)
    summary = run(make_job())
    assert (summary.done, summary.count(FAILED)) == (len(GOOD), 1)
    assert sorted(digests(tmp_path / "out")) == GOOD


def test_a_preview_tells_what_would_be_done(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    rows, notes = preview(make_job(), Progress())
    assert len(rows) == len(GOOD) + 1
    assert not notes
    assert not (tmp_path / "out").exists()
    run(make_job())
    rows, _ = preview(make_job(), Progress())
    assert [row.state for row in rows].count(DONE) == len(GOOD)


def test_results_in_another_format(make_job: MakeJob, run: Run, tmp_path: Path) -> None:
    rule = OutputRule(tmp_path / "out", "{name}-{task}", SaveOptions("JPEG", quality=80))
    run(make_job(steps=(JobStep("denoise", {"sigma": 10.0}), JobStep("colorize")), output=rule))
    assert sorted(digests(tmp_path / "out")) == [
        *("a-denoise-colorize-2.jpg", "a-denoise-colorize.jpg", "b-denoise-colorize.jpg"),
        *("below/a-denoise-colorize.jpg", "below/c-denoise-colorize.jpg", "below/deeper/d-denoise-colorize.jpg"),
    ]


def test_bits_that_a_format_cannot_hold_are_refused_before_the_work(
    make_job: MakeJob, run: Run, tmp_path: Path
) -> None:
    summary = run(make_job(output=OutputRule(tmp_path / "out", options=SaveOptions(bit_depth=16))))
    assert sorted(digests(tmp_path / "out")) == ["a.png", "below/c.tif"]
    refused = next(row for row in summary.rows if row.source.name == "b.jpg")
    assert "cannot hold 16 bits as JPEG" in str(refused.message)
    assert refused.seconds == 0


def test_progress_runs_to_its_end_and_tells_the_time_left(make_job: MakeJob, run: Run) -> None:
    steps: list[Step] = []
    run(make_job(), Progress(steps.append))
    assert steps[-1].fraction == 1
    fractions = [step.fraction for step in steps]
    assert max(fractions) == 1
    assert any(step.seconds_left for step in steps)


def test_a_watched_folder_takes_what_arrives(
    make_job: MakeJob, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aestudio.batch.run.LOOK", 0.2)
    incoming = _made(tmp_path / "incoming")
    progress = Progress()

    def tell(event: RunEvent) -> None:
        if isinstance(event, Planned) and not event.rows:
            write_photo(noisy(1), incoming / "first.png")
        if isinstance(event, Changed) and event.row.state == DONE:
            if event.row.source.name == "first.png":
                write_photo(noisy(2), incoming / "second.png")
            else:
                progress.cancel()

    with pytest.raises(Cancelled):
        run(make_job(sources=(incoming,)), progress, on_event=tell, watch=True)
    assert sorted(digests(tmp_path / "out")) == ["first.png", "second.png"]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
