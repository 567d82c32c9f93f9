"""Writes streams as files, and makes sure of them."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from aestudio.codec.codec import Codec
from aestudio.codec.container import Stream, pack, unpack
from aestudio.codec.files import decompressed
from aestudio.errors import AEStudioError, ImageError
from aestudio.images.atomic import atomic_write
from aestudio.images.decoding import Refusal
from aestudio.images.metadata import Policy, for_saving
from aestudio.images.photo import Photo
from aestudio.progress import Progress


def with_metadata(photo: Photo, policy: Policy) -> Photo:
    """The photo with what of its metadata goes into its file.

    The small picture within EXIF data is left out: it weighs as much as a tile, and no program looks for it there.
    """
    return replace(photo, metadata=for_saving(photo.metadata, policy, photo.history, lambda: None))


def save_stream(
    codec: Codec,
    stream: Stream,
    path: Path,
    progress: Progress,
    *,
    source: Path | None = None,
    overwrite: bool = False,
) -> Photo:
    """Write a stream, decode the photo from the file, and only then give the file its name. Returns that photo.

    Raises ImageError if `path` is the `source` under whatever name, if it exists and `overwrite` is not set, if no
    file can hold the photo, or if the disk refuses; Cancelled between two tiles. Nothing is left behind then.
    """
    try:
        data = pack(stream)
    except Refusal as exc:
        raise exc.of(path.name) from exc
    seen: list[Photo] = []

    def write(file: BinaryIO) -> None:
        file.write(data)

    def verify(written: Path) -> None:
        found = written.read_bytes()
        if found != data:
            raise _not_as_written(path)
        if not seen:  # the second time, under its final name, the same bytes hold the same photo
            seen.append(_decoded(codec, found, path, progress))

    atomic_write(path, write, verify, source=source, overwrite=overwrite)
    return seen[0]


def _decoded(codec: Codec, data: bytes, path: Path, progress: Progress) -> Photo:
    """The photo of a file that nothing has happened to. Raises ImageError if it is damaged nevertheless."""
    try:
        stream = unpack(data)
        photo = decompressed(codec, stream, progress)
    except (Refusal, AEStudioError) as exc:
        raise _not_as_written(path) from exc
    if stream.notes or photo.partial:
        raise _not_as_written(path)
    return photo


def _not_as_written(path: Path) -> ImageError:
    return ImageError(
        "{name} was not saved: what was written could not be read back. Please check the disk and save elsewhere.",
        name=path.name,
    )
