"""The photos below a user's folders, and whether those folders are still there."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from aestudio.errors import ImageError, LostFolderError
from aestudio.images.formats import READABLE
from aestudio.images.io import natural
from aestudio.progress import Progress


def photos_below(folders: Sequence[Path], progress: Progress) -> list[Path]:
    """All photos by their endings, each once, folder by folder in the order of their names; no hidden files.

    Folders that links lead back to are entered once. Raises ImageError for a folder that is none, that cannot be
    opened or has no photos, and LostFolderError for one that disappears.
    """
    met: set[tuple[int, int]] = set()
    found: dict[Path, None] = {}
    for top in folders:
        if not top.is_dir():
            raise ImageError(
                "The folder {folder} does not exist. It may have been moved, or its disk is not connected: please "
                "choose it again.",
                folder=top,
            )
        before = len(found)
        if _walk(top, met, found, progress) and len(found) == before:
            raise ImageError(
                "There are no photos in {folder}, nor in its sub-folders. Please choose another folder.", folder=top
            )
    return list(found)


def _walk(top: Path, met: set[tuple[int, int]], found: dict[Path, None], progress: Progress) -> bool:
    """Put the photos below `top` into `found`; False if it was met before."""
    if _identity(top) in met:
        return False
    waiting = [top]
    while waiting:
        progress.check()
        folder = waiting.pop()
        try:
            identity = _identity(folder)
            if identity in met:
                continue
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: (natural(entry.name), entry.name))
        except OSError as exc:
            if folder == top:
                raise ImageError(
                    "The folder {folder} cannot be opened ({reason}). Please choose another folder.",
                    folder=top,
                    reason=exc.strerror or exc,
                ) from exc
            refuse_lost((top,))
            continue
        met.add(identity)
        below = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            if entry.is_dir():
                below.append(path)
            elif path.suffix.lower() in READABLE and entry.is_file():
                found.setdefault(path.resolve() if entry.is_symlink() else path)
        waiting += reversed(below)
    return True


def refuse_lost(folders: Iterable[Path]) -> None:
    """Raise LostFolderError if one of the folders is not there any more, or stands empty as a lost disk's does."""
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                there = next(entries, None) is not None
        except OSError:
            there = False
        if not there:
            raise LostFolderError(
                "The folder {folder} has disappeared while its photos were read. Please connect its disk or network "
                "again, and start once more.",
                folder=folder,
            )


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
