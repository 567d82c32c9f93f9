"""A training in a process of its own: a crash there takes nothing along, and the window never waits."""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from aestudio.errors import Sentence
from aestudio.training.events import FAILED, Ended, Event, from_line

COALESCED_MS: Final = 80  # events of that long are told at once
BUSY_SECONDS: Final = 0.008  # that reading lines may take of the event loop at a time
_NOTHING_RAN: Final = 2  # exit code of a command that says why in its last line
_KEPT_LINES: Final = 200  # of what is no event, for Details
_PATIENCE_MS: Final = 5_000  # for a child at the end of the program, which waits for it
_LATE_MS: Final = 30_000  # for one that was asked to end: a step and a checkpoint take less


@dataclass(frozen=True)
class Outcome:
    """How a child ended."""

    ended: Ended | None  # what it said; None for a child that died
    code: int
    details: str  # what else it wrote
    last: str = ""  # line on its standard error

    @property
    def said(self) -> Sentence | None:
        """Why nothing came of it, in its own words; None where it has none, or where something came of it."""
        if self.ended is not None:
            return self.ended.message if self.ended.state == FAILED else None
        return Sentence.of("{said}", said=self.last) if self.code == _NOTHING_RAN and self.last else None

    @property
    def died(self) -> bool:
        """Whether it ended without a word."""
        return self.ended is None


class TrainChild(QObject):
    """Starts it, reads what it tells line by line, and tells it what to do."""

    told = Signal(object)  # list[Event], as they came
    finished = Signal(object)  # Outcome; nothing runs any more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._half = b""  # a line that is not whole yet
        self._lines: deque[bytes] = deque()
        self._other: deque[str] = deque(maxlen=_KEPT_LINES)
        self._ended: Ended | None = None
        self._last = ""
        self._code: int | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._flush)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)  # for a child that does not listen
        self._late.timeout.connect(self._on_late)

    @property
    def running(self) -> bool:
        """Whether it is there, or has something left to tell."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """Of the process; 0 where none runs."""
        return self._process.processId() if self._process is not None else 0

    def start(self, command: Sequence[str]) -> None:
        """Run a command. Raises RuntimeError if one is running."""
        if self._process is not None:
            raise RuntimeError("a training is already running")
        self._half, self._ended, self._code, self._last = b"", None, None, ""
        self._lines.clear()
        self._other.clear()
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_error_output)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        process.start(command[0], list(command[1:]))

    def say(self, word: str) -> None:
        """Write a word to it; nothing happens without a child."""
        if self._process is not None:
            self._process.write(f"{word}\n".encode())

    def hang_up(self) -> None:
        """Let it end by itself, without a verdict: its checkpoint stays."""
        if self._process is not None:
            self._process.closeWriteChannel()
            self._late.start()

    def kill(self) -> None:
        """End it at once, and forget what it would still tell."""
        process, self._process = self._process, None
        self._soon.stop()
        self._late.stop()
        self._lines.clear()
        if process is not None:
            process.disconnect(self)
            process.kill()
            process.waitForFinished(_PATIENCE_MS)
            process.deleteLater()

    def shut_down(self) -> None:
        """End it: first politely, so that it writes its checkpoint, and then at once."""
        if self._process is not None:
            self.hang_up()
            self._process.waitForFinished(_PATIENCE_MS)
            self.kill()

    # what comes from it

    @Slot()
    def _on_output(self) -> None:
        if self._process is not None:
            self._take(bytes(self._process.readAllStandardOutput().data()))

    def _take(self, data: bytes) -> None:
        *lines, self._half = (self._half + data).split(b"\n")
        if lines:
            self._lines.extend(lines)
            if not self._soon.isActive():
                self._soon.start(COALESCED_MS)

    @Slot()
    def _on_error_output(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            self._other.extend(lines)
            self._last = lines[-1] if lines else self._last

    @Slot()
    def _flush(self) -> None:
        """Tell what came; the rest of many lines waits for the next turn, so that the window stays quick."""
        events: list[Event] = []
        end = time.perf_counter() + BUSY_SECONDS
        while self._lines and time.perf_counter() < end:
            text = self._lines.popleft().decode(errors="replace").strip()
            try:
                event = from_line(text)
            except ValueError:
                if text:
                    self._other.append(text)
                continue
            if isinstance(event, Ended):
                self._ended = event
            events.append(event)
        if events:
            self.told.emit(events)
        if self._lines:
            self._soon.start(0)
        elif self._code is not None:
            self._end()

    @Slot()
    def _on_late(self) -> None:
        if self._process is not None:
            self._process.kill()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._other.append(self._process.errorString())
            self._on_finished(-1)

    @Slot()
    def _on_finished(self, code: int = 0, *_: object) -> None:
        if self._process is None:
            return
        self._on_error_output()
        self._take(bytes(self._process.readAllStandardOutput().data()) + b"\n")
        self._code = code
        self._soon.start(0)

    def _end(self) -> None:
        process, self._process = self._process, None
        self._late.stop()
        if process is not None:
            process.deleteLater()
        code, self._code = self._code or 0, None
        self.finished.emit(Outcome(self._ended, code, "\n".join(self._other), self._last))
