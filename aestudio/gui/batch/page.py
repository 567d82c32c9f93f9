"""The batch: photos in a table, steps beside it, and what happens between them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aestudio.batch.job import BatchJob
from aestudio.batch.journal import DONE, FAILED, Row
from aestudio.batch.recorder import Changed, Planned, RunEvent
from aestudio.batch.run import Summary
from aestudio.errors import AEStudioError, OtherJobError, Sentence
from aestudio.gui.batch.anew import AnewQuestion
from aestudio.gui.batch.controls import BatchControls
from aestudio.gui.batch.drop import BatchDrop
from aestudio.gui.batch.head import BatchHead
from aestudio.gui.batch.last import LastBatch
from aestudio.gui.batch.listing import Listing
from aestudio.gui.batch.model import BatchModel
from aestudio.gui.batch.progress import BatchProgress
from aestudio.gui.batch.reviewing import BatchReviewing
from aestudio.gui.batch.settings import BatchSettings
from aestudio.gui.batch.sources import BatchSources
from aestudio.gui.batch.table import BatchTable
from aestudio.gui.engine import Ready
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.messages import MessageLine
from aestudio.gui.services import Services
from aestudio.gui.session import OpenPhoto


class BatchPage(QWidget):
    """Takes photos and folders, runs jobs of them, and shows what became of each."""

    photos_wanted = Signal()  # a button that asks for files,
    folder_wanted = Signal()  # and one that asks for a folder
    studio_wanted = Signal(object)  # list[Path] that are to be opened there
    work_changed = Signal()  # something can be started now that could not before, or the other way round
    run_ended = Signal(str)  # of itself: what became of the photos, or why it could not go on

    def __init__(
        self,
        services: Services,
        keeper: PreferencesKeeper,
        settings: BatchSettings,
        current: Callable[[], OpenPhoto | None],
        parent: QWidget | None = None,
    ) -> None:
        """`current` tells the photo that is in the studio."""
        super().__init__(parent)
        self.runs, self._listing = services.batch, services.batch_listing
        self.settings = settings
        self._keeper = keeper
        self._current = current
        self._stopped = False  # the last run was cancelled
        self._in_trouble = False  # the message is about what the run waits for
        self._last = LastBatch(keeper.path.with_name("last-batch.json"))
        self._told: tuple[Sentence, ...] = ()  # about the folders
        self._next: tuple[BatchJob, bool] | None = None  # to be begun once the folders are let go
        self.model = BatchModel(services.thumbnails, self)
        self.table = BatchTable(self.model)
        self.drop = BatchDrop()
        self.head = BatchHead()
        self.controls = BatchControls()
        self.messages = MessageLine()
        self.sources = BatchSources(self._listing, settings, self)
        self.progress = BatchProgress(self.runs, self.model, self.controls)
        self.anew = AnewQuestion(self)
        self.reviewing = BatchReviewing(self.model, self.table, self.messages, self)
        self._lay_out()
        self._connect(services)
        self._show()

    def _lay_out(self) -> None:
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.head)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.controls)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.drop)
        self.stack.addWidget(filled)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.stack, 1)
        left.addWidget(self.messages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.settings)

    def _connect(self, services: Services) -> None:
        for button in (self.drop.photos, self.head.photos):
            button.clicked.connect(self.photos_wanted)
        for button in (self.drop.folder, self.head.folder):
            button.clicked.connect(self.folder_wanted)
        self.drop.last_wanted.connect(self._on_last_wanted)
        self.head.clear.clicked.connect(self._on_clear)
        self.sources.changed.connect(self._show)
        self.sources.listed.connect(self._on_listed)
        self.sources.failed.connect(self._on_nothing_found)
        self.sources.left_out.connect(self._on_left_out)
        self.settings.take_over_requested.connect(self._on_take_over)
        controls, runs = self.controls, self.runs
        controls.start.clicked.connect(self.start)
        controls.pause.clicked.connect(self._on_pause)
        controls.cancel.clicked.connect(self.cancel)
        controls.retry.clicked.connect(self.start)
        controls.worst_first.clicked.connect(self.table.show_worst_first)
        controls.open_folder.clicked.connect(self._on_open_folder)
        self.table.removal_wanted.connect(self._on_removal_wanted)
        self.reviewing.removal_wanted.connect(self._on_removal_wanted)
        self.reviewing.studio_wanted.connect(self.studio_wanted)
        self.anew.chosen.connect(self._on_anew)
        runs.started.connect(self._on_started)
        runs.changed.connect(self._on_events)
        runs.state_changed.connect(self._on_state_changed)
        runs.ended.connect(self._on_ended)
        self._listing.finished.connect(self._on_listing_finished)
        self.settings.job_loaded.connect(self._tell_parts)
        services.parts.changed.connect(self._on_parts_changed)
        services.restorations.ready.connect(self._on_ready)
        services.restorations.failed.connect(self._on_tools_failed)

    # what others ask

    def add(self, paths: Sequence[Path]) -> None:
        """Put photos and folders on the list."""
        if not paths:
            return
        if self.runs.running:
            self.messages.show_note(
                self.tr("The batch is running. Please add photos when it has ended, or cancel it first.")
            )
            return
        self.messages.clear()
        self._stopped = False
        self.sources.add(paths)

    @Slot()
    def start(self) -> None:
        """Do all photos that are waiting, and those that failed once more."""
        if self.runs.running or self._next is not None:
            return
        try:
            job = self.sources.job()
        except AEStudioError as exc:
            self.messages.show_failure(Failure.of(exc))
            return
        self._begin(job)

    @Slot()
    def cancel(self) -> None:
        """Stop; Start goes on from there."""
        self.runs.cancel()

    def shut_down(self) -> None:
        """Stop all threads, and wait for them."""
        self.reviewing.shut_down()
        self.settings.shutdown()

    # the list

    @Slot()
    def _on_clear(self) -> None:
        self._stopped = False
        self.messages.clear()
        self.sources.clear()

    @Slot()
    def _on_last_wanted(self) -> None:
        try:
            job = self._last.read()
            self.settings.show_job(job)
        except AEStudioError as exc:
            self.messages.show_failure(Failure.of(exc))
            self._show()
            return
        self.sources.show_job(job)
        self._tell_parts(job)

    @Slot(object)
    def _tell_parts(self, job: BatchJob) -> None:
        """Say that a job was made with other models inside the tools than those that work here."""
        if job.parts != self.settings.steps.parts:
            self.messages.show_note(
                self.tr("The job had other models inside its tools. It works with those in use on the Models page now.")
            )

    @Slot()
    def _on_parts_changed(self) -> None:
        if not self.runs.running:  # which works with those of its job to its end
            self.sources.look_again()

    @Slot(object)
    def _on_listed(self, listing: Listing) -> None:
        self.model.set_folders(self.sources.folders)
        self.model.set_rows(listing.rows)
        self._tell_notes(listing.notes)
        self._show()

    def _tell_notes(self, notes: tuple[Sentence, ...]) -> None:
        """Say what is worth knowing about the folders, once."""
        if notes and notes != self._told:
            self.messages.show_note(" ".join(translated(note) for note in notes))
        self._told = notes

    @Slot(object)
    def _on_nothing_found(self, failure: Failure) -> None:
        self.model.set_rows(())
        if not self.settings.watch:
            self.messages.show_failure(failure)
        self._show()

    @Slot(object)
    def _on_left_out(self, paths: Sequence[Path]) -> None:
        note = self.tr("%n file(s) that are no photos were left out: {name}.", "", len(paths))
        name = paths[0].name if len(paths) == 1 else f"{paths[0].name}, …"
        self.messages.show_note(note.format(name=name))

    @Slot(object)
    def _on_removal_wanted(self, rows: Sequence[Row]) -> None:
        if self.runs.running:
            return
        self.model.remove(row.number for row in rows)
        if self.model.rowCount():
            self.sources.leave_out(rows)
        else:
            self.sources.clear()

    # the run

    def _begin(self, job: BatchJob, *, anew: bool = False) -> None:
        self.messages.clear()
        self.sources.stop_listing()
        self._next = (job, anew)
        if not self._listing.busy:  # else it may hold the output folder's journal
            self._on_listing_finished()

    @Slot()
    def _on_listing_finished(self) -> None:
        if self._next is not None:
            (job, anew), self._next = self._next, None
            self.runs.start(job, self._keeper.value.device, watch=self.settings.watch, anew=anew)
        else:
            self._show()

    @Slot()
    def _on_pause(self) -> None:
        if self.runs.paused:
            self.runs.go_on()
        else:
            self.runs.pause()

    @Slot()
    def _on_started(self) -> None:
        self._stopped = self._in_trouble = False
        self.settings.set_locked(True)
        self.model.set_folders(self.sources.folders)
        self.progress.begin()
        self._show()

    @Slot(object)
    def _on_events(self, events: Sequence[RunEvent]) -> None:
        changed: list[Row] = []
        for event in events:
            if isinstance(event, Changed):
                changed.append(event.row)
            elif isinstance(event, Planned):
                self.model.change(changed)
                changed.clear()
                self._plan(event)
        self.model.change(changed)
        self.progress.show()

    def _plan(self, planned: Planned) -> None:
        if self.progress.planned_already:
            self.model.add_rows(planned.rows)
        else:
            self.model.set_rows(planned.rows)
            self._tell_notes(planned.notes)
            if self.runs.job is not None:
                self._last.keep(self.runs.job)
        self.progress.planned()
        self._show()

    @Slot()
    def _on_state_changed(self) -> None:
        trouble = self.runs.trouble
        if trouble is not None:
            self.messages.show_note(translated(trouble))
            self.messages.offer(self.tr("Try again"), self.tr("Try at once, without waiting."), self.runs.go_on)
        elif self._in_trouble:
            self.messages.clear()
        self._in_trouble = trouble is not None
        self.progress.show()

    @Slot(object)
    def _on_ended(self, result: Summary | Failure | None) -> None:
        self.model.stop_working()
        self.settings.set_locked(False)
        self._stopped = result is None
        job = self.runs.job
        if isinstance(result, Failure) and issubclass(result.kind, OtherJobError) and job is not None:
            self.anew.ask(job)
        elif isinstance(result, Failure):
            self.messages.show_failure(result)
        elif result is not None and result.stopped is not None:
            self.messages.show_note(translated(result.stopped))
        self._show()
        if result is not None:
            self.run_ended.emit(result.sentence if isinstance(result, Failure) else self.progress.summary_text())

    @Slot(object)
    def _on_anew(self, job: BatchJob) -> None:
        if not self.runs.running:
            self._begin(job, anew=True)

    # showing

    @Slot()
    def _show(self) -> None:
        running, total = self.runs.running, self.model.rowCount()
        if not self.sources.paths and total and not running:
            self.model.set_rows(())
            total = 0
        waits = bool(self.sources.paths) and self.settings.watch
        self.stack.setCurrentIndex(1 if total or running or waits else 0)
        self.drop.show_last(self._last.there and bool(self.settings.steps.sections))
        self.drop.show_sentence(self.tr("Looking through the folders…") if self.sources.busy else "")
        self.head.show_list(total, self.model.bytes, running=running)
        self.reviewing.may_remove = not running
        if running:
            self.progress.show()
        else:
            self._show_resting(total > 0 or waits)
        self.work_changed.emit()

    def _show_resting(self, there_is_work: bool) -> None:
        counts = self.model.counts
        problem = self.sources.problem
        self.controls.show_resting(self._resting_text(problem), can_start=problem is None and there_is_work)
        self.controls.show_after(
            failed=counts[FAILED] > 0, looks=self.model.looks > 0, results=counts[DONE] > 0 and problem is None
        )

    def _resting_text(self, problem: Sentence | None) -> str:
        if self.sources.busy:
            return self.tr("Looking through the folders…")
        counts = self.model.counts
        if self.progress.through:
            stopped = self.tr("Stopped. Start goes on with what is left.") + " " if self._stopped else ""
            return stopped + self.progress.summary_text() + (f" {translated(problem)}" if problem is not None else "")
        if problem is not None:
            return translated(problem)
        if not counts:
            return self.tr("No photos yet. Start waits for those that arrive.")
        return self.tr("Stopped. Start begins anew.") if self._stopped else ""

    @Slot()
    def _on_open_folder(self) -> None:
        job = self.runs.job
        with suppress(AEStudioError):
            job = self.sources.job()
        if job is not None:
            self.reviewing.open_folder(job.output.folder)

    # the studio

    @Slot(object)
    def _on_ready(self, ready: Ready) -> None:
        self.settings.build(ready.tasks)
        self._show()

    @Slot(object, object)
    def _on_tools_failed(self, entry: OpenPhoto | None, failure: Failure) -> None:
        if entry is None:
            self.settings.show_problem(failure.sentence)

    @Slot()
    def _on_take_over(self) -> None:
        entry = self._current()
        if entry is None:
            self.messages.show_note(
                self.tr("There is no photo in the studio. Please open one there, and set its tools.")
            )
        else:
            self.settings.take_over(entry)
