"""A user's folders, with a small model for each tool; commands are run as a user runs them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from small_model import save_model, save_models

from aestudio import cli
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo

Run = Callable[..., int]
MakePhoto = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders, with a small model for each tool, and an empty current folder."""
    for kind in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "home" / kind))
    save_models(tmp_path / "home" / "DATA" / "aestudio" / "models")
    photos = tmp_path / "photos"
    photos.mkdir()
    monkeypatch.chdir(photos)
    return tmp_path / "home"


@pytest.fixture
def make_photo(home: Path) -> MakePhoto:
    """Writes a photo into the current folder; with noise of 15 levels unless told otherwise."""

    def make(name: str, noise: float = 15, height: int = 72, width: int = 96) -> Path:
        rng = np.random.default_rng(0)
        ramp = np.linspace(60, 190, width)[None, :, None] + np.zeros((height, 1, 3))
        pixels = np.clip(np.rint(ramp + rng.normal(0, 1, ramp.shape) * noise), 0, 255).astype(np.uint8)
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_photo(Photo(pixels), path)

    return make


def no_window(photos: Sequence[Path]) -> int:
    raise AssertionError(f"the window was opened with {photos}")


@pytest.fixture
def run() -> Run:
    """Runs a command; the exit code. A command that opens the window fails the test."""
    return lambda *argv: cli.main([str(word) for word in argv], open_window=no_window)


@pytest.fixture
def add_model(home: Path) -> Callable[[str, str], Path]:
    """Installs one more small model: its name, and the tool that it is made for."""
    return lambda name, task_id: save_model(home / "DATA" / "aestudio" / "models", name, task_id)
