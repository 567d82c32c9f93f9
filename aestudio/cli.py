"""The command line: arguments in, exit code out.

Nothing that computes is imported before a command runs: `--help` and wrong usage answer at once.
"""

import inspect
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio import __version__
from aestudio.errors import AEStudioError, Cancelled, WeightsError
from aestudio.progress import Progress
from aestudio.tasks import TASKS
from aestudio.tasks.base import Knob, Settings, Task, default_of, knobs

if TYPE_CHECKING:
    from aestudio.batch import BatchReport
    from aestudio.images.options import SaveOptions

log = logging.getLogger(__name__)

SOME_FAILED, NOTHING_RAN, INTERRUPTED = 1, 2, 130
EXIT_CODES = "Exit codes: 0 all photos are done, 1 some failed, 2 nothing could run, 130 interrupted."

OpenWindow = Callable[[Sequence[Path]], int]

app = typer.Typer(
    name="aestudio",
    help="Restores photographs, on this machine alone. Without a command, the studio's window is opened.",
    epilog="aestudio PHOTO… opens photos in the window.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """Formats to save in, by the ending of their files."""

    jpg = "jpg"
    png = "png"
    tiff = "tiff"
    webp = "webp"
    avif = "avif"


class MetadataPolicy(StrEnum):
    """What of a photo's metadata goes into the result."""

    all = "keep"
    basic = "basic"
    none = "strip"


class Subsampling(StrEnum):
    """Resolution of the colours in lossy files."""

    full = "4:4:4"
    half = "4:2:2"
    quarter = "4:2:0"


class Compression(StrEnum):
    """How TIFF files are packed."""

    none = "none"
    lzw = "lzw"
    deflate = "deflate"


Photos = Annotated[list[Path], typer.Argument(metavar="PHOTO", help="Photos, or folders of photos.")]
Device = Annotated[str, typer.Option(metavar="NAME", help="What computes: auto, cpu, cuda or mps.")]
Tile = Annotated[
    int | None,
    typer.Option(
        min=32, metavar="N", show_default="the fastest", help="Side of a tile in pixels; less needs less memory."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Tell what happens as JSON, one object per line.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that exist; never an original.")]


@dataclass(frozen=True)
class RunOptions:
    """The options that every tool's command has beside its knobs; each field becomes one."""

    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            show_default="beside each photo",
            help="Folder for the results, or a file name for a single photo.",
        ),
    ] = None
    device: Device = "auto"
    tile: Tile = None
    format: Annotated[
        Format | None, typer.Option("--format", "-f", show_default="as the photo", help="Of the results.")
    ] = None
    quality: Annotated[
        int | None,
        typer.Option(metavar="N", show_default="as the photo", help="Of JPEG, WebP and AVIF, 1 to 100."),
    ] = None
    lossless: Annotated[
        bool | None, typer.Option("--lossless/--lossy", show_default="as the photo", help="Of WebP.")
    ] = None
    subsampling: Annotated[
        Subsampling | None, typer.Option(show_default="as the photo", help="Resolution of the colours: JPEG, AVIF.")
    ] = None
    compression: Annotated[
        Compression | None, typer.Option(show_default="as the photo", help="How TIFF files are packed.")
    ] = None
    level: Annotated[
        int | None, typer.Option("--png-level", metavar="N", show_default="3", help="0 (fast) to 9 (small), for PNG.")
    ] = None
    bit_depth: Annotated[
        int | None,
        typer.Option(metavar="8|16|32", show_default="as the photo", help="Bits per sample; 16 for PNG, TIFF."),
    ] = None
    metadata: Annotated[
        MetadataPolicy,
        typer.Option(help="Keep all, copyright, author, date and camera alone (basic), or nothing but the profile."),
    ] = MetadataPolicy.all
    name: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            show_default="{name}, or {name}-{task} beside the photo",
            help="Of the results, without ending: letters, {name}, {task}, {model}, {date} and {n}.",
        ),
    ] = None
    large: Annotated[bool, typer.Option("--large", help="Open photos of more than 200 megapixels, too.")] = False
    salvage: Annotated[bool, typer.Option("--salvage", help="Of damaged photos, open what can be read.")] = False
    model: Annotated[
        str | None, typer.Option(metavar="NAME", show_default="the tool's own", help="What the tool works with.")
    ] = None
    overwrite: Overwrite = False
    as_json: AsJson = False
    quiet: Quiet = False

    def save_options(self) -> "SaveOptions":
        """How results are saved. Raises SettingsError for a value that no format knows."""
        from aestudio.images.formats import SUFFIXES
        from aestudio.images.options import SaveOptions

        return SaveOptions(
            format=self.format and SUFFIXES[f".{self.format.value}"],
            quality=self.quality,
            bit_depth=self.bit_depth,
            lossless=self.lossless,
            subsampling=self.subsampling and self.subsampling.value,
            compression=self.compression and self.compression.value,
            level=self.level,
            metadata=self.metadata.value,
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
    """Give a tool its command: an option for each knob, and those of RunOptions."""
    declared = knobs(task.settings_type)

    def command(photos: list[Path], **values: Any) -> None:
        settings = task.settings_type(**{name: values.pop(name) for name in declared})
        raise typer.Exit(_run(task, settings, photos, RunOptions(**values)))

    parameters = [_parameter("photos", Photos)]
    parameters += [_knob_parameter(task.settings_type, name, knob) for name, knob in declared.items()]
    shared = inspect.signature(RunOptions).parameters
    parameters += [_parameter(name, field.annotation, field.default) for name, field in shared.items()]
    vars(command)["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    help_ = inspect.cleandoc(type(task).__doc__ or task.title)
    app.command(task.id, help=help_, epilog=EXIT_CODES)(command)


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _knob_parameter(settings_type: type[Settings], name: str, knob: Knob) -> inspect.Parameter:
    """A knob as an option; an automatic one takes the word auto, too."""

    def parse(text: str) -> float | None:
        if knob.automatic and text == "auto":
            return None
        try:
            value = float(text)
        except ValueError as exc:
            allowed = f"a number from {knob.low:g} to {knob.high:g}" + (", or auto" if knob.automatic else "")
            raise typer.BadParameter(f"“{text}” is not {allowed}.") from exc
        return value

    default = default_of(settings_type, name)
    range_ = f"{knob.low:g}–{knob.high:g}{knob.unit and ' ' + knob.unit}"
    option = typer.Option(
        f"--{name.replace('_', '-')}",
        parser=parse,
        metavar=f"auto|{range_}" if knob.automatic else range_,
        show_default="auto: found in the photo" if default is None else True,
        help=f"{knob.label}. {knob.help}",
    )
    return _parameter(name, Annotated[float | None, option], default)


for _task in TASKS:
    add_task(_task)


def _run(task: Task[Any], settings: Settings, photos: Sequence[Path], options: RunOptions) -> int:
    """Take photos through one tool."""
    from aestudio.batch import FileRestorer, Naming, load_restorer, plan, restore_photos
    from aestudio.cli_report import choose_report
    from aestudio.logs import log_file

    save_options = options.save_options()
    naming = Naming(options.name, task.id, options.model or task.model)
    jobs = plan(photos, options.out, naming, save_options, overwrite=options.overwrite)
    with log_file(), choose_report(as_json=options.as_json, quiet=options.quiet) as report:
        progress = Progress(report.on_step)
        with _stop_on_signal(progress):
            restorer = load_restorer(task, options.model, options.device, options.tile)
            restore_file = FileRestorer(
                restorer, task, settings, save_options, options.overwrite, options.large, options.salvage
            )
            result = restore_photos(jobs, restore_file, progress, report.on_event)
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
) -> None:
    from aestudio.batch import FileRestorer, Naming, load_restorer, plan, restore_photos
    from aestudio.cli_report import BarReport, print_table
    from aestudio.images.options import SaveOptions
    from aestudio.logs import log_file
    from aestudio.resources import data_folder

    reports: dict[str, BatchReport] = {}
    with log_file(), BarReport() as bar:
        progress = Progress(bar.on_step)
        with _stop_on_signal(progress):
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


@app.command("train", epilog=EXIT_CODES)
def _train(
    task: Annotated[str, typer.Argument(metavar="TASK", help="What is taught: denoise or noise-level.")],
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="Holds the folders that the recipe names.")],
    recipe: Annotated[Path, typer.Option("--recipe", metavar="FILE", help="A TOML file, like those in models/.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="For the weights, their card and the checkpoint.")
    ] = Path("runs"),
    device: Device = "auto",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace weights that a finished run left.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Train a network from a recipe; the same command goes on with a run that was stopped."""
    from aestudio.cli_report import choose_report
    from aestudio.logs import log_file
    from aestudio.training.export import export
    from aestudio.training.recipe import read_recipe
    from aestudio.training.trainer import fit

    plan = read_recipe(recipe)
    with log_file(), choose_report(as_json=as_json, quiet=quiet) as report:
        progress = Progress(report.on_step)
        with _stop_on_signal(progress):
            result = fit(task, plan, data, out / plan.name, progress, device)
    card = export(result, task, plan, out, overwrite=overwrite)
    if not quiet:
        typer.echo(f"{result.steps} steps in {result.hours:.2f} hours. The model lies in {card}")


@contextmanager
def _stop_on_signal(progress: Progress) -> Iterator[None]:
    """The first Ctrl-C stops the run behind the tile at work, the second ends the program at once."""
    if threading.current_thread() is not threading.main_thread():  # signals come to the main thread only
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        progress.cancel()
        signal.signal(number, signal.default_int_handler)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
