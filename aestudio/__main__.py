"""`python -m aestudio`, and the command `aestudio`: the command line, or the window when no command is given."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from aestudio import cli
from aestudio.errors import AEStudioError


def main() -> int:
    """Run what the arguments ask for; the exit code."""
    return cli.main(open_window=open_window)


def open_window(photos: Sequence[Path]) -> int:
    """Show the window until it is closed. Raises AEStudioError where there is no screen, or Qt cannot start."""
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        raise AEStudioError(
            "There is no screen to open the window on. Please use a command, such as: aestudio denoise PHOTO -o FOLDER"
        )
    try:
        from aestudio.gui.app import run
    except ImportError as exc:  # a system library that Qt needs
        raise AEStudioError(
            "The window cannot be opened ({reason}). Please install what is missing; the README names it.", reason=exc
        ) from exc
    return run(list(photos))


if __name__ == "__main__":
    sys.exit(main())
