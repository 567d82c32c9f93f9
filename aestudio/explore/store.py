"""What was found about photos, kept between runs on the disk, or in memory where that does not work.

Everything is known by the content of a photo, its SHA-256. A row whose checksum does not fit counts as missing: what
is here can be found again, and nothing is ever worth an error.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import platformdirs

from aestudio.errors import Sentence
from aestudio.explore.photos import Floats
from aestudio.explore.store_disk import DAY, Codes, Disk, Facts, Seen, is_damage, newest

log = logging.getLogger(__name__)

T = TypeVar("T")


def default_folder() -> Path:
    """Where the cache lies."""
    return platformdirs.user_cache_path("aestudio", appauthor=False) / "explore"


class Store:
    """A cache that always works: in memory where it cannot be written, and anew where it is damaged.

    May be used by several threads, and its folder by several processes at once.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()
        self._lock = threading.Lock()
        self._renewals = 2  # that are left
        self._writable = True
        self._memory = _Memory()
        self._disk: Disk | None = None
        self.notes: tuple[Sentence, ...] = ()  # what the user may want to know
        self._open()

    def files(self, paths: Sequence[Path]) -> dict[Path, Seen]:
        """Those of the files that were read before, as they were then."""
        none: dict[Path, Seen] = {}
        return self._asked(lambda disk: disk.files(paths), none) | {
            path: self._memory.files[path] for path in paths if path in self._memory.files
        }

    def facts(self, digests: Sequence[str]) -> dict[str, Facts]:
        """What is known of photos."""
        none: dict[str, Facts] = {}
        return self._memory.facts_of(digests) | self._asked(lambda disk: disk.facts(digests), none)

    def smalls(self, digests: Sequence[str]) -> dict[str, bytes]:
        """Photos at 128×128 pixels, as JPEG files."""
        none: dict[str, bytes] = {}
        return self._memory.smalls_of(digests) | self._asked(lambda disk: disk.smalls(digests), none)

    def codes(self, model: str, length: int, digests: Sequence[str]) -> Codes:
        """The codes of photos by the model with that digest, as far as they are known."""
        none = Codes({}, np.zeros((0, length), np.float32), np.zeros(0, np.float32))
        found = self._asked(lambda disk: disk.codes(model, length, digests), none)
        more = self._memory.codes.get(model, {})
        added = [digest for digest in digests if digest in more and digest not in found.rows]
        if not added:
            return found
        rows = {**found.rows, **{digest: len(found.rows) + at for at, digest in enumerate(added)}}
        codes = np.concatenate((found.codes, np.stack([more[digest][0] for digest in added])))
        errors = np.array([more[digest][1] for digest in added], np.float32)
        return Codes(rows, codes, np.concatenate((found.errors, errors)))

    def keep(
        self, seen: Sequence[Seen], facts: Mapping[str, Facts], smalls: Mapping[str, bytes], model: str, codes: Codes
    ) -> None:
        """Keep all of it or, after a sudden end, nothing."""
        with self._lock:
            disk = self._disk if self._writable else None
        if disk is not None:
            try:
                disk.keep(seen, facts, smalls, model, codes)
            except (sqlite3.Error, OSError) as exc:
                self._failed(disk, exc, writing=True)
            else:
                return
        self._memory.keep(seen, facts, smalls, model, codes)

    def used(self, digests: Sequence[str]) -> None:
        """These photos were of use today. Once a day, photos that were of none for a year are forgotten."""
        today = int(time.time() // DAY)
        self._changed(lambda disk: disk.used(digests, today))

    def forget(self, digests: Sequence[str]) -> None:
        """These photos are to be looked at anew."""
        self._memory.forget(digests)
        self._changed(lambda disk: disk.forget(digests))

    def leave_the_disk(self) -> None:
        """Go on in memory alone."""
        with self._lock:
            self._disk = None

    def _asked(self, ask: Callable[[Disk], T], otherwise: T) -> T:
        with self._lock:
            disk = self._disk
        if disk is None:
            return otherwise
        try:
            return ask(disk)
        except (sqlite3.Error, OSError) as exc:
            self._failed(disk, exc, writing=False)
            return otherwise

    def _changed(self, change: Callable[[Disk], object]) -> None:
        with self._lock:
            disk = self._disk if self._writable else None
        if disk is not None:
            try:
                change(disk)
            except (sqlite3.Error, OSError) as exc:
                self._failed(disk, exc, writing=True)

    def _failed(self, disk: Disk, exc: Exception, *, writing: bool) -> None:
        log.warning("cache of codes: %s", exc)
        with self._lock:
            if disk is not self._disk:
                return  # another thread met it first
            if is_damage(exc):
                disk.put_aside()
                self._open()
            elif writing:
                self._writable = False
                self._tell(exc)
            else:
                self._disk = None
                self._tell(exc)

    def _open(self) -> None:
        """Take the newest part of the folder, or a new one where that is damaged."""
        self._disk = None
        while self._renewals:
            self._renewals -= 1
            try:
                disk = Disk(newest(self._folder))
                try:
                    disk.prepare()
                except sqlite3.Error as exc:
                    if not is_damage(exc):
                        raise
                    log.warning("cache of codes: %s", exc)
                    disk.put_aside()
                    continue
            except (sqlite3.Error, OSError) as exc:
                self._tell(exc)
                return
            self._disk = disk
            return

    def _tell(self, exc: Exception) -> None:
        note = Sentence.of(
            "What was found about the photos cannot be kept in {folder} ({reason}). Next time it is looked for again.",
            folder=self._folder,
            reason=(isinstance(exc, OSError) and exc.strerror) or exc,
        )
        self.notes = (note,)


class _Memory:
    """The same in memory, where the disk does not help."""

    def __init__(self) -> None:
        self.files: dict[Path, Seen] = {}
        self.facts: dict[str, Facts] = {}
        self.smalls: dict[str, bytes] = {}
        self.codes: dict[str, dict[str, tuple[Floats, float]]] = {}

    def facts_of(self, digests: Sequence[str]) -> dict[str, Facts]:
        return {digest: self.facts[digest] for digest in digests if digest in self.facts}

    def smalls_of(self, digests: Sequence[str]) -> dict[str, bytes]:
        return {digest: self.smalls[digest] for digest in digests if digest in self.smalls}

    def keep(
        self, seen: Sequence[Seen], facts: Mapping[str, Facts], smalls: Mapping[str, bytes], model: str, codes: Codes
    ) -> None:
        self.files |= {each.path: each for each in seen}
        self.facts |= facts
        self.smalls |= smalls
        known = self.codes.setdefault(model, {})
        known |= {digest: (codes.codes[row], float(codes.errors[row])) for digest, row in codes.rows.items()}

    def forget(self, digests: Sequence[str]) -> None:
        for digest in digests:
            self.facts.pop(digest, None)
            self.smalls.pop(digest, None)
