"""The photos below a user's folders, and whether those folders are still there."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from aestudio.errors import AEStudioError, ImageError, LostFolderError
from aestudio.images.formats import READABLE
from aestudio.images.io import natural
from aestudio.progress import Progress


def photos_below(
    folders: Sequence[Path],
    progress: Progress,
    leave_out: Iterable[Path] = (),
    *,
    refusal: type[AEStudioError] = ImageError,
) -> list[Path]:
    """All photos by their endings, each once, folder by folder in the order of their names; no hidden files.

    Folders that links lead back to are entered once, and those in `leave_out` not at all. Raises `refusal` for a folder
    that is none, that cannot be opened or has no photos, and LostFolderError for one that disappears.
    """
    unwanted = {_identity(path) for path in leave_out if path.exists()}
    met: set[tuple[int, int]] = set()
    found: dict[Path, None] = {}
    for top in folders:
        if not top.is_dir():
            raise refusal(
                "The folder {folder} does not exist. It may have been moved, or its disk is not connected: please "
                "choose it again.",
                folder=top,
            )
        before = len(found)
        entered = _walk(top, met, unwanted, found, progress, refusal)
        if len(found) == before and entered:
            raise refusal(
                "There are no photos in {folder}, nor in its sub-folders. Please choose another folder.", folder=top
            )
    return list(found)


def _walk(
    top: Path,
    met: set[tuple[int, int]],
    unwanted: set[tuple[int, int]],
    found: dict[Path, None],
    progress: Progress,
    refusal: type[AEStudioError],
) -> bool:
    """Put the photos below `top` into `found`; False if it was met before."""
    if _identity(top) in met:
        return False
    waiting = [top]
    while waiting:
        progress.check()
        folder = waiting.pop()
        try:
            identity = _identity(folder)
            if identity in met or identity in unwanted:
                continue
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: (natural(entry.name), entry.name))
        except OSError as exc:
            if folder == top:
                raise refusal(
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


def listed(folders: Iterable[Path]) -> str:
    """The folders as they stand in a sentence."""
    return ", ".join(map(str, folders))


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
