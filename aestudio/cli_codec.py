"""The commands for compressed photos: compress, decompress, info."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_options import (
    AsJson,
    Format,
    Photos,
    RunOptions,
    parameter,
    shared_parameters,
    with_parameters,
)
from aestudio.cli_running import EXIT_CODES, SOME_FAILED, stop_on_signal
from aestudio.errors import ImageError, SettingsError
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.batch.events import BatchReport, D, Job, RestoreFile
    from aestudio.codec.files import Wish

QUALITY = 50.0  # by default
ENDING = ".aes"

_SHARED = ("out", "device", "metadata", "name", "large", "overwrite", "as_json", "quiet")
_SAVING = ("quality", "lossless", "subsampling", "compression", "level", "bit_depth")

Streams = Annotated[list[Path], typer.Argument(metavar="FILE", help="Files that end in .aes, or folders of them.")]
QualityWish = Annotated[
    float | None,
    typer.Option(metavar="0–100", show_default="50", help="0: the smallest file; 100: the nearest to the photo."),
]
SizeWish = Annotated[
    float | None,
    typer.Option(metavar="KB", help="Of each whole file, with its metadata; 1 KB is 1000 bytes."),
]
PsnrWish = Annotated[
    float | None, typer.Option(metavar="DB", help="How near to the photo: the PSNR at 8 bits, 10 to 60 dB.")
]
SaveFormat = Annotated[Format | None, typer.Option("--format", "-f", show_default="png", help="Of the results.")]


def register(app: typer.Typer) -> None:
    """Give the program its commands for compressed photos."""
    wishes = (("quality", QualityWish), ("size", SizeWish), ("psnr", PsnrWish))
    parameters = [
        parameter("photos", Photos),
        *(parameter(name, annotation, None) for name, annotation in wishes),
        *shared_parameters(*_SHARED, "salvage", "part"),
    ]
    help_ = "Compress photos to .aes files: as good, as small or as near to the photo as you say."
    app.command("compress", help=help_, epilog=EXIT_CODES)(with_parameters(_compress, parameters))
    parameters = [
        parameter("files", Streams),
        parameter("format", SaveFormat, None),
        *shared_parameters(*_SAVING, *_SHARED),
    ]
    help_ = "Save what lies in .aes files in another format. Tiles that are damaged are marked."
    app.command("decompress", help=help_, epilog=EXIT_CODES)(with_parameters(_decompress, parameters))
    codes = "Exit codes: 0 all files are sound, 1 some are damaged or cannot be read, 2 nothing could be done."
    app.command("info", help="Tell what .aes files hold, and whether they are sound.", epilog=codes)(_info)


def _compress(photos: list[Path], quality: float | None, size: float | None, psnr: float | None, **values: Any) -> None:
    from aestudio.batch.codec import FileCompressor
    from aestudio.batch.names import Naming, names_a_file, plan
    from aestudio.codec.photo_format import install
    from aestudio.codec.shelf import MODEL, Shelf
    from aestudio.images.formats import READABLE
    from aestudio.images.options import SaveOptions
    from aestudio.models.catalog import using

    options = RunOptions(**values)
    if options.out is not None and names_a_file(options.out) and options.out.suffix.lower() != ENDING:
        raise SettingsError("{name} does not end in .aes. Please change its ending.", name=options.out.name)
    parts = options.parts()
    jobs = plan(
        photos,
        options.out,
        Naming(options.name, "compress", parts.get(MODEL, MODEL)),
        SaveOptions("AES"),
        overwrite=options.overwrite,
        endings=READABLE.keys() - {ENDING},  # nothing is compressed twice unless it is named
    )
    wish = _wish(quality, size, psnr)
    shelf = Shelf(device=options.device)
    install(shelf)

    def load() -> "RestoreFile[Any]":
        return FileCompressor(
            shelf.newest(), wish, options.metadata.value, options.overwrite, options.large, options.salvage
        )

    with using(parts):
        report = _run(jobs, load, options)
    raise typer.Exit(SOME_FAILED if report.failed else 0)


def _wish(quality: float | None, size: float | None, psnr: float | None) -> "Wish":
    """Raises SettingsError for more than one, and for one that makes no sense."""
    from aestudio.codec.files import Wish

    if quality is size is psnr is None:
        quality = QUALITY
    if size is not None and not math.isfinite(size):
        raise SettingsError("The size is {size} KB: please choose a number.", size=size)
    return Wish(quality, None if size is None else round(1000 * size), psnr)


def _decompress(files: list[Path], **values: Any) -> None:
    from aestudio.batch.codec import FileDecompressor
    from aestudio.batch.names import Naming, names_a_file, plan
    from aestudio.codec.shelf import Shelf

    options = RunOptions(**values)
    saving = options.save_options()
    single = options.out is not None and names_a_file(options.out)
    if saving.format == "AES" or (single and options.out is not None and options.out.suffix.lower() == ENDING):
        raise SettingsError("An .aes file is what is decompressed. Please choose another format for the results.")
    if saving.format is None and not single:
        saving = replace(saving, format="PNG")
    naming = Naming(options.name, "decompress")
    jobs = plan(files, options.out, naming, saving, overwrite=options.overwrite, endings={ENDING})
    decompress = FileDecompressor(Shelf(device=options.device), saving, options.overwrite, options.large)
    report = _run(jobs, lambda: decompress, options)
    raise typer.Exit(SOME_FAILED if report.failed or any(done.lost for done in report.restored) else 0)


def _run(jobs: "Sequence[Job]", load: "Callable[[], RestoreFile[D]]", options: RunOptions) -> "BatchReport[D]":
    """Do the jobs with what `load` gives, and tell of them."""
    from aestudio.batch.loop import restore_photos
    from aestudio.cli_report import choose_report
    from aestudio.logs import log_file

    with log_file(), choose_report(as_json=options.as_json, quiet=options.quiet) as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            result = restore_photos(jobs, load(), progress, report.on_event)
        report.on_end(result)
    return result


def _info(files: Streams, as_json: AsJson = False) -> None:
    from aestudio.batch.names import photos_in
    from aestudio.cli_report import print_rows
    from aestudio.codec.reading import read_stream
    from aestudio.codec.shelf import Shelf

    shelf = Shelf()
    found: list[dict[str, Any]] = []
    failed = False
    for path in photos_in(files, {ENDING}):
        try:
            facts = read_stream(path).facts(shelf)
        except ImageError as exc:
            failed = True
            facts = {"file": str(path), "error": str(exc)}
            typer.echo(str(exc), err=True)
        else:
            found.append(facts)
        if as_json:
            typer.echo(json.dumps(facts, ensure_ascii=False))
    if found and not as_json:
        print_rows(_COLUMNS, [_row(facts) for facts in found])
        for facts in found:
            for damage in facts["damage"]:
                typer.echo(f"{facts['file']}: {damage}")
    raise typer.Exit(SOME_FAILED if failed or any(facts["damage"] for facts in found) else 0)


_COLUMNS = ("File", "Pixels", "KB", "bpp", "Quality", "Tiles", "Model", "Holds", "Damage")


def _row(facts: dict[str, Any]) -> tuple[str, ...]:
    """The same for people."""
    quality = f"number {facts['quality_number']}" if facts["quality"] is None else f"{facts['quality']:.1f}"
    model = f"{facts['model']} {facts['model_version']}"
    colours = "grey" if facts["channels"] == 1 else "colour"
    holds = [colours, *(["transparency"] if facts["alpha"] else []), *facts["metadata"]]
    return (
        facts["file"],
        f"{facts['width']} × {facts['height']}",
        f"{facts['bytes'] / 1000:.1f}",
        f"{facts['bits_per_pixel']:.3f}",
        quality,
        f"{facts['tiles']} of {facts['tile_side']}²",
        model if facts["model_installed"] else f"{model}, not installed",
        ", ".join(holds),
        "see below" if facts["damage"] else "none",
    )
