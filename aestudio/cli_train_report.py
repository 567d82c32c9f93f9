"""Tells on the terminal how training goes: with a bar, as JSON, or with errors only."""

import threading
from contextlib import AbstractContextManager
from pathlib import Path

import typer

from aestudio.cli_report import Terminal
from aestudio.progress import Step
from aestudio.training.events import (
    Ended,
    Event,
    Found,
    Judged,
    Paused,
    Probed,
    RolledBack,
    Trained,
    Validated,
    Working,
    to_line,
)

_WORDS = {
    "scanning": "Looking through the photos",
    "preparing": "Reading the photos",
    "probing": "Trying how fast this machine learns",
    "finishing": "Settling what was learnt",
    "judging": "Judging on photos that were kept aside",
}


class TrainReport(AbstractContextManager["TrainReport"]):
    """Tells errors only."""

    def on_event(self, event: Event) -> None:
        """Something happened."""

    def on_step(self, step: Step) -> None:
        """The run went on."""

    def __exit__(self, *exc_info: object) -> None:
        """Nothing to put away."""


class JsonTrainReport(TrainReport):
    """One JSON object per line on the standard output."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # orders come from a thread of their own

    def on_event(self, event: Event) -> None:
        with self._lock:
            typer.echo(to_line(event))


class BarTrainReport(TrainReport):
    """A bar, and lines for what was found and how it ended."""

    def __init__(self) -> None:
        self._terminal = Terminal()
        self._score = ""

    def __enter__(self) -> "BarTrainReport":
        self._terminal.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._terminal.__exit__()

    def on_event(self, event: Event) -> None:
        match event:
            case Working():
                note = f"{_WORDS[event.phase]} {event.note}".rstrip()
                self._terminal.show(Step(event.done, event.total, note), note)
            case Found():
                for line in found_lines(event):
                    self._terminal.say(line)
            case Probed():
                self._terminal.say(
                    f"This machine learns from {event.patches_per_second:.0f} patches a second: "
                    f"{event.steps_per_minute:.0f} steps a minute with batches of {event.batch}, "
                    f"and {event.memory / 1e6:.0f} MB of memory."
                )
            case Validated() if event.scores:
                name, value = next(iter(event.scores.items()))
                self._score = f", {name} {value:.2f}"
            case Trained():
                done = Step(round(1000 * event.fraction), 1000, "", event.seconds_left)
                self._terminal.show(done, f"step {event.step}, loss {event.loss:.4f}{self._score}")
            case Paused():
                self._terminal.say(str(event.reason) if event.reason else "Paused.")
            case RolledBack():
                self._terminal.say(
                    f"The loss was no number at step {event.step}: going on from step {event.to} at {event.rate:.0%} "
                    "of the learning rate."
                )
            case Ended() if event.card:
                self._terminal.say(f"The model lies in {event.card}")
                for sentence in _verdict(Path(event.card).parent):
                    self._terminal.say(sentence)
            case Judged() | _:
                pass


def _verdict(run_dir: Path) -> list[str]:
    from aestudio.training.judging.verdict import read_verdict

    verdict = read_verdict(run_dir)
    return [str(verdict.headline), *map(str, verdict.reasons)]


def found_lines(found: Found) -> list[str]:
    """What is in the user's folders, in a few lines."""
    lines = [
        f"{found.usable} photos can be used: {found.training} to learn from, {found.held_out} kept aside for the "
        "verdict."
    ]
    for count, words in (
        (len(found.small), "are too small"),
        (len(found.grey), "are without colour"),
        (sum(len(group) for group in found.alike), "are nearly the same as others, and stay together"),
    ):
        if count:
            lines.append(f"{count} {words}.")
    lines += [str(sentence) for _, sentence in (*found.damaged, *found.unpaired)]
    return lines


def choose_report(*, as_json: bool, quiet: bool) -> TrainReport:
    """As the options say."""
    return JsonTrainReport() if as_json else TrainReport() if quiet else BarTrainReport()
