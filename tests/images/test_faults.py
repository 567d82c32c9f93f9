"""Whatever the disk refuses and whenever the program is killed: no original changes, no half file has a final name."""

import builtins
import errno
import hashlib
import io
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from aestudio.errors import ImageError
from aestudio.images import atomic
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Metadata, Photo, Pixels

MakePixels = Callable[..., Pixels]

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)
CALLS = ("fsync", "link", "rename", "replace", "unlink", "open")  # of the os module
KILLS = int(os.environ.get("AESTUDIO_KILLS", "300"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Disk:
    """Refuses one of the calls that saving makes of it, and does the others."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
        self.calls: list[str] = []
        self.refused: int | None = None  # the number of the call
        self.error = 0
        real_open = builtins.open
        for name in CALLS:
            monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))
        if not links:
            monkeypatch.setattr(os, "link", self._watched("link", self._no_links))
            monkeypatch.setattr(atomic, "_renamed_by_linux", lambda *_: False)

        def opened(file: object, mode: str = "r", *rest: object, **more: object) -> object:
            if mode != "xb":
                return real_open(file, mode, *rest, **more)  # type: ignore[call-overload]
            self.asked("create")
            return Written(str(file), self)

        monkeypatch.setattr(atomic, "open", opened, raising=False)

    def asked(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) - 1 == self.refused:
            raise OSError(self.error, os.strerror(self.error))

    def _watched(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            self.asked(name)
            return real(*args, **kwargs)

        return call

    @staticmethod
    def _no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")


class Written(io.FileIO):
    """A file whose writing may be refused, the first half of it being on the disk by then."""

    def __init__(self, path: str, disk: Disk) -> None:
        super().__init__(path, "xb")
        self._disk = disk

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        half = len(view) // 2
        super().write(view[:half])
        self._disk.asked("write")
        super().write(view[half:])
        return len(view)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("overwrite", [False, True], ids=["new", "overwrite"])
def test_every_refusal_of_the_disk(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_pixels: MakePixels,
    metadata: Metadata,
    overwrite: bool,
    links: bool,
) -> None:
    original = write_photo(Photo(make_pixels(), metadata), tmp_path / "original.png")
    photo, before = read_photo(original), digest(original)
    target = tmp_path / "result.png"
    old = Photo(make_pixels(1))
    disk = Disk(monkeypatch, links=links)
    sentences: list[str] = []

    def save() -> bool:
        """Whether AEStudio says that it saved."""
        disk.calls.clear()
        refused, disk.refused = disk.refused, None
        target.unlink(missing_ok=True)
        if overwrite:
            write_photo(old, target)
        disk.calls.clear()
        disk.refused = refused
        try:
            write_photo(photo, target, overwrite=overwrite)
        except ImageError as exc:
            sentences.append(str(exc))
            return False
        finally:
            disk.refused = None
        return True

    assert save()
    steps = len(disk.calls)
    assert {"create", "write", "fsync"} <= set(disk.calls)
    assert steps >= (7 if links and not overwrite else 9)  # 136 refusals in all, as docs/formats.md says
    told_saved = 0
    for disk.error in ERRORS:
        for number in range(steps):
            disk.refused = number
            saved = save()
            told_saved += saved
            assert digest(original) == before
            there = read_photo(target).pixels if target.exists() else None
            if saved:
                assert there is not None
                assert np.array_equal(there, photo.pixels)
            elif overwrite:
                assert there is not None  # the old picture or the new one: never none, never half
                assert np.array_equal(there, old.pixels) or np.array_equal(there, photo.pixels)
            else:
                assert there is None or np.array_equal(there, photo.pixels)
    assert all(sentence.startswith("result.png ") for sentence in sentences)
    assert told_saved < len(ERRORS) * steps / 2  # refusals were felt


def save_without_end(folder: Path, pipe: Connection) -> None:
    """In a child: save one photo after another and say so after each, until killed."""
    photo = read_photo(folder / "original.tif")
    for number in range(10_000):
        name = f"{number}.png" if number % 2 else "again.tif"
        write_photo(photo, folder / name, overwrite=number % 2 == 0)
        pipe.send(name)


@pytest.mark.timeout(max(300, KILLS))
def test_three_hundred_kills(tmp_path: Path, make_pixels: MakePixels, metadata: Metadata) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # each child starts with all modules there
    dice = random.Random(1)
    photo = Photo(make_pixels(3, 8, 120, 160), replace(metadata, icc=None))
    told = 0
    for kill in range(KILLS):
        folder = tmp_path / str(kill)
        folder.mkdir()
        original = write_photo(photo, folder / "original.tif") if kill == 0 else folder / "original.tif"
        if kill:
            original.write_bytes((tmp_path / "0" / "original.tif").read_bytes())
        before = digest(original)
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=save_without_end, args=(folder, theirs))
        process.start()
        theirs.close()
        ours.poll(30)  # the first photo is saved: from here on, any moment
        time.sleep(dice.random() * 0.05)
        process.kill()
        process.join()
        names = []
        try:
            while True:
                names.append(ours.recv())
        except EOFError:
            pass
        told += len(names)
        assert digest(original) == before
        for path in folder.iterdir():
            if not path.name.startswith(".aestudio-"):
                assert np.array_equal(read_photo(path).pixels, photo.pixels), path.name
        assert all((folder / name).exists() for name in names)
    assert told >= KILLS


def test_what_a_killed_run_left_behind_goes_after_a_day(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".aestudio-1.part", ".aestudio-2.part", ".b.part"))
    for path in (old, fresh, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (time.time() - 90_000,) * 2)
    atomic.atomic_write(tmp_path / "a", lambda file: file.write(b"a"))
    assert sorted(os.listdir(tmp_path)) == [".aestudio-2.part", ".b.part", "a"]
