"""Closing the window: one question at most, and only if something would be lost."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from aestudio.gui.icons import icon
from aestudio.gui.services import Services
from aestudio.gui.studio import Studio


class Closing(QObject):
    """Decides whether the window may close now; emits ready when it may later."""

    ready = Signal()

    def __init__(self, studio: Studio, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._services = services
        self._window = window
        self._decided = False
        self._saving = False
        self._failed = False
        self.question: QMessageBox | None = None
        studio.saving.failed.connect(self._on_save_failed)
        studio.saving.finished.connect(self._on_saving_finished)
        services.restorations.idle.connect(self._on_idle)
        services.compressor.idle.connect(self._on_idle)
        services.batch.ended.connect(self._on_idle)
        services.training.ended.connect(self._on_idle)

    def may_close(self) -> bool:
        """True if nothing runs and nothing is lost; else the user is asked, or what runs is waited for."""
        if self._decided or self._saving:
            return self._decided and self._nothing_runs
        if self.question is not None:
            return False
        unsaved = len(self._studio.unsaved)
        if not unsaved and self._nothing_runs:
            return True
        self._ask(unsaved)
        return False

    @property
    def _nothing_runs(self) -> bool:
        return not (self._studio.busy or self._services.batch.running or self._services.training.running)

    def _ask(self, unsaved: int) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle("AEStudio")
        box.setIconPixmap(icon("help-circle-outline").pixmap(32, 32))
        sentences = []
        if self._services.restorations.running is not None:
            sentences.append(self.tr("A photo is still being restored. Closing stops that."))
        elif self._studio.compressing:
            sentences.append(self.tr("A photo is still being compressed. Closing stops that."))
        elif self._studio.saving.busy:
            sentences.append(self.tr("A photo is still being saved. That is finished first."))
        if self._services.batch.running:
            sentences.append(self._about_batch())
        if self._services.training.running:
            sentences.append(
                self.tr("A training is still running. Closing stops it; it can be gone on with from its checkpoint.")
            )
        if unsaved:
            sentences.append(self.tr("%n photo(s) have results that are not saved.", "", unsaved))
            save = box.addButton(self.tr("Save all"), QMessageBox.ButtonRole.AcceptRole)
            save.setToolTip(self.tr("Each beside its original, under a new name."))
            box.addButton(self.tr("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        else:
            box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(stay)
        box.setDefaultButton(stay)
        box.setText(" ".join(sentences))
        box.buttonClicked.connect(self._on_answered)
        self.question = box
        box.open()

    def _about_batch(self) -> str:
        if self._services.batch.watching:
            return self.tr("A batch still watches its folders. Closing ends that; it can be gone on with later.")
        return self.tr("A batch is still running. Closing stops it; it can be gone on with later.")

    def _stop(self) -> None:
        self._decided = True
        self._studio.cancel()
        self._services.batch.cancel()
        self._services.training.leave()

    def _go_on(self) -> None:
        if self._decided and self._nothing_runs:
            self.ready.emit()

    @Slot(object)
    def _on_answered(self, button: object) -> None:
        box, self.question = self.question, None
        if box is None:
            return
        role = next((box.buttonRole(b) for b in box.buttons() if b is button), QMessageBox.ButtonRole.RejectRole)
        box.deleteLater()
        if role == QMessageBox.ButtonRole.DestructiveRole:
            self._stop()
            self._go_on()
        elif role == QMessageBox.ButtonRole.AcceptRole:
            self._failed = False
            self._saving = True
            self._studio.cancel()
            self._studio.saving.save_all(self._studio.unsaved)

    @Slot()
    def _on_save_failed(self) -> None:
        self._failed = True

    @Slot()
    def _on_saving_finished(self) -> None:
        if self._saving:
            self._saving = False
            if not self._failed:
                self._stop()
        self._go_on()

    @Slot()
    def _on_idle(self) -> None:
        self._go_on()
