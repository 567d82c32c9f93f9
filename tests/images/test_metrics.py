"""Figures that others publish come out the same here, and large photos are measured in little memory."""

import math
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torchmetrics.functional.image import (
    multiscale_structural_similarity_index_measure,
    structural_similarity_index_measure,
)

from aestudio.images import metrics
from aestudio.images.io import read_photo
from aestudio.images.metrics import bd_rate, bits_per_pixel, ms_ssim, psnr

Rgb = NDArray[np.uint8]

CURVE = [(0.2, 28.0), (0.4, 31.0), (0.8, 34.5), (1.6, 38.0)]  # bits per pixel, dB


@pytest.fixture(scope="module")
def photo(fixture_dir: Path) -> Rgb:
    pixels: Rgb = read_photo(fixture_dir / "pillow" / "flower2.webp").pixels[:224, :288]
    return pixels


def coarse(photo: Rgb, side: int) -> Rgb:
    """Half its detail within blocks, in steps of 16 levels."""
    blocks = photo.reshape(photo.shape[0] // side, side, photo.shape[1] // side, side, 3)
    mixed = (blocks + blocks.mean((1, 3), keepdims=True)) / 2
    stepped: Rgb = (mixed.reshape(photo.shape) // 16 * 16 + 8).astype(np.uint8)
    return stepped


def tensor(picture: Rgb) -> torch.Tensor:
    return torch.from_numpy(picture / np.float32(255)).permute(2, 0, 1)[None]


def test_psnr_of_a_known_error() -> None:
    a = np.zeros((300, 40, 3), np.uint8)
    assert psnr(a, a + np.uint8(16), 255) == pytest.approx(20 * math.log10(255 / 16))
    assert psnr(a, a) == math.inf
    with pytest.raises(ValueError, match="cannot be compared"):
        psnr(a, a[:1])


# by pytorch-msssim 1.0.0, in double precision: what papers on learned codecs measure with
@pytest.mark.parametrize(("side", "published"), [(2, 0.978604), (8, 0.930096), (32, 0.827935)])
def test_ms_ssim_is_that_of_the_literature(photo: Rgb, side: int, published: float) -> None:
    assert ms_ssim(photo, photo, 255) == 1
    assert ms_ssim(coarse(photo, side), photo, 255) == pytest.approx(published, abs=2e-6)


@pytest.mark.parametrize("side", [8, 32])
def test_ms_ssim_is_near_that_of_torchmetrics(photo: Rgb, side: int) -> None:
    seen, true = tensor(coarse(photo, side)), tensor(photo)
    other = float(multiscale_structural_similarity_index_measure(seen, true, data_range=1.0))
    # which takes in mirrored pixels beyond the edge, and multiplies the means over the channels
    assert ms_ssim(coarse(photo, side), photo, 255) == pytest.approx(other, abs=5e-3)


def test_the_finest_scale_alone_is_ssim(photo: Rgb) -> None:
    seen, true = coarse(photo, 8)[:21, :200], photo[:21, :200]
    _, each = structural_similarity_index_measure(tensor(seen), tensor(true), data_range=1.0, return_full_image=True)
    assert ms_ssim(seen, true, 255) == pytest.approx(float(each[..., 5:-5, 5:-5].mean()) ** 1.0001, abs=1e-4)


def test_ms_ssim_of_every_size_and_depth(photo: Rgb) -> None:
    seen = coarse(photo, 8)
    whole = ms_ssim(seen, photo, 255)
    assert ms_ssim(seen / np.float32(255), photo / np.float32(255)) == pytest.approx(whole, abs=1e-5)
    assert ms_ssim(seen.astype(np.uint16) * 257, photo.astype(np.uint16) * 257, 65535) == pytest.approx(whole, abs=1e-5)
    for height, width in ((175, 175), (87, 256), (43, 99), (11, 11), (255, 177)):
        assert 0 < ms_ssim(seen[:height, :width], photo[:height, :width], 255) < 1
    with pytest.raises(ValueError, match="at least 11"):
        ms_ssim(seen[:10], photo[:10], 255)


def test_the_opposite_is_not_similar(photo: Rgb) -> None:
    assert ms_ssim(255 - photo, photo, 255) == 0


def test_ms_ssim_in_bands_is_that_of_the_whole(photo: Rgb, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = coarse(photo, 8)
    whole = ms_ssim(seen, photo, 255)
    monkeypatch.setattr(metrics, "_BAND", 1)
    assert ms_ssim(seen, photo, 255) == pytest.approx(whole, abs=1e-9)
    assert psnr(seen, photo, 255) == pytest.approx(20 * math.log10(255 / np.std(seen - photo.astype(float))), abs=0.1)


def test_large_photos_take_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_BAND", 50_000)  # so that this one is large
    a = np.tile(np.arange(256, dtype=np.uint8).repeat(3).reshape(1, 256, 3), (1024, 4, 1))
    b = a ^ 1
    tracemalloc.start()
    try:
        ms_ssim(a, b, 255)
        psnr(a, b, 255)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 12 * a.shape[0] * a.shape[1]  # the two at half their size take 6 bytes a pixel


def test_bits_per_pixel() -> None:
    assert bits_per_pixel(1000, 40, 100) == 2


def test_equal_curves_differ_by_nothing() -> None:
    assert bd_rate(CURVE, CURVE) == 0
    assert bd_rate(CURVE, CURVE[::-1]) == 0


@pytest.mark.parametrize(
    "limits", [{}, {"rates": (0.3, 1.2)}, {"qualities": (30.0, 36.0)}, {"qualities": (35.0, math.inf)}]
)
def test_a_quarter_less_is_minus_25_percent(limits: dict[str, tuple[float, float]]) -> None:
    cheaper = [(0.75 * rate, quality) for rate, quality in CURVE]
    assert bd_rate(CURVE, cheaper, **limits) == pytest.approx(-25, abs=1e-9)
    assert bd_rate(cheaper, CURVE, **limits) == pytest.approx(100 / 3, abs=1e-9)


def test_bd_rate_is_that_of_another_program() -> None:
    # bjontegaard 1.3.0, method="pchip"
    other = [(0.15, 27.1), (0.33, 30.6), (0.7, 34.9), (1.9, 40.2)]
    assert bd_rate(CURVE, other) == pytest.approx(-15.102452, abs=1e-6)


def test_a_range_of_rates_is_where_both_curves_lie_in_it() -> None:
    better = [(rate, quality + 1) for rate, quality in CURVE]
    # from where the better one leaves 0.4 bits, to where the other arrives at 0.8
    expected = bd_rate(CURVE, better, qualities=(32.0, 34.5))
    assert bd_rate(CURVE, better, rates=(0.4, 0.8)) == pytest.approx(expected, abs=1e-9)
    assert expected != pytest.approx(bd_rate(CURVE, better), abs=0.1)


def test_points_that_nobody_would_choose_do_not_count() -> None:
    silly = [*CURVE, (0.5, 30.0), (0.4, 30.9), (2.0, 38.0), (3.0, math.inf)]
    assert bd_rate(CURVE, silly) == 0


@pytest.mark.parametrize(
    ("other", "limits"),
    [
        ([(0.2, 38.5), (0.4, 42.0)], {}),
        ([(0.2, 38.0), (0.4, 42.0)], {}),
        (CURVE, {"rates": (2.0, 3.0)}),
        (CURVE, {"rates": (0.01, 0.1)}),
        (CURVE, {"qualities": (40.0, 50.0)}),
    ],
)
def test_curves_that_do_not_overlap_are_refused(
    other: list[tuple[float, float]], limits: dict[str, tuple[float, float]]
) -> None:
    with pytest.raises(ValueError, match="no quality in common"):
        bd_rate(CURVE, other, **limits)


def test_a_curve_needs_two_points() -> None:
    with pytest.raises(ValueError, match="two points"):
        bd_rate(CURVE, [(0.2, 28.0), (0.3, 27.0)])
