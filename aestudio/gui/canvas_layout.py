"""How before and after share the canvas: rectangles only, in device pixels."""

from enum import Enum

from PySide6.QtCore import QRect


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


def loupe_window(frame: QRect, pane: QRect, width: int, height: int, margin: int) -> QRect | None:
    """Where the loupe shows its pixels: in the lower right corner, in the left one if its frame is there.

    None where there is no room.
    """
    if width + 2 * margin > pane.width() or height + 2 * margin > pane.height():
        return None
    bottom = pane.y() + pane.height() - margin - height
    right = QRect(pane.x() + pane.width() - margin - width, bottom, width, height)
    return right if not right.intersects(frame) else QRect(pane.x() + margin, bottom, width, height)
