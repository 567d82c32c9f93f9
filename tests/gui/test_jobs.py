"""Jobs end in exactly one way, and never in the GUI thread."""

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from aestudio.errors import ImageError
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.progress import Progress


@pytest.fixture
def runner(qapp: object) -> Iterator[JobRunner]:
    runner = JobRunner("test")
    yield runner
    runner.shutdown()


def test_a_job_runs_beside_the_window_and_hands_back_its_result(runner: JobRunner, qtbot: QtBot) -> None:
    results: list[str] = []
    runner.succeeded.connect(results.append)
    with qtbot.waitSignals([runner.succeeded, runner.finished], order="strict"):
        runner.start(lambda progress: threading.current_thread().name)
    assert results[0].startswith("test")
    assert threading.current_thread().name != results[0]


def test_a_cancelled_job_leaves_the_runner_idle(runner: JobRunner, qtbot: QtBot) -> None:
    working = threading.Event()

    def endless(progress: Progress) -> None:
        while True:
            progress.step(0, total=1)
            working.set()
            time.sleep(0.001)

    with qtbot.waitSignals([runner.cancelled, runner.finished], order="strict"):
        runner.start(endless)
        assert working.wait(timeout=5)
        runner.cancel()
    assert not runner.busy


def test_a_known_failure_is_its_own_sentence(runner: JobRunner, qtbot: QtBot) -> None:
    def fail(progress: Progress) -> None:
        raise ImageError("a.jpg is damaged.")

    failures: list[Failure] = []
    runner.failed.connect(failures.append)
    with qtbot.waitSignals([runner.failed, runner.finished], order="strict"):
        runner.start(fail)
    (failure,) = failures
    assert failure.sentence == "a.jpg is damaged."
    assert "Traceback" in failure.details


def test_an_unknown_failure_becomes_a_sentence_with_its_reason(runner: JobRunner, qtbot: QtBot) -> None:
    def fail(progress: Progress) -> None:
        raise ZeroDivisionError("division by zero")

    failures: list[Failure] = []
    runner.failed.connect(failures.append)
    with qtbot.waitSignals([runner.failed, runner.finished], order="strict"):
        runner.start(fail)
    sentence = failures[0].sentence
    assert "division by zero" in sentence
    assert sentence.endswith(".")


def test_listeners_of_finished_can_start_the_next_job(runner: JobRunner, qtbot: QtBot) -> None:
    results: list[object] = []
    runner.succeeded.connect(results.append)

    def start_another() -> None:
        if len(results) < 3:
            runner.start(lambda progress: len(results))

    runner.finished.connect(start_another)
    runner.start(lambda progress: "first")
    qtbot.waitUntil(lambda: len(results) == 3 and not runner.busy)
    assert results == ["first", 1, 2]


def test_a_second_job_is_refused_while_one_runs(runner: JobRunner, qtbot: QtBot) -> None:
    go_on = threading.Event()
    with qtbot.waitSignal(runner.finished):
        runner.start(lambda progress: go_on.wait(5))
        with pytest.raises(RuntimeError, match="already running"):
            runner.start(lambda progress: None)
        go_on.set()


def test_steps_are_told_at_a_bounded_rate_and_the_last_one_always(runner: JobRunner, qtbot: QtBot) -> None:
    steps: list[object] = []
    runner.progressed.connect(steps.append)

    def quick(progress: Progress) -> None:
        for done in range(10_001):
            progress.step(done, 10_000)

    with qtbot.waitSignal(runner.finished):
        runner.start(quick)
    assert 1 <= len(steps) < 100
    assert getattr(steps[-1], "done", None) == 10_000
