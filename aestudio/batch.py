"""Takes photos from files into files, one after the other: names, the loop, and the tools that restore."""

import logging
import os
import shutil
import time
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar

from aestudio.errors import AEStudioError, ImageError, Sentence, SettingsError, WeightsError
from aestudio.images.atomic import atomic_write, shortened
from aestudio.images.formats import DEPTHS, READABLE, SUFFIXES
from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.naming import PATTERN, check_pattern, stem, suffix_for
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo
from aestudio.progress import Progress, Step
from aestudio.tasks.base import Finding, Settings, Task

if TYPE_CHECKING:  # torch is imported when a model is loaded: wrong usage is told at once
    from aestudio.engine.restorer import Restorer

log = logging.getLogger(__name__)

DOUBTFUL = 0.2  # a score from which a photo should be looked at
PARTS = 1000  # steps that one photo counts for in the progress of the whole run
OTHER_PICTURES = READABLE.keys() | {".gif", ".jp2", ".psd"}  # of these a name is meant for a file, not for a folder


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
class Naming:
    """How results are called. None as the pattern: as the photo in a folder of their own, else with the tool."""

    pattern: str | None = None
    task: str = ""
    model: str = ""

    def __post_init__(self) -> None:
        if self.pattern is not None:
            check_pattern(self.pattern)


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


def restore_photos(
    jobs: Sequence[Job],
    restore_file: RestoreFile[D],
    progress: Progress,
    on_event: Callable[[Event], object] = lambda event: None,
) -> BatchReport[D]:
    """Do one job after the other. A photo that fails is reported and the rest goes on.

    Folders of outputs are made first; raises ImageError if one cannot be. Raises Cancelled within one tile.
    """
    for folder in dict.fromkeys(job.output.parent for job in jobs):
        _make_folder(folder)
    report = BatchReport[D]()
    for done, job in enumerate(jobs):
        progress.step(done * PARTS, len(jobs) * PARTS, job.source.name)
        on_event(Started(job, done + 1, len(jobs)))
        try:
            restored = restore_file(job, Progress(partial(_forward, progress, on_event, job, done, len(jobs))))
        except AEStudioError as exc:
            log.warning("%s: %s", job.source, exc, exc_info=exc)
            report.failed.append(Failed(job, str(exc)))
            on_event(report.failed[-1])
        else:
            report.restored.append(restored)
            on_event(restored)
    progress.step(len(jobs) * PARTS, len(jobs) * PARTS)
    return report


def _forward(
    progress: Progress, on_event: Callable[[Event], object], job: Job, done: int, total: int, step: Step
) -> None:
    """Tell a step of one photo, and let a stop of the run reach it."""
    on_event(Progressed(job, step))
    progress.step(done * PARTS + round(step.fraction * PARTS), total * PARTS, job.source.name)


@dataclass(frozen=True, eq=False)
class FileRestorer:
    """Takes a file through one tool into another file; see RestoreFile."""

    restorer: "Restorer"
    task: Task[Any]
    settings: Settings
    options: SaveOptions = field(default_factory=SaveOptions)
    overwrite: bool = False  # files that exist, never a source
    allow_large: bool = False  # photos of more than 200 megapixels
    salvage: bool = False  # open what can be read of damaged files

    def __call__(self, job: Job, progress: Progress) -> Restored:
        """Raises ImageError or DeviceMemoryError; the output is then as it was before."""
        check_free(job.output, overwrite=self.overwrite)
        started = time.monotonic()
        photo = read_photo(job.source, allow_large=self.allow_large, salvage=self.salvage)
        restoration = self.restorer.restore(photo, self.task, self.settings, progress)
        result = restoration.blended(self.settings.strength)
        if result is photo and self._is_copy(photo, job.output):
            _copy(job, overwrite=self.overwrite)
        else:
            write_photo(result, job.output, self.options, overwrite=self.overwrite)
        seconds = time.monotonic() - started
        log.info("%s: %s, %.1f megapixels, %.1f s", job.source, restoration.finding.summary, photo.megapixels, seconds)
        return Restored(
            job,
            restoration.finding,
            restoration.untouched,
            restoration.scores,
            megapixels=photo.megapixels,
            seconds=seconds,
            notes=(*photo.notes, *restoration.notes),
        )

    def _is_copy(self, photo: Photo, output: Path) -> bool:
        """Whether the file itself is what is asked for: encoding a clean JPEG once more would only harm it."""
        plain = SaveOptions(self.options.format, bit_depth=self.options.bit_depth)
        return (
            SUFFIXES.get(output.suffix.lower()) == photo.format
            and not photo.partial
            and self.options == plain
            and self.options.bit_depth in (None, photo.bit_depth)
        )


def check_free(output: Path, *, overwrite: bool) -> None:
    """Raise ImageError if a file has the name already: now, and not after minutes of work."""
    if not overwrite and os.path.lexists(output):
        raise ImageError("{name} already exists and was not replaced. Please choose another name.", name=output.name)


def load_restorer(
    task: Task[Any], model: str | None = None, device: str = "auto", tile: int | None = None
) -> "Restorer":
    """A restorer with a model, by default the task's own.

    Raises WeightsError for a model that is missing or made for another tool, SettingsError for an unknown device.
    """
    from aestudio.engine.device import choose_device
    from aestudio.engine.restorer import Restorer
    from aestudio.models.catalog import card_path
    from aestudio.models.loader import load_model

    loaded = load_model(card_path(model or task.model), choose_device(device).torch_device)
    if loaded.card.task != task.id:
        raise WeightsError(
            "The model “{model}” is made for “{task}”, not for “{wanted}”. Please choose another model.",
            model=loaded.card.name,
            task=loaded.card.task,
            wanted=task.id,
        )
    return Restorer(loaded, tile)


def plan(
    paths: Sequence[Path],
    out: Path | None,
    naming: Naming,
    options: SaveOptions,
    *,
    overwrite: bool = False,
    endings: Container[str] = READABLE,
) -> list[Job]:
    """The jobs for photos, and folders of photos. Raises SettingsError or ImageError before anything is computed.

    `endings` are those of the photos that are meant by a folder.
    """
    sources = photos_in(paths, endings)
    outputs = output_paths(sources, out, naming, options.format, overwrite=overwrite)
    for output in outputs:
        format_ = options.format or SUFFIXES[output.suffix.lower()]
        if options.bit_depth is not None and options.bit_depth not in DEPTHS[format_]:
            able = ", ".join(name for name, depths in DEPTHS.items() if options.bit_depth in depths)
            raise SettingsError(
                "{name} cannot hold {bits} bits as {format}. Please choose one of: {able}.",
                name=output.name,
                bits=options.bit_depth,
                format=format_,
                able=able,
            )
    return [Job(source, output) for source, output in zip(sources, outputs, strict=True)]


def photos_in(paths: Sequence[Path], endings: Container[str] = READABLE) -> list[Path]:
    """Photos as named, a folder standing for the photos in it with one of these endings; each photo once.

    A pattern such as *.jpg is resolved, for shells that leave it to the program. Files need not exist: that is told
    when it is their turn. Raises ImageError for a folder or a pattern without photos.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for photo in _photos_of(path, endings):
            found.setdefault(_key(photo), photo)
    return list(found.values())


def _photos_of(path: Path, endings: Container[str]) -> list[Path]:
    if path.is_dir():
        photos = photo_paths(path)
        meant = [photo for photo in photos if photo.suffix.lower() in endings]
        if photos and not meant:
            raise ImageError("None of the photos in {path} can be used here. Please choose other ones.", path=path)
        photos = meant
    elif any(sign in path.name for sign in "*?[") and not path.exists():
        photos = sorted(p for p in path.parent.glob(path.name) if p.is_file())
    else:
        return [path]
    if not photos:
        raise ImageError("There are no photos in {path}. Please choose another folder, or name the photos.", path=path)
    return photos


def output_paths(
    sources: Sequence[Path], out: Path | None, naming: Naming, format_: str | None = None, *, overwrite: bool = False
) -> list[Path]:
    """Where each photo's restoration goes: no two to the same file, none to a source.

    `out` is a folder, or a file name for a single photo: a name that ends like a photo and is no folder. In a folder,
    a photo keeps its name as far as `format_` allows; one whose name is taken gets a number, one whose name is that
    of a source gets the task behind it; a pattern overrides both. None stands for the folder of each photo; files that
    are there already then count as taken unless `overwrite` is set.
    Raises SettingsError if `out` cannot be used so.
    """
    if out is not None and names_a_file(out):
        return [_file_name(sources, out, format_)]
    originals = {key for source in sources for key in (_key(source), _key(source.resolve()))}
    names = [list(_stems(source, out, naming, number)) for number, source in enumerate(sources, start=1)]
    firsts = [
        next(_candidates(source, out, stems, format_, originals)) for source, stems in zip(sources, names, strict=True)
    ]
    taken: set[str] = set()
    reserved = {_key(path) for path in firsts}
    outputs = []
    for source, stems, first in zip(sources, names, firsts, strict=True):
        for path in _candidates(source, out, stems, format_, originals):
            key = _key(path)
            free = out is not None or overwrite or not os.path.lexists(path)
            if free and key not in taken and (path == first or key not in reserved):
                break
        taken.add(_key(path))
        outputs.append(path)
    return outputs


def names_a_file(out: Path) -> bool:
    """Whether that is meant for a single photo, and not for a folder."""
    return out.suffix.lower() in SUFFIXES.keys() | OTHER_PICTURES and not out.is_dir()


def _file_name(sources: Sequence[Path], out: Path, format_: str | None) -> Path:
    """`out` for a single photo."""
    if len(sources) != 1:
        raise SettingsError(
            "{name} is the name of one photo, but there are {count}. Please name a folder.",
            name=out.name,
            count=len(sources),
        )
    by_suffix = SUFFIXES.get(out.suffix.lower())
    if by_suffix is None:
        raise SettingsError(
            "AEStudio does not save {suffix} files. Please choose .jpg, .png, .tif, .webp, .avif or .aes.",
            suffix=out.suffix,
        )
    if format_ not in (None, by_suffix):
        raise SettingsError(
            "{name} does not end like a {format} file. Please change its ending or the format.",
            name=out.name,
            format=format_,
        )
    if _key(out) == _key(sources[0]):
        raise SettingsError(
            "{name} is the original photo, which is never overwritten. Please choose another name.", name=out.name
        )
    return out


def _stems(source: Path, out: Path | None, naming: Naming, number: int) -> Iterator[str]:
    """What a result may be called, the best first."""
    patterns = [naming.pattern] if naming.pattern else ["{name}", PATTERN] if out else [PATTERN]
    for pattern in patterns:
        yield stem(pattern, source, task=naming.task, model=naming.model, number=number)


def _candidates(
    source: Path, out: Path | None, stems: Sequence[str], format_: str | None, originals: Iterable[str]
) -> Iterator[Path]:
    """Names for a restoration, the best first, none of them that of an original."""
    folder, suffix = out or source.parent, suffix_for(source, format_)
    free = [name for name in stems if _key(shortened(folder / f"{name}{suffix}")) not in originals]
    plain = folder / f"{(free or stems[-1:])[0]}{suffix}"
    for number in count(1):
        path = shortened(plain, "" if number == 1 else f"-{number}")
        if _key(path) not in originals:
            yield path


def _key(path: Path) -> str:
    """The same for names that some disk takes for one: it may ignore case, or how Hangul is composed."""
    return unicodedata.normalize("NFC", str(path.parent.resolve() / path.name)).casefold()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        reason = exc.strerror or exc
        raise ImageError(
            "The folder {folder} cannot be made ({reason}). Please choose another folder.", folder=folder, reason=reason
        ) from exc


def _copy(job: Job, *, overwrite: bool) -> None:
    def write(file: BinaryIO) -> None:
        with job.source.open("rb") as source:
            shutil.copyfileobj(source, file)

    atomic_write(job.output, write, source=job.source, overwrite=overwrite)
