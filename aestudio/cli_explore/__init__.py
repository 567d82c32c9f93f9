"""The commands that explore folders: index, similar, odd, sort, codes, map."""

import typer

explore = typer.Typer(
    help="Look inside a folder: similar photos, odd ones, and the codes themselves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Give the program its commands that explore."""
    from aestudio.cli_explore import index  # noqa: F401  # each gives `explore` its command

    app.add_typer(explore, name="explore")
