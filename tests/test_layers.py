"""The layers of docs/adr/0001: who may import whom, read from the source."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "aestudio"

# Each group may import the groups before it, and within one part of itself, but not its neighbours.
ORDER: tuple[tuple[str, ...], ...] = (
    ("__init__", "errors", "progress", "control", "resources", "logs", "user_folders"),
    ("settings", "images"),
    ("entropy",),
    ("models",),
    ("tasks",),
    ("engine",),
    ("codec",),
    ("training", "batch", "explore"),
    ("cli", "gui"),
    ("__main__",),
)
PARTS = {  # files that belong to another part
    "cli_batch": "cli",
    "cli_batch_report": "cli",
    "cli_codec": "cli",
    "cli_explore": "cli",
    "cli_integrate": "cli",
    "cli_models": "cli",
    "cli_options": "cli",
    "cli_pack": "cli",
    "cli_report": "cli",
    "cli_running": "cli",
    "cli_train": "cli",
    "cli_train_report": "cli",
    "cli_weights": "cli",
}
LEVEL = {part: level for level, group in enumerate(ORDER) for part in group}
FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    name = path.relative_to(PACKAGE).with_suffix("").parts[0]
    return PARTS.get(name, name)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a file imports, in functions and for types as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def known_part(name: str) -> str | None:
    """The part of AEStudio that a dotted name lies in; None for other packages and for names in aestudio/__init__."""
    words = name.split(".")
    if words[0] != "aestudio" or len(words) < 2:
        return None
    part = PARTS.get(words[1], words[1])
    return part if part in LEVEL else None


def test_every_file_has_its_place() -> None:
    assert {part_of(path) for path in FILES} == set(LEVEL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_layer_knows_only_those_below(path: Path) -> None:
    own = part_of(path)
    wrong = [
        f"{path.name}:{line} imports {name}"
        for line, name in imports(path)
        if (part := known_part(name)) and part != own and LEVEL[part] >= LEVEL[own] and LEVEL[own] > 0
    ]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_window_knows_qt(path: Path) -> None:
    if part_of(path) == "gui":
        return
    qt = {"PySide6", "PyQt5", "PyQt6", "shiboken6", "qtpy", "qtawesome", "pyqtgraph"}
    assert not [name for _, name in imports(path) if name.split(".")[0] in qt]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_lowest_layer_knows_the_standard_library_and_platformdirs_only(path: Path) -> None:
    if LEVEL[part_of(path)] > 0:
        return
    allowed = sys.stdlib_module_names | {"aestudio", "platformdirs"}
    assert not [name for _, name in imports(path) if name.split(".")[0] not in allowed]
