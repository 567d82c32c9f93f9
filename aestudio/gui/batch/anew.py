"""Asks what is to become of an earlier job's results, where another job is to go to their folder."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from aestudio.batch.job import BatchJob
from aestudio.gui.icons import icon


class AnewQuestion(QObject):
    """One question at a time; nothing waits for the answer."""

    chosen = Signal(object)  # BatchJob that is to be started anew

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._job: BatchJob | None = None
        self.box: QMessageBox | None = None

    def ask(self, job: BatchJob) -> None:
        """Ask about a job that was refused."""
        if self.box is not None:
            return
        self._job = job
        self.box = box = QMessageBox(self._page.window())
        box.setWindowTitle("AEStudio")
        box.setIconPixmap(icon("help-circle-outline").pixmap(32, 32))
        box.setText(self.tr("In {folder} lie the results of another job.").format(folder=job.output.folder))
        box.setInformativeText(
            self.tr("Its steps or its format were other ones. What is to become of files whose names are needed?")
        )
        self.replace = box.addButton(self.tr("Replace them"), QMessageBox.ButtonRole.DestructiveRole)
        self.replace.setToolTip(self.tr("Start anew. Results of the same names are written over them."))
        self.keep = box.addButton(self.tr("Keep them"), QMessageBox.ButtonRole.AcceptRole)
        self.keep.setToolTip(self.tr("Start anew. New results get a number behind their names."))
        stay = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        stay.setToolTip(self.tr("Start nothing, and choose another folder."))
        box.setEscapeButton(stay)
        box.setDefaultButton(stay)
        box.buttonClicked.connect(self._on_answered)
        box.open()

    @Slot(object)
    def _on_answered(self, button: object) -> None:
        box, self.box = self.box, None
        if box is not None:
            box.deleteLater()
        existing = "replace" if button is self.replace else "number" if button is self.keep else ""
        if existing and self._job is not None:
            self.chosen.emit(replace(self._job, output=replace(self._job.output, existing=existing)))
