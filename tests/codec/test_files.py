from dataclasses import replace

import numpy as np
import pytest
import torch
from small_codec import write_small_codec

from aestudio.codec.codec import Codec, Rgb
from aestudio.codec.container import pack, unpack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.engine.device import Device
from aestudio.errors import ImageError, SettingsError, WeightsError
from aestudio.images.metrics import psnr
from aestudio.images.photo import Metadata, Photo, Pixels, to_depth
from aestudio.models.loader import load_model
from aestudio.progress import Progress


def through(codec: Codec, photo: Photo, wish: Wish) -> Photo:
    """A photo as it comes back from its file."""
    return decompressed(codec, unpack(pack(compressed(codec, photo, wish, Progress()))), Progress())


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_every_kind_of_photo_comes_back(codec: Codec, picture: Rgb, channels: int, dtype: type[np.generic]) -> None:
    colours: Pixels = picture[:90, :70, : 1 if channels < 3 else 3]
    if channels in (2, 4):
        alpha = np.random.default_rng(0).integers(0, 256, (90, 70, 1)).astype(np.uint8)
        colours = np.concatenate((colours, alpha), axis=2)
    bits = np.dtype(dtype).itemsize * 8
    photo = Photo(to_depth(colours, bits), Metadata(exif=b"II*\0\x08\0\0\0\0\0", comment="day", dpi=(300.0, 300.0)))
    stream = compressed(codec, photo, Wish(quality=90), Progress())
    assert len(stream.notes) == (dtype is not np.uint8)
    back = through(codec, photo, Wish(quality=90))
    assert back.pixels.shape == photo.pixels.shape
    assert back.pixels.dtype == np.uint8
    assert back.metadata == photo.metadata
    seen = slice(0, 1 if channels < 3 else 3)
    assert psnr(back.pixels[..., seen], colours[..., seen], peak=255) > 30
    if channels in (2, 4):
        assert np.array_equal(back.pixels[..., -1], colours[..., -1])


@pytest.fixture(scope="module")
def finer(tmp_path_factory: pytest.TempPathFactory) -> Codec:
    """A small codec whose qualities lie nearer to each other: with three rows the next one takes 3 % more bytes."""
    card = write_small_codec(tmp_path_factory.mktemp("finer"), qualities=5)
    return Codec(load_model(card, torch.device("cpu")), Device(torch.device("cpu"), torch.float32, "CPU, float32"))


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_file_of_a_wanted_size(finer: Codec, picture: Rgb, share: float) -> None:
    codec, photo = finer, Photo(picture)
    sizes = [len(pack(compressed(codec, photo, Wish(quality=q), Progress()))) for q in (0, 100)]
    wanted = round(sizes[0] + share * (sizes[1] - sizes[0]))
    found = len(pack(compressed(codec, photo, Wish(size=wanted), Progress())))
    assert abs(found - wanted) <= 0.02 * wanted


def test_a_size_out_of_reach_gives_the_nearest(codec: Codec, picture: Rgb) -> None:
    small = Photo(np.ascontiguousarray(picture[:64, :64]))
    assert compressed(codec, small, Wish(size=10), Progress()).header.quality == 0
    assert compressed(codec, small, Wish(size=10**6), Progress()).header.quality == codec.finest


def test_a_picture_of_a_wanted_psnr(codec: Codec, picture: Rgb) -> None:
    photo = Photo(np.ascontiguousarray(picture[:300, :300]))
    back = through(codec, photo, Wish(psnr=34.0))
    assert abs(psnr(back.pixels, photo.pixels, peak=255) - 34.0) < 0.1


def test_wishes_that_make_no_sense_are_refused() -> None:
    for wrong in ({}, {"quality": 50, "size": 10}, {"quality": 101}, {"quality": -1}, {"size": 0}, {"psnr": 90}):
        with pytest.raises(SettingsError):
            Wish(**wrong)


def test_a_damaged_tile_is_marked(codec: Codec, picture: Rgb) -> None:
    stream = compressed(codec, Photo(picture), Wish(quality=50), Progress())
    whole = decompressed(codec, stream, Progress())
    assert not whole.partial
    tiles = (stream.tiles[0], None, *stream.tiles[2:])
    photo = decompressed(codec, replace(stream, tiles=tiles), Progress())
    assert photo.partial
    assert "1 of 4 tiles" in str(photo.notes[0])
    assert set(np.unique(photo.pixels[stream.boxes[1].slices])) == {96, 160}


def test_rather_no_picture_than_a_wrong_one(codec: Codec, picture: Rgb) -> None:
    stream = compressed(codec, Photo(picture[:64, :64]), Wish(quality=50), Progress())
    with pytest.raises(ImageError, match="other symbols"):
        decompressed(codec, replace(stream, header=replace(stream.header, symbols=bytes(16))), Progress())
    beyond = replace(stream.header, quality=codec.finest + 300)
    with pytest.raises(ImageError, match="other symbols"):
        decompressed(codec, replace(stream, header=beyond), Progress())
    other = replace(stream.header, weights=bytes(32), model="portraits", model_version="3")
    with pytest.raises(WeightsError, match="portraits 3"):
        decompressed(codec, replace(stream, header=other), Progress())
