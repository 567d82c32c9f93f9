"""Photos read in several threads, some of them ahead of what is needed."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from aestudio.errors import ImageError
from aestudio.progress import Progress

THREADS = max(2, min(8, os.cpu_count() or 2))

T = TypeVar("T")
R = TypeVar("R")


def in_threads(
    work: Callable[[T], R], items: Sequence[T], progress: Progress, *, threads: int = THREADS, ahead: int | None = None
) -> Iterator[tuple[T, R | ImageError]]:
    """Each item with what `work` makes of it, or with the ImageError that it raises; in their order.

    At most `ahead` of them are ready before they are taken, by default twice as many as there are threads. Raises
    Cancelled once no thread works any more.
    """
    most = 2 * threads if ahead is None else ahead

    def one(item: T) -> R | ImageError:
        progress.check()
        try:
            return work(item)
        except ImageError as exc:
            return exc

    with ThreadPoolExecutor(threads, thread_name_prefix="photos") as pool:
        waiting: deque[tuple[T, Future[R | ImageError]]] = deque()
        try:
            for item in items:
                waiting.append((item, pool.submit(one, item)))
                if len(waiting) > most:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
