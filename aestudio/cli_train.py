"""`aestudio train`: from a recipe, or on the user's own photos."""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_options import AsJson, Device, Quiet
from aestudio.cli_running import EXIT_CODES, stop_on_signal
from aestudio.errors import SettingsError
from aestudio.progress import Progress
from aestudio.training.coding import MOST_DROPOUT, MOST_NOISE, Coding, usual_base

if TYPE_CHECKING:
    from aestudio.training.orders import Orders

Folders = list[Path] | None

RUNS = Path("runs")


class Kind(StrEnum):
    """What photos are given, see training/data/source.py."""

    CLEAN = "clean"
    PAIRS = "pairs"
    SERIES = "series"
    NOISY = "noisy"


class Noise(StrEnum):
    """What good photos are damaged with."""

    MIXED = "mixed"
    WHITE = "white"
    POISSON = "poisson"
    CAMERA = "camera"
    DROPOUT = "dropout"


class Half(StrEnum):
    """What stays as it is."""

    ENCODER = "encoder"
    DECODER = "decoder"


_TASKS = "What is taught: colorize, compress, denoise, explore, inpaint, mark-finder, noise-level or unwatermark."
_DATA = "Photos to learn from, with sub-folders; may be given several times. With --recipe, where its folders lie."
_BASE = (
    "Go on from this model; “none” starts from nothing. By default the tool's own; for explore, the one of its kind."
)
_INPUT_NOISE = (
    "For explore: noise on the photos that it is given, in 8-bit levels at most, while it is asked for the good ones; "
    "0 for none. By default as in the model that it goes on from."
)
_INPUT_DROPOUT = (
    "For explore: the share of pixels that it is not given, at most, from 0 to 0.9. By default as in the model that it "
    "goes on from."
)
_VARIATIONAL = (
    "For explore: codes without gaps between them, from which new photos can be drawn; or plain ones. By default as in "
    "the model that it goes on from."
)
_KIND = (
    "What the photos are. clean: good ones; pairs: good ones, and noisy ones of the same names in --noisy; series: "
    "bursts or ISO series; noisy: noisy ones alone."
)


def register(app: typer.Typer) -> None:
    """Give the program its command `train`."""
    app.command("train", epilog=EXIT_CODES)(train)


def train(
    task: Annotated[str, typer.Argument(metavar="TASK", help=_TASKS)],
    data: Annotated[Folders, typer.Option("--data", metavar="FOLDER", help=_DATA)] = None,
    noisy: Annotated[Folders, typer.Option("--noisy", metavar="FOLDER", help="The noisy halves of pairs.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help=_KIND)] = None,
    base: Annotated[
        str | None,
        typer.Option("--from", metavar="MODEL", help=_BASE),
    ] = None,
    recipe: Annotated[
        Path | None, typer.Option("--recipe", metavar="FILE", help="A TOML file, like those in models/.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Of the model that comes out.")] = None,
    freeze: Annotated[Half | None, typer.Option("--freeze", help="Leave this half of the network as it is.")] = None,
    stacked: Annotated[
        int, typer.Option("--stacked", metavar="LEVELS", min=0, help="Teach so many levels one by one first.")
    ] = 0,
    noise: Annotated[Noise, typer.Option("--noise", help="What good photos are damaged with.")] = Noise.MIXED,
    iso: Annotated[str | None, typer.Option("--iso", metavar="LOW-HIGH", help="Range of camera noise.")] = None,
    marks: Annotated[
        Folders, typer.Option("--marks", metavar="FILE", help="Your own marks, or a folder of them; for watermarks.")
    ] = None,
    input_noise: Annotated[
        float | None, typer.Option("--input-noise", metavar="LEVELS", min=0, max=MOST_NOISE, help=_INPUT_NOISE)
    ] = None,
    input_dropout: Annotated[
        float | None, typer.Option("--input-dropout", metavar="SHARE", min=0, max=MOST_DROPOUT, help=_INPUT_DROPOUT)
    ] = None,
    variational: Annotated[bool | None, typer.Option("--variational/--plain", help=_VARIATIONAL)] = None,
    beta: Annotated[
        float | None, typer.Option("--beta", min=1e-6, help="For variational ones: how much that counts, usually 1.")
    ] = None,
    rate: Annotated[float | None, typer.Option("--rate", min=1e-7, max=1.0, help="Highest learning rate.")] = None,
    steps: Annotated[int | None, typer.Option("--steps", min=1, help="End after so many steps.")] = None,
    hours: Annotated[float | None, typer.Option("--hours", min=1e-4, help="End after so many hours.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="HH:MM", help="End at that time of day.")] = None,
    patch: Annotated[int | None, typer.Option("--patch", help="Side of what is looked at at once, in pixels.")] = None,
    batch: Annotated[int | None, typer.Option("--batch", min=1, help="How many patches a step learns from.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FOLDER",
            help="For the model, the verdict and the checkpoint: by default runs/NAME, and runs with --recipe.",
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run in --out, as it was planned; only its time may differ.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look through the photos, and train nothing.")] = False,
    control: Annotated[
        bool, typer.Option("--control", help="Obey a word a line on the standard input: pause, resume, stop, discard.")
    ] = False,
    device: Device = "auto",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace weights that a finished run left.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Teach a model your own photos, and judge it on photos that it has not seen; or train one from a recipe.

    The same command goes on with a run that was stopped. Your photos are only ever read.
    """
    limit = hours_left(hours, until)
    coding = Coding(variational, beta, input_noise, input_dropout)
    if recipe is not None:
        given = {"steps": steps, "learning_rate": rate, "patch": patch, "batch": batch}
        _from_recipe(
            task,
            data or [],
            recipe,
            coding,
            {key: value for key, value in given.items() if value is not None},
            limit,
            out or RUNS,
            device,
            overwrite=overwrite,
            as_json=as_json,
            quiet=quiet,
        )
        return
    if resume and dry_run:
        raise SettingsError("A run that goes on was looked through before. Please leave out --dry-run or --resume.")
    if not resume and not data:
        raise SettingsError("Please say with --data where the photos are that “{task}” is to learn from.", task=task)

    from aestudio.cli_train_report import choose_report
    from aestudio.logs import log_file
    from aestudio.training.data.source import Source
    from aestudio.training.orders import Orders
    from aestudio.training.plan import Plan
    from aestudio.training.session import learn, look_through

    name = name or f"my-{task}"
    out = out or RUNS / name
    chosen = kind or (Kind.PAIRS if noisy else Kind.CLEAN)
    plan = None
    if not resume:
        plan = Plan(
            task=task,
            source=Source(_absolute(data), chosen.value, _absolute(noisy)),
            name=name,
            base={None: usual_base(task, coding), "none": ""}.get(base, base or ""),
            freeze=freeze.value if freeze else "",
            stacked=stacked,
            noise=noise.value,
            iso=_iso(iso),
            marks=tuple(map(str, _absolute(marks))),
            coding=coding,
            rate=rate,
            steps=steps,
            hours=limit,
            patch=patch,
            batch=batch,
        )
    orders = Orders()
    with log_file(), choose_report(as_json=as_json, quiet=quiet) as report:
        progress = Progress(report.on_step)
        if control:
            _obey(orders, progress)
        with stop_on_signal(progress):
            if dry_run:
                assert plan is not None
                look_through(plan, device, progress, report.on_event)
            else:
                more = limit if resume else None
                learn(plan, out, device, progress, orders, report.on_event, hours=more, anew=overwrite)


def _absolute(folders: Folders) -> tuple[Path, ...]:
    return tuple(folder.absolute() for folder in folders or ())


def _iso(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        low, _, high = text.partition("-")
        return float(low), float(high or low)
    except ValueError as exc:
        raise SettingsError("“{text}” is no range of ISO. Please write one such as 1600-6400.", text=text) from exc


def hours_left(hours: float | None, until: str | None) -> float | None:
    """How long a run may take that is given hours, or a time of day. Raises SettingsError for what is no time."""
    if until is None:
        return hours
    now = datetime.now().astimezone()
    try:
        end = datetime.strptime(until, "%H:%M").astimezone()
    except ValueError as exc:
        raise SettingsError("“{text}” is no time of day. Please write one such as 07:00.", text=until) from exc
    end = now.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    if end <= now:
        end += timedelta(days=1)
    return (end - now).total_seconds() / 3600


def _obey(orders: "Orders", progress: Progress) -> None:
    """Let another program command the run. When it is gone, the run ends as with Ctrl-C: its checkpoint stays."""
    if hasattr(os, "nice"):
        os.nice(10)  # whoever sits at the window goes first

    def discard() -> None:
        orders.stop_and_discard()
        progress.cancel()

    words: dict[str, Callable[[], None]] = {
        "pause": orders.pause,
        "resume": orders.go_on,
        "stop": orders.stop_and_keep,
        "discard": discard,
    }

    def listen() -> None:
        for line in sys.stdin:
            words.get(line.strip(), lambda: None)()
        progress.cancel()

    threading.Thread(target=listen, name="orders", daemon=True).start()


def _from_recipe(
    task: str,
    data: list[Path],
    recipe: Path,
    coding: Coding,
    changes: Mapping[str, Any],
    hours: float | None,
    out: Path,
    device: str,
    *,
    overwrite: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """How the models in models/ are made."""
    from aestudio.cli_report import choose_report
    from aestudio.logs import log_file
    from aestudio.models.card import ModelCard
    from aestudio.training.plan import coded
    from aestudio.training.ranks import Ranks
    from aestudio.training.recipe import read_course
    from aestudio.training.stages import train_stages

    if len(data) != 1:
        raise SettingsError("Please say with one --data where the folders of the recipe lie.")
    course = read_course(recipe)
    if coding != Coding():
        course = replace(course, stages=tuple(coded(stage, coding) for stage in course.stages))
    try:
        with log_file(), choose_report(as_json=as_json, quiet=quiet) as report:
            progress = Progress(report.on_step)
            with stop_on_signal(progress):
                path = train_stages(
                    course, task, data[0], out, progress, device, hours=hours, changes=changes, overwrite=overwrite
                )
    finally:
        Ranks.close()
    if not quiet and Ranks.writes():
        card = ModelCard.read(path)
        typer.echo(f"{card.steps} steps in {card.hours:.2f} hours. The model lies in {path}")
