"""Teaches a network to guess colours: old photos made from new ones, with hints taken from the truth."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.lab import lab_to_rgb, rgb_to_lab
from aestudio.models.networks.colorizer import AB_SCALE, BINS_A, BINS_B, Colours, squares
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.losses import decibels
from aestudio.training.teaching.objective import Objective, Picture, picture_of, seeded

MOST_HINTS = 100
WIDEST = 4  # pixels on each side of a hint's middle
VALIDATION_HINTS = (0, 1, 10, 50)


class ColorizeObjective(Objective):
    """L as old photos have it, hints and their mask; (N, 4, H, W) in, a and b at half size out."""

    channels = 4

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._rarity: Tensor | None = None
        self._side = recipe.shorter or 256  # pixels of the middle of a photo that is judged

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        if self._rarity is None:
            self._rarity = rarity(pool)
        generator = torch.Generator(pool.data.device).manual_seed(self._recipe.seed * 1_000_003 + step)
        recipe = self._recipe
        lab = rgb_to_lab(pool.patches(recipe.batch, recipe.patch, generator, upright=recipe.upright))
        count = random_counts(recipe.batch, generator, lab.device)
        hints, mask = random_hints(lab[:, 1:] / AB_SCALE, count, generator)
        return torch.cat((aged(lab[:, :1] / 100, generator), hints, mask), dim=1), lab[:, 1:] / AB_SCALE

    def loss(self, output: Colours, x: Tensor, target: Tensor) -> Tensor:
        """Huber's loss on a and b, how colourful each photo is on the whole, and the squares of the a-b plane.

        A network that is afraid of being wrong makes all things brown: the second term asks for colours as far apart
        as the truth's, the third knows more than one answer, rare colours counting more (Zhang et al., ECCV 2016).
        """
        del x
        half = F.avg_pool2d(target, 2)
        ab = output.ab.float()
        error = F.smooth_l1_loss(ab, half, beta=0.15)
        vivid = (colourfulness(ab) - colourfulness(half)).abs().mean()
        square = squares(F.avg_pool2d(half, 2) * AB_SCALE)
        assert self._rarity is not None  # batch comes before loss
        classes = F.cross_entropy(output.logits.float(), square, weight=self._rarity.to(square.device))
        return error + self._recipe.vivid * vivid + self._recipe.classes * classes

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """How many dB of PSNR the guess lies above the grey photo, mean over 0, 1, 10 and 50 hints, and each."""
        gains: dict[int, list[float]] = {count: [] for count in VALIDATION_HINTS}
        vivid: list[float] = []  # without hints, as shares of the truth's colourfulness
        for rgb in pool.centres(self._side):
            lab = rgb_to_lab(rgb)
            grey = _psnr(lab[:, :1], torch.zeros_like(lab[:, 1:]), rgb)
            for count in VALIDATION_HINTS:
                hints, mask = random_hints(
                    lab[:, 1:] / AB_SCALE, torch.tensor([count], device=rgb.device), seeded(rgb), side=2
                )
                ab = _guess(net, lab, hints, mask)
                gains[count].append(_psnr(lab[:, :1], ab, rgb) - grey)
                if count == 0:
                    vivid.append(float(colourfulness(ab) / colourfulness(lab[:, 1:]).clamp(min=1)))
        means = {f"gain_{count}": sum(values) / len(values) for count, values in gains.items()}
        return {"gain": sum(means.values()) / len(means), **means, "colourfulness": sum(vivid) / len(vivid)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """The grey photo, the guess without any hint, and the colours."""
        rgb = pool.photo(index, self._side)
        lab = rgb_to_lab(rgb)
        none = torch.zeros_like(lab[:, 1:])
        guess = _guess(net, lab, none, none[:, :1])
        grey, now = (lab_to_rgb(torch.cat((lab[:, :1], ab), dim=1)) for ab in (none, guess))
        return picture_of(grey), picture_of(now), picture_of(rgb)


def random_counts(batch: int, generator: torch.Generator, device: torch.device) -> Tensor:
    """(N,): no hints for half of the photos, else 1 to MOST_HINTS, few more often than many."""
    draw = torch.rand(2, batch, generator=generator, device=device)
    some = (draw[0] * math.log(MOST_HINTS + 1)).exp().long().clamp(1, MOST_HINTS)
    return torch.where(draw[1] < 0.5, torch.zeros_like(some), some)


def random_hints(
    ab: Tensor, counts: Tensor, generator: torch.Generator, side: int | None = None
) -> tuple[Tensor, Tensor]:
    """`counts` (N,) squares at random places, each filled with the mean of the true colours there.

    `ab` is (N, 2, H, W); squares reach `side` pixels to each side of their middle, 0 to WIDEST at random for None.
    Returns hints, 0 where there are none, and their mask (N, 1, H, W).
    """
    n, _, h, w = ab.shape
    most = int(counts.max())
    device = ab.device
    hints, mask = torch.zeros_like(ab), torch.zeros_like(ab[:, :1])
    if most == 0:
        return hints, mask
    y = torch.randint(h, (n, most), generator=generator, device=device)
    x = torch.randint(w, (n, most), generator=generator, device=device)
    reach = torch.randint(WIDEST + 1, (n, most), generator=generator, device=device)
    if side is not None:
        reach = torch.full_like(reach, side)
    local = F.avg_pool2d(ab, 5, stride=1, padding=2, count_include_pad=False)
    colour = local.flatten(2).gather(2, (y * w + x)[:, None].expand(-1, 2, -1))  # (N, 2, K)
    steps = torch.arange(-WIDEST, WIDEST + 1, device=device)
    rows, columns = y[..., None, None] + steps[:, None], x[..., None, None] + steps
    inside = (steps.abs()[:, None] <= reach[..., None, None]) & (steps.abs() <= reach[..., None, None])
    inside &= (rows >= 0) & (rows < h) & (columns >= 0) & (columns < w)
    inside &= (torch.arange(most, device=device) < counts[:, None])[..., None, None]
    sample, hint, down, right = inside.nonzero(as_tuple=True)
    at_y, at_x = y[sample, hint] + steps[down], x[sample, hint] + steps[right]
    for channel in range(2):
        hints[sample, channel, at_y, at_x] = colour[sample, channel, hint]
    mask[sample, 0, at_y, at_x] = 1
    return hints, mask


def aged(light: Tensor, generator: torch.Generator) -> Tensor:
    """L in [0, 1] as film, paper and years leave it: gamma, contrast, fading, grain; a third stays as it is."""
    n = light.shape[0]

    def draw(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(n, 1, 1, 1, generator=generator, device=light.device)

    gamma = draw(-0.5, 0.5).exp()
    black, white = draw(0.0, 0.25).square() * 3, 1 - draw(0.0, 0.25).square() * 3
    old = light.clamp(0, 1) ** gamma
    contrast = draw(0.0, 0.5)
    old = old * (1 - contrast) + contrast * (old * old * (3 - 2 * old))
    old = black + old * (white - black)
    size = torch.Size((n, 1, light.shape[2] // 2 + 1, light.shape[3] // 2 + 1))
    coarse = torch.randn(size, generator=generator, device=light.device)
    coarse = F.interpolate(coarse, scale_factor=2, mode="bilinear")[..., : light.shape[2], : light.shape[3]]
    fine = torch.randn(light.shape, generator=generator, device=light.device)
    old = old + draw(0.0, 0.06) * draw(0.0, 1.0) * coarse + draw(0.0, 0.06) * draw(0.0, 1.0) * fine
    return torch.where(draw(0, 1) < 1 / 3, light, old).clamp(0, 1)


def rarity(pool: PhotoPool) -> Tensor:
    """The weight of each square of the a-b plane, (BINS_A * BINS_B,): frequent ones count less; mean 1 over photos."""
    generator = torch.Generator(pool.data.device).manual_seed(0)
    found = squares(rgb_to_lab(pool.patches(256, 64, generator))[:, 1:])
    share = torch.bincount(found.flatten(), minlength=BINS_A * BINS_B).float()
    share /= share.sum()
    weight = 1 / (0.5 * share + 0.5 / len(share))
    return weight / (weight * share).sum()


def colourfulness(ab: Tensor) -> Tensor:
    """(N,): how far the colours of each photo lie apart and from grey, as Hasler and Süsstrunk (SPIE 2003) weigh it.

    Their measure is over red-green and yellow-blue, this one over a and b, whose mean chroma a brown veil satisfies.
    """
    apart = (ab.flatten(2).var(2).sum(1) + 1e-8).sqrt()
    return apart + 0.3 * (ab.mean((2, 3)).square().sum(1) + 1e-8).sqrt()


def _guess(net: nn.Module, lab: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
    """a and b at full size, in units of Lab."""
    ab = net(torch.cat((lab[:, :1] / 100, hints, mask), dim=1)).ab.float() * AB_SCALE
    return F.interpolate(ab, scale_factor=2, mode="bilinear", align_corners=False)


def _psnr(light: Tensor, ab: Tensor, rgb: Tensor) -> float:
    return decibels(lab_to_rgb(torch.cat((light, ab), dim=1)).clamp(0, 1), rgb)
