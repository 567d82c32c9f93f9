"""Lays watermarks over photos, as tensor operations on whatever device the batch is on."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.training.teaching.degrade import by_kind, to_8_bit, uniform
from aestudio.training.teaching.jpeg import jpeg
from aestudio.training.teaching.stamps import HEIGHT, USUAL_LOGOS, WIDTH, Stamps

SEEN = 0.06  # share of a pixel that is covered from which it counts as marked
OWN_COLOURS = 0.8  # of the user's own marks come in their own colours, the others in any: white and black versions
LEVELS = 6  # halvings of a stamp, so that small ones are not torn to dots


@dataclass(frozen=True)
class Marking:
    """How often each kind of mark comes, and how strong it may be."""

    none: float = 0.15  # photos without a mark: they must come back as they are
    tiled: float = 0.2
    logos: float = USUAL_LOGOS  # share of the marks that are a logo, alone or with words
    opacity: tuple[float, float] = (0.15, 0.95)
    smallest: float = 9.0  # pixels: height of a stamp
    largest: float = 0.4  # of the side; of logos, which are about as high as wide, `largest_logo`
    largest_logo: float = 0.9
    coloured: float = 0.3
    soft: float = 0.25
    shadow: float = 0.25
    outline: float = 0.15
    band: float = 0.08
    jpeg_share: float = 0.5
    jpeg_quality: tuple[float, float] = (60.0, 98.0)


@dataclass(frozen=True)
class Marked:
    """A batch to learn from, (N, C, H, W) in [0, 1]."""

    photo: Tensor  # with its mark
    clean: Tensor  # through the same JPEG without it
    cover: Tensor  # one channel: share of each pixel that the mark covers, 0 for none
    opacity: Tensor  # (N, 1, 1, 1) of the mark itself


def mark(clean: Tensor, stamps: Stamps, marking: Marking, generator: torch.Generator) -> Marked:
    """Lay a mark over each of (N, 3, S, S) clean patches, S a multiple of 16, and save half of them as JPEG."""
    n, _, side, _ = clean.shape

    def chance(share: float) -> Tensor:
        return uniform(n, 0, 1, generator) < share

    tiled, none = chance(marking.tiled), chance(marking.none)
    chosen = torch.randint(len(stamps.cover), (n,), generator=generator, device=clean.device)
    shape, (v, u), half, grid = _placed(stamps, chosen, side, tiled, marking, generator)
    soft = F.avg_pool2d(shape, 3, stride=1, padding=1)
    shape = torch.where(chance(marking.soft), soft, shape)
    opacity = uniform(n, *marking.opacity, generator)
    colour = _colours(n, stamps.dated[chosen], marking, generator)
    if stamps.own is not None:
        colour = _in_own_colours(stamps, chosen, grid, colour, generator)

    photo, bare = clean, torch.ones_like(shape)

    def lay(over: Tensor, colour: Tensor) -> None:
        nonlocal photo, bare
        photo = photo * (1 - over) + colour * over
        bare = bare * (1 - over)

    height, width = half
    inside = ((v.abs() < 1.35 * height) & (u.abs() < width + 0.5 * height) & chance(marking.band) & ~tiled).float()
    lay(inside * uniform(n, 0.15, 0.6, generator), (uniform(n, 0, 1, generator) < 0.3).float())
    away = 1 + int(torch.randint(4, (1,), generator=generator, device=clean.device))
    shadow = F.avg_pool2d(F.pad(shape, (away, 0, away, 0))[..., :side, :side], 5, stride=1, padding=2)
    lay(shadow * opacity * uniform(n, 0.3, 0.8, generator) * chance(marking.shadow), torch.zeros_like(opacity))
    reach = 1 + 2 * int(torch.randint(1, 3, (1,), generator=generator, device=clean.device))
    outline = F.max_pool2d(shape, reach, stride=1, padding=reach // 2) * chance(marking.outline)
    lay(outline * opacity * uniform(n, 0.5, 1.0, generator), (colour.mean(1, keepdim=True) < 0.5).float())
    lay(shape * opacity, colour)
    photo, bare = torch.where(none, clean, photo), torch.where(none, torch.ones_like(bare), bare)

    quality = uniform(n, *marking.jpeg_quality, generator)
    packed = chance(marking.jpeg_share)
    pair = torch.cat((photo, clean))
    coded = jpeg(pair, torch.cat((quality, quality)), subsample=True)
    photo, clean = torch.where(torch.cat((packed, packed)), coded, to_8_bit(pair)).chunk(2)
    return Marked(photo, clean, 1 - bare, torch.where(none, torch.zeros_like(opacity), opacity))


def _placed(
    stamps: Stamps, chosen: Tensor, side: int, tiled: Tensor, marking: Marking, generator: torch.Generator
) -> tuple[Tensor, tuple[Tensor, Tensor], tuple[Tensor, Tensor], Tensor]:
    """Stamps turned, sized and put somewhere, once or all over: (N, 1, S, S).

    Also the place of each pixel along the stamp's own axes, and half of its height and width, all in pixels; and that
    place on the canvas, as `grid_sample` takes it.
    """
    n, device = len(chosen), stamps.cover.device
    extent = stamps.extent[chosen].view(n, 2, 1, 1)
    compact = extent[:, 1:] * WIDTH < 2 * extent[:, :1] * HEIGHT
    largest = torch.where(compact, marking.largest_logo, marking.largest)
    largest = torch.where(tiled, 0.3 * largest, largest) * side
    spread = uniform(n, 0, 1, generator)
    height = marking.smallest * (largest / marking.smallest) ** spread
    scale = height / (extent[:, :1] * HEIGHT)  # pixels for one of the canvas
    widest = 1.1 * side / (extent[:, 1:] * WIDTH)
    scale = torch.minimum(scale, torch.where(tiled, scale, widest))
    half = scale * extent[:, :1] * HEIGHT / 2, scale * extent[:, 1:] * WIDTH / 2

    turn = uniform(n, -1, 1, generator)
    level = uniform(n, 0, 1, generator)
    angle = torch.where(level < 0.6, 0.03 * turn, torch.where(level < 0.9, turn * math.pi / 4, turn * math.pi / 2))
    angle = torch.where(tiled, turn * math.pi / 4, angle)
    steps = torch.arange(side, device=device, dtype=torch.float32)
    y = steps.view(1, 1, side, 1) - uniform(n, 0, 1, generator) * side
    x = steps.view(1, 1, 1, side) - uniform(n, 0, 1, generator) * side
    v = y * angle.cos() - x * angle.sin()
    u = y * angle.sin() + x * angle.cos()
    cell_v = 2 * half[0] * uniform(n, 1.3, 5.0, generator)
    cell_u = 2 * half[1] * uniform(n, 1.05, 2.0, generator)
    row = (v / cell_v).round()
    wrapped_v = v - row * cell_v
    shifted = u + row * cell_u * 0.5
    wrapped_u = shifted - (shifted / cell_u).round() * cell_u
    v, u = torch.where(tiled, wrapped_v, v), torch.where(tiled, wrapped_u, u)

    grid = torch.cat((u / (scale * WIDTH / 2), v / (scale * HEIGHT / 2)), dim=1).permute(0, 2, 3, 1)
    shape = torch.zeros(n, 1, side, side, device=device)
    halvings = (-scale.flatten().log2()).round().clamp(0, LEVELS - 1).long()
    for count, those in enumerate(by_kind(halvings, LEVELS)):
        if len(those):
            cover = stamps.cover[chosen[those], None].float() / 255
            cover = F.avg_pool2d(cover, 2**count) if count else cover
            shape[those] = F.grid_sample(cover, grid[those], align_corners=False)
    return shape, (v, u), half, grid


def _colours(n: int, dated: Tensor, marking: Marking, generator: torch.Generator) -> Tensor:
    """(N, 3, 1, 1): white or black most often, some grey or coloured, dates in the orange of light-emitting diodes."""
    device = generator.device
    kind = uniform(n, 0, 1, generator)
    bright = torch.where(kind < 0.65, 1.0, torch.where(kind < 0.85, 0.0, uniform(n, 0, 1, generator)))
    random = torch.rand(n, 3, 1, 1, generator=generator, device=device)
    colour = torch.where(uniform(n, 0, 1, generator) < marking.coloured, random, bright.expand(n, 3, 1, 1))
    glow = torch.tensor([1.0, 0.45, 0.1], device=device).view(1, 3, 1, 1) + 0.2 * (random - 0.5)
    is_glow = dated.view(n, 1, 1, 1) & (uniform(n, 0, 1, generator) < 0.7)
    return torch.where(is_glow, glow.clamp(0, 1), colour)


def _in_own_colours(stamps: Stamps, chosen: Tensor, grid: Tensor, colour: Tensor, generator: torch.Generator) -> Tensor:
    """(N, 3, S, S): `colour` (N, 3, 1, 1), or for most of the user's own marks the colours that they have."""
    assert stamps.own is not None
    assert stamps.sheets is not None
    own = stamps.own[chosen]
    in_them = (own >= 0) & (uniform(len(own), 0, 1, generator).flatten() < OWN_COLOURS)
    those = in_them.nonzero()[:, 0]
    side = grid.shape[1]
    colour = colour.expand(-1, -1, side, side).clone()
    if len(those):
        sheets = stamps.sheets[own[those]].float() / 255
        colour[those] = F.grid_sample(sheets, grid[those], padding_mode="border", align_corners=False)
    return colour
