"""What is told of photos that go from files into files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from aestudio.errors import Sentence
from aestudio.progress import Progress, Step
from aestudio.tasks.base import Finding

DOUBTFUL = 0.2  # a score from which a photo should be looked at


@dataclass(frozen=True)
class Job:
    """One photo and the file that what is made of it goes to."""

    source: Path
    output: Path


@dataclass(frozen=True)
class Started:
    """A photo is about to be read."""

    job: Job
    number: int  # from 1
    total: int


@dataclass(frozen=True)
class Progressed:
    """A tile of a photo is done."""

    job: Job
    step: Step


@dataclass(frozen=True)
class Done:
    """A photo is done and saved."""

    job: Job
    megapixels: float = field(kw_only=True)
    seconds: float = field(kw_only=True)  # from reading to saving
    notes: tuple[Sentence, ...] = field(default=(), kw_only=True)  # sentences for the user


@dataclass(frozen=True)
class Restored(Done):
    """A photo is restored and saved."""

    finding: Finding
    untouched: bool  # the tool had nothing to do
    scores: Mapping[str, float] = field(default_factory=dict)  # how well it went: in [0, 1], more is worse

    @property
    def doubtful(self) -> float:
        """The worst of the scores."""
        return max(self.scores.values(), default=0.0)


@dataclass(frozen=True)
class Failed:
    """Nothing could be made of a photo, and nothing was written for it."""

    job: Job
    message: str  # a sentence for the user


D = TypeVar("D", bound=Done)
Event = Started | Progressed | Done | Failed
RestoreFile = Callable[[Job, Progress], D]


@dataclass
class BatchReport(Generic[D]):
    """What became of the photos, in the order in which they were worked on."""

    restored: list[D] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    @property
    def need_a_look(self) -> list[Restored]:
        """Photos that the tool itself doubts, the worst first."""
        doubted = [done for done in self.restored if isinstance(done, Restored) and done.doubtful >= DOUBTFUL]
        return sorted(doubted, key=lambda done: -done.doubtful)
