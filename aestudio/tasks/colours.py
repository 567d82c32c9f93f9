"""What Colorize computes: colours decided at a small size, brought to full size along the photo's edges."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.lab import lab_to_linear, linear_to_rgb, rgb_to_lab
from aestudio.images.photo import Box, Photo, to_rgb
from aestudio.images.small import small_copy
from aestudio.images.tensors import to_tensor
from aestudio.models.networks.colorizer import AB_SCALE, Colours, square_centres, squares
from aestudio.tasks.hints import Hint
from aestudio.tasks.reference import BANDS, Reference, shares_of

WORKING_SIDE = 224  # pixels of the shorter side at which colours are decided: what the network was trained on
LONGEST_SIDE = 1024  # of a panorama
REACH = 2  # pixels of the working size around a hint's middle
_MULTIPLE = 16
_RADIUS, _SMOOTH = 2, 1e-3  # of the guided filter, at half the working size; L in [0, 1]
_STEPS = 12  # halvings on the way to a colour that sRGB can show
_KNEE, _MOST = 80.0, 110.0  # chroma from which colours are held back, and that none exceeds
_TURNS = 6  # on the way to the reference's colours
_TONES = 12  # steps of lightness at which a print's own tone is measured


@dataclass(frozen=True)
class ColourSurvey:
    """What is known of a photo's colours, at half and at a quarter of the working size; in the processor's memory."""

    lines: Tensor  # (1, 4, h, w): slopes and levels of a and b over the photo's lightness; see `guided_lines`
    chances: Tensor  # (1, squares, h/2, w/2), half precision: how likely each square of the a-b plane is

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return self.lines.nbytes + self.chances.nbytes


def surveyed(net: nn.Module, photo: Photo, hints: Sequence[Hint], reference: Reference | None) -> ColourSurvey:
    """Guess the colours of a photo. Only the network itself is left to autocast."""
    device = next(net.parameters()).device
    with torch.autocast(device.type, enabled=False):
        light = small_lab(photo)[:, :1].to(device) / 100
        given, mask = drawn_hints(hints, *light.shape[2:])
        x = torch.cat((light, given.to(device), mask.to(device)), dim=1)
    guess: Colours = net(x)
    with torch.autocast(device.type, enabled=False):
        ab, chances = guess.ab.float() * AB_SCALE, guess.logits.float().softmax(dim=1)
        if guess.told is not None:  # what a hint says is no question any more
            told = F.avg_pool2d(guess.told.float(), 2)
            certain = F.one_hot(squares(F.avg_pool2d(ab, 2)), chances.shape[1]).movedim(-1, 1)
            chances = chances * (1 - told) + certain * told
        if reference is not None:
            likelier = drawn_to(chances, F.avg_pool2d(light, 4) * 100, shares_of(reference).to(device))
            shift = mean_colour(likelier) - mean_colour(chances)
            ab = ab + F.interpolate(shift, size=ab.shape[2:], mode="bilinear", align_corners=False)
            chances = likelier
        return ColourSurvey(guided_lines(F.avg_pool2d(light, 2), ab).cpu(), chances.half().cpu())


def small_lab(photo: Photo) -> Tensor:
    """The photo at its working size as Lab, (1, 3, H, W)."""
    height, width = working_size(photo.height, photo.width)
    pixels = small_copy(photo).pixels
    colours = np.ascontiguousarray(pixels[..., : 1 if pixels.shape[2] < 3 else 3])
    small = cv2.resize(colours, (width, height), interpolation=cv2.INTER_AREA)
    return rgb_to_lab(to_tensor(to_rgb(small.reshape(height, width, -1), photo.metadata.icc)))


def lab_at(photo: Photo, x: float, y: float) -> tuple[float, float, float]:
    """L, a and b at a place, as shares of the photo's width and height: the mean of the 5×5 pixels around."""
    column, row = min(int(x * photo.width), photo.width - 1), min(int(y * photo.height), photo.height - 1)
    around = Box(max(0, row - 2), min(row + 3, photo.height), max(0, column - 2), min(column + 3, photo.width))
    light, a, b = rgb_to_lab(to_tensor(photo.rgb(around))).mean((2, 3))[0].tolist()
    return light, a, b


def working_size(height: int, width: int) -> tuple[int, int]:
    """Rows and columns at which the colours of a photo are decided: multiples of 16."""
    scale = min(1.0, WORKING_SIDE / min(height, width), LONGEST_SIDE / max(height, width))
    rows, columns = (max(_MULTIPLE, _MULTIPLE * round(n * scale / _MULTIPLE)) for n in (height, width))
    return rows, columns


def chroma_beside_tone(lab: Tensor) -> float:
    """Mean distance of (1, 3, H, W) from the print's own tone: one hue, as strong at each lightness as on the mean.

    A sepia print has one colour for each grey, a photo in colour has many, and of many hues.
    """
    band = (lab[0, 0].flatten() / 100 * _TONES).long().clamp(0, _TONES - 1)
    ab = lab[0, 1:].flatten(1)
    counts = torch.bincount(band, minlength=_TONES).clamp(min=1)
    hue = F.normalize(ab.mean(1), dim=0)
    strength = (torch.bincount(band, hue @ ab, minlength=_TONES) / counts).clamp(min=0)
    tone = hue[:, None] * strength[band]
    return float((ab - tone).square().sum(0).sqrt().mean())


def drawn_hints(hints: Sequence[Hint], height: int, width: int) -> tuple[Tensor, Tensor]:
    """Small squares of the hints' colours, (1, 2, H, W) over AB_SCALE, and their mask (1, 1, H, W)."""
    colours, mask = torch.zeros(1, 2, height, width), torch.zeros(1, 1, height, width)
    for hint in hints:
        y, x = min(int(hint.y * height), height - 1), min(int(hint.x * width), width - 1)
        rows, columns = slice(max(0, y - REACH), y + REACH + 1), slice(max(0, x - REACH), x + REACH + 1)
        for channel, value in enumerate((hint.a, hint.b)):
            colours[0, channel, rows, columns] = value / AB_SCALE
        mask[0, 0, rows, columns] = 1
    return colours, mask


def mean_colour(chances: Tensor) -> Tensor:
    """(N, squares, h, w) to the mean a and b, (N, 2, h, w)."""
    return torch.einsum("nkhw,kc->nchw", chances, square_centres().to(chances))


def histogram(lab: Tensor) -> Tensor:
    """How often each square of the a-b plane occurs in each band of lightness: (BANDS, squares), bands summing to 1."""
    number = bands(lab[:, :1]).flatten() * len(square_centres()) + squares(lab[:, 1:]).flatten()
    counts = torch.bincount(number, minlength=BANDS * len(square_centres())).float().view(BANDS, -1)
    return counts / counts.sum(1, keepdim=True).clamp(min=1)


def bands(light: Tensor) -> Tensor:
    """L in [0, 100] to its band."""
    return (light / 100 * BANDS).long().clamp(0, BANDS - 1)


def drawn_to(chances: Tensor, light: Tensor, wanted: Tensor) -> Tensor:
    """Chances (1, squares, h, w) at lightness (1, 1, h, w), weighed until their sums are the wanted (BANDS, squares).

    What is certain stays as it is; where several colours are likely, those that the reference has win: the correction
    for other class frequencies of Saerens, Latinne and Decaestecker (Neural Computation, 2002). A band that the
    reference lacks is left alone.
    """
    out = chances.clone()
    number = bands(light)[0, 0]
    for band in range(BANDS):
        places = number == band
        if not bool(places.any()) or float(wanted[band].sum()) == 0:
            continue
        own = chances[0][:, places]  # (squares, places)
        target = 0.9 * _softened(wanted[band]) + 0.1 * own.mean(1)
        weight = torch.ones_like(target)
        for _ in range(_TURNS):
            likely = own * weight[:, None]
            likely = likely / likely.sum(0, keepdim=True).clamp(min=1e-12)
            weight = weight * (target / likely.mean(1).clamp(min=1e-6)).clamp(0.2, 5).sqrt()
        out[0][:, places] = likely
    return out


def _softened(shares: Tensor) -> Tensor:
    """Neighbouring squares count a little, too."""
    side = int(len(shares) ** 0.5)
    kernel = torch.tensor([1.0, 2.0, 1.0], device=shares.device)
    kernel = (kernel[:, None] * kernel)[None, None] / 16
    plane = F.conv2d(shares.view(1, 1, side, side), kernel, padding=1).flatten()
    return plane / plane.sum()


def guided_lines(guide: Tensor, values: Tensor) -> Tensor:
    """Slopes and levels (1, 4, h, w) of the lines over the guide (1, 1, h, w) that come nearest to values (1, 2, h, w).

    Taken at full size with the full photo as guide, values end where its edges are: the fast guided filter (He and Sun,
    2015).
    """
    mean_guide, mean_values = _box_mean(guide), _box_mean(values)
    variance = _box_mean(guide * guide) - mean_guide * mean_guide
    covariance = _box_mean(guide * values) - mean_guide * mean_values
    slope = covariance / (variance + _SMOOTH)
    return _box_mean(torch.cat((slope, mean_values - slope * mean_guide), dim=1))


def _box_mean(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, 2 * _RADIUS + 1, stride=1, padding=_RADIUS, count_include_pad=False)


def tamed(ab: Tensor) -> Tensor:
    """a and b with their chroma held back from 80 on: none exceeds 110, where no photo has colours."""
    chroma = ab.square().sum(1, keepdim=True).sqrt()
    if float(chroma.max()) <= _KNEE:
        return ab
    held = _KNEE + (_MOST - _KNEE) * ((chroma - _KNEE) / (_MOST - _KNEE)).tanh()
    return torch.where(chroma > _KNEE, ab * (held / chroma.clamp(min=_KNEE)), ab)


def shown_in_srgb(light: Tensor, ab: Tensor) -> Tensor:
    """L, a and b as linear sRGB in [0, 1], (N, 3, H, W).

    Colours that sRGB lacks at that lightness are drawn towards grey until it has them: lightness never changes.
    """
    linear = lab_to_linear(torch.cat((light, ab), dim=1))
    outside = ~_fits(linear)
    if bool(outside.any()):
        # only those few are searched: as a photo of one row, (1, channels, 1, pixels)
        some_light, some_ab = (x.movedim(1, -1)[outside].T[None, :, None] for x in (light, ab))
        low, high = torch.zeros_like(some_light), torch.ones_like(some_light)
        for _ in range(_STEPS):
            middle = (low + high) / 2
            good = _fits(lab_to_linear(torch.cat((some_light, some_ab * middle), dim=1)))[:, None]
            low, high = torch.where(good, middle, low), torch.where(good, high, middle)
        inside = lab_to_linear(torch.cat((some_light, some_ab * low), dim=1))
        linear = linear.movedim(1, -1).clone()
        linear[outside] = inside[0, :, 0].T
        linear = linear.movedim(-1, 1)
    return linear.clamp(0, 1)


def _fits(linear: Tensor) -> Tensor:
    return (linear.amin(dim=1) >= -1e-6) & (linear.amax(dim=1) <= 1 + 1e-6)


def nearest_shown(light: Tensor, ab: Tensor) -> Tensor:
    """a and b (N, 2, H, W) as sRGB shows them at that lightness."""
    return rgb_to_lab(linear_to_rgb(shown_in_srgb(light, ab)))[:, 1:]
