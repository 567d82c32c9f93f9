"""What an .aes file says without its model: nothing here loads what computes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aestudio.codec.container import Header, Stream, unpack
from aestudio.codec.shelf import Shelf
from aestudio.entropy.context import QUALITIES, Quality
from aestudio.errors import Sentence, WeightsError
from aestudio.images import photoshop
from aestudio.images.decoding import Refusal
from aestudio.images.io import contents
from aestudio.images.metrics import bits_per_pixel
from aestudio.models.card import ModelCard

_LISTED = 24  # bytes that a chunk takes in the two tables


@dataclass(frozen=True, eq=False)
class StreamFile:
    """A file and what lies in it."""

    path: Path
    size: int  # bytes
    stream: Stream

    @property
    def bits_per_pixel(self) -> float:
        """Of the picture, see `picture_size`."""
        header = self.stream.header
        return bits_per_pixel(picture_size(self.stream, self.size), header.height, header.width)

    @property
    def kept(self) -> tuple[str, ...]:
        """The metadata that are there and sound, as photographers call them."""
        metadata = self.stream.metadata
        found = {
            "EXIF": metadata.exif,
            "ICC": metadata.icc,
            "XMP": metadata.xmp,
            "IPTC": photoshop.iptc(metadata.photoshop),
            "credentials": metadata.c2pa,
            "comment": metadata.comment,
            "resolution": metadata.dpi,
        }
        return tuple(name for name, content in found.items() if content)

    @property
    def damage(self) -> tuple[Sentence, ...]:
        """Everything that is not as it was written."""
        lost, every = len(self.stream.damaged), len(self.stream.tiles)
        if not lost:
            return self.stream.notes
        tiles = Sentence.of("{lost} of {all} tiles are damaged; the rest is whole.", lost=lost, all=every)
        return (tiles, *self.stream.notes)

    def facts(self, shelf: Shelf) -> dict[str, Any]:
        """What the file says of itself, for programs; see docs/formats.md."""
        stream, header = self.stream, self.stream.header
        quality = quality_of(header, shelf)
        return {
            "file": str(self.path),
            "bytes": self.size,
            "width": header.width,
            "height": header.height,
            "channels": header.channels,
            "alpha": header.alpha,
            "source_bits": header.bits,
            "bits_per_pixel": round(self.bits_per_pixel, 4),
            "quality": None if quality is None else round(quality, 2),
            "quality_number": header.quality,
            "tiles": len(stream.tiles),
            "tile_side": header.tile_side,
            "lost_tiles": len(stream.damaged),
            "model": header.model,
            "model_version": header.model_version,
            "model_installed": shelf.holds(header),
            "metadata": list(self.kept),
            "damage": [str(each) for each in self.damage],
        }


def read_stream(path: Path) -> StreamFile:
    """A file's stream, whole or damaged. Raises ImageError where there is none, or nothing left of it."""
    try:
        data = contents(path)
        return StreamFile(path, len(data), unpack(data))
    except Refusal as exc:
        raise exc.of(path.name or str(path)) from exc


def picture_size(stream: Stream, size: int) -> int:
    """Of the bytes of a file, those of the picture: without metadata and transparency, which no quality makes smaller.

    Of a damaged file, what is lost is counted in.
    """
    metadata = stream.metadata
    beside = [metadata.exif, metadata.icc, metadata.xmp, metadata.photoshop, metadata.c2pa, stream.alpha]
    beside.append(None if metadata.comment is None else metadata.comment.encode())
    beside.append(None if metadata.dpi is None else bytes(16))
    beside += [content for _, content in stream.others]
    return size - sum(len(content) + _LISTED for content in beside if content is not None)


def quality_of(header: Header, shelf: Shelf) -> float | None:
    """The quality on the user's scale, 0 to 100. None where the model, whose own scale it is, is not installed."""
    try:
        card = ModelCard.read(shelf.card_of(header))
    except WeightsError:
        return None
    finest = Quality.PARTS * (int(card.arguments.get("qualities", QUALITIES)) - 1)
    return 100 * header.quality / finest if 0 <= header.quality <= finest else None
