"""`aestudio weights`: trains, measures and lands all the models that come with AEStudio."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_options import AsJson, Device, Quiet
from aestudio.cli_running import stop_on_signal
from aestudio.errors import SettingsError
from aestudio.progress import Progress
from aestudio.resources import data_folder

if TYPE_CHECKING:
    from aestudio.training.landing import Outcome

CODES = "Exit codes: 0 it is done, 2 it could not be done, 130 interrupted: the same command goes on."
_NAMES = "Of the models; all by default."
_DATA = "Photos to learn from, with the sub-folders that the recipes name; or such photos packed with “aestudio pack”."
_MEASURE = "Photos to measure on, which nothing has learnt from. Without them no model takes another's place."
_HOURS = "For all of the training, shared out as the recipes share theirs; by default what each of them says."
_ANEW = "Train from the first stage on, instead of those that the installed models have not learnt yet."
_TABLE = "Train nothing: tell the goals of the recipes beside the figures on the cards."


def register(app: typer.Typer) -> None:
    """Give the program its command `weights`."""
    app.command("weights", epilog=CODES)(weights)


def weights(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help=_NAMES)] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="FOLDER", help=_DATA)] = None,
    measure: Annotated[Path | None, typer.Option("--measure", metavar="FOLDER", help=_MEASURE)] = None,
    hours: Annotated[float | None, typer.Option("--hours", min=1e-4, help=_HOURS)] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="For checkpoints, and models that await measuring.")
    ] = Path("runs/weights"),
    anew: Annotated[bool, typer.Option("--anew", help=_ANEW)] = False,
    table: Annotated[bool, typer.Option("--table", help=_TABLE)] = False,
    device: Device = "auto",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Train the models that come with AEStudio from their recipes, and keep those that their benchmarks find better.

    The same command goes on with a run that was stopped. Works in a checkout, where the benchmarks are.
    """
    from aestudio.cli_report import choose_report, print_rows

    models = data_folder("models")
    if table:
        rows = _goals(models, names or [])
        if as_json:
            for row in rows:
                typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            print_rows(("Model", "Figure", "Now", "Goal", ""), [tuple(map(_told, row.values())) for row in rows])
        return
    if data is None:
        raise SettingsError("Please say with --data where the photos are that the recipes learn from.")

    from aestudio.logs import log_file
    from aestudio.training.landing import Order, train_all

    order = Order(models, models.parent / "benchmarks", data, measure, out, device, hours, names or [], anew)

    def begins(name: str, what: str) -> None:
        if as_json:
            typer.echo(json.dumps({"event": what, "name": name}))
        elif not quiet:
            typer.echo(f"{name}: {what}")

    with log_file(), choose_report(as_json=False, quiet=quiet or as_json) as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            outcomes = train_all(order, progress, begins)
    if as_json:
        for outcome in outcomes:
            typer.echo(json.dumps({"event": "done", **vars(outcome)}, ensure_ascii=False))
    elif not quiet:
        print_rows(("Model", "What became of it", "Figure", "Before", "After"), _rows(outcomes))


def _rows(outcomes: "list[Outcome]") -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for outcome in outcomes:
        head = outcome.name, outcome.why
        for figure in outcome.after or [""]:
            before, after = (_told(each.get(figure)) for each in (outcome.before, outcome.after))
            rows.append((*head, figure, before, after))
            head = "", ""
    return rows


def _goals(models: Path, names: list[str]) -> list[dict[str, Any]]:
    """Each goal with the figure that the card has for it."""
    from aestudio.models.card import ModelCard
    from aestudio.training.landing import courses_of, goals_on

    rows: list[dict[str, Any]] = []
    for course in courses_of(models, names):
        benchmark = course.benchmark
        if benchmark is None:
            continue
        card = ModelCard.read(models / f"{benchmark.card or course.name}.json")
        for goal, now in goals_on(card, benchmark):
            reached = None if now is None else "reached" if goal.reached(now) else "not reached"
            rows.append({"model": course.name, "figure": goal.name, "now": now, "goal": goal.goal, "state": reached})
    return rows


def _told(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
