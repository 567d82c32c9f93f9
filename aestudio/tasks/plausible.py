"""What a photo's colours might be besides the guess: suggestions for a place, and how sure the guess is."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from aestudio.models.networks.colorizer import BIN, BINS_A, BINS_B, square_centres
from aestudio.tasks.colours import ColourSurvey, mean_colour, nearest_shown

UNLIKELY = 0.05  # of the likeliest colour's share: less is no suggestion
AROUND = 1  # cells of a quarter of the working size around a place that count with it


def suggestions(survey: ColourSurvey, x: float, y: float, light: float, most: int = 6) -> list[tuple[float, float]]:
    """Plausible colours (a, b) at a place, the likeliest first, as sRGB shows them at that L.

    `x` and `y` are shares of the photo's width and height. Each is a peak of the model's distribution, at the mean of
    the squares around it, so that near shades count as one.
    """
    height, width = survey.chances.shape[2:]
    row, column = min(int(y * height), height - 1), min(int(x * width), width - 1)
    near = survey.chances.float()[
        0, :, max(0, row - AROUND) : row + AROUND + 1, max(0, column - AROUND) : column + AROUND + 1
    ].mean((1, 2))
    plane = near.float().cpu().view(1, 1, BINS_A, BINS_B)
    peaks = (plane == F.max_pool2d(plane, 3, stride=1, padding=1)) & (plane > UNLIKELY * plane.max())
    order = torch.where(peaks, plane, 0).flatten().argsort(descending=True)[: int(peaks.sum())]
    centres = square_centres().view(BINS_A, BINS_B, 2)
    found: list[tuple[float, float]] = []
    for a, b in ((int(i) // BINS_B, int(i) % BINS_B) for i in order):
        window = slice(max(0, a - 1), a + 2), slice(max(0, b - 1), b + 2)
        weight = plane[0, 0][window]
        colour = (centres[window] * weight[..., None]).sum((0, 1)) / weight.sum()
        shown = nearest_shown(torch.full((1, 1, 1, 1), light), colour.view(1, 2, 1, 1)).flatten()
        if all(torch.dist(shown, torch.tensor(other)) > BIN / 2 for other in found):
            found.append((float(shown[0]), float(shown[1])))
    return found[:most]


def doubt(survey: ColourSurvey) -> NDArray[np.float32]:
    """How far what the colours might be lies apart at each place, (h, w) in units of Lab: a standard deviation."""
    chances = survey.chances.float()
    mean = mean_colour(chances)
    square = torch.einsum("nkhw,k->nhw", chances, square_centres().square().sum(1))
    spread: NDArray[np.float32] = (square - mean.square().sum(1)).clamp(min=0).sqrt()[0].float().cpu().numpy()
    return spread
