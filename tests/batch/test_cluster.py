"""Batches on a real scheduler with real workers, some of which are killed."""

import hashlib
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from small_model import save_model, save_models
from small_photos import noisy

from aestudio.batch import cluster as cluster_module
from aestudio.batch import remote
from aestudio.batch.cluster import on_cluster
from aestudio.batch.job import BatchJob, JobStep, OutputRule, write_job
from aestudio.batch.journal import DONE, FAILED, FOLDER, WAITING, WORKING, Journal, Row, read_rows
from aestudio.batch.pipeline import on_this_machine
from aestudio.batch.plan import Order
from aestudio.batch.recorder import Changed, Paused, Recorder, RunEvent, WentOn
from aestudio.batch.run import Summary, run_batch
from aestudio.control import Control
from aestudio.errors import Cancelled, SettingsError
from aestudio.images.io import write_photo
from aestudio.images.options import SaveOptions
from aestudio.progress import Progress, Step

if sys.platform == "win32":
    pytest.skip("processes begin as copies of another one", allow_module_level=True)
pytest.importorskip("distributed")
from small_cluster import SmallCluster

PHOTOS = 12
MakeJob = Callable[..., BatchJob]
Run = Callable[..., Summary]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's folder for data on each machine, with small models."""
    folder = tmp_path_factory.mktemp("home")
    save_models(folder / "aestudio" / "models")
    return folder


@pytest.fixture(scope="module")
def cluster(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallCluster]:
    """A scheduler; workers begin where they are asked for."""
    started = SmallCluster(tmp_path_factory.mktemp("cluster"), home)
    yield started
    started.close()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "below").mkdir(parents=True)
    for number in range(PHOTOS):
        name = ("a{}.jpg", "b{}.png", "below/c{}.tif")[number % 3].format(number)
        write_photo(noisy(number, width=64 + 8 * (number % 4)), folder / name)
    return folder


@pytest.fixture
def make_job(make_job: MakeJob, tmp_path: Path) -> MakeJob:
    """Jobs whose results do not hold the second in which they were saved."""

    def make(name: str = "out", **changes: object) -> BatchJob:
        return make_job(**{"output": OutputRule(tmp_path / name, options=SaveOptions(metadata="strip")), **changes})

    return make


@pytest.fixture
def run(cluster: SmallCluster, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a job on the cluster."""
    monkeypatch.setenv("XDG_DATA_HOME", str(home))

    def run(job: BatchJob, progress: Progress | None = None, **how: object) -> Summary:
        return run_batch(job, on_cluster(cluster.address, "cpu"), progress or Progress(), **how)  # type: ignore[arg-type]

    return run


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Threads of torch wait for each other by turning round and round, which takes the workers their time."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def alone(make_job: MakeJob, home: Path) -> dict[str, str]:
    """What the same job makes on one machine."""
    job = make_job("alone")
    run_batch(job, on_this_machine("cpu", models=[home / "aestudio" / "models"]), Progress())
    return results(job.output.folder)


def results(folder: Path) -> dict[str, str]:
    """Digests of what lies in a folder, hidden files but the journal's included."""
    files = [p for p in folder.rglob("*") if p.is_file() and FOLDER not in p.parts]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def is_done(event: RunEvent) -> bool:
    return isinstance(event, Changed) and event.row.state == DONE


def test_workers_that_join_make_what_one_machine_makes(
    make_job: MakeJob, run: Run, cluster: SmallCluster, alone: dict[str, str], tmp_path: Path
) -> None:
    events: list[RunEvent] = []
    steps: list[Step] = []
    cluster.pace(0.0)

    def tell(event: RunEvent) -> None:
        events.append(event)
        if isinstance(event, Paused):
            cluster.workers(2)

    summary = run(make_job(), Progress(steps.append), on_event=tell)
    assert (summary.done, summary.count(FAILED)) == (PHOTOS, 0)
    assert results(tmp_path / "out") == alone
    assert not (tmp_path / "out" / FOLDER / "parts").exists()
    rows = read_rows(tmp_path / "out")
    assert {row.output_digest for row in rows} == set(alone.values())
    assert all(row.megapixels and row.seconds for row in rows)
    paused = [str(event.sentence) for event in events if isinstance(event, Paused)]
    if paused:  # not where another test had workers begin
        assert "There are no workers at tcp://127.0.0.1:" in paused[0]
        assert any(isinstance(event, WentOn) for event in events)
    assert steps[-1].fraction == 1
    assert any(step.seconds_left for step in steps)


def test_workers_use_the_models_that_a_job_has_inside_its_tools(
    make_job: MakeJob, run: Run, cluster: SmallCluster, home: Path, tmp_path: Path
) -> None:
    save_model(home / "aestudio" / "models", "my noise", "noise-level", seed=1)
    cluster.workers(2)
    cluster.pace(0.0)
    steps = (JobStep("denoise"),)
    usual = make_job("usual", steps=steps)
    job = make_job("alone", steps=steps, parts={"noise-level": "my noise"})
    assert run(make_job("out", steps=steps, parts=job.parts)).done == PHOTOS
    for each in (usual, job):
        run_batch(each, on_this_machine("cpu", models=[home / "aestudio" / "models"]), Progress())
    assert results(tmp_path / "out") == results(tmp_path / "alone") != results(tmp_path / "usual")


def test_a_worker_that_is_killed_gives_its_photos_back(
    make_job: MakeJob, run: Run, cluster: SmallCluster, alone: dict[str, str], tmp_path: Path
) -> None:
    cluster.workers(2)
    cluster.pace(0.3)
    met: list[Path] = []

    def tell(event: RunEvent) -> None:
        if is_done(event):
            met.append(event.row.output)  # type: ignore[union-attr]
            if len(met) == 3:
                cluster.kill_worker()

    summary = run(make_job(), on_event=tell)
    assert (summary.done, summary.count(FAILED)) == (PHOTOS, 0)
    assert len(met) == len(set(met)) == PHOTOS
    assert results(tmp_path / "out") == alone


def test_a_coordinator_that_is_killed_is_gone_on_with(
    make_job: MakeJob, run: Run, cluster: SmallCluster, alone: dict[str, str], tmp_path: Path
) -> None:
    cluster.workers(2)
    cluster.pace(0.3)
    job = make_job()
    out = tmp_path / "out"
    process = cluster.coordinator(write_job(job, tmp_path / "job.json"))
    while len(results(out)) < 3:
        assert process.is_alive()
        time.sleep(0.02)
    process.kill()
    process.join()
    done = {path: (out / path).stat().st_mtime_ns for path in results(out) if "/." not in f"/{path}"}
    summary = run(job)
    assert summary.before >= len(done) - 1
    assert summary.count(DONE) == PHOTOS
    assert {path: (out / path).stat().st_mtime_ns for path in done} == done
    assert results(out) == alone


def test_a_photo_that_kills_its_workers_fails_alone(
    make_job: MakeJob, run: Run, cluster: SmallCluster, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "LIVES", 2)
    cluster.workers(3)
    cluster.pace(0.1)
    (photos / "a1-odd.jpg").write_bytes((photos / "a0.jpg").read_bytes())
    (photos / "a1-odd.jpg").rename(photos / "odd.jpg")
    (photos / "deadly.jpg").write_bytes((photos / "a0.jpg").read_bytes())
    summary = run(make_job())
    bad = {row.source.name: str(row.message) for row in summary.rows if row.state == FAILED}
    assert bad.keys() == {"deadly.jpg", "odd.jpg"}
    assert "2 workers died while they had it" in bad["deadly.jpg"]
    assert "ZeroDivisionError: of our own making" in bad["odd.jpg"]
    assert summary.done == PHOTOS


def test_a_cancelled_run_leaves_whole_photos_and_goes_on_later(
    make_job: MakeJob, run: Run, cluster: SmallCluster, alone: dict[str, str], tmp_path: Path
) -> None:
    cluster.workers(1)
    cluster.pace(0.1)
    progress = Progress()
    control = Control()

    def stop(event: RunEvent) -> None:
        if is_done(event):
            progress.cancel()
            control.pause()

    with pytest.raises(Cancelled):
        run(make_job(), progress, on_event=stop, control=control)
    done = [row for row in read_rows(tmp_path / "out") if row.state == DONE]
    assert 0 < len(done) < PHOTOS
    assert results(tmp_path / "out").items() < alone.items()
    assert run(make_job()).before == len(done)
    assert results(tmp_path / "out") == alone


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("full", r"The disk of .* is full\. The 12 photos that are left need about"),
        ("all", r"The worker tcp://127\.0\.0\.1:\d+ cannot see .*/out/.*The job goes on when a worker can take part\."),
    ],
)
def test_what_workers_meet_pauses_the_run(
    make_job: MakeJob, run: Run, cluster: SmallCluster, trouble: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aestudio.batch.crew.ASK_AGAIN", 0.2)
    cluster.workers(2)
    cluster.pace(0.0)
    cluster.trouble(trouble)
    events: list[RunEvent] = []
    control = Control()

    def tell(event: RunEvent) -> None:
        events.append(event)
        if isinstance(event, Paused):
            cluster.trouble("")
            control.go_on()

    summary = run(make_job(), on_event=tell, control=control)
    (paused,) = [str(event.sentence) for event in events if isinstance(event, Paused)]
    assert re.search(said, paused)
    assert sum(isinstance(event, WentOn) for event in events) == 1
    assert (summary.done, summary.count(FAILED)) == (PHOTOS, 0)


def test_photos_of_a_worker_that_lost_the_folder_go_to_the_others(
    make_job: MakeJob, run: Run, cluster: SmallCluster
) -> None:
    cluster.workers(2)
    cluster.pace(0.0)
    cluster.trouble("lost")
    events: list[RunEvent] = []
    summary = run(make_job(), on_event=events.append)
    cluster.trouble("")
    assert (summary.done, summary.count(FAILED)) == (PHOTOS, 0)
    assert not any(isinstance(event, Paused) for event in events)


def test_lost_photos_pause_the_run(make_job: MakeJob, run: Run, cluster: SmallCluster, photos: Path) -> None:
    cluster.workers(1)
    cluster.pace(0.1)
    gone = photos.with_name("unplugged")
    events: list[RunEvent] = []
    control = Control()

    def tell(event: RunEvent) -> None:
        events.append(event)
        if is_done(event) and not gone.exists() and not any(isinstance(each, Paused) for each in events):
            photos.rename(gone)
        elif isinstance(event, Paused) and gone.exists():
            gone.rename(photos)
            control.go_on()

    summary = run(make_job(), on_event=tell, control=control)
    paused = next(event for event in events if isinstance(event, Paused))
    assert "connect the drive again" in str(paused.sentence)
    assert (summary.done, summary.count(FAILED)) == (PHOTOS, 0)


def test_failed_photos_can_end_a_run(make_job: MakeJob, run: Run, cluster: SmallCluster, photos: Path) -> None:
    cluster.workers(1)
    cluster.pace(0.0)
    for number in range(4):
        (photos / f"0{number}.jpg").write_bytes(b"\xff\xd8\xff nothing")
    summary = run(make_job(most_errors=2))
    assert "photos failed" in str(summary.stopped)
    assert summary.done < PHOTOS
    assert summary.count(FAILED) >= 2


def test_another_model_is_refused_before_anything_is_done(
    make_job: MakeJob, run: Run, cluster: SmallCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.workers(1)
    save_models(tmp_path / "other" / "aestudio" / "models")
    save_model(tmp_path / "other" / "aestudio" / "models", "denoise", "colorize")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
    with pytest.raises(SettingsError, match=r"The worker tcp://.* cannot take part\. The model “denoise” is another"):
        run(make_job())
    assert not results(tmp_path / "out")
    assert {row.state for row in read_rows(tmp_path / "out")} == {WAITING}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", r"No scheduler answers at tcp://127\.0\.0\.1:1\. Please start one"),
        ("nonsense", "“nonsense” is no address of a scheduler"),
        ("ftp://127.0.0.1:8786", "is no address of a scheduler"),
        ("tls://127.0.0.1:8786", "asks for certificates"),
    ],
)
def test_a_wrong_address_is_said(
    make_job: MakeJob, home: Path, address: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aestudio.batch.crew._CONNECT", 1.0)
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    with pytest.raises(SettingsError, match=said):
        run_batch(make_job(), on_cluster(address), Progress())


def test_the_extra_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"pip install 'aestudio\[cluster\]'"):
        on_cluster("tcp://127.0.0.1:8786")


def test_without_the_option_nothing_of_it_is_imported() -> None:
    check = (
        "import sys, aestudio.cli, aestudio.batch.run, aestudio.batch.pipeline, aestudio.batch.cluster;"
        "print([name for name in sys.modules if name.split('.')[0] in ('dask', 'distributed', 'tornado')])"
    )
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_time_that_is_left_is_shared_by_workers(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("aestudio.batch.recorder.time.monotonic", lambda: now)
    rows = [Row(number, Path(f"{number}.jpg"), tmp_path / f"{number}.jpg", megapixels=12.0) for number in range(20)]
    steps: list[Step] = []
    with Journal(tmp_path / "out") as journal:
        orders = [Order(row) for row in rows]
        recorder = Recorder(journal, orders, Control(), Progress(steps.append), lambda event: None)
        for row in rows[:10]:  # four workers, each of which takes eight seconds
            now += 2.0
            recorder.computed([row], 8.0)
    assert steps[-1].seconds_left == pytest.approx(10 * 8.0 / 4)
    assert steps[-1].fraction == pytest.approx(0.5, abs=0.01)


# what a worker does, without one


@pytest.fixture
def kit(make_job: MakeJob, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> remote.Kit:
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    job = make_job()
    parts = tmp_path / "out" / FOLDER / "parts" / "run"
    parts.mkdir(parents=True)
    return remote.Kit(str(tmp_path), job, "cpu", None, {}, job.identity(), parts)


def row_of(kit: remote.Kit, source: Path) -> Row:
    return Row(1, source, kit.job.output.folder / source.name, WORKING)


def test_a_worker_says_why_it_cannot_take_part(kit: remote.Kit, photos: Path) -> None:
    data, ours = pickle.dumps(kit), remote.versions()
    assert remote.prepare(ours, data, [str(photos)]) == ("fit", None)
    assert not list(kit.parts.iterdir())
    assert remote.prepare("AEStudio 9.9.9 with dask 1", b"of another age", []) == ("versions", ours)
    assert remote.prepare(ours, data, ["/no/such/folder"]) == ("unseen", "/no/such/folder")
    kit.parts.rmdir()
    assert remote.prepare(ours, data, []) == ("unseen", str(kit.parts))


def test_a_worker_leaves_a_file_without_a_name(kit: remote.Kit, photos: Path) -> None:
    row = row_of(kit, photos / "a0.jpg")
    outcomes = [remote.work(pickle.dumps(kit), pickle.dumps(row)) for _ in range(2)]
    assert [outcome.kind for outcome in outcomes] == ["made", "made"]
    paths = [outcome.path for outcome in outcomes]
    assert len(set(paths)) == 2  # no attempt gets in the way of another one
    for outcome, path in zip(outcomes, paths, strict=True):
        assert path is not None
        assert path.is_relative_to(kit.parts)
        assert path.name == row.output.name
        assert outcome.row.output_digest == hashlib.sha256(path.read_bytes()).hexdigest()
        assert outcome.row.output == row.output
    assert not row.output.exists()


def test_a_worker_tells_what_it_cannot_do(kit: remote.Kit, photos: Path) -> None:
    data = pickle.dumps(kit)
    (photos / "bad.jpg").write_bytes(b"\xff\xd8\xff nothing")
    failed = remote.work(data, pickle.dumps(row_of(kit, photos / "bad.jpg")))
    assert (failed.kind, failed.row.state) == ("failed", FAILED)
    gone = remote.work(data, pickle.dumps(row_of(kit, photos / "gone.jpg")))
    assert (gone.kind, gone.path) == ("unseen", photos / "gone.jpg")
    assert not list(kit.parts.iterdir())
    kit.parts.rmdir()
    over = remote.work(data, pickle.dumps(row_of(kit, photos / "a0.jpg")))
    assert (over.kind, over.path) == ("unseen", kit.parts)
    other = replace(kit, run="another", weights={"denoise": "of other weights"})
    assert remote.work(pickle.dumps(other), pickle.dumps(row_of(kit, photos / "a0.jpg"))).kind == "unfit"
    remote.stop(kit.run)
    assert remote.work(data, pickle.dumps(row_of(kit, photos / "a0.jpg"))).kind == "stopped"
