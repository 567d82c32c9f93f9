"""Tells on the terminal how a run goes: with a bar, as JSON, or with errors only."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as RichProgress
from rich.table import Table

from aestudio.batch.codec import KB, Compressed, Decompressed
from aestudio.batch.events import BatchReport, Done, Event, Failed, Progressed, Restored, Started
from aestudio.progress import Step


class Report(AbstractContextManager["Report"]):
    """Tells errors only. `on_event` is for each photo, `on_step` for the whole run."""

    def on_event(self, event: Event) -> None:
        """Something became of a photo."""
        if isinstance(event, Failed):
            self.say_error(event.message)

    def on_step(self, step: Step) -> None:
        """The run went on."""

    def on_end(self, report: BatchReport[Any]) -> None:
        """The run is over."""

    def say_error(self, message: str) -> None:
        """One sentence on the error stream."""
        typer.echo(message, err=True)

    def __exit__(self, *exc_info: object) -> None:
        """Nothing to put away."""


class JsonReport(Report):
    """One JSON object per line on the standard output, and the errors as sentences beside it."""

    def on_event(self, event: Event) -> None:
        super().on_event(event)
        typer.echo(json.dumps(as_dict(event), ensure_ascii=False))


class Terminal(AbstractContextManager["Terminal"]):
    """A bar on the error stream where that is a terminal, and lines that do not run through it."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[left]}"),
            console=self._console,
            transient=True,
            redirect_stdout=False,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=1.0, left="")
        self._one_terminal = self._console.is_terminal and sys.stdout.isatty()

    def __enter__(self) -> "Terminal":
        self._bar.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._bar.stop()

    def show(self, step: Step, note: str) -> None:
        """Move the bar."""
        left = "" if step.seconds_left is None else f"{duration(step.seconds_left)} left"
        self._bar.update(self._task, completed=step.fraction, description=note, left=left)

    def say(self, line: str) -> None:
        """A line on the standard output."""
        if self._one_terminal:  # above the bar, not through it
            self._console.print(escape(line), highlight=False, soft_wrap=True)
        else:
            typer.echo(line)

    def say_error(self, message: str) -> None:
        """A line on the error stream."""
        self._console.print(escape(message), style="red", highlight=False, soft_wrap=True)


class BarReport(Report):
    """A bar, and a line on the standard output for each photo that is done."""

    def __init__(self) -> None:
        self._terminal = Terminal()

    def __enter__(self) -> "BarReport":
        self._terminal.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._terminal.__exit__()

    def on_event(self, event: Event) -> None:
        super().on_event(event)
        if isinstance(event, Done):
            self._terminal.say("  ".join((str(event.job.output), *_line(event))))
            for note in event.notes:
                self.say_error(str(note))

    def on_end(self, report: BatchReport[Any]) -> None:
        if report.need_a_look:
            self.say_error("Please look at these photos, the worst first:")
        for done in report.need_a_look:
            self.say_error(f"{done.job.output}  {percentages(done.scores)}")

    def on_step(self, step: Step) -> None:
        self._terminal.show(step, step.note)

    def say_error(self, message: str) -> None:
        self._terminal.say_error(message)


def choose_report(*, as_json: bool, quiet: bool) -> Report:
    """The report that the options ask for."""
    if as_json:
        return JsonReport()
    return Report() if quiet else BarReport()


def as_dict(event: Event) -> dict[str, Any]:
    """An event as one JSON object; `file` and `output` are paths as they were given."""
    found: dict[str, Any] = {"file": str(event.job.source), "output": str(event.job.output)}
    if isinstance(event, Started):
        return {"event": "started", **found, "number": event.number, "total": event.total}
    if isinstance(event, Progressed):
        left = event.step.seconds_left
        rounded = None if left is None else round(left, 2)
        return {"event": "progress", **found, "fraction": round(event.step.fraction, 4), "seconds_left": rounded}
    if isinstance(event, Failed):
        return {"event": "failed", **found, "error": event.message}
    return {
        "event": "done",
        **found,
        **_facts(event),
        "megapixels": round(event.megapixels, 3),
        "seconds": round(event.seconds, 3),
        "notes": [str(note) for note in event.notes],
    }


def _facts(done: Done) -> dict[str, Any]:
    """What only one kind of work tells."""
    match done:
        case Restored():
            return {
                "found": dict(done.finding.values),
                "summary": done.finding.summary,
                "untouched": done.untouched,
                "scores": dict(done.scores),
            }
        case Compressed():
            return {
                "source_bytes": done.source_size,
                "bytes": done.size,
                "bits_per_pixel": round(done.bits_per_pixel, 4),
                "psnr": round(done.psnr, 3) if math.isfinite(done.psnr) else None,
                "quality": round(done.quality, 2),
            }
        case Decompressed():
            return {"tiles": done.tiles, "lost_tiles": done.lost}
    return {}


def print_table(reports: Mapping[str, BatchReport[Restored]], out: Path) -> None:
    """What each tool made of the samples."""
    table = Table("Tool", "Photo", "Found", "Megapixels", "Seconds", "MP/s", "Result")
    for column in table.columns[3:6]:
        column.justify = "right"
    for title, report in reports.items():
        for done in report.restored:
            found, size, seconds, speed = _figures(done)
            figures = (size.split()[0], seconds.split()[0], speed.split()[0])
            table.add_row(title, escape(done.job.source.name), found, *figures, escape(str(done.job.output)))
        for failed in report.failed:
            table.add_row(title, escape(failed.job.source.name), "failed", "", "", "", escape(failed.message))
    table.columns[6].overflow = "fold"
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    console.print(f"The results lie in {escape(str(out.resolve()))}", highlight=False, soft_wrap=True)


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table of texts on the standard output."""
    table = Table(*columns)
    for row in rows:
        table.add_row(*map(escape, row))
    for column in table.columns:
        column.overflow = "fold"
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def _line(done: Done) -> tuple[str, ...]:
    """The figures of a photo that is done, each with its unit."""
    match done:
        case Restored():
            return _figures(done)
        case Compressed():
            lossless = not math.isfinite(done.psnr)
            return (
                *_pace(done)[:2],
                f"{done.size / KB:.1f} KB",
                _share(done.source_size, done.size),
                f"{done.bits_per_pixel:.3f} bpp",
                "without loss" if lossless else f"{done.psnr:.2f} dB",
                f"quality {done.quality:.1f}",
            )
    return _pace(done)


def _share(before: int, after: int) -> str:
    ratio = before / max(after, 1)
    return f"{ratio:.1f} times smaller" if ratio >= 1 else f"{1 / max(ratio, 1e-9):.1f} times larger"


def _figures(done: Restored) -> tuple[str, str, str, str]:
    """What was found, size, seconds, speed; each with its unit."""
    scores = f", {percentages(done.scores)}" if done.scores else ""
    found = done.finding.summary + scores + (", left as it is" if done.untouched else "")
    return found, *_pace(done)


def _pace(done: Done) -> tuple[str, str, str]:
    speed = done.megapixels / max(done.seconds, 1e-9)
    return f"{done.megapixels:.1f} MP", f"{done.seconds:.1f} s", f"{speed:.2f} MP/s"


def percentages(scores: Mapping[str, float]) -> str:
    """What a tool thinks of its own work."""
    return ", ".join(f"{name} {value:.0%}" for name, value in scores.items())


def duration(seconds: float) -> str:
    """A time as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
