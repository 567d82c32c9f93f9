from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from aestudio.codec.codec import Codec, Rgb
from aestudio.codec.container import unpack
from aestudio.codec.files import Wish, decompressed
from aestudio.codec.lab import chart_sample, code_of, specimen
from aestudio.entropy.context import CHANNELS
from aestudio.images.metrics import psnr
from aestudio.images.photo import Metadata, Photo
from aestudio.progress import Progress


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_what_is_shown_is_what_the_file_holds(codec: Codec, picture: Rgb, channels: int) -> None:
    pixels = np.concatenate([picture, picture[..., :1]], axis=2)[:120, :90, :channels]
    made = specimen(codec, Photo(pixels, Metadata(comment="day" * 100)), Wish(quality=50), Progress())
    opened = decompressed(codec, unpack(made.data), Progress())
    assert np.array_equal(opened.pixels, made.photo.pixels)
    assert opened.metadata == made.photo.metadata
    assert made.point.size < len(made.data) - 300  # metadata and alpha are no matter of the comparison
    assert made.point.bpp == pytest.approx(made.point.size * 8 / (120 * 90))


def test_several_threads_may_use_one_codec(codec: Codec, picture: Rgb) -> None:
    alone = specimen(codec, Photo(picture), Wish(quality=50), Progress(), structural=False)
    with ThreadPoolExecutor(3) as pool:
        found = pool.map(
            lambda quality: specimen(codec, Photo(picture), Wish(quality=quality), Progress(), structural=False),
            (50, 20, 50, 80, 50),
        )
        data = [each.data for each in found]
    assert data[0] == data[2] == data[4] == alone.data


def test_the_bits_of_the_symbols_make_up_the_tiles(codec: Codec, picture: Rgb) -> None:
    made = specimen(codec, Photo(picture), Wish(quality=70), Progress(), structural=False)
    code = code_of(codec, made.stream, Progress())
    height, width = -(-picture.shape[0] // 8), -(-picture.shape[1] // 8)
    assert code.symbols.shape == (CHANNELS, height, width)
    assert code.bits_by_place.shape == (height, width)
    assert code.bits_by_channel.sum() == pytest.approx(code.bits_by_place.sum(), rel=1e-4)
    bytes_ = sum(len(tile) for tile in made.stream.tiles if tile is not None)
    # what is left are the flags of dead and living channels, and the end of each tile
    assert code.bits_by_channel.sum() / 8 == pytest.approx(bytes_, abs=30 * len(made.stream.tiles))


def test_damaged_tiles_hold_no_code(codec: Codec, picture: Rgb) -> None:
    stream = specimen(codec, Photo(picture), Wish(quality=70), Progress()).stream
    damaged = type(stream)(stream.header, stream.metadata, None, (None, *stream.tiles[1:]))
    code = code_of(codec, damaged, Progress())
    assert not code.symbols[:, :64, :64].any()
    assert code.symbols[:, 64:].any()


def test_a_chart_of_a_large_photo_is_measured_on_parts_of_it(codec: Codec, picture: Rgb) -> None:
    assert chart_sample(Photo(picture)).shape == picture.shape
    large = np.tile(picture, (5, 5, 1))
    sample = chart_sample(Photo(large))
    assert sample.shape == (1536, 1536, 3)


def test_a_higher_quality_is_nearer_to_the_photo_and_larger(codec: Codec, picture: Rgb) -> None:
    small = picture[:200, :200]
    low, high = (specimen(codec, Photo(small), Wish(quality=quality), Progress()).point for quality in (0, 100))
    assert low.size < high.size
    assert low.psnr < high.psnr < psnr(small, small, 255)
