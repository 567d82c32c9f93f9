"""Learns a mark from a folder of photos that carry it, shows it, and keeps it if it is wanted."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.masks.mark_view import MarkView, mark_picture
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, thin_bar
from aestudio.images.io import photo_paths
from aestudio.progress import Progress, Step

if TYPE_CHECKING:  # these import torch, which the window does not wait for
    from aestudio.tasks.known_mark import KnownMark
    from aestudio.tasks.learn_mark import LearntMark
    from aestudio.tasks.mark_library import MarkLibrary


@dataclass(frozen=True, eq=False)
class Learnt:
    """What came of a folder, with the picture that is shown of it."""

    folder: Path
    found: "LearntMark"
    picture: NDArray[np.uint8]


class LearnMarkDialog(QDialog):
    """Works in a thread of its own. Whatever fails is told here, and another folder can be tried."""

    kept = Signal(object)  # KnownMark, as it is in the library

    def __init__(
        self, runner: JobRunner, library: "MarkLibrary", start: str, fewest: int, parent: QWidget | None = None
    ) -> None:
        """`runner` is idle, and nobody else's while the dialog is open; folders are looked for from `start` on."""
        super().__init__(parent)
        self._runner = runner
        self._library = library
        self._start = start
        self._learnt: Learnt | None = None
        self._keeping = False
        self.setWindowTitle(self.tr("Learn my mark"))
        advice = self.tr(
            "Choose a folder of your own photos that carry the same mark at the same place: at least {fewest} of one "
            "size. The more they differ in everything else, the better it is told apart."
        )
        self.advice = QLabel(advice.format(fewest=fewest))
        self.advice.setWordWrap(True)
        self.folder = QLabel(self.tr("No folder chosen"))
        self.folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setToolTip(self.tr("The folder whose photos are looked at."))
        self.choose = QPushButton(self.tr("Choose folder…"))
        self.choose.setIcon(icon("folder-open-outline"))
        self.choose.setToolTip(self.tr("Look for the mark in the photos of a folder."))
        self.choose.setAccessibleName(self.tr("Choose a folder"))
        self.bar = thin_bar(self.tr("Progress"))
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setIcon(icon("close"))
        self.stop.setToolTip(self.tr("Stop looking at these photos."))
        self.stop.setAccessibleName(self.tr("Cancel learning"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleName(self.tr("Message"))
        self.view = MarkView()
        self.learnt_from = QLabel()
        self.name_edit = QLineEdit()
        self.name_edit.setAccessibleName(self.tr("Name of the mark"))
        self.name_edit.setToolTip(self.tr("The name under which the mark is kept."))
        buttons = QDialogButtonBox()
        self.keep = buttons.addButton(self.tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setToolTip(self.tr("Add the mark to your marks, and take it off this photo."))
        self.discard = buttons.addButton(self.tr("Discard"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.choose, self.stop, self.discard):
            button.setAutoDefault(False)
        self._lay_out(buttons)
        self.choose.clicked.connect(self._on_choose)
        self.stop.clicked.connect(runner.cancel)
        self.name_edit.textChanged.connect(self._show_state)
        buttons.accepted.connect(self._on_keep)
        buttons.rejected.connect(self.reject)
        runner.progressed.connect(self._on_progressed)
        runner.succeeded.connect(self._on_succeeded)
        runner.failed.connect(self._on_failed)
        runner.cancelled.connect(self._on_cancelled)
        runner.finished.connect(self._show_state)
        self._show_state()

    def reject(self) -> None:
        """Close; what is being learnt is given up. A mark that is being written is waited for."""
        if not self._keeping:
            self._runner.cancel()
            super().reject()

    def learn_from(self, folder: Path) -> None:
        """Begin to look at a folder's photos. A mark that was learnt before stays until there is another one."""
        if self._runner.busy:
            return
        self.folder.setText(str(folder))
        self.folder.setToolTip(str(folder))
        self._say("")
        self.bar.setValue(0)
        self._runner.start(partial(_learn, folder))
        self._show_state()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        place = QHBoxLayout()
        place.setSpacing(2 * GAP)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        work = QHBoxLayout()
        work.setSpacing(2 * GAP)
        work.addWidget(self.bar, 1)
        work.addWidget(self.stop)
        self._work = QWidget()
        self._work.setLayout(work)
        work.setContentsMargins(0, 0, 0, 0)
        label = QLabel(self.tr("&Name"))
        label.setBuddy(self.name_edit)
        name = QHBoxLayout()
        name.setContentsMargins(0, 0, 0, 0)
        name.setSpacing(2 * GAP)
        name.addWidget(label)
        name.addWidget(self.name_edit, 1)
        found = QVBoxLayout()
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(2 * GAP)
        found.addWidget(self.view, 1)
        found.addWidget(self.learnt_from)
        found.addLayout(name)
        self._found = QWidget()
        self._found.setLayout(found)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        column.setSpacing(3 * GAP)
        column.addWidget(self.advice)
        column.addLayout(place)
        column.addWidget(self._work)
        column.addWidget(self.message)
        column.addWidget(self._found, 1)
        column.addWidget(buttons)
        self.setMinimumWidth(600)

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    @Slot()
    def _show_state(self) -> None:
        busy = self._runner.busy
        had_focus = self.stop.hasFocus()
        self._work.setVisible(busy and not self._keeping)
        self.choose.setEnabled(not busy)
        self._found.setVisible(self._learnt is not None)
        self._found.setEnabled(not busy)
        self.keep.setVisible(self._learnt is not None)
        self.keep.setEnabled(not busy and bool(self.name_edit.text().strip()))
        self.discard.setText(self.tr("Close") if self._learnt is None else self.tr("Discard"))
        self.discard.setToolTip(
            self.tr("Close this window (Esc).") if self._learnt is None else self.tr("Close without the mark (Esc).")
        )
        if had_focus and not busy:
            (self.choose if self._learnt is None else self.name_edit).setFocus()

    @Slot()
    def _on_choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of photos with your mark"), self._start)
        if name:
            self._start = name
            self.learn_from(Path(name))

    @Slot()
    def _on_keep(self) -> None:
        if self._learnt is None or self._runner.busy:
            return
        self._keeping = True
        self._say("")
        self._runner.start(partial(_keep, self._library, self._learnt.found.mark, self.name_edit.text().strip()))
        self._show_state()

    @Slot(object)
    def _on_progressed(self, step: Step) -> None:
        self.bar.setValue(round(BAR_STEPS * step.fraction))
        self._say(self.tr("Looking at {name}…").format(name=step.note) if step.note else self.tr("Learning the mark…"))

    @Slot(object)
    def _on_succeeded(self, result: "Learnt | KnownMark") -> None:
        if not isinstance(result, Learnt):
            self._keeping = False
            self.kept.emit(result)
            self.accept()
            return
        self._learnt = result
        self._say("")
        self.view.show_picture(result.picture)
        text = self.tr("Learnt from %n photo(s) in {folder}.", "", result.found.photos)
        self.learnt_from.setText(text.format(folder=result.folder.name))
        self.name_edit.setText(result.folder.name)
        self.name_edit.selectAll()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._keeping = False
        self._say(failure.sentence)

    @Slot()
    def _on_cancelled(self) -> None:
        self._say(self.tr("Learning was stopped."))


def _learn(folder: Path, progress: Progress) -> Learnt:
    from aestudio.tasks.learn_mark import learn_mark

    found = learn_mark(photo_paths(folder), folder.name or str(folder), progress)
    return Learnt(folder, found, mark_picture(found.mark))


def _keep(library: "MarkLibrary", mark: "KnownMark", name: str, progress: Progress) -> "KnownMark":
    progress.check()
    return library.read(library.keep(mark, name))
