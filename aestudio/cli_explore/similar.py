"""The command that finds similar photos and near-duplicates."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_explore import explore
from aestudio.cli_explore.options import CODES, DEFAULT_MODEL, Folders, Model, indexed_folder
from aestudio.cli_options import AsJson
from aestudio.errors import SettingsError

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.duplicates import Group
    from aestudio.explore.photos import Indexed
    from aestudio.explore.similar import Found

_COUNT = 10


@explore.command("similar", epilog=CODES)
def _similar(
    folders: Folders,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PHOTO", help="Find the photos that are like this one, wherever it lies."),
    ] = None,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help="So many of them.")] = _COUNT,
    near_duplicates: Annotated[
        bool,
        typer.Option("--duplicates", help="Find copies, frames of bursts and edited versions, and which one to keep."),
    ] = False,
    model: Model = DEFAULT_MODEL,
    as_json: AsJson = False,
) -> None:
    """Find photos that are like another one, or near-duplicates. Nothing is ever deleted."""
    if (to is None) != near_duplicates:
        raise SettingsError("Please say what to look for: either --to with a photo, or --duplicates.")
    photos, coder = indexed_folder(folders, model)
    if to is not None:
        _tell_similar(photos, _look_for(photos, coder, to, count), as_json=as_json)
    else:
        _tell_groups(photos, _find_groups(photos), as_json=as_json)


def _look_for(photos: "Indexed", coder: "Coder", path: Path, count: int) -> "Found":
    from aestudio.explore.similar import example_of, similar

    same = [row for row, other in enumerate(photos.paths) if other.resolve() == path.resolve()]
    return similar(photos, same[0] if same else example_of(path, coder).code, count)


def _find_groups(photos: "Indexed") -> "tuple[Group, ...]":
    from aestudio.cli_report import BarReport
    from aestudio.cli_running import stop_on_signal
    from aestudio.explore.duplicates import duplicates
    from aestudio.progress import Progress

    with BarReport() as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            return duplicates(photos, progress)


def _tell_similar(photos: "Indexed", found: "Found", *, as_json: bool) -> None:
    from aestudio.cli_report import print_rows

    near = [(str(photos.paths[row]), score) for row, score in zip(found.rows, found.scores.tolist(), strict=True)]
    if as_json:
        for path, score in near:
            typer.echo(json.dumps({"file": path, "score": round(score, 4)}, ensure_ascii=False))
    elif not near:
        typer.echo("There is no other photo in the folders.")
    else:
        print_rows(("Nearness", "Photo"), [(f"{max(0.0, score):.0%}", path) for path, score in near])


def _tell_groups(photos: "Indexed", groups: "tuple[Group, ...]", *, as_json: bool) -> None:
    from aestudio.cli_report import print_rows

    if as_json:
        for group in groups:
            typer.echo(json.dumps({"photos": list(_members(photos, group))}, ensure_ascii=False))
        return
    if not groups:
        typer.echo("No photo is a near-duplicate of another one.")
        return
    rows = [
        (str(number), each["kind"] or "keep", f"{each['width']} × {each['height']}", each["file"])
        for number, group in enumerate(groups, 1)
        for each in _members(photos, group)
    ]
    print_rows(("Group", "Kind", "Size", "Photo"), rows)
    others = sum(len(group.others) for group in groups)
    typer.echo(f"{len(groups)} groups, {others} photos besides those to keep. Nothing was deleted.")


def _members(photos: "Indexed", group: "Group") -> Iterator[dict[str, Any]]:
    """The photos of a group, the one to keep first; that one has no kind."""
    kinds = dict(zip(group.rows, group.kinds, strict=True))
    for row in (group.keep, *group.others):
        height, width = photos.sizes[row]
        kind = kinds[row]
        yield {
            "file": str(photos.paths[row]),
            "keep": row == group.keep,
            "kind": kind and kind.value,
            "width": width,
            "height": height,
            "sharpness": round(float(photos.sharpness[row]), 4),
        }
