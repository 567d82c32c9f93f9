"""Patches without end from a folder of photos, the same ones for the same seed and step on every run."""

import queue
import threading
from collections.abc import Callable, Collection, Generator, Mapping
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.errors import ImageError, TrainingDataError
from aestudio.images.ahead import THREADS, in_threads
from aestudio.images.io import photo_paths, read_photo
from aestudio.images.lab import mean_chroma
from aestudio.progress import Progress
from aestudio.training.data.beside import Beside, take
from aestudio.training.data.packed import LARGE, PackedPhotos, levels_of
from aestudio.training.data.pool import PhotoPool, pool_of

BAD_SHARE = 0.3  # of a folder's photos may be unreadable or too small before training refuses it


def check_there(data: Path) -> None:
    """Raise TrainingDataError for a folder, or a packed file, that does not exist."""
    if not data.exists():
        raise TrainingDataError(
            "{path} does not exist. It may have been moved, or its disk is not connected: please choose it again.",
            path=data,
        )


def load_pool(
    data_dir: Path,
    folders: Mapping[str, float],
    side: int,
    progress: Progress,
    held_out: int = 0,
    seed: int = 0,
    *,
    shorter: int = 0,
    colourful: float = 0.0,
    left_out: Collection[str] = (),
) -> tuple[PhotoPool, PhotoPool | None]:
    """Read and shrink the photos below `data_dir`: those to train on, and `held_out` photos for validation.

    `data_dir` may be a packed file as well: the same photos are held out then as from the folder that was packed.
    A photo weighs as many pixels as it has times its folder's weight. Passed over are photos that cannot be read, are
    smaller than `side`, or have a mean chroma below `colourful` (units of Lab). `shorter` is the length in pixels to
    which the shorter side is shrunk, 0 for `shrunk_copies`. Those named in `left_out`, as FOLDER/NAME, are not read.
    Raises TrainingDataError if too many photos are unreadable or small, or none can be used.
    """
    check_there(data_dir)
    packed = PackedPhotos(data_dir) if data_dir.is_file() else None
    listed = packed.paths if packed else lambda name: photo_paths(data_dir / name)
    paths = [
        (path, weight)
        for name, weight in folders.items()
        for path in listed(name)
        if f"{name}/{path.name}" not in left_out
    ]
    if not paths:
        raise TrainingDataError("There are no photos in {folder}. Please choose another folder.", folder=data_dir)
    order = np.random.default_rng(seed).permutation(len(paths))
    kept: list[tuple[NDArray[np.uint8], float]] = []
    validation: list[tuple[NDArray[np.uint8], float]] = []
    bad: list[str] = []

    def copies_of(path: Path) -> list[NDArray[np.uint8]]:
        rgb_u8, size = packed.read(path) if packed else (levels_of(read_photo(path)), None)
        copies = [shrunk_to(rgb_u8, shorter, size)] if shorter else shrunk_copies(rgb_u8, side, size)
        return [copy for copy in copies if min(copy.shape[:2]) >= side]

    threads = THREADS if packed else 1  # photos of a folder may be so large that several do not fit into memory
    loaded = in_threads(copies_of, [paths[index][0] for index in order], progress, threads=threads)
    for done, (path, copies) in enumerate(loaded):
        weight = paths[order[done]][1]
        progress.step(done, len(paths), path.name)
        if isinstance(copies, ImageError):
            bad.append(str(copies))
            continue
        if copies and colourful and mean_chroma(copies[0]) < colourful:
            continue
        if not copies:
            bad.append(f"{path} is too small.")
        elif len(validation) < held_out:
            validation.append((copies[0], 1.0))
        else:
            kept.extend((copy, weight) for copy in copies)
    if len(bad) > BAD_SHARE * len(paths) or not kept:
        raise TrainingDataError(
            "{bad} of {all} photos in {folder} cannot be used; the first: {first} Please choose a folder of "
            "whole photos.",
            bad=len(bad),
            all=len(paths),
            folder=data_dir,
            first=bad[0] if bad else "none",
        )
    return pool_of(kept), pool_of(validation) if validation else None


def shrunk_copies(rgb_u8: NDArray[np.uint8], side: int, size: tuple[int, int] | None = None) -> list[NDArray[np.uint8]]:
    """The sizes at which a photo is learnt from: large ones are shrunk, which takes out their own noise and JPEG marks.

    `size` is the photo's height and width where `rgb_u8` was shrunk already. Empty if the photo is smaller than `side`.
    """
    height, width = size or rgb_u8.shape[:2]
    sizes = copy_sizes(height, width, side)
    shrunk = [cv2.resize(rgb_u8, (width, height), interpolation=cv2.INTER_AREA) for height, width in sizes]
    return [copy.astype(np.uint8, copy=False) for copy in shrunk]


def copy_sizes(height: int, width: int, side: int) -> list[tuple[int, int]]:
    """Height and width of each of `shrunk_copies`."""
    steps = ((LARGE, (1 / 2, 1 / 3)), (500, (3 / 4, 1 / 2)), (400, (1.0, 3 / 4)), (0, (1.0,)))
    factors = next(factors for least, factors in steps if max(height, width) > least)
    sizes = [(round(height * factor), round(width * factor)) for factor in factors]
    return [size for size in sizes if min(size) >= side]


def shrunk_to(rgb_u8: NDArray[np.uint8], shorter: int, size: tuple[int, int] | None = None) -> NDArray[np.uint8]:
    """The photo with a shorter side of `shorter` pixels, or as it is if it is smaller.

    `size` as for `shrunk_copies`: what was shrunk further than that is enlarged again.
    """
    whole = size or rgb_u8.shape[:2]
    factor = min(1.0, shorter / min(whole))
    height, width = (max(1, round(n * factor)) for n in whole)
    return cv2.resize(rgb_u8, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


T = TypeVar("T")


def in_line(make: Callable[[int], T], first: int, last: int) -> Generator[T]:
    """make(first) ... make(last - 1), each made when it is asked for."""
    yield from map(make, range(first, last))


def prefetched(make: Callable[[int], T], first: int, last: int, depth: int = 4) -> Generator[T]:
    """make(first) ... make(last - 1), made ahead in a thread of their own; ends the thread when closed."""
    beside = Beside()
    ready: queue.Queue[tuple[T, torch.cuda.Event | None] | BaseException] = queue.Queue(maxsize=depth)
    closed = threading.Event()

    def put(item: tuple[T, torch.cuda.Event | None] | BaseException) -> None:
        while not closed.is_set():
            try:
                ready.put(item, timeout=0.1)
            except queue.Full:
                continue
            return

    def work() -> None:
        torch.set_num_threads(1)  # of this thread alone: the cores belong to the network
        try:
            with beside.working():
                for step in range(first, last):
                    if closed.is_set():
                        return
                    item = make(step)
                    put((item, beside.sign()))
        except (RuntimeError, ValueError, MemoryError) as exc:
            put(exc)

    torch.get_num_threads()  # settles how many this thread has, or it would take over the other one's single core
    thread = threading.Thread(target=work, name="patches", daemon=True)
    thread.start()
    try:
        for _ in range(first, last):
            got = ready.get()
            if isinstance(got, BaseException):
                raise got
            take(*got)
            yield got[0]
    finally:
        closed.set()
        thread.join()
