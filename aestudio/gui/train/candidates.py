"""Earlier trainings and their models: looked at, adopted, kept, deleted."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.messages import MessageLine
from aestudio.gui.services import Services
from aestudio.gui.train.list import TrainList
from aestudio.gui.train.past import Run, runs_in
from aestudio.gui.train.questions import TrainQuestions
from aestudio.gui.train.verdict import TrainVerdict


class TrainCandidates(QObject):
    """Knows the runs there are, and whose verdict is looked at."""

    changed = Signal()  # what is to be shown
    said = Signal(str)  # what became of a model
    go_on_wanted = Signal(object)  # Run

    def __init__(
        self,
        services: Services,
        runs: TrainList,
        verdict: TrainVerdict,
        questions: TrainQuestions,
        messages: MessageLine,
    ) -> None:
        super().__init__(runs)
        self._services = services
        self._training = services.training
        self._list, self._verdict = runs, verdict
        self._questions, self._messages = questions, messages
        self.runs: tuple[Run, ...] = ()
        self.past = False  # whether the list is shown
        self.judged: Run | None = None  # whose verdict is shown
        runs.go_on_wanted.connect(self.go_on_wanted)
        runs.verdict_wanted.connect(self.show_verdict)
        runs.delete_wanted.connect(self._on_delete_wanted)
        self._training.deleted.connect(self.read)
        self._training.adopted.connect(self._on_adopted)
        self._training.state_changed.connect(self._fill)

    @Slot()
    def read(self) -> None:
        """Look which runs there are."""
        self.runs = tuple(runs_in(self._training.folder))
        self._fill()
        self.changed.emit()

    @Slot()
    def _fill(self) -> None:
        self._list.show_runs(self.runs, busy=self._training.running)

    def leave(self) -> None:
        """Another training begins: neither list nor verdict is looked at."""
        self.judged, self.past = None, False

    @Slot()
    def show_training(self) -> None:
        """Show what runs, or what can be started."""
        self.leave()
        self.changed.emit()

    @Slot()
    def show_past(self) -> None:
        """Show the list."""
        self.past = True
        self.read()

    @Slot(object)
    def show_verdict(self, run: Run) -> None:
        """Show what a run came to; nothing happens to one without a verdict."""
        if run.verdict is not None:
            self._verdict.show_verdict(run.verdict, run.folder)
            self.judged, self.past = run, False
            self.changed.emit()

    @Slot()
    def adopt(self) -> None:
        """Ask for a name, and make the model one of the user's under it."""
        if self.judged is not None:
            self._questions.ask_name(self.judged.name, partial(self._adopt, self.judged))

    def _adopt(self, run: Run, name: str) -> None:
        self._messages.clear()
        self._training.adopt(run.folder, name, self._services.models.folders)

    @Slot(object)
    def _on_adopted(self, card: Path) -> None:
        self._services.models_changed.emit()
        self.leave()
        self.said.emit(self.tr("“{name}” was adopted, and can be chosen in its tool.").format(name=card.stem))

    @Slot()
    def keep(self) -> None:
        """Leave the model in the list."""
        self.leave()
        self.said.emit(self.tr("The model stays a candidate under “Earlier trainings”."))

    @Slot()
    def throw(self) -> None:
        """Delete the run whose verdict is shown, after a question."""
        if self.judged is not None:
            self._on_delete_wanted(self.judged)

    @Slot(object)
    def _on_delete_wanted(self, run: Run) -> None:
        if self._training.running and run.folder == self._training.run_dir:
            self._messages.show_note(self.tr("This training is running. Please stop it first."))
            return
        self._questions.ask(
            self.tr("Delete the training “{name}”?").format(name=run.name),
            self.tr("Its model and what it learnt are deleted. Your photos and adopted models stay."),
            self.tr("Delete"),
            partial(self._delete, run),
        )

    def _delete(self, run: Run) -> None:
        if self.judged is not None and self.judged.folder == run.folder:
            self.judged = None
        self._training.delete(run.folder)
        self.changed.emit()
