"""A whole training run on a user's photos: looked through, learnt from, judged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import torch
from torch import nn

from aestudio.errors import AEStudioError, Cancelled, TrainingDataError, WeightsError
from aestudio.images.atomic import atomic_write
from aestudio.models.card import ModelCard, Taught
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress
from aestudio.training.checkpoint import spent_seconds
from aestudio.training.data.material import Material, gather, survey_for
from aestudio.training.events import (
    DISCARDED,
    FAILED,
    FINISHED,
    KEPT,
    PROBING,
    Ended,
    Judged,
    OnEvent,
    Probed,
    Working,
    unheard,
)
from aestudio.training.export import export
from aestudio.training.judging.judge import judge
from aestudio.training.judging.verdict import Verdict
from aestudio.training.orders import Orders
from aestudio.training.places import CHECKPOINT, PICTURES, RUN, VERDICT, WORST
from aestudio.training.plan import Plan, read_run, recipe_for, rival_of, write_run
from aestudio.training.probe import probe
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import Recipe
from aestudio.training.trainer import TrainingReport, train

WATCHED = 8  # held-out photos that are looked at while training goes on; all of them are judged in the end
_A_LOOK = 0.5  # minutes between two looks at them


def look_through(plan: Plan, device: str, progress: Progress, on_event: OnEvent) -> None:
    """Tell what is in the plan's folders, and how fast this machine would learn. Nothing is written.

    Raises TrainingDataError where it cannot be learnt from, and what `recipe_for` raises.
    """
    try:
        recipe = recipe_for(plan)
        _check_weights(plan, recipe)
        survey_for(plan.source, plan.task, recipe, progress, on_event)
        on_event(Working(PROBING, 0, 1))
        on_event(probe(plan.task, recipe, Ranks(device, recipe.precision), progress))
    except AEStudioError as exc:
        on_event(Ended(FAILED, message=exc.sentence))
        raise


def learn(
    plan: Plan | None,
    run_dir: Path,
    device: str,
    progress: Progress,
    orders: Orders,
    on_event: OnEvent,
    *,
    hours: float | None = None,
    anew: bool = False,
) -> Path | None:
    """Do what is planned, or go on with what was planned in `run_dir`; the card of the model that came out.

    The model and the verdict on it lie in `run_dir`. None in all processes but the first. A run that goes on may take
    `hours` more than it has taken. A run of another plan is refused, unless `anew` clears it away.
    Raises AEStudioError, and Cancelled where the run was stopped: it can be gone on with, unless it was discarded.
    """
    try:
        with _told(orders, run_dir, on_event):
            ranks = Ranks(device, by_levels=bool((plan or read_run(run_dir)[0]).stacked))
            if ranks.first:
                _write(plan, run_dir, hours, anew=anew)
            ranks.wait()
            return _learn(run_dir, ranks, progress, orders, on_event)
    finally:
        Ranks.close()


@contextmanager
def _told(orders: Orders, run_dir: Path, on_event: OnEvent) -> Iterator[None]:
    """Tell how it ended, where it did not end well."""
    try:
        yield
    except Cancelled:
        if orders.discard:
            clear(run_dir)
        on_event(Ended(DISCARDED if orders.discard else KEPT))
        raise
    except AEStudioError as exc:
        on_event(Ended(FAILED, message=exc.sentence))
        raise


def _write(plan: Plan | None, run_dir: Path, hours: float | None, *, anew: bool) -> None:
    """Put plan and recipe into the run's folder, if they are not there."""
    there = (run_dir / RUN).is_file() and not anew
    learnt = (run_dir / CHECKPOINT).is_file()  # a plan that came to nothing makes room for another
    if plan is None or (there and (learnt or read_run(run_dir)[0] == plan)):
        planned, recipe = read_run(run_dir)
        if plan is not None and replace(plan, hours=None) != replace(planned, hours=None):
            raise TrainingDataError(
                "In {folder} lies another training run. Please choose another folder, or add --overwrite to give it "
                "up.",
                folder=run_dir,
            )
        more = hours or (plan.hours if plan and plan.hours != planned.hours else None)
        if more:
            spent = spent_seconds(run_dir / CHECKPOINT) / 3600
            write_run(run_dir, replace(planned, hours=spent + more), replace(recipe, hours=spent + more))
        return
    recipe = recipe_for(plan)
    _check_weights(plan, recipe)
    if (run_dir / RUN).exists():
        clear(run_dir)
    write_run(run_dir, plan, recipe)


def _learn(run_dir: Path, ranks: Ranks, progress: Progress, orders: Orders, on_event: OnEvent) -> Path | None:
    plan, recipe = read_run(run_dir)
    if ranks.first:
        material = gather(plan.source, plan.task, recipe, run_dir, progress, on_event)
        if ranks.count == 1 and not (run_dir / CHECKPOINT).exists():
            on_event(Working(PROBING, 0, 1))
            found = probe(plan.task, recipe, ranks, progress)
            on_event(found)
            write_run(run_dir, plan, fitted(recipe, plan, found))
            plan, recipe = read_run(run_dir)
    ranks.wait()  # the others read what the first one kept
    if not ranks.first:
        material = gather(plan.source, plan.task, recipe, run_dir, progress, unheard)
    if orders.keep:  # before anything was learnt
        raise Cancelled
    watched = material.held_out.first(WATCHED)
    report = train(
        plan.task,
        recipe,
        material.train,
        watched,
        run_dir,
        progress,
        ranks,
        names=material.held_out_names[:WATCHED],
        orders=orders,
        on_event=on_event,
    )
    if not ranks.first:
        return None
    card = _finish(plan, recipe, report, material, run_dir, ranks, progress, on_event)
    on_event(Judged(VERDICT))
    on_event(Ended(KEPT if orders.keep else FINISHED, str(card)))
    return card


def fitted(recipe: Recipe, plan: Plan, found: Probed) -> Recipe:
    """The recipe with what a probe found, where the plan leaves it open; held-out photos are looked at twice a minute.

    A larger batch than the recipe's own is left to those who ask for it: it learns less often.
    """
    batch = plan.batch or min(found.batch, recipe.batch) or recipe.batch
    pace = found.patches_per_second / batch  # steps a second
    every = max(10, round(60 * pace * _A_LOOK))
    return replace(recipe, batch=batch, validate_every=every)


def _finish(
    plan: Plan,
    recipe: Recipe,
    report: TrainingReport,
    material: Material,
    run_dir: Path,
    ranks: Ranks,
    progress: Progress,
    on_event: OnEvent,
) -> Path:
    """Write the model as a candidate, and judge it."""
    taught = Taught(kind=plan.source.kind, digest=material.digest)
    today = datetime.now().astimezone().date().isoformat()
    card = export(report, plan.task, recipe, run_dir, overwrite=True, date=today, source=taught)
    old, new = _rival(plan, recipe), load_model(card, ranks.device).net
    verdict = judge(
        plan.task,
        recipe,
        old and old.to(ranks.device),
        new,
        material.held_out.to(ranks.device),
        material.held_out_names,
        run_dir,
        progress,
        on_event,
    )
    known = ModelCard.read(card)
    text = replace(known, scores={**known.scores, "verdict": scores_of(verdict)}).to_json()
    return atomic_write(card, lambda file: file.write(text.encode()), overwrite=True)


def scores_of(verdict: Verdict) -> dict[str, Any]:
    """A verdict as it stands on the card: without the names of the user's photos."""
    tables = {f"{len(verdict.photos.names)} held-out photos": verdict.photos}
    if verdict.standard is not None:
        tables[f"{len(verdict.standard.names)} photos of our own"] = verdict.standard
    rows = {
        name: {
            "before": table.mean_old and round(table.mean_old, 3),
            "now": round(table.mean_new, 3),
            "gain": table.gain,
            "95 % interval": [table.low, table.high],
        }
        for name, table in tables.items()
    }
    return {"score": verdict.score, **rows, "measured by": "aestudio train"}


def _check_weights(plan: Plan, recipe: Recipe) -> None:
    """Damaged weights are told before photos are looked through: raises WeightsError."""
    if rival_of(plan, recipe) != plan.base and plan.base:
        load_model(card_path(plan.base), torch.device("cpu"))
    _rival(plan, recipe)


def _rival(plan: Plan, recipe: Recipe) -> nn.Module | None:
    """What the new model must beat; None where there is no such model, or its codes have another length."""
    name = rival_of(plan, recipe)
    try:
        model = load_model(card_path(name), torch.device("cpu"))
    except WeightsError:
        if name == plan.base:
            raise
        return None
    return model.net if model.card.arguments.get("code") == recipe.arguments.get("code") else None


def clear(run_dir: Path) -> None:
    """Take away what a run wrote, and nothing else; the folder too if it is empty then."""
    names = [CHECKPOINT, VERDICT]
    with suppress(TrainingDataError):  # without its plan nobody knows which model is its own
        name = read_run(run_dir)[0].name
        names += [f"{name}.safetensors", f"{name}.json"]
    for path in [*(run_dir / name for name in names), *run_dir.glob("material*")]:
        path.unlink(missing_ok=True)
    for folder in (PICTURES, WORST):
        shutil.rmtree(run_dir / folder, ignore_errors=True)
    (run_dir / RUN).unlink(missing_ok=True)  # last: a kill before it leaves a run that can be cleared again
    if run_dir.is_dir() and not any(run_dir.iterdir()):
        run_dir.rmdir()
