"""What a training is to do, as the command line of the child process that does it."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import platformdirs

from aestudio.errors import SettingsError
from aestudio.training.coding import EXPLORE, Coding, check_freeze
from aestudio.training.data.source import CLEAN, PAIRS, Source

NOTHING: Final = "none"  # where training starts from random weights
MINUTES, UNTIL, STEPS = "minutes", "until", "steps"  # how long it takes
_LONGEST_NAME = 60
_NAME = re.compile(r"\w[\w .-]*")


@dataclass(frozen=True)
class Length:
    """How long a training takes: some minutes, until a time of day, or a number of steps."""

    kind: str = MINUTES
    minutes: int = 10
    until: str = "07:00"
    steps: int = 2000

    @property
    def arguments(self) -> tuple[str, ...]:
        """As the command line has it."""
        if self.kind == STEPS:
            return "--steps", str(self.steps)
        if self.kind == UNTIL:
            return "--until", self.until
        return "--hours", f"{self.minutes / 60:.6g}"


@dataclass(frozen=True)
class TrainPlan:
    """Everything that is chosen on the page. What is None is left to the recipe or to the probe."""

    task: str
    source: Source
    start: str = NOTHING
    name: str = ""
    length: Length = Length()
    marks: Path | None = None
    freeze: str = ""
    stacked: int = 0
    noise: str = ""
    iso: tuple[int, int] | None = None
    rate: float | None = None
    patch: int | None = None
    batch: int | None = None
    coding: Coding = field(default_factory=Coding)  # for explore
    becomes_variational: bool = False  # which the model that it starts from is not

    def check(self) -> None:
        """Raises SettingsError that says what is missing or wrong."""
        if not self.source.folders:
            if self.source.kind == PAIRS and self.source.noisy:
                raise SettingsError("Please drop the folder with the good photos of each pair, too.")
            raise SettingsError("Please drop a folder of photos to learn from.")
        if self.source.kind == PAIRS and not self.source.noisy:
            raise SettingsError("Please drop the folder with the noisy photos of each pair, too.")
        if self.start == NOTHING and self.freeze:
            raise SettingsError("A model that starts from nothing has nothing to keep. Please let all of it learn.")
        if self.task == EXPLORE:
            self.coding.check()
            check_freeze(self.freeze, becomes_variational=self.becomes_variational)
        check_name(self.name)

    @property
    def looks(self) -> tuple[str, ...]:
        """All that decides what is found in the folders, and how fast it is learnt."""
        source = self.source
        said = [self.task, *(word for folder in source.folders for word in ("--data", str(folder)))]
        for folder in source.noisy if source.kind == PAIRS else ():
            said += ["--noisy", str(folder)]
        if source.kind != CLEAN:
            said += ["--kind", source.kind]
        said += ["--from", self.start]
        if self.marks is not None:
            said += ["--marks", str(self.marks)]
        for name, value in (("--freeze", self.freeze), ("--patch", self.patch), ("--batch", self.batch)):
            if value:
                said += [name, str(value)]
        return tuple(said)

    def arguments(self, out: Path) -> tuple[str, ...]:
        """Of the command `train`, for a run in that folder."""
        said = [*self.looks, "--name", self.name, *self.length.arguments, "--out", str(out)]
        if self.stacked:
            said += ["--stacked", str(self.stacked)]
        if self.noise and self.source.kind == CLEAN:
            said += ["--noise", self.noise]
        if self.iso is not None and self.source.kind == CLEAN:
            said += ["--iso", f"{self.iso[0]}-{self.iso[1]}"]
        if self.rate is not None:
            said += ["--rate", f"{self.rate:.6g}"]
        return (*said, *self._coding)

    @property
    def _coding(self) -> tuple[str, ...]:
        """What is chosen of a model for Explore, as the command line has it."""
        if self.task != EXPLORE:
            return ()
        coding = self.coding
        numbers = (("input-noise", coding.input_noise), ("input-dropout", coding.input_dropout), ("beta", coding.beta))
        said = [word for name, value in numbers if value is not None for word in (f"--{name}", f"{value:g}")]
        kind = (
            {True: ["--variational"], False: ["--plain"]}.get(coding.variational, [])
            if coding.variational is not None
            else []
        )
        return (*kind, *said)


def check_name(name: str) -> str:
    """The name of a model, which is one of files, too. Raises SettingsError for one that cannot be that."""
    if not name:
        raise SettingsError("Please give the model a name.")
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or name != name.strip(" ."):
        raise SettingsError(
            "“{name}” cannot be the name of a model. Please use letters, figures, spaces, dots and hyphens, "
            "{most} of them at most.",
            name=name,
            most=_LONGEST_NAME,
        )
    return name


def training_folder() -> Path:
    """Where the runs of the window lie, a folder for each."""
    return platformdirs.user_data_path("aestudio", appauthor=False) / "training"


def free_folder(name: str, folder: Path) -> Path:
    """Where a new run of that name may lie."""
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{name}-{number}", number + 1
    return place


def read_json(path: Path) -> dict[str, Any]:
    """A file of a run's folder; empty where there is none that can be read."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}
