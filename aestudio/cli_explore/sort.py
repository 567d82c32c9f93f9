"""The command that sorts photos by a few labelled ones."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aestudio.cli_explore import explore
from aestudio.cli_explore.options import CODES, DEFAULT_MODEL, Folders, Model, indexed_folder
from aestudio.cli_options import AsJson, Overwrite
from aestudio.errors import SettingsError

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.labels import Labels
    from aestudio.explore.photos import Indexed
    from aestudio.explore.sorting import Quality, Sorting
    from aestudio.explore.tuning import Tuned

_CSV = ".csv"


@explore.command("sort", epilog=CODES)
def _sort(
    folders: Folders,
    labels: Annotated[
        Path,
        typer.Option(
            "--labels", metavar="FILE", help="A CSV file of labelled photos: path and class, 5 of each class."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write path, class and certainty to this CSV file."),
    ] = None,
    tune: Annotated[
        bool, typer.Option("--tune", help="Fine-tune a copy of the encoder too, and keep that if it helps.")
    ] = False,
    model: Model = DEFAULT_MODEL,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Sort photos into classes by a few that are labelled. No photo is moved."""
    _check_output(out, labels)
    photos, coder = indexed_folder(folders, model)
    from aestudio.explore.labels import read_table
    from aestudio.explore.sorting import write_table

    known, lost = read_table(labels, photos, folders)
    if lost:
        typer.echo(f"{len(lost)} of the labelled photos are not in the folders, such as {lost[0]}.", err=True)
    sorting, tuned = _sorted(photos, known, coder, tune=tune)
    for note in sorting.notes:
        typer.echo(str(note), err=True)
    if out is not None:
        write_table(out, photos, sorting, overwrite=overwrite)
    if as_json:
        _tell_json(photos, sorting, tuned)
    else:
        _tell(photos, sorting, tuned, out)


def _check_output(out: Path | None, labels: Path) -> None:
    """Refuse what would take the place of something else than a table. Raises SettingsError."""
    from aestudio.images.atomic import same_file

    if out is None:
        return
    if out.suffix.lower() != _CSV:
        raise SettingsError("{path} is not the name of a table. Please end it in .csv.", path=out)
    if same_file(out, labels):
        raise SettingsError("{path} holds the labels. Please give the result another name.", path=out)


def _sorted(photos: "Indexed", labels: "Labels", coder: "Coder", *, tune: bool) -> "tuple[Sorting, Tuned | None]":
    from aestudio.cli_report import BarReport
    from aestudio.cli_running import stop_on_signal
    from aestudio.explore.sorting import sort_photos
    from aestudio.progress import Progress

    with BarReport() as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            sorting = sort_photos(photos, labels, progress)
            if not tune:
                return sorting, None
            from aestudio.explore.tuning import fine_tune

            tuned = fine_tune(photos, labels, coder, sorting, progress)
            return tuned.sorting, tuned


def _tell(photos: "Indexed", sorting: "Sorting", tuned: "Tuned | None", out: Path | None) -> None:
    from aestudio.cli_report import print_rows

    if out is None:
        rows = [
            (name, "labelled" if given else f"{certainty:.0%}", path)
            for name, certainty, given, path in _rows(photos, sorting)
        ]
        print_rows(("Class", "Certainty", "Photo"), rows)
    else:
        found = [sorting.classes[number] for number in sorting.found]
        print_rows(("Class", "Photos"), [(name, str(found.count(name))) for name in sorting.classes])
        typer.echo(f"Written to {out}")
    quality = sorting.quality
    typer.echo(
        f"About {quality.right:.0%} are sorted right (likely {quality.low:.0%} to {quality.high:.0%}), "
        f"going by {quality.count} labelled photos."
    )
    if tuned is not None:
        what = "helped, and is used" if tuned.helped else "did not help, and is not used"
        typer.echo(
            f"Fine-tuning {what}: {tuned.tuned.right:.0%} of labelled photos right, {tuned.frozen.right:.0%} without."
        )


def _tell_json(photos: "Indexed", sorting: "Sorting", tuned: "Tuned | None") -> None:
    for name, certainty, given, path in _rows(photos, sorting):
        line = {"event": "photo", "file": path, "class": name, "certainty": round(certainty, 4), "labelled": given}
        typer.echo(json.dumps(line, ensure_ascii=False))
    table: dict[str, Any] = {"event": "sorted", "classes": list(sorting.classes), "quality": _facts(sorting.quality)}
    if tuned is not None:
        table["tuned"] = {"helped": tuned.helped, "before": _facts(tuned.frozen), "after": _facts(tuned.tuned)}
    typer.echo(json.dumps(table, ensure_ascii=False))


def _rows(photos: "Indexed", sorting: "Sorting") -> Sequence[tuple[str, float, bool, str]]:
    """Class, certainty, whether the user said so, and path of each photo, class by class."""
    return [
        (name, float(sorting.certainty[row]), bool(sorting.given[row] >= 0), str(photos.paths[row]))
        for number, name in enumerate(sorting.classes)
        for row in sorting.rows_of(number)
    ]


def _facts(quality: "Quality") -> Mapping[str, float]:
    return {
        "right": round(quality.right, 4),
        "low": round(quality.low, 4),
        "high": round(quality.high, 4),
        "labelled": quality.count,
        "log_loss": round(quality.log_loss, 4),
    }
