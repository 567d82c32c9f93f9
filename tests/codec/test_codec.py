import numpy as np
import pytest
import torch

from aestudio.codec.codec import TILE, Codec, Coded, Decoded, Rgb
from aestudio.codec.grid import tile_boxes
from aestudio.engine.device import Device
from aestudio.errors import Cancelled
from aestudio.images.metrics import psnr
from aestudio.models.loader import LoadedModel
from aestudio.progress import Progress, Step


def decoded(codec: Codec, coded: Coded, like: Rgb) -> Decoded:
    """What comes back of a whole stream."""
    return codec.decode(coded.tiles, like.shape[0], like.shape[1], TILE, coded.quality, Progress())


def test_finer_steps_take_more_bytes_and_come_nearer(codec: Codec, picture: Rgb) -> None:
    sizes, nearness = [], []
    for quality in (0, codec.finest // 2, codec.finest):
        coded = codec.encode(picture, quality, Progress())
        back = decoded(codec, coded, picture)
        assert back.digest == coded.digest
        assert back.lost == ()
        sizes.append(coded.size)
        nearness.append(psnr(back.pixels, picture, peak=255))
    assert sizes == sorted(sizes)
    assert nearness == sorted(nearness)
    assert nearness[-1] > 38


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (33, 2), (7, 9), (16, 16), (513, 8)])
def test_any_size_comes_back(codec: Codec, picture: Rgb, shape: tuple[int, int]) -> None:
    small = np.ascontiguousarray(picture[: shape[0], : shape[1]])
    back = decoded(codec, codec.encode(small, codec.finest, Progress()), small)
    assert back.pixels.shape == small.shape
    assert np.abs(back.pixels.astype(int) - small).mean() < 6


def test_tiles_join_without_a_seam(codec: Codec, picture: Rgb, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoded tile by tile, a photo is what it would be in one piece."""
    coded = codec.encode(picture, codec.finest // 2, Progress())
    back = decoded(codec, coded, picture)
    monkeypatch.setattr("aestudio.codec.codec.REACH", 10_000)
    whole = decoded(codec, coded, picture)
    assert np.abs(back.pixels.astype(int) - whole.pixels).max() <= 1


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("threads", [1, 2])
def test_every_machine_reads_the_same_symbols_and_nearly_the_same_pixels(
    codec: Codec, codec_model: LoadedModel, picture: Rgb, precision: torch.dtype, threads: int
) -> None:
    coded = codec.encode(picture, codec.finest // 2, Progress())
    expected = decoded(codec, coded, picture)
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        back = decoded(Codec(codec_model, Device(torch.device("cpu"), precision, "")), coded, picture)
    finally:
        torch.set_num_threads(before)
    assert back.digest == coded.digest
    assert np.abs(back.pixels.astype(int) - expected.pixels).max() <= 1


def test_a_lost_tile_costs_no_other(codec: Codec, picture: Rgb) -> None:
    coded = codec.encode(picture, codec.finest // 2, Progress())
    whole = decoded(codec, coded, picture)
    boxes = tile_boxes(picture.shape[0], picture.shape[1], TILE)
    for lost, data in ((1, None), (3, b"abc"), (0, None)):
        tiles = [data if number == lost else tile for number, tile in enumerate(coded.tiles)]
        back = codec.decode(tiles, picture.shape[0], picture.shape[1], TILE, coded.quality, Progress())
        assert back.lost == (boxes[lost],)
        for number, box in enumerate(boxes):
            if number == lost:
                assert (back.pixels[box.slices] == 128).all()
                continue
            difference = np.abs(back.pixels[box.slices].astype(int) - whole.pixels[box.slices])
            assert (difference > 1).mean() < 0.15  # its rim looked at the tile that is lost


def test_cancelling_stops_within_a_block(codec: Codec, picture: Rgb) -> None:
    wide = np.tile(picture, (1, 4, 1))  # 12 tiles in 3 blocks
    seen: list[Step] = []

    def stop(step: Step) -> None:
        seen.append(step)
        if step.done == 4:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        codec.encode(wide, 0, progress)
    assert [step.done for step in seen] == [0, 4]
    coded = codec.encode(wide, 0, Progress())
    progress = Progress(stop)
    with pytest.raises(Cancelled):
        codec.decode(coded.tiles, wide.shape[0], wide.shape[1], TILE, 0, progress)
    assert [step.done for step in seen[2:]] == [0, 4]
