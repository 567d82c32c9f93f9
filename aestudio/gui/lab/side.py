"""The after side of the canvas when something may lie over what the tools made."""

from collections.abc import Hashable

from aestudio.gui.canvas.after_side import AfterSide
from aestudio.gui.canvas.image_view import ImageView
from aestudio.images.photo import Box, Pixels


class CoveredSide(AfterSide):
    """Keeps what the tools made of the photo while the compression lab has both sides of the canvas.

    The tools need not know: what they finish is kept below the cover, and what they begin takes the cover away, as it
    shows a photo that is no more.
    """

    def __init__(self, view: ImageView) -> None:
        super().__init__(view)
        self.covered = False
        self._cover: tuple[Pixels | None, Pixels | None] = None, None
        self._below: Pixels | None = None  # the tools' finished result
        self._strength = 1.0  # that the tools wish for

    def cover(self, before: Pixels | None, after: Pixels, labels: tuple[str, str]) -> None:
        """Show two pictures of the photo's size and what each is; None: the photo itself is before."""
        self._view.set_labels(labels)
        self._view.set_strength(1.0)
        if self._cover[0] is not before:
            self._view.set_reference(before)
        if self._cover[1] is not after:
            self._view.set_result(after)
        self.covered = True
        self._cover = before, after

    def uncover(self) -> None:
        """Show the photo again, and what the tools made of it."""
        if not self.covered:
            return
        self._take_off()
        self._view.set_result(self._below)

    def _take_off(self) -> None:
        self.covered = False
        self._cover = None, None
        self._view.set_labels(None)
        self._view.set_reference(None)
        self._view.set_strength(self._strength)

    def reset(self) -> None:
        """Another photo is on the canvas."""
        super().reset()
        self.covered = False
        self._cover = None, None
        self._below = None
        self._view.set_labels(None)

    def start(self, strength: float) -> None:
        """A result is being made. What is shown stays until there is something of it."""
        self._strength = strength
        if self.covered:
            self._begin_anew = True
        else:
            super().start(strength)

    def sketch(self, pixels: Pixels) -> None:
        """A small picture of the result that is being made."""
        self._give_way()
        super().sketch(pixels)

    def put(self, box: Box, pixels: Pixels) -> None:
        """A box of the result that is being made."""
        self._give_way()
        super().put(box, pixels)

    def _give_way(self) -> None:
        if self.covered:
            self._take_off()
        self._below = None

    def show(self, key: Hashable, pixels: Pixels, strength: float) -> None:
        """A finished result."""
        self._below, self._strength = pixels, strength
        if self.covered:
            self.key = key
        else:
            super().show(key, pixels, strength)

    def clear(self) -> None:
        """No result any more."""
        self._below = None
        if self.covered:
            self.key = None
        else:
            super().clear()

    def drop_partial(self) -> None:
        """Take a half-finished result away."""
        if not self.covered:
            super().drop_partial()
