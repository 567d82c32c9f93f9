"""Trains all weights from their recipes, measures them, and lets those take their place that are better.

A model takes the place of the installed one only if the benchmark of its recipe, run with both, says so. Everything
lies in one folder until then, and what was finished there is not done again.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aestudio.errors import SettingsError, TrainingDataError
from aestudio.images.atomic import atomic_write
from aestudio.images.io import photo_paths
from aestudio.models.card import ModelCard
from aestudio.progress import Progress
from aestudio.resources import OTHER_MODELS
from aestudio.training.data.dataset import check_there
from aestudio.training.goals import Benchmark, Goal
from aestudio.training.recipe import Course, read_course
from aestudio.training.stages import planned_hours, stages_of, train_stages

_LOOK = 0.5  # seconds between two looks at a benchmark that runs
_MEASURED = "measured.json"


@dataclass(frozen=True)
class Outcome:
    """What became of one model. Figures are by the names of the recipe's goals."""

    name: str
    landed: bool
    why: str  # in a few words
    before: Mapping[str, float] = field(default_factory=dict)
    after: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """What is to be done, and with what."""

    models: Path  # recipes, cards and weights
    benchmarks: Path  # scripts
    data: Path  # photos to learn from, with the folders of the recipes; or such photos packed
    measure: Path | None  # photos to measure on; without any, nothing takes another's place
    out: Path
    device: str = "auto"
    hours: float | None = None  # for all that is to be trained; by default what the recipes say
    names: Sequence[str] = ()  # of the models; all by default
    anew: bool = False  # from the first stage, whatever the installed models have learnt


def courses_of(models: Path, names: Sequence[str] = ()) -> tuple[Course, ...]:
    """The recipes of a folder that say what they teach, each behind those that it needs.

    Raises SettingsError for a name that is none of theirs, and where recipes need one another.
    """
    courses = {path.stem: course for path in sorted(models.glob("*.toml")) if (course := read_course(path)).task}
    for name in names:
        if name not in courses:
            raise SettingsError(
                "There is no recipe for “{name}” in {folder}. Those there: {known}.",
                name=name,
                folder=models,
                known=", ".join(courses) or "none",
            )
    try:
        order = list(TopologicalSorter({name: course.after for name, course in courses.items()}).static_order())
    except CycleError as exc:
        raise SettingsError(
            "Recipes in {folder} need one another: {names}.", folder=models, names=", ".join(exc.args[1])
        ) from exc
    return tuple(courses[name] for name in order if name in courses and (not names or name in names))


def train_all(
    order: Order, progress: Progress, on_model: Callable[[str, str], object] = lambda name, what: None
) -> list[Outcome]:
    """Train, measure and land, one model after the other. `on_model` is told each model's name and what begins.

    Raises Cancelled: what was finished stays, and the same order goes on. Raises SettingsError, TrainingDataError.
    """
    courses = courses_of(order.models, order.names)
    _check(order, courses)
    firsts = {course.name: _first(course, order) for course in courses}
    pending = {c.name: planned_hours(c.stages[firsts[c.name] :]) for c in courses}
    share = order.hours / (sum(pending.values()) or 1) if order.hours else None
    outcomes = []
    for course in courses:
        name = course.name
        if firsts[name] == len(course.stages):
            outcomes.append(Outcome(name, landed=False, why="has learnt all that its recipe says"))
            continue
        on_model(name, "training")
        card = order.out / f"{name}.json"
        if not card.is_file():
            installed = order.models / card.name
            train_stages(
                course,
                course.task,
                order.data,
                order.out,
                progress,
                order.device,
                first=firsts[name],
                landed=installed if firsts[name] else None,
                hours=share and share * pending[name],
            )
        on_model(name, "measuring")
        outcomes.append(_judge(course, order, progress))
    return outcomes


def _check(order: Order, courses: Sequence[Course]) -> None:
    """Refuse what would come to light only after hours of training. Raises SettingsError, TrainingDataError."""
    check_there(order.data)
    if order.measure is None:
        return
    if not photo_paths(order.measure):
        raise TrainingDataError("There are no photos in {folder}. Please choose another folder.", folder=order.measure)
    for course in courses:
        script = order.benchmarks / course.benchmark.script if course.benchmark else order.models
        if not script.exists():
            raise SettingsError(
                "The benchmark {script} is not there. Models are measured in a checkout of AEStudio alone: please work "
                "in one, or leave out --measure.",
                script=script,
            )


def _first(course: Course, order: Order) -> int:
    """The number of stages that need not be trained: the installed model has learnt them.

    A run that was stopped goes on with those that it began with, also if one of them took its place meanwhile. A recipe
    that has got more stages since is begun with anew, from what is installed by now.
    """
    path, trained = order.out / course.name / "first.json", order.out / f"{course.name}.json"
    if trained.is_file() and stages_of(ModelCard.read(trained)) != len(course.stages):
        for old in (trained, trained.with_suffix(".safetensors"), path):
            old.unlink(missing_ok=True)
    if path.is_file():
        return int(json.loads(path.read_text(encoding="utf-8")))
    card = order.models / f"{course.name}.json"
    learnt = stages_of(ModelCard.read(card)) if card.is_file() and not order.anew else 0
    first = min(learnt, len(course.stages))
    if first < len(course.stages):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, lambda file: file.write(json.dumps(first).encode()))
    return first


def _judge(course: Course, order: Order, progress: Progress) -> Outcome:
    """Measure the installed model and the new one, and let the better one stay."""
    name, benchmark, card = course.name, course.benchmark, order.out / f"{course.name}.json"
    installed, path = order.models / card.name, order.out / name / _MEASURED
    weights = [ModelCard.read(each).sha256 if each.is_file() else "" for each in (installed, card)]
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if weights[0] == weights[1]:
        return Outcome(name, landed=True, why="has taken its place already", **kept.get("figures", {}))
    if kept.get("weights") == weights:
        return Outcome(name, landed=False, why="is no better than the installed one", **kept["figures"])
    if benchmark is None or order.measure is None:
        return Outcome(name, landed=False, why="was not measured")
    with TemporaryDirectory(dir=path.parent) as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        for each in (old, new):
            shutil.copytree(order.models, each)
        for part in (card, card.with_suffix(".safetensors")):
            shutil.copyfile(part, new / part.name)
        before = _measured(benchmark, course, order, old, progress) if weights[0] else {}
        after = _measured(benchmark, course, order, new, progress)
        better = not before or benchmark.better(before, after)
        if better:
            _keep_tables(benchmark, installed, new / card.name)
            land(new, order.models)
    figures = {
        when: {goal.name: goal.of(table) for goal in benchmark.scores} if table else {}
        for when, table in (("before", before), ("after", after))
    }
    table = json.dumps({"weights": weights, "figures": figures}, indent=2).encode()
    atomic_write(path, lambda file: file.write(table), overwrite=True)
    why = "takes its place" if better else "is no better than the installed one"
    return Outcome(name, landed=better, why=why, **figures)


def _measured(
    benchmark: Benchmark, course: Course, order: Order, models: Path, progress: Progress
) -> Mapping[str, Any]:
    """The benchmark's table for the models of a folder, which it writes into their cards. Raises as `_run` does."""
    assert order.measure is not None
    work = order.out / course.name
    words = {"data": order.data, "photos": order.measure, "work": work / "work", "name": course.name}
    arguments = [word.format(**words) for word in benchmark.arguments or ("{photos}",)]
    command = [sys.executable, str(order.benchmarks / benchmark.script), *arguments, "--write"]
    _run(command, {**os.environ, OTHER_MODELS: str(models.absolute())}, work / "benchmark.log", progress)
    return table_of(ModelCard.read(models / f"{benchmark.card or course.name}.json"), order.measure.name)


def _keep_tables(benchmark: Benchmark, installed: Path, card: Path) -> None:
    """Let a new card have the tables of the installed one that its weights have no part in."""
    if not benchmark.kept or not installed.is_file():
        return
    kept = {
        title: table for title, table in ModelCard.read(installed).scores.items() if title.startswith(benchmark.kept)
    }
    own = ModelCard.read(card)
    card.write_text(replace(own, scores={**own.scores, **kept}).to_json(), encoding="utf-8")


def goals_on(card: ModelCard, benchmark: Benchmark) -> list[tuple[Goal, float | None]]:
    """Each goal with what a card holds of it, whatever photos it was measured on; None where it holds nothing."""
    tables = [table for title, table in card.scores.items() if title[:1].isdigit()]
    found: list[tuple[Goal, float | None]] = []
    for goal in benchmark.scores:
        values = []
        for table in tables:
            with suppress(SettingsError):
                values.append(goal.of(table))
        found.append((goal, values[0] if values else None))
    return found


def table_of(card: ModelCard, photos: str) -> Mapping[str, Any]:
    """What a card holds of the benchmark on that folder of photos. Raises SettingsError if there is nothing."""
    for title, table in card.scores.items():
        if title[:1].isdigit() and title.endswith(f" of {photos}"):
            return dict(table)
    raise SettingsError("The card of “{name}” has no figures for {photos}.", name=card.name, photos=photos)


def _run(command: Sequence[str], environment: Mapping[str, str], log: Path, progress: Progress) -> None:
    """Raises Cancelled, and SettingsError with what the script said last if it fails."""
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(command, env=dict(environment), stdout=file, stderr=subprocess.STDOUT)
        try:
            while process.poll() is None:
                progress.check()
                time.sleep(_LOOK)
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace").splitlines()
        raise SettingsError(
            "The benchmark {script} failed; {log} has all that it said, at last: {said}",
            script=Path(command[1]).name,
            log=log,
            said=said[-1] if said else "nothing",
        )


def land(candidate: Path, models: Path) -> None:
    """Let what differs in a folder of models take the place of what is installed: weights first, cards behind them."""
    changed = [path for path in candidate.iterdir() if path.suffix in (".safetensors", ".json")]
    for path in sorted(changed, key=lambda path: path.suffix, reverse=True):
        place, data = models / path.name, path.read_bytes()
        if not place.is_file() or place.read_bytes() != data:
            atomic_write(place, lambda file, data=data: file.write(data), overwrite=True)  # type: ignore[misc]
