"""Holes filled as smoothly as what lies around them allows: a membrane that is held at their edges."""

from torch import Tensor
from torch.nn import functional as F

_RELAXED = 6  # times at each size: every pixel of a hole becomes the mean of its neighbours


def membrane(photo: Tensor, hole: Tensor) -> Tensor:
    """(N, C, H, W) with its holes filled, (N, 1, H, W) of 0 and 1; what is in them does not matter.

    From coarse to fine (the pull-push of Gortler et al., SIGGRAPH 1996), and relaxed at each size towards the solution
    of Laplace's equation. Where nothing is kept, the fill is 0.
    """
    kept = 1 - hole
    return _filled(photo * kept, kept)


def _filled(photo: Tensor, kept: Tensor) -> Tensor:
    """The photo, 0 in its holes, with them filled; `kept` is 0 there and 1 elsewhere."""
    height, width = kept.shape[2:]
    if min(height, width) < 2:
        mean = photo.sum((2, 3), keepdim=True) / kept.sum((2, 3), keepdim=True).clamp(min=1e-6)
        return photo + mean * (1 - kept)
    share = F.avg_pool2d(kept, 2, ceil_mode=True, count_include_pad=False)
    small = F.avg_pool2d(photo, 2, ceil_mode=True, count_include_pad=False) / share.clamp(min=1e-6)
    coarse = _filled(small, (share > 0).to(kept.dtype))  # one pixel of four tells a colour as well as all of them
    filled = photo + F.interpolate(coarse, size=(height, width), mode="bilinear") * (1 - kept)
    for _ in range(_RELAXED):
        around = F.avg_pool2d(F.pad(filled, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
        filled = photo + around * (1 - kept)
    return filled
