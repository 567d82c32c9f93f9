"""What the status line says of all that works: the studio first, then a batch, a training, and a look at photos."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from aestudio.gui.batch.page import BatchPage
from aestudio.gui.engine import Comparison
from aestudio.gui.explore.looking import counts_text
from aestudio.gui.jobs import Failure
from aestudio.gui.services import Services
from aestudio.gui.session import OpenPhoto
from aestudio.gui.status_line import StatusLine
from aestudio.gui.studio import Studio
from aestudio.gui.train.page import TrainPage
from aestudio.progress import Step


class WorkStatus(QObject):
    """Listens to the services."""

    def __init__(
        self, status: StatusLine, services: Services, studio: Studio, batch: BatchPage, train: TrainPage
    ) -> None:
        super().__init__(status)
        self._status = status
        self._services = services
        self._studio = studio
        self._batch = batch
        self._train = train
        self.device = ""
        restorations = services.restorations
        restorations.ready.connect(self._on_ready)
        restorations.progressed.connect(status.show_step)
        restorations.started.connect(self._on_restoring)
        restorations.restored.connect(self._on_restored)
        restorations.failed.connect(self._on_restoring_failed)
        restorations.comparing.connect(self._on_comparing)
        restorations.idle.connect(self._on_idle)
        compressor = services.compressor
        compressor.started.connect(self._on_compressing)
        compressor.progressed.connect(self._on_compressed_further)
        compressor.idle.connect(self._on_idle)
        services.saver.started.connect(self._on_saving)
        services.saver.finished.connect(self._on_idle)
        studio.saving.saved.connect(self._on_saved)
        services.batch.started.connect(self._on_batch)
        services.batch.progressed.connect(self._on_batch)
        services.batch.changed.connect(self._on_batch)
        services.batch.state_changed.connect(self._on_batch)
        services.batch.ended.connect(self._on_batch_ended)
        for signal in (services.training.started, services.training.told, services.training.state_changed):
            signal.connect(self._on_training)
        services.training.ended.connect(self._on_training_ended)
        services.indexing.started.connect(self._on_exploring)
        services.indexing.progressed.connect(self._on_explored_further)
        services.indexing.ended.connect(self._on_exploring_ended)

    @property
    def shows_batch(self) -> bool:
        """Whether it is the batch that the line speaks of, and that its button stops."""
        return self._services.batch.running and not self._studio_works

    @property
    def shows_training(self) -> bool:
        """Whether it is a training that the line speaks of, and that its button stops."""
        services = self._services
        return services.training.running and not services.batch.running and not self._studio_works

    @property
    def shows_exploring(self) -> bool:
        """Whether it is a look at photos that the line speaks of, and that its button stops."""
        services = self._services
        others = services.batch.running or services.training.running or self._studio_works
        return services.indexing.busy and not others

    @property
    def _studio_works(self) -> bool:
        services = self._services
        restoring = services.restorations.running is not None or services.restorations.compares
        return restoring or services.saver.busy or services.compressor.busy

    @Slot(object)
    def _on_ready(self, ready: object) -> None:
        self.device = getattr(ready, "device", "")
        self._status.show_device(self.device)

    @Slot(object)
    def _on_restoring(self, entry: OpenPhoto) -> None:
        self._status.show_working(self.tr("Restoring {name}").format(name=entry.path.name))

    @Slot(object)
    def _on_comparing(self, wanted: Comparison) -> None:
        self._status.show_working(self.tr("Comparing two models on {name}").format(name=wanted.entry.path.name))

    @Slot(str)
    def _on_compressing(self, text: str) -> None:
        if self._services.restorations.running is None:  # that takes longer
            self._status.show_working(text)
            lab = self._studio.lab
            self._status.model.setText(lab.model.label if lab is not None and lab.model is not None else "")

    @Slot(object)
    def _on_compressed_further(self, step: Step) -> None:
        if self._services.restorations.running is None:
            self._status.show_step(step)

    @Slot(object)
    def _on_restored(self, outcome: object) -> None:
        self._status.model.setText(getattr(outcome, "model", ""))

    @Slot(object, object)
    def _on_restoring_failed(self, entry: OpenPhoto | None, failure: Failure) -> None:
        del failure
        if entry is None:
            self._status.device.setText(self.tr("The tools could not be loaded."))

    @Slot(object)
    def _on_saving(self, order: object) -> None:
        path: Path = getattr(order, "path", Path())
        self._status.text.setText(self.tr("Saving {name}").format(name=path.name))

    @Slot(object)
    def _on_saved(self, entry: OpenPhoto) -> None:
        if entry.saved_as is not None and self._services.restorations.running is None:
            self._show_idle(self.tr("Saved as {name}").format(name=entry.saved_as.name))

    @Slot()
    def _on_idle(self) -> None:
        if not self._studio_works:
            self._show_idle(self._status.text.text() if self._status.bar.isHidden() else "")

    def _show_idle(self, text: str) -> None:
        if self._services.batch.running:
            self._on_batch()
        elif self._services.training.running:
            self._on_training()
        elif self._services.indexing.busy:
            self._on_exploring()
        else:
            self._status.show_idle(text)

    @Slot()
    def _on_batch(self) -> None:
        if not self.shows_batch:
            return
        progress = self._batch.progress
        paused = self._services.batch.paused
        text = self.tr("Batch paused: {counts}") if paused else self.tr("Batch: {counts}")
        self._status.show_batch(text.format(counts=progress.counts_text()))
        step = progress.step
        if step is not None:
            self._status.show_step(replace(step, seconds_left=None) if paused or progress.all_done else step)

    @Slot(object)
    def _on_batch_ended(self, result: object) -> None:
        if not self._studio_works:
            text = self.tr("The batch was stopped.") if result is None else self.tr("The batch has ended.")
            self._show_idle("" if isinstance(result, Failure) else text)

    @Slot()
    def _on_training(self) -> None:
        if not self.shows_training:
            return
        progress = self._train.progress
        paused = self._services.training.paused
        text = self.tr("Training paused: {counts}") if paused else self.tr("Training: {counts}")
        self._status.show_training(text.format(counts=progress.counts_text()))
        self._status.show_step(progress.step)

    @Slot()
    def _on_training_ended(self) -> None:
        if not self._studio_works and not self._services.batch.running:
            self._show_idle(self.tr("The training has ended."))

    @Slot()
    def _on_exploring(self) -> None:
        if self.shows_exploring:
            self._say_exploring(self.tr("Looking at photos"))

    @Slot(object)
    def _on_explored_further(self, step: Step) -> None:
        if self.shows_exploring:
            counts = counts_text(replace(step, seconds_left=None))
            self._say_exploring(self.tr("Looking at photos: {counts}").format(counts=counts))
            self._status.show_step(step)

    def _say_exploring(self, text: str) -> None:
        if self._status.bar.isHidden():
            self._status.show_working(text)
        self._status.text.setText(text)
        self._status.stop.setToolTip(self.tr("Stop looking. What is done is kept."))

    @Slot()
    def _on_exploring_ended(self) -> None:
        if not (self._services.batch.running or self._services.training.running or self._studio_works):
            self._status.show_idle()
