"""How before and after share the canvas: rectangles only, in device pixels."""

import math
from collections.abc import Iterable
from enum import Enum
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from aestudio.images.photo import Box

FEW = 6  # rectangles painted one by one
MANY = 60  # rectangles counted one by one


class CompareMode(Enum):
    """How before and after are laid out."""

    SPLIT = "split"
    SIDE_BY_SIDE = "side_by_side"
    SINGLE = "single"


def panes(whole: QRect, mode: CompareMode, gap: int) -> list[QRect]:
    """The areas that show the photo: two of one size beside each other, or one."""
    if mode != CompareMode.SIDE_BY_SIDE:
        return [whole]
    width = max(1, (whole.width() - gap) // 2)
    left = QRect(0, 0, width, whole.height())
    return [left, left.translated(whole.width() - width, 0)]


def cut(rect: QRect, x: int) -> tuple[QRect, QRect]:
    """A rectangle's parts left and right of `x`."""
    width = min(max(x - rect.x(), 0), rect.width())
    left = QRect(rect.x(), rect.y(), width, rect.height())
    return left, QRect(rect.x() + width, rect.y(), rect.width() - width, rect.height())


def device_rect(rect: QRect, scale: float) -> QRect:
    """Qt's pixels to device pixels, rounded outwards."""
    left, top = math.floor(rect.x() * scale), math.floor(rect.y() * scale)
    return QRect(left, top, math.ceil(rect.width() * scale) + 1, math.ceil(rect.height() * scale) + 1)


def device_region(region: QRegion, scale: float) -> QRegion:
    """The same of a region: its rectangles do not overlap, so that nothing translucent is painted twice."""
    whole = QRegion()
    for rect in few_rects(region, MANY):
        whole |= device_rect(rect, scale)
    return whole


def few_rects(region: QRegion, few: int = FEW) -> list[QRect]:
    """The rectangles a region consists of, or the one around it all where they are so many that it costs less."""
    if region.isEmpty():
        return []
    if region.rectCount() > few:
        return [region.boundingRect()]
    return list(cast(Iterable[QRect], region))  # Qt's type hints do not know that it can be walked over


def loupe_box(centre: tuple[float, float], side: int, width: int, height: int) -> Box:
    """The photo pixels under a loupe, moved inside a photo of that width and height."""
    across, down = min(side, width), min(side, height)
    left = min(max(0, round(centre[0] - across / 2)), width - across)
    top = min(max(0, round(centre[1] - down / 2)), height - down)
    return Box(top, top + down, left, left + across)


def loupe_window(frame: QRect, pane: QRect, width: int, height: int, margin: int) -> QRect | None:
    """Where the loupe shows its pixels: in the lower right corner, in the left one if its frame is there.

    None where there is no room.
    """
    if width + 2 * margin > pane.width() or height + 2 * margin > pane.height():
        return None
    bottom = pane.y() + pane.height() - margin - height
    right = QRect(pane.x() + pane.width() - margin - width, bottom, width, height)
    return right if not right.intersects(frame) else QRect(pane.x() + margin, bottom, width, height)
