"""Tells on the terminal how a batch goes: with a bar, as JSON, or with errors only."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from aestudio.batch.journal import DONE, FAILED, SKIPPED, WAITING, WORKING, Row
from aestudio.batch.recorder import Changed, Paused, Planned, RunEvent, WentOn
from aestudio.batch.run import Summary
from aestudio.cli_report import Terminal, duration, percentages
from aestudio.errors import Sentence
from aestudio.progress import Step

TOLD = 0.5  # seconds between two lines of JSON that tell how far a run is


class RunReport(AbstractContextManager["RunReport"]):
    """Tells errors only, and keeps count. Events come from several threads, one at a time."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._before: set[int] = set()  # numbers of photos that an earlier run had done
        self._started = time.monotonic()

    def on_event(self, event: RunEvent) -> None:
        """Something happened in the run."""
        match event:
            case Planned():
                self._rows.update({row.number: row for row in event.rows})
                self._before -= {row.number for row in event.rows}
                self._before |= {row.number for row in event.rows if row.state == DONE}
                for note in event.notes:
                    self.say_error(str(note))
            case Changed(row):
                self._rows[row.number] = row
                if row.state == FAILED:
                    self.say_error(_failure(row))
            case Paused():
                self.say_error(str(event.sentence))

    def on_step(self, step: Step) -> None:
        """The run went on."""

    def on_end(self, summary: Summary) -> None:
        """The run came to its end."""
        if summary.stopped:
            self.say_error(str(summary.stopped))
        self.sum_up(summary)

    def on_interrupted(self) -> None:
        """The user stopped the run."""
        stopped = Sentence.of("The job was interrupted.")
        self.sum_up(Summary(tuple(self._rows.values()), len(self._before), self.seconds, stopped))

    def sum_up(self, summary: Summary) -> None:
        """What was done altogether."""

    def say_error(self, message: str) -> None:
        """One sentence on the error stream."""
        typer.echo(message, err=True)

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self._started

    def __exit__(self, *exc_info: object) -> None:
        """Nothing to put away."""


class JsonRunReport(RunReport):
    """One JSON object per line on the standard output, and the errors as sentences beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._told = float("-inf")  # when the progress was told last

    def on_event(self, event: RunEvent) -> None:
        super().on_event(event)
        match event:
            case Planned():
                _tell("planned", photos=len(event.rows), left=event.left, notes=list(map(str, event.notes)))
                for row in event.rows:
                    if row.state == SKIPPED:
                        _tell("photo", **_facts(row))
            case Changed(row):
                _tell("photo", **_facts(row))
            case Paused():
                _tell("paused", reason=str(event.sentence))
            case WentOn():
                _tell("went on")

    def on_step(self, step: Step) -> None:
        if self.seconds - self._told < TOLD and step.fraction < 1:
            return
        self._told = self.seconds
        left = None if step.seconds_left is None else round(step.seconds_left, 2)
        _tell("progress", fraction=round(step.fraction, 4), seconds_left=left)

    def sum_up(self, summary: Summary) -> None:
        _tell(
            "end",
            done=summary.done,
            before=summary.before,
            failed=summary.count(FAILED),
            skipped=summary.count(SKIPPED),
            flagged=len(summary.need_a_look),
            seconds=round(summary.seconds, 3),
            stopped=None if summary.stopped is None else str(summary.stopped),
        )


class BarRunReport(RunReport):
    """A bar, a line on the standard output for each photo that is done, and a table at the end."""

    def __init__(self, *, watch: bool = False) -> None:
        super().__init__()
        self._watch = watch
        self._terminal = Terminal()
        self._total = 0  # photos that this run is to do
        self._over = 0  # of which something became
        self._megapixels = 0.0
        self._planned = False
        self._step = Step(0, 1)

    def __enter__(self) -> "BarRunReport":
        self._terminal.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._terminal.__exit__()

    def on_event(self, event: RunEvent) -> None:
        super().on_event(event)
        match event:
            case Planned():
                self._total += event.left
                self._terminal.say(_arrived(event) if self._planned else _planned(event))
                if self._watch and not self._planned:
                    self._terminal.say("Photos that come later are done, too: Ctrl-C ends that.")
                self._planned = True
            case Changed(row):
                self._over += row.state in (DONE, FAILED)
                self.on_step(self._step)
                if row.state == DONE:
                    self._megapixels += row.megapixels
                    self._terminal.say(_line(row))
                    for note in row.notes:
                        self.say_error(f"{shown(row.source)}: {note}")
            case WentOn():
                self._terminal.say("The job goes on.")

    def on_step(self, step: Step) -> None:
        self._step = step
        self._terminal.show(step, f"{self._over} of {self._total}  {step.note}")

    def sum_up(self, summary: Summary) -> None:
        self._terminal.__exit__()  # the table is not written through the bar
        if self._total:
            _print_table(summary, self._megapixels)
        failed = [row for row in summary.rows if row.state == FAILED]
        if failed:
            self.say_error("These photos failed:")
        for row in failed:
            self.say_error(_failure(row))
        if summary.need_a_look:
            self.say_error("Please look at these photos, the worst first:")
        for row in summary.need_a_look:
            self.say_error("  ".join(filter(None, (shown(row.output), percentages(row.scores)))))
            for flag in row.flags:
                self.say_error(f"    {flag.sentence}")
        left = summary.count(WAITING) + summary.count(WORKING)
        if left:
            self.say_error(f"{_photos(left)} left: the same command goes on with {'it' if left == 1 else 'them'}.")

    def say_error(self, message: str) -> None:
        self._terminal.say_error(message)


def choose_run_report(*, as_json: bool, quiet: bool, watch: bool = False) -> RunReport:
    """The report that the options ask for."""
    if as_json:
        return JsonRunReport()
    return RunReport() if quiet else BarRunReport(watch=watch)


def tell_preview(rows: Sequence[Row], notes: Sequence[Sentence], *, as_json: bool, quiet: bool) -> None:
    """What a run would make of each photo."""
    for note in notes:
        typer.echo(str(note), err=True)
    waiting, before = (sum(row.state == state for row in rows) for state in (WAITING, DONE))
    if as_json:
        _tell("planned", photos=len(rows), left=waiting, notes=list(map(str, notes)))
        for row in rows:
            _tell("photo", state=row.state, file=str(row.source), output=str(row.output))
    elif not quiet:
        for row in rows:
            typer.echo(f"{shown(row.source)} -> {shown(row.output)}  {_prospect(row)}")
        typer.echo(_totals(len(rows), waiting, before))


def _prospect(row: Row) -> str:
    """What would become of a photo."""
    if row.state == WAITING:
        replaces = os.path.lexists(row.output)
        return "will be done, and replaces what is there" if replaces else "will be done"
    return "done before" if row.state == DONE else f"skipped: {row.message}"


def shown(path: Path) -> str:
    """A path as it is seen from the current folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _tell(event: str, **values: Any) -> None:
    typer.echo(json.dumps({"event": event, **values}, ensure_ascii=False))


def _facts(row: Row) -> dict[str, Any]:
    """What became of a photo, for JSON."""
    found: dict[str, Any] = {"state": row.state, "file": str(row.source), "output": str(row.output)}
    if row.message is not None:
        found["error" if row.state == FAILED else "reason"] = str(row.message)
    if row.state == DONE:
        found |= {
            "found": row.found,
            "scores": dict(row.scores),
            "flags": [{"kind": f.kind, "excess": round(f.excess, 4), "sentence": str(f.sentence)} for f in row.flags],
            "megapixels": round(row.megapixels, 3),
            "seconds": round(row.seconds, 3),
            "notes": list(map(str, row.notes)),
        }
    return found


def _planned(event: Planned) -> str:
    waiting, before = event.left, sum(row.state == DONE for row in event.rows)
    if event.rows and before == len(event.rows):
        return f"{before} photo{'s were' if before > 1 else ' was'} done before; nothing is left to do."
    return _totals(len(event.rows), waiting, before)


def _arrived(event: Planned) -> str:
    return f"{_photos(event.left)} new."


def _totals(photos: int, waiting: int, before: int) -> str:
    skipped = photos - waiting - before
    parts = [f"{waiting} to do"]
    if before:
        parts.append(f"{before} done before")
    if skipped:
        parts.append(f"{skipped} skipped, as files of those names are there already (see --existing)")
    return f"{photos} photo{'s' * (photos != 1)}: {', '.join(parts)}."


def _photos(count: int) -> str:
    return "1 photo is" if count == 1 else f"{count} photos are"


def _failure(row: Row) -> str:
    """Why nothing was made of a photo; in several folders there may be one of its name."""
    return f"{shown(row.source)}: {row.message}"


def _line(row: Row) -> str:
    """One photo that is done."""
    doubts = dict.fromkeys(flag.kind for flag in row.flags)  # in sentences at the end
    look = f"please look: {', '.join(doubts)}" if doubts else ""
    figures = (row.found, f"{row.megapixels:.1f} MP", f"{row.seconds:.1f} s", percentages(row.scores), look)
    return "  ".join((shown(row.output), *filter(None, figures)))


def _print_table(summary: Summary, megapixels: float) -> None:
    figures: Mapping[str, str] = {
        "Done": f"{summary.done}",
        "Done before": f"{summary.before}",
        "Skipped": f"{summary.count(SKIPPED)}",
        "Failed": f"{summary.count(FAILED)}",
        "To be looked at": f"{len(summary.need_a_look)}",
        "Megapixels": f"{megapixels:.1f}",
        "Time": duration(summary.seconds),
        "Photos per hour": f"{3600 * summary.done / max(summary.seconds, 1e-9):,.0f}",
    }
    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, figure in figures.items():
        table.add_row(name, figure)
    Console().print(table)
