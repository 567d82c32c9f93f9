"""The log file: what a user can send when something went wrong."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from aestudio.user_folders import logs_of_user

LOG_BYTES = 1 << 20


def log_path() -> Path:
    """Where the log lies."""
    return logs_of_user() / "aestudio.log"


@contextmanager
def log_file(path: Path | None = None) -> Iterator[None]:
    """Write what AEStudio logs to a file, three of a megabyte at most; to none where none can be written."""
    path = path or log_path()
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("aestudio")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
