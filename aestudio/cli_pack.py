"""`aestudio pack`: the photos of a folder in one file, to train from on another machine."""

from pathlib import Path
from typing import Annotated

import typer

from aestudio.cli_options import Overwrite, Quiet
from aestudio.cli_running import SOME_FAILED, stop_on_signal
from aestudio.progress import Progress

CODES = "Exit codes: 0 all photos are packed, 1 some could not be read, 2 nothing could be packed, 130 interrupted."
_MEGABYTES = "How large the file may be; 1 MB is 1,048,576 bytes."


def register(app: typer.Typer) -> None:
    """Give the program its command `pack`."""
    app.command("pack", epilog=CODES)(pack)


def pack(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Photos, in the sub-folders that recipes name.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The packed file.")] = Path("photos.zip"),
    megabytes: Annotated[float, typer.Option("--megabytes", metavar="MB", min=0.001, help=_MEGABYTES)] = 45.0,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Pack a folder of photos into one file, from which a recipe is trained on another machine.

    Large photos are shrunk by two, as training shrinks them, and all are packed with the highest quality that fits.
    Your photos are only ever read.
    """
    from aestudio.cli_report import choose_report
    from aestudio.logs import log_file
    from aestudio.training.data.packing import MEGABYTE
    from aestudio.training.data.packing import pack as pack_photos

    with log_file(), choose_report(as_json=False, quiet=quiet) as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            packed = pack_photos(folder, out, int(megabytes * MEGABYTE), progress, overwrite=overwrite)
        for problem in packed.unreadable:
            report.say_error(problem)
    if not quiet:
        count = "1 photo" if packed.photos == 1 else f"{packed.photos} photos"
        typer.echo(f"{count} in {out}: {packed.size / MEGABYTE:.1f} MB, at quality {packed.quality} of 100.")
    raise typer.Exit(SOME_FAILED if packed.unreadable else 0)
