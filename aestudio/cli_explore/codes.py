"""The command that saves the codes of photos, and makes pictures of saved ones."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from aestudio.cli_explore import explore
from aestudio.cli_explore.options import CODES, DEFAULT_MODEL, indexed_folder
from aestudio.cli_options import Overwrite
from aestudio.cli_running import stop_on_signal
from aestudio.errors import SettingsError
from aestudio.progress import Progress

_AT_ONCE = 32  # pictures


@explore.command("codes", epilog=CODES)
def _codes(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="OUT", help="The file of codes (.npz); the folder, with --decode.")
    ],
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="DIR", help="Folders of photos, with all that are in them.")
    ] = None,
    decode: Annotated[
        Path | None,
        typer.Option("--decode", metavar="FILE", help="Make a PNG picture of each code in a file that was saved."),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="NAME",
            show_default="photo-autoencoder, or that of the file",
            help="What makes the codes: a photo autoencoder.",
        ),
    ] = "",
    absolute: Annotated[
        bool, typer.Option("--absolute", help="Tell where photos lie from the root, not from the file of codes.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Save the codes of all photos in folders, or make pictures of saved ones."""
    if (decode is None) == (not folders):
        raise SettingsError("Please name either folders of photos, or a file of codes with --decode.")
    if decode is not None:
        _decode(decode, out, model, overwrite=overwrite)
    else:
        _save(folders or [], out, model or DEFAULT_MODEL, absolute=absolute, overwrite=overwrite)


def _save(folders: Sequence[Path], out: Path, model: str, *, absolute: bool, overwrite: bool) -> None:
    from aestudio.explore.codes_file import SUFFIX, SavedCodes, write_codes

    if out.suffix.lower() != SUFFIX:
        raise SettingsError(
            "Codes are saved in files that end in {ending}. Please choose a name such as {name}.",
            ending=SUFFIX,
            name=f"{out.name or 'codes'}{SUFFIX}",
        )
    # before minutes of work
    if not out.absolute().parent.is_dir():
        raise SettingsError("The folder {folder} does not exist. Please make it first.", folder=out.parent)
    if not overwrite:
        _refuse_existing([out])
    photos, coder = indexed_folder(folders, model)
    write_codes(out, SavedCodes.of(photos), relative=not absolute, overwrite=overwrite)
    typer.echo(f"{out}: {len(photos)} codes of {coder.length} numbers, by {coder.name}")


def _decode(path: Path, out: Path, model: str, *, overwrite: bool) -> None:
    from aestudio.cli_report import BarReport
    from aestudio.explore.coder import Coder
    from aestudio.explore.codes_file import read_codes
    from aestudio.explore.desk import in_shape
    from aestudio.images.io import write_photo
    from aestudio.images.photo import Photo

    saved = read_codes(path)
    coder = Coder.load(model or saved.model)
    saved.check(coder, path.name)
    if out.exists() and not out.is_dir():
        raise SettingsError("{out} is a file. Please choose a folder for the pictures.", out=out)
    targets = [out / name for name in _names(saved.paths)]
    if not overwrite:
        _refuse_existing(targets)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise SettingsError(
            "The folder {folder} cannot be made ({reason}). Please choose another one.",
            folder=out,
            reason=exc.strerror or exc,
        ) from exc
    with BarReport() as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            for start in range(0, len(saved), _AT_ONCE):
                pictures = coder.decode(saved.codes[start : start + _AT_ONCE])
                for place, picture in enumerate(pictures, start):
                    progress.step(place, len(saved), targets[place].name)
                    write_photo(Photo(in_shape(picture, saved.sizes[place])), targets[place], overwrite=overwrite)
    typer.echo(f"{out}: {len(saved)} pictures")


def _names(paths: Sequence[str]) -> Iterator[str]:
    """A name for each picture, like that of its photo; no two are the same, in upper or lower case."""
    from aestudio.images.naming import stem

    taken: set[str] = set()
    last: dict[str, int] = {}
    for path in paths:
        name = plain = stem("{name}", Path(path))
        while name.casefold() in taken:
            last[plain] = last.get(plain, 1) + 1
            name = f"{plain}-{last[plain]}"
        taken.add(name.casefold())
        yield f"{name}.png"


def _refuse_existing(paths: Sequence[Path]) -> None:
    for path in paths:
        if os.path.lexists(path):
            raise SettingsError(
                "{path} already exists and is not replaced. Please choose another name, or add --overwrite.", path=path
            )
