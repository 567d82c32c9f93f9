"""The options of the tools' commands: those that all share, and those made from a tool's settings."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from aestudio.models.catalog import PARTS, check_parts, parts_of
from aestudio.tasks.base import FromFile, Knob, Settings, Toggle, default_of, files, knobs, toggles

if TYPE_CHECKING:
    from aestudio.images.options import SaveOptions

S = TypeVar("S", bound=Settings)


class Format(StrEnum):
    """Formats to save in, by the ending of their files."""

    jpg = "jpg"
    png = "png"
    tiff = "tiff"
    webp = "webp"
    avif = "avif"
    aes = "aes"


class MetadataPolicy(StrEnum):
    """What of a photo's metadata goes into the result."""

    all = "keep"
    basic = "basic"
    none = "strip"


class Subsampling(StrEnum):
    """Resolution of the colours in lossy files."""

    full = "4:4:4"
    half = "4:2:2"
    quarter = "4:2:0"


class Compression(StrEnum):
    """How TIFF files are packed."""

    none = "none"
    lzw = "lzw"
    deflate = "deflate"


Photos = Annotated[list[Path], typer.Argument(metavar="PHOTO", help="Photos, or folders of photos.")]
Device = Annotated[str, typer.Option(metavar="NAME", help="What computes: auto, cpu, cuda or mps.")]
Tile = Annotated[
    int | None,
    typer.Option(
        min=32, metavar="N", show_default="the fastest", help="Side of a tile in pixels; less needs less memory."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Tell what happens as JSON, one object per line.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that exist; never an original.")]


@dataclass(frozen=True)
class RunOptions:
    """The options that every tool's command has beside its knobs; each field becomes one."""

    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            show_default="beside each photo",
            help="Folder for the results, or a file name for a single photo.",
        ),
    ] = None
    device: Device = "auto"
    tile: Tile = None
    format: Annotated[
        Format | None, typer.Option("--format", "-f", show_default="as the photo", help="Of the results.")
    ] = None
    quality: Annotated[
        int | None,
        typer.Option(metavar="N", show_default="as the photo", help="Of JPEG, WebP, AVIF and AES, 1 to 100."),
    ] = None
    lossless: Annotated[
        bool | None, typer.Option("--lossless/--lossy", show_default="as the photo", help="Of WebP.")
    ] = None
    subsampling: Annotated[
        Subsampling | None, typer.Option(show_default="as the photo", help="Resolution of the colours: JPEG, AVIF.")
    ] = None
    compression: Annotated[
        Compression | None, typer.Option(show_default="as the photo", help="How TIFF files are packed.")
    ] = None
    level: Annotated[
        int | None, typer.Option("--png-level", metavar="N", show_default="3", help="0 (fast) to 9 (small), for PNG.")
    ] = None
    bit_depth: Annotated[
        int | None,
        typer.Option(metavar="8|16|32", show_default="as the photo", help="Bits per sample; 16 for PNG, TIFF."),
    ] = None
    metadata: Annotated[
        MetadataPolicy,
        typer.Option(help="Keep all, copyright, author, date and camera alone (basic), or nothing but the profile."),
    ] = MetadataPolicy.all
    name: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            show_default="{name}, or {name}-{task} beside the photo",
            help="Of the results, without ending: letters, {name}, {task}, {model}, {date} and {n}.",
        ),
    ] = None
    large: Annotated[bool, typer.Option("--large", help="Open photos of more than 200 megapixels, too.")] = False
    salvage: Annotated[bool, typer.Option("--salvage", help="Of damaged photos, open what can be read.")] = False
    model: Annotated[
        str | None, typer.Option(metavar="NAME", show_default="the tool's own", help="What the tool works with.")
    ] = None
    part: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PART=MODEL",
            help=f"Another model for what tools use inside: {', '.join(PARTS)}. Can be repeated.",
        ),
    ] = None
    overwrite: Overwrite = False
    as_json: AsJson = False
    quiet: Quiet = False

    def parts(self) -> dict[str, str]:
        """The models chosen for parts. Raises SettingsError for an unknown part, WeightsError for an unfit model."""
        parts = parts_of(self.part or ())
        check_parts(parts)
        return parts

    def save_options(self) -> "SaveOptions":
        """How results are saved. Raises SettingsError for a value that no format knows."""
        from aestudio.images.formats import SUFFIXES
        from aestudio.images.options import SaveOptions

        return SaveOptions(
            format=self.format and SUFFIXES[f".{self.format.value}"],
            quality=self.quality,
            bit_depth=self.bit_depth,
            lossless=self.lossless,
            subsampling=self.subsampling and self.subsampling.value,
            compression=self.compression and self.compression.value,
            level=self.level,
            metadata=self.metadata.value,
        )


def setting_parameters(kind: type[Settings]) -> list[inspect.Parameter]:
    """An option for each of a tool's settings."""
    return [
        *(_knob_parameter(kind, name, knob) for name, knob in knobs(kind).items()),
        *(_toggle_parameter(name, toggle, default_of(kind, name)) for name, toggle in toggles(kind).items()),
        *(_file_parameter(name, source) for name, source in files(kind).items()),
    ]


def take_settings(kind: type[S], values: dict[str, Any]) -> S:
    """The tool's settings from a command's values, which are taken out of them.

    Raises SettingsError or ImageError for a file that cannot be used.
    """
    chosen = {name: values.pop(name) for name in (*knobs(kind), *toggles(kind))}
    paths = {name: values.pop(name) for name in files(kind)}
    chosen |= {name: files(kind)[name].read(path) for name, path in paths.items() if path is not None}
    return kind(**chosen)


def parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    """One parameter of a command that is made from data."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def shared_parameters(*names: str) -> list[inspect.Parameter]:
    """The options of RunOptions, or some of them, in their order there."""
    return [each for each in parameters_of(RunOptions) if each.name in names or not names]


def parameters_of(options: type) -> list[inspect.Parameter]:
    """An option for each field of a dataclass."""
    fields = inspect.signature(options).parameters
    return [parameter(name, each.annotation, each.default) for name, each in fields.items()]


def with_parameters(command: Callable[..., None], parameters: Sequence[inspect.Parameter]) -> Callable[..., None]:
    """The command with these parameters for typer to see."""
    vars(command)["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


def _knob_parameter(settings_type: type[Settings], name: str, knob: Knob) -> inspect.Parameter:
    """A knob as an option; an automatic one takes the word auto, too."""

    def parse(text: str) -> float | None:
        if knob.automatic and text == "auto":
            return None
        try:
            value = float(text)
        except ValueError as exc:
            allowed = f"a number from {knob.low:g} to {knob.high:g}" + (", or auto" if knob.automatic else "")
            raise typer.BadParameter(f"“{text}” is not {allowed}.") from exc
        return value

    default = default_of(settings_type, name)
    range_ = f"{knob.low:g}–{knob.high:g}{knob.unit and ' ' + knob.unit}"
    option = typer.Option(
        f"--{name.replace('_', '-')}",
        parser=parse,
        metavar=f"auto|{range_}" if knob.automatic else range_,
        show_default="auto: found in the photo" if default is None else True,
        help=f"{knob.label}. {knob.help}",
    )
    return parameter(name, Annotated[float | None, option], default)


def _toggle_parameter(name: str, toggle: Toggle, default: bool) -> inspect.Parameter:
    """What is on or off, as an option without a value."""
    word = name.replace("_", "-")
    option = typer.Option(f"--{word}/--no-{word}", help=f"{toggle.label}. {toggle.help}")
    return parameter(name, Annotated[bool, option], default)


def _file_parameter(name: str, source: FromFile) -> inspect.Parameter:
    """What is read from a file."""
    option = typer.Option(f"--{name.replace('_', '-')}", metavar=source.metavar, help=source.help)
    return parameter(name, Annotated[Path | None, option], None)
