"""A recipe is trained, from a packed file to the exported card, where only what training needs is installed."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from small_networks import NETWORKS
from training_photos import save, scene

from aestudio.models.card import ModelCard
from aestudio.progress import Progress
from aestudio.training.data.packing import MEGABYTE, pack

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.timeout(300)  # eight trainings, however small

# what such a machine has, and with it what each of these asks for
THERE = (
    *("torch", "torchvision", "lightning", "torchmetrics", "safetensors", "numpy", "pillow"),
    *("opencv-python-headless", "typer", "rich"),
)
NAMES = frozenset({"torch", "lightning", "safetensors", "numpy", "PIL", "cv2", "typer", "rich"})

SCRIPT = """
import sys
from pathlib import Path

from aestudio import cli
from aestudio.training.teaching import inpaint, unwatermark

unwatermark.BANK = unwatermark.VALIDATION_BANK = inpaint.BANK = 12
for recipe in map(Path, sys.argv[1:]):
    words = [recipe.stem, "--data", "photos.zip", "--recipe", str(recipe), "-o", "out", "--device", "cpu", "--quiet"]
    code = cli.main(["train", *words], open_window=len)
    print(recipe.stem, code)
print(*(module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "aestudio"))
"""


def names_of(distributions: tuple[str, ...]) -> Iterator[str]:
    """These and all that they ask for, by and by."""
    waiting, met = list(distributions), set[str]()
    while waiting:
        name = waiting.pop()
        if name in met:
            continue
        met.add(name)
        try:
            asked = distribution(name).requires or []
        except PackageNotFoundError:  # such as torchvision, which nothing here needs
            continue
        yield name
        wanted = (Requirement(each) for each in asked)
        waiting += [each.name.lower() for each in wanted if not each.marker or each.marker.evaluate({"extra": ""})]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages that holds no others than those."""
    folder = tmp_path_factory.mktemp("site")
    for name in names_of(THERE):
        found = distribution(name)
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            link = folder / top
            if not link.exists():
                link.symlink_to(str(found.locate_file(top)))
    return folder


def recipe_of(task: str) -> str:
    """Two steps of the smallest network."""
    network, arguments = NETWORKS[task]
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in arguments.items()}
    patch = 128 if task == "explore" else 64
    lines = [
        f'name = "tiny-{task}"',
        'version = "1"',
        f'architecture = "{network}"',
        f"arguments = {{ {', '.join(f'{name} = {json.dumps(value)}' for name, value in told.items())} }}",
        f"steps = 2\nbatch = 2\npatch = {patch}\nheld_out = 1\nvalidate_every = 2",
        "refine_steps = 1\ncount_photos = 1\n[folders]\none = 1.0\n",
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def trained(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
    """Where all tasks were trained, and what was said meanwhile."""
    folder = tmp_path_factory.mktemp("bare")
    for number in range(5):
        save(scene(number, 144, 160), folder / "photos" / "one" / f"{number}.png")
    pack(folder / "photos", folder / "photos.zip", MEGABYTE, Progress())
    recipes = []
    for task in NETWORKS:
        recipes.append(folder / f"{task}.toml")
        recipes[-1].write_text(recipe_of(task), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    environment = {**kept, "HOME": str(folder), "PYTHONPATH": os.pathsep.join((str(site), str(REPOSITORY)))}
    # -S: without the packages that are installed
    command = [sys.executable, "-S", "-c", SCRIPT, *map(str, recipes)]
    return folder, subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=280, check=False
    )


@pytest.mark.parametrize("task", NETWORKS)
def test_every_task_is_trained_from_a_packed_file(
    task: str, trained: tuple[Path, "subprocess.CompletedProcess[str]"]
) -> None:
    folder, done = trained
    log = folder / ".local" / "state" / "aestudio" / "log" / "aestudio.log"
    assert f"{task} 0" in done.stdout.splitlines(), done.stderr + (log.read_text() if log.exists() else "")
    card = ModelCard.read(folder / "out" / f"tiny-{task}.json")
    assert (card.task, card.architecture, card.steps, card.training_folders) == (task, NETWORKS[task][0], 2, ["one"])
    scores: dict[str, Any] = card.scores["held-out photos"]
    assert scores


def test_what_is_loaded_asks_for_nothing_else(trained: tuple[Path, "subprocess.CompletedProcess[str]"]) -> None:
    """Nor for what is there because another package brought it."""
    files = trained[1].stdout.splitlines()[-1].split(" ")
    assert len(files) > 50
    known = NAMES | sys.stdlib_module_names | {"aestudio"}
    for file in map(Path, files):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= known, f"{file}:{node.lineno}"


def test_nothing_else_is_there(site: Path) -> None:
    for missing in ("platformdirs", "imagecodecs", "tifffile", "psutil", "constriction", "sklearn", "pillow_heif"):
        assert not (site / missing).exists()
