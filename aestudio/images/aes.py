"""Photos in AEStudio's own format, .aes.

What computes lies in layers above this one: the program hands it over when it starts, as everything that opens or
saves a picture goes through the formats here.
"""

from dataclasses import dataclass
from typing import Protocol

from aestudio.images.decoding import Decoded, Refusal
from aestudio.images.photo import Metadata, Pixels

MAGIC = b"\xaeAES"  # how a file begins; what follows it there is for the codec to check
QUALITY = 70  # of 1 to 100, where nothing is chosen


class Codec(Protocol):
    """Streams to pictures and back."""

    def owns(self, data: bytes) -> bool:
        """Whether this is a stream, even a damaged one."""

    def decode(self, data: bytes, *, salvage: bool) -> Decoded:
        """Raises Refusal; with `salvage` only where nothing is left of the photo."""

    def preview(self, data: bytes, max_side: int) -> Decoded:
        """The photo, smaller where that is faster, but no side smaller than `max_side` that is not so in the photo."""

    def encode(self, pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
        """A stream of uint8 pixels (H, W, C). Quality is 1 to 100."""


@dataclass
class _Slot:
    codec: Codec | None = None


_slot = _Slot()


def use(codec: Codec) -> None:
    """Open and save .aes files with that codec from now on."""
    _slot.codec = codec


def owns(data: bytes) -> bool:
    """Whether the file is one of ours."""
    return data.startswith(MAGIC) or (_slot.codec is not None and _slot.codec.owns(data))


def decode(data: bytes) -> Decoded:
    """The photo of a whole file. Raises Refusal for a damaged one."""
    return _codec().decode(data, salvage=False)


def salvage(data: bytes) -> Decoded:
    """The photo, with the damaged tiles marked."""
    return _codec().decode(data, salvage=True)


def decode_preview(data: bytes, max_side: int) -> Decoded:
    """The photo, perhaps smaller than in full."""
    return _codec().preview(data, max_side)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A file of uint8 pixels (H, W, C)."""
    return _codec().encode(pixels, metadata, quality)


def _codec() -> Codec:
    if _slot.codec is None:
        raise Refusal("{name} is a photo compressed by AEStudio, whose codec is not loaded.")
    return _slot.codec
