"""The part of the cache of codes that lies on the disk: SQLite, and an array file of codes for each model."""

import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aestudio.explore.photos import Floats

VERSION = 1  # of the tables
_PATIENCE = 30.0  # seconds that another process may hold the file
_KEPT_DAYS = 365  # without use
DAY = 86_400  # seconds
_AT_ONCE = 500  # keys of a question
_PAGES = 65_536  # KB of the file that a question holds in memory: digests lie anywhere
_DATABASE = "photos.sqlite"
_TABLES = """
CREATE TABLE photos (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, height INTEGER NOT NULL,
    width INTEGER NOT NULL, taken REAL, sharpness REAL NOT NULL, checksum INTEGER NOT NULL, used INTEGER NOT NULL);
CREATE INDEX by_use ON photos (used);
CREATE TABLE smalls (photo INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE, jpeg BLOB NOT NULL,
    checksum INTEGER NOT NULL);
CREATE TABLE files (path BLOB PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX files_of_a_photo ON files (photo);
CREATE TABLE codes (model BLOB, photo INTEGER REFERENCES photos ON DELETE CASCADE, row INTEGER NOT NULL,
    error REAL NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (model, photo)) WITHOUT ROWID;
CREATE INDEX codes_of_a_photo ON codes (photo);
CREATE INDEX rows_of_a_model ON codes (model, row);
"""

# what sqlite says of the place, not of the file
_OUTSIDE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_PROTOCOL,
    )
)


@dataclass(frozen=True)
class Seen:
    """A file as it was when it was read."""

    path: Path
    size: int  # bytes
    mtime_ns: int
    digest: str  # SHA-256


@dataclass(frozen=True)
class Facts:
    """What a photo's content says."""

    height: int  # upright, as `width`
    width: int
    taken: float | None
    sharpness: float


@dataclass(frozen=True, eq=False)
class Codes:
    """Codes of some photos by one model."""

    rows: Mapping[str, int]  # digest of a photo -> its row in both arrays
    codes: Floats  # (N, length)
    errors: Floats  # (N,)


class Disk:
    """One folder of the cache. Each question has a connection of its own, so that threads are independent.

    Raises sqlite3.Error and OSError.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._database = folder / _DATABASE

    def prepare(self) -> None:
        """Make the tables, if there are none. Raises _ForeignError for other ones than these."""
        if not self._database.exists():
            self._folder.mkdir(exist_ok=True)
            self._database.touch()
        with self._connected() as connection:
            if _version(connection) == VERSION:
                return
            connection.execute("BEGIN IMMEDIATE")
            version, tables = _version(connection), connection.execute("SELECT * FROM sqlite_master").fetchone()
            if version == VERSION:  # another process was faster
                return
            if version != 0 or tables:
                raise _ForeignError
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")

    def put_aside(self) -> None:
        """Make place for a new one. The one that was put aside before is gone then."""
        for old in self._folder.parent.glob("*.damaged"):
            shutil.rmtree(old, ignore_errors=True)
        try:
            self._folder.rename(self._folder.with_name(f"{self._folder.name}.damaged"))
        except OSError:  # in use, where that matters: the next number is newer
            (self._folder.parent / str(int(self._folder.name) + 1)).mkdir(exist_ok=True)

    def files(self, paths: Sequence[Path]) -> dict[Path, Seen]:
        question = (
            "SELECT path, size, mtime_ns, digest, files.checksum FROM files JOIN photos ON photos.id = photo "
            "WHERE path IN"
        )
        keys = {_key(path): path for path in paths}
        found = {}
        for path, size, mtime_ns, digest, checksum in self._rows(question, list(keys)):
            if checksum == _checksum(path, size, mtime_ns, digest):
                found[keys[path]] = Seen(keys[path], size, mtime_ns, digest.hex())
        return found

    def facts(self, digests: Sequence[str]) -> dict[str, Facts]:
        question = "SELECT digest, height, width, taken, sharpness, checksum FROM photos WHERE digest IN"
        rows = self._rows(question, list(map(bytes.fromhex, digests)))
        return {row[0].hex(): Facts(*row[1:5]) for row in rows if row[5] == _checksum(*row[:5])}

    def smalls(self, digests: Sequence[str]) -> dict[str, bytes]:
        question = "SELECT digest, jpeg, smalls.checksum FROM photos JOIN smalls ON photo = id WHERE digest IN"
        rows = self._rows(question, list(map(bytes.fromhex, digests)))
        return {digest.hex(): jpeg for digest, jpeg, checksum in rows if checksum == _checksum(digest, data=jpeg)}

    def codes(self, model: str, length: int, digests: Sequence[str]) -> Codes:
        question = (
            "SELECT digest, row, error, codes.checksum FROM photos JOIN codes ON photo = id AND model = ? "
            "WHERE digest IN"
        )
        found = self._rows(question, list(map(bytes.fromhex, digests)), bytes.fromhex(model))
        kept = sorted((row for row in found if isinstance(row[1], int)), key=lambda row: int(row[1]))
        codes = _read(self._array(model), length, [row for _, row, _, _ in kept])
        good = [
            at
            for at, (digest, _, error, checksum) in enumerate(kept)
            if checksum == _checksum(digest, error, data=codes[at].tobytes())
        ]
        errors = np.array([kept[at][2] for at in good], np.float32)
        codes = codes if len(good) == len(kept) else codes[good]
        return Codes({kept[at][0].hex(): row for row, at in enumerate(good)}, codes, errors)

    def keep(
        self, seen: Sequence[Seen], facts: Mapping[str, Facts], smalls: Mapping[str, bytes], model: str, codes: Codes
    ) -> None:
        """Codes count once their file is on the disk: only then the rows that tell of them are committed."""
        today = int(time.time() // DAY)
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for hexdigest, fact in facts.items():
                digest = bytes.fromhex(hexdigest)
                values = (digest, fact.height, fact.width, fact.taken, fact.sharpness)
                connection.execute(
                    "INSERT INTO photos (digest, height, width, taken, sharpness, checksum, used) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET height = excluded.height, "
                    "width = excluded.width, taken = excluded.taken, sharpness = excluded.sharpness, "
                    "checksum = excluded.checksum, used = excluded.used",
                    (*values, _checksum(*values), today),
                )
            for hexdigest, jpeg in smalls.items():
                digest = bytes.fromhex(hexdigest)
                connection.execute(
                    "INSERT OR REPLACE INTO smalls SELECT id, ?, ? FROM photos WHERE digest = ?",
                    (jpeg, _checksum(digest, data=jpeg), digest),
                )
            for each in seen:
                path, digest = _key(each.path), bytes.fromhex(each.digest)
                checksum = _checksum(path, each.size, each.mtime_ns, digest)
                connection.execute(
                    "INSERT OR REPLACE INTO files SELECT ?, ?, ?, id, ? FROM photos WHERE digest = ?",
                    (path, each.size, each.mtime_ns, checksum, digest),
                )
            if codes.rows:
                self._append(connection, model, codes)
            connection.execute("COMMIT")

    def used(self, digests: Sequence[str], today: int) -> None:
        with self._connected() as connection:
            chunks = list(_chunks(list(map(bytes.fromhex, digests))))
            question = "SELECT 1 FROM photos WHERE used < ? AND digest IN"
            if not any(
                connection.execute(f"{question} {places}", (today, *some)).fetchone() for places, some in chunks
            ):
                return
            connection.execute("BEGIN IMMEDIATE")
            for places, some in chunks:
                connection.execute(f"UPDATE photos SET used = ? WHERE digest IN {places}", (today, *some))
            connection.execute("DELETE FROM photos WHERE used < ?", (today - _KEPT_DAYS,))
            connection.execute("COMMIT")

    def forget(self, digests: Sequence[str]) -> None:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for places, some in _chunks(list(map(bytes.fromhex, digests))):
                connection.execute(f"DELETE FROM photos WHERE digest IN {places}", some)
            connection.execute("COMMIT")

    def _append(self, connection: sqlite3.Connection, model: str, codes: Codes) -> None:
        """Put codes behind those that count; what a sudden end left there is overwritten."""
        key, path = bytes.fromhex(model), self._array(model)
        found = connection.execute("SELECT MAX(row) FROM codes WHERE model = ?", (key,)).fetchone()[0]
        kept = [
            (bytes.fromhex(digest), codes.codes[row], float(codes.errors[row])) for digest, row in codes.rows.items()
        ]
        block = np.ascontiguousarray(np.stack([code for _, code, _ in kept]), dtype="<f4")
        path.touch()
        with path.open("r+b") as file:
            there = file.seek(0, os.SEEK_END) // block[0].nbytes
            first = min(found + 1 if isinstance(found, int) and found >= 0 else 0, there)
            file.seek(first * block[0].nbytes)
            file.write(block.tobytes())
            file.flush()
            os.fsync(file.fileno())
        connection.executemany(
            "INSERT OR REPLACE INTO codes SELECT ?, id, ?, ?, ? FROM photos WHERE digest = ?",
            (
                (key, first + at, error, _checksum(digest, error, data=block[at].tobytes()), digest)
                for at, (digest, _, error) in enumerate(kept)
            ),
        )

    def _array(self, model: str) -> Path:
        return self._folder / f"{model[:16]}.f32"

    def _rows(self, question: str, keys: Sequence[bytes], *before: bytes) -> list[tuple[Any, ...]]:
        """The rows of all keys, some at a time."""
        found: list[tuple[Any, ...]] = []
        with self._connected() as connection:
            for places, some in _chunks(keys):
                found += connection.execute(f"{question} {places}", (*before, *some))
        return found

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """What is not committed by the end is undone. The file is not made here: it may have been put aside."""
        uri = f"{self._database.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{_PAGES}")
            yield connection
        except UnicodeDecodeError as exc:  # sqlite names what is damaged, in its own bytes
            raise _ForeignError from exc
        finally:
            connection.close()


class _ForeignError(sqlite3.DatabaseError):
    """Not the tables that are meant: of another version, of another program, or of damaged bytes."""


def newest(folder: Path) -> Path:
    """The part of the cache that counts. Parts are numbered: an old one may still be in use by another process."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [path.name for path in folder.iterdir()]
    numbers = [int(name) for name in names if name.isdecimal()]
    aside = [int(name.removesuffix(".damaged")) for name in names if name.removesuffix(".damaged").isdecimal()]
    return folder / str(max(numbers) if numbers else max(aside, default=0) + 1)


def is_damage(exc: Exception) -> bool:
    """Whether a cache is to blame, and not the place where it lies or another process."""
    return isinstance(exc, sqlite3.Error) and getattr(exc, "sqlite_errorcode", 0) & 0xFF not in _OUTSIDE


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _key(path: Path) -> bytes:
    """Names need not be text."""
    return os.fsencode(os.path.abspath(path))


def _checksum(*values: object, data: bytes = b"") -> int:
    return zlib.crc32(data, zlib.crc32(repr(values).encode()))


def _chunks(keys: Sequence[bytes]) -> Iterator[tuple[str, Sequence[bytes]]]:
    """Some keys at a time, with the places for them in a question."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        yield f"({', '.join('?' * len(some))})", some


def _read(path: Path, length: int, rows: Sequence[int]) -> Floats:
    """The rows of an array file, which are in rising order; zeros for those that it does not hold."""
    out = np.zeros((len(rows), length), dtype="<f4")
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return out
    width = 4 * length
    with file:
        there = file.seek(0, os.SEEK_END) // width
        at = 0
        while at < len(rows):
            end = at + 1
            while end < len(rows) and rows[end] == rows[end - 1] + 1:
                end += 1
            if 0 <= rows[at] < there:
                file.seek(rows[at] * width)
                whole = min(end - at, there - rows[at])
                data = file.read(whole * width)
                whole = len(data) // width
                out[at : at + whole] = np.frombuffer(data, "<f4", whole * length).reshape(-1, length)
            at = end
    return out
