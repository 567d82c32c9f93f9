"""Makes the damaged half of a training pair, as tensor operations on whatever device the batch is on."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.images.tensors import smooth_luma
from aestudio.training.teaching.camera import Camera, photograph
from aestudio.training.teaching.jpeg import jpeg

JPEG_PERIOD = 16  # pixels: of its blocks where colour is halved
COARSE_COLOUR = 0.6  # of the JPEGs have it halved


@dataclass(frozen=True)
class Mixture:
    """Shares of each kind of noise in a batch (they are normalised), and how strong each may be."""

    white: float = 0.5
    poisson_gaussian: float = 0.15
    camera: float = 0.35
    dropout: float = 0.0  # pixels that say nothing: dead, hot, or anything
    sigma_max: float = 55.0  # 8-bit levels, of white noise
    sigma_power: float = 1.0  # white noise is drawn as sigma_max · u ** sigma_power, u uniform: above 1, more is weak
    iso: tuple[float, float] = (100.0, 25600.0)
    jpeg_share: float = 0.5  # of the camera samples
    jpeg_quality: tuple[int, int] = (60, 98)
    flat: float = 0.0  # share of patches replaced by an even colour: they teach to keep the tone
    misjudged: float = 1.0  # how far the noise level map is off, relative to what is usual for an estimate


@dataclass(frozen=True)
class Pair:
    """A batch to learn from. All are (N, C, H, W), in [0, 1] unless the noise reaches beyond."""

    degraded: Tensor
    clean: Tensor
    sigma: Tensor  # (N, 1, H, W): the noise level map


def degrade(clean: Tensor, mixture: Mixture, generator: torch.Generator) -> Pair:
    """Damage a batch of (N, 3, H, W) clean patches, each sample with one kind of noise drawn from `mixture`.

    For camera noise the clean half goes through the same camera without noise: the network is to remove noise and not
    to sharpen.
    """
    device = clean.device
    if mixture.flat:
        clean = torch.where(uniform(len(clean), 0, 1, generator) < mixture.flat, _even(clean, generator), clean)
    shares = [mixture.white, mixture.poisson_gaussian, mixture.camera]
    if mixture.dropout:
        shares.append(mixture.dropout)
    likely = torch.tensor(shares, dtype=torch.float32, device=device)
    kinds = torch.multinomial(likely, len(clean), replacement=True, generator=generator)
    degraded, target, sigma = clean.clone(), clean.clone(), torch.zeros_like(clean[:, :1])
    damages = (_white, _poisson_gaussian, _camera, _dropout)
    for damage, chosen in zip(damages, by_kind(kinds, len(damages)), strict=True):
        if len(chosen):
            pair = damage(clean[chosen], mixture, generator)
            degraded[chosen], target[chosen], sigma[chosen] = pair.degraded, pair.clean, pair.sigma
    return Pair(degraded, target, sigma)


def by_kind(kinds: Tensor, count: int) -> tuple[Tensor, ...]:
    """For each kind from 0 to `count` its places in (N,), ascending; a graphics card is waited for but once."""
    sizes = (kinds == torch.arange(count, device=kinds.device)[:, None]).sum(dim=1).tolist()
    return tuple(torch.split_with_sizes(kinds.argsort(stable=True), sizes))


def _even(clean: Tensor, generator: torch.Generator) -> Tensor:
    """A random colour for each sample in the shape of `clean`, running into another one for half of them."""
    n, _, height, width = clean.shape
    colour, other = torch.rand(2, n, 3, 1, 1, device=clean.device, generator=generator)
    slope = uniform(n, -1, 1, generator).clamp(min=0) * torch.linspace(0, 1, width, device=clean.device)
    even: Tensor = colour + (other - colour) * slope
    return even.expand(n, 3, height, width)


def uniform(n: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """(n, 1, 1, 1) numbers from low to high, on the generator's device."""
    return torch.rand(n, 1, 1, 1, device=generator.device, generator=generator) * (high - low) + low


def normal_like(x: Tensor, generator: torch.Generator) -> Tensor:
    """Standard normal numbers in the shape of `x`."""
    return torch.randn(x.shape, device=x.device, dtype=x.dtype, generator=generator)


def to_8_bit(x: Tensor) -> Tensor:
    """Clipped and rounded as an 8-bit file stores it, still in [0, 1]."""
    return (x.clamp(0, 1) * 255).round() / 255


def _as_file_or_raw(x: Tensor, generator: torch.Generator) -> Tensor:
    """Half of the samples as an 8-bit file would hold them; the others keep what lies outside [0, 1]."""
    as_file = uniform(len(x), 0, 1, generator) < 0.5
    return torch.where(as_file, to_8_bit(x), x)


def _white(clean: Tensor, mixture: Mixture, generator: torch.Generator) -> Pair:
    n = len(clean)
    sigma = uniform(n, 0, 1, generator) ** mixture.sigma_power * (mixture.sigma_max / 255)
    noisy = _as_file_or_raw(clean + sigma * normal_like(clean, generator), generator)
    told = sigma * misjudged(n, 0.3, 0.08 * mixture.misjudged, generator)
    return Pair(noisy, clean, told.expand_as(clean[:, :1]))


def _poisson_gaussian(clean: Tensor, mixture: Mixture, generator: torch.Generator) -> Pair:
    """Foi et al., IEEE TIP 2008: variance is a straight line over brightness."""
    n = len(clean)
    read = uniform(n, 0, 0.6, generator) ** 2 * mixture.sigma_max / 255
    shot = (uniform(n, 0, 1, generator) * mixture.sigma_max / 255) ** 2
    noisy = clean + (read**2 + shot * clean).sqrt() * normal_like(clean, generator)
    told = (read**2 + shot * smooth_luma(clean)).sqrt() * misjudged(n, 0.5, 0.1 * mixture.misjudged, generator)
    return Pair(_as_file_or_raw(noisy, generator), clean, told)


def _camera(clean: Tensor, mixture: Mixture, generator: torch.Generator) -> Pair:
    n = len(clean)
    low, high = mixture.iso
    iso = low * (high / low) ** uniform(n, 0, 1, generator)
    noisy, target = photograph(_enlarged(clean, generator), Camera.random(n, iso, generator), generator)
    as_jpeg = (uniform(n, 0, 1, generator).flatten() < mixture.jpeg_share).nonzero()[:, 0]
    quality = uniform(n, *mixture.jpeg_quality, generator).round()
    noisy = to_8_bit(noisy)
    if len(as_jpeg):
        noisy[as_jpeg] = _jpeg_at_any_phase(noisy[as_jpeg], quality[as_jpeg], generator)
    told = residual_level(noisy - target, target) * misjudged(n, 0.7, 0.15 * mixture.misjudged, generator)
    return Pair(noisy, target, told)


def _jpeg_at_any_phase(x: Tensor, quality: Tensor, generator: torch.Generator) -> Tensor:
    """As from a JPEG of a larger photo: its blocks begin anywhere. At the edges they are filled up by mirroring."""
    height, width = x.shape[2:]
    y, left, coarse = torch.randint(JPEG_PERIOD, (3,), generator=generator, device=generator.device).tolist()
    below, right = (-(height + y) % JPEG_PERIOD, -(width + left) % JPEG_PERIOD)
    filled = F.pad(x, (left, right, y, below), mode="reflect")
    coded = jpeg(filled, quality, subsample=coarse < COARSE_COLOUR * JPEG_PERIOD)
    return coded[..., y : y + height, left : left + width]


def _dropout(clean: Tensor, mixture: Mixture, generator: torch.Generator) -> Pair:
    """0.5 to 10 % of the pixels, or of their single colours, are black, white, or anything."""
    n, device = len(clean), clean.device
    share = 0.005 * 20 ** uniform(n, 0, 1, generator)
    whole = uniform(n, 0, 1, generator) < 0.5
    lost = torch.rand(clean.shape, generator=generator, device=device)
    lost = torch.where(whole, lost[:, :1], lost) < share
    kind = uniform(n, 0, 3, generator)
    anything = torch.rand(clean.shape, generator=generator, device=device)
    value = torch.where(kind < 1, 0.0, torch.where(kind < 2, 1.0, anything))
    noisy = torch.where(lost, value, clean)
    level = residual_level(noisy - clean, clean) * misjudged(n, 0.7, 0.15 * mixture.misjudged, generator)
    return Pair(to_8_bit(noisy), clean, level)


def _enlarged(clean: Tensor, generator: torch.Generator) -> Tensor:
    """The middle of each sample, enlarged by 1 to 2: small pictures are sharper than what a lens shows a sensor."""
    size = clean.shape[2:]
    zoom = uniform(len(clean), 1, 2, generator).flatten().tolist()
    return torch.cat([_middle_at(clean[i : i + 1], size, by) for i, by in enumerate(zoom)])


def _middle_at(x: Tensor, size: Sequence[int], by: float) -> Tensor:
    """The middle of (1, C, H, W), enlarged to `size`. With `antialias` torch filters one direction after the other."""
    height, width = (round(n / by) for n in size)
    top, left = (size[0] - height) // 2, (size[1] - width) // 2
    middle = x[..., top : top + height, left : left + width]
    return F.interpolate(middle, size=list(size), mode="bicubic", antialias=True).clamp_(0, 1)


def misjudged(n: int, share: float, spread: float, generator: torch.Generator) -> Tensor:
    """Factors around 1 on a noise level, (n, 1, 1, 1): `share` of them are off by a log-normal factor of that spread.

    What is estimated from a photo is never quite right, and the network must live with it.
    """
    factors = (torch.randn(n, 1, 1, 1, device=generator.device, generator=generator) * spread).exp()
    return torch.where(uniform(n, 0, 1, generator) < share, factors, torch.ones_like(factors))


def residual_level(noise: Tensor, clean: Tensor) -> Tensor:
    """The noise level map that a perfect estimate of each sample would give, (N, 1, H, W).

    Fits variance = read² + shot·y by least squares to the squared noise, with the slope drawn towards zero where a
    patch holds too few brightnesses to tell.
    """
    y = smooth_luma(clean)
    squared = noise.square().mean(dim=1, keepdim=True)
    mean_y, mean_s = y.mean(dim=(2, 3), keepdim=True), squared.mean(dim=(2, 3), keepdim=True)
    spread = (y - mean_y).square().mean(dim=(2, 3), keepdim=True)
    slope = ((y - mean_y) * (squared - mean_s)).mean(dim=(2, 3), keepdim=True) / (spread + 1e-3)
    return (mean_s + slope * (y - mean_y)).clamp(min=0).maximum(mean_s * 0.05).sqrt()
