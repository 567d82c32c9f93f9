"""CIE Lab under D65 on tensors: the one implementation, for training and for restoring.

IEC 61966-2-1 (1999) for sRGB, CIE 15 (2004) for Lab. Lab of sRGB white is (100, 0, 0) exactly.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_EPSILON = (6 / 29) ** 3
_SLOPE = (29 / 6) ** 2 / 3


def _matrix(like: Tensor) -> Tensor:
    """Linear sRGB to XYZ over the white's XYZ: its rows sum to one, so that greys have no colour at all."""
    matrix = torch.tensor(_TO_XYZ, dtype=torch.float64)
    return (matrix / matrix.sum(dim=1, keepdim=True)).to(like)


def _mixed(x: Tensor, matrix: Tensor) -> Tensor:
    return torch.einsum("ij,njhw->nihw", matrix, x)


def _linear(x: Tensor) -> Tensor:
    return torch.where(x <= 0.04045, x / 12.92, ((x.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4)


def linear_to_rgb(x: Tensor) -> Tensor:
    """Linear light to sRGB's own curve."""
    return torch.where(x <= 0.0031308, x * 12.92, 1.055 * x.clamp(min=0.0031308) ** (1 / 2.4) - 0.055)


def rgb_to_lab(x: Tensor) -> Tensor:
    """(N, 3, H, W) sRGB in [0, 1] to L in [0, 100] and a, b in about [-110, 110]; float32 or float64."""
    fx, fy, fz = _root(_mixed(_linear(x), _matrix(x))).unbind(1)
    return torch.stack((116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)), dim=1)


def lightness(x: Tensor) -> Tensor:
    """L of (N, 3, H, W) sRGB alone, (N, 1, H, W): a fraction of the work, and less still for a grey photo."""
    if torch.equal(x[:, 0], x[:, 1]) and torch.equal(x[:, 1], x[:, 2]):
        luminance = _linear(x[:, :1])
    else:
        luminance = torch.einsum("j,njhw->nhw", _matrix(x)[1], _linear(x))[:, None]
    return 116 * _root(luminance) - 16


def _root(xyz: Tensor) -> Tensor:
    return torch.where(xyz > _EPSILON, xyz.clamp(min=_EPSILON) ** (1 / 3), _SLOPE * xyz + 4 / 29)


def lab_to_linear(lab: Tensor) -> Tensor:
    """(N, 3, H, W) Lab to linear sRGB, outside [0, 1] where sRGB lacks the colour."""
    light, a, b = lab.unbind(1)
    fy = (light + 16) / 116
    root = torch.stack((fy + a / 500, fy, fy - b / 200), dim=1)
    xyz = torch.where(root > 6 / 29, root**3, (root - 4 / 29) / _SLOPE)
    return _mixed(xyz, torch.linalg.inv(_matrix(lab).double()).to(lab))


def lab_to_rgb(lab: Tensor) -> Tensor:
    """(N, 3, H, W) Lab to sRGB, outside [0, 1] where sRGB lacks the colour."""
    return linear_to_rgb(lab_to_linear(lab))


def mean_chroma(rgb_u8: NDArray[np.uint8]) -> float:
    """How far from grey a photo (H, W, 3) is on the whole, in units of Lab."""
    x = torch.from_numpy(rgb_u8).permute(2, 0, 1)[None].float() / 255
    return float(rgb_to_lab(x)[:, 1:].square().sum(1).sqrt().mean())
