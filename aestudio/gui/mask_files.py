"""Masks from picture files and into them."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from aestudio.errors import AEStudioError
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.session import OpenPhoto
from aestudio.images.formats import READABLE
from aestudio.images.mask import read_mask, write_mask
from aestudio.images.painted import PaintedMask
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.gui.studio import Studio

ENDING = ".png"


@dataclass(frozen=True, eq=False)
class LoadedMask:
    """A mask from a file, for a photo."""

    entry: OpenPhoto
    painted: PaintedMask


class MaskFiles(QObject):
    """Asks for files, and tells under the canvas what became of them."""

    loaded = Signal(object)  # PaintedMask of the size of the photo on the canvas

    def __init__(self, studio: "Studio", runner: JobRunner) -> None:
        super().__init__(studio)
        self._studio = studio
        self._runner = runner
        runner.succeeded.connect(self._on_read)

    @Slot()
    def load(self) -> None:
        """Ask for a file, and read it."""
        entry = self._studio.current
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        name, _ = QFileDialog.getOpenFileName(
            self._studio, self.tr("Load a mask"), self._studio.keeper.folder, self.tr("Pictures") + f" ({suffixes})"
        )
        if name and entry is not None and not self._runner.busy:
            self._runner.start(partial(_read, entry, Path(name)))

    def save(self, painted: PaintedMask) -> None:
        """Ask for a file, and write the mask into it."""
        entry = self._studio.current
        if entry is None:
            return
        proposed = entry.path.with_name(f"{entry.path.stem}-mask{ENDING}")
        name, _ = QFileDialog.getSaveFileName(
            self._studio, self.tr("Save the mask"), str(proposed), self.tr("Masks") + f" (*{ENDING})"
        )
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == ENDING else Path(f"{name}{ENDING}")
        try:  # the dialog asked about the name that it gave, and no other
            write_mask(painted.pixels(), path, overwrite=path == asked and path != entry.path)
        except AEStudioError as exc:
            self._studio.messages.show_failure(Failure.of(exc))
        else:
            self._studio.messages.show_note(self.tr("Mask saved as {name}.").format(name=path.name))

    @Slot(object)
    def _on_read(self, read: object) -> None:
        """Offer to scale a mask of another size."""
        photo = self._studio.photo
        if not isinstance(read, LoadedMask) or photo is None or read.entry is not self._studio.current:
            return
        painted = read.painted
        if (painted.height, painted.width) != (photo.height, photo.width):
            question = self.tr("{name} has {mask_width} × {mask_height} pixels, the photo {width} × {height}.").format(
                name=painted.name,
                mask_width=painted.width,
                mask_height=painted.height,
                width=photo.width,
                height=photo.height,
            )
            box = QMessageBox(QMessageBox.Icon.Question, self.tr("Load a mask"), question, parent=self._studio)
            box.setInformativeText(self.tr("Shall the mask be scaled to the photo?"))
            scale = box.addButton(self.tr("Scale"), QMessageBox.ButtonRole.AcceptRole)
            box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
            box.exec()
            if box.clickedButton() is not scale:
                return
            painted = painted.scaled(photo.height, photo.width)
        self.loaded.emit(painted)


def _read(entry: OpenPhoto, path: Path, progress: Progress) -> LoadedMask:
    progress.check()
    return LoadedMask(entry, PaintedMask.of(read_mask(path), path.name))
