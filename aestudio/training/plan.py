"""What a user asks of a training run, kept in the run's folder, and the recipe that it becomes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from aestudio.errors import SettingsError, TrainingDataError, WeightsError
from aestudio.images.atomic import atomic_write
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.resources import data_folder
from aestudio.training.coding import EXPLORE, NETWORKS, Coding, check_freeze, coding_of
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES, Source
from aestudio.training.places import RUN
from aestudio.training.recipe import Recipe, read_recipe, recipe_of
from aestudio.training.teaching.objectives import OBJECTIVES, check_task

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
    coding: Coding = field(default_factory=Coding)  # for explore
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
    if plan.task != EXPLORE and plan.coding != Coding():
        raise SettingsError(
            "Noise on what is given, lost pixels and variational codes are for “{explore}” alone. Please leave them "
            "out.",
            explore=EXPLORE,
        )
    card = _base(plan)
    coding = _coding(plan, card)
    own = read_recipe(data_folder("models") / f"{coding.kind if plan.task == EXPLORE else plan.task}.toml")
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
        learning_rate=plan.rate or own.learning_rate * _share(plan, card, coding),
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
    if card is not None:
        recipe = replace(recipe, architecture=card.architecture, arguments=card.arguments)
    if plan.task == EXPLORE:
        recipe = coded(recipe, coding)
        OBJECTIVES[EXPLORE](recipe)  # which refuses other patches than its own
    if recipe.patch % 16 or recipe.patch < 32:
        raise SettingsError(
            "Patches of {patch} pixels cannot be learnt from. Please choose a multiple of 16 from 32 on.",
            patch=recipe.patch,
        )
    return recipe


def coded(recipe: Recipe, coding: Coding) -> Recipe:
    """A recipe of a photo autoencoder, with what is chosen of it. Raises SettingsError for what cannot be."""
    if recipe.architecture not in NETWORKS.values():
        raise SettingsError(
            "The network “{network}” is no photo autoencoder. Please choose another recipe.",
            network=recipe.architecture,
        )
    whole = coding.over(coding_of(recipe.architecture, vars(recipe)))
    if not whole.variational and coding.beta is None:
        whole = replace(whole, beta=None)
    whole.check()
    return replace(
        recipe,
        architecture=NETWORKS[bool(whole.variational)],
        beta=recipe.beta if whole.beta is None else whole.beta,
        input_noise=whole.input_noise or 0.0,
        input_dropout=whole.input_dropout or 0.0,
    )


def rival_of(plan: Plan, recipe: Recipe) -> str:
    """The model that the new one must beat: what training went on from, or the tool's own; for explore, of its kind."""
    if plan.task != EXPLORE:
        return plan.base or plan.task
    kind = coding_of(recipe.architecture, vars(recipe)).kind
    card = _base(plan)
    same = card is not None and coding_of(card.architecture, card.settings).kind == kind
    return plan.base if same else kind


def _base(plan: Plan) -> ModelCard | None:
    """The card of what training goes on from. Raises WeightsError if it is missing, or made for another tool."""
    if not plan.base:
        return None
    card = ModelCard.read(card_path(plan.base))
    if card.task != plan.task:
        raise WeightsError(
            "The model “{model}” is made for “{task}”, not for “{wanted}”. Please choose another model.",
            model=card.name,
            task=card.task,
            wanted=plan.task,
        )
    return card


def _coding(plan: Plan, card: ModelCard | None) -> Coding:
    """All that is chosen of an autoencoder. Raises SettingsError for what cannot be made of the model in `card`."""
    if card is None:
        return plan.coding
    before = coding_of(card.architecture, card.settings)
    if before.variational and plan.coding.variational is False:
        raise SettingsError(
            "The model “{model}” is variational, and cannot become a plain one. Please start from a plain one, or from "
            "nothing.",
            model=card.name,
        )
    check_freeze(plan.freeze, becomes_variational=bool(plan.coding.variational) and not before.variational)
    return plan.coding.over(before)


def _share(plan: Plan, card: ModelCard | None, coding: Coding) -> float:
    """Of the learning rate that the tool's own weights began with."""
    if card is None or (plan.task == EXPLORE and coding_of(card.architecture, card.settings).kind != coding.kind):
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
    values["coding"] = Coding(**table.get("coding", {}))
    return Plan(source=Source(kind=source["kind"], **paths), **values)
