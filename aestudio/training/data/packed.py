"""A data folder's photos in one file, to be taken along to a machine that trains: what stands in it, read again.

It is a ZIP file without compression of its own, of pictures that are coded already, and of MANIFEST: the format's
number, and the photos of each folder in their order. `packing.py` writes it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import ImageError, TrainingDataError
from aestudio.images.io import read_photo
from aestudio.images.photo import Photo

FORMAT = 1
MANIFEST = "photos.json"
LARGE = 900  # pixels: photos with a longer side than this are learnt from at half of their size, and smaller

Levels = NDArray[np.uint8]  # (H, W, 3), sRGB


@dataclass(frozen=True)
class PackedPhoto:
    """What the manifest says of a photo."""

    name: str
    height: int = 0  # of the photo as it was found; 0 where it could not be read
    width: int = 0
    file: str = ""  # the picture's name in the ZIP file
    problem: str = ""  # why it could not be read

    def __post_init__(self) -> None:
        """Raises ValueError for what no manifest says."""
        sound = all(type(getattr(self, f.name)) is type(f.default) for f in fields(self)[1:])
        if not sound or type(self.name) is not str or bool(self.file) != (min(self.height, self.width) > 0):
            raise ValueError(f"not a photo: {self}")


class PackedPhotos:
    """The photos of a packed file, under the names that they have in a folder. May be used by several threads."""

    def __init__(self, path: Path) -> None:
        """Raises TrainingDataError for a file that cannot be read, is damaged, or is none of ours."""
        self._path = path
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise TrainingDataError(
                "{path} cannot be read ({reason}). Please check the disk.", path=path, reason=exc.strerror or exc
            ) from exc
        try:
            self._archive = ZipFile(BytesIO(data))
            table = json.loads(self._archive.read(MANIFEST))
            if type(table["format"]) is int and table["format"] > FORMAT:
                raise TrainingDataError(
                    "{path} was packed by a newer AEStudio. Please update this one, or pack the photos anew.",
                    path=path,
                )
            if table["format"] != FORMAT:
                raise self._damaged()
            self._folders = {PurePath(name): tuple(_listed(table["folders"][name])) for name in table["folders"]}
        except _DAMAGE as exc:
            raise self._damaged() from exc
        self._photos = {path / name / photo.name: photo for name, photos in self._folders.items() for photo in photos}

    def _damaged(self) -> TrainingDataError:
        return TrainingDataError(
            "{path} is damaged, or holds no packed photos. Please copy it again, or pack the photos again with: "
            "aestudio pack FOLDER -o {path}",
            path=self._path,
        )

    def paths(self, folder: str) -> list[Path]:
        """The photos of a folder as `photo_paths` finds them there. Raises ImageError if it was not packed."""
        if PurePath(folder) not in self._folders:
            name = PurePath(folder).name or folder
            raise ImageError("The folder {name} cannot be opened. Please choose another folder.", name=name)
        return [self._path / folder / photo.name for photo in self._folders[PurePath(folder)]]

    def read(self, path: Path) -> tuple[Levels, tuple[int, int]]:
        """A photo at its size in the file, and the height and width that it was found with.

        Raises ImageError for a photo that cannot be read, and TrainingDataError where the file itself is damaged.
        """
        photo = self._photos[path]
        if not photo.file:
            raise ImageError("{problem}", problem=photo.problem)
        try:
            data = self._archive.read(photo.file)
        except _DAMAGE as exc:
            raise self._damaged() from exc
        levels, size = levels_of(read_photo(path, data=data)), (photo.height, photo.width)
        if levels.shape[:2] != packed_size(*size):
            raise self._damaged()
        return levels, size


# what zipfile, json and a manifest of another kind are known to raise
_DAMAGE = (BadZipFile, ZlibError, EOFError, LookupError, TypeError, ValueError, AttributeError, RuntimeError, OSError)


def _listed(entries: list[Mapping[str, Any]]) -> Iterator[PackedPhoto]:
    return (PackedPhoto(**entry) for entry in entries)


def packed_size(height: int, width: int) -> tuple[int, int]:
    """Height and width at which a photo is packed: half of them where it is learnt from at no more than that."""
    if max(height, width) <= LARGE:
        return height, width
    return max(1, round(height / 2)), max(1, round(width / 2))


def levels_of(photo: Photo) -> Levels:
    """A photo at 8 bits, as sRGB."""
    return (photo.rgb(photo.box) * 255).round().astype(np.uint8)
