"""The command that tells a Linux desktop of AEStudio: .aes files get their kind, their icon, and open in the window."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from aestudio.errors import AEStudioError
from aestudio.resources import data_folder

# what lies in resources/linux, and where below the user's data folder it belongs
PLACES = {
    "aestudio.xml": "mime/packages",
    "aestudio.desktop": "applications",
    "aestudio.svg": "icons/hicolor/scalable/apps",
}
# what reads them into the desktop's own lists, the folder that it reads, and Debian's package
UPDATES = (
    ("update-mime-database", "mime", "shared-mime-info"),
    ("update-desktop-database", "applications", "desktop-file-utils"),
)
ICONS = "icons/hicolor"

_EXEC = re.compile(r"^Exec=aestudio ", re.MULTILINE)
_PLAIN = re.compile(r"[\w/.,:+@-]+")
_ESCAPED = re.compile(r'(["`$\\])')


def register(app: typer.Typer) -> None:
    """Give the program its command for the desktop."""
    app.command("integrate", help="Let a Linux desktop know AEStudio: .aes files then open in the window.")(_integrate)


def _integrate(
    remove: Annotated[bool, typer.Option("--remove", help="Take everything out again.")] = False,
) -> None:
    if not sys.platform.startswith("linux"):
        raise AEStudioError("Only Linux desktops are told of AEStudio so far. Please open .aes files from the window.")
    data = data_home()
    if remove:
        _remove(data)
        typer.echo(f"AEStudio is taken out of {data}")
    else:
        _install(data)
        typer.echo(f"AEStudio is known to the desktop, by files in {data}")
    for sentence in _update(data):
        typer.echo(sentence, err=True)


def data_home() -> Path:
    """Where the files of one user's programs lie (XDG base directory specification)."""
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".local" / "share"


def _install(data: Path) -> None:
    """Raises AEStudioError where nothing can be written."""
    for name, place in PLACES.items():
        target = data / place / name
        try:
            text = (data_folder("resources") / "linux" / name).read_text(encoding="utf-8")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_EXEC.sub(lambda match: f"Exec={_command()} ", text), encoding="utf-8")
        except OSError as exc:
            raise _refused(target, exc) from exc


def _remove(data: Path) -> None:
    for name, place in PLACES.items():
        target = data / place / name
        try:
            target.unlink(missing_ok=True)
        except OSError as exc:
            raise _refused(target, exc) from exc


def _refused(target: Path, exc: OSError) -> AEStudioError:
    return AEStudioError(
        "{path} cannot be changed ({reason}). Please check the folder's permissions.",
        path=target,
        reason=exc.strerror or exc,
    )


def _command() -> str:
    """This very program, as a desktop entry writes commands: a desktop does not know the paths of a terminal."""
    script = Path(sys.executable).with_name("aestudio")  # not resolved: a link into .venv must stay one
    words = [str(script)] if script.is_file() else [sys.executable, "-m", "aestudio"]
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """As the desktop entry specification (1.5) wants it: quoted, and then escaped once more as any of its strings."""
    word = word.replace("%", "%%")
    if _PLAIN.fullmatch(word):
        return word
    quoted = _ESCAPED.sub(r"\\\1", word)
    return '"' + quoted.replace("\\", "\\\\") + '"'


def _update(data: Path) -> list[str]:
    """Let the desktop read what has changed. What a user should know where it cannot."""
    told = []
    for program, folder, package in UPDATES:
        path = shutil.which(program)
        if not (data / folder).is_dir():
            continue
        if path is None:
            told.append(
                f"{program} is missing, and without it the desktop may not notice. "
                f"Please install it (in Debian's package {package}), and give this command again."
            )
        elif subprocess.run([path, data / folder], capture_output=True, check=False).returncode:
            told.append(f"{program} could not read {data / folder}: the desktop may not notice the change.")
    with contextlib.suppress(OSError):
        os.utime(data / ICONS)  # desktops that keep icons in mind look at its date
    return told
