"""Finds `models/` and `resources/`, in an installed copy and in a checkout."""

import os
from pathlib import Path
from typing import Final

OTHER_MODELS: Final = "AESTUDIO_MODELS"  # environment variable: a folder to take for `models`, to try weights in


def data_folder(name: str) -> Path:
    """The folder `models` or `resources`.

    An installed wheel carries both in `aestudio/_data`; a checkout, also when installed editable, has them beside the
    package.
    """
    if name == "models" and (other := os.environ.get(OTHER_MODELS)):
        return Path(other)
    package = Path(__file__).resolve().parent
    bundled = package / "_data" / name
    return bundled if bundled.is_dir() else package.parent / name
