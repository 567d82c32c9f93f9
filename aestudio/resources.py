"""Finds `models/` and `resources/`, in an installed copy and in a checkout."""

from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder `models` or `resources`.

    An installed wheel carries both in `aestudio/_data`; a checkout, also when installed editable, has them beside the
    package.
    """
    package = Path(__file__).resolve().parent
    bundled = package / "_data" / name
    return bundled if bundled.is_dir() else package.parent / name
