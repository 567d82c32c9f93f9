"""What all commands share that explore folders: their arguments, and the folder with its codes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aestudio.cli_running import stop_on_signal
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.index import Counted
    from aestudio.explore.photos import Indexed

CODES = "Exit codes: 0 it is done, 2 it could not be done, 130 interrupted."

Folders = Annotated[list[Path], typer.Argument(metavar="DIR", help="Folders of photos, with all that are in them.")]
Model = Annotated[str, typer.Option("--model", metavar="NAME", help="What makes the codes: a photo autoencoder.")]
DEFAULT_MODEL = "photo-autoencoder"


def indexed_folder(
    folders: Sequence[Path],
    model: str = DEFAULT_MODEL,
    on_counted: "Callable[[Counted], object]" = lambda counted: None,
) -> "tuple[Indexed, Coder]":
    """The photos of the folders with their codes, and what made those.

    Tells on the error stream how it goes, and what cannot be read.
    """
    from aestudio.cli_report import BarReport
    from aestudio.codec.photo_format import install
    from aestudio.codec.shelf import Shelf
    from aestudio.explore.coder import Coder
    from aestudio.explore.index import index
    from aestudio.explore.store import Store
    from aestudio.logs import log_file

    coder = Coder.load(model)
    install(Shelf())
    store = Store()
    with log_file(), BarReport() as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            indexed = index(folders, coder, store, progress, on_counted)
        for path, problem in indexed.unreadable:
            report.say_error(f"{path}: {problem}")
        for note in store.notes:
            report.say_error(str(note))
    return indexed, coder
