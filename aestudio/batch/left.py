"""What is left to do of a run, in megapixels: known of photos that were read, foretold from the files of the others."""

from collections import defaultdict
from typing import Final

from aestudio.batch.journal import Row
from aestudio.batch.pace import BYTES_PER_MEGAPIXEL
from aestudio.images.formats import READABLE

# until photos of that format were read: depth, noise and quality make it anything from half to twice of that
_USUAL: Final = {"PNG": 2_000_000, "TIFF": 4_000_000, "RAW": 1_200_000}


class Left:
    """The photos that are not done. Used from one thread at a time."""

    def __init__(self) -> None:
        self._known: dict[int, float] = {}  # megapixels, by number
        self._known_sum = 0.0
        self._unread: dict[int, tuple[str, int]] = {}  # format, and bytes of the file
        self._unread_sums: defaultdict[str, int] = defaultdict(int)  # bytes, by format
        self._seen: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])  # bytes and megapixels

    def __len__(self) -> int:
        return len(self._known) + len(self._unread)

    @property
    def megapixels(self) -> float:
        """Of all photos."""
        return self._known_sum + sum(size / self._bytes_of(kind) for kind, size in self._unread_sums.items() if size)

    def add(self, row: Row) -> None:
        """A photo is to be done."""
        self.drop(row.number)
        if row.megapixels:
            self._know(row)
            return
        kind = READABLE.get(row.source.suffix.lower(), "")
        self._unread[row.number] = (kind, max(row.size, 1))
        self._unread_sums[kind] += max(row.size, 1)

    def learn(self, row: Row) -> None:
        """A photo was read: its size is known, and says something about others of its format."""
        if row.number in self._unread:
            seen = self._seen[self._unread[row.number][0]]
            seen[0] += row.size
            seen[1] += row.megapixels
        if row.number in self._unread or row.number in self._known:
            self.drop(row.number)
            self._know(row)

    def drop(self, number: int) -> None:
        """A photo is through."""
        self._known_sum -= self._known.pop(number, 0.0)
        kind, size = self._unread.pop(number, ("", 0))
        self._unread_sums[kind] -= size
        if not self._known:
            self._known_sum = 0.0  # what rounding left

    def _know(self, row: Row) -> None:
        self._known[row.number] = row.megapixels
        self._known_sum += row.megapixels

    def _bytes_of(self, kind: str) -> float:
        """Bytes of a megapixel in files of a format."""
        size, megapixels = self._seen.get(kind, (0.0, 0.0))
        return size / megapixels if size and megapixels else _USUAL.get(kind, BYTES_PER_MEGAPIXEL)
