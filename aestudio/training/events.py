"""What a training run tells while it is under way; as lines of JSON it also leaves the process."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args, get_type_hints

from aestudio.errors import Sentence

SCANNING, PREPARING, PROBING = "scanning", "preparing", "probing"
TRAINING, FINISHING, JUDGING = "training", "finishing", "judging"

FINISHED, KEPT, DISCARDED, FAILED = "finished", "kept", "discarded", "failed"


@dataclass(frozen=True)
class Working:
    """How far a phase is: photos that were read, or those that were judged. `note` is the file at work."""

    phase: str
    done: int
    total: int
    note: str = ""


@dataclass(frozen=True)
class Found:
    """What is in the user's folders. Photos are paths as text."""

    usable: int
    small: tuple[str, ...] = ()
    damaged: tuple[tuple[str, Sentence], ...] = ()  # with why
    grey: tuple[str, ...] = ()  # photos without colour, which colorize cannot learn from
    alike: tuple[tuple[str, ...], ...] = ()  # groups of near-duplicates, which stay on one side of the split
    unpaired: tuple[tuple[str, Sentence], ...] = ()  # photos that belong to no pair or series, with why
    pairs: int = 0  # pairs, or photos in series
    training: int = 0  # photos to learn from
    held_out: int = 0  # photos for the verdict, which are not learnt from
    seconds: float = 0.0


@dataclass(frozen=True)
class Probed:
    """What this machine can do."""

    batch: int
    patch: int
    patches_per_second: float
    memory: int  # bytes that training takes beside what is taken now
    steps_per_minute: float


@dataclass(frozen=True)
class Trained:
    """One of many steps."""

    step: int
    fraction: float  # of the schedule, by steps or by time
    loss: float
    rate: float  # the learning rate
    patches_per_second: float
    seconds: float  # of training until now
    seconds_left: float | None
    parts: Mapping[str, float] = field(default_factory=dict)  # of the loss, where it has several


@dataclass(frozen=True)
class Recalled:
    """What a run that is gone on with had told before it stopped."""

    curve: tuple[Mapping[str, float], ...]  # rows of step, seconds, loss and its parts, as `add_row` makes them
    history: tuple[Mapping[str, float], ...]  # of each validation step, seconds and scores


@dataclass(frozen=True)
class Validated:
    """Scores on held-out photos; the first one decides, and more is better."""

    step: int
    seconds: float
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Shown:
    """Pictures of held-out photos, PNG files in the run's folder: before, now and truth of each."""

    step: int
    pictures: tuple[tuple[str, str, str], ...]
    names: tuple[str, ...] = ()  # of the photos, where they are known


@dataclass(frozen=True)
class Paused:
    """Training stands still: the user said so, or the reason is told."""

    reason: Sentence | None = None


@dataclass(frozen=True)
class WentOn:
    """Training goes on."""


@dataclass(frozen=True)
class RolledBack:
    """The loss was no number any more: training goes on from an earlier state, at a lower rate."""

    step: int  # at which it happened
    to: int
    rate: float  # share of the recipe's learning rate from now on


@dataclass(frozen=True)
class Judged:
    """The verdict is in the run's folder, see training/judging/verdict.py."""

    file: str


@dataclass(frozen=True)
class Ended:
    """The run is over. `message` says why, where it failed."""

    state: str  # FINISHED, KEPT, DISCARDED or FAILED
    card: str = ""  # of the model that came out, in full; none where there is none
    message: Sentence | None = None


Event = (
    Working | Found | Probed | Trained | Recalled | Validated | Shown | Paused | WentOn | RolledBack | Judged | Ended
)
OnEvent = Callable[[Event], object]
_KINDS: Mapping[str, type[Any]] = {kind.__name__.lower(): kind for kind in get_args(Event)}


def unheard(event: Event) -> None:
    """For those who do not listen."""


def to_line(event: Event) -> str:
    """One line of JSON: the kind of event, and its fields."""
    return json.dumps({"event": type(event).__name__.lower(), **_plain(event)}, ensure_ascii=False)


def from_line(line: str) -> Event:
    """The event that a line tells. Raises ValueError for any other line."""
    try:
        table = json.loads(line)
        kind = _KINDS[table.pop("event")]
        return kind(**{name: _restored(value, name, kind) for name, value in table.items()})  # type: ignore[no-any-return]
    except (KeyError, TypeError, AttributeError) as exc:
        raise ValueError(f"no event of a training run: {line[:80]}") from exc


def _plain(value: Any) -> Any:
    """Events and what is in them as JSON knows it."""
    if isinstance(value, Sentence):
        return {"template": value.template, "values": [[name, _plain(each)] for name, each in value.values]}
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _restored(value: Any, name: str, kind: type[Any]) -> Any:
    if name not in get_type_hints(kind):
        raise KeyError(name)
    return _read(value)


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(each) for each in value)
    if isinstance(value, dict) and value.keys() == {"template", "values"}:
        return Sentence(value["template"], tuple((name, _read(each)) for name, each in value["values"]))
    return value
