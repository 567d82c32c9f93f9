"""Thirty-three ways to name the original by another name: none overwrites it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aestudio.errors import ImageError
from aestudio.images.atomic import atomic_write

Case = Callable[[Path], tuple[Path, Path]]  # makes a folder's files; gives the original and the alias


def original(folder: Path, name: str = "photo.JPG") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"original")
    return path


def linked(folder: Path, to: Path, name: str = "link") -> Path:
    (folder / name).symlink_to(to, target_is_directory=to.is_dir())
    return folder / name


def hard(source: Path, at: Path) -> Path:
    at.parent.mkdir(exist_ok=True)
    os.link(source, at)
    return at


def below(folder: Path) -> Path:
    (folder / "sub").mkdir()
    return folder / "sub"


def relative(folder: Path) -> tuple[Path, Path]:
    source = original(folder)
    os.chdir(folder)
    return source, Path(source.name)


def both_relative(folder: Path) -> tuple[Path, Path]:
    relative(folder)
    return Path("photo.JPG"), Path("./sub/../photo.JPG") if below(folder) else Path()


def open_descriptor(folder: Path) -> tuple[Path, Path]:
    source = original(folder)
    descriptor = os.open(source, os.O_RDONLY)
    return source, Path(f"/proc/self/fd/{descriptor}")


def working_folder(folder: Path) -> tuple[Path, Path]:
    source, _ = relative(folder)
    return source, Path("/proc/self/cwd/photo.JPG")


def chain(folder: Path) -> tuple[Path, Path]:
    source = original(folder)
    return source, linked(folder, linked(folder, linked(folder, source, "a"), "b"), "c")


CASES: dict[str, Case] = {
    "the same path": lambda f: (original(f), f / "photo.JPG"),
    "relative": relative,
    "both relative": both_relative,
    "dot": lambda f: (original(f), Path(f"{f}/./photo.JPG")),
    "double slash": lambda f: (original(f), Path(f"{f}//photo.JPG")),
    "up and down": lambda f: (original(f), below(f) / ".." / "photo.JPG"),
    "up and down twice": lambda f: (original(f), below(f) / ".." / ".." / f.name / "photo.JPG"),
    "symbolic link": lambda f: (original(f), linked(f, f / "photo.JPG")),
    "relative symbolic link": lambda f: (original(f), linked(f, Path("photo.JPG"))),
    "symbolic link of another kind": lambda f: (original(f), linked(f, f / "photo.JPG", "other.png")),
    "chain of links": chain,
    "the original is the link": lambda f: (linked(f, original(f), "link.jpg"), f / "photo.JPG"),
    "both are links": lambda f: (linked(f, original(f), "a.jpg"), linked(f, f / "photo.JPG", "b.jpg")),
    "link from another folder": lambda f: (original(f), linked(below(f), f / "photo.JPG")),
    "hard link": lambda f: (original(f), hard(f / "photo.JPG", f / "other.jpg")),
    "hard link in another folder": lambda f: (original(f), hard(f / "photo.JPG", f / "sub" / "other.jpg")),
    "two hard links": lambda f: (hard(original(f), f / "a.jpg"), hard(f / "photo.JPG", f / "b.jpg")),
    "link to a hard link": lambda f: (original(f), linked(f, hard(f / "photo.JPG", f / "other.jpg"))),
    "linked folder": lambda f: (original(f), linked(f, f) / "photo.JPG"),
    "the original in a linked folder": lambda f: (linked(f, original(f).parent) / "photo.JPG", f / "photo.JPG"),
    "folder linked twice": lambda f: (original(f), linked(f, linked(f, f, "a"), "b") / "photo.JPG"),
    "linked folder, up and down": lambda f: (original(f), linked(f, below(f)) / ".." / "photo.JPG"),
    "case of the ending": lambda f: (original(f), f / "photo.jpg"),
    "case of the name": lambda f: (original(f), f / "PHOTO.JPG"),
    "case of the folder": lambda f: (original(f / "Photos"), original(f / "photos", "other").parent / "photo.JPG"),
    "composed letter": lambda f: (original(f, "caf\N{LATIN SMALL LETTER E WITH ACUTE}.jpg"), f / "cafe\u0301.jpg"),
    "composed Hangul": lambda f: (original(f, "\uac00.jpg"), f / "\u1100\u1161.jpg"),
    "composed folder": lambda f: (original(f / "\u00e9"), original(f / "e\u0301", "other").parent / "photo.JPG"),
    "composed and case": lambda f: (original(f, "\u00c9.jpg"), f / "e\u0301.JPG"),
    "sharp s": lambda f: (original(f, "stra\u00dfe.jpg"), f / "STRASSE.jpg"),
    "sign that looks like a letter": lambda f: (original(f, "\u212a.jpg"), f / "k.jpg"),
    "an open file": open_descriptor,
    "the working folder": working_folder,
}


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_the_original_is_refused_under_every_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, overwrite: bool
) -> None:
    if "/proc" in case and not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    monkeypatch.chdir(tmp_path)  # and back when the test ends
    folder = tmp_path / "in"
    folder.mkdir()
    source, alias = CASES[case](folder)
    before = sorted(str(p) for p in tmp_path.rglob("*") if not p.is_symlink())
    with pytest.raises(ImageError, match="is the original photo"):
        atomic_write(alias, lambda file: file.write(b"new"), source=source, overwrite=overwrite)
    assert source.read_bytes() == b"original"
    assert sorted(str(p) for p in tmp_path.rglob("*") if not p.is_symlink()) == before


def test_the_ways_are_counted() -> None:
    assert len(CASES) == 33  # as docs/formats.md says
