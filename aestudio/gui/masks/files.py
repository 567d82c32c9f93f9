"""Masks from picture files and into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from aestudio.errors import ImageError
from aestudio.gui.masks.jobs import Job, MaskJobs
from aestudio.gui.session import OpenPhoto
from aestudio.images.atomic import same_file
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


@dataclass(frozen=True)
class SavedMask:
    """A mask is in a file now."""

    path: Path


class MaskFiles(QObject):
    """Asks for files, and tells under the canvas what became of them."""

    loaded = Signal(object)  # PaintedMask of the size of the photo on the canvas

    def __init__(self, studio: "Studio", jobs: MaskJobs) -> None:
        super().__init__(studio)
        self._studio = studio
        self._jobs = jobs
        jobs.done.connect(self._on_done)

    @Slot()
    def load(self) -> None:
        """Ask for a file, and read it."""
        entry = self._studio.current
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        name, _ = QFileDialog.getOpenFileName(
            self._studio, self.tr("Load a mask"), self._studio.keeper.folder, self.tr("Pictures") + f" ({suffixes})"
        )
        if name and entry is not None:
            self._do(partial(_read, entry, Path(name)))

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
        photos = [each.path for each in self._studio.model.entries if not each.pasted]
        # the dialog asked about the name that it gave, and no other
        self._do(partial(_write, painted, path, path == asked, photos), changes=False)

    def _do(self, job: Job, *, changes: bool = True) -> None:
        self._jobs.do(lambda: job, changes=changes)

    @Slot(object)
    def _on_done(self, done: object) -> None:
        if isinstance(done, SavedMask):
            self._studio.messages.show_note(self.tr("Mask saved as {name}.").format(name=done.path.name))
        elif isinstance(done, LoadedMask):
            self._take(done)

    def _take(self, read: LoadedMask) -> None:
        """Offer to scale a mask of another size."""
        photo = self._studio.photo
        if photo is None or read.entry is not self._studio.current:
            return
        painted = read.painted
        if (painted.height, painted.width) == (photo.height, photo.width):
            self.loaded.emit(painted)
            return
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
        agreed = box.clickedButton() is scale
        box.deleteLater()
        if agreed:  # another photo may have come meanwhile: whoever takes it then looks again
            self._do(partial(_scale, read, photo.height, photo.width))


def _read(entry: OpenPhoto, path: Path, progress: Progress) -> LoadedMask:
    progress.check()
    return LoadedMask(entry, PaintedMask.of(read_mask(path), path.name))


def _scale(read: LoadedMask, height: int, width: int, progress: Progress) -> LoadedMask:
    progress.check()
    return LoadedMask(read.entry, read.painted.scaled(height, width))


def _write(painted: PaintedMask, path: Path, overwrite: bool, photos: Sequence[Path], progress: Progress) -> SavedMask:
    del progress  # it is written even if the window closes at once
    if any(same_file(path, photo) for photo in photos):
        raise ImageError(
            "{name} is the original photo, which is never overwritten. Please choose another name.", name=path.name
        )
    return SavedMask(write_mask(painted.pixels(), path, overwrite=overwrite))
