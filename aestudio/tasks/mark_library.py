"""The photographer's own marks, kept between runs: a folder of PNG files with transparency."""

import threading
from pathlib import Path

import platformdirs

from aestudio.errors import SettingsError
from aestudio.images.atomic import free_name
from aestudio.images.io import write_photo
from aestudio.images.naming import file_stem, names_in
from aestudio.images.photo import Photo
from aestudio.tasks.known_mark import KnownMark, mark_pixels, read_mark

ENDING = ".png"
_NAMELESS = "mark"

Stamp = tuple[int, int, int]  # what tells that a file is another one: inode, time and size


class MarkLibrary:
    """Marks by name, which is the name of their file without its ending. Used from several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """The folder is made when the first mark is kept; None: beside the user's own models."""
        self.folder = folder or platformdirs.user_data_path("aestudio", appauthor=False) / "marks"
        self._known: dict[str, tuple[Stamp, KnownMark]] = {}
        self._lock = threading.Lock()

    def names(self) -> list[str]:
        """The marks there are, in alphabetical order; none if the folder is not there."""
        return names_in(self.folder, ENDING)

    def read(self, name: str) -> KnownMark:
        """The mark of that name: the same object as long as its file is the same, for results are found by it.

        Raises ImageError or SettingsError as `read_mark` does.
        """
        path = self._path(name)
        stamp = _stamp(path)
        with self._lock:
            known = self._known.get(name)
        if known is not None and known[0] == stamp:
            return known[1]
        mark = read_mark(path)
        if stamp is not None:
            with self._lock:
                known = self._known.get(name)
                if known is not None and known[0] == stamp:  # another thread was faster
                    return known[1]
                self._known[name] = stamp, mark
        return mark

    def add_file(self, path: Path) -> str:
        """Keep a copy of the logo in a file; the name that it got.

        Raises ImageError or SettingsError as `read_mark` does, and as `keep`.
        """
        return self.keep(read_mark(path), path.stem)

    def keep(self, mark: KnownMark, name: str) -> str:
        """Write a mark under that name, or under one with a number behind it if the name is taken; the name it got.

        Raises SettingsError if there is nothing to see in the mark or no folder can be made, ImageError if the disk
        refuses.
        """
        pixels = mark_pixels(mark)
        if not pixels[..., 3].any():
            raise SettingsError("{name} is empty: nothing in it is opaque. Please choose another logo.", name=name)
        self.make_folder()
        return write_photo(Photo(pixels), free_name(self._path(file_stem(name) or _NAMELESS))).stem

    def make_folder(self) -> Path:
        """The folder, which is there from now on. Raises SettingsError if the disk refuses."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise SettingsError(
                "The folder for your marks, {folder}, cannot be made ({reason}). Please check the disk.",
                folder=self.folder,
                reason=exc.strerror or exc,
            ) from exc
        return self.folder

    def remove(self, name: str) -> None:
        """Take a mark out of the library; nothing happens if it is not there. Raises SettingsError if that fails."""
        if name not in self.names():
            return
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as exc:
            raise SettingsError(
                "The mark {name} could not be removed ({reason}). Please check the folder {folder}.",
                name=name,
                reason=exc.strerror or exc,
                folder=self.folder,
            ) from exc
        with self._lock:
            self._known.pop(name, None)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{ENDING}"


def _stamp(path: Path) -> Stamp | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size
