"""A training recipe: everything that decides what comes out, read from a TOML file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from aestudio.errors import SettingsError
from aestudio.training.data.source import CLEAN, KINDS
from aestudio.training.goals import Benchmark, Goal
from aestudio.training.optimizers import OPTIMIZERS
from aestudio.training.teaching.degrade import Mixture
from aestudio.training.teaching.losses import LOSSES
from aestudio.training.teaching.marks import Marking

ENCODER, DECODER = "encoder", "decoder"


@dataclass(frozen=True)
class Recipe:
    """Read by `read_recipe`; each field is a key of the file."""

    name: str  # of the model that comes out
    version: str
    architecture: str  # key of BUILDERS
    arguments: Mapping[str, Any]
    folders: Mapping[str, float]  # sub-folder of the data folder -> weight of its photos when patches are drawn
    steps: int
    left_out: tuple[str, ...] = ()  # photos of those folders, as FOLDER/NAME, that are not learnt from
    start: str = ""  # name of the model whose weights training goes on from; empty for none
    kind: str = CLEAN  # of the photos, see Source
    freeze: str = ""  # encoder or decoder: its weights stay as they are
    stacked: int = 0  # how many levels are taught one after the other, from the outermost, before all together
    stacked_share: float = 0.3  # of the schedule, for that
    hours: float = 0.0  # the schedule ends here even if steps are left; 0 for no limit
    batch: int = 16
    patch: int = 96  # pixels, a multiple of 16
    learning_rate: float = 1e-3  # the peak: linear warm-up, then half a cosine down to a thousandth
    warmup: float = 0.02  # share of the schedule
    optimizer: str = "adamw"  # or muon
    loss: str = "l1"  # l1 or mse
    tone: float = 0.0  # weight of the squared mean error of each patch's channels beside the loss
    weight_decay: float = 1e-4
    clip_norm: float = 1.0
    ema: float = 0.999
    precision: str = "auto"  # or bf16-mixed, or 32-true
    seed: int = 1
    held_out: int = 16  # photos kept for validation
    validate_every: int = 2000  # steps
    checkpoint_minutes: float = 3.0
    shorter: int = 0  # pixels: photos are shrunk until their shorter side is this; 0 for the sizes that denoising likes
    colourful: float = 0.0  # photos with a lower mean chroma, in units of Lab, are left out
    upright: bool = False  # patches are mirrored but never turned: where sky and ground lie tells their colours
    vivid: float = 0.0  # for colorize: weight of how far each photo's colourfulness is from the truth's
    classes: float = 0.0  # for colorize: weight of the colours' distribution
    marked_weight: float = 3.0  # for watermarks: how much more a marked pixel counts than another
    evidence: float = 0.0  # for mark-finder: weight of whether a photo is marked at all beside where it is
    remembered: float = 0.25  # for denoise on pairs and noisy photos: share of patches with the mixture's own damage
    unpaired: str = "grain"  # for denoise on noisy photos: taught by their grain, or by neighbours
    input_noise: float = 0.0  # for explore: 8-bit levels, of noise in what the network is given, at most
    input_dropout: float = 0.0  # for explore: share of its pixels that are left out, at most
    beta: float = 1.0  # for explore: how much the divergence of a variational autoencoder's codes counts
    beta_warmup: float = 0.3  # for explore: share of the schedule in which that grows from nothing
    marks: tuple[str, ...] = ()  # for watermarks: one's own, as files, folders, or names of those that are kept
    marks_share: float = 0.5  # of the marks that are laid, if there are any of one's own; the others are drawn
    refine_steps: int = 300  # for compress: in which the context model alone learns from whole symbols, at the end
    count_photos: int = 240  # for compress: that tables are counted on
    mixture: Mixture = field(default_factory=Mixture)
    marking: Marking = field(default_factory=Marking)
    license: str = "Apache-2.0"
    limits: tuple[str, ...] = ()  # for the card

    def __post_init__(self) -> None:
        """Raises TypeError for one name where a list of them belongs: its letters would be taken for names."""
        for name in ("left_out", "marks", "limits"):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is no list")


@dataclass(frozen=True)
class Course:
    """All that a file says: how a model is trained, stage by stage, and how it is measured."""

    stages: tuple[Recipe, ...]  # each but the first goes on from the one before it
    task: str = ""  # what is taught
    after: tuple[str, ...] = ()  # models that it needs while it is trained or measured
    benchmark: Benchmark | None = None

    @property
    def name(self) -> str:
        """Of the model that comes out."""
        return self.stages[-1].name


T = TypeVar("T")


def read_recipe(path: Path) -> Recipe:
    """The last stage of a file. Raises SettingsError as `read_course` does."""
    return read_course(path).stages[-1]


def read_course(path: Path) -> Course:
    """A file's keys, and for each of its `[[stages]]` those that differ there.

    Raises SettingsError if the file cannot be read, lacks a key or has an unknown one.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise SettingsError(
            "The recipe {path} cannot be read ({reason}). Please check the file.", path=path, reason=exc
        ) from exc
    task, after, benchmark = str(table.pop("task", "")), table.pop("after", ()), table.pop("benchmark", None)
    stages = [recipe_of({**table, **stage}, path) for stage in _tables(table.pop("stages", [{}]), path)]
    further = (replace(stage, start=stage.name) for stage in stages[1:])
    measured = None if benchmark is None else _benchmark(benchmark, path)
    return Course((stages[0], *further), task, tuple(after), measured)


def _tables(value: object, path: Path) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        raise SettingsError("In the recipe {path}, stages is no list of tables. Please write [[stages]].", path=path)
    return value


def _benchmark(table: object, path: Path) -> Benchmark:
    if not isinstance(table, dict):
        raise SettingsError("In the recipe {path}, benchmark is no table. Please write [benchmark].", path=path)
    scores = [_fill(Goal, each, path) for each in _tables(table.get("scores"), path)]
    return _fill(Benchmark, {**table, "scores": scores}, path)


def recipe_of(table: Mapping[str, Any], path: Path) -> Recipe:
    """A recipe from its keys and values; `path` is where they stood. Raises SettingsError as `read_recipe` does."""
    table = dict(table)
    mixture = _fill(Mixture, table.pop("mixture", {}), path)
    marking = _fill(Marking, table.pop("marking", {}), path)
    recipe = _fill(Recipe, {**table, "mixture": mixture, "marking": marking}, path)
    if recipe.patch % 16 or recipe.patch <= 0 or recipe.batch < 1 or recipe.steps < 1:
        raise SettingsError(
            "In the recipe {path}, patch must be a multiple of 16, and batch and steps at least 1.", path=path
        )
    for name, value, known in (
        ("kind", recipe.kind, KINDS),
        ("freeze", recipe.freeze, ("", ENCODER, DECODER)),
        ("loss", recipe.loss, LOSSES),
        ("optimizer", recipe.optimizer, OPTIMIZERS),
    ):
        if value not in known:
            raise SettingsError(
                "In the recipe {path}, {name} is “{value}”: please write one of {known}.",
                path=path,
                name=name,
                value=value,
                known=", ".join(f"“{each}”" for each in known),
            )
    return recipe


def _fill(kind: type[T], table: Mapping[str, Any], path: Path) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]  # T is always a dataclass here
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingsError(
            "The recipe {path} has unknown keys: {keys}. Please remove or correct them.",
            path=path,
            keys=", ".join(unknown),
        )
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})
    except TypeError as exc:
        raise SettingsError("The recipe {path} is incomplete: {reason}.", path=path, reason=exc) from exc


def differing(settings: Any) -> dict[str, Any]:
    """The fields of a dataclass that differ from their defaults, as JSON has it; dataclasses in it become tables."""
    found: dict[str, Any] = {}
    for f in fields(settings):
        value = getattr(settings, f.name)
        default = f.default_factory() if f.default_factory is not MISSING else f.default
        if value != default:
            found[f.name] = differing(value) if is_dataclass(value) else _as_json(value)
    return found


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _as_json(each) for name, each in value.items()}
    return [_as_json(each) for each in value] if isinstance(value, list | tuple) else value
