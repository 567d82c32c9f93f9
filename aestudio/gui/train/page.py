"""The Train page: folders are dropped and looked through, a model learns from them, and is judged."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aestudio.errors import AEStudioError, Sentence
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.messages import MessageLine
from aestudio.gui.services import Services
from aestudio.gui.train.candidates import TrainCandidates
from aestudio.gui.train.child import Outcome
from aestudio.gui.train.controls import TrainControls
from aestudio.gui.train.drop import TrainDrop
from aestudio.gui.train.found import TrainFound
from aestudio.gui.train.head import TrainHead
from aestudio.gui.train.list import TrainList
from aestudio.gui.train.past import Run, run_of
from aestudio.gui.train.plan import STEPS, Length, free_folder
from aestudio.gui.train.progress import TrainProgress
from aestudio.gui.train.questions import TrainQuestions
from aestudio.gui.train.running import TrainRunning
from aestudio.gui.train.settings import TrainSettings
from aestudio.gui.train.sources import folders_of
from aestudio.gui.train.verdict import TrainVerdict
from aestudio.gui.train.words import tool_word
from aestudio.training.data.source import PAIRS
from aestudio.training.events import DISCARDED, FAILED, Event, Found, Paused, Probed, RolledBack, Working


class TrainPage(QWidget):
    """Takes folders, runs trainings of them in processes of their own, and shows what became of them."""

    work_changed = Signal()  # something can be started now that could not before, or the other way round
    run_ended = Signal(str)  # of itself: what came out, or why it could not go on

    def __init__(self, services: Services, keeper: PreferencesKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = services.training
        self._keeper = keeper
        self._said = ""  # what became of the last training
        self._failed_look = ""  # why the last look came to nothing
        self.settings = TrainSettings(services.models)
        self.head = TrainHead()
        self.drop = TrainDrop()
        self.found = TrainFound()
        self.running = TrainRunning()
        self.verdict = TrainVerdict()
        self.list = TrainList()
        self.controls = TrainControls()
        self.messages = MessageLine()
        self.progress = TrainProgress(self.runs, self.running, self.controls)
        self.questions = TrainQuestions(self)
        self.candidates = TrainCandidates(services, self.list, self.verdict, self.questions, self.messages)
        self._lay_out()
        self._connect()
        self.settings.set_begin(keeper.folder)
        self.drop.set_begin(keeper.folder)
        self._on_settings_changed()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for widget in (self.drop, self.found, self.running, self.verdict, self.list):
            self.stack.addWidget(widget)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self.stack, 1)
        left.addWidget(self.controls)
        left.addWidget(self.messages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.settings)

    def _connect(self) -> None:
        runs, controls = self.runs, self.controls
        self.settings.changed.connect(self._on_settings_changed)
        self.drop.dropped.connect(self._on_dropped)
        self.found.again.clicked.connect(runs.look_again)
        self.head.new.clicked.connect(self.candidates.show_training)
        self.head.past.clicked.connect(self.candidates.show_past)
        self.candidates.go_on_wanted.connect(self._go_on_with)
        self.candidates.changed.connect(self._show)
        self.candidates.said.connect(self._say)
        controls.start.clicked.connect(self.start)
        controls.pause.clicked.connect(self._on_pause)
        controls.stop.clicked.connect(runs.stop)
        controls.discard.clicked.connect(self._on_discard)
        controls.adopt.clicked.connect(self.candidates.adopt)
        controls.keep.clicked.connect(self.candidates.keep)
        controls.throw.clicked.connect(self.candidates.throw)
        runs.checking.connect(self._on_checking)
        runs.found.connect(self._on_found)
        runs.checked.connect(self._on_checked)
        runs.started.connect(self._on_started)
        runs.told.connect(self._on_told)
        runs.state_changed.connect(self._show)
        runs.ended.connect(self._on_ended)
        runs.failed.connect(self.messages.show_failure)
        for chart in (self.running.loss, self.running.score, self.verdict.interval):
            chart.saved.connect(self._on_saved)
            chart.failed.connect(self.messages.show_failure)

    # what others ask

    def add(self, paths: Sequence[Path]) -> None:
        """Learn from these folders, or from those in which these photos lie."""
        if not paths:
            return
        if self.runs.running:
            self.messages.show_note(self.tr("A training is running. Please add folders when it has ended."))
            return
        self._begin_anew()
        self.settings.add(folders_of(paths))

    @Slot()
    def start(self) -> None:
        """Begin to learn from what was dropped."""
        if self.runs.running:
            return
        plan = self.settings.plan
        try:
            plan.check()
        except AEStudioError as exc:
            self.messages.show_failure(Failure.of(exc))
            return
        run_dir = free_folder(plan.name, self.runs.folder)
        self._begin(plan.arguments(run_dir), run_dir, plan.task, plan.name)

    def refresh(self) -> None:
        """The page is shown: runs may have come from the command line."""
        self.candidates.read()

    # the folders

    @Slot(object, bool)
    def _on_dropped(self, folders: Sequence[Path], noisy: bool) -> None:
        self.messages.clear()
        (self.settings.noisy if noisy else self.settings.photos).add(folders)

    @Slot()
    def _on_settings_changed(self) -> None:
        plan = self.settings.plan
        self._said = ""
        if not self.runs.running:
            self.runs.device = self._keeper.value.device
            ready = bool(plan.source.folders) and (plan.source.kind != PAIRS or bool(plan.source.noisy))
            self.runs.look(plan if ready else None)
        self.found.show_length(plan.length)
        self._show()

    @Slot()
    def _on_checking(self) -> None:
        self._failed_look = ""
        self.found.clear()
        self._show()

    @Slot(object)
    def _on_found(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Working):
                self.found.show_working(event)
            elif isinstance(event, Found):
                self.found.show_found(event)
            elif isinstance(event, Probed):
                self.found.show_probed(event, self.settings.plan.length)

    @Slot(object)
    def _on_checked(self, outcome: Outcome) -> None:
        if outcome.said is not None:
            self._failed_look = translated(outcome.said)
        elif outcome.code:
            said = Sentence.of("The folders could not be looked through. Please choose “Look again”.")
            self.messages.show_failure(Failure(said, outcome.details))
            self._failed_look = translated(said)
        self.found.show_resting(self._failed_look)
        self._show()

    # the training

    def _begin(self, arguments: Sequence[str], run_dir: Path, task: str, name: str) -> None:
        self.messages.clear()
        self._begin_anew()
        title = self.tr("{tool}: {name}").format(tool=tool_word(task).name, name=name)
        self.running.clear(title, task)
        for chart in (self.running.loss, self.running.score, self.verdict.interval):
            chart.folder = Path(self._keeper.folder)
        self.progress.begin(name)
        self.runs.device = self._keeper.value.device
        self.runs.start(arguments, run_dir)

    def _begin_anew(self) -> None:
        self.candidates.leave()
        self._said = ""

    @Slot()
    def _on_started(self) -> None:
        self.settings.set_locked(True)
        self._show()

    @Slot(object)
    def _on_told(self, events: Sequence[Event]) -> None:
        self.running.take(events, self.runs.run_dir)
        self.progress.take(events)
        for event in events:
            if isinstance(event, Paused) and event.reason is not None:
                self.messages.show_note(translated(event.reason))
                self.messages.offer(self.tr("Go on"), self.tr("Go on at once."), self.runs.go_on)
            elif isinstance(event, RolledBack):
                self.messages.show_note(
                    self.tr("The training went astray, and goes on more carefully from an earlier state.")
                )

    @Slot()
    def _on_pause(self) -> None:
        if self.runs.paused:
            self.runs.go_on()
        else:
            self.runs.pause()

    @Slot()
    def _on_discard(self) -> None:
        self.questions.ask(
            self.tr("Stop the training and delete what it learnt?"),
            self.tr("“Stop and keep” would make a model of it and judge that."),
            self.tr("Stop and discard"),
            self.runs.discard,
        )

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        self.settings.set_locked(False)
        self.questions.close()
        self.candidates.read()
        run, ended = run_of(self.runs.run_dir), outcome.ended
        said, tells = "", True  # in the line below, where no message says it
        if outcome.died and self.runs.ending:
            said = self.tr("The training was stopped. It can be gone on with from its last checkpoint.")
        elif outcome.said is not None:
            self._fail(outcome.said, outcome, run)
            said, tells = translated(outcome.said), False
        elif ended is None or ended.state == FAILED:
            died = Sentence.of(
                "The training process ended unexpectedly. What it learnt until its last checkpoint is kept."
            )
            self._fail(died, outcome, run)
            said, tells = translated(died), False
        elif ended.state == DISCARDED:
            said = self.tr("The training was discarded.")
        elif run is not None and run.verdict is not None and ended.card:
            self.candidates.show_verdict(run)
            said = translated(run.verdict.headline)
        else:
            said = self.tr("The training was stopped. It can be gone on with under “Earlier trainings”.")
        self._said = said if tells else ""
        self._show()
        self.run_ended.emit(said)

    @Slot(object)
    def _go_on_with(self, run: Run) -> None:
        if self.runs.running:
            return
        length = self.settings.plan.length if run.judged else None
        if length is not None and length.kind == STEPS:  # of a run that goes on, only the time can be chosen
            length = Length()
        more = length.arguments if length is not None else ()
        self._begin((run.task, "--resume", "--out", str(run.folder), *more), run.folder, run.task, run.name)

    @Slot(str)
    def _say(self, said: str) -> None:
        self._said = said
        self._show()

    def _fail(self, said: Sentence, outcome: Outcome, run: Run | None) -> None:
        self.messages.show_failure(Failure(said, outcome.details))
        if run is not None and run.can_go_on:
            self.messages.offer(
                self.tr("Go on"),
                self.tr("Go on with the training from its last checkpoint."),
                partial(self._go_on_with, run),
            )

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.messages.show_note(self.tr("The chart was saved as {name}.").format(name=path.name))

    # showing

    @Slot()
    def _show(self) -> None:
        settings, running, candidates = self.settings, self.runs.running, self.candidates
        plan = settings.plan
        self.head.show_past(candidates.past, len(candidates.runs))
        self.drop.show_kind(plan.task, plan.source.kind, settings.photos.folders, plan.source.noisy)
        ready = bool(plan.source.folders) and (plan.source.kind != PAIRS or bool(plan.source.noisy))
        judged = candidates.judged if not candidates.past else None
        if candidates.past:
            shown: QWidget = self.list
        elif judged is not None:
            shown = self.verdict
        elif running:
            shown = self.running
        else:
            shown = self.found if ready else self.drop
        self.stack.setCurrentWidget(shown)
        self.controls.setVisible(running or not candidates.past)
        if judged is not None:
            self._show_judged(judged)
        elif running:
            self.progress.show()
        else:
            problem = settings.problem
            can_start = problem is None and not self._failed_look and not candidates.past
            self.controls.show_resting(self._resting_text(problem, ready=ready), can_start=can_start)
        self.work_changed.emit()

    def _show_judged(self, run: Run) -> None:
        can_adopt = run.verdict is not None and run.verdict.adoptable
        refused = self.tr("It is not adopted, as it is not better for sure. The model in use stays.")
        self.controls.show_judged("" if can_adopt else refused, can_adopt=can_adopt)

    def _resting_text(self, problem: Sentence | None, *, ready: bool) -> str:
        if self._said:
            return self._said
        if problem is not None:
            return translated(problem)
        if self._failed_look:
            return self.tr("Nothing can be learnt from these folders.")
        if ready and self.runs.looking:
            return self.tr("Start now, or wait for what is found.")
        return ""

    def shut_down(self) -> None:
        """Close what is asked."""
        self.questions.close()
