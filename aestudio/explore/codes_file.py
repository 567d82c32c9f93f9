"""Codes of photos in a file, to keep them, to work on them elsewhere, and to make photos of them again."""

import ast
import os
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from aestudio.errors import AEStudioError
from aestudio.explore.coder import Coder
from aestudio.explore.photos import Floats, Indexed
from aestudio.images.atomic import atomic_write

SUFFIX = ".npz"
_FORMAT = "aestudio-codes-1"
_LONGEST_CODE = 65_536
_LONGEST_TEXT = 32_768  # letters of a path
_LONGEST_HEADER = 10_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError, TypeError)


class CodesError(AEStudioError):
    """A file of codes is missing, damaged, or of another model."""


@dataclass(frozen=True, eq=False)
class SavedCodes:
    """Codes with all that is needed to make photos of them."""

    codes: Floats  # (N, length), finite
    paths: tuple[str, ...]  # of the photos, as they were written: relative to the file's folder, or absolute
    sizes: tuple[tuple[int, int], ...]  # height and width of the photos
    model: str
    model_digest: str  # SHA-256 of its weights

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, photos: Indexed, rows: Sequence[int] | None = None) -> "SavedCodes":
        """Those rows of photos, or all, with absolute paths."""
        chosen = range(len(photos)) if rows is None else rows
        return cls(
            photos.codes[list(chosen)],
            tuple(os.path.abspath(photos.paths[row]) for row in chosen),
            tuple(photos.sizes[row] for row in chosen),
            photos.model,
            photos.model_digest,
        )

    def check(self, coder: Coder, name: str) -> None:
        """Raises CodesError if the codes in the file of that name are of another model."""
        if self.model != coder.name:
            raise CodesError(
                "{name} holds codes of the model {model}, which {other} cannot read. Please choose the model {model}.",
                name=name,
                model=self.model,
                other=coder.name,
            )
        if self.model_digest != coder.digest or self.codes.shape[1] != coder.length:
            raise CodesError(
                "{name} holds codes of another version of the model {model}. Please make them again from the photos.",
                name=name,
                model=self.model,
            )


def write_codes(path: Path, saved: SavedCodes, *, relative: bool = True, overwrite: bool = False) -> Path:
    """Write a file that NumPy reads as well; the whole file or nothing. Returns `path`.

    With `relative`, the paths of photos in the folder of the file, or below, are told from there: then the folder may
    be moved. Raises ImageError if the file exists and `overwrite` is not set, or if the disk refuses.
    """
    folder = path.absolute().parent
    paths = [_told(Path(each), folder) if relative else each for each in saved.paths]
    arrays: dict[str, NDArray[Any]] = {
        "format": np.array(_FORMAT),
        "model": np.array(saved.model),
        "model_digest": np.array(saved.model_digest),
        "codes": np.asarray(saved.codes, dtype="<f4"),
        "paths": np.array(paths, dtype=np.str_) if paths else np.zeros(0, dtype="<U1"),
        "sizes": np.array(saved.sizes, dtype="<i4").reshape(-1, 2),
    }
    return atomic_write(
        path, lambda file: np.savez_compressed(file, allow_pickle=False, **arrays), read_codes, overwrite=overwrite
    )


def read_codes(path: Path) -> SavedCodes:
    """The codes in a file. Nothing in it is ever executed. Raises CodesError."""
    name = path.name
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError as exc:
        raise CodesError(
            "{name} cannot be read ({reason}). Please choose another file.", name=name, reason=exc.strerror or exc
        ) from exc
    except _Refusal as exc:
        raise exc.of(name) from exc
    except MemoryError as exc:
        raise CodesError("There is not enough memory for the codes in {name}.", name=name) from exc
    except _BROKEN as exc:
        raise CodesError(
            "{name} is damaged or holds no codes of photos. Please save the codes again.", name=name
        ) from exc


class _Refusal(Exception):
    """Something is wrong that can be told more of."""

    def __init__(self, of: Callable[[str], CodesError]) -> None:
        super().__init__()
        self.of = of


def _read(file: BinaryIO) -> SavedCodes:
    with zipfile.ZipFile(file) as archive:
        said = _text(archive, "format")
        if said != _FORMAT and said.startswith("aestudio-codes-"):
            raise _Refusal(
                lambda name: CodesError(
                    "{name} was written by a newer AEStudio, which this one cannot read. Please update AEStudio.",
                    name=name,
                )
            )
        if said != _FORMAT:
            raise ValueError("not a file of codes")
        codes = _array(archive, "codes", "f4", (None, None), _LONGEST_CODE * 4)
        paths = _array(archive, "paths", "U", (len(codes),), _LONGEST_TEXT * 4)
        sizes = _array(archive, "sizes", "i4", (len(codes), 2), 8)
        model, digest = _text(archive, "model"), _text(archive, "model_digest")
    if not np.isfinite(codes).all():
        raise _Refusal(
            lambda name: CodesError(
                "{name} holds codes with numbers that are none (NaN or infinite). Please save the codes again.",
                name=name,
            )
        )
    if not codes.shape[1] or not model or (sizes < 1).any():
        raise ValueError("no codes")
    pairs = tuple((int(height), int(width)) for height, width in sizes)
    return SavedCodes(np.ascontiguousarray(codes, dtype=np.float32), tuple(paths.tolist()), pairs, model, digest)


def _text(archive: zipfile.ZipFile, name: str) -> str:
    return str(_array(archive, name, "U", (), _LONGEST_TEXT * 4)[()])


def _array(archive: zipfile.ZipFile, name: str, kind: str, shape: tuple[int | None, ...], most: int) -> NDArray[Any]:
    """An array of a type and a shape, of which each row has no more than `most` bytes.

    What its header says is checked before any memory is asked for. Raises one of _BROKEN.
    """
    info = archive.getinfo(f"{name}.npy")
    with archive.open(info) as file:
        found, dtype = _header(file)
        fits = len(found) == len(shape) and all(want in (None, is_) for want, is_ in zip(shape, found, strict=False))
        typed = dtype.kind == kind[0] and (len(kind) == 1 or dtype.itemsize == int(kind[1:]))
        size = int(np.prod(found, dtype=object)) * dtype.itemsize
        row = size // max(1, found[0]) if found else size
        if not fits or not typed or row > most or file.tell() + size != info.file_size:
            raise ValueError(f"{name} is not as it should be")
        data = file.read(size)  # bytes that are there: no more memory than the file says, and no less
        if len(data) != size or file.read(1):
            raise EOFError
    return np.frombuffer(bytearray(data), dtype=dtype).reshape(found) if size else np.zeros(found, dtype=dtype)


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape and type of an array in NumPy's format, which is as NumPy writes it and nothing else."""
    version = npy.read_magic(file)
    count = file.read(2 if version == (1, 0) else 4)
    text = file.read(min(int.from_bytes(count, "little"), _LONGEST_HEADER)).decode("utf-8")
    try:
        table = ast.literal_eval(text)
    except (SyntaxError, RecursionError) as exc:
        raise ValueError("no header") from exc
    shape, kind = table["shape"], table["descr"]
    plain = isinstance(shape, tuple) and all(type(side) is int and side >= 0 for side in shape) and type(kind) is str
    if not plain or (table["fortran_order"] and len(shape) > 1):
        raise ValueError("not as it should be")
    return shape, np.dtype(kind)


def _told(path: Path, folder: Path) -> str:
    """Relative to the folder where the path lies in it, with forward slashes; absolute elsewhere."""
    whole = Path(os.path.abspath(path))
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)
