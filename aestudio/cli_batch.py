"""The command for whole folders: batch."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_options import RunOptions, parameter, parameters_of, shared_parameters, with_parameters
from aestudio.cli_running import NOTHING_RAN, SOME_FAILED, ask, stop_on_signal
from aestudio.errors import Cancelled, OtherJobError, SettingsError
from aestudio.progress import Progress
from aestudio.tasks import TASKS
from aestudio.tasks.base import files, knobs, toggles

if TYPE_CHECKING:
    from aestudio.batch.job import BatchJob
    from aestudio.batch.patience import Patience
    from aestudio.batch.recorder import Recorder
    from aestudio.batch.run import MakeWorkers, Summary, Workers
    from aestudio.batch.steps import Steps
    from aestudio.control import Control
    from aestudio.images.options import SaveOptions


class Existing(StrEnum):
    """What becomes of a file that has a result's name already."""

    skip = "skip"
    number = "number"
    overwrite = "replace"


@dataclass(frozen=True)
class BatchOptions:
    """The options of the command alone; each field becomes one."""

    sources: Annotated[list[Path] | None, typer.Argument(metavar="SRC", help="Photos, or folders of photos.")] = None
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", show_default=False, help="Folder for the results.")
    ] = None
    steps: Annotated[
        str | None,
        typer.Option(metavar="STEPS", show_default=False, help="The tools in their order: denoise:sigma=20,colorize."),
    ] = None
    recursive: Annotated[
        bool, typer.Option("--recursive", "-r", help="Photos in sub-folders, too: OUT gets the same sub-folders.")
    ] = False
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Of folders, such photos alone: '*.jpg' or '2024/*'. Can be repeated."),
    ] = None
    job_file: Annotated[
        Path | None,
        typer.Option("--job", metavar="FILE", help="Do the job in this file. SRC and OUT replace the job's own."),
    ] = None
    save_job: Annotated[
        Path | None, typer.Option("--save-job", metavar="FILE", help="Keep the job in a file, for --job.")
    ] = None
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be done, and do nothing but --save-job.")
    ] = False
    existing: Annotated[
        Existing, typer.Option("--existing", help="What to do where a file that is none of ours has a result's name.")
    ] = Existing.skip
    max_errors: Annotated[
        int | None,
        typer.Option("--max-errors", min=1, metavar="N", show_default="never", help="Stop when N photos have failed."),
    ] = None
    watch: Annotated[
        bool, typer.Option("--watch", help="Photos that come later are done, too; goes on until Ctrl-C.")
    ] = False
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Forget another job that was begun in OUT: new results take the place of its own."),
    ] = False
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Compute on the machines of this Dask scheduler.")
    ] = None
    yes: Annotated[bool, typer.Option("--yes", "-y", help="The answer to what tools ask about the photos.")] = False


_SAVING = ("format", "quality", "lossless", "subsampling", "compression", "level", "bit_depth", "metadata", "name")
_OF_JOB = ("steps", "recursive", "include", "existing", "max_errors", *_SAVING, "large", "salvage", "part")
_SHARED = ("device", "tile", *_SAVING, "large", "salvage", "part", "as_json", "quiet")

_HELP = """Take whole folders through one or more tools.

Sub-folders are kept, no original is changed, and a photo that fails does not stop the rest. What is done is remembered
in OUT: after an interruption, the same command goes on where it was."""
_CODES = (
    "Exit codes: 0 all photos are done, now or before, 1 some failed, 2 nothing could run or every photo failed, 130 "
    "interrupted."
)


def register(app: typer.Typer) -> None:
    """Give the program its command for whole folders."""
    parameters = [parameter("ctx", typer.Context), *parameters_of(BatchOptions), *shared_parameters(*_SHARED)]
    app.command("batch", help=_HELP, epilog=f"{_steps_help()}\n\n{_CODES}")(with_parameters(_batch, parameters))


def _steps_help() -> str:
    """What can be written for STEPS; \\b keeps the lines as they are."""
    named = {task.id: [*knobs(t := task.settings_type), *toggles(t), *files(t), "model"] for task in TASKS}
    named["compress"] = ["quality (the last step: results are .aes files)"]
    lines = (f"  {tool}: {', '.join(names)}" for tool, names in named.items())
    return "\n".join(("\b", "STEPS: tools with commas between them, settings behind a tool with colons.", *lines))


def _batch(ctx: typer.Context, **values: Any) -> None:
    asked = BatchOptions(**{field.name: values.pop(field.name) for field in fields(BatchOptions)})
    options = RunOptions(**values)
    job = _described(asked, options) if asked.job_file is None else _read(asked, asked.job_file, ctx)
    _check(job)
    if asked.save_job is not None:
        _keep(job, asked.save_job)
    if asked.dry_run:
        _tell(job, asked, options)
        return
    for task in {step.tool: step.task for step in job.steps}.values():
        ask(task, yes=asked.yes)
    summary = _run(job, asked, options)
    if summary.count("failed"):
        raise typer.Exit(SOME_FAILED if summary.count("done") else NOTHING_RAN)


def _described(asked: BatchOptions, options: RunOptions) -> "BatchJob":
    """The job that the options describe. Raises SettingsError where they do not."""
    from aestudio.batch.job import BatchJob, OutputRule
    from aestudio.batch.steps import parse_steps

    if not asked.sources:
        raise SettingsError("Please name photos, or folders of photos, or a job's file with --job.")
    if asked.out is None:
        raise SettingsError("Please name a folder for the results with --out.")
    if asked.steps is None:
        raise SettingsError("Please say what is to be done with --steps, such as --steps denoise,colorize.")
    chain = parse_steps(asked.steps)
    return BatchJob(
        sources=_resolved(asked.sources),
        steps=tuple(step.within(Path.cwd()) for step in chain.steps),
        output=OutputRule(asked.out, options.name, _saving(options, chain), asked.existing.value),
        recursive=asked.recursive,
        include=tuple(asked.include or ()),
        most_errors=asked.max_errors,
        large=options.large,
        salvage=options.salvage,
        parts=options.parts(),
    )


def _saving(options: RunOptions, chain: "Steps") -> "SaveOptions":
    """How results are saved: compress as the last step says that, too."""
    from aestudio.images.formats import DEPTHS

    saving = options.save_options()
    if chain.compress_quality is not None:
        if saving.format not in (None, "AES") or saving.quality is not None:
            raise SettingsError(
                "With compress as the last step there is no --format or --quality. Please leave it out."
            )
        saving = replace(saving, format="AES", quality=chain.compress_quality)
    if saving.format is not None and saving.bit_depth is not None and saving.bit_depth not in DEPTHS[saving.format]:
        raise SettingsError(
            "A {format} file cannot hold {bits} bits. Please choose one of: {able}.",
            format=saving.format,
            bits=saving.bit_depth,
            able=", ".join(name for name, depths in DEPTHS.items() if saving.bit_depth in depths),
        )
    return saving


def _read(asked: BatchOptions, path: Path, ctx: typer.Context) -> "BatchJob":
    """The job in a file, for other photos or another folder where those are named."""
    from aestudio.batch.job import read_job

    for option in ctx.command.params:
        source = ctx.get_parameter_source(option.name or "")
        if option.name in _OF_JOB and source is not None and source.name != "DEFAULT":
            raise SettingsError(
                "{option} cannot stand beside --job: that is said in the job's file. Please leave one of them out.",
                option=option.opts[0],
            )
    job = read_job(path)
    if asked.sources:
        job = replace(job, sources=_resolved(asked.sources), exclude=())
    return job if asked.out is None else replace(job, output=replace(job.output, folder=asked.out))


def _resolved(sources: Sequence[Path]) -> tuple[Path, ...]:
    """The sources, with the photos that a pattern such as *.jpg means where the shell leaves it to the program."""
    from aestudio.batch.names import photos_in

    found: list[Path] = []
    for source in sources:
        found += [source] if source.exists() else photos_in([source])
    return tuple(found)


def _check(job: "BatchJob") -> None:
    """Raises SettingsError for a folder that is meant for a single photo."""
    from aestudio.batch.names import names_a_file

    if names_a_file(job.output.folder):
        raise SettingsError(
            "{name} is the name of a photo. Please name a folder for the results.", name=job.output.folder.name
        )


def _keep(job: "BatchJob", path: Path) -> None:
    """Write the job into a file. Raises SettingsError where something else lies there: it might be a photo."""
    from aestudio.batch.job import read_job, write_job

    if path.exists():
        try:
            read_job(path)
        except SettingsError as exc:
            raise SettingsError(
                "{name} is there already, and is no batch job. Please choose another name.", name=path.name
            ) from exc
    write_job(job, path)


@contextmanager
def _said_for_options() -> Iterator[None]:
    """What the folder of another job needs is an option here."""
    try:
        yield
    except OtherJobError as exc:
        raise OtherJobError("{problem} The option for that is --anew.", problem=exc) from exc


def _tell(job: "BatchJob", asked: BatchOptions, options: RunOptions) -> None:
    """What a run would do."""
    from aestudio.batch.journal import check_folder
    from aestudio.batch.run import preview
    from aestudio.cli_batch_report import tell_preview

    progress = Progress()
    with stop_on_signal(progress):
        for step in job.steps:
            step.settings()
        with _said_for_options():
            check_folder(job.output.folder, job.identity(), anew=asked.anew)
        rows, notes = preview(job, progress)
    tell_preview(rows, notes, as_json=options.as_json, quiet=options.quiet)


def _run(job: "BatchJob", asked: BatchOptions, options: RunOptions) -> "Summary":
    from aestudio.batch.run import run_batch
    from aestudio.cli_batch_report import choose_run_report
    from aestudio.codec.photo_format import install
    from aestudio.codec.shelf import Shelf
    from aestudio.logs import log_file

    make = _workers(asked.scheduler, options)
    install(Shelf(device=options.device))
    with log_file(), choose_run_report(as_json=options.as_json, quiet=options.quiet, watch=asked.watch) as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress), _said_for_options():
            try:
                summary = run_batch(job, make, progress, report.on_event, anew=asked.anew, watch=asked.watch)
            except Cancelled:
                report.on_interrupted()
                raise
        report.on_end(summary)
    return summary


def _workers(scheduler: str | None, options: RunOptions) -> "MakeWorkers":
    """What computes. Raises SettingsError where several machines are asked for and cannot be."""
    if scheduler is not None:
        from aestudio.batch.cluster import on_cluster

        return on_cluster(scheduler, options.device, options.tile)

    def make(
        job: "BatchJob", recorder: "Recorder", patience: "Patience", control: "Control", progress: Progress
    ) -> "Workers":
        from aestudio.batch.pipeline import on_this_machine  # torch is loaded where there is something to do

        return on_this_machine(options.device, options.tile)(job, recorder, patience, control, progress)

    return make
