"""Packs a data folder's photos into one file of the size that is asked for; `packed.py` reads it again."""

import contextlib
import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import cv2
import numpy as np
from PIL import Image

from aestudio.errors import ImageError, TrainingDataError
from aestudio.images.ahead import in_threads
from aestudio.images.atomic import atomic_write
from aestudio.images.io import photo_paths, read_contents, read_photo
from aestudio.images.webp import MAX_SIDE
from aestudio.progress import Passes, Progress
from aestudio.training.data.packed import (
    FORMAT,
    MANIFEST,
    Levels,
    PackedPhoto,
    PackedPhotos,
    levels_of,
    packed_size,
)

MEGABYTE = 2**20  # bytes

# WebP: at 1.15 bits per pixel, on 100 photos of our own collection, it came to 37.3 dB, and with Pillow's usual method
# 4 to 37.1; an optimised and progressive JPEG to 34.6 dB with its colours halved, and to 34.1 without.
METHOD = 6
LOWEST, BEST = 40, 96  # qualities: below, smears would be learnt from
_SAMPLE = 100  # photos whose sizes foretell that of all
_EXPECTED = 3  # passes over all photos


@dataclass(frozen=True)
class Packing:
    """What was packed."""

    photos: int
    quality: int
    size: int  # bytes
    unreadable: tuple[str, ...]  # a sentence for each photo that could not be read


@dataclass(frozen=True)
class _Found:
    """A photo that is to be packed."""

    folder: str
    photo: PackedPhoto
    levels: Levels  # at the size in which it is packed; empty where it could not be read
    own: bytes = b""  # its file as it was found, where that can stand for it

    def coded(self, quality: int) -> bytes:
        """The picture's file: its own where that is no larger, and at the best quality in any case."""
        if not self.levels.size:
            return b""
        out = BytesIO()
        kind = "WEBP" if max(self.levels.shape) <= MAX_SIDE else "JPEG"
        Image.fromarray(self.levels).save(out, kind, quality=quality, method=METHOD)
        coded = out.getvalue()
        return self.own if self.own and (len(self.own) <= len(coded) or quality == BEST) else coded


def pack(folder: Path, target: Path, limit: int, progress: Progress, *, overwrite: bool = False) -> Packing:
    """Write all photos below `folder` into `target`, at the highest quality with which it has `limit` bytes at most.

    Photos that cannot be read stay in the list, with the reason, so that the same ones are held out as from the folder.
    All are kept in memory meanwhile, as they are when they are learnt from. Raises TrainingDataError where there are no
    photos, or they do not fit, and ImageError where the file cannot be written, or exists and `overwrite` is not set.
    """
    _refuse(target, overwrite=overwrite)
    folders = _folders_below(folder)
    paths = [(name, path) for name, below in folders.items() for path in photo_paths(below)]
    if not paths:
        raise TrainingDataError(
            "There are no photos in {folder}, nor in its sub-folders. Please choose another folder.", folder=folder
        )
    passes = Passes(progress, _EXPECTED * len(paths))
    photos = list(_read_all(paths, passes))
    problems = tuple(each.photo.problem for each in photos if each.photo.problem)
    if len(problems) == len(photos):
        raise TrainingDataError(
            "No photo in {folder} can be read; the first: {first} Please choose another folder.",
            folder=folder,
            first=problems[0],
        )
    found = _best(photos, list(folders), limit, passes)
    if found is None:
        raise TrainingDataError(
            "The photos in {folder} do not fit into {limit} MB, not even at the lowest quality that is worth learning "
            "from. Please allow more, or pack fewer photos.",
            folder=folder,
            limit=f"{limit / MEGABYTE:.3g}",
        )
    quality, data = found
    with contextlib.suppress(OSError):  # what is wrong there is told when the file is written
        target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, lambda file: file.write(data), PackedPhotos, overwrite=overwrite)
    return Packing(len(photos) - len(problems), quality, len(data), problems)


def _refuse(target: Path, *, overwrite: bool) -> None:
    """What `atomic_write` would refuse, before all the work."""
    if target.is_dir():
        raise ImageError("{name} is a folder. Please choose another name.", name=target.name)
    if not overwrite and os.path.lexists(target):
        raise ImageError("{name} already exists and was not replaced. Please choose another name.", name=target.name)


def _folders_below(top: Path) -> dict[str, Path]:
    """The folder and all that are in it, by the names that recipes call them; hidden ones are left out.

    Those that links lead back to are entered once. Raises TrainingDataError.
    """
    if not top.is_dir():
        raise TrainingDataError(
            "The folder {folder} does not exist. It may have been moved, or its disk is not connected: please choose "
            "it again.",
            folder=top,
        )
    met: set[tuple[int, int]] = set()
    found: dict[str, Path] = {}
    for name, below, _ in os.walk(top, followlinks=True):
        path, status = Path(name), os.stat(name)
        if (status.st_dev, status.st_ino) in met:
            below.clear()
            continue
        met.add((status.st_dev, status.st_ino))
        below[:] = sorted(each for each in below if not each.startswith("."))
        found[path.relative_to(top).as_posix()] = path
    return found


def _read_all(paths: Sequence[tuple[str, Path]], progress: Progress) -> Iterator[_Found]:
    reading = in_threads(lambda number: _read(number, *paths[number]), range(len(paths)), progress)
    for number, found in reading:
        folder, path = paths[number]
        progress.step(number, len(paths), path.name)
        if isinstance(found, ImageError):
            yield _Found(folder, PackedPhoto(path.name, problem=str(found)), np.empty((0, 0, 3), np.uint8))
        else:
            yield found


def _read(number: int, folder: str, path: Path) -> _Found:
    """Raises ImageError."""
    data = read_contents(path)
    photo = read_photo(path, data=data)
    levels = levels_of(photo)
    height, width = packed_size(photo.height, photo.width)
    whole = (height, width) == (photo.height, photo.width)
    if not whole:
        levels = cv2.resize(levels, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    # other formats, and colours of their own, ask for libraries that a machine that only trains may lack
    plain = whole and photo.format in ("JPEG", "WEBP") and photo.metadata.icc is None
    packed = PackedPhoto(path.name, photo.height, photo.width, f"{number:05}")
    return _Found(folder, packed, levels, data if plain else b"")


def _best(photos: Sequence[_Found], folders: Sequence[str], limit: int, progress: Progress) -> tuple[int, bytes] | None:
    """The highest quality with which all fits, and the whole file; None if nothing does."""
    sample = photos[:: max(1, len(photos) // _SAMPLE)]

    def estimated(quality: int) -> int:
        return sum(len(coded) for _, coded in _coded(sample, quality, progress)) * len(photos) // len(sample)

    def archive(quality: int) -> bytes | None:
        return _archive(photos, folders, limit, quality, progress)

    fitting = bisect_right(range(LOWEST, BEST + 1), limit, key=estimated)
    first = LOWEST + max(fitting - 1, 0)
    for quality in range(first, LOWEST - 1, -1):
        data = archive(quality)
        if data is not None:
            break
    else:
        return None
    while first <= quality < BEST and (better := archive(quality + 1)) is not None:
        quality, data = quality + 1, better
    return quality, data


def _archive(
    photos: Sequence[_Found], folders: Sequence[str], limit: int, quality: int, progress: Progress
) -> bytes | None:
    """The whole file; None as soon as it has more than `limit` bytes."""
    out = BytesIO()
    listed: dict[str, list[Mapping[str, str | int]]] = {name: [] for name in folders}
    with ZipFile(out, "w") as archive:
        for each, coded in _coded(photos, quality, progress):
            if coded:
                archive.writestr(ZipInfo(each.photo.file), coded)
            listed[each.folder].append({name: value for name, value in asdict(each.photo).items() if value})
            if out.tell() > limit:
                return None
        archive.writestr(ZipInfo(MANIFEST), json.dumps({"format": FORMAT, "folders": listed}))
    return out.getvalue() if out.tell() <= limit else None


def _coded(photos: Sequence[_Found], quality: int, progress: Progress) -> Iterator[tuple[_Found, bytes]]:
    """Each photo with its picture's file, which is empty where it could not be read."""
    for done, (each, coded) in enumerate(in_threads(lambda found: found.coded(quality), photos, progress)):
        assert isinstance(coded, bytes)  # nothing is read here
        progress.step(done, len(photos), each.photo.name)
        yield each, coded
