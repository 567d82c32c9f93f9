"""A result on its way: what is there of it goes on the canvas."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from aestudio.gui.session import OpenPhoto
from aestudio.images.photo import Box, Pixels

if TYPE_CHECKING:
    from aestudio.gui.studio import Studio


class Arriving(QObject):
    """Shows the sketch and the tiles of the photo on the canvas, and of no other."""

    def __init__(self, studio: "Studio") -> None:
        super().__init__(studio)
        self._studio = studio
        restorations = studio.services.restorations
        restorations.started.connect(self._on_started)
        restorations.previewed.connect(self._on_previewed)
        restorations.tile_restored.connect(self._on_tile_restored)
        restorations.cancelled.connect(self._on_cancelled)

    def _is_wanted(self, entry: OpenPhoto) -> bool:
        """Whether a part of the photo's result may go on the canvas: not behind the finished one that is there."""
        studio = self._studio
        if entry is not studio.current or studio.photo is None or not studio.steps:
            return False
        return studio.after.key != entry.shown_key(studio.steps)

    @Slot(object)
    def _on_started(self, entry: OpenPhoto) -> None:
        studio = self._studio
        if entry is studio.current:
            studio.after.start(studio.steps[0].settings.strength if len(studio.steps) == 1 else 1.0)

    @Slot(object, object, object)
    def _on_previewed(self, entry: OpenPhoto, pixels: Pixels, survey: object) -> None:
        if self._is_wanted(entry):
            self._studio.after.sketch(pixels)
            self._studio.surveyed.emit(entry, survey)

    @Slot(object, object, object)
    def _on_tile_restored(self, entry: OpenPhoto, box: Box, pixels: Pixels) -> None:
        if self._is_wanted(entry):
            self._studio.after.put(box, pixels)

    @Slot(object)
    def _on_cancelled(self, entry: OpenPhoto) -> None:
        if entry is self._studio.current:
            self._studio.after.drop_partial()
