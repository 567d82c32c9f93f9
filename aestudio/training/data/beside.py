"""Lets a thread compute on a graphics card beside the network, and hands over what it made there."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


class Beside:
    """A stream of its own for a thread that makes batches; nothing where no card is in use.

    In the network's stream, each number that the thread must know of what it drew would come only when all is done
    that the network was given before.
    """

    def __init__(self) -> None:
        """On the card that the calling thread uses, behind what that one has given it until now."""
        used = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]  # torch left both untyped
        self._stream = torch.cuda.Stream() if used else None  # type: ignore[no-untyped-call]
        if self._stream is not None:
            self._stream.wait_stream(torch.cuda.current_stream())

    @contextmanager
    def working(self) -> Iterator[None]:
        """Within this context, what the thread computes goes its own way."""
        if self._stream is None:
            yield
            return
        with torch.cuda.stream(self._stream):
            try:
                yield
            finally:
                self._stream.synchronize()  # whatever was kept for later may then be used by any thread

    def sign(self) -> torch.cuda.Event | None:
        """What is given when all is computed that the thread has asked for until now."""
        return None if self._stream is None else self._stream.record_event()


def take(item: object, sign: torch.cuda.Event | None) -> None:
    """Let this thread's work on the card begin after the sign: `item`, a tensor or several, is made by then.

    The item's memory is not given away before that work is done.
    """
    if sign is None:
        return
    stream = torch.cuda.current_stream()
    stream.wait_event(sign)
    for part in item if isinstance(item, tuple) else (item,):
        if isinstance(part, Tensor) and part.is_cuda:
            part.record_stream(stream)
