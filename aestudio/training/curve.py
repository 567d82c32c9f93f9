"""The course of a run in figures: it stays short, however long the run takes."""

from collections.abc import Mapping
from typing import Final

Row = dict[str, float]

MOST: Final = 600  # rows: more than a chart is wide has no use
COUNT: Final = "count"  # how many rows a row is the mean of


def add_row(rows: list[Row], row: Mapping[str, float], most: int = MOST) -> None:
    """Put a further row behind the others. Where they become `most`, an even number, two of them become one, each time.

    All rows but the last one are means of as many rows, so that the whole course is told equally well.
    """
    stretch = rows[0][COUNT] if rows else 1
    new = {**row, COUNT: 1}
    if rows and rows[-1][COUNT] < stretch:
        rows[-1] = _joined(rows[-1], new)
    else:
        rows.append(new)
    if len(rows) >= most and rows[-1][COUNT] == stretch:
        rows[:] = [_joined(one, other) for one, other in zip(rows[::2], rows[1::2], strict=True)]


def _joined(one: Row, other: Row) -> Row:
    """The mean of both; what stands in one of them alone stays as it is."""
    count = one[COUNT] + other[COUNT]
    mean = {
        name: (one[name] * one[COUNT] + other[name] * other[COUNT]) / count if name in one and name in other else value
        for name, value in {**one, **other}.items()
    }
    return {**mean, COUNT: count}
