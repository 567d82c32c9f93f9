"""A simulated camera: from a clean photo back to sensor values, noise where it really arises, and forth again.

The idea and the noise statistics are those of "Unprocessing Images for Learned Raw Denoising" (Brooks et al., CVPR
2019); the demosaicing filters are bilinear and Malvar, He & Cutler, ICASSP 2004.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aestudio.images.tensors import luma

# From camera colours to sRGB for a typical sensor; rows sum to 1, so that grey stays grey
_COLOUR_MATRIX = ((1.75, -0.60, -0.15), (-0.22, 1.55, -0.33), (0.02, -0.55, 1.53))


@dataclass(frozen=True)
class Camera:
    """One camera per sample. All are (N, 1, 1, 1) unless said otherwise."""

    shot: Tensor  # variance of the noise per unit of light, at sensor values in [0, 1]
    read: Tensor  # standard deviation in the dark
    gain_red: Tensor  # white balance
    gain_blue: Tensor
    matrix: Tensor  # (N, 3, 3): camera colours to linear sRGB
    contrast: Tensor  # share of an S-shaped tone curve, 0 to 1
    chroma_blur: Tensor  # pixels: standard deviation of the camera's own smoothing of colour noise, 0 for none
    keeps_black: Tensor  # bool: values below black survive until the tone curve
    malvar: bool  # demosaicing: Malvar's filters, else bilinear

    @classmethod
    def random(cls, n: int, iso: Tensor, generator: torch.Generator) -> "Camera":
        """Cameras with sensors from small to full-frame at the given ISO, (N, 1, 1, 1)."""
        device = generator.device

        def draw(low: float, high: float) -> Tensor:
            return torch.rand(n, 1, 1, 1, device=device, generator=generator) * (high - low) + low

        shot = iso * 10 ** draw(-6.8, -6.1)
        log_read = 2.18 * shot.log() + 1.2 + 0.26 * torch.randn(n, 1, 1, 1, device=device, generator=generator)
        blend = draw(0.3, 1.0).view(n, 1, 1)
        matrix = blend * torch.tensor(_COLOUR_MATRIX, device=device) + (1 - blend) * torch.eye(3, device=device)
        return cls(
            shot=shot,
            read=(log_read / 2).exp(),
            gain_red=draw(1.4, 2.6),
            gain_blue=draw(1.3, 2.4),
            matrix=matrix,
            contrast=draw(-0.4, 0.6).clamp(min=0),
            chroma_blur=draw(-1.5, 1.5).clamp(min=0),
            keeps_black=draw(0, 1) < 0.5,
            malvar=bool(torch.rand((), device=device, generator=generator) < 0.6),
        )


def srgb_to_linear(x: Tensor) -> Tensor:
    """IEC 61966-2-1: sRGB values in [0, 1] to light."""
    return torch.where(x <= 0.04045, x / 12.92, ((x.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(x: Tensor) -> Tensor:
    """IEC 61966-2-1: light to sRGB values in [0, 1]."""
    return torch.where(x <= 0.0031308, x * 12.92, 1.055 * x.clamp(min=0.0031308) ** (1 / 2.4) - 0.055)


def photograph(clean: Tensor, camera: Camera, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """What the camera makes of a scene, with and without noise: two (N, 3, H, W) in [0, 1].

    `clean` is the scene as sRGB, (N, 3, H, W) in [0, 1], H and W even.
    """
    light = torch.einsum("noc,nchw->nohw", torch.linalg.inv(camera.matrix), srgb_to_linear(clean)).clamp(0, 1)
    gains = torch.cat((camera.gain_red, torch.ones_like(camera.gain_red), camera.gain_blue), dim=1)  # (N, 3, 1, 1)
    raw = mosaic(light / gains)
    noise = torch.randn(raw.shape, device=raw.device, generator=generator)
    noisy_raw = (raw + (camera.shot * raw + camera.read**2).sqrt() * noise).clamp(max=1)
    noisy_raw = torch.where(camera.keeps_black, noisy_raw, noisy_raw.clamp(min=0))
    noisy, target = (_develop(r, gains, camera) for r in (noisy_raw, raw))
    return _smooth_colour(noisy - target, camera.chroma_blur).add(target).clamp(0, 1), target


def mosaic(rgb: Tensor) -> Tensor:
    """(N, 3, H, W) to the (N, 1, H, W) that a sensor under a Bayer filter (RGGB) sees."""
    raw = rgb[:, 1:2].clone()
    raw[:, :, 0::2, 0::2] = rgb[:, 0:1, 0::2, 0::2]
    raw[:, :, 1::2, 1::2] = rgb[:, 2:3, 1::2, 1::2]
    return raw


def _develop(raw: Tensor, gains: Tensor, camera: Camera) -> Tensor:
    rgb = demosaic(raw, malvar=camera.malvar) * gains
    light = torch.einsum("noc,nchw->nohw", camera.matrix, rgb.clamp(max=1)).clamp(0, 1)
    x = linear_to_srgb(light)
    return x + camera.contrast * (x * x * (3 - 2 * x) - x)


# Malvar, He & Cutler, figure 2: how each colour is found at a pixel of another one, in eighths
_GREEN = ((0, 0, -1, 0, 0), (0, 0, 2, 0, 0), (-1, 2, 4, 2, -1), (0, 0, 2, 0, 0), (0, 0, -1, 0, 0))
_ROW = ((0, 0, 0.5, 0, 0), (0, -1, 0, -1, 0), (-1, 4, 5, 4, -1), (0, -1, 0, -1, 0), (0, 0, 0.5, 0, 0))
_DIAGONAL = ((0, 0, -1.5, 0, 0), (0, 2, 0, 2, 0), (-1.5, 0, 6, 0, -1.5), (0, 2, 0, 2, 0), (0, 0, -1.5, 0, 0))
_BILINEAR_GREEN = ((0, 0, 0, 0, 0), (0, 0, 2, 0, 0), (0, 2, 0, 2, 0), (0, 0, 2, 0, 0), (0, 0, 0, 0, 0))
_BILINEAR_ROW = ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0), (0, 4, 0, 4, 0), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0))
_BILINEAR_DIAGONAL = ((0, 0, 0, 0, 0), (0, 2, 0, 2, 0), (0, 0, 0, 0, 0), (0, 2, 0, 2, 0), (0, 0, 0, 0, 0))


def demosaic(raw: Tensor, *, malvar: bool) -> Tensor:
    """(N, 1, H, W) of a Bayer sensor (RGGB), H and W even, to (N, 3, H, W)."""
    green, row, diagonal = (_GREEN, _ROW, _DIAGONAL) if malvar else (_BILINEAR_GREEN, _BILINEAR_ROW, _BILINEAR_DIAGONAL)
    kernels = torch.tensor([green, row, diagonal], device=raw.device, dtype=raw.dtype)
    kernels = torch.cat((kernels, kernels[1:2].transpose(1, 2)))[:, None] / 8
    padded = F.pad(raw, (2, 2, 2, 2), mode="reflect")
    at_cross, at_row, at_diagonal, at_column = F.conv2d(padded, kernels).unsqueeze(2).unbind(1)
    red, green_out, blue = raw.clone(), raw.clone(), raw.clone()
    for y, x, r, g, b in (
        (0, 0, raw, at_cross, at_diagonal),
        (0, 1, at_row, raw, at_column),
        (1, 0, at_column, raw, at_row),
        (1, 1, at_diagonal, at_cross, raw),
    ):
        here = (..., slice(y, None, 2), slice(x, None, 2))
        red[here], green_out[here], blue[here] = r[here], g[here], b[here]
    return torch.cat((red, green_out, blue), dim=1)


def _smooth_colour(noise: Tensor, sigma: Tensor) -> Tensor:
    """Blur the colour of the noise and not its brightness, as cameras do: this is what makes colour noise blotchy."""
    brightness = luma(noise)
    chroma = noise - brightness
    n, c, h, w = chroma.shape
    offsets = torch.arange(-3, 4, device=noise.device, dtype=noise.dtype)
    kernel = (-(offsets**2) / (2 * sigma.view(n, 1).clamp(min=0.05) ** 2)).exp()
    kernel = (kernel / kernel.sum(dim=1, keepdim=True)).repeat_interleave(c, dim=0)[:, None]  # (N*3, 1, 7)
    planes = F.pad(chroma.reshape(1, n * c, h, w), (3, 3, 3, 3), mode="reflect")
    planes = F.conv2d(planes, kernel[:, :, None], groups=n * c)
    planes = F.conv2d(planes, kernel[..., None], groups=n * c)
    return brightness + planes.view(n, c, h, w)
