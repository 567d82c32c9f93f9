"""The command that finds odd photos."""

import json
from typing import Annotated

import typer

from aestudio.cli_explore import explore
from aestudio.cli_explore.options import CODES, DEFAULT_MODEL, Folders, Model, indexed_folder
from aestudio.cli_options import AsJson

SHOWN = 20  # photos, where nothing else is asked for


@explore.command("odd", epilog=CODES)
def _odd(
    folders: Folders,
    count: Annotated[
        int | None, typer.Option("--count", min=1, metavar="N", show_default=f"{SHOWN}", help="The N oddest ones.")
    ] = None,
    above: Annotated[
        float | None, typer.Option("--above", min=0, metavar="S", help="All that are odder than this score.")
    ] = None,
    model: Model = DEFAULT_MODEL,
    as_json: AsJson = False,
) -> None:
    """List the photos that are unlike the others in the folders, the oddest first.

    It knows what is usual in these folders, not what is good: a fair finder, and no oracle.
    """
    from aestudio.cli_report import BarReport, print_rows
    from aestudio.cli_running import stop_on_signal
    from aestudio.errors import SettingsError
    from aestudio.explore.odd import REASONS, find_odd, said
    from aestudio.progress import Progress

    if count is not None and above is not None:
        raise SettingsError("Please give either --count or --above: each says how many photos are listed.")
    photos, _ = indexed_folder(folders, model)
    with BarReport() as report:
        progress = Progress(report.on_step)
        with stop_on_signal(progress):
            odd = find_odd(photos, progress)
    scores = odd.scores
    rows: list[int] = odd.order.tolist()
    rows = rows[: count or SHOWN] if above is None else [row for row in rows if scores[row] > above]
    if as_json:
        for row in rows:
            signals = dict(zip((reason.value for reason in REASONS), odd.signals[row].tolist(), strict=True))
            found = {
                "file": str(photos.paths[row]),
                "score": round(float(scores[row]), 4),
                "apart": bool(scores[row] > odd.fence),
                "signals": {name: round(value, 4) for name, value in signals.items()},
            }
            typer.echo(json.dumps(found, ensure_ascii=False))
        return
    lines = []
    for row in rows:
        why = ", ".join(f"{said(reason, deviation)} {abs(deviation):.1f}" for reason, deviation in odd.why(row))
        lines.append((f"{scores[row]:.1f}", str(photos.paths[row]), why))
    print_rows(("Score", "Photo", "Why"), lines)
    apart = int((scores > odd.fence).sum())
    typer.echo(f"Apart from the others, beyond {odd.fence:.1f}: {apart} of {len(photos)} photos.")
