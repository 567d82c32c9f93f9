"""What takes long with a mask, one thing after the other behind the window."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.gui.jobs import JobRunner
from aestudio.progress import Progress

Job = Callable[[Progress], object]


class MaskJobs(QObject):
    """Keeps what waits: a button that is pressed three times works three times, however large the photo is."""

    done = Signal(object)  # what a job returned

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._waiting: deque[tuple[Callable[[], Job | None], bool]] = deque()
        self._changes = False  # whether what runs will change the mask
        runner.succeeded.connect(self.done)
        runner.finished.connect(self._on_finished)

    @property
    def changing(self) -> bool:
        """Whether what runs or waits will change the mask."""
        return self._changes or any(changes for _, changes in self._waiting)

    def do(self, prepare: Callable[[], Job | None], *, changes: bool = True) -> None:
        """Call `prepare` when it is its turn, and run the job that it returns; None if it has become needless."""
        self._waiting.append((prepare, changes))
        if not self._runner.busy:
            self._on_finished()

    @Slot()
    def _on_finished(self) -> None:
        self._changes = False
        while self._waiting and not self._runner.busy:
            prepare, changes = self._waiting.popleft()
            job = prepare()
            if job is not None:
                self._changes = changes
                self._runner.start(job)
