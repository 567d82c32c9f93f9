"""Where the system keeps a program's files for its user."""

import os
from pathlib import Path


def data_of_user() -> Path:
    """The folder of the user's own models."""
    try:
        import platformdirs
    except ImportError:  # a machine that only trains has none of our libraries: as it says for Linux
        return Path(os.path.expanduser("~/.local/share/aestudio"))
    return platformdirs.user_data_path("aestudio", appauthor=False)


def logs_of_user() -> Path:
    """The folder of the log."""
    try:
        import platformdirs
    except ImportError:
        return Path(os.path.expanduser("~/.local/state/aestudio/log"))
    return platformdirs.user_log_path("aestudio", appauthor=False)
