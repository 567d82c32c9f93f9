"""What every tool declares: its knobs, what it finds in a photo, and how it restores a tile.

Importing a tool costs next to nothing: the command line shows its knobs before anything that computes is loaded.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from aestudio.errors import Sentence, SettingsError

if TYPE_CHECKING:
    from torch import Tensor, nn

    from aestudio.images.photo import Box, Photo
    from aestudio.progress import Progress


@dataclass(frozen=True)
class Knob:
    """How one setting is shown and checked. Panel, command line and batch are built from it."""

    label: str  # a photographer's word
    low: float
    high: float
    step: float
    unit: str  # shown behind the number; empty for none
    help: str  # what more and less do to the picture
    automatic: bool  # None is allowed, and means: found in the photo
    live: bool  # changes the blend with the original only: the network need not run again


def knob(
    default: float | None,
    *,
    low: float,
    high: float,
    label: str,
    help: str,
    step: float = 1.0,
    unit: str = "",
    live: bool = False,
) -> Any:
    """A dataclass field with its range and label. A default of None makes the value automatic."""
    declared = Knob(label, low, high, step, unit, help, automatic=default is None, live=live)
    return field(default=default, metadata={"knob": declared})


@dataclass(frozen=True)
class Toggle:
    """How a setting that is on or off is shown."""

    label: str
    help: str  # what it does to the picture
    in_panel: bool = True  # else the window has means of its own to set it


def toggle(default: bool, *, label: str, help: str, in_panel: bool = True) -> Any:
    """A dataclass field that is on or off, with its label."""
    return field(default=default, metadata={"toggle": Toggle(label, help, in_panel)})


Reads = Literal["picture", "folder", "file"]


@dataclass(frozen=True)
class FromFile:
    """A setting that is read from a file, and can be kept in one. The studio has means of its own to make it."""

    label: str  # a photographer's word
    metavar: str
    help: str
    read: Callable[[Path], Any]  # raises an AEStudioError that names the file
    write: Callable[[Any, Path], object]  # makes a new file; raises an AEStudioError that names it
    ending: str  # of files that are written; they can be read, too
    reads: Reads  # a picture, a folder of pictures, or nothing but what was written
    kept_as: str  # the setting that takes the file which is written; empty: this one
    instead_of: tuple[str, ...]  # settings that must be empty where this one is not
    shelf: str  # a folder among the user's data where such files are kept; empty for none


def from_file(
    default: Any,
    *,
    label: str,
    metavar: str,
    help: str,
    read: Callable[[Path], Any],
    write: Callable[[Any, Path], object],
    ending: str,
    reads: Reads = "picture",
    kept_as: str = "",
    instead_of: tuple[str, ...] = (),
    shelf: str = "",
) -> Any:
    """A dataclass field with the file that it is read from, and the one that it is kept in."""
    source = FromFile(label, metavar, help, read, write, ending, reads, kept_as, instead_of, shelf)
    return field(default=default, metadata={"file": source})


@dataclass(frozen=True)
class Settings:
    """Base of each task's settings; checks every field against its knob.

    `strength` mixes the restored photo with the original: 0 gives the original back, 1 is the full effect.
    """

    strength: float = knob(
        1.0,
        low=0.0,
        high=1.0,
        step=0.01,
        label="Strength",
        help="How much of the restored photo is mixed in. Less keeps more of the original's grain.",
        live=True,
    )

    def __post_init__(self) -> None:
        """Raises SettingsError for a value outside its range."""
        for name, declared in knobs(type(self)).items():
            value = getattr(self, name)
            if value is None and declared.automatic:
                continue
            if value is None or not declared.low <= value <= declared.high:
                raise SettingsError(
                    "{label} is {value}: please choose a value from {low} to {high}.",
                    label=declared.label,
                    value=value,
                    low=f"{declared.low:g}",
                    high=f"{declared.high:g}",
                )


def knobs(settings_type: type[Settings]) -> Mapping[str, Knob]:
    """The knobs of a settings class by field name, in the order of declaration, strength last."""
    found = {f.name: f.metadata["knob"] for f in fields(settings_type) if "knob" in f.metadata}
    found["strength"] = found.pop("strength")
    return found


def toggles(settings_type: type[Settings]) -> Mapping[str, Toggle]:
    """What is on or off in a settings class, by field name."""
    return {f.name: f.metadata["toggle"] for f in fields(settings_type) if "toggle" in f.metadata}


def files(settings_type: type[Settings]) -> Mapping[str, FromFile]:
    """What a settings class takes from files, by field name."""
    return {f.name: f.metadata["file"] for f in fields(settings_type) if "file" in f.metadata}


def default_of(settings_type: type[Settings], name: str) -> Any:
    """A setting's default; None for a knob that is automatic."""
    for f in fields(settings_type):
        if f.name == name and f.default is not MISSING:
            return f.default
    raise KeyError(name)


@dataclass(frozen=True)
class Finding:
    """What a task found in a photo before restoring it.

    `needed` is False where the tool would do nothing good: the photo is then left alone unless the user sets a value.
    `values` proposes a value for each automatic setting, and may hold further figures.
    """

    needed: bool
    values: Mapping[str, float]
    summary: str  # a sentence's worth for the log and the command line; the window words its own


@dataclass(frozen=True)
class Place:
    """Where a tile lies in its photo, and what the tool found out about the whole of it."""

    y: int  # of the tile's first row
    x: int  # of its first column
    height: int  # of the photo
    width: int
    survey: Any = None  # what `Task.survey` gave


S = TypeVar("S", bound=Settings)


class Task(ABC, Generic[S]):
    """One tool. Stateless: all that varies comes in as settings and finding."""

    id: ClassVar[str]
    title: ClassVar[str]
    model: ClassVar[str]  # name of the card it works with by default
    parts: ClassVar[tuple[str, ...]] = ()  # other models that it uses inside, see aestudio.models.catalog.PARTS
    colours: ClassVar[bool] = False  # the result is in colour even where the photo is grey
    quick: ClassVar[bool] = False  # decides at a small size: a preview is there at once
    shares_passes: ClassVar[bool] = False  # small photos can go through the network together; without a survey
    needless: ClassVar[str] = "Nothing to do was found: the photo is left as it is."  # said of such a photo
    question: ClassVar[str] = ""  # to be answered with yes, once in a run of the program, before the tool works
    settings_type: type[S]

    @abstractmethod
    def examine(self, photo: "Photo") -> Finding:
        """Look at a whole photo before restoring it; takes well under a second for any size."""

    def survey(self, net: "nn.Module", photo: "Photo", settings: S, finding: Finding, progress: "Progress") -> Any:
        """What the tiles must know of the whole photo, for tools that decide at a small size; None for the others.

        Called once for each restoration, before the first tile. A tool that decides all of it here is `quick`: a small
        copy of the photo then shows at once what will come of the large one. One that takes long checks `progress`.
        """
        del net, photo, settings, finding, progress

    def spares(self, survey: Any, box: "Box") -> bool:
        """Whether that part of the photo stays as it is whatever the network would say: it is not run there."""
        del survey, box
        return False

    @abstractmethod
    def restore(self, net: "nn.Module", x: "Tensor", settings: S, finding: Finding, place: Place) -> "Tensor":
        """Restore one tile at full strength.

        `x` is (N, 3, H, W), sRGB in [0, 1], H and W multiples of the card's `multiple_of`; so is the result.
        """

    def restore_many(
        self, net: "nn.Module", x: "Tensor", settings: S, findings: Sequence[Finding], places: Sequence[Place]
    ) -> "Tensor":
        """Restore a tile of each of N photos, one after the other; a tool that `shares_passes` does it in one go."""
        import torch

        each = zip(torch.split(x, 1), findings, places, strict=True)
        return torch.cat([self.restore(net, tile, settings, finding, place) for tile, finding, place in each])

    def judge(self, before: "Photo", after: "Photo", survey: Any) -> Mapping[str, float]:
        """How well it went, as scores in [0, 1] of which more is worse; none where the tool cannot tell."""
        del before, after, survey
        return {}

    def notes(self, survey: Any) -> "tuple[Sentence, ...]":
        """What the user should know about this photo."""
        del survey
        return ()

    def remark(self, settings: S) -> str:
        """What a saved photo's history tells of the settings, behind tool and model; begins with a comma if at all."""
        del settings
        return ""

    def leaves_alone(self, settings: S, finding: Finding) -> bool:
        """Whether the photo comes back as it is: nothing was found, and nothing is set by hand."""
        by_hand = any(getattr(settings, name) is not None for name, k in knobs(type(settings)).items() if k.automatic)
        return not finding.needed and not by_hand
