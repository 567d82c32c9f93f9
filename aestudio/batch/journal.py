"""Remembers in the output folder what became of each photo, so that a run that was cut off can go on."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from aestudio.batch.harm import Flag
from aestudio.errors import DiskFullError, ImageError, LostFolderError, OtherJobError, Sentence, SettingsError

FOLDER: Final = ".aestudio"  # in the output folder
WAITING, WORKING, DONE, FAILED, SKIPPED = STATES = ("waiting", "working", "done", "failed", "skipped")
_SCHEMA: Final = 1
_TABLES: Final = """
CREATE TABLE job (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE photos (
    number INTEGER PRIMARY KEY,
    source BLOB NOT NULL UNIQUE,
    output BLOB NOT NULL,
    state TEXT NOT NULL,
    size INTEGER NOT NULL DEFAULT 0,
    time INTEGER NOT NULL DEFAULT 0,
    digest TEXT NOT NULL DEFAULT '',
    output_digest TEXT NOT NULL DEFAULT '',
    megapixels REAL NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    told TEXT NOT NULL DEFAULT '{}'
) STRICT;
"""


@dataclass(frozen=True)
class Row:
    """What is known of one photo."""

    number: int  # from 1, in the order of the job
    source: Path
    output: Path
    state: str = WAITING  # one of STATES
    size: int = 0  # of the source: bytes,
    time: int = 0  # nanoseconds of its last change,
    digest: str = ""  # and SHA-256
    output_digest: str = ""  # SHA-256 of the result; while WORKING, of the one that is about to get its name
    megapixels: float = 0.0
    seconds: float = 0.0
    message: Sentence | None = None  # why it failed, or was skipped
    notes: tuple[Sentence, ...] = ()
    flags: tuple[Flag, ...] = ()  # of the no-harm check, the worst first
    scores: Mapping[str, float] = field(default_factory=dict)  # of the tools: in [0, 1], more is worse
    found: str = ""  # what the tools found
    replaces: str = ""  # SHA-256 of an older result of ours under that name

    @property
    def doubt(self) -> float:
        """How much it needs a look, for sorting: failed ones first, then by flags and scores; 0 for none."""
        if self.state == FAILED:
            return float("inf")
        return max((flag.excess for flag in self.flags), default=0.0) + max(self.scores.values(), default=0.0)


class Journal:
    """The photos of one job and their states. Used from several threads; one program at a time may have it open.

    Each change is on the disk when the method returns.
    """

    def __init__(self, out: Path) -> None:
        """Raises ImageError if another job works in the folder, or nothing can be written there."""
        self._out = out
        folder = out / FOLDER
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file_lock = FileLock(folder / "lock")
            self._file_lock.acquire(timeout=0)
        except Timeout as exc:
            raise ImageError(
                "Another job is working in {folder}. Please wait for its end, or choose another folder.", folder=out
            ) from exc
        except OSError as exc:
            raise _unwritable(out, exc) from exc
        try:
            self._db = _opened(folder / "journal.sqlite", out)
        except BaseException:
            self._file_lock.release()
            raise

    def close(self) -> None:
        """Let others work in the folder."""
        with self._lock:
            self._db.close()
        self._file_lock.release()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    @property
    def identity(self) -> str:
        """Of the job that was begun here; empty for none. See BatchJob.identity."""
        found = self._rows("SELECT value FROM job WHERE key = 'identity'")
        return str(found[0][0]) if found else ""

    def begin(self, identity: str, *, anew: bool = False) -> None:
        """Begin a job or go on with it; `anew` forgets another one, but for which results are its own.

        Raises OtherJobError if another one was begun here: its results would be mixed with this one's.
        """
        if self.identity not in ("", identity):
            if not anew:
                self.check(identity)
            made = {os.fsencode(self._short(row.output)).hex(): row.output_digest for row in self.rows()}
            older = json.dumps({**self._told("older"), **{name: digest for name, digest in made.items() if digest}})
            self._write("INSERT OR REPLACE INTO job VALUES ('older', ?)", ((older,),))
            self._write("DELETE FROM photos", ((),))
        self._write("INSERT OR REPLACE INTO job VALUES ('identity', ?)", ((identity,),))

    def older(self) -> Mapping[Path, str]:
        """SHA-256 of what jobs made that are forgotten, by file: as long as it is that, it may be replaced."""
        return {self._out / os.fsdecode(bytes.fromhex(name)): digest for name, digest in self._told("older").items()}

    def _told(self, key: str) -> dict[str, str]:
        found = self._rows(f"SELECT value FROM job WHERE key = '{key}'")
        return dict(json.loads(found[0][0])) if found else {}

    def _short(self, output: Path) -> Path:
        """Counted from the output folder, which may be moved."""
        with suppress(ValueError):
            return output.relative_to(self._out)
        return output

    def check(self, identity: str) -> None:
        """Raises OtherJobError if another job was begun here."""
        if self.identity in ("", identity) or all(row.state not in (DONE, WORKING) for row in self.rows()):
            return
        raise OtherJobError(
            "In {folder} lie the results of another job: its steps or its format were other ones. Please choose "
            "another folder, or start anew.",
            folder=self._out,
        )

    def rows(self) -> list[Row]:
        """All photos in the order of their numbers."""
        return [self._row(*values) for values in self._rows("SELECT * FROM photos ORDER BY number")]

    def add(self, rows: Sequence[Row]) -> None:
        """Write new photos, or those again that changed."""
        marks = ", ".join("?" * 11)
        self._write(f"INSERT OR REPLACE INTO photos VALUES ({marks})", map(self._values, rows))

    def put(self, row: Row) -> None:
        """Write one photo."""
        self.add([row])

    def _values(self, row: Row) -> tuple[Any, ...]:
        told = {
            "message": _plain(row.message) if row.message else None,
            "notes": [_plain(note) for note in row.notes],
            "flags": [[flag.kind, flag.excess, _plain(flag.sentence)] for flag in row.flags],
            "scores": dict(row.scores),
            "found": row.found,
            "replaces": row.replaces,
        }
        return (
            row.number,
            os.fsencode(row.source),
            os.fsencode(self._short(row.output)),
            row.state,
            row.size,
            row.time,
            row.digest,
            row.output_digest,
            row.megapixels,
            row.seconds,
            json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False),
        )

    def _row(self, *values: Any) -> Row:
        number, source, output, state, size, time, digest, output_digest, megapixels, seconds, told = values
        more = json.loads(told)
        return Row(
            number,
            Path(os.fsdecode(source)),
            self._out / os.fsdecode(output),
            state,
            size,
            time,
            digest,
            output_digest,
            megapixels,
            seconds,
            _sentence(more["message"]) if "message" in more else None,
            tuple(map(_sentence, more.get("notes", ()))),
            tuple(Flag(kind, excess, _sentence(said)) for kind, excess, said in more.get("flags", ())),
            more.get("scores", {}),
            more.get("found", ""),
            more.get("replaces", ""),
        )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query).fetchall()

    def _write(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        try:
            with self._lock, self._db:
                self._db.executemany(statement, values)
        except sqlite3.Error as exc:
            raise _unwritable(self._out, exc) from exc


def read_rows(out: Path) -> list[Row]:
    """What an earlier run left in a folder. Nothing where there is no journal, or none that can be read."""
    if not has_journal(out):
        return []
    try:
        with Journal(out) as journal:
            return journal.rows()
    except (ImageError, SettingsError):
        return []


def remembered(out: Path, identity: str) -> tuple[list[Row], Mapping[Path, str]]:
    """What a job would find in a folder if it began, or were begun anew: see Journal.rows and Journal.older."""
    if not has_journal(out):
        return [], {}
    try:
        with Journal(out) as journal:
            rows = journal.rows()
            if journal.identity == identity:
                return rows, journal.older()
            return [], {**journal.older(), **{row.output: row.output_digest for row in rows if row.output_digest}}
    except (ImageError, SettingsError):
        return [], {}


def check_folder(out: Path, identity: str, *, anew: bool = False) -> None:
    """Raise what a run of a job would, were it begun now: ImageError, or SettingsError."""
    if has_journal(out):
        with Journal(out) as journal:
            if not anew:
                journal.check(identity)


def has_journal(out: Path) -> bool:
    """Whether a job was begun in a folder."""
    return (out / FOLDER / "journal.sqlite").is_file()


def working_again(row: Row) -> Row:
    """The photo as it was before anything became of it."""
    return replace(
        row, state=WAITING, output_digest="", message=None, notes=(), flags=(), scores={}, found="", seconds=0.0
    )


def _opened(path: Path, out: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, check_same_thread=False)
        db.execute("PRAGMA synchronous = FULL")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            with db:
                db.execute("BEGIN")  # else each statement would be one of its own, and a kill in between leaves half
                for statement in _TABLES.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_SCHEMA}")
        elif version != _SCHEMA:
            db.close()
            raise SettingsError(
                "The journal in {folder} was written by a newer AEStudio. Please choose another folder.", folder=out
            )
        db.execute("SELECT count(*) FROM photos").fetchone()
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.OperationalError):
            raise _unwritable(out, exc) from exc
        raise SettingsError(
            "The journal in {folder} is damaged. Please choose another folder, or remove {path}: the results stay.",
            folder=out,
            path=path,
        ) from exc
    return db


def _unwritable(out: Path, exc: Exception) -> ImageError:
    reason = getattr(exc, "strerror", None) or exc
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF  # the rest tells what was being done
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError("The disk of {folder} is full. Please free some space.", folder=out)
    kind = LostFolderError if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) else ImageError
    return kind(
        "Nothing can be written to {folder} ({reason}). Please check the disk, or choose another folder.",
        folder=out,
        reason=reason,
    )


def _plain(said: Sentence) -> list[Any]:
    return [said.template, {name: _plain(v) if isinstance(v, Sentence) else v for name, v in said.values}]


def _sentence(plain: Sequence[Any]) -> Sentence:
    template, values = plain
    return Sentence(template, tuple((n, _sentence(v) if isinstance(v, list) else v) for n, v in values.items()))
