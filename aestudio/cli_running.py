"""What all commands that work on photos share: their exit codes, and how Ctrl-C reaches the work."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from aestudio.progress import Progress

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
