"""What of a result is on the canvas: a sketch, some of its boxes, or all of it."""

from collections.abc import Hashable

from aestudio.gui.canvas.image_view import ImageView
from aestudio.images.photo import Box, Pixels


class AfterSide:
    """Keeps apart what belongs to different results of the photo on the canvas."""

    def __init__(self, view: ImageView) -> None:
        self._view = view
        self.key: Hashable = None  # of the finished result on the canvas; None while there is none
        self._begin_anew = False  # the next box belongs to another result than those on the canvas

    def reset(self) -> None:
        """Another photo is on the canvas."""
        self.key = None
        self._begin_anew = True

    def start(self, strength: float) -> None:
        """A result is being made. What is shown stays until there is something of it."""
        self._begin_anew = True
        self._view.set_strength(strength)

    def sketch(self, pixels: Pixels) -> None:
        """A small picture of the result that is being made."""
        self._begin_anew = False
        self.key = None
        self._view.begin_result(pixels)

    def put(self, box: Box, pixels: Pixels) -> None:
        """A box of the result that is being made."""
        if self._begin_anew:
            self._begin_anew = False
            self.clear()
        self._view.update_tile(box, pixels)

    def show(self, key: Hashable, pixels: Pixels, strength: float) -> None:
        """A finished result."""
        self._view.set_strength(strength)
        if self.key != key:
            self._view.set_result(pixels)
            self.key = key

    def clear(self) -> None:
        """No result any more."""
        self._view.clear_result()
        self.key = None

    def drop_partial(self) -> None:
        """Take a half-finished result away."""
        if self.key is None and self._view.has_result:
            self._view.clear_result()
