"""Compresses photos from files into .aes files, and decompresses them; the loop is that of loop.py."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aestudio.batch.events import Done, Job
from aestudio.batch.restoring import check_free
from aestudio.codec.reading import picture_size, read_stream
from aestudio.codec.shelf import Shelf
from aestudio.errors import AEStudioError, DeviceMemoryError, ImageError, Sentence
from aestudio.images.decoding import Refusal, check_size, large_allowed, turned
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metadata import Policy
from aestudio.images.metrics import bits_per_pixel, psnr
from aestudio.images.options import SaveOptions
from aestudio.progress import Passes, Progress

if TYPE_CHECKING:  # torch is imported when a photo is worked on: wrong usage is told at once
    from aestudio.codec.codec import Codec
    from aestudio.codec.files import Wish

log = logging.getLogger(__name__)

KB = 1000  # bytes
FAR = 0.5  # dB from a wanted PSNR that are told


@dataclass(frozen=True)
class Compressed(Done):
    """A photo is compressed, saved, and was decoded from its file."""

    source_size: int  # bytes
    size: int  # bytes of the whole file
    bits_per_pixel: float  # of the picture, see picture_size
    psnr: float  # dB, at 8 bits; infinite where nothing was lost
    quality: float  # 0 to 100


@dataclass(frozen=True)
class Decompressed(Done):
    """A compressed photo is saved in another format."""

    tiles: int
    lost: int  # tiles that are damaged, and marked in the photo


@dataclass(frozen=True, eq=False)
class FileCompressor:
    """Takes a photo's file to an .aes file; see RestoreFile."""

    codec: "Codec"
    wish: "Wish"
    metadata: Policy = "keep"
    overwrite: bool = False  # files that exist, never a source
    allow_large: bool = False  # photos of more than 200 megapixels
    salvage: bool = False  # open what can be read of damaged files

    def __call__(self, job: Job, progress: Progress) -> Compressed:
        """Raises ImageError or DeviceMemoryError; the output is then as it was before."""
        from aestudio.codec.files import QUALITIES, compressed, tiles_coded
        from aestudio.codec.lab import colours
        from aestudio.codec.saving import save_stream, with_metadata

        check_free(job.output, overwrite=self.overwrite)
        started = time.monotonic()
        progress.step(0, Passes.PARTS)
        source_size = job.source.stat().st_size if job.source.is_file() else 0
        with _explained(job):
            photo = read_photo(job.source, allow_large=self.allow_large, salvage=self.salvage)
            passes = Passes(progress, tiles_coded(self.wish, self.codec.finest, photo.height, photo.width))
            stream = compressed(self.codec, with_metadata(photo, self.metadata), self.wish, passes)
            seen = save_stream(self.codec, stream, job.output, passes, source=job.source, overwrite=self.overwrite)
            closeness = psnr(colours(seen.pixels), colours(photo.pixels), 255)
        size = job.output.stat().st_size
        progress.step(Passes.PARTS, Passes.PARTS)
        seconds = time.monotonic() - started
        log.info("%s: %d of %d bytes, %.2f dB, %.1f s", job.source, size, source_size, closeness, seconds)
        quality = stream.header.quality
        at_end = -1 if quality == 0 else int(quality == self.codec.finest)
        picture = picture_size(stream, size)
        return Compressed(
            job,
            source_size,
            size,
            bits_per_pixel(picture, photo.height, photo.width),
            closeness,
            QUALITIES * quality / self.codec.finest,
            megapixels=photo.megapixels,
            seconds=seconds,
            notes=(*photo.notes, *stream.notes, *_missed(self.wish, size, size - picture, closeness, at_end)),
        )


@dataclass(frozen=True, eq=False)
class FileDecompressor:
    """Takes an .aes file to a file of another format; see RestoreFile."""

    shelf: Shelf
    options: SaveOptions = field(default_factory=SaveOptions)
    overwrite: bool = False
    allow_large: bool = False

    def __call__(self, job: Job, progress: Progress) -> Decompressed:
        """Raises ImageError or DeviceMemoryError; the output is then as it was before."""
        check_free(job.output, overwrite=self.overwrite)
        started = time.monotonic()
        progress.step(0, Passes.PARTS)
        stream = read_stream(job.source).stream
        header = stream.header
        with _explained(job):
            with large_allowed(self.allow_large):
                check_size(header.width, header.height)
            self.shelf.card_of(header)  # before torch is loaded
            from aestudio.codec.files import decompressed

            photo = decompressed(self.shelf.of(header), stream, progress)
        upright = replace(photo, pixels=turned(photo.pixels, header.orientation), source=job.source)
        write_photo(upright, job.output, self.options, overwrite=self.overwrite)
        seconds = time.monotonic() - started
        # a tile may be sound to its checksum, and yet no encoder's
        lost = max(len(stream.damaged), int(photo.partial))
        log.info("%s: %d of %d tiles lost, %.1f s", job.source, lost, len(stream.tiles), seconds)
        return Decompressed(
            job, len(stream.tiles), lost, megapixels=photo.megapixels, seconds=seconds, notes=photo.notes
        )


@contextmanager
def _explained(job: Job) -> Iterator[None]:
    """What the codec says becomes an error that names the photo."""
    try:
        yield
    except Refusal as exc:
        raise exc.of(job.source.name) from exc
    except AEStudioError as exc:
        if "{name}" in exc.sentence.template:
            raise
        raise ImageError("{name}: {reason}", name=job.source.name, reason=exc) from exc
    except (RuntimeError, MemoryError) as exc:
        from aestudio.engine.runner import is_out_of_memory

        if not is_out_of_memory(exc):
            raise
        raise DeviceMemoryError(
            "There is not enough memory for {name}. Please close other programs, or use the processor.",
            name=job.source.name,
        ) from exc


def _missed(wish: "Wish", size: int, beside: int, closeness: float, at_end: int) -> list[Sentence]:
    """What a user should know where a wish was not met. `at_end`: -1 at the lowest quality, 1 at the highest."""
    from aestudio.codec.search import CLOSE, CLOSE_DB

    notes = []
    if wish.size is not None and not wish.size * (1 - CLOSE) <= size <= wish.size:
        values = {"size": f"{size / KB:.1f}", "wanted": f"{wish.size / KB:.1f}"}
        if at_end < 0 and size > wish.size:
            notes.append(Sentence.of("At the lowest quality the file still has {size} KB, not {wanted}.", **values))
        elif at_end > 0 and size < wish.size:
            notes.append(
                Sentence.of("At the highest quality the file has no more than {size} KB, not {wanted}.", **values)
            )
        else:
            notes.append(Sentence.of("The file has {size} KB, as near to {wanted} as any quality gives.", **values))
        if beside > wish.size / 2:
            notes.append(
                Sentence.of("Metadata and transparency take {size} KB of the file.", size=f"{beside / KB:.1f}")
            )
    if wish.psnr is not None:
        values = {"psnr": f"{closeness:.2f}", "wanted": f"{wish.psnr:.2f}"}
        if at_end < 0 and closeness > wish.psnr + CLOSE_DB:
            notes.append(Sentence.of("At the lowest quality the PSNR is still {psnr} dB, not {wanted}.", **values))
        elif at_end > 0 and closeness < wish.psnr - CLOSE_DB:
            notes.append(
                Sentence.of("At the highest quality the PSNR is no more than {psnr} dB, not {wanted}.", **values)
            )
        elif abs(closeness - wish.psnr) > FAR:
            notes.append(Sentence.of("The PSNR is {psnr} dB, as near to {wanted} as any quality gives.", **values))
    return notes
