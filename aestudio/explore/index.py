"""Looks through folders: each photo is read, reduced and coded once, whatever its name and as often as it is there."""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from aestudio.errors import AEStudioError, ImageError, Sentence
from aestudio.explore.coder import Coder
from aestudio.explore.photos import Indexed, Levels
from aestudio.explore.sharpness import LONGEST, sharpness
from aestudio.explore.store import Store
from aestudio.explore.store_disk import Codes, Facts, Seen
from aestudio.images.ahead import in_threads
from aestudio.images.decoding import DECODER_ERRORS
from aestudio.images.folders import listed, photos_below, refuse_lost
from aestudio.images.glance import moment
from aestudio.images.io import read_contents
from aestudio.images.reduced import reduced
from aestudio.models.networks.photo_autoencoder import SIDE
from aestudio.progress import Progress

_BATCH = 64  # photos that are coded and kept at once
_AHEAD = _BATCH  # photos that are ready before they are coded: what is left of each is small
_QUALITY = 92  # of the small photos' JPEG files
_SETTLED = 2_000_000_000  # nanoseconds: what was written later than this may be written again at the same clock time
_PASSES = 3  # a cache may turn out to be damaged on the way


@dataclass(frozen=True)
class Counted:
    """What became of the files."""

    photos: int
    new: int  # coded now
    cached: int
    unreadable: int


def index(
    folders: Sequence[Path],
    coder: Coder,
    store: Store,
    progress: Progress,
    on_counted: Callable[[Counted], object] = lambda counted: None,
) -> Indexed:
    """All photos below the folders with their codes. Only what is new is decoded and coded; the store has the rest.

    What was done before an end of any kind is kept. Raises ImageError for a folder that is missing or has no photos
    that can be read, LostFolderError for one that disappears, Cancelled within a photo or a batch.
    """
    run = _Run(folders, photos_below(folders, progress), coder, store, progress)
    for left in reversed(range(_PASSES)):
        if not left:
            store.leave_the_disk()
        run.look()
        run.code()
        found = run.gathered()
        if found is not None:
            store.used(list(dict.fromkeys(found.digests)))
            progress.step(len(found), len(found))
            new = sum(digest in run.coded for digest in found.digests)
            on_counted(Counted(len(found), new, len(found) - new, len(found.unreadable)))
            return found
    raise AEStudioError("The photos change while they are read. Please try again when nothing else works on them.")


def look_at(path: Path, data: bytes) -> tuple[Facts, bytes]:
    """What is kept of a photo: its facts, and a JPEG file of it squeezed to 128×128 pixels. Raises ImageError."""
    # never the camera's own small picture: another program may have edited the photo, and left that as it was
    photo = reduced(path, data, LONGEST // 2, embedded=False)
    # as those are squeezed that the models learn from
    small = Image.fromarray(photo.rgb_u8).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    out = BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, subsampling="4:4:4")
    taken = moment(photo.metadata.exif)[0]
    return Facts(photo.height, photo.width, taken, sharpness(photo.rgb_u8)), out.getvalue()


class _Run:
    """One look through folders. What is not in the store at the end of a pass is looked for in the next one."""

    def __init__(
        self, folders: Sequence[Path], paths: Sequence[Path], coder: Coder, store: Store, progress: Progress
    ) -> None:
        self._folders, self._coder, self._store, self._progress = folders, coder, store, progress
        self._paths = list(paths)
        self._digests: dict[Path, str] = {}
        self._unreadable: dict[Path, Sentence] = {}
        self._known_facts: Mapping[str, Facts] = {}  # when a pass began
        self._known_codes: Codes = self._codes([])
        self._met: set[str] = set()  # contents that a thread has begun with
        self._lock = threading.Lock()
        self._seen: list[Seen] = []  # not kept yet, as those below
        self._facts: dict[str, Facts] = {}
        self._smalls: dict[str, bytes] = {}
        self._done = self._total = 0
        self.coded: set[str] = set()

    def look(self) -> None:
        """Read the photos that are not known, and code what is new."""
        unknown = self._unknown()
        known = list(dict.fromkeys(self._digests.values()))
        self._known_codes = self._codes(known)
        self._done, self._total = 0, len(unknown) + len(known) - len(self._known_codes.rows)
        self._met.clear()
        gone: set[Path] = set()
        try:
            for path, found in in_threads(self._read, unknown, self._progress, ahead=_AHEAD):
                self._step(path.name)
                if isinstance(found, ImageError):
                    refuse_lost(self._folders)
                    if os.path.lexists(path):
                        self._unreadable[path] = found.sentence
                    else:
                        gone.add(path)
                    continue
                self._take(path, found)
                if len(self._smalls) >= _BATCH:
                    self._keep_coded()
            self._keep_coded()
            self._paths = [path for path in self._paths if path not in gone]
        finally:  # of what came to an end, at least the decoding is kept
            if self._seen or self._facts:
                self._keep(self._code({}))

    def code(self) -> None:
        """Code the photos whose codes are not known: they were decoded earlier, or for another model."""
        digests = list(dict.fromkeys(self._digests.values()))
        waiting = [digest for digest in digests if digest not in self._known_codes.rows]
        if waiting:
            rows = self._codes(waiting).rows
            waiting = [digest for digest in waiting if digest not in rows]
        for start in range(0, len(waiting), _BATCH):
            some = waiting[start : start + _BATCH]
            self._progress.check()
            codes = self._code(self._store.smalls(some))
            lost = [digest for digest in some if digest not in codes.rows]
            if lost:
                self._store.forget(lost)
            self._keep(codes)
            self._done += len(some) - 1
            self._step("")

    def gathered(self) -> Indexed | None:
        """All of it, or None if the store lost something on the way."""
        paths = [path for path in self._paths if path in self._digests]
        if not paths:
            raise self._nothing()
        digests = [self._digests[path] for path in paths]
        once = list(dict.fromkeys(digests))
        facts, codes = self._known_facts, self._known_codes
        if not all(digest in facts and digest in codes.rows for digest in once):
            facts, codes = self._store.facts(once), self._codes(once)
        if not all(digest in facts and digest in codes.rows for digest in once):
            return None
        rows = np.array([codes.rows[digest] for digest in digests])
        ordered = [facts[digest] for digest in digests]
        return Indexed(
            paths=tuple(paths),
            digests=tuple(digests),
            sizes=tuple((each.height, each.width) for each in ordered),
            taken=tuple(each.taken for each in ordered),
            sharpness=np.array([each.sharpness for each in ordered], np.float32),
            codes=codes.codes[rows],
            errors=codes.errors[rows],
            smalls=_Smalls(self._store, paths, digests),
            model=self._coder.name,
            model_digest=self._coder.digest,
            unreadable=tuple((path, self._unreadable[path]) for path in self._paths if path in self._unreadable),
        )

    def _unknown(self) -> list[Path]:
        """The photos that must be read."""
        waiting = [path for path in self._paths if path not in self._digests and path not in self._unreadable]
        known = self._store.files(waiting)
        for path in waiting:
            try:
                status = path.stat()
            except OSError:
                continue  # reading it tells why
            before = known.get(path)
            if before and (before.size, before.mtime_ns) == (status.st_size, status.st_mtime_ns):
                self._digests[path] = before.digest
        self._known_facts = self._store.facts(list(dict.fromkeys(self._digests.values())))
        self._digests = {path: digest for path, digest in self._digests.items() if digest in self._known_facts}
        return [path for path in self._paths if path not in self._digests and path not in self._unreadable]

    def _read(self, path: Path) -> "_Found":
        """What a file holds; of a content that is known already, its name alone. Raises ImageError."""
        before = _status(path)
        data = read_contents(path)
        digest = hashlib.sha256(data).hexdigest()
        seen = None
        if before is not None and before == _status(path) and before[0] == len(data):
            if before[1] < time.time_ns() - _SETTLED:
                seen = Seen(path, *before, digest)
        with self._lock:
            met = digest in self._met
            self._met.add(digest)
        if met or self._store.facts([digest]):
            return _Found(digest, seen, None)
        return _Found(digest, seen, look_at(path, data))

    def _take(self, path: Path, found: "_Found") -> None:
        self._digests[path] = found.digest
        if found.seen is not None:
            self._seen.append(found.seen)
        if found.look is not None:
            self._facts[found.digest], self._smalls[found.digest] = found.look

    def _code(self, smalls: Mapping[str, bytes]) -> Codes:
        """Codes of small photos, always of what is in their files: so it does not matter which run makes them."""
        pictures = {digest: picture for digest, jpeg in smalls.items() if (picture := _picture(jpeg)) is not None}
        stacked = np.stack(list(pictures.values())) if pictures else np.zeros((0, SIDE, SIDE, 3), np.uint8)
        codes, errors = self._coder.encode_with_errors(stacked)
        return Codes({digest: row for row, digest in enumerate(pictures)}, codes, errors)

    def _keep_coded(self) -> None:
        with _one_thread():
            codes = self._code(self._smalls)
        self._keep(codes)

    def _keep(self, codes: Codes) -> None:
        self._store.keep(self._seen, self._facts, self._smalls, self._coder.digest, codes)
        self.coded |= set(codes.rows)
        self._seen, self._facts, self._smalls = [], {}, {}

    def _codes(self, digests: Sequence[str]) -> Codes:
        return self._store.codes(self._coder.digest, self._coder.length, digests)

    def _step(self, note: str) -> None:
        self._done += 1
        self._total = max(self._total, self._done)
        self._progress.step(self._done, self._total, note)

    def _nothing(self) -> ImageError:
        folders = listed(self._folders)
        for path in self._paths:
            if path in self._unreadable:
                problem = self._unreadable[path]
                return ImageError("No photo in {folders} can be read. {problem}", folders=folders, problem=problem)
        return ImageError(
            "There are no photos in {folder}, nor in its sub-folders. Please choose another folder.", folder=folders
        )


@dataclass(frozen=True)
class _Found:
    """What was read from a file."""

    digest: str
    seen: Seen | None  # None for a file that is being written
    look: tuple[Facts, bytes] | None


class _Smalls:
    """Rows of photos to their pictures (N, 128, 128, 3). May be used by several threads at once."""

    def __init__(self, store: Store, paths: Sequence[Path], digests: Sequence[str]) -> None:
        self._store, self._paths, self._digests = store, paths, digests

    def __call__(self, rows: Sequence[int]) -> Levels:
        found = self._store.smalls(list(dict.fromkeys(self._digests[row] for row in rows)))
        out = np.full((len(rows), SIDE, SIDE, 3), 128, np.uint8)
        for at, row in enumerate(rows):
            jpeg = found.get(self._digests[row])
            picture = None if jpeg is None else _picture(jpeg)
            if picture is None:
                picture = self._anew(row)
            if picture is not None:
                out[at] = picture
        return out

    def _anew(self, row: int) -> Levels | None:
        """From the photo itself, where somebody emptied the cache; None if that is gone as well."""
        try:
            data = read_contents(self._paths[row])
            if hashlib.sha256(data).hexdigest() == self._digests[row]:
                return _picture(look_at(self._paths[row], data)[1])
        except ImageError:
            pass
        return None


def _picture(jpeg: bytes) -> Levels | None:
    """A small photo; None if its file is damaged."""
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
            picture = np.asarray(image.convert("RGB"))
    except DECODER_ERRORS:
        return None
    return picture if picture.shape == (SIDE, SIDE, 3) else None


def _status(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change; None where that cannot be asked."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


@contextmanager
def _one_thread() -> Iterator[None]:
    """Codes are computed by this thread alone: beside those that decode, several would wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
