"""Own marks are kept in a folder, come back as they were, and never overwrite each other."""

from pathlib import Path

import numpy as np
import pytest

from aestudio.errors import ImageError, SettingsError
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Photo
from aestudio.tasks.known_mark import KnownMark
from aestudio.tasks.mark_library import MarkLibrary


@pytest.fixture
def library(tmp_path: Path) -> MarkLibrary:
    return MarkLibrary(tmp_path / "data" / "marks")


@pytest.fixture
def mark() -> KnownMark:
    rng = np.random.default_rng(1)
    cover = rng.random((20, 50), np.float32)
    cover[0, 0] = 0
    return KnownMark("mine", cover, rng.random((20, 50, 3), np.float32))


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    pixels = np.zeros((30, 40, 4), np.uint8)
    pixels[5:20, 10:35] = (200, 30, 90, 128)
    return write_photo(Photo(pixels), tmp_path / "logo.png")


def test_a_mark_comes_back_as_it_was_kept(library: MarkLibrary, mark: KnownMark) -> None:
    assert library.names() == []
    assert library.keep(mark, "Studio Kim") == "Studio Kim"
    assert library.names() == ["Studio Kim"]
    kept = library.read("Studio Kim")
    assert kept.name == "Studio Kim"
    assert np.abs(kept.cover - mark.cover).max() < 1e-4
    assert np.abs(kept.colour - mark.colour).max() < 1e-4
    assert MarkLibrary(library.folder).names() == ["Studio Kim"]


def test_a_mark_that_covers_its_whole_box_comes_back_too(library: MarkLibrary) -> None:
    full = KnownMark("block", np.ones((12, 9), np.float32), np.full((12, 9, 3), 0.5, np.float32))
    kept = library.read(library.keep(full, "block"))
    assert kept.cover.shape == (12, 9)
    assert kept.cover.min() == 1


def test_an_unchanged_file_is_the_same_mark(library: MarkLibrary, mark: KnownMark, logo: Path) -> None:
    name = library.keep(mark, "a")
    first = library.read(name)
    assert library.read(name) is first
    library.add_file(logo)
    assert library.read(name) is first
    write_photo(read_photo(logo), library.folder / "a.png", overwrite=True)
    changed = library.read(name)
    assert changed is not first
    assert changed.cover.shape == (15, 25)


def test_a_logo_from_a_file_is_copied(library: MarkLibrary, logo: Path) -> None:
    assert library.add_file(logo) == "logo"
    logo.unlink()
    mark = library.read("logo")
    assert mark.cover.shape == (15, 25)
    assert mark.cover.max() == pytest.approx(128 / 255, abs=1e-4)
    assert mark.colour[0, 0] * 255 == pytest.approx((200, 30, 90), abs=0.01)


def test_a_name_that_is_taken_gets_a_number(library: MarkLibrary, mark: KnownMark, logo: Path) -> None:
    library.keep(mark, "logo")
    first = (library.folder / "logo.png").read_bytes()
    assert library.add_file(logo) == "logo-2"
    assert library.keep(mark, "logo") == "logo-3"
    assert library.names() == ["logo", "logo-2", "logo-3"]
    assert (library.folder / "logo.png").read_bytes() == first


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", "", "  ", ".hidden", "..", "con", "x" * 400, "마크.v2", 'q"?']
)
def test_any_name_becomes_one_that_a_disk_takes(library: MarkLibrary, mark: KnownMark, name: str) -> None:
    got = library.keep(mark, name)
    assert library.names() == [got]
    assert [path.name for path in library.folder.iterdir()] == [f"{got}.png"]
    assert library.read(got).cover.shape == mark.cover.shape
    if name == "마크.v2":
        assert got == name


def test_what_is_no_logo_is_told_and_not_kept(library: MarkLibrary, tmp_path: Path) -> None:
    opaque = write_photo(Photo(np.zeros((8, 8, 3), np.uint8)), tmp_path / "photo.jpg")
    with pytest.raises(SettingsError, match=r"photo\.jpg has no transparent background"):
        library.add_file(opaque)
    with pytest.raises(ImageError, match="does not exist"):
        library.add_file(tmp_path / "gone.png")
    nothing = KnownMark("none", np.zeros((4, 4), np.float32), np.zeros((4, 4, 3), np.float32))
    with pytest.raises(SettingsError, match="none is empty"):
        library.keep(nothing, "none")
    assert library.names() == []


def test_a_mark_is_removed(library: MarkLibrary, mark: KnownMark, tmp_path: Path) -> None:
    library.keep(mark, "a")
    library.keep(mark, "b")
    library.remove("a")
    library.remove("a")
    outside = tmp_path / "data" / "other.png"
    outside.write_bytes(b"")
    library.remove("../other")
    assert outside.exists()
    assert library.names() == ["b"]
    with pytest.raises(ImageError, match="does not exist"):
        library.read("a")


def test_a_folder_that_cannot_be_made_is_told(mark: KnownMark, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    library = MarkLibrary(tmp_path / "file" / "marks")
    assert library.names() == []
    with pytest.raises(SettingsError, match="The folder for your marks"):
        library.keep(mark, "a")
