"""Earlier trainings: what is in their folders, and what can be done with them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aestudio.errors import TrainingDataError
from aestudio.gui.train.plan import read_json
from aestudio.training.judging.verdict import Verdict, read_verdict
from aestudio.training.places import CHECKPOINT, RUN, VERDICT


@dataclass(frozen=True)
class Run:
    """One of them. Its folder may hold anything: it is the user's."""

    folder: Path
    task: str
    name: str
    base: str  # model that it started from; empty for none
    when: datetime  # something was written last
    can_go_on: bool
    verdict: Verdict | None
    judged: bool  # whether there is a verdict, even one that cannot be read


def runs_in(folder: Path) -> list[Run]:
    """All of them, the latest first."""
    if not folder.is_dir():
        return []
    found = [run for place in folder.iterdir() if (run := run_of(place)) is not None]
    return sorted(found, key=lambda run: run.when, reverse=True)


def run_of(place: Path) -> Run | None:
    """What lies in a folder; None if that is no run."""
    table = read_json(place / RUN).get("plan")
    if not isinstance(table, dict):
        return None
    judged = (place / VERDICT).is_file()
    return Run(
        place,
        str(table.get("task", "")),
        str(table.get("name", "")) or place.name,
        str(table.get("base", "")),
        _when(place),
        (place / CHECKPOINT).is_file() or not judged,
        _verdict(place) if judged else None,
        judged,
    )


def _verdict(place: Path) -> Verdict | None:
    try:
        return read_verdict(place)
    except TrainingDataError:
        return None


def _when(place: Path) -> datetime:
    times = []
    for name in (RUN, CHECKPOINT, VERDICT):
        try:
            times.append((place / name).stat().st_mtime)
        except OSError:  # it is not there, or gone in this moment
            continue
    return datetime.fromtimestamp(max(times, default=0.0))
