"""Which photos are meant, and how the results are called."""

import os
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from aestudio.batch.events import Job
from aestudio.errors import ImageError, SettingsError
from aestudio.images.atomic import shortened
from aestudio.images.formats import DEPTHS, READABLE, SUFFIXES
from aestudio.images.io import photo_paths
from aestudio.images.naming import PATTERN, check_pattern, stem, suffix_for
from aestudio.images.options import SaveOptions

OTHER_PICTURES = READABLE.keys() | {".gif", ".jp2", ".psd"}  # of these a name is meant for a file, not for a folder


@dataclass(frozen=True)
class Naming:
    """How results are called. None as the pattern: as the photo in a folder of their own, else with the tool."""

    pattern: str | None = None
    task: str = ""
    model: str = ""

    def __post_init__(self) -> None:
        if self.pattern is not None:
            check_pattern(self.pattern)


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
        check_depth(output, options)
    return [Job(source, output) for source, output in zip(sources, outputs, strict=True)]


def check_depth(output: Path, options: SaveOptions) -> None:
    """Raise SettingsError if the file will not hold the bits that are asked for: now, and not after minutes of work."""
    format_ = options.format or SUFFIXES[output.suffix.lower()]
    if options.bit_depth is not None and options.bit_depth not in DEPTHS[format_]:
        raise SettingsError(
            "{name} cannot hold {bits} bits as {format}. Please choose one of: {able}.",
            name=output.name,
            bits=options.bit_depth,
            format=format_,
            able=", ".join(name for name, depths in DEPTHS.items() if options.bit_depth in depths),
        )


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


def stamp(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds; zeros for what cannot be asked."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def make_folder(folder: Path) -> None:
    """With those above it. Raises ImageError if it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        reason = exc.strerror or exc
        raise ImageError(
            "The folder {folder} cannot be made ({reason}). Please choose another folder.", folder=folder, reason=reason
        ) from exc
