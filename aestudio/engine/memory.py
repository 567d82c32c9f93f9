"""What the C library does with memory that a tile gives back."""

import ctypes
import sys
from functools import cache

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h
KEPT = 256 << 20  # bytes
LARGEST_KEPT = 32 << 20  # bytes, of one piece: the C library allows no more


@cache
def keep_freed_memory() -> None:
    """Let each tile have the memory of the one before.

    By default glibc returns every large piece to the system at once, and the system hands out the next one page by
    page, filled with zeros: a tenth of the time that a photo takes. Does nothing where there is no glibc.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    mallopt(_M_MMAP_THRESHOLD, LARGEST_KEPT)
    mallopt(_M_TRIM_THRESHOLD, KEPT)


def return_freed_memory() -> None:
    """Give the system what lies idle in all threads' heaps.

    Each thread keeps pieces of its own, and a night of photos of all sizes tears holes into them: little by little a
    run would take more than its largest photo needs. Does nothing where there is no glibc.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return
