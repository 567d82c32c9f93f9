"""One photo compressed, with all that can be said about it: the file, the picture in it, its figures, its code."""

from dataclasses import dataclass, replace

import numpy as np

from aestudio.codec.codec import Code, Codec, Rgb
from aestudio.codec.container import Stream, pack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.codec.reading import picture_size
from aestudio.codec.rivals import Point, compared
from aestudio.codec.search import sample_of
from aestudio.images.photo import Photo, Pixels, to_depth
from aestudio.progress import Progress

NAME = "AEStudio"  # our curve among those of rivals.RIVALS


@dataclass(frozen=True, eq=False)
class Specimen:
    """A photo's stream, and what came out of it again."""

    stream: Stream
    data: bytes  # the whole file, metadata included
    photo: Photo  # decoded from the stream
    point: Point  # the size is that of the picture alone, without metadata and alpha, as a rival's


def specimen(codec: Codec, photo: Photo, wish: Wish, progress: Progress, *, structural: bool = True) -> Specimen:
    """Compress a photo and decode the file again: what is shown is what anyone will see.

    Progress starts again for each pass over the photo. Raises Cancelled between two tiles.
    """
    stream = compressed(codec, photo, wish, progress)
    back = decompressed(codec, stream, progress)
    seen = replace(back, source=photo.source, history=(*photo.history, *back.history))
    data = pack(stream)
    size, quality = picture_size(stream, len(data)), stream.header.quality
    point = compared(quality, size, colours(photo.pixels), colours(back.pixels), structural=structural)
    return Specimen(stream, data, seen, point)


def colours(pixels: Pixels) -> Rgb:
    """Any photo's pixels as every encoder takes them: 8-bit RGB (H, W, 3), grey three times over, no alpha."""
    levels = to_depth(pixels, 8)
    return np.repeat(levels[..., :1], 3, axis=2) if levels.shape[2] < 3 else np.ascontiguousarray(levels[..., :3])


def code_of(codec: Codec, stream: Stream, progress: Progress) -> Code:
    """What lies in a stream, and where its bits go."""
    header = stream.header
    return codec.look(stream.tiles, header.height, header.width, header.tile_side, header.quality, progress)


def chart_sample(photo: Photo) -> Rgb:
    """What a chart of this photo is measured on: a large photo's every encoder would take minutes for each point."""
    return sample_of(colours(photo.pixels))
