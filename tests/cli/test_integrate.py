"""`aestudio integrate`: what a Linux desktop is told, and what it makes of it."""

import configparser
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from aestudio.cli_integrate import PLACES, UPDATES
from aestudio.images import aes
from aestudio.images.formats import READABLE
from aestudio.resources import data_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other desktops are not told of AEStudio yet")

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]

RESOURCES = data_folder("resources") / "linux"
KIND = "image/x-aestudio-aes"
SYSTEM_KINDS = Path("/usr/share/mime/globs2")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


@pytest.fixture
def data(home: Path) -> Path:
    """The user's data folder."""
    return home / "DATA"


def entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def told(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    return done.stdout


def test_the_files_go_where_a_desktop_looks_and_out_again(run: Run, data: Path, capsys: Capture) -> None:
    assert run("integrate") == 0
    assert str(data) in capsys.readouterr().out
    places = [data / place / name for name, place in PLACES.items()]
    assert all(path.is_file() for path in places)
    assert run("integrate") == 0  # again, as after an update
    assert run("integrate", "--remove") == 0
    assert not any(path.exists() for path in places)
    assert run("integrate", "--remove") == 0


@needs("update-mime-database")
@needs("gio")
def test_a_desktop_knows_the_files_by_name_and_by_content(run: Run, data: Path) -> None:
    for name in ("a.aes", "b"):
        Path(name).write_bytes(aes.MAGIC + b"\r\n\x1a\n")
    assert run("integrate") == 0
    for name in ("a.aes", "b"):
        assert KIND in told("gio", "info", "-a", "standard::content-type", name)
    if shutil.which("update-desktop-database"):
        assert "aestudio.desktop" in told("gio", "mime", KIND)
    assert run("integrate", "--remove") == 0
    assert KIND not in told("gio", "info", "-a", "standard::content-type", "b")
    if shutil.which("update-desktop-database"):
        assert f"{KIND}=" not in (data / "applications" / "mimeinfo.cache").read_text(encoding="utf-8")


def test_the_entry_starts_this_very_program(run: Run, data: Path) -> None:
    assert run("integrate") == 0
    command = entry(data / "applications" / "aestudio.desktop")["Exec"]
    assert command.endswith(" %F")
    assert command.startswith(str(Path(sys.executable).parent))


@needs("gio")
@pytest.mark.parametrize("script", [True, False])
def test_a_desktop_starts_it_in_folders_of_any_name(
    script: bool, run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path.cwd() / '사진 $HOME `a` "b" \\c'
    folder.mkdir()
    program = folder / ("aestudio" if script else "python")
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{data}/started"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    assert run("integrate") == 0
    Path("a b.aes").touch()
    subprocess.run(["gio", "launch", data / "applications" / "aestudio.desktop", "a b.aes"], timeout=100, check=True)
    for _ in range(1000):  # it is started, and not waited for
        if (data / "started").exists() and (data / "started").read_text().endswith("\n"):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    words = (data / "started").read_text(encoding="utf-8").splitlines()
    assert words == [*([] if script else ["-m", "aestudio"]), str(Path("a b.aes").resolve())]


def test_what_is_missing_is_told_and_nothing_fails(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("PATH", str(data))
    assert run("integrate") == 0
    errors = capsys.readouterr().err
    for program, _, package in UPDATES:
        assert program in errors
        assert package in errors
    assert (data / "applications" / "aestudio.desktop").is_file()


def test_a_folder_that_cannot_be_written_to_is_told(run: Run, data: Path, capsys: Capture) -> None:
    (data / "applications").write_text("in the way", encoding="utf-8")
    assert run("integrate") == 2
    assert "aestudio.desktop cannot be changed" in capsys.readouterr().err


@needs("desktop-file-validate")
def test_the_entry_is_valid(run: Run, data: Path) -> None:
    assert run("integrate") == 0
    for path in (RESOURCES / "aestudio.desktop", data / "applications" / "aestudio.desktop"):
        assert told("desktop-file-validate", path) == ""


@pytest.mark.skipif(not SYSTEM_KINDS.exists(), reason="shared-mime-info is not installed")
def test_the_entry_names_every_kind_of_photo_that_opens() -> None:
    listed = set(entry(RESOURCES / "aestudio.desktop")["MimeType"].strip(";").split(";"))
    lines = [line.split(":") for line in SYSTEM_KINDS.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    kinds = {pattern[1:]: kind for _, kind, pattern, *_ in lines if pattern.startswith("*.")}
    assert {kinds[suffix] for suffix in READABLE if suffix in kinds} <= listed
    assert KIND in listed


def test_the_kind_is_known_by_the_bytes_that_files_begin_with() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ElementTree.parse(RESOURCES / "aestudio.xml").getroot().find(f"{space}mime-type")
    assert kind is not None
    assert kind.get("type") == KIND
    match, glob = kind.find(f"{space}magic/{space}match"), kind.find(f"{space}glob")
    assert match is not None
    assert glob is not None
    assert (match.get("value") or "").encode().decode("unicode_escape").encode("latin-1") == aes.MAGIC
    assert glob.get("pattern") == "*.aes"


def test_the_icon_is_a_picture() -> None:
    root = ElementTree.parse(RESOURCES / "aestudio.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
