"""What the compression lab computes: for workers, and without any widget.

Everything here is kept for a while, by what it was made of: asking again costs nothing.
"""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import Sentence, WeightsError
from aestudio.gui.lab.pictures import difference, heat, most_bits
from aestudio.gui.lab.state import Compression, Equal
from aestudio.gui.session import (
    CACHE_SHARE,
    COMPRESS,
    ChosenModel,
    MemoryBound,
    OpenPhoto,
    PhotoCache,
    ResultCache,
    WorkStep,
    memory_for,
)
from aestudio.images.photo import Photo, Pixels
from aestudio.models.catalog import using
from aestudio.progress import Passes, Progress

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.codec.codec import Code, Codec, Rgb
    from aestudio.codec.container import Stream
    from aestudio.codec.lab import Specimen
    from aestudio.codec.rivals import Point, Rival
    from aestudio.codec.shelf import Shelf
    from aestudio.engine.restorer import Restoration


@dataclass(frozen=True)
class LabModel:
    """What new streams are made with."""

    label: str  # name and version
    finest: int  # number of the highest quality


@dataclass(frozen=True, eq=False)
class Subject:
    """What is compressed: a photo, or what the tools that are on made of it."""

    entry: OpenPhoto
    steps: tuple[WorkStep, ...]
    result: "Restoration | None"  # of the last step; None without steps
    model: ChosenModel | None  # that compresses it; None: the built-in one

    @classmethod
    def of(cls, entry: OpenPhoto, steps: tuple[WorkStep, ...], result: "Restoration | None") -> "Subject":
        """Compressed with what is chosen now."""
        return cls(entry, steps, result, entry.codec)

    @property
    def key(self) -> Hashable:
        """What all that is made of it depends on."""
        return self.entry.number, self.entry.key(self.steps), self.model


@dataclass(frozen=True, eq=False)
class Compressed:
    """A photo in its file, and what it was before."""

    key: Hashable  # of all that is made of it
    specimen: "Specimen"
    original: Photo
    own_size: int | None  # bytes of the photo's own file; None for one that has none
    quality: float  # 0 to 100
    model: str  # its name and version

    @property
    def beside(self) -> int:
        """Bytes of the file that are not the picture: metadata and transparency."""
        return len(self.specimen.data) - self.specimen.point.size

    @property
    def look_alike(self) -> Photo:
        """The decoded photo to be saved in any format: with the original's metadata, and a line of what was done."""
        line = f"Compress, model {self.model}, quality {self.quality:.0f}"
        history = (*self.original.history, line)
        return replace(self.specimen.photo, metadata=self.original.metadata, history=history)

    @property
    def nbytes(self) -> int:
        """Memory that it takes beside the original's."""
        return self.specimen.photo.pixels.nbytes + 2 * len(self.specimen.data)


@dataclass(frozen=True, eq=False)
class RivalFile:
    """The same photo in another format."""

    made: Compressed  # ours that it is compared with
    rival: "Rival"
    point: "Point"
    pixels: Pixels
    reached: bool  # whether it came as near as it should

    @property
    def size(self) -> int:
        """Bytes of its file, if that held the same metadata as ours."""
        return self.point.size + self.made.beside


@dataclass(frozen=True, eq=False)
class Heat:
    """Where the bits go."""

    pixels: Pixels
    most: float  # bits of a square at the end of the scale


class LabWork:
    """Belongs to workers, two at most: one that works for the window, and one that saves."""

    def __init__(self, photos: PhotoCache, results: ResultCache, shelf: "Shelf") -> None:
        self._photos = photos
        self._results = results
        self._shelf = shelf
        self._kept = MemoryBound(memory_for(2 * CACHE_SHARE))
        self._lock = threading.Lock()

    # for the window

    def subject(self, entry: OpenPhoto, steps: tuple[WorkStep, ...]) -> Subject | None:
        """What there is to be compressed; None while the tools have not made it."""
        result = self._results.find(entry.full_key(steps)) if steps else None
        return None if steps and result is None else Subject.of(entry, steps, result)

    def find(self, key: Hashable) -> Any:
        """What was made under a key, if it is still there."""
        return self._kept.get(key)

    # for workers

    def prepare(self, model: ChosenModel | None, progress: Progress) -> LabModel | Sentence:
        """Load the model now, while nobody waits for it; or why there is none."""
        del progress
        try:
            with self.codec(model) as codec:
                return LabModel(f"{codec.card.name} {codec.card.version}", codec.finest)
        except WeightsError as exc:
            return exc.sentence

    @contextmanager
    def codec(self, model: ChosenModel | None) -> "Iterator[Codec]":
        """What a model compresses with, the built-in one for None; for one at a time.

        Raises WeightsError where there is none.
        """
        with self._lock, using({COMPRESS: model.name} if model is not None else {}):
            yield self._shelf.newest()

    @contextmanager
    def codec_of(self, stream: "Stream") -> "Iterator[Codec]":
        """What a stream was made with, for one at a time. Raises WeightsError where that is gone."""
        with self._lock:
            yield self._shelf.of(stream.header)

    def original(self, subject: Subject) -> Photo:
        """What is compressed."""
        if subject.result is None:
            return self._photos.read(subject.entry)
        key = "original", subject.key
        photo: Photo | None = self._kept.get(key)
        if photo is None:
            photo = subject.result.blended(subject.steps[-1].settings.strength)
            if photo is not subject.result.full:
                self._kept.put(key, photo, photo.pixels.nbytes)
        return photo

    def compressed(self, subject: Subject, wanted: Compression, progress: Progress) -> Compressed:
        """The photo's stream, and what came out of it again."""
        from aestudio.codec.files import tiles_coded
        from aestudio.codec.lab import specimen
        from aestudio.codec.saving import with_metadata

        key, photo = stream_key(subject, wanted), self.original(subject)
        with self.codec(subject.model) as codec:
            known: Compressed | None = self._kept.get(key)
            if known is not None:
                return known
            wish = wanted.wish()
            passes = Passes(progress, tiles_coded(wish, codec.finest, photo.height, photo.width))
            # with the metadata that its file will have: its size is what was wished for
            made = specimen(codec, with_metadata(photo, "keep"), wish, passes)
            quality = 100 * made.stream.header.quality / codec.finest
            model = f"{codec.card.name} {codec.card.version}"
            own = subject.key, made.stream.header.quality
            result = Compressed(own, made, photo, _size_of(photo.source), quality, model)
            self._kept.put(key, result, result.nbytes)
        return result

    def rival(self, made: Compressed, rival: "Rival", equal: Equal, progress: Progress) -> RivalFile:
        """The same photo in another format, at the size or the PSNR of ours."""
        from aestudio.codec.lab import colours
        from aestudio.codec.rivals import at_psnr, at_size

        point, rgb = made.specimen.point, colours(made.original.pixels)
        if equal == Equal.SIZE:
            found, pixels = at_size(rival, rgb, point.size, progress)
            return RivalFile(made, rival, found, pixels, found.size <= point.size)
        found, pixels = at_psnr(rival, rgb, point.psnr, progress)
        return RivalFile(made, rival, found, pixels, found.psnr >= point.psnr)

    def code(self, made: Compressed, progress: Progress) -> "Code":
        """What lies in a stream."""
        from aestudio.codec.lab import code_of

        with self.codec_of(made.specimen.stream) as codec:
            return code_of(codec, made.specimen.stream, progress)

    def difference(self, file: Compressed | RivalFile, times: int, progress: Progress) -> Pixels:
        """How a file's picture differs from what was compressed."""
        from aestudio.codec.lab import colours

        progress.check()
        if isinstance(file, Compressed):
            return difference(colours(file.specimen.photo.pixels), colours(file.original.pixels), times)
        return difference(file.pixels, colours(file.made.original.pixels), times)

    def heat(self, made: Compressed, bits: NDArray[np.float32], progress: Progress) -> Heat:
        """The compressed photo under where its bits go."""
        from aestudio.codec.lab import colours

        progress.check()
        most = most_bits(bits)
        return Heat(heat(colours(made.specimen.photo.pixels), bits, most), most)

    def sample(self, subject: Subject) -> "tuple[Rgb, bool]":
        """What charts of a photo are measured on, and whether that is the whole photo."""
        from aestudio.codec.lab import chart_sample

        key = "sample", subject.key
        known: tuple[Rgb, bool] | None = self._kept.get(key)
        if known is None:
            photo = self.original(subject)
            sample = chart_sample(photo)
            known = sample, sample.shape[:2] == (photo.height, photo.width)
            self._kept.put(key, known, sample.nbytes)
        return known

    def point(self, subject: Subject, rival: "Rival | None", quality: int, progress: Progress) -> "tuple[Point, bool]":
        """A point of a chart, of a rival or our own, and whether it is of the whole photo."""
        from aestudio.codec.files import Wish, tiles_coded
        from aestudio.codec.lab import specimen
        from aestudio.codec.rivals import measure

        rgb, whole = self.sample(subject)
        progress.step(0, 1)
        if rival is not None:
            return measure(rival, rgb, quality)[0], whole
        with self.codec(subject.model) as codec:
            wish = Wish(quality=100 * quality / codec.finest)
            passes = Passes(progress, tiles_coded(wish, codec.finest, *rgb.shape[:2]))
            return specimen(codec, Photo(rgb), wish, passes).point, whole

    def keep(self, key: Hashable, value: object) -> None:
        """Keep what a job made."""
        self._kept.put(key, value, _weight(value))


def stream_key(subject: Subject, wanted: Compression) -> Hashable:
    """Of a photo's Compressed."""
    return "stream", subject.key, wanted.key


def rival_key(made: Compressed, rival: str, equal: Equal) -> Hashable:
    """Of a RivalFile."""
    return "rival", made.key, rival, equal


def code_key(made: Compressed) -> Hashable:
    """Of its Code."""
    return "code", made.key


def difference_key(file: Compressed | RivalFile, times: int) -> Hashable:
    """Of the picture of what compressing changed."""
    if isinstance(file, Compressed):
        return "difference", file.key, None, times
    return "difference", file.made.key, (file.rival.name, file.point.quality), times


def heat_key(made: Compressed) -> Hashable:
    """Of its Heat."""
    return "heat", made.key


def _weight(value: object) -> int:
    parts = (getattr(value, name, None) for name in ("pixels", "symbols"))
    return sum(part.nbytes for part in parts if part is not None) or int(getattr(value, "nbytes", 0))


def _size_of(path: Path | None) -> int | None:
    try:
        return None if path is None else path.stat().st_size
    except OSError:  # gone in the meantime
        return None
