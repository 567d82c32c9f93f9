"""What a user gives to learn from: folders, and what lies in them."""

from dataclasses import dataclass
from pathlib import Path

CLEAN, PAIRS, SERIES, NOISY = "clean", "pairs", "series", "noisy"
KINDS = (CLEAN, PAIRS, SERIES, NOISY)


@dataclass(frozen=True)
class Source:
    """Photos to learn from, which are only ever read. All folders are taken with their sub-folders.

    CLEAN: good photos, which training damages itself. PAIRS: the clean photos in `folders`, and their noisy
    counterparts of the same names in `noisy`. SERIES: several photos of each scene, found by time and content: bursts,
    or ISO series of which the cleanest one is the truth. NOISY: nothing but noisy photos.
    """

    folders: tuple[Path, ...]
    kind: str = CLEAN
    noisy: tuple[Path, ...] = ()
