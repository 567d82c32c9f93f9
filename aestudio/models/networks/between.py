"""Tables that hold one row for each quality."""

from torch import Tensor


def between(table: Tensor, level: Tensor) -> Tensor:
    """Rows of (Q, C) at N levels from 0 to Q - 1, mixed linearly where they lie between two: (N, C)."""
    level = level.clamp(0, len(table) - 1)
    below = level.floor().clamp(max=len(table) - 2).long()
    share = (level - below)[:, None].to(table.dtype)
    return table[below] * (1 - share) + table[below + 1] * share
