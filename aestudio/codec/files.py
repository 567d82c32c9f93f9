"""Photos as .aes streams and back, with all that the photo's own file said."""

from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
from PIL import Image

from aestudio.codec.codec import TILE, Codec, Coded, Rgb
from aestudio.codec.container import Header, Stream, pack
from aestudio.codec.grid import tile_boxes
from aestudio.codec.search import SAMPLE, for_psnr, for_size
from aestudio.codec.shelf import not_installed
from aestudio.errors import ImageError, Sentence, SettingsError
from aestudio.images.photo import Photo, Pixels, to_depth
from aestudio.progress import Progress

QUALITIES = 100  # of the user's scale


@dataclass(frozen=True)
class Wish:
    """How a photo is to be compressed: exactly one of the three."""

    quality: float | None = None  # 0 to 100
    size: int | None = None  # bytes of the whole file
    psnr: float | None = None  # dB

    def __post_init__(self) -> None:
        """Raises SettingsError unless there is one wish, and in its range."""
        if sum(each is not None for each in (self.quality, self.size, self.psnr)) != 1:
            raise SettingsError("There can be one of a quality, a size and a PSNR. Please choose one.")
        if self.quality is not None and not 0 <= self.quality <= QUALITIES:
            raise SettingsError("The quality is {value}: please choose a value from 0 to 100.", value=self.quality)
        if self.size is not None and self.size < 1:
            raise SettingsError("A file of {value} bytes cannot hold a photo. Please choose more.", value=self.size)
        if self.psnr is not None and not 10 <= self.psnr <= 60:
            raise SettingsError("The PSNR is {value} dB: please choose a value from 10 to 60.", value=self.psnr)


def tiles_coded(wish: Wish, finest: int, height: int, width: int) -> int:
    """About how many tiles are coded and decoded until a photo has its file, and was decoded from it; see search.py."""
    tiles = len(tile_boxes(height, width, TILE))
    if wish.quality is not None:
        return 2 * tiles
    small = tiles <= 2 * SAMPLE  # it is searched on the photo itself
    searched = (finest.bit_length() + 1) * (tiles if small else SAMPLE) + (0 if small else 2 * tiles)
    return searched * (1 if wish.psnr is None else 2) + tiles


def compressed(codec: Codec, photo: Photo, wish: Wish, progress: Progress) -> Stream:
    """The photo as a stream. Its colours stay in their own profile; alpha is kept without loss.

    Photos of more than 8 bits are reduced to 8, which the stream's notes say. Raises Cancelled between two tiles.
    """
    pixels = to_depth(photo.pixels, 8)
    grey = pixels.shape[2] < 3
    rgb = np.repeat(pixels[..., :1], 3, axis=2) if grey else np.ascontiguousarray(pixels[..., :3])
    height, width = rgb.shape[:2]
    alpha = _packed(pixels[..., -1]) if pixels.shape[2] in (2, 4) else None
    header = Header(
        width,
        height,
        TILE,
        codec.card.name,
        codec.card.version,
        bytes.fromhex(codec.card.sha256),
        symbols=bytes(16),
        quality=0,
        channels=1 if grey else 3,
        bits=photo.bit_depth,
        alpha=alpha is not None,
    )
    notes: tuple[Sentence, ...] = ()
    if photo.bit_depth > 8:
        notes = (
            Sentence.of("The photo has {bits} bits for each colour: it is compressed at 8.", bits=photo.bit_depth),
        )
    empty = Stream(header, photo.metadata, alpha, (b"",) * len(header.boxes), notes=notes)
    coded = _coded(codec, rgb, wish, len(pack(empty)), progress)
    known = replace(header, symbols=coded.digest, quality=coded.quality)
    return replace(empty, header=known, tiles=coded.tiles)


def _coded(codec: Codec, rgb: Rgb, wish: Wish, beside: int, progress: Progress) -> Coded:
    """`beside` is what the file takes without its tiles."""
    if wish.size is not None:
        return for_size(codec, rgb, max(1, wish.size - beside), progress).coded
    if wish.psnr is not None:
        return for_psnr(codec, rgb, wish.psnr, progress).coded
    assert wish.quality is not None
    return codec.encode(rgb, round(wish.quality / QUALITIES * codec.finest), progress)


def decompressed(codec: Codec, stream: Stream, progress: Progress) -> Photo:
    """The photo of a stream, at 8 bits. Tiles that are damaged are marked, and the photo is `partial`.

    Raises WeightsError for a stream of another model, and ImageError where all tiles are whole but say something else
    than was written: rather no picture than a wrong one.
    """
    header = stream.header
    check_model(codec, header)
    if header.quality > codec.finest:  # no encoder wrote it, and its steps would be nobody's
        raise _misread()
    back = codec.decode(stream.tiles, header.height, header.width, header.tile_side, header.quality, progress)
    if not back.lost and back.digest != header.symbols:
        raise _misread()
    notes = stream.notes
    if back.lost:
        for box in back.lost:
            _mark(back.pixels[box.slices])
        notes += (
            Sentence.of(
                "{lost} of {all} tiles are damaged: they are marked in the photo, and the rest is whole.",
                lost=len(back.lost),
                all=len(stream.tiles),
            ),
        )
    colours: Pixels = back.pixels
    if header.channels == 1:
        colours = ((colours.astype(np.uint16).sum(axis=2, keepdims=True) + 1) // 3).astype(np.uint8)
    alpha = _unpacked(stream.alpha, header)
    if alpha is not None:
        colours = np.concatenate((colours, alpha[..., None]), axis=2)
    history = ("Opened from a damaged file: parts are missing",) if back.lost else ()
    return Photo(colours, stream.metadata, None, "AES", notes=notes, partial=bool(back.lost), history=history)


def glimpse(codec: Codec, stream: Stream) -> Photo:
    """A stream's photo at an eighth of its size, without alpha: for thumbnails. Raises WeightsError as above."""
    header = stream.header
    check_model(codec, header)
    small = codec.glimpse(
        stream.tiles, header.height, header.width, header.tile_side, min(header.quality, codec.finest)
    )
    return Photo(small[..., :1] if header.channels == 1 else small, stream.metadata, None, "AES", notes=stream.notes)


def _misread() -> ImageError:
    return ImageError(
        "The file holds other symbols than were written: this version of AEStudio reads it wrongly. Please open it "
        "with the version that wrote it."
    )


def check_model(codec: Codec, header: Header) -> None:
    """Raises WeightsError unless the stream was made with the codec's very weights."""
    if header.weights != bytes.fromhex(codec.card.sha256):
        raise not_installed(header)


def _mark(tile: Rgb) -> None:
    """Stripes that no photo has, in the place of a tile that is lost."""
    y, x = np.ogrid[: tile.shape[0], : tile.shape[1]]
    tile[:] = np.where((((x + y) // 16) % 2 == 0)[..., None], np.uint8(96), np.uint8(160))


def _packed(alpha: Pixels) -> bytes:
    """As a grey PNG: it packs flat areas best, and any program can open it."""
    out = BytesIO()
    Image.fromarray(np.ascontiguousarray(alpha)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _unpacked(data: bytes | None, header: Header) -> Pixels | None:
    """Alpha as it was; opaque where it is lost, which the stream's notes say."""
    if not header.alpha:
        return None
    if data is not None:
        try:
            with Image.open(BytesIO(data), formats=("PNG",)) as image:
                if image.size == (header.width, header.height) and image.mode == "L":
                    alpha: Pixels = np.array(image)
                    return alpha
        except (OSError, SyntaxError, ValueError):
            pass
    return np.full((header.height, header.width), 255, np.uint8)
