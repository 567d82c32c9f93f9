"""What a user asks of a training run, kept in the run's folder, and the recipe that it becomes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from aestudio.errors import SettingsError, TrainingDataError, WeightsError
from aestudio.images.atomic import atomic_write
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.resources import data_folder
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES, Source
from aestudio.training.places import RUN
from aestudio.training.recipe import Recipe, read_recipe, recipe_of
from aestudio.training.teaching.objectives import check_task

NOISES: Mapping[str, Mapping[str, Any]] = {  # shares of each kind in a batch
    "mixed": {},
    "white": {"white": 1.0, "poisson_gaussian": 0.0, "camera": 0.0},
    "poisson": {"white": 0.0, "poisson_gaussian": 1.0, "camera": 0.0},
    "camera": {"white": 0.0, "poisson_gaussian": 0.0, "camera": 1.0},
    "dropout": {"white": 0.0, "poisson_gaussian": 0.0, "camera": 0.0, "dropout": 1.0},
}
MINUTES = 10.0  # where nothing is said
WITHOUT_END = 10_000_000  # steps of a schedule that ends by time
_GENTLE = 0.25  # of the learning rate from nothing: what is known already must not be unlearnt first
_GENTLER = 0.1  # from noisy photos alone, which say less and are believed too much at a higher rate


@dataclass(frozen=True)
class Plan:
    """Everything that a user chooses. None and empty text leave it to the program."""

    task: str
    source: Source
    name: str  # of the model that comes out
    base: str = ""  # model that training goes on from; empty to start from nothing
    freeze: str = ""
    stacked: int = 0
    noise: str = "mixed"  # a key of NOISES: what good photos are damaged with
    iso: tuple[float, float] | None = None  # of camera noise
    marks: tuple[str, ...] = ()  # files and folders with the user's own marks
    rate: float | None = None
    steps: int | None = None
    hours: float | None = None
    patch: int | None = None
    batch: int | None = None


def recipe_for(plan: Plan) -> Recipe:
    """The recipe of the tool's own weights, changed as the plan says.

    Raises WeightsError if the base is missing or made for another tool, SettingsError for what cannot be.
    """
    check_task(plan.task)
    if plan.noise not in NOISES:
        raise SettingsError(
            "There is no noise “{noise}”. Please choose one of {known}.", noise=plan.noise, known=", ".join(NOISES)
        )
    if plan.source.kind != CLEAN and plan.task != "denoise":
        raise SettingsError(
            "Only Denoise learns from noisy photos. Please give good photos to learn “{task}” from.", task=plan.task
        )
    own = read_recipe(data_folder("models") / f"{plan.task}.toml")
    noise = NOISES[plan.noise]
    mixture = replace(own.mixture, **noise) if noise else own.mixture
    if plan.iso:
        mixture = replace(mixture, iso=_range(plan.iso))
    recipe = replace(
        own,
        name=plan.name,
        version="1",
        folders={},
        start=plan.base,
        kind=plan.source.kind,
        freeze=plan.freeze,
        stacked=plan.stacked,
        mixture=mixture,
        learning_rate=plan.rate or own.learning_rate * _share(plan),
        steps=plan.steps or WITHOUT_END,
        hours=plan.hours or (0.0 if plan.steps else MINUTES / 60),
        warmup=0.05,
        ema=0.99,
        patch=plan.patch or own.patch,
        batch=plan.batch or own.batch,
        upright=own.upright or plan.source.kind in (PAIRS, SERIES),
        checkpoint_minutes=1.0,
        license="",
        limits=(),
    )
    if plan.marks:
        recipe = replace(recipe, marks=plan.marks)
    if plan.base:
        card = ModelCard.read(card_path(plan.base))
        if card.task != plan.task:
            raise WeightsError(
                "The model “{model}” is made for “{task}”, not for “{wanted}”. Please choose another model.",
                model=card.name,
                task=card.task,
                wanted=plan.task,
            )
        recipe = replace(recipe, architecture=card.architecture, arguments=card.arguments)
    if recipe.patch % 16 or recipe.patch < 32:
        raise SettingsError(
            "Patches of {patch} pixels cannot be learnt from. Please choose a multiple of 16 from 32 on.",
            patch=recipe.patch,
        )
    return recipe


def _share(plan: Plan) -> float:
    """Of the learning rate that the tool's own weights began with."""
    if not plan.base:
        return 1.0
    return _GENTLER if plan.source.kind == NOISY else _GENTLE


def _range(iso: tuple[float, float]) -> tuple[float, float]:
    low, high = iso
    if not 0 < low <= high:
        raise SettingsError("ISO {low} to {high} is no range. Please write the lower one first.", low=low, high=high)
    return low, high


def write_run(run_dir: Path, plan: Plan, recipe: Recipe) -> None:
    """Keep what is to be done in the run's folder. Raises ImageError if the disk refuses."""
    run_dir.mkdir(parents=True, exist_ok=True)
    table = {"plan": asdict(plan), "recipe": asdict(recipe)}
    text = json.dumps(table, indent=2, default=str, ensure_ascii=False) + "\n"
    atomic_write(run_dir / RUN, lambda file: file.write(text.encode()), overwrite=True)


def read_run(run_dir: Path) -> tuple[Plan, Recipe]:
    """What was to be done in a run's folder. Raises TrainingDataError if it is not known."""
    path = run_dir / RUN
    try:
        table = json.loads(path.read_bytes())
        return _plan(table["plan"]), recipe_of(table["recipe"], path)
    except FileNotFoundError as exc:
        raise TrainingDataError(
            "There is no training run in {folder}. Please choose the folder of a run, or start a new one.",
            folder=run_dir,
        ) from exc
    except (OSError, ValueError, KeyError, TypeError, SettingsError) as exc:
        raise TrainingDataError(
            "The file {path} of the training run is damaged. Please start a new run.", path=path
        ) from exc


def _plan(table: Mapping[str, Any]) -> Plan:
    source = table["source"]
    paths = {name: tuple(Path(folder) for folder in source[name]) for name in ("folders", "noisy")}
    known = {f.name for f in fields(Plan)} - {"source"}
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in table.items() if name in known
    }
    return Plan(source=Source(kind=source["kind"], **paths), **values)
