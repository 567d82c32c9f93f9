"""The command that lays out a folder as a map."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aestudio.cli_explore import explore
from aestudio.cli_explore.options import CODES, DEFAULT_MODEL, Folders, Model, indexed_folder
from aestudio.cli_options import Overwrite


class Method(StrEnum):
    """How photos are laid out; as METHODS of `aestudio.explore.maps`, which takes longer to import."""

    PIXELS = "pca"
    CODES = "code-pca"
    NEIGHBOURS = "neighbours"
    UMAP = "umap"


@explore.command("map", epilog=CODES)
def _map(
    folders: Folders,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="A new .csv file of places, or a .png file of pictures.")
    ],
    method: Annotated[
        Method,
        typer.Option(
            "--method",
            help="pca: principal components of the photos. code-pca: of their codes. neighbours: photos with similar "
            "codes come together (t-SNE). umap: the same by UMAP, if that is installed.",
        ),
    ] = Method.NEIGHBOURS,
    side: Annotated[
        int, typer.Option("--side", min=256, max=16_000, metavar="PIXELS", help="Longer side of a picture.")
    ] = 2400,
    overwrite: Overwrite = False,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Lay all photos of folders out so that those that are alike lie beside one another.

    A table has the path of each photo with x, across, and y, down, from 0 to 1.
    """
    from aestudio.cli_report import BarReport
    from aestudio.cli_running import stop_on_signal
    from aestudio.explore.map_picture import check_file, save_map
    from aestudio.explore.maps import check_method, lay_out
    from aestudio.progress import Progress

    check_file(out, overwrite=overwrite)
    check_method(method)
    photos, _ = indexed_folder(folders, model)
    with BarReport() as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            photo_map = lay_out(photos, method, progress)
            save_map(photos, photo_map, out, progress, side=side, overwrite=overwrite)
    typer.echo(f"Photos on the map {out}: {len(photos)}")
