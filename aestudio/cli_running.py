"""What all commands that work on photos share: their exit codes, what is asked first, how Ctrl-C reaches the work."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from aestudio.errors import SettingsError
from aestudio.progress import Progress
from aestudio.tasks.base import Task

SOME_FAILED, NOTHING_RAN, INTERRUPTED = 1, 2, 130
EXIT_CODES = "Exit codes: 0 all photos are done, 1 some failed, 2 nothing could run, 130 interrupted."


@contextmanager
def stop_on_signal(progress: Progress) -> Iterator[None]:
    """The first Ctrl-C stops the run behind the tile at work, the second ends the program at once."""
    if threading.current_thread() is not threading.main_thread():  # signals come to the main thread only
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        progress.cancel()
        signal.signal(number, signal.default_int_handler)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def ask(task: Task[Any], *, yes: bool) -> None:
    """Go on only if the user answers the tool's question with yes, beforehand where nobody sits at a terminal."""
    if not task.question or yes:
        return
    if not sys.stdin.isatty():
        raise SettingsError("{question} If so, please add --yes.", question=task.question)
    try:
        agreed = typer.confirm(task.question, err=True)
    except typer.Abort as exc:  # Ctrl-C, or nothing comes any more
        raise KeyboardInterrupt from exc
    if not agreed:
        raise typer.Exit(NOTHING_RAN)
