"""What a model is measured by, and what it is to reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aestudio.errors import SettingsError


@dataclass(frozen=True)
class Goal:
    """One figure of a benchmark's table."""

    name: str  # for people
    at: str  # where it stands in the table: keys from the outermost, with a | between them
    goal: float
    step: float  # how much is a difference that can be seen; negative where less is better
    over: str = ""  # where another figure stands that is taken from it

    def of(self, table: Mapping[str, Any]) -> float:
        """The figure. Raises SettingsError if the table has none."""
        value = _at(table, self.at)
        return round(value - _at(table, self.over), 4) if self.over else value

    def steps(self, before: float, after: float) -> float:
        """By how many differences that can be seen it became better."""
        return (after - before) / self.step

    def reached(self, value: float) -> bool:
        """Whether a figure is as good as it is to be."""
        return self.steps(self.goal, value) >= 0


@dataclass(frozen=True)
class Benchmark:
    """How a model is measured, and what decides whether one is better than another."""

    script: str  # in benchmarks/; it takes a folder of photos, and prints its table as JSON
    scores: tuple[Goal, ...]
    arguments: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()  # beginnings of titles of other tables that the weights have no part in: they stay
    card: str = ""  # the model whose card the script writes to, where it is not the one that is measured

    def better(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
        """Whether a model is better on the whole, and in nothing worse by a difference that can be seen."""
        steps = [goal.steps(goal.of(before), goal.of(after)) for goal in self.scores]
        return sum(steps) > 0 and min(steps) > -1


def _at(table: Mapping[str, Any], path: str) -> float:
    found: Any = table
    for key in path.split("|"):
        found = found.get(key) if isinstance(found, Mapping) else None
    if not isinstance(found, int | float):
        raise SettingsError("The benchmark's table has no figure “{path}”. Please correct the recipe.", path=path)
    return float(found)
