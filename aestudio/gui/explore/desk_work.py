"""What the desk has done in its threads, and what comes of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.codes_file import SavedCodes
    from aestudio.explore.desk import Directions, Normal
    from aestudio.explore.photos import Floats, Indexed, Levels

MOST_OPENED = 200  # pictures of a file of codes that are shown


class Prepared(NamedTuple):
    """What is known of the codes of photos."""

    photos: "Indexed"
    directions: "Directions"
    normal: "Normal"


class Made(NamedTuple):
    """The picture of a code, and its photo if it has one."""

    photos: "Indexed"
    picture: "Levels"
    original: "Levels | None"


class Blended(NamedTuple):
    """The picture between two photos."""

    photos: "Indexed"
    rows: tuple[int, int]
    originals: "Levels"
    picture: "Levels"
    size: tuple[int, int]


class Walked(NamedTuple):
    """A film strip."""

    photos: "Indexed"
    pictures: "Levels"


class Drawn(NamedTuple):
    """Random codes and their pictures."""

    photos: "Indexed"
    codes: "Floats"
    pictures: "Levels"


class Opened(NamedTuple):
    """Codes of a file, with the pictures of the first ones."""

    photos: "Indexed"
    path: Path
    saved: "SavedCodes"
    pictures: "Levels"


class Saved(NamedTuple):
    """A file that was written."""

    path: Path


def prepare(photos: "Indexed", coder: "Coder", progress: Progress) -> Prepared:
    """Directions of the codes, and what random ones are drawn from."""
    from aestudio.explore.desk import Normal, main_directions

    progress.check()
    normal = Normal.standard(coder.length) if coder.variational else Normal.fitted(photos.codes)
    progress.check()
    return Prepared(photos, main_directions(photos.codes), normal)


def make(photos: "Indexed", coder: "Coder", code: "Floats", row: int | None) -> Made:
    """The picture of a code (length,), and the photo of that row."""
    return Made(photos, coder.decode(code[None])[0], None if row is None else photos.smalls([row])[0])


def blend(photos: "Indexed", coder: "Coder", rows: Sequence[int], share: float) -> Blended:
    """What lies at `share` of the way from the first photo to the second one, in a shape between theirs."""
    from aestudio.explore.desk import between

    first, second = rows
    code = between(photos.codes[first], photos.codes[second], share, spherical=coder.variational)
    (high, wide), (other_high, other_wide) = photos.sizes[first], photos.sizes[second]
    ratio = (wide / high) ** (1 - share) * (other_wide / other_high) ** share
    size = (1000, max(1, round(1000 * ratio)))
    return Blended(photos, (first, second), photos.smalls([first, second]), coder.decode(code[None])[0], size)


def walk(photos: "Indexed", coder: "Coder", directions: "Directions", code: "Floats", direction: int) -> Walked:
    """The pictures along a direction."""
    return Walked(photos, coder.decode(directions.walk(code, direction)))


def draw(photos: "Indexed", coder: "Coder", normal: "Normal", count: int, seed: int, spread: float) -> Drawn:
    """Pictures of nothing."""
    codes = normal.draw(count, seed, spread)
    return Drawn(photos, codes, coder.decode(codes))


def open_codes(photos: "Indexed", coder: "Coder", path: Path, progress: Progress) -> Opened:
    """Codes of a file. Raises CodesError."""
    from aestudio.explore.codes_file import read_codes

    saved = read_codes(path)
    saved.check(coder, path.name)
    progress.check()
    return Opened(photos, path, saved, coder.decode(saved.codes[:MOST_OPENED]))


def save_codes(photos: "Indexed", path: Path, overwrite: bool, progress: Progress) -> Saved:
    """The codes of all photos."""
    from aestudio.explore.codes_file import SavedCodes, write_codes

    progress.check()
    return Saved(write_codes(path, SavedCodes.of(photos), overwrite=overwrite))


def save_picture(small: "Levels", size: tuple[int, int], path: Path, overwrite: bool, progress: Progress) -> Saved:
    """A picture in its shape, as PNG."""
    from aestudio.explore.desk import in_shape
    from aestudio.images.io import write_photo
    from aestudio.images.photo import Photo

    progress.check()
    return Saved(write_photo(Photo(in_shape(small, size)), path, overwrite=overwrite))
