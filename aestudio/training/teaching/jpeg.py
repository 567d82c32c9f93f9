"""What JPEG does to pixels, as tensor operations: blocks, cosine transform, quantisation. No bits are written."""

import math
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

# ITU-T T.81 (1992), Annex K, tables K.1 and K.2
_LUMA_TABLE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMA_TABLE = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *((99,) * 8,) * 4,
)
_TO_YCC = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))


@cache
def _constants(device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The cosine transform of a block (64, 64), the two quantisation tables (2, 8, 8), RGB to YCbCr (3, 3) and back."""
    basis = [
        [math.sqrt((1 if u == 0 else 2) / 8) * math.cos((2 * x + 1) * u * math.pi / 16) for x in range(8)]
        for u in range(8)
    ]
    tables = torch.tensor([_LUMA_TABLE, _CHROMA_TABLE], dtype=torch.float32)
    across = torch.tensor(basis, device=device)
    to_ycc = torch.tensor(_TO_YCC)
    return torch.kron(across, across), tables.to(device), to_ycc.to(device), torch.linalg.inv(to_ycc).to(device)


def jpeg(x: Tensor, quality: Tensor, *, subsample: bool) -> Tensor:
    """Compress and decompress a batch.

    `x` is (N, 3, H, W) in [0, 1], H and W multiples of 16; `quality` is (N, 1, 1, 1) on libjpeg's scale of 1 to 100;
    `subsample` halves the colour resolution (4:2:0). The result is rounded to 8 bits, in [0, 1].
    """
    with torch.autocast(x.device.type, enabled=False):  # bfloat16 has fewer steps than an 8-bit file
        return _jpeg(x, quality, subsample=subsample)


def _jpeg(x: Tensor, quality: Tensor, *, subsample: bool) -> Tensor:
    _, tables, to_ycc, to_rgb = _constants(x.device)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality).view(-1, 1, 1, 1)
    luma_table, chroma_table = (((t * scale + 50) / 100).floor().clamp(1, 255) for t in tables)
    levels = (x.clamp(0, 1) * 255).round()
    ycc = torch.einsum("oc,nchw->nohw", to_ycc, levels)
    y = _code_plane(ycc[:, :1] - 128, luma_table) + 128
    chroma = ycc[:, 1:]
    if subsample:
        chroma = F.avg_pool2d(chroma, 2)
    chroma = _code_plane(chroma, chroma_table)
    if subsample:
        chroma = F.interpolate(chroma, scale_factor=2, mode="bilinear", align_corners=False)
    rgb = torch.einsum("oc,nchw->nohw", to_rgb, torch.cat((y, chroma), dim=1))
    return rgb.round().clamp(0, 255) / 255


def _code_plane(plane: Tensor, table: Tensor) -> Tensor:
    """Quantise the cosine coefficients of (N, C, H, W) planes; `table` is (N, 1, 8, 8)."""
    transform = _constants(plane.device)[0]
    n, c, h, w = plane.shape
    blocks = plane.reshape(n, c, h // 8, 8, w // 8, 8).permute(0, 1, 2, 4, 3, 5)  # (n, c, h/8, w/8, 8, 8)
    steps = table.view(n, 1, 1, 1, 64)
    coefficients = (blocks.flatten(4) @ transform.T / steps).round_() * steps
    blocks = (coefficients @ transform).view(n, c, h // 8, w // 8, 8, 8)
    return blocks.permute(0, 1, 2, 4, 3, 5).reshape(n, c, h, w)
