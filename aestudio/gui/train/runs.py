"""Trainings in child processes: one that looks through the folders, and one that learns."""

import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aestudio.errors import TrainingDataError
from aestudio.gui.jobs import JobRunner
from aestudio.gui.train.child import Outcome, TrainChild
from aestudio.gui.train.plan import TrainPlan, training_folder
from aestudio.progress import Progress
from aestudio.training.events import DISCARDED, Event, Paused, WentOn, Working
from aestudio.training.places import RUN

PAUSE, RESUME, STOP, DISCARD = "pause", "resume", "stop", "discard"  # words that the child understands
LEAVE = "leave"  # for which there is no word: nothing more is said to it
COMMAND = (sys.executable, "-P", "-m", "aestudio", "train")
SOON_MS = 300  # after the last change of what is chosen, the folders are looked through


class TrainRuns(QObject):
    """One training at a time, and one look through folders beside it while none runs."""

    checking = Signal()  # a look through folders began
    found = Signal(object)  # list[Event] of it
    checked = Signal(object)  # Outcome of it
    started = Signal()
    told = Signal(object)  # list[Event] of the training
    state_changed = Signal()  # paused, going on, or ending
    ended = Signal(object)  # Outcome; nothing runs any more
    deleted = Signal()  # a run's folder is gone
    adopted = Signal(object)  # Path of the new card
    failed = Signal(object)  # Failure to delete or to adopt

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command: tuple[str, ...] = COMMAND
        self._check = TrainChild(self)
        self._train = TrainChild(self)
        self._files = JobRunner("trainings", self)
        self._waiting: list[Callable[[Progress], object]] = []  # what is to be done with folders
        self._looks: tuple[str, ...] = ()  # that are under way, or were last
        self._wanted: TrainPlan | None = None
        self.paused = False
        self.ending = ""  # STOP, DISCARD or LEAVE, once it was asked for
        self.run_dir = Path()
        self.device = "auto"  # what learns, see Preferences
        self.working: Working | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        self._check.told.connect(self.found)
        self._check.finished.connect(self.checked)
        self._train.told.connect(self._on_told)
        self._train.finished.connect(self._on_finished)
        self._files.failed.connect(self.failed)
        self._files.succeeded.connect(self._on_done)
        self._files.finished.connect(self._do_next)

    @property
    def folder(self) -> Path:
        """Where runs lie."""
        return training_folder()

    @property
    def running(self) -> bool:
        """Whether a training is under way, paused or not."""
        return self._train.running

    @property
    def looking(self) -> bool:
        """Whether folders are being looked through, or will be in a moment."""
        return self._check.running or self._soon.isActive()

    @property
    def pid(self) -> int:
        """Of the training's process; 0 where none runs."""
        return self._train.pid

    # looking through folders

    def look(self, plan: TrainPlan | None) -> None:
        """Look through the folders of a plan, unless that was done already; None ends a look."""
        if plan is None or plan.looks != self._looks:
            self._check.kill()
            self._soon.stop()
            self._looks = ()
        self._wanted = plan
        if plan is not None and plan.looks != self._looks and not self.running:
            self._looks = plan.looks
            self._soon.start()
            self.checking.emit()

    def look_again(self) -> None:
        """The folders may hold other photos now."""
        wanted, self._looks = self._wanted, ()
        self.look(wanted)

    @Slot()
    def _look(self) -> None:
        if self._wanted is not None:
            self._check.start([*self.command, *self._wanted.looks, "--device", self.device, "--dry-run", "--json"])

    # training

    def start(self, arguments: Sequence[str], run_dir: Path) -> None:
        """Begin a training, or go on with one, in its folder. Raises RuntimeError if one is running."""
        if self.running:
            raise RuntimeError("a training is already running")
        self._soon.stop()
        if self._check.running:
            self._check.kill()
            self._looks = ()
        self.run_dir = run_dir
        self.paused, self.ending, self.working = False, "", None
        self._train.start([*self.command, *arguments, "--device", self.device, "--json", "--control"])
        self.started.emit()
        self.state_changed.emit()

    @Slot()
    def pause(self) -> None:
        """Let it stand still, which it does at its next step."""
        self._pause(PAUSE)

    @Slot()
    def go_on(self) -> None:
        """End a pause."""
        self._pause(RESUME)

    def _pause(self, word: str) -> None:
        if self.running:
            self.paused = word == PAUSE
            self._train.say(word)
            self.state_changed.emit()

    @Slot()
    def stop(self) -> None:
        """End it, and make a model of what it learnt so far."""
        self._end(STOP)

    @Slot()
    def discard(self) -> None:
        """End it, and keep nothing."""
        self._end(DISCARD)

    @Slot()
    def leave(self) -> None:
        """End it without a verdict: it can be gone on with later."""
        if self.running:
            self.ending = LEAVE
            self._train.hang_up()
            self.state_changed.emit()

    def _end(self, word: str) -> None:
        if self.running:
            self.ending = word
            self._train.say(word)
            self.state_changed.emit()

    def delete(self, run_dir: Path) -> None:
        """Delete a run's folder, in a thread: it may hold gigabytes."""
        self._do(partial(_delete, run_dir, self.folder))

    def adopt(self, run_dir: Path, name: str, folders: Sequence[Path]) -> None:
        """Make the model of a run one of the user's, see `library.adopt`; in a thread."""
        self._do(partial(_adopt, run_dir, name, tuple(folders)))

    def _do(self, job: Callable[[Progress], object]) -> None:
        self._waiting.append(job)
        self._do_next()

    @Slot()
    def _do_next(self) -> None:
        if self._waiting and not self._files.busy:
            self._files.start(self._waiting.pop(0))

    @Slot(object)
    def _on_done(self, card: Path | None) -> None:
        if card is None:
            self.deleted.emit()
        else:
            self.adopted.emit(card)

    def shutdown(self) -> None:
        """End everything; no process and no thread is left afterwards."""
        self._soon.stop()
        self._check.kill()
        self._train.shut_down()
        self._files.shutdown()

    @Slot(object)
    def _on_told(self, events: Sequence[Event]) -> None:
        before = self.paused
        for event in events:
            if isinstance(event, Working):
                self.working = event
            elif isinstance(event, Paused | WentOn):
                self.paused = isinstance(event, Paused)
        self.told.emit(events)
        if self.paused != before:
            self.state_changed.emit()

    @Slot(object)
    def _on_finished(self, outcome: Outcome) -> None:
        self.paused = False
        if outcome.ended is not None and outcome.ended.state == DISCARDED:
            self.delete(self.run_dir)
        self.ended.emit(outcome)
        self.state_changed.emit()


def _delete(run_dir: Path, folder: Path, progress: Progress) -> None:
    """Nothing but folders of runs is ever deleted."""
    progress.check()
    if run_dir.parent != folder or not run_dir.is_dir():
        return
    if not (run_dir / RUN).is_file() and any(run_dir.iterdir()):
        raise TrainingDataError("{folder} is no folder of a training, and stays.", folder=run_dir)
    try:
        shutil.rmtree(run_dir)
    except OSError as exc:
        raise TrainingDataError(
            "{folder} could not be deleted ({reason}). Please delete it by hand.", folder=run_dir, reason=exc
        ) from exc


def _adopt(run_dir: Path, name: str, folders: Sequence[Path], progress: Progress) -> Path:
    from aestudio.models.library import adopt

    progress.check()
    return adopt(run_dir, name, folders)
