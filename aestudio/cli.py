"""The command line: arguments in, exit code out.

Nothing that computes is imported before a command runs: `--help` and wrong usage answer at once.
"""

import inspect
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio import (
    __version__,
    cli_batch,
    cli_codec,
    cli_explore,
    cli_integrate,
    cli_models,
    cli_pack,
    cli_train,
    cli_weights,
)
from aestudio.cli_options import (
    Device,
    Overwrite,
    Photos,
    RunOptions,
    Tile,
    parameter,
    setting_parameters,
    shared_parameters,
    take_settings,
    with_parameters,
)
from aestudio.cli_running import EXIT_CODES, INTERRUPTED, NOTHING_RAN, SOME_FAILED, ask, stop_on_signal
from aestudio.errors import AEStudioError, Cancelled, WeightsError
from aestudio.progress import Progress
from aestudio.tasks import TASKS
from aestudio.tasks.base import Settings, Task

if TYPE_CHECKING:
    from aestudio.batch.events import BatchReport, Restored

log = logging.getLogger(__name__)

OpenWindow = Callable[[Sequence[Path]], int]

app = typer.Typer(
    name="aestudio",
    help="Restores photographs, on this machine alone. Without a command, the studio's window is opened.",
    epilog="aestudio PHOTO… opens photos in the window.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main(argv: Sequence[str] | None = None, *, open_window: OpenWindow) -> int:
    """Run the command in `argv`, by default the program's own arguments; the exit code."""
    arguments = _with_command(sys.argv[1:] if argv is None else argv)
    try:
        typer.main.get_command(app)(args=arguments, prog_name="aestudio", obj=open_window)
    except SystemExit as exc:
        return exc.code if isinstance(exc.code, int) else 0
    except AEStudioError as exc:
        typer.echo(str(exc), err=True)
        return NOTHING_RAN
    except (Cancelled, KeyboardInterrupt):
        typer.echo("Stopped. What is finished is saved.", err=True)
        return INTERRUPTED
    except Exception as exc:  # noqa: BLE001 - a user gets a sentence, whatever went wrong; the log gets the rest
        return _tell_unexpected(exc)
    return 0


def _tell_unexpected(exc: Exception) -> int:
    from aestudio.logs import log_file, log_path

    with log_file():
        log.error("unexpected", exc_info=exc)
    typer.echo(f"AEStudio met an error of its own ({type(exc).__name__}). Please report it with {log_path()}", err=True)
    return NOTHING_RAN


def _with_command(argv: Sequence[str]) -> list[str]:
    """The arguments with `open` in front where they name photos, or nothing.

    What looks like no photo is left to be refused as an unknown command: a mistyped one must not open the window.
    """
    commands = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    if not argv:
        return ["open"]
    first = argv[0]
    is_photo = first not in commands and (Path(first).exists() or Path(first).suffix or Path(first).name != first)
    return ["open", *argv] if first == "--" or (is_photo and not first.startswith("-")) else list(argv)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"AEStudio {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Tell the version.")
    ] = (False),
) -> None:
    """All work is done by the commands."""


@app.command("open", help="Open the studio's window, with photos and folders of photos in it.")
def _open(ctx: typer.Context, photos: Annotated[list[Path] | None, typer.Argument(metavar="PHOTO")] = None) -> None:
    open_window: OpenWindow = ctx.obj
    raise typer.Exit(open_window(photos or []))


def add_task(task: Task[Any]) -> None:
    """Give a tool its command: an option for each of its settings, and those of RunOptions."""
    kind = task.settings_type

    def command(photos: list[Path], **values: Any) -> None:
        ask(task, yes=values.pop("yes", False))
        settings = take_settings(kind, values)
        raise typer.Exit(_run(task, settings, photos, RunOptions(**values)))

    parameters = [parameter("photos", Photos), *setting_parameters(kind), *shared_parameters()]
    if task.question:
        parameters.append(parameter("yes", Annotated[bool, typer.Option("--yes", "-y", help=_yes_to(task))], False))
    help_ = inspect.cleandoc(type(task).__doc__ or task.title)
    app.command(task.id, help=help_, epilog=EXIT_CODES)(with_parameters(command, parameters))


def _yes_to(task: Task[Any]) -> str:
    return f"The answer to: {task.question}"


for _task in TASKS:
    add_task(_task)
cli_batch.register(app)
cli_codec.register(app)
cli_explore.register(app)
cli_integrate.register(app)
cli_models.register(app)
cli_pack.register(app)
cli_train.register(app)
cli_weights.register(app)


def _run(task: Task[Any], settings: Settings, photos: Sequence[Path], options: RunOptions) -> int:
    """Take photos through one tool."""
    from aestudio.batch.loop import restore_photos
    from aestudio.batch.names import Naming, plan
    from aestudio.batch.restoring import FileRestorer, load_restorer
    from aestudio.cli_report import choose_report
    from aestudio.codec.photo_format import install
    from aestudio.codec.shelf import Shelf
    from aestudio.logs import log_file
    from aestudio.models.catalog import using

    parts = options.parts()
    install(Shelf(device=options.device))
    save_options = options.save_options()
    naming = Naming(options.name, task.id, options.model or task.model)
    jobs = plan(photos, options.out, naming, save_options, overwrite=options.overwrite)
    with log_file(), choose_report(as_json=options.as_json, quiet=options.quiet) as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress), using(parts):
            restorer = load_restorer(task, options.model, options.device, options.tile)
            restore_file = FileRestorer(
                restorer, task, settings, save_options, options.overwrite, options.large, options.salvage
            )
            result = restore_photos(jobs, restore_file, progress, report.on_event)
        report.on_end(result)
    return SOME_FAILED if result.failed else 0


@app.command("samples", help="Restore the sample photos with every tool, and tell the figures.", epilog=EXIT_CODES)
def _samples(
    photos: Annotated[
        list[Path] | None, typer.Argument(metavar="PHOTO", help="Other photos than those that came with AEStudio.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Folder for the results.")] = Path(
        "aestudio-samples"
    ),
    device: Device = "auto",
    tile: Tile = None,
    overwrite: Overwrite = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="The answer to what tools ask about other photos.")] = False,
) -> None:
    for task in TASKS if photos else ():
        ask(task, yes=yes)
    from aestudio.batch.loop import restore_photos
    from aestudio.batch.names import Naming, plan
    from aestudio.batch.restoring import FileRestorer, load_restorer
    from aestudio.cli_report import BarReport, print_table
    from aestudio.codec.photo_format import install
    from aestudio.codec.shelf import Shelf
    from aestudio.images.options import SaveOptions
    from aestudio.logs import log_file
    from aestudio.resources import data_folder

    install(Shelf(device=device))
    reports: dict[str, BatchReport[Restored]] = {}
    with log_file(), BarReport() as bar:
        progress = Progress(bar.on_step)
        with stop_on_signal(progress):
            for task in TASKS:
                options = SaveOptions()
                sources = photos or [data_folder("resources") / "samples"]
                jobs = plan(sources, out / task.id, Naming(task=task.id), options)
                try:
                    restorer = load_restorer(task, device=device, tile=tile)
                except WeightsError as exc:  # the other tools may have theirs
                    bar.say_error(str(exc))
                    continue
                restore_file = FileRestorer(restorer, task, task.settings_type(), options, overwrite)
                reports[task.title] = restore_photos(jobs, restore_file, progress)
    if not reports:
        raise typer.Exit(NOTHING_RAN)
    print_table(reports, out)
    all_done = len(reports) == len(TASKS) and not any(report.failed for report in reports.values())
    raise typer.Exit(0 if all_done else SOME_FAILED)
