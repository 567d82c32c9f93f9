"""The commands for models: list, show, adopt, rename, export, import, delete."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_running import NOTHING_RAN
from aestudio.errors import SettingsError

if TYPE_CHECKING:
    from aestudio.models.card import ModelCard
    from aestudio.models.library import Entry

CODES = "Exit codes: 0 it is done, 2 it could not be done."
MB = 1_000_000  # bytes

Name = Annotated[str, typer.Argument(metavar="NAME", help="Of the model, as the list has it.")]
NewName = Annotated[str, typer.Option("--name", metavar="NAME", show_default="its own", help="Give it another name.")]

models = typer.Typer(
    help="The models that tools work with: those that came with AEStudio, and your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Give the program its commands for models."""
    app.add_typer(models, name="models")


@models.command("list", epilog=CODES)
def _list(
    as_json: Annotated[bool, typer.Option("--json", help="Tell them as JSON, one object per line.")] = False,
) -> None:
    """List all models."""
    from aestudio.cli_report import print_rows
    from aestudio.models.library import models as all_models

    entries = all_models()
    if as_json:
        for entry in entries:
            typer.echo(json.dumps(_facts(entry), ensure_ascii=False))
        return
    print_rows(_COLUMNS, [_row(entry) for entry in entries])
    for entry in entries:
        if entry.problem:
            typer.echo(str(entry.problem), err=True)


@models.command("show", epilog=CODES)
def _show(name: Name) -> None:
    """Tell everything about a model."""
    from aestudio.cli_report import print_rows
    from aestudio.errors import WeightsError
    from aestudio.models.library import find

    entry = find(name)
    if entry.problem:
        raise WeightsError(entry.problem)
    assert entry.card is not None
    print_rows(("", entry.name), _all_rows(entry, entry.card))


@models.command("adopt", epilog=CODES)
def _adopt(
    place: Annotated[
        Path, typer.Argument(metavar="RUN_OR_CARD", help="The folder of a training run, or the card of its model.")
    ],
    name: NewName = "",
    even_if_worse: Annotated[
        bool, typer.Option("--even-if-worse", help="Even if it is no better than the model that it was compared with.")
    ] = False,
) -> None:
    """Make the model of a training run one of your own, for tools to work with."""
    from aestudio.models.library import NotBetterError, adopt

    try:
        card = adopt(place, name, even_if_worse=even_if_worse)
    except NotBetterError as exc:
        raise SettingsError("{said} With --even-if-worse it is adopted all the same.", said=exc) from exc
    typer.echo(f"The model {card.stem} is one of your own now: {card}")


@models.command("rename", epilog=CODES)
def _rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The name of one of your own models.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name that it gets.")],
) -> None:
    """Give one of your own models another name."""
    from aestudio.models.library import rename

    typer.echo(f"The model is called {rename(old, new).stem} now.")


@models.command("export", epilog=CODES)
def _export(
    name: Name,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="For card and weights, or a new file ending in .zip.")
    ],
) -> None:
    """Copy a model, to pass it on or to keep it."""
    from aestudio.models.library import export

    typer.echo(f"The model lies in {export(name, out)}")


@models.command("import", epilog=CODES)
def _import(
    place: Annotated[
        Path, typer.Argument(metavar="FILE_OR_FOLDER", help="What was exported: a zip file, a card or their folder.")
    ],
    name: NewName = "",
) -> None:
    """Take in a model that was exported, on this machine or on another one."""
    from aestudio.models.library import bring_in

    card = bring_in(place, name)
    typer.echo(f"The model {card.stem} is one of your own now: {card}")


@models.command("delete", epilog=CODES)
def _delete(
    name: Name, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether it is meant.")] = False
) -> None:
    """Delete one of your own models."""
    from aestudio.models.library import delete

    if not yes:
        if not sys.stdin.isatty():
            raise SettingsError(
                "The model {name} would be gone for good. If that is meant, please add --yes.", name=name
            )
        try:
            agreed = typer.confirm(f"Delete the model {name} for good?", err=True)
        except typer.Abort as exc:  # Ctrl-C, or nothing comes any more
            raise KeyboardInterrupt from exc
        if not agreed:
            raise typer.Exit(NOTHING_RAN)
    delete(name)
    typer.echo(f"The model {name} is deleted.")


_COLUMNS = ("Name", "Tool", "Whose", "Version", "Date", "Base", "Score", "MB")


def _row(entry: "Entry") -> tuple[str, ...]:
    """A line of the list."""
    whose = "own" if entry.own else "built-in"
    if entry.hides:
        whose = "own, in place of the built-in one"
    if entry.card is None or entry.problem:
        return entry.name, entry.card.task if entry.card else "", whose, "damaged", "", "", "", ""
    card = entry.card
    score = " ".join(f"{name} {value:g}" for name, value in _main_score(card).items())
    return (
        entry.name,
        card.task,
        whose,
        card.version,
        card.date,
        card.start.name if card.start else "",
        score,
        f"{entry.bytes / MB:.1f}",
    )


def _facts(entry: "Entry") -> dict[str, Any]:
    """The same for programs."""
    card = entry.card
    return {
        "name": entry.name,
        "tool": card and card.task,
        "own": entry.own,
        "hides_built_in": entry.hides,
        "version": card and card.version,
        "date": card and card.date,
        "base": card and card.start and card.start.name,
        "score": _main_score(card) if card else {},
        "bytes": entry.bytes,
        "card": str(entry.path),
        "problem": None if entry.problem is None else str(entry.problem),
    }


def _main_score(card: "ModelCard") -> dict[str, float]:
    """The score that decided while it was trained, by its name; none where the card has none."""
    table = card.scores.get("held-out photos", {})
    plain = table if isinstance(table, dict) else {}
    for name, value in plain.items():
        if name not in ("step", "seconds", "loss") and isinstance(value, int | float):
            return {name: value}
    return {}


def _all_rows(entry: "Entry", card: "ModelCard") -> list[tuple[str, str]]:
    """Everything on a card that people ask for."""
    start = card.start and f"{card.start.name} {card.start.version}, {card.start.steps} steps before"
    learnt = ", ".join(card.training_folders) or "not told"
    if card.source:
        learnt = f"the user's own ({card.source.kind})"
    rows = [
        ("Tool", card.task),
        ("Whose", "own" if entry.own else "built-in"),
        ("Version", card.version),
        ("Date", card.date),
        ("Base", start or "none"),
        ("Photos learnt from", learnt),
        ("Steps", str(card.steps)),
        ("Trained", f"{card.hours:g} hours on {card.device}"),
        ("Settings", json.dumps(card.settings, ensure_ascii=False) if card.settings else ""),
        ("Network", f"{card.architecture}, {card.parameters / 1e6:.2f} million parameters"),
        ("Scores", ", ".join(f"{name} {value:g}" for name, value in _main_score(card).items())),
        ("Size", f"{entry.bytes / MB:.1f} MB"),
        ("Licence", card.license or "the user's own, none given"),
        *(("Limit", limit) for limit in card.limits),
        ("Card", str(entry.path)),
    ]
    return [(label, value) for label, value in rows if value]
