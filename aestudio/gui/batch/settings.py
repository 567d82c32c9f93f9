"""The right panel of Batch: which steps, which photos, and how the results are saved."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aestudio.errors import AEStudioError, SettingsError
from aestudio.gui.batch.choice import ChoiceSection
from aestudio.gui.batch.output import OutputSection
from aestudio.gui.batch.presets import PresetBox
from aestudio.gui.batch.steps import BatchSteps
from aestudio.gui.batch.taking import Taking
from aestudio.gui.consent import Consent
from aestudio.gui.i18n import translated
from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure
from aestudio.gui.lab.state import Aim, Compression
from aestudio.gui.models.parts import ChosenParts
from aestudio.gui.models.stock import ModelStock
from aestudio.gui.palette import GAP
from aestudio.gui.session import OpenPhoto
from aestudio.gui.task_panel import PANEL_WIDTH
from aestudio.images.options import SaveOptions

if TYPE_CHECKING:
    from aestudio.batch.job import BatchJob, JobStep
    from aestudio.batch.presets import Preset, PresetFolder
    from aestudio.tasks.base import Task

ENDING = ".json"  # of jobs in files
EXAMPLE_MS = 150  # after the last change the example is made


class BatchSettings(QWidget):
    """Makes a job of what is chosen here and of photos that are chosen elsewhere."""

    changed = Signal()  # by the user, or with a preset, a job's file or the studio's settings
    take_over_requested = Signal()  # to be answered by `take_over`
    job_loaded = Signal(object)  # BatchJob from a file: its settings are shown, its sources are for others

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        consent: Consent | None = None,
        presets: "PresetFolder | None" = None,
        models: ModelStock | None = None,
        parts: ChosenParts | None = None,
    ) -> None:
        """`consent` is the program's, or a tool's question is asked once more here; `models` are those to choose of."""
        from aestudio.batch.presets import PresetFolder

        super().__init__(parent)
        self._tasks: tuple[Task[Any], ...] = ()
        self._sources: tuple[Path, ...] = ()
        self._exclude: tuple[Path, ...] = ()
        self._waiting: BatchJob | None = None  # shown before there were tools
        self._compression = Compression()  # of the photo that is taken over
        self._locked = False
        self.setFixedWidth(PANEL_WIDTH)
        self.presets = PresetBox(presets or PresetFolder())
        self.load, self.save = (QPushButton() for _ in range(2))
        self.note = QLabel()
        self.loading = QLabel(self.tr("The tools are being loaded…"))
        self.steps = BatchSteps(consent or Consent(self), models, parts)
        self.output = OutputSection()
        self.choice = ChoiceSection()
        self.taking = Taking(self)
        self._example_soon = QTimer(self, singleShot=True, interval=EXAMPLE_MS)
        self._lay_out()
        self._connect()
        self.choice.fold(True)
        self.presets.fill()
        self._show_example()

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Preset"))
        label.setToolTip(self.presets.toolTip())
        self.load.setText(self.tr("Load job…"))
        self.load.setIcon(icon("folder-open-outline"))
        self.load.setToolTip(self.tr("Load steps, photos and output from a job's file."))
        self.save.setText(self.tr("Save job…"))
        self.save.setIcon(icon("content-save-outline"))
        self.save.setToolTip(
            self.tr("Save steps, photos and output in a small file. “aestudio batch” runs it without a window.")
        )
        for button in (self.load, self.save):
            button.setAccessibleName(button.text().rstrip("…"))
            button.setMinimumHeight(28)
        for said in (self.note, self.loading):
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called anything
        self.loading.setContentsMargins(GAP, 0, 0, 0)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.hide()
        top = QGridLayout()
        top.setContentsMargins(3 * GAP, 2 * GAP, 2 * GAP, 0)
        top.setSpacing(2 * GAP)
        top.addWidget(label, 0, 0)
        top.addWidget(self.presets, 0, 1)
        top.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GAP)
        buttons.addWidget(self.load)
        buttons.addWidget(self.save)
        top.addLayout(buttons, 1, 0, 1, 2)
        top.addWidget(self.note, 2, 0, 1, 2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        for widget in (self.loading, self.steps, self.output, self.choice):
            column.addWidget(widget)
        column.insertSpacing(2, 2 * GAP)  # the tools are one thing, the photos another
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.presets.chosen.connect(self._on_preset_chosen)
        self.presets.studio_wanted.connect(self.take_over_requested)
        self.presets.save_wanted.connect(self._on_save_preset)
        self.presets.failed.connect(self._say)
        self.load.clicked.connect(self._on_load)
        self.save.clicked.connect(self._on_save)
        for part in (self.steps, self.output):
            part.changed.connect(self._on_changed)
        self.choice.changed.connect(self._on_choice_changed)
        self.taking.taken.connect(self._on_taken)
        self.taking.failed.connect(self._on_taking_failed)
        self.taking.finished.connect(self._on_taking_finished)
        self._example_soon.timeout.connect(self._show_example)

    # what others ask

    def build(self, tasks: "tuple[Task[Any], ...]") -> None:
        """Make the sections of the tools."""
        self.loading.hide()
        self._tasks = tasks
        self.steps.build(tasks)
        self.steps.set_locked(self._locked)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.show_job(waiting)

    def show_problem(self, sentence: str) -> None:
        """Say why there are no tools."""
        self.loading.setText(sentence)

    def job(self, sources: Sequence[Path]) -> "BatchJob":
        """The job for these photos and folders. Raises SettingsError that says what is missing."""
        if not self._tasks:
            raise SettingsError("The tools are still being loaded. Please try again in a moment.")
        if self.taking.busy:
            raise SettingsError("The studio's settings are still being taken over. Please try again in a moment.")
        if not self.steps.steps and self.output.options == SaveOptions():
            raise SettingsError("There is nothing to do. Please switch on a tool, or choose a format under Output.")
        job = self._job(sources)
        self.steps.check_files()
        return job

    def _job(self, sources: Sequence[Path]) -> "BatchJob":
        from aestudio.batch.job import BatchJob

        return BatchJob(
            tuple(sources),
            self.steps.steps,
            self.output.rule,
            recursive=self.choice.is_on("recursive"),
            include=self.choice.include,
            exclude=self._exclude,
            most_errors=self.choice.most,
            large=self.choice.is_on("large"),
            salvage=self.choice.is_on("salvage"),
            parts=self.steps.parts,
        )

    @property
    def watch(self) -> bool:
        """Whether photos that arrive during the run are to be done, too."""
        return self.choice.is_on("watch")

    def show_job(self, job: "BatchJob") -> None:
        """Show a job without telling anyone. Raises SettingsError for steps that the window cannot show."""
        if not self._tasks:
            self._waiting = job
            return
        self.steps.show_steps(job.steps)
        self.show_sources(job.sources, job.exclude)
        self.output.show_rule(job.output)
        self.choice.show_choice(
            recursive=job.recursive,
            include=job.include,
            most_errors=job.most_errors,
            large=job.large,
            salvage=job.salvage,
        )
        self.presets.show_preset(None)
        self._show_example()

    def show_sources(self, sources: Sequence[Path], exclude: Sequence[Path] = ()) -> None:
        """For which photos the settings are: by these a folder for the results is proposed, and the example made."""
        self._sources, self._exclude = tuple(sources), tuple(exclude)
        first = _folder_of(self._sources)
        named = first is not None and first.name
        self.output.propose(first.with_name(f"{first.name}-restored") if first is not None and named else None)
        self.steps.begin_at(str(first or ""))
        self._show_example()

    def set_locked(self, on: bool) -> None:
        """While a job runs nothing can be changed; it can still be looked at."""
        self._locked = on
        self._show_locked()

    def take_over(self, entry: OpenPhoto) -> None:
        """Take the tools that are on for a photo in the studio, with their settings, mask, hints and marks."""
        if self._locked or self.taking.busy:
            return
        steps = entry.steps(self._tasks)
        if not steps and not entry.compression.on:
            self._say(
                self.tr("No tool is on for {name}. Please switch one on in the studio first.").format(
                    name=entry.path.name
                )
            )
            return
        self._compression = entry.compression
        self.taking.take(steps, entry.path.stem)
        if self.taking.busy:
            self._show_locked()
            self.changed.emit()

    def shutdown(self) -> None:
        """No thread is left afterwards."""
        self.taking.shutdown()

    # showing

    def _show_locked(self) -> None:
        locked = self._locked or self.taking.busy
        self.presets.setDisabled(locked)
        self.load.setDisabled(locked)
        self.save.setDisabled(self.taking.busy)
        for part in (self.steps, self.output, self.choice):
            part.set_locked(locked)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    @Slot()
    def _show_example(self) -> None:
        from aestudio.batch.example import example

        self._example_soon.stop()
        shown, problem = None, ""
        try:
            shown = example(self._job(self._sources))
        except SettingsError as exc:
            if self._sources or self.output.folder_edit.text():  # before there are photos, nothing is missing yet
                problem = translated(exc.sentence)
        self.output.show_example(shown, problem)

    # what the user does

    @Slot()
    def _on_changed(self) -> None:
        self.presets.show_preset(None)
        self._tell()

    @Slot()
    def _on_choice_changed(self) -> None:
        self._tell()  # which photos are meant is no part of a preset

    def _tell(self) -> None:
        self._say("")
        self._example_soon.start()
        self.changed.emit()

    @Slot(object)
    def _on_preset_chosen(self, preset: "Preset") -> None:
        try:
            self.steps.show_steps(preset.steps)
        except SettingsError as exc:
            self._say(translated(exc.sentence))
            return
        self.output.show_saving(preset.pattern, preset.options)
        allowed = [step.tool for step in self.steps.steps] == [step.tool for step in preset.steps]
        self.presets.show_preset(preset if allowed else None)
        self._tell()

    @Slot()
    def _on_save_preset(self) -> None:
        from aestudio.batch.presets import Preset

        own = self.presets.own
        self._say("")
        self.presets.save(
            Preset(own.name if own is not None else "", self.steps.steps, self.output.pattern, self.output.options)
        )

    @Slot()
    def _on_load(self) -> None:
        from aestudio.batch.job import read_job

        name, _ = QFileDialog.getOpenFileName(self.window(), self.tr("Load job"), self._start(), self._filter())
        if not name:
            return
        try:
            job = read_job(Path(name))
            self.show_job(job)
        except AEStudioError as exc:
            self._say(translated(exc.sentence))
            return
        self.job_loaded.emit(job)
        self._tell()

    @Slot()
    def _on_save(self) -> None:
        from aestudio.batch.job import write_job
        from aestudio.batch.keeping import kept_beside

        try:
            job = self.job(self._sources)
        except SettingsError as exc:
            self._say(translated(exc.sentence))
            return
        proposed = str(Path(self._start()) / f"{job.output.folder.name}{ENDING}")
        name, _ = QFileDialog.getSaveFileName(self.window(), self.tr("Save job"), proposed, self._filter())
        if not name:
            return
        path = Path(name) if name.lower().endswith(ENDING) else Path(f"{name}{ENDING}")
        try:
            write_job(kept_beside(job, path), path)
        except AEStudioError as exc:
            self._say(translated(exc.sentence))
            return
        self._say(self.tr("Job saved as {name}.").format(name=path.name))

    def _start(self) -> str:
        first = _folder_of(self._sources)
        return str(first.parent) if first is not None else str(Path.home())

    def _filter(self) -> str:
        return self.tr("Batch jobs") + f" (*{ENDING})"

    # taking over

    @Slot(object)
    def _on_taken(self, steps: "tuple[JobStep, ...]") -> None:
        self.steps.show_steps(steps)
        compression = self._compression
        if compression.on:
            quality = max(1, round(compression.value)) if compression.aim == Aim.QUALITY else None
            self.output.show_saving(
                self.output.pattern, SaveOptions("AES", quality, metadata=self.output.options.metadata)
            )
        self.presets.show_studio()
        self._tell()

    @Slot(object)
    def _on_taking_failed(self, failure: Failure) -> None:
        self._say(failure.sentence)

    @Slot()
    def _on_taking_finished(self) -> None:
        self._show_locked()
        self.changed.emit()


def _folder_of(sources: Sequence[Path]) -> Path | None:
    """Of the first photo, or the first folder itself; None if there is none."""
    if not sources:
        return None
    first = sources[0].absolute()
    return first if first.is_dir() else first.parent
