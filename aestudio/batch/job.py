"""A batch job: which photos, which steps, and where the results go; kept in a small JSON file."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from aestudio.batch.names import stamp
from aestudio.errors import AEStudioError, SettingsError
from aestudio.images.atomic import atomic_write
from aestudio.images.naming import check_pattern
from aestudio.images.options import SaveOptions
from aestudio.models.catalog import named_parts
from aestudio.tasks import TASKS
from aestudio.tasks.base import Settings, Task, default_of, files, knobs, toggles

VERSION: Final = 1
EXISTING = ("skip", "number", "replace")  # what becomes of a file that has a result's name already
LARGEST_FILE = 64 << 20  # bytes: a list of some hundred thousand photos

Value = float | bool | str | None


@dataclass(frozen=True)
class JobStep:
    """One tool with its settings, as a job's file holds them: what is read from a file is the file's path.

    Raises SettingsError for a tool or a setting that does not exist.
    """

    tool: str
    values: Mapping[str, Value] = field(default_factory=dict)
    model: str | None = None  # None: the tool's own

    def __post_init__(self) -> None:
        known = {task.id: task for task in TASKS}
        if self.tool not in known:
            raise SettingsError(
                "There is no tool “{tool}”. Please choose one of {known}.", tool=self.tool, known=", ".join(known)
            )
        kind = self.task.settings_type
        settings = [*knobs(kind), *toggles(kind), *files(kind)]
        for name, value in self.values.items():
            if name not in settings:
                raise SettingsError(
                    "{tool} has no setting “{name}”. Please choose one of {known}.",
                    tool=self.tool,
                    name=name,
                    known=", ".join(settings),
                )
            if not self._fits(name, value):
                raise SettingsError(
                    "The setting {name} of {tool} cannot be “{value}”. Please correct it.",
                    name=name,
                    tool=self.tool,
                    value=value,
                )

    @property
    def task(self) -> Task[Any]:
        """The tool."""
        return next(task for task in TASKS if task.id == self.tool)

    @property
    def paths(self) -> Mapping[str, Path]:
        """The files that settings are read from, by the settings' names."""
        read = files(self.task.settings_type)
        return {name: Path(str(value)) for name, value in self.values.items() if name in read and value is not None}

    def settings(self) -> Settings:
        """The tool's settings. Raises SettingsError for a value out of range, or an AEStudioError that names a file."""
        kind = self.task.settings_type
        values: dict[str, Any] = dict(self.values)
        for name, path in self.paths.items():
            values[name] = _read(files(kind)[name].read, path, stamp(path))
        settings: Settings = kind(**values)
        return settings

    def within(self, folder: Path) -> "JobStep":
        """The same, with relative paths counted from a folder."""
        return replace(self, values={**self.values, **{k: str(folder / path) for k, path in self.paths.items()}})

    def _fits(self, name: str, value: Value) -> bool:
        kind = self.task.settings_type
        if name in toggles(kind):
            return isinstance(value, bool)
        if name in files(kind):
            return value is None or isinstance(value, str)
        automatic = knobs(kind)[name].automatic
        return (value is None and automatic) or (isinstance(value, int | float) and not isinstance(value, bool))


@dataclass(frozen=True)
class OutputRule:
    """Where results go, and how they are saved. Raises SettingsError for a pattern that makes no names."""

    folder: Path
    pattern: str | None = None  # of names, without ending; None: as the photo
    options: SaveOptions = field(default_factory=SaveOptions)
    existing: str = "skip"  # one of EXISTING

    def __post_init__(self) -> None:
        if self.pattern is not None:
            check_pattern(self.pattern)
        if self.existing not in EXISTING:
            raise SettingsError(
                "Existing files can be treated as one of {choices}, not as {value}.",
                choices=", ".join(EXISTING),
                value=self.existing,
            )


@dataclass(frozen=True)
class BatchJob:
    """Everything that a run of a batch does; what the window does, the command line repeats."""

    sources: tuple[Path, ...]  # photos, and folders of photos
    steps: tuple[JobStep, ...]
    output: OutputRule
    recursive: bool = False  # photos in sub-folders, too
    include: tuple[str, ...] = ()  # patterns such as *.jpg of names, or of paths below a folder; none: all photos
    exclude: tuple[Path, ...] = ()  # single photos that are left out
    most_errors: int | None = None  # failed photos that end the run; None: no number does
    large: bool = False  # open photos of more than 200 megapixels, too
    salvage: bool = False  # of damaged photos, open what can be read
    parts: Mapping[str, str] = field(default_factory=dict)  # models that work inside the tools in place of the usual

    def __post_init__(self) -> None:
        """Raises SettingsError for a part that does not exist."""
        object.__setattr__(self, "parts", named_parts(self.parts))  # one way to say the same: they are compared

    @property
    def tools(self) -> str:
        """What {task} stands for in the names of results: the tools, or what a job without any does."""
        return "-".join(step.tool for step in self.steps) or self._alone

    @property
    def models(self) -> str:
        """What {model} stands for."""
        return "-".join(step.model or step.task.model for step in self.steps) or self._alone

    @property
    def _alone(self) -> str:
        return "compress" if self.output.options.format == "AES" else "convert"

    def identity(self) -> str:
        """The same for two jobs that make the same of each photo, under the same name."""
        steps = [{"tool": s.tool, "model": s.model, "values": {**_meant(s), **_digests(s)}} for s in self.steps]
        rule = {"pattern": self.output.pattern, **asdict(self.output.options)}
        parts = [dict(self.parts)] if self.parts else []  # without any it is that of jobs which had none to choose
        return sha256(json.dumps([steps, rule, self.salvage, *parts], sort_keys=True).encode()).hexdigest()

    def to_json(self, folder: Path | None = None) -> str:
        """The text of a job's file, with whole paths; those of settings that lie below `folder` are counted from it."""
        options = {name: value for name, value in asdict(self.output.options).items() if value is not None}
        found: dict[str, Any] = {
            "version": VERSION,
            "sources": [str(path.absolute()) for path in self.sources],
            "recursive": self.recursive,
            "include": list(self.include),
            **({"exclude": [str(path.absolute()) for path in self.exclude]} if self.exclude else {}),
            "steps": [_step_table(step.within(Path.cwd()), folder) for step in self.steps],
            "output": {
                "folder": str(self.output.folder.absolute()),
                "pattern": self.output.pattern,
                "existing": self.output.existing,
                **options,
            },
            "most_errors": self.most_errors,
            "large": self.large,
            "salvage": self.salvage,
            **({"parts": dict(self.parts)} if self.parts else {}),
        }
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def write_job(job: BatchJob, path: Path) -> Path:
    """Keep a job in a file, replacing one that is there. Raises ImageError if the disk refuses.

    Settings that lie in files beside it may be moved together with it.
    """
    data = job.to_json(path.absolute().parent).encode("utf-8", "surrogateescape")
    return atomic_write(path, lambda file: file.write(data), overwrite=True)


def read_job(path: Path) -> BatchJob:
    """The job in a file; relative paths are counted from the file's folder.

    Raises SettingsError that names the file and what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as exc:
        raise SettingsError(
            "{name} cannot be read ({reason}). Please choose another file.", name=path.name, reason=exc.strerror or exc
        ) from exc
    try:
        table = json.loads(data.decode("utf-8-sig", "surrogateescape")) if len(data) <= LARGEST_FILE else None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as exc:
        raise _no_job(path) from exc
    if not isinstance(table, dict) or not {"sources", "steps", "output"} <= table.keys():
        raise _no_job(path)
    if table.get("version") != VERSION:
        raise SettingsError("{name} was written by a newer AEStudio. Please install that one.", name=path.name)
    try:
        return _job(table, path.absolute().parent)
    except AEStudioError as exc:
        raise SettingsError("In {name}: {problem}", name=path.name, problem=exc.sentence) from exc
    except (TypeError, ValueError, KeyError, AttributeError) as exc:
        raise _no_job(path) from exc


def _no_job(path: Path) -> SettingsError:
    return SettingsError("{name} is not a batch job, or it is damaged. Please choose another file.", name=path.name)


def _job(table: Mapping[str, Any], folder: Path) -> BatchJob:
    _known(table, ("version", *(f.name for f in fields(BatchJob))))
    rule = dict(table["output"])
    choices = [f.name for f in fields(SaveOptions)]
    _known(rule, ("folder", "pattern", "existing", *choices))
    options = SaveOptions(**{name: rule[name] for name in choices if name in rule})
    most = table.get("most_errors")
    if most is not None and (not isinstance(most, int) or most < 1):
        raise SettingsError("most_errors is {value}: please write a number from 1, or null.", value=most)
    return BatchJob(
        sources=tuple(folder / name for name in _words(table["sources"])),
        steps=tuple(_step(step, folder) for step in table["steps"]),
        output=OutputRule(folder / rule["folder"], rule.get("pattern"), options, rule.get("existing", "skip")),
        recursive=bool(table.get("recursive", False)),
        include=tuple(_words(table.get("include", []))),
        exclude=tuple(folder / name for name in _words(table.get("exclude", []))),
        most_errors=most,
        large=bool(table.get("large", False)),
        salvage=bool(table.get("salvage", False)),
        parts=_named(table.get("parts", {})),
    )


def _step(table: Mapping[str, Any], folder: Path) -> JobStep:
    _known(table, ("tool", "settings", "model"))
    return JobStep(table["tool"], dict(table.get("settings", {})), table.get("model")).within(folder)


def _step_table(step: JobStep, folder: Path | None) -> dict[str, Any]:
    beside = {
        name: path.relative_to(folder).as_posix()
        for name, path in step.paths.items()
        if folder is not None and path.is_relative_to(folder)
    }
    settings = {**step.values, **beside}
    return {"tool": step.tool, "settings": settings, **({"model": step.model} if step.model else {})}


def _words(found: Sequence[Any]) -> Sequence[str]:
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise ValueError
    return found


def _named(found: Mapping[str, Any]) -> Mapping[str, str]:
    if not isinstance(found, dict) or not all(isinstance(model, str) and model for model in found.values()):
        raise ValueError
    return found


def _known(table: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in table:
        if name not in names:
            raise SettingsError("The key “{key}” is not known. Please correct or remove it.", key=name)


@lru_cache(maxsize=4)
def _read(read: Callable[[Path], Any], path: Path, stamp: tuple[int, int]) -> Any:
    """What a file holds, read once as long as it stays the same: a mark that is learnt from photos takes minutes."""
    del stamp
    return read(path)


def _meant(step: JobStep) -> dict[str, Value]:
    """The settings that are not as they are anyway: the same where a default, or 20 for 20.0, is written out."""
    kind = step.task.settings_type
    return {
        name: value if isinstance(value, bool | str | None) else float(value)
        for name, value in sorted(step.values.items())
        if value is not None and value != default_of(kind, name)
    }


def _digests(step: JobStep) -> dict[str, str]:
    """What is in the files of settings: another mask under the same name is another job."""
    found = {}
    for name, path in step.paths.items():
        digest = sha256()
        with suppress(OSError):  # told when the file is read
            for part in sorted(path.iterdir()) if path.is_dir() else [path]:
                digest.update(part.read_bytes() if part.is_file() else b"")
        found[name] = digest.hexdigest()
    return found
