"""The command that looks through folders, so that all others answer at once."""

import json
import time
from typing import TYPE_CHECKING

import typer

from aestudio.cli_explore import explore
from aestudio.cli_explore.options import CODES, DEFAULT_MODEL, Folders, Model, indexed_folder
from aestudio.cli_options import AsJson

if TYPE_CHECKING:
    from aestudio.explore.index import Counted


@explore.command("index", epilog=CODES)
def _index(folders: Folders, model: Model = DEFAULT_MODEL, as_json: AsJson = False) -> None:
    """Find the codes of all photos in folders, and keep them for the other commands and the window."""
    counts: list[Counted] = []
    started = time.monotonic()
    indexed, coder = indexed_folder(folders, model, counts.append)
    seconds = time.monotonic() - started
    (counted,) = counts
    if not as_json:
        parts = f"{counted.new} new, {counted.cached} from the cache, {counted.unreadable} unreadable"
        typer.echo(f"{counted.photos} photos: {parts}. {seconds:.1f} seconds, by {coder.name}.")
        return
    for path, problem in indexed.unreadable:
        typer.echo(json.dumps({"event": "unreadable", "file": str(path), "error": str(problem)}, ensure_ascii=False))
    found = {
        "event": "indexed",
        "photos": counted.photos,
        "new": counted.new,
        "cached": counted.cached,
        "unreadable": counted.unreadable,
        "seconds": round(seconds, 3),
        "model": coder.name,
        "model_digest": coder.digest,
    }
    typer.echo(json.dumps(found, ensure_ascii=False))
