"""Colours come to a grey photo, its lightness stays, and hints say what the guess cannot know."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.engine.restorer import Restoration, Restorer
from aestudio.images.colour import srgb_profile
from aestudio.images.io import read_photo, write_photo
from aestudio.images.lab import linear_to_rgb, rgb_to_lab
from aestudio.images.photo import Photo, Pixels
from aestudio.images.tensors import to_tensor
from aestudio.models.loader import LoadedModel
from aestudio.models.networks import BUILDERS
from aestudio.models.networks.colorizer import AB_SCALE, Colours, square_centres
from aestudio.progress import Progress
from aestudio.tasks.base import Place
from aestudio.tasks.colorize import Colorize, ColorizeSettings
from aestudio.tasks.colours import drawn_hints, guided_lines, shown_in_srgb, tamed, working_size
from aestudio.tasks.hints import Hint
from aestudio.tasks.planes import planes_at
from aestudio.tasks.reference import reference_of

ModelOf = Callable[[nn.Module], LoadedModel]


class Painter(nn.Module):
    """Warm where it is light, cold where it is dark; the mean of the hints is painted around each."""

    def __init__(self, strength: float = 40.0) -> None:
        super().__init__()
        self.strength = nn.Parameter(torch.tensor(strength))

    def forward(self, x: Tensor) -> Colours:
        half = nn.functional.avg_pool2d(x, 2)
        guess = (half[:, :1] - 0.5).repeat(1, 2, 1, 1) * self.strength / AB_SCALE
        colour = half[:, 1:3].sum((2, 3), keepdim=True) / half[:, 3:].sum((2, 3), keepdim=True).clamp(min=1e-6)
        near = nn.functional.max_pool2d(half[:, 3:], 17, stride=1, padding=8) > 0
        quarter = nn.functional.avg_pool2d(half[:, :1], 2)
        return Colours(
            torch.where(near, colour, guess), torch.zeros_like(quarter).repeat(1, len(square_centres()), 1, 1)
        )


def colorized(
    model_of: ModelOf,
    photo: Photo,
    settings: ColorizeSettings | None = None,
    tile: int = 64,
    net: nn.Module | None = None,
) -> Restoration:
    engine = Restorer(model_of(net or Painter()), tile, precision=torch.float32)
    return engine.restore(photo, Colorize(), settings or ColorizeSettings(), Progress())


def scene(height: int = 90, width: int = 140, top: int = 65535) -> Pixels:
    y, x = np.mgrid[0:height, 0:width]
    light = 0.1 + 0.8 * (x / width) * (0.6 + 0.4 * np.sin(y / 7))
    pixels: Pixels = np.rint(light * top)[..., None].astype(np.uint16 if top > 255 else np.uint8)
    return pixels


def lightness(photo: Photo) -> Tensor:
    return rgb_to_lab(to_tensor(photo.rgb(photo.box)).double())[:, 0]


@pytest.mark.parametrize("channels", [1, 2, 3])
@pytest.mark.parametrize("top", [255, 65535])
def test_lightness_stays_and_colours_come(model_of: ModelOf, channels: int, top: int) -> None:
    grey = scene(top=top)
    alpha = np.full_like(grey, top // 3)
    pixels = np.concatenate([grey, alpha], axis=2) if channels == 2 else np.repeat(grey, channels, axis=2)
    photo = Photo(pixels)
    result = colorized(model_of, photo)
    assert not result.untouched
    full = result.full
    assert full.pixels.shape == (*pixels.shape[:2], 4 if channels == 2 else 3)
    assert full.pixels.dtype == pixels.dtype
    assert channels != 2 or np.array_equal(full.pixels[..., 3], alpha[..., 0])
    # a step of an 8-bit channel is at most 0.9 of L, one of 16 bits 257 times less; half of it may be rounded away
    limit = 0.5 if top == 255 else 0.004
    assert float((lightness(full) - lightness(photo)).abs().max()) < limit
    lab = rgb_to_lab(to_tensor(full.rgb(full.box)))
    assert float(lab[:, 1:].abs().mean()) > 5


def test_half_precision_of_the_network_does_not_reach_lightness(model_of: ModelOf) -> None:
    """Whatever computes fast computes in bfloat16: the tool's own arithmetic must not."""
    ramp = np.arange(65536, dtype=np.uint16).reshape(256, 256, 1)
    engine = Restorer(model_of(Painter()), 96, precision=torch.bfloat16)
    full = engine.restore(Photo(ramp), Colorize(), ColorizeSettings(warmth=20.0, tone=0.5), Progress()).full
    assert float((lightness(full) - lightness(Photo(ramp))).abs().max()) < 0.004
    assert len(np.unique(full.pixels[..., 1])) > 40_000


def test_strength_mixes_colours_with_the_grey_photo(model_of: ModelOf) -> None:
    result = colorized(model_of, Photo(scene()))
    half = result.blended(0.5).pixels.astype(int)
    expected = (np.repeat(scene(), 3, axis=2).astype(int) + result.full.pixels) / 2
    assert np.abs(half - expected).max() <= 1
    assert result.blended(0.0) is result.original


def test_tiles_join_without_seams(model_of: ModelOf) -> None:
    photo = Photo(scene(200, 300))
    whole, tiled = colorized(model_of, photo, tile=512).full.pixels, colorized(model_of, photo, tile=48).full.pixels
    assert np.abs(whole.astype(int) - tiled).max() <= 2


def rainbow() -> Pixels:
    """One lightness, more or less, in many colours."""
    hue = np.linspace(0, 2 * np.pi, 140)
    row = np.stack([128 + 60 * np.sin(hue + third) for third in (0, 2.1, 4.2)], axis=-1)
    pixels: Pixels = np.repeat(row[None], 90, axis=0).astype(np.uint8)
    return pixels


def test_a_photo_in_colour_is_left_alone_unless_it_is_to_be_coloured_anew(model_of: ModelOf) -> None:
    photo = Photo(rainbow())
    assert colorized(model_of, photo).untouched
    assert colorized(model_of, photo, ColorizeSettings(hints=(Hint(0.5, 0.5, 30.0, 0.0),))).untouched
    anew = colorized(model_of, photo, ColorizeSettings(anew=True))
    assert not anew.untouched
    assert float((lightness(anew.full) - lightness(photo)).abs().max()) < 0.5


def sepia() -> Photo:
    light = scene(top=255)[..., 0] / 255
    return Photo(np.rint(255 * np.stack([light**0.7, light**0.9, light**1.3], axis=-1)).astype(np.uint8))


def test_a_sepia_print_is_black_and_white_and_loses_its_tone_unless_it_is_kept(model_of: ModelOf) -> None:
    finding = Colorize().examine(sepia())
    assert finding.needed

    def mean_ab(tone: float) -> Tensor:
        full = colorized(model_of, sepia(), ColorizeSettings(tone=tone), net=Painter(0.0)).full
        return rgb_to_lab(to_tensor(full.rgb(full.box)))[0, 1:].mean((1, 2))

    assert float(mean_ab(0.0).abs().max()) < 0.5
    own = rgb_to_lab(to_tensor(sepia().rgb(sepia().box)))[0, 1:].mean((1, 2))
    assert mean_ab(1.0).tolist() == pytest.approx(own.tolist(), abs=1.0)
    assert mean_ab(0.5).tolist() == pytest.approx((own / 2).tolist(), abs=1.0)


@pytest.mark.parametrize("shape", [(1, 5000), (5000, 1), (1, 1), (33, 7)])
@pytest.mark.parametrize("level", [0, 40_000, 65_535])
def test_strips_and_flat_photos_come_out_sane(model_of: ModelOf, shape: tuple[int, int], level: int) -> None:
    photo = Photo(np.full((*shape, 1), level, np.uint16))
    result = colorized(model_of, photo, tile=512)
    assert result.full.pixels.shape == (*shape, 3)
    assert float((lightness(result.full) - lightness(photo)).abs().max()) < 0.01
    if level in (0, 65_535):  # black and white have no colours
        assert np.ptp(result.full.pixels.astype(int), axis=2).max() <= 1


def test_a_hint_colours_its_place(model_of: ModelOf) -> None:
    photo = Photo(np.full((224, 224, 1), 32_000, np.uint16))
    hint = Hint(0.25, 0.75, 30.0, -40.0)
    result = colorized(model_of, photo, ColorizeSettings(hints=(hint,)), tile=512).full
    lab = rgb_to_lab(to_tensor(result.rgb(result.box)))[0]
    assert lab[1:, 168, 56].tolist() == pytest.approx([30, -40], abs=8)
    assert float(lab[1:, 40, 180].abs().max()) < 5


def test_saturation_scales_the_colours(model_of: ModelOf) -> None:
    photo = Photo(scene())

    def chroma(saturation: float) -> float:
        full = colorized(model_of, photo, ColorizeSettings(saturation=saturation), net=Painter(12.0)).full
        return float(rgb_to_lab(to_tensor(full.rgb(full.box)))[:, 1:].square().sum(1).sqrt().mean())

    assert chroma(0.0) < 0.01
    assert chroma(0.5) == pytest.approx(chroma(1.0) / 2, rel=0.05)


def test_warmth_leans_to_yellow_or_blue(model_of: ModelOf) -> None:
    def yellow(warmth: float) -> float:
        full = colorized(model_of, Photo(scene()), ColorizeSettings(warmth=warmth), net=Painter(0.0)).full
        return float(rgb_to_lab(to_tensor(full.rgb(full.box)))[0, 2].mean())

    assert yellow(100.0) == pytest.approx(14, abs=2)
    assert yellow(0.0) == pytest.approx(0, abs=0.1)
    assert yellow(-50.0) == pytest.approx(-7, abs=1)


def test_absurd_chroma_is_held_back_and_the_rest_is_not() -> None:
    ab = torch.tensor([[79.0, 0.0], [60.0, 80.0], [0.0, -128.0], [3000.0, 0.0]]).T.reshape(1, 2, 1, 4)
    chroma = tamed(ab).square().sum(1).sqrt().flatten().tolist()
    assert chroma[0] == 79
    assert 95 < chroma[1] < 100
    assert chroma[1] < chroma[2] < 110
    assert chroma[3] <= 110


def test_a_preview_is_the_result_made_small(model_of: ModelOf) -> None:
    photo = Photo(scene(1200, 1600, top=255))
    seen: list[Pixels] = []
    engine = Restorer(model_of(Painter()), 512, precision=torch.float32)
    settings = ColorizeSettings()
    result = engine.restore(photo, Colorize(), settings, Progress(), on_preview=lambda pixels, _: seen.append(pixels))
    full = result.full.pixels
    assert len(seen) == 1
    assert seen[0].shape == (624, 832, 3)
    small = cv2.resize(full, (832, 624), interpolation=cv2.INTER_AREA)
    assert float(np.abs(seen[0].astype(int) - small).mean()) < 1.5


def test_hints_outside_are_drawn_at_the_edge() -> None:
    hints, mask = drawn_hints([Hint(1.0, 1.0, 11.0, 22.0)], 32, 48)
    assert mask[0, 0, 31, 47] == 1
    assert hints[0, :, 31, 47].tolist() == pytest.approx([0.1, 0.2])
    assert float(mask.sum()) == 9
    assert float(hints[0, :, 0, 0].abs().sum()) == 0


def test_hints_of_one_photo_do_not_touch_the_others_of_a_batch() -> None:
    torch.manual_seed(0)
    net = BUILDERS["colorizing-unet"](channels=(8, 8, 12, 12), blocks=(1, 1, 1, 1), heads=2).eval()
    for weight in net.parameters():
        weight.data.normal_(0, 0.1)
    few = drawn_hints([Hint(0.2, 0.3, 60.0, -40.0)], 32, 48)
    many = drawn_hints([Hint(x / 5, y / 5, 20.0 * x, 20.0 * y) for x in range(5) for y in range(5)], 32, 48)
    none = drawn_hints([], 32, 48)
    batch = torch.cat([torch.cat((torch.rand(1, 1, 32, 48), *given), dim=1) for given in (few, none, many)])
    with torch.inference_mode():
        together = net(batch)
        alone = [net(batch[i : i + 1]) for i in range(len(batch))]
    assert alone[1].told is None
    assert float(together.told[1].abs().max()) == 0
    assert float(together.told[2].mean()) > 0
    for i, one in enumerate(alone):
        assert torch.allclose(together.ab[i], one.ab[0], atol=1e-5)
    assert torch.allclose(together.told[0], alone[0].told[0], atol=1e-5)


def test_working_sizes() -> None:
    assert working_size(512, 768) == (224, 336)
    assert working_size(4000, 6000) == (224, 336)
    assert working_size(100, 90) == (96, 96)
    assert working_size(1000, 20_000) == (48, 1024)
    assert working_size(1, 5000) == (16, 1024)


def test_colours_end_at_edges() -> None:
    """A blurred step in the colours becomes as sharp as the guide's."""
    guide = torch.zeros(1, 1, 64, 64)
    guide[..., 32:] = 1
    blurred = torch.linspace(0, 1, 8)
    values = torch.zeros(1, 2, 64, 64)
    values[..., 32:] = 50
    values[..., 28:36] = 50 * blurred
    lines = guided_lines(guide, values)
    full = torch.zeros(1, 1, 640, 640)
    full[..., 320:] = 1
    slope, level = planes_at(lines, Place(0, 0, 640, 640), 640, 640).chunk(2, dim=1)
    sharp = slope * full + level
    assert float(sharp[0, 0, 320, 325] - sharp[0, 0, 320, 314]) > 18  # the blurred step rises by 7 there


def test_colours_are_drawn_into_srgb_without_touching_lightness() -> None:
    light = torch.tensor([0.0, 30.0, 60.0, 97.0, 100.0], dtype=torch.float64).view(1, 1, 1, 5)
    ab = torch.tensor([80.0, -100.0], dtype=torch.float64).view(1, 2, 1, 1).expand(1, 2, 1, 5)
    lab = rgb_to_lab(linear_to_rgb(shown_in_srgb(light, ab)))
    assert lab[0, 0].flatten().tolist() == pytest.approx(light.flatten().tolist(), abs=1e-3)
    chroma = lab[:, 1:].square().sum(1).sqrt().flatten()
    assert chroma[0] < 0.1
    assert chroma[-1] < 0.1
    assert chroma[2] > 30
    assert (lab[0, 1, 0, 1:4] * -100).tolist() == pytest.approx((lab[0, 2, 0, 1:4] * 80).tolist(), abs=2)
    fits = torch.tensor([10.0, -15.0], dtype=torch.float64).view(1, 2, 1, 1)
    there = rgb_to_lab(linear_to_rgb(shown_in_srgb(light[..., 2:3], fits)))
    assert there.flatten().tolist() == pytest.approx([60, 10, -15], abs=1e-6)


def test_the_network_itself_colours_a_photo(model_of: ModelOf) -> None:
    torch.manual_seed(0)
    net = BUILDERS["colorizing-unet"](channels=[8, 8, 8, 8], blocks=[1, 1, 1, 1], heads=2).eval()
    with torch.no_grad():
        net.tail.weight.normal_(0, 0.05)  # type: ignore[union-attr,operator]  # nn.Module does not say what tail is
    result = colorized(model_of, Photo(scene()), net=net)
    assert result.full.pixels.shape[2] == 3
    assert np.ptp(result.full.pixels.astype(int), axis=2).max() > 100


@pytest.mark.parametrize("channels", [1, 3])
def test_the_result_is_srgb_and_keeps_its_metadata(model_of: ModelOf, tmp_path: Path, channels: int) -> None:
    photo = Photo(np.repeat(scene(), channels, axis=2))
    photo = replace(photo, metadata=replace(photo.metadata, dpi=(300.0, 300.0)))
    saved = read_photo(write_photo(colorized(model_of, photo).full, tmp_path / "a.tif"))
    assert saved.metadata.icc == srgb_profile()
    assert saved.metadata.dpi == (300.0, 300.0)
    assert saved.bit_depth == 16
    assert b"Colorize, model small" in (saved.metadata.xmp or b"")


def test_the_history_tells_whose_colours_they_are(model_of: ModelOf) -> None:
    settings = ColorizeSettings(hints=(Hint(0.5, 0.5, 30.0, 0.0),), reference=reference_of(Photo(rainbow()), "sea.jpg"))
    line = colorized(model_of, Photo(scene()), settings).full.history[-1]
    assert line.endswith(", 1 hint, colours of sea.jpg")
