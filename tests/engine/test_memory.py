"""Memory that a tile gives back stays with the process for the next one."""

import resource
import sys

import psutil
import pytest
import torch

from aestudio.engine.memory import keep_freed_memory, return_freed_memory

PIECE = 16 << 20  # bytes, as large as a map of the network


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other C libraries decide for themselves")
def test_the_next_tile_gets_the_memory_of_the_one_before() -> None:
    keep_freed_memory()
    for _ in range(20):  # the heap grows with the first ones, which lie beside other pieces
        torch.ones(PIECE, dtype=torch.uint8)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        torch.ones(PIECE, dtype=torch.uint8)
    pages = 10 * PIECE / resource.getpagesize()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < pages / 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other C libraries decide for themselves")
def test_what_lies_idle_goes_back_to_the_system() -> None:
    keep_freed_memory()
    for _ in range(3):
        pieces = [torch.ones(PIECE, dtype=torch.uint8) for _ in range(8)]
        del pieces
    before = psutil.Process().memory_info().rss
    return_freed_memory()
    assert psutil.Process().memory_info().rss < before - 4 * PIECE
