"""Rivals are measured on real files: what is asked of a search is true of its file, and not of the next."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFile

from aestudio.codec import rivals
from aestudio.codec.rivals import AVIF_FOR_PSNR, RIVALS, U8, Rival, at_psnr, at_size, curve, decode, encode, measure
from aestudio.errors import Cancelled
from aestudio.images.metrics import psnr
from aestudio.progress import Progress, Step

every_rival = pytest.mark.parametrize("rival", [*RIVALS, AVIF_FOR_PSNR], ids=lambda rival: rival.name)


@pytest.fixture(scope="module")
def rgb_u8() -> U8:
    """Soft colours and some noise, with odd sides."""
    y, x = np.mgrid[0:45, 0:61] / 20
    soft = np.stack((np.sin(x), np.cos(x + y), np.sin(y)), axis=2) * 90 + 128
    noisy = soft + np.random.default_rng(1).normal(0, 8, soft.shape)
    return noisy.clip(0, 255).astype(np.uint8)


@every_rival
def test_a_file_holds_the_picture_and_nothing_else(rival: Rival, rgb_u8: U8) -> None:
    data = encode(rival, rgb_u8, 85)
    assert encode(rival, rgb_u8, 85) == data
    decoded = decode(data)
    assert decoded.shape == rgb_u8.shape
    assert decoded.dtype == np.uint8
    assert psnr(decoded, rgb_u8, 255) > 28
    with Image.open(BytesIO(data)) as image:
        assert image.format == rival.format
        assert not {"exif", "icc_profile", "xmp", "comment"} & {name for name, value in image.info.items() if value}


@every_rival
def test_every_quality_is_there_and_larger_ones_are_better(rival: Rival, rgb_u8: U8) -> None:
    steps: list[Step] = []
    qualities = (rival.lowest, 60, rival.highest)
    points = curve(rival, rgb_u8, qualities, Progress(steps.append))
    assert [point.quality for point in points] == list(qualities)
    assert points[0].size < points[1].size < points[2].size
    assert points[0].psnr < points[1].psnr < points[2].psnr
    assert [point.bpp for point in points] == [8 * point.size / (45 * 61) for point in points]
    similarities = [point.ms_ssim or 0 for point in points]
    assert 0 < similarities[0] < similarities[1] < similarities[2] < 1
    assert [step.done for step in steps] == [0, 1, 2, 3]
    assert {step.note for step in steps} == {rival.name}
    for quality in (rival.lowest - 1, rival.highest + 1):
        with pytest.raises(ValueError, match="qualities"):
            encode(rival, rgb_u8, quality)


@every_rival
def test_a_file_of_a_size_is_the_best_that_fits(rival: Rival, rgb_u8: U8) -> None:
    asked = len(encode(rival, rgb_u8, 70)) + 5
    steps: list[Step] = []
    point, decoded = at_size(rival, rgb_u8, asked, Progress(steps.append))
    assert point.size <= asked < len(encode(rival, rgb_u8, point.quality + 1))
    assert point == measure(rival, rgb_u8, point.quality)[0]
    assert np.array_equal(decoded, decode(encode(rival, rgb_u8, point.quality)))
    assert steps[-1].done == steps[-1].total == 7


@every_rival
def test_a_file_of_a_quality_is_the_smallest_that_reaches_it(rival: Rival, rgb_u8: U8) -> None:
    asked = measure(rival, rgb_u8, 70)[0].psnr - 0.01
    point, decoded = at_psnr(rival, rgb_u8, asked, Progress(), structural=False)
    assert point.psnr == psnr(decoded, rgb_u8, 255) >= asked
    assert measure(rival, rgb_u8, point.quality - 1)[0].psnr < asked
    assert point.ms_ssim is None


@every_rival
def test_what_cannot_be_reached_comes_back_as_near_as_it_gets(rival: Rival, rgb_u8: U8) -> None:
    small, _ = at_size(rival, rgb_u8, 1, Progress())
    assert small.quality == rival.lowest
    assert small.size > 1
    large, _ = at_size(rival, rgb_u8, 10**9, Progress())
    assert large.quality == rival.highest
    good, _ = at_psnr(rival, rgb_u8, 99.0, Progress())
    assert good.quality == rival.highest
    assert good.psnr < 99
    assert at_psnr(rival, rgb_u8, 1.0, Progress())[0].quality == rival.lowest


@every_rival
@pytest.mark.parametrize("allowed", [0, 2])
def test_a_search_stops_when_it_is_asked_to(
    rival: Rival, allowed: int, rgb_u8: U8, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[int] = []

    def counted(rival: Rival, rgb_u8: U8, quality: int) -> bytes:
        encoded.append(quality)
        return encode(rival, rgb_u8, quality)

    monkeypatch.setattr(rivals, "encode", counted)
    for job in (
        lambda progress: at_size(rival, rgb_u8, 900, progress),
        lambda progress: at_psnr(rival, rgb_u8, 30.0, progress),
        lambda progress: curve(rival, rgb_u8, (5, 20, 50, 90), progress),
    ):
        encoded.clear()
        progress = Progress(lambda step: progress.cancel() if step.done == allowed - 1 else None)  # noqa: B023  # run at once
        if not allowed:
            progress.cancel()
        with pytest.raises(Cancelled):
            job(progress)
        assert len(encoded) == allowed


def test_jpeg_takes_the_smaller_of_its_two_kinds(rgb_u8: U8) -> None:
    for rival in RIVALS[:2]:
        sizes = []
        for progressive in (False, True):
            out = BytesIO()
            subsampling = rival.settings[0]["subsampling"]
            image = Image.fromarray(rgb_u8)
            image.save(out, "JPEG", quality=40, subsampling=subsampling, optimize=True, progressive=progressive)
            sizes.append(len(out.getvalue()))
        assert len(encode(rival, rgb_u8, 40)) == min(sizes)


def test_noise_at_full_quality_is_no_trouble() -> None:
    noise = (np.random.default_rng(0).integers(0, 2, (300, 400, 3)) * 255).astype(np.uint8)
    before = ImageFile.MAXBLOCK
    for rival in RIVALS[:2]:
        assert decode(encode(rival, noise, 100)).shape == noise.shape
    assert len(encode(RIVALS[1], noise, 100)) > 3 * 300 * 400
    assert ImageFile.MAXBLOCK == before


def test_only_8_bit_colour_and_sides_that_the_format_takes(rgb_u8: U8) -> None:
    wrong: Any
    for wrong in (rgb_u8.astype(np.uint16), rgb_u8[..., :1], rgb_u8[..., 0], rgb_u8 / np.float32(255)):
        with pytest.raises(ValueError, match="8-bit RGB"):
            encode(RIVALS[0], wrong, 50)
    webp = next(rival for rival in RIVALS if rival.format == "WEBP")
    assert webp.holds(10, 16_383)
    assert not webp.holds(16_384, 10)
    with pytest.raises(ValueError, match="16383 pixels"):
        encode(webp, np.zeros((1, 16_384, 3), np.uint8), 50)


@every_rival
def test_a_crop_and_a_single_pixel(rival: Rival, rgb_u8: U8) -> None:
    assert decode(encode(rival, rgb_u8[::2, 3:20], 50)).shape == (23, 17, 3)
    point, decoded = measure(rival, rgb_u8[:1, :1], 50)
    assert decoded.shape == (1, 1, 3)
    assert point.ms_ssim is None
