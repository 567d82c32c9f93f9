"""Writes a file in one step: the whole new file under its name, or nothing."""

import contextlib
import ctypes
import errno
import logging
import os
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from aestudio.errors import DiskFullError, ImageError, LostFolderError

log = logging.getLogger(__name__)

_MAX_NAME = 255  # bytes; what every common file system takes
_PREFIX, _ENDING = ".aestudio-", ".part"
_LEFT_BEHIND = 24 * 3600  # seconds
_AT_FDCWD, _RENAME_NOREPLACE = -100, 1
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_LOST = frozenset(
    {errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ENODEV, errno.ENXIO, errno.EHOSTDOWN, errno.ETIMEDOUT}
)
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NO_MOVE = frozenset({errno.EXDEV, errno.EACCES, errno.EPERM})

_swept: set[Path] = set()


def atomic_write(
    path: Path,
    write: Callable[[BinaryIO], object],
    verify: Callable[[Path], object] | None = None,
    *,
    source: Path | None = None,
    overwrite: bool = False,
) -> Path:
    """Let `write` fill a temporary file in the same folder, `verify` it, and only then give it its name.

    `verify` reads the temporary file and raises if it is not what was meant. The file and its folder are flushed to
    the disk. With `overwrite`, the file that had the name stays beside it as a backup until the new one is verified
    under that name, and comes back if it is not. Returns `path`.
    Raises ImageError if `path` is the `source` itself under whatever name, if it exists and `overwrite` is not set,
    or if the system refuses; whatever is raised, by the callables too, no temporary file stays.
    """
    temporary = path.parent / f"{_PREFIX}{secrets.token_hex(8)}{_ENDING}"
    try:
        _sweep(path.parent)
        _refuse_source(path, source)
        _refuse_existing(path, overwrite)
        try:
            # not mkstemp: that makes a file that nobody else may read
            with open(temporary, "xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            if verify is not None:
                verify(temporary)
            _refuse_source(path, source)
            _settle(temporary, path, verify, overwrite)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as exc:
        raise _explained(path, exc) from exc
    return path


def give_name(
    written: Path,
    path: Path,
    verify: Callable[[Path], object] = lambda path: None,
    *,
    source: Path | None = None,
    overwrite: bool = False,
) -> Path:
    """What `atomic_write` does last, for a whole file on the same disk that another program wrote and flushed.

    Where the system refuses to move that one (it lies on another disk, or belongs to somebody else), it is copied.
    Returns `path`. Raises ImageError; `written` is still there then.
    """
    try:
        _refuse_source(path, source)
        _refuse_existing(path, overwrite)
        _settle(written, path, verify, overwrite)
    except OSError as exc:
        if exc.errno not in _NO_MOVE or not written.is_file():
            raise _explained(path, exc) from exc

        def copy(file: BinaryIO) -> None:
            with written.open("rb") as data:
                shutil.copyfileobj(data, file, 1 << 20)

        atomic_write(path, copy, verify, source=source, overwrite=overwrite)
    with contextlib.suppress(OSError):
        written.unlink(missing_ok=True)
    return path


def same_file(path: Path, other: Path) -> bool:
    """Whether both name one file: by link, by another spelling of the folder, or by upper and lower case.

    Names that differ only by case or by how Hangul is composed count as one, for many disks keep just one of them.
    """
    with contextlib.suppress(OSError):
        if os.path.samefile(path, other):
            return True
    with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        return _folded(path.resolve()) == _folded(other.resolve())
    return False


def free_name(path: Path) -> Path:
    """`path` if nothing has that name yet, or else the first free of name-2, name-3, and so on."""
    candidate, number = shortened(path), 1
    while os.path.lexists(candidate):
        number += 1
        candidate = shortened(path, f"-{number}")
    return candidate


def shortened(path: Path, ending: str = "") -> Path:
    """`path` with `ending` behind its stem, which loses letters where the name would be too long for a disk."""
    stem = path.stem
    while stem and len(f"{stem}{ending}{path.suffix}".encode("utf-8", "surrogateescape")) > _MAX_NAME:
        stem = stem[:-1]
    return path.with_name(f"{stem}{ending}{path.suffix}")


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _refuse_source(path: Path, source: Path | None) -> None:
    if source is not None and same_file(path, source):
        raise ImageError(
            "{name} is the original photo, which is never overwritten. Please choose another name.", name=path.name
        )


def _refuse_existing(path: Path, overwrite: bool) -> None:
    if path.is_dir():
        raise ImageError("{name} is a folder. Please choose another name.", name=path.name)
    if not overwrite and os.path.lexists(path):
        raise ImageError("{name} already exists and was not replaced. Please choose another name.", name=path.name)


def _settle(temporary: Path, path: Path, verify: Callable[[Path], object] | None, overwrite: bool) -> None:
    """Give a whole file its name, and flush the folder."""
    if overwrite and path.is_file() and not path.is_symlink():
        _replace(temporary, path, verify)
    else:
        _give_name(temporary, path, overwrite)
        _sync_folder(path.parent)


def _replace(temporary: Path, path: Path, verify: Callable[[Path], object] | None) -> None:
    """Put the new file in the old one's place; the old one goes only when the new one is known to be good there."""
    backup = free_name(path.with_name(f"{path.stem}-backup{path.suffix}"))
    try:
        os.link(path, backup)
    except OSError:  # a disk without links
        shutil.copy2(path, backup)
    try:
        os.replace(temporary, path)
        if verify is not None:
            verify(path)
        _sync_folder(path.parent)
    except BaseException:
        os.replace(backup, path)
        raise
    with contextlib.suppress(OSError):  # a backup too many does no harm
        backup.unlink()


def _give_name(temporary: Path, path: Path, overwrite: bool) -> None:
    """Rename; without `overwrite` a file that appeared in the meantime is left alone."""
    if overwrite:
        os.replace(temporary, path)
        return
    try:
        _rename_to_new(temporary, path)
    except FileExistsError:
        _refuse_existing(path, overwrite)
        raise


def _rename_to_new(temporary: Path, path: Path) -> None:
    """Rename in one step if the name is free. Raises FileExistsError if it is not."""
    if os.name == "nt":
        os.rename(temporary, path)  # refuses there to replace a file
        return
    try:
        os.link(temporary, path)
        return
    except FileExistsError:
        raise
    except OSError as exc:  # a disk without links, such as a memory card; any other trouble comes again below
        log.debug("%s: no link (%s)", path, exc)
    if _renamed_by_linux(temporary, path):
        return
    # take the name first, which only one can, then fill it
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        os.replace(temporary, path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _renamed_by_linux(temporary: Path, path: Path) -> bool:
    """renameat2, which Python does not offer. False where the system or the disk does not know it."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    here = ctypes.c_int(_AT_FDCWD)
    if rename(here, os.fsencode(temporary), here, os.fsencode(path), ctypes.c_uint(_RENAME_NOREPLACE)) == 0:
        return True
    number = ctypes.get_errno()
    if number == errno.EEXIST:
        raise FileExistsError(number, os.strerror(number), str(path))
    return False


def _sweep(folder: Path) -> None:
    """Clear away what a run left behind that was cut off; once for each folder while the program runs.

    Only what is a day old: another program's half-written photo may be in use.
    """
    if folder in _swept:
        return
    _swept.add(folder)
    oldest = time.time() - _LEFT_BEHIND
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_ENDING):
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < oldest:
                        os.unlink(entry.path)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last. Systems that cannot open or flush a folder do this on their own."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _explained(path: Path, exc: OSError) -> ImageError:
    name, folder = path.name, path.parent
    if exc.errno in _FULL:
        return DiskFullError(
            "{name} was not saved: the disk is full. Please free some space or choose another disk.", name=name
        )
    if exc.errno == errno.EFBIG:
        return ImageError(
            "{name} was not saved: the disk takes no file that large. Please choose another disk or format.", name=name
        )
    if exc.errno in _READ_ONLY:
        return ImageError(
            "{name} was not saved: the folder {folder} is read-only. Please choose another folder.",
            name=name,
            folder=folder,
        )
    if exc.errno in (errno.ENOENT, errno.ENOTDIR):
        return LostFolderError(
            "{name} was not saved: the folder {folder} does not exist. Please choose another folder.",
            name=name,
            folder=folder,
        )
    if exc.errno == errno.ENAMETOOLONG:
        return ImageError("{name} was not saved: its name is too long. Please choose a shorter one.", name=name)
    kind = LostFolderError if exc.errno in _LOST else ImageError
    return kind(
        "{name} was not saved ({reason}). Please check the disk or choose another folder.",
        name=name,
        reason=exc.strerror or exc,
    )
