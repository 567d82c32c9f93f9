"""The commands that explore folders: index, similar, odd, sort, codes, map."""

import typer

explore = typer.Typer(
    help="Look inside a folder: similar photos, odd ones, and the codes themselves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Give the program its commands that explore."""
    # each gives `explore` its command
    from aestudio.cli_explore import codes, index, map, odd, similar, sort  # noqa: F401

    app.add_typer(explore, name="explore")
