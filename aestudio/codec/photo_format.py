"""The .aes file as one of the formats that photos are opened and saved in."""

from typing import Final

from aestudio.codec.container import is_stream, pack, peek, unpack
from aestudio.codec.shelf import Shelf
from aestudio.errors import DamagedPhotoError, ImageError, WeightsError
from aestudio.images import aes
from aestudio.images.decoding import Damaged, Decoded, Refusal, check_size
from aestudio.images.photo import Metadata, Photo, Pixels
from aestudio.progress import Progress

SHRUNK = 8  # times that a glimpse is smaller than the photo


class _DamagedTiles(Refusal):
    """Parts of a photo are lost."""

    error = DamagedPhotoError

    def __init__(self, lost: int, of: int) -> None:
        super().__init__(
            "{name} is damaged: {lost} of its {all} tiles cannot be read. Please copy it again from a backup, or open "
            "what can be read.",
            lost=lost,
            all=of,
        )


class AesFormat:
    """Streams of the codecs on a shelf as files; see aestudio.images.aes.Codec."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf: Final = shelf

    def owns(self, data: bytes) -> bool:
        """Whether this is a stream, even a damaged one."""
        return is_stream(data)

    def decode(self, data: bytes, *, salvage: bool) -> Decoded:
        """Raises Refusal for what cannot be read, and for missing parts unless they are to be marked."""
        from aestudio.codec.files import decompressed

        header = peek(data)
        check_size(header.width, header.height)
        try:
            self._shelf.card_of(header)  # before anything large is made
            stream = unpack(data)
            if stream.damaged and not salvage:
                raise _DamagedTiles(len(stream.damaged), len(stream.tiles))
            photo = decompressed(self._shelf.of(stream.header), stream, Progress())
        except (WeightsError, ImageError) as exc:
            raise _refusal(exc) from exc
        if photo.partial and not salvage:  # sound to its checksum, and yet no tile
            raise Damaged
        return Decoded(
            photo.pixels, photo.metadata, stream.header.orientation, notes=photo.notes, partial=photo.partial
        )

    def preview(self, data: bytes, max_side: int) -> Decoded:
        """A picture of at least `max_side` pixels if the photo has as many, where possible in a tenth of the time."""
        from aestudio.codec.files import glimpse

        header = peek(data)
        if max(header.width, header.height) < max_side * SHRUNK:
            return self.decode(data, salvage=False)
        check_size(header.width, header.height)
        try:
            self._shelf.card_of(header)
            stream = unpack(data)
            photo = glimpse(self._shelf.of(stream.header), stream)
        except WeightsError as exc:
            raise _refusal(exc) from exc
        return Decoded(photo.pixels, photo.metadata, stream.header.orientation, notes=photo.notes)

    def encode(self, pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
        """A stream of uint8 pixels (H, W, C). Quality is 1 to 100."""
        from aestudio.codec.files import Wish, compressed

        try:
            return pack(compressed(self._shelf.newest(), Photo(pixels, metadata), Wish(quality=quality), Progress()))
        except (WeightsError, ImageError) as exc:
            raise _refusal(exc) from exc


def _refusal(exc: WeightsError | ImageError) -> Refusal:
    """The same sentence, behind the file's name."""
    return Refusal("{name}: {reason}", reason=exc.sentence)


def install(shelf: Shelf) -> None:
    """Let all that opens and saves photos know the format."""
    aes.use(AesFormat(shelf))
