"""Photos waiting for their tools: one at a time, the one asked for last first."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.engine import Compared, Comparison, Engine, Outcome, Ready, Request
from aestudio.gui.jobs import Failure, JobRunner
from aestudio.gui.session import OpenPhoto, Parts
from aestudio.images.photo import Box, Pixels


class Restorations(QObject):
    """Hands requests to the engine. Each ends in one of restored, failed, cancelled."""

    ready = Signal(object)  # Ready, once
    started = Signal(object)  # OpenPhoto
    progressed = Signal(object)  # Step
    found = Signal(object, str, object, object)  # OpenPhoto, task id, Finding, the Parts that found it
    previewed = Signal(object, object, object)  # OpenPhoto, Pixels of a small copy of the result, the task's survey
    tile_restored = Signal(object, object, object)  # OpenPhoto, Box, Pixels
    restored = Signal(object)  # Outcome
    failed = Signal(object, object)  # OpenPhoto or None (while loading), Failure
    cancelled = Signal(object)  # OpenPhoto
    comparing = Signal(object)  # Comparison that is begun
    compared = Signal(object)  # Compared
    not_compared = Signal(object, object)  # Comparison, Failure or None (stopped)
    idle = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._running: Request | None = None
        self._waiting: dict[OpenPhoto, Request] = {}
        self._comparison: Comparison | None = None  # in work
        self._comparison_next: Comparison | None = None
        self._runner = JobRunner("restore", self)
        self._runner.progressed.connect(self.progressed)
        self._runner.succeeded.connect(self._on_succeeded)
        self._runner.failed.connect(self._on_failed)
        self._runner.cancelled.connect(self._on_cancelled)
        self._runner.finished.connect(self._on_finished)

    @property
    def running(self) -> OpenPhoto | None:
        """The photo that is being restored."""
        return self._running.entry if self._running else None

    @property
    def compares(self) -> bool:
        """Whether two models are being compared, or will be when nothing else is to be done."""
        return self._comparison is not None or self._comparison_next is not None

    @property
    def busy(self) -> bool:
        """Whether anything runs, loading included."""
        return self._runner.busy

    def waits(self, entry: OpenPhoto) -> bool:
        """Whether a photo is in work or in the queue."""
        return entry in self._waiting or self.running is entry

    def request_of(self, entry: OpenPhoto) -> Request | None:
        """What is being made, or will be, of a photo."""
        if entry in self._waiting:
            return self._waiting[entry]
        return self._running if self._running and self._running.entry is entry else None

    def prepare(self, device: str) -> None:
        """Load the computing part."""
        self._runner.start(partial(self._engine.prepare, device))

    def request(self, request: Request) -> None:
        """Restore a photo next. Another one that is in work goes back into the queue."""
        running = self._running
        if running is not None and running.entry is not request.entry:
            self._waiting.setdefault(running.entry, running)
        self._waiting.pop(request.entry, None)
        self._waiting = {request.entry: request, **self._waiting}
        if self._comparison is not None:  # it can wait
            self._comparison_next = self._comparison_next or self._comparison
        if running is not None or self._comparison is not None:
            self._runner.cancel()
        elif not self._runner.busy:
            self._start_next()

    def compare(self, wanted: Comparison | None) -> None:
        """Compare two models once everything else is done, and give up what was to be compared before."""
        self._comparison_next = wanted
        if self._comparison is not None:
            self._runner.cancel()
        elif wanted is not None and not self._runner.busy:
            self._start_next()

    def forget(self, entry: OpenPhoto) -> None:
        """Stop working on a photo; the others go on."""
        self._waiting.pop(entry, None)
        if self.running is entry:
            self._runner.cancel()

    def cancel(self) -> None:
        """Stop everything."""
        self._waiting.clear()
        dropped = self._comparison_next or self._comparison
        self._comparison_next = None
        self._runner.cancel()
        if dropped is not None:
            self.not_compared.emit(dropped, None)

    def shutdown(self) -> None:
        """Stop everything, and wait until the thread is gone."""
        self._waiting.clear()
        self._comparison_next = None
        self._runner.shutdown()

    def _start_next(self) -> None:
        if not self._waiting:
            self._comparison, self._comparison_next = self._comparison_next, None
            assert self._comparison is not None
            self.comparing.emit(self._comparison)
            self._runner.start(partial(self._engine.compare, self._comparison))
            return
        entry = next(iter(self._waiting))
        self._running = self._waiting.pop(entry)
        self.started.emit(entry)
        callbacks = self._emit_found, self._emit_preview, self._emit_tile
        self._runner.start(partial(self._engine.restore, self._running, *callbacks))

    def _emit_found(self, entry: OpenPhoto, task_id: str, finding: object, parts: Parts) -> None:
        self.found.emit(entry, task_id, finding, parts)

    def _emit_preview(self, entry: OpenPhoto, pixels: Pixels, survey: object) -> None:
        self.previewed.emit(entry, pixels, survey)

    def _emit_tile(self, entry: OpenPhoto, box: Box, pixels: Pixels) -> None:
        self.tile_restored.emit(entry, box, pixels)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, Ready):
            self.ready.emit(result)
        elif isinstance(result, Outcome):
            self._running = None  # before it is told: whoever hears of it may save the photo at once
            self.restored.emit(result)
        elif isinstance(result, Compared):
            self._comparison = None
            self.compared.emit(result)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._comparison is not None:
            self.not_compared.emit(self._comparison, failure)
        else:
            self.failed.emit(self.running, failure)

    @Slot()
    def _on_cancelled(self) -> None:
        entry = self.running
        if entry is not None and entry not in self._waiting:
            self.cancelled.emit(entry)

    @Slot()
    def _on_finished(self) -> None:
        if self._runner.busy:
            return
        self._running = self._comparison = None
        if self._waiting or self._comparison_next is not None:
            self._start_next()
        else:
            self.idle.emit()
