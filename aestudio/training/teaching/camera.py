"""A simulated camera: from a clean photo back to sensor values, noise where it really arises, and forth again.

The idea and the noise statistics are those of "Unprocessing Images for Learned Raw Denoising" (Brooks et al., CVPR
2019); the demosaicing filters are bilinear and Malvar, He & Cutler, ICASSP 2004.
"""

from dataclasses import dataclass
from functools import cache

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
    malvar: Tensor  # bool, (): demosaicing by Malvar's filters, else bilinear; a number would have to be waited for

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
            malvar=torch.rand((), device=device, generator=generator) < 0.6,
        )


_KNEE = 0.04045  # sRGB value up to which it is proportional to light
_KNEE_LIGHT = _KNEE / 12.92


def srgb_to_linear(x: Tensor) -> Tensor:
    """IEC 61966-2-1: sRGB values in [0, 1] to light. Both pieces are added: choosing between them takes longer."""
    curve = x.clamp(min=_KNEE).add_(0.055).div_(1.055).pow_(2.4)
    return curve.sub_(_KNEE_LIGHT).add_(x.clamp(max=_KNEE).div_(12.92))


def linear_to_srgb(x: Tensor) -> Tensor:
    """IEC 61966-2-1: light to sRGB values in [0, 1]."""
    curve = x.clamp(min=_KNEE_LIGHT).pow_(1 / 2.4).mul_(1.055)
    return curve.sub_(0.055 + _KNEE).add_(x.clamp(max=_KNEE_LIGHT).mul_(12.92))


def photograph(clean: Tensor, camera: Camera, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """What the camera makes of a scene, with and without noise: two (N, 3, H, W) in [0, 1].

    `clean` is the scene as sRGB, (N, 3, H, W) in [0, 1], H and W even. In float32, whatever the network around computes
    in: bfloat16 has fewer steps than an 8-bit file.
    """
    with torch.autocast(clean.device.type, enabled=False):
        return _photograph(clean, camera, generator)


def _photograph(clean: Tensor, camera: Camera, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    light = _through(torch.linalg.inv_ex(camera.matrix).inverse, srgb_to_linear(clean)).clamp_(0, 1)
    gains = torch.cat((camera.gain_red, torch.ones_like(camera.gain_red), camera.gain_blue), dim=1)  # (N, 3, 1, 1)
    raw = mosaic(light.div_(gains))
    noise = torch.randn(raw.shape, device=raw.device, generator=generator)
    noisy_raw = (raw + (camera.shot * raw + camera.read**2).sqrt_() * noise).clamp_(max=1)
    noisy_raw = torch.where(camera.keeps_black, noisy_raw, noisy_raw.clamp(min=0))
    noisy, target = _develop(torch.cat((noisy_raw, raw)), gains, camera).chunk(2)
    return _smooth_colour(noisy - target, camera.chroma_blur).add_(target).clamp_(0, 1), target


def mosaic(rgb: Tensor) -> Tensor:
    """(N, 3, H, W) to the (N, 1, H, W) that a sensor under a Bayer filter (RGGB) sees."""
    raw = rgb[:, 1:2].clone()
    raw[:, :, 0::2, 0::2] = rgb[:, 0:1, 0::2, 0::2]
    raw[:, :, 1::2, 1::2] = rgb[:, 2:3, 1::2, 1::2]
    return raw


def _develop(raw: Tensor, gains: Tensor, camera: Camera) -> Tensor:
    """(M, 1, H, W) to (M, 3, H, W); each camera has every N-th of the M photos."""
    times = len(raw) // len(gains)
    rgb = demosaic(raw, malvar=camera.malvar).mul_(gains.repeat(times, 1, 1, 1)).clamp_(max=1)
    x = linear_to_srgb(_through(camera.matrix.repeat(times, 1, 1), rgb).clamp_(0, 1))
    return x + camera.contrast.repeat(times, 1, 1, 1) * (x * x * (3 - 2 * x) - x)


def _through(matrix: Tensor, x: Tensor) -> Tensor:
    """The colours of (N, 3, H, W), each sample through its own (N, 3, 3) matrix."""
    return (matrix @ x.flatten(2)).view_as(x)


# Malvar, He & Cutler, figure 2: how each colour is found at a pixel of another one, in eighths
_GREEN = ((0, 0, -1, 0, 0), (0, 0, 2, 0, 0), (-1, 2, 4, 2, -1), (0, 0, 2, 0, 0), (0, 0, -1, 0, 0))
_ROW = ((0, 0, 0.5, 0, 0), (0, -1, 0, -1, 0), (-1, 4, 5, 4, -1), (0, -1, 0, -1, 0), (0, 0, 0.5, 0, 0))
_DIAGONAL = ((0, 0, -1.5, 0, 0), (0, 2, 0, 2, 0), (-1.5, 0, 6, 0, -1.5), (0, 2, 0, 2, 0), (0, 0, -1.5, 0, 0))
_BILINEAR_GREEN = ((0, 0, 0, 0, 0), (0, 0, 2, 0, 0), (0, 2, 0, 2, 0), (0, 0, 2, 0, 0), (0, 0, 0, 0, 0))
_BILINEAR_ROW = ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0), (0, 4, 0, 4, 0), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0))
_BILINEAR_DIAGONAL = ((0, 0, 0, 0, 0), (0, 2, 0, 2, 0), (0, 0, 0, 0, 0), (0, 2, 0, 2, 0), (0, 0, 0, 0, 0))


@cache
def _phase_kernels(device: torch.device, malvar: bool) -> Tensor:
    """(12, 4, 3, 3): from the four pixels of each cell of the filter and its neighbours to the four pixels' colours."""
    tables = (_GREEN, _ROW, _DIAGONAL) if malvar else (_BILINEAR_GREEN, _BILINEAR_ROW, _BILINEAR_DIAGONAL)
    cross, row, diagonal = torch.tensor(tables) / 8
    itself = torch.zeros(5, 5)
    itself[2, 2] = 1.0
    column = row.T
    by_colour = (  # of the cell's pixels by rows
        (itself, row, column, diagonal),  # red
        (cross, itself, itself, cross),
        (diagonal, column, row, itself),  # blue
    )
    kernels = torch.zeros(3, 4, 4, 3, 3)
    for colour, filters in enumerate(by_colour):
        for phase, kernel in enumerate(filters):
            for y in range(5):
                for x in range(5):
                    at_y, at_x = phase // 2 + y - 2, phase % 2 + x - 2  # seen from the cell
                    kernels[colour, phase, 2 * (at_y % 2) + at_x % 2, at_y // 2 + 1, at_x // 2 + 1] = kernel[y, x]
    return kernels.flatten(0, 1).to(device)


def demosaic(raw: Tensor, *, malvar: bool | Tensor) -> Tensor:
    """(N, 1, H, W) of a Bayer sensor (RGGB), H and W even, to (N, 3, H, W).

    Cells of 2×2 pixels are filtered as wholes: a single convolution at half the side, for each pixel of a cell has its
    filters to itself.
    """
    cells = F.pixel_unshuffle(F.pad(raw, (2, 2, 2, 2), mode="reflect"), 2)
    which = torch.as_tensor(malvar, device=raw.device)
    kernels = torch.where(which, _phase_kernels(raw.device, True), _phase_kernels(raw.device, False))
    return F.pixel_shuffle(F.conv2d(cells, kernels), 2)


def _smooth_colour(noise: Tensor, sigma: Tensor) -> Tensor:
    """Blur the colour of the noise and not its brightness, as cameras do: this is what makes colour noise blotchy."""
    blurred = (sigma.flatten() > 0).nonzero()[:, 0]
    if len(blurred):
        noise[blurred] = _with_smooth_colour(noise[blurred], sigma[blurred])
    return noise


def _with_smooth_colour(noise: Tensor, sigma: Tensor) -> Tensor:
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
