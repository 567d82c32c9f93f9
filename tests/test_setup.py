"""What is installed is whole, and set-up finds what it needs."""

import os
import shutil
import subprocess
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from aestudio import __version__

ROOT = Path(__file__).resolve().parent.parent


def tracked(*folders: str) -> set[str]:
    """Files under version control; all that lie there in a copy without it."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z", "--", *folders]
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(command, capture_output=True, text=True, check=True)
        return {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}
    return {str(p.relative_to(ROOT)) for folder in folders for p in (ROOT / folder).rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that pip would install."""
    from hatchling.builders.wheel import WheelBuilder

    return Path(
        next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"]))
    )


def test_the_wheel_carries_models_resources_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    metadata = f"aestudio-{__version__}.dist-info/"
    assert {name for name in inside if not name.startswith(("aestudio/", metadata))} == set()
    data = {f"aestudio/_data/{name}" for name in tracked("models", "resources") if not name.endswith(".gitkeep")}
    assert data <= inside
    code = {name for name in tracked("aestudio") if name.endswith(".py")}
    assert code <= inside
    assert f"{metadata}licenses/LICENSE" in inside
    assert not [name for name in inside if name.endswith((".pyc", ".part", ".ckpt"))]


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(("/METADATA", "/entry_points.txt"))]
        texts = {Path(name).name: archive.read(name).decode() for name in names}
    metadata = Parser().parsestr(texts["METADATA"])
    assert metadata["Name"] == "aestudio"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == "<3.14,>=3.11"
    assert not metadata.get_all("Project-URL")
    assert "aestudio = aestudio.__main__:main" in texts["entry_points.txt"]


def test_the_source_archive_can_be_built_from_and_is_clean(tmp_path: Path) -> None:
    from hatchling.builders.sdist import SdistBuilder

    built = Path(next(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    with tarfile.open(built) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "Makefile", ".ci/run"} <= inside
    assert tracked("aestudio", "models", "resources") - {"models/.gitkeep", "resources/.gitkeep"} <= inside
    assert not [name for name in inside if name.startswith((".venv", "runs/", "build/", ".git/")) or ".ckpt" in name]


# finding Python


def executable(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def find_python(tmp_path: Path) -> "FindPython":
    return FindPython(tmp_path)


class FindPython:
    """Runs the script with made-up Pythons as the only ones on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, script: str) -> Path:
        return executable(self.folder / name, script)

    def __call__(self, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", str(ROOT / ".ci" / "find-python")],
            env={"PATH": str(self.folder)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )


needs_sh = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a POSIX shell")


@needs_sh
def test_a_python_that_does_not_run_is_passed_over(find_python: FindPython) -> None:
    find_python.add("python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    good = find_python.add("python3.12", "exit 0")
    find_python.add("python3", "exit 0")
    done = find_python()
    assert done.returncode == 0
    assert done.stdout.strip() == str(good)
    assert done.stderr == ""


@needs_sh
def test_without_a_fitting_python_the_remedy_is_told(find_python: FindPython) -> None:
    find_python.add("python3", "exit 1")  # what the check itself answers for another version
    done = find_python()
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Python 3.11, 3.12 or 3.13" in done.stderr
    assert "apt-get install python3" in done.stderr


@needs_sh
def test_a_python_can_be_named(find_python: FindPython) -> None:
    find_python.add("python3", "exit 0")
    mine = find_python.add("mine", "exit 0")
    assert find_python(PYTHON=str(mine)).stdout.strip() == str(mine)


@needs_sh
def test_scripts_can_be_executed_and_are_sound() -> None:
    for name in ("run", "find-python", "system-libraries"):
        path = ROOT / ".ci" / name
        assert os.access(path, os.X_OK)
        shell = path.read_text(encoding="utf-8").splitlines()[0].split("/")[-1].split()[-1]
        if shutil.which(shell):
            subprocess.run([shell, "-n", str(path)], check=True)
